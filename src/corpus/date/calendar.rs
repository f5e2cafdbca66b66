//! Days of three calendars as Gregorian days. Year, month and day in, a [`NaiveDate`] out; nothing impossible is rolled over.

use chrono::NaiveDate;
use icu_calendar::Date;
use icu_calendar::cal::{Hijri, Iso, Persian};

/// Which calendar a written date is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Calendar {
    /// The one of newspapers.
    Gregorian,
    /// The Islamic lunar calendar.
    Hijri,
    /// The solar calendar of Iran and Afghanistan.
    Persian,
}

impl Calendar {
    /// The Gregorian day; `None` where there is no such day or its year is not one that news were printed in.
    ///
    /// Hijri days follow the Umm al-Qura calendar, by which Saudi newspapers are dated. Where a country goes by its own sighting of the moon, the
    /// printed Hijri date can lie a day, rarely two, off the day given here.
    pub(crate) fn day(self, year: u64, month: u64, day: u64) -> Option<NaiveDate> {
        let (year, month, day) = (
            i32::try_from(year).ok()?,
            u8::try_from(month).ok()?,
            u8::try_from(day).ok()?,
        );
        match self {
            Self::Gregorian => {
                let day = NaiveDate::from_ymd_opt(year, month.into(), day.into());
                day.filter(|_| (1600..2200).contains(&year))
            }
            Self::Hijri if (1000..1600).contains(&year) => gregorian(
                Date::try_new(year.into(), month.into(), day, Hijri::new_umm_al_qura())
                    .ok()?
                    .to_calendar(Iso),
            ),
            Self::Persian if (1200..1600).contains(&year) => gregorian(
                Date::try_new(year.into(), month.into(), day, Persian)
                    .ok()?
                    .to_calendar(Iso),
            ),
            Self::Hijri | Self::Persian => None,
        }
    }
}

/// The same day in chrono's type.
fn gregorian(day: Date<Iso>) -> Option<NaiveDate> {
    let month = day.month().ordinal;
    NaiveDate::from_ymd_opt(day.era_year().year, month.into(), day.day_of_month().0.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(calendar: Calendar, year: u64, month: u64, day: u64) -> Option<String> {
        calendar.day(year, month, day).map(|day| day.to_string())
    }

    #[test]
    fn hijri_days_follow_umm_al_qura() {
        // New year's days, Ramadan and feasts as Saudi Arabia's printed calendar gave them.
        for (year, month, date, expected) in [
            (1445, 11, 11, "2024-05-19"),
            (1445, 9, 1, "2024-03-11"),
            (1436, 10, 1, "2015-07-17"),
            (1444, 1, 1, "2022-07-30"),
            (1420, 1, 1, "1999-04-17"),
            (1446, 12, 10, "2025-06-06"),
        ] {
            assert_eq!(day(Calendar::Hijri, year, month, date).as_deref(), Some(expected));
        }
    }

    #[test]
    fn persian_days() {
        assert_eq!(day(Calendar::Persian, 1403, 2, 30).as_deref(), Some("2024-05-19"));
        assert_eq!(day(Calendar::Persian, 1403, 1, 1).as_deref(), Some("2024-03-20"));
    }

    #[test]
    fn impossible_days_are_none() {
        assert_eq!(day(Calendar::Gregorian, 2024, 2, 30), None);
        assert_eq!(day(Calendar::Gregorian, 2023, 2, 29), None);
        assert_eq!(day(Calendar::Gregorian, 9999, 1, 1), None);
        assert_eq!(day(Calendar::Hijri, 1445, 13, 1), None);
        assert_eq!(day(Calendar::Hijri, 1445, 11, 31), None);
        assert_eq!(day(Calendar::Hijri, 2024, 5, 19), None);
    }
}
