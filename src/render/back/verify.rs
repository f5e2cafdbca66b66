//! Whether a report is still as it was written: every hash of its manifest is computed again.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs::File;
use std::io::Read as _;

use sha2::{Digest, Sha256};
use walkdir::WalkDir;

use super::Report;
use crate::error::Error;
use crate::render::site::MANIFEST;

/// What became of the files of a report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verification {
    /// Files that are as they were written.
    pub same: u64,
    /// Files that are not, with what is wrong, by path.
    pub differences: Vec<(String, &'static str)>,
}

impl Report {
    /// Hashes every file again.
    ///
    /// # Errors
    ///
    /// [`Error::Report`] where a file that is there cannot be read.
    pub fn verify(&self) -> Result<Verification, Error> {
        let mut found = Verification::default();
        let mut known = BTreeSet::from([MANIFEST.to_owned()]);
        for output in self.manifest["outputs"].as_array().into_iter().flatten() {
            let path = output["path"].as_str().unwrap_or_default();
            known.insert(path.to_owned());
            let place = self.dir.join(path);
            if !place.is_file() {
                found.differences.push((path.to_owned(), "is missing"));
                continue;
            }
            let wrong = |error: &dyn std::fmt::Display| Error::report(&place, error);
            let mut file = File::open(&place).map_err(|error| wrong(&error))?;
            let mut hash = Sha256::new();
            let mut room = vec![0; 1 << 16];
            loop {
                let read = file.read(&mut room).map_err(|error| wrong(&error))?;
                if read == 0 {
                    break;
                }
                hash.update(&room[..read]);
            }
            let hash = hash.finalize().iter().fold(String::new(), |mut text, byte| {
                let _ = write!(text, "{byte:02x}");
                text
            });
            if output["sha256"] == hash.as_str() {
                found.same += 1;
            } else {
                found.differences.push((path.to_owned(), "was changed"));
            }
        }
        for entry in WalkDir::new(&self.dir).sort_by_file_name() {
            let entry = entry.map_err(|error| Error::report(&self.dir, &error))?;
            let path = entry.path().strip_prefix(&self.dir).unwrap_or(entry.path());
            let path = path.to_string_lossy().replace('\\', "/");
            if entry.file_type().is_file() && !known.contains(&path) {
                found.differences.push((path, "was added"));
            }
        }
        found.differences.sort();
        Ok(found)
    }
}

impl Verification {
    /// A line for each difference, or one that says that there is none.
    #[must_use]
    pub fn shown(&self) -> String {
        let mut out = String::new();
        for (path, what) in &self.differences {
            let _ = writeln!(out, "{path} {what}");
        }
        let _ = match self.differences.len() {
            0 => writeln!(out, "{} files, all as they were written", self.same),
            count => writeln!(
                out,
                "{count} of {} files are not as they were written",
                self.same + count as u64
            ),
        };
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::site::MAKER;

    #[test]
    fn a_changed_a_missing_and_an_added_file_are_told() {
        let dir = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| std::fs::write(dir.path().join(name), text).unwrap();
        // The hashes are those of `printf a | sha256sum`.
        let hash = "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb";
        let outputs: Vec<_> = ["a.csv", "b.csv", "c.csv"]
            .map(|path| serde_json::json!({ "path": path, "sha256": hash }))
            .into();
        let manifest = serde_json::json!({ "generator": { "name": MAKER }, "outputs": outputs });
        write(MANIFEST, &manifest.to_string());
        write("a.csv", "a");
        write("b.csv", "b");
        write("d.csv", "a");
        let found = Report::open(dir.path()).unwrap().verify().unwrap();
        assert_eq!(found.same, 1);
        let told: Vec<(&str, &str)> = found
            .differences
            .iter()
            .map(|(path, what)| (path.as_str(), *what))
            .collect();
        assert_eq!(
            told,
            [
                ("b.csv", "was changed"),
                ("c.csv", "is missing"),
                ("d.csv", "was added")
            ]
        );
    }
}
