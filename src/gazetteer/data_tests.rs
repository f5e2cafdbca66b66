//! Checks every data file: shape, order, spelling, references. With `SNAPSHOTS=overwrite` it first sorts the files.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use chrono::NaiveDate;
use unicode_normalization::is_nfc;

use super::builtin::{
    ACTORS, COUNTRIES, EVENTS, FORMS, GROUPS, MASKS, MEMBERS, OFFICES, PEOPLE, RULES, SHARED, SOURCES, WORDS, builtin,
};
use super::spelling::{has_letter, key};
use super::table::Table;
use crate::model::entity::{EntityClass, Form, Gazetteer, Policy, RuleDefault};
use crate::model::mention::Kind;

/// Every file.
fn tables() -> Vec<Table> {
    let mut all = vec![
        COUNTRIES, ACTORS, PEOPLE, OFFICES, MASKS, RULES, WORDS, GROUPS, MEMBERS, EVENTS, SOURCES, SHARED,
    ];
    all.extend(FORMS);
    all
}

/// The built-in data as the rest of the program sees them.
fn gazetteer() -> Gazetteer {
    builtin().unwrap().finish()
}

/// The languages that forms may have.
const LANGUAGES: [&str; 17] = [
    "", "ar", "bm", "de", "en", "es", "fa", "fr", "ha", "it", "nl", "pt", "ru", "sw", "tr", "wo", "zh",
];

/// The reasons that a mask may have.
const REASONS: [&str; 15] = [
    "common_expression",
    "company_or_media",
    "continent",
    "ethnic_not_country",
    "financial_mali",
    "organisation_counts",
    "other_country",
    "other_nationality_name",
    "other_place",
    "other_word",
    "person_name",
    "prayer_or_time",
    "region_river_sea",
    "subnational",
    "us_state_georgia",
];

/// The lines below the header, or the sorted file where files are to be rewritten.
fn sorted(table: Table) -> String {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(table.text.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let body: BTreeSet<Vec<&str>> = rows[1..].iter().map(|row| row.iter().collect()).collect();
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&rows[0]).unwrap();
    for row in body {
        writer.write_record(row).unwrap();
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

#[test]
fn files_are_sorted_and_hold_no_row_twice() {
    for table in tables() {
        let sorted = sorted(table);
        if std::env::var("SNAPSHOTS").is_ok_and(|wish| wish == "overwrite") {
            let data = Path::new(file!()).parent().unwrap().join("data");
            let data = if data.is_dir() {
                data
            } else {
                Path::new(env!("CARGO_MANIFEST_DIR")).join(data)
            };
            std::fs::write(data.join(table.name), &sorted).unwrap();
        } else {
            let first = table.text.lines().zip(sorted.lines()).find(|(is, should)| is != should);
            assert!(
                table.text == sorted,
                "{} is not sorted (SNAPSHOTS=overwrite sorts it): {first:?}",
                table.name
            );
        }
    }
}

#[test]
fn cells_are_nfc_with_straight_apostrophes_and_no_stray_space() {
    for table in tables() {
        table
            .each(|row| {
                for place in 0..table.columns.len() {
                    let cell = row.text(place);
                    assert!(is_nfc(cell), "{}: {cell} is not NFC", table.name);
                    assert!(!cell.contains(['’', '‘', 'ʼ', '\t', '\n']), "{}: {cell}", table.name);
                    assert_eq!(cell, cell.trim(), "{}", table.name);
                    assert!(!cell.contains("  "), "{}: {cell}", table.name);
                }
                Ok(())
            })
            .unwrap();
    }
}

#[test]
fn ids_are_kebab_case_and_no_iso_code() {
    let gazetteer = gazetteer();
    let codes: BTreeSet<String> = gazetteer
        .entities
        .iter()
        .flat_map(|entity| [&entity.iso2, &entity.iso3])
        .map(|code| code.to_lowercase())
        .collect();
    let ids = gazetteer
        .entities
        .iter()
        .map(|entity| &entity.id)
        .chain(gazetteer.groups.iter().map(|group| &group.id));
    for id in ids
        .chain(gazetteer.events.iter().map(|event| &event.id))
        .chain(gazetteer.sources.iter().map(|s| &s.id))
    {
        let parts = id.split('-');
        let kebab = |part: &str| {
            !part.is_empty()
                && part
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        };
        assert!(parts.into_iter().all(kebab), "{id}");
    }
    for entity in &gazetteer.entities {
        assert!(!codes.contains(&entity.id), "{} is also an ISO code", entity.id);
    }
}

#[test]
fn countries_have_codes_and_every_entity_has_names_and_a_form() {
    let gazetteer = gazetteer();
    let mut codes = BTreeSet::new();
    let with_form: BTreeSet<_> = gazetteer.forms.iter().map(|form| form.entity).collect();
    for entity in &gazetteer.entities {
        let country = entity.class == EntityClass::Country;
        assert_eq!(
            (entity.iso3.len(), entity.iso2.len()),
            if country { (3, 2) } else { (0, 0) },
            "{}",
            entity.id
        );
        // ISO 3166 gave CS to Czechoslovakia and again to Serbia and Montenegro.
        let fresh = codes.insert(&entity.iso3) && (codes.insert(&entity.iso2) || entity.iso2 == "CS");
        assert!(!country || fresh, "{} repeats a code", entity.id);
        let names = &entity.names;
        assert!(
            has_letter(&names.en) && has_letter(&names.fr) && has_letter(&names.ar),
            "{}",
            entity.id
        );
        assert!(
            ["", "le", "la", "l'", "les"].contains(&names.fr_article.as_str()),
            "{}",
            entity.id
        );
        assert!(
            with_form.contains(&gazetteer.find(&entity.id).unwrap()),
            "{} has no form",
            entity.id
        );
    }
}

#[test]
fn french_articles_fit_their_names() {
    for entity in gazetteer().entities {
        let first = key(&entity.names.fr).chars().next().unwrap_or(' ');
        let vowel = "aeiou".contains(first);
        match entity.names.fr_article.as_str() {
            "l'" => assert!(vowel || first == 'h', "l'{}", entity.names.fr),
            "la" => assert!(!vowel && entity.names.fr_feminine, "la {}", entity.names.fr),
            "le" => assert!(!vowel && !entity.names.fr_feminine, "le {}", entity.names.fr),
            _ => {}
        }
    }
}

#[test]
fn forms_have_letters_and_a_known_language() {
    let gazetteer = gazetteer();
    for form in &gazetteer.forms {
        assert!(has_letter(&form.text), "{form:?}");
        let language = form.language.map_or(String::new(), |language| language.to_string());
        assert!(LANGUAGES.contains(&language.as_str()), "{form:?}");
        let agency = form.kind == Kind::Agency;
        assert!(
            !agency || gazetteer.entity(form.entity).class == EntityClass::Organisation,
            "{form:?}"
        );
        assert!(form.kind != Kind::Leader, "{form:?}: leaders come from offices");
    }
}

/// What makes two forms the same to a reader: the language and the spelling without case.
fn spelt(form: &Form) -> String {
    let letters = form.text.to_lowercase();
    if key(&letters).is_ascii() {
        letters
    } else {
        key(&letters)
    }
}

#[test]
fn no_form_counts_for_two_entities_but_the_shared_ones() {
    let gazetteer = gazetteer();
    let mut shared = BTreeSet::new();
    SHARED
        .each(|row| {
            shared.insert(row.text(1).to_owned());
            Ok(())
        })
        .unwrap();
    let mut unused = shared.clone();
    let mut by_spelling: BTreeMap<String, Vec<&Form>> = BTreeMap::new();
    for form in gazetteer.forms.iter().filter(|form| form.policy == Policy::Count) {
        by_spelling.entry(spelt(form)).or_default().push(form);
    }
    for forms in by_spelling.values() {
        for (place, a) in forms.iter().enumerate() {
            let rivals = forms[place + 1..].iter().filter(|b| a.entity != b.entity);
            for b in rivals.filter(|b| a.language.is_none() || b.language.is_none() || a.language == b.language) {
                let (one, other) = (&gazetteer.entity(a.entity).id, &gazetteer.entity(b.entity).id);
                assert!(
                    shared.contains(&a.text),
                    "{} ({:?}) counts for {one} and {other}",
                    a.text,
                    a.language
                );
                unused.remove(&a.text);
            }
        }
    }
    assert!(unused.is_empty(), "no longer shared: {unused:?}");
}

#[test]
fn masks_have_known_reasons_and_hide_no_form_that_counts() {
    let gazetteer = gazetteer();
    let counting: BTreeSet<(Option<_>, String)> = (gazetteer.forms.iter())
        .filter(|form| form.policy == Policy::Count)
        .map(|form| (form.language, form.text.to_lowercase()))
        .collect();
    for mask in &gazetteer.masks {
        assert!(REASONS.contains(&mask.reason.as_str()), "{mask:?}");
        assert!(has_letter(&mask.text), "{mask:?}");
        let text = mask.text.to_lowercase();
        assert!(
            !counting.contains(&(mask.language, text.clone())),
            "{mask:?} hides a form that counts"
        );
        assert!(!counting.contains(&(None, text)), "{mask:?} hides a form that counts");
    }
}

#[test]
fn rules_decide_forms_that_wait_for_a_rule() {
    let gazetteer = gazetteer();
    let mut ids = BTreeSet::new();
    for rule in &gazetteer.rules {
        assert!(ids.insert(&rule.id), "{} stands twice", rule.id);
        for text in &rule.forms {
            let decided = gazetteer.forms.iter().any(|form| {
                form.text == *text
                    && (form.language.is_none() || form.language == rule.language)
                    && rule.entity.is_none_or(|entity| entity == form.entity)
                    && (form.policy == Policy::Context || rule.default == RuleDefault::Count)
            });
            assert!(decided, "{}: no form `{text}` waits for this rule", rule.id);
        }
        for cue in rule.positive.iter().chain(&rule.negative) {
            assert!(has_letter(cue), "{}: cue `{cue}`", rule.id);
            assert!(!cue.trim_end_matches('*').contains('*'), "{}: cue `{cue}`", rule.id);
        }
    }
}

/// Whether two half-open stretches share a day.
fn overlap(a: (Option<NaiveDate>, Option<NaiveDate>), b: (Option<NaiveDate>, Option<NaiveDate>)) -> bool {
    let begins_before =
        |from: Option<NaiveDate>, to: Option<NaiveDate>| from.zip(to).is_none_or(|(from, to)| from < to);
    begins_before(a.0, b.1) && begins_before(b.0, a.1)
}

#[test]
fn offices_of_one_post_do_not_overlap_and_end_after_they_begin() {
    let gazetteer = gazetteer();
    let mut posts: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for person in &gazetteer.entities {
        assert!(
            person.offices.is_empty() || person.class == EntityClass::Person,
            "{}",
            person.id
        );
        for office in &person.offices {
            assert!(
                office.from.zip(office.to).is_none_or(|(from, to)| from < to),
                "{}: {office:?}",
                person.id
            );
            assert!(!office.office.is_empty(), "{}", person.id);
            posts
                .entry((office.entity, &office.office))
                .or_default()
                .push((person, (office.from, office.to)));
        }
    }
    for ((entity, office), holders) in posts {
        for (place, (one, time)) in holders.iter().enumerate() {
            for (other, rival) in &holders[place + 1..] {
                let state = &gazetteer.entity(entity).id;
                assert!(
                    !overlap(*time, *rival),
                    "{office} of {state}: {} and {}",
                    one.id,
                    other.id
                );
            }
        }
    }
}

#[test]
fn groups_events_and_sources_are_whole() {
    let gazetteer = gazetteer();
    for group in &gazetteer.groups {
        assert!(!group.members.is_empty(), "{}", group.id);
        for (place, one) in group.members.iter().enumerate() {
            assert!(
                one.from.zip(one.to).is_none_or(|(from, to)| from < to),
                "{}: {one:?}",
                group.id
            );
            let twice = group.members[place + 1..]
                .iter()
                .any(|other| other.entity == one.entity);
            assert!(!twice, "{}: {} stands twice", group.id, gazetteer.entity(one.entity).id);
        }
    }
    let mut events = BTreeSet::new();
    for event in &gazetteer.events {
        assert!(events.insert(&event.id), "{} stands twice", event.id);
        assert!(
            event.label.len() == 3 && event.label.values().all(|label| has_letter(label)),
            "{}",
            event.id
        );
    }
    let codes: BTreeSet<&str> = gazetteer.entities.iter().map(|entity| entity.iso3.as_str()).collect();
    let mut strings = BTreeSet::new();
    for source in &gazetteer.sources {
        assert!(codes.contains(source.country.as_str()), "{}", source.id);
        assert!(!source.matches.is_empty(), "{}", source.id);
        for string in &source.matches {
            assert!(
                strings.insert(key(string)),
                "{}: `{string}` names another outlet too",
                source.id
            );
        }
    }
}
