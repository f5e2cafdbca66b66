//! What a scan says of the documents: how many are articles, dated, re-crawls, in which languages, from how many outlets.
//!
//! A few columns of the documents table come in, the counts go out. They are those of [`CorpusFacts`](crate::model::findings::CorpusFacts), but nothing is
//! looked at for them that only a report shows: no mention, no near copy, no title.

use chrono::NaiveDate;
use polars::prelude::DataFrame;

use super::basis::Basis;
use super::documents::Documents;
use super::groups::count_languages;
use super::outlets::UNKNOWN;
use crate::error::Error;
use crate::model::account::DocumentCount;
use crate::model::entity::Gazetteer;
use crate::model::evidence::DocumentStatus;
use crate::settings::AnalyseSettings;

/// The columns of the documents table that [`count_documents`] wants, beside `doc`.
pub const ACCOUNT_COLUMNS: [&str; 7] = ["file", "record", "source", "url", "language", "date", "text_hash"];

/// Counts the documents of a frame with [`ACCOUNT_COLUMNS`]; `newest` is the day of the newest file.
///
/// # Errors
///
/// [`Error::Analyse`] where the frame lacks a column or holds what it should not.
pub fn count_documents(
    documents: DataFrame,
    gazetteer: &Gazetteer,
    settings: &AnalyseSettings,
    newest: Option<NaiveDate>,
) -> Result<DocumentCount, Error> {
    // Near copies are articles like any other, so they need not be known here.
    let settings = AnalyseSettings {
        similarity: 1.0,
        ..settings.clone()
    };
    let basis = Basis::new(Documents::read_in_part(documents)?, gazetteer, &settings, newest);
    let mut outlets: Vec<u32> = basis.articles().map(|article| basis.outlets.of[article]).collect();
    outlets.sort_unstable();
    outlets.dedup();
    outlets.retain(|&outlet| basis.outlets.names[outlet as usize] != UNKNOWN);
    Ok(DocumentCount {
        documents: basis.documents.len() as u64,
        articles: basis.count(DocumentStatus::Read),
        undated: basis.count(DocumentStatus::Undated),
        duplicates: basis.count(DocumentStatus::Duplicate),
        filtered: basis.count(DocumentStatus::Filtered),
        outlets: outlets.len() as u64,
        range: basis.timeline.range,
        languages: count_languages(&basis, basis.articles()),
    })
}
