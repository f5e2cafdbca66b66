//! A ledger whose parts, row groups and frames are tiny, so that few files make many of them.

mod corpus;
mod history;
mod keeping;
mod laws;
mod names;
mod parting;
mod stamps;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use polars::prelude::DataFrame;
use polars_io::SerReader;

use super::part::Table;
use super::{Header, Ledger, Sizes, Stretch};
use crate::model::evidence::{DocumentRow, EvidenceTable, MentionRow};
use crate::model::input::Input;
use crate::model::skip::Skip;

/// Parts of a few documents.
const TINY: Sizes = Sizes {
    text: 160,
    rows: 9,
    words: 40,
    group: 3,
    frame: 4,
    small: 2,
};

/// A second, in nanoseconds.
const SECOND: i64 = 1_000_000_000;

/// Opens a ledger with tiny parts.
fn open(dir: &Path) -> Ledger {
    let (mut ledger, why) = Ledger::open(dir, header()).unwrap();
    assert_eq!(why, None);
    ledger.sizes = TINY;
    ledger
}

/// The header of every test.
fn header() -> Header {
    Header {
        gazetteer: "g1".to_owned(),
        settings: BTreeMap::from([("tz".to_owned(), "UTC".to_owned())]),
        roots: vec!["/somewhere/corpus".to_owned()],
    }
}

/// All that a ledger tells.
#[derive(Debug)]
struct Told {
    /// Of its documents.
    documents: DataFrame,
    /// Of its mentions, frame by frame.
    mentions: Vec<DataFrame>,
    /// The same, one by one.
    document_rows: Vec<DocumentRow>,
    /// The same, one by one.
    mention_rows: Vec<MentionRow>,
    /// What was left out.
    skips: Vec<Skip>,
    /// The files.
    inputs: Vec<Arc<Input>>,
    /// The youngest of them.
    newest: Option<i64>,
    /// The words of each document.
    words: Vec<Vec<(String, u32)>>,
}

/// All that the ledger tells, after a look at whether its files hold these rows and no others.
fn told(ledger: &Ledger) -> Told {
    let told = Told {
        documents: ledger.documents().unwrap(),
        mentions: ledger.mention_parts().map(Result::unwrap).collect(),
        document_rows: ledger.document_rows().unwrap().map(Result::unwrap).collect(),
        mention_rows: ledger.mention_rows().unwrap().map(Result::unwrap).collect(),
        skips: ledger.skips().unwrap(),
        inputs: ledger.inputs(),
        newest: ledger.newest_file(),
        words: words(ledger),
    };
    assert_eq!(told.words.len(), told.document_rows.len());
    assert_eq!(
        rows_on_disk(ledger, Table::Documents),
        told.document_rows.len() + told.skips.len()
    );
    assert_eq!(
        rows_on_disk(ledger, Table::Words),
        rows_on_disk(ledger, Table::Documents)
    );
    assert_eq!(rows_on_disk(ledger, Table::Mentions), told.mention_rows.len());
    for frame in &told.mentions {
        let (docs, ids) = (
            frame.column("doc").unwrap().u32().unwrap(),
            frame.column("doc_id").unwrap().str().unwrap(),
        );
        for (doc, id) in docs.iter().zip(ids.iter()) {
            assert_eq!(Some(told.document_rows[doc.unwrap() as usize].doc_id.as_str()), id);
        }
    }
    assert_stretches(ledger, &told);
    told
}

/// Panics where the stretches do not tell the mentions and the documents, all of them or each apart.
fn assert_stretches(ledger: &Ledger, told: &Told) {
    let read = |wanted: Vec<Stretch>| {
        let mut rows = Vec::new();
        for stretch in ledger.read_stretches(EvidenceTable::Documents, wanted) {
            let take = &mut |doc: u32, row: &mut DocumentRow| {
                rows.push((doc as usize, row.clone()));
                Ok(())
            };
            stretch.unwrap().each_document(take).unwrap();
        }
        rows
    };
    let all = ledger.stretches(EvidenceTable::Documents);
    let documents: Vec<_> = told.document_rows.iter().cloned().enumerate().collect();
    assert_eq!(read(all.clone()), documents);
    let apart: Vec<_> = all.into_iter().flat_map(|stretch| read(vec![stretch])).collect();
    assert_eq!(apart, documents);
    let all = ledger.stretches(EvidenceTable::Mentions);
    let read = |wanted: Vec<Stretch>| {
        let mut rows = Vec::new();
        for stretch in ledger.read_stretches(EvidenceTable::Mentions, wanted) {
            let stretch = stretch.unwrap();
            let take = &mut |doc: u32, row: &mut MentionRow| {
                let (document, mut row) = (&told.document_rows[doc as usize], row.clone());
                row.doc_id.clone_from(&document.doc_id);
                row.file.clone_from(&document.file);
                row.source.clone_from(&document.source);
                (row.record, row.date, row.language) = (document.record, document.date, document.language);
                let of = stretch.stretch();
                assert_eq!(of.in_corpus(of.in_file(doc)), doc);
                rows.push(row);
                Ok(())
            };
            stretch.each_mention(take).unwrap();
        }
        rows
    };
    assert_eq!(read(all.clone()), told.mention_rows);
    let places: BTreeSet<String> = all.iter().map(|stretch| format!("{:?}", stretch.place())).collect();
    assert_eq!(places.len(), all.len());
    let some = |skip| -> Vec<Stretch> { all.iter().skip(skip).step_by(3).cloned().collect() };
    let counts = [0, 1, 2].map(|skip| read(some(skip)).len());
    assert_eq!(counts.iter().sum::<usize>(), told.mention_rows.len());
    let mut apart = Vec::new();
    for stretch in all {
        apart.extend(read(vec![stretch]));
    }
    assert_eq!(apart, told.mention_rows);
}

/// The words of each document, sorted: their order is that of the part's vocabulary.
fn words(ledger: &Ledger) -> Vec<Vec<(String, u32)>> {
    let mut all = Vec::new();
    let parts = ledger.partition();
    for rows in parts.iter().flat_map(|part| ledger.words_of(part)) {
        let rows = rows.unwrap();
        for (doc, words) in rows.documents() {
            let word = |&(word, count): &(u32, u32)| (rows.vocabulary[word as usize].clone(), count);
            let mut words: Vec<(String, u32)> = words.iter().map(word).collect();
            words.sort();
            all.push((doc, words));
        }
    }
    all.sort();
    assert!((0..).zip(&all).all(|(place, (doc, _))| *doc == place));
    all.into_iter().map(|(_, words)| words).collect()
}

/// The rows of all files of a table, as another program would see them.
fn rows_on_disk(ledger: &Ledger, table: Table) -> usize {
    let rows = |entry: std::io::Result<std::fs::DirEntry>| {
        let file = std::fs::File::open(entry.unwrap().path()).unwrap();
        polars_io::parquet::read::ParquetReader::new(file).num_rows().unwrap()
    };
    std::fs::read_dir(ledger.dir.join(table.folder()))
        .unwrap()
        .map(rows)
        .sum()
}

/// Panics where two ledgers tell different things.
fn assert_same(a: &Told, b: &Told) {
    assert!(
        a.documents.equals_missing(&b.documents),
        "{:?}\n{:?}",
        a.documents,
        b.documents
    );
    assert_eq!(a.mentions.len(), b.mentions.len());
    for (a, b) in a.mentions.iter().zip(&b.mentions) {
        assert!(a.equals_missing(b), "{a:?}\n{b:?}");
    }
    assert_eq!(a.document_rows, b.document_rows);
    assert_eq!(a.mention_rows, b.mention_rows);
    assert_eq!(a.skips, b.skips);
    assert_eq!(a.inputs, b.inputs);
    assert_eq!(a.newest, b.newest);
    assert_eq!(a.words, b.words);
}
