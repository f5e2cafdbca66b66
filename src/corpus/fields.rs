//! Which field of a record is what. Names and values in, a record of our seven fields out, and from it a document.
//!
//! `data/fields.txt` is the one place where names of columns, JSON fields and front-matter keys are written. Names are compared without case,
//! accents, blanks and punctuation, so `Published_At`, `published at` and `publishedAt` are one. Where a record has several names of one
//! field, the one that stands first in the table wins. The user's own `[fields]` win over the table.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, LazyLock};

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::dating::{Clues, Dating};
use super::html;
use super::tongue::read_language;
use crate::model::document::Document;
use crate::model::skip::SkipReason;

/// A field of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// The record's own name.
    Id,
    /// The headline.
    Title,
    /// The article.
    Text,
    /// The day of publication.
    Date,
    /// The outlet.
    Source,
    /// The language.
    Language,
    /// The address.
    Url,
    /// An object whose own fields are those of the record.
    Nested,
}

impl Role {
    /// The role by its name in the table; a summary is a text that stands last.
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "id" => Self::Id,
            "title" => Self::Title,
            "text" | "summary" => Self::Text,
            "date" => Self::Date,
            "source" => Self::Source,
            "language" => Self::Language,
            "url" => Self::Url,
            _ => return None,
        })
    }
}

/// How many roles carry a value.
const ROLES: usize = Role::Nested as usize;

/// The names of each field, best first.
static TABLE: LazyLock<HashMap<String, Key>> = LazyLock::new(|| {
    let mut table = HashMap::new();
    for (role, name) in names_in(include_str!("data/fields.txt")) {
        let rank = u16::try_from(table.len() + 1).unwrap_or(u16::MAX);
        table.entry(fold(name)).or_insert(Key { role, rank });
    }
    table
});

/// The lines of the table: a role and one of its names each.
fn names_in(table: &str) -> impl Iterator<Item = (Role, &str)> {
    let lines = table
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once(':'));
    lines.flat_map(|(role, names)| {
        Role::named(role)
            .into_iter()
            .flat_map(move |role| names.split('|').map(move |name| (role, name.trim())))
    })
}

/// Objects whose own fields are those of the record, by their exact names: search engines and press services wrap articles so.
const NESTED: [&str; 2] = ["_source", "fields"];

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Key {
    /// The field.
    pub(crate) role: Role,
    /// 0 where the user said so, else the place in the table: lower wins.
    rank: u16,
}

/// The names of fields that are known in this corpus.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    /// The user's names, folded.
    own: HashMap<String, Key>,
    /// Whether only dates are asked for.
    only_dates: bool,
    /// Names as met, so that each is folded once.
    met: RefCell<HashMap<String, Option<Key>>>,
}

impl Names {
    /// The table of names, with the user's own (name, our field) on top.
    pub(crate) fn new(own: &BTreeMap<String, String>) -> Self {
        let ours = |field: &String| TABLE.get(&fold(field)).map(|key| Key { rank: 0, ..*key });
        let own = own
            .iter()
            .filter_map(|(name, field)| Some((fold(name), ours(field)?)))
            .collect();
        Self { own, ..Self::default() }
    }

    /// The same names, but for dates only.
    pub(crate) fn only_dates(&self) -> Self {
        Self {
            own: self.own.clone(),
            only_dates: true,
            met: RefCell::default(),
        }
    }

    /// What `name` stands for.
    pub(crate) fn key(&self, name: &str) -> Option<Key> {
        if let Some(known) = self.met.borrow().get(name) {
            return *known;
        }
        let folded = fold(name);
        let nested = NESTED.contains(&name).then_some(Key {
            role: Role::Nested,
            rank: u16::MAX,
        });
        let key = nested.or_else(|| self.own.get(&folded).or_else(|| TABLE.get(&folded)).copied());
        let key = key.filter(|key| !self.only_dates || matches!(key.role, Role::Date | Role::Nested));
        let mut met = self.met.borrow_mut();
        // Records with generated names (`item-1`, `item-2` …) must not fill the memory.
        if met.len() < 4096 {
            met.insert(name.to_owned(), key);
        }
        key
    }
}

/// A name without case, accents, blanks and punctuation.
fn fold(name: &str) -> String {
    name.nfkd()
        .filter(|c| c.is_alphanumeric() && !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .collect()
}

/// The values of one record that we know.
#[derive(Clone, Debug, Default)]
pub(crate) struct Record<'a> {
    /// One value a role, with the rank of its name.
    slots: [Option<(u16, Cow<'a, str>)>; ROLES],
}

impl<'a> Record<'a> {
    /// Whether a value under `key` could still be of use.
    pub(crate) fn wants(&self, key: Key) -> bool {
        key.role != Role::Nested
            && self.slots[key.role as usize]
                .as_ref()
                .is_none_or(|(rank, _)| key.rank < *rank)
    }

    /// Takes a value, if it is not blank and no better one is there. What the user mapped counts even when it is blank.
    pub(crate) fn offer(&mut self, key: Key, value: Cow<'a, str>) {
        if self.wants(key) && (key.rank == 0 || !value.trim().is_empty()) {
            self.slots[key.role as usize] = Some((key.rank, value));
        }
    }

    /// Takes over what `other` has and this lacks.
    pub(crate) fn merge(&mut self, other: Self) {
        for (slot, value) in self.slots.iter_mut().zip(other.slots) {
            if slot
                .as_ref()
                .is_none_or(|(rank, _)| value.as_ref().is_some_and(|(better, _)| better < rank))
            {
                *slot = value.or(slot.take());
            }
        }
    }

    /// The value of a role; empty where there is none.
    pub(crate) fn get(&self, role: Role) -> &str {
        self.slots[role as usize].as_ref().map_or("", |(_, value)| value)
    }

    /// Whether it has a title or a text.
    pub(crate) fn is_article(&self) -> bool {
        [Role::Title, Role::Text]
            .iter()
            .any(|role| !self.get(*role).trim().is_empty())
    }

    /// The same record without borrowed values.
    pub(crate) fn into_owned(self) -> Record<'static> {
        let own = |(rank, value): (u16, Cow<'a, str>)| (rank, Cow::Owned(value.into_owned()));
        Record {
            slots: self.slots.map(|slot| slot.map(own)),
        }
    }

    /// Takes a value out.
    fn take(&mut self, role: Role) -> String {
        self.slots[role as usize]
            .take()
            .map_or_else(String::new, |(_, value)| value.into_owned())
    }

    /// Takes a short value out, without the white space around it.
    fn take_word(&mut self, role: Role) -> String {
        self.get(role).trim().to_owned()
    }

    /// The document that the record tells of. Title and text stay byte for byte, unless they hold markup.
    ///
    /// A record without title and text is a skip.
    pub(crate) fn into_document(
        mut self,
        file: &Arc<str>,
        record: u32,
        dating: &Dating<'_>,
    ) -> Result<Document, (SkipReason, String)> {
        if !self.is_article() {
            return Err((
                SkipReason::NoText,
                "the record has neither a title nor a text by any known name".to_owned(),
            ));
        }
        let mut document = Document {
            file: file.clone(),
            record,
            own_id: Some(self.take_word(Role::Id)).filter(|id| !id.is_empty()),
            source: self.take_word(Role::Source),
            language: read_language(self.get(Role::Language)),
            url: self.take_word(Role::Url),
            title: plain(self.take(Role::Title), html::inline_text),
            body: plain(self.take(Role::Text), html::fragment_text),
            ..Document::default()
        };
        dating.date(
            &mut document,
            &Clues {
                field: self.get(Role::Date),
                ..Clues::default()
            },
        );
        Ok(document)
    }
}

/// A value as it stands, or without its markup where it has some.
fn plain(value: String, reduce: fn(&str) -> String) -> String {
    if html::is_markup(&value) { reduce(&value) } else { value }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> Names {
        Names::new(&BTreeMap::new())
    }

    fn role(name: &str) -> Option<Role> {
        names().key(name).map(|key| key.role)
    }

    #[test]
    fn names_are_known_in_three_languages_whatever_their_spelling() {
        for (name, ours) in [
            ("Publication date", Role::Date),
            ("pubDate", Role::Date),
            ("publishedAt", Role::Date),
            ("DATE DE PUBLICATION", Role::Date),
            ("التاريخ", Role::Date),
            ("Média", Role::Source),
            ("site_name", Role::Source),
            ("Full text", Role::Text),
            ("النص", Role::Text),
            ("résumé", Role::Text),
            ("\u{feff}Titre", Role::Title),
            ("lang", Role::Language),
            ("الرابط", Role::Url),
            ("guid", Role::Id),
        ] {
            assert_eq!(role(name), Some(ours), "{name}");
        }
        assert_eq!(role("author"), None);
        assert_eq!(role(""), None);
    }

    #[test]
    fn no_name_stands_for_two_fields() {
        let mut seen = BTreeMap::new();
        for (role, name) in names_in(include_str!("data/fields.txt")) {
            assert!(
                !name.is_empty() && seen.insert(fold(name), role).is_none(),
                "{name} stands twice"
            );
        }
        assert!(seen.len() > 120);
        assert_eq!(
            include_str!("data/fields.txt")
                .lines()
                .filter(|line| !line.is_empty() && !line.starts_with('#'))
                .filter(|line| Role::named(line.split(':').next().unwrap()).is_none())
                .count(),
            0
        );
    }

    #[test]
    fn the_better_name_wins_in_any_order_and_a_summary_only_stands_in() {
        let names = names();
        for order in [["description", "body", "text"], ["text", "body", "description"]] {
            let mut record = Record::default();
            for name in order {
                record.offer(names.key(name).unwrap(), name.into());
            }
            assert_eq!(record.get(Role::Text), "text");
        }
        let mut record = Record::default();
        record.offer(names.key("text").unwrap(), "  ".into());
        record.offer(names.key("summary").unwrap(), "short".into());
        assert_eq!(record.get(Role::Text), "short");
    }

    #[test]
    fn the_users_names_win_even_when_blank() {
        let own = BTreeMap::from([("Parution le".to_owned(), "date".to_owned())]);
        let names = Names::new(&own);
        let mut record = Record::default();
        record.offer(names.key("date").unwrap(), "2020-01-01".into());
        record.offer(names.key("parution le").unwrap(), "".into());
        record.offer(names.key("pubDate").unwrap(), "2020-01-01".into());
        assert_eq!(record.get(Role::Date), "");
    }

    #[test]
    fn nested_fields_fill_gaps() {
        let names = names();
        let mut outer = Record::default();
        outer.offer(names.key("web_title").unwrap(), "outer".into());
        let mut inner = Record::default();
        inner.offer(names.key("headline").unwrap(), "better".into());
        inner.offer(names.key("body").unwrap(), "text".into());
        outer.merge(inner);
        assert_eq!((outer.get(Role::Title), outer.get(Role::Text)), ("better", "text"));
    }
}
