//! From files to the ledger: read, clean, match, keep, on all threads, in the order of the files.

use std::time::{SystemTime, UNIX_EPOCH};

use super::pool::in_order;
use super::progress::Progress;
use crate::clean::clean_text;
use crate::corpus::{self, SourceFile};
use crate::error::Error;
use crate::ledger::{Header, Ledger, Scanned, Stamp};
use crate::matcher::{Matcher, Scratch, words_version};
use crate::model::document::Document;
use crate::model::entity::Gazetteer;
use crate::model::input::{Input, InputStatus};
use crate::model::skip::Skip;
use crate::settings::Settings;

/// Files from this size on are read by one thread and searched by all; smaller ones are read and searched by one worker each.
const LARGE_FILE: u64 = 8 << 20;

/// Documents of a large file that a worker takes at once, in bytes of text.
const BATCH_BYTES: usize = 1 << 20;

/// What the settings that change a scan are called in the ledger's header.
const TEXT_VERSION: &str = "1";

/// What a worker is given.
enum Job {
    /// A whole file, by its place in the plan.
    Whole(usize),
    /// Some documents of a large file.
    Some(Vec<Result<Document, Skip>>),
    /// The end of a large file.
    End(usize, Box<Input>),
}

/// What a worker gives back.
struct Done {
    /// The documents and skips, in order.
    scanned: Vec<Scanned>,
    /// The file's place in the plan and its account, where the file ends here.
    end: Option<(usize, Input)>,
}

/// Brings the ledger up to date with the corpus.
///
/// Returns the ledger and the account of every file that the walk met, in path order.
pub(super) fn scan(
    settings: &Settings,
    gazetteer: &Gazetteer,
    progress: &mut dyn Progress,
) -> Result<(Ledger, Vec<Input>), Error> {
    let files = corpus::walk(&settings.corpus)?;
    let (mut ledger, rebuilt) = Ledger::open(&settings.ledger.dir, header(settings, gazetteer))?;
    if let Some(why) = rebuilt {
        progress.note(&why);
    }
    let (readable, ignored): (Vec<_>, Vec<_>) = files.into_iter().partition(|file| file.ignored.is_none());
    let stamps: Vec<Stamp> = readable.iter().map(stamp).collect();
    let plan = ledger.plan(&stamps, now(), settings.ledger.rehash, &mut |place| {
        corpus::hash_file(&readable[place].path).ok()
    })?;
    let bytes = plan.to_read.iter().map(|&place| readable[place].bytes).sum();
    progress.scanning(plan.to_read.len(), bytes, plan.unchanged);
    if !plan.to_read.is_empty() {
        read_all(
            settings,
            gazetteer,
            &readable,
            &stamps,
            &plan.to_read,
            &mut ledger,
            progress,
        )?;
    }
    ledger.settle()?;
    let mut inputs = ledger.inputs();
    inputs.extend(ignored.iter().map(ignored_input));
    inputs.sort_by(|a, b| a.file.cmp(&b.file));
    Ok((ledger, inputs))
}

/// Reads, cleans, matches and keeps the files at `to_read`.
fn read_all(
    settings: &Settings,
    gazetteer: &Gazetteer,
    files: &[SourceFile],
    stamps: &[Stamp],
    to_read: &[usize],
    ledger: &mut Ledger,
    progress: &mut dyn Progress,
) -> Result<(), Error> {
    let matcher = Matcher::new(gazetteer);
    let mut writer = ledger.writer(gazetteer);
    in_order(
        settings.threads,
        |give| feed(settings, files, to_read, give),
        Scratch::default,
        |job, scratch| work(settings, files, &matcher, job, scratch),
        |done: Done| {
            let documents = done
                .scanned
                .iter()
                .filter(|row| matches!(row, Scanned::Read { .. }))
                .count();
            for row in done.scanned {
                if let Scanned::Skipped(skip) = &row {
                    progress.skipped(skip);
                }
                writer.push(row)?;
            }
            let mut bytes = 0;
            if let Some((place, input)) = done.end {
                bytes = files[place].bytes;
                writer.end_file(input, stamps[place].clone())?;
            }
            progress.read(documents as u64, bytes);
            Ok(())
        },
    )?;
    writer.finish()
}

/// Hands out small files whole and large ones in batches.
fn feed(settings: &Settings, files: &[SourceFile], to_read: &[usize], give: &mut dyn FnMut(Job) -> bool) {
    for &place in to_read {
        if files[place].bytes < LARGE_FILE {
            if !give(Job::Whole(place)) {
                return;
            }
            continue;
        }
        let mut batch = Vec::new();
        let mut size = 0;
        let mut go = true;
        let input = corpus::read_file(&files[place], &settings.corpus, &mut |record| {
            size += record
                .as_ref()
                .map_or(64, |document| document.title.len() + document.body.len() + 256);
            batch.push(record);
            if size >= BATCH_BYTES {
                size = 0;
                go = go && give(Job::Some(std::mem::take(&mut batch)));
            }
        });
        go = go && (batch.is_empty() || give(Job::Some(batch)));
        if !go || !give(Job::End(place, Box::new(input))) {
            return;
        }
    }
}

/// Does one job.
fn work(settings: &Settings, files: &[SourceFile], matcher: &Matcher, job: Job, scratch: &mut Scratch) -> Done {
    let mut search = |record: Result<Document, Skip>| match record {
        Ok(document) => {
            let text = Box::new(clean_text(document));
            let (mentions, words) = matcher.search(&text, scratch);
            Scanned::Read { text, mentions, words }
        }
        Err(skip) => Scanned::Skipped(skip),
    };
    match job {
        Job::Whole(place) => {
            let mut scanned = Vec::new();
            let input = corpus::read_file(&files[place], &settings.corpus, &mut |record| {
                scanned.push(search(record));
            });
            Done {
                scanned,
                end: Some((place, input)),
            }
        }
        Job::Some(records) => Done {
            scanned: records.into_iter().map(search).collect(),
            end: None,
        },
        Job::End(place, input) => Done {
            scanned: Vec::new(),
            end: Some((place, *input)),
        },
    }
}

/// What must agree between a ledger and a run.
fn header(settings: &Settings, gazetteer: &Gazetteer) -> Header {
    let fields: Vec<String> = settings
        .corpus
        .fields
        .iter()
        .map(|(theirs, ours)| format!("{theirs}={ours}"))
        .collect();
    let roots = settings.corpus.roots.iter();
    Header {
        gazetteer: gazetteer.hash.clone(),
        settings: [
            ("fields", fields.join(",")),
            ("text", TEXT_VERSION.to_owned()),
            ("tz", settings.corpus.time_zone.name().to_owned()),
            ("words", words_version()),
        ]
        .into_iter()
        .map(|(key, value)| (key.to_owned(), value))
        .collect(),
        roots: roots
            .map(|root| {
                root.canonicalize()
                    .unwrap_or_else(|_| root.clone())
                    .display()
                    .to_string()
            })
            .collect(),
    }
}

/// How the ledger recognises a file.
fn stamp(file: &SourceFile) -> Stamp {
    Stamp {
        file: file.file.to_string(),
        bytes: file.bytes,
        modified: file.modified,
    }
}

/// The account of a file that is no document by decision.
fn ignored_input(file: &SourceFile) -> Input {
    Input {
        file: file.file.to_string(),
        status: InputStatus::Ignored,
        format: file.ignored.unwrap_or_default().to_owned(),
        compression: String::new(),
        encoding: String::new(),
        encoding_method: String::new(),
        bytes: file.bytes,
        sha256: String::new(),
        documents: 0,
        skipped: 0,
        note: String::new(),
    }
}

/// Nanoseconds since 1970: the one look at the clock, which only decides whether a file's time stamp is old enough to be trusted.
fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_nanos()).unwrap_or(i64::MAX)
}
