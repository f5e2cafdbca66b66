//! A ledger of one made-up file, for benches that begin after the scan.

use std::path::Path;

use marsad::ledger::{Header, Ledger, Stamp, Writer};
use marsad::model::entity::Gazetteer;
use marsad::model::input::{Input, InputStatus};

/// A new ledger in `dir` with one file of so many documents, which `push` pushes.
pub(crate) fn fill(dir: &Path, gazetteer: &Gazetteer, documents: u64, push: impl FnOnce(&mut Writer<'_>)) -> Ledger {
    let header = Header {
        gazetteer: gazetteer.hash.clone(),
        settings: [].into(),
        roots: vec!["articles".to_owned()],
    };
    let (mut ledger, _) = Ledger::open(dir, header).expect("a new folder can be used");
    let input = Input {
        file: "articles.jsonl".to_owned(),
        status: InputStatus::Read,
        format: "jsonl".to_owned(),
        compression: String::new(),
        encoding: "utf-8".to_owned(),
        encoding_method: "valid".to_owned(),
        bytes: 0,
        sha256: "0".repeat(64),
        documents,
        skipped: 0,
        note: String::new(),
    };
    let stamp = Stamp {
        file: input.file.as_str().into(),
        bytes: 0,
        modified: None,
    };
    let mut writer = ledger.writer(gazetteer);
    push(&mut writer);
    writer.end_file(input, stamp).expect("the file can be ended");
    writer.finish().expect("the ledger can be written");
    ledger.settle().expect("the ledger can be settled");
    ledger
}
