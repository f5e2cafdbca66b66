//! What becomes of every document: article, undated, re-crawl or filtered; and which documents make one story.
//!
//! Documents, their outlets and the settings come in, one [`Verdict`] a document goes out. Each document has exactly one status, so the
//! four add up to the documents that were read. Equal texts and near copies make a story; `likeness` says what a near copy is.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use hashbrown::HashTable;

use super::documents::{Documents, Frames};
use super::likeness::leaders;
use super::outlets::Outlets;
use crate::error::Error;
use crate::model::evidence::DocumentStatus;
use crate::settings::AnalyseSettings;

/// What became of one document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Article, undated, re-crawl or filtered.
    pub status: DocumentStatus,
    /// The number of the first document of its story; its own where it is a copy of none.
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

/// What became of all documents.
#[derive(Debug)]
pub(crate) struct Judged {
    /// One a document.
    pub(crate) verdicts: Vec<Verdict>,
    /// How much like the first of its story each near copy is, 0–1. Documents with the very text of the first are not in it.
    pub(crate) likeness: BTreeMap<u32, f64>,
    /// The days that are not believed.
    pub(crate) distrusted: BTreeMap<u32, NaiveDate>,
}

/// Judges every document.
///
/// Documents without a date that can be trusted are not cut by `--from` and `--to`, since nobody knows on which side they lie. Of documents
/// with one text, the earliest of each outlet stays (undated ones last, then the order of the corpus), the others of that outlet are
/// re-crawls; documents that no outlet claims count as of one outlet. Filtered documents make no other a re-crawl. A near copy is an article,
/// whoever published it, and is near to the first of its story, which is the earliest in the same order.
///
/// # Errors
///
/// Whatever reading the signatures from `frames` fails with.
pub(crate) fn judge(
    documents: &mut Documents,
    frames: &Frames<'_>,
    outlets: &Outlets,
    settings: &AnalyseSettings,
    newest: Option<NaiveDate>,
) -> Result<Judged, Error> {
    let mut distrusted = BTreeMap::new();
    let mut verdicts: Vec<Verdict> = (0_u32..)
        .zip(&documents.dates)
        .map(|(story, &found)| {
            let doc = story as usize;
            let date = found.filter(|&day| date_fault(day, newest).is_none());
            distrusted.extend(found.filter(|_| date.is_none()).map(|day| (story, day)));
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
    let mut order: Vec<u32> = verdicts.iter().map(|verdict| verdict.story).collect();
    order.sort_unstable_by_key(|&doc| rank(&verdicts, doc));
    let first = same_texts(&documents.hashes, &order);
    documents.forget_judged();
    mark_re_crawls(&mut verdicts, &order, &first, outlets);
    order.retain(|&doc| first[doc as usize] == doc);
    let mut near = BTreeMap::new();
    if settings.similarity < 1.0 {
        let leaders = leaders(frames, verdicts.len(), &order, settings.similarity)?;
        near.extend(
            order
                .iter()
                .copied()
                .zip(leaders)
                .filter(|(text, (leader, _))| text != leader),
        );
    }
    let mut likeness = BTreeMap::new();
    for (doc, first) in (0_u32..).zip(first) {
        let near = near.get(&first);
        verdicts[doc as usize].story = near.map_or(first, |&(leader, _)| leader);
        likeness.extend(near.map(|&(_, jaccard)| (doc, jaccard)));
    }
    Ok(Judged {
        verdicts,
        likeness,
        distrusted,
    })
}

/// The order in which documents stand for a story: filtered ones last, then undated ones, then by day and by the order of the corpus.
fn rank(verdicts: &[Verdict], doc: u32) -> impl Ord + use<> {
    let Verdict { status, date, .. } = verdicts[doc as usize];
    (status == DocumentStatus::Filtered, Reverse(date.is_some()), date, doc)
}

/// For every document the first one in `order` with its text. A text without a hash, which is 0, is like no other.
fn same_texts(hashes: &[u128], order: &[u32]) -> Vec<u32> {
    let mut all = vec![0; order.len()];
    // The first documents; a text's hash serves the table too.
    let mut firsts: HashTable<u32> = HashTable::with_capacity(order.len());
    let place = |doc: u32| {
        let [low @ .., _, _, _, _, _, _, _, _] = hashes[doc as usize].to_le_bytes();
        u64::from_le_bytes(low)
    };
    for &doc in order {
        let hash = hashes[doc as usize];
        all[doc as usize] = if hash == 0 {
            doc
        } else {
            let same = |&first: &u32| hashes[first as usize] == hash;
            *firsts
                .entry(place(doc), same, |&first| place(first))
                .or_insert(doc)
                .get()
        };
    }
    all
}

/// Marks what has the same text as a document before it in `order`, from the same outlet. `first` is the first document with each one's text.
fn mark_re_crawls(verdicts: &mut [Verdict], order: &[u32], first: &[u32], outlets: &Outlets) {
    let mut carriers = vec![0_u32; order.len()];
    for &text in first {
        carriers[text as usize] += 1;
    }
    let mut seen = BTreeSet::new();
    for &doc in order {
        let doc = doc as usize;
        let verdict = &mut verdicts[doc];
        if verdict.status != DocumentStatus::Filtered
            && carriers[first[doc] as usize] > 1
            && !seen.insert((first[doc], outlets.of[doc]))
        {
            verdict.status = DocumentStatus::Duplicate;
        }
    }
}

/// The documents of every story with more than one, in the order in which they stand for it.
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
    shared.sort_unstable_by_key(|&doc| (verdicts[doc as usize].story, rank(verdicts, doc)));
    shared
        .chunk_by(|&a, &b| verdicts[a as usize].story == verdicts[b as usize].story)
        .map(<[u32]>::to_vec)
        .collect()
}
