//! Why figures moved: after a new week, a late file, a changed article, a deleted file and a changed watchlist, the parts sum to the whole.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use marsad::render::back::Report;
use marsad::render::back::diff::Cause;
use tempfile::TempDir;

/// A corpus and its reports.
struct Desk(TempDir);

/// The watchlist before.
const BEFORE: &str = "as_of = 2025-12-31\ninclude = [\"world\"]\n";
/// The watchlist after: whoever is called The Talks is somebody now.
const AFTER: &str = "as_of = 2025-12-31\ninclude = [\"world\"]\n[[entity]]\nid = \"the-talks\"\ntype = \"organisation\"\n\
                     names = { en = \"The Talks\" }\nforms = { en = [\"The talks\"] }\n";

impl Desk {
    /// Writes so many articles of an outlet, each of which mentions two countries, from a day of February on.
    fn write(&self, name: &str, from: u32, count: u32, outlet: &str) {
        let mut lines = String::new();
        for at in 0..count {
            let (one, two) = [("Mali", "Niger"), ("Chad", "France"), ("Niger", "Mali")][at as usize % 3];
            let (month, day) = ((from + at) / 28 + 2, (from + at) % 28 + 1);
            let line = serde_json::json!({
                "id": format!("{name}-{at}"),
                "title": format!("{one} and the river, {name} {at}"),
                "text": format!("{one} and {two} met again, as {name} tells. The talks of day {at} went on in {two}."),
                "date": format!("2024-{month:02}-{day:02}"),
                "source": outlet,
                "language": "en",
            });
            lines += &line.to_string();
            lines.push('\n');
        }
        std::fs::write(self.0.path().join(format!("news/{name}.jsonl")), lines).expect("a file can be written");
    }

    /// Writes a report to `out`.
    fn report(&self, out: &str, watchlist: &str) -> PathBuf {
        std::fs::write(self.0.path().join("list.toml"), watchlist).expect("a file can be written");
        let output = Command::new(env!("CARGO_BIN_EXE_marsad"))
            .args([
                "report",
                "news",
                "--quiet",
                "--ui",
                "en",
                "-w",
                "list.toml",
                "--out",
                out,
            ])
            .current_dir(self.0.path())
            .output()
            .expect("the program runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        self.0.path().join(out)
    }
}

/// Articles and mentions by period and entity, as the main table has them.
fn figures(report: &Path) -> BTreeMap<(String, String), (i64, i64)> {
    let mut reader = csv::Reader::from_path(report.join("tables/mentions_by_period.csv")).expect("the table is there");
    let head = reader.headers().expect("a header").clone();
    let place = |name: &str| head.iter().position(|head| head == name).expect("the column is there");
    let (period, entity) = (place("period"), place("entity"));
    let (articles, mentions) = (place("articles"), place("mentions"));
    let count = |cell: &str| cell.parse::<i64>().expect("a count");
    let rows = reader.records().map(|row| row.expect("a well-formed row"));
    rows.map(|row| {
        let key = (row[period].to_owned(), row[entity].to_owned());
        (key, (count(&row[articles]), count(&row[mentions])))
    })
    .collect()
}

#[test]
fn a_week_a_late_file_a_change_and_a_new_name_explain_all_that_moved() {
    explain_all(
        AFTER,
        &[Cause::New, Cause::Late, Cause::Removed, Cause::Changed, Cause::Names],
    );
}

#[test]
fn the_same_names_explain_all_that_moved() {
    explain_all(BEFORE, &[Cause::New, Cause::Late, Cause::Removed, Cause::Changed]);
}

/// Makes two reports, the second with another watchlist, and holds the parts of every figure that moved against the whole.
fn explain_all(watchlist: &str, expected: &[Cause]) {
    let desk = Desk(tempfile::tempdir().expect("a temporary folder"));
    std::fs::create_dir(desk.0.path().join("news")).expect("a folder can be made");
    desk.write("first", 0, 24, "The Desk");
    desk.write("second", 3, 15, "The River");
    desk.write("gone", 6, 6, "The Lake");
    let old = desk.report("old", BEFORE);
    desk.write("week", 24, 9, "The Desk");
    desk.write("late", 2, 5, "The Shore");
    desk.write("second", 4, 15, "The River");
    std::fs::remove_file(desk.0.path().join("news/gone.jsonl")).expect("it was there");
    let new = desk.report("new", watchlist);

    let open = |path: &Path| Report::open(path).expect("a report");
    let found = open(&old).diff(&open(&new)).expect("two reports");
    let (before, after) = (figures(&old), figures(&new));
    let both = |key: &&(String, String)| {
        let there = |side: &BTreeMap<(String, String), _>| side.keys().any(|other| other.0 == key.0);
        there(&before) && there(&after)
    };
    let mut moved = 0;
    let mut keys: Vec<&(String, String)> = before.keys().chain(after.keys()).filter(both).collect();
    keys.sort();
    keys.dedup();
    for key in keys {
        let (old, new) = (
            before.get(key).copied().unwrap_or_default(),
            after.get(key).copied().unwrap_or_default(),
        );
        let whole = (new.0 - old.0, new.1 - old.1);
        let Some(told) = found.figures.get(key) else {
            assert_eq!(whole, (0, 0), "{key:?} moved and nobody tells");
            continue;
        };
        let sum = told
            .causes
            .values()
            .fold((0, 0), |sum, part| (sum.0 + part.0, sum.1 + part.1));
        assert_eq!(sum, whole, "{key:?}: the parts are {:?}", told.causes);
        assert!(told.is_explained());
        moved += 1;
    }
    assert_eq!(moved, found.figures.len());
    assert!(moved >= 10, "only {moved} figures moved");
    let causes: Vec<Cause> = found
        .figures
        .values()
        .flat_map(|told| told.causes.keys().copied())
        .collect();
    for cause in expected {
        assert!(causes.contains(cause), "nothing moved by {cause:?}");
    }

    let output = Command::new(env!("CARGO_BIN_EXE_marsad"))
        .arg("diff")
        .args([&old, &new])
        .output()
        .expect("the program runs");
    let told = String::from_utf8(output.stdout).expect("UTF-8");
    assert_eq!(told.lines().count(), moved + 1);
    assert!(told.contains("late +") && !told.contains("not explained"), "{told}");
}
