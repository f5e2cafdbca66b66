//! What an author of a watchlist should know before the first run: watchlists in, findings with their lines out. It opens the files that are named.
//!
//! Mistakes that keep a watchlist from being used are errors of [`load_gazetteer`]. Here is what can be used and may still surprise:
//! forms that name somebody else too, forms that masks hide, forms that common words may match, missing languages, overlapping offices, a list that is
//! older than the corpus.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

use chrono::NaiveDate;

use super::load_gazetteer;
use super::spelling::key;
use crate::error::Error;
use crate::model::entity::{Case, EntityClass, Form, Gazetteer, Office, Policy};
use crate::model::language::Language;
use crate::settings::GazetteerSettings;

/// Languages that an entity should have a form in.
const LANGUAGES: [Language; 3] = [Language::EN, Language::FR, Language::AR];

/// Forms up to this length that match in any case are easily common words.
const SHORT: usize = 3;

/// One thing to look at.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The watchlist.
    pub file: String,
    /// The one-based line; 0 where it is about the list as a whole.
    pub line: usize,
    /// What there is to know.
    pub message: String,
}

/// Looks at what `watchlists` add to the built-in names. `newest` is the last day of the corpus, where it is known.
///
/// # Errors
///
/// [`Error::Settings`] with every mistake that keeps a watchlist from being used.
pub fn check(watchlists: &[String], newest: Option<NaiveDate>) -> Result<Vec<Finding>, Error> {
    let load = |lists: &[String]| {
        load_gazetteer(&GazetteerSettings {
            watchlists: lists.to_vec(),
            entities: Vec::new(),
        })
    };
    let before = load(&[])?;
    let mut findings = Vec::new();
    for list in watchlists {
        let with = load(std::slice::from_ref(list))?;
        let text = if Path::new(list).is_file() {
            std::fs::read_to_string(list).unwrap_or_default()
        } else {
            String::new()
        };
        let mut look = Look {
            file: list,
            text: &text,
            before: &before,
            with: &with,
            findings: &mut findings,
        };
        look.forms();
        look.languages();
        look.offices();
        look.age(newest);
    }
    findings.sort();
    findings.dedup();
    Ok(findings)
}

/// One watchlist that is looked at.
struct Look<'a> {
    /// Its name.
    file: &'a str,
    /// Its text; empty for a built-in one.
    text: &'a str,
    /// The built-in names.
    before: &'a Gazetteer,
    /// The same with the list merged in.
    with: &'a Gazetteer,
    /// What was found.
    findings: &'a mut Vec<Finding>,
}

impl Look<'_> {
    /// Notes a finding at the line that has `quoted` between quotation marks.
    fn note(&mut self, quoted: &str, message: String) {
        let wanted = [format!("\"{quoted}\""), format!("'{quoted}'")];
        let line = self
            .text
            .lines()
            .position(|line| wanted.iter().any(|wanted| line.contains(wanted.as_str())));
        self.findings.push(Finding {
            file: self.file.to_owned(),
            line: line.map_or(0, |line| line + 1),
            message,
        });
    }

    /// The forms that the list adds.
    fn added(&self) -> Vec<&Form> {
        let id = |gazetteer: &Gazetteer, form: &Form| gazetteer.entity(form.entity).id.clone();
        let known: BTreeSet<(String, Option<Language>, &str)> = self
            .before
            .forms
            .iter()
            .map(|form| (id(self.before, form), form.language, form.text.as_str()))
            .collect();
        let fresh = |form: &&Form| !known.contains(&(id(self.with, form), form.language, form.text.as_str()));
        self.with.forms.iter().filter(fresh).collect()
    }

    /// Forms that name somebody else too, that a mask hides, or that a common word may match.
    fn forms(&mut self) {
        let mut owners: HashMap<String, Vec<&Form>> = HashMap::new();
        for form in &self.with.forms {
            owners.entry(key(&form.text)).or_default().push(form);
        }
        let masks: HashMap<String, &str> = self
            .with
            .masks
            .iter()
            .map(|mask| (key(&mask.text), mask.text.as_str()))
            .collect();
        let mut notes = Vec::new();
        for form in self.added() {
            let decided = self
                .with
                .rules
                .iter()
                .any(|rule| rule.entity == Some(form.entity) && rule.forms.contains(&form.text));
            let folded = key(&form.text);
            let others: BTreeSet<&str> = owners[&folded]
                .iter()
                .filter(|other| {
                    other.entity != form.entity && meet(other.language, form.language) && other.policy != Policy::Never
                })
                .map(|other| self.with.entity(other.entity).id.as_str())
                .collect();
            let own = &self.with.entity(form.entity).id;
            if !others.is_empty() && !decided {
                let others = others.into_iter().collect::<Vec<_>>().join("`, `");
                notes.push((
                    form.text.clone(),
                    format!(
                        "`{}` of `{own}` names `{others}` too: both would count; say which with `requires`",
                        form.text
                    ),
                ));
            }
            if let Some(mask) = masks.get(&folded) {
                notes.push((
                    form.text.clone(),
                    format!(
                        "`{}` of `{own}` is hidden by the mask `{mask}` and never counts",
                        form.text
                    ),
                ));
            }
            let letters = form.text.chars().filter(|c| c.is_alphabetic()).count();
            if letters <= SHORT && form.case == Case::Ignore && !decided && folded.is_ascii() {
                notes.push((
                    form.text.clone(),
                    format!("`{}` of `{own}` is short and matches in any case: name it under `case_sensitive`, or give it `requires`", form.text),
                ));
            }
        }
        for (quoted, message) in notes {
            self.note(&quoted, message);
        }
    }

    /// Entities that the list adds or adds forms to, with no form in a language that others have.
    fn languages(&mut self) {
        let touched: BTreeSet<_> = self.added().iter().map(|form| form.entity).collect();
        let mut notes = Vec::new();
        for index in touched {
            let has = |language| {
                self.with
                    .forms
                    .iter()
                    .any(|form| form.entity == index && (form.language == Some(language) || form.language.is_none()))
            };
            let missing: Vec<&str> = LANGUAGES
                .iter()
                .filter(|language| !has(**language))
                .map(super::super::model::language::Language::as_str)
                .collect();
            if !missing.is_empty() {
                let id = self.with.entity(index).id.clone();
                notes.push((
                    id.clone(),
                    format!(
                        "`{id}` has no form in {}: texts in it are not counted",
                        missing.join(", ")
                    ),
                ));
            }
        }
        for (quoted, message) in notes {
            self.note(&quoted, message);
        }
    }

    /// Offices of one state that two persons hold at once.
    fn offices(&mut self) {
        let mut held: BTreeMap<(u32, &str), Vec<(&str, &Office)>> = BTreeMap::new();
        for entity in self
            .with
            .entities
            .iter()
            .filter(|entity| entity.class == EntityClass::Person)
        {
            for office in &entity.offices {
                held.entry((office.entity.0, office.office.trim_start_matches("transitional ")))
                    .or_default()
                    .push((&entity.id, office));
            }
        }
        let known = |id: &str, office: &Office| {
            self.before.find(id).is_some_and(|index| {
                let same =
                    |other: &Office| (&other.office, other.from, other.to) == (&office.office, office.from, office.to);
                self.before.entity(index).offices.iter().any(same)
            })
        };
        let mut notes = Vec::new();
        for ((_, name), holders) in &held {
            for (place, (id, office)) in holders.iter().enumerate() {
                for (other, second) in &holders[place + 1..] {
                    let overlap =
                        other != id && begins_before(office.from, second.to) && begins_before(second.from, office.to);
                    if overlap && !(known(id, office) && known(other, second)) {
                        let state = &self.with.entity(office.entity).id;
                        notes.push((
                            (*other).to_owned(),
                            format!("`{id}` and `{other}` are {name} of `{state}` at once"),
                        ));
                    }
                }
            }
        }
        for (quoted, message) in notes {
            self.note(&quoted, message);
        }
    }

    /// A list that was checked before the corpus ends, or at no day that it tells.
    fn age(&mut self, newest: Option<NaiveDate>) {
        let as_of = self.with.as_of;
        let message = match (as_of, newest) {
            (None, _) => "says no `as_of`: nobody will know when its offices and names were checked".to_owned(),
            (Some(as_of), Some(newest)) if as_of < newest => {
                format!("was checked up to {as_of}, and the corpus ends on {newest}: offices may have changed hands")
            }
            _ => return,
        };
        self.findings.push(Finding {
            file: self.file.to_owned(),
            line: 0,
            message,
        });
    }
}

/// Whether texts of one language may hold both forms.
fn meet(a: Option<Language>, b: Option<Language>) -> bool {
    a.is_none() || b.is_none() || a == b
}

/// Whether something from `from` on begins before `to`; open ends reach everywhere.
fn begins_before(from: Option<NaiveDate>, to: Option<NaiveDate>) -> bool {
    from.zip(to).is_none_or(|(from, to)| from < to)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Messages for a watchlist of this text, with their lines.
    fn messages(text: &str, newest: Option<&str>) -> Vec<(usize, String)> {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("list.toml");
        std::fs::write(&path, text).unwrap();
        let newest = newest.map(|day| day.parse().unwrap());
        let found = check(&[path.to_string_lossy().into_owned()], newest).unwrap();
        found
            .into_iter()
            .map(|finding| (finding.line, finding.message))
            .collect()
    }

    #[test]
    fn collisions_missing_languages_and_age_are_told_with_their_lines() {
        let text = "as_of = 2024-01-01\n\n[[entity]]\nid = \"our-party\"\ntype = \"organisation\"\nnames = { en = \"Our Party\" }\n\
                    forms = { en = [\"Our Party\", \"Mali\"] }\n";
        let found = messages(text, Some("2024-06-01"));
        assert!(
            found
                .iter()
                .any(|(line, told)| *line == 7 && told.contains("`Mali` of `our-party` names `mali` too")),
            "{found:?}"
        );
        assert!(
            found
                .iter()
                .any(|(line, told)| *line == 4 && told.contains("no form in fr, ar")),
            "{found:?}"
        );
        assert!(
            found
                .iter()
                .any(|(line, told)| *line == 0 && told.contains("2024-01-01, and the corpus ends on 2024-06-01")),
            "{found:?}"
        );
    }

    #[test]
    fn two_holders_of_one_office_are_told() {
        let text = "as_of = 2030-01-01\n\n[[entity]]\nid = \"someone\"\ntype = \"person\"\nnames = { en = \"Some One\", fr = \"Some One\", ar = \"سم ون\" }\n\
                    roles = [{ entity = \"mali\", office = \"head of state\", from = 2022-01-01, to = 2022-02-01 }]\n";
        let found = messages(text, None);
        assert!(
            found
                .iter()
                .any(|(_, told)| told.contains("are head of state of `mali` at once")),
            "{found:?}"
        );
    }

    #[test]
    fn the_built_in_lists_have_nothing_to_tell_but_their_age() {
        let found = check(&["world".to_owned(), "sahel".to_owned()], None).unwrap();
        assert_eq!(found, []);
    }
}
