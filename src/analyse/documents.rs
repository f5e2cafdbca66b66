//! The documents table, column by column, as plain values in little room.
//!
//! Frames with one row a document come in, one after the other; typed columns go out. Texts lie end to end, files and outlets are numbered, and of a signature only
//! the bands are kept: a corpus of a million documents takes some 300 MB. It decides nothing about the documents.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use polars::prelude::{Column, DataFrame, PolarsError, PolarsResult, StringChunked};
use xxhash_rust::xxh3::xxh3_128;

use super::outlets::Origin;
use crate::error::Error;
use crate::model::language::Language;
use crate::model::signature::BANDS;

/// The documents table, frame by frame, with these of its columns; it may be asked for more than once.
pub type Frames<'a> = dyn Fn(&[&str]) -> Box<dyn Iterator<Item = Result<DataFrame, Error>> + 'a> + 'a;

/// The columns that are read.
const COLUMNS: [&str; 14] = [
    "doc_id",
    "file",
    "record",
    "source",
    "language",
    "date",
    "date_note",
    "title",
    "url",
    "words",
    "sentences",
    "text_hash",
    "shingles",
    "signature",
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
    /// Zero-based place in the file.
    pub(crate) records: Vec<u32>,
    /// Its id.
    doc_ids: Texts,
    /// Its file.
    files: Numbered,
    /// Its outlet, as the record names it.
    sources: Numbered,
    /// Its headline.
    titles: Texts,
    /// Its address.
    urls: Texts,
    /// The remarks on dates.
    notes: BTreeMap<usize, Box<str>>,
    /// Hash of its normalised text; 0 where there is none.
    hashes: Vec<u128>,
    /// What near copies of its text are found by.
    bands: Vec<[u32; BANDS]>,
    /// Whether it has such bands; the shortest texts have none.
    signed: Vec<bool>,
    /// Distinct shingles of its text.
    shingles: Vec<u32>,
}

impl Documents {
    /// Takes the columns out of the frames.
    ///
    /// # Errors
    ///
    /// [`Error::Analyse`] where a column is missing or of another type, or the documents are not in order; and whatever reading a frame fails with.
    pub(crate) fn read(frames: &Frames<'_>) -> Result<Self, Error> {
        let mut all = Self::default();
        for frame in frames(&COLUMNS) {
            all.add(&frame?).map_err(|error| told(&error))?;
        }
        Ok(all)
    }

    /// Adds the rows of a frame, with polars' own error.
    fn add(&mut self, frame: &DataFrame) -> PolarsResult<()> {
        let texts = |name: &str| frame.column(name).and_then(Column::str);
        let before = self.len();
        let days = frame.column("date")?.date()?.phys.iter();
        self.dates
            .extend(days.map(|day| day.and_then(NaiveDate::from_epoch_days)));
        self.languages.extend(
            texts("language")?
                .iter()
                .map(|tag| tag.and_then(Language::new).unwrap_or(Language::UND)),
        );
        for (name, column) in [
            ("words", &mut self.words),
            ("sentences", &mut self.sentences),
            ("record", &mut self.records),
            ("shingles", &mut self.shingles),
        ] {
            column.extend(frame.column(name)?.u32()?.iter().map(Option::unwrap_or_default));
        }
        for (name, column) in [
            ("doc_id", &mut self.doc_ids),
            ("title", &mut self.titles),
            ("url", &mut self.urls),
        ] {
            texts(name)?
                .iter()
                .for_each(|text| column.push(text.unwrap_or_default()));
        }
        for (name, column) in [("file", &mut self.files), ("source", &mut self.sources)] {
            texts(name)?
                .iter()
                .for_each(|text| column.push(text.unwrap_or_default()));
        }
        let notes = (before..).zip(texts("date_note")?.iter());
        self.notes.extend(notes.filter_map(|(doc, note)| {
            let note = note.filter(|note| !note.is_empty())?;
            Some((doc, note.into()))
        }));
        self.hashes.extend(texts("text_hash")?.iter().map(hash_of));
        for bytes in frame.column("signature")?.binary()?.iter() {
            let bands = bytes.and_then(bands_of);
            self.signed.push(bands.is_some());
            self.bands.push(bands.unwrap_or([0; BANDS]));
        }
        let place = |doc: usize| (self.file(doc), self.records[doc]);
        let from = before.saturating_sub(1);
        if (from..self.len()).map(place).is_sorted() {
            return Ok(());
        }
        Err(PolarsError::ComputeError(
            "the documents are not in the order of file and record".into(),
        ))
    }

    /// Lets go of what only stories are joined by.
    pub(crate) fn forget_signatures(&mut self) {
        (self.shingles, self.bands) = (Vec::new(), Vec::new());
        (self.signed, self.hashes) = (Vec::new(), Vec::new());
    }

    /// Lets go of the texts that only figures need.
    pub(crate) fn forget_texts(&mut self) {
        (self.sources, self.notes) = (Numbered::default(), BTreeMap::new());
        (self.titles, self.urls) = (Texts::default(), Texts::default());
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
        self.doc_ids.get(doc)
    }

    /// The file of a document.
    pub(crate) fn file(&self, doc: usize) -> &str {
        self.files.get(doc)
    }

    /// The headline of a document; empty where it has none.
    pub(crate) fn title(&self, doc: usize) -> &str {
        self.titles.get(doc)
    }

    /// The address of a document; empty where it is not known.
    pub(crate) fn url(&self, doc: usize) -> &str {
        self.urls.get(doc)
    }

    /// The remark on the date of a document; empty mostly.
    pub(crate) fn date_note(&self, doc: usize) -> &str {
        self.notes.get(&doc).map_or("", |note| note)
    }

    /// What the record says of where it is from, document by document.
    pub(crate) fn origins(&self) -> impl Iterator<Item = Origin<'_>> {
        (0..self.len()).map(|doc| Origin {
            source: self.sources.get(doc),
            url: self.url(doc),
            file: self.file(doc),
        })
    }

    /// The hash of a text; `None` where it is not known.
    pub(crate) fn text_hash(&self, doc: usize) -> Option<u128> {
        Some(self.hashes[doc]).filter(|hash| *hash != 0)
    }

    /// How many distinct shingles a text has.
    pub(crate) fn shingles(&self, doc: usize) -> u32 {
        self.shingles[doc]
    }

    /// One band of the signature; `None` for the shortest texts.
    pub(crate) fn band(&self, doc: usize, band: usize) -> Option<u32> {
        self.signed[doc].then(|| self.bands[doc][band])
    }
}

/// A hash as a number. What is no number in hexadecimal stands for itself.
fn hash_of(text: Option<&str>) -> u128 {
    match text {
        None | Some("") => 0,
        Some(text) => u128::from_str_radix(text, 16).unwrap_or_else(|_| xxh3_128(text.as_bytes())),
    }
}

/// The bands at the beginning of a signature.
fn bands_of(signature: &[u8]) -> Option<[u32; BANDS]> {
    let (numbers, _) = signature.as_chunks::<4>();
    let numbers = numbers.first_chunk::<BANDS>()?;
    Some(numbers.map(u32::from_le_bytes))
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
        let start = place
            .checked_sub(1)
            .map_or(0, |before| self.ends.get(before).copied().unwrap_or(0));
        let end = self.ends.get(place).copied().unwrap_or(start);
        self.letters.get(start..end).unwrap_or_default()
    }
}

/// Texts of which many are the same, each kept once.
#[derive(Debug, Default)]
struct Numbered {
    /// The different ones.
    texts: Vec<Box<str>>,
    /// Their numbers.
    numbers: HashMap<Box<str>, u32>,
    /// Which of them stands at each place.
    of: Vec<u32>,
}

impl Numbered {
    /// Adds one.
    fn push(&mut self, text: &str) {
        let last = self.of.last().copied();
        if let Some(last) = last.filter(|&last| *self.texts[last as usize] == *text) {
            self.of.push(last);
            return;
        }
        let number = self.numbers.get(text).copied().unwrap_or_else(|| {
            let next = u32::try_from(self.texts.len()).expect("there are fewer than 2^32 documents");
            self.texts.push(text.into());
            self.numbers.insert(text.into(), next);
            next
        });
        self.of.push(number);
    }

    /// The text at `place`; empty where there is none.
    fn get(&self, place: usize) -> &str {
        self.of.get(place).map_or("", |&number| &self.texts[number as usize])
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
