//! Function words: language by language, the words that say nothing of what a text is about. They come from `data/stopwords.txt`.

use std::collections::{BTreeMap, HashSet};
use std::hash::BuildHasherDefault;

use unicode_normalization::UnicodeNormalization;
use xxhash_rust::xxh3::xxh3_64;

use super::tokens::{IS_ARABIC, IS_WORD, Tokens};
use super::trie::Ready;
use crate::model::language::Language;

/// The lists.
const DATA: &str = include_str!("data/stopwords.txt");

/// The function words of every language that has a list, by the key under which words are counted, in the order of their tags.
#[derive(Debug)]
pub(super) struct Stopwords(Vec<(Language, Hashes)>);

/// A set of hashes.
pub(super) type Hashes = HashSet<u64, BuildHasherDefault<Ready>>;

impl Default for Stopwords {
    /// The built-in lists.
    fn default() -> Self {
        let mut lists: BTreeMap<Language, Hashes> = BTreeMap::new();
        let (mut tokens, mut room) = (Tokens::default(), String::new());
        for (tag, words) in lines() {
            let list = Language::new(tag).map(|language| lists.entry(language).or_default());
            tokens.clear();
            tokens.add(words);
            let of_list = tokens.list.iter().filter(|token| token.is(IS_WORD));
            if let Some(list) = list {
                list.extend(of_list.map(|token| {
                    let word = &words[token.start as usize..token.end as usize];
                    if token.is(IS_ARABIC) || tokens.folded(token).len() == word.len() {
                        tokens.hash(token)
                    } else {
                        key_of_accented(word, &mut room)
                    }
                }));
            }
        }
        let everywhere = Language::new("mul")
            .and_then(|all| lists.remove(&all))
            .unwrap_or_default();
        for list in lists.values_mut() {
            list.extend(&everywhere);
        }
        lists.insert(Language::UND, everywhere);
        Self(lists.into_iter().collect())
    }
}

impl Stopwords {
    /// The keys of the function words of `language`, and the number of their list; languages without a list have those of web addresses only.
    pub(super) fn of(&self, language: Language) -> Option<(u8, &Hashes)> {
        let place = |language| self.0.binary_search_by_key(&language, |(own, _)| *own);
        let place = place(language).or_else(|_| place(Language::UND)).ok()?;
        Some((u8::try_from(place).ok()?, &self.0[place].1))
    }
}

/// A hash of the lists: another one gives other word counts.
pub(super) fn version() -> String {
    format!("{:016x}", xxh3_64(DATA.as_bytes()))
}

/// The key of a word that folding would take accents from: small letters, composed, accents kept.
pub(super) fn key_of_accented(word: &str, room: &mut String) -> u64 {
    room.clear();
    if word.chars().all(|c| ('\u{C0}'..'\u{250}').contains(&c) || c.is_ascii()) {
        room.extend(word.chars().flat_map(char::to_lowercase));
    } else {
        room.extend(word.nfkc().flat_map(char::to_lowercase));
    }
    xxh3_64(room.as_bytes())
}

/// The lines of the data: a language and words.
fn lines() -> impl Iterator<Item = (&'static str, &'static str)> {
    DATA.lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('|'))
        .map(|(tag, words)| (tag.trim(), words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_has_a_number_that_is_remembered() {
        assert!(Stopwords::default().0.len() <= usize::from(super::super::memo::NO_LIST));
    }

    #[test]
    fn every_line_has_a_language_and_words_in_small_letters() {
        for (number, line) in DATA.lines().enumerate() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let (tag, words) = line
                .split_once(" | ")
                .unwrap_or_else(|| panic!("line {}: {line}", number + 1));
            assert!(Language::new(tag).is_some(), "line {}: {tag}", number + 1);
            assert!(!words.is_empty(), "line {}", number + 1);
            for word in words.split(' ') {
                assert_eq!(word, word.to_lowercase(), "line {}", number + 1);
                assert!(word.chars().all(char::is_alphabetic), "line {}: {word}", number + 1);
            }
        }
    }

    #[test]
    fn no_word_stands_twice_in_a_list() {
        let mut seen = std::collections::BTreeSet::new();
        let twice: Vec<(&str, &str)> = lines()
            .flat_map(|(tag, words)| words.split_whitespace().map(move |word| (tag, word)))
            .filter(|one| !seen.insert(*one))
            .collect();
        assert!(twice.is_empty(), "{twice:?}");
    }

    #[test]
    fn the_languages_that_we_promise_have_lists() {
        let stopwords = Stopwords::default();
        for (tag, word) in [
            ("ar", "في"),
            ("de", "und"),
            ("en", "the"),
            ("es", "pero"),
            ("fr", "dans"),
            ("it", "della"),
            ("pt", "com"),
            ("ru", "который"),
            ("tr", "ve"),
        ] {
            let mut tokens = Tokens::default();
            tokens.add(word);
            let language = Language::new(tag).unwrap();
            assert!(
                stopwords
                    .of(language)
                    .unwrap()
                    .1
                    .contains(&tokens.hash(&tokens.list[0])),
                "{tag} {word}"
            );
            let count = stopwords.of(language).unwrap().1.len();
            assert!(count > 150, "{tag}: {count}");
        }
    }
}
