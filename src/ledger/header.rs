//! What a ledger was made with, and the file that says so.
//!
//! A folder and the header of this run come in; out comes whether the ledger there can go on. It reads and writes `ledger.json` and the
//! lock, and touches no part.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File, TryLockError};
use std::io::{ErrorKind, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::part::{Part, sync_folder};
use crate::error::Error;

/// The layout of the tables and lists. It changes whenever an older marsad could not read them.
const SCHEMA: u64 = 6;

/// The file that makes a folder a ledger.
const CATALOGUE: &str = "ledger.json";

/// Where it is written before it replaces the one that was there.
const CATALOGUE_NEW: &str = "ledger.json.tmp";

/// The file that a run locks.
pub(super) const LOCK: &str = "ledger.lock";

/// What must agree between a ledger and a run that wants to go on with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Header {
    /// Hash of all that decides what the matcher finds.
    pub gazetteer: String,
    /// Every setting that changes what a scan keeps, by name.
    pub settings: BTreeMap<String, String>,
    /// The roots of the corpus.
    pub roots: Vec<String>,
}

/// The content of `ledger.json`.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Catalogue {
    /// [`SCHEMA`].
    schema: u64,
    /// The version of marsad that wrote it last, for the curious.
    marsad: String,
    /// As in [`Header`].
    gazetteer: String,
    /// As in [`Header`].
    settings: BTreeMap<String, String>,
    /// As in [`Header`].
    roots: Vec<String>,
    /// Whether every `doc_id` is settled.
    pub(super) settled: bool,
    /// The number of the next file.
    pub(super) next: u32,
    /// The valid parts.
    pub(super) parts: Vec<PartEntry>,
}

/// One valid part.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct PartEntry {
    /// Number of its tables.
    pub(super) part: u32,
    /// Number of its list of files.
    pub(super) files: u32,
    /// Its rows of documents and skips, for the curious.
    documents: usize,
    /// Its rows of mentions, for the curious.
    mentions: usize,
}

impl PartEntry {
    /// How `part` is listed.
    pub(super) fn of(part: &Part) -> Self {
        Self {
            part: part.number,
            files: part.list,
            documents: part.files.iter().map(|file| file.piece.documents.len).sum(),
            mentions: part.files.iter().map(|file| file.piece.mentions.len).sum(),
        }
    }
}

/// What lies in the folder.
pub(super) enum Found {
    /// No ledger yet.
    Nothing,
    /// A ledger that this run can go on with.
    Same(Catalogue),
    /// A ledger of this corpus that was made otherwise: in what.
    Other(String),
}

impl Catalogue {
    /// The catalogue of a ledger that was made with `header`.
    pub(super) fn new(header: &Header, next: u32, settled: bool, parts: Vec<PartEntry>) -> Self {
        Self {
            schema: SCHEMA,
            marsad: env!("CARGO_PKG_VERSION").to_owned(),
            gazetteer: header.gazetteer.clone(),
            settings: header.settings.clone(),
            roots: header.roots.clone(),
            settled,
            next,
            parts,
        }
    }

    /// Replaces `ledger.json` in one step.
    pub(super) fn write(&self, dir: &Path) -> Result<(), Error> {
        let (new, path) = (dir.join(CATALOGUE_NEW), dir.join(CATALOGUE));
        let fail = |error: std::io::Error| Error::ledger(&path, &error);
        let mut text = serde_json::to_vec_pretty(self).map_err(|error| Error::ledger(&path, &error))?;
        text.push(b'\n');
        let mut file = File::create(&new).map_err(fail)?;
        file.write_all(&text).and_then(|()| file.sync_all()).map_err(fail)?;
        drop(file);
        fs::rename(&new, &path).map_err(fail)?;
        sync_folder(dir);
        Ok(())
    }
}

/// The header and the catalogue of the ledger in `dir`, whatever it was made with.
pub(super) fn as_it_lies(dir: &Path) -> Result<(Header, Catalogue), Error> {
    let path = dir.join(CATALOGUE);
    let text = match fs::read(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            return Err(Error::ledger(
                dir,
                &"is no ledger: `marsad scan` makes one, and --ledger names another",
            ));
        }
        Err(error) => return Err(Error::ledger(&path, &error)),
    };
    let catalogue: Catalogue = serde_json::from_slice(&text).map_err(|error| Error::ledger(&path, &error))?;
    if catalogue.schema != SCHEMA {
        return Err(Error::ledger(
            dir,
            &"was written by another version of marsad: `marsad scan` makes it anew",
        ));
    }
    let header = Header {
        gazetteer: catalogue.gazetteer.clone(),
        settings: catalogue.settings.clone(),
        roots: catalogue.roots.clone(),
    };
    Ok((header, catalogue))
}

/// Looks whether `dir` holds a ledger and whether it agrees with `header`.
pub(super) fn find(dir: &Path, header: &Header) -> Result<Found, Error> {
    let path = dir.join(CATALOGUE);
    let text = match fs::read(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Found::Nothing),
        Err(error) => return Err(Error::ledger(&path, &error)),
    };
    let damaged = || {
        Error::ledger(
            &path,
            &"cannot be understood: remove the folder, or choose another with --ledger",
        )
    };
    let value: Value = serde_json::from_slice(&text).map_err(|_| damaged())?;
    let schema = value.get("schema").and_then(Value::as_u64).ok_or_else(damaged)?;
    let roots: Vec<String> = value
        .get("roots")
        .and_then(|roots| Vec::deserialize(roots).ok())
        .ok_or_else(damaged)?;
    if roots != header.roots {
        let what = format!(
            "it belongs to another corpus ({}, not {}): choose another folder with --ledger, or remove this one",
            roots.join(", "),
            header.roots.join(", "),
        );
        return Err(Error::ledger(dir, &what));
    }
    if schema != SCHEMA {
        return Ok(Found::Other(
            "the ledger was written by another version of marsad".to_owned(),
        ));
    }
    let catalogue = Catalogue::deserialize(value).map_err(|_| damaged())?;
    Ok(match difference(&catalogue, header) {
        Some(what) => Found::Other(what),
        None => Found::Same(catalogue),
    })
}

/// What differs between the ledger and this run, as the beginning of a sentence.
fn difference(old: &Catalogue, new: &Header) -> Option<String> {
    let mut all = Vec::new();
    if old.gazetteer != new.gazetteer {
        all.push("the names changed".to_owned());
    }
    let names: BTreeSet<&String> = old.settings.keys().chain(new.settings.keys()).collect();
    for name in names {
        let value_in = |settings: &BTreeMap<String, String>| settings.get(name).cloned().unwrap_or_default();
        let (was, is) = (value_in(&old.settings), value_in(&new.settings));
        if was != is {
            let show = |value: &str| {
                if value.is_empty() {
                    "nothing".to_owned()
                } else {
                    format!("`{value}`")
                }
            };
            all.push(format!(
                "the setting `{name}` changed from {} to {}",
                show(&was),
                show(&is)
            ));
        }
    }
    (!all.is_empty()).then(|| format!("{} since the last scan", all.join(" and ")))
}

/// Whether `dir` is a ledger.
pub(super) fn is_there(dir: &Path) -> bool {
    dir.join(CATALOGUE).exists()
}

/// Refuses a folder that holds something and is no ledger.
pub(super) fn refuse_strangers(dir: &Path) -> Result<(), Error> {
    if is_there(dir) {
        return Ok(());
    }
    for entry in fs::read_dir(dir).map_err(|error| Error::ledger(dir, &error))? {
        let name = entry.map_err(|error| Error::ledger(dir, &error))?.file_name();
        if name != LOCK && name != CATALOGUE_NEW {
            let what = format!(
                "is no ledger and not empty (`{}`): choose another with --ledger",
                name.to_string_lossy()
            );
            return Err(Error::ledger(dir, &what));
        }
    }
    Ok(())
}

/// Locks the ledger for as long as the file that comes back lives.
pub(super) fn lock(path: &Path) -> Result<File, Error> {
    let file = File::options()
        .create(true)
        .append(true)
        .open(path)
        .map_err(|error| Error::ledger(path, &error))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Error::ledger(
            path,
            &"another run of marsad is using this ledger; wait for it, or choose another with --ledger",
        )),
        // Some network file systems know no locks; there the user sees to it that one run has ended before the next begins.
        Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => Ok(file),
        Err(TryLockError::Error(error)) => Err(Error::ledger(path, &error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header() -> Header {
        Header {
            gazetteer: "a1".to_owned(),
            settings: BTreeMap::from([("tz".to_owned(), "UTC".to_owned()), ("text".to_owned(), "1".to_owned())]),
            roots: vec!["/corpus".to_owned()],
        }
    }

    #[test]
    fn the_sentence_names_everything_that_differs() {
        let old = Catalogue::new(&header(), 1, true, Vec::new());
        assert_eq!(difference(&old, &header()), None);
        let mut new = header();
        new.gazetteer = "b2".to_owned();
        new.settings.insert("tz".to_owned(), "Africa/Algiers".to_owned());
        new.settings.insert("empty".to_owned(), String::new());
        new.settings.insert("fields".to_owned(), "x=text".to_owned());
        assert_eq!(
            difference(&old, &new).as_deref(),
            Some(
                "the names changed and the setting `fields` changed from nothing to `x=text` and the setting `tz` changed from `UTC` \
                 to `Africa/Algiers` since the last scan"
            )
        );
    }

    #[test]
    fn a_catalogue_is_read_as_it_was_written_and_damage_is_an_error() {
        let dir = tempfile::tempdir().unwrap();
        assert!(matches!(find(dir.path(), &header()), Ok(Found::Nothing)));
        Catalogue::new(&header(), 7, false, Vec::new())
            .write(dir.path())
            .unwrap();
        let Ok(Found::Same(found)) = find(dir.path(), &header()) else {
            panic!("the same ledger is not recognised")
        };
        assert_eq!((found.next, found.settled, found.parts.len()), (7, false, 0));
        assert!(!dir.path().join(CATALOGUE_NEW).exists());
        for text in [
            "{".to_owned(),
            "[]".to_owned(),
            format!("{{\"schema\": {SCHEMA}}}"),
            format!("{{\"schema\": {SCHEMA}, \"roots\": [\"/corpus\"]}}"),
        ] {
            fs::write(dir.path().join(CATALOGUE), &text).unwrap();
            assert!(find(dir.path(), &header()).is_err(), "{text}");
        }
        fs::write(dir.path().join(CATALOGUE), "{\"schema\": 0, \"roots\": [\"/corpus\"]}").unwrap();
        assert!(matches!(find(dir.path(), &header()), Ok(Found::Other(_))));
    }
}
