//! Where the sentences, paragraphs and languages of a document lie. A document in, a [`CleanText`] out; its text is never changed.

mod abbreviation;
mod fold;
mod hash;
mod language;
mod lines;
mod marks;
mod normal;
mod quick;
mod run;
mod script;
mod sentence;
mod shingle;
mod sketch;
mod stop;

#[cfg(test)]
mod tests;

use std::ops::Range;

use self::language::{Main, Piece};
use self::marks::Marks;
use self::normal::{Normaliser, text_hash};
use self::shingle::shingles;
use self::sketch::Sketcher;
use crate::model::document::Document;
use crate::model::text::{CleanText, Layout, Paragraph, Span};

/// Lays out a document. Many are laid out faster by one [`Cleaner`].
#[must_use]
pub fn clean_text(document: Document) -> CleanText {
    Cleaner::default().clean(document)
}

/// Lays out documents, one after the other.
///
/// It keeps its room from one to the next, which makes it faster and changes no result.
#[derive(Debug, Default)]
pub struct Cleaner {
    title: Field,
    body: Field,
    normaliser: Normaliser,
    sketcher: Sketcher,
}

/// What is known of a field before the language is.
#[derive(Debug, Default)]
struct Field {
    marks: Marks,
    pieces: Vec<Piece>,
}

impl Cleaner {
    /// Lays out a document.
    ///
    /// Text that says nothing (no letter, no digit) has no paragraph less for it: spans cover whatever is not white space. A
    /// document without any letter in title and body has the hash of an empty text.
    #[must_use]
    pub fn clean(&mut self, document: Document) -> CleanText {
        self.normaliser.begin();
        self.title.read(&document.title, &mut self.normaliser);
        let (title_words, title_hashes) = (self.normaliser.words(), self.normaliser.hashes().len());
        self.body.read(&document.body, &mut self.normaliser);
        let words = self.normaliser.words();
        let (of_title, of_body) = self.normaliser.hashes().split_at(title_hashes);
        let said = if words > title_words { of_body } else { of_title };
        let (language, language_confidence) = document.language.map_or_else(
            || {
                language::of_document(
                    (&document.title, &self.title.pieces),
                    (&document.body, &self.body.pieces),
                )
            },
            |given| (given, 1.0),
        );
        let main = Main::of(language);
        CleanText {
            language,
            language_confidence,
            title: self.title.lay_out(&document.title, main),
            body: self.body.lay_out(&document.body, main),
            words,
            text_hash: text_hash(said),
            signature: self.sketcher.sketch(shingles(said)),
            document,
        }
    }
}

impl Field {
    /// Finds the paragraphs of a field and the letters of each; their words are counted and hashed on the way.
    fn read(&mut self, text: &str, normaliser: &mut Normaliser) {
        self.marks.read(text);
        self.pieces.clear();
        lines::paragraphs(text, &self.marks, |range| {
            let letters = normaliser.take(text, &self.marks, range.clone());
            self.pieces.push((range, letters));
        });
    }

    /// Lays out the field, of a document of the `main` language.
    fn lay_out(&self, text: &str, main: Main) -> Layout {
        let mut layout = Layout::default();
        for (range, letters) in &self.pieces {
            let language = main.of_paragraph(&text[range.clone()], letters);
            let ordinals = language::has_ordinals(language);
            let found = &mut layout.sentences;
            sentence::sentences(text, &self.marks, range.clone(), ordinals, |sentence| {
                found.push(span(sentence));
            });
            layout.paragraphs.push(Paragraph {
                span: span(range.clone()),
                language,
            });
        }
        layout
    }
}

/// A byte range as a span.
fn span(range: Range<usize>) -> Span {
    let place = |at| u32::try_from(at).unwrap_or(u32::MAX);
    Span {
        start: place(range.start),
        end: place(range.end),
    }
}
