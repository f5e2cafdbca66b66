//! The project's own data files in, a [`Draft`] with every built-in name out. It reads no file: the data are in the program.

use std::collections::BTreeMap;

use super::draft::Draft;
use super::table::{Row, Table};
use crate::error::Error;
use crate::model::entity::{
    Case, ContextRule, ContextWord, Entity, EntityClass, EntityIndex, Event, Form, Group, Mask, Member, Names, Office,
    Policy, RuleDefault, SourceEntry, Window, WordClass,
};
use crate::model::language::Language;

/// Columns of the three files of forms.
const FORM_COLUMNS: &[&str] = &[
    "language",
    "form",
    "entity",
    "kind",
    "abbreviation",
    "case",
    "policy",
    "note",
];

/// Declares a file under `data/`.
macro_rules! table {
    ($name:literal, $columns:expr) => {
        Table {
            name: $name,
            text: include_str!(concat!("data/", $name)),
            columns: $columns,
        }
    };
}

/// States and territories.
pub(crate) const COUNTRIES: Table = table!(
    "countries.csv",
    &[
        "id",
        "iso3",
        "iso2",
        "en",
        "en_article",
        "fr",
        "fr_article",
        "fr_feminine",
        "ar",
        "ar_feminine"
    ]
);
/// Organisations, armed groups, news agencies, regions.
pub(crate) const ACTORS: Table = table!(
    "actors.csv",
    &[
        "id",
        "class",
        "en",
        "en_article",
        "fr",
        "fr_article",
        "fr_feminine",
        "ar",
        "ar_feminine"
    ]
);
/// Persons.
pub(crate) const PEOPLE: Table = table!("people.csv", &["id", "en", "fr", "ar", "feminine"]);
/// Which office a person held when.
pub(crate) const OFFICES: Table = table!(
    "offices.csv",
    &["person", "entity", "office", "from", "to", "confidence"]
);
/// Surface forms: of countries, of actors, of persons.
pub(crate) const FORMS: [Table; 3] = [
    table!("forms.csv", FORM_COLUMNS),
    table!("actor-forms.csv", FORM_COLUMNS),
    table!("people-forms.csv", FORM_COLUMNS),
];
/// Strings that hide the forms inside them.
pub(crate) const MASKS: Table = table!("masks.csv", &["language", "mask", "reason", "counts_as", "only"]);
/// Rules that decide ambiguous forms.
pub(crate) const RULES: Table = table!(
    "rules.csv",
    &[
        "id", "language", "forms", "entity", "window", "positive", "negative", "default", "note"
    ]
);
/// Words that tell what the form beside them is.
pub(crate) const WORDS: Table = table!("words.csv", &["class", "language", "word"]);
/// Groups.
pub(crate) const GROUPS: Table = table!("groups.csv", &["id", "en", "fr", "ar"]);
/// Their members.
pub(crate) const MEMBERS: Table = table!("members.csv", &["group", "entity", "from", "to"]);
/// Dated events.
pub(crate) const EVENTS: Table = table!("events.csv", &["date", "id", "entities", "en", "fr", "ar"]);
/// Forms that count for two entities on purpose.
#[cfg(test)]
pub(crate) const SHARED: Table = table!("shared.csv", &["language", "form", "reason"]);
/// Outlets.
pub(crate) const SOURCES: Table = table!("sources.csv", &["id", "name", "country", "agency", "matches"]);

/// Everything built in, whichever watchlist is used.
///
/// # Errors
///
/// [`Error::Gazetteer`] where a data file is not well formed; the tests of the data keep that from happening.
pub(crate) fn builtin() -> Result<Draft, Error> {
    let mut draft = Draft::default();
    read_entities(&mut draft)?;
    read_offices(&mut draft)?;
    read_forms(&mut draft)?;
    read_masks(&mut draft)?;
    read_rules(&mut draft)?;
    read_words(&mut draft)?;
    read_groups(&mut draft)?;
    read_events(&mut draft)?;
    read_sources(&mut draft)?;
    Ok(draft)
}

/// Countries, actors and persons.
fn read_entities(draft: &mut Draft) -> Result<(), Error> {
    COUNTRIES.each(|row| {
        let class = EntityClass::Country;
        add(
            draft,
            row,
            Entity {
                iso3: owned(row, 1),
                iso2: owned(row, 2),
                ..entity(row, class, names(row, 3)?)
            },
        )
    })?;
    ACTORS.each(|row| {
        let class = row.word(1, &CLASSES)?;
        add(draft, row, entity(row, class, names(row, 2)?))
    })?;
    PEOPLE.each(|row| {
        let feminine = row.flag(4)?;
        let (en, fr, ar) = (owned(row, 1), owned(row, 2), owned(row, 3));
        let names = Names {
            en,
            fr,
            ar,
            fr_feminine: feminine,
            ar_feminine: feminine,
            ..Names::default()
        };
        add(draft, row, entity(row, EntityClass::Person, names))
    })
}

/// An entity with the id of this row.
fn entity(row: &Row<'_>, class: EntityClass, names: Names) -> Entity {
    Entity {
        id: owned(row, 0),
        class,
        iso3: String::new(),
        iso2: String::new(),
        names,
        colour: None,
        offices: Vec::new(),
    }
}

/// Adds an entity, and tells where its id is taken.
fn add(draft: &mut Draft, row: &Row<'_>, entity: Entity) -> Result<(), Error> {
    draft
        .add(entity)
        .map(drop)
        .ok_or_else(|| row.wrong("id", &"this id is taken"))
}

/// The seven columns of a name, from `first` on.
fn names(row: &Row<'_>, first: usize) -> Result<Names, Error> {
    Ok(Names {
        en: owned(row, first),
        en_article: row.flag(first + 1)?,
        fr: owned(row, first + 2),
        fr_article: owned(row, first + 3),
        fr_feminine: row.flag(first + 4)?,
        ar: owned(row, first + 5),
        ar_feminine: row.flag(first + 6)?,
    })
}

/// Offices, given to their persons.
fn read_offices(draft: &mut Draft) -> Result<(), Error> {
    OFFICES.each(|row| {
        let person = known(draft, row, 0)?;
        let entity = known(draft, row, 1)?;
        let office = Office {
            entity,
            office: owned(row, 2),
            from: row.day(3)?,
            to: row.day(4)?,
        };
        draft.entity_mut(person).offices.push(office);
        Ok(())
    })
}

/// Surface forms.
fn read_forms(draft: &mut Draft) -> Result<(), Error> {
    draft
        .gazetteer
        .forms
        .reserve(FORMS.iter().map(|table| table.text.len() / 50).sum());
    FORMS.into_iter().try_for_each(|table| {
        table.each(|row| {
            let form = Form {
                language: row.language(0)?,
                text: owned(row, 1),
                entity: known(draft, row, 2)?,
                kind: row.parse(3)?,
                abbreviation: row.flag(4)?,
                case: row.word(5, &CASES)?,
                policy: row.word(6, &POLICIES)?,
                note: owned(row, 7),
            };
            draft.gazetteer.forms.push(form);
            Ok(())
        })
    })
}

/// Masks.
fn read_masks(draft: &mut Draft) -> Result<(), Error> {
    MASKS.each(|row| {
        let mask = Mask {
            language: row.language(0)?,
            text: owned(row, 1),
            reason: owned(row, 2),
            counts_as: maybe_known(draft, row, 3)?,
            only: maybe_known(draft, row, 4)?,
        };
        draft.gazetteer.masks.push(mask);
        Ok(())
    })
}

/// Context rules.
fn read_rules(draft: &mut Draft) -> Result<(), Error> {
    RULES.each(|row| {
        let rule = ContextRule {
            id: owned(row, 0),
            language: row.language(1)?,
            forms: list(row, 2),
            entity: maybe_known(draft, row, 3)?,
            window: row.word(4, &WINDOWS)?,
            positive: list(row, 5),
            negative: list(row, 6),
            default: row.word(7, &DEFAULTS)?,
        };
        draft.gazetteer.rules.push(rule);
        Ok(())
    })
}

/// Words that tell what the form beside them is.
fn read_words(draft: &mut Draft) -> Result<(), Error> {
    WORDS.each(|row| {
        let class = row.word(0, &WORD_CLASSES)?;
        draft.gazetteer.words.push(ContextWord {
            class,
            language: row.language(1)?,
            text: owned(row, 2),
        });
        Ok(())
    })
}

/// Groups and their members.
fn read_groups(draft: &mut Draft) -> Result<(), Error> {
    let mut places = BTreeMap::new();
    GROUPS.each(|row| {
        let names = Names {
            en: owned(row, 1),
            fr: owned(row, 2),
            ar: owned(row, 3),
            ..Names::default()
        };
        places.insert(owned(row, 0), draft.gazetteer.groups.len());
        draft.gazetteer.groups.push(Group {
            id: owned(row, 0),
            names,
            members: Vec::new(),
        });
        Ok(())
    })?;
    MEMBERS.each(|row| {
        let member = Member {
            entity: known(draft, row, 1)?,
            from: row.day(2)?,
            to: row.day(3)?,
        };
        let place = *places
            .get(row.text(0))
            .ok_or_else(|| row.wrong("group", &"no such group"))?;
        draft.gazetteer.groups[place].members.push(member);
        Ok(())
    })
}

/// Events.
fn read_events(draft: &mut Draft) -> Result<(), Error> {
    EVENTS.each(|row| {
        let entities = row.list(2).map(|id| find(draft, row, id)).collect::<Result<_, _>>()?;
        let languages = [Language::EN, Language::FR, Language::AR].into_iter().zip(3..);
        let label = languages
            .map(|(language, place)| (language, owned(row, place)))
            .collect();
        draft.gazetteer.events.push(Event {
            date: row.parse(0)?,
            id: owned(row, 1),
            entities,
            label,
        });
        Ok(())
    })
}

/// Outlets.
fn read_sources(draft: &mut Draft) -> Result<(), Error> {
    SOURCES.each(|row| {
        draft.gazetteer.sources.push(SourceEntry {
            id: owned(row, 0),
            name: owned(row, 1),
            country: owned(row, 2),
            agency: row.flag(3)?,
            matches: list(row, 4),
        });
        Ok(())
    })
}

/// The cell as a string of its own.
fn owned(row: &Row<'_>, place: usize) -> String {
    row.text(place).to_owned()
}

/// The list in a cell, as strings of their own.
fn list(row: &Row<'_>, place: usize) -> Vec<String> {
    row.list(place).map(str::to_owned).collect()
}

/// The entity whose id stands in column `place`.
fn known(draft: &Draft, row: &Row<'_>, place: usize) -> Result<EntityIndex, Error> {
    find(draft, row, row.text(place))
}

/// The same; an empty cell is `None`.
fn maybe_known(draft: &Draft, row: &Row<'_>, place: usize) -> Result<Option<EntityIndex>, Error> {
    if row.text(place).is_empty() {
        Ok(None)
    } else {
        known(draft, row, place).map(Some)
    }
}

/// The entity of this id.
fn find(draft: &Draft, row: &Row<'_>, id: &str) -> Result<EntityIndex, Error> {
    draft
        .find(id)
        .ok_or_else(|| row.wrong("entity", &format!("no entity `{id}`")))
}

/// Words for classes.
pub(crate) const CLASSES: [(&str, EntityClass); 5] = [
    ("country", EntityClass::Country),
    ("organisation", EntityClass::Organisation),
    ("armed-group", EntityClass::ArmedGroup),
    ("person", EntityClass::Person),
    ("other", EntityClass::Other),
];
/// Words for the comparison of capitals.
const CASES: [(&str, Case); 3] = [
    ("ignore", Case::Ignore),
    ("initial", Case::Initial),
    ("exact", Case::Exact),
];
/// Words for policies.
const POLICIES: [(&str, Policy); 3] = [
    ("count", Policy::Count),
    ("context", Policy::Context),
    ("never", Policy::Never),
];
/// Words for windows.
pub(crate) const WINDOWS: [(&str, Window); 5] = [
    ("token", Window::Token),
    ("adjacent", Window::Adjacent),
    ("sentence", Window::Sentence),
    ("line", Window::Line),
    ("document", Window::Document),
];
/// Words for what a context word tells.
const WORD_CLASSES: [(&str, WordClass); 32] = [
    ("given-name", WordClass::GivenName),
    ("name-part", WordClass::NamePart),
    ("title", WordClass::Title),
    ("borne-first", WordClass::BorneFirst),
    ("borne-last", WordClass::BorneLast),
    ("no-surname", WordClass::NoSurname),
    ("man-of", WordClass::ManOf),
    ("before-pronoun", WordClass::BeforePronoun),
    ("company", WordClass::Company),
    ("company-end", WordClass::CompanyEnd),
    ("society", WordClass::Society),
    ("street", WordClass::Street),
    ("us-town", WordClass::UsTown),
    ("townsman", WordClass::Townsman),
    ("locative", WordClass::Locative),
    ("us-state", WordClass::UsState),
    ("before-language", WordClass::BeforeLanguage),
    ("after-language", WordClass::AfterLanguage),
    ("in-language", WordClass::InLanguage),
    ("takes-verb", WordClass::TakesVerb),
    ("ends-in-ya", WordClass::EndsInYa),
    ("has-sides", WordClass::HasSides),
    ("common-word", WordClass::CommonWord),
    ("joins", WordClass::Joins),
    ("kin", WordClass::Kin),
    ("continental", WordClass::Continental),
    ("word-in-capitals", WordClass::WordInCapitals),
    ("office", WordClass::Office),
    ("former", WordClass::Former),
    ("how-well", WordClass::HowWell),
    ("new-phrase", WordClass::NewPhrase),
    ("saint", WordClass::Saint),
];
/// Words for what a rule does where no cue is in its window.
const DEFAULTS: [(&str, RuleDefault); 3] = [
    ("count", RuleDefault::Count),
    ("skip", RuleDefault::Skip),
    ("never", RuleDefault::Never),
];
