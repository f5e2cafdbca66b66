//! Stretches of days, and the calendar that cuts time into them.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

/// A half-open stretch of days.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Period {
    /// First day.
    pub start: NaiveDate,
    /// First day after it.
    pub end: NaiveDate,
    /// `2025-11-24`, `2025-W47`, `2025-11`, `2025-Q4` or `2025`.
    pub label: String,
}

impl Period {
    /// How many days it has.
    #[must_use]
    pub fn days(&self) -> i64 {
        (self.end - self.start).num_days()
    }
}

/// The length of a period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Granularity {
    /// A day.
    Day,
    /// Seven days.
    #[default]
    Week,
    /// A calendar month.
    Month,
    /// Three months from January, April, July or October.
    Quarter,
    /// A calendar year.
    Year,
}

impl Granularity {
    /// Every granularity, finest first.
    pub const ALL: [Self; 5] = [Self::Day, Self::Week, Self::Month, Self::Quarter, Self::Year];

    /// The word used in settings and tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
        }
    }
}

/// How days are cut into periods.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calendar {
    /// The length of a period.
    pub granularity: Granularity,
    /// The first day of a week.
    pub week_start: Weekday,
}

impl Default for Calendar {
    fn default() -> Self {
        Self {
            granularity: Granularity::Week,
            week_start: Weekday::Mon,
        }
    }
}

impl Calendar {
    /// The period that holds `day`.
    ///
    /// Weeks carry the ISO 8601 number of the week that holds their fourth day, so weeks from Monday are exactly ISO weeks.
    #[must_use]
    pub fn period_of(&self, day: NaiveDate) -> Period {
        let (start, end, label) = match self.granularity {
            Granularity::Day => (day, day + Days::new(1), day.to_string()),
            Granularity::Week => {
                let back = day.weekday().days_since(self.week_start);
                let start = day - Days::new(u64::from(back));
                let iso = (start + Days::new(3)).iso_week();
                (
                    start,
                    start + Days::new(7),
                    format!("{:04}-W{:02}", iso.year(), iso.week()),
                )
            }
            Granularity::Month => {
                let start = day - Days::new(u64::from(day.day0()));
                (
                    start,
                    start + Months::new(1),
                    format!("{:04}-{:02}", start.year(), start.month()),
                )
            }
            Granularity::Quarter => {
                let first = day - Days::new(u64::from(day.day0()));
                let start = first - Months::new(first.month0() % 3);
                let label = format!("{:04}-Q{}", start.year(), start.month0() / 3 + 1);
                (start, start + Months::new(3), label)
            }
            Granularity::Year => {
                let start = day - Days::new(u64::from(day.ordinal0()));
                (start, start + Months::new(12), format!("{:04}", start.year()))
            }
        };
        Period { start, end, label }
    }

    /// Every period from the one that holds `first` to the one that holds `last`, gaps included.
    #[must_use]
    pub fn periods(&self, first: NaiveDate, last: NaiveDate) -> Vec<Period> {
        let mut all = Vec::new();
        let mut next = self.period_of(first);
        while next.start <= last {
            let after = next.end;
            all.push(std::mem::replace(&mut next, self.period_of(after)));
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn monday_weeks_are_iso_weeks() {
        let calendar = Calendar::default();
        assert_eq!(calendar.period_of(day("2024-12-30")).label, "2025-W01");
        assert_eq!(calendar.period_of(day("2021-01-03")).label, "2020-W53");
        assert_eq!(calendar.period_of(day("2024-05-19")).start, day("2024-05-13"));
    }

    #[test]
    fn sunday_and_saturday_weeks_keep_seven_days_and_distinct_labels() {
        for week_start in [Weekday::Sun, Weekday::Sat] {
            let calendar = Calendar {
                granularity: Granularity::Week,
                week_start,
            };
            let weeks = calendar.periods(day("2019-12-01"), day("2022-02-01"));
            assert!(
                weeks
                    .iter()
                    .all(|week| week.days() == 7 && week.start.weekday() == week_start)
            );
            assert!(
                weeks
                    .windows(2)
                    .all(|pair| pair[0].end == pair[1].start && pair[0].label < pair[1].label)
            );
        }
    }

    #[test]
    fn months_quarters_and_years_meet_without_a_gap() {
        for granularity in [
            Granularity::Day,
            Granularity::Month,
            Granularity::Quarter,
            Granularity::Year,
        ] {
            let calendar = Calendar {
                granularity,
                week_start: Weekday::Mon,
            };
            let all = calendar.periods(day("2023-11-17"), day("2025-03-01"));
            assert!(all.windows(2).all(|pair| pair[0].end == pair[1].start));
            assert!(all[0].start <= day("2023-11-17") && day("2025-03-01") < all[all.len() - 1].end);
        }
        let quarter = Calendar {
            granularity: Granularity::Quarter,
            week_start: Weekday::Mon,
        };
        assert_eq!(quarter.period_of(day("2024-05-19")).label, "2024-Q2");
    }
}
