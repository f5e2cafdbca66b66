//! What was made from the ledger as it stands, kept until it changes.
//!
//! Any value comes in under the name of all that it depends on beside the ledger, and comes out again as long as nothing was written. It knows no more of it.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::Ledger;
use crate::error::Error;

/// The file.
const MEMORY: &str = "account.json";

/// Its content.
#[derive(Serialize, Deserialize)]
struct Memory<T> {
    /// What it depends on.
    of: String,
    /// What was made.
    value: T,
}

impl Ledger {
    /// What was last [kept](Self::remember) under this name, where the ledger has not changed since.
    #[must_use]
    pub fn remembered<T: DeserializeOwned>(&self, of: &str) -> Option<T> {
        let text = fs::read(path(&self.dir)).ok()?;
        let memory: Memory<T> = serde_json::from_slice(&text).ok()?;
        (memory.of == of).then_some(memory.value)
    }

    /// Keeps a value that depends on the ledger and on what `of` names, until the ledger changes or another is kept.
    ///
    /// # Errors
    ///
    /// [`Error::Ledger`] where it cannot be written.
    pub fn remember(&self, of: &str, value: &impl Serialize) -> Result<(), Error> {
        let path = path(&self.dir);
        let memory = Memory {
            of: of.to_owned(),
            value,
        };
        // A file that was cut short is no JSON, and so nothing is remembered.
        let text = serde_json::to_vec(&memory).map_err(|error| Error::ledger(&path, &error))?;
        fs::write(&path, text).map_err(|error| Error::ledger(&path, &error))
    }
}

/// Forgets what was kept. To be called before the ledger changes.
pub(super) fn forget(dir: &Path) -> Result<(), Error> {
    let path = path(dir);
    match fs::remove_file(&path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(Error::ledger(&path, &error)),
        _ => Ok(()),
    }
}

/// Where it lies.
fn path(dir: &Path) -> PathBuf {
    dir.join(MEMORY)
}
