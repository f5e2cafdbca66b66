//! The Parquet record of documents, mentions and words: what a scan keeps and every report is made from.
//!
//! Documents, mentions and skips come in, file by file; frames and evidence rows come out, always in the order of (file, record),
//! whatever the history of the ledger. It opens and writes files below its own folder only. It reads no corpus, finds no mention and
//! computes no figure.
//!
//! ```text
//! ledger.json                     the header and the list of valid parts: what it does not name does not exist
//! ledger.lock                     held while a run uses the ledger
//! documents/part-000001.parquet   one row a document, one a skip
//! mentions/part-000001.parquet    one row a mention, counted or not
//! words/part-000001.parquet       one row a document, one a skip: the numbers of its words, and how often each stands there, as bytes (LEB128:
//!                                 twice the number, plus one where a count follows that is not 1)
//! vocabulary/part-000001.parquet  the words with these numbers
//! files/part-000002.bin           the files of a part: their account, their stamp and which rows are theirs
//! figures/part-000001-NAME.bin    what a report made of the rows of a part, under the name of all that it follows from beside them
//! account.json                    what the last scan told, as long as nothing changes
//! reports.json                    which reports were written from it, and how their files looked
//! evidence.json                   which lines of their evidence were made from which rows
//! ```
//!
//! Parts are written under new names first; then `ledger.json` is replaced in one step. So a run that is killed leaves the ledger as it
//! was at the last such step, and what else lies there is removed when it is next opened.

mod concordance;
mod context;
mod header;
mod list;
mod memory;
mod part;
mod partition;
mod plan;
mod read;
mod record;
mod regroup;
mod schema;
mod settle;
mod spellings;
mod stream;
mod stretches;
mod table;
mod words;
mod write;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use self::concordance::{DocumentRows, MentionRows};
pub use self::header::Header;
pub use self::memory::Memo;
pub use self::partition::{Keeper, PartRows};
pub use self::plan::{Plan, Stamp};
pub use self::read::{DocumentParts, MentionParts};
pub use self::schema::{DOCUMENT_COLUMNS, MENTION_COLUMNS};
pub use self::stretches::{Place, Stretch, StretchRows, Stretches};
pub use self::words::WordParts;
pub use self::write::{Kept, Scanned, Writer};

use self::header::{Catalogue, Found, LOCK, PartEntry};
use self::list::{read_list, write_list};
use self::part::{FileRecord, Part, Table, list_path, sync_folder};
use crate::error::Error;
use crate::model::input::Input;

/// The ledger of one corpus, locked for this run.
#[derive(Debug)]
pub struct Ledger {
    /// Its folder.
    dir: PathBuf,
    /// What it was made with.
    header: Header,
    /// Its valid parts, by number.
    parts: BTreeMap<u32, Part>,
    /// The number of the next file to be written.
    next: u32,
    /// Whether every `doc_id` is as [`Ledger::settle`] wants it.
    settled: bool,
    /// Files that no part needs any more, removed after the next commit.
    retired: Vec<PathBuf>,
    /// Time stamps from here on are too young to be trusted.
    trust_before: i64,
    /// When parts, row groups and frames are full.
    sizes: Sizes,
    /// So many threads may write.
    threads: usize,
    /// Keeps other runs out while it lives.
    _lock: File,
}

/// When parts, row groups and frames are full. Tests make them small.
#[derive(Clone, Copy, Debug)]
struct Sizes {
    /// Bytes of text that close a part.
    text: u64,
    /// Rows that close a part, of documents or of mentions.
    rows: usize,
    /// Different words of documents, added up, that close a part.
    words: usize,
    /// Rows of a row group: what is written and read at once.
    group: usize,
    /// Rows of a frame of [`Ledger::mention_parts`], before its last document is completed.
    frame: usize,
    /// How many small parts are borne before they are joined.
    small: usize,
}

impl Default for Sizes {
    fn default() -> Self {
        Self {
            text: 16 << 20,
            rows: 1 << 17,
            words: 1 << 21,
            group: 1 << 13,
            frame: 1 << 14,
            small: 16,
        }
    }
}

impl Ledger {
    /// Opens the ledger in `dir`, or begins one there, and locks it until it is dropped.
    ///
    /// A ledger of other names, settings or layout is emptied; the sentence that comes back then says why everything is scanned again.
    /// What an interrupted run left behind is removed.
    ///
    /// # Errors
    ///
    /// [`Error::Ledger`] where another run uses it, where it belongs to another corpus, where the folder holds something else, and
    /// where it cannot be read or written.
    pub fn open(dir: &Path, header: Header) -> Result<(Self, Option<String>), Error> {
        fs::create_dir_all(dir).map_err(|error| Error::ledger(dir, &error))?;
        header::refuse_strangers(dir)?;
        let lock = header::lock(&dir.join(LOCK))?;
        let mut ledger = Self {
            dir: dir.to_owned(),
            header,
            parts: BTreeMap::new(),
            next: 1,
            settled: true,
            retired: Vec::new(),
            trust_before: i64::MIN,
            sizes: Sizes::default(),
            threads: 1,
            _lock: lock,
        };
        let mut why = None;
        let mut begin = false;
        match header::find(dir, &ledger.header)? {
            Found::Nothing => begin = true,
            Found::Other(reason) => why = Some(reason),
            Found::Same(catalogue) => {
                (ledger.next, ledger.settled) = (catalogue.next, catalogue.settled);
                if !ledger.take_parts(&catalogue.parts) {
                    ledger.parts.clear();
                    why = Some("files of the ledger are missing or damaged".to_owned());
                }
            }
        }
        if begin || why.is_some() {
            (ledger.next, ledger.settled) = (1, true);
            ledger.commit()?;
        }
        ledger.sweep()?;
        Ok((ledger, why.map(|why| format!("{why}: scanning everything again"))))
    }

    /// Lets so many threads write it from here on; at first one does.
    pub fn use_threads(&mut self, threads: usize) {
        self.threads = threads;
    }

    /// Whether a ledger lies in `dir`.
    #[must_use]
    pub fn lies_in(dir: &Path) -> bool {
        header::is_there(dir)
    }

    /// Opens the ledger in `dir` as it lies, whatever it was made with, to be read only.
    ///
    /// # Errors
    ///
    /// [`Error::Ledger`] where there is none, where another run uses it and where it cannot be read.
    pub fn reopen(dir: &Path) -> Result<Self, Error> {
        let (header, catalogue) = header::as_it_lies(dir)?;
        let mut ledger = Self {
            dir: dir.to_owned(),
            header,
            parts: BTreeMap::new(),
            next: catalogue.next,
            settled: catalogue.settled,
            retired: Vec::new(),
            trust_before: i64::MIN,
            sizes: Sizes::default(),
            threads: 1,
            _lock: header::lock(&dir.join(LOCK))?,
        };
        if ledger.take_parts(&catalogue.parts) {
            return Ok(ledger);
        }
        Err(Error::ledger(
            dir,
            &"has lost some of its files: `marsad scan` makes it anew",
        ))
    }

    /// Every file that was scanned, sorted by path.
    #[must_use]
    pub fn inputs(&self) -> Vec<Arc<Input>> {
        let mut all: Vec<&Arc<Input>> = self
            .parts
            .values()
            .flat_map(|part| &part.files)
            .map(|file| &file.input)
            .collect();
        all.sort_by(|a, b| a.file.cmp(&b.file));
        all.dedup_by(|a, b| a.file == b.file);
        all.into_iter().map(Arc::clone).collect()
    }

    /// How many rows of documents and skips there are.
    #[must_use]
    pub fn rows(&self) -> usize {
        let files = self.parts.values().flat_map(|part| &part.files);
        files.map(|file| file.piece.documents.len).sum()
    }

    /// How many rows of mentions there are.
    #[must_use]
    pub fn mentions(&self) -> u64 {
        let files = self.parts.values().flat_map(|part| &part.files);
        files.map(|file| file.piece.mentions.len as u64).sum()
    }

    /// The youngest time stamp of the files that were scanned, in nanoseconds since 1970; `None` where none has one.
    #[must_use]
    pub fn newest_file(&self) -> Option<i64> {
        self.parts
            .values()
            .flat_map(|part| &part.files)
            .filter_map(|file| file.modified)
            .max()
    }

    /// Takes over the listed parts; false where one of their files is missing or cannot be understood.
    fn take_parts(&mut self, entries: &[PartEntry]) -> bool {
        for entry in entries {
            let there = |table: Table| table.path(&self.dir, entry.part).is_file();
            let Some(files) = read_list(&list_path(&self.dir, entry.files)) else {
                return false;
            };
            if !Table::ALL.into_iter().all(there) {
                return false;
            }
            self.parts.insert(
                entry.part,
                Part {
                    number: entry.part,
                    list: entry.files,
                    files,
                },
            );
        }
        true
    }

    /// A number that no file of the ledger has had since it was begun.
    fn fresh(&mut self) -> u32 {
        self.next += 1;
        self.next - 1
    }

    /// Makes the parts as they stand now the valid ones, in one step, and removes what they replaced.
    fn commit(&mut self) -> Result<(), Error> {
        memory::forget(&self.dir)?;
        for table in Table::ALL {
            sync_folder(&self.dir.join(table.folder()));
        }
        sync_folder(&self.dir.join(part::LISTS));
        let parts = self.parts.values().map(PartEntry::of).collect();
        Catalogue::new(&self.header, self.next, self.settled, parts).write(&self.dir)?;
        for path in self.retired.drain(..) {
            // What cannot be removed now is swept when the ledger is next opened.
            let _ = fs::remove_file(path);
        }
        Ok(())
    }

    /// Adds a part whose tables are written; it is valid after the next commit.
    fn add_part(&mut self, number: u32, files: Vec<FileRecord>) -> Result<(), Error> {
        let list = self.fresh();
        write_list(&list_path(&self.dir, list), &files)?;
        self.parts.insert(number, Part { number, list, files });
        Ok(())
    }

    /// Commits; what names the documents have is to be seen again.
    fn commit_unsettled(&mut self) -> Result<(), Error> {
        self.settled = false;
        self.commit()
    }

    /// Forgets a part; its files are removed after the next commit.
    fn retire(&mut self, number: u32) {
        if let Some(part) = self.parts.remove(&number) {
            self.retired
                .extend(Table::ALL.map(|table| table.path(&self.dir, number)));
            self.retired.push(list_path(&self.dir, part.list));
        }
    }

    /// Makes the folders of parts and removes from them what no valid part names.
    fn sweep(&self) -> Result<(), Error> {
        let lists: Vec<u32> = self.parts.values().map(|part| part.list).collect();
        for folder in Table::ALL.map(Table::folder).into_iter().chain([part::LISTS]) {
            let path = self.dir.join(folder);
            fs::create_dir_all(&path).map_err(|error| Error::ledger(&path, &error))?;
            for entry in fs::read_dir(&path).map_err(|error| Error::ledger(&path, &error))? {
                let entry = entry.map_err(|error| Error::ledger(&path, &error))?;
                let name = entry.file_name();
                let Some((number, finished)) = part::number_of(&name.to_string_lossy(), folder) else {
                    continue;
                };
                let listed = if folder == part::LISTS {
                    lists.contains(&number)
                } else {
                    self.parts.contains_key(&number)
                };
                if !(finished && listed) {
                    fs::remove_file(entry.path()).map_err(|error| Error::ledger(&entry.path(), &error))?;
                }
            }
        }
        self.sweep_kept()
    }
}
