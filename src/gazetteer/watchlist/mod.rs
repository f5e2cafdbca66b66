//! Watchlists in, a [`Draft`] with them merged in out, and whom they watch. It opens the files that the user names.
//!
//! `world` and `sahel` are built in. A file may start from one of them, adds to what is known, and chooses whom a report shows.

mod fields;
mod merge;
mod mistakes;
mod others;
#[cfg(test)]
mod tests;
mod typed;

use std::collections::HashSet;
use std::path::Path;

use chrono::NaiveDate;

use self::merge::Merge;
use self::mistakes::{Mistakes, all_or_none};
use self::typed::Watchlist;
use super::draft::Draft;
use super::nearest::suggestion;
use crate::error::Error;
use crate::model::entity::{EntityClass, EntityIndex};
use crate::model::mention::Kind;

/// The watchlists that need no file, and their text.
const BUILT_IN: [(&str, &str); 2] = [
    ("world", include_str!("../data/world.toml")),
    ("sahel", include_str!("../data/sahel.toml")),
];

/// A commented watchlist to begin with.
#[must_use]
pub fn starter_watchlist() -> &'static str {
    include_str!("starter.toml")
}

/// Whom a watchlist chooses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Chosen {
    /// Whom a report shows, in order.
    pub(crate) watched: Vec<EntityIndex>,
    /// Whom its charts show, in order.
    pub(crate) featured: Vec<EntityIndex>,
    /// The day up to which it was checked; of several lists, the earliest.
    pub(crate) as_of: Option<NaiveDate>,
}

impl Chosen {
    /// Appends the choice of another list.
    fn add(&mut self, other: &Self) {
        append(&mut self.watched, &other.watched);
        append(&mut self.featured, &other.featured);
        self.as_of = self.as_of.into_iter().chain(other.as_of).min();
    }
}

/// Appends what is not there yet.
fn append(list: &mut Vec<EntityIndex>, more: &[EntityIndex]) {
    let mut known: HashSet<EntityIndex> = list.iter().copied().collect();
    list.extend(more.iter().filter(|index| known.insert(**index)));
}

/// Merges every list into `draft`, in order, and gives whom they choose together; without any list, `world`.
///
/// # Errors
///
/// [`Error::Settings`] with every mistake of every list.
pub(crate) fn merge_lists(draft: &mut Draft, lists: &[String]) -> Result<Chosen, Error> {
    let mut told = Vec::new();
    let mut chosen = Chosen::default();
    for list in lists {
        match text_of(list) {
            Ok(text) => {
                let mut mistakes = Mistakes::new(list, &text);
                chosen.add(&merge_text(draft, &text, &mut mistakes));
                told.extend(mistakes.told());
            }
            Err(why) => told.push(why),
        }
    }
    all_or_none(&told)?;
    if chosen.watched.is_empty() {
        let text = built_in("world").unwrap_or_default();
        let world = merge_text(draft, text, &mut Mistakes::new("world", text));
        let as_of = chosen.as_of.or(world.as_of);
        chosen.add(&world);
        chosen.as_of = as_of;
    }
    Ok(chosen)
}

/// The text of a built-in list or file.
fn text_of(list: &str) -> Result<String, String> {
    if let Some(text) = built_in(list) {
        return Ok(text.to_owned());
    }
    let path = Path::new(list);
    if path.is_file() {
        return std::fs::read_to_string(path).map_err(|error| format!("{list}: {error}"));
    }
    let names: Vec<String> = BUILT_IN.iter().map(|(name, _)| format!("`{name}`")).collect();
    let names = names.join(" and ");
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let near = suggestion(&name, BUILT_IN.iter().map(|(name, _)| *name));
    if path.is_dir() {
        Err(format!("{list}: is a folder, not a watchlist"))
    } else if list.contains(['/', '\\', '.']) {
        Err(format!("{list}: there is no such file (built in are {names}){near}"))
    } else {
        Err(format!(
            "no watchlist `{list}`: built in are {names}, and there is no such file{near}"
        ))
    }
}

/// The text of a built-in list.
fn built_in(list: &str) -> Option<&'static str> {
    BUILT_IN.iter().find(|(name, _)| *name == list).map(|(_, text)| *text)
}

/// Merges one list into `draft`.
fn merge_text(draft: &mut Draft, text: &str, mistakes: &mut Mistakes<'_>) -> Chosen {
    let list = typed::read(text, mistakes);
    let mut chosen = included(draft, &list, mistakes);
    let mut merge = Merge { draft, mistakes };
    let entities = merge.entities(&list.entities);
    let members = merge.groups(&list.groups);
    merge.events(&list.events);
    merge.sources(&list.sources);
    let watch: Vec<EntityIndex> = list.watch.iter().filter_map(|typed| merge.known(typed)).collect();
    let of_classes = of_classes(merge.draft, &list.classes);
    for more in [watch, entities, members, of_classes] {
        append(&mut chosen.watched, &more);
    }
    if let Some(featured) = &list.featured {
        chosen.featured = Vec::new();
        let featured: Vec<EntityIndex> = featured.iter().filter_map(|typed| merge.known(typed)).collect();
        append(&mut chosen.watched, &featured);
        append(&mut chosen.featured, &featured);
    }
    chosen.as_of = list.as_of.or(chosen.as_of);
    chosen
}

/// What the built-in lists choose that `list` starts from.
fn included(draft: &mut Draft, list: &Watchlist, mistakes: &mut Mistakes<'_>) -> Chosen {
    let mut chosen = Chosen::default();
    for name in &list.include {
        if let Some(text) = built_in(&name.value) {
            chosen.add(&merge_text(draft, text, &mut Mistakes::new(&name.value, text)));
        } else {
            let names = BUILT_IN.iter().map(|(name, _)| *name);
            let known = names.clone().collect::<Vec<_>>().join(", ");
            let near = suggestion(&name.value, names);
            mistakes.push(
                &name.span,
                format!("no built-in watchlist `{}` (there are {known}){near}", name.value),
            );
        }
    }
    chosen
}

/// Every entity of some classes, news agencies left out: their credits are never counted.
fn of_classes(draft: &Draft, classes: &[EntityClass]) -> Vec<EntityIndex> {
    let mut counts = vec![false; draft.gazetteer.entities.len()];
    for form in draft.gazetteer.forms.iter().filter(|form| form.kind != Kind::Agency) {
        counts[form.entity.0 as usize] = true;
    }
    let mut found: Vec<EntityIndex> = (0..)
        .map(EntityIndex)
        .zip(draft.gazetteer.entities.iter().zip(counts))
        .filter(|(_, (entity, counts))| *counts && classes.contains(&entity.class))
        .map(|(index, _)| index)
        .collect();
    found.sort_by(|a, b| {
        let id = |index: &EntityIndex| &draft.gazetteer.entities[index.0 as usize].id;
        id(a).cmp(id(b))
    });
    found
}
