//! Everything that can stop a run: one variant for each thing that a user must mend.

use std::path::{Path, PathBuf};

/// An error that stops the run. A document that cannot be read is a [`Skip`](crate::model::skip::Skip) instead.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A flag, `marsad.toml` or watchlist says something that cannot be meant. Every mistake is told at once.
    #[error("{0}")]
    Settings(String),
    /// The corpus cannot be walked at all.
    #[error("{}: {what}", path.display())]
    Corpus {
        /// The root.
        path: PathBuf,
        /// What is wrong with it.
        what: String,
    },
    /// The built-in names cannot be used.
    #[error("gazetteer: {0}")]
    Gazetteer(String),
    /// The ledger cannot be read or written.
    #[error("ledger {}: {what}", path.display())]
    Ledger {
        /// The file or folder.
        path: PathBuf,
        /// What is wrong with it.
        what: String,
    },
    /// The figures cannot be computed.
    #[error("figures: {0}")]
    Analyse(String),
    /// The report cannot be written.
    #[error("report {}: {what}", path.display())]
    Report {
        /// The file or folder.
        path: PathBuf,
        /// What is wrong with it.
        what: String,
    },
}

impl Error {
    /// An error of the ledger at `path`.
    pub fn ledger(path: &Path, what: &dyn std::fmt::Display) -> Self {
        Self::Ledger {
            path: path.to_owned(),
            what: what.to_string(),
        }
    }

    /// An error of the report at `path`.
    pub fn report(path: &Path, what: &dyn std::fmt::Display) -> Self {
        Self::Report {
            path: path.to_owned(),
            what: what.to_string(),
        }
    }

    /// An error of the corpus at `path`.
    pub fn corpus(path: &Path, what: &dyn std::fmt::Display) -> Self {
        Self::Corpus {
            path: path.to_owned(),
            what: what.to_string(),
        }
    }
}
