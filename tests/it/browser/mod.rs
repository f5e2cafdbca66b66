//! The page as a reader has it: opened from disk in a headless Chromium, and looked at through the `DevTools` protocol.
//!
//! Where there is no Chromium these tests say so and pass; where `MARSAD_DEMAND_TOOLS` is set, as in `.ci/run`, they fail.

mod answers;
mod chromium;
mod looks;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use chrono::{Days, NaiveDate};
use serde_json::{Value, json};
use tempfile::TempDir;

use chromium::Browser;

/// The pages of a report, with their languages.
const PAGES: [(&str, &str); 3] = [("index.html", "en"), ("index.fr.html", "fr"), ("index.ar.html", "ar")];

/// A window on a desk.
const DESK: (u32, u32) = (1280, 900);

/// A window in a hand.
const HAND: (u32, u32) = (390, 844);

/// Titles that want to be more than text.
const HOSTILE: [&str; 4] = [
    "<script>window.hit = 1</script>Niger",
    "Niger \u{202e}<b>turned</b>\u{2066} round",
    "Niger <img src=x onerror=\"window.hit = 2\"> & 'quoted' \"Mali\"",
    "Burkina Faso </script></style></title><svg onload=alert(1)>",
];

/// Whom the corpus is about.
const ACTORS: [&str; 12] = [
    "Russia",
    "France",
    "the United States",
    "China",
    "Turkey",
    "Algeria",
    "Mali",
    "Niger",
    "Burkina Faso",
    "Senegal",
    "Nigeria",
    "Germany",
];

/// Its sources.
const SOURCES: [&str; 5] = ["Harbour Post", "Le Fleuve", "River Times", "Dune Gazette", "الواحة"];

/// A corpus that is thick enough for every chart: 66 weeks of 36 articles, and hostile titles in the last whole one.
fn corpus() -> String {
    let first = NaiveDate::from_ymd_opt(2023, 1, 2).expect("a day");
    let mut state = 7_u64;
    let mut dice = move || {
        state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
        state >> 16
    };
    let mut out = String::new();
    for week in 0..66_u64 {
        for article in 0..36_u64 {
            let named: Vec<&str> = ACTORS
                .iter()
                .enumerate()
                .filter(|(place, _)| {
                    let turn = (week / 8 + *place as u64).is_multiple_of(3);
                    dice() % 100 < 46 - 3 * *place as u64 + if turn { 10 } else { 0 }
                })
                .map(|(_, name)| *name)
                .collect();
            let mut text: String = named.iter().fold(String::new(), |mut text, name| {
                let _ = write!(
                    text,
                    "Officials from {name} spoke on subject {} in session {}. ",
                    dice(),
                    dice()
                );
                text
            });
            let day = first + Days::new(7 * week + article % 7);
            let mut title = format!("Report {week}-{article} on {}", named.first().unwrap_or(&"the weather"));
            if week == 65 && article < 5 {
                let long = format!("Mali {}", "long ".repeat(2_000));
                title = HOSTILE
                    .get(usize::try_from(article).expect("small"))
                    .map_or(long, |title| (*title).to_owned());
                let who = if title.starts_with("Mali") { "Mali" } else { "Niger" };
                text = format!("{who} spoke {}. {}", dice(), format!("{who} spoke again. ").repeat(9));
            }
            let record = json!({
                "id": format!("{week}-{article}"), "title": title, "text": text, "published_at": day.to_string(), "language": "en",
                "source": SOURCES[usize::try_from(dice()).expect("small") % SOURCES.len()],
                "url": format!("https://example.org/{week}/{article}"),
            });
            let _ = writeln!(out, "{record}");
        }
    }
    out
}

/// The report on that corpus, made once.
fn thick() -> &'static Path {
    static MADE: OnceLock<(TempDir, PathBuf)> = OnceLock::new();
    let (_, report) = MADE.get_or_init(|| {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let corpus_dir = dir.path().join("weeks");
        std::fs::create_dir(&corpus_dir).expect("a folder");
        std::fs::write(corpus_dir.join("all.jsonl"), corpus()).expect("a file");
        let out = dir.path().join("report");
        let output = Command::new(env!("CARGO_BIN_EXE_marsad"))
            .args(["report", "--quiet", "--watchlist", "sahel", "--out"])
            .arg(&out)
            .arg(&corpus_dir)
            .current_dir(dir.path())
            .output()
            .expect("the program runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        (dir, out)
    });
    report
}

/// The report on the sample corpus.
fn sample() -> &'static Path {
    super::golden::made()
}

/// The strings of a JSON list.
fn strings(list: &Value) -> Vec<String> {
    let items = list.as_array().expect("a list");
    items
        .iter()
        .map(|item| item.as_str().unwrap_or_default().to_owned())
        .collect()
}

/// What the browser reported that no reader should see: messages, exceptions, requests other than for the page itself.
fn noise(browser: &Browser) -> Vec<String> {
    let told = |event: &Value| {
        let method = event["method"].as_str().unwrap_or_default();
        match method {
            "Runtime.consoleAPICalled" | "Runtime.exceptionThrown" | "Log.entryAdded" => {
                Some(event["params"].to_string())
            }
            "Network.requestWillBeSent" => {
                let url = event["params"]["request"]["url"].as_str().unwrap_or_default();
                (!url.starts_with("file:") && !url.starts_with("data:")).then(|| url.to_owned())
            }
            _ => None,
        }
    };
    browser.events.iter().filter_map(told).collect()
}
