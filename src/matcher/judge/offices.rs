//! For whom a person speaks: the offices held on the day of the document.

use std::borrow::Cow;

use super::{Fate, Judge, Waiting};
use crate::matcher::verdict::Verdict;
use crate::model::entity::{EntityClass, EntityIndex};
use crate::model::mention::{Kind, Mention};

impl Judge<'_, '_> {
    /// The states and organisations that a person speaks for on the day of the document; none for what is no person.
    pub(super) fn offices(&self, person: EntityIndex) -> Vec<(EntityIndex, Verdict)> {
        let entity = self.matcher.gazetteer.entity(person);
        let day = self.page().text.document.date;
        let own = &self.matcher.own;
        let mut held: Vec<(EntityIndex, Verdict)> = Vec::new();
        for office in entity.offices.iter().filter(|_| entity.class == EntityClass::Person) {
            let on_the_day =
                day.is_none_or(|day| office.from.is_none_or(|from| from <= day) && office.to.is_none_or(|to| day < to));
            if !on_the_day || held.iter().any(|(seen, _)| *seen == office.entity) {
                continue;
            }
            let verdict = match day {
                Some(_) => Verdict {
                    reason: Cow::Owned(office.office.clone()),
                    ..Verdict::counts(&own.office)
                },
                None => Verdict::refused(&own.office, "the document has no date"),
            };
            held.push((office.entity, verdict));
        }
        held
    }

    /// The mentions in order. Offices join the persons who were counted late; a surname that nobody in the document bears is no row.
    pub(super) fn close(mut self) -> Vec<Mention> {
        let mut mentions = Vec::with_capacity(self.out.len());
        for waiting in std::mem::take(&mut self.out) {
            let Waiting { mention, fate, .. } = waiting;
            if fate == Fate::Nobody && !mention.counted {
                continue;
            }
            let offices = if fate == Fate::Late {
                self.offices(mention.entity)
            } else {
                Vec::new()
            };
            let leaders = offices.into_iter().map(|(entity, verdict)| Mention {
                entity,
                kind: Kind::Leader,
                rule: verdict.rule,
                counted: verdict.counted,
                reason: verdict.reason,
                ..mention.clone()
            });
            let leaders: Vec<Mention> = leaders.collect();
            mentions.push(mention);
            mentions.extend(leaders);
        }
        mentions
    }
}
