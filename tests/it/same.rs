//! What must not matter does not: the number of threads, the names of files, the folders, the order of the documents.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use crate::golden::tree;

/// Documents with ids and dates of their own; some texts run in two outlets, some are fetched twice.
fn documents() -> Vec<String> {
    let outlets = ["The Desk", "La Rive", "النهر", "The Lake"];
    let places = [
        ("Mali", "Niger"),
        ("Le Tchad", "la France"),
        ("تشاد", "النيجر"),
        ("Russia", "Burkina Faso"),
        ("Georgia", "Jordan"),
    ];
    let mut all = Vec::new();
    for at in 0..90_usize {
        let (one, two) = places[at * 7 % places.len()];
        // One text in nine is that of the document before last, in another outlet or again in the same.
        let told = if at % 9 == 8 { at - 2 } else { at };
        let (one, two) = if told == at {
            (one, two)
        } else {
            places[told * 7 % places.len()]
        };
        let (month, day) = (at / 28 + 1, at % 28 + 1);
        all.push(
            serde_json::json!({
                "id": format!("d{at}"),
                "title": format!("{one} {told}"),
                "text": format!("{one} · {two}. {two} / {one} ({told}). {two}!"),
                "date": format!("2024-{month:02}-{day:02}"),
                "source": outlets[at % outlets.len()],
            })
            .to_string(),
        );
    }
    all
}

/// Writes the documents at `order` to so many files, whose names are made by `name`.
fn write(dir: &Path, order: impl Iterator<Item = usize>, files: usize, name: impl Fn(usize) -> String) {
    let documents = documents();
    let mut texts = vec![String::new(); files];
    for (place, at) in order.enumerate() {
        let text = &mut texts[place % files];
        *text += &documents[at];
        text.push('\n');
    }
    for (place, text) in texts.iter().enumerate() {
        let path = dir.join("news").join(name(place));
        std::fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("a folder can be made");
        std::fs::write(path, text).expect("a file can be written");
    }
}

/// The tables of a report on what is in `dir`.
fn tables(dir: &Path, threads: usize) -> BTreeMap<String, Vec<u8>> {
    let output = Command::new(env!("CARGO_BIN_EXE_marsad"))
        .args(["report", "news", "--quiet", "--ui", "en", "--xlsx", "--out", "report"])
        .args(["--ledger", "ledger", "--threads", &threads.to_string()])
        .current_dir(dir)
        .output()
        .expect("the program runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    tree(&dir.join("report/tables"))
}

#[test]
fn threads_names_folders_and_order_change_no_table() {
    let count = documents().len();
    let mut expected = None;
    for (threads, files, stride) in [(1, 4, 1), (2, 4, 1), (3, 7, 37), (8, 2, 53), (8, 11, 89)] {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let order = (0..count).map(|place| place * stride % count);
        write(dir.path(), order, files, |place| {
            format!(
                "{}/{}{place}.jsonl",
                ["a", "b/c", "z"][place * stride % 3],
                stride * 7 % 10
            )
        });
        let found = tables(dir.path(), threads);
        assert!(found.len() > 10);
        let expected = expected.get_or_insert_with(|| found.clone());
        assert_eq!(expected.keys().collect::<Vec<_>>(), found.keys().collect::<Vec<_>>());
        for (name, bytes) in &*expected {
            let there = String::from_utf8_lossy(&found[name]);
            assert!(
                *bytes == found[name],
                "{name} differs with {threads} threads and {files} files:\n{}\n{there}",
                String::from_utf8_lossy(bytes)
            );
        }
    }
}
