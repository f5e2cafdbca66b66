//! What was usual before the last complete period.
//!
//! Periods and series come in; the periods of the baseline and pooled counts go out. It tests nothing.

use super::share::Counted;
use crate::model::findings::{EntityFacts, PeriodFacts};
use crate::settings::Unit;

/// The complete periods with articles before `last`, at most `length`, latest first. Empty periods are stepped over and do not count.
pub(crate) fn baseline(periods: &[PeriodFacts], last: usize, length: usize) -> Vec<usize> {
    let usable = |&place: &usize| periods[place].complete && periods[place].articles > 0;
    (0..last).rev().filter(usable).take(length).collect()
}

/// The complete periods, in order.
pub(crate) fn complete(periods: &[PeriodFacts]) -> Vec<usize> {
    (0..periods.len()).filter(|&place| periods[place].complete).collect()
}

/// Articles (or stories) that mention the entity in these periods, and all of them. A story that runs in two periods counts in both.
pub(crate) fn pool(entity: &EntityFacts, periods: &[PeriodFacts], places: &[usize], unit: Unit) -> (u64, u64) {
    places.iter().fold((0, 0), |(k, n), &place| {
        (k + entity.series[place].of(unit), n + periods[place].of(unit))
    })
}

/// The median number of articles of the complete periods that have any; `None` where there is none. Of an even number the lower middle.
pub(crate) fn median_articles(periods: &[PeriodFacts]) -> Option<u64> {
    let mut articles: Vec<u64> = periods
        .iter()
        .filter(|period| period.complete && period.articles > 0)
        .map(|period| period.articles)
        .collect();
    articles.sort_unstable();
    let middle = articles.len().checked_sub(1)? / 2;
    articles.get(middle).copied()
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::period;
    use super::*;

    #[test]
    fn the_baseline_steps_over_gaps_and_partial_periods() {
        let articles = [3, 5, 0, 7, 9, 4];
        let periods: Vec<PeriodFacts> = articles
            .iter()
            .enumerate()
            .map(|(place, &n)| period("2024-01-01", place != 0, n))
            .collect();
        assert_eq!(baseline(&periods, 5, 8), [4, 3, 1]);
        assert_eq!(baseline(&periods, 5, 2), [4, 3]);
        assert!(baseline(&periods, 0, 8).is_empty());
        assert_eq!(median_articles(&periods), Some(5));
        assert_eq!(median_articles(&[]), None);
    }
}
