//! A part: one table of documents, one of mentions, one of words with their vocabulary, and the list of the files whose rows they hold.
//!
//! It knows where they lie. What a row means is the business of `schema`, how it is written that of `table`, how a list is read and written that of
//! `list`, which parts are valid that of `header`.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::schema;
use super::words::Numbering;
use crate::model::input::Input;
use polars::prelude::Schema;

/// The folder of the lists of files.
pub(super) const LISTS: &str = "files";

/// One of the tables of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Table {
    /// One row a document and one a skip.
    Documents,
    /// One row a mention.
    Mentions,
    /// One row a document and one a skip, as in [`Table::Documents`].
    Words,
    /// One row a word that stands in these.
    Vocabulary,
}

impl Table {
    /// All of them.
    pub(super) const ALL: [Self; 4] = [Self::Documents, Self::Mentions, Self::Words, Self::Vocabulary];

    /// The folder of its files.
    pub(super) const fn folder(self) -> &'static str {
        match self {
            Self::Documents => "documents",
            Self::Mentions => "mentions",
            Self::Words => "words",
            Self::Vocabulary => "vocabulary",
        }
    }

    /// The file of part `number`.
    pub(super) fn path(self, dir: &Path, number: u32) -> PathBuf {
        dir.join(self.folder()).join(format!("part-{number:06}.parquet"))
    }

    /// Names and types of its columns.
    pub(super) fn schema(self) -> Schema {
        let frame = match self {
            Self::Mentions => return schema::mentions_schema(),
            Self::Documents => schema::documents_frame(&[]),
            Self::Words => Numbering::default().frame(&[]),
            Self::Vocabulary => Numbering::default().vocabulary(),
        };
        frame.schema().as_ref().clone()
    }
}

/// The list of files number `number`.
pub(super) fn list_path(dir: &Path, number: u32) -> PathBuf {
    dir.join(LISTS).join(format!("part-{number:06}.bin"))
}

/// The number in the name of a file in `folder`, and whether the file was finished; `None` where it is not ours.
pub(super) fn number_of(name: &str, folder: &str) -> Option<(u32, bool)> {
    let (number, extension) = name.strip_prefix("part-")?.split_once('.')?;
    let finished = extension == if folder == LISTS { "bin" } else { "parquet" };
    number.parse().ok().map(|number| (number, finished))
}

/// A part with its files in the order of (file, piece).
#[derive(Debug)]
pub(super) struct Part {
    /// Number of its tables.
    pub(super) number: u32,
    /// Number of its list.
    pub(super) list: u32,
    /// Whose rows it holds.
    pub(super) files: Vec<FileRecord>,
}

/// A file, or the piece of a large file, in a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FileRecord {
    /// The account of the file, the same in all its pieces.
    pub(super) input: Arc<Input>,
    /// Its size as it was seen.
    pub(super) bytes: u64,
    /// Its time stamp as it was seen, in nanoseconds since 1970.
    pub(super) modified: Option<i64>,
    /// Whether the stamp was old enough that a later change cannot carry the same one.
    pub(super) trusted: bool,
    /// Which rows are its own.
    pub(super) piece: Piece,
}

/// The rows of one file in one part.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Piece {
    /// Its place among the pieces of its file, from 0.
    pub(super) order: u32,
    /// Rows of the documents table, and of the table of words: skips included.
    pub(super) documents: Rows,
    /// Rows of the mentions table.
    pub(super) mentions: Rows,
    /// How many read documents of the file lie in the pieces before.
    pub(super) first: u32,
    /// How many read documents are in this one.
    pub(super) read: u32,
    /// Bytes of text behind it.
    pub(super) text: u64,
}

/// A run of rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Rows {
    /// The first row.
    pub(super) start: usize,
    /// How many.
    pub(super) len: usize,
}

/// Makes the names in a folder last through a power cut, where the system can.
pub(super) fn sync_folder(path: &Path) {
    #[cfg(unix)]
    if let Ok(folder) = File::open(path) {
        // Some file systems refuse; then they keep names safe by themselves or not at all.
        let _ = folder.sync_all();
    }
    #[cfg(not(unix))]
    let _ = path;
}

/// A row as the offset of a slice.
pub(super) fn to_offset(row: usize) -> i64 {
    i64::try_from(row).expect("a table has fewer than 2^63 rows")
}

/// A count of documents as an index.
pub(super) fn to_index(count: usize) -> u32 {
    u32::try_from(count).expect("a ledger has fewer than 2^32 documents")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_of_ours_are_recognised() {
        assert_eq!(number_of("part-000012.parquet", "documents"), Some((12, true)));
        assert_eq!(number_of("part-000012.bin", LISTS), Some((12, true)));
        assert_eq!(number_of("part-000012.parquet.tmp", "documents"), Some((12, false)));
        assert_eq!(number_of("part-000012.bin", "documents"), Some((12, false)));
        assert_eq!(number_of("notes.txt", "documents"), None);
        assert_eq!(number_of("part-two.parquet", "documents"), None);
    }
}
