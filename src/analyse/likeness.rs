//! How much two texts share, by their signatures; and which text each other one is a near copy of.
//!
//! Signatures come in, in the order in which texts lead; for each text the leader that it follows goes out. It reads no text.

use libm::log1p;
use polars::prelude::Column;

use super::documents::{Frames, told, visit};
use crate::error::Error;
use crate::model::signature::{BANDS, SAMPLE, SKETCH_BITS, Signature};

/// A text that lost a passage is a copy where so much of what is left stands in the other one …
const CONTAINED: f64 = 0.95;

/// … and where the two are at most so much less alike than other copies have to be.
const CUT: f64 = 0.05;

/// How much two texts share.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Likeness {
    /// Shared shingles ÷ shingles of either, 0–1: the Jaccard similarity.
    pub(crate) jaccard: f64,
    /// Shared shingles ÷ shingles of the text that has fewer, 0–1.
    pub(crate) contained: f64,
}

impl Likeness {
    /// Estimates it. Where no two of the shingles that differ share a place in the sketch, it is exact.
    pub(crate) fn of(a: &Signature, b: &Signature) -> Self {
        let (less, more) = if a.shingles <= b.shingles { (a, b) } else { (b, a) };
        let sampled = |signature: &Signature| f64::from(signature.shingles.min(SAMPLE));
        let both = sampled(less) + sampled(more);
        let odd: u32 = a.sketch.iter().zip(b.sketch).map(|(a, b)| (a ^ b).count_ones()).sum();
        let common = (both - apart(odd).min(both)) / 2.0;
        let (fewer, most) = (f64::from(less.shingles), f64::from(more.shingles));
        let shared = (common * most / sampled(more)).min(fewer);
        Self {
            jaccard: shared / (fewer + most - shared),
            contained: shared / fewer,
        }
    }

    /// Whether the texts are near copies where the Jaccard similarity has to be `similarity`.
    pub(crate) fn is_copy(self, similarity: f64) -> bool {
        let cut = self.contained >= CONTAINED && self.jaccard >= similarity - CUT;
        self.jaccard >= similarity || cut
    }
}

/// How many shingles stand in one text only if `odd` places of the sketches differ: the number *m* for which
/// *n* ÷ 2 × (1 − (1 − 2 ÷ *n*)ᵐ) places of *n* are expected to, rounded to the next that is as even or odd as it must be. Infinite where half
/// of the places differ, as they do between any two texts that are long enough.
fn apart(odd: u32) -> f64 {
    const PLACES: f64 = 2048.0;
    const { assert!(SKETCH_BITS == 2048) }
    let odd = f64::from(odd);
    if 2.0 * odd >= PLACES {
        return f64::INFINITY;
    }
    let expected = log1p(-2.0 * odd / PLACES) / log1p(-2.0 / PLACES);
    odd + 2.0 * ((expected - odd) / 2.0).round()
}

/// A place in a list that is not there.
const NONE: u32 = u32::MAX;

/// For every text in `texts`, in this order, the text before it that it is a near copy of and that is itself no copy; itself where there is
/// none. Of several it is the most alike, and of equally alike ones the first.
///
/// So a copy is near to the one text that it is said to be a copy of: a chain of small changes leads nowhere.
///
/// # Errors
///
/// Whatever reading the signatures from `frames`, which has so many documents, fails with.
pub(crate) fn leaders(
    frames: &Frames<'_>,
    documents: usize,
    texts: &[u32],
    similarity: f64,
) -> Result<Vec<(u32, f64)>, Error> {
    let mut groups = Groups::new(&Bands::read(frames, documents, texts)?);
    let signatures = Signatures::read(frames, texts, &groups)?;
    // For every leader the text that it was held against last.
    let mut asked = vec![NONE; texts.len()];
    let mut leaders = Vec::with_capacity(texts.len());
    for (place, &doc) in (0_u32..).zip(texts) {
        let own = groups.of(place);
        let signature = signatures.of(place);
        let mut best: Option<(f64, u32)> = None;
        for leader in own.clone().flat_map(|group| groups.leaders_of(group)) {
            if std::mem::replace(&mut asked[leader as usize], place) == place {
                continue;
            }
            let (Some(one), Some(other)) = (signature, signatures.of(leader)) else {
                continue;
            };
            let likeness = Likeness::of(one, other);
            let is_better = best.is_none_or(|(jaccard, first)| {
                likeness.jaccard > jaccard || (likeness.jaccard >= jaccard && leader < first)
            });
            if is_better && likeness.is_copy(similarity) {
                best = Some((likeness.jaccard, leader));
            }
        }
        if let Some((jaccard, leader)) = best {
            leaders.push((texts[leader as usize], jaccard));
        } else {
            groups.lead(place, own);
            leaders.push((doc, 1.0));
        }
    }
    Ok(leaders)
}

/// The bands of all texts.
struct Bands {
    /// Those of each text; zeros where it has none.
    all: Vec<[u32; BANDS]>,
    /// Whether a text has such bands; the shortest have none.
    signed: Vec<bool>,
}

impl Bands {
    /// Reads those of `texts`, which are some of so many documents.
    fn read(frames: &Frames<'_>, documents: usize, texts: &[u32]) -> Result<Self, Error> {
        let mut places = vec![NONE; documents];
        for (place, &doc) in (0_u32..).zip(texts) {
            places[doc as usize] = place;
        }
        let mut found = Self {
            all: vec![[0; BANDS]; texts.len()],
            signed: vec![false; texts.len()],
        };
        let mut places = places.into_iter();
        for frame in frames(&["signature"]) {
            let frame = frame?;
            let column = frame.column("signature").and_then(Column::binary);
            let column = column.map_err(|error| told(&error))?;
            for (bytes, place) in column.iter().zip(places.by_ref()) {
                let place = place as usize;
                if let (Some(bands), Some(signed)) = (bytes.and_then(bands_of), found.signed.get_mut(place)) {
                    (found.all[place], *signed) = (bands, true);
                }
            }
        }
        Ok(found)
    }
}

/// The bands at the beginning of a signature.
fn bands_of(signature: &[u8]) -> Option<[u32; BANDS]> {
    let (numbers, _) = signature.as_chunks::<4>();
    let numbers = numbers.first_chunk::<BANDS>()?;
    Some(numbers.map(u32::from_le_bytes))
}

/// The signatures of the texts that agree with another one in a band: only these are compared, and so only these are held.
struct Signatures {
    /// Where that of a text lies; [`NONE`] for most.
    places: Vec<u32>,
    /// The signatures.
    all: Vec<Signature>,
}

impl Signatures {
    /// Reads them.
    fn read(frames: &Frames<'_>, texts: &[u32], groups: &Groups) -> Result<Self, Error> {
        let mut wanted: Vec<(u32, u32)> = (0_u32..)
            .zip(texts)
            .filter(|&(place, _)| !groups.of(place).is_empty())
            .map(|(place, &doc)| (doc, place))
            .collect();
        wanted.sort_unstable();
        let mut found = Self {
            places: vec![NONE; texts.len()],
            all: Vec::with_capacity(wanted.len()),
        };
        let docs: Vec<u32> = wanted.iter().map(|&(doc, _)| doc).collect();
        let mut places = wanted.into_iter().map(|(_, place)| place as usize);
        visit(frames, &["shingles", "signature"], &docs, |_, frame, row| {
            let shingles = frame.column("shingles")?.u32()?.get(row).unwrap_or_default();
            let bytes = frame.column("signature")?.binary()?.get(row);
            if let (Some(place), Some(one)) = (
                places.next(),
                bytes.and_then(|bytes| Signature::from_bytes(shingles, bytes)),
            ) {
                found.places[place] = index(found.all.len());
                found.all.push(one);
            }
            Ok(())
        })?;
        Ok(found)
    }

    /// That of the text at this place.
    fn of(&self, place: u32) -> Option<&Signature> {
        self.all.get(self.places[place as usize] as usize)
    }
}

/// Which values may have been met more than once: most were not, and need not be sorted then.
struct Met {
    /// A bit for some of the values, set where one of them was met.
    once: Vec<u64>,
    /// The same, set where one was met again.
    twice: Vec<u64>,
}

impl Met {
    /// For so many values, with 32 bits for each.
    fn new(values: usize) -> Self {
        let words = (values / 2 + 1).next_power_of_two();
        Self {
            once: vec![0; words],
            twice: vec![0; words],
        }
    }

    /// Nothing was met.
    fn forget(&mut self) {
        self.once.fill(0);
        self.twice.fill(0);
    }

    /// Where the bit of a value is.
    fn place(&self, value: u32) -> (usize, u64) {
        ((value >> 6) as usize & (self.once.len() - 1), 1 << (value & 63))
    }

    /// A value was met.
    fn add(&mut self, value: u32) {
        let (word, bit) = self.place(value);
        self.twice[word] |= self.once[word] & bit;
        self.once[word] |= bit;
    }

    /// Whether it may have been met again. Where it was, it says so.
    fn again(&self, value: u32) -> bool {
        let (word, bit) = self.place(value);
        self.twice[word] & bit != 0
    }
}

/// The texts that agree in a band, and which of them lead.
struct Groups {
    /// Where the groups of each text begin in `joined`.
    starts: Vec<u32>,
    /// The groups of all texts, text by text.
    joined: Vec<u32>,
    /// The last leader of each group, as a place in `leaders`.
    last: Vec<u32>,
    /// A leader, as a place among the texts, and the leader before it in its group.
    leaders: Vec<(u32, u32)>,
}

impl Groups {
    /// The groups of more than one text.
    fn new(bands: &Bands) -> Self {
        let texts = bands.all.len();
        let mut members: Vec<(u32, u32)> = Vec::new();
        let mut groups = 0;
        let mut values: Vec<(u32, u32)> = Vec::new();
        let mut met = Met::new(texts);
        for band in 0..BANDS {
            let signed = (0..).zip(&bands.all).zip(&bands.signed).filter(|(_, signed)| **signed);
            let all = signed.map(|((place, own), _)| (own[band], place));
            met.forget();
            all.clone().for_each(|(value, _)| met.add(value));
            values.clear();
            values.extend(all.filter(|&(value, _)| met.again(value)));
            values.sort_unstable();
            for alike in values.chunk_by(|a, b| a.0 == b.0).filter(|alike| alike.len() > 1) {
                members.extend(alike.iter().map(|(_, place)| (*place, groups)));
                groups += 1;
            }
        }
        members.sort_unstable();
        let mut starts = Vec::with_capacity(texts + 1);
        let mut next = 0;
        for place in 0..=texts {
            while members.get(next).is_some_and(|(text, _)| (*text as usize) < place) {
                next += 1;
            }
            starts.push(index(next));
        }
        Self {
            starts,
            joined: members.into_iter().map(|(_, group)| group).collect(),
            last: vec![NONE; groups as usize],
            leaders: Vec::new(),
        }
    }

    /// Where the groups of a text stand.
    fn of(&self, place: u32) -> std::ops::Range<usize> {
        let place = place as usize;
        self.starts[place] as usize..self.starts[place + 1] as usize
    }

    /// The leaders of the group that stands here in `joined`, the last one first.
    fn leaders_of(&self, at: usize) -> impl Iterator<Item = u32> + '_ {
        let mut next = self.last[self.joined[at] as usize];
        std::iter::from_fn(move || {
            let &(leader, before) = self.leaders.get(next as usize)?;
            next = before;
            Some(leader)
        })
    }

    /// Makes a text a leader of its groups.
    fn lead(&mut self, place: u32, groups: std::ops::Range<usize>) {
        for &group in &self.joined[groups] {
            let last = &mut self.last[group as usize];
            self.leaders.push((place, *last));
            *last = index(self.leaders.len() - 1);
        }
    }
}

/// A place in a list as a number; there are fewer than 2³² documents times bands that agree.
fn index(place: usize) -> u32 {
    u32::try_from(place).expect("fewer than 2^32 bands agree")
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::signature;
    use super::*;

    fn likeness(a: std::ops::Range<u32>, b: std::ops::Range<u32>) -> Likeness {
        Likeness::of(&signature(&a), &signature(&b))
    }

    #[test]
    fn it_is_estimated_well_whatever_the_length() {
        for total in [30, 100, 300, 1000, 3000, 9000] {
            for percent in [70, 80, 90, 100] {
                let shared = total * percent / 100;
                let mut error = 0.0;
                for run in 0..8 {
                    let start = run * 20_000;
                    let half = start + (total - shared) / 2;
                    let found = likeness(start..half + shared, half..start + total);
                    let (a, b) = (half + shared - start, start + total - half);
                    assert!(
                        (found.jaccard - f64::from(shared) / f64::from(total)).abs() < 0.05,
                        "{found:?}"
                    );
                    assert!(
                        (found.contained - f64::from(shared) / f64::from(a.min(b))).abs() < 0.05,
                        "{found:?}"
                    );
                    error += found.jaccard - f64::from(shared) / f64::from(total);
                }
                assert!((error / 8.0).abs() < 0.015, "{total} {percent}: {error}");
            }
        }
    }

    #[test]
    fn equal_texts_are_alike_and_others_are_not() {
        assert_eq!(
            likeness(0..500, 0..500),
            Likeness {
                jaccard: 1.0,
                contained: 1.0
            }
        );
        assert!(likeness(0..500, 1000..1500).jaccard < 0.1);
        assert!(likeness(0..50_000, 50_000..100_000).jaccard < 0.5);
        let cut = likeness(0..400, 0..1000);
        assert!((cut.contained - 1.0).abs() < 0.1 && cut.jaccard < 0.45, "{cut:?}");
    }

    #[test]
    fn a_cut_text_is_a_copy_a_little_below_the_limit() {
        let alike = |jaccard, contained| Likeness { jaccard, contained }.is_copy(0.8);
        assert!(alike(0.8, 0.88) && !alike(0.79, 0.9));
        assert!(alike(0.76, 0.99) && !alike(0.74, 1.0));
    }

    #[test]
    fn places_that_differ_tell_how_many_shingles_do() {
        for (odd, expected) in [(0, 0.0), (1, 1.0), (10, 10.0), (92, 96.0)] {
            assert!((apart(odd) - expected).abs() < 1e-9, "{odd}: {}", apart(odd));
        }
        assert!(apart(1023) > 7000.0 && apart(1024).is_infinite());
    }
}
