//! What the rest of a document says of what nothing near a form decided: persons with the name, lists of countries, the entity elsewhere.

use std::borrow::Cow;
use std::sync::Arc;

use super::{Fate, Judge, Waiting};
use crate::matcher::tokens::{IS_HYPHEN, SPACED};
use crate::matcher::verdict::Sure;
use crate::model::entity::{EntityClass, WordClass};
use crate::model::mention::Kind;

/// How near to a name a cue must be to outweigh a person of that name in the same document, in tokens.
const NEAR: usize = 2;

impl Judge<'_, '_> {
    /// Settles by the rest of the document what nothing near a form decided.
    pub(super) fn settle(&mut self) {
        self.settle_persons();
        self.settle_family_names();
        self.settle_surnames();
        self.settle_institutions();
        self.settle_towns();
        self.settle_lists();
        self.settle_kingdoms();
        self.settle_undecided();
    }

    /// A name that is joined to the name of another country is a country's too: `بين مالي والمغرب`, `Chad, Niger`.
    fn settle_lists(&mut self) {
        let last = self.out.len();
        for place in (0..last).chain((0..last).rev()) {
            let own = &self.out[place];
            if own.sure != Sure::Undecided || own.mention.counted || own.mention.kind != Kind::Name {
                continue;
            }
            let near = place.saturating_sub(4)..(place + 5).min(last);
            if let Some(other) = near.into_iter().find(|&other| self.are_joined(place, other)) {
                let reason = format!("joined to {}", self.page().original(self.out[other].places.clone()));
                self.decide_late(place, Arc::clone(&self.matcher.own.list), reason);
            }
        }
    }

    /// Whether two mentions stand in one list, and the other is a country's name that counts.
    fn are_joined(&self, place: usize, other: usize) -> bool {
        let (own, other) = (&self.out[place], &self.out[other]);
        let sure =
            other.mention.counted && other.mention.kind == Kind::Name && other.mention.entity != own.mention.entity;
        let country = || self.matcher.gazetteer.entity(other.mention.entity).class == EntityClass::Country;
        if !sure || !country() || own.mention.field != other.mention.field {
            return false;
        }
        let (first, second) = if own.places.start < other.places.start {
            (own, other)
        } else {
            (other, own)
        };
        let between = first.places.end..second.places.start;
        let page = self.page();
        let joined = second.proclitic && page.folded(second.places.start).starts_with("و".as_bytes());
        let joins = |place| self.is_word(place, WordClass::Joins) || page.is(place, IS_HYPHEN | SPACED);
        let all_join = between.clone().all(joins);
        first.places.end <= second.places.start && between.len() <= 2 && all_join && (joined || !between.is_empty())
    }

    /// Whether the token at `place` is a context word of `class` in the document's language.
    pub(super) fn is_word(&self, place: usize, class: WordClass) -> bool {
        let page = self.page();
        let language = self.matcher.lexicon.languages.bit(page.text.language);
        self.matcher.words.is(&page, place, class, language)
    }

    /// Whether what waits at `place` begins with a context word of `class`.
    fn begins_with(&self, place: usize, class: WordClass) -> bool {
        self.is_word(self.out[place].places.start, class)
    }

    /// Counts what waits at `place` after all.
    pub(super) fn decide_late(&mut self, place: usize, rule: Arc<str>, reason: impl Into<Cow<'static, str>>) {
        let waiting = &mut self.out[place];
        waiting.mention.counted = true;
        waiting.mention.rule = rule;
        waiting.mention.reason = reason.into();
        waiting.sure = Sure::Shape;
        waiting.fate = Fate::Late;
    }

    /// Where a form is a person's name in one place of the document, and nothing in the document speaks for the country, it is the person's everywhere.
    fn settle_persons(&mut self) {
        let rule = Arc::clone(&self.matcher.own.person);
        let is_person = |place: &usize| {
            let own = &self.out[*place].mention;
            let country = || self.matcher.gazetteer.entity(own.entity).class == EntityClass::Country;
            own.rule == rule
                || (&*own.rule == "mask:person_name"
                    && (matches!(own.kind, Kind::Name | Kind::Demonym)
                        || self.begins_with(*place, WordClass::BorneFirst))
                    && country())
        };
        let persons: Vec<usize> = (0..self.out.len()).filter(is_person).collect();
        for person in persons {
            let (entity, hash) = (self.out[person].mention.entity, self.hash(person));
            let name = self.out[person].mention.reason.clone();
            let spoken_for = self.out.iter().enumerate().any(|(place, other)| {
                let counted = other.mention.counted && other.mention.entity == entity;
                let cue = matches!(other.sure, Sure::Cue(distance) if distance <= NEAR);
                counted && (other.located || cue || self.hash(place) != hash)
            });
            if spoken_for {
                continue;
            }
            for place in 0..self.out.len() {
                if self.follows_noun(place) {
                    continue;
                }
                if self.out[place].mention.counted
                    && self.out[place].mention.entity == entity
                    && self.hash(place) == hash
                {
                    let mention = &mut self.out[place].mention;
                    mention.counted = false;
                    mention.rule = Arc::clone(&rule);
                    mention.reason.clone_from(&name);
                }
            }
        }
    }

    /// The hash of the first token of what waits at `place`.
    pub(super) fn hash(&self, place: usize) -> u64 {
        self.page()
            .token(self.out[place].places.start)
            .map_or(0, |token| self.page().tokens.hash(token))
    }

    /// Whether `other` counts, and names the same entity with the same word as `place`.
    pub(super) fn counts_alike(&self, other: usize, place: usize) -> bool {
        let mention = &self.out[other].mention;
        let same = mention.entity == self.out[place].mention.entity;
        mention.counted && same && self.hash(other) == self.hash(place)
    }

    /// What nothing decided counts where the document speaks of the entity elsewhere, and no cue spoke against it anywhere.
    fn settle_undecided(&mut self) {
        let open = |waiting: &Waiting| waiting.sure == Sure::Undecided && !waiting.mention.counted;
        let undecided: Vec<usize> = (0..self.out.len()).filter(|&place| open(&self.out[place])).collect();
        for place in undecided {
            if self.is_taken(place)
                || self.is_open_realm(place)
                || self.out[place].mention.rule == self.matcher.own.surname
                || self.begins_with(place, WordClass::CommonWord)
            {
                continue;
            }
            let entity = self.out[place].mention.entity;
            let rules = &self.matcher.rules.list;
            let same = || {
                self.out
                    .iter()
                    .filter(|other| other.mention.entity == entity && other.sure != Sure::Undecided)
            };
            let speaks = same().any(|other| other.mention.counted && other.mention.kind != Kind::Leader);
            let against =
                same().any(|other| !other.mention.counted && rules.iter().any(|rule| rule.id == other.mention.rule));
            let written = || (0..self.out.len()).any(|other| self.counts_alike(other, place));
            let in_capitals = self.out[place].mention.rule == self.matcher.own.capitals;
            if speaks && !against && (!in_capitals || written()) {
                self.decide_late(
                    place,
                    Arc::clone(&self.matcher.own.document),
                    "the document speaks of it elsewhere",
                );
            }
        }
    }
}
