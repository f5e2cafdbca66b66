//! The periods of the corpus and which of them it covers whole.
//!
//! The calendar and the days of the articles come in; periods, their places and their completeness go out. It counts nothing.

use chrono::NaiveDate;

use crate::model::period::{Calendar, Period};

/// Every period from the first to the last article, those without one too.
#[derive(Debug, Default)]
pub(crate) struct Timeline {
    /// The periods, one after the other without a gap.
    pub(crate) periods: Vec<Period>,
    /// First and last day with an article; `None` where no article is dated.
    pub(crate) range: Option<(NaiveDate, NaiveDate)>,
}

impl Timeline {
    /// Cuts the stretch from the first to the last of `days`.
    pub(crate) fn new(calendar: Calendar, days: impl Iterator<Item = NaiveDate>) -> Self {
        let range = days.fold(None, |range: Option<(NaiveDate, NaiveDate)>, day| {
            Some(range.map_or((day, day), |(first, last)| (first.min(day), last.max(day))))
        });
        let periods = range.map_or_else(Vec::new, |(first, last)| calendar.periods(first, last));
        Self { periods, range }
    }

    /// The period that holds `day`; `None` outside the corpus.
    pub(crate) fn place(&self, day: NaiveDate) -> Option<usize> {
        let after = self.periods.partition_point(|period| period.start <= day);
        after.checked_sub(1).filter(|&place| day < self.periods[place].end)
    }

    /// How many days of the period lie between the first and the last article.
    pub(crate) fn days_covered(&self, period: &Period) -> u32 {
        let days = self.range.map_or(0, |(first, last)| {
            let end = last.succ_opt().unwrap_or(last);
            (period.end.min(end) - period.start.max(first)).num_days()
        });
        u32::try_from(days).unwrap_or(0)
    }

    /// Whether the corpus covers the period whole: all but the first and the last one, and these where it reaches their first and last day.
    pub(crate) fn is_complete(&self, period: &Period) -> bool {
        i64::from(self.days_covered(period)) == period.days()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_first_and_the_last_week_are_whole_only_to_the_day() {
        let days = ["2024-05-14", "2024-05-20", "2024-06-02"].map(day);
        let line = Timeline::new(Calendar::default(), days.into_iter());
        let whole: Vec<bool> = line.periods.iter().map(|week| line.is_complete(week)).collect();
        assert_eq!(whole, [false, true, true]);
        assert_eq!(line.days_covered(&line.periods[0]), 6);
        assert_eq!(line.place(day("2024-05-26")), Some(1));
        assert_eq!(line.place(day("2024-05-12")), None);
        assert_eq!(line.place(day("2024-06-03")), None);
    }

    #[test]
    fn no_day_is_no_period() {
        let line = Timeline::new(Calendar::default(), std::iter::empty());
        assert!(line.periods.is_empty() && line.range.is_none() && line.place(day("2024-05-26")).is_none());
    }
}
