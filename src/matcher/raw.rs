//! What a word is found by: its bytes in, two numbers out that tell it from every other word.

use xxhash_rust::xxh3::xxh3_128;

/// The bytes of a word where they are few, else a hash of them that no few bytes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Raw {
    /// The first eight bytes.
    pub(super) low: u64,
    /// The next eight.
    pub(super) high: u64,
}

impl Raw {
    /// Of the bytes `start..end` of a text.
    pub(super) fn of(text: &[u8], start: usize, end: usize) -> Self {
        match end - start {
            few @ 0..=8 => Self {
                low: eight(text, start) & first(few),
                high: 0,
            },
            few @ 9..=16 => Self {
                low: eight(text, start),
                high: eight(text, start + 8) & first(few - 8),
            },
            _ => {
                let [low, high] = halves(xxh3_128(&text[start..end]));
                // No text has the byte 0xFF.
                let high = high | 0xFF << 56;
                Self { low, high }
            }
        }
    }

    /// One number that tells the word, which two of a million words share once in tens of millions of times; never 0.
    pub(super) fn mark(self) -> u64 {
        let product = u128::from(self.low ^ 0x9E37_79B9_7F4A_7C15) * u128::from(self.high ^ 0xD1B5_4A32_D192_ED03);
        let [low, high] = halves(product);
        (low ^ high).max(1)
    }
}

/// Eight bytes of a text, the first one lowest; 0 past its end.
pub(super) fn eight(text: &[u8], at: usize) -> u64 {
    let rest = text.get(at..).unwrap_or_default();
    if let Some(eight) = rest.first_chunk() {
        return u64::from_le_bytes(*eight);
    }
    let mut room = [0; 8];
    room[..rest.len()].copy_from_slice(rest);
    u64::from_le_bytes(room)
}

/// A mask of the first `bytes` of eight.
pub(super) fn first(bytes: usize) -> u64 {
    if bytes >= 8 {
        u64::MAX
    } else {
        !(u64::MAX << (8 * bytes))
    }
}

/// The low and the high half.
#[expect(clippy::cast_possible_truncation, reason = "each half is taken")]
fn halves(both: u128) -> [u64; 2] {
    [both as u64, (both >> 64) as u64]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn raw_bytes_tell_words_apart() {
        let raw = |word: &str| Raw::of(word.as_bytes(), 0, word.len());
        assert_ne!(raw("abcdefgh"), raw("abcdefghi"));
        assert_ne!(raw("abcdefghijklmnop"), raw("abcdefghijklmnopq"));
        assert_ne!(raw("\0").mark(), 0);
        let text = "xx abcdefghijk yy";
        assert_eq!(Raw::of(text.as_bytes(), 3, 14), raw("abcdefghijk"));
        assert_eq!(Raw::of(text.as_bytes(), 15, 17), raw("yy"));
    }
}
