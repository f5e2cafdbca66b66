//! Keeps the account of one file while it is read: what was handed on, what was left out, and what became of the file.
//!
//! Documents and skips go straight to whoever reads the corpus; only their numbers stay here.

use std::sync::Arc;

use super::encoding::{Decision, is_damaged};
use super::open::Trouble;
use crate::model::document::Document;
use crate::model::input::{Input, InputStatus};
use crate::model::skip::{Skip, SkipReason};

/// Where the documents and skips of a file go.
pub(crate) type Emit<'a> = &'a mut dyn FnMut(Result<Document, Skip>);

/// The account of one file.
pub(crate) struct Account<'a> {
    /// The file, relative to its root.
    pub(crate) file: Arc<str>,
    /// What is told of it at the end.
    pub(crate) input: Input,
    /// Whoever takes documents and skips.
    emit: Emit<'a>,
    /// The place of the next record.
    next: u32,
    /// Whether reading ended before the file did.
    broken: bool,
    /// The gravest reason for which something was left out.
    worst: InputStatus,
}

/// What was handed on and left out of a part of a file.
#[derive(Clone, Copy, Debug)]
pub struct Tally {
    /// Documents.
    documents: u64,
    /// Skips.
    skipped: u64,
    /// The gravest reason for a skip.
    worst: InputStatus,
}

impl Default for Tally {
    fn default() -> Self {
        Self {
            documents: 0,
            skipped: 0,
            worst: InputStatus::Empty,
        }
    }
}

impl std::ops::AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.documents += other.documents;
        self.skipped += other.skipped;
        if other.worst != InputStatus::Empty {
            self.worst = other.worst;
        }
    }
}

impl<'a> Account<'a> {
    /// An empty account.
    pub(crate) fn new(file: &Arc<str>, bytes: u64, emit: Emit<'a>) -> Self {
        let input = Input {
            file: file.to_string(),
            status: InputStatus::Read,
            format: String::new(),
            compression: String::new(),
            encoding: String::new(),
            encoding_method: String::new(),
            bytes,
            sha256: String::new(),
            documents: 0,
            skipped: 0,
            note: String::new(),
        };
        Self {
            file: file.clone(),
            input,
            emit,
            next: 0,
            broken: false,
            worst: InputStatus::Empty,
        }
    }

    /// An account of the part of a file that begins with this record.
    pub(crate) fn of_part(file: &Arc<str>, first: u32, emit: Emit<'a>) -> Self {
        Self {
            next: first,
            ..Self::new(file, 0, emit)
        }
    }

    /// What was handed on and left out so far.
    pub(crate) fn tally(&self) -> Tally {
        Tally {
            documents: self.input.documents,
            skipped: self.input.skipped,
            worst: self.worst,
        }
    }

    /// Takes over what was handed on and left out of the file elsewhere.
    pub(crate) fn take_over(&mut self, tally: Tally) {
        let mut all = self.tally();
        all += tally;
        (self.input.documents, self.input.skipped, self.worst) = (all.documents, all.skipped, all.worst);
    }

    /// The place of the next record; each call is another record.
    pub(crate) fn next_record(&mut self) -> u32 {
        let record = self.next;
        self.next = self.next.saturating_add(1);
        record
    }

    /// Notes the encoding of the file.
    pub(crate) fn decoded(&mut self, decision: &Decision) {
        self.input.encoding = decision.label();
        decision.method.clone_into(&mut self.input.encoding_method);
    }

    /// Adds a remark on the file as a whole.
    pub(crate) fn remark(&mut self, note: &str) {
        if !note.is_empty() && !self.input.note.contains(note) {
            let gap = if self.input.note.is_empty() { "" } else { "; " };
            self.input.note = format!("{}{gap}{note}", self.input.note);
        }
    }

    /// Hands a document on, unless too much of it could not be decoded.
    pub(crate) fn document(&mut self, document: Document, line: Option<u64>) {
        if is_damaged(&document.title, &document.body) {
            let detail = "more than 1 % of its characters could not be decoded".to_owned();
            self.skip(Some(document.record), line, SkipReason::Encoding, detail);
            return;
        }
        self.input.documents += 1;
        (self.emit)(Ok(document));
    }

    /// Hands a record on as document or skip.
    pub(crate) fn record(&mut self, made: Result<Document, (SkipReason, String)>, record: u32, line: Option<u64>) {
        match made {
            Ok(document) => self.document(document, line),
            Err((reason, detail)) => self.skip(Some(record), line, reason, detail),
        }
    }

    /// Tells what was left out, and why.
    pub(crate) fn skip(&mut self, record: Option<u32>, line: Option<u64>, reason: SkipReason, detail: String) {
        self.input.skipped += 1;
        if !matches!(reason, SkipReason::Empty | SkipReason::NoText) {
            self.worst = InputStatus::Unreadable;
        }
        let detail = if detail.contains(['\n', '\r']) {
            detail.replace(['\n', '\r'], " ")
        } else {
            detail
        };
        (self.emit)(Err(Skip {
            file: self.file.clone(),
            record,
            line,
            reason,
            detail,
        }));
    }

    /// Leaves out the file as a whole.
    pub(crate) fn skip_file(&mut self, reason: SkipReason, detail: &str) {
        self.skip(None, None, reason, detail.to_owned());
    }

    /// Tells that reading ended at a record that is not well formed, so that nothing after it could be read.
    pub(crate) fn broken_at(&mut self, record: u32, line: Option<u64>, detail: String) {
        self.broken = true;
        self.skip(Some(record), line, SkipReason::Malformed, detail);
    }

    /// Tells that the bytes ended in trouble.
    pub(crate) fn trouble(&mut self, trouble: &Trouble) {
        self.broken = true;
        let reason = if matches!(trouble, Trouble::Cut(_)) {
            SkipReason::Truncated
        } else {
            SkipReason::Unreadable
        };
        self.skip_file(reason, trouble.detail());
    }

    /// Settles what became of the file.
    pub(crate) fn close(mut self) -> Input {
        if self.input.documents == 0 && self.input.skipped == 0 {
            self.skip_file(SkipReason::Empty, "no record in it");
        }
        self.input.status = match (self.input.documents > 0, self.broken) {
            (true, false) => InputStatus::Read,
            (true, true) => InputStatus::Partly,
            (false, _) => self.worst,
        };
        self.input
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn closed(work: impl FnOnce(&mut Account<'_>)) -> (Input, Vec<Result<Document, Skip>>) {
        let mut out = Vec::new();
        let mut emit = |it| out.push(it);
        let mut account = Account::new(&"a".into(), 9, &mut emit);
        work(&mut account);
        let input = account.close();
        (input, out)
    }

    #[test]
    fn a_file_without_records_is_empty_and_told() {
        let (input, out) = closed(|_| ());
        assert_eq!((input.status, input.skipped), (InputStatus::Empty, 1));
        assert!(matches!(&out[0], Err(skip) if skip.reason == SkipReason::Empty && skip.record.is_none()));
    }

    #[test]
    fn bad_records_do_not_spoil_the_good_ones() {
        let (input, _) = closed(|account| {
            account.document(Document::default(), None);
            account.skip(Some(1), Some(2), SkipReason::Malformed, "x".into());
        });
        assert_eq!(
            (input.status, input.documents, input.skipped),
            (InputStatus::Read, 1, 1)
        );
        let (input, _) = closed(|account| account.skip(Some(0), Some(1), SkipReason::Malformed, "x".into()));
        assert_eq!(input.status, InputStatus::Unreadable);
    }

    #[test]
    fn a_cut_file_is_read_partly_or_not_at_all() {
        let cut = Trouble::Cut("cut".into());
        let (input, _) = closed(|account| {
            account.document(Document::default(), None);
            account.trouble(&cut);
        });
        assert_eq!(input.status, InputStatus::Partly);
        assert_eq!(
            closed(|account| account.trouble(&cut)).0.status,
            InputStatus::Unreadable
        );
    }

    #[test]
    fn a_document_that_lost_its_letters_is_a_skip() {
        let lost = Document {
            body: "\u{fffd}\u{fffd}\u{fffd} a".into(),
            record: 4,
            ..Document::default()
        };
        let (input, out) = closed(|account| account.document(lost, Some(5)));
        assert_eq!(input.documents, 0);
        assert!(
            matches!(&out[0], Err(skip) if skip.reason == SkipReason::Encoding && skip.record == Some(4) && skip.line == Some(5))
        );
    }
}
