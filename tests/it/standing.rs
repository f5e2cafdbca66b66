//! A report that stands as it was written is not written again; whatever could change it, or did, has it written.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

use tempfile::TempDir;

use crate::golden::tree;

/// A corpus of one file and its report.
struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        let desk = Self(tempfile::tempdir().expect("a temporary folder"));
        desk.write(12);
        desk
    }

    /// Writes so many articles.
    fn write(&self, count: u32) {
        let mut lines = String::new();
        for day in 0..count {
            let line = serde_json::json!({
                "title": format!("Mali and the river {day}"),
                "text": format!("Niger spoke of the river, and of day {day}."),
                "date": format!("2024-05-{:02}", day + 1),
            });
            lines += &line.to_string();
            lines.push('\n');
        }
        std::fs::write(self.0.path().join("news.jsonl"), lines).expect("a file can be written");
    }

    fn out(&self) -> PathBuf {
        self.0.path().join("report")
    }

    /// Whether a report was written, and what the run printed.
    fn report(&self, more: &[&str]) -> (bool, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_marsad"))
            .args(["report", "news.jsonl", "--ui", "en", "--no-charts", "--out", "report"])
            .args(more)
            .current_dir(self.0.path())
            .output()
            .expect("the program runs");
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{told}");
        (
            !told.contains("nothing is new"),
            String::from_utf8_lossy(&output.stdout).into_owned(),
        )
    }

    /// When each file was written last.
    fn times(&self) -> BTreeMap<String, SystemTime> {
        let written = |path: &Path| path.metadata().and_then(|seen| seen.modified()).expect("a time stamp");
        tree(&self.out())
            .into_keys()
            .map(|name| (name.clone(), written(&self.out().join(name))))
            .collect()
    }
}

#[test]
fn nothing_new_leaves_the_report_as_it_is() {
    let desk = Desk::new();
    let (written, told) = desk.report(&[]);
    assert!(written && told.contains("12 articles"), "{told}");
    let (times, files) = (desk.times(), tree(&desk.out()));
    assert_eq!(desk.report(&[]), (false, told.clone()));
    assert_eq!(desk.report(&["--threads", "1"]), (false, told.clone()));
    assert_eq!(desk.times(), times);
    assert_eq!(desk.report(&["--rehash"]), (true, told.clone()));
    assert!(desk.times() != times && tree(&desk.out()) == files);
    assert_eq!(desk.report(&[]), (false, told));
}

#[test]
fn a_touched_report_is_written_again() {
    let desk = Desk::new();
    desk.report(&[]);
    let files = tree(&desk.out());
    let table = desk.out().join("tables/change.csv");
    let length = std::fs::metadata(&table).expect("the table is there").len();
    let spoilt = "x".repeat(usize::try_from(length).expect("it is short"));
    std::fs::write(&table, spoilt).expect("it can be spoilt");
    let file = std::fs::File::options().write(true).open(&table).expect("it is there");
    file.set_modified(SystemTime::now() + Duration::from_secs(2))
        .expect("a time stamp can be set");
    assert!(desk.report(&[]).0);
    assert!(tree(&desk.out()) == files);
    std::fs::remove_file(&table).expect("it can be removed");
    assert!(desk.report(&[]).0);
    std::fs::write(desk.out().join("notes.txt"), "mine").expect("a file can be added");
    assert!(desk.report(&[]).0);
    std::fs::remove_dir_all(desk.out()).expect("it can be removed");
    assert!(desk.report(&[]).0);
    assert!(tree(&desk.out()) == files);
    assert!(!desk.report(&[]).0);
}

#[test]
fn other_settings_and_other_articles_make_another_report() {
    let desk = Desk::new();
    desk.report(&[]);
    assert!(desk.report(&["--by", "month"]).0);
    assert!(!desk.report(&["--by", "month"]).0);
    assert!(desk.report(&["-e", "mali"]).0, "another watchlist");
    assert!(desk.report(&[]).0, "another report took its place");
    desk.write(13);
    let (written, told) = desk.report(&[]);
    assert!(written && told.contains("13 articles"), "{told}");
    desk.write(12);
    assert!(
        desk.report(&[]).0,
        "the articles of before are not the report of before"
    );
}

#[test]
fn two_reports_of_one_ledger_stand_side_by_side() {
    let desk = Desk::new();
    desk.report(&["--ledger", "ledger"]);
    let other = ["--ledger", "ledger", "--by", "month", "--out", "monthly"];
    let monthly = |desk: &Desk| {
        let output = Command::new(env!("CARGO_BIN_EXE_marsad"))
            .args(["report", "news.jsonl", "--ui", "en", "--no-charts"])
            .args(other)
            .current_dir(desk.0.path())
            .output()
            .expect("the program runs");
        assert!(output.status.success());
        String::from_utf8_lossy(&output.stderr).contains("nothing is new")
    };
    assert!(!monthly(&desk));
    assert!(monthly(&desk));
    assert!(!desk.report(&["--ledger", "ledger"]).0);
}

#[test]
fn a_report_without_charts_says_nothing_of_them() {
    let desk = Desk::new();
    desk.report(&[]);
    let files = tree(&desk.out());
    assert!(!files.keys().any(|name| name.starts_with("charts")));
    for name in ["index.html", "SUMMARY.md"] {
        let text = String::from_utf8_lossy(&files[name]);
        assert!(!text.contains("charts/") && !text.contains("chart-"), "{name}");
    }
    std::fs::write(desk.0.path().join("marsad.toml"), "charts = true\n").expect("a file can be written");
    let output = Command::new(env!("CARGO_BIN_EXE_marsad"))
        .args(["report", "news.jsonl", "--ui", "en", "--out", "report"])
        .current_dir(desk.0.path())
        .output()
        .expect("the program runs");
    assert!(output.status.success());
    let with = tree(&desk.out());
    assert!(with.keys().any(|name| name.starts_with("charts/")));
    let same = |name: &&String| name.starts_with("tables/") || name.starts_with("evidence/");
    for name in files.keys().filter(same) {
        assert!(with[name] == files[name], "{name}");
    }
}
