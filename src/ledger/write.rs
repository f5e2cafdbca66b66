//! From documents, mentions and skips to parts.
//!
//! Rows come in, file by file; parts are written whenever enough of them wait, and made valid with all their files. A file too large for one
//! part is spilled into parts of its own, which become valid together when it ends.

use std::collections::BTreeMap;
use std::panic::resume_unwind;
use std::sync::Arc;
use std::thread;

use super::part::{FileRecord, Piece, Rows, Table, to_index};
use super::plan::Stamp;
use super::record::{DocumentRecord, MentionRecord};
use super::schema::{documents_frame, mentions_columns, texts};
use super::stream::{Span, Stream};
use super::table::TableWriter;
use super::words::Numbering;
use super::{Ledger, Sizes};
use crate::error::Error;
use crate::model::entity::Gazetteer;
use crate::model::input::Input;
use crate::model::mention::Mention;
use crate::model::skip::Skip;
use crate::model::text::CleanText;
use crate::model::words::{Numbered, Spellings, WordCounts};

/// What became of one record, or of a file as a whole.
#[derive(Clone, Debug, PartialEq)]
pub enum Scanned {
    /// It was read and searched.
    Read {
        /// The document with its layout.
        text: Box<CleanText>,
        /// Every mention in it, counted or not.
        mentions: Vec<Mention>,
        /// Its words.
        words: WordCounts,
    },
    /// It was left out.
    Skipped(Skip),
}

/// The rows of one [`Scanned`], without its text: what a writer is handed. Made where the text was searched, so that texts need not be kept.
#[derive(Debug)]
pub struct Kept {
    /// The document or skip.
    document: DocumentRecord,
    /// Its mentions, in the order of its text, numbered as if it were the only document.
    mentions: Vec<MentionRecord>,
    /// Bytes of its text.
    text: u64,
    /// How many different words it has.
    words: usize,
}

impl Kept {
    /// Whether it is a document.
    #[must_use]
    pub fn is_read(&self) -> bool {
        self.document.as_read().is_some()
    }

    /// The skip, where it is one.
    #[must_use]
    pub fn skip(&self) -> Option<&Skip> {
        self.document.as_skip()
    }
}

impl From<Scanned> for Kept {
    /// The rows of a document or skip: made on the thread where it was scanned.
    fn from(scanned: Scanned) -> Self {
        match scanned {
            Scanned::Read {
                text,
                mut mentions,
                words,
            } => {
                mentions
                    .sort_by_key(|mention| (mention.field, mention.start, mention.end, mention.entity, mention.kind));
                let (mentions, texts) = MentionRecord::all(&mentions, &text);
                Self {
                    mentions,
                    text: (text.document.title.len() + text.document.body.len()) as u64,
                    words: words.len(),
                    document: DocumentRecord::read(*text, words, texts),
                }
            }
            Scanned::Skipped(skip) => Self::from(skip),
        }
    }
}

impl From<Skip> for Kept {
    fn from(skip: Skip) -> Self {
        Self {
            document: DocumentRecord::skipped(skip),
            mentions: Vec::new(),
            text: 0,
            words: 0,
        }
    }
}

/// Fills a ledger, file by file. What was not finished is as if it had not been pushed.
#[derive(Debug)]
pub struct Writer<'a> {
    /// What is filled.
    ledger: &'a mut Ledger,
    /// Whom the mentions name.
    gazetteer: &'a Gazetteer,
    /// The words that the rows of this batch name.
    batch: Arc<Numbered>,
    /// The words that each worker has numbered.
    numbered: BTreeMap<u64, Arc<Numbered>>,
    /// Numbers the words of a part.
    words: Numbering,
    /// Rows of files that have ended.
    whole: Waiting,
    /// The files that have ended.
    files: Vec<FileRecord>,
    /// Rows of the file that has not ended.
    open: Waiting,
    /// Its path, as its rows give it.
    open_file: Option<Arc<str>>,
    /// Its parts that were written already.
    spilled: Vec<(u32, Piece)>,
    /// Read documents in them.
    spilled_read: u32,
}

/// Rows that wait for their part to be full.
#[derive(Debug, Default)]
struct Waiting {
    /// Documents and skips.
    documents: Vec<DocumentRecord>,
    /// Mentions.
    mentions: Vec<MentionRecord>,
    /// Read documents among them.
    read: u32,
    /// Bytes of text behind them.
    text: u64,
    /// Different words of each document, added up.
    words: usize,
}

impl Ledger {
    /// Begins to fill the ledger with files that [`Ledger::plan`] named.
    pub fn writer<'a>(&'a mut self, gazetteer: &'a Gazetteer) -> Writer<'a> {
        Writer {
            ledger: self,
            gazetteer,
            batch: Arc::default(),
            numbered: BTreeMap::new(),
            words: Numbering::default(),
            whole: Waiting::default(),
            files: Vec::new(),
            open: Waiting::default(),
            open_file: None,
            spilled: Vec::new(),
            spilled_read: 0,
        }
    }
}

impl Writer<'_> {
    /// Says which words the rows name that are pushed from here on: these, and those of earlier batches of the same worker.
    pub fn begin_batch(&mut self, words: Spellings) {
        let known = self.numbered.entry(words.numberer.0).or_default();
        *known = Arc::new(known.with(words));
        self.batch = Arc::clone(known);
    }

    /// Adds the next document or skip of the file that is being read, in the order of its records. It is one of the batch that was begun last.
    ///
    /// # Errors
    ///
    /// [`Error::Ledger`] where a part cannot be written, or where the file before was not ended.
    pub fn push(&mut self, mut kept: Kept) -> Result<(), Error> {
        kept.document.batch = (kept.words > 0).then(|| Arc::clone(&self.batch));
        let file = kept.document.file();
        if self.open_file.get_or_insert_with(|| Arc::clone(file)) != file {
            return Err(Error::ledger(
                &self.ledger.dir,
                &format!("{file} begins before the file above it has ended"),
            ));
        }
        self.open.push(kept, self.spilled_read);
        let sizes = self.ledger.sizes;
        if !self.files.is_empty() && self.whole.is_full_with(&self.open, sizes) {
            self.close_part()?;
        }
        if self.open.is_full_with(&Waiting::default(), sizes) {
            self.spill()?;
        }
        Ok(())
    }

    /// Ends the file whose rows were pushed; a file without rows is ended too, so that it is remembered.
    ///
    /// # Errors
    ///
    /// [`Error::Ledger`] where a part cannot be written, or where the rows are those of another file.
    pub fn end_file(&mut self, input: Input, stamp: Stamp) -> Result<(), Error> {
        let Stamp { file, bytes, modified } = stamp;
        let rows_of = self.open_file.take().unwrap_or_else(|| Arc::clone(&file));
        if *file != input.file || rows_of != file {
            return Err(Error::ledger(
                &self.ledger.dir,
                &format!("{file} ends as {} with the rows of {rows_of}", input.file),
            ));
        }
        let hash = Some(input.sha256.as_str())
            .filter(|hash| !hash.is_empty())
            .map(Arc::from);
        let trusted = self.ledger.trusts(modified);
        let mut record = FileRecord {
            input: Arc::new(input),
            bytes,
            modified,
            trusted,
            piece: Piece::default(),
        };
        if self.spilled.is_empty() {
            record.piece = self.open.piece(0, 0);
            record.piece.documents.start = self.whole.documents.len();
            record.piece.mentions.start = self.whole.mentions.len();
            self.files.push(record);
            self.whole.append(std::mem::take(&mut self.open), hash.as_ref());
            return Ok(());
        }
        if !self.open.documents.is_empty() {
            self.spill()?;
        }
        self.spilled_read = 0;
        for (number, piece) in std::mem::take(&mut self.spilled) {
            self.ledger.set_file_hash(number, &piece, hash.as_deref())?;
            record.piece = piece;
            self.ledger.add_part(number, vec![record.clone()])?;
        }
        self.ledger.commit_unsettled()
    }

    /// Writes what still waits. A file that was not ended is left out and read again by the next run.
    ///
    /// # Errors
    ///
    /// [`Error::Ledger`] where a part cannot be written.
    pub fn finish(mut self) -> Result<(), Error> {
        self.close_part()
    }

    /// Makes a valid part of the files that have ended.
    fn close_part(&mut self) -> Result<(), Error> {
        if self.files.is_empty() {
            return Ok(());
        }
        let waiting = std::mem::take(&mut self.whole);
        let number = self.ledger.write_rows(&waiting, self.gazetteer, &mut self.words)?;
        self.ledger.add_part(number, std::mem::take(&mut self.files))?;
        self.ledger.commit_unsettled()
    }

    /// Writes the rows of the open file into a part of its own, which is not valid yet.
    fn spill(&mut self) -> Result<(), Error> {
        let waiting = std::mem::take(&mut self.open);
        let number = self.ledger.write_rows(&waiting, self.gazetteer, &mut self.words)?;
        let order = to_index(self.spilled.len());
        self.spilled.push((number, waiting.piece(order, self.spilled_read)));
        self.spilled_read += waiting.read;
        Ok(())
    }
}

impl Waiting {
    /// Adds a document with its mentions, or a skip; `before` documents of its file were spilled.
    fn push(&mut self, mut kept: Kept, before: u32) {
        let row = to_index(self.documents.len());
        let document = before + self.read;
        let mut record = kept.document;
        if record.as_read().is_some() {
            record.in_file = Some(document);
            self.read += 1;
        }
        self.text += kept.text;
        self.words += kept.words;
        self.documents.push(record);
        for mention in &mut kept.mentions {
            (mention.row, mention.document) = (row, document);
        }
        self.mentions.append(&mut kept.mentions);
    }

    /// Whether these rows together with `other` fill a part.
    fn is_full_with(&self, other: &Self, sizes: Sizes) -> bool {
        self.text + other.text >= sizes.text
            || self.documents.len() + other.documents.len() >= sizes.rows
            || self.mentions.len() + other.mentions.len() >= sizes.rows
            || self.words + other.words >= sizes.words
    }

    /// These rows as the piece of a file that begins the tables.
    fn piece(&self, order: u32, first: u32) -> Piece {
        Piece {
            order,
            documents: Rows {
                start: 0,
                len: self.documents.len(),
            },
            mentions: Rows {
                start: 0,
                len: self.mentions.len(),
            },
            first,
            read: self.read,
            text: self.text,
        }
    }

    /// Adds the rows of a file with this hash after these.
    fn append(&mut self, mut file: Self, hash: Option<&Arc<str>>) {
        let before = to_index(self.documents.len());
        for row in &mut file.documents {
            row.file_hash = hash.cloned();
        }
        for mention in &mut file.mentions {
            mention.row += before;
        }
        self.documents.append(&mut file.documents);
        self.mentions.append(&mut file.mentions);
        self.read += file.read;
        self.text += file.text;
        self.words += file.words;
    }
}

impl Ledger {
    /// Writes the tables of a new part, which no list names yet.
    fn write_rows(&mut self, rows: &Waiting, gazetteer: &Gazetteer, words: &mut Numbering) -> Result<u32, Error> {
        let number = self.fresh();
        let ledger = &*self;
        if ledger.threads > 1 {
            // Nobody waits for the disk twice, and the last part of a run is not written by one thread while others have nothing to do.
            thread::scope(|scope| {
                let documents = scope.spawn(|| ledger.write_documents(number, rows, words));
                let mentions = ledger.write_mentions(number, rows, gazetteer);
                let documents = documents.join().unwrap_or_else(|panic| resume_unwind(panic));
                mentions.and(documents)
            })?;
        } else {
            ledger.write_mentions(number, rows, gazetteer)?;
            ledger.write_documents(number, rows, words)?;
        }
        Ok(number)
    }

    /// Writes the mentions of a new part.
    fn write_mentions(&self, number: u32, rows: &Waiting, gazetteer: &Gazetteer) -> Result<(), Error> {
        let group = self.sizes.group;
        let path = Table::Mentions.path(&self.dir, number);
        let mut table = TableWriter::create(path, Table::Mentions, group)?;
        for mentions in rows.mentions.chunks(group) {
            table.write_columns(mentions.len(), &mentions_columns(mentions, &rows.documents, gazetteer))?;
        }
        table.finish()
    }

    /// Writes the documents of a new part and their words.
    fn write_documents(&self, number: u32, rows: &Waiting, words: &mut Numbering) -> Result<(), Error> {
        let group = self.sizes.group;
        let mut table = TableWriter::create(Table::Documents.path(&self.dir, number), Table::Documents, group)?;
        for rows in rows.documents.chunks(group) {
            table.push(documents_frame(rows))?;
        }
        table.finish()?;
        let mut table = TableWriter::create(Table::Words.path(&self.dir, number), Table::Words, group)?;
        for rows in rows.documents.chunks(group) {
            table.push(words.frame(rows))?;
        }
        table.finish()?;
        self.write_vocabulary(number, words)
    }

    /// Writes the hash of the file into the documents of a part that is not valid yet.
    fn set_file_hash(&self, number: u32, piece: &Piece, hash: Option<&str>) -> Result<(), Error> {
        let path = Table::Documents.path(&self.dir, number);
        let new = path.with_extension("parquet.tmp");
        let mut table = TableWriter::create(new.clone(), Table::Documents, self.sizes.group)?;
        for slice in Stream::new(
            &self.dir,
            self.sizes,
            Table::Documents,
            None,
            vec![Span::of(number, piece.documents)],
        ) {
            let mut frame = slice?.frame;
            let column = texts("file_hash", std::iter::repeat_n(hash, frame.height()));
            frame
                .replace("file_hash", column)
                .map_err(|error| Error::ledger(&path, &error))?;
            table.push(frame)?;
        }
        table.finish()?;
        std::fs::rename(&new, &path).map_err(|error| Error::ledger(&path, &error))
    }
}
