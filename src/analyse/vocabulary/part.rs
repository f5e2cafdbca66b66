//! The terms of one part, counted and put into bytes.
//!
//! The words of a part come in with what is known of its documents; rows go out, one a term, on the shelf that its hash says. A row is made of numbers in as few
//! bytes as can be: there are a million of them in a large corpus.

use std::sync::Arc;

use hashbrown::HashTable;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::super::parts::{Part, pack, unreadable};
use super::super::terms::key_of;
use super::{Counted, Place, SCOPES, SHELVES, Sums};
use crate::error::Error;
use crate::model::language::Language;

/// A word whose term has not been looked up.
const NEW: u32 = u32::MAX;

/// What a part has of a term.
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
    /// The place of the language among those of the part.
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
            sums.in_scopes += u64::from(take::<u32>(&mut left)?);
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
            let occurrences = u64::from(take::<u32>(&mut left)?);
            sums.all += occurrences;
            match spellings.iter_mut().find(|(known, _)| **known == *spelling) {
                Some((_, sum)) => *sum += occurrences,
                None => spellings.push((spelling.into(), occurrences)),
            }
        }
        Ok(())
    }
}

/// Puts the counts of a term into bytes. Where each occurrence is in an article of its own, the articles are not told; a spelling that is the key is empty.
fn put_counts(out: &mut Vec<u8>, key: &str, counts: &InScopes, spellings: &[(&str, u32)]) -> Result<(), Error> {
    let in_scopes = || {
        (0..)
            .zip(counts.occurrences.iter().zip(&counts.articles))
            .filter(|(_, (found, _))| **found > 0)
    };
    let scopes = in_scopes().fold(0_u32, |scopes, (bit, _)| scopes | 1 << bit);
    put(out, &scopes)?;
    if scopes != 0 {
        put(out, &counts.any)?;
    }
    for (_, (&occurrences, &articles)) in in_scopes() {
        let differ = occurrences != articles;
        put(out, &(2 * u64::from(occurrences) + u64::from(differ)))?;
        if differ {
            put(out, &articles)?;
        }
    }
    for &(spelling, occurrences) in spellings {
        put(out, &if spelling == key { "" } else { spelling })?;
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

/// The rows of a shelf of a part.
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

/// Counts the terms of a part, shelf by shelf.
///
/// # Errors
///
/// Whatever reading the words fails with; [`Error::Analyse`] where they are of a document that there is not, or of two vocabularies.
pub(super) fn count_part(part: &dyn Part, counted: &Counted<'_>) -> Result<Vec<Vec<u8>>, Error> {
    let mut counting = Counting::new(counted.languages);
    for rows in part.words() {
        let rows = rows?;
        counting.take_vocabulary(&rows.vocabulary)?;
        for (doc, words) in rows.documents() {
            let place = place(counted.places, doc)?;
            if place.counts {
                counting.add(doc, place, words);
            }
        }
    }
    counting.finish()
}

/// What is known of a document.
fn place(places: &[Place], doc: u32) -> Result<Place, Error> {
    places.get(doc as usize).copied().ok_or_else(|| {
        let there = places.len();
        Error::Analyse(format!("words are of document {doc}, but there are {there}"))
    })
}

/// The counts of a part under construction.
struct Counting<'a> {
    /// The words by number.
    vocabulary: Arc<Vec<String>>,
    /// What is counted of each word in each language; nothing in those that no article of the part is in.
    words: Vec<Words>,
    /// The terms.
    terms: Terms<'a>,
}

/// What is counted of the words in one language.
#[derive(Clone, Default)]
struct Words {
    /// Their occurrences in all articles.
    occurrences: Vec<u32>,
    /// Their terms; [`NEW`] where none has been looked up.
    terms: Vec<u32>,
}

/// The terms of a part.
struct Terms<'a> {
    /// All languages of the corpus.
    languages: &'a [Language],
    /// Their numbers by the hash of language and key.
    numbers: HashTable<u32>,
    /// Their hashes, places of languages and keys.
    keys: Vec<(u64, u16, String)>,
    /// What is counted of each.
    rows: Vec<InScopes>,
}

/// The occurrences of a term in the articles of the scopes. It is added to at every word of the corpus, so it is made of plain numbers side by side; the text of a
/// part has far fewer words than 2³².
#[derive(Clone, Default)]
struct InScopes {
    /// The article counted last: its number plus one, 0 before any.
    last: u32,
    /// In articles of any scope.
    any: u32,
    /// In those of each scope.
    occurrences: [u32; SCOPES],
    /// In how many articles of each scope.
    articles: [u32; SCOPES],
}

impl Terms<'_> {
    /// The number of the term of a word.
    fn number(&mut self, language: u16, word: &str) -> u32 {
        let key = key_of(word);
        // The seed is of the language itself, since its place may be another in another run.
        let tag = self.languages[usize::from(language)];
        let seed = tag
            .as_str()
            .bytes()
            .fold(0, |seed, letter| seed << 8 | u64::from(letter));
        let hash = xxh3_64_with_seed(key.as_bytes(), seed);
        let keys = &mut self.keys;
        let is_it = |&number: &u32| keys[number as usize].1 == language && keys[number as usize].2 == key;
        if let Some(&number) = self.numbers.find(hash, is_it) {
            return number;
        }
        let number = u32::try_from(keys.len()).unwrap_or(NEW - 1);
        keys.push((hash, language, key));
        self.rows.push(InScopes::default());
        self.numbers
            .insert_unique(hash, number, |&number| keys[number as usize].0);
        number
    }
}

impl<'a> Counting<'a> {
    /// Nothing counted yet.
    fn new(languages: &'a [Language]) -> Self {
        Self {
            vocabulary: Arc::default(),
            words: vec![Words::default(); languages.len()],
            terms: Terms {
                languages,
                numbers: HashTable::new(),
                keys: Vec::new(),
                rows: Vec::new(),
            },
        }
    }

    /// Takes the words of the part, which are the same in all rows.
    fn take_vocabulary(&mut self, vocabulary: &Arc<Vec<String>>) -> Result<(), Error> {
        if self.vocabulary.is_empty() {
            self.vocabulary = Arc::clone(vocabulary);
        }
        if Arc::ptr_eq(&self.vocabulary, vocabulary) || *self.vocabulary == **vocabulary {
            return Ok(());
        }
        Err(Error::Analyse("the words of one part have two vocabularies".to_owned()))
    }

    /// Adds the words of an article.
    fn add(&mut self, doc: u32, place: Place, words: &[(u32, u32)]) {
        let of_language = &mut self.words[usize::from(place.language)];
        if of_language.terms.is_empty() {
            of_language.occurrences.resize(self.vocabulary.len(), 0);
            of_language.terms.resize(self.vocabulary.len(), NEW);
        }
        for &(word, count) in words {
            let sum = &mut of_language.occurrences[word as usize];
            *sum = sum.wrapping_add(count);
        }
        if place.scopes == 0 {
            return;
        }
        let lanes: [u32; SCOPES] =
            std::array::from_fn(|scope| if place.scopes >> scope & 1 == 1 { u32::MAX } else { 0 });
        let article = doc.wrapping_add(1);
        for &(word, count) in words {
            let number = &mut of_language.terms[word as usize];
            if *number == NEW {
                *number = self.terms.number(place.language, &self.vocabulary[word as usize]);
            }
            let row = &mut self.terms.rows[*number as usize];
            let first = u32::from(std::mem::replace(&mut row.last, article) != article);
            row.any = row.any.wrapping_add(count);
            for ((occurrences, articles), lane) in row.occurrences.iter_mut().zip(&mut row.articles).zip(&lanes) {
                *occurrences = occurrences.wrapping_add(count & lane);
                *articles = articles.wrapping_add(first & lane);
            }
        }
    }

    /// All that was counted, shelf by shelf.
    fn finish(self) -> Result<Vec<Vec<u8>>, Error> {
        let Self {
            vocabulary,
            words,
            mut terms,
        } = self;
        let mut spelled: Vec<(u32, &str, u32)> = Vec::new();
        for (language, words) in (0..).zip(&words) {
            let counted = vocabulary.iter().zip(&words.occurrences).zip(&words.terms);
            for ((word, &occurrences), &term) in counted.filter(|((_, occurrences), _)| **occurrences > 0) {
                let term = if term == NEW {
                    terms.number(language, word)
                } else {
                    term
                };
                spelled.push((term, word, occurrences));
            }
        }
        spelled.sort_unstable();
        let mut shelves = vec![pack(&terms.languages)?; SHELVES];
        let (mut rest, mut spellings) = (Vec::new(), Vec::new());
        let mut of_term = spelled.chunk_by(|a, b| a.0 == b.0);
        for ((hash, language, key), row) in terms.keys.iter().zip(&terms.rows) {
            spellings.clear();
            spellings.extend(
                of_term
                    .next()
                    .into_iter()
                    .flatten()
                    .map(|&(_, word, occurrences)| (word, occurrences)),
            );
            rest.clear();
            put_counts(&mut rest, key, row, &spellings)?;
            let own = &mut shelves[shelf(*hash)];
            own.extend_from_slice(&hash.to_le_bytes());
            let lying = Lying {
                language: *language,
                key,
                rest: &rest,
            };
            put(own, &lying)?;
        }
        Ok(shelves)
    }
}

/// The shelf of a term, by bits of its hash that tables do not look at first.
fn shelf(hash: u64) -> usize {
    (hash >> 32) as usize % SHELVES
}
