//! What was read and what was not, row by row.

use chrono::NaiveDate;

use crate::model::input::Input;
use crate::model::language::Language;
use crate::model::skip::Skip;

/// What was read and what was not.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Quality {
    /// Every file.
    pub inputs: Vec<Input>,
    /// Every document without a trusted date.
    pub undated: Vec<UndatedRow>,
    /// Every record or file left out.
    pub skipped: Vec<Skip>,
    /// Every document of a story with more than one.
    pub duplicates: Vec<DuplicateRow>,
    /// Ambiguous forms and how they were decided.
    pub ambiguous: Vec<AmbiguousRow>,
}

/// A document without a trusted date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UndatedRow {
    /// Its id.
    pub doc_id: String,
    /// Its file.
    pub file: String,
    /// Its record.
    pub record: u32,
    /// Its outlet.
    pub source: String,
    /// Its headline.
    pub title: String,
    /// `no date found`, or the suspect date.
    pub reason: String,
}

/// One document of a story with more than one document.
#[derive(Clone, Debug, PartialEq)]
pub struct DuplicateRow {
    /// The story: the `doc_id` of its first article.
    pub story_id: String,
    /// How many documents it has.
    pub story_size: u64,
    /// The document.
    pub doc_id: String,
    /// Its file.
    pub file: String,
    /// Its record.
    pub record: u32,
    /// Its day.
    pub date: Option<NaiveDate>,
    /// Its outlet.
    pub source: String,
    /// Its headline.
    pub title: String,
    /// `first`, `reprint` (another source), `version` (a source that had it before, changed) or `duplicate` (same source, same text).
    pub role: &'static str,
    /// Jaccard similarity to the first document of the story, 0–1, estimated; 1 where the texts are equal.
    pub similarity: f64,
    /// The outlet that published the story first; empty where several did on that day, or no day is known.
    pub first_source: String,
    /// Ids of the news agencies credited, with `; ` between them.
    pub agencies: String,
}

/// One ambiguous form of one entity and how its occurrences were decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AmbiguousRow {
    /// The form, as first seen.
    pub surface: String,
    /// The language of the documents.
    pub language: Language,
    /// Entity id.
    pub entity: String,
    /// The rule.
    pub rule: String,
    /// Occurrences counted.
    pub counted: u64,
    /// Occurrences refused for a reason that the text shows.
    pub refused: u64,
    /// Occurrences left open, which are not counted either.
    pub undecided: u64,
    /// Contexts of those counted, the first three that differ, in the order of the corpus.
    pub examples_counted: Vec<String>,
    /// Contexts of those refused, likewise.
    pub examples_refused: Vec<String>,
    /// Contexts of those left open, likewise.
    pub examples_undecided: Vec<String>,
}
