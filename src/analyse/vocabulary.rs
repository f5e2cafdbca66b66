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

/// Parts whose words are remembered at once.
const HELD: usize = 24;

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
    let mut held = Held::new(languages.len());
    for rows in words() {
        let rows = rows?;
        let numbers = held.of(&rows);
        for (doc, words) in rows.documents() {
            let place = place(places, doc)?;
            if place.scopes == 0 {
                continue;
            }
            let numbers = of_language(numbers, place.language, rows.vocabulary.len());
            for &(word, count) in words {
                let number = &mut numbers[word as usize];
                if *number == NEW {
                    *number = counter(&key_of(&rows.vocabulary[word as usize]), place.language);
                }
                let counter = &mut counters[*number as usize];
                *counter = counter.saturating_add(count);
            }
        }
    }
    let is_rare = |key: &str, language| u64::from(counters[counter(key, language) as usize]) < floor;
    let mut terms = Counting::new(languages.len(), places);
    let mut held = Held::new(languages.len());
    for rows in words() {
        let rows = rows?;
        let numbers = held.of(&rows);
        for (doc, words) in rows.documents() {
            let place = place(places, doc)?;
            if !place.counts {
                continue;
            }
            let numbers = of_language(numbers, place.language, rows.vocabulary.len());
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

/// A number for each word of a part, in each language that has met it.
type Numbers = Vec<Vec<u32>>;

/// The numbers of the words of the parts read last.
struct Held {
    /// How many languages there are.
    languages: usize,
    /// The vocabularies, each with its numbers.
    parts: Vec<(Arc<Vec<String>>, Numbers)>,
}

impl Held {
    /// None yet.
    const fn new(languages: usize) -> Self {
        Self {
            languages,
            parts: Vec::new(),
        }
    }

    /// The numbers of the words that `rows` has.
    fn of(&mut self, rows: &WordRows) -> &mut Numbers {
        let known = self
            .parts
            .iter()
            .position(|(vocabulary, _)| Arc::ptr_eq(vocabulary, &rows.vocabulary));
        let place = known.unwrap_or_else(|| {
            if self.parts.len() >= HELD {
                self.parts.remove(0);
            }
            self.parts
                .push((Arc::clone(&rows.vocabulary), vec![Vec::new(); self.languages]));
            self.parts.len() - 1
        });
        &mut self.parts[place].1
    }
}

/// The numbers in one language.
fn of_language(numbers: &mut Numbers, language: u16, words: usize) -> &mut Vec<u32> {
    let numbers = &mut numbers[usize::from(language)];
    if numbers.is_empty() {
        numbers.resize(words, NEW);
    }
    numbers
}

/// Terms under construction.
struct Counting {
    /// The place in `spellings` by spelling, language by language.
    by_spelling: Vec<HashMap<u64, Vec<u32>>>,
    /// Every spelling with its term and how often it occurs.
    spellings: Vec<(Box<str>, u32, u64)>,
    /// The place in `terms` by key, language by language.
    by_key: Vec<HashMap<String, u32>>,
    /// The terms; `shown` and the sums of the scopes are empty yet.
    terms: Vec<(u16, Box<str>, Sums)>,
    /// Scopes.
    scopes: usize,
    /// Occurrences and articles, scope by scope, term by term.
    in_scopes: Vec<[u32; 2]>,
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
    /// The article counted last.
    last: Option<u32>,
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
            by_key: vec![HashMap::new(); languages],
            terms: Vec::new(),
            scopes: (u32::BITS - all.leading_zeros()) as usize,
            in_scopes: Vec::new(),
        }
    }

    /// The number of a spelling; [`RARE`] where its term is.
    fn number(&mut self, spelling: &str, language: u16, is_rare: &dyn Fn(&str, u16) -> bool) -> u32 {
        let same = self.by_spelling[usize::from(language)]
            .entry(xxh3_64(spelling.as_bytes()))
            .or_default();
        if let Some(&number) = same
            .iter()
            .find(|&&number| *self.spellings[number as usize].0 == *spelling)
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
            self.terms.push((language, key.into(), Sums::default()));
            self.in_scopes.resize(self.terms.len() * self.scopes, [0; 2]);
        }
        let number = narrow(self.spellings.len());
        same.push(number);
        self.spellings.push((spelling.into(), term, 0));
        number
    }

    /// Adds the occurrences of a spelling in one article.
    fn add(&mut self, number: u32, doc: u32, count: u32, mut scopes: u32) {
        let (_, term, occurrences) = &mut self.spellings[number as usize];
        *occurrences += u64::from(count);
        let sums = &mut self.terms[*term as usize].2;
        sums.all += u64::from(count);
        if scopes != 0 {
            sums.in_scopes += u64::from(count);
        }
        let article = u32::from(sums.last.replace(doc) != Some(doc));
        let row = &mut self.in_scopes[*term as usize * self.scopes..][..self.scopes];
        while scopes != 0 {
            let [occurrences, articles] = &mut row[scopes.trailing_zeros() as usize];
            *occurrences = occurrences.saturating_add(count);
            *articles += article;
            scopes &= scopes - 1;
        }
    }

    /// The terms, sorted by language and key, with those that stand after a proclitic among their own.
    fn finish(self, languages: &[Language], floor: u64) -> Vec<Term> {
        let mut shown: Vec<Option<(u64, Box<str>)>> = vec![None; self.terms.len()];
        for (spelling, term, count) in self.spellings {
            let best = &mut shown[term as usize];
            let better = best
                .as_ref()
                .is_none_or(|(most, word)| count > *most || (count == *most && spelling < *word));
            if better {
                *best = Some((count, spelling));
            }
        }
        let mut of_language: Vec<Found> = languages.iter().map(|_| BTreeMap::new()).collect();
        let mut rows = self.in_scopes.chunks(self.scopes.max(1));
        for ((language, key, mut sums), shown) in self.terms.into_iter().zip(shown) {
            let row = rows.next().unwrap_or_default();
            if sums.in_scopes >= floor {
                for (scope, &[occurrences, articles]) in (0..).zip(row).filter(|(_, one)| one[0] > 0) {
                    sums.add(scope, occurrences.into(), articles.into());
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
