//! Where the sentences, paragraphs and languages of a document lie. A document in, a [`CleanText`] out; its text is never changed.

use crate::model::document::Document;
use crate::model::language::Language;
use crate::model::text::{CleanText, Layout};

/// Lays out a document.
#[must_use]
pub fn clean_text(document: Document) -> CleanText {
    CleanText {
        language: document.language.unwrap_or(Language::UND),
        language_confidence: 0.0,
        title: Layout::default(),
        body: Layout::default(),
        words: 0,
        text_hash: 0,
        document,
    }
}
