//! A small corpus for tests: three weeks, the second without an article, the third covered in part; two entities; everything awkward.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use super::folder::ManifestFacts;
use crate::model::document::DateMethod;
use crate::model::entity::{EntityClass, Names};
use crate::model::evidence::{DocumentRow, DocumentStatus, MentionRow};
use crate::model::findings::{
    AmbiguousRow, BurstRow, Caveat, Cell, ChangeFlag, ChangeRow, Claim, CoMentionRow, CorpusFacts, DuplicateRow,
    EntityFacts, EventRow, Findings, GroupFacts, GroupRow, HeadlineRow, KeywordRow, KeywordScope, KindRow, PeriodFacts,
    Quality, Share, Smoothing, SourceRow, Stretch, UndatedRow, Window,
};
use crate::model::input::{Input, InputStatus};
use crate::model::language::Language;
use crate::model::mention::{Field, Kind};
use crate::model::period::Calendar;
use crate::model::skip::{Skip, SkipReason};

/// A title that tries everything.
pub(crate) const HOSTILE: &str =
    "=cmd|'/C calc'!A0 </title><script>alert(\"1\")</script> \u{202e}![x](http://evil.example) {{style}}";

/// A day.
pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A share with its interval.
#[expect(clippy::unnecessary_wraps, reason = "every place that takes it takes an option")]
pub(crate) const fn share(value: f64, lo: f64, hi: f64) -> Option<Share> {
    Some(Share { value, lo, hi })
}

/// The name of Niger.
pub(crate) fn niger() -> Names {
    Names {
        en: "Niger".into(),
        en_article: false,
        fr: "Niger".into(),
        fr_article: "le".into(),
        fr_feminine: false,
        ar: "النيجر".into(),
        ar_feminine: true,
    }
}

/// The name of the United States.
pub(crate) fn united_states() -> Names {
    Names {
        en: "United States".into(),
        en_article: true,
        fr: "États-Unis".into(),
        fr_article: "les".into(),
        fr_feminine: false,
        ar: "الولايات المتحدة".into(),
        ar_feminine: true,
    }
}

/// What the manifest is told.
pub(crate) fn facts() -> ManifestFacts {
    ManifestFacts {
        settings: serde_json::json!({ "by": "week", "language": [], "from": null, "ui": ["en", "ar"] }),
        gazetteer_hash: "0123456789abcdef".into(),
        watchlist_as_of: Some(day("2024-01-01")),
    }
}

/// Three weeks.
fn periods() -> Vec<PeriodFacts> {
    let week = |start: &str, complete, days_covered, articles, duplicates, words, mentions| PeriodFacts {
        period: Calendar::default().period_of(day(start)),
        complete,
        days_covered,
        documents: articles + duplicates,
        articles,
        stories: articles,
        duplicates,
        words,
        mentions,
    };
    vec![
        week("2024-01-01", true, 7, 40, 1, 8000, 30),
        week("2024-01-08", true, 7, 0, 0, 0, 0),
        week("2024-01-15", false, 3, 10, 0, 2000, 9),
    ]
}

/// Two entities.
fn entities() -> Vec<EntityFacts> {
    let cell = |articles, mentions, share, share_of_voice| Cell {
        articles,
        stories: articles,
        mentions,
        headline_articles: articles / 2,
        share,
        share_of_voice,
        share_headline: share.map(|_| 0.25),
        share_balanced: share.map(|share| share.value / 2.0),
        per_1000_words: share.map(|_| 3.75),
        rolling_mean: None,
    };
    let entity = |id: &str, names, iso3: &str, series: Vec<Cell>| EntityFacts {
        id: id.into(),
        names,
        class: EntityClass::Country,
        iso3: iso3.into(),
        colour: None,
        articles: series.iter().map(|cell| cell.articles).sum(),
        stories: series.iter().map(|cell| cell.stories).sum(),
        mentions: series.iter().map(|cell| cell.mentions).sum(),
        series,
    };
    vec![
        entity(
            "niger",
            niger(),
            "NER",
            vec![
                cell(20, 30, share(0.5, 0.352, 0.648), Some(1.0)),
                cell(0, 0, None, None),
                cell(6, 9, share(0.6, 0.3127, 0.8318), Some(1.0)),
            ],
        ),
        entity(
            "united-states",
            united_states(),
            "USA",
            vec![
                cell(0, 0, share(0.0, 0.0, 0.087_622), Some(0.0)),
                cell(0, 0, None, None),
                cell(0, 0, share(0.0, 0.0, 0.277_533), Some(0.0)),
            ],
        ),
    ]
}

/// What moved, who leads, what to distrust.
fn said(findings: &mut Findings) {
    findings.change = vec![
        ChangeRow {
            entity: 0,
            period: 0,
            articles: 20,
            articles_total: 40,
            baseline_articles: 30,
            baseline_total: 300,
            baseline_periods: 8,
            expected: Some(4.0),
            rate_ratio: share(5.0, 2.7, f64::INFINITY),
            p_value: Some(1.234_56e-8),
            q_value: Some(1.234_56e-8),
            dispersion: Some(1.0),
            lowered: 0,
            flag: ChangeFlag::Up,
            difference: share(0.4, 0.25, 0.548),
        },
        ChangeRow {
            entity: 1,
            period: 0,
            articles: 0,
            articles_total: 40,
            baseline_articles: 0,
            baseline_total: 300,
            baseline_periods: 8,
            expected: Some(0.0),
            rate_ratio: None,
            p_value: None,
            q_value: None,
            dispersion: None,
            lowered: 0,
            flag: ChangeFlag::Insufficient,
            difference: None,
        },
    ];
    findings.claims = vec![
        Claim::Trend {
            entity: 1,
            from: 0.25,
            to: 0.042,
            stretch: Stretch::Halves,
        },
        Claim::Leads {
            entity: 0,
            led: 2,
            of: 3,
        },
        Claim::Moved { entity: 0, up: true },
    ];
    findings.caveats = vec![
        Caveat::PartialLastPeriod { period: 2 },
        Caveat::Gap { from: 1, to: 1 },
        Caveat::SilentSource {
            source: "<b>Le Fleuve</b>".into(),
            period: 0,
        },
        Caveat::Skipped { skipped: 1 },
    ];
}

/// Headlines, events, groups.
fn rows(findings: &mut Findings) {
    let headline = |rank, title: &str, url: &str, doc_id: &str| HeadlineRow {
        entity: 0,
        rank,
        date: day("2024-01-03"),
        source: "Le Fleuve".into(),
        language: Language::FR,
        title: title.into(),
        url: url.into(),
        doc_id: doc_id.into(),
        story_size: 2,
        why: "title;mentions=3".into(),
    };
    findings.headlines = vec![
        headline(1, HOSTILE, "javascript:alert(1)", "a#0"),
        headline(2, "Niamey, deux ans après", "https://example.org/a\"b", "b#1"),
    ];
    findings.events = vec![EventRow {
        date: day("2024-01-10"),
        id: "summit".into(),
        entities: vec!["niger".into(), "united-states".into()],
        label: BTreeMap::from([(Language::EN, "Summit".into()), (Language::AR, "قمة".into())]),
        drawn: true,
    }];
    let group = |group: &str| GroupRow {
        group: group.into(),
        entity: 0,
        articles: 26,
        stories: 25,
        mentions: 39,
        articles_total: 50,
        share: share(0.52, 0.385, 0.652),
    };
    findings.comentions = vec![CoMentionRow {
        first: 0,
        second: 1,
        window: Window::Sentence,
        articles: 6,
        expected: 0.6,
        lift: share(10.0, 5.3, 12.7).expect("a share"),
        npmi: None,
        g2: 24.5,
        q_value: 0.000_001,
    }];
    let keyword = |scope, term: &str, n_reference, log_ratio| KeywordRow {
        scope,
        language: Language::EN,
        term: term.into(),
        n_target: 12,
        n_reference,
        words_target: 4000,
        words_reference: 6000,
        log_ratio,
        g2: 13.25,
        q_value: 0.001_234,
    };
    findings.keywords = vec![
        keyword(KeywordScope::Entity(0), "uranium", 2, 3.17),
        keyword(KeywordScope::Entity(0), "<b>", 0, 5.17),
        keyword(KeywordScope::Period(0), "summit", 3, 2.585),
    ];
    findings.bursts = vec![BurstRow {
        entity: 0,
        from: 0,
        to: 1,
        articles: 20,
        articles_total: 40,
        weight: 3.25,
    }];
    findings.groups = vec![GroupFacts {
        id: "sahel".into(),
        names: niger(),
        articles: 26,
        mentions: 39,
        series: findings.entities[0].series.clone(),
    }];
    findings.by_source = vec![group("Le Fleuve")];
    findings.told_by_source = findings.by_source.clone();
    findings.by_language = vec![group("fr")];
    findings.by_kind = vec![KindRow {
        period: 0,
        entity: 0,
        kind: Kind::Name,
        articles: 20,
        mentions: 30,
    }];
    findings.sources = vec![SourceRow {
        source: "Le Fleuve".into(),
        languages: vec![Language::FR, Language::AR],
        articles: 50,
        stories: 49,
        first_date: day("2024-01-01"),
        last_date: day("2024-01-17"),
        periods_present: 2,
        silent_periods: 1,
    }];
}

/// The account of what was read.
fn quality() -> Quality {
    let input = |file: &str, status, encoding: &str, documents, skipped, sha256: &str| Input {
        file: file.into(),
        status,
        format: "jsonl".into(),
        compression: String::new(),
        encoding: encoding.into(),
        encoding_method: if encoding.is_empty() { "" } else { "valid" }.into(),
        bytes: 1000,
        sha256: sha256.into(),
        documents,
        skipped,
        note: String::new(),
    };
    Quality {
        inputs: vec![
            input(".hidden", InputStatus::Ignored, "", 0, 0, ""),
            input("a.jsonl", InputStatus::Read, "utf-8", 50, 1, &"ab".repeat(32)),
            input("b.jsonl", InputStatus::Read, "utf-8", 4, 0, &"cd".repeat(32)),
        ],
        undated: vec![UndatedRow {
            doc_id: "b#3".into(),
            file: "b.jsonl".into(),
            record: 3,
            source: String::new(),
            title: "+33 6, a \"title\"; with, everything".into(),
            reason: "no date found".into(),
        }],
        skipped: vec![Skip {
            file: "a.jsonl".into(),
            record: Some(7),
            line: Some(8),
            reason: SkipReason::Malformed,
            detail: "expected `,`".into(),
        }],
        duplicates: vec![DuplicateRow {
            story_id: "a#0".into(),
            story_size: 2,
            doc_id: "a#1".into(),
            file: "a.jsonl".into(),
            record: 1,
            date: Some(day("2024-01-03")),
            source: "Le Fleuve".into(),
            title: "Niamey".into(),
            role: "duplicate",
            similarity: 1.0,
            first_source: "Le Fleuve".into(),
            agencies: "afp; reuters".into(),
        }],
        ambiguous: vec![AmbiguousRow {
            surface: "مالي".into(),
            language: Language::AR,
            entity: "mali".into(),
            rule: "ar-mali".into(),
            counted: 3,
            refused: 4,
            undecided: 1,
            examples_counted: vec!["في مالي".into()],
            examples_refused: Vec::new(),
            examples_undecided: vec!["زار مالي".into()],
        }],
    }
}

/// All figures of the small corpus: 54 documents, 50 articles, one re-crawl, two undated, one outside the filters.
pub(crate) fn findings() -> Findings {
    let mut findings = Findings {
        corpus: CorpusFacts {
            name: "Sahel <press>".into(),
            documents: 54,
            articles: 50,
            stories: 49,
            undated: 2,
            skipped: 1,
            duplicates: 1,
            filtered: 1,
            words: 10_000,
            sources: 1,
            languages: vec![(Language::FR, 30), (Language::AR, 20)],
            mentions: 39,
            range: Some((day("2024-01-01"), day("2024-01-17"))),
            calendar: Calendar::default(),
            files: 3,
            watched_countries: vec!["NER".into()],
            stale_as_of: None,
        },
        periods: periods(),
        entities: entities(),
        featured: vec![0, 1],
        last_complete: Some(0),
        smoothing: Smoothing {
            window: 1,
            series: vec![
                vec![share(0.5, 0.352, 0.648), None, None],
                vec![share(0.0, 0.0, 0.09), None, None],
            ],
        },
        quality: quality(),
        ..Findings::default()
    };
    said(&mut findings);
    rows(&mut findings);
    findings
}

/// A mention of the small corpus.
pub(crate) fn mention() -> MentionRow {
    MentionRow {
        doc_id: "a#0".into(),
        file: "a.jsonl".into(),
        record: 0,
        date: None,
        source: "Le Fleuve".into(),
        language: Language::FR,
        field: Field::Body,
        byte_start: 4,
        byte_end: 9,
        sentence: 0,
        surface: "Niger".into(),
        entity: "niger".into(),
        iso3: "NER".into(),
        kind: Kind::Name,
        rule: "form".into(),
        counted: false,
        reason: "mask".into(),
        context: "-Au \"Niger\",\nce matin".into(),
    }
}

/// A document of the small corpus.
pub(crate) fn document() -> DocumentRow {
    DocumentRow {
        doc_id: "a#0".into(),
        file: "a.jsonl".into(),
        record: 0,
        source: "Le Fleuve".into(),
        language: Language::FR,
        language_confidence: 0.75,
        date: Some(day("2024-01-01") + Days::new(2)),
        date_method: DateMethod::Url,
        date_note: String::new(),
        title: HOSTILE.into(),
        url: "https://example.org/a".into(),
        words: 120,
        sentences: 9,
        text_hash: "ef".repeat(16),
        story_id: "a#0".into(),
        status: DocumentStatus::Read,
    }
}
