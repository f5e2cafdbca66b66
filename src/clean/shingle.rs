//! The shingles of a text: every five words in a row, as hashes. The hashes of words in, hashes of shingles out, repeated ones too.

use crate::model::signature::SHINGLE_WORDS;

/// What the hash of a run of words is multiplied by before the next word is added.
const STEP: u64 = 0x9E37_79B9_7F4A_7C15;

/// What the first word of a shingle was multiplied by when the last one is added.
const FIRST: u64 = STEP.wrapping_mul(STEP).wrapping_mul(STEP).wrapping_mul(STEP);

/// The shingles of a text of these words, in order. The hash of a word is little-endian.
pub(super) fn shingles(words: &[[u8; 8]]) -> impl ExactSizeIterator<Item = u64> {
    const { assert!(SHINGLE_WORDS == 5) }
    let (begin, rest) = words.split_at(words.len().min(SHINGLE_WORDS - 1));
    let mut sum = begin.iter().fold(0, |sum, word| add(sum, *word));
    rest.iter().zip(words).map(move |(word, first)| {
        let shingle = add(sum, *word);
        sum = shingle.wrapping_sub(u64::from_le_bytes(*first).wrapping_mul(FIRST));
        mix(shingle)
    })
}

/// Adds a word to a run of words.
fn add(sum: u64, word: [u8; 8]) -> u64 {
    sum.wrapping_mul(STEP).wrapping_add(u64::from_le_bytes(word))
}

/// Spreads a sum over all bits: the last steps of `SplitMix64`.
const fn mix(sum: u64) -> u64 {
    let sum = (sum ^ (sum >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let sum = (sum ^ (sum >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    sum ^ (sum >> 31)
}

#[cfg(test)]
mod tests {
    use xxhash_rust::xxh3::xxh3_64;

    use super::*;

    /// The shingles of words between spaces.
    fn of(text: &str) -> Vec<u64> {
        let words: Vec<[u8; 8]> = text
            .split(' ')
            .map(|word| xxh3_64(word.as_bytes()).to_le_bytes())
            .collect();
        shingles(&words).collect()
    }

    #[test]
    fn every_five_words_in_a_row() {
        let all = of("a b c d e f a b c d e");
        assert_eq!(all.len(), 7);
        assert_eq!(all[0], all[6]);
        assert_eq!(all[1..3], of("b c d e f a"));
        assert_ne!(of("a b c d e"), of("b a c d e"));
        assert!(of("one two three four").is_empty());
        assert_eq!(shingles(&[]).len(), 0);
    }
}
