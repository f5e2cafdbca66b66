//! What the rows of the ledger say: every figure of a report, computed once.
//!
//! Frames of documents and the parts of the corpus come in, with the gazetteer and the settings; [`Findings`] go out, and a verdict on every document.
//! It opens no file, finds no mention and draws nothing. The same rows give the same findings, however they are cut into frames and parts and in
//! whichever order these come. METHODS.md has every formula.
//!
//! `documents`, `outlets`, `stories`, `likeness` and `timeline` say what an article is (`basis` holds what they say); `sums` adds up the
//! mentions, part by part (`parts`), by means of `counts`, `comention`, `ambiguous` and `credits`; `share`, `groups`, `membership` and `comention` turn sums into
//! figures; `vocabulary` counts the words by `terms`, and `keyness` says which of them mark what; `baseline`, `change`, `smooth`, `panel`, `burst` and `claims` compare them; `headlines` and
//! `events` choose what to show; `account` is all that a scan says; `quality`, `credits`, `ambiguous`, `flood`, `undated` and `caveats` say what not to trust. `statistics` has the formulas.

mod account;
mod ambiguous;
mod analysis;
mod baseline;
mod basis;
mod burst;
mod caveats;
mod change;
mod claims;
mod comention;
mod counts;
mod credits;
mod documents;
mod events;
mod flood;
mod groups;
mod headlines;
mod keyness;
mod likeness;
mod membership;
mod origins;
mod outlets;
mod panel;
mod parts;
mod places;
mod quality;
mod share;
mod smooth;
mod statistics;
mod stories;
mod sums;
mod terms;
mod timeline;
mod undated;
mod vocabulary;

#[cfg(test)]
mod fixtures;
#[cfg(test)]
mod planted;
#[cfg(test)]
mod stories_tests;
#[cfg(test)]
mod tests;

use chrono::NaiveDate;

pub use self::account::{ACCOUNT_COLUMNS, DocumentCounter, TEXT_COLUMNS, Texts};
pub use self::analysis::{Analysis, Verdicts};
use self::basis::Basis;
use self::counts::Counts;
pub use self::documents::Frames;
use self::groups::Grouping;
pub use self::origins::Origins;
use self::outlets::UNKNOWN;
pub use self::parts::{COUNTED_COLUMNS, Keep, Part, PartDocuments, PartFrames, Parts};
use self::share::Ranking;
use self::statistics::normal::Z95;
use self::statistics::wilson::wilson;
pub use self::stories::Verdict;
use self::sums::Sums;
use crate::error::Error;
use crate::model::entity::Gazetteer;
use crate::model::evidence::DocumentStatus;
use crate::model::findings::{CorpusFacts, Findings, PeriodFacts, Quality, Share};
use crate::model::input::Input;
use crate::model::skip::Skip;
use crate::settings::AnalyseSettings;

/// All that figures are made from.
pub struct Sources<'a, P> {
    /// Frames of one row a document that was read, sorted by (file, record), each time they are asked for, with the columns asked for: `doc_id`, `file`, `record`, `source`,
    /// `language`, `date` (nullable), `date_note`, `title`, `url`, `words`,
    /// `sentences`, `text_hash`, `shingles`, `signature` (bytes, nullable). The number of a document is that of its row, from 0.
    pub documents: &'a Frames<'a>,
    /// The mentions and the words of the documents.
    pub parts: &'a P,
    /// Every file.
    pub inputs: Vec<Input>,
    /// Every record and file that was left out.
    pub skips: Vec<Skip>,
    /// Whom we know and whom we watch.
    pub gazetteer: &'a Gazetteer,
    /// What the corpus is called.
    pub corpus_name: &'a str,
    /// The day of the newest file's time stamp; dates after the day that follows it are not believed. `None` believes all.
    pub newest: Option<NaiveDate>,
}

/// Judges the documents, then computes every figure of a report.
///
/// # Errors
///
/// Those of [`judge`] and [`count`].
pub fn analyse<P: Parts>(sources: Sources<'_, P>, settings: &AnalyseSettings) -> Result<Analysis, Error> {
    let verdicts = judge(sources.documents, sources.gazetteer, settings, sources.newest)?;
    let findings = count(&verdicts, sources, settings)?;
    Ok(Analysis { findings, verdicts })
}

/// Says what became of every document; its arguments are those of [`Sources`].
///
/// # Errors
///
/// [`Error::Analyse`] where a frame lacks a column or holds what it should not; and whatever reading the next frame of documents fails with.
pub fn judge(
    documents: &Frames<'_>,
    gazetteer: &Gazetteer,
    settings: &AnalyseSettings,
    newest: Option<NaiveDate>,
) -> Result<Verdicts, Error> {
    let basis = Basis::new(documents, gazetteer, settings, newest)?;
    Verdicts::new(basis, documents, gazetteer, settings)
}

/// Computes every figure of a report; the verdicts are those on its documents.
///
/// # Errors
///
/// [`Error::Analyse`] where a frame lacks a column or holds what it should not, or where there are too many periods or entities to hold;
/// and whatever reading the next frame of mentions fails with.
pub fn count<P: Parts>(
    verdicts: &Verdicts,
    sources: Sources<'_, P>,
    settings: &AnalyseSettings,
) -> Result<Findings, Error> {
    let Sources {
        documents,
        parts,
        inputs,
        skips,
        gazetteer,
        corpus_name,
        newest,
    } = sources;
    let basis = &verdicts.basis;
    let Sums {
        counts,
        together,
        ambiguous,
        credits,
    } = sums::sum_up(parts, basis, gazetteer, settings)?;
    let mut periods = share::count_periods(basis);
    let ranking = share::rank_entities(basis, &counts, gazetteer, settings, &mut periods)?;
    let (undated, duplicates) = quality::list(basis, documents, &credits, newest)?;
    let quality = Quality {
        undated,
        duplicates,
        ambiguous,
        ..assess(inputs, skips)
    };
    let corpus = describe(basis, &periods, &quality, gazetteer, corpus_name, settings);
    let (places, same_periods) = (ranking.places.clone(), periods.clone());
    let figures = Figures {
        corpus,
        periods,
        ranking,
        quality,
    };
    let (mut findings, (comentions, groups)) = parts.both(
        || compare(basis, &counts, gazetteer, settings, figures),
        || {
            (
                comention::find_comentions(basis, &together, &places, settings),
                membership::count_memberships(basis, &counts, gazetteer, &same_periods, settings),
            )
        },
    );
    findings
        .claims
        .extend(claims::find_together(&comentions, &findings.entities));
    findings.comentions = comentions;
    findings.groups = groups;
    findings.headlines = headlines::find_headlines(basis, documents, &counts, &places, &findings, settings)?;
    let ground = keyness::Ground {
        basis,
        counts: &counts,
        places: &places,
        findings: &findings,
        gazetteer,
        settings,
    };
    let search = keyness::Search::new(&ground);
    // The terms of a large corpus want the room that its mentions take.
    drop((counts, together));
    findings.keywords = search.find(parts)?;
    Ok(findings)
}

/// The figures that the others are read from.
struct Figures {
    /// The corpus as a whole.
    corpus: CorpusFacts,
    /// The periods.
    periods: Vec<PeriodFacts>,
    /// The entities.
    ranking: Ranking,
    /// What was read and what was not.
    quality: Quality,
}

/// Compares, chooses and warns: all that rests on finished series.
fn compare(
    basis: &Basis,
    counts: &Counts,
    gazetteer: &Gazetteer,
    settings: &AnalyseSettings,
    figures: Figures,
) -> Findings {
    let Figures {
        corpus,
        periods,
        mut ranking,
        quality,
    } = figures;
    let by_document = counts.by_document(basis.documents.len());
    let featured = share::feature(gazetteer, &ranking.entities);
    let last = periods.iter().rposition(|period| period.complete);
    smooth::roll(&periods, &mut ranking.entities, settings);
    let panel = last
        .map(|last| panel::balance(basis, &by_document, &mut ranking, &periods, last, settings))
        .unwrap_or_default();
    let change = last
        .map(|last| change::find_changes(&periods, &ranking.entities, last, settings))
        .unwrap_or_default();
    let bursts = burst::find_bursts(&periods, &ranking.entities, settings);
    let mut outlets = last
        .map(|last| caveats::find_silent(basis, &periods, last, settings))
        .unwrap_or_default();
    outlets.extend(
        last.into_iter()
            .flat_map(|last| flood::find_floods(basis, &periods, last, settings)),
    );
    outlets.extend(undated::find_dateless(basis));
    let events = corpus
        .range
        .map(|range| events::find_events(gazetteer, &ranking.entities, &featured, range));
    let by_outlet = basis.by_outlet();
    let sources = groups::count_sources(basis, &by_outlet);
    let by =
        |grouping: &Grouping<'_>| groups::count_groups(basis, &by_document, &ranking, &featured, settings, grouping);
    let by_source = |last: usize| {
        by(&Grouping {
            of: &by_outlet,
            name: &|outlet| basis.outlets.names[outlet].clone(),
            last,
        })
    };
    let every = periods.len().saturating_sub(1);
    let told = last.unwrap_or(every);
    let languages = &corpus.languages;
    let language = |article: usize| {
        let tag = basis.documents.languages[article];
        let place = languages.iter().position(|(known, _)| *known == tag);
        place.expect("the languages of the corpus are those of its articles")
    };
    let whole = by_source(every);
    Findings {
        last_complete: last,
        smoothing: smooth::smooth(&periods, &ranking.entities, &featured, settings),
        by_kind: groups::count_kinds(basis, &by_document, &ranking),
        told_by_source: if told == every { whole.clone() } else { by_source(told) },
        by_source: whole,
        by_language: by(&Grouping {
            of: &basis.sorted(languages.len(), language),
            name: &|place| languages[place].0.to_string(),
            last: every,
        }),
        headlines: Vec::new(),
        events: events.unwrap_or_default(),
        claims: claims::find_claims(&periods, &ranking.entities, &featured, &change, settings),
        caveats: caveats::find_caveats(&corpus, &periods, &sources, outlets, &panel),
        panel,
        corpus,
        periods,
        entities: ranking.entities,
        featured,
        change,
        sources,
        quality,
        comentions: Vec::new(),
        keywords: Vec::new(),
        bursts,
        groups: Vec::new(),
    }
}

/// What was read and what was not, as far as no document tells. Files and skips are sorted by their place.
fn assess(mut inputs: Vec<Input>, mut skipped: Vec<Skip>) -> Quality {
    inputs.sort_by(|a, b| a.file.cmp(&b.file));
    skipped.sort_by(|a, b| (&a.file, a.record.is_none(), a.record).cmp(&(&b.file, b.record.is_none(), b.record)));
    Quality {
        inputs,
        skipped,
        ..Quality::default()
    }
}

/// The corpus as a whole. Documents = articles + undated + duplicates + filtered.
fn describe(
    basis: &Basis,
    periods: &[PeriodFacts],
    quality: &Quality,
    gazetteer: &Gazetteer,
    name: &str,
    settings: &AnalyseSettings,
) -> CorpusFacts {
    let range = basis.timeline.range;
    let mut stories: Vec<u32> = basis.articles().map(|article| basis.verdicts[article].story).collect();
    stories.sort_unstable();
    stories.dedup();
    let mut outlets: Vec<u32> = basis.articles().map(|article| basis.outlets.of[article]).collect();
    outlets.sort_unstable();
    outlets.dedup();
    let named = outlets
        .iter()
        .filter(|&&outlet| basis.outlets.names[outlet as usize] != UNKNOWN);
    CorpusFacts {
        name: name.to_owned(),
        documents: basis.documents.len() as u64,
        articles: basis.count(DocumentStatus::Read),
        stories: stories.len() as u64,
        undated: basis.count(DocumentStatus::Undated),
        skipped: quality.skipped.len() as u64,
        duplicates: basis.count(DocumentStatus::Duplicate),
        filtered: basis.count(DocumentStatus::Filtered),
        words: periods.iter().map(|period| period.words).sum(),
        sources: named.count() as u64,
        languages: groups::count_languages(basis, basis.articles()),
        mentions: periods.iter().map(|period| period.mentions).sum(),
        range,
        calendar: settings.calendar,
        files: quality.inputs.len() as u64,
        watched_countries: watched_countries(gazetteer),
        stale_as_of: gazetteer
            .as_of
            .filter(|&as_of| range.is_some_and(|(_, last)| as_of < last)),
    }
}

/// The codes of the watched countries, sorted.
fn watched_countries(gazetteer: &Gazetteer) -> Vec<String> {
    let watched = gazetteer.watched.iter().map(|&index| &gazetteer.entity(index).iso3);
    let mut codes: Vec<String> = watched.filter(|code| !code.is_empty()).cloned().collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

/// The part of `judged` mentions that is `right`, with its 95 % Wilson interval; `None` where none was judged.
#[must_use]
pub fn precision(right: u64, judged: u64) -> Option<Share> {
    wilson(right.min(judged), judged, Z95)
}
