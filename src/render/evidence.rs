//! The tables under `evidence/`: every mention and every document, one row at a time.
//!
//! In: rows in the order of the corpus. Out: `mentions.csv` and `documents.csv`. Nothing is kept in memory, so a corpus may be of any size.

use super::folder::Folder;
pub use super::output::HashMark;
use super::tables::csv::{Composer, Finished, Lines, Sheet};
use super::tables::define::Table;
use super::tables::periods::KINDS;
use crate::error::Error;
use crate::model::document::DateMethod;
use crate::model::evidence::{DocumentRow, DocumentStatus, EvidenceTable, MentionRow};
use crate::model::mention::Field;
use crate::settings::{CsvDialect, RenderSettings};

/// The words of the column `date_method`.
const METHODS: [&str; 6] = [
    DateMethod::Field.as_str(),
    DateMethod::Metadata.as_str(),
    DateMethod::Url.as_str(),
    DateMethod::Text.as_str(),
    DateMethod::Path.as_str(),
    DateMethod::None.as_str(),
];

/// The words of the column `status`.
const STATUSES: [&str; 4] = [
    DocumentStatus::Read.as_str(),
    DocumentStatus::Undated.as_str(),
    DocumentStatus::Duplicate.as_str(),
    DocumentStatus::Filtered.as_str(),
];

/// The words of the column `field`.
const FIELDS: [&str; 2] = [Field::Title.as_str(), Field::Body.as_str()];

/// Writes the rows that lead every figure back to its sentence. Nothing of them is in the report before [`Folder::keep_evidence`].
pub struct Evidence {
    /// `evidence/mentions.csv`.
    mentions: Sheet<'static, MentionRow>,
    /// `evidence/documents.csv`.
    documents: Sheet<'static, DocumentRow>,
}

impl Evidence {
    /// Begins both files.
    pub(super) fn begin(folder: &mut Folder, dialect: CsvDialect) -> Result<Self, Error> {
        let (mentions, documents) = (mentions(), documents());
        let page = folder.page(&mentions.schema)?;
        let mentions = Sheet::begin(folder.open(&mentions.schema.path)?, mentions, dialect, page)?;
        let page = folder.page(&documents.schema)?;
        let documents = Sheet::begin(folder.open(&documents.schema.path)?, documents, dialect, page)?;
        Ok(Self { mentions, documents })
    }

    /// Writes one mention.
    ///
    /// # Errors
    ///
    /// [`Error::Report`] where the file cannot be written.
    pub fn push_mention(&mut self, row: &MentionRow) -> Result<(), Error> {
        self.mentions.push(row)
    }

    /// Writes one document.
    ///
    /// # Errors
    ///
    /// [`Error::Report`] where the file cannot be written.
    pub fn push_document(&mut self, row: &DocumentRow) -> Result<(), Error> {
        self.documents.push(row)
    }

    /// Whether rows are wanted one by one, since a workbook takes them too; else they may come as [`EvidenceLines`].
    #[must_use]
    pub fn wants_rows(&self) -> bool {
        self.mentions.has_page() || self.documents.has_page()
    }

    /// Has a thread of its own hash the rows that come as lines.
    pub fn hash_apart(&mut self) {
        self.mentions.hash_apart();
        self.documents.hash_apart();
    }

    /// Says that a table shall be, up to the last of these marks, the file that they are of: lines [at the same place](EvidenceLines::at_same_place) follow,
    /// and need not be hashed. Where others come, all is hashed after all.
    ///
    /// # Errors
    ///
    /// [`Error::Report`] where the file cannot be written.
    pub fn resume(&mut self, table: EvidenceTable, marks: Vec<HashMark>) -> Result<(), Error> {
        match table {
            EvidenceTable::Documents => self.documents.resume(marks),
            EvidenceTable::Mentions => self.mentions.resume(marks),
        }
    }

    /// Writes rows that are text already.
    ///
    /// # Errors
    ///
    /// [`Error::Report`] where the file cannot be written.
    pub fn push_lines(&mut self, table: EvidenceTable, lines: EvidenceLines) -> Result<(), Error> {
        match table {
            EvidenceTable::Documents => self.documents.push_lines(lines.0),
            EvidenceTable::Mentions => self.mentions.push_lines(lines.0),
        }
    }

    /// Ends both files. What comes back lets another report [go on](Evidence::resume) from places of each.
    ///
    /// # Errors
    ///
    /// [`Error::Report`] where a file cannot be written.
    pub fn finish(self) -> Result<(CompleteEvidence, EvidenceMarks), Error> {
        let (mut mentions, mut documents) = (self.mentions.finish()?, self.documents.finish()?);
        let marks = EvidenceMarks {
            documents: std::mem::take(&mut documents.written.marks),
            mentions: std::mem::take(&mut mentions.written.marks),
        };
        Ok((CompleteEvidence([mentions, documents]), marks))
    }
}

/// Both files, complete, for [`Folder::keep_evidence`].
pub struct CompleteEvidence(pub(super) [Finished; 2]);

/// How far the hashes of both files were at some places of them.
#[derive(Clone, Debug, Default)]
pub struct EvidenceMarks {
    /// Of the documents.
    documents: Vec<HashMark>,
    /// Of the mentions.
    mentions: Vec<HashMark>,
}

impl EvidenceMarks {
    /// Those of a table.
    pub fn of(&mut self, table: EvidenceTable) -> &mut Vec<HashMark> {
        match table {
            EvidenceTable::Documents => &mut self.documents,
            EvidenceTable::Mentions => &mut self.mentions,
        }
    }
}

/// Turns rows into text, away from their file: any thread may do it.
pub struct EvidenceComposer {
    /// Documents.
    documents: Composer<'static, DocumentRow>,
    /// Mentions.
    mentions: Composer<'static, MentionRow>,
}

/// Rows as they stand in their file.
pub struct EvidenceLines(Lines);

impl EvidenceLines {
    /// So many lines, made with these [`RenderSettings`].
    #[must_use]
    pub fn new(bytes: Vec<u8>, rows: u64) -> Self {
        Self(Lines {
            bytes,
            rows,
            is_known: false,
        })
    }

    /// The same where they stand at the same place of the file whose marks the table [goes on](Evidence::resume) from.
    #[must_use]
    pub fn at_same_place(self) -> Self {
        Self(Lines {
            is_known: true,
            ..self.0
        })
    }

    /// The text.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.0.bytes
    }

    /// How many lines there are.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.0.rows
    }
}

impl EvidenceComposer {
    /// Nothing composed yet.
    #[must_use]
    pub fn new(settings: &RenderSettings) -> Self {
        Self {
            documents: Composer::new(documents(), settings.csv),
            mentions: Composer::new(mentions(), settings.csv).repeating(OF_DOCUMENT),
        }
    }

    /// Adds one document.
    ///
    /// # Errors
    ///
    /// [`Error::Report`] where it cannot be written as CSV.
    pub fn push_document(&mut self, row: &DocumentRow) -> Result<(), Error> {
        self.documents.push(row, None)
    }

    /// Adds one mention.
    ///
    /// # Errors
    ///
    /// [`Error::Report`] where it cannot be written as CSV.
    pub fn push_mention(&mut self, row: &MentionRow) -> Result<(), Error> {
        self.mentions.push(row, None)
    }

    /// Adds one mention of the document whose mention was added last.
    ///
    /// # Errors
    ///
    /// [`Error::Report`] where it cannot be written as CSV.
    pub fn push_mention_of_same(&mut self, row: &MentionRow) -> Result<(), Error> {
        self.mentions.push_repeating(row)
    }

    /// What was added to a table since this was last asked.
    #[must_use]
    pub fn take(&mut self, table: EvidenceTable) -> EvidenceLines {
        EvidenceLines(match table {
            EvidenceTable::Documents => self.documents.take(),
            EvidenceTable::Mentions => self.mentions.take(),
        })
    }
}

/// So many columns of the mentions, the first ones, tell of the document.
const OF_DOCUMENT: usize = 6;

/// Every mention, counted or not.
fn mentions() -> Table<'static, MentionRow> {
    Table::<MentionRow>::new(
        EvidenceTable::Mentions.path(),
        "One mention, counted or refused. Figures add the rows with counted = 1 of documents with status read.",
    )
    .text("doc_id", "The document, as in evidence/documents.csv", |row| {
        &row.doc_id
    })
    .required()
    .text("file", "Its file, relative to the corpus root", |row| &row.file)
    .required()
    .count("record", "", "Its place among the records of the file, from 0", |row| {
        row.record.into()
    })
    .date("date", "Day of publication; empty where it is undated", |row| row.date)
    .text("source", "The outlet", |row| &row.source)
    .text("language", "BCP 47 language of the document", |row| {
        row.language.as_str()
    })
    .word("field", &FIELDS, "The field that the mention stands in", |row| {
        row.field.as_str()
    })
    .count("byte_start", "bytes", "First UTF-8 byte in the field", |row| {
        row.byte_start.into()
    })
    .count("byte_end", "bytes", "One past its last UTF-8 byte", |row| {
        row.byte_end.into()
    })
    .count("sentence", "", "Sentence of the field, from 0", |row| {
        row.sentence.into()
    })
    .text("surface", "The text of the mention", |row| &row.surface)
    .text("entity", "Id of the entity, kebab-case", |row| &row.entity)
    .required()
    .text("iso3", "ISO 3166-1 alpha-3 code; empty for what is no country", |row| {
        &row.iso3
    })
    .word("kind", &KINDS, "What sort of form it is", |row| row.kind.as_str())
    .text("rule", "The rule that decided", |row| &row.rule)
    .flag(
        "counted",
        "Whether the rules and the kinds of this report count it",
        |row| Some(row.counted),
    )
    .required()
    .text("reason", "Why it was refused, or which cue decided", |row| &row.reason)
    .text("context", "Its sentence, shortened around the mention", |row| {
        &row.context
    })
}

/// Every document that was read.
fn documents() -> Table<'static, DocumentRow> {
    Table::<DocumentRow>::new(
        EvidenceTable::Documents.path(),
        "One document that was read. Articles are those with status read; what could not be read is in quality/skipped.csv.",
    )
    .key(&["doc_id"])
    .text("doc_id", "Its own id where the corpus has no other of that name, else path#record", |row| &row.doc_id)
    .required()
    .text("file", "Its file, relative to the corpus root", |row| &row.file)
    .required()
    .count("record", "", "Its place among the records of the file, from 0", |row| row.record.into())
    .text("source", "The outlet", |row| &row.source)
    .text("language", "BCP 47 language; und where it is not known", |row| row.language.as_str())
    .fraction("language_confidence", "How sure the detector was", |row| Some(row.language_confidence.into()))
    .date("date", "Day of publication in the time zone of the report; empty where it is undated", |row| row.date)
    .word("date_method", &METHODS, "Where the date was found", |row| row.date_method.as_str())
    .text("date_note", "A remark on the date", |row| &row.date_note)
    .text("title", "Its headline", |row| &row.title)
    .text("url", "Its address", |row| &row.url)
    .count("words", "words", "Words of title and body", |row| row.words.into())
    .count("sentences", "sentences", "Sentences of title and body", |row| row.sentences.into())
    .text("text_hash", "Hash of the normalised text, hexadecimal", |row| &row.text_hash)
    .text("story_id", "The doc_id of the first article that carries this text", |row| &row.story_id)
    .word("status", &STATUSES, "What became of it", |row| row.status.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::fixtures;

    #[test]
    fn the_columns_of_the_document_come_first() {
        let names: Vec<_> = mentions().schema.heads.into_iter().map(|head| head.name).collect();
        assert_eq!(
            names[..=OF_DOCUMENT],
            ["doc_id", "file", "record", "date", "source", "language", "field"]
        );
        let settings = RenderSettings::default();
        let (mut whole, mut short) = (EvidenceComposer::new(&settings), EvidenceComposer::new(&settings));
        let mut row = fixtures::mention();
        for surface in ["Niger", "", "=Mali, \"so\""] {
            surface.clone_into(&mut row.surface);
            whole.push_mention(&row).unwrap();
            short.push_mention_of_same(&row).unwrap();
        }
        let (whole, short) = (whole.take(EvidenceTable::Mentions), short.take(EvidenceTable::Mentions));
        assert_eq!((whole.bytes(), whole.rows()), (short.bytes(), 3));
    }
}
