//! The ledger's parts as the analysis wants them: on all threads, and what was made of a part not made again.

use xxhash_rust::xxh3::xxh3_128;

use super::pool::{both, in_order};
use crate::analyse::{COUNTED_COLUMNS, Keep, Part, PartDocuments, PartFrames, Parts};
use crate::error::Error;
use crate::ledger::{Keeper, Ledger, PartRows};
use crate::model::kept::Kept;
use crate::model::words::WordRows;

/// The parts of a ledger.
pub struct LedgerParts<'a> {
    /// The ledger.
    ledger: &'a Ledger,
    /// Its parts.
    parts: Vec<PartRows>,
    /// So many at once.
    threads: usize,
    /// What makes the sums: another program may make others.
    program: &'a str,
}

impl<'a> LedgerParts<'a> {
    /// Those of `ledger`, so many of them at once; `program` is the name of what makes sums of them.
    #[must_use]
    pub fn new(ledger: &'a Ledger, threads: usize, program: &'a str) -> Self {
        Self {
            ledger,
            parts: ledger.partition(),
            threads,
            program,
        }
    }

    /// The name of what this program makes.
    fn own(&self, name: u128) -> u128 {
        xxh3_128(&[self.program.as_bytes(), &name.to_le_bytes()].concat())
    }
}

impl Parts for LedgerParts<'_> {
    fn documents(&self) -> Vec<PartDocuments> {
        let documents = |part: &PartRows| PartDocuments {
            number: part.number,
            runs: part.numbers.clone(),
        };
        self.parts.iter().map(documents).collect()
    }

    fn part(&self, place: usize) -> Box<dyn Part + '_> {
        Box::new(OnePart {
            ledger: self.ledger,
            rows: &self.parts[place],
        })
    }

    fn kept(&self, of: Kept, name: u128, at: usize) -> Option<Vec<u8>> {
        self.ledger.kept(of, self.own(name), at)
    }

    fn keep(&self, of: Kept, name: u128, shelves: usize) -> Result<Box<dyn Keep>, Error> {
        Ok(Box::new(Keeping(self.ledger.keep(of, self.own(name), shelves)?)))
    }

    fn each<R: Send>(
        &self,
        jobs: usize,
        work: impl Fn(usize) -> R + Sync,
        take: impl FnMut(R) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let feed = |give: &mut dyn FnMut(usize) -> bool| {
            let _ = (0..jobs).all(give);
        };
        in_order(self.threads, feed, || (), |job, ()| work(job), take)
    }

    fn both<A, B: Send>(&self, one: impl FnOnce() -> A, other: impl FnOnce() -> B + Send) -> (A, B) {
        both(self.threads, one, other)
    }
}

/// Shelves that the ledger is given to keep.
struct Keeping(Keeper);

impl Keep for Keeping {
    fn put(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.0.put(bytes)
    }

    fn finish(self: Box<Self>) -> Result<(), Error> {
        self.0.finish()
    }
}

/// One of them.
struct OnePart<'a> {
    /// The ledger.
    ledger: &'a Ledger,
    /// Where its rows lie.
    rows: &'a PartRows,
}

impl Part for OnePart<'_> {
    fn mentions(&self) -> PartFrames<'_> {
        Box::new(self.ledger.mentions_of(self.rows, &COUNTED_COLUMNS))
    }

    fn words(&self) -> Box<dyn Iterator<Item = Result<WordRows, Error>> + '_> {
        Box::new(self.ledger.words_of(self.rows))
    }
}
