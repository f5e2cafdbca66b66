//! The last complete period against the ones before it, entity by entity.
//!
//! Periods and series come in, one [`ChangeRow`] an entity goes out: those that moved first, surest first. It tests the last complete
//! period only, never a partial one, and says nothing of trends.

use std::cmp::Reverse;

use super::baseline::{baseline, pool};
use super::share::Counted;
use super::statistics::binomial::rate_ratio;
use super::statistics::holm::holm;
use super::statistics::newcombe::newcombe;
use super::statistics::normal::simultaneous_z95;
use super::statistics::real;
use crate::model::findings::{ChangeFlag, ChangeRow, EntityFacts, PeriodFacts};
use crate::settings::AnalyseSettings;

/// Fewer periods than this make no baseline.
pub(crate) const FEWEST_PERIODS: u64 = 4;

/// Fewer articles than this, counted or expected, are not tested.
const FEWEST_ARTICLES: u64 = 5;

/// How many rows a chart of changes has.
const SHOWN: usize = 12;

/// Compares period `last` with its baseline.
///
/// Counts are articles, or stories where stories are the unit. A row is tested where its baseline has four periods and five articles were
/// found or expected; all others are [`ChangeFlag::Insufficient`] and have no p. Flags are given by p after Holm's correction over all rows
/// tested. The twelve tested rows with most articles are the ones to draw: only they have a `difference`, whose intervals hold together.
/// Order: flagged rows, other tested rows, each by p; then the insufficient ones by articles.
pub(crate) fn find_changes(
    periods: &[PeriodFacts],
    entities: &[EntityFacts],
    last: usize,
    settings: &AnalyseSettings,
) -> Vec<ChangeRow> {
    let before = baseline(periods, last, settings.baseline);
    let mut rows: Vec<ChangeRow> = entities
        .iter()
        .enumerate()
        .map(|(place, entity)| {
            let baseline = pool(entity, periods, &before, settings.unit);
            let now = (entity.series[last].of(settings.unit), periods[last].of(settings.unit));
            compare(place, last, now, baseline, before.len() as u64)
        })
        .collect();
    flag(&mut rows);
    measure_differences(&mut rows);
    rows.sort_by(|a, b| order(a).partial_cmp(&order(b)).expect("no p is NaN"));
    rows
}

/// The row of one entity, before the corrections; what is to be tested is flagged [`ChangeFlag::None`].
fn compare(entity: usize, period: usize, now: (u64, u64), baseline: (u64, u64), baseline_periods: u64) -> ChangeRow {
    let ratio = rate_ratio(now, baseline);
    let expected = (baseline.1 > 0).then(|| real(baseline.0) / real(baseline.1) * real(now.1));
    let enough = now.0 >= FEWEST_ARTICLES || expected.is_some_and(|articles| articles >= real(FEWEST_ARTICLES));
    let tested = ratio.filter(|_| enough && baseline_periods >= FEWEST_PERIODS);
    ChangeRow {
        entity,
        period,
        articles: now.0,
        articles_total: now.1,
        baseline_articles: baseline.0,
        baseline_total: baseline.1,
        baseline_periods,
        expected,
        rate_ratio: ratio.map(|found| found.ratio),
        p_value: tested.map(|found| found.p_value),
        flag: if tested.is_some() {
            ChangeFlag::None
        } else {
            ChangeFlag::Insufficient
        },
        difference: None,
    }
}

/// Flags what moved beyond chance after Holm's correction.
fn flag(rows: &mut [ChangeRow]) {
    let mut tested: Vec<&mut ChangeRow> = rows.iter_mut().filter(|row| row.p_value.is_some()).collect();
    let p_values: Vec<f64> = tested.iter().filter_map(|row| row.p_value).collect();
    for (row, corrected) in tested.iter_mut().zip(holm(&p_values)) {
        let rose = row.rate_ratio.is_some_and(|ratio| ratio.value > 1.0);
        if corrected < 0.05 {
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
            entity("burst", &[4, 4, 4, 4, 4, 4, 4, 4, 12, 0]),
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
        assert_eq!((burst.articles, burst.articles_total, burst.period), (12, 50, 8));
        assert_eq!(
            (burst.baseline_articles, burst.baseline_total, burst.baseline_periods),
            (32, 400, 8)
        );
        assert_near(burst.expected.unwrap(), 4.0);
        assert_near(burst.p_value.unwrap(), 0.002_447_067_727_626_578_6);
        let ratio = burst.rate_ratio.unwrap();
        assert_near(ratio.value, 3.0);
        assert_near(ratio.lo, 1.407_081_570_333_250_9);
        // Two rows are drawn, so their intervals are those of 97.5 %.
        let expected = newcombe((12, 50), (32, 400), simultaneous_z95(2));
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
        // p is 0.0107 for 10 of 50 against 32 of 400.
        let moved = entity("moved", &[4, 4, 4, 4, 4, 4, 4, 4, 10, 0]);
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
