//! What a scan says of the documents: how many are articles, dated, re-crawls, in which languages, from how many outlets.
//!
//! A few columns of the documents table come in, frame by frame, the counts go out. They are those of
//! [`CorpusFacts`](crate::model::findings::CorpusFacts), but nothing is looked at for them that only a report shows (no mention, no near copy, no title), and of
//! each document some forty bytes are held.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use polars::prelude::{Column, DataFrame, PolarsResult};
use xxhash_rust::xxh3::xxh3_128;

use super::documents::{origins, told};
use super::outlets::{Outlets, UNKNOWN};
use super::stories::date_fault;
use crate::error::Error;
use crate::model::account::DocumentCount;
use crate::model::entity::SourceEntry;
use crate::model::language::Language;
use crate::settings::AnalyseSettings;

/// The columns of the documents table that [`DocumentCounter::add`] wants.
pub const ACCOUNT_COLUMNS: [&str; 6] = ["file", "source", "url", "language", "date", "text_hash"];

/// Counts documents.
#[derive(Debug)]
pub struct DocumentCounter<'a> {
    /// The outlets that the watchlists know.
    entries: &'a [SourceEntry],
    /// What is filtered.
    settings: &'a AnalyseSettings,
    /// The day of the newest file.
    newest: Option<NaiveDate>,
    /// Outlets by their name in lower case.
    outlets: HashMap<String, u32>,
    /// The documents that are not filtered.
    kept: Vec<Kept>,
    /// How many are.
    filtered: u64,
}

/// What is held of a document. Those of one text and outlet follow each other when sorted, first the one that stays: dated ones by day, then undated ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Kept {
    /// The hash of its text's hash.
    text: u128,
    /// The number of its outlet.
    outlet: u32,
    /// The day, where there is one that can be trusted; those that have one come first.
    date: (Reverse<bool>, Option<NaiveDate>),
    /// Its place among all; texts without a hash are told apart by it.
    place: u32,
    /// Its language.
    language: Language,
}

impl<'a> DocumentCounter<'a> {
    /// None yet; `newest` is the day of the newest file.
    #[must_use]
    pub fn new(entries: &'a [SourceEntry], settings: &'a AnalyseSettings, newest: Option<NaiveDate>) -> Self {
        Self {
            entries,
            settings,
            newest,
            outlets: HashMap::new(),
            kept: Vec::new(),
            filtered: 0,
        }
    }

    /// Adds the next documents: a frame with [`ACCOUNT_COLUMNS`].
    ///
    /// # Errors
    ///
    /// [`Error::Analyse`] where the frame lacks a column or holds what it should not.
    pub fn add(&mut self, frame: &DataFrame) -> Result<(), Error> {
        self.add_rows(frame).map_err(|error| told(&error))
    }

    /// The same with polars' own error.
    fn add_rows(&mut self, frame: &DataFrame) -> PolarsResult<()> {
        let text = |name: &str| frame.column(name).and_then(Column::str);
        let outlets = Outlets::find(
            origins([text("source")?, text("url")?, text("file")?]),
            self.entries,
            &self.settings.sources,
        );
        let next = |known: &HashMap<String, u32>| u32::try_from(known.len()).unwrap_or(u32::MAX);
        let numbers: Vec<u32> = outlets
            .names
            .iter()
            .map(|name| {
                let next = next(&self.outlets);
                *self.outlets.entry(name.to_lowercase()).or_insert(next)
            })
            .collect();
        let days = frame.column("date")?.date()?.phys.iter();
        let rows = days.zip(text("language")?.iter()).zip(text("text_hash")?.iter());
        for (row, ((day, language), hash)) in rows.enumerate() {
            let date = day
                .and_then(NaiveDate::from_epoch_days)
                .filter(|&day| date_fault(day, self.newest).is_none());
            let language = language.and_then(Language::new).unwrap_or(Language::UND);
            if !(self.is_wanted(date, language) && outlets.is_wanted(row)) {
                self.filtered += 1;
                continue;
            }
            self.kept.push(Kept {
                text: hash
                    .filter(|hash| !hash.is_empty())
                    .map_or(0, |hash| xxh3_128(hash.as_bytes()).max(1)),
                outlet: numbers[outlets.of[row] as usize],
                date: (Reverse(date.is_some()), date),
                place: u32::try_from(self.kept.len()).unwrap_or(u32::MAX),
                language,
            });
        }
        Ok(())
    }

    /// Whether `--language`, `--from` and `--to` let a document through.
    fn is_wanted(&self, date: Option<NaiveDate>, language: Language) -> bool {
        let AnalyseSettings {
            from, to, languages, ..
        } = self.settings;
        let spoken = languages.is_empty() || languages.contains(&language);
        spoken && date.is_none_or(|day| from.is_none_or(|from| from <= day) && to.is_none_or(|to| day <= to))
    }

    /// The counts.
    #[must_use]
    pub fn finish(mut self) -> DocumentCount {
        let unknown = self.outlets.get(UNKNOWN).copied();
        self.kept.sort_unstable();
        let mut count = DocumentCount {
            documents: self.filtered + self.kept.len() as u64,
            filtered: self.filtered,
            ..DocumentCount::default()
        };
        let mut languages: BTreeMap<Language, u64> = BTreeMap::new();
        let mut outlets = vec![false; self.outlets.len()];
        for of_one in self
            .kept
            .chunk_by(|a, b| a.text != 0 && (a.text, a.outlet) == (b.text, b.outlet))
        {
            count.duplicates += of_one.len() as u64 - 1;
            let stays = of_one[0];
            let Some(day) = stays.date.1 else {
                count.undated += 1;
                continue;
            };
            count.articles += 1;
            *languages.entry(stays.language).or_default() += 1;
            outlets[stays.outlet as usize] |= Some(stays.outlet) != unknown;
            let (first, last) = count.range.unwrap_or((day, day));
            count.range = Some((first.min(day), last.max(day)));
        }
        count.outlets = outlets.into_iter().filter(|&has| has).count() as u64;
        count.languages = languages.into_iter().collect();
        count
            .languages
            .sort_by_key(|&(language, articles)| (Reverse(articles), language));
        count
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::fixtures::{Corpus, day, gazetteer};
    use super::*;

    proptest! {
        #[test]
        fn the_counts_are_those_of_a_report(
            documents in proptest::collection::vec((0..7_usize, 0..4_usize, 0..6_usize, 0..3_usize), 0..40),
            filter in 0..4,
            cut in 0..40_usize,
        ) {
            let mut corpus = Corpus::default();
            for (date, source, text, language) in documents {
                let dates = ["2024-05-01", "2024-05-02", "2024-05-09", "2024-06-01", "", "1750-01-01", "2031-01-01"];
                let sources = ["The Desk", "the  desk", "", "The Lake"];
                let text = ["", "a", "b", "c", "d", "e"][text];
                corpus.carry(dates[date], sources[source], text, &[]).language = ["en", "fr", "ar"][language];
            }
            let settings = AnalyseSettings {
                from: (filter == 1).then(|| day("2024-05-02")),
                languages: if filter == 2 { vec![Language::EN, Language::AR] } else { Vec::new() },
                sources: if filter == 3 { vec!["the desk".to_owned()] } else { Vec::new() },
                similarity: 1.0,
                ..AnalyseSettings::default()
            };
            let gazetteer = gazetteer(&["mali"]);
            let facts = corpus.findings(&gazetteer, &settings).corpus;
            let mut counter = DocumentCounter::new(&gazetteer.sources, &settings, Some(day("2030-01-01")));
            let frame = corpus.frame();
            let cut = cut.min(frame.height());
            counter.add(&frame.head(Some(cut))).unwrap();
            counter.add(&frame.tail(Some(frame.height() - cut))).unwrap();
            prop_assert_eq!(
                counter.finish(),
                DocumentCount {
                    documents: facts.documents,
                    articles: facts.articles,
                    undated: facts.undated,
                    duplicates: facts.duplicates,
                    filtered: facts.filtered,
                    outlets: facts.sources,
                    range: facts.range,
                    languages: facts.languages,
                }
            );
        }
    }
}
