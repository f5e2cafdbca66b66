//! Rows of old parts in new ones: without the files that left, or with the files of many small parts together.
//!
//! Pieces of valid parts come in, one new part goes out; the caller retires the old ones and commits. No row changes.

use super::Ledger;
use super::part::{FileRecord, Part, Rows, Table};
use super::stream::{Stream, spans};
use super::table::TableWriter;
use crate::error::Error;

impl Ledger {
    /// Writes a new part with the rows of `pieces`, in their order, which is that of (file, record).
    pub(super) fn regroup(&mut self, pieces: &[(u32, FileRecord)]) -> Result<(), Error> {
        let number = self.fresh();
        for table in [Table::Documents, Table::Mentions] {
            let mut out = TableWriter::create(table.path(&self.dir, number), table, self.sizes.group)?;
            let spans = spans(table, pieces.iter().map(|(part, file)| (*part, file)));
            for slice in Stream::new(&self.dir, self.sizes, table, None, spans) {
                out.push(slice?.frame)?;
            }
            out.finish()?;
        }
        self.regroup_words(number, pieces)?;
        let (mut documents, mut mentions) = (0, 0);
        let mut files = Vec::with_capacity(pieces.len());
        for (_, file) in pieces {
            let mut file = file.clone();
            file.piece.documents = after(&mut documents, file.piece.documents);
            file.piece.mentions = after(&mut mentions, file.piece.mentions);
            files.push(file);
        }
        self.add_part(number, files)
    }

    /// Joins small parts into full ones where there are too many, so that a ledger which grew day by day stays quick to read.
    pub(super) fn join_small(&mut self) -> Result<(), Error> {
        let text = |part: &Part| part.files.iter().map(|file| file.piece.text).sum::<u64>();
        let limit = self.sizes.text;
        let small: Vec<u32> = self
            .parts
            .values()
            .filter(|part| text(part) < limit / 4)
            .map(|part| part.number)
            .collect();
        if small.len() <= self.sizes.small {
            return Ok(());
        }
        let pieces = self.pieces().into_iter().filter(|(part, _)| small.contains(part));
        let mut together: Vec<(u32, FileRecord)> = Vec::new();
        let mut groups = Vec::new();
        let mut size = 0;
        for (part, file) in pieces {
            if size + file.piece.text > limit && !together.is_empty() {
                groups.push(std::mem::take(&mut together));
                size = 0;
            }
            size += file.piece.text;
            together.push((part, file.clone()));
        }
        groups.push(together);
        for group in groups {
            self.regroup(&group)?;
        }
        for part in small {
            self.retire(part);
        }
        Ok(())
    }
}

/// The rows of `piece` where they follow `end` rows, which they lengthen.
fn after(end: &mut usize, piece: Rows) -> Rows {
    let rows = Rows {
        start: *end,
        len: piece.len,
    };
    *end += piece.len;
    rows
}
