//! Reads one file: opens it, recognises it, hands it to the reader of its format, and closes its account.
//!
//! A [`SourceFile`] in, documents and skips out through a callback, and an [`Input`] at the end. Nothing here panics on any content, and no
//! trouble is an error.

use std::borrow::Cow;
use std::io::Read;
use std::path::Path;

use super::account::{Account, Emit};
use super::dating::{Clues, Dating};
use super::encoding::{Decision, Transcoder, decide};
use super::fields::{Names, Role};
use super::open::{Opened, Seal, Stream, Trouble};
use super::sniff::{Shape, recognise};
use super::tongue::read_language;
use super::walk::SourceFile;
use super::{csv, feed, html, json, jsonl, markdown, plain};
use crate::model::document::Document;
use crate::model::input::{Input, InputStatus};
use crate::model::skip::{Skip, SkipReason};
use crate::settings::CorpusSettings;

/// A file of a format that is held whole has at most this many decompressed bytes.
const LARGEST: u64 = 1 << 29;

/// A page has at most this many: its tree takes many times as much.
pub(super) const LARGEST_PAGE: u64 = 1 << 26;

/// Reads `file` and hands every document and skip to `emit`, in the order of the file.
///
/// What becomes of the file is told in the returned [`Input`]; its `documents` and `skipped` are the numbers of calls to `emit`. A file that
/// is ignored is not opened and emits nothing.
pub fn read_file(file: &SourceFile, settings: &CorpusSettings, emit: &mut dyn FnMut(Result<Document, Skip>)) -> Input {
    let mut account = Account::new(&file.file, file.bytes, emit as Emit<'_>);
    if let Some(why) = file.ignored {
        why.clone_into(&mut account.input.format);
        account.input.status = InputStatus::Ignored;
        return account.input;
    }
    match Opened::new(&file.path) {
        Ok(opened) => read_opened(opened, file, settings, &mut account),
        Err(error) => {
            let folder = file.path.is_dir();
            account.input.format = if folder { "folder".to_owned() } else { String::new() };
            account.skip_file(SkipReason::Unreadable, &format!("cannot be opened: {error}"));
        }
    }
    account.close()
}

/// Reads an open file into `account`.
fn read_opened(opened: Opened, file: &SourceFile, settings: &CorpusSettings, account: &mut Account<'_>) {
    let names = Names::new(&settings.fields);
    let extension = extension(&file.path);
    let (mut shape, first) = recognise(&opened.head, opened.whole, &extension, &names);
    if opened.head.is_empty() && !opened.whole {
        shape = Shape::Binary("binary", "no data");
    }
    let compression = opened.compression;
    compression.clone_into(&mut account.input.compression);
    shape.format(&extension).clone_into(&mut account.input.format);
    let reading = Reading {
        names: &names,
        settings,
        path: &file.path,
        first,
        whole: opened.whole,
        compression,
    };
    let empty = opened.head.is_empty();
    let (stream, seal) = opened.into_stream();
    match &shape {
        Shape::Empty => {
            if !empty {
                account.decoded(&first);
            }
            account.skip_file(SkipReason::Empty, "nothing but white space");
        }
        Shape::Unsupported(_, what) => account.skip_file(SkipReason::Unsupported, &format!("{what} are not read yet")),
        Shape::Other(_, what) => account.skip_file(SkipReason::Unsupported, &format!("{what} hold no articles")),
        Shape::Binary(_, what) => reading.binary(stream, what, account),
        Shape::Jsonl => reading.lines(stream, account),
        Shape::Csv(dialect) => reading.table(stream, *dialect, account),
        shape => reading.whole(stream, shape, account),
    }
    settle(seal, file, account);
}

/// Notes the hash and size of the file as it lies on disk.
fn settle(seal: Seal, file: &SourceFile, account: &mut Account<'_>) {
    let (hash, bytes) = seal.close();
    account.input.sha256 = hash;
    if file.path.as_os_str() == "-" {
        account.input.bytes = bytes;
    }
}

/// The extension of a path in lower case, that of compression left off.
pub(super) fn extension(path: &Path) -> String {
    let mut path = path.to_owned();
    while is_named_packed(&path) {
        path.set_extension("");
    }
    last_extension(&path)
}

/// Whether the name of a file ends like that of a packed one. Whether it is one, its first bytes decide.
#[must_use]
pub fn is_named_packed(path: &Path) -> bool {
    matches!(last_extension(path).as_str(), "gz" | "gzip" | "zst" | "zstd")
}

/// The last extension of a path in lower case.
fn last_extension(path: &Path) -> String {
    path.extension()
        .map(|ending| ending.to_string_lossy().to_lowercase())
        .unwrap_or_default()
}

/// What the readers of all formats need to know of a file.
struct Reading<'a> {
    /// The names of fields.
    names: &'a Names,
    /// The settings of this stage.
    settings: &'a CorpusSettings,
    /// The file.
    path: &'a Path,
    /// The encoding by its first bytes.
    first: Decision,
    /// Whether these were all.
    whole: bool,
    /// How it is compressed.
    compression: &'static str,
}

impl Reading<'_> {
    /// The same file opened again, for a first look at its dates; `None` for what cannot be read twice.
    fn again(&self) -> Option<Transcoder<Stream>> {
        self.path
            .is_file()
            .then(|| Opened::new(self.path).ok())
            .flatten()
            .map(|opened| Transcoder::new(opened.into_stream().0, self.first))
    }

    /// Tells that a file is no text, and of its trouble, if it had some.
    fn binary(&self, mut stream: Stream, what: &str, account: &mut Account<'_>) {
        let trouble = std::io::copy(&mut stream.by_ref().take(1), &mut std::io::sink()).err();
        match trouble {
            Some(error) => account.trouble(&Trouble::new(&error, self.compression)),
            None => account.skip_file(SkipReason::Unreadable, &format!("{what}, no text")),
        }
    }

    /// Reads JSON Lines.
    fn lines(&self, stream: Stream, account: &mut Account<'_>) {
        let values = || {
            self.again()
                .map_or_else(Vec::new, |mut reader| jsonl::dates(&mut reader, self.names))
        };
        let dating = Dating::new(self.settings.time_zone, &values);
        let mut reader = Transcoder::new(stream, self.first);
        let outcome = jsonl::read(&mut reader, 0, self.names, &dating, account);
        self.end(outcome, &reader.decision(), &dating, account);
    }

    /// Reads a table.
    fn table(&self, stream: Stream, dialect: csv::Dialect, account: &mut Account<'_>) {
        let values = || {
            self.again()
                .map_or_else(Vec::new, |reader| csv::dates(reader, dialect, self.names))
        };
        let dating = Dating::new(self.settings.time_zone, &values);
        let mut reader = Transcoder::new(stream, self.first);
        let outcome = csv::read(&mut reader, dialect, self.names, &dating, account);
        self.end(outcome, &reader.decision(), &dating, account);
    }

    /// Notes how a stream ended.
    fn end(&self, outcome: std::io::Result<()>, decision: &Decision, dating: &Dating<'_>, account: &mut Account<'_>) {
        account.decoded(decision);
        account.remark(dating.note());
        if let Err(error) = outcome {
            account.trouble(&Trouble::new(&error, self.compression));
        }
    }

    /// Reads a format that is held whole.
    fn whole(&self, stream: Stream, shape: &Shape, account: &mut Account<'_>) {
        let mut bytes = Vec::new();
        let largest = if matches!(shape, Shape::Html) {
            LARGEST_PAGE
        } else {
            LARGEST
        };
        let trouble = stream
            .take(largest + 1)
            .read_to_end(&mut bytes)
            .err()
            .map(|error| Trouble::new(&error, self.compression));
        if bytes.len() as u64 > largest {
            let detail = format!(
                "larger than {} MB: only JSON Lines and tables of this size are read",
                largest >> 20
            );
            account.skip_file(SkipReason::Unreadable, &detail);
            return;
        }
        let decision = if self.whole {
            self.first
        } else {
            let markup = matches!(shape, Shape::Html | Shape::Feed(_));
            let declared = markup.then(|| html::declared(&bytes)).flatten();
            decide(&bytes, declared, trouble.is_none())
        };
        account.decoded(&decision);
        let text = decision.decode(&bytes);
        let text: &str = text.strip_prefix('\u{feff}').unwrap_or(&text);
        match shape {
            Shape::Json => json::read(text, self.names, self.settings.time_zone, account),
            Shape::Feed(_) => feed::read(text, self.names, self.settings.time_zone, account),
            // Half an article is no article: what a cut left of a single one is not read.
            _ if trouble.is_some() => {}
            _ => self.single(text, shape, account),
        }
        if let Some(trouble) = trouble {
            account.trouble(&trouble);
        }
    }

    /// Reads a file that is one article.
    fn single(&self, text: &str, shape: &Shape, account: &mut Account<'_>) {
        let mut document = Document {
            file: account.file.clone(),
            record: account.next_record(),
            ..Document::default()
        };
        let mut page = html::Page::default();
        let mut field = Cow::Borrowed("");
        match shape {
            Shape::Html if html::is_too_deep(text) => {
                let detail = "its elements are nested without end".to_owned();
                account.skip(Some(document.record), None, SkipReason::Malformed, detail);
                return;
            }
            Shape::Html => page = html::read_page(text),
            Shape::Markdown => {
                let note = markdown::read(text, self.names);
                let word = |role| note.record.get(role).trim().to_owned();
                document.own_id = Some(word(Role::Id)).filter(|id| !id.is_empty());
                field = Cow::Owned(word(Role::Date));
                (page.title, page.body) = (note.title, note.body);
                (page.source, page.url, page.language) = (word(Role::Source), word(Role::Url), word(Role::Language));
            }
            _ => (page.title, page.body) = plain::split(text),
        }
        if page.body.trim().is_empty() && (page.title.is_empty() || matches!(shape, Shape::Html)) {
            account.skip(
                Some(document.record),
                None,
                SkipReason::NoText,
                "no article in it".to_owned(),
            );
            return;
        }
        document.language = read_language(&page.language);
        (document.title, document.body, document.source, document.url) = (page.title, page.body, page.source, page.url);
        let values = || page.dates.iter().cloned().chain([field.to_string()]).collect();
        let dating = Dating::new(self.settings.time_zone, &values);
        let clues = Clues {
            field: &field,
            metadata: &page.dates,
            beside: &page.beside,
            remark: page.remark,
        };
        dating.date(&mut document, &clues);
        account.remark(dating.note());
        account.document(document, None);
    }
}

#[cfg(test)]
#[path = "read_tests.rs"]
mod tests;
