//! What a scan tells of a corpus, before any figure is computed.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::input::Input;
use super::language::Language;
use super::skip::SkipReason;

/// What a scan found: files by what became of them, documents by what they are, rows of the ledger.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// Files by format, status and encoding.
    pub files: BTreeMap<(String, &'static str, String), FileCount>,
    /// The documents.
    pub documents: DocumentCount,
    /// Mentions in the ledger: of all entities, counted or refused, in all documents.
    pub mentions: u64,
    /// Records and files that were left out, by reason.
    pub skipped: BTreeMap<SkipReason, u64>,
}

/// Files of one sort.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FileCount {
    /// How many there are.
    pub files: u64,
    /// Documents in them.
    pub documents: u64,
    /// Records of them that were left out.
    pub skipped: u64,
}

/// What the documents are. Those that were read are articles, undated, duplicates or filtered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentCount {
    /// Documents that were read.
    pub documents: u64,
    /// Documents read, dated and no re-crawl.
    pub articles: u64,
    /// Documents without a date.
    pub undated: u64,
    /// Re-crawls: the same text from the same source.
    pub duplicates: u64,
    /// Documents cut by `--from`, `--to`, `--language`, `--source`.
    pub filtered: u64,
    /// Outlets with at least one article.
    pub outlets: u64,
    /// First and last day with an article.
    pub range: Option<(NaiveDate, NaiveDate)>,
    /// Articles by language, most first.
    pub languages: Vec<(Language, u64)>,
}

impl Account {
    /// Adds files of one format, status and encoding.
    pub fn add_files<'i>(&mut self, files: impl IntoIterator<Item = &'i Input>) {
        let mut files = files.into_iter().peekable();
        let Some(first) = files.peek() else { return };
        let sort = (first.format.clone(), first.status.as_str(), first.encoding.clone());
        let count = self.files.entry(sort).or_default();
        for input in files {
            count.files += 1;
            count.documents += input.documents;
            count.skipped += input.skipped;
        }
    }

    /// Records and files that were left out.
    #[must_use]
    pub fn left_out(&self) -> u64 {
        self.skipped.values().sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::input::InputStatus;

    #[test]
    fn files_are_counted_by_sort() {
        let mut account = Account::default();
        for (format, documents, skipped) in [("txt", 1, 0), ("jsonl", 7, 2), ("txt", 1, 0), ("jsonl", 3, 0)] {
            account.add_files([&Input {
                file: String::new(),
                status: InputStatus::Read,
                format: format.to_owned(),
                compression: String::new(),
                encoding: "utf-8".to_owned(),
                encoding_method: String::new(),
                bytes: 0,
                sha256: String::new(),
                documents,
                skipped,
                note: String::new(),
            }]);
        }
        let counts: Vec<[u64; 3]> = account
            .files
            .values()
            .map(|count| [count.files, count.documents, count.skipped])
            .collect();
        assert_eq!(counts, [[2, 10, 2], [2, 2, 0]]);
        account.skipped = BTreeMap::from([(SkipReason::NoText, 2), (SkipReason::Empty, 1)]);
        assert_eq!(account.left_out(), 3);
    }
}
