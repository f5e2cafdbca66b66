//! What the word before a full stop says about it: a title, an abbreviation before numbers, an initial. A word in, its class out.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::fold::is_letter;

/// What a full stop after a word means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Before {
    /// The sentence goes on: `Mr.`
    Never,
    /// The sentence goes on before a number: `No.`
    Number,
    /// The sentence ends only before a word that begins sentences: `Corp.`, `U.S.`
    Maybe,
    /// The same after one letter, which may be of a name: `J.`
    Initial,
    /// The sentence ends before a capital, unless a day, month or time zone follows: `p.m.`
    Likely,
    /// An ordinary word.
    Word,
}

/// The words of `data/stops.txt`: their class, and whether they want a capital.
static CLASSES: LazyLock<HashMap<&'static str, (Before, bool)>> = LazyLock::new(|| entries().collect());

/// Every entry of `data/stops.txt`.
fn entries() -> impl Iterator<Item = (&'static str, (Before, bool))> {
    let lines = include_str!("data/stops.txt")
        .lines()
        .filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once(':')).flat_map(|(name, words)| {
        let class = match name.to_ascii_lowercase().as_str() {
            "never" => Before::Never,
            "number" => Before::Number,
            "maybe" => Before::Maybe,
            "likely" => Before::Likely,
            _ => Before::Word,
        };
        let capital = name.starts_with(char::is_uppercase);
        words.split_whitespace().map(move |word| (word, (class, capital)))
    })
}

/// The lengths of the ASCII words of `data/stops.txt` that begin with a letter: a bit each.
static LENGTHS: LazyLock<[u16; 128]> = LazyLock::new(|| {
    let mut lengths = [0; 128];
    for (word, _) in entries().filter(|(word, _)| word.is_ascii()) {
        lengths[usize::from(word.as_bytes()[0])] |= 1 << word.len();
    }
    lengths
});

/// Whether a word of 1 to [`LONGEST_CLASSED`] bytes may be one of `data/stops.txt`.
fn may_be_classed(word: &str) -> bool {
    let first = usize::from(word.as_bytes()[0].to_ascii_lowercase());
    !word.is_ascii() || LENGTHS[first] >> word.len() & 1 == 1
}

/// The words of `data/openers.txt`.
static OPENERS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| listed(include_str!("data/openers.txt")));

/// The words of `data/clock.txt`.
static CLOCK: LazyLock<HashSet<&'static str>> = LazyLock::new(|| listed(include_str!("data/clock.txt")));

/// The words of `data/particles.txt`.
static PARTICLES: LazyLock<HashSet<&'static str>> = LazyLock::new(|| listed(include_str!("data/particles.txt")));

/// The longest word of `data/stops.txt`, in bytes.
const LONGEST_CLASSED: usize = 12;

/// The longest word that is looked up, in bytes.
const LONGEST: usize = 24;

/// The words of a list, without its remarks.
fn listed(list: &'static str) -> HashSet<&'static str> {
    list.lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(str::split_whitespace)
        .collect()
}

/// The class of `word`, which stands before a full stop and has no stop at its end.
pub(super) fn class(word: &str) -> Before {
    let by_itself = initials(word);
    if word.is_empty() || word.len() > LONGEST_CLASSED {
        return by_itself;
    }
    let known = may_be_classed(word).then(|| small(word, |small| CLASSES.get(small)));
    match known.flatten() {
        Some((class, true)) if word.starts_with(char::is_uppercase) => *class,
        // A capital letter alone is an initial, whatever its small one means.
        Some((class, false)) if by_itself != Before::Initial || !word.starts_with(char::is_uppercase) => *class,
        _ => by_itself,
    }
}

/// The class of a word that is one letter, or letters with stops between them: `J`, `Jean-P`, `U.S`, `Ph.D`, `ق.م`. A single small
/// letter is an ordinary word.
fn initials(word: &str) -> Before {
    if !word.bytes().any(|byte| matches!(byte, b'-' | b'.')) && word.chars().nth(1).is_some() {
        return Before::Word;
    }
    let word = word.rsplit('-').next().unwrap_or(word);
    if word.len() > LONGEST_CLASSED {
        return Before::Word;
    }
    let letters = |part: &str, most| part.chars().all(is_letter) && (1..=most).contains(&part.chars().count());
    if letters(word, 1) && !word.starts_with(char::is_lowercase) {
        Before::Initial
    } else if word.contains('.') && word.split('.').all(|part| letters(part, 2)) {
        Before::Maybe
    } else {
        Before::Word
    }
}

/// Whether sentences often begin with `word`.
pub(super) fn opens(word: &str) -> bool {
    is_in(&OPENERS, word)
}

/// Whether `word` may be part of a name.
pub(super) fn is_particle(word: &str) -> bool {
    is_in(&PARTICLES, word)
}

/// Whether `word` may follow a time of day.
pub(super) fn is_of_clock(word: &str) -> bool {
    is_in(&CLOCK, word)
}

fn is_in(words: &HashSet<&str>, word: &str) -> bool {
    word.len() <= LONGEST && small(word, |small| words.contains(small))
}

/// Looks up the small letters of `word`, which has at most [`LONGEST`] bytes.
fn small<T>(word: &str, look: impl FnOnce(&str) -> T) -> T {
    let mut room = [0; LONGEST];
    if let Some(room) = room.get_mut(..word.len()).filter(|_| word.is_ascii()) {
        room.copy_from_slice(word.as_bytes());
        room.make_ascii_lowercase();
        if let Ok(small) = std::str::from_utf8(room) {
            return look(small);
        }
    }
    look(&word.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_their_class() {
        for (word, expected) in [
            ("Mr", Before::Never),
            ("No", Before::Number),
            ("Corp", Before::Maybe),
            ("J", Before::Initial),
            ("Jean-P", Before::Initial),
            ("M", Before::Never),
            ("Sat", Before::Maybe),
            ("sat", Before::Word),
            ("U.S", Before::Maybe),
            ("أ.ف.ب", Before::Maybe),
            ("p.m", Before::Likely),
            ("Amazon.com", Before::Word),
            ("x", Before::Word),
            ("peace", Before::Word),
            ("", Before::Word),
        ] {
            assert_eq!(class(word), expected, "{word}");
        }
    }

    #[test]
    fn the_lists_are_lower_case_and_no_word_has_two_classes() {
        let mut seen = HashSet::new();
        for (word, (class, _)) in entries() {
            assert!(seen.insert(word), "{word} is listed twice");
            assert_ne!(class, Before::Word, "{word}");
            assert!(word.len() <= LONGEST_CLASSED, "{word}");
        }
        for word in seen
            .iter()
            .chain(OPENERS.iter())
            .chain(CLOCK.iter())
            .chain(PARTICLES.iter())
        {
            assert_eq!(*word, word.to_lowercase());
            assert!(word.len() <= LONGEST);
        }
    }
}
