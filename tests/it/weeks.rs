//! A ledger over weeks of change: whatever its history, the report is that of a fresh scan.

use std::process::{Command, Stdio};
use std::time::Duration;

use tempfile::TempDir;

use crate::golden::tree;

/// A corpus, its ledger and its reports, all in one folder of their own.
struct Desk(TempDir);

impl Desk {
    /// A corpus of a few files.
    fn new() -> Self {
        let desk = Self(tempfile::tempdir().expect("a temporary folder"));
        for week in 1..=6 {
            desk.write(&format!("news/w{week}.jsonl"), &articles(week, 12));
        }
        desk.write(
            "news/2024-03-04/page.html",
            "<html><body><nav><a href=/>Niger</a></nav><article><h1>The road north</h1>\
             <p>Mali and Niger opened the road to the north again after a long winter.</p></article></body></html>",
        );
        desk.write(
            "news/notes.txt",
            "A note\n\nChad and Mali met in the capital, and nobody said when.\n",
        );
        desk
    }

    /// Writes a file of the desk.
    fn write(&self, name: &str, text: &str) {
        let path = self.0.path().join(name);
        std::fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("a folder can be made");
        std::fs::write(path, text).expect("a file can be written");
    }

    /// A file of the desk.
    fn path(&self, name: &str) -> std::path::PathBuf {
        self.0.path().join(name)
    }

    /// The program with this ledger; nothing is run yet.
    fn marsad(&self, command: &str, ledger: &str, more: &[&str]) -> Command {
        let mut marsad = Command::new(env!("CARGO_BIN_EXE_marsad"));
        marsad
            .current_dir(self.0.path())
            .args([command, "news", "--ledger", ledger])
            .args(more);
        marsad
    }

    /// The account that a scan prints.
    fn account(&self, ledger: &str) -> String {
        let output = self
            .marsad("scan", ledger, &["--quiet"])
            .output()
            .expect("the program runs");
        String::from_utf8(output.stdout).expect("it prints text")
    }

    /// Runs the program and gives what it said.
    fn run(&self, command: &str, ledger: &str, more: &[&str]) -> String {
        let output = self.marsad(command, ledger, more).output().expect("the program runs");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{said}");
        said
    }

    /// Holds the report that `ledger` gives against one from a fresh scan.
    fn assert_as_fresh(&self, ledger: &str, more: &[&str]) {
        self.run("report", ledger, &[&["--out", "old"], more].concat());
        self.run("report", "fresh-ledger", &[&["--out", "fresh"], more].concat());
        let (old, fresh) = (tree(&self.path("old")), tree(&self.path("fresh")));
        assert_eq!(old.keys().collect::<Vec<_>>(), fresh.keys().collect::<Vec<_>>());
        for (name, bytes) in &fresh {
            assert!(old[name] == *bytes, "{name} differs from that of a fresh scan");
        }
    }
}

/// Articles of one week, one a line.
fn articles(week: u32, count: u32) -> String {
    let mut lines = String::new();
    for at in 0..count {
        let (place, other) = [("Mali", "Niger"), ("Chad", "France"), ("Russia", "Mali")][at as usize % 3];
        let day = 1 + (week * 4 + at) % 28;
        lines += &serde_json::json!({
            "title": format!("{place} in week {week}, item {at}"),
            "text": format!("{place} and {other} spoke on the {at}th of several matters. The talks of week {week} went on."),
            "date": format!("2024-02-{day:02}"),
            "source": "The Desk",
            "language": "en",
        })
        .to_string();
        lines.push('\n');
    }
    lines
}

#[test]
fn changed_added_deleted_and_renamed_files_leave_no_trace_of_before() {
    let desk = Desk::new();
    desk.run("scan", "ledger", &[]);
    let second = desk.run("scan", "ledger", &["-v"]);
    assert!(second.contains("0 new or changed files, 8 as before"), "{second}");
    desk.write("news/w2.jsonl", &articles(2, 5));
    desk.write("news/w7.jsonl", &articles(7, 9));
    std::fs::remove_file(desk.path("news/w3.jsonl")).expect("it was there");
    std::fs::rename(desk.path("news/w4.jsonl"), desk.path("news/a4.jsonl")).expect("it was there");
    let third = desk.run("scan", "ledger", &["-v"]);
    assert!(third.contains("3 new or changed files, 5 as before"), "{third}");
    desk.write("news/w7.jsonl", &articles(7, 10));
    desk.assert_as_fresh("ledger", &[]);
}

#[test]
fn the_account_is_that_of_the_ledger_as_it_stands() {
    let desk = Desk::new();
    let first = desk.account("ledger");
    assert!(
        first.contains("74 documents = 73 articles + 1 undated + 0 duplicates + 0 outside the filters"),
        "{first}"
    );
    assert_eq!(desk.account("ledger"), first, "nothing is new");
    // The same articles again are re-crawls, and one line is no article.
    desk.write("news/w9.jsonl", &(articles(2, 5) + "{\n"));
    let second = desk.account("ledger");
    assert!(
        second.contains("79 documents = 73 articles + 1 undated + 5 duplicates") && second.contains("malformed 1"),
        "{second}"
    );
    assert_eq!(desk.account("fresh-ledger"), second);
    std::fs::remove_file(desk.path("news/w9.jsonl")).expect("it was there");
    assert_eq!(desk.account("ledger"), first);
}

#[test]
fn a_scan_that_was_killed_is_made_up_for() {
    let desk = Desk::new();
    for wait in [0, 15, 60, 150, 400] {
        let mut scan = desk
            .marsad("scan", "ledger", &["--quiet"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        std::thread::sleep(Duration::from_millis(wait));
        // It may be done already: then there is nothing to kill, and nothing to make up for.
        let _ = scan.kill();
        scan.wait().expect("it has ended");
    }
    desk.assert_as_fresh("ledger", &[]);
}

#[test]
fn other_names_and_another_zone_force_a_new_scan_and_say_why() {
    let desk = Desk::new();
    desk.write(
        "more.toml",
        "as_of = 2025-12-31\n[[entity]]\nid = \"the-desk\"\ntype = \"organisation\"\nnames = { en = \"The Talks\" }\nforms = { en = [\"The talks\"] }\n",
    );
    desk.run("scan", "ledger", &[]);
    let named = desk.run("scan", "ledger", &["-w", "world", "-w", "more.toml"]);
    assert!(named.contains("the names changed since the last scan"), "{named}");
    let zone = desk.run(
        "scan",
        "ledger",
        &["-w", "world", "-w", "more.toml", "--tz", "Asia/Riyadh"],
    );
    assert!(zone.contains("`tz` changed from `UTC` to `Asia/Riyadh`"), "{zone}");
    desk.assert_as_fresh("ledger", &[]);
}
