//! How often each term stands in the articles, and in those of each scope.
//!
//! The words of the documents come in part by part; [`Term`]s go out, sorted. The terms of each part are counted alone (`part`) and laid on shelves by their hash;
//! then those of all parts are added up shelf by shelf. So no more is held at once than the words of a part and the terms of a shelf, but for the terms that reach
//! the floor; rare words are most.

mod part;

use std::collections::BTreeMap;

use hashbrown::HashTable;

use self::part::{Row, count_part, rows};
use super::parts::{Name, Numbers, Parts, pack};
use super::terms::roots;
use crate::error::Error;
use crate::model::language::Language;

/// Terms are laid on so many shelves.
const SHELVES: usize = 64;

/// So many scopes are counted at once.
pub(crate) const SCOPES: usize = 24;

/// What has to be known of a document.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Place {
    /// Whether it is looked at.
    pub(crate) counts: bool,
    /// Its language, a place in a list of languages.
    pub(crate) language: u16,
    /// The scopes that it belongs to, one bit each, of the lowest [`SCOPES`].
    pub(crate) scopes: u32,
}

/// In what terms are counted.
#[derive(Clone, Copy)]
pub(crate) struct Counted<'a> {
    /// What has to be known of each document.
    pub(crate) places: &'a [Place],
    /// The languages of the articles.
    pub(crate) languages: &'a [Language],
    /// What each bit of [`Place::scopes`] stands for.
    pub(crate) scopes: &'a [String],
}

/// A term with its counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Term {
    /// The place of its language.
    pub(crate) language: u16,
    /// What its spellings share.
    pub(crate) key: Box<str>,
    /// Its most frequent spelling.
    pub(crate) shown: Box<str>,
    /// Its counts.
    pub(crate) sums: Sums,
}

/// The counts of a term.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sums {
    /// Its occurrences in all articles of the language.
    pub(crate) all: u64,
    /// In articles of any scope.
    in_scopes: u64,
    /// In those of each scope, by its bit.
    pub(crate) occurrences: [u32; SCOPES],
    /// In how many of them; one that has a word both alone and after a proclitic without the article counts twice.
    pub(crate) articles: [u32; SCOPES],
}

impl Sums {
    /// Adds other occurrences.
    fn add(&mut self, other: &Self) {
        self.all += other.all;
        self.in_scopes += other.in_scopes;
        for (sum, more) in self.occurrences.iter_mut().zip(&other.occurrences) {
            *sum = sum.saturating_add(*more);
        }
        for (sum, more) in self.articles.iter_mut().zip(&other.articles) {
            *sum = sum.saturating_add(*more);
        }
    }
}

/// Counts the terms that occur at least `floor` times in the articles of some scope, all scopes together.
///
/// # Errors
///
/// Whatever reading the words fails with; [`Error::Analyse`] where they are of documents that there are not.
pub(crate) fn count_terms(parts: &impl Parts, counted: &Counted<'_>, floor: u64) -> Result<Vec<Term>, Error> {
    let documents: Vec<Numbers> = parts.documents().iter().map(|runs| Numbers::new(runs)).collect();
    let all = Name::of("terms").and(&pack(&counted.scopes)?);
    let names: Vec<u128> = documents
        .iter()
        .map(|numbers| name(all.clone(), numbers, counted.places))
        .collect();
    let count = |place: usize| {
        // What lies on the last shelf was kept whole, as what lies on the others.
        if parts.kept(place, names[place], SHELVES - 1).is_none() {
            parts.keep(place, names[place], &count_part(&*parts.part(place), counted)?)?;
        }
        Ok(())
    };
    parts.each(names.len(), count, |done: Result<(), Error>| done)?;
    let add_up = |shelf: usize| {
        let mut terms = Terms::new(counted.languages);
        for (place, &name) in names.iter().enumerate() {
            let bytes = match parts.kept(place, name, shelf) {
                Some(bytes) => bytes,
                None => count_part(&*parts.part(place), counted)?.swap_remove(shelf),
            };
            for row in rows(&bytes)? {
                terms.add(&row?)?;
            }
        }
        Ok(terms.finish(floor))
    };
    let mut found: Vec<BTreeMap<Box<str>, Term>> = counted.languages.iter().map(|_| BTreeMap::new()).collect();
    parts.each(SHELVES, add_up, |terms: Result<Vec<Term>, Error>| {
        for term in terms? {
            found[usize::from(term.language)].insert(term.key.clone(), term);
        }
        Ok(())
    })?;
    if let Some(arabic) = counted.languages.iter().position(|language| *language == Language::AR) {
        join_proclitics(&mut found[arabic]);
    }
    Ok(found.into_iter().flat_map(BTreeMap::into_values).collect())
}

/// The name of the terms of a part: of the scopes, and of what is looked at in which of them. The languages of its documents are its own.
fn name(all: Name, numbers: &Numbers, places: &[Place]) -> u128 {
    let meant = numbers.iter().flat_map(|doc| {
        let Place { counts, scopes, .. } = places.get(doc as usize).copied().unwrap_or_default();
        (scopes << 1 | u32::from(counts)).to_le_bytes()
    });
    all.and(&meant.collect::<Vec<_>>()).finish()
}

/// The terms of a shelf under construction.
struct Terms<'a> {
    /// The languages.
    languages: &'a [Language],
    /// The places in `all` by hash.
    places: HashTable<usize>,
    /// The terms.
    all: Vec<Gathered>,
}

/// A term under construction.
#[derive(Debug)]
struct Gathered {
    /// The hash of language and key.
    hash: u64,
    /// The place of its language.
    language: u16,
    /// What its spellings share.
    key: Box<str>,
    /// Its spellings with their occurrences in all articles.
    spellings: Vec<(Box<str>, u64)>,
    /// Its counts.
    sums: Sums,
}

impl<'a> Terms<'a> {
    /// None yet.
    fn new(languages: &'a [Language]) -> Self {
        Self {
            languages,
            places: HashTable::new(),
            all: Vec::new(),
        }
    }

    /// Adds what a part has of a term.
    fn add(&mut self, row: &Row<'_>) -> Result<(), Error> {
        let Some(language) = self.languages.iter().position(|one| *one == row.language) else {
            let why = format!("no article is in the language {} of a word", row.language);
            return Err(Error::Analyse(why));
        };
        let language = u16::try_from(language).unwrap_or(u16::MAX);
        let all = &mut self.all;
        let found = self
            .places
            .find(row.hash, |&at| all[at].language == language && *all[at].key == *row.key);
        let at = if let Some(&at) = found {
            at
        } else {
            all.push(Gathered {
                hash: row.hash,
                language,
                key: row.key.into(),
                spellings: Vec::new(),
                sums: Sums::default(),
            });
            let at = all.len() - 1;
            self.places.insert_unique(row.hash, at, |&at| all[at].hash);
            at
        };
        let Gathered { sums, spellings, .. } = &mut all[at];
        row.add_to(sums, spellings)
    }

    /// The terms that reach the floor.
    fn finish(self, floor: u64) -> Vec<Term> {
        let frequent = self.all.into_iter().filter(|term| term.sums.in_scopes >= floor);
        let term = |term: Gathered| Term {
            language: term.language,
            key: term.key,
            shown: shown(term.spellings),
            sums: term.sums,
        };
        frequent.map(term).collect()
    }
}

/// The most frequent spelling; of several the one that sorts first.
fn shown(spellings: Vec<(Box<str>, u64)>) -> Box<str> {
    let best = spellings
        .into_iter()
        .min_by(|(a, most), (b, other)| other.cmp(most).then_with(|| a.cmp(b)));
    best.map(|(spelling, _)| spelling).unwrap_or_default()
}

/// Adds what stands after a proclitic to the word itself.
fn join_proclitics(terms: &mut BTreeMap<Box<str>, Term>) {
    let counts: BTreeMap<&str, u64> = terms.iter().map(|(key, term)| (&**key, term.sums.all)).collect();
    for (key, root) in roots(&counts) {
        let Some(from) = terms.remove(key.as_str()) else {
            continue;
        };
        if let Some(to) = terms.get_mut(root.as_str()) {
            to.sums.add(&from.sums);
        }
    }
}
