//! The words of the documents: lists of numbers, and the vocabulary of each part that says which words these are.
//!
//! Rows that wait come in and become two tables; pieces of parts come in and become those of a new part; [`WordRows`] go out. Numbers rather than the words
//! themselves make the tables three times smaller and let whoever counts look at each word of a part once.

use std::collections::{HashMap, VecDeque};
use std::fs::File;
use std::hash::{BuildHasherDefault, Hasher};
use std::path::PathBuf;
use std::sync::Arc;

use polars::prelude::{
    Column, DataFrame, DataType, IntoColumn, ListBuilderTrait, ListChunked, ListPrimitiveChunkedBuilder,
    NewChunkedArray, PolarsResult, UInt32Chunked, UInt32Type,
};
use polars_io::SerReader;
use polars_io::parquet::read::ParquetReader;
use xxhash_rust::xxh3::xxh3_128;

use super::Ledger;
use super::part::{FileRecord, Table, TableWriter, to_index};
use super::read::text_column;
use super::record::DocumentRecord;
use super::schema::texts;
use super::stream::{Slice, Stream, spans};
use crate::error::Error;
use crate::model::words::WordRows;

/// How many vocabularies are held at once. Files of small parts interleave, and of those there are never many more.
const HELD: usize = 24;

/// The words of one part, numbered from 0 in the order in which they came.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    /// The words.
    words: Vec<Box<str>>,
    /// The number of the word with each hash. It has 128 bits, so that words are told apart by it alone and none has to be looked at again.
    numbers: HashMap<u128, u32, BuildHasherDefault<Ready>>,
}

/// Keys are hashes already.
#[derive(Debug, Default)]
struct Ready(u64);

impl Hasher for Ready {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, _: &[u8]) {
        debug_assert!(false, "only whole hashes are keys");
    }

    fn write_u128(&mut self, hash: u128) {
        // Any 64 of its bits do.
        self.0 = (hash >> 64) as u64;
    }
}

impl Vocabulary {
    /// The number of the word of this `xxh3_128`, which is added where it is new.
    fn number(&mut self, word: &str, hash: u128) -> u32 {
        let next = to_index(self.words.len());
        let number = *self.numbers.entry(hash).or_insert(next);
        if number == next {
            self.words.push(word.into());
        }
        number
    }

    /// The vocabulary table: the words; the number of a word is its row, counted from 0.
    pub(super) fn frame(&self) -> DataFrame {
        let words = texts("word", self.words.iter().map(Some));
        DataFrame::new(self.words.len(), vec![words]).expect("the column has one value a row")
    }
}

/// The words table of these rows; new words are added to the vocabulary of their part.
///
/// `document` is the place among the read documents of the file; it is empty for a skip, which has no words. `words` and `counts` are lists of one length,
/// sorted by the number of the word.
pub(super) fn words_frame(rows: &[DocumentRecord], vocabulary: &mut Vocabulary) -> DataFrame {
    let mut lists = Lists::new(rows.len());
    for row in rows {
        lists.push(
            row.words
                .iter()
                .map(|(word, hash, count)| (vocabulary.number(word, hash), count)),
        );
    }
    let numbers = |name: &str, get: &dyn Fn(&DocumentRecord) -> Option<u32>| {
        UInt32Chunked::from_iter_options(name.into(), rows.iter().map(get)).into_column()
    };
    let [words, counts] = lists.finish();
    let columns = vec![
        texts("file", rows.iter().map(|row| Some(row.file()))),
        numbers("record", &DocumentRecord::record),
        numbers("document", &|row| row.in_file),
        words,
        counts,
    ];
    DataFrame::new(rows.len(), columns).expect("every column has one value a row")
}

/// The two lists of every row, under construction.
struct Lists {
    /// The numbers of the words.
    words: ListPrimitiveChunkedBuilder<UInt32Type>,
    /// How often each stands there.
    counts: ListPrimitiveChunkedBuilder<UInt32Type>,
    /// The row that is being added.
    row: Vec<(u32, u32)>,
}

impl Lists {
    /// None yet, of so many rows.
    fn new(rows: usize) -> Self {
        let list = |name: &str| ListPrimitiveChunkedBuilder::new(name.into(), rows, 64 * rows, DataType::UInt32);
        Self {
            words: list("words"),
            counts: list("counts"),
            row: Vec::new(),
        }
    }

    /// Adds a row.
    fn push(&mut self, row: impl Iterator<Item = (u32, u32)>) {
        self.row.clear();
        self.row.extend(row);
        self.row.sort_unstable();
        self.words.append_values_iter(self.row.iter().map(|(word, _)| *word));
        self.counts.append_values_iter(self.row.iter().map(|(_, count)| *count));
    }

    /// Both columns.
    fn finish(mut self) -> [Column; 2] {
        [self.words.finish().into_column(), self.counts.finish().into_column()]
    }
}

/// Hands the two lists of each row to `take`.
fn for_each_row(frame: &DataFrame, mut take: impl FnMut(&[(u32, u32)])) -> PolarsResult<()> {
    let list = |name: &str| frame.column(name).and_then(Column::list);
    let (words, counts): (&ListChunked, &ListChunked) = (list("words")?, list("counts")?);
    let mut row = Vec::new();
    for (words, counts) in words.amortized_iter().zip(counts.amortized_iter()) {
        row.clear();
        if let (Some(words), Some(counts)) = (words, counts) {
            let (words, counts) = (words.as_ref().u32()?, counts.as_ref().u32()?);
            row.extend(words.iter().flatten().zip(counts.iter().flatten()));
        }
        take(&row);
    }
    Ok(())
}

impl Ledger {
    /// The words of every document, a stretch of documents at a time, in the order of [`Ledger::documents`].
    pub fn word_parts(&self) -> WordParts {
        WordParts {
            dir: self.dir.clone(),
            stream: self.stream(Table::Words, Some(&["document", "words", "counts"])),
            held: Held::default(),
        }
    }

    /// Writes the vocabulary of a part.
    pub(super) fn write_vocabulary(&self, number: u32, vocabulary: &Vocabulary) -> Result<(), Error> {
        let path = Table::Vocabulary.path(&self.dir, number);
        let mut table = TableWriter::create(path, Table::Vocabulary, self.sizes.group)?;
        table.push(vocabulary.frame())?;
        table.finish()
    }

    /// Writes the words of `pieces` for a new part, with a vocabulary of its own.
    pub(super) fn regroup_words(&self, number: u32, pieces: &[(u32, FileRecord)]) -> Result<(), Error> {
        let fail = |error: &dyn std::fmt::Display| Error::ledger(&self.dir, error);
        let mut out = TableWriter::create(Table::Words.path(&self.dir, number), Table::Words, self.sizes.group)?;
        let spans = spans(Table::Words, pieces.iter().map(|(part, file)| (*part, file)));
        let (mut held, mut vocabulary) = (Held::default(), Vocabulary::default());
        for slice in Stream::new(&self.dir, self.sizes, Table::Words, None, spans) {
            let Slice { part, mut frame, .. } = slice?;
            let old = held.vocabulary(&self.dir, part)?;
            let mut lists = Lists::new(frame.height());
            for_each_row(&frame, |row| {
                let renumbered = row.iter().filter_map(|&(word, count)| {
                    let word = old.get(word as usize)?;
                    Some((vocabulary.number(word, xxh3_128(word.as_bytes())), count))
                });
                lists.push(renumbered);
            })
            .map_err(|error| fail(&error))?;
            for column in lists.finish() {
                let name = column.name().clone();
                frame.replace(&name, column).map_err(|error| fail(&error))?;
            }
            out.push(frame)?;
        }
        out.finish()?;
        self.write_vocabulary(number, &vocabulary)
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
        let path = Table::Vocabulary.path(dir, part);
        let file = File::open(&path).map_err(|error| Error::ledger(&path, &error))?;
        let words = ParquetReader::new(file).finish().and_then(|frame| {
            let words = text_column(&frame, "word")?;
            Ok(words.iter().map(|word| word.unwrap_or_default().to_owned()).collect())
        });
        let words: Arc<Vec<String>> = Arc::new(words.map_err(|error| Error::ledger(&path, &error))?);
        if self.0.len() >= HELD {
            self.0.pop_front();
        }
        self.0.push_back((part, Arc::clone(&words)));
        Ok(words)
    }
}

/// The words of a ledger, a stretch of documents at a time.
#[must_use]
pub struct WordParts {
    /// The folder of the ledger.
    dir: PathBuf,
    /// The rows as they are read.
    stream: Stream,
    /// The vocabularies of the parts.
    held: Held,
}

impl WordParts {
    /// The documents of a slice.
    fn rows(&mut self, slice: &Slice) -> Result<WordRows, Error> {
        let vocabulary = self.held.vocabulary(&self.dir, slice.part)?;
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
        let slice = self.stream.next()?;
        Some(slice.and_then(|slice| self.rows(&slice)))
    }
}
