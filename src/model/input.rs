//! One file of the corpus and what became of it.

use serde::{Deserialize, Serialize};

/// What became of one file. Every file that the walk met has exactly one, hidden ones too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Input {
    /// Path relative to the corpus root, with `/`.
    pub file: String,
    /// What became of it.
    pub status: InputStatus,
    /// `jsonl`, `json`, `csv`, `txt`, `markdown`, `html`, `rss`, `atom`, or the name of what it is instead (`zip`, `pdf`, `jpeg`, `binary`, `hidden`).
    pub format: String,
    /// `gzip`, `zstd`, or empty.
    pub compression: String,
    /// The encoding label in lower case, such as `utf-8`, `utf-16le`, `windows-1256`; empty where nothing was decoded.
    pub encoding: String,
    /// How the encoding was found: `bom`, `declared`, `valid` (it is valid UTF-8), `detected`, or empty.
    pub encoding_method: String,
    /// Size on disk in bytes.
    pub bytes: u64,
    /// SHA-256 of the file as it lies on disk, in lower-case hexadecimal.
    pub sha256: String,
    /// Documents read, undated ones included.
    pub documents: u64,
    /// Records left out.
    pub skipped: u64,
    /// A remark on the file as a whole, such as an undecided day/month order.
    pub note: String,
}

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum InputStatus {
    /// Read to its end.
    Read,
    /// Read up to a damage.
    Partly,
    /// Nothing in it.
    Empty,
    /// Not readable, or of a format that is not read.
    Unreadable,
    /// Hidden, a settings file, or named by an `exclude` glob: no document by decision.
    Ignored,
}

impl InputStatus {
    /// The word used in tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Partly => "partly",
            Self::Empty => "empty",
            Self::Unreadable => "unreadable",
            Self::Ignored => "ignored",
        }
    }
}
