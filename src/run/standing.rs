//! Whether the report that is asked for stands there already, so that nothing has to be written again.
//!
//! A report follows from the files of the corpus, the gazetteer, the settings and the program. All four make one name; the ledger remembers under which
//! name a report was written, and how its files looked then. What has another name, or a file that was touched, is written anew.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};
use walkdir::WalkDir;
use xxhash_rust::xxh3::Xxh3;

use super::{Outcome, newest};
use crate::error::Error;
use crate::ledger::{Ledger, Memo};
use crate::model::entity::Gazetteer;
use crate::model::input::Input;
use crate::render::folder::Folder;
use crate::settings::Settings;

/// So many reports of a ledger are remembered: those written last.
const REMEMBERED: usize = 16;

/// A report that was written.
#[derive(Serialize, Deserialize)]
struct Standing {
    /// All that it follows from, as one name.
    of: String,
    /// Where it was asked for.
    folder: PathBuf,
    /// What was told of it.
    summary: String,
    /// How many records and files were left out.
    skipped: u64,
    /// Its files.
    files: Vec<Seen>,
}

/// A file as it was seen.
#[derive(PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Seen {
    /// Its place in the report.
    path: PathBuf,
    /// Its length.
    pub(super) bytes: u64,
    /// Its time stamp, in nanoseconds since 1970; `None` where there is none to compare.
    pub(super) modified: Option<u64>,
}

/// All that a report follows from, as one name.
///
/// # Errors
///
/// [`Error::Ledger`] where a file's account cannot be put into bytes.
pub(super) fn name(
    settings: &Settings,
    gazetteer: &Gazetteer,
    ledger: &Ledger,
    inputs: &[Arc<Input>],
    program: &str,
) -> Result<String, Error> {
    let mut hash = Xxh3::new();
    let Gazetteer {
        entities,
        groups,
        events,
        sources,
        watched,
        featured,
        as_of,
        hash: found_by,
        forms,
        masks: _,
        rules: _,
        words: _,
    } = gazetteer;
    let known = format!(
        "{found_by} {as_of:?} {watched:?} {featured:?} {entities:?} {groups:?} {events:?} {sources:?} {}",
        forms.len()
    );
    hash.update(known.as_bytes());
    let mut meant = Settings {
        threads: 1,
        max_skipped: None,
        ..settings.clone()
    };
    meant.ledger.rehash = false;
    hash.update(format!("{meant:?} {:?} {program}", newest(ledger)).as_bytes());
    let mut account = Vec::new();
    for input in inputs {
        account =
            postcard::to_extend(&**input, account).map_err(|error| Error::ledger(&settings.ledger.dir, &error))?;
        hash.update(&account);
        account.clear();
    }
    Ok(format!("{:032x}", hash.digest128()))
}

/// The program, byte for byte; only its version where it cannot be read.
pub(super) fn program() -> String {
    let own = std::env::current_exe().and_then(File::open).and_then(hash_of);
    own.map_or_else(|_| env!("CARGO_PKG_VERSION").to_owned(), |hash| format!("{hash:032x}"))
}

/// The hash of a file, read a piece at a time.
fn hash_of(mut file: File) -> std::io::Result<u128> {
    let (mut hash, mut room) = (Xxh3::new(), vec![0; 1 << 18]);
    loop {
        match file.read(&mut room)? {
            0 => return Ok(hash.digest128()),
            bytes => hash.update(&room[..bytes]),
        }
    }
}

/// The report of this name, where it stands as it was written.
pub(super) fn find(ledger: &Ledger, of: &str) -> Option<Outcome> {
    let all: Vec<Standing> = ledger.remembered(Memo::Reports, "")?;
    let found = all.into_iter().find(|one| one.of == of)?;
    let untouched = Folder::check(&found.folder).is_ok()
        && found.files.iter().all(|file| file.modified.is_some())
        && files(&found.folder).is_some_and(|files| files == found.files);
    untouched.then_some(Outcome {
        findings: None,
        folder: found.folder,
        summary: found.summary,
        skipped: found.skipped,
    })
}

/// Remembers a report that has just been written, and forgets what stood in its place.
///
/// # Errors
///
/// [`Error::Ledger`] where the ledger cannot be written.
pub(super) fn remember(ledger: &Ledger, of: String, outcome: &Outcome) -> Result<(), Error> {
    let mut all: Vec<Standing> = ledger.remembered(Memo::Reports, "").unwrap_or_default();
    all.retain(|one| one.folder != outcome.folder && one.of != of);
    let Some(files) = files(&outcome.folder) else {
        return Ok(());
    };
    all.push(Standing {
        of,
        folder: outcome.folder.clone(),
        summary: outcome.summary.clone(),
        skipped: outcome.skipped,
        files,
    });
    let old = all.len().saturating_sub(REMEMBERED);
    ledger.remember(Memo::Reports, "", &all[old..].iter().collect::<Vec<_>>())
}

/// Every file of a report, by path; `None` where one cannot be looked at.
fn files(folder: &Path) -> Option<Vec<Seen>> {
    let mut all = Vec::new();
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.ok()?;
        if entry.file_type().is_dir() {
            continue;
        }
        all.push(see(folder, entry.path())?);
    }
    Some(all)
}

/// How a file of the report in `folder` looks; `None` where it cannot be looked at.
pub(super) fn see(folder: &Path, path: &Path) -> Option<Seen> {
    let seen = path.symlink_metadata().ok()?;
    let modified = seen
        .modified()
        .ok()
        .and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    Some(Seen {
        path: path.strip_prefix(folder).ok()?.to_owned(),
        bytes: seen.len(),
        modified: modified.and_then(|time| u64::try_from(time.as_nanos()).ok()),
    })
}
