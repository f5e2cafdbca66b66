//! One file of the report while it is written: counted and hashed as the bytes pass.

use std::fmt::{Display, Write as _};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::error::Error;

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
    hash: Sha256,
    /// How much that was.
    bytes: u64,
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
                hash: Sha256::new(),
                bytes: 0,
            }),
            Err(error) => Err(Error::report(&place, &error)),
        }
    }

    /// What stopped the writing, with the file's name.
    pub(crate) fn error(&self, what: &dyn Display) -> Error {
        Error::report(&self.place, what)
    }

    /// Writes what is still in memory and closes the file.
    pub(crate) fn finish(mut self) -> Result<Written, Error> {
        self.file.flush().map_err(|error| self.error(&error))?;
        Ok(Written {
            path: self.path,
            bytes: self.bytes,
            sha256: hexadecimal(&self.hash.finalize()),
        })
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.hash.update(&bytes[..written]);
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
    fn no_file_is_written_twice() {
        let root = tempfile::tempdir().unwrap();
        Output::create(root.path(), "a.txt").unwrap();
        let error = Output::create(root.path(), "a.txt").unwrap_err().to_string();
        assert!(error.contains("a.txt"), "{error}");
    }
}
