//! What becomes of every document: article, undated, re-crawl or filtered; and which documents carry one text.
//!
//! Documents, their outlets and the settings come in, one [`Verdict`] a document goes out. Each document has exactly one status, so the
//! four add up to the documents that were read. Only equal texts make a story; nearly equal ones do not yet.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};

use chrono::{Days, NaiveDate};

use super::documents::Documents;
use super::outlets::Outlets;
use crate::model::evidence::DocumentStatus;
use crate::settings::AnalyseSettings;

/// What became of one document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Article, undated, re-crawl or filtered.
    pub status: DocumentStatus,
    /// The number of the first document of its story; its own where no other carries its text.
    pub story: u32,
    /// The day that the figures use; `None` where there is none that can be trusted.
    pub date: Option<NaiveDate>,
}

/// The first day that is believed.
pub(crate) const FIRST_DAY: NaiveDate = NaiveDate::from_ymd_opt(1800, 1, 1).expect("1 January 1800 is a day");

/// Why a date is not believed; `None` where it is.
///
/// `newest` is the day of the newest file: an article cannot be younger, but for a day that time zones may add.
pub(crate) fn date_fault(date: NaiveDate, newest: Option<NaiveDate>) -> Option<String> {
    if date < FIRST_DAY {
        return Some(format!("suspect date {date}: before {FIRST_DAY}"));
    }
    let newest = newest.filter(|&day| day.checked_add_days(Days::new(1)).is_some_and(|limit| date > limit))?;
    Some(format!(
        "suspect date {date}: later than the newest file, which is of {newest}"
    ))
}

/// Judges every document.
///
/// Documents without a date that can be trusted are not cut by `--from` and `--to`, since nobody knows on which side they lie. Of documents
/// with one text, the earliest of each outlet stays (undated ones last, then the order of the corpus), the others of that outlet are
/// re-crawls; documents that no outlet claims count as of one outlet. Filtered documents make no other a re-crawl.
pub(crate) fn judge(
    documents: &Documents,
    outlets: &Outlets,
    settings: &AnalyseSettings,
    newest: Option<NaiveDate>,
) -> Vec<Verdict> {
    let mut verdicts: Vec<Verdict> = same_texts(documents)
        .into_iter()
        .enumerate()
        .map(|(doc, story)| {
            let date = documents.dates[doc].filter(|&day| date_fault(day, newest).is_none());
            let spoken = settings.languages.is_empty() || settings.languages.contains(&documents.languages[doc]);
            let timely = date.is_none_or(|day| {
                settings.from.is_none_or(|from| from <= day) && settings.to.is_none_or(|to| day <= to)
            });
            let status = match date {
                _ if !(spoken && timely && outlets.is_wanted(doc)) => DocumentStatus::Filtered,
                Some(_) => DocumentStatus::Read,
                None => DocumentStatus::Undated,
            };
            Verdict { status, story, date }
        })
        .collect();
    for members in stories(&verdicts) {
        let first = members[0];
        let mut seen = BTreeSet::new();
        for doc in members {
            let verdict = &mut verdicts[doc as usize];
            verdict.story = first;
            if verdict.status != DocumentStatus::Filtered && !seen.insert(outlets.of[doc as usize]) {
                verdict.status = DocumentStatus::Duplicate;
            }
        }
    }
    verdicts
}

/// For every document the first one, in the order of the corpus, with its text. A text without a hash is like no other.
fn same_texts(documents: &Documents) -> Vec<u32> {
    let mut first: HashMap<&str, u32> = HashMap::with_capacity(documents.len());
    documents
        .text_hashes()
        .zip(0_u32..)
        .map(|(hash, doc)| {
            if hash.is_empty() {
                doc
            } else {
                *first.entry(hash).or_insert(doc)
            }
        })
        .collect()
}

/// The documents of every story with more than one, in the order in which they stand for it: filtered ones last, then undated ones, then
/// by day and by the order of the corpus.
pub(crate) fn stories(verdicts: &[Verdict]) -> Vec<Vec<u32>> {
    let mut sizes = vec![0_u32; verdicts.len()];
    for verdict in verdicts {
        sizes[verdict.story as usize] += 1;
    }
    let mut shared: Vec<u32> = (0_u32..)
        .zip(verdicts)
        .filter(|(_, one)| sizes[one.story as usize] > 1)
        .map(|(doc, _)| doc)
        .collect();
    let order = |&doc: &u32| {
        let Verdict { status, story, date } = verdicts[doc as usize];
        (
            story,
            status == DocumentStatus::Filtered,
            Reverse(date.is_some()),
            date,
            doc,
        )
    };
    shared.sort_unstable_by_key(order);
    shared
        .chunk_by(|&a, &b| verdicts[a as usize].story == verdicts[b as usize].story)
        .map(<[u32]>::to_vec)
        .collect()
}
