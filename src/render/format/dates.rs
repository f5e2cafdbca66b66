//! How days, stretches of days and periods are written.
//!
//! In: chrono dates and [`Period`]s. Out: text with no-break spaces inside a date. The short form of [`date`] serves
//! tables and footers, the long form of [`period_name`] sentences and headings. Arabic month names are those of Egypt and
//! the Gulf (يناير), which the whole press understands.

use chrono::{Datelike, NaiveDate};

use super::NBSP;
use crate::model::language::Language;
use crate::model::period::{Granularity, Period};

/// English months in full.
const EN_LONG: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
/// English months in short.
const EN_SHORT: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];
/// French months in full.
const FR_LONG: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];
/// French months in short (CLDR `fr`).
const FR_SHORT: [&str; 12] = [
    "janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.",
];
/// Arabic months; they are not shortened.
const AR_LONG: [&str; 12] = [
    "يناير",
    "فبراير",
    "مارس",
    "أبريل",
    "مايو",
    "يونيو",
    "يوليو",
    "أغسطس",
    "سبتمبر",
    "أكتوبر",
    "نوفمبر",
    "ديسمبر",
];
/// The quarters of the year in Arabic.
const AR_QUARTERS: [&str; 4] = ["الربع الأول", "الربع الثاني", "الربع الثالث", "الربع الرابع"];

/// The name of the month of `day`, in full or in short.
pub(crate) fn month_name(language: Language, day: NaiveDate, short: bool) -> &'static str {
    let names = match (language, short) {
        (Language::AR, _) => &AR_LONG,
        (Language::FR, true) => &FR_SHORT,
        (Language::FR, false) => &FR_LONG,
        (_, true) => &EN_SHORT,
        (_, false) => &EN_LONG,
    };
    names[day.month0() as usize]
}

/// The number of the day; the first is `1er` in French.
fn day_number(language: Language, day: NaiveDate) -> String {
    if language == Language::FR && day.day() == 1 {
        "1er".to_owned()
    } else {
        day.day().to_string()
    }
}

/// A day without its year, in short: `6 Jan`, `1er janv.`, `6 يناير`.
pub(crate) fn day_and_month(language: Language, day: NaiveDate) -> String {
    format!("{}{NBSP}{}", day_number(language, day), month_name(language, day, true))
}

/// A day in short: `6 Jan 2020`, `1er janv. 2020`, `6 يناير 2020`.
pub(crate) fn date(language: Language, day: NaiveDate) -> String {
    format!("{}{NBSP}{}", day_and_month(language, day), day.year())
}

/// A day in full: `6 January 2020`, `1er janvier 2020`, `6 يناير 2020`.
pub(crate) fn date_long(language: Language, day: NaiveDate) -> String {
    format!(
        "{}{NBSP}{}{NBSP}{}",
        day_number(language, day),
        month_name(language, day, false),
        day.year()
    )
}

/// From one day to another, both included, in short: what they share is written once (`28 Feb – 3 Apr 2022`).
pub(crate) fn date_range(language: Language, first: NaiveDate, last: NaiveDate) -> String {
    if first == last {
        return date(language, first);
    }
    let from = if (first.year(), first.month()) == (last.year(), last.month()) {
        day_number(language, first)
    } else if first.year() == last.year() {
        day_and_month(language, first)
    } else {
        date(language, first)
    };
    format!("{from}{NBSP}– {}", date(language, last))
}

/// A period as a sentence names it: `week of 10 March 2025`, `semaine du 10 mars 2025`, `أسبوع 10 مارس 2025`.
///
/// It has no article before it, begins small, and in Arabic is definite by its date, so that `في` or `خلال` may precede it.
pub(crate) fn period_name(language: Language, period: &Period, granularity: Granularity) -> String {
    let start = period.start;
    let year = start.year();
    match granularity {
        Granularity::Day => date_long(language, start),
        Granularity::Week => {
            let day = date_long(language, start);
            match language {
                Language::FR => format!("semaine du{NBSP}{day}"),
                Language::AR => format!("أسبوع{NBSP}{day}"),
                _ => format!("week of{NBSP}{day}"),
            }
        }
        Granularity::Month => format!("{}{NBSP}{year}", month_name(language, start, false)),
        Granularity::Quarter => {
            let quarter = start.month0() / 3;
            match language {
                Language::FR => {
                    format!(
                        "{}{NBSP}trimestre {year}",
                        if quarter == 0 {
                            "1er".into()
                        } else {
                            format!("{}e", quarter + 1)
                        }
                    )
                }
                Language::AR => format!("{} من{NBSP}{year}", AR_QUARTERS[quarter as usize]),
                _ => format!("Q{}{NBSP}{year}", quarter + 1),
            }
        }
        Granularity::Year => year.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::period::Calendar;
    use chrono::Weekday;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// With ordinary spaces, so that the expectation can be read.
    fn plain(text: &str) -> String {
        text.replace(NBSP, " ")
    }

    #[test]
    fn a_date_holds_together() {
        assert_eq!(date(Language::EN, day("2020-01-06")), "6\u{a0}Jan\u{a0}2020");
        assert_eq!(date(Language::FR, day("2020-01-01")), "1er\u{a0}janv.\u{a0}2020");
        assert_eq!(date(Language::AR, day("2020-01-06")), "6\u{a0}يناير\u{a0}2020");
        assert_eq!(plain(&date_long(Language::FR, day("2020-08-01"))), "1er août 2020");
    }

    #[test]
    fn a_range_says_once_what_both_ends_share() {
        let range = |language, first, last| plain(&date_range(language, day(first), day(last)));
        assert_eq!(
            range(Language::EN, "2020-01-06", "2025-03-19"),
            "6 Jan 2020 – 19 Mar 2025"
        );
        assert_eq!(range(Language::EN, "2022-02-28", "2022-04-03"), "28 Feb – 3 Apr 2022");
        assert_eq!(range(Language::FR, "2022-04-01", "2022-04-03"), "1er – 3 avr. 2022");
        assert_eq!(range(Language::AR, "2022-04-03", "2022-04-03"), "3 أبريل 2022");
    }

    #[test]
    fn periods_have_names_of_every_length() {
        let name = |language, granularity| {
            let calendar = Calendar {
                granularity,
                week_start: Weekday::Mon,
            };
            plain(&period_name(
                language,
                &calendar.period_of(day("2025-03-12")),
                granularity,
            ))
        };
        assert_eq!(name(Language::EN, Granularity::Week), "week of 10 March 2025");
        assert_eq!(name(Language::FR, Granularity::Week), "semaine du 10 mars 2025");
        assert_eq!(name(Language::AR, Granularity::Week), "أسبوع 10 مارس 2025");
        assert_eq!(name(Language::EN, Granularity::Day), "12 March 2025");
        assert_eq!(name(Language::FR, Granularity::Month), "mars 2025");
        assert_eq!(name(Language::FR, Granularity::Quarter), "1er trimestre 2025");
        assert_eq!(name(Language::AR, Granularity::Quarter), "الربع الأول من 2025");
        assert_eq!(name(Language::EN, Granularity::Quarter), "Q1 2025");
        assert_eq!(name(Language::EN, Granularity::Year), "2025");
    }
}
