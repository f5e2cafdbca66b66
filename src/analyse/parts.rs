//! The rows of the corpus in parts that stay as they are from run to run, and what is made of each part alone.
//!
//! Whoever holds the rows implements [`Parts`] and [`Part`]. What is summed up part by part is kept as bytes under a name of all that it follows from, so that
//! a part that did not change need not be summed up again. Nothing here knows what the sums are.

use std::ops::Range;

use polars::prelude::DataFrame;
use serde::Serialize;
use xxhash_rust::xxh3::Xxh3;

use crate::error::Error;
use crate::model::kept::Kept;
use crate::model::words::WordRows;

/// The corpus, part by part.
pub trait Parts: Sync {
    /// What each part holds. Every document is in one part, and the documents of a part keep their order among themselves as long as the part stays.
    fn documents(&self) -> Vec<PartDocuments>;

    /// One of them, by its place.
    fn part(&self, place: usize) -> Box<dyn Part + '_>;

    /// The shelf at a place of what was kept under this name; `None` where nothing was or it is damaged.
    fn kept(&self, of: Kept, name: u128, at: usize) -> Option<Vec<u8>>;

    /// Begins to keep so many shelves under the name of all that they follow from beside the rows of the parts.
    ///
    /// # Errors
    ///
    /// Where they cannot be kept.
    fn keep(&self, of: Kept, name: u128, shelves: usize) -> Result<Box<dyn Keep>, Error>;

    /// Has `work` do the jobs from 0 to `jobs`, in any order and on as many threads as it likes, and gives what comes of it to `take` in the order of the jobs.
    ///
    /// # Errors
    ///
    /// What `take` fails with.
    fn each<R: Send>(
        &self,
        jobs: usize,
        work: impl Fn(usize) -> R + Sync,
        take: impl FnMut(R) -> Result<(), Error>,
    ) -> Result<(), Error>;

    /// Does two things that know nothing of each other, in any order or at once.
    fn both<A, B: Send>(&self, one: impl FnOnce() -> A, other: impl FnOnce() -> B + Send) -> (A, B);
}

/// The documents of a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartDocuments {
    /// The number of the part, which no other will have. A part that comes later has a greater one.
    pub number: u32,
    /// The numbers of its documents, as runs in ascending order; they count the documents of the corpus from 0.
    pub runs: Vec<Range<u32>>,
}

/// Shelves that are being kept, in their order.
pub trait Keep {
    /// Keeps the next one.
    ///
    /// # Errors
    ///
    /// Where it cannot be kept.
    fn put(&mut self, bytes: &[u8]) -> Result<(), Error>;

    /// Ends: before that nothing is kept.
    ///
    /// # Errors
    ///
    /// Where they cannot be kept.
    fn finish(self: Box<Self>) -> Result<(), Error>;
}

/// Keeps shelves that are all there.
///
/// # Errors
///
/// Where they cannot be kept.
pub(crate) fn keep_all(parts: &impl Parts, of: Kept, name: u128, shelves: &[Vec<u8>]) -> Result<(), Error> {
    let mut keep = parts.keep(of, name, shelves.len())?;
    shelves.iter().try_for_each(|shelf| keep.put(shelf))?;
    keep.finish()
}

/// Frames of rows, one after the other.
pub type PartFrames<'a> = Box<dyn Iterator<Item = Result<DataFrame, Error>> + 'a>;

/// One part.
pub trait Part {
    /// Frames of its mentions: `doc`, which is the number of the document in the corpus, and the columns of [`COUNTED_COLUMNS`]. All mentions of one document are
    /// in one frame, in the order of the text.
    fn mentions(&self) -> PartFrames<'_>;

    /// The words of its documents. All rows have the same vocabulary.
    fn words(&self) -> Box<dyn Iterator<Item = Result<WordRows, Error>> + '_>;
}

/// The columns of mentions that figures are made from, beside `doc`.
pub const COUNTED_COLUMNS: [&str; 9] = [
    "field", "sentence", "entity", "kind", "surface", "rule", "counted", "reason", "context",
];

/// The documents of one part: their places in it, and their numbers in the corpus.
#[derive(Debug)]
pub(crate) struct Numbers {
    /// The numbers, run by run, each with the place of its first document.
    runs: Vec<(u32, Range<u32>)>,
}

impl Numbers {
    /// Those of the documents in these runs.
    pub(crate) fn new(runs: &[Range<u32>]) -> Self {
        let mut start = 0;
        let placed = runs.iter().filter(|run| !run.is_empty()).map(|run| {
            let place = start;
            start += run.end - run.start;
            (place, run.clone())
        });
        Self { runs: placed.collect() }
    }

    /// Every number, in the order of the places.
    pub(crate) fn iter(&self) -> impl Iterator<Item = u32> {
        self.runs.iter().flat_map(|(_, run)| run.clone())
    }

    /// The place of a document.
    ///
    /// # Errors
    ///
    /// [`Error::Analyse`] where it is of another part.
    pub(crate) fn place(&self, doc: u32) -> Result<u32, Error> {
        let at = self.runs.partition_point(|(_, run)| run.end <= doc);
        let found = self.runs.get(at).filter(|(_, run)| run.contains(&doc));
        found
            .map(|(place, run)| place + (doc - run.start))
            .ok_or_else(|| Error::Analyse(format!("a part has rows of document {doc}, which is not in it")))
    }

    /// The number of the document at a place.
    ///
    /// # Errors
    ///
    /// [`Error::Analyse`] where there is none.
    pub(crate) fn number(&self, place: u32) -> Result<u32, Error> {
        let at = self.runs.partition_point(|(start, _)| *start <= place);
        let found = at.checked_sub(1).map(|at| &self.runs[at]);
        found
            .map(|(start, run)| run.start + (place - start))
            .filter(|&number| found.is_some_and(|(_, run)| run.contains(&number)))
            .ok_or_else(|| {
                Error::Analyse(format!(
                    "what was kept of a part is of document {place} in it, which is not there"
                ))
            })
    }
}

/// A name under construction: of what is made of a part, after all that it follows from.
#[derive(Clone)]
pub(crate) struct Name(Xxh3);

impl Name {
    /// Of this sort of thing.
    pub(crate) fn of(sort: &str) -> Self {
        Self(Xxh3::new()).and(sort.as_bytes())
    }

    /// It follows from these bytes too.
    pub(crate) fn and(mut self, bytes: &[u8]) -> Self {
        self.0.update(&(bytes.len() as u64).to_le_bytes());
        self.0.update(bytes);
        self
    }

    /// The name.
    pub(crate) fn finish(&self) -> u128 {
        self.0.digest128()
    }
}

/// A value as bytes.
///
/// # Errors
///
/// [`Error::Analyse`] where it cannot be put into bytes.
pub(crate) fn pack(value: &impl Serialize) -> Result<Vec<u8>, Error> {
    postcard::to_allocvec(value).map_err(unreadable)
}

/// The error where bytes are not what was packed.
#[expect(clippy::needless_pass_by_value, reason = "it is what `map_err` gives")]
pub(crate) fn unreadable(error: postcard::Error) -> Error {
    Error::Analyse(format!("what was kept of a part cannot be read: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_and_numbers_lead_to_each_other() {
        let numbers = Numbers::new(&[3..5, 7..7, 9..12]);
        assert_eq!(numbers.iter().collect::<Vec<_>>(), [3, 4, 9, 10, 11]);
        for (place, number) in (0..).zip(numbers.iter()) {
            assert_eq!(numbers.place(number).unwrap(), place);
            assert_eq!(numbers.number(place).unwrap(), number);
        }
        for stranger in [0, 2, 5, 8, 12] {
            assert!(numbers.place(stranger).is_err(), "{stranger}");
        }
        assert!(numbers.number(5).is_err() && Numbers::new(&[]).number(0).is_err());
    }

    #[test]
    fn names_tell_apart_what_was_given_in_other_pieces() {
        let name = |pieces: &[&str]| {
            let all = pieces
                .iter()
                .fold(Name::of("sums"), |name, piece| name.and(piece.as_bytes()));
            all.finish()
        };
        assert_eq!(name(&["ab", "c"]), name(&["ab", "c"]));
        assert_ne!(name(&["ab", "c"]), name(&["a", "bc"]));
        assert_ne!(name(&["abc"]), name(&["abc", ""]));
    }
}
