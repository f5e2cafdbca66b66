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

/// Whom the corpus is about, in English, French and Arabic.
const ACTORS: [[&str; 3]; 12] = [
    ["Russia", "la Russie", "روسيا"],
    ["France", "la France", "فرنسا"],
    ["the United States", "les États-Unis", "الولايات المتحدة"],
    ["China", "la Chine", "الصين"],
    ["Turkey", "la Turquie", "تركيا"],
    ["Algeria", "l’Algérie", "الجزائر"],
    ["Mali", "le Mali", "جمهورية مالي"],
    ["Niger", "le Niger", "النيجر"],
    ["Burkina Faso", "le Burkina Faso", "بوركينا فاسو"],
    ["Senegal", "le Sénégal", "السنغال"],
    ["Nigeria", "le Nigeria", "نيجيريا"],
    ["Germany", "l’Allemagne", "ألمانيا"],
];

/// Its sources.
const SOURCES: [&str; 5] = ["Harbour Post", "Le Fleuve", "River Times", "Dune Gazette", "الواحة"];

/// What the articles of the first two actors speak of by turns, in English, French and Arabic.
const TOPICS: [[&str; 3]; 6] = [
    ["grain", "céréales", "الحبوب"],
    ["uranium", "minerai", "الخامات"],
    ["tariffs", "tarifs", "الرسوم"],
    ["railway", "ferroviaire", "القطارات"],
    ["harvest", "récolte", "الحصاد"],
    ["fisheries", "pêche", "المصايد"],
];

/// What the last whole week speaks of.
const WEEK: [[&str; 3]; 3] = [
    ["flood", "inondation", "الفيضان"],
    ["bridge", "pont", "الجسر"],
    ["relief", "secours", "الإغاثة"],
];

/// A sentence about something.
const SPOKEN: [&str; 3] = [
    "They spoke at length today about {}",
    "Ils ont longuement parlé dans la journée avec {}",
    "وتحدثوا مطولًا في هذا اليوم عن {}",
];

/// All charts that there are.
const CHARTS: usize = 12;

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
            // Half of the articles are English, the others French and Arabic by turns.
            let tongue = usize::try_from(article % 4).expect("small").saturating_sub(1);
            let named: Vec<&[&str; 3]> = ACTORS
                .iter()
                .enumerate()
                .filter(|(place, _)| {
                    let turn = (week / 8 + *place as u64).is_multiple_of(3);
                    dice() % 100 < 46 - 3 * *place as u64 + if turn { 10 } else { 0 }
                })
                .map(|(_, name)| name)
                .collect();
            let mut text: String = named.iter().fold(String::new(), |mut text, name| {
                let sentence = SPOKEN[tongue].replace("{}", name[tongue]);
                let _ = write!(text, "{sentence} {} {}. ", dice(), dice());
                text
            });
            for (place, topic) in TOPICS.iter().enumerate() {
                if named.contains(&&ACTORS[place % 2]) {
                    let _ = write!(text, "{}. ", SPOKEN[tongue].replace("{}", topic[tongue]));
                }
            }
            if week == 65 {
                for word in WEEK {
                    let _ = write!(text, "{}. ", SPOKEN[tongue].replace("{}", word[tongue]));
                }
            }
            let day = first + Days::new(7 * week + article % 7);
            let mut title = format!(
                "Report {week}-{article} on {}",
                named.first().map_or("the weather", |name| name[tongue])
            );
            if week == 65 && article < 5 {
                let long = format!("Mali {}", "long ".repeat(2_000));
                title = HOSTILE
                    .get(usize::try_from(article).expect("small"))
                    .map_or(long, |title| (*title).to_owned());
                let who = if title.starts_with("Mali") { "Mali" } else { "Niger" };
                text = format!("{who} spoke {}. {}", dice(), format!("{who} spoke again. ").repeat(9));
            }
            let record = json!({
                "id": format!("{week}-{article}"), "title": title, "text": text, "published_at": day.to_string(), "language": PAGES[tongue].1,
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
            .args(["report", "--quiet", "--watchlist", "sahel", "--xlsx", "--out"])
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

/// The same corpus in Arabic with eastern digits.
fn eastern() -> &'static Path {
    static MADE: OnceLock<PathBuf> = OnceLock::new();
    MADE.get_or_init(|| {
        let dir = thick().parent().expect("a folder");
        let out = dir.join("eastern");
        let output = Command::new(env!("CARGO_BIN_EXE_marsad"))
            .args([
                "report",
                "--quiet",
                "--watchlist",
                "sahel",
                "--ui",
                "ar",
                "--digits",
                "arab",
                "--ledger",
                "eastern-ledger",
            ])
            .arg("--out")
            .arg(&out)
            .arg(dir.join("weeks"))
            .current_dir(dir)
            .output()
            .expect("the program runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        out
    })
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
