//! What figures are made from: frames of documents and mentions, and the skips.
//!
//! Everything comes out in the order of (file, record) and cut into frames by that order alone, so it is the same for every ledger of the
//! same corpus, however its parts came about.

use std::sync::Arc;

use polars::prelude::{BooleanChunked, ChunkCompareEq, Column, DataFrame, PolarsResult, StringChunked, UInt32Chunked};
use serde::Deserialize;
use serde::de::value::{Error as WordError, StrDeserializer};

use super::part::{Table, to_index, to_offset};
use super::partition::PartRows;
use super::record::SKIPPED;
use super::schema::{self, DOCUMENT_COLUMNS, MENTION_COLUMNS};
use super::stream::{Slice, Span, Stream, spans};
use super::{Ledger, Sizes};
use crate::error::Error;
use crate::model::skip::Skip;

impl Ledger {
    /// Every document that was read, undated ones included: `doc` (u32, from 0) and [`DOCUMENT_COLUMNS`].
    ///
    /// `record`, `words`, `sentences` are u32, `language_confidence` is f32, `date` is a nullable Date, `shingles` is u32, `signature` is nullable bytes (see
    /// [`Signature`](crate::model::signature::Signature)), all else is text; what is not known
    /// is empty. Rows are sorted by (file, record), and `doc` is the row.
    ///
    /// # Errors
    ///
    /// [`Error::Ledger`] where a part cannot be read.
    pub fn documents(&self) -> Result<DataFrame, Error> {
        self.document_columns(&DOCUMENT_COLUMNS)
    }

    /// The same with `doc` and only these of [`DOCUMENT_COLUMNS`], which spares reading the others.
    ///
    /// # Errors
    ///
    /// [`Error::Ledger`] where a part cannot be read or has no such column.
    pub fn document_columns(&self, columns: &[&str]) -> Result<DataFrame, Error> {
        let fail = |error: &dyn std::fmt::Display| Error::ledger(&self.dir, error);
        let mut all = select(&schema::documents_frame(&[]), columns).map_err(|error| fail(&error))?;
        for frame in self.document_parts(columns) {
            all.vstack_mut_owned(frame?).map_err(|error| fail(&error))?;
        }
        all.rechunk_mut();
        let doc = schema::numbers("doc", 0..to_index(all.height()));
        all.insert_column(0, doc).map_err(|error| fail(&error))?;
        Ok(all)
    }

    /// Every document that was read, frame by frame in the order of [`Ledger::documents`]: only these of [`DOCUMENT_COLUMNS`], and no `doc`.
    pub fn document_parts(&self, columns: &[&str]) -> DocumentParts {
        let mut wanted = columns.to_vec();
        if !wanted.contains(&"status") {
            wanted.push("status");
        }
        DocumentParts {
            dir: self.dir.clone(),
            stream: self.stream(Table::Documents, Some(&wanted)),
            columns: columns.iter().map(|name| (*name).to_owned()).collect(),
        }
    }

    /// Every mention, counted or not, frame by frame: `doc` (u32, the row in [`Ledger::documents`]) and [`MENTION_COLUMNS`].
    ///
    /// `byte_start`, `byte_end`, `sentence` are u32, `counted` is Boolean, all else is text. Rows are in the order of (`doc`, field with the
    /// title first, `byte_start`, …), and all mentions of a document are in one frame. Where there is no mention there is no frame.
    pub fn mention_parts(&self) -> MentionParts {
        self.mention_columns(&MENTION_COLUMNS)
    }

    /// The same with `doc` and only these of [`MENTION_COLUMNS`], which spares reading the others (`context` is most of a ledger).
    pub fn mention_columns(&self, columns: &[&str]) -> MentionParts {
        self.mention_stream(columns, spans(Table::Mentions, self.pieces().into_iter()))
    }

    /// The same of one part.
    pub fn mentions_of(&self, part: &PartRows, columns: &[&str]) -> MentionParts {
        self.mention_stream(columns, part.mentions.clone())
    }

    /// The mentions in these spans.
    fn mention_stream(&self, columns: &[&str], spans: Vec<Span>) -> MentionParts {
        let mut wanted = columns.to_vec();
        wanted.push("document");
        MentionParts {
            dir: self.dir.clone(),
            stream: Stream::new(&self.dir, self.sizes, Table::Mentions, Some(&wanted), spans),
            columns: columns.iter().map(|name| (*name).to_owned()).collect(),
            waiting: None,
            sizes: self.sizes,
        }
    }

    /// Every record and file that was left out, sorted by (file, record), those of a whole file last.
    ///
    /// # Errors
    ///
    /// [`Error::Ledger`] where a part cannot be read.
    pub fn skips(&self) -> Result<Vec<Skip>, Error> {
        let fail = |error: &dyn std::fmt::Display| Error::ledger(&self.dir, error);
        let pieces = self.pieces();
        let with_skips = pieces
            .into_iter()
            .filter(|(_, file)| (file.piece.read as usize) < file.piece.documents.len);
        let columns = ["file", "record", "line", "skip_reason", "skip_detail", "status"];
        let spans = spans(Table::Documents, with_skips);
        let mut all: Vec<Skip> = Vec::new();
        for slice in Stream::new(&self.dir, self.sizes, Table::Documents, Some(&columns), spans) {
            let frame = only_skips(&slice?.frame).map_err(|error| fail(&error))?;
            let texts = |name: &str| frame.column(name).and_then(Column::str).map_err(|error| fail(&error));
            let (files, reasons, details) = (texts("file")?, texts("skip_reason")?, texts("skip_detail")?);
            let records = frame
                .column("record")
                .and_then(Column::u32)
                .map_err(|error| fail(&error))?;
            let lines = frame
                .column("line")
                .and_then(Column::u64)
                .map_err(|error| fail(&error))?;
            for row in 0..frame.height() {
                all.push(Skip {
                    file: Arc::from(files.get(row).unwrap_or_default()),
                    record: records.get(row),
                    line: lines.get(row),
                    reason: word(reasons.get(row)).map_err(|error| fail(&error))?,
                    detail: details.get(row).unwrap_or_default().to_owned(),
                });
            }
        }
        all.sort_by(|a, b| (&a.file, a.record.is_none(), a.record).cmp(&(&b.file, b.record.is_none(), b.record)));
        Ok(all)
    }
}

/// The documents of a ledger, frame by frame.
#[must_use]
pub struct DocumentParts {
    /// The folder of the ledger.
    dir: std::path::PathBuf,
    /// The rows as they are read.
    stream: Stream,
    /// The columns wanted.
    columns: Vec<String>,
}

impl Iterator for DocumentParts {
    type Item = Result<DataFrame, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let columns: Vec<&str> = self.columns.iter().map(String::as_str).collect();
        let slice = self.stream.next()?;
        Some(slice.and_then(|slice| {
            only_read(&slice.frame)
                .and_then(|frame| select(&frame, &columns))
                .map_err(|error| Error::ledger(&self.dir, &error))
        }))
    }
}

/// The mentions of a ledger, frame by frame.
#[must_use]
pub struct MentionParts {
    /// The folder of the ledger.
    dir: std::path::PathBuf,
    /// The rows as they are read.
    stream: Stream,
    /// The columns wanted.
    columns: Vec<String>,
    /// Rows that do not make a frame yet.
    waiting: Option<DataFrame>,
    /// When a frame is full.
    sizes: Sizes,
}

impl MentionParts {
    /// The next frame.
    fn read_frame(&mut self) -> Result<Option<DataFrame>, Error> {
        loop {
            if let Some(frame) = self.full()? {
                return Ok(Some(frame));
            }
            let Some(slice) = self.stream.next().transpose()? else {
                return Ok(self.waiting.take().map(in_one_piece));
            };
            let frame = self.indexed(&slice).map_err(|error| Error::ledger(&self.dir, &error))?;
            match &mut self.waiting {
                None => self.waiting = Some(frame),
                Some(waiting) => {
                    waiting
                        .vstack_mut_owned(frame)
                        .map_err(|error| Error::ledger(&self.dir, &error))?;
                }
            }
        }
    }

    /// Takes a frame off the waiting rows, where they hold one and the document after it has begun.
    fn full(&mut self) -> Result<Option<DataFrame>, Error> {
        let Some(waiting) = self
            .waiting
            .as_ref()
            .filter(|waiting| waiting.height() > self.sizes.frame)
        else {
            return Ok(None);
        };
        let docs = waiting
            .column("doc")
            .and_then(Column::u32)
            .map_err(|error| Error::ledger(&self.dir, &error))?;
        let last = docs.get(self.sizes.frame - 1);
        let Some(cut) = (self.sizes.frame..waiting.height()).find(|&row| docs.get(row) != last) else {
            return Ok(None);
        };
        let frame = waiting.slice(0, cut);
        self.waiting = Some(waiting.slice(to_offset(cut), waiting.height() - cut));
        Ok(Some(in_one_piece(frame)))
    }

    /// The columns wanted, led by `doc`.
    fn indexed(&self, slice: &Slice) -> PolarsResult<DataFrame> {
        let in_file = slice.frame.column("document")?.u32()?;
        let doc = schema::numbers("doc", slice.documents(in_file.iter()));
        let columns: Vec<&str> = self.columns.iter().map(String::as_str).collect();
        let mut frame = select(&slice.frame, &columns)?;
        frame.insert_column(0, doc)?;
        Ok(frame)
    }
}

impl Iterator for MentionParts {
    type Item = Result<DataFrame, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        self.read_frame().transpose()
    }
}

/// These columns in this order. Unlike polars' own, it keeps the rows where no column is asked for.
fn select(frame: &DataFrame, columns: &[&str]) -> PolarsResult<DataFrame> {
    let columns = columns
        .iter()
        .map(|name| frame.column(name).cloned())
        .collect::<PolarsResult<Vec<_>>>()?;
    DataFrame::new(frame.height(), columns)
}

/// The rows that are documents.
pub(super) fn only_read(frame: &DataFrame) -> PolarsResult<DataFrame> {
    let read: BooleanChunked = frame.column("status")?.str()?.not_equal(SKIPPED);
    if read.all() {
        Ok(frame.clone())
    } else {
        frame.filter_seq(&read)
    }
}

/// The rows that are skips.
fn only_skips(frame: &DataFrame) -> PolarsResult<DataFrame> {
    frame.filter_seq(&frame.column("status")?.str()?.equal(SKIPPED))
}

/// The frame with one chunk a column.
fn in_one_piece(mut frame: DataFrame) -> DataFrame {
    frame.rechunk_mut();
    frame
}

/// Reads a word of the tables, such as `no-text`, as what it stands for.
pub(super) fn word<'a, T: Deserialize<'a>>(word: Option<&'a str>) -> Result<T, String> {
    let word = word.unwrap_or_default();
    T::deserialize(StrDeserializer::<WordError>::new(word))
        .map_err(|error| format!("`{word}` is no word of its column: {error}"))
}

/// A text column by name.
pub(super) fn text_column<'a>(frame: &'a DataFrame, name: &str) -> PolarsResult<&'a StringChunked> {
    frame.column(name)?.str()
}

/// A number column by name.
pub(super) fn number_column<'a>(frame: &'a DataFrame, name: &str) -> PolarsResult<&'a UInt32Chunked> {
    frame.column(name)?.u32()
}
