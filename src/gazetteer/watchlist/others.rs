//! The `[[group]]`, `[[event]]` and `[[source]]` entries of a watchlist in, changes to a draft out.

use std::collections::BTreeMap;

use super::fields::At;
use super::merge::{Merge, headings, is_kebab, rename};
use super::typed::{EventEntry, GroupEntry, OutletEntry};
use crate::gazetteer::spelling::{has_letter, tidy};
use crate::model::entity::{EntityIndex, Event, Group, Member, SourceEntry};

impl Merge<'_, '_> {
    /// Merges groups; gives their members in order.
    pub(crate) fn groups(&mut self, entries: &[GroupEntry]) -> Vec<EntityIndex> {
        self.check_ids(entries.iter().map(|entry| &entry.id));
        let mut watched = Vec::new();
        for entry in entries {
            let mut members = Vec::new();
            for (typed, (from, to)) in &entry.members {
                let entity = self.known(typed);
                members.extend(entity.map(|entity| Member {
                    entity,
                    from: *from,
                    to: *to,
                }));
            }
            watched.extend(members.iter().map(|member| member.entity));
            let groups = &mut self.draft.gazetteer.groups;
            if let Some(group) = groups.iter_mut().find(|group| group.id == entry.id.value) {
                if let Some(names) = &entry.names {
                    rename(&mut group.names, &names.value);
                }
                group
                    .members
                    .retain(|old| members.iter().all(|new| new.entity != old.entity));
                group.members.append(&mut members);
            } else if let Some(names) = &entry.names {
                groups.push(Group {
                    id: entry.id.value.clone(),
                    names: headings(&names.value),
                    members,
                });
            } else {
                self.mistakes.push(
                    &entry.id.span,
                    format!("the new group `{}` needs `names`", entry.id.value),
                );
            }
        }
        watched
    }

    /// Merges events. One of a known id takes its place.
    pub(crate) fn events(&mut self, entries: &[EventEntry]) {
        self.check_ids(entries.iter().map(|entry| &entry.id));
        for entry in entries {
            let entities = entry.entities.iter().filter_map(|typed| self.known(typed)).collect();
            let label = entry
                .label
                .each()
                .map(|(language, text)| (language, tidy(&text.value)))
                .collect();
            let event = Event {
                date: entry.date,
                id: entry.id.value.clone(),
                entities,
                label,
            };
            let events = &mut self.draft.gazetteer.events;
            events.retain(|known| known.id != event.id);
            events.push(event);
        }
    }

    /// Merges outlets. One of a known id keeps what is not given again.
    pub(crate) fn sources(&mut self, entries: &[OutletEntry]) {
        self.check_ids(entries.iter().map(|entry| &entry.id));
        for entry in entries {
            let country = entry.country.as_ref().and_then(|typed| self.code(typed));
            let matches: Vec<String> = entry.matches.iter().map(|text| tidy(&text.value)).collect();
            let place = self
                .draft
                .gazetteer
                .sources
                .iter()
                .position(|known| known.id == entry.id.value);
            if place.is_none() && matches.is_empty() {
                let message = format!(
                    "the new source `{}` needs `match`, what its name or address is",
                    entry.id.value
                );
                self.mistakes.push(&entry.id.span, message);
            }
            let sources = &mut self.draft.gazetteer.sources;
            let place = place.unwrap_or_else(|| {
                sources.push(SourceEntry {
                    id: entry.id.value.clone(),
                    matches: Vec::new(),
                    name: entry.id.value.clone(),
                    country: String::new(),
                    agency: false,
                });
                sources.len() - 1
            });
            let source = &mut sources[place];
            let fresh: Vec<String> = matches
                .into_iter()
                .filter(|text| !source.matches.contains(text))
                .collect();
            source.matches.extend(fresh);
            source.name = entry
                .name
                .as_ref()
                .map_or_else(|| source.name.clone(), |name| tidy(&name.value));
            source.country = country.unwrap_or_else(|| source.country.clone());
            source.agency = entry.agency.unwrap_or(source.agency);
        }
    }

    /// The ISO 3166-1 alpha-3 code of a country.
    fn code(&mut self, typed: &At<String>) -> Option<String> {
        let index = self.known(typed)?;
        let entity = &self.draft.gazetteer.entities[index.0 as usize];
        if entity.iso3.is_empty() {
            self.mistakes
                .push(&typed.span, format!("`{}` is no country", entity.id));
        }
        Some(entity.iso3.clone())
    }

    /// Complains about ids that are no ids, or stand twice.
    fn check_ids<'e>(&mut self, ids: impl Iterator<Item = &'e At<String>>) {
        let mut lines: BTreeMap<&str, usize> = BTreeMap::new();
        for id in ids {
            if !is_kebab(&id.value) || !has_letter(&id.value) {
                let message = format!(
                    "`{}` is no id: an id is small letters and digits with hyphens between",
                    id.value
                );
                self.mistakes.push(&id.span, message);
            }
            if let Some(line) = lines.insert(&id.value, self.mistakes.line(id.span.start)) {
                self.mistakes
                    .push(&id.span, format!("line {line} has `{}` already", id.value));
            }
        }
    }
}
