//! Where the sentences, paragraphs and languages of a document lie. A document in, a [`CleanText`] out; its text is never changed.

mod abbreviation;
mod fold;
mod language;
mod lines;
mod normal;
mod script;
mod sentence;
mod stop;

#[cfg(test)]
mod tests;

use std::ops::Range;

use self::normal::Normaliser;
use crate::model::document::Document;
use crate::model::text::{CleanText, Layout, Paragraph, Span};

/// Lays out a document.
#[must_use]
pub fn clean_text(document: Document) -> CleanText {
    let (language, language_confidence) = language::of_document(&document);
    let mut normaliser = Normaliser::new();
    let title = lay_out(&document.title, language, &mut normaliser);
    let title_words = normaliser.words();
    let title_hash = normaliser.take_hash();
    let body = lay_out(&document.body, language, &mut normaliser);
    let body_hash = normaliser.take_hash();
    let words = normaliser.words();
    let text_hash = if words > title_words { body_hash } else { title_hash };
    CleanText {
        document,
        language,
        language_confidence,
        title,
        body,
        words,
        text_hash,
    }
}

/// Lays out a field of a document of `language`.
fn lay_out(text: &str, language: crate::model::language::Language, normaliser: &mut Normaliser) -> Layout {
    let mut layout = Layout::default();
    lines::paragraphs(text, |range| {
        let letters = normaliser.take(&text[range.clone()]);
        let language = language::of_paragraph(&text[range.clone()], &letters, language);
        sentence::sentences(text, range.clone(), false, |sentence| {
            layout.sentences.push(span(sentence));
        });
        layout.paragraphs.push(Paragraph {
            span: span(range),
            language,
        });
    });
    layout
}

/// A byte range as a span.
fn span(range: Range<usize>) -> Span {
    let place = |at| u32::try_from(at).unwrap_or(u32::MAX);
    Span {
        start: place(range.start),
        end: place(range.end),
    }
}
