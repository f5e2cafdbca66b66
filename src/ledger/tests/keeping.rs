//! What is pushed comes back, in order, under the right names.

use std::sync::Arc;

use chrono::NaiveDate;
use polars::prelude::DataFrame;

use super::corpus::{Corpus, Record, article, input};
use super::{SECOND, open};
use crate::ledger::{DOCUMENT_COLUMNS, MENTION_COLUMNS};
use crate::model::document::DateMethod;
use crate::model::evidence::{DocumentRow, MentionRow};
use crate::model::language::Language;
use crate::model::mention::{Field, Kind};
use crate::model::signature::Signature;
use crate::model::skip::{Skip, SkipReason};

/// A corpus of a large file between small ones, with a file that is no document and one that holds nothing.
pub(super) fn corpus() -> Corpus {
    let mut corpus = Corpus::default();
    let large = (0..12)
        .map(|at| {
            if at == 5 {
                Record::Broken
            } else {
                article(None, "large", at % 4)
            }
        })
        .collect();
    corpus
        .put(
            "a.jsonl",
            vec![
                article(Some("own-1"), "a", 1),
                Record::Broken,
                article(Some(""), "b", 0),
            ],
        )
        .put("b/empty.jsonl", Vec::new())
        .put("b/large.jsonl", large)
        .put("b.jsonl", vec![article(None, "last", 3)]);
    corpus
}

#[test]
fn every_column_of_a_document_comes_back() {
    let told = corpus().fresh();
    let row = &told.document_rows[0];
    let expected = DocumentRow {
        doc_id: "own-1".to_owned(),
        file: "a.jsonl".to_owned(),
        record: 0,
        source: "الخبر".to_owned(),
        language: Language::FR,
        language_confidence: 0.25,
        date: NaiveDate::from_ymd_opt(2024, 5, 19),
        date_method: DateMethod::Metadata,
        date_note: "05/06 undecided".to_owned(),
        title: "Mali: a".to_owned(),
        url: "https://example.org/0".to_owned(),
        words: 6,
        sentences: 4,
        text_hash: format!(
            "{:032x}",
            xxhash_rust::xxh3::xxh3_128(b"Today. In Mali and Niger. a.") >> 8
        ),
        story_id: String::new(),
        status: crate::model::evidence::DocumentStatus::Read,
    };
    assert_eq!(*row, expected);
    let (counts, kept) = (told.documents.column("shingles"), told.documents.column("signature"));
    let (counts, kept) = (counts.unwrap().u32().unwrap(), kept.unwrap().binary().unwrap());
    let signature = |row: usize| Signature::from_bytes(counts.get(row)?, kept.get(row)?).map(Box::new);
    assert!(signature(0).is_some());
    assert_eq!(signature(0), super::corpus::signature("Today. In Mali and Niger. a."));
    assert!((0..14).any(|row| counts.get(row) == Some(0) && kept.get(row).is_none()));
    assert_eq!(told.document_rows.len(), 14);
    let names: Vec<String> = told
        .documents
        .get_column_names()
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(names[0], "doc");
    assert_eq!(names[1..], DOCUMENT_COLUMNS);
    for (row, expected) in told.document_rows.iter().enumerate() {
        let text = |name: &str| {
            told.documents
                .column(name)
                .unwrap()
                .str()
                .unwrap()
                .get(row)
                .unwrap()
                .to_owned()
        };
        let number = |name: &str| told.documents.column(name).unwrap().u32().unwrap().get(row).unwrap();
        assert_eq!(number("doc") as usize, row);
        assert_eq!(
            (text("file"), number("record")),
            (expected.file.clone(), expected.record)
        );
        assert_eq!(
            (text("doc_id"), text("text_hash")),
            (expected.doc_id.clone(), expected.text_hash.clone())
        );
        assert_eq!(
            (text("title"), text("url")),
            (expected.title.clone(), expected.url.clone())
        );
        assert_eq!(
            (number("words"), number("sentences")),
            (expected.words, expected.sentences)
        );
        assert_eq!(text("date_method"), expected.date_method.as_str());
        let date = told
            .documents
            .column("date")
            .unwrap()
            .date()
            .unwrap()
            .as_date_iter()
            .nth(row)
            .unwrap();
        assert_eq!(date, expected.date);
        assert_eq!(expected.date.is_none(), expected.record % 2 == 1);
    }
}

#[test]
fn every_column_of_a_mention_comes_back_in_order() {
    let told = corpus().fresh();
    let of_first: Vec<_> = told.mention_rows.iter().filter(|row| row.doc_id == "own-1").collect();
    assert_eq!(of_first.len(), 3);
    assert_eq!(
        (of_first[0].field, of_first[0].context.as_str()),
        (Field::Title, "Mali: a")
    );
    let expected = MentionRow {
        doc_id: "own-1".to_owned(),
        file: "a.jsonl".to_owned(),
        record: 0,
        date: NaiveDate::from_ymd_opt(2024, 5, 19),
        source: "الخبر".to_owned(),
        language: Language::FR,
        field: Field::Body,
        byte_start: 19,
        byte_end: 24,
        sentence: 1,
        surface: "Niger".to_owned(),
        entity: "niger".to_owned(),
        iso3: "NER".to_owned(),
        kind: Kind::Region,
        rule: "niger-river".to_owned(),
        counted: false,
        reason: "`river` stands near".to_owned(),
        context: "In Mali and Niger.".to_owned(),
    };
    assert_eq!(*of_first[2], expected);
    let key = |row: &MentionRow| (row.file.clone(), row.record, row.field, row.byte_start);
    assert!(told.mention_rows.is_sorted_by_key(key));
    assert!(
        told.document_rows
            .is_sorted_by_key(|row| (row.file.clone(), row.record))
    );
    assert_eq!(
        told.inputs,
        corpus()
            .0
            .iter()
            .map(|(path, file)| Arc::new(input(path, &file.records)))
            .collect::<Vec<_>>()
    );
}

#[test]
fn frames_of_mentions_hold_whole_documents_and_point_at_their_rows() {
    let told = corpus().fresh();
    assert!(told.mentions.len() > 3);
    let mut rows = told.mention_rows.iter();
    let mut last = None;
    for frame in &told.mentions {
        let names: Vec<String> = frame.get_column_names().iter().map(ToString::to_string).collect();
        assert_eq!(names[0], "doc");
        assert_eq!(names[1..], MENTION_COLUMNS);
        let docs = frame.column("doc").unwrap().u32().unwrap();
        assert!(docs.get(0) > last, "a document is torn");
        last = docs.last();
        for row in 0..frame.height() {
            let expected = rows.next().unwrap();
            let text = |name: &str| frame.column(name).unwrap().str().unwrap().get(row).unwrap().to_owned();
            let number = |name: &str| frame.column(name).unwrap().u32().unwrap().get(row).unwrap();
            let document = &told.document_rows[docs.get(row).unwrap() as usize];
            assert_eq!((&document.file, document.record), (&expected.file, expected.record));
            assert_eq!(
                (text("doc_id"), text("field")),
                (document.doc_id.clone(), expected.field.as_str().to_owned())
            );
            assert_eq!(
                (text("entity"), text("iso3")),
                (expected.entity.clone(), expected.iso3.clone())
            );
            assert_eq!(
                (text("surface"), text("context")),
                (expected.surface.clone(), expected.context.clone())
            );
            assert_eq!(
                (text("kind"), text("rule")),
                (expected.kind.as_str().to_owned(), expected.rule.clone())
            );
            assert_eq!(text("reason"), expected.reason);
            assert_eq!(
                (number("byte_start"), number("byte_end")),
                (expected.byte_start, expected.byte_end)
            );
            assert_eq!(number("sentence"), expected.sentence);
            assert_eq!(
                frame.column("counted").unwrap().bool().unwrap().get(row),
                Some(expected.counted)
            );
        }
    }
    assert!(rows.next().is_none());
}

#[test]
fn columns_that_are_not_wanted_are_not_there() {
    let dir = tempfile::tempdir().unwrap();
    let mut ledger = open(dir.path());
    corpus().scan(&mut ledger, 1000 * SECOND);
    let documents = ledger.document_columns(&["title", "date"]).unwrap();
    assert_eq!(documents.get_column_names(), ["doc", "title", "date"]);
    assert_eq!(documents.height(), 14);
    assert_eq!(ledger.document_columns(&[]).unwrap().shape(), (14, 1));
    assert!(ledger.document_columns(&["weight"]).is_err());
    let whole: Vec<usize> = ledger.mention_parts().map(|frame| frame.unwrap().height()).collect();
    let frames: Vec<DataFrame> = ledger
        .mention_columns(&["counted", "entity"])
        .map(Result::unwrap)
        .collect();
    assert_eq!(frames.iter().map(DataFrame::height).collect::<Vec<_>>(), whole);
    assert_eq!(frames[0].get_column_names(), ["doc", "counted", "entity"]);
    assert!(ledger.mention_columns(&["weight"]).next().unwrap().is_err());
}

#[test]
fn skips_come_back_and_are_no_documents() {
    let told = corpus().fresh();
    let skip = |file: &str, record: Option<u32>| (Arc::from(file), record);
    let places: Vec<(Arc<str>, Option<u32>)> = told
        .skips
        .iter()
        .map(|skip| (Arc::clone(&skip.file), skip.record))
        .collect();
    assert_eq!(
        places,
        [
            skip("a.jsonl", Some(1)),
            skip("b/empty.jsonl", None),
            skip("b/large.jsonl", Some(5))
        ]
    );
    let expected = Skip {
        line: Some(6),
        detail: "no text\u{a0}here".to_owned(),
        ..told.skips[2].clone()
    };
    assert_eq!((&told.skips[2], told.skips[2].reason), (&expected, SkipReason::NoText));
    assert_eq!(told.skips[1].reason, SkipReason::Empty);
}

#[test]
fn every_word_of_the_tables_is_read_back() {
    use crate::ledger::read::word;
    use crate::model::document::DateMethod::{Metadata, None as Undated, Path, Text, Url};
    use crate::model::skip::SkipReason::{Empty, Encoding, Malformed, NoText, Truncated, Unreadable, Unsupported};

    for kind in Kind::ALL {
        assert_eq!(word(Some(kind.as_str())), Ok(kind));
    }
    for field in [Field::Title, Field::Body] {
        assert_eq!(word(Some(field.as_str())), Ok(field));
    }
    for method in [DateMethod::Field, Metadata, Url, Text, Path, Undated] {
        assert_eq!(word(Some(method.as_str())), Ok(method));
    }
    for reason in [Empty, Unreadable, Truncated, Encoding, Malformed, Unsupported, NoText] {
        assert_eq!(word(Some(reason.as_str())), Ok(reason));
    }
    assert!(word::<Kind>(Some("hit")).is_err() && word::<Kind>(None).is_err());
}
