//! The documents table, column by column, as plain values.
//!
//! A frame with one row a document comes in; typed columns go out, each as long as the frame. Texts stay where polars keeps them and
//! are not copied. It decides nothing about the documents.

use chrono::NaiveDate;
use polars::prelude::{BinaryChunked, Column, DataFrame, PolarsError, PolarsResult, StringChunked};

use super::outlets::Origin;
use crate::error::Error;
use crate::model::language::Language;
use crate::model::signature::Signature;

/// The documents that were read, in the order of (file, record).
#[derive(Debug)]
pub(crate) struct Documents {
    /// The day that the ledger holds, trusted or not.
    pub(crate) dates: Vec<Option<NaiveDate>>,
    /// The language.
    pub(crate) languages: Vec<Language>,
    /// Words of title and body.
    pub(crate) words: Vec<u32>,
    /// Sentences of title and body.
    pub(crate) sentences: Vec<u32>,
    /// Zero-based place in the file.
    pub(crate) records: Vec<u32>,
    /// Its id.
    doc_id: StringChunked,
    /// Its file.
    file: StringChunked,
    /// Its outlet, as the record names it.
    source: StringChunked,
    /// Its headline.
    title: StringChunked,
    /// Its address.
    url: StringChunked,
    /// The remark on its date.
    date_note: StringChunked,
    /// Hash of its normalised text.
    text_hash: StringChunked,
    /// Distinct shingles of its text.
    shingles: Vec<u32>,
    /// What near copies of its text are told by.
    signature: BinaryChunked,
}

impl Documents {
    /// Takes the columns out of the frame.
    ///
    /// # Errors
    ///
    /// [`Error::Analyse`] where a column is missing or of another type, or `doc` is not the number of the row.
    pub(crate) fn read(mut frame: DataFrame) -> Result<Self, Error> {
        frame.rechunk_mut();
        Self::columns(&frame).map_err(|error| told(&error))
    }

    /// The same with polars' own error.
    fn columns(frame: &DataFrame) -> PolarsResult<Self> {
        let numbers = frame.column("doc")?.u32()?.iter();
        if numbers.zip(0_u32..).any(|(doc, row)| doc != Some(row)) {
            return Err(PolarsError::ComputeError("`doc` is not the number of the row".into()));
        }
        let text = |name: &str| frame.column(name).and_then(Column::str).cloned();
        let records = frame.column("record")?.u32()?;
        if !text("file")?.iter().zip(records.iter()).is_sorted() {
            return Err(PolarsError::ComputeError(
                "the documents are not in the order of file and record".into(),
            ));
        }
        let counts = |name: &str| -> PolarsResult<Vec<u32>> {
            Ok(frame
                .column(name)?
                .u32()?
                .iter()
                .map(Option::unwrap_or_default)
                .collect())
        };
        let days = frame.column("date")?.date()?.phys.iter();
        let languages = text("language")?;
        Ok(Self {
            dates: days.map(|day| day.and_then(NaiveDate::from_epoch_days)).collect(),
            languages: languages
                .iter()
                .map(|tag| tag.and_then(Language::new).unwrap_or(Language::UND))
                .collect(),
            words: counts("words")?,
            sentences: counts("sentences")?,
            records: counts("record")?,
            doc_id: text("doc_id")?,
            file: text("file")?,
            source: text("source")?,
            title: text("title")?,
            url: text("url")?,
            date_note: text("date_note")?,
            text_hash: text("text_hash")?,
            shingles: counts("shingles")?,
            signature: frame.column("signature")?.binary()?.clone(),
        })
    }

    /// Lets go of what only stories are joined by.
    pub(crate) fn forget_signatures(&mut self) {
        self.shingles = Vec::new();
        self.signature = BinaryChunked::default();
        self.text_hash = StringChunked::default();
    }

    /// Lets go of the texts that only figures need.
    pub(crate) fn forget_texts(&mut self) {
        for column in [&mut self.source, &mut self.title, &mut self.url, &mut self.date_note] {
            *column = StringChunked::default();
        }
    }

    /// The document at this place.
    pub(crate) fn find(&self, file: &str, record: u32) -> Option<usize> {
        find_place(self.len(), |doc| (self.file(doc), self.records[doc]), (file, record))
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.dates.len()
    }

    /// The id of a document.
    pub(crate) fn doc_id(&self, doc: usize) -> &str {
        self.doc_id.get(doc).unwrap_or_default()
    }

    /// The file of a document.
    pub(crate) fn file(&self, doc: usize) -> &str {
        self.file.get(doc).unwrap_or_default()
    }

    /// The headline of a document; empty where it has none.
    pub(crate) fn title(&self, doc: usize) -> &str {
        self.title.get(doc).unwrap_or_default()
    }

    /// The address of a document; empty where it is not known.
    pub(crate) fn url(&self, doc: usize) -> &str {
        self.url.get(doc).unwrap_or_default()
    }

    /// The remark on the date of a document; empty mostly.
    pub(crate) fn date_note(&self, doc: usize) -> &str {
        self.date_note.get(doc).unwrap_or_default()
    }

    /// What the record says of where it is from, document by document.
    pub(crate) fn origins(&self) -> impl Iterator<Item = Origin<'_>> {
        origins([&self.source, &self.url, &self.file])
    }

    /// The hash of a text; empty where it is not known.
    pub(crate) fn text_hash(&self, doc: usize) -> &str {
        self.text_hash.get(doc).unwrap_or_default()
    }

    /// What near copies of a text are told by; `None` for the shortest texts.
    pub(crate) fn signature(&self, doc: usize) -> Option<Signature> {
        Signature::from_bytes(self.shingles[doc], self.signature.get(doc)?)
    }

    /// One band of the signature.
    pub(crate) fn band(&self, doc: usize, band: usize) -> Option<u32> {
        let (bands, _) = self.signature.get(doc)?.as_chunks::<4>();
        bands.get(band).map(|bytes| u32::from_le_bytes(*bytes))
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

/// The number of the document at `wanted` among `count` documents in the order of their places: file and record.
pub(super) fn find_place<'d>(
    count: usize,
    place: impl Fn(usize) -> (&'d str, u32),
    wanted: (&str, u32),
) -> Option<usize> {
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
