//! The documents table, column by column, as plain values in little room.
//!
//! Frames with one row a document come in, one after the other; typed columns go out, and the outlets. Of a document only what figures are made from is
//! held, which is numbers: some 35 bytes with all that is later known of it. Whoever shows a document asks the frames for its texts again, with
//! [`visit`]. It decides nothing about the documents.

use chrono::NaiveDate;
use polars::prelude::{Column, DataFrame, PolarsError, PolarsResult, StringChunked};
use xxhash_rust::xxh3::xxh3_128;

use super::outlets::{Finder, Origin};
use crate::error::Error;
use crate::model::language::Language;

/// The documents table, frame by frame, with these of its columns; it may be asked for more than once.
pub type Frames<'a> = dyn Fn(&[&str]) -> Box<dyn Iterator<Item = Result<DataFrame, Error>> + 'a> + 'a;

/// The columns that are read of every document.
const COLUMNS: [&str; 9] = [
    "file",
    "record",
    "source",
    "url",
    "language",
    "date",
    "words",
    "sentences",
    "text_hash",
];

/// The documents that were read, in the order of (file, record).
#[derive(Debug, Default)]
pub(crate) struct Documents {
    /// The day that the ledger holds, trusted or not.
    pub(crate) dates: Vec<Option<NaiveDate>>,
    /// The language.
    pub(crate) languages: Vec<Language>,
    /// Words of title and body.
    pub(crate) words: Vec<u32>,
    /// Sentences of title and body.
    pub(crate) sentences: Vec<u32>,
    /// Hash of its normalised text; 0 where there is none.
    pub(crate) hashes: Vec<u128>,
}

impl Documents {
    /// Takes the columns out of the frames, and tells `outlets` where each document is from.
    ///
    /// # Errors
    ///
    /// [`Error::Analyse`] where a column is missing or of another type, or the documents are not in order; and whatever reading a frame fails with.
    pub(crate) fn read(frames: &Frames<'_>, outlets: &mut Finder<'_>) -> Result<Self, Error> {
        let mut all = Self::default();
        let mut last = (String::new(), 0);
        for frame in frames(&COLUMNS) {
            let frame = frame?;
            all.add(&frame, outlets)
                .and_then(|()| follow(&frame, &mut last))
                .map_err(|error| told(&error))?;
        }
        Ok(all)
    }

    /// Adds the rows of a frame, with polars' own error.
    fn add(&mut self, frame: &DataFrame, outlets: &mut Finder<'_>) -> PolarsResult<()> {
        let texts = |name: &str| frame.column(name).and_then(Column::str);
        let days = frame.column("date")?.date()?.phys.iter();
        self.dates
            .extend(days.map(|day| day.and_then(NaiveDate::from_epoch_days)));
        self.languages.extend(
            texts("language")?
                .iter()
                .map(|tag| tag.and_then(Language::new).unwrap_or(Language::UND)),
        );
        for (name, column) in [("words", &mut self.words), ("sentences", &mut self.sentences)] {
            column.extend(frame.column(name)?.u32()?.iter().map(Option::unwrap_or_default));
        }
        self.hashes.extend(texts("text_hash")?.iter().map(hash_of));
        origins([texts("source")?, texts("url")?, texts("file")?]).for_each(|origin| outlets.add(origin));
        Ok(())
    }

    /// Lets go of what documents are judged by.
    pub(crate) fn forget_judged(&mut self) {
        (self.dates, self.hashes) = (Vec::new(), Vec::new());
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.languages.len()
    }
}

/// Sees to it that the rows of a frame follow `last` in the order of (file, record), which becomes the last one of them.
fn follow(frame: &DataFrame, last: &mut (String, u32)) -> PolarsResult<()> {
    let files = frame.column("file")?.str()?.iter().map(Option::unwrap_or_default);
    let records = frame.column("record")?.u32()?.iter().map(Option::unwrap_or_default);
    let mut before = (last.0.as_str(), last.1);
    for place in files.zip(records) {
        if place < before {
            return Err(PolarsError::ComputeError(
                "the documents are not in the order of file and record".into(),
            ));
        }
        before = place;
    }
    *last = (before.0.to_owned(), before.1);
    Ok(())
}

/// Hands out the rows of these documents, which are in ascending order: the document, its frame with these columns, and the row in it.
///
/// # Errors
///
/// Whatever reading a frame fails with, and what `take` fails with as [`Error::Analyse`].
pub(crate) fn visit(
    frames: &Frames<'_>,
    columns: &[&str],
    docs: &[u32],
    mut take: impl FnMut(u32, &DataFrame, usize) -> PolarsResult<()>,
) -> Result<(), Error> {
    let mut rest = docs;
    let mut start = 0;
    // An empty list reads nothing.
    let mut frames = (!docs.is_empty()).then(|| frames(columns)).into_iter().flatten();
    while let (false, Some(frame)) = (rest.is_empty(), frames.next()) {
        let frame = frame?;
        let end = start + frame.height();
        let (here, after) = rest.split_at(rest.partition_point(|&doc| (doc as usize) < end));
        for &doc in here {
            take(doc, &frame, doc as usize - start).map_err(|error| told(&error))?;
        }
        (rest, start) = (after, end);
    }
    Ok(())
}

/// The text of a row; empty where there is none.
pub(crate) fn text<'f>(frame: &'f DataFrame, column: &str, row: usize) -> PolarsResult<&'f str> {
    Ok(frame.column(column)?.str()?.get(row).unwrap_or_default())
}

/// A hash as a number. What is no number in hexadecimal stands for itself.
fn hash_of(text: Option<&str>) -> u128 {
    match text {
        None | Some("") => 0,
        Some(text) => u128::from_str_radix(text, 16).unwrap_or_else(|_| xxh3_128(text.as_bytes())),
    }
}

/// Where documents are from; the columns are source, address and file.
pub(crate) fn origins<'d>([source, url, file]: [&'d StringChunked; 3]) -> impl Iterator<Item = Origin<'d>> {
    let texts = |column: &'d StringChunked| column.iter().map(Option::unwrap_or_default);
    let all = texts(source).zip(texts(url)).zip(texts(file));
    all.map(|((source, url), file)| Origin { source, url, file })
}

/// A fault of a frame as an error of this stage.
pub(crate) fn told(error: &PolarsError) -> Error {
    Error::Analyse(format!("a frame is not as it should be: {error}"))
}
