//! The whole path over the sample corpus: true counts, the golden report, the same bytes whatever the threads and the place.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use tempfile::TempDir;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Reports on `corpus` into a folder of its own, with so many threads.
fn report(corpus: &Path, threads: u8) -> (TempDir, PathBuf) {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let out = dir.path().join("example");
    let output = Command::new(env!("CARGO_BIN_EXE_marsad"))
        .args(["report", "--quiet", "--threads", &threads.to_string(), "--out"])
        .arg(&out)
        .arg(corpus)
        .current_dir(dir.path())
        .output()
        .expect("the program runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    (dir, out)
}

/// The report that most tests look at, made once.
pub(crate) fn made() -> &'static Path {
    static MADE: OnceLock<(TempDir, PathBuf)> = OnceLock::new();
    &MADE.get_or_init(|| report(&root().join("sample-corpus"), 2)).1
}

/// Every file below `dir` by its relative path.
pub(crate) fn tree(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    walkdir::WalkDir::new(dir)
        .into_iter()
        .map(|entry| entry.expect("the report can be walked"))
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let name = entry
                .path()
                .strip_prefix(dir)
                .expect("below")
                .to_string_lossy()
                .replace('\\', "/");
            (name, std::fs::read(entry.path()).expect("a file of the report"))
        })
        .collect()
}

/// The rows of a CSV by column name.
fn rows(path: &Path) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(path).expect("the table is there");
    reader
        .deserialize()
        .map(|row| row.expect("a well-formed row"))
        .collect()
}

#[test]
fn every_count_of_the_sample_is_true() {
    type Counts = BTreeMap<(String, String), u64>;
    let mut expected = Counts::new();
    let mut documents = BTreeSet::new();
    for row in rows(&root().join("sample-corpus/EXPECT.csv")) {
        documents.insert(row["doc_id"].clone());
        if !row["entity"].is_empty() {
            let count = row["mentions"].parse().expect("a number");
            assert!(
                expected
                    .insert((row["doc_id"].clone(), row["entity"].clone()), count)
                    .is_none()
            );
        }
    }
    let mut found = Counts::new();
    for row in rows(&made().join("evidence/mentions.csv")) {
        if row["counted"] == "1" {
            *found.entry((row["doc_id"].clone(), row["entity"].clone())).or_default() += 1;
        }
    }
    let read: BTreeSet<String> = rows(&made().join("evidence/documents.csv"))
        .into_iter()
        .map(|row| row["doc_id"].clone())
        .collect();
    assert_eq!(documents, read, "EXPECT.csv and the report know other documents");
    let keys: BTreeSet<_> = expected.keys().chain(found.keys()).collect();
    let wrong: Vec<String> = keys
        .into_iter()
        .filter(|key| expected.get(*key) != found.get(*key))
        .map(|key| {
            let count = |counts: &Counts| counts.get(key).copied().unwrap_or(0);
            format!(
                "{} {}: expected {}, found {}",
                key.0,
                key.1,
                count(&expected),
                count(&found)
            )
        })
        .collect();
    assert!(
        wrong.is_empty(),
        "{} of {} differ\n{}",
        wrong.len(),
        expected.len(),
        wrong.join("\n")
    );
}

#[test]
fn what_is_planted_in_the_sample_is_accounted_for() {
    let quality = |name: &str| rows(&made().join("quality").join(name));
    let undated: BTreeSet<String> = quality("undated.csv").iter().map(|row| row["doc_id"].clone()).collect();
    assert_eq!(
        undated,
        ["al-waha/dafatir/musafir.txt#0", "fil-du-fleuve/lexique.html#0"]
            .map(String::from)
            .into()
    );
    let skipped = quality("skipped.csv");
    assert_eq!(skipped.len(), 1);
    assert_eq!(
        (skipped[0]["file"].as_str(), skipped[0]["line"].as_str()),
        ("gazette-des-dunes.jsonl", "8")
    );
    let stories: BTreeSet<Vec<String>> = quality("duplicates.csv")
        .iter()
        .fold(BTreeMap::<String, Vec<String>>::new(), |mut stories, row| {
            stories
                .entry(row["story_id"].clone())
                .or_default()
                .push(format!("{} {}", row["doc_id"], row["role"]));
            stories
        })
        .into_values()
        .collect();
    let planted = [
        vec!["sc-011 first", "sc-011-bis duplicate"],
        vec![
            "lagoon-herald/2024-01-28-three-members-say-that-they-are.md#0 first",
            "sc-019 reprint",
        ],
        vec!["al-waha/2023-12-22/13.txt#0 first", "md-090 reprint"],
    ];
    assert_eq!(
        stories,
        planted
            .map(|story| story.into_iter().map(String::from).collect())
            .into()
    );
    let arabic: Vec<_> = quality("inputs.csv")
        .into_iter()
        .filter(|row| row["encoding"] == "windows-1256")
        .collect();
    assert_eq!(
        arabic.iter().map(|row| row["file"].as_str()).collect::<Vec<_>>(),
        ["al-waha/2023-08-23/03.txt"]
    );
}

#[test]
fn the_report_is_the_golden_one() {
    let golden = root().join("reports/example");
    let made = tree(made());
    if std::env::var("SNAPSHOTS").is_ok_and(|what| what == "overwrite") {
        let _ = std::fs::remove_dir_all(&golden);
        for (name, bytes) in &made {
            let path = golden.join(name);
            std::fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("a folder can be made");
            std::fs::write(path, bytes).expect("a file can be written");
        }
    }
    let golden = tree(&golden);
    assert_eq!(made.keys().collect::<Vec<_>>(), golden.keys().collect::<Vec<_>>());
    let other: Vec<_> = made
        .iter()
        .filter(|(name, bytes)| golden.get(*name) != Some(*bytes))
        .map(|(name, _)| name)
        .collect();
    assert!(
        other.is_empty(),
        "differ from reports/example (SNAPSHOTS=overwrite blesses them): {other:?}"
    );
}

#[test]
fn one_thread_and_another_place_give_the_same_bytes() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let moved = dir.path().join("elsewhere/sample-corpus");
    for (name, bytes) in tree(&root().join("sample-corpus")) {
        let path = moved.join(name);
        std::fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("a folder can be made");
        std::fs::write(path, bytes).expect("a file can be written");
    }
    let (_other, again) = report(&moved, 1);
    let (here, there) = (tree(made()), tree(&again));
    assert_eq!(here.keys().collect::<Vec<_>>(), there.keys().collect::<Vec<_>>());
    for (name, bytes) in &here {
        assert!(there[name] == *bytes, "{name} differs");
    }
}

#[test]
fn no_output_holds_a_path_of_this_machine() {
    let home = root().to_string_lossy().into_owned();
    let temporary = std::env::temp_dir().to_string_lossy().into_owned();
    for (name, bytes) in tree(made()) {
        let text = String::from_utf8_lossy(&bytes);
        assert!(
            !text.contains(&home) && !text.contains(&format!("{temporary}/")),
            "{name} holds an absolute path"
        );
    }
}

#[test]
fn charts_are_pictures_of_the_right_size_and_weight() {
    let charts: Vec<_> = tree(&made().join("charts"))
        .into_iter()
        .filter(|(name, _)| Path::new(name).extension().is_some_and(|ending| ending == "png"))
        .collect();
    assert_eq!(charts.len(), 18, "six charts in three languages");
    for (name, bytes) in charts {
        assert!(bytes.len() < 200_000, "{name} has {} bytes", bytes.len());
        let mut reader = png::Decoder::new(std::io::Cursor::new(&bytes))
            .read_info()
            .expect("a PNG");
        let mut pixels = vec![0; reader.output_buffer_size().expect("a size")];
        let info = reader.next_frame(&mut pixels).expect("a whole PNG");
        assert_eq!((info.width, info.height), (3200, 1800), "{name}");
        let inked = pixels
            .iter()
            .filter(|index| **index != pixels[pixels.len() / 2])
            .count();
        assert!(inked > 10_000, "{name} is nearly blank");
    }
}
