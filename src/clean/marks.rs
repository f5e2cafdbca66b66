//! Which bytes of a text may belong to a word, end a sentence or break a line: one bit a byte. Text in, bits out.
//!
//! What follows looks at the bytes with a bit only, some two of ten. The bits are a first sieve: a byte with one may turn out to be
//! nothing, a byte without one is nothing.

use std::ops::Range;

/// Bytes of a block.
const BLOCK: usize = 64;

/// The bits of a block; the lowest bit is of its first byte.
#[derive(Clone, Copy, Debug, Default)]
struct Block {
    words: u64,
    stops: u64,
    breaks: u64,
}

/// The bits of a text.
#[derive(Debug, Default)]
pub(super) struct Marks {
    blocks: Vec<Block>,
}

impl Marks {
    /// Sets the bits of `text`, and forgets those of the text before.
    pub(super) fn read(&mut self, text: &str) {
        let (blocks, rest) = text.as_bytes().as_chunks::<BLOCK>();
        self.blocks.clear();
        self.blocks.reserve(blocks.len() + 1);
        self.blocks.extend(blocks.iter().map(Block::of));
        let mut last = [0; BLOCK];
        last[..rest.len()].copy_from_slice(rest);
        self.blocks.push(Block::of(&last));
    }

    /// The next byte from `at` on that may be part of a line break.
    pub(super) fn next_break(&self, at: usize) -> Option<usize> {
        self.next(at, |block| block.breaks)
    }

    /// The next byte from `at` on that may be part of a stop.
    pub(super) fn next_stop(&self, at: usize) -> Option<usize> {
        self.next(at, |block| block.stops)
    }

    fn next(&self, at: usize, bits: impl Fn(&Block) -> u64) -> Option<usize> {
        let mut number = at / BLOCK;
        let mut left = bits(self.blocks.get(number)?) & (u64::MAX << (at % BLOCK));
        while left == 0 {
            number += 1;
            left = bits(self.blocks.get(number)?);
        }
        Some(number * BLOCK + left.trailing_zeros() as usize)
    }

    /// Gives every run of letters, digits and whatever is not ASCII in `range`, where it starts and where it ends.
    #[inline]
    pub(super) fn runs(&self, range: Range<usize>, mut give: impl FnMut(usize, usize)) {
        let mut runs = Runs::default();
        let mut base = range.start / BLOCK * BLOCK;
        // Nothing is in a run from the end on, so each run has an end in this or the next block.
        while let Some(block) = self.blocks.get(base / BLOCK).filter(|_| base <= range.end) {
            let mut words = block.words;
            if base < range.start {
                words &= u64::MAX << (range.start - base);
            }
            if range.end - base < BLOCK {
                words &= (1 << (range.end - base)) - 1;
            }
            runs.go_on(base, words, &mut give);
            base += BLOCK;
        }
    }
}

/// Gives every run of letters, digits and whatever is not ASCII in `text`, where it starts and where it ends.
#[inline]
pub(super) fn runs(text: &str, mut give: impl FnMut(usize, usize)) {
    let (blocks, rest) = text.as_bytes().as_chunks::<BLOCK>();
    let mut last = [0; BLOCK];
    last[..rest.len()].copy_from_slice(rest);
    let mut runs = Runs::default();
    for (number, block) in blocks.iter().chain([&last]).enumerate() {
        runs.go_on(number * BLOCK, pack(block, is_of_word), &mut give);
    }
}

/// Where the last run starts, and whether it goes on.
#[derive(Default)]
struct Runs {
    start: usize,
    /// All bits where it goes on.
    inside: u64,
}

impl Runs {
    /// Gives the runs that end in the block that starts at `base`.
    #[inline]
    fn go_on(&mut self, base: usize, words: u64, give: &mut impl FnMut(usize, usize)) {
        let mut edges = words ^ (words << 1 | self.inside & 1);
        while edges != 0 {
            let at = base + edges.trailing_zeros() as usize;
            if self.inside == 0 {
                self.start = at;
            } else {
                give(self.start, at);
            }
            self.inside = !self.inside;
            edges &= edges - 1;
        }
    }
}

impl Block {
    fn of(bytes: &[u8; BLOCK]) -> Self {
        Self {
            words: pack(bytes, is_of_word),
            stops: pack(bytes, may_be_stop),
            breaks: pack(bytes, may_be_break),
        }
    }
}

/// A bit for each byte, all at once: no branch looks at one.
#[inline]
fn pack(bytes: &[u8; BLOCK], is: impl Fn(u8) -> u8) -> u64 {
    let mut found = [0; BLOCK];
    for (found, &byte) in found.iter_mut().zip(bytes) {
        *found = is(byte);
    }
    let (eights, _) = found.as_chunks::<8>();
    // The product brings the lowest bits of eight bytes together in its highest byte.
    let bits = |eight: &[u8; 8]| u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
    eights.iter().rev().fold(0, |all, eight| all << 8 | bits(eight))
}

/// 1 for ASCII letters and digits, and every byte of other characters; else 0.
#[inline]
fn is_of_word(byte: u8) -> u8 {
    byte >> 7 | within(byte, b'0', 10) | within(byte | 0x20, b'a', 26)
}

/// 1 for bytes that may be of a stop. `0x9F` and `0x94` end the Arabic question mark and full stop, whose first bytes are those of every
/// other Arabic letter; `0xD6` begins the Armenian full stop, whose last byte is that of a common one.
#[inline]
fn may_be_stop(byte: u8) -> u8 {
    within(byte, b'.', 1)
        | within(byte, b'!', 1)
        | within(byte, b'?', 1)
        | within(byte, 0x94, 1)
        | within(byte, 0x9F, 1)
        | within(byte, 0xD6, 1)
        | within(byte, 0xE0, 4)
        | within(byte, 0xEF, 1)
}

/// 1 for bytes that may begin a line break: LF, VT, FF, CR, and the first bytes of NEL and of LS and PS.
#[inline]
fn may_be_break(byte: u8) -> u8 {
    within(byte, b'\n', 4) | within(byte, 0xC2, 1) | within(byte, 0xE2, 1)
}

/// 1 for the `many` bytes from `first` on.
#[inline]
fn within(byte: u8, first: u8, many: u8) -> u8 {
    u8::from(byte.wrapping_sub(first) < many)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text with every character of use, in every place of a block.
    fn text() -> String {
        let all: String = (1..0x3000).filter_map(char::from_u32).collect();
        format!("{}{all} word-and. More! الوزير؟\r\n", "a word, ".repeat(20))
    }

    #[test]
    fn bits_lead_to_the_bytes_that_they_stand_for() {
        let text = text();
        let mut marks = Marks::default();
        marks.read("something else");
        marks.read(&text);
        let every = |is: fn(u8) -> u8| -> Vec<usize> {
            let bytes = text.bytes().enumerate();
            bytes.filter(|(_, byte)| is(*byte) == 1).map(|(at, _)| at).collect()
        };
        let walk = |next: &dyn Fn(usize) -> Option<usize>| -> Vec<usize> {
            std::iter::successors(next(0), |at| next(at + 1)).collect()
        };
        assert_eq!(walk(&|at| marks.next_stop(at)), every(may_be_stop));
        assert_eq!(walk(&|at| marks.next_break(at)), every(may_be_break));
        assert!(every(may_be_stop).len() > 1000);
    }

    #[test]
    fn runs_are_cut_where_no_word_can_be() {
        let text = text();
        let mut marks = Marks::default();
        marks.read(&text);
        for (start, end) in [(0, text.len()), (0, 64), (63, 130), (5, 6), (128, 128), (1, 200)] {
            let mut found = Vec::new();
            marks.runs(start..end, |from, to| found.push(&text.as_bytes()[from..to]));
            let expected: Vec<&[u8]> = text.as_bytes()[start..end]
                .split(|byte| is_of_word(*byte) == 0)
                .filter(|run| !run.is_empty())
                .collect();
            assert_eq!(found, expected, "{start}..{end}");
            if start == 0 {
                let mut found = Vec::new();
                runs(&text[..end], |from, to| found.push(&text.as_bytes()[from..to]));
                assert_eq!(found, expected);
            }
        }
    }
}
