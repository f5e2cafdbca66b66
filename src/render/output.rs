//! One file of the report while it is written: counted and hashed as the bytes pass.

use std::borrow::Cow;
use std::fmt::{Display, Write as _};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread::{self, JoinHandle};

use sha2::{Digest, Sha256};

use crate::error::Error;

/// So many blocks may wait to be hashed.
const WAITING: usize = 8;

/// A new file of the report.
#[derive(Debug)]
pub(crate) struct Output {
    /// Its place in the report, with `/`.
    path: String,
    /// Its place on disk.
    place: PathBuf,
    /// The file.
    file: BufWriter<File>,
    /// The hash of what was written so far.
    hash: Hash,
    /// How much that was.
    bytes: u64,
}

/// Where the bytes are hashed.
#[derive(Debug)]
enum Hash {
    /// On the thread that writes them.
    Here(Sha256),
    /// On a thread of its own.
    Apart(SyncSender<Vec<u8>>, JoinHandle<Sha256>),
}

impl Hash {
    /// Goes on elsewhere.
    fn apart(self) -> Self {
        let Self::Here(mut hash) = self else { return self };
        let (give, blocks) = sync_channel::<Vec<u8>>(WAITING);
        let thread = thread::spawn(move || {
            for block in blocks {
                hash.update(&block);
            }
            hash
        });
        Self::Apart(give, thread)
    }

    /// Takes a block in.
    fn take(&mut self, block: Cow<'_, [u8]>) {
        match self {
            Self::Here(hash) => hash.update(&block),
            Self::Apart(give, _) => give
                .send(block.into_owned())
                .expect("the thread ends when all is given"),
        }
    }

    /// The hash in lower-case hexadecimal.
    fn finish(self) -> String {
        let hash = match self {
            Self::Here(hash) => hash,
            Self::Apart(give, thread) => {
                drop(give);
                thread.join().expect("hashing cannot fail")
            }
        };
        hexadecimal(&hash.finalize())
    }
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
                hash: Hash::Here(Sha256::new()),
                bytes: 0,
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
        let here = std::mem::replace(&mut self.hash, Hash::Here(Sha256::new()));
        self.hash = here.apart();
    }

    /// Writes a block, and keeps it until it is hashed.
    pub(crate) fn put(&mut self, block: Vec<u8>) -> Result<(), Error> {
        self.file.write_all(&block).map_err(|error| self.error(&error))?;
        self.bytes += block.len() as u64;
        self.hash.take(block.into());
        Ok(())
    }

    /// Writes what is still in memory and closes the file.
    pub(crate) fn finish(mut self) -> Result<Written, Error> {
        self.file.flush().map_err(|error| self.error(&error))?;
        Ok(Written {
            path: self.path,
            bytes: self.bytes,
            sha256: self.hash.finish(),
        })
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.hash.take(bytes[..written].into());
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
                output.put(vec![block; 1000]).unwrap();
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
    fn no_file_is_written_twice() {
        let root = tempfile::tempdir().unwrap();
        Output::create(root.path(), "a.txt").unwrap();
        let error = Output::create(root.path(), "a.txt").unwrap_err().to_string();
        assert!(error.contains("a.txt"), "{error}");
    }
}
