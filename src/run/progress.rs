//! What a run tells while it goes on. The library never prints; whoever runs it listens.

use crate::model::skip::Skip;

/// Listens to a run. Every method does nothing unless it is overridden.
pub trait Progress {
    /// Scanning begins: so many files and bytes are new or changed, so many files are as the ledger knows them.
    fn scanning(&mut self, _files: usize, _bytes: u64, _unchanged: u64) {}
    /// Something was read: documents and bytes since the last call.
    fn read(&mut self, _documents: u64, _bytes: u64) {}
    /// A record or file was left out.
    fn skipped(&mut self, _skip: &Skip) {}
    /// Something that the user should know, such as why the ledger is built anew.
    fn note(&mut self, _text: &str) {}
    /// Scanning is over; figures and pictures are being made.
    fn rendering(&mut self) {}
}

/// Listens to nothing.
#[derive(Debug, Default)]
pub struct Silent;

impl Progress for Silent {}
