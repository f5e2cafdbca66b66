//! Where a report is built, and how it takes its place: whole or not at all.
//!
//! In: the folder that the report shall be. Out: a hidden folder beside it to write into, which [`Site::take_place`] renames. An interruption
//! leaves the old report or the new one: the old is first moved aside under a hidden name, and a later run that finds it there and nothing
//! in its place puts it back. A lock file keeps two runs from building the same report at once.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::error::Error;

/// The file that makes a folder a report.
pub(crate) const MANIFEST: &str = "manifest.json";

/// The name that the manifest of a report gives for its maker.
pub(crate) const MAKER: &str = "marsad";

/// The places of a report that is being built. Dropped before [`Site::take_place`], it leaves nothing behind.
#[derive(Debug)]
pub(crate) struct Site {
    /// Where the report shall be.
    target: PathBuf,
    /// Where it is built.
    new: PathBuf,
    /// Where the old report waits while the new one takes its place.
    old: PathBuf,
    /// Where the old report is taken apart.
    gone: PathBuf,
    /// The lock, held as long as the file is open.
    lock: (PathBuf, File),
    /// Folders above the target that were made for it, outermost first.
    made: Vec<PathBuf>,
}

impl Site {
    /// Whether a report may be written to `target`: there is nothing, or a report of ours.
    pub(crate) fn check(target: &Path) -> Result<(), Error> {
        let refused = |what: &str| Err(Error::report(target, &what));
        match fs::metadata(target) {
            Ok(found) if !found.is_dir() => refused("is a file; name another folder with --out"),
            Ok(_) if is_report(target) => Ok(()),
            Ok(_) => refused("is there already and is no marsad report; name another folder with --out, or remove it"),
            Err(_) if target.is_symlink() => refused("is a link that leads nowhere"),
            Err(_) => Ok(()),
        }
    }

    /// Makes the folder to write into, and clears away what interrupted runs left.
    pub(crate) fn prepare(target: &Path) -> Result<Self, Error> {
        Self::check(target)?;
        let (target, made) = resolve(target)?;
        let Some(name) = target.file_name().map(|name| name.to_string_lossy().into_owned()) else {
            return Err(Error::report(&target, &"has no name that a report could have"));
        };
        let beside = |what: &str| target.with_file_name(format!(".{name}.marsad-{what}"));
        let lock = lock(&target, beside("lock"))?;
        let site = Self {
            new: beside("new"),
            old: beside("old"),
            gone: beside("gone"),
            lock,
            made,
            target,
        };
        site.clear()
            .and_then(|()| fs::create_dir(&site.new))
            .map_err(|error| Error::report(&site.new, &error))?;
        Ok(site)
    }

    /// Puts back a report that an interrupted run moved aside, and removes all else that such a run left.
    fn clear(&self) -> std::io::Result<()> {
        if self.old.exists() {
            fs::rename(&self.old, if self.target.exists() { &self.gone } else { &self.target })?;
        }
        for left in [&self.new, &self.gone] {
            if left.exists() {
                fs::remove_dir_all(left)?;
            }
        }
        Ok(())
    }

    /// The folder to write into.
    pub(crate) fn root(&self) -> &Path {
        &self.new
    }

    /// Puts what was written in its place and removes the report that was there. Returns the place.
    pub(crate) fn take_place(mut self) -> Result<PathBuf, Error> {
        Self::check(&self.target)?;
        let replaced = self.target.exists();
        if replaced {
            fs::rename(&self.target, &self.old).map_err(|error| Error::report(&self.target, &error))?;
        }
        if let Err(error) = fs::rename(&self.new, &self.target) {
            let back = if replaced {
                fs::rename(&self.old, &self.target)
            } else {
                Ok(())
            };
            let told = back.err().map_or_else(String::new, |_| {
                format!("; the old report is at {}", self.old.display())
            });
            return Err(Error::report(&self.target, &format!("{error}{told}")));
        }
        self.made.clear();
        if replaced {
            // What cannot be removed now is removed by the next run: the new report stands.
            let _ = fs::rename(&self.old, &self.gone).and_then(|()| fs::remove_dir_all(&self.gone));
        }
        Ok(self.target.clone())
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        if self.new.exists() {
            let _ = fs::remove_dir_all(&self.new);
        }
        let _ = fs::remove_file(&self.lock.0);
        for folder in self.made.iter().rev() {
            let _ = fs::remove_dir(folder);
        }
    }
}

/// The target without links on the way, and the folders that had to be made above it.
fn resolve(target: &Path) -> Result<(PathBuf, Vec<PathBuf>), Error> {
    if target.exists() {
        let place = target.canonicalize().map_err(|error| Error::report(target, &error))?;
        return Ok((place, Vec::new()));
    }
    let Some(name) = target.file_name() else {
        return Err(Error::report(target, &"has no name that a report could have"));
    };
    let above = target
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let missing = |folder: &&Path| !folder.as_os_str().is_empty() && !folder.exists();
    let mut made: Vec<PathBuf> = above.ancestors().take_while(missing).map(Path::to_owned).collect();
    made.reverse();
    fs::create_dir_all(above).map_err(|error| Error::report(above, &error))?;
    let above = above.canonicalize().map_err(|error| Error::report(above, &error))?;
    Ok((above.join(name), made))
}

/// Takes the lock of a report. Where the file system knows no locks, none is needed to go on.
fn lock(target: &Path, path: PathBuf) -> Result<(PathBuf, File), Error> {
    let file = File::options()
        .create(true)
        .append(true)
        .open(&path)
        .map_err(|error| Error::report(target, &format!("cannot be written here: {error}")))?;
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => Err(Error::report(target, &"is being written by another run of marsad")),
        Ok(()) | Err(TryLockError::Error(_)) => Ok((path, file)),
    }
}

/// What is looked at of a manifest; the rest, which has a line for each file of the corpus, is passed over.
#[derive(Deserialize)]
struct Made {
    /// Who wrote it.
    generator: Maker,
}

/// Who wrote a manifest.
#[derive(Deserialize)]
struct Maker {
    /// The program.
    name: String,
}

/// Whether a folder is a report of ours.
fn is_report(folder: &Path) -> bool {
    fs::read(folder.join(MANIFEST))
        .ok()
        .and_then(|text| serde_json::from_slice::<Made>(&text).ok())
        .is_some_and(|manifest| manifest.generator.name == MAKER)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Everything under `folder`, hidden things too, sorted.
    fn listing(folder: &Path) -> Vec<String> {
        let mut all: Vec<String> = walkdir::WalkDir::new(folder)
            .min_depth(1)
            .into_iter()
            .map(|entry| {
                entry
                    .unwrap()
                    .path()
                    .strip_prefix(folder)
                    .unwrap()
                    .to_string_lossy()
                    .replace('\\', "/")
            })
            .collect();
        all.sort();
        all
    }

    /// Makes a report whose one file says `what`.
    fn report(folder: &Path, what: &str) {
        fs::create_dir_all(folder).unwrap();
        fs::write(folder.join(MANIFEST), r#"{"generator":{"name":"marsad"}}"#).unwrap();
        fs::write(folder.join(what), "").unwrap();
    }

    #[test]
    fn what_is_no_report_is_refused_and_not_touched() {
        let root = tempfile::tempdir().unwrap();
        let target = root.path().join("mine");
        fs::create_dir(&target).unwrap();
        fs::write(target.join("thesis.txt"), "years of work").unwrap();
        fs::write(target.join(MANIFEST), r#"{"name":"webapp"}"#).unwrap();
        let error = Site::prepare(&target).unwrap_err().to_string();
        assert!(error.contains("no marsad report") && error.contains("--out"), "{error}");
        fs::write(root.path().join("file"), "").unwrap();
        assert!(Site::check(&root.path().join("file")).is_err());
        assert_eq!(
            listing(root.path()),
            ["file", "mine", "mine/manifest.json", "mine/thesis.txt"]
        );
    }

    #[test]
    fn an_old_report_is_replaced_as_a_whole() {
        let root = tempfile::tempdir().unwrap();
        let target = root.path().join("2024-W04");
        report(&target, "old");
        let site = Site::prepare(&target).unwrap();
        report(site.root(), "new");
        assert_eq!(listing(&target), [MANIFEST, "old"]);
        assert_eq!(site.take_place().unwrap(), target.canonicalize().unwrap());
        assert_eq!(
            listing(root.path()),
            ["2024-W04", "2024-W04/manifest.json", "2024-W04/new"]
        );
    }

    #[test]
    fn a_dropped_site_leaves_nothing_and_the_old_report() {
        let root = tempfile::tempdir().unwrap();
        drop(Site::prepare(&root.path().join("deep/er/report")).unwrap());
        assert_eq!(listing(root.path()), Vec::<String>::new());
        let target = root.path().join("report");
        report(&target, "old");
        let site = Site::prepare(&target).unwrap();
        fs::write(site.root().join("half"), "").unwrap();
        drop(site);
        assert_eq!(listing(root.path()), ["report", "report/manifest.json", "report/old"]);
    }

    #[test]
    fn what_interrupted_runs_left_is_cleared_and_the_old_report_comes_back() {
        let root = tempfile::tempdir().unwrap();
        let target = root.path().join("report");
        report(&root.path().join(".report.marsad-old"), "old");
        report(&root.path().join(".report.marsad-new"), "half");
        report(&root.path().join(".report.marsad-gone"), "older");
        report(&root.path().join(".report2.marsad-new"), "of another report");
        drop(Site::prepare(&target).unwrap());
        let left = listing(root.path());
        assert!(left.contains(&"report/old".to_owned()), "{left:?}");
        assert_eq!(
            left.iter().filter(|path| path.contains(".report.")).count(),
            0,
            "{left:?}"
        );
        assert!(
            left.contains(&".report2.marsad-new/of another report".to_owned()),
            "{left:?}"
        );
    }

    #[test]
    fn two_runs_do_not_build_one_report() {
        let root = tempfile::tempdir().unwrap();
        let target = root.path().join("report");
        let first = Site::prepare(&target).unwrap();
        let error = Site::prepare(&target).unwrap_err().to_string();
        assert!(error.contains("another run"), "{error}");
        assert!(first.root().exists());
        drop(first);
        assert!(Site::prepare(&target).is_ok());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_to_a_report_stays_a_link() {
        let root = tempfile::tempdir().unwrap();
        report(&root.path().join("2024-W04"), "old");
        let link = root.path().join("latest");
        std::os::unix::fs::symlink("2024-W04", &link).unwrap();
        let site = Site::prepare(&link).unwrap();
        report(site.root(), "new");
        site.take_place().unwrap();
        assert!(link.is_symlink());
        assert_eq!(listing(&root.path().join("2024-W04")), [MANIFEST, "new"]);
    }
}
