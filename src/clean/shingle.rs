//! The shingles of a text: every five words in a row, as hashes. Folded text in (see [`super::normal`]), hashes out, repeated ones too.
//!
//! A word is what stands between spaces, and each character of a script that does not space words, with its marks. So what makes no
//! difference to the hash of a text makes none to its shingles.

use std::ops::ControlFlow;

use xxhash_rust::xxh3::xxh3_64;

use super::fold::{Role, role};
use crate::model::signature::SHINGLE_WORDS;

/// A word is cut where it is longer than this many bytes, so that no blob is looked at again and again.
const LONGEST: usize = 4096;

/// What the hash of a run of words is multiplied by before the next word is added.
const STEP: u64 = 0x9E37_79B9_7F4A_7C15;

/// [`STEP`] to the power of [`SHINGLE_WORDS`]: what the word that leaves a shingle was multiplied by.
const LEAVING: u64 = STEP
    .wrapping_mul(STEP)
    .wrapping_mul(STEP)
    .wrapping_mul(STEP)
    .wrapping_mul(STEP);

/// Makes shingles from folded text that comes in pieces, cut anywhere.
#[derive(Debug, Default)]
pub(super) struct Shingler {
    /// The end of the last piece, which may be part of a word.
    pending: Vec<u8>,
    /// The hashes of the last words, the oldest one at `words % SHINGLE_WORDS`.
    recent: [u64; SHINGLE_WORDS],
    /// Words so far.
    words: usize,
    /// The sum of the last words.
    sum: u64,
    /// The shingles so far.
    hashes: Vec<u64>,
}

impl Shingler {
    /// Takes in the next piece.
    pub(super) fn take(&mut self, piece: &[u8]) {
        if self.pending.is_empty() {
            let used = self.cut(piece, false);
            self.pending.extend_from_slice(&piece[used..]);
        } else {
            let mut text = std::mem::take(&mut self.pending);
            text.extend_from_slice(piece);
            let used = self.cut(&text, text.len() > LONGEST);
            text.drain(..used);
            self.pending = text;
        }
    }

    /// Ends the text, gives its shingles and begins another.
    pub(super) fn finish(&mut self) -> Vec<u64> {
        let rest = std::mem::take(&mut self.pending);
        self.cut(&rest, true);
        (self.recent, self.words, self.sum) = ([0; SHINGLE_WORDS], 0, 0);
        std::mem::take(&mut self.hashes)
    }

    /// Adds the words of `text` and says how many bytes they are; the last word is among them if the text `ends`.
    fn cut(&mut self, text: &[u8], ends: bool) -> usize {
        let mut start = 0;
        while start < text.len() {
            if text[start] == b' ' {
                start += 1;
                continue;
            }
            match end_of_word(&text[start..]) {
                ControlFlow::Break(length) => {
                    self.add(xxh3_64(&text[start..start + length]));
                    start += length;
                }
                ControlFlow::Continue(()) if ends => {
                    self.add(xxh3_64(&text[start..]));
                    start = text.len();
                }
                ControlFlow::Continue(()) => break,
            }
        }
        start
    }

    /// Adds a word.
    #[inline]
    fn add(&mut self, word: u64) {
        let oldest = &mut self.recent[self.words % SHINGLE_WORDS];
        self.sum = self
            .sum
            .wrapping_mul(STEP)
            .wrapping_add(word)
            .wrapping_sub(oldest.wrapping_mul(LEAVING));
        *oldest = word;
        self.words += 1;
        if self.words >= SHINGLE_WORDS {
            self.hashes.push(mix(self.sum));
        }
    }
}

/// How long the word is that `text` begins with; nothing where it may go on after the text.
#[inline]
fn end_of_word(text: &[u8]) -> ControlFlow<usize> {
    let mut at = 0;
    let mut unspaced = false;
    while let Some(&byte) = text.get(at) {
        if byte == b' ' {
            return ControlFlow::Break(at);
        }
        if byte < 0xE0 && !unspaced {
            at += 1;
            continue;
        }
        let Some((c, length)) = character(&text[at..]) else {
            return ControlFlow::Continue(());
        };
        let role = role(c);
        if at > 0 && (role == Role::Word || (unspaced && role != Role::Mark)) {
            return ControlFlow::Break(at);
        }
        unspaced |= role == Role::Word;
        at += length;
    }
    ControlFlow::Continue(())
}

/// The character that `text` begins with and its length; `None` where the text ends within it.
fn character(text: &[u8]) -> Option<(char, usize)> {
    let length = match text[0] {
        0..0xC0 => 1,
        0xC0..0xE0 => 2,
        0xE0..0xF0 => 3,
        0xF0.. => 4,
    };
    let bytes = text.get(..length)?;
    // Folded text is UTF-8, so a character that is there whole can be read.
    let c = std::str::from_utf8(bytes).ok().and_then(|text| text.chars().next());
    Some((c.unwrap_or(char::REPLACEMENT_CHARACTER), length))
}

/// Spreads a sum over all bits: the last steps of `SplitMix64`.
const fn mix(sum: u64) -> u64 {
    let sum = (sum ^ (sum >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let sum = (sum ^ (sum >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    sum ^ (sum >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shingles(text: &str, piece: usize) -> Vec<u64> {
        let mut shingler = Shingler::default();
        for piece in text.as_bytes().chunks(piece) {
            shingler.take(piece);
        }
        shingler.finish()
    }

    #[test]
    fn every_five_words_in_a_row() {
        let all = shingles("a b c d e f a b c d e", 100);
        assert_eq!(all.len(), 7);
        assert_eq!(all[0], all[6]);
        assert_eq!(all[1..3], shingles("b c d e f a", 100));
        assert_ne!(shingles("a b c d e", 100), shingles("b a c d e", 100));
        assert!(shingles("one two three four", 100).is_empty());
    }

    #[test]
    fn every_character_where_words_are_not_spaced() {
        assert_eq!(shingles("中国政府表示", 100).len(), 2);
        assert_eq!(shingles("中国政府mali", 100).len(), 1);
        assert_eq!(shingles("abc中国政府 mali", 100).len(), 2);
        // Vowels and tones above and below are marks, and stay with their letter.
        assert_eq!(shingles("ที่นี่ดีมีสี", 100).len(), 1);
    }

    #[test]
    fn it_does_not_matter_where_pieces_are_cut() {
        let text = "le président e\u{301}tat 中国政府表示ガ\u{3099}ス صرح وزير الخارجية ไม่มี गज़ 𠀀𠀁 fin de texte";
        let whole = shingles(text, 1000);
        assert!(whole.len() > 15);
        for piece in 1..40 {
            assert_eq!(shingles(text, piece), whole, "{piece}");
        }
    }

    #[test]
    fn a_blob_is_cut() {
        let blob = "x".repeat(6 * LONGEST);
        assert!(shingles(&blob, 1000).len() <= 2);
        assert_eq!(
            shingles(&format!("{blob} a b c d"), 1000).len(),
            shingles(&blob, 1000).len() + 4
        );
    }
}
