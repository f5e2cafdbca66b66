//! The text of a watchlist in, what it says out, with the place of every word that may have to be complained about. Nothing is
//! looked up here.

use std::ops::Range;

use chrono::NaiveDate;
use toml::de::DeTable;

use super::fields::{At, Fields, Headings};
use super::mistakes::Mistakes;
use crate::gazetteer::builtin::{CLASSES, WINDOWS};
use crate::gazetteer::nearest::suggestion;
use crate::model::entity::{EntityClass, Window};
use crate::model::language::Language;

/// What a watchlist says.
#[derive(Debug, Default)]
pub(crate) struct Watchlist {
    /// The day up to which it was checked.
    pub(crate) as_of: Option<NaiveDate>,
    /// Built-in watchlists that it starts from.
    pub(crate) include: Vec<At<String>>,
    /// Known entities that it watches.
    pub(crate) watch: Vec<At<String>>,
    /// Classes whose every entity it watches.
    pub(crate) classes: Vec<EntityClass>,
    /// Entities on its charts; `None` leaves it to the included ones.
    pub(crate) featured: Option<Vec<At<String>>>,
    /// `[[entity]]`
    pub(crate) entities: Vec<EntityEntry>,
    /// `[[group]]`
    pub(crate) groups: Vec<GroupEntry>,
    /// `[[event]]`
    pub(crate) events: Vec<EventEntry>,
    /// `[[source]]`
    pub(crate) sources: Vec<OutletEntry>,
}

/// One `[[entity]]`.
#[derive(Debug)]
pub(crate) struct EntityEntry {
    /// Its id, or what means a built-in entity.
    pub(crate) id: At<String>,
    /// Where it begins.
    pub(crate) span: Range<usize>,
    /// Whether it has a `type`, be it a good one or not.
    pub(crate) has_type: bool,
    /// What it is.
    pub(crate) class: Option<At<EntityClass>>,
    /// `#rrggbb`
    pub(crate) colour: Option<String>,
    /// How it is called.
    pub(crate) names: Option<At<Headings>>,
    /// Further spellings.
    pub(crate) forms: Vec<(Option<Language>, At<String>)>,
    /// Strings that hide its forms.
    pub(crate) masks: Vec<(Option<Language>, At<String>)>,
    /// Forms that count only near certain words.
    pub(crate) requires: Vec<Requirement>,
    /// Forms whose capitals are compared exactly.
    pub(crate) exact: Vec<At<String>>,
    /// Offices held.
    pub(crate) roles: Vec<Role>,
}

/// A form that counts only near certain words.
#[derive(Debug)]
pub(crate) struct Requirement {
    /// The form.
    pub(crate) form: At<String>,
    /// The words.
    pub(crate) any: Vec<At<String>>,
    /// How far around the form.
    pub(crate) window: Window,
}

/// An office held.
#[derive(Debug)]
pub(crate) struct Role {
    /// For whom.
    pub(crate) entity: At<String>,
    /// Which.
    pub(crate) office: At<String>,
    /// From when to when.
    pub(crate) time: Time,
}

/// Half-open stretch of days, open where a side is not given.
pub(crate) type Time = (Option<NaiveDate>, Option<NaiveDate>);

/// One `[[group]]`.
#[derive(Debug)]
pub(crate) struct GroupEntry {
    /// Its id.
    pub(crate) id: At<String>,
    /// How it is called.
    pub(crate) names: Option<At<Headings>>,
    /// Its members.
    pub(crate) members: Vec<(At<String>, Time)>,
}

/// One `[[event]]`.
#[derive(Debug)]
pub(crate) struct EventEntry {
    /// Its id.
    pub(crate) id: At<String>,
    /// Its day.
    pub(crate) date: NaiveDate,
    /// Whom it concerns.
    pub(crate) entities: Vec<At<String>>,
    /// Its label.
    pub(crate) label: Headings,
}

/// One `[[source]]`.
#[derive(Debug)]
pub(crate) struct OutletEntry {
    /// Its id.
    pub(crate) id: At<String>,
    /// What names it.
    pub(crate) matches: Vec<At<String>>,
    /// How tables call it.
    pub(crate) name: Option<At<String>>,
    /// The state of its seat.
    pub(crate) country: Option<At<String>>,
    /// Whether it is a news agency.
    pub(crate) agency: Option<bool>,
}

/// Keys of the whole file.
const FILE: &[&str] = &[
    "as_of", "include", "watch", "classes", "featured", "entity", "group", "event", "source",
];
/// Keys of an `[[entity]]`.
const ENTITY: &[&str] = &[
    "id",
    "type",
    "colour",
    "names",
    "forms",
    "masks",
    "requires",
    "case_sensitive",
    "roles",
];

/// What `text` says. Mistakes of the TOML itself are told alone, since what follows them cannot be trusted.
pub(crate) fn read(text: &str, mistakes: &mut Mistakes<'_>) -> Watchlist {
    let (table, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        for error in errors {
            mistakes.push(&error.span().unwrap_or(0..0), error.message().replace('\n', ", "));
        }
        return Watchlist::default();
    }
    let file = Fields::new(table.get_ref(), 0..0, "a watchlist", FILE, mistakes);
    let entities = file.tables("entity", "an entity", ENTITY, mistakes);
    let groups = file.tables("group", "a group", &["id", "names", "members"], mistakes);
    let events = file.tables("event", "an event", &["date", "id", "entities", "label"], mistakes);
    let sources = file.tables(
        "source",
        "a source",
        &["id", "match", "name", "country", "agency"],
        mistakes,
    );
    Watchlist {
        as_of: file.day("as_of", mistakes).map(|day| day.value),
        include: file.strings("include", mistakes),
        watch: file.strings("watch", mistakes),
        classes: file
            .strings("classes", mistakes)
            .iter()
            .filter_map(|word| class(word, mistakes))
            .collect(),
        featured: file.has("featured").then(|| file.strings("featured", mistakes)),
        entities: entities.iter().filter_map(|fields| entity(fields, mistakes)).collect(),
        groups: groups.iter().filter_map(|fields| group(fields, mistakes)).collect(),
        events: events.iter().filter_map(|fields| event(fields, mistakes)).collect(),
        sources: sources.iter().filter_map(|fields| source(fields, mistakes)).collect(),
    }
}

/// One `[[entity]]`.
fn entity(fields: &Fields<'_, '_>, mistakes: &mut Mistakes<'_>) -> Option<EntityEntry> {
    let id = fields.required("id", mistakes);
    let requires = fields.tables("requires", "a requirement", &["form", "any", "window"], mistakes);
    let roles = fields.tables("roles", "a role", &["entity", "office", "from", "to"], mistakes);
    let typed = fields.string("type", mistakes);
    let class = typed.and_then(|word| {
        class(&word, mistakes).map(|class| At {
            value: class,
            span: word.span,
        })
    });
    let entry = EntityEntry {
        id: id.unwrap_or(At {
            value: String::new(),
            span: fields.span.clone(),
        }),
        span: fields.span.clone(),
        has_type: fields.has("type"),
        class,
        colour: fields
            .string("colour", mistakes)
            .and_then(|typed| colour(&typed, mistakes)),
        names: fields.headings("names", mistakes),
        forms: fields.by_language("forms", mistakes),
        masks: fields.by_language("masks", mistakes),
        requires: requires
            .iter()
            .filter_map(|fields| requirement(fields, mistakes))
            .collect(),
        exact: fields.strings("case_sensitive", mistakes),
        roles: roles.iter().filter_map(|fields| role(fields, mistakes)).collect(),
    };
    (!entry.id.value.is_empty()).then_some(entry)
}

/// The class that a word means.
fn class(word: &At<String>, mistakes: &mut Mistakes<'_>) -> Option<EntityClass> {
    let found = CLASSES
        .iter()
        .find(|(name, _)| *name == word.value)
        .map(|(_, class)| *class);
    if found.is_none() {
        let names = CLASSES.iter().map(|(name, _)| *name);
        let known = names.clone().collect::<Vec<_>>().join(", ");
        let near = suggestion(&word.value, names);
        mistakes.push(
            &word.span,
            format!("no type `{}` (types are {known}){near}", word.value),
        );
    }
    found
}

/// A colour, in small letters.
fn colour(typed: &At<String>, mistakes: &mut Mistakes<'_>) -> Option<String> {
    let digits = typed.value.strip_prefix('#').filter(|digits| digits.len() == 6);
    let good = digits.is_some_and(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
    if !good {
        mistakes.push(
            &typed.span,
            format!("`{}` is no colour (expected one like #7a5195)", typed.value),
        );
    }
    good.then(|| typed.value.to_ascii_lowercase())
}

/// One of `requires`.
fn requirement(fields: &Fields<'_, '_>, mistakes: &mut Mistakes<'_>) -> Option<Requirement> {
    let form = fields.required("form", mistakes);
    let any = fields.strings("any", mistakes);
    if any.is_empty() {
        mistakes.push(&fields.span, "a requirement needs `any`, the words that must be near");
    }
    let window = fields
        .string("window", mistakes)
        .map_or(Some(Window::Document), |word| {
            let found = WINDOWS
                .iter()
                .find(|(name, _)| *name == word.value)
                .map(|(_, window)| *window);
            if found.is_none() {
                let names: Vec<&str> = WINDOWS.iter().map(|(name, _)| *name).collect();
                let near = suggestion(&word.value, names.iter().copied());
                let message = format!("no window `{}` (windows are {}){near}", word.value, names.join(", "));
                mistakes.push(&word.span, message);
            }
            found
        });
    Some(Requirement {
        form: form?,
        any,
        window: window?,
    })
}

/// One of `roles`.
fn role(fields: &Fields<'_, '_>, mistakes: &mut Mistakes<'_>) -> Option<Role> {
    let (entity, office) = (fields.required("entity", mistakes), fields.required("office", mistakes));
    let time = time(fields, mistakes);
    Some(Role {
        entity: entity?,
        office: office?,
        time,
    })
}

/// `from` and `to`.
fn time(fields: &Fields<'_, '_>, mistakes: &mut Mistakes<'_>) -> Time {
    let (from, to) = (fields.day("from", mistakes), fields.day("to", mistakes));
    if let (Some(from), Some(to)) = (&from, &to)
        && from.value >= to.value
    {
        let message = format!(
            "`to` ({}) is not later than `from` ({}); it is the first day after",
            to.value, from.value
        );
        mistakes.push(&to.span, message);
    }
    (from.map(|day| day.value), to.map(|day| day.value))
}

/// One `[[group]]`.
fn group(fields: &Fields<'_, '_>, mistakes: &mut Mistakes<'_>) -> Option<GroupEntry> {
    let id = fields.required("id", mistakes);
    let names = fields.headings("names", mistakes);
    let members = fields.tables_or_strings("members", "a member", &["id", "from", "to"], mistakes);
    let members = members
        .into_iter()
        .map(|member| match member {
            Ok(fields) => (fields.required("id", mistakes), time(&fields, mistakes)),
            Err(name) => (Some(name), (None, None)),
        })
        .filter_map(|(id, time)| id.map(|id| (id, time)))
        .collect();
    id.map(|id| GroupEntry { id, names, members })
}

/// One `[[event]]`.
fn event(fields: &Fields<'_, '_>, mistakes: &mut Mistakes<'_>) -> Option<EventEntry> {
    let id = fields.required("id", mistakes);
    let date = fields.day("date", mistakes);
    if date.is_none() && !fields.has("date") {
        mistakes.push(&fields.span, "an event needs `date`");
    }
    let label = fields.headings("label", mistakes);
    if label.is_none() && !fields.has("label") {
        mistakes.push(&fields.span, "an event needs `label`");
    }
    let entities = fields.strings("entities", mistakes);
    Some(EventEntry {
        id: id?,
        date: date?.value,
        entities,
        label: label?.value,
    })
}

/// One `[[source]]`.
fn source(fields: &Fields<'_, '_>, mistakes: &mut Mistakes<'_>) -> Option<OutletEntry> {
    let id = fields.required("id", mistakes);
    let entry = OutletEntry {
        matches: fields.strings("match", mistakes),
        name: fields.string("name", mistakes),
        country: fields.string("country", mistakes),
        agency: fields.flag("agency", mistakes),
        id: id?,
    };
    Some(entry)
}
