//! The evidence by stretches: some rows that lie beside each other in one part, and follow each other in the order of the corpus.
//!
//! How the rows of a part are cut follows from the part alone and from the files that come between its own, so a stretch of one report is mostly one of
//! the next report too, and whoever kept what was made of it can tell. The list of the stretches costs no reading; it opens the Parquet files of those
//! that are asked for, each window of rows once.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use polars::prelude::DataFrame;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use super::Ledger;
use super::concordance::{Columns, Decoded, decode_documents, document_columns, mention_columns};
use super::part::{Table, to_offset};
use super::read::text_column;
use super::record::SKIPPED;
use super::stream::{Slice, Span, Windows, spans};
use crate::error::Error;
use crate::model::evidence::{DocumentRow, EvidenceTable, MentionRow};

/// Into so many stretches a window of rows is cut.
const CUTS: usize = 8;

/// Where the rows of a stretch lie. Of one ledger, it names the same rows for ever: no part changes, and no number is given twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Place {
    /// The part.
    part: u32,
    /// The first row.
    start: usize,
    /// How many.
    len: usize,
}

/// Some rows of a table, one after the other.
#[derive(Clone, Debug)]
pub struct Stretch {
    /// Where they lie.
    place: Place,
    /// How the file of that part looks that they lie in.
    stamp: Option<u64>,
    /// How many of them belong to which file: rows, and of mentions [`Span::base`], of documents the number of the first one.
    bases: Vec<(usize, u32)>,
}

impl Stretch {
    /// Where its rows lie.
    #[must_use]
    pub fn place(&self) -> Place {
        self.place
    }

    /// A number for the length and the time stamp of the file that its rows lie in, which no other part of that number has, not even one of a ledger
    /// that was begun anew; `None` where there is no stamp.
    #[must_use]
    pub fn stamp(&self) -> Option<u64> {
        self.stamp
    }

    /// The place of a document after the first one of the file that the stretch begins with, from its number in [`Ledger::documents`]; wraps around.
    #[must_use]
    pub fn in_file(&self, doc: u32) -> u32 {
        doc.wrapping_sub(self.base())
    }

    /// The opposite.
    #[must_use]
    pub fn in_corpus(&self, document: u32) -> u32 {
        document.wrapping_add(self.base())
    }

    /// The base of its first rows.
    fn base(&self) -> u32 {
        self.bases.first().map_or(0, |(_, base)| *base)
    }
}

impl Ledger {
    /// All mentions, counted or not, in the order of [`Ledger::mention_parts`], or all documents in that of [`Ledger::documents`].
    #[must_use]
    pub fn stretches(&self, table: EvidenceTable) -> Vec<Stretch> {
        let kept_as = kept_as(table);
        let stamps: BTreeMap<u32, Option<u64>> = self
            .parts
            .keys()
            .map(|&part| (part, stamp(&kept_as.path(&self.dir, part))))
            .collect();
        let mut all: Vec<Stretch> = Vec::new();
        let pieces = self.pieces();
        for (mut span, (_, file)) in spans(kept_as, pieces.iter().copied()).into_iter().zip(&pieces) {
            if table == EvidenceTable::Documents {
                // The rows do not tell their numbers: they follow the first one.
                span.base = span.base.wrapping_add(file.piece.first);
            }
            while span.len > 0 {
                let len = match table {
                    // Only the first document of a file has a number that is known before its rows are read.
                    EvidenceTable::Documents => span.len,
                    EvidenceTable::Mentions => span.len.min(cut_after(span.start, self.sizes.group) - span.start),
                };
                match all.last_mut().map(|last| (&mut last.place, &mut last.bases)) {
                    Some((place, bases))
                        if place.part == span.part
                            && place.start + place.len == span.start
                            && span.start < cut_after(place.start, self.sizes.group) =>
                    {
                        place.len += len;
                        bases.push((len, span.base));
                    }
                    _ => all.push(Stretch {
                        place: Place {
                            part: span.part,
                            start: span.start,
                            len,
                        },
                        stamp: stamps[&span.part],
                        bases: vec![(len, span.base)],
                    }),
                }
                span = Span {
                    start: span.start + len,
                    len: span.len - len,
                    ..span
                };
            }
        }
        all
    }

    /// The rows of some of the [`Ledger::stretches`] of a table, in their order; any thread may decode them.
    pub fn read_stretches(&self, table: EvidenceTable, wanted: Vec<Stretch>) -> Stretches {
        let mut seen = BTreeMap::new();
        let mut all: Vec<(Stretch, bool)> = Vec::with_capacity(wanted.len());
        for stretch in wanted.into_iter().rev() {
            let Place { part, start, len } = stretch.place;
            let [first, last] = [start, start + len - 1].map(|row| row / self.sizes.group);
            let is_last = seen.insert(part, first) != Some(last);
            all.push((stretch, is_last));
        }
        all.reverse();
        let columns = match table {
            EvidenceTable::Documents => document_columns(),
            EvidenceTable::Mentions => mention_columns(),
        };
        Stretches {
            dir: self.dir.clone(),
            windows: Windows::new(&self.dir, self.sizes, kept_as(table), Some(&columns)),
            wanted: all.into_iter(),
        }
    }
}

/// How the ledger keeps a table of the evidence.
const fn kept_as(table: EvidenceTable) -> Table {
    match table {
        EvidenceTable::Documents => Table::Documents,
        EvidenceTable::Mentions => Table::Mentions,
    }
}

/// The row after the last that may share a stretch with this one, where windows have `group` rows.
fn cut_after(row: usize, group: usize) -> usize {
    let (window, within) = (row / group * group, row % group);
    let length = group.div_ceil(CUTS);
    window + ((within / length + 1) * length).min(group)
}

/// The length and the time stamp of a file as one number; `None` where it has none.
fn stamp(path: &Path) -> Option<u64> {
    let seen = path.metadata().ok()?;
    let modified = seen.modified().ok()?.duration_since(UNIX_EPOCH).ok()?.as_nanos();
    let mut bytes = [0; 24];
    bytes[..8].copy_from_slice(&seen.len().to_le_bytes());
    bytes[8..].copy_from_slice(&modified.to_le_bytes());
    Some(xxh3_64(&bytes))
}

/// The rows of a table, a stretch at a time.
#[must_use]
pub struct Stretches {
    /// The folder of the ledger.
    dir: PathBuf,
    /// The rows as they are read.
    windows: Windows,
    /// What is still to come, and whether it is the last of its window.
    wanted: std::vec::IntoIter<(Stretch, bool)>,
}

impl Stretches {
    /// Reads the rows of a stretch.
    fn read(&mut self, stretch: Stretch, is_last: bool) -> Result<StretchRows, Error> {
        let Place { part, start, len } = stretch.place;
        let end = start + len;
        let (mut row, mut frame) = (start, DataFrame::empty());
        while row < end {
            let (from, window) = self.windows.at(part, row)?;
            let rows = window.slice(to_offset(row - from), (end - row).min(from + window.height() - row));
            row += rows.height();
            if frame.width() == 0 {
                frame = rows;
            } else {
                frame
                    .vstack_mut_owned(rows)
                    .map_err(|error| Error::ledger(&self.dir, &error))?;
            }
        }
        frame.rechunk_mut();
        if is_last {
            self.windows.forget(part);
        }
        Ok(StretchRows {
            dir: self.dir.clone(),
            slice: Slice {
                part,
                frame,
                bases: stretch.bases.clone(),
            },
            stretch,
        })
    }
}

impl Iterator for Stretches {
    type Item = Result<StretchRows, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let (stretch, is_last) = self.wanted.next()?;
        Some(self.read(stretch, is_last))
    }
}

/// The rows of a stretch.
pub struct StretchRows {
    /// The folder of the ledger.
    dir: PathBuf,
    /// The rows.
    slice: Slice,
    /// Which they are.
    stretch: Stretch,
}

impl StretchRows {
    /// Which stretch it is.
    #[must_use]
    pub fn stretch(&self) -> &Stretch {
        &self.stretch
    }

    /// Hands out each mention with the number of its document in [`Ledger::documents`]. What a row repeats of its document is left for whoever knows
    /// the documents. It is one row whose memory is used again and again.
    ///
    /// # Errors
    ///
    /// [`Error::Ledger`] where a column is missing or holds what it should not; and whatever `take` fails with.
    pub fn each_mention(&self, take: &mut dyn FnMut(u32, &mut MentionRow) -> Result<(), Error>) -> Result<(), Error> {
        let fail = |error: &dyn std::fmt::Display| Error::ledger(&self.dir, error);
        let columns = Columns::of(&self.slice.frame).map_err(|error| fail(&error))?;
        let mut row = MentionRow::default();
        for (place, doc) in self.slice.documents(columns.documents.iter()).enumerate() {
            columns.decode(place, &mut row).map_err(|error| fail(&error))?;
            take(doc, &mut row)?;
        }
        Ok(())
    }

    /// Hands out each document that was read with its number in [`Ledger::documents`]; `story_id` is empty, `status` is read or undated.
    ///
    /// # Errors
    ///
    /// [`Error::Ledger`] where a column is missing or holds what it should not; and whatever `take` fails with.
    pub fn each_document(&self, take: &mut dyn FnMut(u32, &mut DocumentRow) -> Result<(), Error>) -> Result<(), Error> {
        let all = self.documents().map_err(|error| Error::ledger(&self.dir, &error))?;
        for (doc, mut row) in all {
            take(doc, &mut row)?;
        }
        Ok(())
    }

    /// The documents that were read, with their numbers.
    fn documents(&self) -> Decoded<impl Iterator<Item = (u32, DocumentRow)>> {
        let mut statuses = text_column(&self.slice.frame, "status")?.iter();
        let mut numbers = Vec::with_capacity(self.slice.frame.height());
        for &(rows, first) in &self.slice.bases {
            let read = statuses.by_ref().take(rows).filter(|status| *status != Some(SKIPPED));
            numbers.extend(read.zip(first..).map(|(_, doc)| doc));
        }
        Ok(numbers.into_iter().zip(decode_documents(&self.slice.frame)?))
    }
}

#[cfg(test)]
mod tests {
    use super::cut_after;

    #[test]
    fn windows_are_cut_alike_and_never_across_their_end() {
        assert_eq!(
            [0, 1023, 1024, 8191, 8192].map(|row| cut_after(row, 8192)),
            [1024, 1024, 2048, 8192, 9216]
        );
        assert_eq!([0, 1, 2, 3].map(|row| cut_after(row, 3)), [1, 2, 3, 4]);
        assert_eq!([0, 2, 8, 9, 10].map(|row| cut_after(row, 10)), [2, 4, 10, 10, 12]);
    }
}
