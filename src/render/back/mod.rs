//! What a finished report tells when it is asked again: whether it is still as it was written, what stands behind a number, why two reports differ.
//!
//! In: report folders. Out: answers, and their text for a terminal. It reads manifest, tables and evidence, never the corpus and never the ledger.

pub mod audit;
pub mod diff;
pub mod explain;
pub mod verify;

use std::fs::File;
use std::io::{BufReader, Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

use csv::ByteRecord;
use serde_json::Value;

use super::site::{MAKER, MANIFEST};
use crate::error::Error;

/// A report folder that is read again.
#[derive(Debug)]
pub struct Report {
    /// Its folder.
    dir: PathBuf,
    /// Its manifest.
    manifest: Value,
}

impl Report {
    /// Opens the report in `dir`.
    ///
    /// # Errors
    ///
    /// [`Error::Report`] where there is none.
    pub fn open(dir: &Path) -> Result<Self, Error> {
        let path = dir.join(MANIFEST);
        let text = std::fs::read_to_string(&path).map_err(|error| Error::report(&path, &error))?;
        let manifest: Value = serde_json::from_str(&text).map_err(|error| Error::report(&path, &error))?;
        if manifest["generator"]["name"] != MAKER {
            return Err(Error::report(dir, &"is no report of marsad"));
        }
        Ok(Self {
            dir: dir.to_owned(),
            manifest,
        })
    }

    /// The table at `path`, whichever dialect it was written in.
    fn table(&self, path: &str) -> Result<Rows, Error> {
        let place = self.dir.join(path);
        let wrong = |error: &dyn std::fmt::Display| Error::report(&place, error);
        let mut file = File::open(&place).map_err(|error| wrong(&error))?;
        let mut mark = [0; 3];
        let read = file.read(&mut mark).map_err(|error| wrong(&error))?;
        if mark[..read] != *"\u{feff}".as_bytes() {
            file.seek(SeekFrom::Start(0)).map_err(|error| wrong(&error))?;
        }
        let french = self.manifest["settings"]["csv"] == "fr";
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(if french { b';' } else { b',' })
            .from_reader(BufReader::with_capacity(1 << 18, file));
        let head = reader.byte_headers().map_err(|error| wrong(&error))?.clone();
        Ok(Rows {
            path: place,
            reader,
            head,
            row: ByteRecord::new(),
        })
    }
}

/// The rows of a table, one at a time.
struct Rows {
    /// Its file.
    path: PathBuf,
    /// What reads it.
    reader: csv::Reader<BufReader<File>>,
    /// The names of its columns.
    head: ByteRecord,
    /// The row that was read last.
    row: ByteRecord,
}

impl Rows {
    /// The place of a column.
    fn column(&self, name: &str) -> Result<usize, Error> {
        let place = self.head.iter().position(|head| head == name.as_bytes());
        place.ok_or_else(|| Error::report(&self.path, &format!("has no column {name}")))
    }

    /// The places of several columns.
    fn columns<const N: usize>(&self, names: [&str; N]) -> Result<[usize; N], Error> {
        let mut places = [0; N];
        for (place, name) in places.iter_mut().zip(names) {
            *place = self.column(name)?;
        }
        Ok(places)
    }

    /// Reads the next row; false at the end.
    fn next(&mut self) -> Result<bool, Error> {
        self.reader
            .read_byte_record(&mut self.row)
            .map_err(|error| Error::report(&self.path, &error))
    }

    /// The cell in column `place` of the row that was read last.
    fn text(&self, place: usize) -> &str {
        self.row
            .get(place)
            .and_then(|cell| std::str::from_utf8(cell).ok())
            .unwrap_or("")
    }

    /// The same as a count; 0 where it is none.
    fn count(&self, place: usize) -> u64 {
        self.text(place).parse().unwrap_or(0)
    }
}
