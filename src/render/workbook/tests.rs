//! The workbook of the small corpus, opened again.

use std::path::Path;

use calamine::{Data, Reader as _, Xlsx, open_workbook};

use super::FILE;
use crate::model::findings::Findings;
use crate::model::language::Language;
use crate::render::fixtures::{self, HOSTILE};
use crate::render::folder::Folder;
use crate::settings::RenderSettings;

/// Writes a report with a workbook to `target`.
fn report(target: &Path, findings: &Findings, ui: &[Language]) {
    let settings = RenderSettings {
        xlsx: true,
        ui: ui.to_vec(),
        ..RenderSettings::default()
    };
    let mut folder = Folder::create(target).unwrap();
    folder.write_findings(findings, &settings).unwrap();
    let mut evidence = folder.evidence(&settings).unwrap();
    evidence.push_document(&fixtures::document()).unwrap();
    evidence.push_mention(&fixtures::mention()).unwrap();
    folder.keep_evidence(evidence.finish().unwrap().0);
    folder.finish(&fixtures::facts()).unwrap();
}

/// The cells of a sheet, its header among them.
fn sheet(target: &Path, name: &str) -> Vec<Vec<Data>> {
    let mut book: Xlsx<_> = open_workbook(target.join(FILE)).unwrap();
    let range = book.worksheet_range(name).unwrap();
    range.rows().map(<[Data]>::to_vec).collect()
}

/// One part of the file.
fn part(target: &Path, name: &str) -> String {
    let file = std::fs::File::open(target.join(FILE)).unwrap();
    let mut parts = zip::ZipArchive::new(file).unwrap();
    std::io::read_to_string(parts.by_name(name).unwrap()).unwrap()
}

#[test]
fn numbers_are_numbers_and_days_are_days() {
    let root = tempfile::tempdir().unwrap();
    let target = root.path().join("report");
    report(&target, &fixtures::findings(), &[Language::EN]);
    let rows = sheet(&target, "mentions_by_period");
    let place = |name: &str| {
        rows[0]
            .iter()
            .position(|head| *head == Data::String(name.into()))
            .unwrap()
    };
    let start = rows[1][place("period_start")].clone();
    assert!(
        matches!(&start, Data::DateTime(day) if day.is_datetime() && day.as_f64().to_bits() == 45_292.0_f64.to_bits()),
        "{start:?}"
    );
    assert_eq!(rows[1][place("articles")], Data::Float(20.0));
    assert_eq!(rows[1][place("share_hi")], Data::Float(0.648));
    assert_eq!(rows[1][place("entity_name")], Data::String("Niger".into()));
    assert_eq!(
        rows[3][place("share_articles")],
        Data::Empty,
        "a week without articles has no share"
    );
    assert_eq!(rows[3][place("articles")], Data::Float(0.0), "0 means that we looked");
    let change = sheet(&target, "change");
    assert_eq!(change[1][8], Data::String("INF".into()));
    assert_eq!(change[1][9], Data::Float(1.23e-8));
}

#[test]
fn hostile_text_is_text_and_no_formula_is_anywhere() {
    let root = tempfile::tempdir().unwrap();
    let target = root.path().join("report");
    report(&target, &fixtures::findings(), &[Language::EN]);
    let titles = sheet(&target, "headlines");
    assert_eq!(titles[1][5], Data::String(HOSTILE.into()));
    let mut book: Xlsx<_> = open_workbook(target.join(FILE)).unwrap();
    for name in book.sheet_names() {
        let formulas = book.worksheet_formula(&name).unwrap();
        assert_eq!(formulas.used_cells().count(), 0, "{name}");
    }
    assert!(part(&target, "xl/styles.xml").contains("quotePrefix=\"1\""));
}

#[test]
fn an_arabic_workbook_runs_from_the_right_and_names_in_arabic() {
    let root = tempfile::tempdir().unwrap();
    let target = root.path().join("report");
    report(&target, &fixtures::findings(), &[Language::AR, Language::EN]);
    let shares = sheet(&target, "wide_share_articles");
    assert_eq!(shares[0][3], Data::String("النيجر".into()));
    let names = sheet(&target, "mentions_by_period");
    assert_eq!(names[1][6], Data::String("النيجر".into()));
    let book: Xlsx<_> = open_workbook(target.join(FILE)).unwrap();
    assert_eq!(book.sheet_names()[0], "التقرير");
    for place in 1..=book.sheet_names().len() {
        let xml = part(&target, &format!("xl/worksheets/sheet{place}.xml"));
        assert!(xml.contains("rightToLeft=\"1\""), "sheet {place}");
    }
}

#[test]
fn the_same_rows_give_the_same_bytes_without_clock_or_user() {
    let root = tempfile::tempdir().unwrap();
    let (one, two) = (root.path().join("one"), root.path().join("two"));
    report(&one, &fixtures::findings(), &[Language::FR]);
    report(&two, &fixtures::findings(), &[Language::FR]);
    assert_eq!(
        std::fs::read(one.join(FILE)).unwrap(),
        std::fs::read(two.join(FILE)).unwrap()
    );
    let core = part(&one, "docProps/core.xml");
    assert_eq!(core.matches("1980-01-01T00:00:00Z").count(), 2, "{core}");
    assert!(core.contains("<dc:creator>marsad</dc:creator>"), "{core}");
}

#[test]
fn the_cover_names_every_sheet_and_a_table_that_is_too_long_has_none() {
    let root = tempfile::tempdir().unwrap();
    let target = root.path().join("report");
    let settings = RenderSettings {
        xlsx: true,
        ui: vec![Language::EN],
        ..RenderSettings::default()
    };
    let mut folder = Folder::create(&target).unwrap();
    folder.write_findings(&fixtures::findings(), &settings).unwrap();
    let mut evidence = folder.evidence(&settings).unwrap();
    evidence.push_document(&fixtures::document()).unwrap();
    let mention = fixtures::mention();
    for _ in 0..=100_000 {
        evidence.push_mention(&mention).unwrap();
    }
    folder.keep_evidence(evidence.finish().unwrap().0);
    folder.finish(&fixtures::facts()).unwrap();
    let book: Xlsx<_> = open_workbook(target.join(FILE)).unwrap();
    let sheets = book.sheet_names();
    assert!(!sheets.contains(&"evidence_mentions".to_owned()), "{sheets:?}");
    assert!(sheets.contains(&"evidence_documents".to_owned()), "{sheets:?}");
    let cover = sheet(&target, "Report");
    let listed = |text: &str| cover.iter().flatten().any(|cell| *cell == Data::String(text.into()));
    assert!(listed("too long for a sheet") && listed("evidence/mentions.csv"));
    for name in &sheets[1..] {
        assert!(listed(name), "{name}");
    }
}

#[test]
fn text_beyond_what_a_cell_holds_is_cut_and_told() {
    let root = tempfile::tempdir().unwrap();
    let target = root.path().join("report");
    let mut findings = fixtures::findings();
    findings.headlines[0].title = "é".repeat(40_000);
    report(&target, &findings, &[Language::EN]);
    let Data::String(title) = sheet(&target, "headlines")[1][5].clone() else {
        panic!("a title is text");
    };
    assert_eq!(title.chars().count(), 32_767);
    assert!(title.ends_with('…'));
    let told = |cell: &Data| cell.to_string().ends_with("whole: tables/headlines.csv");
    assert!(sheet(&target, "Report").iter().flatten().any(told));
}

#[test]
fn an_empty_corpus_has_a_workbook_too() {
    let root = tempfile::tempdir().unwrap();
    let target = root.path().join("report");
    report(&target, &Findings::default(), &[Language::EN]);
    assert_eq!(sheet(&target, "mentions_by_period").len(), 1);
}
