//! A gazetteer in the making: entities are added in any order, and [`Draft::finish`] sorts, renumbers and hashes it.

use std::collections::HashMap;

use super::directory::Directory;
use super::hash::hash;
use crate::model::entity::{Entity, EntityIndex, Gazetteer, Names};

/// A gazetteer whose entities are still in the order of their coming.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    /// All that is known so far. Indices point into its unsorted entities.
    pub(crate) gazetteer: Gazetteer,
    /// Id to place.
    places: HashMap<String, EntityIndex>,
    /// Who goes by which name.
    directory: Directory,
}

impl Draft {
    /// The entity of this id.
    pub(crate) fn find(&self, id: &str) -> Option<EntityIndex> {
        self.places.get(id).copied()
    }

    /// Adds an entity; `None` where its id is taken.
    pub(crate) fn add(&mut self, entity: Entity) -> Option<EntityIndex> {
        let index = EntityIndex(u32::try_from(self.gazetteer.entities.len()).ok()?);
        if self.places.contains_key(&entity.id) {
            return None;
        }
        self.places.insert(entity.id.clone(), index);
        self.gazetteer.entities.push(entity);
        Some(index)
    }

    /// Every entity that `text` may mean.
    pub(crate) fn candidates(&mut self, text: &str) -> Vec<EntityIndex> {
        self.directory.candidates(&self.gazetteer, text)
    }

    /// The places of the forms of an entity.
    pub(crate) fn forms_of(&mut self, index: EntityIndex) -> &[usize] {
        self.directory.forms_of(&self.gazetteer, index)
    }

    /// Changes how an entity is called.
    pub(crate) fn rename(&mut self, index: EntityIndex, change: impl FnOnce(&mut Names)) {
        change(&mut self.entity_mut(index).names);
        self.directory.enter(index, &self.gazetteer.entities[index.0 as usize]);
    }

    /// The entity at `index`, to be changed. Its id and its names must stay.
    pub(crate) fn entity_mut(&mut self, index: EntityIndex) -> &mut Entity {
        &mut self.gazetteer.entities[index.0 as usize]
    }

    /// Sorts everything as [`Gazetteer`] promises, and hashes it.
    pub(crate) fn finish(self) -> Gazetteer {
        let mut gazetteer = self.gazetteer;
        let renumbered = sort_entities(&mut gazetteer);
        if let Some(new) = renumbered {
            renumber(&mut gazetteer, |index| new[index.0 as usize]);
        }
        gazetteer.forms.sort();
        gazetteer.forms.dedup();
        gazetteer.masks.sort();
        gazetteer.masks.dedup();
        gazetteer.rules.sort_by(|a, b| a.id.cmp(&b.id));
        gazetteer.words.sort();
        gazetteer.words.dedup();
        gazetteer.groups.sort_by(|a, b| a.id.cmp(&b.id));
        gazetteer.events.sort_by(|a, b| (a.date, &a.id).cmp(&(b.date, &b.id)));
        gazetteer.sources.sort_by(|a, b| a.id.cmp(&b.id));
        gazetteer.hash = hash(&gazetteer);
        gazetteer
    }
}

/// Sorts the entities by id. Gives the new index of each old one; `None` where they were sorted already.
fn sort_entities(gazetteer: &mut Gazetteer) -> Option<Vec<EntityIndex>> {
    if gazetteer.entities.is_sorted_by(|a, b| a.id < b.id) {
        return None;
    }
    let mut entities: Vec<(usize, Entity)> = std::mem::take(&mut gazetteer.entities)
        .into_iter()
        .enumerate()
        .collect();
    entities.sort_by(|(_, a), (_, b)| a.id.cmp(&b.id));
    let mut new = vec![EntityIndex(0); entities.len()];
    for (place, (old, _)) in (0..).zip(&entities) {
        new[*old] = EntityIndex(place);
    }
    gazetteer.entities = entities.into_iter().map(|(_, entity)| entity).collect();
    Some(new)
}

/// Replaces every index.
fn renumber(gazetteer: &mut Gazetteer, new: impl Fn(EntityIndex) -> EntityIndex) {
    let optional = |index: &mut Option<EntityIndex>| *index = index.map(&new);
    for office in gazetteer.entities.iter_mut().flat_map(|entity| &mut entity.offices) {
        office.entity = new(office.entity);
    }
    for form in &mut gazetteer.forms {
        form.entity = new(form.entity);
    }
    for mask in &mut gazetteer.masks {
        optional(&mut mask.counts_as);
        optional(&mut mask.only);
    }
    for rule in &mut gazetteer.rules {
        optional(&mut rule.entity);
    }
    for member in gazetteer.groups.iter_mut().flat_map(|group| &mut group.members) {
        member.entity = new(member.entity);
    }
    let lists = gazetteer.events.iter_mut().map(|event| &mut event.entities);
    for index in lists.chain([&mut gazetteer.watched, &mut gazetteer.featured]).flatten() {
        *index = new(*index);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::entity::{EntityClass, Mask, Names, Office};

    fn entity(id: &str) -> Entity {
        Entity {
            id: id.to_owned(),
            class: EntityClass::Other,
            iso3: String::new(),
            iso2: String::new(),
            names: Names::default(),
            colour: None,
            offices: Vec::new(),
        }
    }

    #[test]
    fn indices_follow_their_entities_when_these_are_sorted() {
        let mut draft = Draft::default();
        let volta = draft.add(entity("volta")).unwrap();
        let niger = draft.add(entity("niger")).unwrap();
        let office = Office {
            entity: volta,
            office: "head of state".to_owned(),
            from: None,
            to: None,
        };
        draft.entity_mut(niger).offices.push(office);
        draft.gazetteer.masks.push(Mask {
            language: None,
            text: "River Volta".to_owned(),
            reason: "region_river_sea".to_owned(),
            counts_as: Some(niger),
            only: Some(volta),
        });
        draft.gazetteer.watched = vec![volta, niger];
        assert_eq!(draft.add(entity("niger")), None);

        let done = draft.finish();
        let (niger, volta) = (EntityIndex(0), EntityIndex(1));
        assert_eq!((done.find("niger"), done.find("volta")), (Some(niger), Some(volta)));
        assert_eq!(done.entity(niger).offices[0].entity, volta);
        assert_eq!(
            (done.masks[0].counts_as, done.masks[0].only),
            (Some(niger), Some(volta))
        );
        assert_eq!(done.watched, [volta, niger], "the watchlist keeps its order");
    }
}
