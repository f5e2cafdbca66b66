//! The rows part by part: what was made of those of one part holds as long as the part stays.
//!
//! Parts come out with the numbers of their documents, and what was made of a part goes in and comes out again under a name. It does not know what that is.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use xxhash_rust::xxh3::xxh3_128;

use super::Ledger;
use super::part::{Table, to_index};
use super::stream::{Span, spans};
use crate::error::Error;
use crate::model::kept::Kept;

/// The folder of what was made of parts.
const FOLDER: &str = "figures";

/// What the file begins with that holds something of a part.
const PART: &str = "part";

/// The same of several parts.
const UP_TO: &str = "upto";

/// So many things are kept of each part: those made last.
const KEPT: usize = 4;

/// Bytes at the beginning of a kept file for each shelf: where it begins and ends, and its hash.
const SHELF: usize = 2 * size_of::<u64>() + size_of::<u128>();

/// Where the rows of one part lie.
#[derive(Debug)]
pub struct PartRows {
    /// Its number, which no other part will have.
    pub number: u32,
    /// The numbers of its documents in [`Ledger::documents`], as runs in ascending order.
    pub numbers: Vec<Range<u32>>,
    /// Its documents, in the order of (file, record).
    pub(super) documents: Vec<Span>,
    /// Their mentions.
    pub(super) mentions: Vec<Span>,
}

impl Ledger {
    /// Every part that has documents, ordered by its first one.
    #[must_use]
    pub fn partition(&self) -> Vec<PartRows> {
        let pieces = self.pieces();
        let documents = spans(Table::Documents, pieces.iter().copied());
        let mentions = spans(Table::Mentions, pieces.iter().copied());
        let mut parts: BTreeMap<u32, PartRows> = BTreeMap::new();
        let mut next = 0;
        for (((number, file), of_documents), of_mentions) in pieces.into_iter().zip(documents).zip(mentions) {
            let part = parts.entry(number).or_insert_with(|| PartRows {
                number,
                numbers: Vec::new(),
                documents: Vec::new(),
                mentions: Vec::new(),
            });
            part.documents.push(of_documents);
            part.mentions.push(of_mentions);
            let end = next + to_index(file.piece.read as usize);
            match part.numbers.last_mut().filter(|run| run.end == next) {
                Some(run) => run.end = end,
                None if end > next => part.numbers.push(next..end),
                None => {}
            }
            next = end;
        }
        let mut parts: Vec<PartRows> = parts.into_values().filter(|part| !part.numbers.is_empty()).collect();
        parts.sort_by_key(|part| part.numbers[0].start);
        parts
    }

    /// The shelf at a place of what was [kept](Self::keep) under this name; `None` where nothing was, or it is damaged.
    #[must_use]
    pub fn kept(&self, of: Kept, name: u128, at: usize) -> Option<Vec<u8>> {
        let mut file = File::open(kept_path(&self.dir, of, name)).ok()?;
        let place = read(&mut file, SHELF * at)?;
        let (start, place) = place.split_first_chunk()?;
        let (end, hash) = place.split_first_chunk()?;
        let (start, end) = (u64::from_le_bytes(*start), u64::from_le_bytes(*end));
        file.seek(SeekFrom::Start(start)).ok()?;
        let mut bytes = Vec::new();
        file.take(end.checked_sub(start)?).read_to_end(&mut bytes).ok()?;
        (xxh3_128(&bytes).to_le_bytes() == hash).then_some(bytes)
    }

    /// Begins to keep what was made of a part, or of several, and of what `name` names: so many shelves, that can be read one by one. They are forgotten with the
    /// part, the last one of several, and where much else was kept of the same since.
    ///
    /// # Errors
    ///
    /// [`Error::Ledger`] where they cannot be written.
    pub fn keep(&self, of: Kept, name: u128, shelves: usize) -> Result<Keeper, Error> {
        let path = kept_path(&self.dir, of, name);
        let head = vec![0; SHELF * shelves];
        let begin = || {
            fs::create_dir_all(self.dir.join(FOLDER))?;
            let mut file = BufWriter::new(File::create(&path)?);
            file.write_all(&head)?;
            Ok(file)
        };
        let file = begin().map_err(|error: io::Error| Error::ledger(&path, &error))?;
        Ok(Keeper {
            file,
            path,
            end: head.len() as u64,
            head,
            done: 0,
        })
    }

    /// Removes what was kept of parts that are no more, and the oldest of what there is too much of.
    pub(super) fn sweep_kept(&self) -> Result<(), Error> {
        let folder = self.dir.join(FOLDER);
        let Ok(entries) = fs::read_dir(&folder) else {
            return Ok(());
        };
        let mut all: BTreeMap<Kept, Vec<(SystemTime, PathBuf)>> = BTreeMap::new();
        for entry in entries {
            let entry = entry.map_err(|error| Error::ledger(&folder, &error))?;
            if let Some(of) = kept_of(&entry.file_name().to_string_lossy()) {
                let modified = entry.metadata().and_then(|seen| seen.modified());
                let modified = modified.unwrap_or(SystemTime::UNIX_EPOCH);
                all.entry(of).or_default().push((modified, entry.path()));
            }
        }
        for (of, mut files) in all {
            files.sort_unstable();
            let keep = if self.parts.contains_key(&of.number()) { KEPT } else { 0 };
            for (_, path) in &files[..files.len().saturating_sub(keep)] {
                fs::remove_file(path).map_err(|error| Error::ledger(path, &error))?;
            }
        }
        Ok(())
    }
}

/// What a file says of the shelf whose entry begins at `at`.
fn read(file: &mut File, at: usize) -> Option<[u8; SHELF]> {
    let mut entry = [0; SHELF];
    file.seek(SeekFrom::Start(at as u64)).ok()?;
    file.read_exact(&mut entry).ok()?;
    Some(entry)
}

/// Where something kept lies.
fn kept_path(dir: &Path, of: Kept, name: u128) -> PathBuf {
    let (of, number) = match of {
        Kept::Part(number) => (PART, number),
        Kept::UpTo(number) => (UP_TO, number),
    };
    dir.join(FOLDER).join(format!("{of}-{number:06}-{name:032x}.bin"))
}

/// What a file is kept of, by its name; `None` where it is not ours.
fn kept_of(name: &str) -> Option<Kept> {
    let mut pieces = name.strip_suffix(".bin")?.splitn(3, '-');
    let (of, number) = (pieces.next()?, pieces.next()?.parse().ok()?);
    match of {
        PART => Some(Kept::Part(number)),
        UP_TO => Some(Kept::UpTo(number)),
        _ => None,
    }
}

/// Shelves that are being kept.
#[derive(Debug)]
pub struct Keeper {
    /// The file.
    file: BufWriter<File>,
    /// Where it is.
    path: PathBuf,
    /// Its beginning.
    head: Vec<u8>,
    /// Where the next shelf will begin.
    end: u64,
    /// How many there are.
    done: usize,
}

impl Keeper {
    /// Adds the next shelf.
    ///
    /// # Errors
    ///
    /// [`Error::Ledger`] where it cannot be written.
    pub fn put(&mut self, bytes: &[u8]) -> Result<(), Error> {
        let (start, end) = (self.end, self.end + bytes.len() as u64);
        let entry = [
            &start.to_le_bytes()[..],
            &end.to_le_bytes(),
            &xxh3_128(bytes).to_le_bytes(),
        ]
        .concat();
        self.head[SHELF * self.done..][..SHELF].copy_from_slice(&entry);
        self.end = end;
        self.done += 1;
        self.file
            .write_all(bytes)
            .map_err(|error| Error::ledger(&self.path, &error))
    }

    /// Ends. What was not ended does not have its hashes, and so nothing was kept.
    ///
    /// # Errors
    ///
    /// [`Error::Ledger`] where it cannot be written.
    pub fn finish(mut self) -> Result<(), Error> {
        let mut end = || {
            self.file.seek(SeekFrom::Start(0))?;
            self.file.write_all(&self.head)?;
            self.file.flush()
        };
        end().map_err(|error: io::Error| Error::ledger(&self.path, &error))
    }
}
