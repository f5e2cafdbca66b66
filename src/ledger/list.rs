//! The list of the files of a part, as it lies on disk.
//!
//! Records of files come in and become bytes, a few dozen a file, since there may be hundreds of thousands; they come out as they went in. A hash of the bytes
//! stands before them, so that damage is seen.

use std::borrow::Cow;
use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_128;

use super::part::{FileRecord, Piece, Rows};
use crate::error::Error;
use crate::model::input::{Input, InputStatus};

/// A list of files.
#[derive(Default, Serialize, Deserialize)]
struct List<'a> {
    /// What many files have in common.
    #[serde(borrow)]
    sorts: Vec<Sort<'a>>,
    /// The files.
    #[serde(borrow)]
    files: Vec<Row<'a>>,
}

/// What many files have in common.
#[derive(PartialEq, Eq, Serialize, Deserialize)]
struct Sort<'a> {
    /// As in [`Input`].
    status: InputStatus,
    /// As in [`Input`].
    #[serde(borrow)]
    format: Cow<'a, str>,
    /// As in [`Input`].
    #[serde(borrow)]
    compression: Cow<'a, str>,
    /// As in [`Input`].
    #[serde(borrow)]
    encoding: Cow<'a, str>,
    /// As in [`Input`].
    #[serde(borrow)]
    encoding_method: Cow<'a, str>,
}

/// One file: its path, the place of its sort, its account (bytes, hash, documents, skipped, note), its stamp (bytes, time, whether that is trusted), its piece.
#[derive(Serialize, Deserialize)]
struct Row<'a>(
    #[serde(borrow)] Cow<'a, str>,
    usize,
    u64,
    #[serde(borrow)] Cow<'a, str>,
    u64,
    u64,
    #[serde(borrow)] Cow<'a, str>,
    u64,
    Option<i64>,
    bool,
    Place,
);

/// A piece: its order, rows of documents and of mentions (first and how many), documents before it and in it, bytes of text.
type Place = (u32, [usize; 2], [usize; 2], u32, u32, u64);

/// The rows from the first on, so many.
fn rows([start, len]: [usize; 2]) -> Rows {
    Rows { start, len }
}

/// Reads a list of files; `None` where it is missing or damaged.
pub(super) fn read_list(path: &Path) -> Option<Vec<FileRecord>> {
    let bytes = std::fs::read(path).ok()?;
    let (hash, bytes) = bytes.split_first_chunk()?;
    if xxh3_128(bytes).to_le_bytes() != *hash {
        return None;
    }
    let List { sorts, files } = postcard::from_bytes(bytes).ok()?;
    let record = |row: Row<'_>| {
        let Row(file, sort, size, sha256, documents, skipped, note, bytes, modified, trusted, place) = row;
        let sort: &Sort<'_> = sorts.get(sort)?;
        let (order, of_documents, of_mentions, first, read, text) = place;
        let input = Input {
            file: file.into_owned(),
            status: sort.status,
            format: sort.format.to_string(),
            compression: sort.compression.to_string(),
            encoding: sort.encoding.to_string(),
            encoding_method: sort.encoding_method.to_string(),
            bytes: size,
            sha256: sha256.into_owned(),
            documents,
            skipped,
            note: note.into_owned(),
        };
        Some(FileRecord {
            input: Arc::new(input),
            bytes,
            modified,
            trusted,
            piece: Piece {
                order,
                documents: rows(of_documents),
                mentions: rows(of_mentions),
                first,
                read,
                text,
            },
        })
    };
    files.into_iter().map(record).collect()
}

/// Writes a list of files.
pub(super) fn write_list(path: &Path, files: &[FileRecord]) -> Result<(), Error> {
    let fail = |error: &dyn std::fmt::Display| Error::ledger(path, error);
    let mut list = List::default();
    for file in files {
        let input = &file.input;
        let sort = Sort {
            status: input.status,
            format: Cow::Borrowed(&input.format),
            compression: Cow::Borrowed(&input.compression),
            encoding: Cow::Borrowed(&input.encoding),
            encoding_method: Cow::Borrowed(&input.encoding_method),
        };
        let place = list.sorts.iter().position(|known| *known == sort).unwrap_or_else(|| {
            list.sorts.push(sort);
            list.sorts.len() - 1
        });
        let piece = &file.piece;
        list.files.push(Row(
            Cow::Borrowed(&input.file),
            place,
            input.bytes,
            Cow::Borrowed(&input.sha256),
            input.documents,
            input.skipped,
            Cow::Borrowed(&input.note),
            file.bytes,
            file.modified,
            file.trusted,
            (
                piece.order,
                [piece.documents.start, piece.documents.len],
                [piece.mentions.start, piece.mentions.len],
                piece.first,
                piece.read,
                piece.text,
            ),
        ));
    }
    let bytes = postcard::to_allocvec(&list).map_err(|error| fail(&error))?;
    let mut file = File::create(path).map_err(|error| fail(&error))?;
    file.write_all(&xxh3_128(&bytes).to_le_bytes())
        .and_then(|()| file.write_all(&bytes))
        .and_then(|()| file.sync_all())
        .map_err(|error| fail(&error))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(file: &str, format: &str, modified: Option<i64>) -> FileRecord {
        FileRecord {
            input: Arc::new(Input {
                file: file.to_owned(),
                status: InputStatus::Partly,
                format: format.to_owned(),
                compression: "zstd".to_owned(),
                encoding: "windows-1256".to_owned(),
                encoding_method: "detected".to_owned(),
                bytes: 7,
                sha256: "ab".to_owned(),
                documents: 3,
                skipped: 1,
                note: "05/06 \"undecided\"".to_owned(),
            }),
            bytes: 8,
            modified,
            trusted: true,
            piece: Piece {
                order: 1,
                documents: Rows { start: 2, len: 4 },
                mentions: Rows { start: 5, len: 6 },
                first: 9,
                read: 3,
                text: 10,
            },
        }
    }

    #[test]
    fn a_list_is_read_as_it_was_written_and_damage_is_seen() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("list.bin");
        assert_eq!(read_list(&path), None);
        let files = [
            record("a \"b\".jsonl", "jsonl", Some(i64::MIN)),
            record("قمح.txt", "txt", None),
            record("c.jsonl", "jsonl", Some(1)),
        ];
        write_list(&path, &files).unwrap();
        assert_eq!(read_list(&path).as_deref(), Some(&files[..]));
        let bytes = std::fs::read(&path).unwrap();
        let times = bytes.windows(12).filter(|part| part == b"windows-1256").count();
        assert_eq!(times, 2, "what files have in common is written once");
        std::fs::write(&path, &bytes[..bytes.len() - 9]).unwrap();
        assert_eq!(read_list(&path), None);
        for place in [0, 16, bytes.len() - 1] {
            let mut damaged = bytes.clone();
            damaged[place] ^= 1;
            std::fs::write(&path, damaged).unwrap();
            assert_eq!(read_list(&path), None);
        }
    }
}
