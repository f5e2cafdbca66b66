//! Profiles of languages: the words, letters, beginnings and endings that tell them, read from `data/`. Lists in, tables out.
//!
//! A point is a bit of evidence: a word of the first column of `data/words.txt` is some 500 times as frequent in its language as
//! elsewhere, which is 9 bits. So points add up as in a naive Bayes classifier, and a word of several languages speaks for all of them.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use super::ascii::Ascii;
use crate::clean::fold::{Role, role};
use crate::clean::hash::{SHORT, Short};
use crate::clean::script::Script;
use crate::model::language::Language;

/// Points of a word, by its column.
const POINTS: [u8; 3] = [9, 7, 5];

/// Points of a beginning or an ending, by its column.
const AFFIX_POINTS: [u8; 2] = [4, 2];

/// Points of a word of one ASCII letter at most, since it may be an initial, a unit or an `’s`.
const LETTER_POINTS: u8 = 4;

/// Slots of the table of words, a power of two.
pub(super) const SLOTS: usize = 1 << 14;

/// Room for languages.
pub(super) const MOST: usize = 96;

/// Letters below this have their place in a table.
const LETTERS_END: usize = 0x1F00;

/// Between words, in the table of small letters.
pub(super) const BETWEEN: u16 = 0;

/// Not there, in the table of small letters.
pub(super) const NOTHING: u16 = 1;

/// One language of the profiles, by number.
pub(super) type Number = u8;

/// The profiles of all languages.
pub(super) struct Profiles {
    /// The languages, by number, with their scripts.
    pub(super) languages: Vec<(Language, Script)>,
    /// The mark of the word in each slot; 0 is a free slot.
    pub(super) marks: Vec<u32>,
    /// Where the points of the word of each slot lie in `points`.
    pub(super) places: Vec<(u32, u32)>,
    /// The short words of ASCII letters once more.
    pub(super) ascii: Ascii,
    /// Languages and their points, word by word.
    pub(super) points: Vec<(Number, u8)>,
    /// The number of a letter that tells a language, plus 1; 0 for other letters.
    pub(super) letters: Vec<u8>,
    /// Languages and their points, for each such letter.
    pub(super) letter_points: Vec<Vec<(Number, u8)>>,
    /// Languages that have less of a text without certain letters: how many points, and which letters, by their numbers.
    pub(super) wanted: Vec<(Number, u32, Vec<u8>)>,
    /// Points of beginnings and endings, by their key.
    pub(super) affixes: HashMap<u64, Vec<(Number, u8)>>,
    /// The small letter of each character below U+0800, or what it does.
    pub(super) small: Vec<u16>,
}

/// The profiles that marsad has.
pub(super) static PROFILES: LazyLock<Profiles> = LazyLock::new(|| {
    let mut profiles = Profiles::read(include_str!("../data/words.txt"), include_str!("../data/letters.txt"));
    profiles.add_affixes(include_str!("../data/affixes.txt"));
    profiles
});

impl Profiles {
    fn read(words: &'static str, letters: &'static str) -> Self {
        let mut languages: Vec<(Language, Script)> = Vec::new();
        let mut by_word: BTreeMap<&str, BTreeMap<Number, u8>> = BTreeMap::new();
        for line in words.lines().filter(|line| !line.starts_with('#')) {
            let mut columns = line.split('|');
            let Some(language) = columns.next().and_then(Language::new) else {
                continue;
            };
            let script = line
                .chars()
                .skip(6)
                .find(|c| c.is_alphabetic())
                .map_or(Script::Other, Script::of);
            let number = numbered(&mut languages, language, script);
            for (words, points) in columns.zip(POINTS) {
                for word in words.split_whitespace() {
                    let points = if word.len() == 1 {
                        points.min(LETTER_POINTS)
                    } else {
                        points
                    };
                    by_word.entry(word).or_default().entry(number).or_insert(points);
                }
            }
        }
        let mut profiles = Self {
            languages,
            marks: vec![0; SLOTS],
            places: vec![(0, 0); SLOTS],
            ascii: Ascii::default(),
            points: Vec::new(),
            letters: vec![0; LETTERS_END],
            letter_points: Vec::new(),
            wanted: Vec::new(),
            affixes: HashMap::new(),
            small: small_letters(),
        };
        for (word, points) in by_word {
            profiles.add_word(word, points);
        }
        for line in letters.lines().filter(|line| !line.starts_with('#')) {
            profiles.add_letters(line);
        }
        profiles
    }

    fn add_word(&mut self, word: &str, points: BTreeMap<Number, u8>) {
        let key = key(word.chars());
        let mut slot = slot(key);
        while self.marks[slot] != 0 {
            slot = (slot + 1) % SLOTS;
        }
        let place = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        let start = place(self.points.len());
        self.points.extend(points);
        self.marks[slot] = mark(key);
        self.places[slot] = (start, place(self.points.len()));
        if word.len() <= SHORT && word.bytes().all(|byte| byte.is_ascii_alphabetic()) {
            let hash = Short::of(word.as_bytes(), word.len()).hash();
            self.ascii.add(hash, self.places[slot]);
        }
    }

    fn add_letters(&mut self, line: &str) {
        let mut columns = line.split_whitespace();
        let (Some(points), Some(languages), Some(letters)) = (columns.next(), columns.next(), columns.next()) else {
            return;
        };
        let numbers: Vec<Number> = languages.split(',').filter_map(|tag| self.number(tag)).collect();
        let letters: Vec<u8> = letters.chars().map(|letter| self.letter(letter)).collect();
        if let Some(points) = points.strip_prefix('-').and_then(|points| points.parse().ok()) {
            self.wanted
                .extend(numbers.iter().map(|number| (*number, points, letters.clone())));
        } else if let Ok(points) = points.parse() {
            for letter in letters {
                self.letter_points[usize::from(letter) - 1].extend(numbers.iter().map(|number| (*number, points)));
            }
        }
    }

    /// The number of a letter; it gets one at its first line.
    fn letter(&mut self, letter: char) -> u8 {
        let place = &mut self.letters[letter as usize % LETTERS_END];
        if *place == 0 {
            self.letter_points.push(Vec::new());
            *place = u8::try_from(self.letter_points.len()).unwrap_or(u8::MAX);
        }
        *place
    }

    fn add_affixes(&mut self, lines: &str) {
        for line in lines.lines().filter(|line| !line.starts_with('#')) {
            let mut columns = line.split('|');
            let Some(number) = columns.next().and_then(|tag| self.number(tag.trim())) else {
                continue;
            };
            for (affixes, points) in columns.zip(AFFIX_POINTS) {
                for affix in affixes.split_whitespace() {
                    let own = self.affixes.entry(key(affix.chars())).or_default();
                    if own.iter().all(|(known, _)| *known != number) {
                        own.push((number, points));
                    }
                }
            }
        }
    }

    /// The number of a language.
    fn number(&self, tag: &str) -> Option<Number> {
        number_of(&self.languages, tag)
    }
}

/// The number of a language that has one.
fn number_of(languages: &[(Language, Script)], tag: &str) -> Option<Number> {
    let place = languages.iter().position(|(known, _)| known.as_str() == tag)?;
    Number::try_from(place).ok()
}

/// The number of a language; it gets one at its first line.
fn numbered(languages: &mut Vec<(Language, Script)>, language: Language, script: Script) -> Number {
    let number = languages
        .iter()
        .position(|(known, _)| *known == language)
        .unwrap_or_else(|| {
            languages.push((language, script));
            languages.len() - 1
        });
    Number::try_from(number).unwrap_or(Number::MAX)
}

/// The key of a word.
pub(super) fn key(letters: impl Iterator<Item = char>) -> u64 {
    letters.fold(0, |key, letter| next_key(key, u32::from(letter)))
}

/// The key of a word that goes on with `letter`.
pub(super) fn next_key(key: u64, letter: u32) -> u64 {
    (key ^ u64::from(letter)).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// What is kept of a key: enough that two words do not look the same, and never 0.
pub(super) fn mark(key: u64) -> u32 {
    u32::try_from(key >> 18 & 0xFFFF_FFFF).unwrap_or(0) | 1
}

/// The slot where the search for a key begins.
pub(super) fn slot(key: u64) -> usize {
    (key >> 50) as usize % SLOTS
}

/// The small letter of each character below U+0800, or what it does.
fn small_letters() -> Vec<u16> {
    (0..0x800)
        .map(|code| {
            let c = char::from_u32(code).unwrap_or(' ');
            match role(c) {
                Role::Letter | Role::Mark | Role::Word => c
                    .to_lowercase()
                    .next()
                    .and_then(|small| u16::try_from(u32::from(small)).ok())
                    .unwrap_or(BETWEEN),
                Role::Nothing => NOTHING,
                Role::Digit | Role::Between => BETWEEN,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// The lines of a list, without its remarks.
    fn lines(list: &'static str) -> impl Iterator<Item = &'static str> {
        list.lines().filter(|line| !line.starts_with('#') && !line.is_empty())
    }

    #[test]
    fn every_language_has_room_and_its_script() {
        assert!(PROFILES.languages.len() <= MOST);
        assert!(PROFILES.letter_points.len() < 255);
        for line in lines(include_str!("../data/words.txt")) {
            let (tag, words) = line.split_once('|').unwrap();
            let number = PROFILES.number(tag.trim()).unwrap();
            let script = PROFILES.languages[usize::from(number)].1;
            for c in words.chars().filter(|c| c.is_alphabetic()) {
                assert_eq!(Script::of(c), script, "{c} in {tag}");
            }
        }
    }

    #[test]
    fn the_lists_name_known_languages_in_small_letters() {
        let tags: BTreeSet<&str> = lines(include_str!("../data/letters.txt"))
            .flat_map(|line| line.split_whitespace().nth(1).unwrap().split(','))
            .chain(lines(include_str!("../data/affixes.txt")).map(|line| line.split('|').next().unwrap().trim()))
            .collect();
        for tag in tags {
            assert!(PROFILES.number(tag).is_some(), "{tag} has no words");
        }
        for list in [include_str!("../data/words.txt"), include_str!("../data/affixes.txt")] {
            for word in lines(list).flat_map(str::split_whitespace) {
                assert_eq!(word, word.to_lowercase());
            }
        }
    }

    #[test]
    fn no_two_words_look_the_same() {
        let words: BTreeSet<&str> = lines(include_str!("../data/words.txt"))
            .flat_map(|line| line.split_whitespace().skip(1))
            .filter(|word| *word != "|")
            .collect();
        let marks: BTreeSet<(usize, u32)> = words
            .iter()
            .map(|word| key(word.chars()))
            .map(|key| (slot(key), mark(key)))
            .collect();
        assert_eq!(marks.len(), words.len());
        let ascii = words
            .iter()
            .filter(|word| word.bytes().all(|byte| byte.is_ascii_alphabetic()));
        for word in ascii.filter(|word| word.len() <= SHORT) {
            let key = key(word.chars());
            let mut slots = (0..SLOTS).map(|step| (slot(key) + step) % SLOTS);
            let slot = slots.find(|slot| PROFILES.marks[*slot] == mark(key)).unwrap();
            let hash = Short::of(word.as_bytes(), word.len()).hash();
            assert_eq!(PROFILES.ascii.get(hash), Some(PROFILES.places[slot]), "{word}");
        }
        assert!(words.len() * 2 < SLOTS);
    }
}
