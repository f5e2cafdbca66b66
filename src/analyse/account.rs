//! What a scan says of the documents: how many are articles, dated, re-crawls, in which languages, from how many outlets.
//!
//! A few columns of the documents table come in, frame by frame and twice, the counts go out. They are those of
//! [`CorpusFacts`](crate::model::findings::CorpusFacts), but nothing is looked at for them that only a report shows (no mention, no near copy, no title). Only
//! documents whose text may have come more than once are held, some fifty bytes each; all others are counted at once.

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
use crate::model::repeats::Repeats;
use crate::settings::AnalyseSettings;

/// The columns of the documents table that [`DocumentCounter::add`] wants.
pub const ACCOUNT_COLUMNS: [&str; 6] = ["file", "source", "url", "language", "date", "text_hash"];

/// The column of the documents table that [`Texts::add`] wants.
pub const TEXT_COLUMNS: [&str; 1] = ["text_hash"];

/// Which texts may have come more than once.
#[derive(Debug)]
pub struct Texts(Repeats);

impl Texts {
    /// None yet; so many are expected.
    #[must_use]
    pub fn with_room(documents: usize) -> Self {
        Self(Repeats::with_room(documents))
    }

    /// Adds the next documents: a frame with [`TEXT_COLUMNS`].
    ///
    /// # Errors
    ///
    /// [`Error::Analyse`] where the frame lacks the column.
    pub fn add(&mut self, frame: &DataFrame) -> Result<(), Error> {
        let texts = frame
            .column("text_hash")
            .and_then(Column::str)
            .map_err(|error| told(&error))?;
        texts.iter().for_each(|hash| self.0.add(text_of(hash)));
        Ok(())
    }
}

/// The hash of a text's hash; 0 where it has none.
fn text_of(hash: Option<&str>) -> u128 {
    hash.filter(|hash| !hash.is_empty())
        .map_or(0, |hash| xxh3_128(hash.as_bytes()).max(1))
}

/// Counts documents.
#[derive(Debug)]
pub struct DocumentCounter<'a> {
    /// The outlets that the watchlists know.
    entries: &'a [SourceEntry],
    /// What is filtered.
    settings: &'a AnalyseSettings,
    /// The day of the newest file.
    newest: Option<NaiveDate>,
    /// The texts of all documents.
    texts: Texts,
    /// Outlets by their name in lower case.
    outlets: HashMap<String, u32>,
    /// The documents that are not filtered and whose text may have come more than once.
    kept: Vec<Kept>,
    /// What is counted.
    count: DocumentCount,
    /// Articles by language.
    languages: BTreeMap<Language, u64>,
    /// Which outlets have an article, by their number.
    with_articles: Vec<bool>,
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
    /// Its place among all that are held.
    place: u32,
    /// Its language.
    language: Language,
}

impl<'a> DocumentCounter<'a> {
    /// None yet; `newest` is the day of the newest file, `texts` has the texts of all documents that will be added.
    #[must_use]
    pub fn new(
        entries: &'a [SourceEntry],
        settings: &'a AnalyseSettings,
        newest: Option<NaiveDate>,
        texts: Texts,
    ) -> Self {
        Self {
            entries,
            settings,
            newest,
            texts,
            outlets: HashMap::new(),
            kept: Vec::new(),
            count: DocumentCount::default(),
            languages: BTreeMap::new(),
            with_articles: Vec::new(),
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
        self.with_articles.resize(self.outlets.len(), false);
        let days = frame.column("date")?.date()?.phys.iter();
        let rows = days.zip(text("language")?.iter()).zip(text("text_hash")?.iter());
        for (row, ((day, language), hash)) in rows.enumerate() {
            let date = day
                .and_then(NaiveDate::from_epoch_days)
                .filter(|&day| date_fault(day, self.newest).is_none());
            let language = language.and_then(Language::new).unwrap_or(Language::UND);
            self.count.documents += 1;
            if !(self.is_wanted(date, language) && outlets.is_wanted(row)) {
                self.count.filtered += 1;
                continue;
            }
            let document = Kept {
                text: text_of(hash),
                outlet: numbers[outlets.of[row] as usize],
                date: (Reverse(date.is_some()), date),
                place: u32::try_from(self.kept.len()).unwrap_or(u32::MAX),
                language,
            };
            if document.text != 0 && self.texts.0.may_repeat(document.text) {
                self.kept.push(document);
            } else {
                self.count_one(document);
            }
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

    /// Counts a document that is no re-crawl.
    fn count_one(&mut self, document: Kept) {
        let Some(day) = document.date.1 else {
            self.count.undated += 1;
            return;
        };
        self.count.articles += 1;
        *self.languages.entry(document.language).or_default() += 1;
        self.with_articles[document.outlet as usize] = true;
        let (first, last) = self.count.range.unwrap_or((day, day));
        self.count.range = Some((first.min(day), last.max(day)));
    }

    /// The counts.
    #[must_use]
    pub fn finish(mut self) -> DocumentCount {
        let mut kept = std::mem::take(&mut self.kept);
        kept.sort_unstable();
        for of_one in kept.chunk_by(|a, b| (a.text, a.outlet) == (b.text, b.outlet)) {
            self.count.duplicates += of_one.len() as u64 - 1;
            self.count_one(of_one[0]);
        }
        if let Some(&unknown) = self.outlets.get(UNKNOWN) {
            self.with_articles[unknown as usize] = false;
        }
        let mut count = self.count;
        count.outlets = self.with_articles.into_iter().filter(|&has| has).count() as u64;
        count.languages = self.languages.into_iter().collect();
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
            let frame = corpus.frame();
            let cut = cut.min(frame.height());
            let parts = [frame.head(Some(cut)), frame.tail(Some(frame.height() - cut))];
            let mut texts = Texts::with_room(0);
            for part in &parts {
                texts.add(part).unwrap();
            }
            let mut counter = DocumentCounter::new(&gazetteer.sources, &settings, Some(day("2030-01-01")), texts);
            for part in &parts {
                counter.add(part).unwrap();
            }
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
