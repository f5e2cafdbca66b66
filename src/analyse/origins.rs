//! The outlets of the documents of a ledger, for those who read mentions without making figures.
//!
//! A few columns of the documents come in. Rows of evidence come in as the ledger keeps them and leave with the name that the outlet has in a
//! report, whichever way their record spells it.

use polars::prelude::{Column, DataFrame, PolarsResult, StringChunked};

use super::documents::{origins, told};
use super::outlets::Outlets;
use crate::error::Error;
use crate::model::entity::SourceEntry;
use crate::model::evidence::MentionRow;

/// The outlet of every document.
#[derive(Debug)]
pub struct Origins {
    /// The file of each document, in order.
    files: StringChunked,
    /// Its place in the file.
    records: Vec<u32>,
    /// Its outlet.
    outlets: Outlets,
    /// The document of the last row: the next one is mostly of it or of its neighbour.
    last: usize,
}

impl Origins {
    /// The columns that are read.
    pub const COLUMNS: [&'static str; 4] = ["file", "record", "source", "url"];

    /// Finds the outlet of every document of `frame`, which has [`Self::COLUMNS`] in the order of (file, record). `asked` is what `--source` names.
    ///
    /// # Errors
    ///
    /// [`Error::Analyse`] where a column is missing or of another type.
    pub fn read(mut frame: DataFrame, entries: &[SourceEntry], asked: &[String]) -> Result<Self, Error> {
        frame.rechunk_mut();
        Self::columns(&frame, entries, asked).map_err(|error| told(&error))
    }

    /// The same with polars' own error.
    fn columns(frame: &DataFrame, entries: &[SourceEntry], asked: &[String]) -> PolarsResult<Self> {
        let text = |name: &str| frame.column(name).and_then(Column::str);
        let files = text("file")?;
        let records = frame.column("record")?.u32()?.iter();
        Ok(Self {
            records: records.map(Option::unwrap_or_default).collect(),
            outlets: Outlets::find(origins([text("source")?, text("url")?, files]), entries, asked),
            files: files.clone(),
            last: 0,
        })
    }

    /// Fills in the name of the outlet. Gives `false` where `--source` does not let the document through, or there is none.
    pub fn complete(&mut self, row: &mut MentionRow) -> bool {
        let Some(doc) = self.find(&row.file, row.record) else {
            return false;
        };
        self.last = doc;
        self.outlets.name(doc).clone_into(&mut row.source);
        self.outlets.is_wanted(doc)
    }

    /// The document at this place.
    fn find(&self, file: &str, record: u32) -> Option<usize> {
        let place = |doc: usize| (self.files.get(doc).unwrap_or_default(), self.records[doc]);
        let count = self.records.len();
        let is_it = |&doc: &usize| doc < count && place(doc) == (file, record);
        if let Some(doc) = [self.last, self.last + 1].into_iter().find(is_it) {
            return Some(doc);
        }
        find_place(count, place, (file, record))
    }
}

/// The number of the document at `wanted` among `count` documents in the order of their places: file and record.
fn find_place<'d>(count: usize, place: impl Fn(usize) -> (&'d str, u32), wanted: (&str, u32)) -> Option<usize> {
    let (mut start, mut end) = (0, count);
    while start < end {
        let middle = usize::midpoint(start, end);
        if place(middle) < wanted {
            start = middle + 1;
        } else {
            end = middle;
        }
    }
    (start < count && place(start) == wanted).then_some(start)
}
