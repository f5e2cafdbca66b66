//! Which words mark the articles that mention an entity, and those of the last complete period.
//!
//! The words of the documents come in, with what the other figures found; one row a scope, language and word goes out. Every scope is held against the other
//! articles of the same language. Only articles are looked at; where stories are the unit, one article a story. It says which words are more frequent, and
//! not why.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::basis::Basis;
use super::comention::is_looked_at;
use super::counts::Counts;
use super::parts::Parts;
use super::statistics::benjamini::Tests;
use super::statistics::frequency::{Frequency, p_value};
use super::terms::{keys_of_phrase, with_proclitics};
use super::vocabulary::{Counted, Place, SCOPES, Term, count_terms};
use crate::error::Error;
use crate::model::entity::{EntityIndex, Gazetteer};
use crate::model::findings::{Findings, KeywordRow, KeywordScope};
use crate::model::language::Language;
use crate::model::mention::Kind;
use crate::settings::AnalyseSettings;

/// So many entities have keywords: the featured ones, and then those with most articles.
const ENTITIES: usize = 20;

/// A word is tested that occurs so often in the articles of the scope …
const FEWEST: u32 = 5;

/// … and in so many of them: a word that one article repeats marks that article.
const FEWEST_ARTICLES: u32 = 3;

/// So many words of each scope and language are listed: those with the greatest G².
const MOST_WORDS: usize = 50;

/// So many terms are tested at once.
const AT_ONCE: usize = 4096;

/// Words with a greater q are not listed.
const GREATEST_Q: f64 = 0.05;

/// A test with a lesser G² has a p, and so a q, that is greater: that of 3.84 is 0.050 04.
const LEAST_G_SQUARE: f64 = 3.84;

/// A word that the institutions of so many entities share, such as junta, belongs to none of them.
const SHARED: usize = 3;

/// What the words are held against.
pub(crate) struct Ground<'a> {
    /// The documents.
    pub(crate) basis: &'a Basis,
    /// The mentions, added up.
    pub(crate) counts: &'a Counts,
    /// For each watched entity its place among those of the findings.
    pub(crate) places: &'a [Option<usize>],
    /// What was found so far.
    pub(crate) findings: &'a Findings,
    /// Whom we know.
    pub(crate) gazetteer: &'a Gazetteer,
    /// What counts.
    pub(crate) settings: &'a AnalyseSettings,
}

/// What keywords are found by, once the other figures are no longer needed.
pub(crate) struct Search {
    /// The scopes.
    scopes: Vec<KeywordScope>,
    /// Their bits.
    bits: Bits,
    /// The languages of the articles.
    languages: Vec<Language>,
    /// What has to be known of each document.
    places: Vec<Place>,
    /// How many words the articles have.
    sizes: Sizes,
    /// For each scope the terms of its entity's own forms.
    own: Vec<HashSet<String>>,
}

impl Search {
    /// Prepares to find the keywords.
    pub(crate) fn new(ground: &Ground<'_>) -> Self {
        let scopes = scopes(ground.findings);
        let bits = bits(&scopes, ground.findings);
        let basis = ground.basis;
        let looked_at: Vec<usize> = basis
            .articles()
            .filter(|&doc| is_looked_at(basis, doc, ground.settings))
            .collect();
        let languages: BTreeSet<Language> = looked_at.iter().map(|&doc| basis.documents.languages[doc]).collect();
        let languages: Vec<Language> = languages.into_iter().collect();
        let places = places(ground, &scopes, &bits, &looked_at, &languages);
        Self {
            sizes: Sizes::new(basis, &places, &bits, languages.len()),
            own: own_words(ground, &scopes),
            scopes,
            bits,
            languages,
            places,
        }
    }

    /// Every keyword: scope by scope, language by language, the greatest G² first.
    ///
    /// # Errors
    ///
    /// Whatever reading the words fails with.
    pub(crate) fn find(&self, parts: &impl Parts) -> Result<Vec<KeywordRow>, Error> {
        let counted = Counted {
            places: &self.places,
            languages: &self.languages,
            scopes: &self.bits.names,
        };
        let terms = count_terms(parts, &counted, FEWEST.into())?;
        let test_some = |some: usize| {
            let some = &terms[some * AT_ONCE..][..AT_ONCE.min(terms.len() - some * AT_ONCE)];
            let (mut tests, mut p_values, mut leading) = (0, Vec::new(), Leading::default());
            for one in some
                .iter()
                .flat_map(|term| test(term, &self.bits, &self.sizes, &self.own))
            {
                tests += 1;
                if one.g_square >= LEAST_G_SQUARE {
                    p_values.push(p_value(one.g_square));
                    leading.offer(one);
                }
            }
            (tests, p_values, leading)
        };
        let (mut tests, mut p_values, mut leading) = (0, Vec::new(), Leading::default());
        parts.each(terms.len().div_ceil(AT_ONCE), test_some, |(more, p, of_some)| {
            tests += more;
            p_values.extend(p);
            of_some.0.into_values().flatten().for_each(|one| leading.offer(one));
            Ok(())
        })?;
        Ok(leading.list(&Tests::of(p_values, tests), &self.scopes, &self.languages))
    }
}

/// The scopes: entities, then the period.
fn scopes(findings: &Findings) -> Vec<KeywordScope> {
    let mut entities = findings.featured.clone();
    let rest = (0..findings.entities.len()).filter(|place| !findings.featured.contains(place));
    entities.extend(rest.take(ENTITIES.saturating_sub(entities.len())));
    entities.sort_unstable();
    let entities = entities.into_iter().take(ENTITIES).map(KeywordScope::Entity);
    entities
        .chain(findings.last_complete.map(KeywordScope::Period))
        .collect()
}

/// The bits that stand for the scopes: by the ids of the entities, so that they stay the same where only ranks change, and the period.
struct Bits {
    /// For each bit what it stands for.
    names: Vec<String>,
    /// For each bit its scope.
    scopes: Vec<usize>,
}

/// The bits of the scopes.
fn bits(scopes: &[KeywordScope], findings: &Findings) -> Bits {
    const { assert!(ENTITIES < SCOPES) };
    let called = |scope: &KeywordScope| match scope {
        KeywordScope::Entity(place) => findings.entities[*place].id.clone(),
        // No id is empty.
        KeywordScope::Period(_) => String::new(),
    };
    let mut sorted: Vec<(String, usize)> = scopes.iter().map(called).zip(0..).collect();
    sorted.sort_unstable();
    let (names, scopes) = sorted.into_iter().unzip();
    Bits { names, scopes }
}

/// What has to be known of each document.
fn places(
    ground: &Ground<'_>,
    scopes: &[KeywordScope],
    bits: &Bits,
    looked_at: &[usize],
    languages: &[Language],
) -> Vec<Place> {
    let basis = ground.basis;
    let mut places = vec![Place::default(); basis.documents.len()];
    let bit = |scope: KeywordScope| {
        let bit = bits.scopes.iter().position(|&of_bit| scopes[of_bit] == scope);
        bit.map_or(0, |bit| 1_u32 << bit)
    };
    for &doc in looked_at {
        let language = languages.binary_search(&basis.documents.languages[doc]);
        places[doc] = Place {
            counts: true,
            language: language.ok().and_then(|place| u16::try_from(place).ok()).unwrap_or(0),
            scopes: bit(KeywordScope::Period(basis.period(doc))),
        };
    }
    let of_entities: Vec<u32> = ground
        .places
        .iter()
        .map(|place| place.map_or(0, |place| bit(KeywordScope::Entity(place))))
        .collect();
    for pair in ground.counts.pairs(&ground.settings.count) {
        if places[pair.doc].counts {
            places[pair.doc].scopes |= of_entities[pair.entity];
        }
    }
    places
}

/// How many words the articles have.
struct Sizes {
    /// Language by language.
    all: Vec<u64>,
    /// Scope by scope, in each language by language.
    scopes: Vec<Vec<u64>>,
}

impl Sizes {
    /// Adds up the words of the articles.
    fn new(basis: &Basis, places: &[Place], bits: &Bits, languages: usize) -> Self {
        let mut sizes = Self {
            all: vec![0; languages],
            scopes: vec![vec![0; languages]; bits.scopes.len()],
        };
        for (place, &words) in places.iter().zip(&basis.documents.words) {
            if place.counts {
                let language = usize::from(place.language);
                sizes.all[language] += u64::from(words);
                for (bit, &scope) in bits.scopes.iter().enumerate() {
                    let of_scope = &mut sizes.scopes[scope][language];
                    *of_scope += if place.scopes >> bit & 1 == 1 { words.into() } else { 0 };
                }
            }
        }
        sizes
    }
}

/// A term that was tested in one scope.
struct Tested<'a> {
    /// The scope.
    scope: usize,
    /// The term.
    term: &'a Term,
    /// Its counts.
    frequency: Frequency,
    /// Its G².
    g_square: f64,
}

/// The tests of a term: in every scope where it is frequent enough and not part of the entity's own names, against the rest.
fn test<'a>(term: &'a Term, bits: &Bits, sizes: &Sizes, own: &[HashSet<String>]) -> Vec<Tested<'a>> {
    let language = usize::from(term.language);
    let counts = term.sums.occurrences.iter().zip(&term.sums.articles);
    let enough = bits
        .scopes
        .iter()
        .zip(counts)
        .filter(|(_, (occurrences, articles))| **occurrences >= FEWEST && **articles >= FEWEST_ARTICLES);
    enough
        .filter_map(|(&scope, (&occurrences, _))| {
            let words_target = sizes.scopes[scope][language];
            let frequency = Frequency {
                target: occurrences.into(),
                words_target,
                reference: term.sums.all - u64::from(occurrences),
                words_reference: sizes.all[language] - words_target,
            };
            let is_tested = words_target > 0 && frequency.words_reference > 0 && !own[scope].contains(&*term.key);
            is_tested.then(|| Tested {
                scope,
                term,
                frequency,
                g_square: frequency.g_square(),
            })
        })
        .collect()
}

/// The words of each scope and language that may be listed: more frequent there, with the greatest G².
#[derive(Default)]
struct Leading<'a>(BTreeMap<(usize, u16), Vec<Tested<'a>>>);

impl<'a> Leading<'a> {
    /// Takes a word that was tested.
    fn offer(&mut self, one: Tested<'a>) {
        if one.frequency.log_ratio() <= 0.0 {
            return;
        }
        let words = self.0.entry((one.scope, one.term.language)).or_default();
        let full = words.len() == MOST_WORDS;
        if full && words.last().is_some_and(|last| last.order(&one).is_lt()) {
            return;
        }
        let place = words.partition_point(|word| word.order(&one).is_lt());
        words.insert(place, one);
        words.truncate(MOST_WORDS);
    }

    /// The rows: those with a q that is small enough, after all tests of the run.
    fn list(self, tests: &Tests, scopes: &[KeywordScope], languages: &[Language]) -> Vec<KeywordRow> {
        let words = self
            .0
            .into_iter()
            .flat_map(|((_, language), words)| words.into_iter().map(move |one| (language, one)));
        let rows = words.map(|(language, one)| KeywordRow {
            scope: scopes[one.scope],
            language: languages[usize::from(language)],
            term: one.term.shown.to_string(),
            n_target: one.frequency.target,
            n_reference: one.frequency.reference,
            words_target: one.frequency.words_target,
            words_reference: one.frequency.words_reference,
            log_ratio: one.frequency.log_ratio(),
            g2: one.g_square,
            q_value: tests.q(p_value(one.g_square)),
        });
        rows.filter(|row| row.q_value <= GREATEST_Q).collect()
    }
}

impl Tested<'_> {
    /// The order in which words are listed: the greatest G² first.
    fn order(&self, other: &Self) -> Ordering {
        let by_g_square = other.g_square.total_cmp(&self.g_square);
        by_g_square.then_with(|| self.term.key.cmp(&other.term.key))
    }
}

/// For each scope the terms that its entity's own forms are made of, also after a proclitic. A period has none.
fn own_words(ground: &Ground<'_>, scopes: &[KeywordScope]) -> Vec<HashSet<String>> {
    let gazetteer = ground.gazetteer;
    let indices: Vec<Option<EntityIndex>> = scopes
        .iter()
        .map(|scope| match scope {
            KeywordScope::Entity(place) => gazetteer.find(&ground.findings.entities[*place].id),
            KeywordScope::Period(_) => None,
        })
        .collect();
    let mut owners: BTreeMap<String, BTreeSet<EntityIndex>> = BTreeMap::new();
    for form in gazetteer.forms.iter().filter(|form| form.kind == Kind::Institution) {
        for key in keys_of_phrase(&form.text) {
            owners.entry(key).or_default().insert(form.entity);
        }
    }
    let mut own = vec![HashSet::new(); scopes.len()];
    let mut add = |scope: usize, key: String| {
        own[scope].extend(with_proclitics(&key));
        own[scope].insert(key);
    };
    for form in &gazetteer.forms {
        let Some(scope) = indices.iter().position(|&index| index == Some(form.entity)) else {
            continue;
        };
        let is_name = form.kind != Kind::Institution || !form.text.contains(' ');
        for key in keys_of_phrase(&form.text) {
            if is_name || owners.get(&key).is_none_or(|owners| owners.len() < SHARED) {
                add(scope, key);
            }
        }
    }
    for (scope, index) in indices.iter().enumerate() {
        let Some(index) = *index else { continue };
        let names = &gazetteer.entity(index).names;
        for key in [&names.en, &names.fr, &names.ar]
            .into_iter()
            .flat_map(|name| keys_of_phrase(name))
        {
            add(scope, key);
        }
    }
    own
}

#[cfg(test)]
mod tests;
