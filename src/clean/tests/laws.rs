//! Laws that hold for any text: spans cover it in order, and the hash sees what it says and nothing else.

use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

use super::{at, body};
use crate::clean::{Cleaner, clean_text};
use crate::model::document::Document;
use crate::model::text::{CleanText, Layout};

/// Pieces of text that meet in news, with everything that the rules look at.
fn piece() -> impl Strategy<Value = String> {
    let words = [
        "Mr.",
        "U.S.",
        "J.",
        "no.",
        "5",
        "3.5",
        "p.m.",
        "word",
        "Word",
        "été",
        "Élysée",
        "وزير",
        "قالَ",
        "النيـجر",
        "مالي",
        "中国",
        "が",
        "ไม่",
        "слово",
        "Слово",
        "г.",
        "e\u{301}",
        "ß",
        "ﷺ",
        "می\u{200c}شود",
        "हिन्दी",
        "🎉",
        "\u{feff}",
        "\u{301}",
        "\u{640}",
    ];
    let signs = [
        " ", " ", " ", "\n", "\r\n", "\n\n", "\u{a0}", "\u{2028}", ".", ".", "!", "?", "؟", "۔", "。", "…", "...", ",",
        "،", ";", ":", "-", " – ", "\"", "”", "“", "»", "« ", "(", ")", "'", "’", "\t",
    ];
    prop_oneof![
        proptest::sample::select(words.to_vec()).prop_map(str::to_owned),
        proptest::sample::select(signs.to_vec()).prop_map(str::to_owned),
        "[a-z]{1,9}",
        "\\PC{0,3}",
    ]
}

fn text() -> impl Strategy<Value = String> {
    proptest::collection::vec(piece(), 0..60).prop_map(|pieces| pieces.concat())
}

/// Spans are in order, on character boundaries, trimmed, and hold everything that is not white space.
fn check_layout(text: &str, layout: &Layout) {
    let paragraphs: Vec<_> = layout.paragraphs.iter().map(|paragraph| paragraph.span).collect();
    for spans in [&layout.sentences, &paragraphs] {
        let mut end = 0;
        for span in spans {
            assert!(span.start >= end && span.start < span.end);
            assert_eq!(at(text, *span), at(text, *span).trim());
            assert!(text[end as usize..span.start as usize].trim().is_empty());
            end = span.end;
        }
        assert!(text[end as usize..].trim().is_empty());
    }
    for sentence in &layout.sentences {
        let holds = paragraphs
            .iter()
            .any(|span| span.start <= sentence.start && sentence.end <= span.end);
        assert!(holds, "a sentence lies in one paragraph");
    }
}

fn hash(text: &str) -> u128 {
    body(text).text_hash
}

/// An ordinary word, so that only the rules of UAX #29 speak.
fn word() -> impl Strategy<Value = &'static str> {
    proptest::sample::select(vec![
        "people",
        "walked",
        "Monday",
        "vieille",
        "маленький",
        "Приехали",
        "العالم",
        "الحكومة",
        "Übrigens",
        "déjà-vu",
    ])
}

/// A sentence as both we and UAX #29 see it.
fn plain_sentence() -> impl Strategy<Value = String> {
    let between = proptest::sample::select(vec![
        " ", ", ", " – ", "; ", ": ", " (", ") ", " “", "” ", " 3.5 ", " 12 ",
    ]);
    let stop = proptest::sample::select(vec![".", ".”", ".)", ".\"", "! ", "?", "؟", "?!", "!»"]);
    let start = proptest::sample::select(vec![
        "Seulement",
        "Bridges",
        "المدينة",
        "Однако",
        "会议",
        "(Yesterday",
        "“Because",
        "\"Never",
    ]);
    (start, proptest::collection::vec((between, word()), 1..6), stop).prop_map(|(start, rest, stop)| {
        let rest: Vec<&str> = rest.into_iter().flat_map(|(between, word)| [between, word]).collect();
        format!("{start}{}{stop} ", rest.concat())
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn spans_cover_the_text_in_order(title in text(), body in text()) {
        let document = Document { title: title.clone(), body: body.clone(), ..Document::default() };
        let clean: CleanText = clean_text(document);
        prop_assert_eq!(&clean.document.title, &title);
        prop_assert_eq!(&clean.document.body, &body);
        check_layout(&title, &clean.title);
        check_layout(&body, &clean.body);
        prop_assert!((0.0..=1.0).contains(&clean.language_confidence));
    }

    #[test]
    fn any_characters_at_all(body in any::<String>()) {
        check_layout(&body, &super::body(&body).body);
    }

    #[test]
    fn what_was_laid_out_before_makes_no_difference(texts in proptest::collection::vec((text(), text()), 1..6)) {
        let mut cleaner = Cleaner::default();
        for (title, body) in texts.iter().chain(&texts) {
            let document = Document { title: title.clone(), body: body.repeat(1 + title.len() % 3), ..Document::default() };
            prop_assert_eq!(cleaner.clean(document.clone()), clean_text(document));
        }
    }

    #[test]
    fn the_hash_ignores_form(words in proptest::collection::vec("[a-zäéüßа-яا-غف-ي0-9]{1,9}", 1..40)) {
        let plain = words.join(" ");
        let spaced = words.join(" \n\t");
        let dressed = format!("«{}»!", words.join(", "));
        let stretched: String = plain.chars().flat_map(|c| [c, if c.is_ascii() { '\u{ad}' } else { '\u{640}' }]).collect();
        for other in [&spaced, &dressed, &plain.to_uppercase(), &stretched] {
            prop_assert_eq!(hash(&plain), hash(other), "{}", other);
        }
    }

    #[test]
    fn the_hash_sees_every_word(words in proptest::collection::vec("[a-zа-яا-غف-ي]{1,9}", 2..40), at in any::<proptest::sample::Index>()) {
        let mut fewer = words.clone();
        fewer.remove(at.index(words.len()));
        let mut other = words.clone();
        other[at.index(words.len())].push('x');
        prop_assert_ne!(hash(&words.join(" ")), hash(&fewer.join(" ")));
        prop_assert_ne!(hash(&words.join(" ")), hash(&other.join(" ")));
    }

    #[test]
    fn words_add_up(words in proptest::collection::vec("[a-zäéа-яا-غف-ي0-9]{1,9}", 0..40)) {
        prop_assert_eq!(body(&words.join(" ")).words as usize, words.len());
        prop_assert_eq!(body(&words.join("\n")).words as usize, words.len());
    }

    #[test]
    fn plain_text_is_cut_as_uax_29_does(sentences in proptest::collection::vec(plain_sentence(), 1..6)) {
        let text = sentences.concat();
        let theirs: Vec<&str> = text.split_sentence_bounds().map(str::trim).filter(|sentence| !sentence.is_empty()).collect();
        let clean = body(&text);
        let ours: Vec<&str> = clean.body.sentences.iter().map(|span| at(&text, *span)).collect();
        prop_assert_eq!(ours, theirs);
    }
}
