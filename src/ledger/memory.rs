//! What was made from the ledger, kept for the next run.
//!
//! Any value comes in under the name of all that it depends on beside the ledger, and comes out again under that name; an account only as long as nothing was
//! written. It knows no more of it.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::Ledger;
use crate::error::Error;

/// What is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Memo {
    /// What a scan told; forgotten when the ledger changes.
    Account,
    /// Which reports were written. It outlives changes: each says itself which state of the corpus it follows from.
    Reports,
    /// Which lines of their evidence were made from which rows. It outlives changes likewise.
    Evidence,
}

impl Memo {
    /// The file.
    const fn file(self) -> &'static str {
        match self {
            Self::Account => "account.json",
            Self::Reports => "reports.json",
            Self::Evidence => "evidence.json",
        }
    }
}

/// Its content.
#[derive(Serialize, Deserialize)]
struct Memory<T> {
    /// What it depends on.
    of: String,
    /// What was made.
    value: T,
}

impl Ledger {
    /// What was last [kept](Self::remember) under this name.
    #[must_use]
    pub fn remembered<T: DeserializeOwned>(&self, memo: Memo, of: &str) -> Option<T> {
        let text = fs::read(path(&self.dir, memo)).ok()?;
        let memory: Memory<T> = serde_json::from_slice(&text).ok()?;
        (memory.of == of).then_some(memory.value)
    }

    /// Keeps a value that depends on the ledger and on what `of` names, until another is kept; an [`Memo::Account`] only until the ledger changes.
    ///
    /// # Errors
    ///
    /// [`Error::Ledger`] where it cannot be written.
    pub fn remember(&self, memo: Memo, of: &str, value: &impl Serialize) -> Result<(), Error> {
        let path = path(&self.dir, memo);
        let memory = Memory {
            of: of.to_owned(),
            value,
        };
        // A file that was cut short is no JSON, and so nothing is remembered.
        let text = serde_json::to_vec(&memory).map_err(|error| Error::ledger(&path, &error))?;
        fs::write(&path, text).map_err(|error| Error::ledger(&path, &error))
    }
}

/// Forgets what holds of this state only. To be called before the ledger changes.
pub(super) fn forget(dir: &Path) -> Result<(), Error> {
    let path = path(dir, Memo::Account);
    match fs::remove_file(&path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(Error::ledger(&path, &error)),
        _ => Ok(()),
    }
}

/// Where it lies.
fn path(dir: &Path, memo: Memo) -> PathBuf {
    dir.join(memo.file())
}
