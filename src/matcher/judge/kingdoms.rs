//! The kingdom: a word that several states go by, told by the outlet and by the names before it.

use std::sync::Arc;

use super::{Fate, Judge, Waiting};
use crate::matcher::verdict::Sure;
use crate::model::entity::{EntityIndex, SourceEntry, WordClass};
use crate::model::mention::Kind;

impl Judge<'_, '_> {
    /// `المملكة` is the kingdom of the outlet, where it comes from one; else the one whose name or capital stands nearest before it. One mention
    /// is kept, so that a word that nothing decides is one open row.
    pub(super) fn settle_kingdoms(&mut self) {
        for place in 0..self.out.len() {
            if !self.is_open_realm(place) || self.out[place].fate == Fate::Nobody {
                continue;
            }
            let places = self.out[place].places.clone();
            let rows: Vec<usize> = (place..self.out.len())
                .take_while(|&row| self.out[row].places == places)
                .collect();
            let owners: Vec<EntityIndex> = rows.iter().map(|&row| self.out[row].mention.entity).collect();
            let decided = self.outlet_of(&owners).or_else(|| self.named_before(place, &owners));
            let kept = decided
                .as_ref()
                .and_then(|(entity, _)| rows.iter().find(|&&row| self.out[row].mention.entity == *entity));
            let kept = kept.copied().unwrap_or(place);
            if let Some((_, reason)) = decided {
                self.decide_late(kept, Arc::clone(&self.matcher.own.kingdom), reason);
            }
            for row in rows.into_iter().filter(|&row| row != kept) {
                self.out[row].fate = Fate::Nobody;
            }
        }
    }

    /// Whether what waits at `place` is such a word, and nothing decided it.
    pub(super) fn is_open_realm(&self, place: usize) -> bool {
        let waiting = &self.out[place];
        let open = waiting.sure == Sure::Undecided && !waiting.mention.counted;
        open && self.is_word(waiting.places.start, WordClass::Realm)
    }

    /// The state among `owners` that the outlet comes from.
    fn outlet_of(&self, owners: &[EntityIndex]) -> Option<(EntityIndex, String)> {
        let source = &self.page().text.document.source;
        let is_it = |entry: &&SourceEntry| {
            let mut names = entry.matches.iter().chain([&entry.name, &entry.id]);
            names.any(|name| name.eq_ignore_ascii_case(source))
        };
        let outlet = self.matcher.gazetteer.sources.iter().find(is_it)?;
        let from = |entity: &&EntityIndex| {
            let iso3 = &self.matcher.gazetteer.entity(**entity).iso3;
            !iso3.is_empty() && *iso3 == outlet.country
        };
        let owner = owners.iter().find(from)?;
        Some((*owner, format!("the outlet: {}", outlet.name)))
    }

    /// The state among `owners` whose name or capital stands nearest before `place`.
    fn named_before(&self, place: usize, owners: &[EntityIndex]) -> Option<(EntityIndex, String)> {
        let names = |other: &&Waiting| {
            let mention = &other.mention;
            let named = mention.counted && matches!(mention.kind, Kind::Name | Kind::Capital);
            named && owners.contains(&mention.entity)
        };
        let other = self.out[..place].iter().rev().find(names)?;
        let name = self.page().original(other.places.clone());
        Some((other.mention.entity, format!("after {name}")))
    }
}
