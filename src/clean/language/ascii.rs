//! A table of the short words of ASCII letters of all profiles. The hash of a word in, the place of its points out.

use super::profile::SLOTS;

/// Where the points of short words of ASCII letters lie, by the hashes of the words.
pub(super) struct Ascii {
    /// A bit for each word, at a place of its hash: most words of a text end here, and it fits where it is read fast.
    may_be: Vec<u64>,
    /// In each slot a mark that is not 0, and the place: where its points start, and in the lowest byte how many they are.
    slots: Vec<(u32, u32)>,
}

impl Default for Ascii {
    fn default() -> Self {
        Self {
            may_be: vec![0; 1 << 10],
            slots: vec![(0, 0); SLOTS],
        }
    }
}

impl Ascii {
    /// Adds a word, with its place.
    pub(super) fn add(&mut self, hash: u64, (start, end): (u32, u32)) {
        let (word, bit) = Self::bit(hash);
        self.may_be[word] |= bit;
        let (mut slot, mark) = Self::slot(hash);
        while self.slots[slot].0 != 0 {
            slot = (slot + 1) % SLOTS;
        }
        self.slots[slot] = (mark, start << 8 | (end - start));
    }

    /// The place of a word.
    #[inline]
    pub(super) fn get(&self, hash: u64) -> Option<(u32, u32)> {
        let (word, bit) = Self::bit(hash);
        if self.may_be[word] & bit == 0 {
            return None;
        }
        let (mut slot, mark) = Self::slot(hash);
        loop {
            let (own, place) = self.slots[slot];
            if own == mark {
                return Some((place >> 8, (place >> 8) + (place & 0xFF)));
            } else if own == 0 {
                return None;
            }
            slot = (slot + 1) % SLOTS;
        }
    }

    fn bit(hash: u64) -> (usize, u64) {
        (usize::try_from(hash >> 54).unwrap_or(0), 1 << (hash >> 48 & 63))
    }

    fn slot(hash: u64) -> (usize, u32) {
        (
            usize::try_from(hash % SLOTS as u64).unwrap_or(0),
            u32::try_from(hash >> 16 & 0xFFFF_FFFF).unwrap_or(0) | 1,
        )
    }
}
