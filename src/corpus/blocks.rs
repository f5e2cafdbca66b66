//! Reads a large file of JSON Lines in blocks, so that many threads can share it.
//!
//! One thread opens, unpacks and decodes the file and cuts it between lines ([`read_blocks`]); any thread turns a [`Block`] into documents and
//! skips ([`Block::read`]); and when all have been read, in whichever order, [`Ending::close`] settles the account of the file. What comes out
//! is what [`read_file`](super::read_file) gives, block by block.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use chrono_tz::Tz;

use super::account::{Account, Emit, Tally};
use super::dating::{Dating, Known};
use super::encoding::{Decision, Transcoder};
use super::fields::Names;
use super::jsonl::{self, Lines};
use super::open::{Opened, Trouble};
use super::read::extension;
use super::sniff::{Shape, recognise};
use super::walk::SourceFile;
use crate::model::document::Document;
use crate::model::input::Input;
use crate::model::skip::Skip;
use crate::settings::CorpusSettings;

/// Bytes of text in a block, and at most one line more.
const SIZE: usize = 1 << 20;

/// What the blocks of one file have in common.
#[derive(Debug)]
struct Sheet {
    /// The file, relative to its root.
    file: Arc<str>,
    /// Where it lies.
    path: PathBuf,
    /// The user's names of fields.
    fields: BTreeMap<String, String>,
    /// The zone that decides the day of a time stamp.
    zone: Tz,
    /// The encoding by its first bytes.
    first: Decision,
    /// What is known of its dates.
    known: Arc<Known>,
}

/// Some lines of a file.
#[derive(Debug)]
pub struct Block {
    /// What it has in common with the others.
    sheet: Arc<Sheet>,
    /// The lines.
    lines: Lines,
}

impl Block {
    /// Hands every document and skip of the block to `emit`, in the order of its lines.
    pub fn read(self, emit: &mut dyn FnMut(Result<Document, Skip>)) -> Tally {
        let Self { sheet, lines } = self;
        let names = Names::new(&sheet.fields);
        let values = || {
            Opened::new(&sheet.path).map_or_else(
                |_| Vec::new(),
                |opened| jsonl::dates(&mut Transcoder::new(opened.into_stream().0, sheet.first), &names),
            )
        };
        let dating = Dating::of_part(sheet.zone, &values, Arc::clone(&sheet.known));
        let mut account = Account::of_part(&sheet.file, lines.record, emit as Emit<'_>);
        let outcome = jsonl::read(&mut &lines.text[..], lines.before, &names, &dating, &mut account);
        debug_assert!(outcome.is_ok(), "bytes in memory can be read");
        account.tally()
    }
}

/// What is left to tell of a file once its blocks have been read.
#[derive(Debug)]
pub struct Ending {
    /// The file, relative to its root.
    file: Arc<str>,
    /// Its account, without what was read.
    input: Input,
    /// What is known of its dates.
    known: Arc<Known>,
    /// How its bytes ended, where that was not well.
    trouble: Option<Trouble>,
}

impl Ending {
    /// Settles the account of the file whose blocks gave `tally`. A trouble that ended it goes to `emit`.
    pub fn close(self, tally: Tally, emit: &mut dyn FnMut(Result<Document, Skip>)) -> Input {
        let mut account = Account::new(&self.file, self.input.bytes, emit as Emit<'_>);
        account.input = self.input;
        account.take_over(tally);
        account.remark(self.known.note());
        if let Some(trouble) = &self.trouble {
            account.trouble(trouble);
        }
        account.close()
    }
}

/// Hands out the blocks of `file` until `give` says false; `None`, and no block, where it is not a file of JSON Lines that can be opened.
pub fn read_blocks(
    file: &SourceFile,
    settings: &CorpusSettings,
    give: &mut dyn FnMut(Block) -> bool,
) -> Option<Ending> {
    read_blocks_of(SIZE, file, settings, give)
}

/// The same with about `size` bytes in a block.
fn read_blocks_of(
    size: usize,
    file: &SourceFile,
    settings: &CorpusSettings,
    give: &mut dyn FnMut(Block) -> bool,
) -> Option<Ending> {
    if file.ignored.is_some() || !file.path.is_file() {
        return None;
    }
    let opened = Opened::new(&file.path).ok()?;
    let extension = extension(&file.path);
    let (shape, first) = recognise(&opened.head, opened.whole, &extension, &Names::new(&settings.fields));
    if !matches!(shape, Shape::Jsonl) || opened.head.is_empty() {
        return None;
    }
    let sheet = Arc::new(Sheet {
        file: Arc::clone(&file.file),
        path: file.path.clone(),
        fields: settings.fields.clone(),
        zone: settings.time_zone,
        first,
        known: Arc::default(),
    });
    let mut nobody = |_| ();
    let mut account = Account::new(&file.file, file.bytes, &mut nobody);
    let compression = opened.compression;
    compression.clone_into(&mut account.input.compression);
    shape.format(&extension).clone_into(&mut account.input.format);
    let (stream, seal) = opened.into_stream();
    let mut reader = Transcoder::new(stream, sheet.first);
    let outcome = jsonl::cut(&mut reader, size, &mut |lines| {
        let sheet = Arc::clone(&sheet);
        give(Block { sheet, lines })
    });
    account.decoded(&reader.decision());
    account.input.sha256 = seal.close().0;
    Some(Ending {
        file: Arc::clone(&file.file),
        input: account.input,
        known: Arc::clone(&sheet.known),
        trouble: outcome.err().map(|error| Trouble::new(&error, compression)),
    })
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::super::read::read_file;
    use super::super::walk::walk;
    use super::*;

    /// What a file of this name and content gives when it is read whole, and in blocks of `size` bytes, the last block first.
    fn both_ways(name: &str, bytes: &[u8], size: usize) -> [(Input, Vec<Result<Document, Skip>>); 2] {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join(name), bytes).unwrap();
        let settings = CorpusSettings {
            roots: vec![dir.path().to_owned()],
            ..CorpusSettings::default()
        };
        let files = walk(&settings).unwrap();
        let mut whole = Vec::new();
        let account = read_file(&files[0], &settings, &mut |record| whole.push(record));
        let mut blocks = Vec::new();
        let ending = read_blocks_of(size, &files[0], &settings, &mut |block| {
            blocks.push(block);
            true
        })
        .unwrap();
        let mut tally = Tally::default();
        let mut records = Vec::new();
        for block in blocks.into_iter().rev() {
            let mut own = Vec::new();
            tally += block.read(&mut |record| own.push(record));
            records.push(own);
        }
        let mut records: Vec<_> = records.into_iter().rev().flatten().collect();
        let input = ending.close(tally, &mut |record| records.push(record));
        [(account, whole), (input, records)]
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        packed.write_all(bytes).unwrap();
        packed.finish().unwrap()
    }

    #[test]
    fn blocks_give_what_the_whole_file_gives() {
        let mut text = String::from("\n{\"title\":\"first\",\"date\":\"03/04/2024\"}\n");
        for number in 0..200 {
            let day = number % 9 + 1;
            let record = format!("{{\"title\":\"no. {number}\",\"text\":\"Mali\",\"date\":\"2024-01-0{day}\"}},\r\n");
            text += &record;
            text += ["", "\n", "{broken\n", "[1]\n", " ,\n", "{\"x\":1}\n"][number % 6];
        }
        let undecided = text.clone();
        text += "{\"title\":\"last\",\"date\":\"04/13/2024\"}";
        let packed = gzip(text.as_bytes());
        let zstd = zstd::encode_all(text.as_bytes(), 3).unwrap();
        let latin = encoding_rs::WINDOWS_1252
            .encode(&text.replace("Mali", "Société d’été"))
            .0
            .into_owned();
        let mut damaged = text.clone().into_bytes();
        damaged.splice(9000..9000, [0xff, 0xfe, 0xff]);
        let files: [(&str, &[u8]); 8] = [
            ("a.jsonl", text.as_bytes()),
            ("b.jsonl", undecided.as_bytes()),
            ("c.jsonl.gz", &packed),
            ("d.jsonl.zst", &zstd),
            ("e.jsonl.gz", &packed[..packed.len() / 2]),
            ("f.jsonl", &latin),
            ("g.jsonl", &damaged),
            ("h.jsonl", b"{\"x\":1}\n{\"x\":2}\n"),
        ];
        for (name, bytes) in files {
            for size in [1, 700, 5000, 1 << 20] {
                let [whole, blocks] = both_ways(name, bytes, size);
                assert_eq!(whole, blocks, "{name} in blocks of {size}");
                assert!(whole.0.documents > 0 || name == "h.jsonl");
            }
        }
    }

    #[test]
    fn other_formats_have_no_blocks() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("a.csv"), "title,date\nA,2024-01-02\n").unwrap();
        let settings = CorpusSettings {
            roots: vec![dir.path().to_owned()],
            ..CorpusSettings::default()
        };
        let files = walk(&settings).unwrap();
        let ending = read_blocks(&files[0], &settings, &mut |_| unreachable!("a table has no blocks"));
        assert!(ending.is_none());
    }
}
