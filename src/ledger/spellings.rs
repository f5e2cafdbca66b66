//! Words as numbers: what a worker makes of the words of its documents, and how a row of the words table holds them.
//!
//! Words with the hash of their spelling come in; numbers go out, counted from 0 in the order in which the words first came, and bytes that hold such
//! numbers with how often each word stands there. Workers number the words of a batch among themselves, so that whoever writes a part has to look up
//! each word of a batch once and not once for every document.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use crate::model::words::WordCounts;

/// Different words, each with the `xxh3_128` of its spelling. They are called by their number, counted from 0.
#[derive(Debug, Default)]
pub struct Spellings {
    /// All of them, one after the other.
    letters: String,
    /// For each, the byte of `letters` past its last one.
    ends: Vec<usize>,
    /// For each, its hash.
    hashes: Vec<u128>,
}

impl Spellings {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The word of this number, and its hash.
    pub(super) fn get(&self, number: usize) -> (&str, u128) {
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        (&self.letters[start..self.ends[number]], self.hashes[number])
    }

    /// All words in the order of their numbers.
    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|number| self.get(number).0)
    }
}

/// Words that are being numbered.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    /// The words so far.
    spellings: Spellings,
    /// The number of the word with each hash. It has 128 bits, so that words are told apart by it alone and none has to be looked at again.
    numbers: HashMap<u128, u32, BuildHasherDefault<Ready>>,
}

/// Keys are hashes already.
#[derive(Debug, Default)]
struct Ready(u64);

impl Hasher for Ready {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, _: &[u8]) {
        debug_assert!(false, "only whole hashes are keys");
    }

    fn write_u128(&mut self, hash: u128) {
        // Any 64 of its bits do.
        self.0 = (hash >> 64) as u64;
    }
}

impl Vocabulary {
    /// The number of the word of this `xxh3_128`, which is added where it is new.
    pub(super) fn number(&mut self, word: &str, hash: u128) -> u32 {
        let spellings = &mut self.spellings;
        let next = u32::try_from(spellings.ends.len()).expect("a part has fewer than 2^32 words");
        let number = *self.numbers.entry(hash).or_insert(next);
        if number == next {
            spellings.letters.push_str(word);
            spellings.ends.push(spellings.letters.len());
            spellings.hashes.push(hash);
        }
        number
    }

    /// The words of a document, as a row of the words table holds them.
    pub(super) fn row(&mut self, words: &WordCounts) -> Vec<u8> {
        let mut row = Vec::with_capacity(3 * words.len());
        for (word, hash, count) in words.iter() {
            put(&mut row, self.number(word, hash), count);
        }
        row
    }

    /// The words so far; the next one has number 0 again.
    pub(super) fn take(&mut self) -> Spellings {
        self.numbers.clear();
        std::mem::take(&mut self.spellings)
    }
}

/// Adds to a row the word of this number and how often it stands there.
///
/// It is twice the number, plus one where the count is not 1 and follows; both as LEB128, seven bits a byte, the lowest first.
pub(super) fn put(row: &mut Vec<u8>, number: u32, count: u32) {
    put_number(row, u64::from(number) << 1 | u64::from(count != 1));
    if count != 1 {
        put_number(row, u64::from(count));
    }
}

/// Adds a number as LEB128.
fn put_number(row: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        row.push(number.to_le_bytes()[0] | 0x80);
        number >>= 7;
    }
    row.push(number.to_le_bytes()[0]);
}

/// The words that a row holds: the number of each and how often it stands there. It ends where the bytes make no sense.
pub(super) fn words_of(row: &[u8]) -> impl Iterator<Item = (u32, u32)> {
    let mut rest = row.iter();
    std::iter::from_fn(move || {
        let number = take_number(&mut rest)?;
        let count = if number & 1 == 0 { 1 } else { take_number(&mut rest)? };
        Some((u32::try_from(number >> 1).ok()?, u32::try_from(count).ok()?))
    })
}

/// Takes a number from the front.
fn take_number(rest: &mut std::slice::Iter<'_, u8>) -> Option<u64> {
    let first = *rest.next()?;
    if first < 0x80 {
        return Some(u64::from(first));
    }
    let mut number = u64::from(first & 0x7F);
    let mut shift = 7;
    loop {
        let byte = *rest.next()?;
        number |= u64::from(byte & 0x7F) << shift;
        if byte < 0x80 {
            return Some(number);
        }
        shift += 7;
        if shift > 56 {
            return None;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use xxhash_rust::xxh3::xxh3_128;

    use super::*;

    proptest! {
        #[test]
        fn a_row_gives_back_what_was_put(words in proptest::collection::vec((any::<u32>(), any::<u32>()), 0..50)) {
            let mut row = Vec::new();
            for &(number, count) in &words {
                put(&mut row, number, count);
            }
            prop_assert_eq!(words_of(&row).collect::<Vec<_>>(), words);
        }

        #[test]
        fn no_bytes_are_too_odd(row in proptest::collection::vec(any::<u8>(), 0..50)) {
            prop_assert!(words_of(&row).count() <= row.len());
        }
    }

    #[test]
    fn common_words_are_a_byte_or_two() {
        let mut row = Vec::new();
        put(&mut row, 63, 1);
        assert_eq!(row, [126]);
        put(&mut row, 64, 3);
        assert_eq!(row, [126, 0x81, 1, 3]);
    }

    #[test]
    fn words_are_numbered_as_they_come_and_anew_for_each_batch() {
        let mut vocabulary = Vocabulary::default();
        let hash = |word: &str| xxh3_128(word.as_bytes());
        for (word, number) in [("blé", 0), ("قمح", 1), ("blé", 0), ("wheat", 2)] {
            assert_eq!(vocabulary.number(word, hash(word)), number);
        }
        let first = vocabulary.take();
        assert_eq!(first.iter().collect::<Vec<_>>(), ["blé", "قمح", "wheat"]);
        assert_eq!(first.get(1), ("قمح", hash("قمح")));
        assert_eq!(vocabulary.number("wheat", hash("wheat")), 0);
    }
}
