//! Lines of the evidence that a report takes over from the one before: the report is that from nothing, byte for byte.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use tempfile::TempDir;

use crate::golden::tree;

/// A corpus of some thousand mentions, its ledger and its reports.
struct Desk(TempDir);

/// What a run did: lines taken over, and lines in all.
type Taken = (u64, u64);

impl Desk {
    /// Eight files.
    fn new() -> Self {
        let desk = Self(tempfile::tempdir().expect("a temporary folder"));
        for file in 0..8 {
            desk.write(&format!("news/{file}0.jsonl"), file, 15);
        }
        desk
    }

    /// Writes so many articles, each with two dozen mentions.
    fn write(&self, name: &str, seed: u64, count: u64) {
        let mut lines = String::new();
        for number in 0..count {
            let mut text = format!("Report {seed} of day {number}, \"so they say\".");
            for sentence in 0..24 {
                let who = ["Mali", "Niger", "Chad", "France", "Iran"]
                    [usize::try_from((sentence + seed + number) % 5).expect("small")];
                write!(text, " {who} spoke of matter {sentence}, of {number} and of {seed}.").expect("a text can grow");
            }
            let line = serde_json::json!({
                "id": format!("{seed}-{number}"),
                "title": format!("The river {number} of {seed}"),
                "text": text,
                "source": if number % 2 == 0 { "Alpha" } else { "Beta" },
                "date": format!("2024-{:02}-{:02}", seed % 12 + 1, number % 28 + 1),
            });
            lines += &line.to_string();
            lines.push('\n');
        }
        let path = self.0.path().join(name);
        std::fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("a folder can be made");
        std::fs::write(path, lines).expect("a file can be written");
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Writes a report and says what was taken over for it.
    fn report(&self, ledger: &str, out: &str, more: &[&str]) -> Taken {
        let output = Command::new(env!("CARGO_BIN_EXE_marsad"))
            .args([
                "report",
                "news",
                "--ui",
                "en",
                "--no-charts",
                "--ledger",
                ledger,
                "--out",
                out,
            ])
            .args(more)
            .current_dir(self.0.path())
            .output()
            .expect("the program runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        taken(&self.path(ledger), out)
    }

    /// The same, and holds it against a report from nothing.
    fn report_and_compare(&self, more: &[&str]) -> Taken {
        self.report_on_threads_and_compare("2", more)
    }

    /// The same with so many threads, and the report from nothing with 2.
    fn report_on_threads_and_compare(&self, threads: &str, more: &[&str]) -> Taken {
        let taken = self.report("ledger", "report", &[&["--threads", threads], more].concat());
        let nothing = self.report("fresh", "from-nothing", &[&["--threads", "2"], more].concat());
        assert_eq!(nothing, (0, taken.1));
        let (old, new) = (tree(&self.path("report")), tree(&self.path("from-nothing")));
        assert!(old.keys().eq(new.keys()));
        for (name, bytes) in &new {
            assert!(old[name] == *bytes, "{name} differs");
        }
        std::fs::remove_dir_all(self.path("fresh")).expect("a ledger can be removed");
        taken
    }
}

/// What the ledger remembers of the mentions of the report `out`.
fn taken(ledger: &Path, out: &str) -> Taken {
    taken_of(ledger, out, "mentions")
}

/// What the ledger remembers of a table of the report `out`.
fn taken_of(ledger: &Path, out: &str, table: &str) -> Taken {
    let text = std::fs::read(ledger.join("evidence.json")).expect("lines are remembered");
    let memory: serde_json::Value = serde_json::from_slice(&text).expect("it is JSON");
    let all = memory["value"].as_array().expect("some reports");
    let found = all
        .iter()
        .find(|one| one["folder"] == out && one["lines"]["table"] == table)
        .expect("this one too");
    let count = |name: &str| found["lines"][name].as_u64().expect("a count");
    (count("taken_over"), count("rows"))
}

#[test]
fn files_come_change_and_go_and_all_else_is_taken_over() {
    let desk = Desk::new();
    let (taken, first) = desk.report_and_compare(&[]);
    assert!(taken == 0 && first >= 8 * 15 * 24, "{taken} of {first}");

    desk.write("news/90.jsonl", 9, 4);
    let (taken, second) = desk.report_and_compare(&[]);
    assert_eq!(taken, first, "a file at the end");
    let documents = || taken_of(&desk.path("ledger"), "report", "documents");
    assert_eq!(documents(), (8 * 15, 8 * 15 + 4));

    desk.write("news/35.jsonl", 35, 4);
    let (taken, third) = desk.report_on_threads_and_compare("1", &[]);
    assert!(
        taken < second && taken >= second - 1100,
        "a file in between: {taken} of {third}"
    );

    desk.write("news/35.jsonl", 36, 5);
    let (taken, fourth) = desk.report_on_threads_and_compare("4", &[]);
    assert!(
        taken >= second - 1100 && taken < fourth,
        "a changed file: {taken} of {fourth}"
    );

    // Texts that are there come once more, before them and under their ids: what stands is told otherwise.
    desk.write("news/00.jsonl", 7, 15);
    let (taken, rows) = desk.report_and_compare(&[]);
    assert!(taken > 0 && taken < rows, "texts that were there: {taken} of {rows}");
    desk.write("news/00.jsonl", 0, 15);
    desk.report_and_compare(&[]);

    std::fs::remove_file(desk.path("news/35.jsonl")).expect("a file can be removed");
    let (taken, fifth) = desk.report_and_compare(&[]);
    assert!(
        taken >= second - 1100 && taken <= fifth,
        "a file less: {taken} of {fifth}"
    );
    assert_eq!(fifth, second);

    std::fs::remove_file(desk.path("news/20.jsonl")).expect("a file can be removed");
    let (_, sixth) = desk.report_and_compare(&[]);
    assert!(sixth < fifth);
}

#[test]
fn another_report_is_made_of_its_own_lines() {
    let desk = Desk::new();
    let (_, first) = desk.report("ledger", "report", &[]);
    assert_eq!(
        desk.report_and_compare(&["--by", "month"]),
        (first, first),
        "the same lines, other tables"
    );
    for other in [
        ["-e", "mali"],
        ["--count", "demonym"],
        ["--csv", "fr"],
        ["--from", "2024-03-01"],
    ] {
        let (taken, rows) = desk.report_and_compare(&other);
        assert!(taken == 0 || taken < rows, "{other:?}: {taken} of {rows}");
        assert!(taken < first);
    }
    let (taken, _) = desk.report("ledger", "elsewhere", &[]);
    assert!(
        taken > 0 && taken < first,
        "the articles since March are there still: {taken}"
    );
    assert_eq!(
        desk.report_and_compare(&["--by", "month"]),
        (first, first),
        "from another folder"
    );
}

#[test]
fn lines_that_were_touched_are_not_taken_over() {
    let desk = Desk::new();
    let (_, first) = desk.report("ledger", "report", &[]);
    let file = desk.path("report/evidence/mentions.csv");
    let stamp = |file: &Path| file.metadata().and_then(|seen| seen.modified()).expect("a time stamp");
    let set = |time: SystemTime| {
        let opened = std::fs::File::options().write(true).open(&file).expect("it is there");
        opened.set_modified(time).expect("a time stamp can be set");
    };
    // Longer: nothing is taken over.
    let (text, seen) = (std::fs::read(&file).expect("it is there"), stamp(&file));
    std::fs::write(&file, [text.as_slice(), b"x"].concat()).expect("it can be spoilt");
    set(seen);
    desk.write("news/90.jsonl", 9, 1);
    assert_eq!(desk.report_and_compare(&[]).0, 0);
    // Of the same length and age: what was altered is seen by its hash.
    let (mut text, seen) = (std::fs::read(&file).expect("it is there"), stamp(&file));
    let place = text.len() / 2;
    text[place] ^= 1;
    std::fs::write(&file, &text).expect("it can be spoilt");
    set(seen);
    desk.write("news/91.jsonl", 10, 1);
    let (taken, rows) = desk.report_and_compare(&[]);
    assert!(taken < first, "{taken} of {rows}");
    // Gone.
    std::fs::remove_file(&file).expect("it can be removed");
    assert_eq!(desk.report_and_compare(&[]).0, 0);
    // A ledger that is begun anew gives its numbers again, and not to the same rows.
    std::fs::rename(desk.path("ledger/evidence.json"), desk.path("kept.json")).expect("it can be moved");
    std::fs::remove_dir_all(desk.path("ledger")).expect("it can be removed");
    desk.report("ledger", "other", &[]);
    std::fs::rename(desk.path("kept.json"), desk.path("ledger/evidence.json")).expect("it can be moved");
    assert_eq!(desk.report_and_compare(&[]).0, 0);
}
