//! The counts of a term as bytes.
//!
//! What was counted of a term in one part or in several comes in and lies on a shelf as a row; rows come out. A row is made of numbers in as few bytes as can be:
//! there are a million of them in a large corpus.

use serde::{Deserialize, Serialize};

use super::super::parts::{pack, unreadable};
use super::{SCOPES, SHELVES, Sums};
use crate::error::Error;
use crate::model::language::Language;

/// What was counted of a term.
#[derive(Debug)]
pub(super) struct Row<'a> {
    /// The hash of the term.
    pub(super) hash: u64,
    /// The language of the articles.
    pub(super) language: Language,
    /// What its spellings share.
    pub(super) key: &'a str,
    /// Its counts.
    rest: &'a [u8],
}

/// A row as it lies, after its hash in eight bytes.
#[derive(Serialize, Deserialize)]
struct Lying<'a> {
    /// The place of the language among those of the shelf.
    language: u16,
    /// The key.
    #[serde(borrow)]
    key: &'a str,
    /// Occurrences in articles of any scope, the bits of the scopes, and for each of them the occurrences and the articles; then the spellings, each with its
    /// occurrences in all articles. See [`put_counts`].
    #[serde(borrow)]
    rest: &'a [u8],
}

impl Row<'_> {
    /// Adds its counts to those of other parts.
    pub(super) fn add_to(&self, sums: &mut Sums, spellings: &mut Vec<(Box<str>, u64)>) -> Result<(), Error> {
        let mut left = self.rest;
        let mut scopes: u32 = take(&mut left)?;
        if scopes != 0 {
            sums.in_scopes += take::<u64>(&mut left)?;
        }
        while scopes != 0 {
            let bit = scopes.trailing_zeros() as usize;
            scopes &= scopes - 1;
            let (Some(occurrences), Some(articles)) = (sums.occurrences.get_mut(bit), sums.articles.get_mut(bit))
            else {
                return Err(Error::Analyse(format!(
                    "a word is counted in scope {bit}, which there is not"
                )));
            };
            let twice: u64 = take(&mut left)?;
            let found = u32::try_from(twice / 2).unwrap_or(u32::MAX);
            *occurrences = occurrences.saturating_add(found);
            let in_articles = if twice.is_multiple_of(2) {
                found
            } else {
                take(&mut left)?
            };
            *articles = articles.saturating_add(in_articles);
        }
        while !left.is_empty() {
            let spelling: &str = take(&mut left)?;
            let spelling = if spelling.is_empty() { self.key } else { spelling };
            let occurrences: u64 = take(&mut left)?;
            sums.all += occurrences;
            match spellings.iter_mut().find(|(known, _)| **known == *spelling) {
                Some((_, sum)) => *sum += occurrences,
                None => spellings.push((spelling.into(), occurrences)),
            }
        }
        Ok(())
    }
}

/// What is to lie in a row.
#[derive(Clone, Copy)]
pub(super) struct Counts<'a> {
    /// The hash of the term.
    pub(super) hash: u64,
    /// The place of its language.
    pub(super) language: u16,
    /// What its spellings share.
    pub(super) key: &'a str,
    /// Its occurrences in articles of any scope.
    pub(super) in_scopes: u64,
    /// In those of each scope.
    pub(super) occurrences: &'a [u32; SCOPES],
    /// In how many articles of each scope.
    pub(super) articles: &'a [u32; SCOPES],
}

/// Rows that lie on a shelf, after the languages that they tell of.
pub(super) struct Shelf {
    /// The bytes so far.
    bytes: Vec<u8>,
    /// The counts of a row.
    rest: Vec<u8>,
}

impl Shelf {
    /// An empty one, for terms of these languages.
    pub(super) fn new(languages: &[Language]) -> Result<Self, Error> {
        Ok(Self {
            bytes: pack(&languages)?,
            rest: Vec::new(),
        })
    }

    /// Adds the counts of a term with its spellings, each with its occurrences in all articles.
    pub(super) fn push<'s>(
        &mut self,
        counts: &Counts<'_>,
        spellings: impl Iterator<Item = (&'s str, u64)>,
    ) -> Result<(), Error> {
        self.rest.clear();
        put_counts(&mut self.rest, counts, spellings)?;
        self.bytes.extend_from_slice(&counts.hash.to_le_bytes());
        let lying = Lying {
            language: counts.language,
            key: counts.key,
            rest: &self.rest,
        };
        put(&mut self.bytes, &lying)
    }

    /// What lies on it.
    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}

/// Puts counts into bytes. Where each occurrence is in an article of its own, the articles are not told; a spelling that is the key is empty.
fn put_counts<'s>(
    out: &mut Vec<u8>,
    counts: &Counts<'_>,
    spellings: impl Iterator<Item = (&'s str, u64)>,
) -> Result<(), Error> {
    let in_scopes = || {
        (0..)
            .zip(counts.occurrences.iter().zip(counts.articles))
            .filter(|(_, (found, _))| **found > 0)
    };
    let scopes = in_scopes().fold(0_u32, |scopes, (bit, _)| scopes | 1 << bit);
    put(out, &scopes)?;
    if scopes != 0 {
        put(out, &counts.in_scopes)?;
    }
    for (_, (&occurrences, &articles)) in in_scopes() {
        let differ = occurrences != articles;
        put(out, &(2 * u64::from(occurrences) + u64::from(differ)))?;
        if differ {
            put(out, &articles)?;
        }
    }
    for (spelling, occurrences) in spellings {
        put(out, &if spelling == counts.key { "" } else { spelling })?;
        put(out, &occurrences)?;
    }
    Ok(())
}

/// Adds a value to bytes.
fn put(out: &mut Vec<u8>, value: &impl Serialize) -> Result<(), Error> {
    *out = postcard::to_extend(value, std::mem::take(out)).map_err(unreadable)?;
    Ok(())
}

/// Takes a value from the beginning of bytes.
fn take<'a, T: Deserialize<'a>>(left: &mut &'a [u8]) -> Result<T, Error> {
    let (value, rest) = postcard::take_from_bytes(left).map_err(unreadable)?;
    *left = rest;
    Ok(value)
}

/// Takes a hash from the beginning of bytes.
fn take_hash(left: &mut &[u8]) -> Result<u64, Error> {
    let (hash, rest) = left
        .split_first_chunk()
        .ok_or_else(|| unreadable(postcard::Error::DeserializeUnexpectedEnd))?;
    *left = rest;
    Ok(u64::from_le_bytes(*hash))
}

/// The rows of a shelf.
pub(super) fn rows(mut left: &[u8]) -> Result<impl Iterator<Item = Result<Row<'_>, Error>>, Error> {
    let languages: Vec<Language> = take(&mut left)?;
    Ok(std::iter::from_fn(move || {
        if left.is_empty() {
            return None;
        }
        let row = take_hash(&mut left).and_then(|hash| Ok((hash, take(&mut left)?)));
        let row = row.map(|(hash, row): (u64, Lying<'_>)| Row {
            hash,
            language: languages
                .get(usize::from(row.language))
                .copied()
                .unwrap_or(Language::UND),
            key: row.key,
            rest: row.rest,
        });
        if row.is_err() {
            left = &[];
        }
        Some(row)
    }))
}

/// The shelf of a term, by bits of its hash that tables do not look at first.
pub(super) fn shelf_of(hash: u64) -> usize {
    (hash >> 32) as usize % SHELVES
}
