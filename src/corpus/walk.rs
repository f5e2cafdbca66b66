//! Finds the files of the corpus. Settings in, a sorted list of files out; it opens none of them.
//!
//! Every file below a root is listed. Those that are no documents by decision (hidden, settings in use, excluded, reports of marsad
//! itself) are listed too, with the reason, so that the account of a run is complete.

use std::collections::{BTreeSet, HashSet};
use std::ffi::{OsStr, OsString};
use std::path::{Component, MAIN_SEPARATOR, Path, PathBuf};
use std::sync::Arc;

use globset::{Glob, GlobSet, GlobSetBuilder};
use walkdir::{DirEntry, WalkDir};

use super::folders::{self, Folders, shown};
use crate::error::Error;
use crate::settings::CorpusSettings;

/// One file of the corpus, not yet opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// The path to open; `-` is standard input.
    pub path: PathBuf,
    /// Path relative to its root, with `/`; with several roots it begins with the root's name.
    pub file: Arc<str>,
    /// Size on disk in bytes; 0 for standard input.
    pub bytes: u64,
    /// Time of last change in nanoseconds since 1970; `None` where the system does not tell. It never dates a document.
    pub modified: Option<i64>,
    /// Why it is no document: `hidden`, `settings`, `excluded`, `report`, `loop`, `special`; `None` for what is to be read.
    pub ignored: Option<&'static str>,
}

/// Lists the files below the roots of `settings`, sorted by [`SourceFile::file`].
///
/// A hidden, excluded or report folder is one ignored entry and is not walked into. Symbolic links are followed. A file that two roots
/// reach is listed once.
///
/// # Errors
///
/// A root that does not exist, and a glob of `exclude` that cannot be read.
pub fn walk(settings: &CorpusSettings) -> Result<Vec<SourceFile>, Error> {
    walk_on(settings, 1)
}

/// The same, with so many threads that look at the files.
///
/// # Errors
///
/// As [`walk`].
pub fn walk_on(settings: &CorpusSettings, threads: usize) -> Result<Vec<SourceFile>, Error> {
    let rules = Rules::new(settings)?;
    let mut found: Vec<SourceFile> = Vec::new();
    let mut links = false;
    for (root, prefix) in settings.roots.iter().zip(prefixes(&settings.roots)) {
        if root.as_os_str() == "-" {
            found.push(SourceFile {
                path: root.clone(),
                file: "stdin".into(),
                bytes: 0,
                modified: None,
                ignored: None,
            });
            continue;
        }
        if !root.exists() {
            return Err(Error::corpus(root, &"there is no such file or folder"));
        }
        let folders = Folders {
            rules: &rules,
            prefix: &prefix,
            threads,
        };
        if let Some(files) = folders.list(root) {
            found.extend(files);
        } else {
            links |= walk_root(root, &prefix, &rules, &mut found);
        }
    }
    // Below one root and without links every path is another file.
    if links || settings.roots.len() > 1 {
        let mut resolver = Resolver::default();
        let mut seen = HashSet::with_capacity(found.len());
        found.retain(|source| seen.insert(resolver.resolve(&source.path)));
    }
    found.sort_by(|a, b| a.file.cmp(&b.file));
    found.dedup_by(|later, earlier| {
        let same = later.file == earlier.file;
        if same {
            std::mem::swap(later, earlier);
        }
        same
    });
    Ok(found)
}

/// Finds where paths really lie. Folders are resolved once for the files that follow each other in them.
#[derive(Default)]
struct Resolver {
    /// The folder of the last file, as it was met and as it is.
    folder: Option<(PathBuf, PathBuf)>,
}

impl Resolver {
    /// The path without links; the path itself where it cannot be resolved.
    fn resolve(&mut self, path: &Path) -> PathBuf {
        let whole = || std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else {
            return whole();
        };
        if folder.as_os_str().is_empty() || path.is_symlink() {
            return whole();
        }
        if self.folder.as_ref().is_none_or(|(met, _)| met != folder) {
            let Ok(real) = std::fs::canonicalize(folder) else {
                return whole();
            };
            self.folder = Some((folder.to_owned(), real));
        }
        self.folder.as_ref().map_or_else(whole, |(_, real)| real.join(name))
    }
}

/// What makes a path no document.
pub(super) struct Rules {
    /// The `exclude` globs.
    exclude: GlobSet,
    /// Settings file and watchlists in use, resolved.
    settings: BTreeSet<PathBuf>,
    /// Their names.
    names: BTreeSet<OsString>,
}

impl Rules {
    /// The rules of these settings.
    pub(super) fn new(settings: &CorpusSettings) -> Result<Self, Error> {
        let mut exclude = GlobSetBuilder::new();
        for pattern in &settings.exclude {
            let plain = pattern.strip_prefix("./").unwrap_or(pattern).trim_end_matches('/');
            exclude.add(Glob::new(plain).map_err(|wrong| Error::Settings(format!("exclude: {wrong}")))?);
        }
        let exclude = exclude
            .build()
            .map_err(|wrong| Error::Settings(format!("exclude: {wrong}")))?;
        let settings: BTreeSet<PathBuf> = settings
            .not_documents
            .iter()
            .filter_map(|path| std::fs::canonicalize(path).ok())
            .collect();
        let names = settings
            .iter()
            .filter_map(|path| path.file_name().map(OsStr::to_owned))
            .collect();
        Ok(Self {
            exclude,
            settings,
            names,
        })
    }

    /// Why the entry at `path`, `relative` to its root, is no document.
    pub(super) fn ignored(&self, path: &Path, relative: &str, folder: bool, link: bool) -> Option<&'static str> {
        let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
        if hidden(&name) {
            return Some("hidden");
        }
        if self.exclude.is_match(relative) {
            return Some("excluded");
        }
        if folder {
            let report = path.join("manifest.json").is_file()
                && path.join("datapackage.json").is_file()
                && path.join("evidence").is_dir();
            return report.then_some("report");
        }
        let known = || std::fs::canonicalize(path).is_ok_and(|path| self.settings.contains(&path));
        let named = link || path.file_name().is_some_and(|name| self.names.contains(name));
        (named && known()).then_some("settings")
    }
}

/// Whether a name is hidden, or left behind by an operating system or office program.
fn hidden(name: &str) -> bool {
    name.starts_with('.')
        || name.starts_with("~$")
        || matches!(name, "desktop.ini" | "Desktop.ini" | "__MACOSX" | "Icon\r")
}

/// Adds the files of one root; says whether any link was followed.
pub(super) fn walk_root(root: &Path, prefix: &str, rules: &Rules, files: &mut Vec<SourceFile>) -> bool {
    let mut links = false;
    let mut entries = WalkDir::new(root).follow_links(true).sort_by_file_name().into_iter();
    while let Some(entry) = entries.next() {
        match entry {
            Ok(entry) => {
                let folder = entry.file_type().is_dir();
                let link = entry.path_is_symlink();
                links |= link;
                let relative = relative(root, entry.path());
                let ignored = if entry.depth() == 0 {
                    None
                } else {
                    rules.ignored(entry.path(), &relative, folder, link)
                };
                if folder {
                    if ignored.is_none() {
                        continue;
                    }
                    entries.skip_current_dir();
                }
                files.push(source(&entry, prefix, &relative, ignored));
            }
            // A link that leads nowhere or a closed folder is listed, and found unreadable when it is opened.
            Err(trouble) => {
                let path = trouble.path().unwrap_or(root);
                let relative = relative(root, path);
                let ignored = rules
                    .ignored(path, &relative, false, true)
                    .or(trouble.loop_ancestor().map(|_| "loop"));
                let file = format!("{prefix}{relative}").into();
                files.push(SourceFile {
                    path: path.to_owned(),
                    file,
                    bytes: 0,
                    modified: None,
                    ignored,
                });
            }
        }
    }
    links
}

/// An entry as a source file.
fn source(entry: &DirEntry, prefix: &str, relative: &str, ignored: Option<&'static str>) -> SourceFile {
    let meta = entry.metadata().ok();
    let special = entry.depth() > 0 && !entry.file_type().is_file() && !entry.file_type().is_dir();
    folders::source(
        entry.path().to_owned(),
        format!("{prefix}{relative}"),
        meta.as_ref(),
        ignored.or(special.then_some("special")),
    )
}

/// `path` below `root`, with `/`; the name of the file where `path` is the root itself.
fn relative(root: &Path, path: &Path) -> String {
    let below = path.strip_prefix(root).unwrap_or(path);
    if below.as_os_str().is_empty() {
        return shown(path.file_name().unwrap_or(path.as_os_str())).into_owned();
    }
    if let Some(text) = below.to_str().filter(|_| MAIN_SEPARATOR == '/') {
        return text.to_owned();
    }
    let parts: Vec<_> = below.components().map(|part| shown(part.as_os_str())).collect();
    parts.join("/")
}

/// What stands before the paths of each root: nothing for a lone root, else its name and `/`, made unique by the names of its parents.
fn prefixes(roots: &[PathBuf]) -> Vec<String> {
    if roots.len() < 2 {
        return vec![String::new(); roots.len()];
    }
    let names: Vec<Vec<String>> = roots.iter().map(|root| names(root)).collect();
    let tail = |names: &[String], depth: usize| names[names.len().saturating_sub(depth)..].join("/");
    (0..roots.len())
        .map(|at| {
            let mut depth = 1;
            let own = &names[at];
            let twin =
                |depth| (0..roots.len()).any(|it| names[it] != *own && tail(&names[it], depth) == tail(own, depth));
            while depth < own.len() && twin(depth) {
                depth += 1;
            }
            let label = tail(own, depth);
            if roots[at].is_file() {
                // The name of a file is its relative path already: only what is needed above it goes before.
                label
                    .rsplit_once('/')
                    .map_or(String::new(), |(above, _)| format!("{above}/"))
            } else {
                format!("{label}/")
            }
        })
        .collect()
}

/// The names along a path, resolved only where it ends in no name (`.`, `..`).
fn names(root: &Path) -> Vec<String> {
    let whole = std::path::absolute(root).unwrap_or_else(|_| root.to_owned());
    let plain = root.components().all(|part| part != Component::ParentDir);
    let path = if plain {
        whole
    } else {
        std::fs::canonicalize(root).unwrap_or(whole)
    };
    path.components()
        .filter_map(|part| match part {
            Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn put(dir: &Path, files: &[&str]) {
        for file in files {
            let path = dir.join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "x").unwrap();
        }
    }

    fn listed(settings: &CorpusSettings) -> Vec<(String, Option<&'static str>)> {
        walk(settings)
            .unwrap()
            .into_iter()
            .map(|source| (source.file.to_string(), source.ignored))
            .collect()
    }

    fn roots(paths: &[PathBuf]) -> CorpusSettings {
        CorpusSettings {
            roots: paths.to_vec(),
            ..CorpusSettings::default()
        }
    }

    #[cfg(unix)]
    #[test]
    fn names_that_are_no_utf_8_stay_apart() {
        use std::os::unix::ffi::OsStrExt;
        assert_eq!(shown(OsStr::from_bytes(b"a\xff.txt")), "a\\xff.txt");
        assert_eq!(shown(OsStr::new("مقال.txt")), "مقال.txt");
        let dir = tempfile::tempdir().unwrap();
        for name in [b"a\xfe.txt", b"a\xff.txt"] {
            std::fs::write(dir.path().join(OsStr::from_bytes(name)), "x").unwrap();
        }
        assert_eq!(listed(&roots(&[dir.path().to_owned()])).len(), 2);
    }

    #[test]
    fn every_file_is_listed_and_hidden_folders_are_one_entry() {
        let dir = tempfile::tempdir().unwrap();
        put(
            dir.path(),
            &[
                "b/2.txt",
                "a.txt",
                ".git/x",
                ".git/y",
                "b/.DS_Store",
                "old/~$draft.docx",
            ],
        );
        assert_eq!(
            listed(&roots(&[dir.path().to_owned()])),
            [
                (".git".into(), Some("hidden")),
                ("a.txt".into(), None),
                ("b/.DS_Store".into(), Some("hidden")),
                ("b/2.txt".into(), None),
                ("old/~$draft.docx".into(), Some("hidden")),
            ]
        );
    }

    #[test]
    fn settings_globs_and_reports_are_no_documents() {
        let dir = tempfile::tempdir().unwrap();
        put(
            dir.path(),
            &[
                "marsad.toml",
                "drafts/1.txt",
                "drafts/deep/2.txt",
                "kept/drafts.txt",
                "notes/x.tmp",
            ],
        );
        put(
            dir.path(),
            &["out/manifest.json", "out/datapackage.json", "out/evidence/mentions.csv"],
        );
        let settings = CorpusSettings {
            exclude: vec!["drafts/**".into(), "*.tmp".into()],
            not_documents: vec![dir.path().join("marsad.toml")],
            ..roots(&[dir.path().to_owned()])
        };
        assert_eq!(
            listed(&settings),
            [
                ("drafts/1.txt".into(), Some("excluded")),
                ("drafts/deep".into(), Some("excluded")),
                ("kept/drafts.txt".into(), None),
                ("marsad.toml".into(), Some("settings")),
                ("notes/x.tmp".into(), Some("excluded")),
                ("out".into(), Some("report")),
            ]
        );
    }

    #[test]
    fn several_roots_are_told_apart_by_as_many_names_as_it_takes() {
        let dir = tempfile::tempdir().unwrap();
        put(dir.path(), &["x/press/1.txt", "y/press/1.txt", "z/loose.jsonl"]);
        let all = ["x/press", "y/press", "z/loose.jsonl"].map(|name| dir.path().join(name));
        let names: Vec<_> = listed(&roots(&all)).into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["loose.jsonl", "x/press/1.txt", "y/press/1.txt"]);
        // The same file by two roots is one file.
        assert_eq!(
            listed(&roots(&[dir.path().join("x"), dir.path().join("x/press")])).len(),
            1
        );
    }

    #[test]
    fn a_missing_root_and_a_broken_glob_are_errors() {
        let dir = tempfile::tempdir().unwrap();
        assert!(matches!(
            walk(&roots(&[dir.path().join("none")])),
            Err(Error::Corpus { .. })
        ));
        let settings = CorpusSettings {
            exclude: vec!["[".into()],
            ..roots(&[dir.path().to_owned()])
        };
        assert!(matches!(walk(&settings), Err(Error::Settings(_))));
    }

    #[test]
    fn standard_input_is_one_file() {
        assert_eq!(listed(&roots(&["-".into()])), [("stdin".to_owned(), None)]);
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_links_lead_to_is_listed_once_and_settings_are_known_by_any_name() {
        let dir = tempfile::tempdir().unwrap();
        put(dir.path(), &["real/1.txt", "real/2.txt", "marsad.toml"]);
        let link =
            |to: &str, name: &str| std::os::unix::fs::symlink(dir.path().join(to), dir.path().join(name)).unwrap();
        link("real", "again");
        link("real/1.txt", "one.txt");
        link("marsad.toml", "settings.txt");
        let settings = CorpusSettings {
            not_documents: vec![dir.path().join("marsad.toml")],
            ..roots(&[dir.path().to_owned()])
        };
        assert_eq!(
            listed(&settings),
            [
                ("again/1.txt".into(), None),
                ("again/2.txt".into(), None),
                ("marsad.toml".into(), Some("settings")),
            ]
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_link_to_nowhere_is_listed_and_a_loop_is_left() {
        let dir = tempfile::tempdir().unwrap();
        put(dir.path(), &["a/1.txt"]);
        std::os::unix::fs::symlink("nowhere", dir.path().join("dead.txt")).unwrap();
        std::os::unix::fs::symlink(dir.path(), dir.path().join("a/round")).unwrap();
        let found = listed(&roots(&[dir.path().to_owned()]));
        assert_eq!(
            found,
            [
                ("a/1.txt".into(), None),
                ("a/round".into(), Some("loop")),
                ("dead.txt".into(), None)
            ]
        );
    }
}
