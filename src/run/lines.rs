//! The lines of `evidence/mentions.csv`, which are most of a report: composed on all threads, or taken over from a report that stands.
//!
//! The ledger remembers which lines of a report were made from which stretch of its rows, with a fingerprint of all else that they depend on. Where both
//! are the same again, the lines are read from the old file; what was read is checked by its own hash, and where it is not what was written then, the
//! lines are composed. So the file is the same byte for byte as one from nothing. It opens the evidence of old reports.

use std::collections::HashMap;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

use super::pool;
use super::standing::{Seen, see};
use crate::analyse::Analysis;
use crate::error::Error;
use crate::ledger::{Ledger, Memo, MentionStretch, Place, Stretch};
use crate::render::evidence::{Evidence, MentionComposer, MentionLines};
use crate::settings::Settings;

/// Where the lines are in a report.
const FILE: [&str; 2] = ["evidence", "mentions.csv"];

/// The lines of so many reports of a ledger are remembered: those written last.
const REMEMBERED: usize = 4;

/// So many bytes are read from an old report at once, a stretch more or less.
const BLOCK: u64 = 1 << 20;

/// The lines of a report that was written.
#[derive(Serialize, Deserialize)]
struct Remembered {
    /// The report.
    folder: PathBuf,
    /// Their file as it was seen then.
    file: Seen,
    /// What they are, from the first to the last.
    lines: Lines,
}

/// The lines of a report.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct Lines {
    /// What holds for all of them, as one name.
    of: String,
    /// How many of them were taken over from another report, for the curious.
    taken_over: u64,
    /// How many there are, for the curious.
    rows: u64,
    /// What they are, from the first to the last.
    runs: Vec<Run>,
}

/// The lines of one stretch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Run {
    /// Where its rows lie in the ledger.
    place: Place,
    /// Its first document, after the first one of the file that the stretch begins with.
    first: u32,
    /// How many documents there are from it to the last of the stretch.
    documents: u32,
    /// For all that the lines depend on beside the rows and [`Lines::of`]; `None` where that cannot be known.
    fingerprint: Option<u64>,
    /// How many lines there are.
    rows: u64,
    /// Their length.
    bytes: u64,
    /// Their hash.
    hash: u64,
}

impl Run {
    /// The fingerprint as it would be now.
    fn fingerprint_now(&self, stretch: &Stretch, analysis: &Analysis) -> Option<u64> {
        let first = stretch.in_corpus(self.first);
        analysis.fingerprint(first..first.checked_add(self.documents)?, stretch.stamp()?)
    }
}

/// Lines that can be taken over in one go.
struct Block {
    /// Where they begin in the old file.
    from: u64,
    /// What they are.
    runs: Vec<Run>,
    /// The stretches that they were made from.
    stretches: Vec<Stretch>,
}

impl Block {
    /// Their length.
    fn bytes(&self) -> u64 {
        self.runs.iter().map(|run| run.bytes).sum()
    }
}

/// How some lines are to be had.
enum Job {
    /// From the old report.
    Block(Block),
    /// From the ledger.
    Compose(Result<MentionStretch, Error>),
}

/// The same before the ledger is read.
enum Plan {
    /// From the old report.
    Block(Block),
    /// From the next of the stretches that are read.
    Compose,
}

/// Some lines.
struct Made {
    /// As they stand in the file.
    lines: MentionLines,
    /// What they are.
    runs: Vec<Run>,
    /// Whether they are taken over.
    taken_over: bool,
}

/// What holds for all lines of a report, as one name.
fn name(settings: &Settings, analysis: &Analysis, program: &str) -> String {
    let known = format!("{program} {:?} {}", settings.render.csv, analysis.choice());
    format!("{:032x}", xxh3_128(known.as_bytes()))
}

/// Writes every mention in the order of the corpus. What comes back is to be [remembered](remember) when the report is in its place.
///
/// # Errors
///
/// [`Error::Ledger`] where the ledger cannot be read, [`Error::Report`] where the evidence cannot be written.
pub(super) fn write(
    settings: &Settings,
    ledger: &Ledger,
    analysis: &Analysis,
    program: &str,
    evidence: &mut Evidence<'_>,
) -> Result<Lines, Error> {
    let stretches = ledger.stretches();
    if evidence.wants_rows() {
        for stretch in ledger.read_stretches(stretches) {
            stretch?.each(&mut |doc, row| {
                if analysis.complete_mention(doc, row) {
                    evidence.push_mention(row)?;
                }
                Ok(())
            })?;
        }
        return Ok(Lines::default());
    }
    if settings.threads > 1 {
        evidence.hash_apart();
    }
    let mut all = Lines {
        of: name(settings, analysis, program),
        ..Lines::default()
    };
    let old = recall(ledger, &all.of);
    let (plans, to_read) = plan(stretches, old.as_ref(), analysis);
    pool::in_order(
        settings.threads,
        |give| {
            let mut read = ledger.read_stretches(to_read);
            for plan in plans {
                let job = match plan {
                    Plan::Block(block) => Some(Job::Block(block)),
                    Plan::Compose => read.next().map(Job::Compose),
                };
                if !job.is_some_and(&mut *give) {
                    return;
                }
            }
        },
        || {
            let file = old.as_ref().and_then(|old| File::open(&old.file).ok());
            (MentionComposer::new(&settings.render), file)
        },
        |job, (composer, file)| match job {
            Job::Compose(stretch) => compose(&stretch?, analysis, composer),
            Job::Block(block) => {
                if let Some(bytes) = file.as_mut().and_then(|file| read_block(file, &block)) {
                    return Ok(Made {
                        lines: MentionLines::taken_over(bytes, block.runs.iter().map(|run| run.rows).sum()),
                        runs: block.runs,
                        taken_over: true,
                    });
                }
                let mut made = Vec::new();
                for stretch in ledger.read_stretches(block.stretches) {
                    made.push(compose(&stretch?, analysis, composer)?);
                }
                Ok(together(made))
            }
        },
        |made: Result<Made, Error>| {
            let made = made?;
            all.rows += made.lines.rows();
            all.taken_over += if made.taken_over { made.lines.rows() } else { 0 };
            all.runs.extend(made.runs);
            evidence.push_lines(made.lines)
        },
    )?;
    Ok(all)
}

/// How the lines of each stretch are to be had, and the stretches that must be read for them.
fn plan(stretches: Vec<Stretch>, old: Option<&Old>, analysis: &Analysis) -> (Vec<Plan>, Vec<Stretch>) {
    let mut plans = Vec::new();
    let mut to_read = Vec::new();
    for stretch in stretches {
        let same = old
            .and_then(|old| old.runs.get(&stretch.place()))
            .filter(|(_, run)| run.fingerprint.is_some() && run.fingerprint_now(&stretch, analysis) == run.fingerprint);
        let Some((from, run)) = same else {
            plans.push(Plan::Compose);
            to_read.push(stretch);
            continue;
        };
        match plans.last_mut() {
            Some(Plan::Block(block)) if block.from + block.bytes() == *from && block.bytes() < BLOCK => {
                block.runs.push(run.clone());
                block.stretches.push(stretch);
            }
            _ => plans.push(Plan::Block(Block {
                from: *from,
                runs: vec![run.clone()],
                stretches: vec![stretch],
            })),
        }
    }
    (plans, to_read)
}

/// Makes the lines of a stretch.
fn compose(rows: &MentionStretch, analysis: &Analysis, composer: &mut MentionComposer) -> Result<Made, Error> {
    let (mut told, mut pushed) = (None, None);
    let (mut first, mut last) = (u32::MAX, 0);
    rows.each(&mut |doc, row| {
        (first, last) = (first.min(doc), last.max(doc));
        if !analysis.complete_next_mention(doc, &mut told, row) {
            return Ok(());
        }
        if pushed.replace(doc) == Some(doc) {
            composer.push_of_same(row)
        } else {
            composer.push(row)
        }
    })?;
    let lines = composer.take();
    let stretch = rows.stretch();
    let mut run = Run {
        place: stretch.place(),
        first: stretch.in_file(first),
        documents: last.saturating_sub(first).saturating_add(1),
        fingerprint: None,
        rows: lines.rows(),
        bytes: lines.bytes().len() as u64,
        hash: xxh3_64(lines.bytes()),
    };
    run.fingerprint = run.fingerprint_now(stretch, analysis);
    Ok(Made {
        lines,
        runs: vec![run],
        taken_over: false,
    })
}

/// Several as one.
fn together(made: Vec<Made>) -> Made {
    let rows = made.iter().map(|made| made.lines.rows()).sum();
    let bytes: Vec<&[u8]> = made.iter().map(|made| made.lines.bytes()).collect();
    Made {
        lines: MentionLines::taken_over(bytes.concat(), rows),
        runs: made.into_iter().flat_map(|made| made.runs).collect(),
        taken_over: false,
    }
}

/// Reads lines from an old report; `None` where they are not there as they were written.
fn read_block(file: &mut File, block: &Block) -> Option<Vec<u8>> {
    let length = block.bytes();
    let mut bytes = Vec::with_capacity(usize::try_from(length).ok()?);
    file.seek(SeekFrom::Start(block.from)).ok()?;
    file.take(length).read_to_end(&mut bytes).ok()?;
    let mut rest = bytes.as_slice();
    for run in &block.runs {
        let (own, after) = rest.split_at_checked(usize::try_from(run.bytes).ok()?)?;
        if xxh3_64(own) != run.hash {
            return None;
        }
        rest = after;
    }
    Some(bytes)
}

/// A report whose lines may be taken over.
struct Old {
    /// The file that holds them.
    file: PathBuf,
    /// The lines of each stretch, and where they begin.
    runs: HashMap<Place, (u64, Run)>,
}

/// The report of this name that was written last, where its lines stand as they were written.
fn recall(ledger: &Ledger, of: &str) -> Option<Old> {
    let all: Vec<Remembered> = ledger.remembered(Memo::Evidence, "")?;
    let found = all.into_iter().rev().find(|one| {
        let stands = || see(&one.folder, &file_of(&one.folder));
        one.lines.of == of && one.file.modified.is_some() && stands().as_ref() == Some(&one.file)
    })?;
    let lines: u64 = found.lines.runs.iter().map(|run| run.bytes).sum();
    let mut from = found.file.bytes.checked_sub(lines)?;
    let mut runs = HashMap::with_capacity(found.lines.runs.len());
    for run in found.lines.runs {
        let begins = from;
        from += run.bytes;
        runs.insert(run.place, (begins, run));
    }
    Some(Old {
        file: file_of(&found.folder),
        runs,
    })
}

/// Remembers the lines of a report that is in its place, and forgets what stood there.
///
/// # Errors
///
/// [`Error::Ledger`] where the ledger cannot be written.
pub(super) fn remember(ledger: &Ledger, lines: Lines, folder: &Path) -> Result<(), Error> {
    let mut all: Vec<Remembered> = ledger.remembered(Memo::Evidence, "").unwrap_or_default();
    all.retain(|one| one.folder != folder);
    if let Some(file) = see(folder, &file_of(folder)).filter(|_| !lines.runs.is_empty()) {
        all.push(Remembered {
            folder: folder.to_owned(),
            file,
            lines,
        });
    }
    let old = all.len().saturating_sub(REMEMBERED);
    ledger.remember(Memo::Evidence, "", &all[old..].iter().collect::<Vec<_>>())
}

/// The file of the lines.
fn file_of(folder: &Path) -> PathBuf {
    FILE.iter().fold(folder.to_owned(), |folder, part| folder.join(part))
}
