//! A document that was left out, and why.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// One record or file that could not be read. It is data, not an error: the run goes on and the skip is listed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skip {
    /// Path of its file, relative to the corpus root.
    pub file: Arc<str>,
    /// Zero-based place among the records of its file; `None` where the whole file is concerned.
    pub record: Option<u32>,
    /// One-based line, where the format has lines.
    pub line: Option<u64>,
    /// Why.
    pub reason: SkipReason,
    /// What the parser said, in one line.
    pub detail: String,
}

/// Why a record or file was left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SkipReason {
    /// The file holds nothing but white space, or no record.
    Empty,
    /// The file could not be opened or read, or is binary.
    Unreadable,
    /// A compressed file ends too early; what came before the cut was read.
    Truncated,
    /// More than 1 % of the characters could not be decoded.
    Encoding,
    /// The record is not well formed.
    Malformed,
    /// The format is known but not read yet.
    Unsupported,
    /// A page or record without an article text.
    NoText,
}

impl SkipReason {
    /// The word used in tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Unreadable => "unreadable",
            Self::Truncated => "truncated",
            Self::Encoding => "encoding",
            Self::Malformed => "malformed",
            Self::Unsupported => "unsupported",
            Self::NoText => "no-text",
        }
    }
}
