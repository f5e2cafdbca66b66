//! What the rest of an Arabic document says: institutions of other states, adjectives that keep their noun, words that two entities share.

use std::sync::Arc;

use super::Judge;
use crate::matcher::tokens::{IS_ARABIC, IS_WORD, NEW_BLOCK};
use crate::matcher::verdict::Sure;
use crate::model::mention::Kind;

/// Mentions on each side that may share their words.
const NEAR: usize = 4;

impl Judge<'_, '_> {
    /// An institution that another state's adjective follows is not the one that has the name alone: `الكونغرس البيروفي`.
    pub(super) fn settle_institutions(&mut self) {
        for place in 1..self.out.len() {
            let (own, other) = (&self.out[place - 1], &self.out[place]);
            let institution = own.mention.counted && own.mention.kind == Kind::Institution;
            let foreign = other.mention.counted
                && other.mention.kind == Kind::Adjective
                && other.mention.entity != own.mention.entity;
            let next = own.places.end == other.places.start
                && !other.proclitic
                && self.page().is(other.places.start, IS_ARABIC);
            if institution && foreign && next {
                let reason = self.page().original(own.places.start..other.places.end).to_owned();
                let mention = &mut self.out[place - 1].mention;
                mention.counted = false;
                mention.rule = Arc::clone(&self.matcher.own.other_state);
                mention.reason = reason.into();
                self.out[place - 1].sure = Sure::Shape;
            }
        }
    }

    /// Whether what waits at `place` is an Arabic adjective without its article after a word, which may be its noun: `مصنع تركي`.
    pub(super) fn follows_noun(&self, place: usize) -> bool {
        let (page, waiting) = (self.page(), &self.out[place]);
        let first = waiting.places.start;
        let adjective = waiting.mention.kind == Kind::Adjective
            && page.is(first, IS_ARABIC)
            && !page.folded(first).starts_with("ال".as_bytes());
        adjective && !page.is(first, NEW_BLOCK) && first.checked_sub(1).is_some_and(|before| page.is(before, IS_WORD))
    }

    /// Whether what waits at `place` counts for another entity already.
    pub(super) fn is_taken(&self, place: usize) -> bool {
        let own = &self.out[place];
        let mut near = self.out.iter().skip(place.saturating_sub(NEAR)).take(2 * NEAR + 1);
        near.any(|other| {
            other.mention.counted && other.places == own.places && other.mention.entity != own.mention.entity
        })
    }
}
