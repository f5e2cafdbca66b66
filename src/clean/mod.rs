//! Where the sentences, paragraphs and languages of a document lie. A document in, a [`CleanText`] out; its text is never changed.

mod abbreviation;
mod fold;
mod language;
mod lines;
mod normal;
mod script;
mod sentence;
mod shingle;
mod sketch;
mod stop;

#[cfg(test)]
mod tests;

use std::ops::Range;

use self::language::Piece;
use self::normal::Normaliser;
use crate::model::document::Document;
use crate::model::language::Language;
use crate::model::text::{CleanText, Layout, Paragraph, Span};

/// Lays out a document.
///
/// Text that says nothing (no letter, no digit) has no paragraph less for it: spans cover whatever is not white space. A
/// document without any letter in title and body has the hash of an empty text.
#[must_use]
pub fn clean_text(document: Document) -> CleanText {
    let mut normaliser = Normaliser::new();
    let title = pieces(&document.title, &mut normaliser);
    let title_words = normaliser.words();
    let (title_hash, title_shingles) = normaliser.take_text();
    let body = pieces(&document.body, &mut normaliser);
    let (body_hash, body_shingles) = normaliser.take_text();
    let words = normaliser.words();
    let (text_hash, shingles) = if words > title_words {
        (body_hash, body_shingles)
    } else {
        (title_hash, title_shingles)
    };
    let (language, language_confidence) = document.language.map_or_else(
        || language::of_document((&document.title, &title), (&document.body, &body)),
        |given| (given, 1.0),
    );
    CleanText {
        language,
        language_confidence,
        title: lay_out(&document.title, title, language),
        body: lay_out(&document.body, body, language),
        words,
        text_hash,
        signature: sketch::sketch(&shingles),
        document,
    }
}

/// The paragraphs of a field and the letters of each; their words are counted and hashed on the way.
fn pieces(text: &str, normaliser: &mut Normaliser) -> Vec<Piece> {
    let mut pieces = Vec::new();
    lines::paragraphs(text, |range| {
        let letters = normaliser.take(&text[range.clone()]);
        pieces.push((range, letters));
    });
    pieces
}

/// Lays out a field of a document of `document`'s language.
fn lay_out(text: &str, pieces: Vec<Piece>, document: Language) -> Layout {
    let mut layout = Layout::default();
    for (range, letters) in pieces {
        let language = language::of_paragraph(&text[range.clone()], &letters, document);
        let ordinals = language::has_ordinals(language);
        let found = &mut layout.sentences;
        sentence::sentences(text, range.clone(), ordinals, |sentence| found.push(span(sentence)));
        layout.paragraphs.push(Paragraph {
            span: span(range),
            language,
        });
    }
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
