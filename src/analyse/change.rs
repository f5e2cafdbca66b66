//! The last complete period against the ones before it, entity by entity.
//!
//! Periods and series come in, one [`ChangeRow`] an entity goes out: those that moved first, surest first. It tests the last complete
//! period only, never a partial one, and says nothing of trends.

use std::cmp::Reverse;

use super::baseline::{baseline, pool};
use super::share::Counted;
use super::statistics::benjamini::q_values;
use super::statistics::binomial::{RateRatio, rate_ratio};
use super::statistics::dispersion::{Estimate, Prior};
use super::statistics::newcombe::newcombe;
use super::statistics::normal::simultaneous_z95;
use super::statistics::overdispersed::{Rate, Spread, compare};
use super::statistics::{farrington, real};
use crate::model::findings::{ChangeFlag, ChangeRow, EntityFacts, PeriodFacts, Share};
use crate::settings::AnalyseSettings;

/// Fewer periods than this make no baseline.
pub(crate) const FEWEST_PERIODS: u64 = 4;

/// Fewer articles than this, counted or expected, are not tested.
const FEWEST_ARTICLES: u64 = 5;

/// The part of the flags that may be false.
const MOST_FALSE: f64 = 0.05;

/// How many rows a chart of changes has.
const SHOWN: usize = 12;

/// Compares period `last` with its baseline.
///
/// Counts are articles, or stories where stories are the unit. A row is tested where its baseline has four periods and five articles were
/// found or expected; all others are [`ChangeFlag::Insufficient`] and have no p. Flags are given where q, the p after the correction of
/// Benjamini and Hochberg over all rows tested, is at most 0.05. The twelve tested rows with most articles are the ones to draw: only they have
/// a `difference`, whose intervals hold together. Order: flagged rows, other tested rows, each by p; then the insufficient ones by articles.
pub(crate) fn find_changes(
    periods: &[PeriodFacts],
    entities: &[EntityFacts],
    last: usize,
    settings: &AnalyseSettings,
) -> Vec<ChangeRow> {
    let before = baseline(periods, last, settings.baseline);
    let all: Vec<Compared> = entities
        .iter()
        .enumerate()
        .map(|(entity, facts)| Compared {
            entity,
            now: (facts.series[last].of(settings.unit), periods[last].of(settings.unit)),
            baseline: pool(facts, periods, &before, settings.unit),
            before: before
                .iter()
                .map(|&place| Rate {
                    count: real(facts.series[place].of(settings.unit)),
                    of: real(periods[place].of(settings.unit)),
                })
                .collect(),
        })
        .collect();
    let prior = prior(&all);
    let tests = all.iter().filter(|one| one.is_tested()).count() as u64;
    let mut rows: Vec<ChangeRow> = all.iter().map(|one| one.row(last, &prior, tests)).collect();
    flag(&mut rows);
    measure_differences(&mut rows);
    rows.sort_by(|a, b| order(a).partial_cmp(&order(b)).expect("no p is NaN"));
    rows
}

/// One entity: what is compared.
struct Compared {
    /// Index of the entity.
    entity: usize,
    /// Articles of the period that mention it, and all of them.
    now: (u64, u64),
    /// The same of the whole baseline.
    baseline: (u64, u64),
    /// The same period by period, latest first.
    before: Vec<Rate>,
}

impl Compared {
    /// Whether there is enough to test.
    fn is_tested(&self) -> bool {
        let expected = real(self.baseline.0) * real(self.now.1);
        let enough = self.now.0 >= FEWEST_ARTICLES || expected >= real(FEWEST_ARTICLES) * real(self.baseline.1);
        enough && self.before.len() as u64 >= FEWEST_PERIODS && self.now.1 > 0 && self.now.0 + self.baseline.0 > 0
    }

    /// The row before the correction; what is tested is flagged [`ChangeFlag::None`].
    fn row(&self, period: usize, prior: &Prior, tests: u64) -> ChangeRow {
        let usual = farrington::pool(&self.before, prior);
        // No more is known of φ than all baselines together tell.
        let most = farrington::degrees(self.before.len()) * real(tests.max(1));
        let spread = Spread {
            df: usual.spread.df.min(most),
            ..usual.spread
        };
        let weighted = if usual.lowered == 0 {
            self.baseline
        } else {
            (whole(usual.rate.count), whole(usual.rate.of))
        };
        let value = real(self.now.0) / real(self.now.1) * usual.rate.of / usual.rate.count;
        let ratio = compare(self.now, weighted, spread)
            .zip(rate_ratio(self.now, weighted))
            .map(|(one, other)| wider(value, &one, &other));
        let tested = ratio.filter(|_| self.is_tested());
        ChangeRow {
            entity: self.entity,
            period,
            articles: self.now.0,
            articles_total: self.now.1,
            baseline_articles: self.baseline.0,
            baseline_total: self.baseline.1,
            baseline_periods: self.before.len() as u64,
            expected: (usual.rate.of > 0.0).then(|| usual.rate.count / usual.rate.of * real(self.now.1)),
            rate_ratio: ratio.map(|found| found.ratio),
            p_value: tested.map(|found| found.p_value),
            q_value: None,
            dispersion: tested.map(|_| spread.dispersion),
            lowered: usual.lowered,
            flag: if tested.is_some() {
                ChangeFlag::None
            } else {
                ChangeFlag::Insufficient
            },
            difference: None,
        }
    }
}

/// What the baselines of all rows to test have in common.
fn prior(all: &[Compared]) -> Prior {
    let tested = || all.iter().filter(|one| one.is_tested());
    let series: Vec<Estimate> = tested()
        .filter_map(|one| {
            let dispersion = farrington::dispersion(&one.before, farrington::total(&one.before))?;
            let mean = farrington::mean(&one.before);
            Some(Estimate { dispersion, mean })
        })
        .collect();
    let periods = tested().next().map_or(0, |one| one.before.len());
    Prior::fit(&series, farrington::degrees(periods))
}

/// A weighted sum as a whole number, for the exact test.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "weighted counts of articles are neither negative nor anywhere near 2⁶⁴"
)]
fn whole(sum: f64) -> u64 {
    sum.round() as u64
}

/// The wider interval and the greater p of the two, around this ratio.
fn wider(value: f64, one: &RateRatio, other: &RateRatio) -> RateRatio {
    RateRatio {
        ratio: Share {
            value,
            lo: one.ratio.lo.min(other.ratio.lo),
            hi: one.ratio.hi.max(other.ratio.hi),
        },
        p_value: one.p_value.max(other.p_value),
    }
}

/// Flags what moved beyond chance after the correction.
fn flag(rows: &mut [ChangeRow]) {
    let mut tested: Vec<&mut ChangeRow> = rows.iter_mut().filter(|row| row.p_value.is_some()).collect();
    let p_values: Vec<f64> = tested.iter().filter_map(|row| row.p_value).collect();
    for (row, q) in tested.iter_mut().zip(q_values(&p_values)) {
        row.q_value = Some(q);
        let rose = row.rate_ratio.is_some_and(|ratio| ratio.value > 1.0);
        if q <= MOST_FALSE {
            row.flag = if rose { ChangeFlag::Up } else { ChangeFlag::Down };
        }
    }
}

/// Gives the rows to draw their differences.
fn measure_differences(rows: &mut [ChangeRow]) {
    let mut tested: Vec<&mut ChangeRow> = rows.iter_mut().filter(|row| row.p_value.is_some()).collect();
    tested.sort_by_key(|row| (Reverse(row.articles + row.baseline_articles), row.entity));
    tested.truncate(SHOWN);
    let z = simultaneous_z95(tested.len() as u64);
    for row in tested {
        row.difference = newcombe(
            (row.articles, row.articles_total),
            (row.baseline_articles, row.baseline_total),
            z,
        );
    }
}

/// What rows are sorted by.
fn order(row: &ChangeRow) -> (u8, f64, Reverse<u64>, usize) {
    let class = match row.flag {
        ChangeFlag::Up | ChangeFlag::Down => 0,
        ChangeFlag::None => 1,
        ChangeFlag::Insufficient => 2,
    };
    (
        class,
        row.p_value.unwrap_or(1.0),
        Reverse(row.articles + row.baseline_articles),
        row.entity,
    )
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::{entity, period};
    use super::super::statistics::near::assert_near;
    use super::*;
    use crate::settings::Unit;

    /// Eight weeks of 50 articles, then one of 50 and a partial one of 9.
    fn weeks() -> Vec<PeriodFacts> {
        let mut weeks = vec![period("2024-01-01", true, 50); 9];
        weeks.push(period("2024-03-04", false, 9));
        weeks
    }

    fn changes(entities: &[EntityFacts]) -> Vec<ChangeRow> {
        find_changes(&weeks(), entities, 8, &AnalyseSettings::default())
    }

    #[test]
    fn a_burst_is_flagged_and_leads_the_rows() {
        let rows = changes(&[
            entity("calm", &[10, 10, 10, 10, 10, 10, 10, 10, 11, 9]),
            entity("rare", &[0, 0, 1, 0, 0, 0, 0, 0, 4, 9]),
            entity("burst", &[4, 4, 4, 4, 4, 4, 4, 4, 14, 0]),
        ]);
        let flags: Vec<_> = rows.iter().map(|row| (row.entity, row.flag)).collect();
        assert_eq!(
            flags,
            [
                (2, ChangeFlag::Up),
                (0, ChangeFlag::None),
                (1, ChangeFlag::Insufficient)
            ]
        );
        let burst = &rows[0];
        assert_eq!((burst.articles, burst.articles_total, burst.period), (14, 50, 8));
        assert_eq!(
            (burst.baseline_articles, burst.baseline_total, burst.baseline_periods),
            (32, 400, 8)
        );
        assert_near(burst.expected.unwrap(), 4.0);
        // 2 * scipy.stats.t.sf(scipy.stats.norm.isf(scipy.stats.binom.sf(13, 46, 1 / 9)), 7): the baseline does not vary, but that is known
        // from eight weeks only. The exact conditional p is 0.000326.
        assert_near(burst.p_value.unwrap(), 0.011_307_999_304_128_5);
        assert_eq!(burst.dispersion, Some(1.0));
        assert!(burst.q_value.unwrap() < 0.05);
        let ratio = burst.rate_ratio.unwrap();
        assert_near(ratio.value, 3.5);
        assert!(
            ratio.lo > 1.0 && ratio.lo < 1.725_578_402_945_266_3,
            "wider than the exact one"
        );
        // Two rows are drawn, so their intervals are those of 97.5 %.
        let expected = newcombe((14, 50), (32, 400), simultaneous_z95(2));
        assert_eq!(burst.difference, expected);
        assert_eq!((rows[2].p_value, rows[2].difference), (None, None));
        assert!(rows[2].rate_ratio.is_some());
    }

    #[test]
    fn what_falls_silent_is_tested_where_five_articles_were_expected() {
        let rows = changes(&[
            entity("silent", &[8, 8, 8, 8, 8, 8, 8, 8, 0, 0]),
            entity("new", &[0, 0, 0, 0, 0, 0, 0, 0, 6, 0]),
        ]);
        let silent = rows.iter().find(|row| row.entity == 0).unwrap();
        assert_eq!(silent.flag, ChangeFlag::Down);
        assert_near(silent.rate_ratio.unwrap().value, 0.0);
        let new = rows.iter().find(|row| row.entity == 1).unwrap();
        assert_eq!(new.flag, ChangeFlag::Up);
        let ratio = new.rate_ratio.unwrap();
        assert!(ratio.value.is_infinite() && ratio.hi.is_infinite() && ratio.lo > 1.0 && ratio.lo.is_finite());
        assert_near(new.expected.unwrap(), 0.0);
    }

    #[test]
    fn correction_takes_back_what_one_test_alone_would_flag() {
        // p is 0.0214 for 12 of 50 against 32 of 400.
        let moved = entity("moved", &[4, 4, 4, 4, 4, 4, 4, 4, 12, 0]);
        assert_eq!(changes(std::slice::from_ref(&moved))[0].flag, ChangeFlag::Up);
        let mut many: Vec<EntityFacts> = (0..15)
            .map(|_| entity("calm", &[10, 10, 10, 10, 10, 10, 10, 10, 10, 9]))
            .collect();
        many.push(moved);
        let rows = changes(&many);
        assert_eq!((rows[0].entity, rows[0].flag), (15, ChangeFlag::None));
        assert!(rows[0].p_value.unwrap() < 0.05);
        assert_eq!(rows.iter().filter(|row| row.difference.is_some()).count(), 12);
        // The twelve with most articles are drawn, and this one has fewer.
        assert!(rows[0].difference.is_none());
    }

    #[test]
    fn a_past_outbreak_does_not_hide_the_next_one_from_what_is_expected() {
        let rows = changes(&[entity("again", &[4, 4, 4, 40, 4, 4, 4, 4, 12, 0])]);
        assert_eq!((rows[0].lowered, rows[0].baseline_articles), (1, 68));
        assert!(rows[0].expected.unwrap() < 4.1, "{rows:?}");
        assert!(rows[0].rate_ratio.unwrap().value > 2.9);
    }

    #[test]
    fn three_weeks_are_no_baseline() {
        let weeks = vec![period("2024-01-01", true, 50); 4];
        let rows = find_changes(
            &weeks,
            &[entity("burst", &[1, 1, 1, 30])],
            3,
            &AnalyseSettings::default(),
        );
        assert_eq!(
            (rows[0].flag, rows[0].p_value, rows[0].baseline_periods),
            (ChangeFlag::Insufficient, None, 3)
        );
        let rows = find_changes(
            &weeks,
            &[entity("burst", &[1, 1, 1, 30])],
            0,
            &AnalyseSettings::default(),
        );
        assert_eq!((rows[0].expected, rows[0].rate_ratio), (None, None));
    }

    #[test]
    fn stories_are_tested_where_they_are_the_unit() {
        let mut burst = entity("burst", &[4, 4, 4, 4, 4, 4, 4, 4, 12, 0]);
        burst.series[8].stories = 4;
        let settings = AnalyseSettings {
            unit: Unit::Story,
            ..AnalyseSettings::default()
        };
        let rows = find_changes(&weeks(), &[burst], 8, &settings);
        assert_eq!((rows[0].articles, rows[0].flag), (4, ChangeFlag::Insufficient));
    }
}
