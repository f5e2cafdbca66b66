//! How often each term stands in the articles, and in those of each scope.
//!
//! The words of the documents come in part by part; [`Term`]s go out, sorted. The terms of each part are counted alone (`part`) and laid on shelves by their hash;
//! those of parts that came one after the other are put together (`together`), and then all are added up shelf by shelf (`gather`). So no more is held at once than
//! the words of a part and the terms of a shelf, but for the terms that reach the floor; rare words are most.

mod gather;
mod part;
mod row;
mod together;

use std::collections::BTreeMap;

use self::gather::Terms;
use self::part::count_part;
use self::together::{Source, join};
use super::parts::{Name, Numbers, Parts, keep_all, pack};
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
    let documents = parts.documents();
    let all = Name::of("terms").and(&pack(&counted.scopes)?);
    let singles: Vec<Source> = (0..)
        .zip(&documents)
        .map(|(place, part)| {
            let name = name(all.clone(), &Numbers::new(&part.runs), counted.places);
            Source::part(place, part.number, name)
        })
        .collect();
    let count = |place: usize| {
        let part = &singles[place];
        if !part.is_kept(parts) {
            let shelves = count_part(&*parts.part(place), counted)?;
            keep_all(parts, part.of, part.name, &shelves)?;
        }
        Ok(())
    };
    parts.each(singles.len(), count, |done: Result<(), Error>| done)?;
    let sources = join(singles, parts, counted)?;
    let add_up = |shelf: usize| {
        let mut terms = Terms::new(counted.languages);
        for source in &sources {
            source.add_to(&mut terms, shelf, parts, counted)?;
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
