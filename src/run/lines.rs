//! The lines of the evidence, which are most of a report: composed on all threads, or taken over from a report that stands.
//!
//! The ledger remembers which lines of a report were made from which stretch of its rows, with a fingerprint of all else that they depend on. Where both
//! are the same again, the lines are read from the old file; what was read is checked by its own hash, and where it is not what was written then, the
//! lines are composed. So the file is the same byte for byte as one from nothing. As long as it is the old file from its beginning on, its SHA-256 is that
//! of the old file too, and goes on from there. It opens the evidence of old reports.

mod old;

use std::fs::File;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

pub(super) use self::old::remember;
use self::old::{Old, read_block, recall};
use super::pool;
use crate::analyse::Verdicts;
use crate::error::Error;
use crate::ledger::{Ledger, Place, Stretch, StretchRows};
use crate::model::evidence::EvidenceTable;
use crate::render::evidence::{CompleteEvidence, Evidence, EvidenceComposer, EvidenceLines, HashMark};
use crate::settings::Settings;

/// So many bytes are read from an old report at once, a stretch more or less.
const BLOCK: u64 = 1 << 18;

/// The lines of a table of a report.
#[derive(Serialize, Deserialize)]
pub(super) struct Lines {
    /// Which table.
    table: EvidenceTable,
    /// What holds for all of them, as one name.
    of: String,
    /// How many of them were taken over from another report, for the curious.
    taken_over: u64,
    /// How many there are, for the curious.
    rows: u64,
    /// What they are, from the first to the last.
    runs: Vec<Run>,
    /// How far the SHA-256 of the file was at some places of it.
    marks: Vec<HashMark>,
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
    fn fingerprint_now(&self, table: EvidenceTable, stretch: &Stretch, verdicts: &Verdicts) -> Option<u64> {
        let first = stretch.in_corpus(self.first);
        verdicts.fingerprint(table, first..first.checked_add(self.documents)?, stretch.stamp()?)
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
    Compose(Result<StretchRows, Error>),
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
    lines: EvidenceLines,
    /// What they are.
    runs: Vec<Run>,
    /// Where they stand in the old file, if they are taken over.
    from: Option<u64>,
}

/// What holds for all lines of a report, as one name.
fn name(settings: &Settings, verdicts: &Verdicts, program: &str) -> String {
    let known = format!("{program} {:?} {}", settings.render.csv, verdicts.choice());
    format!("{:032x}", xxh3_128(known.as_bytes()))
}

/// The evidence that was written.
pub(super) struct Written {
    /// Both files.
    pub(super) files: CompleteEvidence,
    /// Their lines, to be [remembered](remember) when the report is in its place.
    pub(super) lines: Vec<Lines>,
}

/// Writes every document and every mention in the order of the corpus.
///
/// # Errors
///
/// [`Error::Ledger`] where the ledger cannot be read, [`Error::Report`] where the evidence cannot be written.
pub(super) fn write(
    settings: &Settings,
    ledger: &Ledger,
    verdicts: &Verdicts,
    program: &str,
    mut evidence: Evidence,
) -> Result<Written, Error> {
    let mut lines = Vec::new();
    if evidence.wants_rows() {
        write_rows(ledger, verdicts, &mut evidence)?;
    } else {
        if settings.threads > 1 {
            evidence.hash_apart();
        }
        let of = name(settings, verdicts, program);
        for table in EvidenceTable::ALL {
            lines.push(write_lines(settings, ledger, verdicts, (table, &of), &mut evidence)?);
        }
    }
    let (files, mut marks) = evidence.finish()?;
    for lines in &mut lines {
        lines.marks = std::mem::take(marks.of(lines.table));
    }
    Ok(Written { files, lines })
}

/// Writes all rows one by one.
fn write_rows(ledger: &Ledger, verdicts: &Verdicts, evidence: &mut Evidence) -> Result<(), Error> {
    for (doc, row) in (0..).zip(ledger.document_rows()?) {
        let mut row = row?;
        verdicts.complete_document(doc, &mut row);
        evidence.push_document(&row)?;
    }
    let table = EvidenceTable::Mentions;
    for stretch in ledger.read_stretches(table, ledger.stretches(table)) {
        stretch?.each_mention(&mut |doc, row| {
            if verdicts.complete_mention(doc, row) {
                evidence.push_mention(row)?;
            }
            Ok(())
        })?;
    }
    Ok(())
}

/// Writes the lines of a table; `of` is what holds for all of them.
fn write_lines(
    settings: &Settings,
    ledger: &Ledger,
    verdicts: &Verdicts,
    (table, of): (EvidenceTable, &str),
    evidence: &mut Evidence,
) -> Result<Lines, Error> {
    let mut old = recall(ledger, table, of);
    let (plans, to_read) = plan(table, ledger.stretches(table), old.as_ref(), verdicts);
    let mut all = Lines {
        table,
        of: of.to_owned(),
        taken_over: 0,
        rows: 0,
        runs: Vec::new(),
        marks: Vec::new(),
    };
    let mut end = 0;
    if let Some(old) = &mut old {
        end = old.header;
        evidence.resume(table, old.marks_before(end_of_same(&plans, end)))?;
    }
    pool::in_order(
        settings.threads,
        |give| {
            let mut read = ledger.read_stretches(table, to_read);
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
            (EvidenceComposer::new(&settings.render), file)
        },
        |job, (composer, file)| match job {
            Job::Compose(stretch) => compose(table, &stretch?, verdicts, composer),
            Job::Block(block) => {
                if let Some(bytes) = file.as_mut().and_then(|file| read_block(file, &block)) {
                    return Ok(Made {
                        lines: EvidenceLines::new(bytes, block.runs.iter().map(|run| run.rows).sum()),
                        runs: block.runs,
                        from: Some(block.from),
                    });
                }
                let mut made = Vec::new();
                for stretch in ledger.read_stretches(table, block.stretches) {
                    made.push(compose(table, &stretch?, verdicts, composer)?);
                }
                Ok(together(made))
            }
        },
        |made: Result<Made, Error>| {
            let Made { mut lines, runs, from } = made?;
            all.rows += lines.rows();
            all.taken_over += from.map_or(0, |_| lines.rows());
            all.runs.extend(runs);
            let length = lines.bytes().len() as u64;
            if from == Some(end) {
                lines = lines.at_same_place();
            }
            end += length;
            evidence.push_lines(table, lines)
        },
    )?;
    Ok(all)
}

/// How the lines of each stretch are to be had, and the stretches that must be read for them.
fn plan(
    table: EvidenceTable,
    stretches: Vec<Stretch>,
    old: Option<&Old>,
    verdicts: &Verdicts,
) -> (Vec<Plan>, Vec<Stretch>) {
    let mut plans = Vec::new();
    let mut to_read = Vec::new();
    for stretch in stretches {
        let is_same =
            |run: &Run| run.fingerprint.is_some() && run.fingerprint_now(table, &stretch, verdicts) == run.fingerprint;
        let same = old
            .and_then(|old| old.runs.get(&stretch.place()))
            .filter(|(_, run)| is_same(run));
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

/// How far a file whose lines begin at `header` will be the old one.
fn end_of_same(plans: &[Plan], header: u64) -> u64 {
    let mut end = header;
    for plan in plans {
        match plan {
            Plan::Block(block) if block.from == end => end += block.bytes(),
            Plan::Block(_) | Plan::Compose => break,
        }
    }
    end
}

/// Makes the lines of a stretch.
fn compose(
    table: EvidenceTable,
    rows: &StretchRows,
    verdicts: &Verdicts,
    composer: &mut EvidenceComposer,
) -> Result<Made, Error> {
    let (mut first, mut last) = (u32::MAX, 0);
    let mut see = |doc: u32| (first, last) = (first.min(doc), last.max(doc));
    match table {
        EvidenceTable::Documents => rows.each_document(&mut |doc, row| {
            see(doc);
            verdicts.complete_document(doc, row);
            composer.push_document(row)
        })?,
        EvidenceTable::Mentions => {
            let (mut told, mut pushed) = (None, None);
            rows.each_mention(&mut |doc, row| {
                see(doc);
                if !verdicts.complete_next_mention(doc, &mut told, row) {
                    return Ok(());
                }
                if pushed.replace(doc) == Some(doc) {
                    composer.push_mention_of_same(row)
                } else {
                    composer.push_mention(row)
                }
            })?;
        }
    }
    let lines = composer.take(table);
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
    run.fingerprint = run.fingerprint_now(table, stretch, verdicts);
    Ok(Made {
        lines,
        runs: vec![run],
        from: None,
    })
}

/// Several as one.
fn together(made: Vec<Made>) -> Made {
    let rows = made.iter().map(|made| made.lines.rows()).sum();
    let bytes: Vec<&[u8]> = made.iter().map(|made| made.lines.bytes()).collect();
    Made {
        lines: EvidenceLines::new(bytes.concat(), rows),
        runs: made.into_iter().flat_map(|made| made.runs).collect(),
        from: None,
    }
}
