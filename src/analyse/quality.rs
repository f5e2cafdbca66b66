//! What was read and what was not: undated documents and the members of stories.
//!
//! The basis and the documents table come in, one row a document goes out, in the order of the corpus or of the stories. Files and skips pass through unchanged.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::basis::Basis;
use super::credits::Credits;
use super::documents::{Frames, text, visit};
use super::stories::date_fault;
use crate::error::Error;
use crate::model::evidence::DocumentStatus;
use crate::model::findings::{DuplicateRow, UndatedRow};

/// The columns that are shown.
const COLUMNS: [&str; 5] = ["doc_id", "file", "record", "title", "date_note"];

/// Every document without a date that can be trusted, in the order of the corpus (re-crawls of such documents are not among them); and every
/// document of a story with more than one, story by story, the first of each leading (filtered documents and what they leave alone are not among them).
/// Their texts are read from `frames`.
///
/// # Errors
///
/// Whatever reading them fails with.
pub(crate) fn list(
    basis: &Basis,
    frames: &Frames<'_>,
    credits: &Credits,
    newest: Option<NaiveDate>,
) -> Result<(Vec<UndatedRow>, Vec<DuplicateRow>), Error> {
    let (mut places, mut duplicates) = list_duplicates(basis, credits);
    places.sort_unstable();
    let is_undated = |&doc: &u32| basis.status(doc as usize) == DocumentStatus::Undated;
    let mut docs: Vec<u32> = (0..).take(basis.documents.len()).filter(is_undated).collect();
    docs.extend(places.iter().map(|&(doc, _)| doc));
    docs.sort_unstable();
    docs.dedup();
    let mut undated = Vec::new();
    let mut places = places.into_iter().peekable();
    visit(frames, &COLUMNS, &docs, |doc, frame, row| {
        let text = |column: &str| text(frame, column, row).map(str::to_owned);
        let (doc_id, file, title) = (text("doc_id")?, text("file")?, text("title")?);
        let record = frame.column("record")?.u32()?.get(row).unwrap_or_default();
        if let Some((_, place)) = places.next_if(|&(next, _)| next == doc) {
            let row: &mut DuplicateRow = &mut duplicates[place];
            doc_id.clone_into(&mut row.doc_id);
            file.clone_into(&mut row.file);
            title.clone_into(&mut row.title);
            row.record = record;
        }
        if is_undated(&doc) {
            let reason = why_undated(basis.distrusted(doc), newest, &text("date_note")?);
            undated.push(UndatedRow {
                doc_id,
                file,
                record,
                source: basis.outlets.name(doc as usize).to_owned(),
                title,
                reason,
            });
        }
        Ok(())
    })?;
    let mut story_id = String::new();
    for row in &mut duplicates {
        if row.role == FIRST {
            row.doc_id.clone_into(&mut story_id);
        }
        story_id.clone_into(&mut row.story_id);
    }
    Ok((undated, duplicates))
}

/// Why the day of a document is not known: the one that was found is not believed, or there is none; and the remark on it.
fn why_undated(distrusted: Option<NaiveDate>, newest: Option<NaiveDate>, note: &str) -> String {
    let fault = distrusted.and_then(|date| date_fault(date, newest));
    let mut reason = fault.unwrap_or_else(|| "no date found".to_owned());
    if !note.is_empty() {
        reason.push_str("; ");
        reason.push_str(note);
    }
    reason
}

/// The role of the document that stands for its story.
const FIRST: &str = "first";

/// The documents of stories with more than one, without their texts; and the place of each among them.
fn list_duplicates(basis: &Basis, credits: &Credits) -> (Vec<(u32, usize)>, Vec<DuplicateRow>) {
    let (mut places, mut rows) = (Vec::new(), Vec::new());
    for mut members in basis.stories() {
        members.retain(|&doc| basis.status(doc as usize) != DocumentStatus::Filtered);
        if members.len() < 2 {
            continue;
        }
        let first_source = first_outlet(basis, &members);
        let mut outlets = BTreeSet::new();
        for (place, &doc) in members.iter().enumerate() {
            let similarity = basis.likeness(doc);
            let agencies = credits.of(doc);
            places.push((doc, rows.len()));
            let doc = doc as usize;
            let role = match (place, outlets.insert(basis.outlets.of[doc])) {
                (0, _) => FIRST,
                _ if basis.status(doc) == DocumentStatus::Duplicate => "duplicate",
                (_, true) => "reprint",
                (_, false) => "version",
            };
            rows.push(DuplicateRow {
                story_id: String::new(),
                story_size: members.len() as u64,
                doc_id: String::new(),
                file: String::new(),
                record: 0,
                date: basis.verdicts[doc].date,
                source: basis.outlets.name(doc).to_owned(),
                title: String::new(),
                role,
                similarity,
                first_source: first_source.to_owned(),
                agencies,
            });
        }
    }
    (places, rows)
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
