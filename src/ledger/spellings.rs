//! Words as numbers: how the words of a part are numbered, and how a row of the words table holds them.
//!
//! Words with what they are told by come in; numbers go out, counted from 0 in the order in which the words first came, and bytes that hold such
//! numbers with how often each word stands there. Workers number words where they count them, so that whoever writes a part has to look up
//! each word of a worker once and not once for every document.

use crate::model::words::Spellings;

/// Words that are being numbered.
///
/// They are told apart by 64 bits of their hash, which two of a million words share once in tens of millions of parts; so no word has to be looked at again,
/// and the table stays small enough to lie in a cache.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    /// The words so far.
    spellings: Spellings,
    /// Half of a hash, or 0 where the place is free. Its length is a power of two.
    keys: Vec<u64>,
    /// The number of the word at each place.
    numbers: Vec<u32>,
}

impl Vocabulary {
    /// The number of the word that is told by this key, which is added where it is new.
    #[expect(clippy::cast_possible_truncation, reason = "the low bits of a hash are taken")]
    pub(super) fn number(&mut self, word: &str, key: u64) -> u32 {
        if self.spellings.len() >= self.keys.len() / 4 * 3 {
            self.grow();
        }
        let mask = self.keys.len() - 1;
        let mut place = key as usize & mask;
        loop {
            if self.keys[place] == key {
                return self.numbers[place];
            }
            if self.keys[place] == 0 {
                break;
            }
            place = (place + 1) & mask;
        }
        let number = self.spellings.push(word, key);
        self.keys[place] = key;
        self.numbers[place] = number;
        number
    }

    /// Makes room for twice as many words.
    #[expect(clippy::cast_possible_truncation, reason = "the low bits of a hash are taken")]
    fn grow(&mut self) {
        let room = (2 * self.keys.len()).max(1 << 12);
        self.keys = vec![0; room];
        self.numbers = vec![0; room];
        for (number, &key) in (0..).zip(self.spellings.keys()) {
            let mut place = key as usize & (room - 1);
            while self.keys[place] != 0 {
                place = (place + 1) & (room - 1);
            }
            self.keys[place] = key;
            self.numbers[place] = number;
        }
    }

    /// The words so far.
    #[cfg(test)]
    pub(super) fn so_far(&self) -> &Spellings {
        &self.spellings
    }

    /// The words so far; the next one has number 0 again. The room is kept.
    pub(super) fn take(&mut self) -> Spellings {
        self.keys.fill(0);
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
#[inline]
fn put_number(row: &mut Vec<u8>, mut number: u64) {
    if let Some(few) = u32::try_from(number).ok().filter(|few| *few < 1 << 28) {
        // Without a branch that depends on the length, which no guess gets right.
        let spread = few & 0x7F | (few & 0x3F80) << 1 | (few & 0x1F_C000) << 2 | (few & 0xFE0_0000) << 3;
        let more = usize::from(few >= 1 << 7) + usize::from(few >= 1 << 14) + usize::from(few >= 1 << 21);
        let go_on = 0x80_8080 & !(u32::MAX << (8 * more));
        let end = row.len() + more + 1;
        row.extend_from_slice(&(spread | go_on).to_le_bytes());
        row.truncate(end);
        return;
    }
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
    use crate::model::words::key_of;

    /// A number of any length.
    fn number() -> impl Strategy<Value = u32> {
        (any::<u32>(), 0..32_u32).prop_map(|(number, less)| number >> less)
    }

    proptest! {
        #[test]
        fn a_row_gives_back_what_was_put(words in proptest::collection::vec((number(), number()), 0..50)) {
            let mut row = Vec::new();
            for &(number, count) in &words {
                let (before, mut one_by_one) = (row.len(), Vec::new());
                put(&mut row, number, count);
                let counted = (count != 1).then_some(u64::from(count));
                for mut part in [u64::from(number) << 1 | u64::from(count != 1)].into_iter().chain(counted) {
                    while part >= 0x80 {
                        one_by_one.push(part.to_le_bytes()[0] | 0x80);
                        part >>= 7;
                    }
                    one_by_one.push(part.to_le_bytes()[0]);
                }
                prop_assert_eq!(&row[before..], one_by_one.as_slice());
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
        let key = |word: &str| key_of(xxh3_128(word.as_bytes()));
        for (word, number) in [("blé", 0), ("قمح", 1), ("blé", 0), ("wheat", 2)] {
            assert_eq!(vocabulary.number(word, key(word)), number);
        }
        let first = vocabulary.take();
        assert_eq!(first.iter().collect::<Vec<_>>(), ["blé", "قمح", "wheat"]);
        assert_eq!(first.get(1), ("قمح", key("قمح")));
        assert_eq!(vocabulary.number("wheat", key("wheat")), 0);
    }

    #[test]
    fn many_words_keep_their_numbers() {
        let mut vocabulary = Vocabulary::default();
        for round in 0..2 {
            for number in 0..20_000_u32 {
                let word = format!("word {number}");
                let found = vocabulary.number(&word, key_of(xxh3_128(word.as_bytes())));
                assert_eq!(found, number, "round {round}");
            }
        }
        assert_eq!(vocabulary.take().len(), 20_000);
        assert_eq!(vocabulary.number("none", key_of(0)), 0);
        assert_eq!(vocabulary.number("none", key_of(0)), 0);
    }
}
