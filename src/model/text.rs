//! A document with its layout known: languages, paragraphs, sentences.

use super::document::Document;
use super::language::Language;
use super::signature::Signature;

/// A document ready to be searched: its own text, unchanged, and where its sentences and paragraphs lie.
#[derive(Clone, Debug, PartialEq)]
pub struct CleanText {
    /// The document; its `title` and `body` are what spans point into.
    pub document: Document,
    /// The language of most of the text: the record's own where it gives one, else detected.
    pub language: Language,
    /// How sure the detector was, 0–1; 1 where the record gave the language.
    pub language_confidence: f32,
    /// Layout of the title.
    pub title: Layout,
    /// Layout of the body.
    pub body: Layout,
    /// Words of title and body (runs of letters or digits; one per character in unspaced scripts).
    pub words: u32,
    /// Hash of the normalised body (of the title where the body is empty); equal for exact duplicates.
    pub text_hash: u128,
    /// What near copies of the same text are told by; `None` where it has fewer words than a shingle.
    pub signature: Option<Box<Signature>>,
}

/// Where the sentences and paragraphs of one field lie. Both cover the field in order and never overlap.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// Sentences, as half-open byte spans, without surrounding white space.
    pub sentences: Vec<Span>,
    /// Paragraphs (runs of text between line breaks) with their language.
    pub paragraphs: Vec<Paragraph>,
}

/// Half-open span of UTF-8 bytes into a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

/// A paragraph of one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// Where it lies.
    pub span: Span,
    /// Its language: the document's, unless this paragraph is clearly of another.
    pub language: Language,
}

impl Layout {
    /// The index of the sentence that holds byte `at`, or of the last one before it.
    #[must_use]
    pub fn sentence_at(&self, at: u32) -> u32 {
        let after = self.sentences.partition_point(|s| s.start <= at);
        u32::try_from(after.saturating_sub(1)).unwrap_or(u32::MAX)
    }
}
