//! One article as it was read, before anything was looked for in it.

use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::language::Language;

/// One article of the corpus, decoded and freed of page furniture.
///
/// Spans of mentions are UTF-8 bytes into [`title`](Self::title) and [`body`](Self::body) exactly as they stand here.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// Path of its file, relative to the corpus root, with `/`.
    pub file: Arc<str>,
    /// Zero-based place among the records of its file, unreadable records included.
    pub record: u32,
    /// The record's own `doc_id` or `id`.
    pub own_id: Option<String>,
    /// The headline; empty where there is none. It is not repeated in the body.
    pub title: String,
    /// The text below the headline; paragraphs are kept, separated by line breaks.
    pub body: String,
    /// Day of publication in the corpus time zone; `None` is undated.
    pub date: Option<NaiveDate>,
    /// Where the date was found.
    pub date_method: DateMethod,
    /// What stands behind a date that needs a remark, such as an undecided day/month order; empty otherwise.
    pub date_note: String,
    /// The outlet, as the record names it; empty where it is not known.
    pub source: String,
    /// The language that the record itself gives.
    pub language: Option<Language>,
    /// The address of the article; empty where it is not known.
    pub url: String,
}

impl Document {
    /// `path#record`, unique in the corpus.
    #[must_use]
    pub fn place(&self) -> String {
        format!("{}#{}", self.file, self.record)
    }
}

/// Where the date of a document was found, from the surest to none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DateMethod {
    /// A date field of the record, or of a page's front matter.
    Field,
    /// Metadata of a page: JSON-LD, `OpenGraph`, `<meta>`, `<time>`.
    Metadata,
    /// The path of the address, such as `/2024/05/19/`.
    Url,
    /// A dateline or a visible date in the first lines.
    Text,
    /// The name of the file or of a folder above it.
    Path,
    /// No date was found.
    #[default]
    None,
}

impl DateMethod {
    /// The word used in tables: `field`, `metadata`, `url`, `text`, `path`, `none`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Field => "field",
            Self::Metadata => "metadata",
            Self::Url => "url",
            Self::Text => "text",
            Self::Path => "path",
            Self::None => "none",
        }
    }
}
