//! What the attention lines draw: for each featured entity a share or a number in each column, chosen so that no share rests on few articles.
//!
//! Findings come in; columns, a measure and points go out. Where the report's own periods have room and articles enough, its own pooled shares
//! are drawn. Else periods are added up to longer columns; and where even those are thin, numbers are drawn instead of shares.

use super::brief::Brief;
use super::columns::{Column, Columns, PRINTED, share};
use super::words::Measure;
use crate::model::findings::Share;
use crate::model::period::Granularity;

/// A column is at least so wide.
const NARROWEST: f64 = 3.0;

/// Lines and bands that go up and down by more than so many heights of the plot, taken together, are noise to the eye (and heavy as a picture).
const RESTLESS: f64 = 72.0;

/// Numbers are drawn in columns of so many articles (median) where that leaves columns enough.
const NUMBERS: u64 = 12;

/// Fewer columns than this are not worth adding up for.
const FEWEST: usize = 5;

/// The lines of a chart.
#[derive(Clone, Debug)]
pub(super) struct Lines {
    /// The columns.
    pub(super) columns: Columns,
    /// What is drawn in them.
    pub(super) measure: Measure,
    /// For each featured entity a point in each column; none where nothing may be drawn.
    pub(super) series: Vec<Series>,
    /// Whether some columns have articles but too few for a share.
    pub(super) thin: bool,
}

/// One line.
#[derive(Clone, Debug)]
pub(super) struct Series {
    /// Index into the entities.
    pub(super) entity: usize,
    /// A point in each column. A number has no interval: its bounds are the number.
    pub(super) points: Vec<Option<Share>>,
}

impl Lines {
    /// Chooses columns and measure for a plot of so many logical pixels.
    pub(super) fn new(brief: &Brief<'_>, pixels: f64) -> Self {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a plot is some hundred pixels wide"
        )]
        let most = (pixels / NARROWEST) as usize;
        let choices = Columns::choices(brief.findings, most);
        let mut shares = choices
            .iter()
            .enumerate()
            .filter(|(place, columns)| (*place == 0 || columns.all.len() >= FEWEST) && is_thick(brief, columns))
            .map(|(_, columns)| Self::shares(brief, columns.clone()))
            .peekable();
        while let Some(lines) = shares.next() {
            if shares.peek().is_none() || lines.travel() <= RESTLESS {
                return lines;
            }
        }
        let numbers = choices
            .iter()
            .find(|columns| median(columns) >= NUMBERS && columns.all.len() >= FEWEST);
        let columns = numbers
            .or(choices.first())
            .cloned()
            .unwrap_or_else(|| Columns::of(brief.findings, Granularity::Year));
        Self::numbers(brief, columns)
    }

    /// Shares, with their intervals.
    pub(super) fn shares(brief: &Brief<'_>, columns: Columns) -> Self {
        let smoothing = &brief.findings.smoothing;
        let thick: Vec<bool> = (0..columns.all.len())
            .map(|place| articles(brief, &columns, place) >= PRINTED)
            .collect();
        let series = brief.findings.featured.iter().enumerate().map(|(rank, &entity)| {
            let own = smoothing.series.get(rank).filter(|_| !columns.pooled);
            let point = |(place, column): (usize, &Column)| {
                let cells = &brief.entity(entity).series;
                match own {
                    Some(series) => series.get(place).copied().flatten(),
                    None => share(column.pool(cells).0, column.articles),
                }
                .filter(|_| thick[place])
            };
            Series {
                entity,
                points: columns.all.iter().enumerate().map(point).collect(),
            }
        });
        let series = series.collect();
        let thin = columns
            .all
            .iter()
            .zip(&thick)
            .any(|(column, thick)| column.articles > 0 && !thick);
        let window = if columns.pooled { 1 } else { smoothing.window.max(1) };
        let measure = if columns.all.len() == 1 {
            Measure::Once
        } else {
            Measure::Share(window)
        };
        Self {
            columns,
            measure,
            series,
            thin,
        }
    }

    /// Numbers of articles.
    #[expect(clippy::cast_precision_loss, reason = "counts of articles lie far below 2^53")]
    fn numbers(brief: &Brief<'_>, columns: Columns) -> Self {
        let point = |column: &Column, entity: usize| {
            let value = column.pool(&brief.entity(entity).series).0 as f64;
            (column.articles > 0).then_some(Share {
                value,
                lo: value,
                hi: value,
            })
        };
        let series = brief.findings.featured.iter().map(|&entity| Series {
            entity,
            points: columns.all.iter().map(|column| point(column, entity)).collect(),
        });
        let series = series.collect();
        Self {
            columns,
            measure: Measure::Count,
            series,
            thin: false,
        }
    }

    /// The greatest value that has to be seen.
    pub(super) fn greatest(&self) -> f64 {
        self.greatest_of(self.columns.all.len())
    }

    /// The greatest value of the first so many columns.
    fn greatest_of(&self, columns: usize) -> f64 {
        let points = || {
            let all = self.series.iter();
            all.flat_map(move |series| series.points[..columns].iter().flatten())
        };
        let value = points().map(|point| point.value).fold(0.0, f64::max);
        let bound = points().map(|point| point.hi).fold(0.0, f64::max);
        bound.min(value * 1.6).max(value)
    }

    /// How far all lines and bounds go up and down, in heights of the plot; the incomplete last column decides nothing.
    pub(super) fn travel(&self) -> f64 {
        let told = self.columns.told().len();
        let steps = self
            .series
            .iter()
            .flat_map(|series| series.points[..told].windows(2))
            .filter_map(|pair| match pair {
                [Some(one), Some(two)] => {
                    Some((one.value - two.value).abs() * 2.0 + (one.lo - two.lo).abs() + (one.hi - two.hi).abs())
                }
                _ => None,
            });
        steps.sum::<f64>() / self.greatest_of(told).max(f64::MIN_POSITIVE)
    }

    /// Columns that are hatched: without articles, or with too few; as stretches of indices.
    pub(super) fn hatched(&self) -> Vec<(usize, usize)> {
        if !self.thin {
            return self.columns.gaps();
        }
        self.columns
            .stretches(|place| self.series.iter().all(|series| series.points[place].is_none()))
    }
}

/// Whether two in three of the columns with articles rest on enough of them; the incomplete last one decides nothing.
fn is_thick(brief: &Brief<'_>, columns: &Columns) -> bool {
    let counts: Vec<u64> = (0..columns.told().len())
        .map(|place| articles(brief, columns, place))
        .filter(|count| *count > 0)
        .collect();
    let thin = counts.iter().filter(|count| **count < PRINTED).count();
    !counts.is_empty() && thin * 3 <= counts.len()
}

/// The articles that a point of the column at `place` rests on: its own, or those of the window that ends there.
fn articles(brief: &Brief<'_>, columns: &Columns, place: usize) -> u64 {
    let own = columns.all[place].articles;
    if columns.pooled || own == 0 {
        return own;
    }
    let rest = if columns.granularity == Granularity::Day { 7 } else { 1 };
    let mut empty = 0;
    columns.all[..=place]
        .iter()
        .rev()
        .take(brief.findings.smoothing.window.max(1))
        .take_while(|column| {
            empty = if column.articles == 0 { empty + 1 } else { 0 };
            empty < rest
        })
        .map(|column| column.articles)
        .sum()
}

/// The median number of articles of the columns that have any.
fn median(columns: &Columns) -> u64 {
    let mut counts: Vec<u64> = columns
        .told()
        .iter()
        .map(|column| column.articles)
        .filter(|count| *count > 0)
        .collect();
    counts.sort_unstable();
    counts.get(counts.len() / 2).copied().unwrap_or(0)
}
