//! From files to the ledger: read, clean, match, keep, on all threads, in the order of the files.

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use super::pool::{both, in_order};
use super::progress::Progress;
use crate::clean::Cleaner;
use crate::corpus::{self, Block, Ending, SourceFile, Tally};
use crate::error::Error;
use crate::ledger::{Header, Kept, Ledger, Scanned, Stamp, Writer};
use crate::matcher::{Matcher, Scratch, words_version};
use crate::model::document::Document;
use crate::model::entity::Gazetteer;
use crate::model::input::{Input, InputStatus};
use crate::model::skip::Skip;
use crate::model::words::Spellings;
use crate::settings::Settings;

/// Files from this size on are read or searched by all threads; smaller ones are read and searched by one worker each.
const LARGE_FILE: u64 = 2 << 20;

/// The same for packed files, which hold several times as much.
const LARGE_PACKED: u64 = 1 << 20;

/// Bytes that a worker takes at once: of the text of documents of a large file, or of small files on disk.
const BATCH_BYTES: usize = 1 << 20;

/// Small files that a worker takes at once.
const BATCH_FILES: usize = 64;

/// What the settings that change a scan are called in the ledger's header.
const TEXT_VERSION: &str = "2";

/// What a worker is given.
enum Job {
    /// Whole files, by their places in the walk.
    Whole(Vec<usize>),
    /// Some lines of a large file.
    Block(Block),
    /// Some documents of a large file.
    Some(Vec<Result<Document, Skip>>),
    /// The end of a large file.
    End(usize, End),
}

/// What is known of a file at its end.
enum End {
    /// All.
    Account(Box<Input>),
    /// All but what its blocks gave.
    Blocks(Box<Ending>),
}

/// What a worker gives back of one job.
struct Batch {
    /// The words that its rows name.
    words: Spellings,
    /// What was done, in order.
    done: Vec<Done>,
}

/// What a worker keeps from job to job.
#[derive(Default)]
struct Desk {
    /// For laying out.
    cleaner: Cleaner,
    /// For searching.
    scratch: Scratch,
}

/// A part of what a worker gives back.
enum Done {
    /// A document or skip.
    Row(Kept),
    /// What a block gave.
    Read(Tally),
    /// The end of a file.
    End(usize, End),
}

/// Brings the ledger up to date with the corpus.
///
/// Returns the ledger and the account of every file that the walk met, in path order.
pub(super) fn scan(
    settings: &Settings,
    gazetteer: &Gazetteer,
    progress: &mut dyn Progress,
) -> Result<(Ledger, Vec<Arc<Input>>), Error> {
    let (files, mut ledger, rebuilt) = walk_and_open(settings, gazetteer)?;
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
    inputs.extend(ignored.iter().map(ignored_input).map(Arc::new));
    inputs.sort_by(|a, b| a.file.cmp(&b.file));
    Ok((ledger, inputs))
}

/// The files of the corpus, and the ledger with the reason why it begins anew. With several threads both are looked at at once.
fn walk_and_open(
    settings: &Settings,
    gazetteer: &Gazetteer,
) -> Result<(Vec<SourceFile>, Ledger, Option<String>), Error> {
    let walk = || corpus::walk_on(&settings.corpus, settings.threads);
    let open = || Ledger::open(&settings.ledger.dir, header(settings, gazetteer));
    let (opened, files) = if Ledger::lies_in(&settings.ledger.dir) {
        both(settings.threads, open, walk)
    } else {
        // A corpus that is not there leaves no ledger behind.
        let files = walk()?;
        (open(), Ok(files))
    };
    let (files, (ledger, rebuilt)) = (files?, opened?);
    Ok((files, ledger, rebuilt))
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
    ledger.use_threads(settings.threads);
    let mut writer = ledger.writer(gazetteer);
    let mut tally = Tally::default();
    in_order(
        settings.threads,
        |give| feed(settings, files, to_read, give),
        Desk::default,
        |job, desk| work(settings, files, &matcher, job, desk),
        |Batch { words, done }| {
            writer.begin_batch(words);
            let documents = done.iter().filter(|one| one.is_read()).count();
            let mut bytes = 0;
            for one in done {
                match one {
                    Done::Row(kept) => keep(kept, &mut writer, progress)?,
                    Done::Read(part) => tally += part,
                    Done::End(place, end) => {
                        let input = match end {
                            End::Account(input) => *input,
                            End::Blocks(ending) => {
                                let mut late = Vec::new();
                                let input =
                                    ending.close(std::mem::take(&mut tally), &mut |record| late.extend(record.err()));
                                for skip in late {
                                    keep(skip.into(), &mut writer, progress)?;
                                }
                                input
                            }
                        };
                        bytes += files[place].bytes;
                        writer.end_file(input, stamps[place].clone())?;
                    }
                }
            }
            progress.read(documents as u64, bytes);
            Ok(())
        },
    )?;
    writer.finish()
}

impl Done {
    /// Whether it is a document.
    fn is_read(&self) -> bool {
        matches!(self, Self::Row(kept) if kept.is_read())
    }
}

/// Tells of a skip, and adds a row to the ledger.
fn keep(kept: Kept, writer: &mut Writer<'_>, progress: &mut dyn Progress) -> Result<(), Error> {
    if let Some(skip) = kept.skip() {
        progress.skipped(skip);
    }
    writer.push(kept)
}

/// Hands out small files whole, several at once, and large ones in blocks or batches.
fn feed(settings: &Settings, files: &[SourceFile], to_read: &[usize], give: &mut dyn FnMut(Job) -> bool) {
    let mut small = Vec::new();
    let mut size = 0;
    for &place in to_read {
        let file = &files[place];
        let is_large = file.bytes >= large(file);
        if !small.is_empty() && (is_large || size >= BATCH_BYTES as u64 || small.len() >= BATCH_FILES) {
            size = 0;
            if !give(Job::Whole(std::mem::take(&mut small))) {
                return;
            }
        }
        if !is_large {
            size += file.bytes;
            small.push(place);
        } else if !feed_large(settings, file, place, give) {
            return;
        }
    }
    if !small.is_empty() {
        give(Job::Whole(small));
    }
}

/// From how many bytes on a file is large.
fn large(file: &SourceFile) -> u64 {
    if corpus::is_named_packed(&file.path) {
        LARGE_PACKED
    } else {
        LARGE_FILE
    }
}

/// Hands out the lines or the documents of a large file; false where the run is over.
fn feed_large(settings: &Settings, file: &SourceFile, place: usize, give: &mut dyn FnMut(Job) -> bool) -> bool {
    let mut go = true;
    let blocks = corpus::read_blocks(file, &settings.corpus, &mut |block| {
        go = give(Job::Block(block));
        go
    });
    if let Some(ending) = blocks {
        return go && give(Job::End(place, End::Blocks(Box::new(ending))));
    }
    let mut batch = Vec::new();
    let mut size = 0;
    let input = corpus::read_file(file, &settings.corpus, &mut |record| {
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
    go && give(Job::End(place, End::Account(Box::new(input))))
}

/// Does one job.
fn work(settings: &Settings, files: &[SourceFile], matcher: &Matcher, job: Job, desk: &mut Desk) -> Batch {
    let Desk { cleaner, scratch } = desk;
    let mut done = Vec::new();
    let mut search = |record: Result<Document, Skip>, done: &mut Vec<Done>| {
        let scanned = match record {
            Ok(document) => {
                let text = Box::new(cleaner.clean(document));
                let (mentions, words) = matcher.search(&text, scratch);
                Scanned::Read { text, mentions, words }
            }
            Err(skip) => Scanned::Skipped(skip),
        };
        done.push(Done::Row(scanned.into()));
    };
    match job {
        Job::Whole(places) => {
            for place in places {
                let input = corpus::read_file(&files[place], &settings.corpus, &mut |record| search(record, &mut done));
                done.push(Done::End(place, End::Account(Box::new(input))));
            }
        }
        Job::Block(block) => {
            let tally = block.read(&mut |record| search(record, &mut done));
            done.push(Done::Read(tally));
        }
        Job::Some(records) => {
            for record in records {
                search(record, &mut done);
            }
        }
        Job::End(place, end) => done.push(Done::End(place, end)),
    }
    Batch {
        words: scratch.end_batch(),
        done,
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
        file: Arc::clone(&file.file),
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
