//! The terms of a shelf, added up.
//!
//! Rows of one part or of several come in; [`Term`]s or rows of all of them together go out.

use hashbrown::HashTable;

use super::row::{Counts, Row, Shelf};
use super::{Sums, Term};
use crate::error::Error;
use crate::model::language::Language;

/// The terms of a shelf under construction.
pub(super) struct Terms<'a> {
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
    pub(super) fn new(languages: &'a [Language]) -> Self {
        Self {
            languages,
            places: HashTable::new(),
            all: Vec::new(),
        }
    }

    /// Adds what a part has of a term.
    pub(super) fn add(&mut self, row: &Row<'_>) -> Result<(), Error> {
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
    pub(super) fn finish(self, floor: u64) -> Vec<Term> {
        let frequent = self.all.into_iter().filter(|term| term.sums.in_scopes >= floor);
        let term = |term: Gathered| Term {
            language: term.language,
            key: term.key,
            shown: shown(term.spellings),
            sums: term.sums,
        };
        frequent.map(term).collect()
    }

    /// All terms as rows, in the order in which they came.
    pub(super) fn into_rows(self) -> Result<Vec<u8>, Error> {
        let mut rows = Shelf::new(self.languages)?;
        for term in &self.all {
            let counts = Counts {
                hash: term.hash,
                language: term.language,
                key: &term.key,
                in_scopes: term.sums.in_scopes,
                occurrences: &term.sums.occurrences,
                articles: &term.sums.articles,
            };
            rows.push(&counts, term.spellings.iter().map(|(word, found)| (&**word, *found)))?;
        }
        Ok(rows.into_bytes())
    }
}

/// The most frequent spelling; of several the one that sorts first.
fn shown(spellings: Vec<(Box<str>, u64)>) -> Box<str> {
    let best = spellings
        .into_iter()
        .min_by(|(a, most), (b, other)| other.cmp(most).then_with(|| a.cmp(b)));
    best.map(|(spelling, _)| spelling).unwrap_or_default()
}
