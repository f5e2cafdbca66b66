//! Tests of [`super`](super): arrays, wrappers, odd values and broken JSON.

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
