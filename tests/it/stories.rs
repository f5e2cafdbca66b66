//! Near copies make one story: made-up articles, edited more and more, held against the similarity counted by plain means.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use crate::golden::tree;

/// Numbers that look random and are always the same ones.
struct Dice(u64);

impl Dice {
    /// A number below `most`.
    fn below(&mut self, most: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits fit") % most
    }
}

/// What words of a language are put together from; `true` where they stand without spaces.
const LANGUAGES: [(&str, &str, bool); 4] = [
    (
        "en",
        "ba ter ing lo men strat ver co dal pre sun wick har of the",
        false,
    ),
    (
        "fr",
        "é ment la voir çon ter ette sou pré lin dor ché sur aux ville",
        false,
    ),
    ("ar", "با تر مع لو من ست ور كو دل بر سن وق هر في ال", false),
    (
        "zh",
        "天 地 人 山 水 火 木 金 土 日 月 年 大 小 中 上 下 国 家 民",
        true,
    ),
];

/// A word; the first ones of a language come often, as in any text.
fn word(dice: &mut Dice, (_, syllables, unspaced): (&str, &str, bool)) -> String {
    let syllables: Vec<&str> = syllables.split(' ').collect();
    let length = if unspaced { 1 } else { 1 + dice.below(3) };
    (0..length)
        .map(|_| {
            let most = 1 + dice.below(syllables.len());
            syllables[dice.below(most)]
        })
        .collect()
}

/// Every five words in a row.
fn shingles(words: &[String]) -> BTreeSet<&[String]> {
    words.windows(5).collect()
}

/// Jaccard similarity and the part of the shorter text that stands in the longer one, counted.
fn likeness(a: &[String], b: &[String]) -> (f64, f64) {
    let (a, b) = (shingles(a), shingles(b));
    let count = |count: usize| f64::from(u32::try_from(count).expect("texts are short"));
    let shared = count(a.intersection(&b).count());
    (
        shared / count(a.union(&b).count()),
        shared / count(a.len().min(b.len())),
    )
}

/// Edits up to two fifths of a text: words here and there, a passage, the end cut off, an end added, or a credit in front.
fn edit(dice: &mut Dice, language: (&str, &str, bool), text: &[String]) -> Vec<String> {
    let share = |dice: &mut Dice, parts: usize| text.len() * dice.below(parts) / 100;
    let mut edited = text.to_vec();
    match dice.below(5) {
        0 => {
            for _ in 0..share(dice, 9) {
                let at = dice.below(edited.len());
                edited[at] = word(dice, language);
            }
        }
        1 => {
            let length = share(dice, 40);
            let start = dice.below(text.len() - length);
            for place in &mut edited[start..start + length] {
                *place = word(dice, language);
            }
        }
        2 => edited.truncate(text.len() - share(dice, 40)),
        3 => edited.extend((0..share(dice, 40)).map(|_| word(dice, language))),
        _ => {
            for _ in 0..=dice.below(6) {
                edited.insert(0, word(dice, language));
            }
        }
    }
    edited
}

/// Words as a text of paragraphs.
fn written(words: &[String], unspaced: bool) -> String {
    let (between, stop) = if unspaced { ("", "。") } else { (" ", ".") };
    let sentences: Vec<String> = words.chunks(17).map(|words| words.join(between) + stop).collect();
    sentences
        .chunks(3)
        .map(|paragraph| paragraph.join(" "))
        .collect::<Vec<_>>()
        .join("\n")
}

/// A line of a corpus.
fn line(id: &str, day: usize, source: &str, title: &str, text: &str) -> String {
    let date = format!("2024-{:02}-{:02}", 1 + day / 28, 1 + day % 28);
    serde_json::json!({"id": id, "title": title, "text": text, "date": date, "source": source}).to_string() + "\n"
}

/// Writes a report of the corpus `news` below `dir`.
fn report(dir: &Path, out: &str, more: &[&str]) {
    run(
        dir,
        "report",
        &[&["--by", "month", "--ui", "en", "--out", out], more].concat(),
    );
}

/// Runs the program on the corpus `news` below `dir`.
fn run(dir: &Path, command: &str, more: &[&str]) {
    let output = Command::new(env!("CARGO_BIN_EXE_marsad"))
        .current_dir(dir)
        .args([command, "news"])
        .args(more)
        .output()
        .expect("the program runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// The story of every document of a report that shares its story, and the similarity told.
fn stories(dir: &Path, out: &str) -> BTreeMap<String, (String, f64)> {
    let path = dir.join(out).join("quality/duplicates.csv");
    let mut table = csv::Reader::from_path(path).expect("the table is there");
    table
        .deserialize::<BTreeMap<String, String>>()
        .map(|row| {
            let row = row.expect("the table is whole");
            let similarity = row["similarity"].parse().expect("a number");
            (row["doc_id"].clone(), (row["story_id"].clone(), similarity))
        })
        .collect()
}

#[test]
fn texts_are_joined_as_their_similarity_says() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    std::fs::create_dir(dir.path().join("news")).expect("a folder can be made");
    let mut dice = Dice(11);
    let mut corpus = String::new();
    let mut truth = Vec::new();
    for pair in 0..1200 {
        let language = LANGUAGES[pair % LANGUAGES.len()];
        let length = 40 + dice.below(500);
        let text: Vec<String> = (0..length).map(|_| word(&mut dice, language)).collect();
        let copy = edit(&mut dice, language, &text);
        let day = dice.below(200);
        let texts = [(&text, "first", 0), (&copy, "copy", 1)];
        for (words, name, later) in texts {
            let text = written(words, language.2);
            let id = format!("{name}-{pair}");
            corpus += &line(&id, day + later, name, &format!("{name} {pair}"), &text);
        }
        truth.push(likeness(&text, &copy));
    }
    std::fs::write(dir.path().join("news/all.jsonl"), corpus).expect("a file can be written");
    report(dir.path(), "out", &[]);
    let stories = stories(dir.path(), "out");

    let mut bands: BTreeMap<u32, (u32, u32)> = BTreeMap::new();
    let (mut alike, mut found, mut joined, mut right) = (0_u32, 0_u32, 0_u32, 0_u32);
    for (pair, &(jaccard, contained)) in truth.iter().enumerate() {
        let story = stories.get(&format!("copy-{pair}"));
        let is_joined = story.is_some_and(|(story, _)| *story == format!("first-{pair}"));
        assert_eq!(story.is_some(), is_joined, "pair {pair} is in the story of a stranger");
        let is_copy = jaccard >= 0.8 || (contained >= 0.95 && jaccard >= 0.75);
        alike += u32::from(jaccard >= 0.8);
        found += u32::from(jaccard >= 0.8 && is_joined);
        joined += u32::from(is_joined);
        right += u32::from(is_joined && is_copy);
        assert!(!is_joined || jaccard > 0.7, "pair {pair} is joined at {jaccard}");
        if let Some((_, told)) = story {
            assert!((told - jaccard).abs() < 0.04, "pair {pair}: {told} for {jaccard}");
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 20")]
        let band = bands.entry((jaccard * 20.0) as u32).or_default();
        band.0 += 1;
        band.1 += u32::from(is_joined);
    }
    let mut table = String::new();
    for (band, (all, joined)) in bands {
        let _ = writeln!(table, "from {:.2}: {joined} of {all}", f64::from(band) / 20.0);
    }
    assert!(alike > 500 && truth.len() - alike as usize > 200, "{table}");
    let (recall, precision) = (
        f64::from(found) / f64::from(alike),
        f64::from(right) / f64::from(joined),
    );
    assert!(
        recall >= 0.98 && precision >= 0.98,
        "recall {recall}, precision {precision}\n{table}"
    );
}

#[test]
fn new_weeks_join_old_stories_whatever_the_history_and_the_threads() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let news = dir.path().join("news");
    std::fs::create_dir(&news).expect("a folder can be made");
    let mut dice = Dice(5);
    let texts: Vec<(usize, Vec<String>)> = (0..40)
        .map(|text| {
            let length = 80 + dice.below(200);
            let words = (0..length).map(|_| word(&mut dice, LANGUAGES[text % 4])).collect();
            (text, words)
        })
        .collect();
    for week in 0..5 {
        let mut lines = String::new();
        for (text, words) in texts.iter().filter(|(text, _)| (text + week) % 3 != 0) {
            let language = LANGUAGES[text % 4];
            let copy = edit(&mut dice, language, words);
            let id = format!("t{text}-w{week}");
            let source = format!("outlet {}", dice.below(3));
            lines += &line(&id, 40 - week * 7, &source, &id, &written(&copy, language.2));
        }
        std::fs::write(news.join(format!("{week}.jsonl")), lines).expect("a file can be written");
        // Each week is older than the one before, so that new files change who is first.
        run(dir.path(), "scan", &["--ledger", "old", "--threads", "1"]);
    }
    report(dir.path(), "grown", &["--ledger", "old", "--threads", "1"]);
    report(dir.path(), "fresh", &["--ledger", "new", "--threads", "8"]);
    let joined = stories(dir.path(), "fresh");
    let first: BTreeSet<&String> = joined.values().map(|(story, _)| story).collect();
    assert!(first.len() > 15 && joined.len() > 45, "{joined:?}");
    assert!(
        joined
            .iter()
            .all(|(doc, (story, _))| doc.split_once('-').map(|(text, _)| text)
                == story.split_once('-').map(|(text, _)| text))
    );
    let (grown, fresh) = (tree(&dir.path().join("grown")), tree(&dir.path().join("fresh")));
    assert_eq!(grown.keys().collect::<Vec<_>>(), fresh.keys().collect::<Vec<_>>());
    for (name, bytes) in &fresh {
        assert!(grown[name] == *bytes, "{name} differs from that of a fresh scan");
    }
    report(dir.path(), "strict", &["--ledger", "new", "--similarity", "1"]);
    assert!(
        stories(dir.path(), "strict")
            .values()
            .all(|(_, similarity)| *similarity >= 1.0)
    );
}
