//! What a reader should distrust this time.

use chrono::NaiveDate;

/// Something that a reader should distrust this time.
#[derive(Clone, Debug, PartialEq)]
pub enum Caveat {
    /// No document carries a date, so nothing can be shown over time.
    NothingDated,
    /// The last period is covered in part.
    PartialLastPeriod {
        /// Index into [`Findings::periods`](super::Findings::periods).
        period: usize,
    },
    /// The first period is covered in part.
    PartialFirstPeriod {
        /// Index into [`Findings::periods`](super::Findings::periods).
        period: usize,
    },
    /// Stretches of periods without any article.
    Gap {
        /// Index of the first empty period.
        from: usize,
        /// Index of the last empty period.
        to: usize,
    },
    /// More than one document in twenty is undated.
    ManyUndated {
        /// How many.
        undated: u64,
        /// Of how many documents.
        documents: u64,
    },
    /// Something could not be read.
    Skipped {
        /// How many records and files.
        skipped: u64,
    },
    /// An outlet of the baseline has no article in the last complete period.
    SilentSource {
        /// Its name.
        source: String,
        /// Index into [`Findings::periods`](super::Findings::periods).
        period: usize,
    },
    /// An outlet gives at least a fifth of the last complete period's articles, at least twice its usual part, beyond chance.
    FloodingSource {
        /// Its name.
        source: String,
        /// Index into [`Findings::periods`](super::Findings::periods).
        period: usize,
        /// Its part of the articles of the period, 0–1.
        share: f64,
        /// Its part of those of the baseline, 0–1.
        before: f64,
        /// Complete periods of the baseline.
        periods: u64,
    },
    /// A fifth or more of an outlet's documents carry no date, at least twice as often as those of the other outlets, beyond chance.
    DatelessSource {
        /// Its name.
        source: String,
        /// How many of its documents are undated.
        undated: u64,
        /// Of how many that are no re-crawls.
        documents: u64,
        /// The part of undated documents in all other outlets, 0–1.
        elsewhere: f64,
    },
    /// One outlet gives more than half of the articles.
    DominantSource {
        /// Its name.
        source: String,
        /// Its part of all articles, 0–1.
        share: f64,
    },
    /// The outlets that are always there give less than 70 % of the articles, so balanced shares rest on little.
    ThinPanel {
        /// How many they are.
        sources: u64,
        /// Periods of the window that they were looked for in.
        periods: u64,
        /// Their part of the articles of the window, 0–1.
        share: f64,
    },
    /// Offices and names were checked before the corpus ends.
    StaleWatchlist {
        /// The day up to which they were checked.
        as_of: NaiveDate,
    },
    /// Few articles a period: shares jump by chance.
    FewArticles {
        /// The median number of articles in a complete period.
        median: u64,
    },
}
