//! The rows part by part, and what is kept of a part.

use std::fs;

use super::corpus::{Corpus, article};
use super::{SECOND, open, told};
use crate::ledger::Ledger;
use crate::model::kept::Kept;

/// A ledger of two runs: the files of the second lie between those of the first.
fn grown(ledger: &mut Ledger) {
    let mut corpus = Corpus::default();
    for name in ["a", "c", "e"] {
        corpus.put(name, vec![article(None, name, 1)]);
    }
    corpus.scan(ledger, 100 * SECOND);
    corpus
        .put("b", vec![article(None, "b", 1)])
        .put("d", vec![article(None, "d", 1)]);
    corpus.scan(ledger, 200 * SECOND);
}

#[test]
fn the_parts_together_have_every_row_once_under_its_number() {
    let dir = tempfile::tempdir().unwrap();
    let mut ledger = open(dir.path());
    grown(&mut ledger);
    let told = told(&ledger);
    let parts = ledger.partition();
    assert!(
        parts.len() > 1 && parts.iter().any(|part| part.numbers.len() > 1),
        "{parts:?}"
    );
    let mut numbers: Vec<u32> = parts
        .iter()
        .flat_map(|part| part.numbers.iter().cloned().flatten())
        .collect();
    numbers.sort_unstable();
    assert!(numbers.iter().copied().eq((0..).take(told.document_rows.len())));
    let mut mentions: Vec<(u32, String)> = Vec::new();
    for part in &parts {
        for frame in ledger.mentions_of(part, &["doc_id"]) {
            let frame = frame.unwrap();
            let docs = frame.column("doc").unwrap().u32().unwrap();
            let ids = frame.column("doc_id").unwrap().str().unwrap();
            for (doc, id) in docs.iter().zip(ids.iter()) {
                let doc = doc.unwrap();
                assert!(part.numbers.iter().any(|run| run.contains(&doc)));
                mentions.push((doc, id.unwrap().to_owned()));
            }
        }
    }
    mentions.sort();
    assert_eq!(mentions.len(), told.mention_rows.len());
    for (doc, id) in mentions {
        assert_eq!(told.document_rows[doc as usize].doc_id, id);
    }
}

/// Keeps these shelves.
fn keep(ledger: &Ledger, of: Kept, name: u128, shelves: &[Vec<u8>]) {
    let mut keeper = ledger.keep(of, name, shelves.len()).unwrap();
    for shelf in shelves {
        keeper.put(shelf).unwrap();
        assert_eq!(ledger.kept(of, name, 0), None, "nothing is kept before the end");
    }
    keeper.finish().unwrap();
}

#[test]
fn what_was_kept_comes_back_shelf_by_shelf_or_not_at_all() {
    let dir = tempfile::tempdir().unwrap();
    let mut ledger = open(dir.path());
    grown(&mut ledger);
    let number = ledger.partition()[0].number;
    let (part, several) = (Kept::Part(number), Kept::UpTo(number));
    let shelves = [b"first".to_vec(), Vec::new(), b"third".to_vec()];
    assert_eq!(ledger.kept(part, 7, 0), None);
    keep(&ledger, part, 7, &shelves);
    for (place, shelf) in shelves.iter().enumerate() {
        assert_eq!(ledger.kept(part, 7, place).as_ref(), Some(shelf));
    }
    for (other, name) in [(part, 8), (several, 7), (Kept::Part(number + 1), 7)] {
        assert_eq!(ledger.kept(other, name, 0), None);
    }
    let path = fs::read_dir(dir.path().join("figures"))
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    let whole = fs::read(&path).unwrap();
    fs::write(&path, &whole[..whole.len() - 1]).unwrap();
    assert_eq!(
        (ledger.kept(part, 7, 0).is_some(), ledger.kept(part, 7, 2)),
        (true, None)
    );
    for place in [0, 8, 16, whole.len() - 8] {
        let mut damaged = whole.clone();
        damaged[place] ^= 1;
        fs::write(&path, damaged).unwrap();
        let found: Vec<Option<Vec<u8>>> = (0..3).map(|shelf| ledger.kept(part, 7, shelf)).collect();
        assert!(found.iter().any(Option::is_none), "{place}");
        assert!(found.iter().flatten().all(|found| shelves.contains(found)), "{place}");
    }
}

#[test]
fn what_was_kept_leaves_with_its_part_and_when_much_else_was_kept() {
    let dir = tempfile::tempdir().unwrap();
    let mut ledger = open(dir.path());
    grown(&mut ledger);
    let part = ledger.partition()[0].number;
    for name in 0..20 {
        keep(&ledger, Kept::Part(part), name, &[b"sums".to_vec()]);
        keep(&ledger, Kept::UpTo(part), name, &[b"sums".to_vec()]);
    }
    let kept = || fs::read_dir(dir.path().join("figures")).unwrap().count();
    assert_eq!(kept(), 40);
    drop(ledger);
    let mut ledger = open(dir.path());
    assert_eq!(kept(), 8, "four of the part, four of several");
    let mut corpus = Corpus::default();
    corpus.put("z", vec![article(None, "z", 1)]);
    corpus.scan(&mut ledger, 300 * SECOND);
    drop(ledger);
    drop(open(dir.path()));
    assert_eq!(kept(), 0);
}
