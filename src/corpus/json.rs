//! Reads JSON that is held whole: an array of records, an object that holds such an array, or records one after the other.
//!
//! Text in, documents and skips out. [`parse_record`], which reads one object field by field and builds nothing that is not needed, serves
//! JSON Lines, too.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Deserializer;

use super::account::Account;
use super::dating::Dating;
use super::fields::{Key, Names, Record, Role};
use super::surrogates::whole_surrogates;
use crate::model::skip::SkipReason;

/// How deep in an object the array of records is looked for: `{"response": {"docs": […]}}`.
const DEPTH: usize = 4;

/// Fields of an object that stands where a text is expected, best first: `{"rendered": "…"}`, `{"name": "…"}`, `{"$date": "…"}`.
const INNER: [&str; 13] = [
    "rendered",
    "name",
    "title",
    "value",
    "text",
    "#text",
    "_text",
    "$t",
    "full",
    "content",
    "$date",
    "$oid",
    "$numberLong",
];

/// One record from the text of one JSON object, or what is wrong with it.
pub(crate) fn parse_record<'a>(names: &Names, text: &'a str) -> Result<Record<'a>, String> {
    match parse_item(names, text) {
        Ok(Some(record)) => Ok(record),
        Ok(None) => Err("not a JSON object".to_owned()),
        Err(error) => {
            let whole =
                whole_surrogates(text).and_then(|text| parse_item(names, &text).ok().flatten().map(Record::into_owned));
            whole.ok_or_else(|| error.to_string().replace(" at line 1 column ", " at column "))
        }
    }
}

/// The record that a text is; `None` where it is another value.
fn parse_item<'a>(names: &Names, text: &'a str) -> serde_json::Result<Option<Record<'a>>> {
    let mut reader = Deserializer::from_str(text);
    let record = ItemSeed(names).deserialize(&mut reader)?;
    reader.end().map(|()| record)
}

/// Reads a whole JSON text into `account`.
pub(crate) fn read(text: &str, names: &Names, zone: chrono_tz::Tz, account: &mut Account<'_>) {
    let whole = whole_surrogates(text);
    let text = whole.as_deref().unwrap_or(text);
    let (records, error) = records(text, names);
    if records.is_empty() && error.is_none() && !text.trim_start().starts_with('[') {
        account.skip_file(
            SkipReason::NoText,
            "a JSON object that is no article and holds no array of articles",
        );
        return;
    }
    let dates = || {
        records
            .iter()
            .flatten()
            .map(|record| record.get(Role::Date).to_owned())
            .collect()
    };
    let dating = Dating::new(zone, &dates);
    for record in &records {
        let place = account.next_record();
        match record {
            Some(record) => {
                let made = record.clone().into_document(&account.file, place, &dating);
                account.record(made, place, None);
            }
            None => account.skip(Some(place), None, SkipReason::Malformed, "not a JSON object".to_owned()),
        }
    }
    if let Some(error) = error {
        let place = account.next_record();
        account.broken_at(place, u64::try_from(error.line()).ok(), error.to_string());
    }
    account.remark(dating.note());
}

/// The records of a text, `None` for a value that is no object, and the error that ended them.
fn records<'a>(text: &'a str, names: &Names) -> (Vec<Option<Record<'a>>>, Option<serde_json::Error>) {
    let mut found = Vec::new();
    let mut reader = Deserializer::from_str(text);
    let outcome = if text.trim_start().starts_with('[') {
        reader
            .deserialize_seq(Items {
                names,
                into: &mut found,
            })
            .and_then(|()| reader.end())
    } else {
        loop {
            if reader.end().is_ok() {
                break Ok(());
            }
            match ItemSeed(names).deserialize(&mut reader) {
                Ok(record) => found.push(record),
                Err(error) => break Err(error),
            }
        }
    };
    if let ([Some(only)], Ok(())) = (found.as_slice(), &outcome)
        && !only.is_article()
        && !text.trim_start().starts_with('[')
    {
        let wrapped = Wrapped { names, depth: DEPTH }.deserialize(&mut Deserializer::from_str(text));
        return (wrapped.unwrap_or_default(), None);
    }
    (found, outcome.err())
}

/// Reads any value: a record where it is an object, else nothing.
struct ItemSeed<'n>(&'n Names);

impl<'de> DeserializeSeed<'de> for ItemSeed<'_> {
    type Value = Option<Record<'de>>;

    fn deserialize<D: serde::Deserializer<'de>>(self, reader: D) -> Result<Self::Value, D::Error> {
        reader.deserialize_any(self)
    }
}

/// Visits that all mean "this is no such thing", which is no error.
macro_rules! nothing {
    ($value:expr, $($visit:ident: $type:ty),+) => {
        $(fn $visit<E>(self, _: $type) -> Result<Self::Value, E> { Ok($value) })+
        fn visit_unit<E>(self) -> Result<Self::Value, E> { Ok($value) }
    };
}

impl<'de> Visitor<'de> for ItemSeed<'_> {
    type Value = Option<Record<'de>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON object")
    }

    nothing!(None, visit_bool: bool, visit_i64: i64, visit_u64: u64, visit_f64: f64, visit_str: &str);

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(None)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut record = Record::default();
        while let Some(key) = map.next_key_seed(KeySeed(self.0))? {
            match key {
                Some(key) if key.role == Role::Nested => {
                    if let Some(inner) = map.next_value_seed(ItemSeed(self.0))? {
                        record.merge(inner);
                    }
                }
                Some(key) if record.wants(key) => {
                    if let Some(text) = map.next_value_seed(TextSeed {
                        join: key.role == Role::Text,
                    })? {
                        record.offer(key, text);
                    }
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(Some(record))
    }
}

/// Reads the name of a field.
struct KeySeed<'n>(&'n Names);

impl<'de> DeserializeSeed<'de> for KeySeed<'_> {
    type Value = Option<Key>;

    fn deserialize<D: serde::Deserializer<'de>>(self, reader: D) -> Result<Self::Value, D::Error> {
        reader.deserialize_str(self)
    }
}

impl Visitor<'_> for KeySeed<'_> {
    type Value = Option<Key>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a field")
    }

    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        Ok(self.0.key(name))
    }
}

/// Reads a value as text: strings and numbers as they stand, a list by its members, an object by its most telling field.
struct TextSeed {
    /// Whether the members of a list are paragraphs to be joined; else the first one is taken.
    join: bool,
}

impl<'de> DeserializeSeed<'de> for TextSeed {
    type Value = Option<Cow<'de, str>>;

    fn deserialize<D: serde::Deserializer<'de>>(self, reader: D) -> Result<Self::Value, D::Error> {
        reader.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for TextSeed {
    type Value = Option<Cow<'de, str>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    nothing!(None, visit_bool: bool);

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Some(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Some(Cow::Owned(text.to_owned())))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Some(Cow::Owned(number.to_string())))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Some(Cow::Owned(number.to_string())))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Self::Value, E> {
        Ok(Some(Cow::Owned(number.to_string())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut whole: Option<Cow<'de, str>> = None;
        while let Some(next) = seq.next_element_seed(TextSeed { join: self.join })? {
            let Some(next) = next.filter(|next| !next.trim().is_empty()) else {
                continue;
            };
            match &mut whole {
                None => whole = Some(next),
                Some(before) if self.join => {
                    let before = before.to_mut();
                    before.push('\n');
                    before.push_str(&next);
                }
                Some(_) => {}
            }
        }
        Ok(whole)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut best: Option<(usize, Cow<'de, str>)> = None;
        while let Some(name) = map.next_key::<Cow<'de, str>>()? {
            let Some(rank) = INNER.iter().position(|inner| *inner == name) else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            let text = map.next_value_seed(TextSeed { join: self.join })?;
            if let Some(text) = text.filter(|text| !text.trim().is_empty())
                && best.as_ref().is_none_or(|(other, _)| rank < *other)
            {
                best = Some((rank, text));
            }
        }
        Ok(best.map(|(_, text)| text))
    }
}

/// Reads the members of an array one after the other; those before an error stay.
struct Items<'n, 'o, 'de> {
    /// The names that are known.
    names: &'n Names,
    /// Where they go.
    into: &'o mut Vec<Option<Record<'de>>>,
}

impl<'de> Visitor<'de> for Items<'_, '_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array of records")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while let Some(record) = seq.next_element_seed(ItemSeed(self.names))? {
            self.into.push(record);
        }
        Ok(())
    }
}

/// Finds the array with most articles anywhere in an object.
#[derive(Clone, Copy)]
struct Wrapped<'n> {
    /// The names that are known.
    names: &'n Names,
    /// How much deeper to look.
    depth: usize,
}

impl<'de> DeserializeSeed<'de> for Wrapped<'_> {
    type Value = Vec<Option<Record<'de>>>;

    fn deserialize<D: serde::Deserializer<'de>>(self, reader: D) -> Result<Self::Value, D::Error> {
        reader.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Wrapped<'_> {
    type Value = Vec<Option<Record<'de>>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object that holds an array of records")
    }

    nothing!(Vec::new(), visit_bool: bool, visit_i64: i64, visit_u64: u64, visit_f64: f64, visit_str: &str);

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Self::Value, A::Error> {
        let mut found = Vec::new();
        Items {
            names: self.names,
            into: &mut found,
        }
        .visit_seq(seq)?;
        Ok(if articles(&found) > 0 { found } else { Vec::new() })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut best = Vec::new();
        while map.next_key::<IgnoredAny>()?.is_some() {
            if self.depth == 0 {
                map.next_value::<IgnoredAny>()?;
                continue;
            }
            let found = map.next_value_seed(Wrapped {
                depth: self.depth - 1,
                ..self
            })?;
            if articles(&found) > articles(&best) {
                best = found;
            }
        }
        Ok(best)
    }
}

/// How many of the records are articles.
fn articles(records: &[Option<Record<'_>>]) -> usize {
    records.iter().flatten().filter(|record| record.is_article()).count()
}

#[cfg(test)]
#[path = "json_tests.rs"]
mod tests;
