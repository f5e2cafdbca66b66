//! Rows of many parts in one order, a few row groups at a time.
//!
//! Spans of rows come in, in the order in which they are wanted; frames come out in that order. Each part is read from its beginning to
//! its end and only once, a window of rows at a time, so that parts whose files interleave cost one window each. It reads Parquet files
//! and does not know what their columns mean.

use std::collections::{BTreeMap, VecDeque};
use std::fs::File;
use std::iter::Peekable;
use std::path::{Path, PathBuf};

use polars::prelude::DataFrame;
use polars_io::SerReader;
use polars_io::parquet::read::ParquetReader;

use super::part::{FileRecord, Rows, Table, to_index, to_offset};
use super::{Ledger, Sizes};
use crate::error::Error;

/// Rows of one file in one part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    /// The part.
    pub(super) part: u32,
    /// The first row.
    pub(super) start: usize,
    /// How many.
    pub(super) len: usize,
    /// What a `document` lacks to be the index of its document among all; wraps around.
    pub(super) base: u32,
}

impl Span {
    /// Rows of `part` whose mentions need no numbering.
    pub(super) fn of(part: u32, rows: Rows) -> Self {
        Self {
            part,
            start: rows.start,
            len: rows.len,
            base: 0,
        }
    }
}

/// Rows that lie beside each other in one part.
pub(super) struct Slice {
    /// The part that they lie in.
    pub(super) part: u32,
    /// The rows.
    pub(super) frame: DataFrame,
    /// How many of them belong to which file: rows and [`Span::base`].
    pub(super) bases: Vec<(usize, u32)>,
}

impl Slice {
    /// The same rows in slices of so many at most, in their order.
    pub(super) fn split(self, most: usize) -> VecDeque<Self> {
        let mut bases = VecDeque::from(self.bases);
        let starts = (0..self.frame.height()).step_by(most);
        let slices = starts.map(|start| {
            let mut left = most.min(self.frame.height() - start);
            let frame = self.frame.slice(to_offset(start), left);
            let mut own = Vec::new();
            while let Some((rows, base)) = bases.pop_front() {
                own.push((rows.min(left), base));
                if rows > left {
                    bases.push_front((rows - left, base));
                }
                left = left.saturating_sub(rows);
                if left == 0 {
                    break;
                }
            }
            Self {
                part: self.part,
                frame,
                bases: own,
            }
        });
        slices.collect()
    }

    /// For each mention, the index of its document, from its place in its file.
    pub(super) fn documents<'a>(
        &'a self,
        in_file: impl Iterator<Item = Option<u32>> + 'a,
    ) -> impl Iterator<Item = u32> + 'a {
        let bases = self
            .bases
            .iter()
            .flat_map(|(rows, base)| std::iter::repeat_n(*base, *rows));
        bases
            .zip(in_file)
            .map(|(base, document)| base.wrapping_add(document.unwrap_or_default()))
    }
}

/// What is in memory of a table: of each part the rows around those wanted last.
pub(super) struct Windows {
    /// The folder of the ledger.
    dir: PathBuf,
    /// Which table.
    table: Table,
    /// The columns wanted; `None` is all.
    columns: Option<Vec<String>>,
    /// Of each part the first row and the rows.
    held: BTreeMap<u32, (usize, DataFrame)>,
    /// Rows of a window.
    group: usize,
}

impl Windows {
    /// Nothing read yet.
    pub(super) fn new(dir: &Path, sizes: Sizes, table: Table, columns: Option<&[&str]>) -> Self {
        Self {
            dir: dir.to_owned(),
            table,
            columns: columns.map(|names| names.iter().map(|name| (*name).to_owned()).collect()),
            held: BTreeMap::new(),
            group: sizes.group,
        }
    }

    /// The window that holds this row of `part`: its first row and the rows.
    pub(super) fn at(&mut self, part: u32, row: usize) -> Result<(usize, DataFrame), Error> {
        if let Some((from, frame)) = self.held.get(&part)
            && (*from..from + frame.height()).contains(&row)
        {
            return Ok((*from, frame.clone()));
        }
        let path = self.table.path(&self.dir, part);
        let from = row / self.group * self.group;
        let file = File::open(&path).map_err(|error| Error::ledger(&path, &error))?;
        let frame = ParquetReader::new(file)
            .with_columns(self.columns.clone())
            .with_slice(Some((from, self.group)))
            .set_rechunk(true)
            .finish()
            .map_err(|error| Error::ledger(&path, &error))?;
        if !(from..from + frame.height()).contains(&row) {
            return Err(Error::ledger(
                &path,
                &"has fewer rows than ledger.json says: remove the ledger's folder to build it anew",
            ));
        }
        self.held.insert(part, (from, frame.clone()));
        Ok((from, frame))
    }

    /// Lets go of the rows of `part`, none of which is wanted again.
    pub(super) fn forget(&mut self, part: u32) {
        self.held.remove(&part);
    }
}

/// The frames of one table in the order of their spans.
pub(super) struct Stream {
    /// What is still to come.
    spans: Peekable<std::vec::IntoIter<Span>>,
    /// The rest of a span that did not fit in its window.
    rest: Option<Span>,
    /// What is in memory.
    windows: Windows,
}

impl Stream {
    /// The rows of `spans`, which shall name those of each part in ascending order.
    pub(super) fn new(dir: &Path, sizes: Sizes, table: Table, columns: Option<&[&str]>, spans: Vec<Span>) -> Self {
        Self {
            spans: spans.into_iter().peekable(),
            rest: None,
            windows: Windows::new(dir, sizes, table, columns),
        }
    }

    /// The next rows: as many as lie beside each other in one window.
    fn read_slice(&mut self) -> Result<Option<Slice>, Error> {
        let Some(first) = self.rest.take().or_else(|| self.spans.find(|span| span.len > 0)) else {
            return Ok(None);
        };
        let (from, frame) = self.windows.at(first.part, first.start)?;
        let end = from + frame.height();
        let mut bases = Vec::new();
        let mut row = first.start;
        let mut next = Some(first);
        while let Some(span) = next {
            let rows = span.len.min(end - row);
            bases.push((rows, span.base));
            row += rows;
            if rows < span.len {
                self.rest = Some(Span {
                    start: row,
                    len: span.len - rows,
                    ..span
                });
                break;
            }
            next = self
                .spans
                .next_if(|next| next.len == 0 || (next.part == first.part && next.start == row && row < end));
        }
        let frame = frame.slice(to_offset(first.start - from), row - first.start);
        if row == end {
            self.windows.forget(first.part);
        }
        Ok(Some(Slice {
            part: first.part,
            frame,
            bases,
        }))
    }
}

impl Iterator for Stream {
    type Item = Result<Slice, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        self.read_slice().transpose()
    }
}

/// The rows of `pieces` in `table`; mentions are numbered by their document's place among all documents of `pieces`.
pub(super) fn spans<'a>(table: Table, pieces: impl Iterator<Item = (u32, &'a FileRecord)>) -> Vec<Span> {
    let mut documents = 0;
    pieces
        .map(|(part, file)| {
            let rows = match table {
                Table::Mentions => file.piece.mentions,
                Table::Documents | Table::Words | Table::Vocabulary => file.piece.documents,
            };
            let base = to_index(documents).wrapping_sub(file.piece.first);
            documents += file.piece.read as usize;
            Span {
                part,
                start: rows.start,
                len: rows.len,
                base,
            }
        })
        .collect()
}

impl Ledger {
    /// Every piece with its part, in the order of (file, record).
    pub(super) fn pieces(&self) -> Vec<(u32, &FileRecord)> {
        let mut all: Vec<_> = self
            .parts
            .values()
            .flat_map(|part| part.files.iter().map(|file| (part.number, file)))
            .collect();
        all.sort_by(|(_, a), (_, b)| (&a.input.file, a.piece.order).cmp(&(&b.input.file, b.piece.order)));
        all
    }

    /// The rows of `table` in the order of (file, record).
    pub(super) fn stream(&self, table: Table, columns: Option<&[&str]>) -> Stream {
        Stream::new(
            &self.dir,
            self.sizes,
            table,
            columns,
            spans(table, self.pieces().into_iter()),
        )
    }
}
