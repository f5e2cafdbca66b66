//! Pooled shares over a rolling window, for lines that chance would make jump.
//!
//! Periods and the series of the featured entities come in, one share a period goes out for each. Counts are pooled, not shares averaged, so a
//! week with few articles weighs little and the interval is that of the pooled counts. Values of neighbouring periods share articles.

use super::baseline::{median_articles, pool};
use super::share::share;
use crate::model::findings::{EntityFacts, PeriodFacts, Share, Smoothing};
use crate::model::period::Granularity;
use crate::settings::AnalyseSettings;

/// Up to so many periods are drawn as they are.
const FEW_PERIODS: usize = 30;

/// Up to so many periods are drawn as they are where each has many articles.
const SOME_PERIODS: usize = 60;

/// So many articles a period (median) are many.
const MANY_ARTICLES: u64 = 100;

/// Smooths the series of the featured entities where that helps.
pub(crate) fn smooth(
    periods: &[PeriodFacts],
    entities: &[EntityFacts],
    featured: &[usize],
    settings: &AnalyseSettings,
) -> Smoothing {
    let granularity = settings.calendar.granularity;
    let window = window(granularity, periods);
    let places: Vec<Option<Vec<usize>>> = (0..periods.len())
        .map(|end| reach(periods, end, window, gap(granularity)))
        .collect();
    let value = |entity: &EntityFacts, places: &Option<Vec<usize>>| -> Option<Share> {
        let (k, n) = pool(entity, periods, places.as_ref()?, settings.unit);
        share(k, n)
    };
    let series = featured
        .iter()
        .map(|&place| places.iter().map(|reach| value(&entities[place], reach)).collect());
    Smoothing {
        window,
        series: series.collect(),
    }
}

/// Gives every cell its `rolling_mean`.
pub(crate) fn roll(periods: &[PeriodFacts], entities: &mut [EntityFacts], settings: &AnalyseSettings) {
    let granularity = settings.calendar.granularity;
    for end in 0..periods.len() {
        let Some(places) = reach(periods, end, rolling_window(granularity), gap(granularity)) else {
            continue;
        };
        for entity in &mut *entities {
            let (k, n) = pool(entity, periods, &places, settings.unit);
            entity.series[end].rolling_mean = share(k, n).map(|share| share.value);
        }
    }
}

/// How many periods a rolling mean has: 7 days, 4 weeks, 3 months, 4 quarters, 3 years.
const fn rolling_window(granularity: Granularity) -> usize {
    match granularity {
        Granularity::Day => 7,
        Granularity::Week | Granularity::Quarter => 4,
        Granularity::Month | Granularity::Year => 3,
    }
}

/// How many periods a window has: 1 for up to 30 periods, for up to 60 with a median of 100 articles, and for quarters and years; else
/// 7 days, 4 weeks or 3 months.
fn window(granularity: Granularity, periods: &[PeriodFacts]) -> usize {
    let many = median_articles(periods).is_some_and(|median| median >= MANY_ARTICLES);
    if periods.len() <= FEW_PERIODS || (many && periods.len() <= SOME_PERIODS) {
        return 1;
    }
    match granularity {
        Granularity::Day => 7,
        Granularity::Week => 4,
        Granularity::Month => 3,
        Granularity::Quarter | Granularity::Year => 1,
    }
}

/// How many empty periods in a row are a gap that a window does not reach across: one, or a week of days, since many outlets rest at
/// the weekend.
const fn gap(granularity: Granularity) -> usize {
    match granularity {
        Granularity::Day => 7,
        _ => 1,
    }
}

/// The periods with articles in the window that ends at `end`; `None` where `end` has no article or the window is not half full.
fn reach(periods: &[PeriodFacts], end: usize, window: usize, gap: usize) -> Option<Vec<usize>> {
    if periods[end].articles == 0 {
        return None;
    }
    let mut places = Vec::new();
    let mut empty = 0;
    for place in (0..=end).rev().take(window) {
        if periods[place].articles > 0 {
            places.push(place);
            empty = 0;
        } else {
            empty += 1;
        }
        if empty == gap {
            break;
        }
    }
    (places.len() * 2 >= window).then_some(places)
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::{entity, period};
    use super::*;

    fn days(articles: &[u64]) -> Vec<PeriodFacts> {
        articles.iter().map(|&n| period("2024-01-01", true, n)).collect()
    }

    #[test]
    fn few_periods_or_many_articles_are_left_as_they_are() {
        assert_eq!(window(Granularity::Week, &days(&[5; 30])), 1);
        assert_eq!(window(Granularity::Week, &days(&[5; 31])), 4);
        assert_eq!(window(Granularity::Week, &days(&[100; 60])), 1);
        assert_eq!(window(Granularity::Week, &days(&[100; 61])), 4);
        assert_eq!(window(Granularity::Day, &days(&[99; 60])), 7);
        assert_eq!(window(Granularity::Month, &days(&[99; 60])), 3);
        assert_eq!(window(Granularity::Quarter, &days(&[9; 60])), 1);
    }

    #[test]
    fn a_window_restarts_after_a_gap_and_waits_until_half_full() {
        let weeks = days(&[5, 5, 5, 5, 5, 0, 5, 5, 5]);
        let reached: Vec<Option<Vec<usize>>> = (0..9).map(|end| reach(&weeks, end, 4, 1)).collect();
        assert_eq!(reached[0], None);
        assert_eq!(reached[1], Some(vec![1, 0]));
        assert_eq!(reached[4], Some(vec![4, 3, 2, 1]));
        assert_eq!(reached[5], None);
        assert_eq!(reached[6], None);
        assert_eq!(reached[7], Some(vec![7, 6]));
    }

    #[test]
    fn rolling_means_pool_articles_and_restart_after_a_gap() {
        let weeks = days(&[10, 30, 0, 10, 10, 20]);
        let mut entities = [entity("mali", &[1, 9, 0, 2, 4, 6])];
        roll(&weeks, &mut entities, &AnalyseSettings::default());
        let found: Vec<Option<f64>> = entities[0].series.iter().map(|cell| cell.rolling_mean).collect();
        assert_eq!(found, [None, Some(0.25), None, None, Some(0.3), Some(0.3)]);
    }

    #[test]
    fn days_of_rest_do_not_restart_a_week() {
        let rest = days(&[5, 5, 5, 5, 5, 0, 0, 5, 5, 5]);
        assert_eq!(reach(&rest, 7, 7, 7), Some(vec![7, 4, 3, 2, 1]));
        assert_eq!(reach(&rest, 1, 7, 7), None);
    }
}
