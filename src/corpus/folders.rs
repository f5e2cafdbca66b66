//! Lists a root that holds nothing but folders and files, which is the common case: a root in, its files out. It opens none of them.
//!
//! Without links no folder can be met twice, so each is read once, and its files are looked at by their names in it, on several threads where there are many.
//! What has links, pipes or folders that cannot be read is left to the walk that knows what to do with them.

use std::borrow::Cow;
use std::ffi::OsStr;
use std::fmt::Write;
use std::fs::{DirEntry, Metadata, read_dir};
use std::io;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::UNIX_EPOCH;

use super::walk::{Rules, SourceFile};

/// So many files of a folder are worth another thread.
const MANY: usize = 512;

/// A root that is listed.
pub(super) struct Folders<'a> {
    /// What is no document.
    pub(super) rules: &'a Rules,
    /// What stands before the paths of the root.
    pub(super) prefix: &'a str,
    /// So many threads look at files.
    pub(super) threads: usize,
}

/// A folder that is to be read: its path, and the same below its root with `/` after it.
type Folder = (PathBuf, String);

impl Folders<'_> {
    /// Every file below `root`, folder by folder; `None` where there is anything but folders and files.
    pub(super) fn list(&self, root: &Path) -> Option<Vec<SourceFile>> {
        if !root.symlink_metadata().is_ok_and(|root| root.is_dir()) {
            return None;
        }
        let mut found = Vec::new();
        let mut to_read: Vec<Folder> = vec![(root.to_owned(), String::new())];
        while let Some(folder) = to_read.pop() {
            self.read(&folder, &mut found, &mut to_read).ok()?;
        }
        Some(found)
    }

    /// Reads one folder; an error where it holds anything but folders and files.
    fn read(&self, (path, above): &Folder, found: &mut Vec<SourceFile>, to_read: &mut Vec<Folder>) -> io::Result<()> {
        let mut files = Vec::new();
        let first = to_read.len();
        for entry in read_dir(path)? {
            let entry = entry?;
            let kind = entry.file_type()?;
            if kind.is_file() {
                files.push(entry);
            } else if kind.is_dir() {
                let path = entry.path();
                let below = self.below(above, &path);
                if let Some(why) = self.rules.ignored(&path, &below[self.prefix.len()..], true, false) {
                    found.push(source(path, below, entry.metadata().ok().as_ref(), Some(why)));
                } else {
                    to_read.push((path, below[self.prefix.len()..].to_owned() + "/"));
                }
            } else {
                return Err(io::ErrorKind::Unsupported.into());
            }
        }
        // Folders are taken from the end, and so in their order.
        to_read[first..].sort_by(|a, b| b.cmp(a));
        let start = found.len();
        let look = |files: &[DirEntry]| {
            let mut looked: Vec<SourceFile> = files.iter().map(|file| self.look(above, file)).collect();
            looked.sort_by(|a, b| a.file.cmp(&b.file));
            looked
        };
        let per_thread = files.len().div_ceil(self.threads.clamp(1, files.len() / MANY + 1));
        if let Some((own, others)) = files
            .split_at_checked(per_thread)
            .filter(|(_, others)| !others.is_empty())
        {
            thread::scope(|scope| {
                let others: Vec<_> = others
                    .chunks(per_thread)
                    .map(|files| scope.spawn(move || look(files)))
                    .collect();
                found.extend(look(own));
                for other in others {
                    found.extend(other.join().unwrap_or_else(|panic| resume_unwind(panic)));
                }
            });
        } else {
            found.extend(look(&files));
        }
        found[start..].sort_by(|a, b| a.file.cmp(&b.file));
        Ok(())
    }

    /// Looks at a file.
    fn look(&self, above: &str, file: &DirEntry) -> SourceFile {
        let path = file.path();
        let below = self.below(above, &path);
        let ignored = self.rules.ignored(&path, &below[self.prefix.len()..], false, false);
        source(path, below, file.metadata().ok().as_ref(), ignored)
    }

    /// The prefix and the path below the root.
    fn below(&self, above: &str, path: &Path) -> String {
        let name = path.file_name().map(shown).unwrap_or_default();
        let mut below = String::with_capacity(self.prefix.len() + above.len() + name.len());
        below.push_str(self.prefix);
        below.push_str(above);
        below.push_str(&name);
        below
    }
}

/// A file or an ignored folder as a source file.
pub(super) fn source(
    path: PathBuf,
    file: String,
    meta: Option<&Metadata>,
    ignored: Option<&'static str>,
) -> SourceFile {
    SourceFile {
        path,
        file: file.into(),
        bytes: meta.filter(|meta| meta.is_file()).map_or(0, Metadata::len),
        modified: meta.and_then(modified),
        ignored,
    }
}

/// The time of the last change, as [`SourceFile::modified`] has it.
fn modified(meta: &Metadata) -> Option<i64> {
    let since = meta.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    i64::try_from(since.as_nanos()).ok()
}

/// A name as text. Bytes that are no UTF-8 are written `\xff`, so that two files never share a name.
pub(super) fn shown(name: &OsStr) -> Cow<'_, str> {
    if let Some(name) = name.to_str() {
        return Cow::Borrowed(name);
    }
    let mut text = String::new();
    for chunk in name.as_encoded_bytes().utf8_chunks() {
        text.push_str(chunk.valid());
        for byte in chunk.invalid() {
            // Writing to a String cannot fail.
            let _ = write!(text, "\\x{byte:02x}");
        }
    }
    Cow::Owned(text)
}

#[cfg(test)]
mod tests {
    use super::super::walk::walk_root;
    use super::*;
    use crate::settings::CorpusSettings;

    #[test]
    fn folders_are_listed_as_the_longer_walk_lists_them() {
        let dir = tempfile::tempdir().unwrap();
        let put = |file: &str| {
            let path = dir.path().join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, file).unwrap();
        };
        for number in 0..2 * MANY {
            put(&format!("many/{number}.txt"));
        }
        for file in [
            "a.txt",
            "a/b/c.txt",
            "a/.git/x",
            "a/.hidden",
            "b/قمح.txt",
            "drafts/1.txt",
            "b-c.txt",
        ] {
            put(file);
        }
        for file in ["out/manifest.json", "out/datapackage.json", "out/evidence/mentions.csv"] {
            put(file);
        }
        let rules = Rules::new(&CorpusSettings {
            exclude: vec!["drafts".to_owned()],
            ..CorpusSettings::default()
        })
        .unwrap();
        for prefix in ["", "press/"] {
            let mut expected = Vec::new();
            assert!(!walk_root(dir.path(), prefix, &rules, &mut expected));
            expected.sort_by(|a, b| a.file.cmp(&b.file));
            for threads in [1, 2, 5] {
                let folders = Folders {
                    rules: &rules,
                    prefix,
                    threads,
                };
                let mut listed = folders.list(dir.path()).unwrap();
                listed.sort_by(|a, b| a.file.cmp(&b.file));
                assert_eq!(listed, expected);
            }
        }
    }

    #[cfg(unix)]
    #[test]
    fn what_holds_a_link_and_what_is_no_folder_is_left() {
        let dir = tempfile::tempdir().unwrap();
        let rules = Rules::new(&CorpusSettings::default()).unwrap();
        let folders = Folders {
            rules: &rules,
            prefix: "",
            threads: 2,
        };
        std::fs::write(dir.path().join("a.txt"), "a").unwrap();
        assert_eq!(folders.list(dir.path()).map(|files| files.len()), Some(1));
        assert_eq!(folders.list(&dir.path().join("a.txt")), None);
        std::os::unix::fs::symlink("a.txt", dir.path().join("b.txt")).unwrap();
        assert_eq!(folders.list(dir.path()), None);
    }
}
