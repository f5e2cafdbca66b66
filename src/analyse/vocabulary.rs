//! How often each term stands in the articles, and in those of each scope.
//!
//! The words of the documents come in twice, a stretch at a time; [`Term`]s go out, sorted. The first time, terms are counted by a hash only, in a table of
//! fixed size; the second time, those that can reach the floor are counted exactly. So what is held does not grow with the rare words, which are most.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

use super::terms::{key_of, roots};
use crate::error::Error;
use crate::model::language::Language;
use crate::model::words::WordRows;

/// The words of all documents, from the beginning, as often as they are asked for.
pub type Words<'a> = dyn Fn() -> Box<dyn Iterator<Item = Result<WordRows, Error>> + 'a> + 'a;

/// Counters of the first reading.
const COUNTERS: usize = 1 << 22;

/// A word of a part that has not been looked at.
const NEW: u32 = u32::MAX;

/// A word of a part that is too rare to be counted.
const RARE: u32 = u32::MAX - 1;

/// What has to be known of a document.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Place {
    /// Whether it is looked at.
    pub(crate) counts: bool,
    /// Its language, a place in a list of languages.
    pub(crate) language: u16,
    /// The scopes that it belongs to, one bit each.
    pub(crate) scopes: u32,
}

/// A term with its counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Term {
    /// The place of its language.
    pub(crate) language: u16,
    /// What its spellings share.
    pub(crate) key: String,
    /// Its most frequent spelling.
    pub(crate) shown: String,
    /// Its occurrences in all articles of the language.
    pub(crate) all: u64,
    /// Its occurrences in each scope that has any, in the order of the scopes.
    pub(crate) scopes: Vec<InScope>,
}

/// The occurrences of a term in one scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct InScope {
    /// The scope.
    pub(crate) scope: u8,
    /// How many.
    pub(crate) occurrences: u64,
    /// In how many articles; one that has a word both alone and after a proclitic without the article counts twice.
    pub(crate) articles: u64,
}

/// Counts the terms that occur at least `floor` times in the articles of some scope, all scopes together.
///
/// # Errors
///
/// Whatever reading the next words fails with; [`Error::Analyse`] where they are of a document that there is not.
pub(crate) fn count_terms(
    words: &Words<'_>,
    places: &[Place],
    languages: &[Language],
    floor: u64,
) -> Result<Vec<Term>, Error> {
    let mut counters = vec![0_u32; COUNTERS];
    let mut part = Part::new(languages.len(), 0);
    for rows in words() {
        let rows = rows?;
        if let Some(before) = part.turn_to(&rows.vocabulary) {
            before.count_roughly(&mut counters);
        }
        for (doc, words) in rows.documents() {
            let place = place(places, doc)?;
            if place.scopes == 0 {
                continue;
            }
            let sums = part.of(place.language);
            for &(word, count) in words {
                let sum = &mut sums[word as usize];
                *sum = sum.saturating_add(count);
            }
        }
    }
    part.count_roughly(&mut counters);
    let is_rare = |key: &str, language| u64::from(counters[counter(key, language) as usize]) < floor;
    let mut terms = Counting::new(languages.len(), places);
    let mut part = Part::new(languages.len(), NEW);
    for rows in words() {
        let rows = rows?;
        part.turn_to(&rows.vocabulary);
        for (doc, words) in rows.documents() {
            let place = place(places, doc)?;
            if !place.counts {
                continue;
            }
            let numbers = part.of(place.language);
            for &(word, count) in words {
                let number = &mut numbers[word as usize];
                if *number == NEW {
                    *number = terms.number(&rows.vocabulary[word as usize], place.language, &is_rare);
                }
                if *number != RARE {
                    terms.add(*number, doc, count, place.scopes);
                }
            }
        }
    }
    Ok(terms.finish(languages, floor))
}

/// What is known of a document.
fn place(places: &[Place], doc: u32) -> Result<Place, Error> {
    places.get(doc as usize).copied().ok_or_else(|| {
        let there = places.len();
        Error::Analyse(format!("words are of document {doc}, but there are {there}"))
    })
}

/// The counter of a term in the first reading.
fn counter(key: &str, language: u16) -> u32 {
    #[expect(clippy::cast_possible_truncation, reason = "the low bits of a hash are taken")]
    let hash = xxh3_64_with_seed(key.as_bytes(), language.into()) as usize % COUNTERS;
    u32::try_from(hash).unwrap_or(0)
}

/// A number for each word of the part in hand, in each language that has met it. Parts come one after the other; where they do not, the same words are only
/// looked up again.
struct Part {
    /// The words.
    vocabulary: Arc<Vec<String>>,
    /// The numbers, language by language; none where the language has not been met.
    numbers: Vec<Vec<u32>>,
    /// What each number is at first.
    first: u32,
}

impl Part {
    /// None in hand.
    fn new(languages: usize, first: u32) -> Self {
        Self {
            vocabulary: Arc::default(),
            numbers: vec![Vec::new(); languages],
            first,
        }
    }

    /// Takes a part in hand; gives the one before, where it is another.
    fn turn_to(&mut self, vocabulary: &Arc<Vec<String>>) -> Option<Self> {
        if Arc::ptr_eq(&self.vocabulary, vocabulary) {
            return None;
        }
        let mut next = Self::new(self.numbers.len(), self.first);
        next.vocabulary = Arc::clone(vocabulary);
        Some(std::mem::replace(self, next))
    }

    /// The numbers in one language.
    fn of(&mut self, language: u16) -> &mut [u32] {
        let numbers = &mut self.numbers[usize::from(language)];
        if numbers.is_empty() {
            numbers.resize(self.vocabulary.len(), self.first);
        }
        numbers
    }

    /// Adds the numbers, as sums of occurrences, to the counters of the first reading.
    fn count_roughly(&self, counters: &mut [u32]) {
        for (language, sums) in (0..).zip(&self.numbers) {
            for (word, &sum) in self.vocabulary.iter().zip(sums).filter(|(_, sum)| **sum > 0) {
                let counter = &mut counters[counter(&key_of(word), language) as usize];
                *counter = counter.saturating_add(sum);
            }
        }
    }
}

/// Terms under construction.
struct Counting {
    /// The place in `spellings` by spelling, language by language.
    by_spelling: Vec<HashMap<u64, Vec<u32>>>,
    /// Every spelling.
    spellings: Vec<Box<str>>,
    /// The term of each and how often it occurs.
    of_spelling: Vec<(u32, u32)>,
    /// The place in `terms` by key, language by language.
    by_key: Vec<HashMap<String, u32>>,
    /// The terms: language and key.
    terms: Vec<(u16, Box<str>)>,
    /// Numbers of a row of `rows`.
    width: usize,
    /// A row a term: the article counted last (its number plus one, 0 before any), occurrences in articles of any scope, then occurrences and articles scope by
    /// scope. What is added to at every word of the corpus lies in as little room as can be.
    rows: Vec<u32>,
}

/// The terms of a language by key, each with how it is shown.
type Found = BTreeMap<Box<str>, (Box<str>, Sums)>;

/// The counts of a term.
#[derive(Debug, Default)]
struct Sums {
    /// In all articles.
    all: u64,
    /// In articles of any scope.
    in_scopes: u64,
    /// Scope by scope.
    scopes: Vec<InScope>,
}

impl Sums {
    /// Adds occurrences in one scope.
    fn add(&mut self, scope: u8, occurrences: u64, articles: u64) {
        match self.scopes.iter_mut().find(|one| one.scope == scope) {
            Some(one) => {
                one.occurrences += occurrences;
                one.articles += articles;
            }
            None => self.scopes.push(InScope {
                scope,
                occurrences,
                articles,
            }),
        }
    }
}

impl Counting {
    /// None yet, of documents at these places.
    fn new(languages: usize, places: &[Place]) -> Self {
        let all = places.iter().fold(0, |all, place| all | place.scopes);
        Self {
            by_spelling: vec![HashMap::new(); languages],
            spellings: Vec::new(),
            of_spelling: Vec::new(),
            by_key: vec![HashMap::new(); languages],
            terms: Vec::new(),
            width: 2 + 2 * (u32::BITS - all.leading_zeros()) as usize,
            rows: Vec::new(),
        }
    }

    /// The number of a spelling; [`RARE`] where its term is.
    fn number(&mut self, spelling: &str, language: u16, is_rare: &dyn Fn(&str, u16) -> bool) -> u32 {
        let same = self.by_spelling[usize::from(language)]
            .entry(xxh3_64(spelling.as_bytes()))
            .or_default();
        if let Some(&number) = same
            .iter()
            .find(|&&number| *self.spellings[number as usize] == *spelling)
        {
            return number;
        }
        let key = key_of(spelling);
        if is_rare(&key, language) {
            return RARE;
        }
        let narrow = |place: usize| u32::try_from(place).unwrap_or(RARE);
        let next = narrow(self.terms.len());
        let term = *self.by_key[usize::from(language)].entry(key.clone()).or_insert(next);
        if term == next {
            self.terms.push((language, key.into()));
            self.rows.resize(self.terms.len() * self.width, 0);
        }
        let number = narrow(self.spellings.len());
        same.push(number);
        self.spellings.push(spelling.into());
        self.of_spelling.push((term, 0));
        number
    }

    /// Adds the occurrences of a spelling in one article.
    fn add(&mut self, number: u32, doc: u32, count: u32, mut scopes: u32) {
        let (term, occurrences) = &mut self.of_spelling[number as usize];
        *occurrences = occurrences.saturating_add(count);
        if scopes == 0 {
            return;
        }
        let row = &mut self.rows[*term as usize * self.width..][..self.width];
        let ([last, in_scopes], row) = row
            .split_first_chunk_mut()
            .expect("a row has two numbers before the scopes");
        *in_scopes = in_scopes.saturating_add(count);
        let article = u32::from(std::mem::replace(last, doc.wrapping_add(1)) != doc.wrapping_add(1));
        while scopes != 0 {
            let at = 2 * scopes.trailing_zeros() as usize;
            row[at] = row[at].saturating_add(count);
            row[at + 1] += article;
            scopes &= scopes - 1;
        }
    }

    /// The terms, sorted by language and key, with those that stand after a proclitic among their own.
    fn finish(self, languages: &[Language], floor: u64) -> Vec<Term> {
        let mut shown: Vec<Option<(u32, Box<str>)>> = vec![None; self.terms.len()];
        let mut all = vec![0_u64; self.terms.len()];
        for (spelling, (term, count)) in self.spellings.into_iter().zip(self.of_spelling) {
            all[term as usize] += u64::from(count);
            let best = &mut shown[term as usize];
            let better = best
                .as_ref()
                .is_none_or(|(most, word)| count > *most || (count == *most && spelling < *word));
            if better {
                *best = Some((count, spelling));
            }
        }
        let mut of_language: Vec<Found> = languages.iter().map(|_| BTreeMap::new()).collect();
        let rows = self.rows.chunks(self.width);
        for ((((language, key), row), all), shown) in self.terms.into_iter().zip(rows).zip(all).zip(shown) {
            let in_scopes = u64::from(row[1]);
            if in_scopes >= floor {
                let mut sums = Sums {
                    all,
                    in_scopes,
                    scopes: Vec::new(),
                };
                for (scope, one) in (0..).zip(row[2..].chunks(2)).filter(|(_, one)| one[0] > 0) {
                    sums.add(scope, one[0].into(), one[1].into());
                }
                let shown = shown.map_or_else(|| key.clone(), |(_, word)| word);
                of_language[usize::from(language)].insert(key, (shown, sums));
            }
        }
        let mut terms = Vec::new();
        for (place, (language, mut found)) in (0_u16..).zip(languages.iter().zip(of_language)) {
            if *language == Language::AR {
                join_proclitics(&mut found);
            }
            terms.extend(found.into_iter().map(|(key, (shown, mut sums))| {
                sums.scopes.sort_unstable_by_key(|one| one.scope);
                Term {
                    language: place,
                    key: key.into(),
                    shown: shown.into(),
                    all: sums.all,
                    scopes: sums.scopes,
                }
            }));
        }
        terms
    }
}

/// Adds what stands after a proclitic to the word itself.
fn join_proclitics(terms: &mut Found) {
    let counts: BTreeMap<&str, u64> = terms.iter().map(|(key, (_, sums))| (&**key, sums.all)).collect();
    for (key, root) in roots(&counts) {
        let Some((_, from)) = terms.remove(key.as_str()) else {
            continue;
        };
        if let Some((_, to)) = terms.get_mut(root.as_str()) {
            to.all += from.all;
            to.in_scopes += from.in_scopes;
            for one in from.scopes {
                to.add(one.scope, one.occurrences, one.articles);
            }
        }
    }
}
