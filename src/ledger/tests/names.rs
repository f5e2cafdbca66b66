//! What is the same whoever came first: names, order, hashes, and parts that are joined.

use super::corpus::{Corpus, Record, article, gazetteer, hash, input, push, scanned};
use super::keeping::corpus;
use super::{SECOND, Table, assert_same, open, told};
use crate::ledger::Ledger;
use crate::ledger::part::FileRecord;

#[test]
fn own_ids_that_are_not_alone_give_way_to_the_place_and_return() {
    let dir = tempfile::tempdir().unwrap();
    let mut ledger = open(dir.path());
    let mut corpus = Corpus::default();
    corpus
        .put(
            "1.jsonl",
            vec![
                article(Some("x"), "one", 2),
                article(Some("3.jsonl#1"), "two", 1),
                article(Some("1.jsonl#2"), "three", 1),
            ],
        )
        .put("2.jsonl", vec![article(Some("y"), "four", 1), article(None, "five", 3)]);
    let ids =
        |ledger: &Ledger| -> Vec<String> { told(ledger).document_rows.into_iter().map(|row| row.doc_id).collect() };
    corpus.scan(&mut ledger, 1000 * SECOND);
    assert_eq!(ids(&ledger), ["x", "3.jsonl#1", "1.jsonl#2", "y", "2.jsonl#1"]);

    corpus.put(
        "3.jsonl",
        vec![
            article(Some("x"), "six", 1),
            Record::Broken,
            article(Some("y2"), "seven", 1),
        ],
    );
    corpus.scan(&mut ledger, 2000 * SECOND);
    assert_eq!(
        ids(&ledger),
        [
            "1.jsonl#0",
            "1.jsonl#1",
            "1.jsonl#2",
            "y",
            "2.jsonl#1",
            "3.jsonl#0",
            "y2"
        ]
    );
    assert_same(&told(&ledger), &corpus.fresh());

    corpus.0.remove("3.jsonl");
    corpus.scan(&mut ledger, 3000 * SECOND);
    assert_eq!(ids(&ledger), ["x", "3.jsonl#1", "1.jsonl#2", "y", "2.jsonl#1"]);
    assert_same(&told(&ledger), &corpus.fresh());
}

#[test]
fn the_order_of_pushing_does_not_show() {
    let corpus = corpus();
    let dir = tempfile::tempdir().unwrap();
    let mut ledger = open(dir.path());
    let plan = corpus.plan(&mut ledger, 1000 * SECOND, false);
    assert_eq!(plan.to_read, [0, 1, 2, 3]);
    let (stamps, gazetteer) = (corpus.stamps(), gazetteer());
    let mut writer = ledger.writer(&gazetteer);
    for place in [2, 3, 0, 1] {
        let path = &stamps[place].file;
        let records = &corpus.0[&**path].records;
        push(&mut writer, scanned(path, records));
        writer.end_file(input(path, records), stamps[place].clone()).unwrap();
    }
    writer.finish().unwrap();
    ledger.settle().unwrap();
    assert_same(&told(&ledger), &corpus.fresh());
}

#[test]
fn the_hash_of_a_file_is_in_all_its_documents() {
    let dir = tempfile::tempdir().unwrap();
    let mut ledger = open(dir.path());
    let corpus = corpus();
    corpus.scan(&mut ledger, 1000 * SECOND);
    let large: Vec<&FileRecord> = ledger
        .parts
        .values()
        .flat_map(|part| &part.files)
        .filter(|file| file.input.file == "b/large.jsonl")
        .collect();
    assert!(
        large.len() > 2,
        "the large file has a part to itself only {} times",
        large.len()
    );
    for slice in ledger.stream(Table::Documents, Some(&["file", "file_hash"])) {
        let frame = slice.unwrap().frame;
        for row in 0..frame.height() {
            let text = |name: &str| frame.column(name).unwrap().str().unwrap().get(row).unwrap().to_owned();
            assert_eq!(text("file_hash"), hash(&corpus.0[&text("file")].records));
        }
    }
}

#[test]
fn small_parts_are_joined() {
    let dir = tempfile::tempdir().unwrap();
    let mut corpus = Corpus::default();
    let names: Vec<String> = (0..24)
        .map(|day| format!("{}/{day:02}", ["x", "y", "z"][day % 3]))
        .collect();
    let mut most = 0;
    for name in &names {
        let mut ledger = open(dir.path());
        ledger.sizes.text = 1000;
        ledger.sizes.rows = 1000;
        corpus.put(name, vec![article(None, "short", 1)]);
        corpus.scan(&mut ledger, 100 * SECOND);
        most = most.max(ledger.parts.len());
    }
    assert!((3..=8).contains(&most), "{most} parts");
    assert_same(&told(&open(dir.path())), &corpus.fresh());
}
