//! Reads the corpus: paths in, documents and skips out, one at a time, with one account for every file.
//!
//! Two calls do it. [`walk()`] lists the files below the roots; [`read_file`] reads one of them, or [`read_blocks`] cuts a large one into blocks
//! that many threads read. Another, [`cut_away`], tells what was left out of a page. Formats (`sniff`), compression (`open`) and encodings
//! (`encoding`) are recognised by content. One file a format: `jsonl`, `json`, `csv`, `plain`, `markdown`, `feed`, `html`. What their fields mean
//! is in `fields`; how a document gets its day, in `dating` and `date`.
//!
//! JSON Lines and tables of any size are read record by record; the other formats are held whole, one file at a time. Nothing here cleans,
//! detects languages or counts, and no trouble with a file is an error: it is a [`Skip`](crate::model::skip::Skip) and a status.

mod account;
mod blocks;
mod csv;
mod cut;
mod date;
mod dating;
mod encoding;
mod feed;
mod fields;
mod folders;
mod foot;
mod html;
mod json;
mod jsonl;
mod magic;
mod markdown;
mod open;
mod plain;
mod read;
mod sniff;
mod surrogates;
mod tongue;
mod walk;

pub use account::Tally;
pub use blocks::{Block, Ending, read_blocks};
pub use cut::cut_away;
pub use open::hash_file;
pub use read::{is_named_packed, read_file};
pub use walk::{SourceFile, walk, walk_on};
