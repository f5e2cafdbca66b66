//! Profiles of languages: the words and letters that tell them, and what a text has of them. Text in, points for each language out.
//!
//! A point is a bit of evidence: a word of the first column of `data/words.txt` is some 500 times as frequent in its language as
//! elsewhere, which is 9 bits. So points add up as in a naive Bayes classifier, and a word of several languages speaks for all of them.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use crate::clean::fold::{Role, role, wide};
use crate::clean::script::Script;
use crate::model::language::Language;

/// Points of a word, by its column.
const POINTS: [u8; 3] = [9, 7, 5];

/// Points of a beginning or an ending, by its column.
const AFFIX_POINTS: [u8; 2] = [4, 2];

/// Points of a word of one ASCII letter at most, since it may be an initial, a unit or an `’s`.
const LETTER_POINTS: u8 = 4;

/// A letter speaks no more often than this.
const OFTEN: u32 = 4;

/// Slots of the table of words, a power of two.
const SLOTS: usize = 1 << 14;

/// Letters below this have their place in a table.
const LETTERS_END: usize = 0x1F00;

/// Between words, in the table of small letters.
const BETWEEN: u16 = 0;

/// Not there, in the table of small letters.
const NOTHING: u16 = 1;

/// One language of the profiles, by number.
type Number = u8;

/// The profiles of all languages.
pub(super) struct Profiles {
    /// The languages, by number, with their scripts.
    pub(super) languages: Vec<(Language, Script)>,
    /// Where the points of a word lie in `points`, by the word's key; a key of 0 is a free slot.
    slots: Vec<(u64, u32, u32)>,
    /// Languages and their points, word by word.
    points: Vec<(Number, u8)>,
    /// The number of a letter that tells a language, plus 1; 0 for other letters.
    letters: Vec<u8>,
    /// Languages and their points, for each such letter.
    letter_points: Vec<Vec<(Number, u8)>>,
    /// Points of beginnings and endings, by their key.
    affixes: HashMap<u64, Vec<(Number, u8)>>,
    /// The small letter of each character below U+0800, or what it does.
    small: Vec<u16>,
}

/// What a text has of every language.
#[derive(Clone, Debug)]
pub(super) struct Evidence {
    /// Points, by the number of the language.
    pub(super) points: Vec<u32>,
    /// Two for each word that is in its profile, and one for each that begins or ends like its words, by the number of the language.
    pub(super) hits: Vec<u32>,
    /// Words of the text.
    pub(super) words: u32,
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
            slots: vec![(0, 0, 0); SLOTS],
            points: Vec::new(),
            letters: vec![0; LETTERS_END],
            letter_points: Vec::new(),
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
        while self.slots[slot].0 != 0 {
            slot = (slot + 1) % SLOTS;
        }
        let place = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        let start = place(self.points.len());
        self.points.extend(points);
        self.slots[slot] = (key, start, place(self.points.len()));
    }

    fn add_letters(&mut self, line: &str) {
        let mut columns = line.split_whitespace();
        let (Some(points), Some(languages), Some(letters)) = (columns.next(), columns.next(), columns.next()) else {
            return;
        };
        let points: u8 = points.parse().unwrap_or(0);
        for letter in letters.chars() {
            let place = &mut self.letters[letter as usize % LETTERS_END];
            if *place == 0 {
                self.letter_points.push(Vec::new());
                *place = u8::try_from(self.letter_points.len()).unwrap_or(0);
            }
            let own = &mut self.letter_points[usize::from(*place) - 1];
            for language in languages.split(',') {
                own.extend(number_of(&self.languages, language).map(|number| (number, points)));
            }
        }
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

    /// Adds what the beginnings and endings of the words of `text` say.
    pub(super) fn look_closer(&self, text: &str, found: &mut Evidence) {
        let mut word = String::new();
        for part in text.split(|c| self.small(c) == u32::from(BETWEEN)) {
            word.clear();
            word.extend(
                part.chars()
                    .filter_map(|c| char::from_u32(self.small(c)).filter(|c| *c > '\u{1}')),
            );
            let length = word.chars().count();
            for size in 2..=4.min(length.saturating_sub(2)) {
                let begins = key(word.chars().take(size).chain(['-']));
                let ends = key(['-'].into_iter().chain(word.chars().skip(length - size)));
                for (number, points) in [begins, ends].iter().filter_map(|key| self.affixes.get(key)).flatten() {
                    found.points[usize::from(*number)] += u32::from(*points);
                    found.hits[usize::from(*number)] += 1;
                }
            }
        }
    }

    /// What `text` has of every language.
    pub(super) fn look(&self, text: &str) -> Evidence {
        let mut found = Evidence {
            points: vec![0; self.languages.len()],
            hits: vec![0; self.languages.len()],
            words: 0,
        };
        let mut seen = [0_u32; 256];
        let mut key = 0;
        for c in text.chars() {
            let small = self.small(c);
            if small > u32::from(NOTHING) {
                key = next_key(key, small);
                if small >= 0x80
                    && let Some(&letter) = self.letters.get(small as usize)
                {
                    seen[usize::from(letter)] += 1;
                }
            } else if small == u32::from(BETWEEN) && key != 0 {
                self.count_word(key, &mut found);
                key = 0;
            }
        }
        if key != 0 {
            self.count_word(key, &mut found);
        }
        for (count, points) in seen[1..]
            .iter()
            .zip(&self.letter_points)
            .filter(|(count, _)| **count > 0)
        {
            for (number, points) in points {
                found.points[usize::from(*number)] += u32::from(*points) * (*count).min(OFTEN);
            }
        }
        found
    }

    /// The small letter of `c`, or [`BETWEEN`] or [`NOTHING`].
    fn small(&self, c: char) -> u32 {
        match self.small.get(c as usize) {
            Some(small) => u32::from(*small),
            None => match wide(c).role {
                Role::Letter | Role::Mark | Role::Word => u32::from(c.to_lowercase().next().unwrap_or(c)),
                Role::Digit | Role::Between | Role::Nothing => u32::from(BETWEEN),
            },
        }
    }

    fn count_word(&self, key: u64, found: &mut Evidence) {
        found.words += 1;
        let mut slot = slot(key);
        loop {
            let (known, start, end) = self.slots[slot];
            if known == key {
                for (number, points) in &self.points[start as usize..end as usize] {
                    found.points[usize::from(*number)] += u32::from(*points);
                    found.hits[usize::from(*number)] += 2;
                }
                return;
            }
            if known == 0 {
                return;
            }
            slot = (slot + 1) % SLOTS;
        }
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
fn key(letters: impl Iterator<Item = char>) -> u64 {
    letters.fold(0, |key, letter| next_key(key, u32::from(letter)))
}

/// The key of a word that goes on with `letter`.
fn next_key(key: u64, letter: u32) -> u64 {
    (key ^ u64::from(letter)).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// The slot where the search for a key begins.
fn slot(key: u64) -> usize {
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
