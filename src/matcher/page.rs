//! A document as the rules see it: its tokens with their places in sentences, lines and languages.

use std::ops::Range;

use super::lexicon::{Bits, Languages};
use super::tokens::{IS_WORD, NEW_BLOCK, NEW_LINE, Token, Tokens};
use crate::model::mention::Field;
use crate::model::text::{CleanText, Layout};

/// The tokens of a title and a body, one after the other.
#[derive(Clone, Copy, Debug)]
pub(super) struct Page<'t> {
    /// The document and its layout.
    pub(super) text: &'t CleanText,
    /// Its tokens, those of the title first.
    pub(super) tokens: &'t Tokens,
    /// How many belong to the title.
    pub(super) title: usize,
}

impl<'t> Page<'t> {
    /// The token at `place`; `None` past either end.
    pub(super) fn token(&self, place: usize) -> Option<&'t Token> {
        self.tokens.list.get(place)
    }

    /// Whether the token at `place` has all of these flags; false past either end.
    pub(super) fn is(&self, place: usize, flags: u16) -> bool {
        self.token(place).is_some_and(|token| token.is(flags))
    }

    /// The folded letters at `place`; empty past either end.
    pub(super) fn folded(&self, place: usize) -> &'t [u8] {
        self.token(place).map_or(&[], |token| self.tokens.folded(token))
    }

    /// The hash of the folded letters at `place`; `None` past either end.
    pub(super) fn hash(&self, place: usize) -> Option<u64> {
        self.token(place).map(|token| self.tokens.hash(token))
    }

    /// The field of the token at `place`.
    pub(super) fn field(&self, place: usize) -> Field {
        if place < self.title { Field::Title } else { Field::Body }
    }

    /// The text of the field of the token at `place`.
    pub(super) fn field_text(&self, place: usize) -> &'t str {
        match self.field(place) {
            Field::Title => &self.text.document.title,
            Field::Body => &self.text.document.body,
        }
    }

    /// The original text of tokens.
    pub(super) fn original(&self, places: Range<usize>) -> &'t str {
        let (Some(first), Some(last)) = (self.token(places.start), self.token(places.end.wrapping_sub(1))) else {
            return "";
        };
        self.field_text(places.start)
            .get(first.start as usize..last.end as usize)
            .unwrap_or("")
    }

    /// The layout of the field of the token at `place`.
    fn layout(&self, place: usize) -> &'t Layout {
        match self.field(place) {
            Field::Title => &self.text.title,
            Field::Body => &self.text.body,
        }
    }

    /// The tokens of the field of the token at `place`.
    fn field_tokens(&self, place: usize) -> Range<usize> {
        if place < self.title {
            0..self.title
        } else {
            self.title..self.tokens.list.len()
        }
    }

    /// The zero-based sentence of the token at `place`.
    pub(super) fn sentence(&self, place: usize) -> u32 {
        self.token(place)
            .map_or(0, |token| self.layout(place).sentence_at(token.start))
    }

    /// The tokens of the sentence of the token at `place`.
    pub(super) fn sentence_tokens(&self, place: usize) -> Range<usize> {
        let field = self.field_tokens(place);
        let Some(span) = self.layout(place).sentences.get(self.sentence(place) as usize) else {
            return field;
        };
        let tokens = &self.tokens.list[field.clone()];
        let first = field.start + tokens.partition_point(|token| token.start < span.start);
        let last = field.start + tokens.partition_point(|token| token.start < span.end);
        first..last
    }

    /// The tokens of the line of the token at `place`.
    pub(super) fn line_tokens(&self, place: usize) -> Range<usize> {
        let field = self.field_tokens(place);
        let mut first = place;
        while first > field.start && !self.is(first, NEW_LINE) {
            first -= 1;
        }
        let mut last = place + 1;
        while last < field.end && !self.is(last, NEW_LINE) {
            last += 1;
        }
        first..last
    }

    /// The tokens of `words` words on each side of `places`, within the same block.
    pub(super) fn around(&self, places: &Range<usize>, words: usize) -> Range<usize> {
        let mut first = places.start;
        let mut left = words;
        while left > 0 && first > 0 && !self.is(first, NEW_BLOCK) {
            first -= 1;
            left -= usize::from(self.is(first, IS_WORD));
        }
        let mut last = places.end;
        let mut right = words;
        while right > 0 && last < self.tokens.list.len() && !self.is(last, NEW_BLOCK) {
            right -= usize::from(self.is(last, IS_WORD));
            last += 1;
        }
        first..last
    }

    /// Stretches of tokens of one language, in order, covering all.
    pub(super) fn languages(&self, languages: &Languages, out: &mut Vec<(usize, Bits)>) {
        out.clear();
        let own = languages.bit(self.text.language);
        for (layout, field) in [
            (&self.text.title, 0..self.title),
            (&self.text.body, self.title..self.tokens.list.len()),
        ] {
            let mut end = field.start;
            for paragraph in &layout.paragraphs {
                let same = paragraph.language == self.text.language;
                let bit = if same { own } else { languages.bit(paragraph.language) };
                if bit == own && out.last().is_none_or(|(_, last)| *last == own) {
                    continue;
                }
                let tokens = &self.tokens.list[field.clone()];
                let first = field.start + tokens.partition_point(|token| token.start < paragraph.span.start);
                if first > end {
                    out.push((first, own));
                }
                end = field.start + tokens.partition_point(|token| token.start < paragraph.span.end);
                out.push((end, bit));
            }
            if field.end > end || out.is_empty() {
                out.push((field.end, own));
            }
        }
    }
}
