//! The rows part by part: what was made of those of one part holds as long as the part stays.
//!
//! Parts come out with the numbers of their documents, and what was made of a part goes in and comes out again under a name. It does not know what that is.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{Read, Seek, SeekFrom, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use xxhash_rust::xxh3::xxh3_128;

use super::Ledger;
use super::part::{Table, to_index};
use super::stream::{Span, spans};
use crate::error::Error;

/// The folder of what was made of parts.
const FOLDER: &str = "figures";

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

    /// The shelf at a place of what was [kept](Self::keep) of a part under this name; `None` where nothing was, or it is damaged.
    #[must_use]
    pub fn kept(&self, part: u32, name: u128, at: usize) -> Option<Vec<u8>> {
        let mut file = File::open(kept_path(&self.dir, part, name)).ok()?;
        let place = read(&mut file, SHELF * at)?;
        let (start, place) = place.split_first_chunk()?;
        let (end, hash) = place.split_first_chunk()?;
        let (start, end) = (u64::from_le_bytes(*start), u64::from_le_bytes(*end));
        file.seek(SeekFrom::Start(start)).ok()?;
        let mut bytes = Vec::new();
        file.take(end.checked_sub(start)?).read_to_end(&mut bytes).ok()?;
        (xxh3_128(&bytes).to_le_bytes() == hash).then_some(bytes)
    }

    /// Keeps what was made of a part and of what `name` names, on shelves that can be read one by one. It is forgotten with the part, and where much else was
    /// kept of it since.
    ///
    /// # Errors
    ///
    /// [`Error::Ledger`] where it cannot be written.
    pub fn keep(&self, part: u32, name: u128, shelves: &[Vec<u8>]) -> Result<(), Error> {
        let path = kept_path(&self.dir, part, name);
        let mut head = Vec::with_capacity(SHELF * shelves.len());
        let mut start = (SHELF * shelves.len()) as u64;
        for bytes in shelves {
            let end = start + bytes.len() as u64;
            head.extend_from_slice(&start.to_le_bytes());
            head.extend_from_slice(&end.to_le_bytes());
            head.extend_from_slice(&xxh3_128(bytes).to_le_bytes());
            start = end;
        }
        let write = || {
            fs::create_dir_all(self.dir.join(FOLDER))?;
            // What was cut short does not have its hash, and so nothing was kept.
            let mut file = File::create(&path)?;
            file.write_all(&head)?;
            shelves.iter().try_for_each(|shelf| file.write_all(shelf))
        };
        write().map_err(|error| Error::ledger(&path, &error))
    }

    /// Removes what was kept of parts that are no more, and the oldest of what there is too much of.
    pub(super) fn sweep_kept(&self) -> Result<(), Error> {
        let folder = self.dir.join(FOLDER);
        let Ok(entries) = fs::read_dir(&folder) else {
            return Ok(());
        };
        let mut of_part: BTreeMap<u32, Vec<(SystemTime, PathBuf)>> = BTreeMap::new();
        for entry in entries {
            let entry = entry.map_err(|error| Error::ledger(&folder, &error))?;
            if let Some(part) = part_of(&entry.file_name().to_string_lossy()) {
                let modified = entry.metadata().and_then(|seen| seen.modified());
                let modified = modified.unwrap_or(SystemTime::UNIX_EPOCH);
                of_part.entry(part).or_default().push((modified, entry.path()));
            }
        }
        for (part, mut files) in of_part {
            files.sort_unstable();
            let keep = if self.parts.contains_key(&part) { KEPT } else { 0 };
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

/// Where something kept of a part lies.
fn kept_path(dir: &Path, part: u32, name: u128) -> PathBuf {
    dir.join(FOLDER).join(format!("part-{part:06}-{name:032x}.bin"))
}

/// The part in the name of a kept file; `None` where it is not ours.
fn part_of(name: &str) -> Option<u32> {
    let (part, _) = name.strip_prefix("part-")?.strip_suffix(".bin")?.split_once('-')?;
    part.parse().ok()
}
