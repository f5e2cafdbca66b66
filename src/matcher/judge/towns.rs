//! Towns of the US that bear a country's name, settled for the whole document.

use std::sync::Arc;

use super::{Judge, Waiting};
use crate::matcher::tokens::ALL_CAPITALS;
use crate::matcher::verdict::Sure;
use crate::model::entity::WordClass;
use crate::model::mention::Kind;

impl Judge<'_, '_> {
    /// Where a name is a town's in one place of the document, and neither a cue nor another form speaks for the country, it is the town's
    /// wherever no preposition of place stands before it.
    ///
    /// Only names that towns of the US are known to bear are taken so: a road that bears the name tells of a dateline in capitals alone.
    pub(super) fn settle_towns(&mut self) {
        let rule = Arc::clone(&self.matcher.own.place);
        let towns: Vec<usize> = (0..self.out.len())
            .filter(|&place| self.is_town(&self.out[place]))
            .collect();
        for town in towns {
            let (entity, hash) = (self.out[town].mention.entity, self.hash(town));
            let reason = self.out[town].mention.reason.clone();
            let counts = |waiting: &Waiting| waiting.mention.counted && waiting.mention.entity == entity;
            let spoken_for = (0..self.out.len()).any(|place| {
                let other = &self.out[place];
                counts(other) && (matches!(other.sure, Sure::Cue(_)) || self.hash(place) != hash)
            });
            if spoken_for {
                continue;
            }
            let street = self.is_street(&self.out[town]);
            let page = self.page();
            let dateline = |waiting: &Waiting| {
                let first = waiting.places.start;
                page.is(first, ALL_CAPITALS) && page.sentence_tokens(first).start == first
            };
            for waiting in self
                .out
                .iter_mut()
                .filter(|waiting| counts(waiting) && !waiting.located && (!street || dateline(waiting)))
            {
                waiting.mention.counted = false;
                waiting.mention.rule = Arc::clone(&rule);
                waiting.mention.reason.clone_from(&reason);
            }
        }
    }

    /// Whether a street that bears the name stands right behind: it says something of a dateline alone.
    fn is_street(&self, waiting: &Waiting) -> bool {
        self.is_word(waiting.places.end, WordClass::Street)
    }

    /// Whether this was found to be a town of the US, by its shape or by a mask such as `Holland, Michigan`, and towns are known to bear its name.
    fn is_town(&self, waiting: &Waiting) -> bool {
        let mention = &waiting.mention;
        let mask = &*mention.rule == "mask:other_place" && mention.reason.contains(',');
        if !mask && mention.rule != self.matcher.own.place {
            return false;
        }
        mention.kind == Kind::Name && self.is_word(waiting.places.start, WordClass::UsTown)
    }
}
