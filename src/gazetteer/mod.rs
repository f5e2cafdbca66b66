//! Names in, a [`Gazetteer`] out: the built-in data of `data/` with the user's watchlists merged in.
//!
//! The built-in names are always all there, whichever watchlist is used: a watchlist chooses whom a report shows, and only the
//! forms, masks, rules and offices that it adds change what is found. This stage looks nothing up in any text.

mod builtin;
mod check;
#[cfg(test)]
mod data_tests;
mod directory;
mod draft;
mod hash;
mod nearest;
mod resolve;
mod spelling;
mod table;
mod watchlist;

pub use check::{Finding, check};
pub use resolve::{resolve, search};
pub use watchlist::starter_watchlist;

use self::directory::Directory;
use self::resolve::resolve_by;
use crate::error::Error;
use crate::model::entity::{EntityIndex, Gazetteer};
use crate::settings::GazetteerSettings;

/// The built-in data with the watchlists of `settings` merged in, `watched` and `featured` filled.
///
/// # Errors
///
/// [`Error::Settings`] with every mistake of the watchlists at once, each as `path:line:column: message`, or where a
/// watchlist or an entity that was asked for is not known. [`Error::Gazetteer`] where the built-in data are broken.
pub fn load_gazetteer(settings: &GazetteerSettings) -> Result<Gazetteer, Error> {
    let mut draft = builtin::builtin()?;
    let chosen = watchlist::merge_lists(&mut draft, &settings.watchlists)?;
    draft.gazetteer.watched = chosen.watched;
    draft.gazetteer.featured = chosen.featured;
    draft.gazetteer.as_of = chosen.as_of;
    let mut gazetteer = draft.finish();
    narrow(&mut gazetteer, &settings.entities)?;
    Ok(gazetteer)
}

/// Leaves only `wanted` watched, where any is wanted.
fn narrow(gazetteer: &mut Gazetteer, wanted: &[String]) -> Result<(), Error> {
    if wanted.is_empty() {
        return Ok(());
    }
    let mut directory = Directory::default();
    let mut watched: Vec<EntityIndex> = Vec::new();
    let mut told = Vec::new();
    for text in wanted {
        match resolve_by(&mut directory, gazetteer, text) {
            Ok(index) if watched.contains(&index) => {}
            Ok(index) => watched.push(index),
            Err(why) => told.push(format!("entity: {why}")),
        }
    }
    if !told.is_empty() {
        return Err(Error::Settings(told.join("\n")));
    }
    gazetteer.featured.retain(|index| watched.contains(index));
    gazetteer.watched = watched;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::entity::EntityClass;

    fn load(watchlists: &[&str], entities: &[&str]) -> Result<Gazetteer, Error> {
        let owned = |list: &[&str]| list.iter().map(|text| (*text).to_owned()).collect();
        load_gazetteer(&GazetteerSettings {
            watchlists: owned(watchlists),
            entities: owned(entities),
        })
    }

    fn ids<'g>(gazetteer: &'g Gazetteer, list: &[EntityIndex]) -> Vec<&'g str> {
        list.iter().map(|index| gazetteer.entity(*index).id.as_str()).collect()
    }

    #[test]
    fn without_a_watchlist_the_world_is_watched() {
        let world = load(&[], &[]).unwrap();
        assert_eq!(world, load(&["world"], &[]).unwrap());
        let classes: Vec<EntityClass> = world.watched.iter().map(|index| world.entity(*index).class).collect();
        assert_eq!(
            classes.iter().filter(|class| **class == EntityClass::Country).count(),
            255
        );
        assert!(!classes.contains(&EntityClass::Person));
        let watched = ids(&world, &world.watched);
        assert!(watched.contains(&"wagner") && watched.contains(&"nato") && !watched.contains(&"reuters"));
        assert!(world.featured.is_empty());
    }

    #[test]
    fn another_built_in_list_changes_only_the_choice() {
        let (world, sahel) = (load(&["world"], &[]).unwrap(), load(&["sahel"], &[]).unwrap());
        assert_eq!(world.hash, sahel.hash);
        assert_eq!(world.hash.len(), 16);
        assert_eq!(world.forms, sahel.forms);
        assert_eq!(ids(&sahel, &sahel.watched)[..3], ["mali", "niger", "burkina-faso"]);
        assert_eq!(ids(&sahel, &sahel.featured)[..3], ["russia", "france", "united-states"]);
        assert!(ids(&sahel, &sahel.watched).contains(&"goita"));
    }

    #[test]
    fn the_earliest_check_of_several_lists_holds() {
        assert_eq!(load(&["sahel"], &[]).unwrap().as_of.unwrap().to_string(), "2025-12-31");
        assert_eq!(
            load(&["sahel", "world"], &[]).unwrap().as_of.unwrap().to_string(),
            "2025-06-30"
        );
    }

    #[test]
    fn entities_on_the_command_line_narrow_the_choice_in_their_order() {
        let narrowed = load(&["sahel"], &["Wagner Group", "RUS", "روسيا", "FR"]).unwrap();
        assert_eq!(ids(&narrowed, &narrowed.watched), ["wagner", "russia", "france"]);
        assert_eq!(ids(&narrowed, &narrowed.featured), ["russia", "france"]);
        assert_eq!(narrowed.hash, load(&[], &[]).unwrap().hash);
    }

    #[test]
    fn every_unknown_entity_is_told_at_once() {
        let error = load(&[], &["Mali", "Burkinna Faso", "Congo"]).unwrap_err().to_string();
        let lines: Vec<&str> = error.lines().collect();
        assert_eq!(
            lines,
            [
                "entity: no entity `Burkinna Faso`: did you mean `burkina-faso`?",
                "entity: `Congo` may be `dr-congo` or `republic-of-the-congo`: say which",
            ]
        );
    }

    #[test]
    fn entities_forms_and_the_rest_come_sorted() {
        let gazetteer = load(&[], &[]).unwrap();
        assert!(gazetteer.entities.is_sorted_by(|a, b| a.id < b.id));
        assert!(gazetteer.forms.is_sorted_by(|a, b| a < b));
        assert!(gazetteer.rules.is_sorted_by(|a, b| a.id < b.id));
        assert!(gazetteer.events.is_sorted_by_key(|event| event.date));
    }
}
