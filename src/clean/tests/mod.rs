//! What the room promises, seen through its one door.

mod languages;
mod laws;
mod sentences;

use super::clean_text;
use crate::model::document::Document;
use crate::model::text::{CleanText, Span};

/// A document of this body, laid out.
fn body(text: &str) -> CleanText {
    clean_text(Document {
        body: text.to_owned(),
        ..Document::default()
    })
}

/// What a span points at.
fn at(text: &str, span: Span) -> &str {
    &text[span.start as usize..span.end as usize]
}
