//! Which documents make one story, and which do not.

use proptest::prelude::*;

use super::Analysis;
use super::fixtures::{Corpus, gazetteer, signature};
use crate::settings::AnalyseSettings;

/// A document whose shingles are these numbers.
fn add(corpus: &mut Corpus, date: &str, source: &str, shingles: std::ops::Range<u32>) {
    corpus.add(date, source, &["mali"]).signature = Some(signature(&shingles));
}

fn analyse(corpus: &Corpus, settings: &AnalyseSettings) -> Analysis {
    corpus.analyse(&gazetteer(&["mali"]), settings)
}

/// The story of every document.
fn told(analysis: &Analysis) -> Vec<u32> {
    analysis.verdicts.all().iter().map(|verdict| verdict.story).collect()
}

#[test]
fn near_copies_are_articles_of_one_story() {
    let mut corpus = Corpus::default();
    add(&mut corpus, "2024-05-22", "A", 0..300);
    add(&mut corpus, "2024-05-20", "A", 0..310);
    add(&mut corpus, "2024-05-21", "B", 10..305);
    add(&mut corpus, "2024-05-21", "C", 5000..5300);
    // Cut: all of it is in the first one.
    add(&mut corpus, "2024-05-26", "D", 0..240);
    // So short that it has no signature, or that one word makes it another.
    corpus.add("2024-05-26", "D", &[]);
    add(&mut corpus, "2024-05-26", "E", 0..8);
    let settings = AnalyseSettings::default();
    let analysis = analyse(&corpus, &settings);
    assert_eq!(told(&analysis), [1, 1, 1, 3, 1, 5, 6]);
    let findings = &analysis.findings;
    assert_eq!((findings.corpus.articles, findings.corpus.stories), (7, 4));
    assert_eq!((findings.entities[0].articles, findings.entities[0].stories), (6, 3));
    let rows = &findings.quality.duplicates;
    let shown: Vec<_> = rows
        .iter()
        .map(|row| (row.doc_id.as_str(), row.role, format!("{:.2}", row.similarity)))
        .collect();
    let expected = [
        ("d1", "first", "1.00"),
        ("d2", "reprint", "0.95"),
        ("d0", "version", "0.97"),
        ("d4", "reprint", "0.77"),
    ];
    assert_eq!(
        shown,
        expected.map(|(doc, role, similarity)| (doc, role, similarity.to_owned()))
    );
    assert!(
        rows.iter()
            .all(|row| row.first_source == "A" && row.story_id == "d1" && row.story_size == 4)
    );

    let strict = AnalyseSettings {
        similarity: 1.0,
        ..settings
    };
    assert_eq!(told(&analyse(&corpus, &strict)), [0, 1, 2, 3, 4, 5, 6]);
}

#[test]
fn a_chain_of_small_changes_leads_nowhere() {
    let mut corpus = Corpus::default();
    for step in 0..6 {
        add(
            &mut corpus,
            &format!("2024-05-2{step}"),
            "A",
            step * 40..step * 40 + 400,
        );
    }
    assert_eq!(told(&analyse(&corpus, &AnalyseSettings::default())), [0, 0, 2, 2, 4, 4]);
}

#[test]
fn a_copy_goes_with_the_first_text_that_it_is_most_like() {
    let mut corpus = Corpus::default();
    add(&mut corpus, "2024-05-20", "A", 0..400);
    add(&mut corpus, "2024-05-20", "B", 80..480);
    add(&mut corpus, "2024-05-21", "C", 50..450);
    add(&mut corpus, "2024-05-21", "D", 40..440);
    assert_eq!(told(&analyse(&corpus, &AnalyseSettings::default())), [0, 1, 1, 0]);
    assert_eq!(corpus.documents.len(), 4);
}

#[test]
fn who_was_first_is_told_where_it_is_known() {
    let mut corpus = Corpus::default();
    add(&mut corpus, "2024-05-20", "A", 0..400);
    add(&mut corpus, "2024-05-20", "B", 0..401);
    add(&mut corpus, "", "C", 1000..1400);
    add(&mut corpus, "", "C", 1000..1401);
    let rows = analyse(&corpus, &AnalyseSettings::default())
        .findings
        .quality
        .duplicates;
    assert_eq!(rows.len(), 4);
    assert!(rows.iter().all(|row| row.first_source.is_empty()));
}

#[test]
fn what_a_filter_leaves_out_leads_no_story_and_makes_no_re_crawl() {
    let mut corpus = Corpus::default();
    add(&mut corpus, "2024-05-13", "A", 0..400);
    add(&mut corpus, "2024-05-20", "A", 20..410);
    add(&mut corpus, "2024-05-21", "B", 0..395);
    let settings = AnalyseSettings {
        from: "2024-05-20".parse().ok(),
        ..AnalyseSettings::default()
    };
    let analysis = analyse(&corpus, &settings);
    assert_eq!(told(&analysis), [1, 1, 1]);
    assert_eq!(analysis.findings.corpus.articles, 2);
    assert_eq!(analysis.findings.quality.duplicates.len(), 2);
}

#[test]
fn agencies_are_told_where_they_are_credited() {
    let mut corpus = Corpus::default();
    add(&mut corpus, "2024-05-20", "A", 0..400);
    add(&mut corpus, "2024-05-21", "B", 0..402);
    add(&mut corpus, "2024-05-21", "C", 5000..5400);
    let credits = [
        (0, "reuters", 8),
        (0, "afp", 1),
        (0, "afp", 9),
        (0, "tass", 4),
        (1, "mali", 0),
        (2, "afp", 0),
    ];
    for (doc, agency, sentence) in credits {
        let credit = corpus.mention(doc, agency);
        (credit.kind, credit.counted, credit.sentence) = ("agency", false, sentence);
    }
    corpus.mention(1, "tass").counted = false;
    let bracketed = corpus.mention(1, "irna");
    (bracketed.kind, bracketed.sentence) = ("agency", 5);
    bracketed.context = "He said so. (irna)".to_owned();
    corpus.mentions.sort_by_key(|mention| mention.doc);
    let rows = analyse(&corpus, &AnalyseSettings::default())
        .findings
        .quality
        .duplicates;
    let agencies: Vec<&str> = rows.iter().map(|row| row.agencies.as_str()).collect();
    assert_eq!(agencies, ["afp; reuters", "irna; mali"]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_the_corpus_makes_no_difference(
        texts in proptest::collection::vec((0_u32..4, 0_u32..120, 200_u32..400), 2..30),
        order in any::<proptest::sample::Index>(),
    ) {
        // Every document has a day of its own, so the order of the corpus breaks no tie.
        let made = |number: usize| {
            let (text, start, length) = texts[number];
            let start = text * 10_000 + start;
            (format!("2024-05-{:02}", number + 1), start..start + length)
        };
        let turn = order.index(texts.len());
        let shuffled: Vec<usize> = (0..texts.len()).rev().map(|at| (at + turn) % texts.len()).collect();
        let stories = |numbers: &[usize]| {
            let mut corpus = Corpus::default();
            for &number in numbers {
                let (date, shingles) = made(number);
                add(&mut corpus, &date, "A", shingles);
            }
            let stories = told(&analyse(&corpus, &AnalyseSettings::default()));
            let mut all: Vec<_> = numbers.iter().zip(stories).map(|(&number, story)| (number, numbers[story as usize])).collect();
            all.sort_unstable();
            all
        };
        let plain = stories(&(0..texts.len()).collect::<Vec<_>>());
        prop_assert_eq!(&plain, &stories(&shuffled));
        // Nobody follows a follower, and nobody is far from whom he follows.
        for (number, story) in &plain {
            prop_assert_eq!(plain[*story].1, *story);
            let (a, b) = (made(*number).1, made(*story).1);
            let shared = a.end.min(b.end).saturating_sub(a.start.max(b.start));
            let either = a.len() + b.len() - shared as usize;
            prop_assert!(f64::from(shared) >= 0.7 * f64::from(u32::try_from(either).unwrap()));
        }
    }
}
