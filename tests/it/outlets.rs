//! An outlet is one outlet whichever way its records spell it: for `report --source` and for `kwic --source` alike.

use std::path::Path;
use std::process::Command;

/// What the program prints in `dir`.
fn told(dir: &Path, arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_marsad"))
        .args(arguments)
        .current_dir(dir)
        .output()
        .expect("the program runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn a_concordance_knows_an_outlet_by_all_its_spellings() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let write = |name: &str, text: &str| {
        let path = dir.path().join(name);
        std::fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("a folder can be made");
        std::fs::write(path, text).expect("a file can be written");
    };
    write(
        "list.toml",
        "as_of = 2025-12-31\ninclude = [\"world\"]\n[[source]]\nid = \"dune\"\nname = \"Radio Dune\"\nmatch = [\"dune.example\", \"R. Dune\", \"dune/\"]\n",
    );
    let origins = [
        ("Radio  DUNE", ""),
        ("r. dune", ""),
        ("www.dune.example", ""),
        ("", "https://news.dune.example/a"),
        ("The Lake", "https://lake.example/b"),
    ];
    let mut lines = String::new();
    for (place, (source, url)) in origins.into_iter().enumerate() {
        let line = serde_json::json!({
            "text": format!("The road to Mali was closed on day {place} of the rains."),
            "date": format!("2024-02-{:02}", place + 1), "source": source, "url": url, "language": "en",
        });
        lines += &line.to_string();
        lines.push('\n');
    }
    write("news/all.jsonl", &lines);
    write(
        "news/dune/note.txt",
        "A note\n\n3 February 2024\n\nNobody in Mali has seen rain.\n",
    );
    let common = ["-w", "list.toml", "--ledger", "ledger"];
    told(
        dir.path(),
        &[&["report", "news", "-q", "--ui", "en", "-o", "all"], &common[..]].concat(),
    );
    let evidence =
        std::fs::read_to_string(dir.path().join("all/evidence/mentions.csv")).expect("the evidence is there");
    let in_report = evidence
        .lines()
        .filter(|line| line.contains(",Radio Dune,") && line.contains(",mali,"))
        .count();
    assert_eq!(in_report, 5, "{evidence}");
    for spelled in ["Radio Dune", "dune", "R. DUNE", "dune.example"] {
        let shown = told(
            dir.path(),
            &[&["kwic", "mali", "news", "--source", spelled], &common[..]].concat(),
        );
        let rows: Vec<&str> = shown.lines().skip(1).collect();
        assert_eq!(rows.len(), in_report, "{spelled}: {shown}");
        assert!(rows.iter().all(|row| row.contains("\tRadio Dune\t")), "{shown}");
    }
    let all = told(dir.path(), &[&["kwic", "mali", "news"], &common[..]].concat());
    assert_eq!(all.lines().count(), 7, "{all}");
}
