//! What every figure is counted from: the documents with their outlets, verdicts, stories and periods.
//!
//! The documents table and the settings come in once, at the start. It holds no mention and computes no figure.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::documents::{Documents, Frames};
use super::outlets::{Finder, Outlets};
use super::stories::{Judged, Verdict, judge, stories};
use super::timeline::Timeline;
use crate::error::Error;
use crate::model::entity::Gazetteer;
use crate::model::evidence::DocumentStatus;
use crate::settings::AnalyseSettings;

/// The documents and what is known of them before any mention is counted.
#[derive(Debug)]
pub(crate) struct Basis {
    /// The documents.
    pub(crate) documents: Documents,
    /// Their outlets.
    pub(crate) outlets: Outlets,
    /// What became of them.
    pub(crate) verdicts: Vec<Verdict>,
    /// The periods.
    pub(crate) timeline: Timeline,
    /// The period of every document; [`NO_PERIOD`] for those without a day or outside the periods.
    periods: Vec<u32>,
    /// How many articles make the story that each document stands first in; 0 for all others.
    carriers: Vec<u32>,
    /// How much like the first of its story each near copy is.
    likeness: BTreeMap<u32, f64>,
    /// The days that the ledger holds and nobody believes.
    distrusted: BTreeMap<u32, NaiveDate>,
}

/// Articles in groups.
#[derive(Debug)]
pub(crate) struct Sorted {
    /// Group by group, those of each in the order of the corpus.
    articles: Vec<u32>,
    /// Where each group ends.
    ends: Vec<usize>,
}

impl Sorted {
    /// The articles of a group.
    pub(crate) fn of(&self, group: usize) -> impl Iterator<Item = usize> + Clone {
        let start = group.checked_sub(1).map_or(0, |before| self.ends[before]);
        self.articles[start..self.ends[group]]
            .iter()
            .map(|&article| article as usize)
    }

    /// How many groups there are, those without an article too.
    pub(crate) fn groups(&self) -> usize {
        self.ends.len()
    }
}

/// The period of a document that lies in none.
const NO_PERIOD: u32 = u32::MAX;

impl Basis {
    /// Reads and judges the documents, and cuts their time.
    ///
    /// # Errors
    ///
    /// Those of [`Documents::read`].
    pub(crate) fn new(
        frames: &Frames<'_>,
        gazetteer: &Gazetteer,
        settings: &AnalyseSettings,
        newest: Option<NaiveDate>,
    ) -> Result<Self, Error> {
        let mut outlets = Finder::new(&gazetteer.sources);
        let mut documents = Documents::read(frames, &mut outlets)?;
        let outlets = outlets.finish(&settings.sources);
        let Judged {
            verdicts,
            likeness,
            distrusted,
        } = judge(&mut documents, frames, &outlets, settings, newest)?;
        let articles = || verdicts.iter().filter(|verdict| verdict.status == DocumentStatus::Read);
        let timeline = Timeline::new(settings.calendar, articles().filter_map(|verdict| verdict.date));
        let place = |day| timeline.place(day).and_then(|place| u32::try_from(place).ok());
        let periods = verdicts
            .iter()
            .map(|verdict| verdict.date.and_then(place).unwrap_or(NO_PERIOD))
            .collect();
        let mut carriers = vec![0; verdicts.len()];
        for verdict in articles() {
            carriers[verdict.story as usize] += 1;
        }
        Ok(Self {
            documents,
            outlets,
            verdicts,
            timeline,
            periods,
            carriers,
            likeness,
            distrusted,
        })
    }

    /// What became of a document.
    pub(crate) fn status(&self, doc: usize) -> DocumentStatus {
        self.verdicts[doc].status
    }

    /// The documents that are articles, in the order of the corpus.
    pub(crate) fn articles(&self) -> impl Iterator<Item = usize> {
        (0..self.verdicts.len()).filter(|&doc| self.status(doc) == DocumentStatus::Read)
    }

    /// The period of an article.
    pub(crate) fn period(&self, article: usize) -> usize {
        self.period_of(article)
            .expect("the periods reach from the first to the last article")
    }

    /// The period of a document; `None` for those without a day or outside the periods.
    pub(crate) fn period_of(&self, doc: usize) -> Option<usize> {
        Some(self.periods[doc] as usize).filter(|_| self.periods[doc] != NO_PERIOD)
    }

    /// The articles, put together by what `of` says of each, which is less than `groups`.
    pub(crate) fn sorted(&self, groups: usize, of: impl Fn(usize) -> usize) -> Sorted {
        let mut ends = vec![0; groups];
        for article in self.articles() {
            ends[of(article)] += 1;
        }
        let mut all = 0;
        for end in &mut ends {
            (*end, all) = (all, all + *end);
        }
        let mut articles = vec![0; all];
        for article in self.articles() {
            let end = &mut ends[of(article)];
            articles[*end] = u32::try_from(article).expect("documents are numbered in 32 bits");
            *end += 1;
        }
        Sorted { articles, ends }
    }

    /// The articles outlet by outlet.
    pub(crate) fn by_outlet(&self) -> Sorted {
        self.sorted(self.outlets.names.len(), |article| self.outlets.of[article] as usize)
    }

    /// The day of an article.
    pub(crate) fn date(&self, article: usize) -> NaiveDate {
        self.verdicts[article].date.expect("an article has a day")
    }

    /// How many articles make the story of this document.
    pub(crate) fn story_size(&self, doc: usize) -> u32 {
        self.carriers[self.verdicts[doc].story as usize]
    }

    /// How much like the first of its story a document is, 0–1; 1 for the first and for those with its text.
    pub(crate) fn likeness(&self, doc: u32) -> f64 {
        self.likeness.get(&doc).copied().unwrap_or(1.0)
    }

    /// The day that the ledger holds of a document and that is not believed.
    pub(crate) fn distrusted(&self, doc: u32) -> Option<NaiveDate> {
        self.distrusted.get(&doc).copied()
    }

    /// The documents of every story with more than one, those of each story in the order in which they stand for it.
    pub(crate) fn stories(&self) -> Vec<Vec<u32>> {
        stories(&self.verdicts)
    }

    /// How many documents have this status.
    pub(crate) fn count(&self, status: DocumentStatus) -> u64 {
        self.verdicts.iter().filter(|verdict| verdict.status == status).count() as u64
    }
}
