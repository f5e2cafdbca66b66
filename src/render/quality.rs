//! The tables under `quality/`: every file, everything undated, left out, repeated or ambiguous, and the encodings met.
//!
//! In: [`Quality`] of the findings. Out: six CSV files. It judges nothing.

use std::collections::BTreeMap;

use super::folder::Folder;
use super::tables::define::Table;
use super::tables::write_table;
use crate::error::Error;
use crate::model::findings::{AmbiguousRow, DuplicateRow, Quality, UndatedRow};
use crate::model::input::{Input, InputStatus};
use crate::model::skip::{Skip, SkipReason};
use crate::settings::CsvDialect;

/// The words of the column `status`.
const STATUSES: [&str; 5] = [
    InputStatus::Read.as_str(),
    InputStatus::Partly.as_str(),
    InputStatus::Empty.as_str(),
    InputStatus::Unreadable.as_str(),
    InputStatus::Ignored.as_str(),
];

/// The words of the column `reason` of what was skipped.
const REASONS: [&str; 7] = [
    SkipReason::Empty.as_str(),
    SkipReason::Unreadable.as_str(),
    SkipReason::Truncated.as_str(),
    SkipReason::Encoding.as_str(),
    SkipReason::Malformed.as_str(),
    SkipReason::Unsupported.as_str(),
    SkipReason::NoText.as_str(),
];

/// The words of the column `role`.
const ROLES: [&str; 4] = ["first", "reprint", "version", "duplicate"];

/// What `file` means wherever it is a column.
const FILE: &str = "Path relative to the corpus root";
/// What `record` means wherever it is a column.
const RECORD: &str = "Place among the records of the file, from 0";
/// What `doc_id` means wherever it is a column.
const DOC_ID: &str = "The document, as in evidence/documents.csv";

/// Writes the tables of what was read and what was not.
pub(crate) fn write_quality(folder: &mut Folder, quality: &Quality, dialect: CsvDialect) -> Result<(), Error> {
    write_table(folder, inputs(), dialect, &quality.inputs)?;
    write_table(folder, undated(), dialect, &quality.undated)?;
    write_table(folder, skipped(), dialect, &quality.skipped)?;
    write_table(folder, duplicates(), dialect, &quality.duplicates)?;
    write_table(folder, ambiguous(), dialect, &quality.ambiguous)?;
    write_table(folder, encodings(), dialect, by_encoding(&quality.inputs))
}

/// Every file.
fn inputs<'f>() -> Table<'f, &'f Input> {
    Table::<&Input>::new(
        "quality/inputs.csv",
        "One file of the corpus and what became of it; hidden and ignored ones too.",
    )
    .key(&["file"])
    .text("file", FILE, |row| &row.file)
    .required()
    .word("status", &STATUSES, "What became of it", |row| row.status.as_str())
    .text("format", "The format it was read as, or what it is instead", |row| {
        &row.format
    })
    .text("compression", "gzip, zstd, or empty", |row| &row.compression)
    .text(
        "encoding",
        "The encoding it was read in; empty where nothing was decoded",
        |row| &row.encoding,
    )
    .text(
        "encoding_method",
        "How the encoding was found: bom, declared, valid, detected",
        |row| &row.encoding_method,
    )
    .count("bytes", "bytes", "Size on disk", |row| row.bytes)
    .text(
        "sha256",
        "SHA-256 of the file as it lies on disk; empty where it was not read",
        |row| &row.sha256,
    )
    .count(
        "documents",
        "documents",
        "Documents read, undated ones included",
        |row| row.documents,
    )
    .count("skipped", "records", "Records left out", |row| row.skipped)
    .text("note", "A remark on the file as a whole", |row| &row.note)
}

/// Every document without a date.
fn undated<'f>() -> Table<'f, &'f UndatedRow> {
    Table::<&UndatedRow>::new(
        "quality/undated.csv",
        "A document without a date that can be trusted. It lies in no period.",
    )
    .text("doc_id", DOC_ID, |row| &row.doc_id)
    .required()
    .text("file", FILE, |row| &row.file)
    .required()
    .count("record", "", RECORD, |row| row.record.into())
    .text("source", "The outlet", |row| &row.source)
    .text("title", "Its headline", |row| &row.title)
    .text("reason", "What is wrong with its date", |row| &row.reason)
}

/// Everything left out.
fn skipped<'f>() -> Table<'f, &'f Skip> {
    Table::<&Skip>::new("quality/skipped.csv", "A record or file that could not be read.")
        .text("file", FILE, |row| &row.file)
        .required()
        .known_count(
            "record",
            "",
            "Place among the records of the file, from 0; empty for the whole file",
            |row| row.record.map(u64::from),
        )
        .known_count(
            "line",
            "",
            "Line of the file, from 1, where the format has lines",
            |row| row.line,
        )
        .word("reason", &REASONS, "Why", |row| row.reason.as_str())
        .text("detail", "What the parser said", |row| &row.detail)
}

/// The members of stories.
fn duplicates<'f>() -> Table<'f, &'f DuplicateRow> {
    Table::<&DuplicateRow>::new(
        "quality/duplicates.csv",
        "A document of a story that has more than one document.",
    )
    .text("story_id", "The story: the doc_id of its first article", |row| {
        &row.story_id
    })
    .required()
    .count("story_size", "documents", "Documents of the story", |row| {
        row.story_size
    })
    .text("doc_id", DOC_ID, |row| &row.doc_id)
    .required()
    .text("file", FILE, |row| &row.file)
    .required()
    .count("record", "", RECORD, |row| row.record.into())
    .date("date", "Day of publication", |row| row.date)
    .text("source", "The outlet", |row| &row.source)
    .text("title", "Its headline", |row| &row.title)
    .word(
        "role",
        &ROLES,
        "first, reprint (another outlet), version (an outlet that had it before, changed; an article) or duplicate (the same outlet, the \
         same text; no article)",
        |row| row.role,
    )
    .fraction(
        "similarity",
        "Jaccard similarity of its word shingles to those of the first document, estimated; 1 where the texts are equal",
        |row| Some(row.similarity),
    )
    .required()
    .text(
        "first_source",
        "The outlet that published the story first; empty where several did on that day, or no day is known",
        |row| &row.first_source,
    )
    .text(
        "agencies",
        "News agencies named in the first two sentences of the text, at its end or between brackets, as entity ids joined by ;",
        |row| &row.agencies,
    )
}

/// Ambiguous forms.
fn ambiguous<'f>() -> Table<'f, &'f AmbiguousRow> {
    Table::<&AmbiguousRow>::new(
        "quality/ambiguous.csv",
        "An ambiguous form of one entity and how its occurrences were decided.",
    )
    .text("surface", "The form, as first seen", |row| &row.surface)
    .text("language", "BCP 47 language of the documents", |row| {
        row.language.as_str()
    })
    .text("entity", "Id of the entity, kebab-case", |row| &row.entity)
    .required()
    .text("rule", "The rule that decided", |row| &row.rule)
    .count("counted", "mentions", "Occurrences counted", |row| row.counted)
    .count(
        "refused",
        "mentions",
        "Occurrences refused for a reason that the text shows",
        |row| row.refused,
    )
    .count(
        "undecided",
        "mentions",
        "Occurrences left open, which are not counted either",
        |row| row.undecided,
    )
    .text("counted_1", "A context of one that was counted", |row| {
        example(&row.examples_counted, 0)
    })
    .text("counted_2", "Another", |row| example(&row.examples_counted, 1))
    .text("counted_3", "Another", |row| example(&row.examples_counted, 2))
    .text("refused_1", "A context of one that was refused", |row| {
        example(&row.examples_refused, 0)
    })
    .text("refused_2", "Another", |row| example(&row.examples_refused, 1))
    .text("refused_3", "Another", |row| example(&row.examples_refused, 2))
    .text("undecided_1", "A context of one that was left open", |row| {
        example(&row.examples_undecided, 0)
    })
    .text("undecided_2", "Another", |row| example(&row.examples_undecided, 1))
    .text("undecided_3", "Another", |row| example(&row.examples_undecided, 2))
}

/// One of several contexts, or nothing.
fn example(examples: &[String], place: usize) -> &str {
    examples.get(place).map_or("", String::as_str)
}

/// The files of one encoding.
#[derive(Default)]
struct Encoding<'f> {
    /// Its name.
    name: &'f str,
    /// How it was found.
    method: &'f str,
    /// Files.
    files: u64,
    /// Documents in them.
    documents: u64,
    /// Records left out of them.
    skipped: u64,
}

/// Adds up the files that were decoded, by encoding and method.
fn by_encoding(inputs: &[Input]) -> impl Iterator<Item = Encoding<'_>> {
    let mut sums: BTreeMap<(&str, &str), Encoding<'_>> = BTreeMap::new();
    for input in inputs.iter().filter(|input| !input.encoding.is_empty()) {
        let (encoding, method) = (input.encoding.as_str(), input.encoding_method.as_str());
        let sum = sums.entry((encoding, method)).or_insert_with(|| Encoding {
            name: encoding,
            method,
            ..Encoding::default()
        });
        sum.files += 1;
        sum.documents += input.documents;
        sum.skipped += input.skipped;
    }
    sums.into_values()
}

/// The encodings.
fn encodings<'f>() -> Table<'f, Encoding<'f>> {
    Table::<Encoding<'_>>::new(
        "quality/encodings.csv",
        "The files of one encoding. Which file has which is in quality/inputs.csv.",
    )
    .text("encoding", "The encoding", |row| row.name)
    .required()
    .text(
        "encoding_method",
        "How it was found: bom, declared, valid, detected",
        |row| row.method,
    )
    .count("files", "files", "Files", |row| row.files)
    .count("documents", "documents", "Documents read from them", |row| {
        row.documents
    })
    .count("skipped", "records", "Records of them left out", |row| row.skipped)
}
