//! What was read and what was not: undated documents and the members of stories.
//!
//! The basis comes in, one row a document goes out, in the order of the corpus or of the stories. Files and skips pass through unchanged.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::basis::Basis;
use super::credits::Credits;
use super::stories::date_fault;
use crate::model::evidence::DocumentStatus;
use crate::model::findings::{DuplicateRow, UndatedRow};

/// Every document without a date that can be trusted, in the order of the corpus. Re-crawls of such documents are not among them.
pub(crate) fn list_undated(basis: &Basis, newest: Option<NaiveDate>) -> Vec<UndatedRow> {
    let documents = &basis.documents;
    let undated = (0..documents.len()).filter(|&doc| basis.status(doc) == DocumentStatus::Undated);
    undated
        .map(|doc| {
            let fault = documents.dates[doc].and_then(|date| date_fault(date, newest));
            let mut reason = fault.unwrap_or_else(|| "no date found".to_owned());
            if !documents.date_note(doc).is_empty() {
                reason.push_str("; ");
                reason.push_str(documents.date_note(doc));
            }
            UndatedRow {
                doc_id: documents.doc_id(doc).to_owned(),
                file: documents.file(doc).to_owned(),
                record: documents.records[doc],
                source: basis.outlets.name(doc).to_owned(),
                title: documents.title(doc).to_owned(),
                reason,
            }
        })
        .collect()
}

/// Every document of a story with more than one, story by story, the first of each leading; filtered documents and what they leave alone are not among them.
pub(crate) fn list_duplicates(basis: &Basis, credits: &Credits) -> Vec<DuplicateRow> {
    let mut rows = Vec::new();
    for mut members in basis.stories() {
        members.retain(|&doc| basis.status(doc as usize) != DocumentStatus::Filtered);
        if members.len() < 2 {
            continue;
        }
        let story_id = basis.documents.doc_id(members[0] as usize);
        let first_source = first_outlet(basis, &members);
        let mut outlets = BTreeSet::new();
        for (place, &doc) in members.iter().enumerate() {
            let similarity = basis.likeness(doc);
            let agencies = credits.of(doc);
            let doc = doc as usize;
            let role = match (place, outlets.insert(basis.outlets.of[doc])) {
                (0, _) => "first",
                _ if basis.status(doc) == DocumentStatus::Duplicate => "duplicate",
                (_, true) => "reprint",
                (_, false) => "version",
            };
            rows.push(DuplicateRow {
                story_id: story_id.to_owned(),
                story_size: members.len() as u64,
                doc_id: basis.documents.doc_id(doc).to_owned(),
                file: basis.documents.file(doc).to_owned(),
                record: basis.documents.records[doc],
                date: basis.verdicts[doc].date,
                source: basis.outlets.name(doc).to_owned(),
                title: basis.documents.title(doc).to_owned(),
                role,
                similarity,
                first_source: first_source.to_owned(),
                agencies,
            });
        }
    }
    rows
}

/// The outlet that published a story first; empty where several did on the same day, or no day is known. `members` are in the order of
/// their days, undated ones last.
fn first_outlet<'a>(basis: &'a Basis, members: &[u32]) -> &'a str {
    let day = |doc: u32| basis.verdicts[doc as usize].date;
    let outlet = |doc: u32| basis.outlets.of[doc as usize];
    let first = members[0];
    let alone = members
        .iter()
        .take_while(|&&doc| day(doc) == day(first))
        .all(|&doc| outlet(doc) == outlet(first));
    if alone && day(first).is_some() {
        basis.outlets.name(first as usize)
    } else {
        ""
    }
}
