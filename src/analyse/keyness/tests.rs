//! Keywords of small corpora, and of made-up ones against a count that goes word by word.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::super::fixtures::{Corpus, gazetteer};
use super::super::statistics::benjamini::q_values;
use super::super::statistics::frequency::{Frequency, p_value};
use super::*;
use crate::model::entity::{Case, Form, Policy};
use crate::settings::Unit;

/// Forty articles in two complete weeks and the two days around them; every fourth mentions Mali, and those speak of gold.
fn corpus() -> Corpus {
    let mut corpus = Corpus::default();
    for doc in 0..40 {
        let date = format!("2024-05-{:02}", 12 + doc * 16 / 40);
        let entities: &[&str] = if doc % 4 == 0 { &["mali"] } else { &[] };
        let article = corpus.add(&date, "outlet", entities);
        article.words = match doc % 4 {
            0 => "Gold gold mine Mali Bamako price",
            1 => "gold football price",
            _ => "football price price",
        }
        .to_owned();
    }
    corpus
}

/// A form of Mali.
fn form(text: &str, kind: Kind) -> Form {
    Form {
        language: Some(Language::EN),
        text: text.to_owned(),
        entity: EntityIndex(0),
        kind,
        abbreviation: false,
        case: Case::Initial,
        policy: Policy::Count,
        note: String::new(),
    }
}

fn told(corpus: &Corpus, settings: &AnalyseSettings) -> Vec<(String, u64, u64)> {
    let mut gazetteer = gazetteer(&["mali", "niger"]);
    gazetteer.forms = vec![form("Bamako", Kind::Capital), form("Mine workers", Kind::Institution)];
    let rows = corpus.findings(&gazetteer, settings).keywords;
    let rows = rows.into_iter().filter(|row| row.scope == KeywordScope::Entity(0));
    rows.map(|row| (row.term, row.n_target, row.n_reference)).collect()
}

#[test]
fn the_words_of_an_entity_are_told_but_not_its_names() {
    let settings = AnalyseSettings::default();
    let gold = ("gold".to_owned(), 20, 10);
    // `mine` is part of an institution of Mali that no other entity shares.
    assert_eq!(told(&corpus(), &settings), [gold]);
    let findings = corpus().findings(&gazetteer(&["mali"]), &settings);
    let first = &findings.keywords[0];
    assert_eq!((first.words_target, first.words_reference), (1000, 3000));
    let expected = Frequency {
        target: 20,
        words_target: 1000,
        reference: 10,
        words_reference: 3000,
    };
    let row = findings.keywords.iter().find(|row| row.term == "gold").unwrap();
    assert!((row.g2 - expected.g_square()).abs() < 1e-12 && (row.log_ratio - 6_f64.log2()).abs() < 1e-12);
    assert!(findings.keywords.iter().any(|row| row.term == "mine"));
    assert!(!findings.keywords.iter().any(|row| row.term == "Mali"));
}

#[test]
fn copies_count_once_where_stories_are_the_unit() {
    let mut corpus = corpus();
    for (doc, article) in corpus.documents.iter_mut().enumerate() {
        article.source = format!("outlet {doc}");
        if doc % 4 == 0 {
            article.text = "one story".to_owned();
        }
    }
    let settings = AnalyseSettings {
        unit: Unit::Story,
        ..AnalyseSettings::default()
    };
    assert_eq!(told(&corpus, &AnalyseSettings::default()).len(), 1);
    assert!(told(&corpus, &settings).is_empty());
}

#[test]
fn a_word_that_one_article_repeats_marks_nothing() {
    let mut corpus = corpus();
    "drought ".repeat(60).clone_into(&mut corpus.documents[0].words);
    assert!(
        !told(&corpus, &AnalyseSettings::default())
            .iter()
            .any(|(term, ..)| term == "drought")
    );
}

#[test]
fn words_of_a_document_that_is_not_there_are_an_error() {
    let corpus = corpus();
    let counted = Counted {
        places: &[Place::default()],
        languages: &[Language::EN],
        scopes: &[],
    };
    assert!(count_terms(&corpus.in_parts(&[]), &counted, 5).is_err());
}

/// Articles of made-up words: whether each mentions Mali, its language, its day, its words.
fn made_up() -> impl Strategy<Value = Vec<(bool, bool, u32, Vec<usize>)>> {
    prop::collection::vec(
        (
            any::<bool>(),
            any::<bool>(),
            0_u32..21,
            prop::collection::vec(0_usize..9, 0..25),
        ),
        1..60,
    )
}

/// The words, two of which are one in other capitals.
const WORDS: [&str; 9] = ["gold", "Gold", "mine", "price", "rain", "army", "wheat", "dam", "court"];

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn keywords_are_those_of_a_naive_count(articles in made_up(), parts in 1_usize..4) {
        let mut corpus = Corpus::default();
        for (mentions, french, day, words) in &articles {
            let entities: &[&str] = if *mentions { &["mali"] } else { &[] };
            let article = corpus.add(&format!("2024-05-{:02}", 1 + day), "outlet", entities);
            article.language = if *french { "fr" } else { "en" };
            article.words = words.iter().map(|&word| WORDS[word]).collect::<Vec<_>>().join(" ");
        }
        let mut frames: Vec<&[_]> = vec![&[]; parts - 1];
        frames.push(&corpus.mentions);
        let gazetteer = gazetteer(&["mali"]);
        let findings = corpus.analyse_parts(&frames, &gazetteer, &AnalyseSettings::default()).unwrap().findings;
        let period = findings.last_complete.map(|place| &findings.periods[place].period);
        let mut naive = Vec::new();
        for scope in 0..2 {
            for language in ["en", "fr"] {
                let is_in = |(doc, one): (usize, &super::super::fixtures::Written)| {
                    let day = one.date.parse().unwrap();
                    if scope == 0 { articles[doc].0 } else { period.is_some_and(|period| period.start <= day && day < period.end) }
                };
                let mut counts: BTreeMap<String, [BTreeSet<usize>; 2]> = BTreeMap::new();
                let mut all: BTreeMap<String, [u64; 2]> = BTreeMap::new();
                let mut sizes = [0, 0];
                for (doc, one) in corpus.documents.iter().enumerate().filter(|(_, one)| one.language == language) {
                    let side = usize::from(!is_in((doc, one)));
                    sizes[side] += 100;
                    for word in one.words.split_whitespace() {
                        counts.entry(word.to_lowercase()).or_default()[side].insert(doc);
                        all.entry(word.to_lowercase()).or_default()[side] += 1;
                    }
                }
                for (word, [target, reference]) in all {
                    if target >= 5 && counts[&word][0].len() >= 3 && sizes[1] > 0 {
                        let seen = Frequency { target, words_target: sizes[0], reference, words_reference: sizes[1] };
                        naive.push((scope, language, word, seen));
                    }
                }
            }
        }
        let p_values: Vec<f64> = naive.iter().map(|(.., seen)| p_value(seen.g_square())).collect();
        let mut expected: Vec<_> = naive
            .into_iter()
            .zip(q_values(&p_values))
            .filter(|((.., seen), q)| *q <= 0.05 && seen.log_ratio() > 0.0)
            .map(|((scope, language, word, seen), q)| (scope, language.to_owned(), word, seen.target, seen.reference, q.to_bits()))
            .collect();
        expected.sort();
        let mut found: Vec<_> = findings
            .keywords
            .iter()
            .map(|row| {
                let scope = usize::from(matches!(row.scope, KeywordScope::Period(_)));
                (scope, row.language.to_string(), row.term.to_lowercase(), row.n_target, row.n_reference, row.q_value.to_bits())
            })
            .collect();
        let order: Vec<_> = findings.keywords.iter().map(|row| (row.scope, row.language)).collect();
        prop_assert!(order.is_sorted());
        found.sort();
        prop_assert_eq!(found, expected);
    }
}

#[test]
fn tests_that_are_not_kept_could_not_be_listed() {
    assert!(p_value(LEAST_G_SQUARE) > GREATEST_Q);
    assert!(p_value(LEAST_G_SQUARE) < GREATEST_Q + 1e-4);
}
