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

/// A text with U+FFFD for each escaped half of a surrogate pair, as programs leave them when they cut a string; `None` where it has none.
fn whole_surrogates(text: &str) -> Option<String> {
    let unit = |at: usize| {
        let digits = text.get(at..at + 6)?.strip_prefix("\\u")?;
        u16::from_str_radix(digits, 16).ok()
    };
    let mut whole = String::new();
    let (mut at, mut from) = (0, 0);
    while let Some(found) = text[at..].find('\\') {
        at += found;
        match unit(at) {
            Some(0xd800..0xdc00) if unit(at + 6).is_some_and(|next| (0xdc00..0xe000).contains(&next)) => at += 12,
            Some(0xd800..0xe000) => {
                whole.push_str(&text[from..at]);
                whole.push_str("\\ufffd");
                at += 6;
                from = at;
            }
            // Whatever follows a backslash is no backslash of its own.
            _ => at = text.ceil_char_boundary(at + 2),
        }
    }
    (from > 0).then(|| whole + &text[from..])
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
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::model::document::Document;
    use crate::model::input::{Input, InputStatus};
    use crate::model::skip::Skip;

    fn names() -> Names {
        Names::new(&BTreeMap::new())
    }

    fn run(text: &str) -> (Input, Vec<Result<Document, Skip>>) {
        let mut out = Vec::new();
        let mut emit = |it| out.push(it);
        let mut account = Account::new(&"a.json".into(), 0, &mut emit);
        read(text, &names(), chrono_tz::UTC, &mut account);
        let input = account.close();
        (input, out)
    }

    fn titles(text: &str) -> Vec<String> {
        run(text)
            .1
            .into_iter()
            .filter_map(|it| it.ok().map(|document| document.title))
            .collect()
    }

    #[test]
    fn arrays_wrappers_and_rows_of_objects_are_read() {
        for text in [
            r#"[{"title":"a"},{"title":"b"}]"#,
            r#"{"status":"ok","articles":[{"title":"a"},{"title":"b"}]}"#,
            r#"{"response":{"meta":{"hits":2},"tags":[{"x":1}],"docs":[{"title":"a"},{"title":"b"}]}}"#,
            r#"{"hits":{"hits":[{"_id":"1","_source":{"title":"a"}},{"_source":{"title":"b"}}]}}"#,
            "{\n \"title\": \"a\"\n}\n{\n \"title\": \"b\"\n}\n",
        ] {
            assert_eq!(titles(text), ["a", "b"], "{text}");
        }
        assert_eq!(titles(r#"{"title":"one article"}"#), ["one article"]);
    }

    #[test]
    fn a_half_of_a_surrogate_pair_costs_one_character() {
        assert_eq!(whole_surrogates(r#"{"t":"\ud83d\ude00 é \\ud83d"}"#), None);
        assert_eq!(
            whole_surrogates(r"a\ud83d b\ude00\ud83dé\").as_deref(),
            Some(r"a\ufffd b\ufffd\ufffdé\")
        );
        let record = parse_record(&names(), r#"{"title":"cut \ud83d","text":"x"}"#).unwrap();
        assert_eq!(record.get(Role::Title), "cut \u{fffd}");
        assert_eq!(
            titles(r#"[{"title":"cut \udc00"}]"#).len(),
            0,
            "one character in five is more than 1 %"
        );
        assert_eq!(
            titles(&format!(r#"[{{"title":"\udc00{}"}}]"#, "a".repeat(200))).len(),
            1
        );
    }

    #[test]
    fn dates_of_database_exports_are_read() {
        for date in [
            r#"{"$date":"2024-05-19T10:00:00Z"}"#,
            r#"{"$date":{"$numberLong":"1716112800000"}}"#,
        ] {
            let (_, out) = run(&format!(r#"[{{"title":"a","date":{date}}}]"#));
            assert_eq!(
                out[0].as_ref().unwrap().date.unwrap().to_string(),
                "2024-05-19",
                "{date}"
            );
        }
    }

    #[test]
    fn text_stays_byte_for_byte_and_values_take_many_forms() {
        let (_, out) = run(
            r#"[{"id":7,"title":{"rendered":" T "},"text":" a\u00e9\n b ","source":{"id":"x","name":"Le Fil"},"date":1438905600,"lang":"fr"},
                {"headline":"h","body":["one","","two"],"media":["A","B"],"ok":true,"x":{"y":[1]},"url":null}]"#,
        );
        let first = out[0].as_ref().unwrap();
        assert_eq!(
            (first.title.as_str(), first.body.as_str(), first.source.as_str()),
            (" T ", " aé\n b ", "Le Fil")
        );
        assert_eq!(
            (first.own_id.as_deref(), first.date.unwrap().to_string().as_str()),
            (Some("7"), "2015-08-07")
        );
        let second = out[1].as_ref().unwrap();
        assert_eq!(
            (second.body.as_str(), second.source.as_str(), second.url.as_str()),
            ("one\ntwo", "A", "")
        );
    }

    #[test]
    fn markup_in_a_field_is_reduced_and_a_ticker_is_not_markup() {
        let (_, out) = run(r#"[{"title":"ERC <ERC> &amp; Co","text":"<p>One &amp; two</p><p>Three</p>"}]"#);
        let document = out[0].as_ref().unwrap();
        assert_eq!(
            (document.title.as_str(), document.body.as_str()),
            ("ERC <ERC> &amp; Co", "One & two\nThree")
        );
    }

    #[test]
    fn what_is_no_article_is_told() {
        let (input, out) = run(r#"{"files":[{"path":"x"}],"total":3}"#);
        assert_eq!((input.status, input.skipped), (InputStatus::Empty, 1));
        assert!(matches!(&out[0], Err(skip) if skip.reason == SkipReason::NoText && skip.detail.contains("no array")));
        let (input, out) = run(r#"[{"title":"a"},3,{"x":1}]"#);
        assert_eq!((input.documents, input.skipped), (1, 2));
        assert!(matches!(&out[1], Err(skip) if skip.reason == SkipReason::Malformed && skip.record == Some(1)));
        assert!(matches!(&out[2], Err(skip) if skip.reason == SkipReason::NoText && skip.record == Some(2)));
    }

    #[test]
    fn what_stands_before_a_fault_is_read() {
        let (input, out) = run("[{\"title\":\"a\"},\n{\"title\":\"b\"},\n{\"titl");
        assert_eq!((input.status, input.documents), (InputStatus::Partly, 2));
        assert!(matches!(&out[2], Err(skip) if skip.line == Some(3) && skip.record == Some(2)));
        assert_eq!(run("{\"title\": ").0.status, InputStatus::Unreadable);
        assert_eq!(run("[]").0.status, InputStatus::Empty);
    }

    #[test]
    fn a_line_is_one_object_and_nothing_more() {
        assert!(
            parse_record(&names(), r#"{"title":"a"} x"#)
                .unwrap_err()
                .contains("column")
        );
        assert_eq!(parse_record(&names(), "3").unwrap_err(), "not a JSON object");
        assert!(parse_record(&names(), "").is_err());
    }
}
