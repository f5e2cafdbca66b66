//! One file of the report while it is written: counted and hashed as the bytes pass.

use std::borrow::Cow;
use std::fmt::{Display, Write as _};
use std::fs::File;
use std::io::{BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread::{self, JoinHandle};

use serde::{Deserialize, Serialize};
use sha2::digest::common::hazmat::{SerializableState, SerializedState};
use sha2::{Digest, Sha256};

use crate::error::Error;

/// So many blocks may wait to be hashed.
const WAITING: usize = 8;

/// So many bytes lie between two marks, and a block more or less.
const BETWEEN_MARKS: u64 = 1 << 24;

/// A new file of the report.
#[derive(Debug)]
pub(crate) struct Output {
    /// Its place in the report, with `/`.
    path: String,
    /// Its place on disk.
    place: PathBuf,
    /// The file.
    file: BufWriter<File>,
    /// The hash of what was written so far, or is known to be about to be.
    hash: Hash,
    /// How much was written so far.
    bytes: u64,
    /// So much from the beginning is in the hash already, as long as what is written is [`Block::Known`].
    known: u64,
}

/// How far the hash of a file was at some place of it, so that the hash of a file that begins alike can go on from there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HashMark {
    /// The place: so many bytes are hashed.
    pub bytes: u64,
    /// What the hash was there.
    state: Vec<u8>,
}

/// The hash of a beginning of a file.
#[derive(Clone, Debug, Default)]
struct Hasher {
    /// The hash.
    sha256: Sha256,
    /// How much is hashed.
    bytes: u64,
    /// Places on the way, each a good deal after the one before.
    marks: Vec<HashMark>,
}

impl Hasher {
    /// Goes on from the last of some marks; from the beginning where it cannot be read.
    fn resume(marks: Vec<HashMark>) -> Self {
        let read = |mark: &HashMark| {
            let state = SerializedState::<Sha256>::try_from(mark.state.as_slice()).ok()?;
            Some((Sha256::deserialize(&state).ok()?, mark.bytes))
        };
        marks
            .last()
            .and_then(read)
            .map_or_else(Self::default, |(sha256, bytes)| Self { sha256, bytes, marks })
    }

    /// Takes bytes in.
    fn update(&mut self, bytes: &[u8]) {
        self.sha256.update(bytes);
        self.bytes += bytes.len() as u64;
        if self.bytes >= self.marks.last().map_or(0, |mark| mark.bytes) + BETWEEN_MARKS {
            self.marks.push(HashMark {
                bytes: self.bytes,
                state: self.sha256.serialize().to_vec(),
            });
        }
    }
}

/// Where the bytes are hashed.
#[derive(Debug)]
enum Hash {
    /// On the thread that writes them.
    Here(Hasher),
    /// On a thread of its own, which takes blocks with the place that its part of each begins at.
    Apart(SyncSender<(Vec<u8>, usize)>, JoinHandle<Hasher>),
}

impl Hash {
    /// Goes on elsewhere.
    fn apart(self) -> Self {
        let Self::Here(mut hasher) = self else { return self };
        let (give, blocks) = sync_channel::<(Vec<u8>, usize)>(WAITING);
        let thread = thread::spawn(move || {
            for (block, from) in blocks {
                hasher.update(&block[from..]);
            }
            hasher
        });
        Self::Apart(give, thread)
    }

    /// Takes a block in from this place of it on.
    fn take(&mut self, block: Cow<'_, [u8]>, from: usize) {
        match self {
            Self::Here(hasher) => hasher.update(&block[from..]),
            Self::Apart(give, _) => give
                .send((block.into_owned(), from))
                .expect("the thread ends when all is given"),
        }
    }

    /// All that was hashed.
    fn finish(self) -> Hasher {
        match self {
            Self::Here(hasher) => hasher,
            Self::Apart(give, thread) => {
                drop(give);
                thread.join().expect("hashing cannot fail")
            }
        }
    }
}

/// What is written next.
#[derive(Debug)]
pub(crate) enum Block {
    /// Anything.
    New(Vec<u8>),
    /// What stands at the same place of the file that the [marks](Output::resume) are of.
    Known(Vec<u8>),
}

/// A file of the report that is complete.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Written {
    /// Its place in the report, with `/`.
    pub(crate) path: String,
    /// Its length.
    pub(crate) bytes: u64,
    /// SHA-256 of its content, in lower-case hexadecimal.
    pub(crate) sha256: String,
    /// Places from which the hash of a file that begins alike can go on.
    pub(crate) marks: Vec<HashMark>,
}

impl Output {
    /// Makes the file `path` of the report at `root`, and the folders on the way.
    pub(crate) fn create(root: &Path, path: &str) -> Result<Self, Error> {
        let place = path.split('/').fold(root.to_owned(), |folder, part| folder.join(part));
        let file = match place.parent().map_or(Ok(()), std::fs::create_dir_all) {
            Ok(()) => File::create_new(&place),
            Err(error) => Err(error),
        };
        match file {
            Ok(file) => Ok(Self {
                path: path.to_owned(),
                place,
                file: BufWriter::with_capacity(1 << 16, file),
                hash: Hash::Here(Hasher::default()),
                bytes: 0,
                known: 0,
            }),
            Err(error) => Err(Error::report(&place, &error)),
        }
    }

    /// What stopped the writing, with the file's name.
    pub(crate) fn error(&self, what: &dyn Display) -> Error {
        Error::report(&self.place, what)
    }

    /// Has a thread of its own hash what is written from here on.
    pub(crate) fn hash_apart(&mut self) {
        self.hash_by(Hash::apart);
    }

    /// Says that the file shall be, up to the last of these marks, the file that they are of: what was written is its beginning, and [`Block::Known`] blocks
    /// follow. Where another block comes too early after all, what was written is read again and hashed.
    pub(crate) fn resume(&mut self, marks: Vec<HashMark>) {
        let hasher = Hasher::resume(marks);
        if hasher.bytes > self.bytes {
            self.known = hasher.bytes;
            self.go_on(hasher);
        }
    }

    /// Writes a block, and keeps it until it is hashed.
    pub(crate) fn put(&mut self, block: Block) -> Result<(), Error> {
        let block = match block {
            Block::Known(block) => block,
            Block::New(block) => {
                self.hash_unknown().map_err(|error| self.error(&error))?;
                block
            }
        };
        self.file.write_all(&block).map_err(|error| self.error(&error))?;
        let from = usize::try_from(self.known.saturating_sub(self.bytes)).unwrap_or(usize::MAX);
        self.bytes += block.len() as u64;
        if from < block.len() {
            self.hash.take(block.into(), from);
        }
        Ok(())
    }

    /// Where more is in the hash than was written, hashes what was written instead.
    fn hash_unknown(&mut self) -> std::io::Result<()> {
        if self.bytes >= self.known {
            return Ok(());
        }
        self.file.flush()?;
        let mut written = File::open(&self.place)?.take(self.bytes);
        let mut hasher = Hasher::default();
        let mut room = vec![0; 1 << 16];
        loop {
            match written.read(&mut room)? {
                0 => break,
                length => hasher.update(&room[..length]),
            }
        }
        self.known = 0;
        self.go_on(hasher);
        Ok(())
    }

    /// Goes on with another hash, on the thread where the old one was.
    fn go_on(&mut self, hasher: Hasher) {
        self.hash_by(|old| match old {
            Hash::Here(_) => Hash::Here(hasher),
            Hash::Apart(..) => Hash::Here(hasher).apart(),
        });
    }

    /// Changes how it is hashed.
    fn hash_by(&mut self, change: impl FnOnce(Hash) -> Hash) {
        let old = std::mem::replace(&mut self.hash, Hash::Here(Hasher::default()));
        self.hash = change(old);
    }

    /// Writes what is still in memory and closes the file.
    pub(crate) fn finish(mut self) -> Result<Written, Error> {
        self.hash_unknown().map_err(|error| self.error(&error))?;
        self.file.flush().map_err(|error| self.error(&error))?;
        let hasher = self.hash.finish();
        Ok(Written {
            path: self.path,
            bytes: self.bytes,
            sha256: hexadecimal(&hasher.sha256.finalize()),
            marks: hasher.marks,
        })
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.hash_unknown()?;
        let written = self.file.write(bytes)?;
        self.hash.take(bytes[..written].into(), 0);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.file.flush()
    }
}

/// Bytes in lower-case hexadecimal.
fn hexadecimal(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
            let done = write!(out, "{byte:02x}");
            debug_assert!(done.is_ok(), "writing to a string cannot fail");
            out
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_that_of_the_bytes_on_disk() {
        let root = tempfile::tempdir().unwrap();
        let mut output = Output::create(root.path(), "a/b.txt").unwrap();
        output.write_all(b"a").unwrap();
        output.write_all(b"bc").unwrap();
        let written = output.finish().unwrap();
        assert_eq!(
            written.sha256,
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
        assert_eq!((written.path.as_str(), written.bytes), ("a/b.txt", 3));
        assert_eq!(std::fs::read(root.path().join("a/b.txt")).unwrap(), b"abc");
    }

    #[test]
    fn a_thread_of_its_own_makes_the_same_hash() {
        let root = tempfile::tempdir().unwrap();
        let written = [false, true].map(|apart| {
            let mut output = Output::create(root.path(), &format!("{apart}.txt")).unwrap();
            output.write_all(b"head").unwrap();
            if apart {
                output.hash_apart();
            }
            for block in 0..100_u8 {
                output.put(Block::New(vec![block; 1000])).unwrap();
            }
            output.write_all(b"foot").unwrap();
            output.finish().unwrap()
        });
        assert_eq!(written[0].sha256, written[1].sha256);
        assert_eq!((written[0].bytes, written[1].bytes), (100_008, 100_008));
        let read = |name| std::fs::read(root.path().join(name)).unwrap();
        assert_eq!(read("false.txt"), read("true.txt"));
    }

    #[test]
    fn a_hash_goes_on_from_a_mark() {
        let root = tempfile::tempdir().unwrap();
        let blocks: Vec<Vec<u8>> = (0..40_u8).map(|block| vec![block; 1 << 20]).collect();
        let write = |name: &str, marks: Option<&[HashMark]>, apart: bool, known: usize, blocks: &[Vec<u8>]| {
            let mut output = Output::create(root.path(), name).unwrap();
            output.write_all(b"head").unwrap();
            if apart {
                output.hash_apart();
            }
            output.resume(marks.unwrap_or_default().to_vec());
            for (place, block) in blocks.iter().enumerate() {
                let block = block.clone();
                let put = if place < known {
                    Block::Known(block)
                } else {
                    Block::New(block)
                };
                output.put(put).unwrap();
            }
            output.finish().unwrap()
        };
        let first = write("first", None, false, 0, &blocks);
        let marks = &first.marks[..];
        let places: Vec<u64> = marks.iter().map(|mark| mark.bytes).collect();
        assert_eq!(places, [(16 << 20) + 4, (32 << 20) + 4]);
        for apart in [false, true] {
            // The same file; then one that goes on otherwise, and one that is not what it was said to be.
            let same = write(&format!("same {apart}"), Some(marks), apart, 40, &blocks);
            assert_eq!((&same.sha256, &same.marks[..]), (&first.sha256, marks));
            let mut other = blocks.clone();
            other[20] = vec![77; 3];
            let expected = write(&format!("other from nothing {apart}"), None, apart, 0, &other);
            let gone_on = write(&format!("other {apart}"), Some(&marks[..1]), apart, 20, &other);
            assert_eq!(gone_on.sha256, expected.sha256);
            let mistaken = write(&format!("mistaken {apart}"), Some(marks), apart, 20, &other);
            assert_eq!(mistaken.sha256, expected.sha256);
            let short = write(&format!("short {apart}"), Some(marks), apart, 40, &blocks[..3]);
            let plain = write(&format!("short from nothing {apart}"), None, apart, 0, &blocks[..3]);
            assert_eq!(short.sha256, plain.sha256);
        }
        let broken = [HashMark {
            bytes: 1 << 24,
            state: vec![1, 2, 3],
        }];
        let unread = write("unread", Some(&broken), true, 40, &blocks);
        assert_eq!(unread.sha256, first.sha256);
    }

    #[test]
    fn no_file_is_written_twice() {
        let root = tempfile::tempdir().unwrap();
        Output::create(root.path(), "a.txt").unwrap();
        let error = Output::create(root.path(), "a.txt").unwrap_err().to_string();
        assert!(error.contains("a.txt"), "{error}");
    }
}
