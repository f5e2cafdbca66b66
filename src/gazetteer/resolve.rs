//! What a person typed in, the entity that it means out. It knows ids, ISO codes and names; it looks into no text.

use std::collections::BTreeSet;

use super::directory::{Directory, headings};
use super::nearest::nearest;
use super::spelling::key;
use crate::model::entity::{Entity, EntityIndex, Gazetteer};

/// How many entities an error names.
const NAMED: usize = 4;

/// The entity that `text` means: an id, an ISO 3166-1 code or an unambiguous name in any language.
///
/// A code wins over a name: `AU` is Australia, `african-union` or `African Union` is the union.
///
/// # Errors
///
/// A sentence that names what is near, where nothing or too much fits.
pub fn resolve(gazetteer: &Gazetteer, text: &str) -> Result<EntityIndex, String> {
    resolve_by(&mut Directory::default(), gazetteer, text)
}

/// The same with the directory of the gazetteer.
pub(crate) fn resolve_by(directory: &mut Directory, gazetteer: &Gazetteer, text: &str) -> Result<EntityIndex, String> {
    let entities = &gazetteer.entities;
    match directory.candidates(gazetteer, text).as_slice() {
        [only] => Ok(*only),
        [] => Err(unknown(entities, text)),
        several => Err(ambiguous(entities, several, text)),
    }
}

/// Every entity whose id, heading or a name of which holds `text`, by id.
pub fn search(gazetteer: &Gazetteer, text: &str) -> Vec<EntityIndex> {
    let wanted = key(text);
    if wanted.is_empty() {
        return Vec::new();
    }
    let entities = gazetteer.entities.iter().zip((0..).map(EntityIndex));
    let by_heading = entities.filter(|(entity, _)| {
        let names = &entity.names;
        [&entity.id, &names.en, &names.fr, &names.ar]
            .iter()
            .any(|name| key(name).contains(&wanted))
    });
    let by_form = gazetteer
        .forms
        .iter()
        .filter(|form| key(&form.text).contains(&wanted))
        .map(|form| form.entity);
    let all: BTreeSet<EntityIndex> = by_heading.map(|(_, index)| index).chain(by_form).collect();
    all.into_iter().collect()
}

/// What is said where too much fits.
pub(crate) fn ambiguous(entities: &[Entity], found: &[EntityIndex], text: &str) -> String {
    let ids: Vec<String> = found
        .iter()
        .take(NAMED)
        .map(|index| format!("`{}`", entities[index.0 as usize].id))
        .collect();
    format!("`{text}` may be {}: say which", ids.join(" or "))
}

/// What is said where nothing fits.
pub(crate) fn unknown(entities: &[Entity], text: &str) -> String {
    let typed = key(text);
    let mut near: Vec<&str> = Vec::new();
    if typed.chars().count() > 3 {
        let holds = |entity: &&Entity| headings(entity).any(|name| key(name).contains(&typed));
        near.extend(
            entities
                .iter()
                .filter(holds)
                .take(NAMED)
                .map(|entity| entity.id.as_str()),
        );
    }
    if near.is_empty() {
        let names = entities
            .iter()
            .flat_map(|entity| headings(entity).map(|name| (name, entity.id.as_str())));
        near = nearest(text, names);
    }
    let near: Vec<String> = near.iter().map(|id| format!("`{id}`")).collect();
    match near.as_slice() {
        [] => format!("no entity `{text}` (an id, an ISO 3166-1 code or a name)"),
        near => format!("no entity `{text}`: did you mean {}?", near.join(" or ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gazetteer::load_gazetteer;
    use crate::settings::GazetteerSettings;

    fn ids(typed: &[&str]) -> Vec<String> {
        let gazetteer = load_gazetteer(&GazetteerSettings::default()).unwrap();
        typed
            .iter()
            .map(|text| match resolve(&gazetteer, text) {
                Ok(index) => gazetteer.entity(index).id.clone(),
                Err(error) => error,
            })
            .collect()
    }

    #[test]
    fn ids_codes_and_names_in_any_language_are_understood() {
        let typed = [
            "burkina-faso",
            "BF",
            "bfa",
            "Burkina Faso",
            "بوركينا فاسو",
            "Бразилия",
            "Ivory Coast",
            "cote d’ivoire",
        ];
        let meant = [
            "burkina-faso",
            "burkina-faso",
            "burkina-faso",
            "burkina-faso",
            "burkina-faso",
            "brazil",
            "cote-d-ivoire",
            "cote-d-ivoire",
        ];
        assert_eq!(ids(&typed), meant);
        let typed = [
            "USA",
            "us",
            "EU",
            "l'Algérie",
            "The Gambia",
            "Poutine",
            "AFP",
            "Nato",
            "Allemagne",
            "الإمارات",
        ];
        let meant = [
            "united-states",
            "united-states",
            "european-union",
            "algeria",
            "gambia",
            "putin",
            "afp",
            "nato",
            "germany",
            "united-arab-emirates",
        ];
        assert_eq!(ids(&typed), meant);
    }

    #[test]
    fn a_code_wins_over_a_name() {
        assert_eq!(ids(&["AU", "african union"]), ["australia", "african-union"]);
    }

    #[test]
    fn what_two_entities_share_is_refused() {
        assert_eq!(
            ids(&["Congo", "CS"]),
            [
                "`Congo` may be `dr-congo` or `republic-of-the-congo`: say which",
                "`CS` may be `czechoslovakia` or `serbia-and-montenegro`: say which",
            ]
        );
    }

    #[test]
    fn near_misses_are_suggested() {
        let told = ids(&["Burkinna Faso", "islamic", "xqzv"]);
        assert!(told[0].contains("did you mean `burkina-faso`?"), "{}", told[0]);
        assert!(
            told[1].contains("`islamic-state`") && told[1].contains("`islamic-jihad`"),
            "{}",
            told[1]
        );
        assert_eq!(told[2], "no entity `xqzv` (an id, an ISO 3166-1 code or a name)");
    }
}
