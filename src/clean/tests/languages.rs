//! Languages are told, each by sentences of its own.

use std::collections::BTreeMap;

use super::body;
use crate::clean::clean_text;
use crate::model::document::Document;
use crate::model::language::Language;

/// The sentences of `languages.txt` with their languages.
fn sentences() -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = include_str!("languages.txt")
        .lines()
        .filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once(" | "))
}

/// All sentences of each language.
fn texts() -> BTreeMap<&'static str, String> {
    let mut texts: BTreeMap<&str, String> = BTreeMap::new();
    for (language, sentence) in sentences().filter(|(language, _)| *language != "und") {
        let text = texts.entry(language).or_default();
        text.push_str(sentence);
        text.push('\n');
    }
    texts
}

#[test]
fn one_sentence_is_enough() {
    let wrong: Vec<String> = sentences()
        .map(|(expected, sentence)| (expected, body(sentence), sentence))
        .filter(|(expected, clean, _)| clean.language.as_str() != *expected)
        .map(|(expected, clean, sentence)| {
            format!(
                "{expected} -> {} {:.2}: {sentence}",
                clean.language, clean.language_confidence
            )
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_document_is_sure() {
    for (expected, text) in texts() {
        let clean = body(&text);
        assert_eq!(clean.language.as_str(), expected);
        let sentences = text.lines().count();
        assert!(
            sentences < 3 || clean.language_confidence > 0.95,
            "{expected} {}",
            clean.language_confidence
        );
        assert!(
            clean
                .body
                .paragraphs
                .iter()
                .all(|paragraph| paragraph.language == clean.language),
            "{expected}"
        );
    }
}

#[test]
fn the_record_has_the_last_word() {
    let document = Document {
        body: "Les pêcheurs de la côte demandent au ministre de baisser le prix.".to_owned(),
        language: Language::new("sw"),
        ..Document::default()
    };
    let clean = clean_text(document);
    assert_eq!((clean.language.as_str(), clean.language_confidence), ("sw", 1.0));
    assert_eq!(clean.body.paragraphs[0].language, Language::FR);
}

#[test]
fn little_text_is_und() {
    for text in ["", " \n ", "12 345 – 67", "Mali", "AFP Reuters", "ok", "Мали"] {
        let clean = body(text);
        assert_eq!(clean.language, Language::UND, "{text}");
        assert!(clean.language_confidence < 0.5);
    }
}

#[test]
fn the_title_helps_a_short_body() {
    let document = Document {
        title: "Le ministre demande une baisse des prix".to_owned(),
        body: "AFP".to_owned(),
        ..Document::default()
    };
    assert_eq!(clean_text(document).language, Language::FR);
}

#[test]
fn a_paragraph_of_another_language_has_its_own() {
    let texts = texts();
    for (one, other) in [
        ("en", "ar"),
        ("ar", "fr"),
        ("fr", "en"),
        ("fa", "ar"),
        ("ru", "uk"),
        ("fr", "bm"),
        ("fr", "wo"),
        ("en", "ha"),
        ("es", "pt"),
        ("sw", "en"),
        ("zh", "en"),
    ] {
        let stray = texts[other].lines().next().unwrap();
        let text = format!("{}{stray}\n{}", texts[one], texts[one]);
        let clean = body(&text);
        assert_eq!(clean.language.as_str(), one);
        let others: Vec<&str> = clean
            .body
            .paragraphs
            .iter()
            .filter(|paragraph| paragraph.language != clean.language)
            .map(|paragraph| super::at(&text, paragraph.span))
            .collect();
        assert_eq!(others, [stray], "{other} in {one}");
    }
}

#[test]
fn names_in_another_script_do_not_make_another_language() {
    let texts = texts();
    let text = format!(
        "{}Reuters\nPhoto: AFP / Getty\nCopyright 2024\n{}",
        texts["ar"], texts["ar"]
    );
    let clean = body(&text);
    assert!(
        clean
            .body
            .paragraphs
            .iter()
            .all(|paragraph| paragraph.language == Language::AR)
    );
}

#[test]
fn the_larger_part_names_the_document() {
    let texts = texts();
    let english = texts["en"].lines().next().unwrap();
    assert_eq!(body(&format!("{english}\n{}", texts["ar"])).language, Language::AR);
    assert_eq!(
        body(&format!("{english}\n{}", texts["ru"].repeat(2))).language.as_str(),
        "ru"
    );
}
