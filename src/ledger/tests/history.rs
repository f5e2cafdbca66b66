//! How a ledger came about does not show: not its runs, not their ends.

use std::fs;

use super::corpus::{Corpus, article, begin_batch, gazetteer, input, push, scanned};
use super::{Path, SECOND, assert_same, header, open, told};
use crate::ledger::{DOCUMENT_COLUMNS, Header, Ledger, Memo, Stamp};

#[test]
fn what_an_interrupted_run_left_is_removed_and_nothing_else() {
    let dir = tempfile::tempdir().unwrap();
    let mut ledger = open(dir.path());
    let mut corpus = Corpus::default();
    corpus.put("a", vec![article(None, "a", 1)]);
    corpus.scan(&mut ledger, 100 * SECOND);
    let before = told(&ledger);
    drop(ledger);
    let left = [
        "documents/part-000077.parquet",
        "mentions/part-000001.parquet.tmp",
        "files/part-000099.bin",
        "ledger.json.tmp",
    ];
    let kept = ["documents.txt", "files/notes.txt"];
    for name in left.into_iter().chain(kept) {
        fs::write(dir.path().join(name), "cut sho").unwrap();
    }
    let ledger = open(dir.path());
    assert_same(&told(&ledger), &before);
    assert!(left.iter().take(3).all(|name| !dir.path().join(name).exists()));
    assert!(kept.iter().all(|name| dir.path().join(name).exists()));
}

#[test]
fn half_a_large_file_does_not_count() {
    let dir = tempfile::tempdir().unwrap();
    let mut ledger = open(dir.path());
    let mut corpus = Corpus::default();
    corpus
        .put("a", vec![article(None, "a", 1)])
        .put("b", (0..20).map(|_| article(None, "large", 2)).collect());
    let stamps = corpus.stamps();
    corpus.plan(&mut ledger, 100 * SECOND, false);
    let gazetteer = gazetteer();
    let mut writer = ledger.writer(&gazetteer);
    push(&mut writer, scanned("a", &corpus.0["a"].records));
    writer
        .end_file(input("a", &corpus.0["a"].records), stamps[0].clone())
        .unwrap();
    let mut rows = scanned("b", &corpus.0["b"].records);
    rows.truncate(15);
    push(&mut writer, rows);
    drop(writer);
    drop(ledger);
    assert!(
        fs::read_dir(dir.path().join("documents")).unwrap().count() > 2,
        "nothing was spilled"
    );

    let mut ledger = open(dir.path());
    assert_eq!(
        ledger
            .inputs()
            .iter()
            .map(|input| input.file.as_str())
            .collect::<Vec<_>>(),
        ["a"]
    );
    assert_eq!(told(&ledger).document_rows.len(), 1);
    assert_eq!(corpus.scan(&mut ledger, 100 * SECOND).to_read, [1]);
    assert_same(&told(&ledger), &corpus.fresh());
}

#[test]
fn a_file_that_ends_with_the_rows_of_another_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let mut ledger = open(dir.path());
    let gazetteer = gazetteer();
    let records = [article(None, "a", 1)];
    let stamp = Stamp {
        file: "b".into(),
        bytes: 1,
        modified: None,
    };
    let mut writer = ledger.writer(&gazetteer);
    push(&mut writer, scanned("a", &records));
    let row = scanned("b", &records).remove(0);
    begin_batch(&mut writer);
    assert!(writer.push(row.into()).is_err());
    assert!(writer.end_file(input("b", &records), stamp).is_err());
}

#[test]
fn another_header_empties_the_ledger_and_says_why() {
    let dir = tempfile::tempdir().unwrap();
    let mut corpus = Corpus::default();
    corpus.put("a", vec![article(None, "a", 1)]);
    corpus.scan(&mut open(dir.path()), 100 * SECOND);
    let new = Header {
        gazetteer: "g2".to_owned(),
        ..header()
    };
    let (mut ledger, why) = Ledger::open(dir.path(), new.clone()).unwrap();
    assert_eq!(
        why.as_deref(),
        Some("the names changed since the last scan: scanning everything again")
    );
    assert_eq!(ledger.documents().unwrap().shape(), (0, 1 + DOCUMENT_COLUMNS.len()));
    assert!(ledger.mention_parts().next().is_none() && ledger.inputs().is_empty());
    assert_eq!(fs::read_dir(dir.path().join("mentions")).unwrap().count(), 0);
    assert_eq!(corpus.scan(&mut ledger, 100 * SECOND).to_read, [0]);
    drop(ledger);
    assert_eq!(Ledger::open(dir.path(), new.clone()).unwrap().1, None);

    fs::remove_file(
        fs::read_dir(dir.path().join("mentions"))
            .unwrap()
            .next()
            .unwrap()
            .unwrap()
            .path(),
    )
    .unwrap();
    let (ledger, why) = Ledger::open(dir.path(), new).unwrap();
    assert_eq!(
        why.as_deref(),
        Some("files of the ledger are missing or damaged: scanning everything again")
    );
    assert!(ledger.inputs().is_empty());
}

#[test]
fn another_corpus_another_folder_and_a_second_run_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    let refused = |dir: &Path, header: Header| Ledger::open(dir, header).map(|_| ()).unwrap_err().to_string();
    let first = open(dir.path());
    assert!(refused(dir.path(), header()).contains("another run"));
    drop(first);
    let other = Header {
        roots: vec!["/elsewhere".to_owned()],
        ..header()
    };
    let said = refused(dir.path(), other);
    assert!(
        said.contains("--ledger") && said.contains("/elsewhere") && said.contains("/somewhere/corpus"),
        "{said}"
    );

    let full = tempfile::tempdir().unwrap();
    fs::write(full.path().join("letter.txt"), "dear").unwrap();
    assert!(refused(full.path(), header()).contains("letter.txt"));
    assert_eq!(
        fs::read_dir(full.path()).unwrap().count(),
        1,
        "a folder of someone else is changed"
    );

    let killed_early = tempfile::tempdir().unwrap();
    fs::write(killed_early.path().join("ledger.lock"), "").unwrap();
    fs::write(killed_early.path().join("ledger.json.tmp"), "{").unwrap();
    assert!(open(&killed_early.path().join("new/below")).inputs().is_empty());
    fs::remove_dir_all(killed_early.path().join("new")).unwrap();
    assert!(open(killed_early.path()).inputs().is_empty());
}

#[test]
fn what_is_remembered_is_forgotten_with_the_next_change() {
    let dir = tempfile::tempdir().unwrap();
    let corpus = super::keeping::corpus();
    let mut ledger = open(dir.path());
    corpus.scan(&mut ledger, 100 * SECOND);
    assert_eq!(ledger.remembered::<u64>(Memo::Account, "one"), None);
    ledger.remember(Memo::Account, "one", &7_u64).unwrap();
    ledger.remember(Memo::Reports, "", &8_u64).unwrap();
    assert_eq!(ledger.remembered(Memo::Account, "one"), Some(7_u64));
    assert_eq!(ledger.remembered::<u64>(Memo::Account, "two"), None);
    drop(ledger);
    let mut ledger = open(dir.path());
    corpus.scan(&mut ledger, 200 * SECOND);
    assert_eq!(ledger.remembered(Memo::Account, "one"), Some(7_u64), "nothing was new");
    let mut more = super::keeping::corpus();
    more.put("z.jsonl", Vec::new());
    more.scan(&mut ledger, 300 * SECOND);
    assert_eq!(ledger.remembered::<u64>(Memo::Account, "one"), None, "a file was new");
    assert_eq!(
        ledger.remembered(Memo::Reports, ""),
        Some(8_u64),
        "each names its own state"
    );
}
