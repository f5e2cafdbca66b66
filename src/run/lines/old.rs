//! The lines of reports that were written: which they are, where they stand, and whether they stand there still.
//!
//! They come in when a report is in its place, and are kept in the ledger. They come out again for a report of the same name, its lines by the rows that they
//! were made from.

use std::collections::HashMap;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use super::super::standing::{Seen, see};
use super::{Block, Lines, Run};
use crate::error::Error;
use crate::ledger::{Ledger, Memo, Place};
use crate::model::evidence::EvidenceTable;
use crate::render::evidence::HashMark;

/// The lines of so many tables of the reports of a ledger are remembered: those written last.
const REMEMBERED: usize = 8;

/// The lines of a table of a report that was written.
#[derive(Serialize, Deserialize)]
struct Remembered {
    /// The report.
    folder: PathBuf,
    /// Their file as it was seen then.
    file: Seen,
    /// What they are, from the first to the last.
    lines: Lines,
}

/// A report whose lines may be taken over.
pub(super) struct Old {
    /// The file that holds them.
    pub(super) file: PathBuf,
    /// What stands before them.
    pub(super) header: u64,
    /// The lines of each stretch, and where they begin.
    pub(super) runs: HashMap<Place, (u64, Run)>,
    /// How far the SHA-256 of the file was at some places of it.
    marks: Vec<HashMark>,
}

impl Old {
    /// The marks up to a place of the file. Those behind it are let go.
    pub(super) fn marks_before(&mut self, place: u64) -> Vec<HashMark> {
        self.marks.retain(|mark| mark.bytes <= place);
        std::mem::take(&mut self.marks)
    }
}

/// The table of the report of this name that was written last, where its lines stand as they were written.
pub(super) fn recall(ledger: &Ledger, table: EvidenceTable, of: &str) -> Option<Old> {
    let all: Vec<Remembered> = ledger.remembered(Memo::Evidence, "")?;
    let found = all.into_iter().rev().find(|one| {
        let stands = || see(&one.folder, &file_of(&one.folder, table));
        one.lines.table == table
            && one.lines.of == of
            && one.file.modified.is_some()
            && stands().as_ref() == Some(&one.file)
    })?;
    let lines: u64 = found.lines.runs.iter().map(|run| run.bytes).sum();
    let header = found.file.bytes.checked_sub(lines)?;
    let mut from = header;
    let mut runs = HashMap::with_capacity(found.lines.runs.len());
    for run in found.lines.runs {
        let begins = from;
        from += run.bytes;
        runs.insert(run.place, (begins, run));
    }
    Some(Old {
        file: file_of(&found.folder, table),
        header,
        runs,
        marks: found.lines.marks,
    })
}

/// Reads lines from an old report; `None` where they are not there as they were written.
pub(super) fn read_block(file: &mut File, block: &Block) -> Option<Vec<u8>> {
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

/// Remembers the lines of a report that is in its place, and forgets what stood there.
///
/// # Errors
///
/// [`Error::Ledger`] where the ledger cannot be written.
pub(in super::super) fn remember(ledger: &Ledger, lines: Vec<Lines>, folder: &Path) -> Result<(), Error> {
    let mut all: Vec<Remembered> = ledger.remembered(Memo::Evidence, "").unwrap_or_default();
    all.retain(|one| one.folder != folder);
    for lines in lines {
        if let Some(file) = see(folder, &file_of(folder, lines.table)).filter(|_| !lines.runs.is_empty()) {
            all.push(Remembered {
                folder: folder.to_owned(),
                file,
                lines,
            });
        }
    }
    let old = all.len().saturating_sub(REMEMBERED);
    ledger.remember(Memo::Evidence, "", &all[old..].iter().collect::<Vec<_>>())
}

/// The file of the lines of a table.
fn file_of(folder: &Path, table: EvidenceTable) -> PathBuf {
    table
        .path()
        .split('/')
        .fold(folder.to_owned(), |folder, part| folder.join(part))
}
