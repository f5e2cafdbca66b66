//! Which outlet a document is from, under one name for all its spellings.
//!
//! The source field, the address and the folder of every document come in, with the outlets that the watchlists know; one number a
//! document and one name a number go out. It reads no text of an article and guesses nothing: without a field and an address, and in a
//! folder that no watchlist names, the outlet is `(unknown)`.

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write as _;

use crate::model::entity::SourceEntry;

/// The outlet of documents that name none and have no address.
pub(crate) const UNKNOWN: &str = "(unknown)";

/// What a record says of where it is from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Origin<'d> {
    /// Its source field.
    pub(crate) source: &'d str,
    /// Its address.
    pub(crate) url: &'d str,
    /// Its file.
    pub(crate) file: &'d str,
}

/// The outlets of a corpus.
#[derive(Debug)]
pub(crate) struct Outlets {
    /// Their names, in the order of their first document.
    pub(crate) names: Vec<String>,
    /// The outlet of every document, an index into `names`.
    pub(crate) of: Vec<u32>,
    /// Whether each is among those that were asked for; all are where none was.
    wanted: Vec<bool>,
}

impl Outlets {
    /// Finds the outlet of every document; `asked` is what `--source` names.
    pub(crate) fn find<'d>(
        origins: impl Iterator<Item = Origin<'d>>,
        entries: &[SourceEntry],
        asked: &[String],
    ) -> Self {
        let mut finder = Finder::new(entries);
        origins.for_each(|origin| finder.add(origin));
        finder.finish(asked)
    }

    /// The name of the outlet of a document.
    pub(crate) fn name(&self, doc: usize) -> &str {
        &self.names[self.of[doc] as usize]
    }

    /// Whether `--source` lets a document through.
    pub(crate) fn is_wanted(&self, doc: usize) -> bool {
        self.wanted[self.of[doc] as usize]
    }
}

/// Finds the outlets of documents that come one by one.
pub(crate) struct Finder<'a> {
    /// The outlets that the watchlists know.
    directory: Directory<'a>,
    /// The names found so far.
    names: Vec<String>,
    /// Their numbers, by the name in lower case.
    by_name: HashMap<String, u32>,
    /// The outlet of every pair of source and host that was met, and of every folder.
    by_origin: HashMap<String, u32>,
    /// Room for the next of them.
    origin: String,
    /// The outlet of every document.
    of: Vec<u32>,
}

impl<'a> Finder<'a> {
    /// None found yet.
    pub(crate) fn new(entries: &'a [SourceEntry]) -> Self {
        Self {
            directory: Directory::new(entries),
            names: Vec::new(),
            by_name: HashMap::new(),
            by_origin: HashMap::new(),
            origin: String::new(),
            of: Vec::new(),
        }
    }

    /// Finds the outlet of the next document.
    pub(crate) fn add(&mut self, Origin { source, url, file }: Origin<'_>) {
        let host = host(url);
        let is_silent = source.is_empty() && host.is_empty();
        let folder = if is_silent { folder(file) } else { "" };
        self.origin.clear();
        // The length tells where a host ends.
        let _ = if is_silent {
            write!(self.origin, "folder {folder}")
        } else {
            write!(self.origin, "{} {host}{source}", host.len())
        };
        let outlet = self.by_origin.get(&self.origin).copied().unwrap_or_else(|| {
            let name = self.directory.name(source, &host, folder);
            let next = u32::try_from(self.names.len()).expect("there are no more outlets than documents");
            let outlet = *self.by_name.entry(name.to_lowercase()).or_insert(next);
            if outlet == next {
                self.names.push(name);
            }
            self.by_origin.insert(self.origin.clone(), outlet);
            outlet
        });
        self.of.push(outlet);
    }

    /// The outlets; `asked` is what `--source` names.
    pub(crate) fn finish(self, asked: &[String]) -> Outlets {
        let asked: BTreeSet<String> = asked
            .iter()
            .map(|name| self.directory.name(name, "", "").to_lowercase())
            .collect();
        let wanted = self
            .names
            .iter()
            .map(|name| asked.is_empty() || asked.contains(&name.to_lowercase()))
            .collect();
        Outlets {
            names: self.names,
            of: self.of,
            wanted,
        }
    }
}

/// The outlets that the watchlists know, by every string that stands for them.
struct Directory<'a> {
    /// Folded strings: ids, names, matches, hosts.
    entries: HashMap<String, &'a SourceEntry>,
}

impl<'a> Directory<'a> {
    /// Of two outlets with the same string the first one has it.
    fn new(list: &'a [SourceEntry]) -> Self {
        let mut entries = HashMap::new();
        for entry in list {
            for text in entry.matches.iter().chain([&entry.name, &entry.id]) {
                entries.entry(fold(text)).or_insert(entry);
                if text.contains('.') {
                    entries.entry(host(text)).or_insert(entry);
                }
            }
        }
        entries.remove("");
        Self { entries }
    }

    /// What an outlet is called that a record names so, with an article at this host or, without either, in this folder.
    fn name(&self, source: &str, host_of_url: &str, folder: &str) -> String {
        let source = source.split_whitespace().collect::<Vec<_>>().join(" ");
        let is_address = source.contains("://") || (source.contains('.') && !source.contains(' '));
        let named = self.entries.get(&fold(&source)).copied();
        let hosted = || if is_address { self.hosted(&host(&source)) } else { None };
        if let Some(entry) = named.or_else(hosted).or_else(|| self.hosted(host_of_url)) {
            return entry.name.clone();
        }
        match (source.is_empty(), host_of_url) {
            (true, "") => self
                .filed(folder)
                .map_or_else(|| UNKNOWN.to_owned(), |entry| entry.name.clone()),
            (true, host) => host.to_owned(),
            (false, _) if source.contains("://") => host(&source),
            (false, _) => source,
        }
    }

    /// The outlet of a folder or of one that it lies in: a match that ends with a stroke, such as `oasis/`.
    fn filed(&self, folder: &str) -> Option<&'a SourceEntry> {
        let mut rest = folder;
        while let Some(inner) = rest.strip_suffix('/') {
            if let Some(entry) = self.entries.get(&fold(rest)) {
                return Some(entry);
            }
            rest = inner.rfind('/').map_or("", |stroke| &inner[..=stroke]);
        }
        None
    }

    /// The outlet of a host or of the domain that it is part of: `arabic.example.org`, then `example.org`.
    fn hosted(&self, host: &str) -> Option<&'a SourceEntry> {
        let mut domain = host;
        while domain.contains('.') {
            if let Some(entry) = self.entries.get(domain) {
                return Some(entry);
            }
            domain = domain.split_once('.').map_or("", |(_, rest)| rest);
        }
        None
    }
}

/// The folder of a file with its last stroke: `a/b/` of `a/b/c.txt`; empty at the top.
fn folder(file: &str) -> &str {
    file.rfind('/').map_or("", |stroke| &file[..=stroke])
}

/// A name as names are compared: lower case, single spaces.
fn fold(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// The host of an address in lower case, without user, port and `www.`; empty where there is none.
fn host(url: &str) -> String {
    let url = url.trim();
    let rest = url
        .split_once("://")
        .map_or_else(|| url.trim_start_matches('/'), |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    let host = host
        .split(':')
        .next()
        .unwrap_or_default()
        .trim_end_matches('.')
        .to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    if host.contains('.') {
        host.to_owned()
    } else {
        String::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(id: &str, matches: &[&str], name: &str) -> SourceEntry {
        SourceEntry {
            id: id.to_owned(),
            matches: matches.iter().map(|&text| text.to_owned()).collect(),
            name: name.to_owned(),
            country: String::new(),
            agency: false,
        }
    }

    #[test]
    fn hosts_are_cut_out_of_addresses() {
        for (url, expected) in [
            ("https://www.Example.ORG/2024/05/a?b#c", "example.org"),
            ("http://user@news.example.org:8080/", "news.example.org"),
            ("//example.org/a", "example.org"),
            ("example.org", "example.org"),
            ("", ""),
            ("file", ""),
            ("/local/path.html", ""),
        ] {
            let found = host(url);
            // A bare path that looks like a host cannot be told from one; only its first part is taken.
            assert_eq!(found, expected, "{url}");
        }
    }

    #[test]
    fn spellings_and_hosts_lead_to_one_name() {
        let list = [
            entry("radio-dune", &["radiodune.example", "Radio Dune Int."], "Radio Dune"),
            entry("dune-ar", &["ar.radiodune.example"], "دون"),
        ];
        let directory = Directory::new(&list);
        for (source, host, expected) in [
            ("RADIO  DUNE", "", "Radio Dune"),
            ("radio dune int.", "", "Radio Dune"),
            ("radio-dune", "", "Radio Dune"),
            ("www.radiodune.example", "", "Radio Dune"),
            ("https://radiodune.example/fr", "", "Radio Dune"),
            ("", "sport.radiodune.example", "Radio Dune"),
            ("", "ar.radiodune.example", "دون"),
            ("Some desk", "radiodune.example", "Radio Dune"),
            ("", "otherdune.example", "otherdune.example"),
            (" The  Oasis ", "oasis.example", "The Oasis"),
            ("https://www.oasis.example/x", "", "oasis.example"),
            ("", "", UNKNOWN),
        ] {
            assert_eq!(directory.name(source, host, ""), expected, "{source} at {host}");
        }
    }

    #[test]
    fn a_folder_names_the_outlet_of_those_that_name_none() {
        let list = [
            entry("oasis", &["oasis/"], "The Oasis"),
            entry("oasis-ar", &["oasis/ar/"], "الواحة"),
        ];
        let directory = Directory::new(&list);
        for (source, file, expected) in [
            ("", "oasis/2023-08-07/01.txt", "The Oasis"),
            ("", "oasis/ar/2023-08-07/01.txt", "الواحة"),
            ("", "old/oasis/01.txt", UNKNOWN),
            ("", "oasis.txt", UNKNOWN),
            ("Radio Dune", "oasis/02.txt", "Radio Dune"),
        ] {
            assert_eq!(directory.name(source, "", folder(file)), expected, "{source} in {file}");
        }
    }
}
