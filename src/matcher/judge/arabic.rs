//! What the rest of an Arabic document says: institutions of other states, adjectives that keep their noun, words that two entities share.

use std::borrow::Cow;
use std::sync::Arc;

use super::{Judge, Waiting};
use crate::matcher::tokens::{IS_ARABIC, IS_WORD, NEW_BLOCK};
use crate::matcher::verdict::Sure;
use crate::model::entity::{EntityIndex, WordClass};
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

    /// Where an adjective is the family name of a person whom a mask knows, it is so elsewhere in the document too, unless it follows a noun:
    /// `نجيب المصري … وأضاف المصري`.
    pub(super) fn settle_family_names(&mut self) {
        let rule = Arc::clone(&self.matcher.own.person);
        let is_name = |waiting: &&Waiting| {
            let mention = &waiting.mention;
            let named = &*mention.rule == "mask:person_name";
            named && mention.kind == Kind::Adjective && self.page().is(waiting.places.start, IS_ARABIC)
        };
        let names: Vec<(u64, EntityIndex, Cow<'static, str>)> = self
            .out
            .iter()
            .filter(is_name)
            .filter_map(|own| {
                let hash = self.page().hash(own.places.start)?;
                Some((hash, own.mention.entity, own.mention.reason.clone()))
            })
            .collect();
        for (hash, entity, reason) in names {
            for place in 0..self.out.len() {
                let own = &self.out[place];
                let same = own.mention.counted && own.mention.entity == entity && self.hash(place) == hash;
                if same && !self.follows_noun(place) {
                    let waiting = &mut self.out[place];
                    waiting.mention.counted = false;
                    waiting.mention.rule = Arc::clone(&rule);
                    waiting.mention.reason.clone_from(&reason);
                    waiting.sure = Sure::Shape;
                }
            }
        }
    }

    /// Whether what waits at `place` is an Arabic adjective that a word before it agrees with: without its article any word, which may be its noun
    /// (`مصنع تركي`), with it a definite one (`المنتخب المصري`). A given name after it makes it a man of the country (`المصري محمد صلاح`).
    pub(super) fn follows_noun(&self, place: usize) -> bool {
        let (page, waiting) = (self.page(), &self.out[place]);
        let first = waiting.places.start;
        if waiting.mention.kind != Kind::Adjective || !page.is(first, IS_ARABIC) {
            return false;
        }
        let before = first.checked_sub(1).filter(|&before| page.is(before, IS_WORD));
        let noun = before.filter(|_| !page.is(first, NEW_BLOCK));
        let article = ["ال", "وال", "بال", "فال", "كال", "لل", "ولل"];
        let definite = |place: usize| {
            let word = page.folded(place);
            article.iter().any(|article| word.starts_with(article.as_bytes()))
        };
        if !page.folded(first).starts_with("ال".as_bytes()) {
            return noun.is_some();
        }
        noun.is_some_and(definite) || self.is_word(waiting.places.end, WordClass::GivenName)
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
