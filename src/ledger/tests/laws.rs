//! The law of the ledger: many runs, killed or not, tell what one run tells.

use proptest::prelude::*;

use super::corpus::{Corpus, Record, TestFile, article, gazetteer, input, push, scanned, word};
use super::{SECOND, assert_same, open, told};
use crate::ledger::{Ledger, Scanned};
use crate::model::mention::Field;
use crate::model::skip::Skip;

/// What happens to the corpus, and how the run after it ends.
#[derive(Clone, Debug)]
struct Step {
    /// Files that are written anew: which, how many records, of which content.
    written: Vec<(usize, usize, usize)>,
    /// A file that vanishes.
    removed: Option<usize>,
    /// A file that is only touched.
    touched: Option<usize>,
    /// After how many records the run is killed.
    killed: Option<usize>,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = (
        prop::collection::vec((0_usize..7, 0_usize..9, 0_usize..40), 0..4),
        prop::option::of(0_usize..7),
        prop::option::of(0_usize..7),
        prop::option::of(0_usize..12),
    );
    let step = step.prop_map(|(written, removed, touched, killed)| Step {
        written,
        removed,
        touched,
        killed,
    });
    prop::collection::vec(step, 1..6)
}

/// Does the step to the corpus; `now` is the time.
fn change(corpus: &mut Corpus, step: &Step, now: i64) {
    const PATHS: [&str; 7] = ["a", "a.b", "a/b", "c", "c#0", "d/é", "e"];
    const IDS: [Option<&str>; 6] = [
        None,
        Some("one"),
        Some("two"),
        Some("c#0"),
        Some("c#0#1"),
        Some("a/b#1"),
    ];
    for (file, records, content) in &step.written {
        let record = |at: usize| match (content + at) % 7 {
            3 => Record::Broken,
            other => article(IDS[(content * 5 + at) % 6], PATHS[*file], other % 4),
        };
        let records = (0..*records).map(record).collect();
        // Half of the files are so young that their stamp is not trusted.
        let modified = Some(now - if content % 2 == 0 { SECOND } else { 100 * SECOND });
        corpus.0.insert(PATHS[*file].to_owned(), TestFile { modified, records });
    }
    if let Some(file) = step.removed {
        corpus.0.remove(PATHS[file]);
    }
    if let Some(file) = step.touched.and_then(|file| corpus.0.get_mut(PATHS[file])) {
        file.modified = Some(now - SECOND);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn many_runs_killed_or_not_tell_what_one_run_tells(steps in steps()) {
        let dir = tempfile::tempdir().unwrap();
        let mut corpus = Corpus::default();
        let mut now = 1000 * SECOND;
        for step in steps {
            now += 10 * SECOND;
            change(&mut corpus, &step, now);
            if let Some(records) = step.killed {
                scan_and_die(&corpus, &mut open(dir.path()), now, records);
            }
            let mut ledger = open(dir.path());
            corpus.scan(&mut ledger, now);
            let told = told(&ledger);
            assert_same(&told, &corpus.fresh());
            let names: Vec<String> = told.document_rows.into_iter().map(|row| row.doc_id).collect();
            let found: Vec<_> =
                told.mention_rows.into_iter().map(|row| (row.doc_id, row.field, row.byte_start, row.byte_end)).collect();
            prop_assert_eq!((names, found, told.words), truth(&corpus));
            let rest = corpus.plan(&mut ledger, now, false);
            prop_assert_eq!(rest.unchanged, corpus.0.len() as u64);
        }
    }
}

/// Scans as far as `records` records and drops everything, as a killed run does.
fn scan_and_die(corpus: &Corpus, ledger: &mut Ledger, now: i64, mut records: usize) {
    let plan = corpus.plan(ledger, now, false);
    let (stamps, gazetteer) = (corpus.stamps(), gazetteer());
    let mut writer = ledger.writer(&gazetteer);
    for place in plan.to_read {
        let path = &stamps[place].file;
        for row in scanned(path, &corpus.0[&**path].records) {
            if records == 0 {
                return;
            }
            records -= 1;
            push(&mut writer, vec![row]);
        }
        writer
            .end_file(input(path, &corpus.0[&**path].records), stamps[place].clone())
            .unwrap();
    }
}

/// The document of a mention, its field, first byte and the byte past its last one.
type Found = (String, Field, u32, u32);

/// The words of a document with their counts.
type Words = Vec<(String, u32)>;

/// The name of each document, whose and where each mention is, and the words of each document, worked out without a ledger.
fn truth(corpus: &Corpus) -> (Vec<String>, Vec<Found>, Vec<Words>) {
    let rows: Vec<Scanned> = corpus
        .0
        .iter()
        .flat_map(|(path, file)| scanned(path, &file.records))
        .collect();
    let mut claimed: Vec<(String, String)> = Vec::new();
    for row in &rows {
        match row {
            Scanned::Read { text, .. } => {
                let (place, own) = (text.document.place(), text.document.own_id.clone());
                claimed.extend(own.filter(|own| *own != place).map(|own| (own, place.clone())));
                claimed.push((place.clone(), place));
            }
            Scanned::Skipped(Skip {
                file,
                record: Some(record),
                ..
            }) => {
                claimed.push((format!("{file}#{record}"), format!("{file}#{record}")));
            }
            Scanned::Skipped(_) => {}
        }
    }
    let alone = |name: &String| claimed.iter().filter(|(claim, _)| claim == name).count() == 1;
    let mut names = Vec::new();
    let mut found = Vec::new();
    let mut all_words = Vec::new();
    for row in &rows {
        let Scanned::Read { text, mentions, words } = row else {
            continue;
        };
        let own = text.document.own_id.clone().filter(|own| !own.is_empty() && alone(own));
        let name = own.unwrap_or_else(|| text.document.place());
        let mut of_this: Vec<_> = mentions
            .iter()
            .map(|m| (name.clone(), m.field, m.start, m.end))
            .collect();
        of_this.sort();
        found.append(&mut of_this);
        names.push(name);
        all_words.push(words.iter().map(|(number, count)| (word(number), count)).collect());
    }
    (names, found, all_words)
}
