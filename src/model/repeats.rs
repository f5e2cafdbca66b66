//! Which of many hashes may have come more than once.

/// The fewest words of the table.
const FEWEST: usize = 1 << 9;

/// The most: 8 MB, which tell nineteen in twenty of a million and a half hashes that came once.
const MOST: usize = 1 << 20;

/// Hashes that were met, two bits each: has it come, and has it come again.
///
/// Hashes share places, so of one that came once it may be said that it came again; never the other way round. Whoever wants to know for certain looks at those
/// again, which are few. The room does not grow with the hashes.
#[derive(Clone, Debug)]
pub struct Repeats(Vec<u64>);

impl Repeats {
    /// None met yet; so many are expected.
    #[must_use]
    pub fn with_room(hashes: usize) -> Self {
        Self(vec![0; (hashes / 2).next_power_of_two().clamp(FEWEST, MOST)])
    }

    /// Meets a hash.
    pub fn add(&mut self, hash: u128) {
        let (word, shift) = self.place(hash);
        let seen = self.0[word] >> shift & 1;
        self.0[word] |= (1 | seen << 1) << shift;
    }

    /// Whether a hash may have come more than once; false only where it has not.
    #[must_use]
    pub fn may_repeat(&self, hash: u128) -> bool {
        let (word, shift) = self.place(hash);
        self.0[word] >> shift & 2 != 0
    }

    /// The word that has the bits of a hash, and where in it.
    #[expect(clippy::cast_possible_truncation, reason = "part of a hash is taken")]
    fn place(&self, hash: u128) -> (usize, u32) {
        let hash = hash as u64;
        ((hash >> 5) as usize % self.0.len(), (hash as u32 & 31) * 2)
    }
}

#[cfg(test)]
mod tests {
    use xxhash_rust::xxh3::xxh3_128;

    use super::*;

    fn hash(number: u32) -> u128 {
        xxh3_128(&number.to_le_bytes())
    }

    #[test]
    fn no_repeat_is_overlooked_and_most_of_the_rest_are_told() {
        let mut met = Repeats::with_room(20_000);
        for number in (0..20_000).chain((0..20_000).step_by(10)) {
            met.add(hash(number));
        }
        assert!((0..20_000).step_by(10).all(|number| met.may_repeat(hash(number))));
        let once = (0..20_000).filter(|number| number % 10 != 0);
        let taken_for_repeats = once.filter(|number| met.may_repeat(hash(*number))).count();
        assert!(taken_for_repeats < 2_000, "{taken_for_repeats}");
    }

    #[test]
    fn the_room_is_bounded() {
        assert_eq!(Repeats::with_room(0).0.len(), FEWEST);
        assert_eq!(Repeats::with_room(usize::MAX / 2).0.len(), MOST);
    }
}
