//! A sample of mentions to be judged by a reader, and what the judgements say of the precision of a report.
//!
//! In: the evidence of a report and a seed. Out: a CSV with an empty column `right`; filled in, it comes back as counts. Which mentions are drawn depends on
//! the seed and the mentions alone, not on their order: those whose hashes are smallest.

use std::collections::{BTreeMap, BinaryHeap};

use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::Report;
use crate::error::Error;

/// The columns of a sample.
const HEAD: [&str; 15] = [
    "right",
    "stratum",
    "context",
    "surface",
    "entity",
    "kind",
    "rule",
    "counted",
    "reason",
    "language",
    "date",
    "source",
    "doc_id",
    "field",
    "byte_start",
];

/// Words for a mention that is as a reader would say.
const YES: [&str; 8] = ["1", "y", "yes", "right", "true", "oui", "juste", "نعم"];
/// Words for one that is not.
const NO: [&str; 8] = ["0", "n", "no", "wrong", "false", "non", "faux", "لا"];

/// What a sample is divided by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stratum {
    /// Nothing: one sample of all.
    #[default]
    All,
    /// The entity.
    Entity,
    /// The language of the document.
    Language,
    /// The kind of mention.
    Kind,
    /// The rule that decided.
    Rule,
}

/// Judgements by stratum: how many mentions are right, and how many were judged.
pub type Judged = BTreeMap<String, (u64, u64)>;

impl Report {
    /// Draws `size` mentions of each stratum, counted ones or, with `refused`, those that were refused, and writes them as CSV.
    ///
    /// # Errors
    ///
    /// [`Error::Report`] where the evidence cannot be read.
    pub fn sample(&self, by: Stratum, size: usize, seed: u64, refused: bool) -> Result<Vec<u8>, Error> {
        let mut rows = self.table("evidence/mentions.csv")?;
        let places: Vec<usize> = HEAD[2..]
            .iter()
            .map(|name| rows.column(name))
            .collect::<Result<_, _>>()?;
        let [counted, entity, language, kind, rule] =
            rows.columns(["counted", "entity", "language", "kind", "rule"])?;
        let [doc_id, field, start] = rows.columns(["doc_id", "field", "byte_start"])?;
        let mut drawn: BTreeMap<String, BinaryHeap<(u64, Vec<String>)>> = BTreeMap::new();
        while rows.next()? {
            if (rows.text(counted) == "1") == refused {
                continue;
            }
            let stratum = match by {
                Stratum::All => "all",
                Stratum::Entity => rows.text(entity),
                Stratum::Language => rows.text(language),
                Stratum::Kind => rows.text(kind),
                Stratum::Rule => rows.text(rule),
            };
            let name = [doc_id, field, start, entity]
                .map(|place| rows.text(place))
                .join("\u{1f}");
            let hash = xxh3_64_with_seed(name.as_bytes(), seed);
            let heap = drawn.entry(stratum.to_owned()).or_default();
            if heap.len() == size && heap.peek().is_some_and(|(largest, _)| *largest <= hash) {
                continue;
            }
            heap.push((hash, places.iter().map(|&place| rows.text(place).to_owned()).collect()));
            if heap.len() > size {
                heap.pop();
            }
        }
        let mut writer = csv::Writer::from_writer(Vec::new());
        let wrong = |error: &dyn std::fmt::Display| Error::report(&self.dir, error);
        writer.write_record(HEAD).map_err(|error| wrong(&error))?;
        for (stratum, heap) in drawn {
            for (_, cells) in heap.into_sorted_vec() {
                let row = ["", stratum.as_str()]
                    .into_iter()
                    .chain(cells.iter().map(String::as_str));
                writer.write_record(row).map_err(|error| wrong(&error))?;
            }
        }
        writer.into_inner().map_err(|error| wrong(&error))
    }
}

/// Reads a sample that was judged. Rows without a judgement are left out; their number comes back too.
///
/// # Errors
///
/// [`Error::Report`] where the file cannot be read, has no column `right`, or has a word in it that is neither yes nor no.
pub fn read_judged(path: &std::path::Path) -> Result<(Judged, u64), Error> {
    let wrong = |error: &dyn std::fmt::Display| Error::report(path, error);
    let text = std::fs::read_to_string(path).map_err(|error| wrong(&error))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let first = text.lines().next().unwrap_or_default();
    let delimiter = if first.matches(';').count() > first.matches(',').count() {
        b';'
    } else {
        b','
    };
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .from_reader(text.as_bytes());
    let head = reader.headers().map_err(|error| wrong(&error))?.clone();
    let place = |name: &str| {
        head.iter()
            .position(|head| head == name)
            .ok_or_else(|| wrong(&format!("has no column `{name}`")))
    };
    let (right, stratum) = (place("right")?, place("stratum")?);
    let mut judged = Judged::new();
    let mut open = 0;
    for row in reader.records() {
        let row = row.map_err(|error| wrong(&error))?;
        let word = row.get(right).unwrap_or_default().trim().to_lowercase();
        if word.is_empty() {
            open += 1;
            continue;
        }
        let yes = YES.contains(&word.as_str());
        if !yes && !NO.contains(&word.as_str()) {
            let line = row.position().map_or(0, csv::Position::line);
            return Err(wrong(&format!("line {line}: `{word}` is neither yes nor no")));
        }
        let counts = judged
            .entry(row.get(stratum).unwrap_or_default().to_owned())
            .or_default();
        counts.0 += u64::from(yes);
        counts.1 += 1;
    }
    Ok((judged, open))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn judgements_are_counted_and_anything_else_is_told_with_its_line() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("judged.csv");
        let read = |text: &str| {
            std::fs::write(&path, text).unwrap();
            read_judged(&path)
        };
        let (judged, open) = read("right,stratum,context\n1,ar,a\nNon,ar,b\n,ar,c\noui,fr,d\n").unwrap();
        assert_eq!(
            judged,
            Judged::from([("ar".to_owned(), (1, 2)), ("fr".to_owned(), (1, 1))])
        );
        assert_eq!(open, 1);
        assert_eq!(read("\u{feff}right;stratum\nنعم;ar\n").unwrap().0["ar"], (1, 1));
        let error = read("right,stratum\n1,ar\nperhaps,ar\n").unwrap_err().to_string();
        assert!(error.contains("line 3") && error.contains("perhaps"), "{error}");
        assert!(read("stratum\nar\n").is_err());
    }
}
