//! The one file that knows the order of the stages: read → clean → match → keep → analyse → render.

mod account;
mod lines;
pub mod parts;
mod pool;
pub mod progress;
mod scanning;
mod standing;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, NaiveDate};
use serde_json::json;

use self::lines::Lines;
use self::parts::LedgerParts;
use self::pool::both;
use self::progress::Progress;
use crate::analyse::{self, Origins, Sources, Verdicts};
use crate::clean::clean_text;
use crate::corpus;
use crate::error::Error;
use crate::gazetteer::{load_gazetteer, resolve, search};
use crate::ledger::Ledger;
use crate::matcher::{Matcher, Scratch};
use crate::model::account::Account;
use crate::model::document::Document;
use crate::model::entity::{EntityIndex, Gazetteer};
use crate::model::evidence::MentionRow;
use crate::model::findings::Findings;
use crate::model::input::Input;
use crate::model::mention::Mention;
use crate::model::period::{Calendar, Granularity};
use crate::model::text::CleanText;
use crate::render::back::Report;
use crate::render::back::audit::read_judged;
use crate::render::back::explain::Explained;
use crate::render::folder::{Folder, ManifestFacts};
use crate::render::known;
use crate::render::terminal::summary;
use crate::settings::{GazetteerSettings, Settings};

/// What a run found and where it wrote it.
#[derive(Debug)]
pub struct Outcome {
    /// All figures; `None` where the report stood there already, so that none had to be made.
    pub findings: Option<Findings>,
    /// The report folder.
    pub folder: PathBuf,
    /// What there is to say of it on a terminal, as [`summary`].
    pub summary: String,
    /// How many records and files were left out.
    pub skipped: u64,
}

/// Reads what is new, then writes a report folder. Where nothing is new since the report was written there, and none of its files was touched, it stays.
///
/// # Errors
///
/// [`Error`] where the settings, the corpus, the ledger or the report's place cannot be used. The report is then as it was before.
pub fn report(settings: &Settings, progress: &mut dyn Progress) -> Result<Outcome, Error> {
    let gazetteer = load_gazetteer(&settings.gazetteer)?;
    if let Some(out) = &settings.render.out {
        Folder::check(out)?;
    }
    let (ledger, inputs) = scanning::scan(settings, &gazetteer, progress)?;
    let program = standing::program();
    let of = standing::name(settings, &gazetteer, &ledger, &inputs, &program)?;
    if !settings.ledger.rehash
        && let Some(outcome) = standing::find(&ledger, &of)
    {
        progress.note("nothing is new since this report was written: it stays as it is (--rehash writes it again)");
        return Ok(outcome);
    }
    progress.rendering();
    let documents = |columns: &[&str]| -> Box<dyn Iterator<Item = _>> { Box::new(ledger.document_parts(columns)) };
    let verdicts = analyse::judge(&documents, &gazetteer, &settings.analyse, newest(&ledger))?;
    let out = settings
        .render
        .out
        .clone()
        .unwrap_or_else(|| default_folder(settings, &verdicts));
    let mut folder = Folder::create(&out)?;
    let sources = Sources {
        documents: &documents,
        parts: &LedgerParts::new(&ledger, settings.threads, &program),
        inputs: inputs.into_iter().map(Arc::unwrap_or_clone).collect(),
        skips: ledger.skips()?,
        gazetteer: &gazetteer,
        corpus_name: corpus_name(settings),
        newest: newest(&ledger),
    };
    let (findings, lines) = write(settings, &ledger, &verdicts, sources, &program, &mut folder)?;
    folder.finish(&ManifestFacts {
        settings: as_understood(settings),
        gazetteer_hash: gazetteer.hash.clone(),
        watchlist_as_of: gazetteer.as_of,
    })?;
    lines::remember(&ledger, lines, &out)?;
    let outcome = Outcome {
        summary: summary(&findings, &out),
        skipped: findings.corpus.skipped,
        findings: Some(findings),
        folder: out,
    };
    standing::remember(&ledger, of, &outcome)?;
    Ok(outcome)
}

/// Reads what is new and tells what the corpus holds.
///
/// # Errors
///
/// [`Error`] where the settings, the corpus or the ledger cannot be used.
pub fn scan(settings: &Settings, progress: &mut dyn Progress) -> Result<Account, Error> {
    let gazetteer = load_gazetteer(&settings.gazetteer)?;
    let (ledger, inputs) = scanning::scan(settings, &gazetteer, progress)?;
    account::account(settings, &gazetteer, &ledger, &inputs)
}

/// One document as marsad sees it.
#[derive(Debug)]
pub struct Shown {
    /// The document and its layout.
    pub text: CleanText,
    /// Every mention in it, counted or not.
    pub mentions: Vec<Mention>,
    /// What its file was taken for.
    pub input: Input,
    /// Lines that the file shows to a reader and that are not in the text: menus, forms, related links.
    pub cut: Vec<String>,
}

/// Reads one document, `FILE` or `FILE#RECORD`, and finds every mention in it. The ledger is neither read nor written.
///
/// # Errors
///
/// [`Error::Corpus`] where there is no such file or record; [`Error::Settings`] where the watchlist cannot be used.
pub fn show(settings: &Settings, path: &Path, record: u32) -> Result<(Shown, Gazetteer), Error> {
    let gazetteer = load_gazetteer(&settings.gazetteer)?;
    let files = corpus::walk(&settings.corpus)?;
    let [file] = files.as_slice() else {
        return Err(Error::corpus(path, &"is a folder: name one file in it"));
    };
    let mut found: Option<Document> = None;
    let mut refused = None;
    let mut records = 0;
    let input = corpus::read_file(file, &settings.corpus, &mut |item| {
        match item {
            Ok(document) if document.record == record => found = Some(document),
            Err(skip) if skip.record.is_none_or(|place| place == record) => refused = Some(skip),
            Ok(_) | Err(_) => {}
        }
        records += 1;
    });
    let Some(document) = found else {
        let why = refused.map_or_else(
            || format!("has no record {record} (it has {records}, counted from 0)"),
            |skip| format!("was left out: {} ({})", skip.reason.as_str(), skip.detail),
        );
        return Err(Error::corpus(path, &why));
    };
    let cut = corpus::cut_away(file, &document);
    let text = clean_text(document);
    let mentions = Matcher::new(&gazetteer).find_mentions(&text, &mut Scratch::default());
    Ok((
        Shown {
            text,
            mentions,
            input,
            cut,
        },
        gazetteer,
    ))
}

/// Hands out the mentions of `entity` that the ledger holds, in the order of the corpus, until `give` says false: those of the period called `period`,
/// where one is named, and of the languages, sources and days of the settings. Nothing is scanned.
///
/// # Errors
///
/// [`Error::Settings`] where the entity is not known; [`Error::Ledger`] where there is no ledger or it cannot be read.
pub fn kwic(
    settings: &Settings,
    entity: &str,
    period: Option<&str>,
    give: &mut dyn FnMut(&MentionRow) -> bool,
) -> Result<(), Error> {
    let gazetteer = load_gazetteer(&settings.gazetteer)?;
    let index = resolve(&gazetteer, entity).map_err(Error::Settings)?;
    let id = &gazetteer.entity(index).id;
    let ledger = Ledger::reopen(&settings.ledger.dir)?;
    let only = &settings.analyse;
    let mut origins = Origins::read(
        ledger.document_columns(&Origins::COLUMNS)?,
        &gazetteer.sources,
        &only.sources,
    )?;
    let in_period = |day: NaiveDate| {
        period.is_none_or(|label| {
            Granularity::ALL.into_iter().any(|granularity| {
                Calendar {
                    granularity,
                    ..only.calendar
                }
                .period_of(day)
                .label
                    == label
            })
        })
    };
    for row in ledger.mention_rows_of(id)? {
        let mut row = row?;
        let wanted = (only.languages.is_empty() || only.languages.contains(&row.language))
            && (period.is_none() || row.date.is_some_and(in_period))
            && only.from.is_none_or(|from| row.date.is_some_and(|day| from <= day))
            && only.to.is_none_or(|to| row.date.is_some_and(|day| day <= to));
        if wanted && origins.complete(&mut row) && !give(&row) {
            break;
        }
    }
    Ok(())
}

/// What the judgements of a sample say: precision with its 95 % Wilson interval, for each stratum and for all.
///
/// # Errors
///
/// [`Error::Report`] where the file cannot be read or has words in it that are neither yes nor no.
pub fn precision(path: &Path) -> Result<String, Error> {
    let (judged, open) = read_judged(path)?;
    let all = judged
        .values()
        .fold((0, 0), |sum, counts| (sum.0 + counts.0, sum.1 + counts.1));
    let mut out = format!(
        "{:<28}{:>8}{:>8}{:>11}   95% interval\n",
        "stratum", "right", "judged", "precision"
    );
    let total = (judged.len() > 1).then(|| ("together".to_owned(), all));
    for (stratum, (right, total)) in judged.into_iter().chain(total) {
        let share = analyse::precision(right, total);
        let shown = share.map_or_else(String::new, |share| {
            format!("{:>11.3}   {:.3} to {:.3}", share.value, share.lo, share.hi)
        });
        let _ = writeln!(out, "{stratum:<28}{right:>8}{total:>8}{shown}");
    }
    if open > 0 {
        let _ = writeln!(out, "{open} rows have no judgement yet");
    }
    Ok(out)
}

/// Every mention behind one number of a report. The entity may be named in any way that the report's tables or the built-in names know.
///
/// # Errors
///
/// [`Error::Report`] where the report has no such entity or period, or cannot be read.
pub fn explain(report: &Path, entity: &str, period: &str) -> Result<Explained, Error> {
    let report = Report::open(report)?;
    report.explain(entity, period).or_else(|first| {
        let gazetteer = load_gazetteer(&GazetteerSettings::default())?;
        let Ok(index) = resolve(&gazetteer, entity) else {
            return Err(first);
        };
        report.explain(&gazetteer.entity(index).id, period)
    })
}

/// Whom the built-in names and `watchlists` know: all, or those that `query` means or is part of the name of.
///
/// # Errors
///
/// [`Error::Settings`] where a watchlist cannot be used or nobody is found.
pub fn entities(watchlists: &[String], query: Option<&str>) -> Result<String, Error> {
    let settings = GazetteerSettings {
        watchlists: watchlists.to_vec(),
        entities: Vec::new(),
    };
    let gazetteer = load_gazetteer(&settings)?;
    let Some(query) = query else {
        let all: Vec<EntityIndex> = (0..).map(EntityIndex).take(gazetteer.entities.len()).collect();
        return Ok(known::list(&gazetteer, &all));
    };
    match resolve(&gazetteer, query) {
        Ok(index) => Ok(known::one(&gazetteer, index)),
        Err(why) => match search(&gazetteer, query).as_slice() {
            [] => Err(Error::Settings(why)),
            [only] => Ok(known::one(&gazetteer, *only)),
            several => Ok(known::list(&gazetteer, several)),
        },
    }
}

/// What the report calls the corpus.
fn corpus_name(settings: &Settings) -> &str {
    let title = &settings.render.title;
    if title.is_empty() { &settings.corpus_name } else { title }
}

/// The day of the newest file's time stamp: no article can be younger.
fn newest(ledger: &Ledger) -> Option<NaiveDate> {
    ledger
        .newest_file()
        .map(|nanoseconds| DateTime::from_timestamp_nanos(nanoseconds).date_naive())
}

/// Writes figures and evidence, which know nothing of each other: side by side, but one after the other where a workbook takes the rows of both.
fn write(
    settings: &Settings,
    ledger: &Ledger,
    verdicts: &Verdicts,
    sources: Sources<'_, LedgerParts<'_>>,
    program: &str,
    folder: &mut Folder,
) -> Result<(Findings, Vec<Lines>), Error> {
    let write_evidence = |evidence| lines::write(settings, ledger, verdicts, program, evidence);
    let write_findings = |folder: &mut Folder| {
        let findings = analyse::count(verdicts, sources, &settings.analyse)?;
        folder.write_findings(&findings, &settings.render)?;
        Ok(findings)
    };
    let (findings, written) = if settings.render.xlsx {
        let findings = write_findings(folder)?;
        (findings, write_evidence(folder.evidence(&settings.render)?)?)
    } else {
        let evidence = folder.evidence(&settings.render)?;
        let (findings, written) = both(settings.threads, || write_findings(folder), || write_evidence(evidence));
        (findings?, written?)
    };
    folder.keep_evidence(written.files);
    Ok((findings, written.lines))
}

/// `reports/<last complete period>`, or the corpus's name where nothing is complete or the corpus spans more than a year.
fn default_folder(settings: &Settings, verdicts: &Verdicts) -> PathBuf {
    let long = verdicts
        .range()
        .is_none_or(|(first, last)| (last - first).num_days() > 366);
    let period = verdicts.last_complete().filter(|_| !long);
    PathBuf::from("reports").join(period.map_or(&settings.corpus_name, |period| &period.label))
}

/// The settings that shape a report, as they were understood; no path of this machine among them.
fn as_understood(settings: &Settings) -> serde_json::Value {
    let name = |path: &str| {
        Path::new(path)
            .file_name()
            .map_or_else(|| path.to_owned(), |name| name.to_string_lossy().into_owned())
    };
    let analyse = &settings.analyse;
    json!({
        "corpus": settings.corpus_name,
        "watchlist": settings.gazetteer.watchlists.iter().map(|list| name(list)).collect::<Vec<_>>(),
        "entity": settings.gazetteer.entities,
        "count": analyse.count,
        "from": analyse.from,
        "to": analyse.to,
        "by": analyse.calendar.granularity,
        "week-start": analyse.calendar.week_start,
        "tz": settings.corpus.time_zone.name(),
        "baseline": analyse.baseline,
        "language": analyse.languages,
        "source": analyse.sources,
        "exclude": settings.corpus.exclude,
        "fields": settings.corpus.fields,
        "unit": analyse.unit,
        "similarity": analyse.similarity,
        "ui": settings.render.ui,
        "csv": settings.render.csv,
        "xlsx": settings.render.xlsx,
        "title": settings.render.title,
        "tag": settings.render.tag,
        "charts": settings.render.charts,
        "canvas": settings.render.canvas,
        "print": settings.render.print,
        "rtl-time": settings.render.rtl_time,
        "digits": settings.render.digits,
        "lossless": settings.render.lossless,
    })
}
