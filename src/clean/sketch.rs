//! From the shingles of a text to its signature: bands to look near copies up by, and an odd sketch to compare them by.
//!
//! Hashes come in, a [`Signature`] goes out. One pass puts each distinct hash into its bin and its place. The bins are those of a
//! one-permutation `MinHash` (Li, Owen and Zhang 2012), the empty ones filled from others (Shrivastava 2017); three of them make a band.
//! The sketch is an odd sketch (Mitzenmacher, Pagh and Pham 2014) of the shingles themselves.

use crate::model::signature::{BANDS, SAMPLE, SKETCH_BITS, Signature};

/// Bins of a band.
const ROWS: usize = 3;

/// Bins of the `MinHash`.
const BINS: usize = BANDS * ROWS;

/// Sketches texts, one after the other.
#[derive(Debug, Default)]
pub(super) struct Sketcher {
    /// A table of hashes, in pairs, that is at most half full; 0 is a free place.
    table: Vec<[u64; 2]>,
    /// Each hash once, where they may be too many for a sketch.
    many: Vec<u64>,
}

impl Sketcher {
    /// The signature of a text with these shingles, which may repeat; `None` where it has none.
    pub(super) fn sketch(&mut self, hashes: impl ExactSizeIterator<Item = u64>) -> Option<Box<Signature>> {
        let mut bins = [u64::MAX; BINS];
        let mut sketch = [0; SKETCH_BITS / 64];
        let mut shingles = 0_u32;
        let may_be_many = hashes.len() > SAMPLE as usize;
        self.many.clear();
        distinct(&mut self.table, hashes, |hash| {
            shingles = shingles.saturating_add(1);
            let bin = &mut bins[bin_of(hash)];
            *bin = hash.min(*bin);
            toggle(&mut sketch, hash);
            if may_be_many {
                self.many.push(hash);
            }
        });
        fill(&mut bins)?;
        if shingles > SAMPLE {
            let (smallest, ..) = self.many.select_nth_unstable(SAMPLE as usize);
            sketch.fill(0);
            for hash in smallest {
                toggle(&mut sketch, *hash);
            }
        }
        let (rows, _) = bins.as_chunks::<ROWS>();
        let mut bands = [0; BANDS];
        for (band, rows) in bands.iter_mut().zip(rows) {
            *band = band_of(rows);
        }
        Some(Box::new(Signature {
            shingles,
            bands,
            sketch,
        }))
    }
}

/// Gives each hash once, 0 as 1.
fn distinct(table: &mut Vec<[u64; 2]>, hashes: impl ExactSizeIterator<Item = u64>, mut give: impl FnMut(u64)) {
    let room = hashes.len().next_power_of_two();
    table.clear();
    table.resize(room, [0; 2]);
    let mask = room - 1;
    for hash in hashes {
        let hash = hash.max(1);
        let mut place = (hash >> 20) as usize & mask;
        // Few pairs are full, so hardly a branch goes another way than the one before.
        while !table[place].contains(&hash) {
            let free = usize::from(table[place][0] != 0);
            if table[place][free] == 0 {
                table[place][free] = hash;
                give(hash);
                break;
            }
            place = (place + 1) & mask;
        }
    }
}

/// Changes the bit of the sketch that is the hash's place.
fn toggle(sketch: &mut [u64; SKETCH_BITS / 64], hash: u64) {
    const { assert!(SKETCH_BITS == 0x800) }
    let place = (hash & 0x7FF) as usize;
    sketch[place / 64] ^= 1 << (place % 64);
}

/// The bin of a hash.
fn bin_of(hash: u64) -> usize {
    ((hash >> 32) as usize * BINS) >> 32
}

/// Fills each bin that no shingle fell into from one that has some, chosen by the bin's own number; `None` where all are empty.
fn fill(bins: &mut [u64; BINS]) -> Option<()> {
    let full = bins.map(|bin| bin != u64::MAX);
    if !full.contains(&true) {
        return None;
    }
    for bin in 0..BINS {
        let mut seed = bin as u64;
        let mut from = bin;
        while !full[from] {
            seed = spread(seed);
            from = bin_of(seed);
        }
        bins[bin] = bins[from];
    }
    Some(())
}

/// A hash of the values of a band.
fn band_of(rows: &[u64; ROWS]) -> u32 {
    let all = rows.iter().fold(0, |all, &row| spread(all ^ row));
    (all >> 32) as u32
}

/// The next number of `SplitMix64` after `state`.
const fn spread(state: u64) -> u64 {
    let state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let state = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let state = (state ^ (state >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    state ^ (state >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Hashes that stand for the shingles of these numbers.
    fn hashes(numbers: std::ops::Range<u64>) -> Vec<u64> {
        numbers.map(|number| spread(spread(number) ^ 1)).collect()
    }

    fn sketch(hashes: &[u64]) -> Option<Box<Signature>> {
        Sketcher::default().sketch(hashes.iter().copied())
    }

    fn bits(signature: &Signature) -> u32 {
        signature.sketch.iter().map(|word| word.count_ones()).sum()
    }

    #[test]
    fn order_and_repeats_make_no_difference() {
        let once = hashes(0..300);
        let mut twice: Vec<u64> = once.iter().rev().chain(&once).copied().collect();
        assert_eq!(sketch(&once), sketch(&twice));
        twice.push(5);
        assert_ne!(sketch(&once), sketch(&twice));
        assert_eq!(sketch(&once).unwrap().shingles, 300);
        assert_eq!(sketch(&[]), None);
        assert_eq!(sketch(&[0, 0]).unwrap().shingles, 1);
    }

    #[test]
    fn few_shingles_are_all_in_the_sketch() {
        let signature = sketch(&hashes(0..20)).unwrap();
        assert!(
            (18..=20).contains(&bits(&signature)),
            "hardly two of twenty share a place"
        );
    }

    #[test]
    fn of_many_shingles_the_smallest_are_sketched() {
        let all = hashes(0..9000);
        let mut smallest = all.clone();
        smallest.sort_unstable();
        smallest.truncate(SAMPLE as usize);
        let (long, short) = (sketch(&all).unwrap(), sketch(&smallest).unwrap());
        assert_eq!((long.shingles, short.shingles), (9000, SAMPLE));
        assert_eq!(long.sketch, short.sketch);
        assert_ne!(long.bands, short.bands);
    }

    #[test]
    fn bands_agree_as_often_as_theory_says() {
        // Of two texts with Jaccard 0.8 a band agrees with 0.8³ = 0.512.
        let mut agree = 0_u32;
        assert_eq!(BANDS, 20);
        for run in 0..200 {
            let start = run * 10_000;
            let (a, b) = (hashes(start..start + 900), hashes(start + 100..start + 1000));
            let (a, b) = (sketch(&a).unwrap(), sketch(&b).unwrap());
            agree += a
                .bands
                .iter()
                .zip(b.bands)
                .map(|(a, b)| u32::from(*a == b))
                .sum::<u32>();
        }
        let share = f64::from(agree) / 4000.0;
        assert!((share - 0.512).abs() < 0.03, "{share}");
    }
}
