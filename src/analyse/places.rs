//! What every document is called and where it lies, in little room: what evidence repeats of it.
//!
//! Frames of documents come in; texts go out by number. Ids lie end to end, and a file is told once for all of its documents, which follow each other.

use polars::prelude::{Column, DataFrame, PolarsResult};

use super::documents::{Frames, told};
use crate::error::Error;

/// The columns that are read.
const COLUMNS: [&str; 3] = ["doc_id", "file", "record"];

/// Ids, files and records of all documents.
#[derive(Debug, Default)]
pub(crate) struct Places {
    /// Ids.
    ids: Texts,
    /// Files.
    files: Texts,
    /// The first document of each file.
    firsts: Vec<u32>,
    /// Records.
    records: Vec<u32>,
}

impl Places {
    /// Reads them.
    ///
    /// # Errors
    ///
    /// [`Error::Analyse`] where a column is missing or of another type, and whatever reading a frame fails with.
    pub(crate) fn read(frames: &Frames<'_>) -> Result<Self, Error> {
        let mut all = Self::default();
        for frame in frames(&COLUMNS) {
            all.add(&frame?).map_err(|error| told(&error))?;
        }
        Ok(all)
    }

    /// Adds the rows of a frame.
    fn add(&mut self, frame: &DataFrame) -> PolarsResult<()> {
        let texts = |name: &str| frame.column(name).and_then(Column::str);
        for id in texts("doc_id")?.iter() {
            self.ids.push(id.unwrap_or_default());
        }
        let before = self.records.len();
        for (doc, file) in (before..).zip(texts("file")?.iter()) {
            let file = file.unwrap_or_default();
            if self.firsts.is_empty() || self.files.last() != file {
                self.files.push(file);
                self.firsts
                    .push(u32::try_from(doc).expect("there are fewer than 2^32 documents"));
            }
        }
        let records = frame.column("record")?.u32()?;
        self.records.extend(records.iter().map(Option::unwrap_or_default));
        Ok(())
    }

    /// What a document is called.
    pub(crate) fn doc_id(&self, doc: u32) -> &str {
        self.ids.get(doc as usize)
    }

    /// Its file.
    pub(crate) fn file(&self, doc: u32) -> &str {
        let after = self.firsts.partition_point(|&first| first <= doc);
        after.checked_sub(1).map_or("", |place| self.files.get(place))
    }

    /// Its record.
    pub(crate) fn record(&self, doc: u32) -> u32 {
        self.records.get(doc as usize).copied().unwrap_or_default()
    }
}

/// Many texts, end to end.
#[derive(Debug, Default)]
struct Texts {
    /// All of them.
    letters: String,
    /// Where each ends.
    ends: Vec<usize>,
}

impl Texts {
    /// Adds one.
    fn push(&mut self, text: &str) {
        self.letters.push_str(text);
        self.ends.push(self.letters.len());
    }

    /// The text at `place`; empty where there is none.
    fn get(&self, place: usize) -> &str {
        let before = place.checked_sub(1).and_then(|before| self.ends.get(before));
        let start = before.copied().unwrap_or(0);
        let end = self.ends.get(place).copied().unwrap_or(start);
        self.letters.get(start..end).unwrap_or_default()
    }

    /// The last one; empty where there is none.
    fn last(&self) -> &str {
        self.get(self.ends.len().saturating_sub(1))
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::Corpus;
    use super::*;

    #[test]
    fn every_document_has_its_own() {
        let mut corpus = Corpus::default();
        for _ in 0..25 {
            corpus.add("2024-05-20", "A", &[]);
        }
        let places = Places::read(&|columns| Box::new(corpus.frames(columns))).unwrap();
        for doc in 0..25 {
            let found = (places.doc_id(doc), places.file(doc), places.record(doc));
            assert_eq!(
                found,
                (&*format!("d{doc}"), &*format!("{:04}.jsonl", doc / 10), doc % 10)
            );
        }
        assert_eq!(
            (places.doc_id(25), places.record(25), Places::default().file(0)),
            ("", 0, "")
        );
    }
}
