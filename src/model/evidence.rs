//! The rows that lead every figure back to its sentence.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::document::DateMethod;
use super::language::Language;
use super::mention::{Field, Kind};

/// A table of the evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EvidenceTable {
    /// One row a document that was read.
    Documents,
    /// One row a mention.
    Mentions,
}

impl EvidenceTable {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Documents, Self::Mentions];

    /// Its place in a report, with `/`.
    #[must_use]
    pub const fn path(self) -> &'static str {
        match self {
            Self::Documents => "evidence/documents.csv",
            Self::Mentions => "evidence/mentions.csv",
        }
    }
}

/// One mention with all that a reader needs to find and judge it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MentionRow {
    /// The document.
    pub doc_id: String,
    /// Its file, relative to the corpus root.
    pub file: String,
    /// Its zero-based record in the file.
    pub record: u32,
    /// Its day; `None` is undated.
    pub date: Option<NaiveDate>,
    /// Its outlet.
    pub source: String,
    /// Its language.
    pub language: Language,
    /// The field that the mention stands in.
    pub field: Field,
    /// First UTF-8 byte in the field.
    pub byte_start: u32,
    /// One past its last byte.
    pub byte_end: u32,
    /// Zero-based sentence of the field.
    pub sentence: u32,
    /// The text of the mention.
    pub surface: String,
    /// Entity id.
    pub entity: String,
    /// ISO 3166-1 alpha-3; empty for what is no country.
    pub iso3: String,
    /// What sort of form it is.
    pub kind: Kind,
    /// The rule that decided.
    pub rule: String,
    /// Whether the rules and the kinds of this report count it; figures add those of documents with status `read`.
    pub counted: bool,
    /// Why not, or which cue decided.
    pub reason: String,
    /// Its sentence, shortened around the mention.
    pub context: String,
}

/// A row to be filled in.
impl Default for MentionRow {
    fn default() -> Self {
        Self {
            doc_id: String::new(),
            file: String::new(),
            record: 0,
            date: None,
            source: String::new(),
            language: Language::UND,
            field: Field::Body,
            byte_start: 0,
            byte_end: 0,
            sentence: 0,
            surface: String::new(),
            entity: String::new(),
            iso3: String::new(),
            kind: Kind::Name,
            rule: String::new(),
            counted: false,
            reason: String::new(),
            context: String::new(),
        }
    }
}

/// One document with what became of it.
#[derive(Clone, Debug, PartialEq)]
pub struct DocumentRow {
    /// The record's own id where the corpus has no other of that name, else `path#record`.
    pub doc_id: String,
    /// Its file, relative to the corpus root.
    pub file: String,
    /// Its zero-based record in the file.
    pub record: u32,
    /// Its outlet.
    pub source: String,
    /// Its language.
    pub language: Language,
    /// How sure the detector was, 0–1.
    pub language_confidence: f32,
    /// Its day; `None` is undated.
    pub date: Option<NaiveDate>,
    /// Where the date was found.
    pub date_method: DateMethod,
    /// A remark on the date; empty mostly.
    pub date_note: String,
    /// Its headline.
    pub title: String,
    /// Its address.
    pub url: String,
    /// Words of title and body.
    pub words: u32,
    /// Sentences of title and body.
    pub sentences: u32,
    /// Hash of the normalised text, 32 hexadecimal digits.
    pub text_hash: String,
    /// The `doc_id` of the first article that carries this text.
    pub story_id: String,
    /// What became of it.
    pub status: DocumentStatus,
}

/// What became of a document that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DocumentStatus {
    /// An article: read and dated.
    Read,
    /// Read, but without a date that can be trusted; in no period.
    Undated,
    /// The same text again from the same source.
    Duplicate,
    /// Outside `--from`, `--to`, `--language` or `--source`.
    Filtered,
}

impl DocumentStatus {
    /// The word used in tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Undated => "undated",
            Self::Duplicate => "duplicate",
            Self::Filtered => "filtered",
        }
    }
}
