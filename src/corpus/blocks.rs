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
use super::encoding::{Decision, Transcoder, decide};
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
    if file.ignored.is_some() || !file.path.is_file() {
        return None;
    }
    let opened = Opened::new(&file.path).ok()?;
    let extension = extension(&file.path);
    let shape = recognise(&opened.head, opened.whole, &extension, &Names::new(&settings.fields));
    if !matches!(shape, Shape::Jsonl) || opened.head.is_empty() {
        return None;
    }
    let sheet = Arc::new(Sheet {
        file: Arc::clone(&file.file),
        path: file.path.clone(),
        fields: settings.fields.clone(),
        zone: settings.time_zone,
        first: decide(&opened.head, None, opened.whole),
        known: Arc::default(),
    });
    let mut nobody = |_| ();
    let mut account = Account::new(&file.file, file.bytes, &mut nobody);
    let compression = opened.compression;
    compression.clone_into(&mut account.input.compression);
    shape.format(&extension).clone_into(&mut account.input.format);
    let (stream, seal) = opened.into_stream();
    let mut reader = Transcoder::new(stream, sheet.first);
    let outcome = jsonl::cut(&mut reader, SIZE, &mut |lines| {
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
