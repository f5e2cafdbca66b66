//! The columns of the tables.
//!
//! Rows that waited come in, frames of the ledger's own layout go out. It touches no file.

use polars::prelude::{
    BinaryChunked, BooleanChunked, Column, DataFrame, Float32Chunked, IntoColumn, NamedFrom, NewChunkedArray, Series,
    StringChunked, UInt32Chunked, UInt64Chunked,
};

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

/// The mentions table of these rows, which belong to `documents`.
pub(super) fn mentions_frame(rows: &[MentionRecord], documents: &[DocumentRecord], gazetteer: &Gazetteer) -> DataFrame {
    let texts = |name: &str, get: &dyn Fn(&MentionRecord) -> &str| {
        StringChunked::from_iter_values(name.into(), rows.iter().map(get)).into_column()
    };
    let number = |name: &str, at: usize| numbers(name, rows.iter().map(|row| row.place[at]));
    let columns = vec![
        self::texts("doc_id", rows.iter().map(|row| documents[row.row].doc_id())),
        numbers("document", rows.iter().map(|row| row.document)),
        texts("field", &|row| row.field.as_str()),
        number("byte_start", 0),
        number("byte_end", 1),
        number("sentence", 2),
        self::texts("entity", rows.iter().map(|row| Some(&gazetteer.entity(row.entity).id))),
        self::texts("iso3", rows.iter().map(|row| Some(&gazetteer.entity(row.entity).iso3))),
        texts("kind", &|row| row.kind.as_str()),
        texts("surface", &|row| &row.surface),
        texts("rule", &|row| &row.rule),
        BooleanChunked::from_iter_values("counted".into(), rows.iter().map(|row| row.counted)).into_column(),
        texts("reason", &|row| &row.reason),
        texts("context", &|row| &row.context),
    ];
    DataFrame::new(rows.len(), columns).expect("every column has one value a row")
}

/// A column of texts, some of them unknown.
pub(super) fn texts<T: AsRef<str>>(name: &str, values: impl Iterator<Item = Option<T>>) -> Column {
    StringChunked::from_iter_options(name.into(), values).into_column()
}

/// A column of numbers.
pub(super) fn numbers(name: &str, values: impl Iterator<Item = u32>) -> Column {
    UInt32Chunked::from_iter_values(name.into(), values).into_column()
}
