//! The report as a whole: every file of it, in every language.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::fixtures::{self, HOSTILE};
use super::folder::Folder;
use super::labels::Labels;
use super::text::one_line;
use crate::model::findings::Findings;
use crate::model::language::Language;
use crate::settings::{CsvDialect, RenderSettings};

/// Writes the report of the small corpus.
fn report(target: &Path, findings: &Findings, settings: &RenderSettings) {
    let mut folder = Folder::create(target).unwrap();
    folder.write_findings(findings, settings).unwrap();
    let mut evidence = folder.evidence(settings).unwrap();
    evidence.push_document(&fixtures::document()).unwrap();
    evidence.push_mention(&fixtures::mention()).unwrap();
    folder.keep_evidence(evidence.finish().unwrap().0);
    let report = folder.finish(&fixtures::facts()).unwrap();
    assert_eq!(report.folder, target.canonicalize().unwrap());
    assert_eq!(report.files, paths(target).len() as u64);
}

/// A report with default settings in a folder of its own.
fn written() -> (tempfile::TempDir, PathBuf) {
    let root = tempfile::tempdir().unwrap();
    let target = root.path().join("report");
    report(&target, &fixtures::findings(), &RenderSettings::default());
    (root, target)
}

/// Every file below `folder`, with `/`.
fn paths(folder: &Path) -> BTreeSet<String> {
    let files = walkdir::WalkDir::new(folder)
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().is_file());
    files
        .map(|file| {
            file.path()
                .strip_prefix(folder)
                .unwrap()
                .to_string_lossy()
                .replace('\\', "/")
        })
        .collect()
}

fn text(folder: &Path, path: &str) -> String {
    std::fs::read_to_string(folder.join(path)).unwrap()
}

fn json(folder: &Path, path: &str) -> Value {
    serde_json::from_str(&text(folder, path)).unwrap()
}

#[test]
fn the_folder_has_what_was_promised() {
    let (_root, target) = written();
    let found = paths(&target);
    for path in [
        "index.html",
        "index.fr.html",
        "index.ar.html",
        "SUMMARY.md",
        "SUMMARY.fr.md",
        "SUMMARY.ar.md",
        "manifest.json",
        "datapackage.json",
        "tables/mentions_by_period.csv",
        "tables/wide/articles.csv",
        "evidence/mentions.csv",
        "evidence/documents.csv",
        "quality/inputs.csv",
        "quality/undated.csv",
        "quality/skipped.csv",
        "quality/duplicates.csv",
        "quality/ambiguous.csv",
        "quality/encodings.csv",
    ] {
        assert!(found.contains(path), "{path} is missing");
    }
    let drawn: Vec<&String> = found.iter().filter(|path| path.starts_with("charts/")).collect();
    for ending in [".csv", ".en.png", ".fr.svg", ".ar.txt"] {
        assert!(
            drawn.iter().any(|path| path.ends_with(ending)),
            "no chart has {ending}: {drawn:?}"
        );
    }
}

#[test]
fn the_manifest_knows_every_file_by_its_hash() {
    let (_root, target) = written();
    let manifest = json(&target, "manifest.json");
    assert_eq!(manifest["generator"]["name"], "marsad");
    assert_eq!(manifest["settings"], fixtures::facts().settings);
    let listed: BTreeSet<String> = manifest["outputs"]
        .as_array()
        .unwrap()
        .iter()
        .map(|file| file["path"].as_str().unwrap().to_owned())
        .collect();
    let mut found = paths(&target);
    found.remove("manifest.json");
    assert_eq!(listed, found);
    for file in manifest["outputs"].as_array().unwrap() {
        let content = std::fs::read(target.join(file["path"].as_str().unwrap())).unwrap();
        let hash = Sha256::digest(&content)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect::<Vec<_>>()
            .concat();
        assert_eq!(
            (file["bytes"].as_u64(), file["sha256"].as_str()),
            (Some(content.len() as u64), Some(hash.as_str()))
        );
    }
    assert_eq!(manifest["inputs"][0]["sha256"], Value::Null);
    assert_eq!(manifest["inputs"][1]["sha256"], "ab".repeat(32));
}

#[test]
fn the_data_package_has_the_columns_of_every_table() {
    for dialect in [CsvDialect::Plain, CsvDialect::Excel, CsvDialect::Fr] {
        let root = tempfile::tempdir().unwrap();
        let target = root.path().join("report");
        report(
            &target,
            &fixtures::findings(),
            &RenderSettings {
                csv: dialect,
                ..RenderSettings::default()
            },
        );
        let package = json(&target, "datapackage.json");
        let mut described = BTreeSet::new();
        for resource in package["resources"].as_array().unwrap() {
            let path = resource["path"].as_str().unwrap();
            described.insert(path.to_owned());
            let delimiter = resource["dialect"]["delimiter"].as_str().unwrap().as_bytes()[0];
            let content = text(&target, path);
            let content = content.trim_start_matches('\u{feff}');
            let mut reader = csv::ReaderBuilder::new()
                .delimiter(delimiter)
                .from_reader(content.as_bytes());
            let fields = resource["schema"]["fields"].as_array().unwrap();
            let names: Vec<&str> = fields.iter().map(|field| field["name"].as_str().unwrap()).collect();
            assert_eq!(reader.headers().unwrap().iter().collect::<Vec<_>>(), names, "{path}");
            assert_eq!(
                reader.records().map(Result::unwrap).count() as u64,
                resource["rows"],
                "{path}"
            );
            for field in fields {
                let told = !field["description"].as_str().unwrap().is_empty();
                assert!(told && field["type"].is_string(), "{path}: {field}");
            }
        }
        let tables: BTreeSet<String> = paths(&target).into_iter().filter(|path| is_csv(path)).collect();
        assert_eq!(described, tables);
    }
}

#[test]
fn evidence_keeps_what_was_seen() {
    let (_root, target) = written();
    assert_eq!(
        text(&target, "evidence/mentions.csv"),
        "doc_id,file,record,date,source,language,field,byte_start,byte_end,sentence,surface,entity,iso3,kind,rule,counted,reason,context\r\n\
         a#0,a.jsonl,0,,Le Fleuve,fr,body,4,9,0,Niger,niger,NER,name,form,0,mask,\"'-Au \"\"Niger\"\",\nce matin\"\r\n"
    );
    assert_eq!(
        text(&target, "quality/undated.csv"),
        "doc_id,file,record,source,title,reason\r\nb#3,b.jsonl,3,,\"'+33 6, a \"\"title\"\"; with, everything\",no date found\r\n"
    );
    assert_eq!(
        text(&target, "quality/encodings.csv"),
        "encoding,encoding_method,files,documents,skipped\r\nutf-8,valid,2,54,1\r\n"
    );
}

#[test]
fn every_table_has_a_label_in_every_language() {
    let (_root, target) = written();
    for language in [Language::EN, Language::FR, Language::AR] {
        let labels = Labels::new(language);
        for path in paths(&target)
            .iter()
            .filter(|path| is_csv(path) && !path.starts_with("charts/"))
        {
            assert!(labels.find(path).is_some(), "labels.toml has no {path}");
        }
    }
}

#[test]
fn the_page_asks_nothing_of_the_network() {
    let (_root, target) = written();
    for page in ["index.html", "index.fr.html", "index.ar.html"] {
        let html = text(&target, page);
        assert!(html.contains("default-src 'none'"), "{page}");
        assert!(
            !html.contains("src=\"http") && !html.contains("src='http") && !html.contains("url(http"),
            "{page}"
        );
        let links: Vec<&str> = html
            .split("href=\"")
            .skip(1)
            .map(|rest| rest.split('"').next().unwrap())
            .collect();
        for link in links {
            if link.starts_with("http") {
                assert_eq!(link, "https://example.org/a%22b", "{page}");
            } else if let Some(id) = link.strip_prefix('#') {
                assert!(html.contains(&format!("id=\"{id}\"")), "{page}: {link} leads nowhere");
            } else {
                assert!(target.join(link).exists(), "{page}: {link} is missing");
            }
        }
        assert!(!html.contains("javascript:"), "{page}");
        assert!(!html.contains("style=") && !html.contains("{{label"), "{page}");
    }
}

#[test]
fn a_hostile_title_stays_text() {
    let (_root, target) = written();
    for page in ["index.html", "index.fr.html", "index.ar.html"] {
        let html = text(&target, page);
        let parsed = scraper::Html::parse_document(&html);
        let all = |selector: &str| -> Vec<String> {
            let selector = scraper::Selector::parse(selector).unwrap();
            parsed
                .select(&selector)
                .map(|element| element.text().collect())
                .collect()
        };
        assert!(
            all("main b, img, main script:not([type='application/json'])").is_empty(),
            "{page}"
        );
        assert_eq!(all("script:not([type='application/json'])").len(), 1, "{page}");
        assert_eq!(all("head > title"), ["Sahel <press>"]);
        assert!(all(".reading li bdi").contains(&one_line(HOSTILE)), "{page}");
        assert!(
            all(".cautions li").iter().any(|item| item.contains("<b>Le Fleuve</b>")),
            "{page}"
        );
        assert!(!html.contains('\u{202e}'), "{page}");
    }
    for summary in ["SUMMARY.md", "SUMMARY.fr.md", "SUMMARY.ar.md"] {
        let markdown = text(&target, summary);
        assert!(
            !markdown.contains("<script") && !markdown.contains("![x]") && !markdown.contains("<b>"),
            "{summary}"
        );
        assert!(
            markdown.contains("&lt;script&gt;alert") && markdown.contains("!\\[x\\]"),
            "{summary}"
        );
    }
}

#[test]
fn style_and_script_of_the_page_are_those_its_policy_names() {
    use base64::Engine as _;
    let (_root, target) = written();
    let html = text(&target, "index.ar.html");
    let hash = |name: &str| {
        let content = html
            .split(&format!("<{name}>"))
            .nth(1)
            .unwrap()
            .split(&format!("</{name}>"))
            .next()
            .unwrap();
        base64::engine::general_purpose::STANDARD.encode(Sha256::digest(content))
    };
    assert!(html.contains(&format!("style-src 'sha256-{}'", hash("style"))));
    assert!(html.contains(&format!("script-src 'sha256-{}'", hash("script"))));
    let style = html.split("<style>").nth(1).unwrap();
    assert!(html.contains("<html lang=\"ar\" dir=\"rtl\">") && style.contains("IBM Plex Sans Arabic"));
}

#[test]
fn what_the_page_tells_of_a_chart_is_what_its_csv_has() {
    let (_root, target) = written();
    let html = text(&target, "index.html");
    let mut told = 0;
    for section in html.split("<section class=\"chart\" id=\"chart-").skip(1) {
        let name = section.split('"').next().unwrap();
        let Some(tips) = section.split("<script type=\"application/json\">").nth(1) else {
            continue;
        };
        let tips: Value = serde_json::from_str(tips.split("</script>").next().unwrap()).unwrap();
        let csv = text(&target, &format!("charts/{name}.csv"));
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        let heads = reader.headers().unwrap().clone();
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        let column = |name: &str| heads.iter().position(|head| head == name);
        let list = |value: &Value| value.as_array().unwrap().clone();
        let (keys, series) = (list(&tips["keys"]), list(&tips["series"]));
        for figure in list(&tips["figures"]) {
            for (part, of) in list(&figure["of"]).iter().enumerate() {
                let values = list(&figure["v"][part]);
                for (place, key) in keys.iter().enumerate() {
                    for (at, id) in series.iter().enumerate() {
                        let value = if values.len() > keys.len() {
                            &values[place * series.len() + at]
                        } else {
                            &values[place]
                        };
                        let row = rows.iter().find(|row| {
                            list(&tips["by"])
                                .iter()
                                .zip(list(key))
                                .all(|(by, key)| row.get(column(by.as_str().unwrap()).unwrap()) == key.as_str())
                                && (id == "" || column("entity").and_then(|entity| row.get(entity)) == id.as_str())
                        });
                        let cell = &row.unwrap()[column(of.as_str().unwrap()).unwrap()];
                        assert_eq!(value.as_f64(), cell.parse().ok(), "{name} {key} {id} {of}");
                        told += 1;
                    }
                }
            }
        }
    }
    assert!(told > 30, "{told}");
}

#[test]
fn the_same_findings_give_the_same_bytes() {
    let (_first, one) = written();
    let (_second, two) = written();
    for path in paths(&one) {
        assert_eq!(
            std::fs::read(one.join(&path)).unwrap(),
            std::fs::read(two.join(&path)).unwrap(),
            "{path}"
        );
    }
}

#[test]
fn an_empty_corpus_has_a_report_too() {
    let root = tempfile::tempdir().unwrap();
    let target = root.path().join("report");
    let mut findings = Findings::default();
    findings.corpus.name = "empty".into();
    findings.caveats.push(crate::model::findings::Caveat::NothingDated);
    report(
        &target,
        &findings,
        &RenderSettings {
            ui: vec![Language::FR],
            ..RenderSettings::default()
        },
    );
    assert!(text(&target, "SUMMARY.md").contains("aucun ne porte de date fiable"));
    assert!(text(&target, "index.html").contains("Aucun document ne porte de date fiable"));
    assert_eq!(text(&target, "tables/mentions_by_period.csv").lines().count(), 1);
    assert!(!paths(&target).contains("index.fr.html"));
}

/// Whether a path of the report is a table.
fn is_csv(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|ending| ending == "csv")
}
