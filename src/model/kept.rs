//! What sums are kept of.

/// What sums are kept of, named by the numbers of parts of the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kept {
    /// This part.
    Part(u32),
    /// Several parts, of which this is the last one.
    UpTo(u32),
}

impl Kept {
    /// The number of the part, or of the last one.
    #[must_use]
    pub fn number(self) -> u32 {
        match self {
            Self::Part(number) | Self::UpTo(number) => number,
        }
    }
}
