//! Time as charts draw it: one column a period, or several periods pooled into one where there is no room for each.
//!
//! Periods come in, columns go out. Counts are added and nothing else is computed, but for the share of added counts with its Wilson interval,
//! which only a pooled column needs.

use std::ops::Range;

use chrono::{Days, NaiveDate};

use super::brief::{Brief, data, last_day, with_share};
use super::{Data, Value};
use crate::model::findings::{Cell, Findings, Share};
use crate::model::period::{Calendar, Granularity, Period};

/// Below so many articles no share is printed.
pub(super) const PRINTED: u64 = 30;

/// The names of what [`Column::cells`] gives.
pub(super) const COLUMN: [&str; 4] = ["period", "period_start", "period_end", "complete"];

/// One column.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Column {
    /// Index of its first period.
    pub(super) first: usize,
    /// Index of its last period.
    pub(super) last: usize,
    /// Its days and label.
    pub(super) period: Period,
    /// Whether the corpus covers it whole.
    pub(super) complete: bool,
    /// Days of it that the corpus covers.
    pub(super) days_covered: u64,
    /// Articles.
    pub(super) articles: u64,
    /// Counted mentions of all watched entities.
    pub(super) mentions: u64,
}

impl Column {
    /// What tells it in figures: label, first and last day, and whether it is complete; see [`COLUMN`].
    pub(super) fn cells(&self) -> Vec<Value> {
        vec![
            Value::Text(self.period.label.clone()),
            Value::Date(self.period.start),
            Value::Date(last_day(&self.period)),
            Value::Integer(u64::from(self.complete)),
        ]
    }

    /// Whether it has articles, and too few for shares.
    pub(super) fn is_thin(&self) -> bool {
        (1..PRINTED).contains(&self.articles)
    }

    /// The cells of `series` that it pools, added up.
    pub(super) fn pool(&self, series: &[Cell]) -> (u64, u64) {
        series[self.first..=self.last]
            .iter()
            .fold((0, 0), |(articles, mentions), cell| {
                (articles + cell.articles, mentions + cell.mentions)
            })
    }

    /// Its middle in days after `start`.
    pub(super) fn middle(&self, start: NaiveDate) -> f64 {
        f64::midpoint(days(start, self.period.start), days(start, self.period.end))
    }
}

/// Days from one day to another.
#[expect(clippy::cast_precision_loss, reason = "centuries have few days")]
pub(super) fn days(from: NaiveDate, to: NaiveDate) -> f64 {
    (to - from).num_days() as f64
}

/// All columns, and how long each is.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Columns {
    /// How long each is.
    pub(super) granularity: Granularity,
    /// In order of time, without a hole.
    pub(super) all: Vec<Column>,
    /// Whether columns pool periods.
    pub(super) pooled: bool,
}

/// From short to long.
const LENGTHS: [Granularity; 5] = [
    Granularity::Day,
    Granularity::Week,
    Granularity::Month,
    Granularity::Quarter,
    Granularity::Year,
];

impl Columns {
    /// The shortest columns, not shorter than the periods, of which there are at most `most`; years where even they are more.
    pub(super) fn fitting(findings: &Findings, most: usize) -> Self {
        Self::lengths(findings)
            .find(|columns| columns.all.len() <= most)
            .unwrap_or_else(|| Self::of(findings, Granularity::Year))
    }

    /// Columns of every length that is not shorter than the periods, of which there are at most `most`; the shortest first.
    pub(super) fn choices(findings: &Findings, most: usize) -> Vec<Self> {
        Self::lengths(findings)
            .filter(|columns| columns.all.len() <= most)
            .collect()
    }

    /// Columns of every length that is not shorter than the periods, the shortest first.
    fn lengths(findings: &Findings) -> impl Iterator<Item = Self> {
        let own = findings.corpus.calendar.granularity;
        LENGTHS
            .into_iter()
            .filter(move |length| *length >= own)
            .map(|length| Self::of(findings, length))
    }

    /// Columns of a length. A period that lies in two is in the one that holds its middle day, as an ISO week is in its year.
    pub(super) fn of(findings: &Findings, granularity: Granularity) -> Self {
        let calendar = findings.corpus.calendar;
        let pooled = granularity != calendar.granularity;
        let wide = Calendar {
            granularity,
            week_start: calendar.week_start,
        };
        let mut all: Vec<Column> = Vec::new();
        for (place, facts) in findings.periods.iter().enumerate() {
            let period = if pooled {
                wide.period_of(middle(&facts.period))
            } else {
                facts.period.clone()
            };
            let covered = u64::from(facts.days_covered);
            match all.last_mut() {
                Some(column) if column.period == period => {
                    column.last = place;
                    column.complete &= facts.complete;
                    column.days_covered += covered;
                    column.articles += facts.articles;
                    column.mentions += facts.mentions;
                }
                _ => all.push(Column {
                    first: place,
                    last: place,
                    period,
                    complete: facts.complete,
                    days_covered: covered,
                    articles: facts.articles,
                    mentions: facts.mentions,
                }),
            }
        }
        if pooled {
            for column in &mut all {
                column.complete &= is_filled(column, findings);
            }
        }
        Self {
            granularity,
            all,
            pooled,
        }
    }

    /// The columns from the first to the last of which `is_seen` holds, and which of these they are.
    pub(super) fn spanning(&self, is_seen: impl Fn(usize) -> bool) -> (Self, Range<usize>) {
        let mut seen = (0..self.all.len()).filter(|place| is_seen(*place));
        let first = seen.next().unwrap_or(0);
        let span = first..seen.last().unwrap_or(first) + usize::from(!self.all.is_empty());
        let all = self.all[span.clone()].to_vec();
        (Self { all, ..*self }, span)
    }

    /// The first day of all.
    pub(super) fn start(&self) -> Option<NaiveDate> {
        self.all.first().map(|column| column.period.start)
    }

    /// How many days all have together.
    pub(super) fn days(&self) -> f64 {
        match (self.all.first(), self.all.last()) {
            (Some(first), Some(last)) => days(first.period.start, last.period.end),
            _ => 0.0,
        }
    }

    /// Stretches of columns without any article, as indices of the first and the last.
    pub(super) fn gaps(&self) -> Vec<(usize, usize)> {
        self.stretches(|place| self.all[place].articles == 0)
    }

    /// Stretches of columns of which `is` holds, as indices of the first and the last.
    pub(super) fn stretches(&self, is: impl Fn(usize) -> bool) -> Vec<(usize, usize)> {
        let mut all: Vec<(usize, usize)> = Vec::new();
        for place in (0..self.all.len()).filter(|place| is(*place)) {
            match all.last_mut() {
                Some((_, last)) if *last + 1 == place => *last = place,
                _ => all.push((place, place)),
            }
        }
        all
    }

    /// The last column, where it is covered in part only.
    pub(super) fn partial(&self) -> Option<&Column> {
        self.all.last().filter(|column| !column.complete && self.all.len() > 1)
    }

    /// How many have articles, and how many of these too few for shares; the incomplete last one is not counted.
    pub(super) fn counted(&self) -> (usize, usize) {
        let articles = || self.told().iter().filter(|column| column.articles > 0);
        (articles().count(), articles().filter(|column| column.is_thin()).count())
    }

    /// Whether any has too few articles for shares.
    pub(super) fn has_thin(&self) -> bool {
        self.all.iter().any(Column::is_thin)
    }

    /// All of them without the incomplete last one, which decides nothing.
    pub(super) fn told(&self) -> &[Column] {
        let partial = usize::from(self.partial().is_some());
        &self.all[..self.all.len() - partial]
    }
}

/// The day that decides where a period belongs.
fn middle(period: &Period) -> NaiveDate {
    period.start + Days::new(period.days().unsigned_abs().saturating_sub(1) / 2)
}

/// Whether the periods of a pooled column reach from its one end to the other, up to what a period of the neighbour holds.
fn is_filled(column: &Column, findings: &Findings) -> bool {
    let (first, last) = (
        &findings.periods[column.first].period,
        &findings.periods[column.last].period,
    );
    let slack = Days::new(first.days().unsigned_abs().saturating_sub(1));
    first.start <= column.period.start + slack && last.end + slack >= column.period.end
}

/// Two-sided 95 % of the normal distribution.
const Z: f64 = 1.959_963_984_540_054;

/// The share of added counts, with its Wilson 95 % interval; `None` where there is nothing to divide by.
#[expect(clippy::cast_precision_loss, reason = "counts of articles lie far below 2^53")]
pub(super) fn share(part: u64, whole: u64) -> Option<Share> {
    if whole == 0 {
        return None;
    }
    let n = whole as f64;
    let value = part.min(whole) as f64 / n;
    let denominator = 1.0 + Z * Z / n;
    let centre = (value + Z * Z / (2.0 * n)) / denominator;
    let half = Z * (value * (1.0 - value) / n + Z * Z / (4.0 * n * n)).sqrt() / denominator;
    Some(Share {
        value,
        lo: (centre - half).clamp(0.0, value),
        hi: (centre + half).clamp(value, 1.0),
    })
}

/// What a share of the articles of one column and its bounds are called.
pub(super) const SHARES: [&str; 3] = ["share_articles", "share_lo", "share_hi"];

/// The figures of a chart that shows the share of each of `places` in each column; `share` tells it for a row and a column, `called` what it and its bounds
/// are called.
pub(super) fn figures_of_shares(
    brief: &Brief<'_>,
    columns: &Columns,
    places: &[usize],
    called: [&'static str; 3],
    share: &dyn Fn(usize, usize) -> Option<Share>,
) -> Data {
    let mut rows = Vec::new();
    for (at, column) in columns.all.iter().enumerate() {
        for (row, &place) in places.iter().enumerate() {
            let entity = brief.entity(place);
            let share = share(row, at);
            rows.push(with_share(
                [
                    column.cells(),
                    vec![
                        Value::Text(entity.id.clone()),
                        Value::Integer(column.pool(&entity.series).0),
                        Value::Integer(column.articles),
                    ],
                ]
                .concat(),
                share,
            ));
        }
    }
    data(
        &[&COLUMN[..], &["entity", "articles", "articles_total"], &called].concat(),
        rows,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::charts::fixtures;

    #[test]
    fn what_is_seen_spans_from_its_first_column_to_its_last() {
        let columns = Columns::of(&fixtures::one_year(), Granularity::Month);
        let months = columns.all.len();
        let (seen, span) = columns.spanning(|place| [2, 3, 5].contains(&place));
        assert_eq!((seen.all.len(), span), (4, 2..6));
        assert_eq!(seen.start(), Some(columns.all[2].period.start));
        assert_eq!(columns.spanning(|_| true).1, 0..months);
        assert_eq!(columns.stretches(|place| [2, 3, 5].contains(&place)), [(2, 3), (5, 5)]);
        let nothing = Columns {
            all: Vec::new(),
            ..columns
        };
        assert_eq!(nothing.spanning(|_| true).1, 0..0);
    }
}
