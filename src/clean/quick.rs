//! The words of the usual runs of letters, the fast way; [`super::run`] takes any. A run in, hashes and counts out.

use super::fold::{Role, blocks, table};
use super::hash::{FIRST, SHORT, Short, hash};
use super::script::{Letters, Script};

/// The longest run that is taken the fast way, in bytes.
const FAST: usize = 40;

/// Room for a run of [`FAST`] bytes, each of which folds to at most three, and to read and write beyond its end.
const ROOM: usize = 3 * FAST + SHORT;

/// The first bytes of the signs from U+2010 to U+2027: dashes, quotes, ellipses. None is part of a word.
const SIGN: [u8; 2] = [0xE2, 0x80];

/// Takes a run of ASCII letters and digits that is one word of at most [`SHORT`] bytes: its hash, and how many letters it has.
#[inline]
pub(super) fn take_ascii(run: Short, length: usize) -> (u64, u32) {
    // Digits have the bit of small letters, and lack that of letters.
    let [low, high] = run.0;
    let letters = (low >> 6 & EACH) + (high >> 6 & EACH);
    let small = Short([low | SMALL[length][0], high | SMALL[length][1]]);
    let [.., count] = letters.wrapping_mul(EACH).to_le_bytes();
    (small.hash(), u32::from(count))
}

/// The lowest bit of each byte.
const EACH: u64 = 0x0101_0101_0101_0101;

/// The bit of small letters in the first bytes of sixteen, by how many.
const SMALL: [[u64; 2]; SHORT + 1] = {
    let mut masks = FIRST;
    let mut length = 0;
    while length <= SHORT {
        masks[length] = [masks[length][0] & EACH << 5, masks[length][1] & EACH << 5];
        length += 1;
    }
    masks
};

/// The lowest bit of each pair of bytes.
const EACH_PAIR: u64 = 0x0001_0001_0001_0001;

/// The bits of two bytes that tell of which block of 256 characters they are one.
const SHAPE: u64 = EACH_PAIR * 0xC0FC;

/// What they are for U+0600 to U+06FF in the first bytes of sixteen, by how many these are.
const ARABIC: [[u64; 2]; SHORT + 1] = shapes(0x80D8);

/// What they are for U+0400 to U+04FF.
const CYRILLIC: [[u64; 2]; SHORT + 1] = shapes(0x80D0);

/// The shapes of words of characters of one shape. An odd number of bytes has one that is never met.
const fn shapes(pair: u64) -> [[u64; 2]; SHORT + 1] {
    let mut shapes = FIRST;
    let mut length = 0;
    while length <= SHORT {
        let pair = EACH_PAIR * if length % 2 == 0 { pair } else { 1 };
        shapes[length] = [shapes[length][0] & pair, shapes[length][1] & pair];
        length += 1;
    }
    shapes
}

/// The place in a block from which on there is nothing.
const NOTHING: usize = 0x100;

/// That place, in the pairs of sixteen bytes that are not among the first, by how many these are.
const PADDING: [[u64; 2]; SHORT + 1] = {
    let mut masks = FIRST;
    let mut length = 0;
    while length <= SHORT {
        masks[length] = [
            !masks[length][0] & (EACH_PAIR * NOTHING as u64),
            !masks[length][1] & (EACH_PAIR * NOTHING as u64),
        ];
        length += 1;
    }
    masks
};

/// Takes usual runs.
#[derive(Debug)]
pub(super) struct Quick {
    /// Room to fold a run.
    room: [u8; ROOM],
    /// Room to fold eight characters, and to write beyond them.
    pairs: [u8; 64 + 8],
}

impl Default for Quick {
    fn default() -> Self {
        Self {
            room: [0; ROOM],
            pairs: [0; 64 + 8],
        }
    }
}

impl Quick {
    /// The same as [`Folder::take`](super::run::Folder::take) for one word of Arabic letters, or one of Cyrillic letters, and digits of their block: its hash,
    /// how many letters it has and their script. `None` for any other run.
    #[inline]
    pub(super) fn take_pairs(&mut self, run: Short, length: usize) -> Option<([u8; 8], u32, Script)> {
        let shape = [run.0[0] & SHAPE, run.0[1] & SHAPE];
        let [arabic, cyrillic] = blocks();
        let (script, block) = if shape == ARABIC[length] {
            (Script::Arabic, arabic)
        } else if shape == CYRILLIC[length] {
            (Script::Cyrillic, cyrillic)
        } else {
            return None;
        };
        let mut all = block[NOTHING];
        let mut sum = 0;
        // Always eight characters, of which the last ones may be nothing: a loop that ends with the word is slower.
        for (half, padding) in run.0.into_iter().zip(PADDING[length]) {
            let places = (half & (EACH_PAIR * 3)) << 6 | (half >> 8) & (EACH_PAIR * 0x3F) | padding;
            for pair in 0..4 {
                let is = block[(places >> (16 * pair) & 0x1FF) as usize];
                let end = sum % 64;
                self.pairs[end..end + 8].copy_from_slice(&is.bytes());
                sum += is.length_and_letter();
                all = all.or(is);
            }
        }
        let (end, count) = (sum % 64, sum / 64);
        if all.is_special() || end == 0 {
            return None;
        }
        let hash = if end <= SHORT {
            Short::of(&self.pairs, end).hash()
        } else {
            hash(&self.pairs[..end])
        };
        Some((hash.to_le_bytes(), u32::try_from(count).unwrap_or(0), script))
    }

    /// The same as [`Folder::take`](super::run::Folder::take) for a short run of usual letters of one script, below U+0800, and signs; false for any other.
    /// Each word that it counts for has one hash.
    pub(super) fn take(&mut self, run: &[u8], letters: &mut Letters, hashes: &mut Vec<[u8; 8]>) -> bool {
        if run.len() > FAST {
            return false;
        }
        let table = table();
        let before = hashes.len();
        let folded = &mut self.room;
        let (mut start, mut end) = (0, 0);
        let (mut count, mut scripts) = (0, 0_u32);
        let mut at = 0;
        while let Some(&first) = run.get(at) {
            let is = if first < 0x80 {
                at += 1;
                table[usize::from(first)]
            } else if first < 0xE0 {
                let second = run.get(at + 1).copied().unwrap_or_default();
                at += 2;
                table[usize::from(first & 0x1F) << 6 | usize::from(second & 0x3F)]
            } else if run[at..].starts_with(&SIGN) && (0x90..0xA8).contains(&run[at + 2]) {
                at += 3;
                table[0]
            } else {
                hashes.truncate(before);
                return false;
            };
            let role = is.role();
            if role > Role::Nothing {
                if role == Role::Between && end > start {
                    hashes.push(hash_at(folded, start, end));
                    start = end;
                }
                if role != Role::Mark || end == start {
                    continue;
                }
            }
            let is_letter = u32::from(role == Role::Letter);
            count += is_letter;
            scripts |= is_letter << is.script();
            folded[end..end + 8].copy_from_slice(&is.bytes());
            end += is.length();
        }
        if scripts & scripts.wrapping_sub(1) != 0 {
            hashes.truncate(before);
            return false;
        }
        if end > start {
            hashes.push(hash_at(folded, start, end));
        }
        letters.add_number(scripts.trailing_zeros(), count);
        true
    }
}

/// The hash of the word that lies there, little-endian.
fn hash_at(folded: &[u8; ROOM], start: usize, end: usize) -> [u8; 8] {
    let hash = if end - start <= SHORT {
        Short::of(&folded[start..], end - start).hash()
    } else {
        hash(&folded[start..end])
    };
    hash.to_le_bytes()
}

#[cfg(test)]
mod tests {
    use super::super::run::Folder;
    use super::*;

    /// The same the fast way; `None` where there is none.
    fn fast(run: &str) -> Option<(Vec<u64>, usize, Letters)> {
        let (mut letters, mut hashes) = (Letters::default(), Vec::new());
        if run.len() <= SHORT && run.is_ascii() {
            let (hash, count) = take_ascii(Short::of(run.as_bytes(), run.len()), run.len());
            letters.add(Script::Latin, count);
            return Some((vec![hash], 1, letters));
        }
        if run.len() <= SHORT
            && let Some((hash, count, script)) =
                Quick::default().take_pairs(Short::of(run.as_bytes(), run.len()), run.len())
        {
            letters.add(script, count);
            return Some((vec![u64::from_le_bytes(hash)], 1, letters));
        }
        let taken = Quick::default().take(run.as_bytes(), &mut letters, &mut hashes);
        let words = hashes.len();
        taken.then(|| (hashes.into_iter().map(u64::from_le_bytes).collect(), words, letters))
    }

    #[test]
    fn the_fast_way_leads_to_the_same() {
        let chars: String = ('0'..='9').chain('A'..='z').chain('\u{80}'..'\u{3100}').collect();
        let chars: Vec<char> = chars.chars().filter(|c| !c.is_ascii_punctuation()).collect();
        let pairs = chars.windows(2).map(|pair| pair.iter().collect());
        let framed = chars.iter().flat_map(|c| {
            [
                format!("{c}"),
                format!("ab{c}"),
                format!("{c}é"),
                format!("قا{c}ل"),
                format!("é—{c}’{c}A"),
            ]
        });
        let words = [
            "government",
            "WHO",
            "2024",
            "G7",
            "sixteenletters16",
            "l’été",
            "النيجر",
            "États—Unis",
            "“Peace”",
        ];
        let (mut taken, mut left) = (0, 0);
        for run in pairs.chain(framed).chain(words.map(str::to_owned)) {
            let mut letters = Letters::default();
            let mut hashes = Vec::new();
            let counted = Folder::default().take(&run, &mut letters, |hash| hashes.push(hash));
            match fast(&run) {
                Some(found) => {
                    assert_eq!(found, (hashes, counted, letters), "{run}");
                    taken += 1;
                }
                None => left += 1,
            }
        }
        assert!(taken > 8000 && left > 8000, "{taken} {left}");
    }
}
