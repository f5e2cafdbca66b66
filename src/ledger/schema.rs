//! The columns of the tables.
//!
//! Rows that waited come in, frames or columns of the ledger's own layout go out. It touches no file.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use polars::prelude::{
    ArrayRef, BinaryChunked, Column, DataFrame, DataType, Field, Float32Chunked, IntoColumn, NamedFrom,
    NewChunkedArray, Schema, Series, StringChunked, UInt32Chunked, UInt64Chunked,
};
use polars_arrow::array::{BooleanArray, DictionaryArray, PrimitiveArray, Utf8ViewArray};
use polars_arrow::datatypes::{ArrowDataType, IntegerType};
use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::part::to_index;

use super::record::{DocumentRecord, MentionRecord, ReadRecord};
use crate::model::entity::Gazetteer;

/// The columns of [`Ledger::documents`](super::Ledger::documents), in this order, after `doc`.
pub const DOCUMENT_COLUMNS: [&str; 16] = [
    "doc_id",
    "file",
    "record",
    "source",
    "language",
    "language_confidence",
    "date",
    "date_method",
    "date_note",
    "title",
    "url",
    "words",
    "sentences",
    "text_hash",
    "shingles",
    "signature",
];

/// The columns of [`Ledger::mention_parts`](super::Ledger::mention_parts), in this order, after `doc`.
pub const MENTION_COLUMNS: [&str; 13] = [
    "doc_id",
    "field",
    "byte_start",
    "byte_end",
    "sentence",
    "entity",
    "iso3",
    "kind",
    "surface",
    "rule",
    "counted",
    "reason",
    "context",
];

/// The documents table of these rows.
pub(super) fn documents_frame(rows: &[DocumentRecord]) -> DataFrame {
    let texts =
        |name: &str, get: &dyn Fn(&ReadRecord) -> &str| texts(name, rows.iter().map(|row| row.as_read().map(get)));
    let numbers = |name: &str, get: &dyn Fn(&DocumentRecord) -> Option<u32>| {
        UInt32Chunked::from_iter_options(name.into(), rows.iter().map(get)).into_column()
    };
    let dates: Vec<_> = rows
        .iter()
        .map(|row| row.as_read().and_then(|read| read.document.date))
        .collect();
    let confidence = rows.iter().map(|row| row.as_read().map(|read| read.confidence));
    let hashes = rows
        .iter()
        .map(|row| row.as_read().map(|read| format!("{:032x}", read.text_hash)));
    let signatures = rows.iter().map(|row| {
        let signature = row.as_read()?.signature.as_ref()?;
        Some(signature.to_bytes())
    });
    let lines = rows.iter().map(|row| row.as_skip().and_then(|skip| skip.line));
    let columns = vec![
        self::texts("doc_id", rows.iter().map(DocumentRecord::doc_id)),
        self::texts(
            "record_id",
            rows.iter()
                .map(|row| row.as_read().and_then(|read| read.document.own_id.as_deref())),
        ),
        self::texts("file", rows.iter().map(|row| Some(&**row.file()))),
        numbers("record", &DocumentRecord::record),
        self::texts("file_hash", rows.iter().map(|row| row.file_hash.as_deref())),
        texts("source", &|read| &read.document.source),
        texts("language", &|read| read.language.as_str()),
        Float32Chunked::from_iter_options("language_confidence".into(), confidence).into_column(),
        Series::new("date".into(), dates).into_column(),
        texts("date_method", &|read| read.document.date_method.as_str()),
        texts("date_note", &|read| &read.document.date_note),
        texts("title", &|read| &read.document.title),
        texts("url", &|read| &read.document.url),
        numbers("words", &|row| row.as_read().map(|read| read.words)),
        numbers("sentences", &|row| row.as_read().map(|read| read.sentences)),
        self::texts("text_hash", hashes),
        numbers("shingles", &|row| {
            row.as_read()
                .map(|read| read.signature.as_ref().map_or(0, |signature| signature.shingles))
        }),
        BinaryChunked::from_iter_options("signature".into(), signatures).into_column(),
        self::texts("status", rows.iter().map(|row| Some(row.status()))),
        self::texts(
            "skip_reason",
            rows.iter().map(|row| row.as_skip().map(|skip| skip.reason.as_str())),
        ),
        self::texts(
            "skip_detail",
            rows.iter().map(|row| row.as_skip().map(|skip| skip.detail.as_str())),
        ),
        UInt64Chunked::from_iter_options("line".into(), lines).into_column(),
    ];
    DataFrame::new(rows.len(), columns).expect("every column has one value a row")
}

/// Names and types of the mentions table.
pub(super) fn mentions_schema() -> Schema {
    let types = [
        ("doc_id", DataType::String),
        ("document", DataType::UInt32),
        ("field", DataType::String),
        ("byte_start", DataType::UInt32),
        ("byte_end", DataType::UInt32),
        ("sentence", DataType::UInt32),
        ("entity", DataType::String),
        ("iso3", DataType::String),
        ("kind", DataType::String),
        ("surface", DataType::String),
        ("rule", DataType::String),
        ("counted", DataType::Boolean),
        ("reason", DataType::String),
        ("context", DataType::String),
    ];
    types
        .into_iter()
        .map(|(name, kind)| Field::new(name.into(), kind))
        .collect()
}

/// The columns of the mentions table of these rows, which belong to `documents`.
///
/// Texts come as dictionaries, which are known here and would have to be found again else.
pub(super) fn mentions_columns(
    rows: &[MentionRecord],
    documents: &[DocumentRecord],
    gazetteer: &Gazetteer,
) -> Vec<ArrayRef> {
    let ids = rows.chunk_by(|a, b| a.row == b.row).map(|of_one| {
        let id = documents[of_one[0].row as usize].doc_id().unwrap_or_default();
        (id, of_one.len())
    });
    let contexts = rows
        .chunk_by(|a, b| a.row == b.row && a.context == b.context)
        .map(|of_one| {
            let [.., context] = of_one[0].texts(documents);
            (context, of_one.len())
        });
    // The rows do not fit where they are read fast, so each is read once for all of these.
    let mut numbers: [Vec<u32>; 4] = std::array::from_fn(|_| Vec::with_capacity(rows.len()));
    let [
        mut field,
        mut entity,
        mut iso3,
        mut kind,
        mut surface,
        mut rule,
        mut reason,
    ] = std::array::from_fn(|_| Dictionary::default());
    let mut counted = Vec::with_capacity(rows.len());
    for row in rows {
        let [start, end, sentence] = row.place;
        for (column, number) in numbers.iter_mut().zip([row.document, start, end, sentence]) {
            column.push(number);
        }
        let who = row.entity.0 as usize;
        field.push_numbered(row.field as usize, || row.field.as_str());
        entity.push_numbered(who, || &gazetteer.entity(row.entity).id);
        iso3.push_numbered(who, || &gazetteer.entity(row.entity).iso3);
        kind.push_numbered(row.kind as usize, || row.kind.as_str());
        counted.push(row.counted);
        for (column, text) in [&mut surface, &mut rule, &mut reason]
            .into_iter()
            .zip(row.texts(documents))
        {
            column.push(text);
        }
    }
    let [document, start, end, sentence] =
        numbers.map(|column| -> ArrayRef { Box::new(PrimitiveArray::from_vec(column)) });
    vec![
        in_runs(ids),
        document,
        field.column(),
        start,
        end,
        sentence,
        entity.column(),
        iso3.column(),
        kind.column(),
        surface.column(),
        rule.column(),
        Box::new(BooleanArray::from_slice(counted)),
        reason.column(),
        in_runs(contexts),
    ]
}

/// A column of texts under construction.
#[derive(Default)]
struct Dictionary<'a> {
    /// Different texts.
    texts: Vec<&'a str>,
    /// Where each lies in `texts`.
    places: HashMap<&'a str, u32, BuildHasherDefault<TextHasher>>,
    /// The place of the text of each number.
    numbered: Vec<Option<u32>>,
    /// The place of the text of each row.
    rows: Vec<u32>,
}

impl<'a> Dictionary<'a> {
    /// The column.
    fn column(self) -> ArrayRef {
        dictionary(self.rows, Utf8ViewArray::from_slice_values(self.texts))
    }

    /// Adds a row with the text that a small number stands for, which is asked for once.
    fn push_numbered(&mut self, number: usize, text: impl FnOnce() -> &'a str) {
        if number >= self.numbered.len() {
            self.numbered.resize(number + 1, None);
        }
        let place = self.numbered[number].unwrap_or_else(|| {
            let place = self.place(text());
            self.numbered[number] = Some(place);
            place
        });
        self.rows.push(place);
    }

    /// Adds a row.
    fn push(&mut self, text: &'a str) {
        let last = self.rows.last().copied();
        let place = last
            .filter(|&last| self.texts[last as usize] == text)
            .unwrap_or_else(|| self.place(text));
        self.rows.push(place);
    }

    /// Where a text lies, which is added where it is new.
    fn place(&mut self, text: &'a str) -> u32 {
        let next = to_index(self.texts.len());
        let place = *self.places.entry(text).or_insert(next);
        if place == next {
            self.texts.push(text);
        }
        place
    }
}

/// Hashes a text, which is all that it is given.
#[derive(Default)]
struct TextHasher(u64);

impl Hasher for TextHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = xxh3_64_with_seed(bytes, self.0);
    }

    /// The end of a text.
    fn write_u8(&mut self, _: u8) {}
}

/// A column of texts, each with how many rows it has.
fn in_runs<T: AsRef<str>>(runs: impl Iterator<Item = (T, usize)>) -> ArrayRef {
    let (mut texts, mut rows) = (Vec::new(), Vec::new());
    for (text, len) in runs {
        rows.extend(std::iter::repeat_n(to_index(texts.len()), len));
        texts.push(text);
    }
    dictionary(rows, Utf8ViewArray::from_slice_values(texts))
}

/// A column whose rows are places in `texts`.
fn dictionary(rows: Vec<u32>, texts: Utf8ViewArray) -> ArrayRef {
    let kind = ArrowDataType::Dictionary(IntegerType::UInt32, Box::new(ArrowDataType::Utf8View), false);
    let column = DictionaryArray::try_new(kind, PrimitiveArray::from_vec(rows), Box::new(texts));
    Box::new(column.expect("every row is the place of a text"))
}

/// A column of texts, some of them unknown.
pub(super) fn texts<T: AsRef<str>>(name: &str, values: impl Iterator<Item = Option<T>>) -> Column {
    StringChunked::from_iter_options(name.into(), values).into_column()
}

/// A column of numbers.
pub(super) fn numbers(name: &str, values: impl Iterator<Item = u32>) -> Column {
    UInt32Chunked::from_iter_values(name.into(), values).into_column()
}
