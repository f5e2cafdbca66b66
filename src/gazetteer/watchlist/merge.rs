//! The `[[entity]]` entries of a watchlist in, changes to a [`Draft`] out: new entities, and more spellings, masks, rules and
//! offices for known ones.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use super::fields::{At, Headings};
use super::mistakes::Mistakes;
use super::typed::{EntityEntry, Requirement, Role};
use crate::gazetteer::draft::Draft;
use crate::gazetteer::nearest::suggestion;
use crate::gazetteer::resolve::{ambiguous, unknown};
use crate::gazetteer::spelling::{has_letter, key, tidy};
use crate::model::entity::{
    Case, ContextRule, Entity, EntityClass, EntityIndex, Form, Mask, Names, Office, Policy, RuleDefault,
};
use crate::model::language::Language;
use crate::model::mention::Kind;

/// A draft and the watchlist that is being merged into it.
#[derive(Debug)]
pub(crate) struct Merge<'a, 't> {
    /// What is changed.
    pub(crate) draft: &'a mut Draft,
    /// What is complained about.
    pub(crate) mistakes: &'a mut Mistakes<'t>,
}

/// Whether an id is small letters and digits with single hyphens between.
pub(crate) fn is_kebab(id: &str) -> bool {
    let part = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    id.split('-').all(part)
}

impl Merge<'_, '_> {
    /// The entity that `typed` means; a mistake where it means none or several.
    pub(crate) fn known(&mut self, typed: &At<String>) -> Option<EntityIndex> {
        let found = self.draft.candidates(&typed.value);
        let entities = &self.draft.gazetteer.entities;
        match found.as_slice() {
            [only] => return Some(*only),
            [] => self.mistakes.push(&typed.span, unknown(entities, &typed.value)),
            several => self
                .mistakes
                .push(&typed.span, ambiguous(entities, several, &typed.value)),
        }
        None
    }

    /// Merges every entry; gives their entities in order.
    ///
    /// All entities are there before anything that may refer to them is looked at.
    pub(crate) fn entities(&mut self, entries: &[EntityEntry]) -> Vec<EntityIndex> {
        let mut lines: BTreeMap<EntityIndex, usize> = BTreeMap::new();
        let mut placed = Vec::new();
        for entry in entries {
            let Some(index) = self.place(entry) else { continue };
            if let Some(line) = lines.insert(index, self.mistakes.line(entry.span.start)) {
                let id = &self.draft.gazetteer.entities[index.0 as usize].id;
                self.mistakes.push(
                    &entry.id.span,
                    format!("`{}` is `{id}`, which line {line} has already", entry.id.value),
                );
                continue;
            }
            placed.push((entry, index));
        }
        let mut spelt = Spellings::default();
        for (entry, index) in &placed {
            self.forms(entry, *index, &mut spelt);
            self.masks(entry, *index);
            self.exact(entry, *index);
            for (place, requirement) in (1..).zip(&entry.requires) {
                self.requirement(requirement, *index, place);
            }
            for role in &entry.roles {
                self.role(role, *index);
            }
        }
        placed.into_iter().map(|(_, index)| index).collect()
    }

    /// The known entity that an entry is about, or a new one.
    fn place(&mut self, entry: &EntityEntry) -> Option<EntityIndex> {
        let found = self.draft.candidates(&entry.id.value);
        let entities = &self.draft.gazetteer.entities;
        let index = match found.as_slice() {
            [] => return self.add(entry),
            [only] => *only,
            several => {
                self.mistakes
                    .push(&entry.id.span, ambiguous(entities, several, &entry.id.value));
                return None;
            }
        };
        let entity = self.draft.entity_mut(index);
        if let Some(class) = &entry.class
            && class.value != entity.class
        {
            let message = format!(
                "`{}` is of type {}, not {}",
                entity.id,
                entity.class.as_str(),
                class.value.as_str()
            );
            self.mistakes.push(&class.span, message);
        }
        if entry.colour.is_some() {
            entity.colour.clone_from(&entry.colour);
        }
        if let Some(names) = &entry.names {
            self.draft.rename(index, |own| rename(own, &names.value));
        }
        Some(index)
    }

    /// A new entity.
    fn add(&mut self, entry: &EntityEntry) -> Option<EntityIndex> {
        let id = &entry.id;
        if !entry.has_type && entry.names.is_none() {
            let message = unknown(&self.draft.gazetteer.entities, &id.value);
            self.mistakes
                .push(&id.span, format!("{message} A new entity needs `type` and `names`."));
            return None;
        }
        if !is_kebab(&id.value) {
            let message = format!(
                "`{}` is no id: an id is small letters and digits with hyphens between",
                id.value
            );
            self.mistakes.push(&id.span, message);
        }
        if !entry.has_type {
            self.mistakes
                .push(&entry.span, format!("the new entity `{}` needs `type`", id.value));
        }
        let Some(names) = &entry.names else {
            self.mistakes
                .push(&entry.span, format!("the new entity `{}` needs `names`", id.value));
            return None;
        };
        self.draft.add(Entity {
            id: id.value.clone(),
            class: entry.class.as_ref().map_or(EntityClass::Other, |class| class.value),
            iso3: String::new(),
            iso2: String::new(),
            names: headings(&names.value),
            colour: entry.colour.clone(),
            offices: Vec::new(),
        })
    }

    /// Adds the spellings of an entry; the headings of a new entity are spellings too.
    fn forms(&mut self, entry: &EntityEntry, index: EntityIndex, spelt: &mut Spellings) {
        let is_new = self.draft.forms_of(index).is_empty();
        let names = entry
            .names
            .iter()
            .filter(|_| is_new)
            .flat_map(|names| names.value.each());
        let names: Vec<_> = names.map(|(language, name)| (Some(language), name.clone())).collect();
        for (language, typed) in names.iter().chain(&entry.forms) {
            let text = tidy(&typed.value);
            if !has_letter(&text) {
                self.mistakes
                    .push(&typed.span, format!("`{text}` has no letter, so it names nobody"));
            } else if let Some((line, rival)) = spelt.rival(*language, &text, index) {
                let rival = &self.draft.gazetteer.entities[rival.0 as usize].id;
                self.mistakes.push(
                    &typed.span,
                    format!("`{text}` is also a form of `{rival}` (line {line})"),
                );
            } else {
                spelt.add(*language, &text, index, self.mistakes.line(typed.span.start));
                self.form(*language, text, index);
            }
        }
    }

    /// Adds one spelling. One that is known keeps its rules; one that nothing could ever count counts from now on.
    fn form(&mut self, language: Option<Language>, text: String, index: EntityIndex) {
        let places = self.places(&text, index);
        let gazetteer = &mut self.draft.gazetteer;
        let ruled = !places.is_empty()
            && gazetteer
                .rules
                .iter()
                .any(|rule| rule.entity.is_none_or(|e| e == index) && rule.forms.contains(&text));
        let mut is_known = false;
        for place in places {
            let form = &mut gazetteer.forms[place];
            is_known |= form.language.is_none() || form.language == language;
            if form.language == language && !ruled {
                form.policy = Policy::Count;
            }
        }
        if !is_known {
            let case = if text.chars().any(char::is_uppercase) {
                Case::Initial
            } else {
                Case::Ignore
            };
            gazetteer.forms.push(Form {
                language,
                text,
                entity: index,
                kind: Kind::Name,
                abbreviation: false,
                case,
                policy: Policy::Count,
                note: "watchlist".to_owned(),
            });
        }
    }

    /// The places of the forms of an entity that are written so.
    fn places(&mut self, text: &str, index: EntityIndex) -> Vec<usize> {
        let places = self.draft.forms_of(index).to_vec();
        let forms = &self.draft.gazetteer.forms;
        places.into_iter().filter(|place| forms[*place].text == text).collect()
    }

    /// Adds the masks of an entry. They hide the forms of its entity only.
    fn masks(&mut self, entry: &EntityEntry, index: EntityIndex) {
        for (language, typed) in &entry.masks {
            let text = tidy(&typed.value);
            if has_letter(&text) {
                let reason = "watchlist".to_owned();
                let mask = Mask {
                    language: *language,
                    text,
                    reason,
                    counts_as: None,
                    only: Some(index),
                };
                self.draft.gazetteer.masks.push(mask);
            } else {
                self.mistakes
                    .push(&typed.span, format!("`{text}` has no letter, so it hides nothing"));
            }
        }
    }

    /// Compares the capitals of some forms exactly.
    fn exact(&mut self, entry: &EntityEntry, index: EntityIndex) {
        for typed in &entry.exact {
            let text = tidy(&typed.value);
            if self.has_form(&text, &typed.span, index) {
                for place in self.places(&text, index) {
                    self.draft.gazetteer.forms[place].case = Case::Exact;
                }
            }
        }
    }

    /// Lets a form wait for the words that it requires. Built-in rules no longer decide it.
    fn requirement(&mut self, requirement: &Requirement, index: EntityIndex, place: usize) {
        let text = tidy(&requirement.form.value);
        if !self.has_form(&text, &requirement.form.span, index) {
            return;
        }
        for place in self.places(&text, index) {
            let form = &mut self.draft.gazetteer.forms[place];
            form.policy = Policy::Context;
            form.abbreviation = false;
        }
        let gazetteer = &mut self.draft.gazetteer;
        for rule in gazetteer
            .rules
            .iter_mut()
            .filter(|rule| rule.entity.is_none_or(|entity| entity == index))
        {
            rule.forms.retain(|form| *form != text);
        }
        gazetteer.rules.retain(|rule| !rule.forms.is_empty());
        let id = format!("watchlist-{}-{place}", gazetteer.entities[index.0 as usize].id);
        gazetteer.rules.push(ContextRule {
            id,
            language: None,
            forms: vec![text],
            entity: Some(index),
            window: requirement.window,
            positive: requirement.any.iter().map(|cue| tidy(&cue.value)).collect(),
            negative: Vec::new(),
            default: RuleDefault::Skip,
        });
    }

    /// Whether the entity has this form; a mistake where it has not.
    fn has_form(&mut self, text: &str, span: &Range<usize>, index: EntityIndex) -> bool {
        let places = self.draft.forms_of(index).to_vec();
        let forms = &self.draft.gazetteer.forms;
        let known: BTreeSet<&str> = places.iter().map(|place| forms[*place].text.as_str()).collect();
        let found = known.contains(text);
        if !found {
            let id = &self.draft.gazetteer.entities[index.0 as usize].id;
            self.mistakes.push(
                span,
                format!("`{text}` is no form of `{id}`{}", suggestion(text, known)),
            );
        }
        found
    }

    /// Adds an office.
    fn role(&mut self, role: &Role, index: EntityIndex) {
        let Some(entity) = self.known(&role.entity) else { return };
        let person = self.draft.entity_mut(index);
        if person.class != EntityClass::Person {
            let message = format!(
                "`{}` is of type {}: only persons hold offices",
                person.id,
                person.class.as_str()
            );
            self.mistakes.push(&role.entity.span, message);
            return;
        }
        let (from, to) = role.time;
        let office = Office {
            entity,
            office: role.office.value.clone(),
            from,
            to,
        };
        if person.offices.contains(&office) {
            return;
        }
        let begins = |from: Option<_>, to: Option<_>| from.zip(to).is_none_or(|(from, to)| from < to);
        let overlaps = |held: &Office| begins(held.from, office.to) && begins(office.from, held.to);
        let rival = person
            .offices
            .iter()
            .find(|held| held.entity == entity && held.office == office.office);
        if rival.is_some_and(overlaps) {
            let message = format!("`{}` is {} of that entity twice at a time", person.id, office.office);
            self.mistakes.push(&role.office.span, message);
        }
        person.offices.push(office);
    }
}

/// The forms that one file gives, to find those that it gives twice.
#[derive(Debug, Default)]
struct Spellings(HashMap<String, Vec<(Option<Language>, EntityIndex, usize)>>);

impl Spellings {
    /// Remembers a form and its line.
    fn add(&mut self, language: Option<Language>, text: &str, index: EntityIndex, line: usize) {
        self.0.entry(key(text)).or_default().push((language, index, line));
    }

    /// The line and entity of the same form of another entity in the same language.
    fn rival(&self, language: Option<Language>, text: &str, index: EntityIndex) -> Option<(usize, EntityIndex)> {
        let meets = |other: Option<Language>| other.is_none() || language.is_none() || other == language;
        let same = self.0.get(&key(text)).into_iter().flatten();
        let mut rivals = same.filter(|(other, rival, _)| *rival != index && meets(*other));
        rivals.next().map(|(_, rival, line)| (*line, *rival))
    }
}

/// Headings of a new entity; a language without one borrows from another.
pub(crate) fn headings(typed: &Headings) -> Names {
    let given = |text: &Option<At<String>>| text.as_ref().map(|text| tidy(&text.value));
    let any = typed
        .each()
        .next()
        .map(|(_, text)| tidy(&text.value))
        .unwrap_or_default();
    let en = given(&typed.en).unwrap_or(any);
    let other = |text: &Option<At<String>>| given(text).unwrap_or_else(|| en.clone());
    Names {
        fr: other(&typed.fr),
        ar: other(&typed.ar),
        en,
        ..Names::default()
    }
}

/// Replaces the headings that are given. What is known of the grammar of the old ones goes with them.
pub(crate) fn rename(names: &mut Names, typed: &Headings) {
    for (language, text) in typed.each() {
        let text = tidy(&text.value);
        if text == names.in_language(language) {
            continue;
        }
        match language {
            Language::FR => {
                (names.fr, names.fr_article, names.fr_feminine) = (text, String::new(), false);
            }
            Language::AR => (names.ar, names.ar_feminine) = (text, false),
            _ => (names.en, names.en_article) = (text, false),
        }
    }
}
