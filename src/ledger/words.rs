//! The words of the documents: rows of numbers, and the vocabulary of each part that says which words these are.
//!
//! Rows that wait come in and become two tables; pieces of parts come in and become those of a new part; [`WordRows`] go out. Numbers rather than the words
//! themselves make the tables three times smaller and let whoever counts look at each word of a part once. `spellings` says how a row holds them.

use std::collections::{BTreeMap, VecDeque};
use std::fs::File;
use std::path::PathBuf;
use std::sync::Arc;

use polars::prelude::{BinaryChunked, Column, DataFrame, IntoColumn, NewChunkedArray, PolarsResult, UInt32Chunked};
use polars_io::SerReader;
use polars_io::parquet::read::ParquetReader;
use xxhash_rust::xxh3::xxh3_128;

use super::Ledger;
use super::part::{FileRecord, Table};
use super::partition::PartRows;
use super::read::text_column;
use super::record::DocumentRecord;
use super::schema::texts;
use super::spellings::{Vocabulary, put, words_of};
use super::stream::{Slice, Stream, spans};
use super::table::TableWriter;
use crate::error::Error;
use crate::model::words::{WordRows, key_of};

/// How many vocabularies are held at once. Files of small parts interleave, and of those there are never many more.
const HELD: usize = 24;

/// So many documents are handed out at once: their words take eight bytes each.
const HANDED_OUT: usize = 512;

/// A word that has no number in a part yet.
const NEW: u32 = u32::MAX;

/// Numbers the words of one part.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    /// The words of the part.
    vocabulary: Vocabulary,
    /// For each word that a worker numbered its number in the part.
    numbers: BTreeMap<(u64, u32), Vec<u32>>,
}

impl Numbering {
    /// A row, with the numbers of the part.
    fn renumber(&mut self, row: &DocumentRecord, into: &mut Vec<u8>) {
        let Some(batch) = &row.batch else { return };
        let numbers = self.numbers.entry(batch.numberer()).or_default();
        if numbers.len() < batch.len() {
            numbers.resize(batch.len(), NEW);
        }
        for (word, count) in row.words.iter() {
            let number = &mut numbers[word as usize];
            if *number == NEW {
                let (spelling, key) = batch.get(word);
                *number = self.vocabulary.number(spelling, key);
            }
            put(into, *number, count);
        }
    }

    /// The words table of these rows.
    ///
    /// `document` is the place among the read documents of the file; it is empty for a skip, which has no words. `words` are bytes.
    pub(super) fn frame(&mut self, rows: &[DocumentRecord]) -> DataFrame {
        let mut bytes = Vec::with_capacity(rows.iter().map(|row| 4 * row.words.len()).sum());
        let mut ends = Vec::with_capacity(rows.len());
        for row in rows {
            self.renumber(row, &mut bytes);
            ends.push(bytes.len());
        }
        let documents = UInt32Chunked::from_iter_options("document".into(), rows.iter().map(|row| row.in_file));
        let columns = vec![documents.into_column(), packed(&bytes, &ends)];
        DataFrame::new(rows.len(), columns).expect("every column has one value a row")
    }

    /// The vocabulary table: the words; the number of a word is its row, counted from 0. Then another part begins.
    pub(super) fn vocabulary(&mut self) -> DataFrame {
        let words = self.vocabulary.take();
        self.numbers.clear();
        let column = texts("word", words.iter().map(Some));
        DataFrame::new(words.len(), vec![column]).expect("the column has one value a row")
    }
}

/// The column of words; each row ends at its place in `bytes`.
fn packed(bytes: &[u8], ends: &[usize]) -> Column {
    let starts = std::iter::once(&0).chain(ends);
    let rows = starts.zip(ends).map(|(&start, &end)| &bytes[start..end]);
    BinaryChunked::from_iter_values("words".into(), rows).into_column()
}

/// Hands the words of each row to `take`.
fn for_each_row(frame: &DataFrame, mut take: impl FnMut(&[(u32, u32)])) -> PolarsResult<()> {
    let mut words = Vec::new();
    for row in frame.column("words")?.binary()?.iter() {
        words.clear();
        words.extend(words_of(row.unwrap_or_default()));
        take(&words);
    }
    Ok(())
}

impl Ledger {
    /// The words of the documents of a part, a stretch of documents at a time. Each document tells its number in [`Ledger::documents`].
    pub fn words_of(&self, part: &PartRows) -> WordParts {
        let columns = Some(&["document", "words"][..]);
        WordParts {
            dir: self.dir.clone(),
            stream: Stream::new(&self.dir, self.sizes, Table::Words, columns, part.documents.clone()),
            waiting: VecDeque::new(),
            held: None,
        }
    }

    /// Writes the vocabulary of a part.
    pub(super) fn write_vocabulary(&self, number: u32, words: &mut Numbering) -> Result<(), Error> {
        let path = Table::Vocabulary.path(&self.dir, number);
        let mut table = TableWriter::create(path, Table::Vocabulary, self.sizes.group)?;
        table.push(words.vocabulary())?;
        table.finish()
    }

    /// Writes the words of `pieces` for a new part, with a vocabulary of its own.
    pub(super) fn regroup_words(&self, number: u32, pieces: &[(u32, FileRecord)]) -> Result<(), Error> {
        let fail = |error: &dyn std::fmt::Display| Error::ledger(&self.dir, error);
        let mut out = TableWriter::create(Table::Words.path(&self.dir, number), Table::Words, self.sizes.group)?;
        let spans = spans(Table::Words, pieces.iter().map(|(part, file)| (*part, file)));
        let (mut held, mut words) = (Held::default(), Numbering::default());
        let mut numbers: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for slice in Stream::new(&self.dir, self.sizes, Table::Words, None, spans) {
            let Slice { part, mut frame, .. } = slice?;
            let old = held.vocabulary(&self.dir, part)?;
            let numbers = numbers.entry(part).or_insert_with(|| vec![NEW; old.len()]);
            let (mut bytes, mut ends) = (Vec::new(), Vec::with_capacity(frame.height()));
            for_each_row(&frame, |row| {
                for &(word, count) in row {
                    let word = word as usize;
                    let Some(spelling) = old.get(word) else { continue };
                    if numbers[word] == NEW {
                        let key = key_of(xxh3_128(spelling.as_bytes()));
                        numbers[word] = words.vocabulary.number(spelling, key);
                    }
                    put(&mut bytes, numbers[word], count);
                }
                ends.push(bytes.len());
            })
            .map_err(|error| fail(&error))?;
            frame
                .replace("words", packed(&bytes, &ends))
                .map_err(|error| fail(&error))?;
            out.push(frame)?;
        }
        out.finish()?;
        self.write_vocabulary(number, &mut words)
    }
}

/// The vocabularies that were read last.
#[derive(Debug, Default)]
struct Held(VecDeque<(u32, Arc<Vec<String>>)>);

impl Held {
    /// The words of a part, by their numbers.
    fn vocabulary(&mut self, dir: &std::path::Path, part: u32) -> Result<Arc<Vec<String>>, Error> {
        if let Some((_, words)) = self.0.iter().find(|(number, _)| *number == part) {
            return Ok(Arc::clone(words));
        }
        let words = read_vocabulary(dir, part)?;
        if self.0.len() >= HELD {
            self.0.pop_front();
        }
        self.0.push_back((part, Arc::clone(&words)));
        Ok(words)
    }
}

/// Reads the words of a part, by their numbers.
fn read_vocabulary(dir: &std::path::Path, part: u32) -> Result<Arc<Vec<String>>, Error> {
    let path = Table::Vocabulary.path(dir, part);
    let file = File::open(&path).map_err(|error| Error::ledger(&path, &error))?;
    let words = ParquetReader::new(file).finish().and_then(|frame| {
        let words = text_column(&frame, "word")?;
        Ok(words.iter().map(|word| word.unwrap_or_default().to_owned()).collect())
    });
    words.map(Arc::new).map_err(|error| Error::ledger(&path, &error))
}

/// The words of a part, a stretch of documents at a time.
#[must_use]
pub struct WordParts {
    /// The folder of the ledger.
    dir: PathBuf,
    /// The rows as they are read.
    stream: Stream,
    /// Rows that were read and not handed out.
    waiting: VecDeque<Slice>,
    /// Its vocabulary, once it was read.
    held: Option<Arc<Vec<String>>>,
}

impl WordParts {
    /// The documents of a slice.
    fn rows(&mut self, slice: &Slice) -> Result<WordRows, Error> {
        let vocabulary = match &self.held {
            Some(words) => Arc::clone(words),
            None => read_vocabulary(&self.dir, slice.part)?,
        };
        self.held = Some(Arc::clone(&vocabulary));
        let mut rows = WordRows::new(vocabulary);
        if add_documents(slice, &mut rows).map_err(|error| Error::ledger(&self.dir, &error))? {
            return Ok(rows);
        }
        Err(Error::ledger(
            &Table::Vocabulary.path(&self.dir, slice.part),
            &"lacks words: remove the ledger's folder to build it anew",
        ))
    }
}

/// Adds the documents of a slice; says whether the vocabulary has all their words.
fn add_documents(slice: &Slice, rows: &mut WordRows) -> PolarsResult<bool> {
    let most = rows.vocabulary.len();
    let in_file = slice.frame.column("document")?.u32()?;
    let mut docs = slice.documents(in_file.iter()).zip(in_file.iter());
    let mut known = true;
    for_each_row(&slice.frame, |row| {
        if let Some((doc, Some(_))) = docs.next() {
            known &= row.iter().all(|(word, _)| (*word as usize) < most);
            rows.push(doc, row);
        }
    })?;
    Ok(known)
}

impl Iterator for WordParts {
    type Item = Result<WordRows, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.waiting.is_empty() {
            match self.stream.next()? {
                Ok(slice) => self.waiting = slice.split(HANDED_OUT),
                Err(error) => return Some(Err(error)),
            }
        }
        let slice = self.waiting.pop_front()?;
        Some(self.rows(&slice))
    }
}
