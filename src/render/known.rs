//! Whom marsad knows, as the command `entities` prints it. In: a gazetteer and entities of it. Out: text with ANSI styles.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use anstyle::{AnsiColor, Effects, Style};

use crate::model::entity::{EntityIndex, Form, Gazetteer, Policy};
use crate::model::mention::Kind;

/// Headings.
const BOLD: Style = Style::new().effects(Effects::BOLD);
/// What is of less weight.
const DIM: Style = Style::new().effects(Effects::DIMMED);
/// A form that does not count by itself.
const UNSURE: Style = AnsiColor::Yellow.on_default();

/// A line for each entity.
#[must_use]
pub fn list(gazetteer: &Gazetteer, entities: &[EntityIndex]) -> String {
    let mut out = format!("{BOLD}{:<34}{:<14}{:<6}name{BOLD:#}\n", "id", "type", "code");
    for &index in entities {
        let entity = gazetteer.entity(index);
        let names = &entity.names;
        let _ = writeln!(
            out,
            "{:<34}{:<14}{:<6}{} · {} · {}",
            entity.id,
            entity.class.as_str(),
            entity.iso3,
            names.en,
            names.fr,
            names.ar
        );
    }
    out
}

/// One entity: its names, its offices, every surface form by language and kind, what decides the ambiguous ones, what hides them.
#[must_use]
pub fn one(gazetteer: &Gazetteer, index: EntityIndex) -> String {
    let mut out = list(gazetteer, &[index]);
    let entity = gazetteer.entity(index);
    for office in &entity.offices {
        let day =
            |day: Option<chrono::NaiveDate>, open: &str| day.map_or_else(|| open.to_owned(), |day| day.to_string());
        let state = &gazetteer.entity(office.entity).id;
        let _ = writeln!(
            out,
            "{} of {state}, {} to {}",
            office.office,
            day(office.from, "?"),
            day(office.to, "now")
        );
    }
    let mut forms: BTreeMap<(&str, Kind), Vec<&Form>> = BTreeMap::new();
    for form in gazetteer.forms.iter().filter(|form| form.entity == index) {
        let language = form.language.as_ref().map_or("any", |language| language.as_str());
        forms.entry((language, form.kind)).or_default().push(form);
    }
    for ((language, kind), forms) in forms {
        let _ = writeln!(out, "\n{BOLD}{language} {}{BOLD:#}", kind.as_str());
        for form in forms {
            let _ = writeln!(out, "  {}{}", form.text, remark(gazetteer, form));
        }
    }
    out
}

/// What has to be known of a form that does not simply count.
fn remark(gazetteer: &Gazetteer, form: &Form) -> String {
    let same_rule = |entity: Option<EntityIndex>| entity.is_none_or(|entity| entity == form.entity);
    let rules: Vec<&str> = gazetteer
        .rules
        .iter()
        .filter(|rule| same_rule(rule.entity) && rule.forms.contains(&form.text))
        .filter(|rule| rule.language.is_none() || form.language.is_none() || rule.language == form.language)
        .map(|rule| rule.id.as_str())
        .collect();
    let masks = gazetteer
        .masks
        .iter()
        .filter(|mask| mask.text != form.text && mask.text.contains(&form.text))
        .count();
    let mut out = String::new();
    match form.policy {
        Policy::Count => {}
        Policy::Context => out.push_str("only in context"),
        Policy::Never => out.push_str("never"),
    }
    for (there, what) in [
        (!rules.is_empty(), format!("decided by {}", rules.join(", "))),
        (masks > 0, format!("hidden in {masks} longer expressions")),
        (!form.note.is_empty(), form.note.clone()),
    ] {
        if there {
            out.push_str(if out.is_empty() { "" } else { "; " });
            out.push_str(&what);
        }
    }
    if out.is_empty() {
        return out;
    }
    let style = if form.policy == Policy::Count { DIM } else { UNSURE };
    format!("  {style}{out}{style:#}")
}
