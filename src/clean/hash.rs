//! The hash of a word. Folded bytes in, 64 bits out, the same on every machine.

use xxhash_rust::xxh3::xxh3_64;

/// Bytes of a word that is hashed at once.
pub(super) const SHORT: usize = 16;

/// Numbers that no eight bytes of UTF-8 are, so that no word is multiplied by 0.
const SECRET: [u64; 4] = [
    0xFF51_AFD7_ED55_8CCD,
    0xFFCE_B9FE_1A85_EC53,
    0x9E37_79B9_7F4A_7C15,
    0xBF58_476D_1CE4_E5B9,
];

/// The bits of each byte that tell letters from digits and from what is not ASCII, and those that letters have of them.
const KIND: u64 = 0x0101_0101_0101_0101 * 0xC0;
const LETTER: u64 = 0x0101_0101_0101_0101 * 0x40;

/// The bit of small letters in each byte.
const SMALL: u64 = 0x0101_0101_0101_0101 * 0x20;

/// The first bytes of a text, as numbers: a word of at most [`SHORT`] bytes, and 0 after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Short(pub(super) [u64; 2]);

impl Short {
    /// The first `length` bytes of `text`, up to [`SHORT`].
    #[inline]
    pub(super) fn of(text: &[u8], length: usize) -> Self {
        if let Some(near) = text.first_chunk::<SHORT>() {
            let [low, high] = halves(near);
            let [keep_low, keep_high] = FIRST[length];
            Self([low & keep_low, high & keep_high])
        } else {
            let mut near = [0; SHORT];
            near[..length].copy_from_slice(&text[..length]);
            Self(halves(&near))
        }
    }

    /// The word, which has so many bytes, in small letters; `None` where one of them is no ASCII letter. It has ASCII letters, digits and
    /// bytes of other characters only.
    #[inline]
    pub(super) fn small_letters(self, length: usize) -> Option<Self> {
        let [low, high] = self.0;
        let [own_low, own_high] = FIRST[length];
        // No bit of 0x80 and the bit of 0x40 in each byte.
        let letters = low & KIND == own_low & KIND & LETTER && high & KIND == own_high & KIND & LETTER;
        letters.then_some(Self([low | own_low & SMALL, high | own_high & SMALL]))
    }

    /// Its hash: two multiplications, as in `wyhash` (Wang Yi).
    #[inline]
    pub(super) fn hash(self) -> u64 {
        let [low, high] = multiply(self.0[0] ^ SECRET[0], self.0[1] ^ SECRET[1]);
        let [low, high] = multiply(low ^ SECRET[2], high ^ SECRET[3]);
        low ^ high
    }
}

/// The hash of a folded word.
pub(super) fn hash(word: &[u8]) -> u64 {
    if word.len() > SHORT {
        xxh3_64(word)
    } else {
        Short::of(word, word.len()).hash()
    }
}

/// Both halves of a product.
#[inline]
fn multiply(one: u64, other: u64) -> [u64; 2] {
    split(u128::from(one) * u128::from(other))
}

/// Sixteen bytes as two numbers.
#[inline]
fn halves(bytes: &[u8; SHORT]) -> [u64; 2] {
    split(u128::from_le_bytes(*bytes))
}

/// The lower and the higher half.
#[inline]
#[expect(clippy::cast_possible_truncation, reason = "the rest is in the other half")]
fn split(all: u128) -> [u64; 2] {
    [all as u64, (all >> 64) as u64]
}

/// What leaves the first bytes of sixteen, by how many.
pub(super) const FIRST: [[u64; 2]; SHORT + 1] = {
    let mut masks = [[0; 2]; SHORT + 1];
    let mut length = 0;
    while length <= SHORT {
        let mut byte = 0;
        while byte < length {
            masks[length][byte / 8] |= 0xFF << (byte % 8 * 8);
            byte += 1;
        }
        length += 1;
    }
    masks
};

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_word_has_its_hash_whatever_follows() {
        for word in ["a", "été", "sixteen-is-short", "النيجر", ""] {
            let text = format!("{word} and what follows it");
            assert_eq!(Short::of(text.as_bytes(), word.len()).hash(), hash(word.as_bytes()));
        }
    }

    #[test]
    fn hashes_differ_and_look_random() {
        let words = (0..50_000_u32).flat_map(|number| {
            [
                format!("{number}"),
                format!("wordoflen{number}"),
                format!("{number}-of-long-words"),
            ]
        });
        let hashes: BTreeSet<u64> = words.map(|word| hash(word.as_bytes())).collect();
        assert_eq!(hashes.len(), 150_000);
        for bit in 0..64 {
            let ones = hashes.iter().filter(|hash| *hash >> bit & 1 == 1).count();
            assert!(ones.abs_diff(75_000) < 1000, "bit {bit}: {ones}");
        }
    }

    #[test]
    fn a_change_of_one_bit_changes_half_of_the_hash() {
        for length in [1, 4, 8, 9, 16] {
            let word = vec![b'a'; length];
            for bit in 0..8 * length {
                let mut other = word.clone();
                other[bit / 8] ^= 1 << (bit % 8);
                let changed = (hash(&word) ^ hash(&other)).count_ones();
                assert!((12..52).contains(&changed), "{length} {bit}: {changed}");
            }
        }
    }
}
