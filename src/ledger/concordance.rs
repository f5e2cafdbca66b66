//! Every document and every mention, one by one, with all that a reader needs to judge it.
//!
//! Parts come in, rows of evidence go out, in the order of (file, record, field, first byte). It streams: what is in memory does not grow
//! with the corpus. Status and story of a document are not in the ledger; whoever makes the report fills them in.

use std::collections::VecDeque;
use std::path::PathBuf;

use chrono::NaiveDate;
use polars::prelude::{BooleanChunked, DataFrame, PolarsResult, StringChunked, UInt32Chunked};

use super::Ledger;
use super::part::Table;
use super::read::{number_column, only_read, text_column, word};
use super::schema::{DOCUMENT_COLUMNS, MENTION_COLUMNS};
use super::stream::{Slice, Stream};
use crate::error::Error;
use crate::model::evidence::{DocumentRow, DocumentStatus, MentionRow};
use crate::model::language::Language;

/// What a mention needs to know of its document.
const HEAD_COLUMNS: [&str; 7] = ["doc_id", "file", "record", "date", "source", "language", "status"];

impl Ledger {
    /// Every document that was read, in the order of [`Ledger::documents`]. `story_id` is empty, `status` is read or undated.
    ///
    /// # Errors
    ///
    /// [`Error::Ledger`] where the ledger cannot be read; each row too is one where its part cannot be.
    pub fn document_rows(&self) -> Result<DocumentRows, Error> {
        let stream = self.stream(Table::Documents, Some(&document_columns()));
        Ok(DocumentRows {
            dir: self.dir.clone(),
            stream,
            waiting: VecDeque::new(),
        })
    }

    /// Every mention, counted or not, in the order of [`Ledger::mention_parts`].
    ///
    /// # Errors
    ///
    /// [`Error::Ledger`] where the ledger cannot be read; each row too is one where its part cannot be.
    pub fn mention_rows(&self) -> Result<MentionRows, Error> {
        Ok(MentionRows {
            heads: Heads {
                dir: self.dir.clone(),
                stream: self.stream(Table::Documents, Some(&HEAD_COLUMNS)),
                next: 0,
                waiting: VecDeque::new(),
                current: None,
            },
            stream: self.stream(Table::Mentions, Some(&mention_columns())),
            waiting: VecDeque::new(),
            only: None,
        })
    }

    /// The mentions of one entity, in the same order; the others are passed without a look at their documents.
    ///
    /// # Errors
    ///
    /// Those of [`Ledger::mention_rows`].
    pub fn mention_rows_of(&self, entity: &str) -> Result<MentionRows, Error> {
        Ok(MentionRows {
            only: Some(entity.to_owned()),
            ..self.mention_rows()?
        })
    }
}

/// The documents of a ledger, one by one.
#[must_use]
pub struct DocumentRows {
    /// The folder of the ledger.
    dir: PathBuf,
    /// The rows as they are read.
    stream: Stream,
    /// Rows that were read and not handed out.
    waiting: VecDeque<DocumentRow>,
}

impl Iterator for DocumentRows {
    type Item = Result<DocumentRow, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.waiting.is_empty() {
            let rows = self
                .stream
                .next()?
                .and_then(|slice| decode_documents(&slice.frame).map_err(|error| Error::ledger(&self.dir, &error)));
            match rows {
                Ok(rows) => self.waiting.extend(rows),
                Err(error) => return Some(Err(error)),
            }
        }
        self.waiting.pop_front().map(Ok)
    }
}

/// The mentions of a ledger, one by one.
#[must_use]
pub struct MentionRows {
    /// Their documents, in the same order.
    heads: Heads,
    /// The rows as they are read.
    stream: Stream,
    /// Rows that were read and not handed out.
    waiting: VecDeque<MentionRow>,
    /// The entity that is asked for; `None` asks for all.
    only: Option<String>,
}

impl Iterator for MentionRows {
    type Item = Result<MentionRow, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.waiting.is_empty() {
            let rows = self
                .stream
                .next()?
                .and_then(|slice| decode_mentions(&slice, &mut self.heads, self.only.as_deref()));
            match rows {
                Ok(rows) => self.waiting.extend(rows),
                Err(error) => return Some(Err(error)),
            }
        }
        self.waiting.pop_front().map(Ok)
    }
}

/// The columns that a row of documents is decoded from.
pub(super) fn document_columns() -> Vec<&'static str> {
    let shown = |name: &&str| !["shingles", "signature"].contains(name);
    DOCUMENT_COLUMNS.into_iter().filter(shown).chain(["status"]).collect()
}

/// The columns that a row of mentions is decoded from.
pub(super) fn mention_columns() -> Vec<&'static str> {
    MENTION_COLUMNS
        .into_iter()
        .filter(|name| *name != "doc_id")
        .chain(["document"])
        .collect()
}

/// The columns of a frame of mentions.
pub(super) struct Columns<'a> {
    /// The place of the document in its file.
    pub(super) documents: &'a UInt32Chunked,
    /// First byte, end and sentence.
    numbers: [&'a UInt32Chunked; 3],
    /// Field and kind.
    words: [&'a StringChunked; 2],
    /// Surface, entity, code, rule, reason, context.
    texts: [&'a StringChunked; 6],
    /// Whether the rules count it.
    counted: &'a BooleanChunked,
}

impl<'a> Columns<'a> {
    /// Finds them.
    pub(super) fn of(frame: &'a DataFrame) -> PolarsResult<Self> {
        let text = |name| text_column(frame, name);
        let number = |name| number_column(frame, name);
        Ok(Self {
            documents: number("document")?,
            numbers: [number("byte_start")?, number("byte_end")?, number("sentence")?],
            words: [text("field")?, text("kind")?],
            texts: [
                text("surface")?,
                text("entity")?,
                text("iso3")?,
                text("rule")?,
                text("reason")?,
                text("context")?,
            ],
            counted: frame.column("counted")?.bool()?,
        })
    }

    /// Fills in all that is the mention's own.
    pub(super) fn decode(&self, place: usize, row: &mut MentionRow) -> Result<(), String> {
        let [start, end, sentence] = self.numbers.map(|column| column.get(place).unwrap_or_default());
        (row.byte_start, row.byte_end, row.sentence) = (start, end, sentence);
        let [field, kind] = self.words.map(|column| column.get(place));
        (row.field, row.kind) = (word(field)?, word(kind)?);
        row.counted = self.counted.get(place).unwrap_or_default();
        let own = [
            &mut row.surface,
            &mut row.entity,
            &mut row.iso3,
            &mut row.rule,
            &mut row.reason,
            &mut row.context,
        ];
        for (column, text) in self.texts.iter().zip(own) {
            column.get(place).unwrap_or_default().clone_into(text);
        }
        Ok(())
    }
}

/// What the rows of mentions repeat of their document.
struct Head {
    /// The document.
    doc_id: String,
    /// Its file.
    file: String,
    /// Its record.
    record: u32,
    /// Its day.
    date: Option<NaiveDate>,
    /// Its outlet.
    source: String,
    /// Its language.
    language: Language,
}

/// The documents, read along with the mentions.
struct Heads {
    /// The folder of the ledger.
    dir: PathBuf,
    /// The rows as they are read.
    stream: Stream,
    /// Index of the first of `waiting`.
    next: u32,
    /// Documents that were read and not passed.
    waiting: VecDeque<Head>,
    /// The document that was asked for last.
    current: Option<(u32, Head)>,
}

impl Heads {
    /// The document of index `doc`, which is never before the one asked for last.
    fn at(&mut self, doc: u32) -> Result<&Head, Error> {
        while self.current.as_ref().is_none_or(|(current, _)| *current != doc) {
            let Some(head) = self.waiting.pop_front() else {
                let Some(slice) = self.stream.next().transpose()? else {
                    return Err(Error::ledger(
                        &self.dir,
                        &format!("there are mentions of document {doc}, but not the document"),
                    ));
                };
                let heads = decode_heads(&slice.frame).map_err(|error| Error::ledger(&self.dir, &error))?;
                self.waiting.extend(heads);
                continue;
            };
            self.current = Some((self.next, head));
            self.next += 1;
        }
        let (_, head) = self.current.as_ref().expect("the loop ends when it is there");
        Ok(head)
    }
}

/// Reads the days of a frame.
fn decode_dates(frame: &DataFrame) -> PolarsResult<Vec<Option<NaiveDate>>> {
    Ok(frame.column("date")?.date()?.as_date_iter().collect())
}

/// What comes out where a frame is read: polars' errors, and words that no column should hold.
pub(super) type Decoded<T> = Result<T, Box<dyn std::error::Error>>;

/// Reads what mentions repeat of their documents.
fn decode_heads(frame: &DataFrame) -> Decoded<Vec<Head>> {
    let frame = only_read(frame)?;
    let text = |name| text_column(&frame, name);
    let (doc_ids, files, sources, languages) = (text("doc_id")?, text("file")?, text("source")?, text("language")?);
    let records = number_column(&frame, "record")?;
    let mut all = Vec::with_capacity(frame.height());
    for (row, date) in decode_dates(&frame)?.into_iter().enumerate() {
        all.push(Head {
            doc_id: doc_ids.get(row).unwrap_or_default().to_owned(),
            file: files.get(row).unwrap_or_default().to_owned(),
            record: records.get(row).unwrap_or_default(),
            date,
            source: sources.get(row).unwrap_or_default().to_owned(),
            language: languages.get(row).unwrap_or_default().parse()?,
        });
    }
    Ok(all)
}

/// Reads the documents of a frame.
pub(super) fn decode_documents(frame: &DataFrame) -> Decoded<Vec<DocumentRow>> {
    let frame = only_read(frame)?;
    let text = |name| text_column(&frame, name);
    let (methods, notes, titles) = (text("date_method")?, text("date_note")?, text("title")?);
    let (urls, hashes) = (text("url")?, text("text_hash")?);
    let (words, sentences) = (number_column(&frame, "words")?, number_column(&frame, "sentences")?);
    let confidence = frame.column("language_confidence")?.f32()?;
    let mut all = Vec::with_capacity(frame.height());
    for (row, head) in decode_heads(&frame)?.into_iter().enumerate() {
        all.push(DocumentRow {
            doc_id: head.doc_id,
            file: head.file,
            record: head.record,
            source: head.source,
            language: head.language,
            language_confidence: confidence.get(row).unwrap_or_default(),
            date: head.date,
            date_method: word(methods.get(row))?,
            date_note: notes.get(row).unwrap_or_default().to_owned(),
            title: titles.get(row).unwrap_or_default().to_owned(),
            url: urls.get(row).unwrap_or_default().to_owned(),
            words: words.get(row).unwrap_or_default(),
            sentences: sentences.get(row).unwrap_or_default(),
            text_hash: hashes.get(row).unwrap_or_default().to_owned(),
            story_id: String::new(),
            status: if head.date.is_some() {
                DocumentStatus::Read
            } else {
                DocumentStatus::Undated
            },
        });
    }
    Ok(all)
}

/// Reads the mentions of a slice, or those of one entity, with what they repeat of their documents.
fn decode_mentions(slice: &Slice, heads: &mut Heads, only: Option<&str>) -> Result<Vec<MentionRow>, Error> {
    let dir = heads.dir.clone();
    let columns = Columns::of(&slice.frame).map_err(|error| Error::ledger(&dir, &error))?;
    let entities = text_column(&slice.frame, "entity").map_err(|error| Error::ledger(&dir, &error))?;
    let mut all = Vec::with_capacity(if only.is_some() { 0 } else { slice.frame.height() });
    for (place, doc) in slice.documents(columns.documents.iter()).enumerate() {
        if only.is_some() && entities.get(place) != only {
            continue;
        }
        let head = heads.at(doc)?;
        let mut row = MentionRow {
            doc_id: head.doc_id.clone(),
            file: head.file.clone(),
            record: head.record,
            date: head.date,
            source: head.source.clone(),
            language: head.language,
            ..MentionRow::default()
        };
        columns
            .decode(place, &mut row)
            .map_err(|error| Error::ledger(&dir, &error))?;
        all.push(row);
    }
    Ok(all)
}
