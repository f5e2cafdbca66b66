//! TOML values in, typed values with their places out; whatever is not as expected becomes a mistake and is left out.

use std::ops::Range;

use chrono::NaiveDate;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::mistakes::Mistakes;
use crate::gazetteer::nearest::suggestion;
use crate::model::language::Language;

/// A value and the bytes that it stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct At<T> {
    /// The value.
    pub(crate) value: T,
    /// Its bytes.
    pub(crate) span: Range<usize>,
}

/// A table whose keys were checked.
#[derive(Debug)]
pub(crate) struct Fields<'t, 'i> {
    /// The table.
    table: &'t DeTable<'i>,
    /// The bytes that it stands in.
    pub(crate) span: Range<usize>,
    /// What it describes, for messages: `entity`.
    what: &'static str,
}

impl<'t, 'i> Fields<'t, 'i> {
    /// The fields of a table; keys that are not `known` are mistakes.
    pub(crate) fn new(
        table: &'t DeTable<'i>,
        span: Range<usize>,
        what: &'static str,
        known: &[&'static str],
        mistakes: &mut Mistakes<'_>,
    ) -> Self {
        for name in table.keys() {
            let typed: &str = name.get_ref();
            if !known.contains(&typed) {
                let near = suggestion(typed, known.iter().copied());
                mistakes.push(&name.span(), format!("{what} has no `{typed}`{near}"));
            }
        }
        Self { table, span, what }
    }

    /// The value of `key`.
    fn get(&self, key: &str) -> Option<&'t Spanned<DeValue<'i>>> {
        self.table.get(key)
    }

    /// The string under `key`.
    pub(crate) fn string(&self, key: &str, mistakes: &mut Mistakes<'_>) -> Option<At<String>> {
        self.get(key).and_then(|value| string(value, key, mistakes))
    }

    /// The string under `key`, which must be there.
    pub(crate) fn required(&self, key: &str, mistakes: &mut Mistakes<'_>) -> Option<At<String>> {
        if self.get(key).is_none() {
            mistakes.push(&self.span, format!("{} needs `{key}`", self.what));
        }
        self.string(key, mistakes)
    }

    /// The list of strings under `key`; one string is a list of one.
    pub(crate) fn strings(&self, key: &str, mistakes: &mut Mistakes<'_>) -> Vec<At<String>> {
        self.get(key)
            .map_or_else(Vec::new, |value| strings(value, key, mistakes))
    }

    /// The boolean under `key`.
    pub(crate) fn flag(&self, key: &str, mistakes: &mut Mistakes<'_>) -> Option<bool> {
        let value = self.get(key)?;
        let flag = value.get_ref().as_bool();
        if flag.is_none() {
            mistakes.push(
                &value.span(),
                format!("`{key}` should be true or false, not {}", kind(value)),
            );
        }
        flag
    }

    /// The day under `key`.
    pub(crate) fn day(&self, key: &str, mistakes: &mut Mistakes<'_>) -> Option<At<NaiveDate>> {
        let value = self.get(key)?;
        let text = match value.get_ref() {
            DeValue::Datetime(day) if day.time.is_none() => day.to_string(),
            DeValue::String(text) => text.to_string(),
            _ => String::new(),
        };
        let day = text.parse::<NaiveDate>();
        if day.is_err() {
            mistakes.push(&value.span(), format!("`{key}` should be a day such as 2025-12-31"));
        }
        day.ok().map(|day| At {
            value: day,
            span: value.span(),
        })
    }

    /// Whether `key` is there at all.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// The tables in the array under `key`, each with its keys checked.
    pub(crate) fn tables(
        &self,
        key: &str,
        what: &'static str,
        known: &[&'static str],
        mistakes: &mut Mistakes<'_>,
    ) -> Vec<Fields<'t, 'i>> {
        let mut tables = Vec::new();
        for item in self.items(key, mistakes) {
            match item.get_ref().as_table() {
                Some(table) => tables.push(Fields::new(table, item.span(), what, known, mistakes)),
                None => mistakes.push(&item.span(), format!("`{key}` should hold tables, not {}", kind(item))),
            }
        }
        tables
    }

    /// The same, where a string may stand for a table.
    pub(crate) fn tables_or_strings(
        &self,
        key: &str,
        what: &'static str,
        known: &[&'static str],
        mistakes: &mut Mistakes<'_>,
    ) -> Vec<Result<Fields<'t, 'i>, At<String>>> {
        let mut found = Vec::new();
        for item in self.items(key, mistakes) {
            match item.get_ref().as_table() {
                Some(table) => found.push(Ok(Fields::new(table, item.span(), what, known, mistakes))),
                None => found.extend(string(item, key, mistakes).map(Err)),
            }
        }
        found
    }

    /// The items of the array under `key`.
    fn items(&self, key: &str, mistakes: &mut Mistakes<'_>) -> &'t [Spanned<DeValue<'i>>] {
        let Some(value) = self.get(key) else { return &[] };
        let array = value.get_ref().as_array();
        if array.is_none() {
            mistakes.push(&value.span(), format!("`{key}` should be a list, not {}", kind(value)));
        }
        array.map_or(&[], |array| array)
    }

    /// The table under `key` whose keys are languages or `all`, with a list of strings each.
    pub(crate) fn by_language(&self, key: &str, mistakes: &mut Mistakes<'_>) -> Vec<(Option<Language>, At<String>)> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let Some(table) = value.get_ref().as_table() else {
            let message = format!("`{key}` should have a list for each language, as in {{ en = [\"…\"] }}");
            mistakes.push(&value.span(), message);
            return Vec::new();
        };
        let mut found = Vec::new();
        for (name, value) in table {
            let tag: &str = name.get_ref();
            let language = if tag == "all" {
                Ok(None)
            } else {
                tag.parse::<Language>().map(Some)
            };
            match language {
                Ok(language) => {
                    found.extend(strings(value, tag, mistakes).into_iter().map(|text| (language, text)));
                }
                Err(why) => mistakes.push(&name.span(), format!("{why}, or `all`")),
            }
        }
        found.sort_by_key(|(_, text)| text.span.start);
        found
    }

    /// The table under `key` with one string for each of `en`, `fr`, `ar`.
    pub(crate) fn headings(&self, key: &'static str, mistakes: &mut Mistakes<'_>) -> Option<At<Headings>> {
        let value = self.get(key)?;
        let Some(table) = value.get_ref().as_table() else {
            let message = format!("`{key}` should be a table, as in {{ en = \"…\", fr = \"…\", ar = \"…\" }}");
            mistakes.push(&value.span(), message);
            return None;
        };
        let fields = Fields::new(table, value.span(), key, &["en", "fr", "ar"], mistakes);
        let mut heading = |language: &str| fields.string(language, mistakes);
        let headings = Headings {
            en: heading("en"),
            fr: heading("fr"),
            ar: heading("ar"),
        };
        if headings.each().next().is_none() {
            mistakes.push(
                &value.span(),
                format!("`{key}` is empty: give at least one of en, fr, ar"),
            );
            return None;
        }
        Some(At {
            value: headings,
            span: value.span(),
        })
    }
}

/// One string for each language of the report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Headings {
    /// English.
    pub(crate) en: Option<At<String>>,
    /// French.
    pub(crate) fr: Option<At<String>>,
    /// Arabic.
    pub(crate) ar: Option<At<String>>,
}

impl Headings {
    /// Those that were given.
    pub(crate) fn each(&self) -> impl Iterator<Item = (Language, &At<String>)> {
        let all = [
            (Language::EN, &self.en),
            (Language::FR, &self.fr),
            (Language::AR, &self.ar),
        ];
        all.into_iter()
            .filter_map(|(language, text)| text.as_ref().map(|text| (language, text)))
    }
}

/// A string that is not empty.
fn string(value: &Spanned<DeValue<'_>>, key: &str, mistakes: &mut Mistakes<'_>) -> Option<At<String>> {
    match value.get_ref().as_str().map(str::trim) {
        Some("") => mistakes.push(&value.span(), format!("`{key}` is empty")),
        Some(text) => {
            return Some(At {
                value: text.to_owned(),
                span: value.span(),
            });
        }
        None => mistakes.push(
            &value.span(),
            format!("`{key}` should be a string, not {}", kind(value)),
        ),
    }
    None
}

/// A list of strings; one string is a list of one.
fn strings(value: &Spanned<DeValue<'_>>, key: &str, mistakes: &mut Mistakes<'_>) -> Vec<At<String>> {
    match value.get_ref().as_array() {
        Some(array) => array.iter().filter_map(|item| string(item, key, mistakes)).collect(),
        None => string(value, key, mistakes).into_iter().collect(),
    }
}

/// What sort of value it is, for messages.
fn kind(value: &Spanned<DeValue<'_>>) -> String {
    match value.get_ref().type_str() {
        word if word.starts_with(['a', 'e', 'i', 'o', 'u']) => format!("an {word}"),
        word => format!("a {word}"),
    }
}
