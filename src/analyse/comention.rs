//! Who is mentioned together: in one article, and in one sentence.
//!
//! Frames of mentions come in one at a time, in any order; one row a pair and window goes out. Only watched entities, kinds that count and
//! articles are looked at; where stories are the unit, one article a story. It says nothing of causes, and a list of countries makes pairs of
//! them all.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use polars::prelude::{Column, DataFrame, PolarsResult};
use serde::{Deserialize, Serialize};

use super::basis::Basis;
use super::counts::{Watched, counts};
use super::documents::told;
use super::statistics::association::{expected, g_square, g_square_of, lift, npmi};
use super::statistics::benjamini::q_values;
use super::statistics::binomial::two_sided;
use super::statistics::real;
use crate::error::Error;
use crate::model::evidence::DocumentStatus;
use crate::model::findings::{CoMentionRow, Window};
use crate::model::mention::Kind;
use crate::settings::{AnalyseSettings, Unit};

/// Pairs with fewer articles than this, seen and expected, have no row.
const FEWEST_ARTICLES: u64 = 5;

/// So many pairs of each window have a row: those with most articles.
const MOST_PAIRS: usize = 500;

/// All pairs of so many leading entities have one too.
pub(crate) const LEADING: usize = 12;

/// What chances are added up in, so that their sum does not depend on the order: parts of 2³².
const PARTS: f64 = 4_294_967_296.0;

/// Two entities, the lower index into the watched ones first.
type Pair = (u16, u16);

/// Who is mentioned in an article with whom, added up.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Together {
    /// The articles that mention each entity.
    alone: BTreeMap<u16, u64>,
    /// Those that mention two.
    pairs: HashMap<Pair, Shared>,
}

/// The articles that mention two entities.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
struct Shared {
    /// How many there are.
    articles: u64,
    /// Those with a sentence that mentions both.
    in_sentence: u64,
    /// The chances of such a sentence, added up, in parts.
    chance: u64,
}

impl Together {
    /// Adds the rows of a frame. All mentions of a document are in one frame, one after the other.
    ///
    /// # Errors
    ///
    /// [`Error::Analyse`] where a column is missing or holds what it should not.
    pub(crate) fn add(
        &mut self,
        frame: &DataFrame,
        basis: &Basis,
        watched: &Watched<'_>,
        settings: &AnalyseSettings,
    ) -> Result<(), Error> {
        let places = places(frame, watched, settings).map_err(|error| told(&error))?;
        for of_one in places.chunk_by(|a, b| a.doc == b.doc) {
            let doc = of_one[0].doc as usize;
            if doc < basis.verdicts.len() && is_looked_at(basis, doc, settings) {
                self.add_article(of_one, basis.documents.sentences[doc]);
            }
        }
        Ok(())
    }

    /// Adds the pairs of other articles.
    pub(crate) fn merge(&mut self, other: Self) {
        for (entity, articles) in other.alone {
            *self.alone.entry(entity).or_default() += articles;
        }
        for (pair, shared) in other.pairs {
            let sum = self.pairs.entry(pair).or_default();
            sum.articles += shared.articles;
            sum.in_sentence += shared.in_sentence;
            sum.chance += shared.chance;
        }
    }

    /// Adds one article with so many sentences.
    fn add_article(&mut self, places: &[Place], sentences: u32) {
        let mut of_entity: BTreeMap<u16, Vec<(bool, u32)>> = BTreeMap::new();
        for place in places {
            of_entity
                .entry(place.entity)
                .or_default()
                .push((place.body, place.sentence));
        }
        for found in of_entity.values_mut() {
            found.sort_unstable();
            found.dedup();
        }
        let entities: Vec<(u16, Vec<(bool, u32)>)> = of_entity.into_iter().collect();
        for (at, (first, ours)) in entities.iter().enumerate() {
            *self.alone.entry(*first).or_default() += 1;
            for (second, theirs) in &entities[at + 1..] {
                let shared = self.pairs.entry((*first, *second)).or_default();
                shared.articles += 1;
                shared.in_sentence += u64::from(ours.iter().any(|one| theirs.binary_search(one).is_ok()));
                shared.chance += parts(chance(ours.len() as u64, theirs.len() as u64, sentences.into()));
            }
        }
    }
}

/// Where one counted mention stands.
struct Place {
    /// The document.
    doc: u32,
    /// Whom.
    entity: u16,
    /// Whether it stands in the body; sentences are counted in each field.
    body: bool,
    /// The sentence.
    sentence: u32,
}

/// The counted mentions of a frame.
fn places(frame: &DataFrame, watched: &Watched<'_>, settings: &AnalyseSettings) -> PolarsResult<Vec<Place>> {
    let text = |name: &str| frame.column(name).and_then(Column::str);
    let (docs, sentences) = (frame.column("doc")?.u32()?, frame.column("sentence")?.u32()?);
    let (entities, kinds, fields) = (text("entity")?, text("kind")?, text("field")?);
    let counted = frame.column("counted")?.bool()?;
    let place = |row: usize| {
        let kind: Kind = kinds.get(row)?.parse().ok()?;
        let is_counted = counted.get(row)? && counts(kind, &settings.count);
        Some(Place {
            doc: docs.get(row)?,
            entity: watched.number(entities.get(row)?).filter(|_| is_counted)?,
            body: fields.get(row)? != "title",
            sentence: sentences.get(row)?,
        })
    };
    Ok((0..frame.height()).filter_map(place).collect())
}

/// Whether an article counts here: every one, or where stories are the unit the one that stands for its story.
pub(crate) fn is_looked_at(basis: &Basis, doc: usize, settings: &AnalyseSettings) -> bool {
    basis.status(doc) == DocumentStatus::Read
        && (settings.unit == Unit::Article || basis.verdicts[doc].story as usize == doc)
}

/// The chance that two sets of sentences of an article have one in common, were each placed at random: 1 − C(n − a, b) ÷ C(n, b).
fn chance(first: u64, second: u64, sentences: u64) -> f64 {
    if first + second > sentences {
        return 1.0;
    }
    let apart = (0..second).map(|taken| real(sentences - first - taken) / real(sentences - taken));
    1.0 - apart.product::<f64>()
}

/// A chance in whole parts.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a chance lies between 0 and 1"
)]
fn parts(chance: f64) -> u64 {
    (chance * PARTS).round() as u64
}

/// A pair that has been counted.
struct Found {
    /// Whom.
    pair: Pair,
    /// Articles that mention both in one window.
    seen: u64,
    /// Articles to expect by chance.
    expected: f64,
    /// Of so many.
    of: u64,
    /// NPMI.
    npmi: Option<f64>,
    /// G².
    g2: f64,
}

/// The rows of both windows, for entities that have a place among those of the findings: articles first, in each those with most articles first.
pub(crate) fn find_comentions(
    basis: &Basis,
    together: &Together,
    places: &[Option<usize>],
    settings: &AnalyseSettings,
) -> Vec<CoMentionRow> {
    let all = basis
        .articles()
        .filter(|&doc| is_looked_at(basis, doc, settings))
        .count() as u64;
    let several: Vec<(u16, u64)> = together
        .alone
        .iter()
        .map(|(&entity, &articles)| (entity, articles))
        .filter(|&(_, articles)| articles >= FEWEST_ARTICLES)
        .collect();
    let tested = several.len() * several.len().saturating_sub(1) / 2;
    let in_articles = several.iter().enumerate().flat_map(|(at, &(first, n))| {
        several[at + 1..].iter().map(move |&(second, m)| {
            let pair = (first, second);
            let seen = together.pairs.get(&pair).map_or(0, |shared| shared.articles);
            Found {
                pair,
                seen,
                expected: expected(n, m, all),
                of: all,
                npmi: npmi(seen, n, m, all),
                g2: g_square(seen, n, m, all),
            }
        })
    });
    let often = || {
        let pairs = together.pairs.iter();
        pairs.filter(|(_, shared)| shared.articles >= FEWEST_ARTICLES)
    };
    let in_sentences = often().map(|(&pair, shared)| {
        let expected = (real(shared.chance) / PARTS).min(real(shared.articles));
        Found {
            pair,
            seen: shared.in_sentence,
            expected,
            of: shared.articles,
            npmi: None,
            g2: g_square_of(shared.in_sentence, expected, shared.articles),
        }
    });
    let mut rows = choose(Window::Article, in_articles, tested, places);
    rows.extend(choose(Window::Sentence, in_sentences, often().count(), places));
    rows
}

/// The rows of one window, chosen and in order; `tested` is how many pairs could have had one, whatever they share.
fn choose(
    window: Window,
    found: impl Iterator<Item = Found>,
    tested: usize,
    places: &[Option<usize>],
) -> Vec<CoMentionRow> {
    let row = |found: Found| {
        let place = |entity: u16| places[usize::from(entity)];
        let (one, other) = (place(found.pair.0)?, place(found.pair.1)?);
        let part = found.expected / real(found.of);
        Some(CoMentionRow {
            first: one.min(other),
            second: one.max(other),
            window,
            articles: found.seen,
            expected: found.expected,
            lift: lift(found.seen, found.expected, found.of),
            npmi: found.npmi,
            g2: found.g2,
            q_value: two_sided(found.seen, found.of, part, 1.0 - part),
        })
    };
    let mut rows: Vec<CoMentionRow> = found
        .filter(|found| real(found.seen).max(found.expected) >= real(FEWEST_ARTICLES))
        .filter_map(row)
        .collect();
    let mut p_values: Vec<f64> = rows.iter().map(|row| row.q_value).collect();
    p_values.resize(tested.max(rows.len()), 1.0);
    for (row, q_value) in rows.iter_mut().zip(q_values(&p_values)) {
        row.q_value = q_value;
    }
    rows.sort_by_key(|row| (Reverse(row.articles), row.first, row.second));
    let mut place = 0;
    rows.retain(|row| {
        place += 1;
        place <= MOST_PAIRS || row.second < LEADING
    });
    rows
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::{Corpus, gazetteer};
    use super::super::statistics::near::assert_near;
    use super::*;
    use crate::model::findings::Findings;

    /// Twenty articles of ten sentences: six mention both, four of them in one sentence; two more mention one each.
    fn corpus() -> Corpus {
        let mut corpus = Corpus::default();
        for doc in 0..20 {
            let entities: &[&str] = match doc {
                0..6 => &["chad", "mali"],
                6 | 7 => &["chad"],
                8 | 9 => &["mali"],
                _ => &[],
            };
            corpus.add("2024-05-20", &format!("outlet {doc}"), entities);
            if doc < 6 {
                let last = corpus.mentions.len() - 1;
                corpus.mentions[last].sentence = if doc < 4 { 0 } else { 3 };
            }
        }
        corpus
    }

    fn rows(corpus: &Corpus, settings: &AnalyseSettings) -> Findings {
        corpus.findings(&gazetteer(&["chad", "mali", "niger"]), settings)
    }

    #[test]
    fn pairs_are_counted_in_articles_and_in_sentences() {
        let findings = rows(&corpus(), &AnalyseSettings::default());
        // Four share a sentence, fewer than five, so that window has no row.
        assert_eq!(findings.comentions.len(), 1);
        let row = &findings.comentions[0];
        assert_eq!(
            (row.first, row.second, row.window, row.articles),
            (0, 1, Window::Article, 6)
        );
        assert_near(row.expected, 8.0 * 8.0 / 20.0);
        assert_near(row.npmi.unwrap(), (6.0 / 3.2_f64).ln() / -(0.3_f64).ln());
        // The exact interval of 6 of 20 is 0.1189 to 0.5428.
        assert_near(row.lift.value, 6.0 / 3.2);
        assert!(
            (row.lift.lo * 0.16 - 0.1189).abs() < 1e-4 && (row.lift.hi * 0.16 - 0.5428).abs() < 1e-4,
            "{row:?}"
        );
        assert!(row.q_value > 0.05, "{row:?}");
        let mut corpus = corpus();
        for one in &mut corpus.mentions {
            one.sentence = 0;
        }
        let findings = rows(&corpus, &AnalyseSettings::default());
        let row = &findings.comentions[1];
        assert_eq!((row.window, row.articles, row.npmi), (Window::Sentence, 6, None));
        // Each has one of ten sentences, so one article in ten would have them in the same.
        assert!((row.expected - 0.6).abs() < 1e-8, "{row:?}");
        assert!(row.g2 > 20.0);
    }

    #[test]
    fn those_who_never_meet_have_a_row_where_chance_would_have_them_meet() {
        let mut corpus = Corpus::default();
        for doc in 0..40 {
            let entities: &[&str] = if doc < 20 { &["chad"] } else { &["mali"] };
            corpus.add("2024-05-20", &format!("outlet {doc}"), entities);
        }
        let findings = rows(&corpus, &AnalyseSettings::default());
        let row = &findings.comentions[0];
        assert_eq!((row.articles, findings.comentions.len()), (0, 1));
        assert_near(row.expected, 10.0);
        assert!(
            row.lift.value.abs() < 1e-12 && row.lift.hi < 1.0 && row.q_value < 0.001,
            "{row:?}"
        );
    }

    #[test]
    fn reprints_count_once_where_stories_are_the_unit() {
        let mut corpus = corpus();
        for document in &mut corpus.documents[..6] {
            document.text = "same".to_owned();
        }
        let settings = AnalyseSettings {
            unit: Unit::Story,
            ..AnalyseSettings::default()
        };
        assert_eq!(rows(&corpus, &AnalyseSettings::default()).comentions.len(), 1);
        assert!(rows(&corpus, &settings).comentions.is_empty());
    }

    #[test]
    fn sets_of_sentences_meet_by_chance() {
        assert_near(chance(1, 1, 10), 0.1);
        // 1 - C(7, 2) / C(10, 2)
        assert_near(chance(3, 2, 10), 1.0 - 21.0 / 45.0);
        assert_near(chance(2, 3, 10), 1.0 - 21.0 / 45.0);
        assert_near(chance(6, 5, 10), 1.0);
    }
}
