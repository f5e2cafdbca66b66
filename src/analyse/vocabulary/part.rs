//! The terms of one part, counted and put into bytes.
//!
//! The words of a part come in with what is known of its documents; rows go out, one a term, on the shelf that its hash says.

use std::sync::Arc;

use hashbrown::HashTable;
use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::super::parts::Part;
use super::super::terms::key_of;
use super::row::{Counts, Shelf, shelf_of};
use super::{Counted, Place, SCOPES, SHELVES};
use crate::error::Error;
use crate::model::language::Language;

/// A word whose term has not been looked up.
const NEW: u32 = u32::MAX;

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
        let mut shelves = (0..SHELVES)
            .map(|_| Shelf::new(terms.languages))
            .collect::<Result<Vec<_>, _>>()?;
        let mut of_term = spelled.chunk_by(|a, b| a.0 == b.0);
        for ((hash, language, key), row) in terms.keys.iter().zip(&terms.rows) {
            let spellings = of_term.next().into_iter().flatten();
            let counts = Counts {
                hash: *hash,
                language: *language,
                key,
                in_scopes: row.any.into(),
                occurrences: &row.occurrences,
                articles: &row.articles,
            };
            shelves[shelf_of(*hash)].push(&counts, spellings.map(|&(_, word, found)| (word, found.into())))?;
        }
        Ok(shelves.into_iter().map(Shelf::into_bytes).collect())
    }
}
