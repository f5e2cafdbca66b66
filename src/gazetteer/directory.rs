//! What people type in, the entities that go by it out; for many questions about one gazetteer, which may grow between them.
//!
//! What has come since the last question is entered first, so nobody has to tell of it. Every answer is held against the gazetteer as it is, so what was
//! entered and no longer holds is no answer.

use std::collections::{BTreeSet, HashMap};

use super::spelling::key;
use crate::model::entity::{Entity, EntityClass, EntityIndex, Form, Gazetteer, Policy};
use crate::model::mention::Kind;

/// Entities by id, code, heading and name. It belongs to one gazetteer.
#[derive(Debug, Default)]
pub(crate) struct Directory {
    /// How many entities were entered.
    entities: usize,
    /// Entities by id, as it is written.
    ids: HashMap<String, Vec<EntityIndex>>,
    /// Countries by ISO 3166-1 code, alpha-2 or alpha-3, in small letters.
    codes: HashMap<String, Vec<EntityIndex>>,
    /// Entities by the key of their id and headings.
    headings: HashMap<String, BTreeSet<EntityIndex>>,
    /// How many forms were entered into `names`.
    named: usize,
    /// Places of forms by their key.
    names: HashMap<String, Vec<usize>>,
    /// How many forms were entered into `owned`.
    placed: usize,
    /// Places of the forms of each entity.
    owned: HashMap<EntityIndex, Vec<usize>>,
}

impl Directory {
    /// Every entity that `text` may mean: those of this id, else of this code, else of this heading, else of this name.
    pub(crate) fn candidates(&mut self, gazetteer: &Gazetteer, text: &str) -> Vec<EntityIndex> {
        let text = text.trim();
        self.enter_entities(gazetteer);
        let known = |by: &HashMap<String, Vec<EntityIndex>>, text: &str| by.get(text).cloned().unwrap_or_default();
        let mut found = known(&self.ids, text);
        if found.is_empty() {
            found = known(&self.codes, &text.to_ascii_lowercase());
        }
        if found.is_empty() {
            let typed = keys(text);
            found = self.by_heading(gazetteer, &typed);
            if found.is_empty() {
                self.enter_names(gazetteer);
                found = self.by_name(gazetteer, &typed);
            }
        }
        found
    }

    /// The places of the forms of an entity.
    pub(crate) fn forms_of(&mut self, gazetteer: &Gazetteer, index: EntityIndex) -> &[usize] {
        let fresh = gazetteer.forms.iter().enumerate().skip(self.placed);
        for (place, form) in fresh {
            self.owned.entry(form.entity).or_default().push(place);
        }
        self.placed = gazetteer.forms.len();
        self.owned.get(&index).map_or(&[], Vec::as_slice)
    }

    /// Enters an entity again, whose headings have changed.
    pub(crate) fn enter(&mut self, index: EntityIndex, entity: &Entity) {
        for heading in headings(entity) {
            self.headings.entry(key(heading)).or_default().insert(index);
        }
    }

    /// Enters the entities that have come.
    fn enter_entities(&mut self, gazetteer: &Gazetteer) {
        let fresh = gazetteer.entities.get(self.entities..).unwrap_or_default();
        for (place, entity) in (self.entities..).zip(fresh) {
            let index = EntityIndex(u32::try_from(place).unwrap_or(u32::MAX));
            self.ids.entry(entity.id.clone()).or_default().push(index);
            let codes = BTreeSet::from([&entity.iso2, &entity.iso3].map(|code| code.to_ascii_lowercase()));
            for code in codes.into_iter().filter(|code| !code.is_empty()) {
                self.codes.entry(code).or_default().push(index);
            }
            self.enter(index, entity);
        }
        self.entities = gazetteer.entities.len();
    }

    /// Enters the names that have come.
    fn enter_names(&mut self, gazetteer: &Gazetteer) {
        let fresh = gazetteer.forms.iter().enumerate().skip(self.named);
        for (place, form) in fresh.filter(|(_, form)| form.kind == Kind::Name) {
            self.names.entry(key(&form.text)).or_default().push(place);
        }
        self.named = gazetteer.forms.len();
    }

    /// Entities whose id or heading is written so.
    fn by_heading(&self, gazetteer: &Gazetteer, typed: &[String]) -> Vec<EntityIndex> {
        let entered = typed.iter().filter_map(|typed| self.headings.get(typed)).flatten();
        let found: BTreeSet<EntityIndex> = entered
            .filter(|index| headings(gazetteer.entity(**index)).any(|heading| typed.contains(&key(heading))))
            .copied()
            .collect();
        found.into_iter().collect()
    }

    /// Entities with a name that is written so. A country wins over what is none.
    fn by_name(&self, gazetteer: &Gazetteer, typed: &[String]) -> Vec<EntityIndex> {
        let entered = typed.iter().filter_map(|typed| self.names.get(typed)).flatten();
        let found: BTreeSet<EntityIndex> = entered
            .map(|place| &gazetteer.forms[*place])
            .filter(|form: &&Form| form.policy != Policy::Never)
            .map(|form| form.entity)
            .collect();
        let is_country = |index: &EntityIndex| gazetteer.entity(*index).class == EntityClass::Country;
        let countries: Vec<EntityIndex> = found.iter().copied().filter(is_country).collect();
        if countries.is_empty() {
            found.into_iter().collect()
        } else {
            countries
        }
    }
}

/// The key of what was typed, and the same without a leading article.
fn keys(text: &str) -> Vec<String> {
    let whole = key(text);
    let bare = ["the ", "le ", "la ", "les ", "l'"]
        .iter()
        .find_map(|article| whole.strip_prefix(article));
    let bare = bare.map(str::to_owned);
    std::iter::once(whole)
        .chain(bare)
        .filter(|key| !key.is_empty())
        .collect()
}

/// The id of an entity and how it is called.
pub(super) fn headings(entity: &Entity) -> impl Iterator<Item = &str> {
    let names = &entity.names;
    [&entity.id, &names.en, &names.fr, &names.ar]
        .into_iter()
        .map(String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::entity::{Case, Names};

    /// An entity that is called by its id.
    fn entity(id: &str, iso2: &str) -> Entity {
        Entity {
            id: id.to_owned(),
            class: if iso2.is_empty() {
                EntityClass::Other
            } else {
                EntityClass::Country
            },
            iso3: String::new(),
            iso2: iso2.to_owned(),
            names: Names::default(),
            colour: None,
            offices: Vec::new(),
        }
    }

    fn name(text: &str, entity: u32) -> Form {
        Form {
            language: None,
            text: text.to_owned(),
            entity: EntityIndex(entity),
            kind: Kind::Name,
            abbreviation: false,
            case: Case::Ignore,
            policy: Policy::Count,
            note: String::new(),
        }
    }

    fn found(directory: &mut Directory, gazetteer: &Gazetteer, text: &str) -> Vec<u32> {
        let found = directory.candidates(gazetteer, text);
        found.into_iter().map(|index| index.0).collect()
    }

    #[test]
    fn what_comes_and_changes_between_two_questions_is_known() {
        let mut directory = Directory::default();
        let mut gazetteer = Gazetteer {
            entities: vec![entity("volta", "vv")],
            forms: vec![name("Upper Volta", 0)],
            ..Gazetteer::default()
        };
        assert_eq!(found(&mut directory, &gazetteer, " upper  VOLTA"), [0]);
        assert_eq!(found(&mut directory, &gazetteer, "VV"), [0]);
        assert!(found(&mut directory, &gazetteer, "Volta Union").is_empty());
        gazetteer.entities.push(entity("volta-union", ""));
        gazetteer.forms.extend([name("Upper Volta", 1), name("The Union", 1)]);
        assert_eq!(found(&mut directory, &gazetteer, "Volta Union"), [1]);
        assert_eq!(found(&mut directory, &gazetteer, "The Union"), [1]);
        assert_eq!(found(&mut directory, &gazetteer, "Upper Volta"), [0], "a country wins");
        assert_eq!(directory.forms_of(&gazetteer, EntityIndex(1)), [1, 2]);
        gazetteer.forms[2].policy = Policy::Never;
        assert!(found(&mut directory, &gazetteer, "The Union").is_empty());
        gazetteer.entities[0].names.fr = "Haute-Volta".to_owned();
        directory.enter(EntityIndex(0), &gazetteer.entities[0]);
        assert_eq!(found(&mut directory, &gazetteer, "la haute volta"), [0]);
        gazetteer.entities[0].names.fr = "Faso".to_owned();
        assert!(found(&mut directory, &gazetteer, "Haute-Volta").is_empty());
    }
}
