//! Totals reconcile: from the files of the corpus to the last table, nothing is lost and nothing is counted twice.
//!
//! `MARSAD_REPORT=folder` holds another report, of any corpus, to the same.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::process::Command;

/// A table by the names of its columns.
struct Table {
    /// Where it is.
    path: PathBuf,
    /// The names of its columns.
    head: Vec<String>,
    /// Its rows.
    rows: Vec<csv::StringRecord>,
}

impl Table {
    /// Reads the table at `path` of a report.
    fn read(report: &Path, path: &str) -> Self {
        let path = report.join(path);
        let mut reader = csv::Reader::from_path(&path).expect("the table is there");
        let head = reader.headers().expect("a header").iter().map(str::to_owned).collect();
        let rows = reader.records().map(|row| row.expect("a well-formed row")).collect();
        Self { path, head, rows }
    }

    /// The cells of a column.
    fn column(&self, name: &str) -> impl Iterator<Item = &str> {
        let place = self.head.iter().position(|head| head == name);
        let place = place.unwrap_or_else(|| panic!("{} has no column {name}", self.path.display()));
        self.rows.iter().map(move |row| &row[place])
    }

    /// The sum of a column of counts.
    fn sum(&self, name: &str) -> u64 {
        self.counts(name).sum()
    }

    /// The cells of a column of counts.
    fn counts(&self, name: &str) -> impl Iterator<Item = u64> {
        self.column(name).map(|cell| cell.parse::<u64>().expect("a count"))
    }

    /// The sums of `count` by what the columns `by` hold.
    fn sums(&self, by: [&str; 2], count: &str) -> BTreeMap<[String; 2], u64> {
        let mut sums = BTreeMap::new();
        for ((one, two), count) in self.column(by[0]).zip(self.column(by[1])).zip(self.counts(count)) {
            *sums.entry([one.to_owned(), two.to_owned()]).or_default() += count;
        }
        sums
    }
}

/// Mentions and articles by period and entity, added up from the evidence.
type Figures = BTreeMap<[String; 2], (u64, u64)>;

/// Adds up the evidence: counted mentions of articles, and the articles that they lie in.
fn added_up(report: &Path, periods: &Table) -> Figures {
    let documents = Table::read(report, "evidence/documents.csv");
    let mut articles: HashMap<&str, &str> = HashMap::new();
    for ((id, date), status) in documents
        .column("doc_id")
        .zip(documents.column("date"))
        .zip(documents.column("status"))
    {
        if status == "read" {
            assert!(articles.insert(id, date).is_none(), "{id} is there twice");
        }
    }
    let days: Vec<(&str, &str, &str)> = periods
        .column("period")
        .zip(periods.column("period_start"))
        .zip(periods.column("period_end"))
        .map(|((label, start), end)| (start, end, label))
        .filter(|(start, ..)| !start.is_empty())
        .collect();
    let period = |date: &str| {
        let after = days.partition_point(|(start, ..)| *start <= date);
        let (_, end, label) = days[after - 1];
        assert!(date <= end, "{date} lies in no period");
        label
    };
    let mentions = Table::read(report, "evidence/mentions.csv");
    let mut figures = Figures::new();
    let mut seen: HashSet<(&str, &str)> = HashSet::new();
    for ((id, entity), counted) in mentions
        .column("doc_id")
        .zip(mentions.column("entity"))
        .zip(mentions.column("counted"))
    {
        if let (Some(date), "1") = (articles.get(id), counted) {
            let figure = figures.entry([period(date).to_owned(), entity.to_owned()]).or_default();
            figure.0 += 1;
            figure.1 += u64::from(seen.insert((id, entity)));
        }
    }
    figures
}

/// Holds every total of a report against the others.
fn reconcile(report: &Path) {
    let read = |path: &str| Table::read(report, path);
    let inputs = read("quality/inputs.csv");
    let corpus = read("tables/corpus_by_period.csv");
    let documents = read("evidence/documents.csv");
    let main = read("tables/mentions_by_period.csv");

    // From files to documents to periods.
    let with = |status: &str| documents.column("status").filter(|found| *found == status).count() as u64;
    assert_eq!(
        inputs.sum("documents"),
        documents.rows.len() as u64,
        "documents of files"
    );
    assert_eq!(
        corpus.sum("documents"),
        documents.rows.len() as u64,
        "documents of periods"
    );
    assert_eq!(corpus.sum("articles"), with("read"), "articles");
    assert_eq!(corpus.sum("undated"), with("undated"), "undated");
    assert_eq!(corpus.sum("duplicates"), with("duplicate"), "duplicates");
    assert_eq!(
        with("read") + with("undated") + with("duplicate") + with("filtered"),
        documents.rows.len() as u64,
        "each document has one status"
    );
    assert_eq!(corpus.sum("undated"), read("quality/undated.csv").rows.len() as u64);
    let skipped = read("quality/skipped.csv");
    assert_eq!(corpus.sum("skipped"), skipped.rows.len() as u64, "skipped");
    assert_eq!(inputs.sum("skipped"), skipped.rows.len() as u64, "skipped of files");
    let encodings = read("quality/encodings.csv");
    let decoded: u64 = inputs
        .column("encoding")
        .zip(inputs.counts("documents"))
        .filter(|(encoding, _)| !encoding.is_empty())
        .map(|(_, count)| count)
        .sum();
    assert_eq!(encodings.sum("documents"), decoded, "documents of encodings");
    let read_words: u64 = documents
        .counts("words")
        .zip(documents.column("status"))
        .filter(|(_, status)| *status == "read")
        .map(|(words, _)| words)
        .sum();
    assert_eq!(corpus.sum("words"), read_words, "words");

    // From mentions to the main table, cell by cell.
    let figures = added_up(report, &corpus);
    let entries = main.column("period").zip(main.column("entity"));
    let shown = entries.zip(main.counts("mentions")).zip(main.counts("articles"));
    for (((period, entity), mentions), articles) in shown {
        let found = figures.get(&[period.to_owned(), entity.to_owned()]).copied();
        assert_eq!((mentions, articles), found.unwrap_or_default(), "{entity} in {period}");
    }
    let counted: u64 = figures.values().map(|(mentions, _)| mentions).sum();
    assert_eq!(main.sum("mentions"), counted, "a mention lies in no row");

    // From the main table to the others.
    let totals: BTreeMap<&str, u64> = corpus.column("period").zip(corpus.counts("articles")).collect();
    for (period, total) in main.column("period").zip(main.counts("articles_total")) {
        assert_eq!(totals[period], total, "articles_total of {period}");
    }
    for other in ["tables/mentions_by_source.csv", "tables/mentions_by_language.csv"] {
        let other = read(other);
        assert_eq!(other.sum("mentions"), counted, "{}", other.path.display());
        assert_eq!(other.sum("articles"), main.sum("articles"), "{}", other.path.display());
    }
    assert_eq!(
        read("tables/sources.csv").sum("articles"),
        corpus.sum("articles"),
        "articles of sources"
    );
    let kinds = read("tables/mentions_by_kind.csv");
    let by_kind = kinds.sums(["period", "entity"], "mentions");
    for (key, (mentions, _)) in &figures {
        assert!(by_kind.get(key) >= Some(mentions), "kinds of {key:?}");
    }
    for (name, column) in [("articles", "articles"), ("mentions", "mentions")] {
        let wide = read(&format!("tables/wide/{name}.csv"));
        let sums = main.sums(["period", "entity"], column);
        for (place, period) in wide.column("period").enumerate() {
            for (entity, cell) in wide.head.iter().zip(&wide.rows[place]).skip(3) {
                let sum = sums[&[period.to_owned(), entity.clone()]];
                assert_eq!(cell, sum.to_string(), "{name} of {entity} in {period}");
            }
        }
    }
    for change in read("tables/change.csv").rows {
        let key = [change[1].to_owned(), change[0].to_owned()];
        let found = figures.get(&key).map_or(0, |(_, articles)| *articles);
        assert_eq!(change[2], found.to_string(), "change of {key:?}");
    }
}

#[test]
fn totals_of_the_sample_reconcile() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let out = dir.path().join("report");
    let output = Command::new(env!("CARGO_BIN_EXE_marsad"))
        .args(["report", "--quiet", "--ui", "en", "--out"])
        .arg(&out)
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-corpus"))
        .current_dir(dir.path())
        .output()
        .expect("the program runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    reconcile(&out);
    if let Some(report) = std::env::var_os("MARSAD_REPORT") {
        reconcile(Path::new(&report));
    }
}
