//! Sentences that carry their own counts: every file of `tests/data/LANGUAGE/` says in line 1 whom it mentions and how often.
//!
//! `# expect: MLI=2 wagner=1` names countries by ISO 3166-1 alpha-3 and all others by id. Whoever is not named must not be counted. An optional second
//! line `# date: 2023-08-07` dates the document, for offices. What follows is the body.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use marsad::clean::clean_text;
use marsad::gazetteer::load_gazetteer;
use marsad::matcher::{Matcher, Scratch};
use marsad::model::document::Document;
use marsad::model::entity::Gazetteer;
use marsad::model::language::Language;
use marsad::settings::{AnalyseSettings, GazetteerSettings};

/// Whom a text mentions and how often.
type Counts = BTreeMap<String, u64>;

/// Every fixture, in path order.
fn fixtures() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    walkdir::WalkDir::new(root)
        .sort_by_file_name()
        .into_iter()
        .map(|entry| entry.expect("tests/data can be walked").into_path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
        .collect()
}

/// The truth of a fixture and its document.
fn read(path: &Path) -> (Counts, Document) {
    let text = std::fs::read_to_string(path).expect("a fixture is UTF-8");
    let (first, mut rest) = text.split_once('\n').expect("a fixture has more than one line");
    let truth = first
        .strip_prefix("# expect:")
        .unwrap_or_else(|| panic!("{}: line 1", path.display()));
    let expected = truth
        .split_whitespace()
        .map(|pair| {
            let (who, count) = pair
                .split_once('=')
                .unwrap_or_else(|| panic!("{}: {pair}", path.display()));
            (who.to_owned(), count.parse().expect("a count"))
        })
        .collect();
    let mut date = None;
    if let Some((second, body)) = rest.split_once('\n')
        && let Some(day) = second.strip_prefix("# date:")
    {
        date = Some(day.trim().parse().expect("a date"));
        rest = body;
    }
    let language = path
        .parent()
        .and_then(Path::file_name)
        .and_then(|name| Language::new(&name.to_string_lossy()));
    assert!(language.is_some(), "{}: its folder names no language", path.display());
    (
        expected,
        Document {
            body: rest.to_owned(),
            language,
            date,
            ..Document::default()
        },
    )
}

/// What the matcher counts, by the kinds that a report counts where nothing else is asked for.
fn count(matcher: &Matcher, gazetteer: &Gazetteer, document: Document, scratch: &mut Scratch) -> Counts {
    let kinds = AnalyseSettings::default().count;
    let mut counts = Counts::new();
    for mention in matcher.find_mentions(&clean_text(document), scratch) {
        if mention.counted && kinds.contains(&mention.kind) {
            let entity = gazetteer.entity(mention.entity);
            let who = if entity.iso3.is_empty() {
                &entity.id
            } else {
                &entity.iso3
            };
            *counts.entry(who.clone()).or_default() += 1;
        }
    }
    counts
}

#[test]
fn every_sentence_counts_what_it_says() {
    let gazetteer = load_gazetteer(&GazetteerSettings::default()).expect("the built-in names are sound");
    let matcher = Matcher::new(&gazetteer);
    let mut scratch = Scratch::default();
    let mut wrong = Vec::new();
    let all = fixtures();
    for path in &all {
        let (expected, document) = read(path);
        let body = document.body.clone();
        let found = count(&matcher, &gazetteer, document, &mut scratch);
        if found != expected {
            let name = path.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap_or(path).display();
            wrong.push(format!(
                "{name}\n  expected {expected:?}\n  found    {found:?}\n  {}",
                body.trim_end()
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {} sentences\n{}",
        wrong.len(),
        all.len(),
        wrong.join("\n")
    );
}
