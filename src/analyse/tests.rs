//! Whole corpora, small enough to count by hand.

use proptest::prelude::*;

use super::fixtures::{Corpus, Mentioned, day, gazetteer};
use super::statistics::near::assert_near;
use crate::model::entity::SourceEntry;
use crate::model::evidence::DocumentStatus;
use crate::model::findings::{Caveat, Cell, Findings, Share};
use crate::model::language::Language;
use crate::model::mention::Kind;
use crate::settings::{AnalyseSettings, Unit};

/// Documents = articles + undated + duplicates + filtered, and the periods hold all articles.
fn assert_accounts(findings: &Findings) {
    let corpus = &findings.corpus;
    assert_eq!(
        corpus.documents,
        corpus.articles + corpus.undated + corpus.duplicates + corpus.filtered
    );
    assert_eq!(
        corpus.articles,
        findings.periods.iter().map(|period| period.articles).sum::<u64>()
    );
    assert_eq!(
        corpus.articles,
        findings.sources.iter().map(|source| source.articles).sum::<u64>()
    );
    assert_eq!(
        corpus.articles,
        corpus.languages.iter().map(|(_, articles)| articles).sum::<u64>()
    );
    assert_eq!(
        corpus.mentions,
        findings.entities.iter().map(|entity| entity.mentions).sum::<u64>()
    );
    assert_eq!(corpus.undated, findings.quality.undated.len() as u64);
    for (place, period) in findings.periods.iter().enumerate() {
        let mentions = findings.entities.iter().map(|entity| entity.series[place].mentions);
        assert_eq!(period.mentions, mentions.sum::<u64>());
    }
    for (place, entity) in findings.entities.iter().enumerate() {
        for rows in [&findings.by_source, &findings.by_language] {
            let own = || rows.iter().filter(|row| row.entity == place);
            assert_eq!(entity.articles, own().map(|row| row.articles).sum::<u64>());
            assert_eq!(entity.mentions, own().map(|row| row.mentions).sum::<u64>());
        }
    }
    for row in &findings.comentions {
        let fewer = findings.entities[row.second]
            .articles
            .min(findings.entities[row.first].articles);
        assert!(row.articles <= fewer && row.g2 >= 0.0, "{row:?}");
    }
    for row in &findings.change {
        assert_eq!(row.q_value.is_some(), row.p_value.is_some());
        assert!(
            row.q_value.zip(row.p_value).is_none_or(|(q, p)| q >= p && q <= 1.0),
            "{row:?}"
        );
    }
    for entity in &findings.entities {
        assert_eq!(
            entity.articles,
            entity.series.iter().map(|cell| cell.articles).sum::<u64>()
        );
    }
}

fn values(cells: &[Cell]) -> Vec<Option<f64>> {
    cells.iter().map(|cell| cell.share.map(|share| share.value)).collect()
}

#[test]
fn gap_weeks_have_no_share_and_edge_weeks_are_partial() {
    let mut corpus = Corpus::default();
    corpus.add("2024-05-15", "A", &["chad", "mali"]);
    corpus.add("2024-05-20", "A", &["mali", "mali"]);
    corpus.add("2024-05-26", "B", &[]);
    corpus.add("2024-06-03", "A", &["chad"]);
    corpus.add("2024-06-08", "B", &["chad"]);
    let findings = corpus.findings(&gazetteer(&["chad", "mali", "niger"]), &AnalyseSettings::default());
    assert_accounts(&findings);
    let weeks: Vec<_> = findings
        .periods
        .iter()
        .map(|week| {
            (
                week.period.label.as_str(),
                week.complete,
                week.days_covered,
                week.articles,
                week.words,
            )
        })
        .collect();
    assert_eq!(
        weeks,
        [
            ("2024-W20", false, 5, 1, 100),
            ("2024-W21", true, 7, 2, 200),
            ("2024-W22", true, 7, 0, 0),
            ("2024-W23", false, 6, 2, 200)
        ]
    );
    // An empty week in the middle of the corpus is complete: that it has no article is known.
    assert_eq!(findings.last_complete, Some(2));
    let ids: Vec<&str> = findings.entities.iter().map(|entity| entity.id.as_str()).collect();
    assert_eq!(ids, ["chad", "mali"]);
    assert_eq!(
        values(&findings.entities[0].series),
        [Some(1.0), Some(0.0), None, Some(1.0)]
    );
    assert_eq!(
        values(&findings.entities[1].series),
        [Some(1.0), Some(0.5), None, Some(0.0)]
    );
    assert_eq!((findings.entities[1].articles, findings.entities[1].mentions), (2, 3));
    assert_eq!(findings.entities[1].series[1].share_of_voice, Some(1.0));
    assert_eq!(findings.entities[1].series[2].share_of_voice, None);
    assert!(findings.caveats.contains(&Caveat::Gap { from: 2, to: 2 }));
    assert!(findings.caveats.contains(&Caveat::PartialFirstPeriod { period: 0 }));
    assert!(findings.caveats.contains(&Caveat::PartialLastPeriod { period: 3 }));
}

#[test]
fn one_article_is_one_partial_period() {
    let mut corpus = Corpus::default();
    corpus.add("2024-05-15", "A", &["mali"]);
    let findings = corpus.findings(&gazetteer(&["mali"]), &AnalyseSettings::default());
    assert_accounts(&findings);
    assert_eq!((findings.periods.len(), findings.last_complete), (1, None));
    let Share { value, lo, hi } = findings.entities[0].series[0].share.unwrap();
    assert_near(value, 1.0);
    assert_near(lo, 0.206_549_314_377_237_4);
    assert_near(hi, 1.0);
    assert!(findings.change.is_empty() && findings.headlines.is_empty() && findings.claims.is_empty());
    assert_eq!(findings.caveats, [Caveat::PartialLastPeriod { period: 0 }]);
    assert_eq!(findings.smoothing.series.len(), 1);
}

#[test]
fn without_a_date_there_are_no_periods_but_all_is_accounted_for() {
    let mut corpus = Corpus::default();
    corpus.add("", "A", &["mali"]);
    corpus.add("1799-12-31", "A", &["mali"]);
    corpus.add("2030-01-03", "A", &[]);
    let findings = corpus.findings(&gazetteer(&["mali"]), &AnalyseSettings::default());
    assert_accounts(&findings);
    assert!(findings.periods.is_empty() && findings.entities.is_empty() && findings.sources.is_empty());
    assert_eq!((findings.corpus.undated, findings.corpus.range), (3, None));
    let reasons: Vec<&str> = findings.quality.undated.iter().map(|row| row.reason.as_str()).collect();
    assert_eq!(
        reasons,
        [
            "no date found",
            "suspect date 1799-12-31: before 1800-01-01",
            "suspect date 2030-01-03: later than the newest file, which is of 2030-01-01",
        ]
    );
    assert_eq!(
        findings.caveats,
        [
            Caveat::NothingDated,
            Caveat::ManyUndated {
                undated: 3,
                documents: 3
            }
        ]
    );
}

#[test]
fn no_document_at_all_is_no_error() {
    let findings = Corpus::default().findings(&gazetteer(&["mali"]), &AnalyseSettings::default());
    assert_eq!(findings.corpus.documents, 0);
    assert!(findings.caveats.is_empty());
}

#[test]
fn re_crawls_count_once_and_reprints_count_as_articles_of_one_story() {
    let mut corpus = Corpus::default();
    corpus.carry("2024-05-22", "A", "same", &["mali"]);
    corpus.carry("2024-05-20", "A", "same", &["mali"]);
    corpus.carry("2024-05-21", "B", "same", &["mali"]);
    corpus.carry("", "B", "same", &["mali"]);
    corpus.add("2024-05-26", "B", &[]);
    let gazetteer = gazetteer(&["mali"]);
    let analysis = corpus.analyse(&gazetteer, &AnalyseSettings::default());
    let findings = &analysis.findings;
    assert_accounts(findings);
    let verdicts: Vec<_> = analysis
        .verdicts
        .all()
        .iter()
        .map(|verdict| (verdict.status, verdict.story))
        .collect();
    assert_eq!(
        verdicts,
        [
            (DocumentStatus::Duplicate, 1),
            (DocumentStatus::Read, 1),
            (DocumentStatus::Read, 1),
            (DocumentStatus::Duplicate, 1),
            (DocumentStatus::Read, 4)
        ]
    );
    let week = &findings.periods[0];
    assert_eq!(
        (
            week.documents,
            week.articles,
            week.stories,
            week.duplicates,
            week.complete
        ),
        (4, 3, 2, 1, true)
    );
    let mali = &findings.entities[0];
    assert_eq!((mali.articles, mali.stories, mali.mentions), (2, 1, 2));
    assert_near(mali.series[0].share.unwrap().value, 2.0 / 3.0);
    let roles: Vec<_> = findings
        .quality
        .duplicates
        .iter()
        .map(|row| (row.doc_id.as_str(), row.role, row.story_size))
        .collect();
    assert_eq!(
        roles,
        [
            ("d1", "first", 4),
            ("d2", "reprint", 4),
            ("d0", "duplicate", 4),
            ("d3", "duplicate", 4)
        ]
    );
    assert!(findings.quality.duplicates.iter().all(|row| row.story_id == "d1"));

    let stories = AnalyseSettings {
        unit: Unit::Story,
        ..AnalyseSettings::default()
    };
    let findings = corpus.findings(&gazetteer, &stories);
    assert_near(findings.entities[0].series[0].share.unwrap().value, 0.5);
    assert_near(findings.by_language[0].share.unwrap().value, 0.5);
    // In B the story is one of two.
    let in_b = findings.by_source.iter().find(|row| row.group == "B").unwrap();
    assert_eq!((in_b.articles, in_b.stories, in_b.articles_total), (1, 1, 2));
}

#[test]
fn a_corpus_of_one_text_is_one_article() {
    let mut corpus = Corpus::default();
    for date in ["2024-05-22", "2024-06-20", "2024-05-20"] {
        corpus.carry(date, "", "same", &["mali"]);
    }
    let findings = corpus.findings(&gazetteer(&["mali"]), &AnalyseSettings::default());
    assert_accounts(&findings);
    assert_eq!(
        (
            findings.corpus.articles,
            findings.corpus.duplicates,
            findings.corpus.stories
        ),
        (1, 2, 1)
    );
    assert_eq!(findings.corpus.range, Some((day("2024-05-20"), day("2024-05-20"))));
    // The re-crawl of June lies outside the periods; the other one is in the week of the article.
    assert_eq!(
        (
            findings.periods.len(),
            findings.periods[0].documents,
            findings.periods[0].duplicates
        ),
        (1, 2, 1)
    );
    assert_eq!(
        (findings.sources[0].source.as_str(), findings.corpus.sources),
        ("(unknown)", 0)
    );
}

#[test]
fn filters_cut_documents_before_anything_is_counted() {
    let mut corpus = Corpus::default();
    corpus.carry("2024-05-13", "Radio Dune", "same", &["mali"]);
    corpus.carry("2024-05-20", "radiodune.example", "same", &["mali"]);
    corpus.add("2024-05-26", "", &["mali"]).url = "https://www.radiodune.example/2".to_owned();
    corpus.add("2024-05-25", "Oasis", &["mali"]);
    corpus.add("2024-05-24", "Radio Dune", &["mali"]).language = "fr";
    corpus.add("2024-05-27", "Radio Dune", &["mali"]);
    corpus.add("", "Radio Dune", &["mali"]);
    let mut gazetteer = gazetteer(&["mali"]);
    gazetteer.sources.push(SourceEntry {
        id: "dune".to_owned(),
        matches: vec!["radiodune.example".to_owned()],
        name: "Radio Dune".to_owned(),
        country: String::new(),
        agency: false,
    });
    let settings = AnalyseSettings {
        from: Some(day("2024-05-20")),
        to: Some(day("2024-05-26")),
        languages: vec![Language::EN],
        sources: vec!["DUNE".to_owned()],
        ..AnalyseSettings::default()
    };
    let analysis = corpus.analyse(&gazetteer, &settings);
    assert_accounts(&analysis.findings);
    let corpus = &analysis.findings.corpus;
    assert_eq!(
        (
            corpus.documents,
            corpus.articles,
            corpus.undated,
            corpus.duplicates,
            corpus.filtered
        ),
        (7, 2, 1, 0, 4)
    );
    // The filtered first print makes no re-crawl of the second, and is no part of its story in the figures.
    assert_eq!(
        (analysis.verdicts.all()[1].status, analysis.verdicts.all()[1].story),
        (DocumentStatus::Read, 1)
    );
    assert!(analysis.findings.quality.duplicates.is_empty());
    assert_eq!(
        (analysis.findings.periods.len(), analysis.findings.periods[0].complete),
        (1, true)
    );
    assert_eq!(analysis.findings.sources.len(), 1);
}

#[test]
fn only_counted_mentions_of_counted_kinds_enter_figures() {
    let mut corpus = Corpus::default();
    corpus.add("2024-05-20", "A", &["mali"]);
    corpus.mention(0, "mali").kind = "capital";
    corpus.mention(0, "mali").counted = false;
    let credit = corpus.mention(0, "mali");
    (credit.kind, credit.counted) = ("agency", false);
    corpus.mention(0, "mali").field = "title";
    corpus.mention(0, "elsewhere");
    corpus.add("2024-05-26", "A", &[]);
    corpus.mention(1, "chad").kind = "capital";
    let gazetteer = gazetteer(&["chad", "mali"]);
    let findings = corpus.findings(&gazetteer, &AnalyseSettings::default());
    assert_accounts(&findings);
    assert_eq!(findings.entities.len(), 1);
    let cell = findings.entities[0].series[0];
    assert_eq!((cell.articles, cell.mentions, cell.headline_articles), (1, 2, 1));
    let kinds: Vec<_> = findings
        .by_kind
        .iter()
        .map(|row| (row.kind, row.articles, row.mentions))
        .collect();
    assert_eq!(kinds, [(Kind::Name, 1, 2), (Kind::Capital, 1, 1), (Kind::Agency, 1, 1)]);

    let capitals = AnalyseSettings {
        count: vec![Kind::Capital, Kind::Agency],
        ..AnalyseSettings::default()
    };
    let findings = corpus.findings(&gazetteer, &capitals);
    let counted: Vec<_> = findings
        .entities
        .iter()
        .map(|entity| (entity.id.as_str(), entity.mentions))
        .collect();
    assert_eq!(counted, [("chad", 1), ("mali", 1)]);
}

#[test]
fn broken_frames_are_told_and_do_not_panic() {
    let mut corpus = Corpus::default();
    corpus.add("2024-05-20", "A", &["mali"]);
    corpus.mention(7, "mali");
    let all = AnalyseSettings::default();
    let found = corpus.analyse_parts(&[&corpus.mentions], &gazetteer(&["mali"]), &all);
    assert_eq!(
        found.unwrap_err().to_string(),
        "figures: a mention is of document 7, but there are 1"
    );
    corpus.mentions[1].doc = 0;
    corpus.mentions[1].kind = "rumour";
    let found = corpus.analyse_parts(&[&corpus.mentions], &gazetteer(&["mali"]), &all);
    assert!(found.unwrap_err().to_string().contains("`rumour` is no kind"));
}

const IDS: [&str; 4] = ["chad", "mali", "niger", "togo"];

/// One document of a random corpus: day, outlet, text, and for each mention entity, kind, counted, headline.
type Random = (Option<u64>, usize, usize, Vec<(usize, usize, bool, bool)>);

fn random_corpus(documents: &[Random]) -> Corpus {
    let mut corpus = Corpus::default();
    for (doc, (offset, outlet, text, mentions)) in documents.iter().enumerate() {
        let date = offset.map_or_else(String::new, |days| {
            (day("2024-01-01") + chrono::Days::new(days)).to_string()
        });
        for &(entity, kind, counted, title) in mentions {
            let one = corpus.mention(doc, IDS[entity]);
            one.kind = ["name", "adjective", "leader", "capital", "agency"][kind];
            one.counted = counted;
            one.field = if title { "title" } else { "body" };
            one.sentence = u32::try_from(kind).unwrap();
            one.rule = if kind == 1 { "some-rule" } else { "form" };
        }
        corpus.carry(&date, ["A", "B", ""][*outlet], &format!("text {text}"), &[]);
        corpus.documents[doc].language = ["en", "fr", "ar"][text % 3];
    }
    corpus
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// The mentions may be cut between any two documents and the frames may come in any order.
    #[test]
    fn frames_add_up_in_any_order(
        documents in prop::collection::vec(
            (
                prop::option::weighted(0.9, 0_u64..120),
                0_usize..3,
                0_usize..40,
                prop::collection::vec((0_usize..4, 0_usize..5, any::<bool>(), any::<bool>()), 0..5),
            ),
            1..80,
        ),
        cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..6),
        turn in any::<prop::sample::Index>(),
        story in any::<bool>(),
    ) {
        let corpus = random_corpus(&documents);
        let gazetteer = gazetteer(&IDS);
        let unit = if story { Unit::Story } else { Unit::Article };
        let settings = AnalyseSettings { unit, ..AnalyseSettings::default() };
        let whole = corpus.findings(&gazetteer, &settings);
        assert_accounts(&whole);

        let by_document: Vec<&[Mentioned]> = corpus.mentions.chunk_by(|a, b| a.doc == b.doc).collect();
        let mut bounds: Vec<usize> = cuts.iter().map(|cut| cut.index(by_document.len() + 1)).collect();
        bounds.extend([0, by_document.len()]);
        bounds.sort_unstable();
        let parts: Vec<Vec<Mentioned>> = bounds.windows(2).map(|pair| by_document[pair[0]..pair[1]].concat()).collect();
        let mut parts: Vec<&[Mentioned]> = parts.iter().map(Vec::as_slice).collect();
        let turn = turn.index(parts.len());
        parts.rotate_left(turn);
        parts.reverse();
        let split = corpus.analyse_parts(&parts, &gazetteer, &settings).unwrap().findings;
        prop_assert_eq!(&whole, &split);

        // And the sums are those of a plain count.
        let kinds: Vec<&str> = settings.count.iter().map(|kind| kind.as_str()).collect();
        let verdicts = corpus.analyse(&gazetteer, &settings).verdicts.all().to_vec();
        for entity in &whole.entities {
            let counted = |one: &&Mentioned| {
                one.entity == entity.id && one.counted && kinds.contains(&one.kind)
                    && verdicts[one.doc as usize].status == DocumentStatus::Read
            };
            let found: Vec<&Mentioned> = corpus.mentions.iter().filter(counted).collect();
            let articles: std::collections::BTreeSet<u32> = found.iter().map(|one| one.doc).collect();
            let stories: std::collections::BTreeSet<u32> = articles.iter().map(|&doc| verdicts[doc as usize].story).collect();
            prop_assert_eq!(
                (entity.mentions, entity.articles, entity.stories),
                (found.len() as u64, articles.len() as u64, stories.len() as u64)
            );
        }
    }
}
