//! Why two reports of one corpus differ: every figure of the periods that both have, and each difference split by its cause.
//!
//! A mention belongs to one document, and each document has one cause: it is new or late, it is gone, its text changed, it became or ceased to be a
//! duplicate or undated, it fell in or out of the filters, or the text is the same and the names or settings are others. So the parts sum to the whole.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt::Write as _;
use std::panic::resume_unwind;

use anstyle::{Effects, Style};
use chrono::NaiveDate;

use super::Report;
use crate::error::Error;

/// Headings.
const BOLD: Style = Style::new().effects(Effects::BOLD);

/// Why a figure moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// A document that the old report did not know, dated after its last day.
    New,
    /// A document that the old report did not know, dated within its range.
    Late,
    /// A document that is there no more.
    Removed,
    /// The text, the date or the source of a document changed.
    Changed,
    /// A document became a duplicate of another, or ceases to be one.
    Duplicate,
    /// `--from`, `--to`, `--language` or `--source` take it in or leave it out.
    Filter,
    /// The text is the same, and the built-in names, the watchlist or the rules are others.
    Names,
    /// The text and the names are the same, and the settings are others.
    Settings,
}

impl Cause {
    /// The word used in tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Late => "late",
            Self::Removed => "removed",
            Self::Changed => "changed",
            Self::Duplicate => "duplicate",
            Self::Filter => "filter",
            Self::Names => "names",
            Self::Settings => "settings",
        }
    }
}

/// One figure that moved.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moved {
    /// Articles in the old report and in the new one.
    pub articles: (u64, u64),
    /// Mentions in the old report and in the new one.
    pub mentions: (u64, u64),
    /// What each cause added to articles and mentions.
    pub causes: BTreeMap<Cause, (i64, i64)>,
}

/// All figures that moved, by period and entity.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// The figures.
    pub figures: BTreeMap<(String, String), Moved>,
    /// Periods that both reports have.
    pub periods: usize,
}

/// A document of one report.
struct Known {
    /// What tells whether it changed.
    identity: [String; 3],
    /// Its status.
    status: String,
    /// Its day.
    date: Option<NaiveDate>,
    /// Its counted mentions by entity.
    mentions: HashMap<String, u64>,
}

/// One report as far as it is compared.
struct Side {
    /// Its documents by id.
    documents: HashMap<String, Known>,
    /// First and last day of each period.
    periods: BTreeMap<String, (NaiveDate, NaiveDate)>,
    /// Articles and mentions by period and entity.
    figures: HashMap<(String, String), (u64, u64)>,
    /// Its last day with an article.
    last: Option<NaiveDate>,
}

impl Report {
    /// Reads what is compared.
    fn side(&self) -> Result<Side, Error> {
        let mut side = Side {
            documents: HashMap::new(),
            periods: BTreeMap::new(),
            figures: HashMap::new(),
            last: None,
        };
        let mut rows = self.table("tables/mentions_by_period.csv")?;
        let [label, start, end, entity] = rows.columns(["period", "period_start", "period_end", "entity"])?;
        let [articles, mentions] = rows.columns(["articles", "mentions"])?;
        while rows.next()? {
            if let (Ok(first), Ok(last)) = (rows.text(start).parse(), rows.text(end).parse()) {
                side.periods.insert(rows.text(label).to_owned(), (first, last));
            }
            let key = (rows.text(label).to_owned(), rows.text(entity).to_owned());
            side.figures.insert(key, (rows.count(articles), rows.count(mentions)));
        }
        let mut rows = self.table("evidence/documents.csv")?;
        let [doc_id, hash, date, source, status] = rows.columns(["doc_id", "text_hash", "date", "source", "status"])?;
        while rows.next()? {
            let day = rows.text(date).parse().ok();
            side.last = side.last.max(day);
            let identity = [hash, date, source].map(|place| rows.text(place).to_owned());
            let known = Known {
                identity,
                status: rows.text(status).to_owned(),
                date: day,
                mentions: HashMap::new(),
            };
            side.documents.insert(rows.text(doc_id).to_owned(), known);
        }
        Ok(side)
    }

    /// Adds the counted mentions of the documents of `side`, or of those of them that are `asked` for.
    fn add_mentions(&self, side: &mut Side, asked: Option<&HashSet<String>>) -> Result<(), Error> {
        for known in side.documents.values_mut() {
            known.mentions.clear();
        }
        if asked.is_some_and(HashSet::is_empty) {
            return Ok(());
        }
        let mut rows = self.table("evidence/mentions.csv")?;
        let [doc_id, entity, counted] = rows.columns(["doc_id", "entity", "counted"])?;
        while rows.next()? {
            if rows.text(counted) != "1" || asked.is_some_and(|asked| !asked.contains(rows.text(doc_id))) {
                continue;
            }
            let Some(known) = side.documents.get_mut(rows.text(doc_id)) else {
                continue;
            };
            let entity = rows.text(entity);
            match known.mentions.get_mut(entity) {
                Some(count) => *count += 1,
                None => drop(known.mentions.insert(entity.to_owned(), 1)),
            }
        }
        Ok(())
    }

    /// What moved from this report to `new`, in the periods that both have, and why.
    ///
    /// # Errors
    ///
    /// [`Error::Report`] where one of them cannot be read.
    pub fn diff(&self, new: &Self) -> Result<Difference, Error> {
        let (before, after) = both(|| self.side(), || new.side());
        let (mut before, mut after) = (before?, after?);
        let alike = |keys: &[&str]| {
            keys.iter()
                .all(|key| self.manifest["settings"][key] == new.manifest["settings"][key])
        };
        let same_names =
            self.manifest["gazetteer"]["hash"] == new.manifest["gazetteer"]["hash"] && alike(&["watchlist"]);
        let same_counting =
            same_names && alike(&["entity", "count"]) && self.manifest["generator"] == new.manifest["generator"];
        // A document that is as it was has the same mentions, so only the others are looked at. A text may have changed where its hash does
        // not tell: then the parts do not sum to the whole, and all are.
        let asked = same_counting.then(|| touched(&before, &after));
        self.add_both(new, &mut before, &mut after, asked.as_ref())?;
        let difference = compare(&before, &after, same_names);
        if asked.is_none() || difference.figures.values().all(Moved::is_explained) {
            return Ok(difference);
        }
        self.add_both(new, &mut before, &mut after, None)?;
        Ok(compare(&before, &after, same_names))
    }

    /// Adds the mentions of both sides, side by side.
    fn add_both(
        &self,
        new: &Self,
        before: &mut Side,
        after: &mut Side,
        asked: Option<&HashSet<String>>,
    ) -> Result<(), Error> {
        let (old, now) = both(|| self.add_mentions(before, asked), || new.add_mentions(after, asked));
        old.and(now)
    }
}

/// Does two things at once.
fn both<A: Send, B>(one: impl FnOnce() -> A + Send, two: impl FnOnce() -> B) -> (A, B) {
    std::thread::scope(|scope| {
        let one = scope.spawn(one);
        let two = two();
        (one.join().unwrap_or_else(|panic| resume_unwind(panic)), two)
    })
}

/// Documents that are new, gone, changed or of another status.
fn touched(before: &Side, after: &Side) -> HashSet<String> {
    let same = |id: &String| match (before.documents.get(id), after.documents.get(id)) {
        (Some(old), Some(now)) => old.identity == now.identity && old.status == now.status,
        _ => false,
    };
    let all = before.documents.keys().chain(after.documents.keys());
    all.filter(|id| !same(id)).cloned().collect()
}

/// The figures that differ, each split by its causes.
fn compare(before: &Side, after: &Side, same_names: bool) -> Difference {
    let mut difference = Difference::default();
    let shared = |label: &String| {
        before
            .periods
            .get(label)
            .is_some_and(|days| after.periods.get(label) == Some(days))
    };
    let mut days: Vec<(NaiveDate, NaiveDate, &String)> = after
        .periods
        .iter()
        .filter(|(label, _)| shared(label))
        .map(|(label, &(first, last))| (first, last, label))
        .collect();
    days.sort_unstable();
    difference.periods = days.len();
    let mut keys: Vec<&(String, String)> = before.figures.keys().chain(after.figures.keys()).collect();
    keys.sort();
    keys.dedup();
    for key in keys.into_iter().filter(|key| shared(&key.0)) {
        let old = before.figures.get(key).copied().unwrap_or_default();
        let now = after.figures.get(key).copied().unwrap_or_default();
        if old != now {
            let moved = Moved {
                articles: (old.0, now.0),
                mentions: (old.1, now.1),
                causes: BTreeMap::new(),
            };
            difference.figures.insert(key.clone(), moved);
        }
    }
    let empty = HashMap::new();
    let mut ids: Vec<&String> = before.documents.keys().chain(after.documents.keys()).collect();
    ids.sort();
    ids.dedup();
    for id in ids {
        let (old, now) = (before.documents.get(id), after.documents.get(id));
        let cause = cause(old, now, before.last, same_names);
        let parts = [(old, -1), (now, 1)].map(|(known, sign)| {
            let read = known.filter(|known| known.status == "read");
            let period = read.and_then(|known| known.date).and_then(|day| period_of(&days, day));
            (period, read.map_or(&empty, |known| &known.mentions), sign)
        });
        for (period, mentions, sign) in parts {
            let Some(period) = period else { continue };
            for (entity, count) in mentions {
                if let Some(moved) = difference.figures.get_mut(&(period.clone(), entity.clone())) {
                    let part = moved.causes.entry(cause).or_default();
                    part.0 += sign;
                    part.1 += sign * i64::try_from(*count).unwrap_or(i64::MAX);
                }
            }
        }
    }
    for moved in difference.figures.values_mut() {
        moved.causes.retain(|_, part| *part != (0, 0));
    }
    difference
}

/// The period of a day among `periods`, which are in order and do not overlap: first day, last day, label.
fn period_of<'p>(periods: &[(NaiveDate, NaiveDate, &'p String)], day: NaiveDate) -> Option<&'p String> {
    let after = periods.partition_point(|(first, ..)| *first <= day);
    let (_, last, label) = periods.get(after.checked_sub(1)?)?;
    (day <= *last).then_some(*label)
}

/// Why the figures that a document adds to may differ.
fn cause(old: Option<&Known>, now: Option<&Known>, last: Option<NaiveDate>, same_names: bool) -> Cause {
    match (old, now) {
        (None, Some(now)) if now.date > last => Cause::New,
        (None, _) => Cause::Late,
        (Some(_), None) => Cause::Removed,
        (Some(old), Some(now)) if old.identity != now.identity => Cause::Changed,
        (Some(old), Some(now)) if old.status != now.status => {
            let filtered = old.status == "filtered" || now.status == "filtered";
            if filtered { Cause::Filter } else { Cause::Duplicate }
        }
        _ if same_names => Cause::Settings,
        _ => Cause::Names,
    }
}

impl Moved {
    /// Whether the parts sum to the whole.
    #[must_use]
    pub fn is_explained(&self) -> bool {
        let sum = self
            .causes
            .values()
            .fold((0, 0), |sum, part| (sum.0 + part.0, sum.1 + part.1));
        let whole =
            |(old, new): (u64, u64)| i64::try_from(new).unwrap_or(i64::MAX) - i64::try_from(old).unwrap_or(i64::MAX);
        sum == (whole(self.articles), whole(self.mentions))
    }
}

impl Difference {
    /// A line for each figure that moved.
    #[must_use]
    pub fn shown(&self) -> String {
        let mut out = String::new();
        if self.figures.is_empty() {
            let _ = writeln!(
                out,
                "no figure moved in the {} periods that both reports have",
                self.periods
            );
            return out;
        }
        let _ = writeln!(
            out,
            "{BOLD}{:<10} {:<26} {:>13} {:>15}  why (articles, mentions){BOLD:#}",
            "period", "entity", "articles", "mentions"
        );
        for ((period, entity), moved) in &self.figures {
            let mut why: Vec<String> = moved
                .causes
                .iter()
                .map(|(cause, part)| format!("{} {:+}, {:+}", cause.as_str(), part.0, part.1))
                .collect();
            if !moved.is_explained() {
                why.push("not explained".to_owned());
            }
            let _ = writeln!(
                out,
                "{period:<10} {entity:<26} {:>13} {:>15}  {}",
                format!("{} → {}", moved.articles.0, moved.articles.1),
                format!("{} → {}", moved.mentions.0, moved.mentions.1),
                why.join("; ")
            );
        }
        out
    }
}
