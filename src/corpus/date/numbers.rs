//! Reads dates whose month is a number. Tokens in, a day and its end out; a row of numbers that is longer than a date is none.

use chrono::NaiveDate;

use super::DayOrder;
use super::calendar::Calendar;
use super::lexer::{Kind, Token};
use super::parse::{Found, Habits, Mark, is_clock, mark_at, named, skip_gap, skip_soft, whole_year};
use super::words::form_at;

/// `20240519`, `202405191022`, `20240519102200`.
pub(super) fn compact(tokens: &[&Token], at: usize, habits: Habits) -> Option<(NaiveDate, Calendar, usize)> {
    let Kind::Number { value, digits } = tokens[at].kind else {
        return None;
    };
    let day = match digits {
        8 => value,
        12 if value / 100 % 100 < 24 && value % 100 < 60 => value / 10_000,
        14 if value / 10_000 % 100 < 24 && value / 100 % 100 < 60 && value % 100 < 60 => value / 1_000_000,
        _ => return None,
    };
    let (day, calendar) = numbered(day / 10_000, day / 100 % 100, day % 100, habits)?;
    Some((day, calendar, at + 1))
}

/// `2024年5月19日`, `2024년 5월 19일`, `19 tháng 5 năm 2024`.
pub(super) fn with_units(tokens: &[&Token], at: usize) -> Option<(NaiveDate, Calendar, usize)> {
    let number = |at: usize, digits| tokens.get(at).and_then(|token| token.number(digits));
    let unit = |at: usize| tokens.get(at).and_then(|token| token.word()).unwrap_or("");
    let units = (unit(at + 1), unit(at + 3));
    // Korean syllables are folded into their letters.
    let (year, month, day) = match units {
        ("年", "月") | ("\u{1102}\u{1167}\u{11ab}", "\u{110b}\u{116f}\u{11af}") => {
            (number(at, 4..=4)?, number(at + 2, 1..=2)?, number(at + 4, 1..=2)?)
        }
        ("thang", "nam") => (number(at + 4, 4..=4)?, number(at + 2, 1..=2)?, number(at, 1..=2)?),
        _ => return None,
    };
    let last = matches!(unit(at + 5), "日" | "号" | "號" | "\u{110b}\u{1175}\u{11af}");
    let day = Calendar::Gregorian.day(year, month, day)?;
    Some((day, Calendar::Gregorian, at + 5 + usize::from(last)))
}

/// `2024-05-19`, `2024/5/19`, `2024-W20`, `2024-W20-7`, `2024-140`, `2024-May-19`, `1445/11/11 هـ`.
pub(super) fn year_first(tokens: &[&Token], at: usize, habits: Habits) -> Option<(NaiveDate, Calendar, usize)> {
    let year = tokens[at].number(4..=4)?;
    let more =
        two_more(tokens, at).and_then(|(sign, month, day)| Some((sign, month.number(1..=2)?, day.number(1..=2)?)));
    if let Some((sign, month, day)) = more {
        if continues(tokens, at + 5, sign) || continued(tokens, at, sign) {
            return None;
        }
        let (marked, end) = mark_at(tokens, at + 5);
        let (day, calendar) = if marked == Mark::Hijri {
            (Calendar::Hijri.day(year, month, day)?, Calendar::Hijri)
        } else {
            numbered(year, month, day, habits)?
        };
        return Some((day, calendar, end));
    }
    let gap = usize::from(tokens.get(at + 1)?.is_sign('-'));
    let next = tokens.get(at + 1 + gap)?;
    if next.word() == Some("w") {
        let week = tokens.get(at + 2 + gap).filter(|token| !token.spaced)?.number(2..=2)?;
        let weekday = tokens
            .get(at + 3 + gap)
            .filter(|token| token.is_sign('-') && !token.spaced)
            .and_then(|_| tokens.get(at + 4 + gap)?.number(1..=1));
        let end = at + 3 + gap + if weekday.is_some() { 2 } else { 0 };
        return Some((week_day(year, week, weekday.unwrap_or(1))?, Calendar::Gregorian, end));
    }
    if gap == 1
        && !next.spaced
        && let Some(day) = next.number(3..=3)
        && tokens.get(at + 3).is_none_or(|token| token.spaced)
    {
        let day = NaiveDate::from_yo_opt(i32::try_from(year).ok()?, u32::try_from(day).ok()?);
        return Some((
            day.filter(|_| (1600..2200).contains(&year))?,
            Calendar::Gregorian,
            at + 3,
        ));
    }
    let month = skip_gap(tokens, at + 1);
    let (meaning, taken) = form_at(tokens, month).filter(|(meaning, _)| meaning.is_month())?;
    let place = skip_gap(tokens, month + taken);
    let day = tokens.get(place)?.number(1..=2)?;
    // `in 2024, May 19, 2023`: the year may belong to what goes before.
    let later = skip_gap(tokens, place + 1);
    if is_clock(tokens, place) || tokens.get(later).is_some_and(|token| token.number(4..=4).is_some()) {
        return None;
    }
    let (day, calendar) = named(year, 4, &meaning, day)?;
    Some((day, calendar, place + 1))
}

/// A day of an ISO week, Monday being 1.
pub(crate) fn week_day(year: u64, week: u64, weekday: u64) -> Option<NaiveDate> {
    let day = chrono::Weekday::try_from(u8::try_from(weekday.checked_sub(1)?).ok()?).ok()?;
    NaiveDate::from_isoywd_opt(i32::try_from(year).ok()?, u32::try_from(week).ok()?, day)
        .filter(|_| (1600..2200).contains(&year))
}

/// `19/05/2024`, `05/19/2024`, `19.05.24`, `87-03-17`, `11/11/1445 هـ`.
pub(super) fn day_month_year(tokens: &[&Token], at: usize, habits: Habits) -> Option<Found> {
    let first = tokens[at].number(1..=2)?;
    let (sign, second, third) = two_more(tokens, at)?;
    let second = second.number(1..=2)?;
    let Kind::Number { value, digits } = third.kind else {
        return None;
    };
    if !matches!(digits, 2 | 4)
        || continues(tokens, at + 5, sign)
        || continued(tokens, at, sign)
        || is_clock(tokens, at + 4)
    {
        return None;
    }
    let (mark, end) = mark_at(tokens, at + 5);
    if digits == 2 && first > 31 && mark != Mark::Hijri {
        let day = Calendar::Gregorian.day(whole_year(first), second, value)?;
        return Some(Found::sure((day, Calendar::Gregorian, end)));
    }
    let day_of = |month: u64, day: u64| match (mark, digits) {
        (Mark::Hijri, 2) => None,
        (Mark::Hijri, _) => Some((Calendar::Hijri.day(value, month, day)?, Calendar::Hijri)),
        (_, 2) => Some((
            Calendar::Gregorian.day(whole_year(value), month, day)?,
            Calendar::Gregorian,
        )),
        _ => numbered(value, month, day, habits),
    };
    let (day_first, month_first) = (day_of(second, first), day_of(first, second));
    let told = match (day_first, month_first) {
        (Some((one, _)), Some((other, _))) if one != other => weekday_before(tokens, at).and_then(|weekday| {
            let fits = |day: NaiveDate| day.format("%u").to_string() == weekday.to_string();
            (fits(one) != fits(other)).then(|| {
                if fits(one) {
                    DayOrder::DayFirst
                } else {
                    DayOrder::MonthFirst
                }
            })
        }),
        _ => Some(habits.order),
    };
    let (day, calendar) = match told.unwrap_or(habits.order) {
        DayOrder::MonthFirst => month_first.or(day_first)?,
        DayOrder::DayFirst | DayOrder::Undecided => day_first.or(month_first)?,
    };
    Some(Found {
        day,
        calendar,
        end,
        open: told.is_none(),
        moment: None,
    })
}

/// A day whose month is a number and whose year has four digits.
fn numbered(year: u64, month: u64, day: u64, habits: Habits) -> Option<(NaiveDate, Calendar)> {
    let calendar = match year {
        1300..=1500 if year <= habits.persian_until => Calendar::Persian,
        1300..=1500 => Calendar::Hijri,
        _ => Calendar::Gregorian,
    };
    Some((calendar.day(year, month, day)?, calendar))
}

/// The two tokens after `at` that the same sign divides: `/05/2024`.
fn two_more<'t>(tokens: &[&'t Token], at: usize) -> Option<(char, &'t Token, &'t Token)> {
    let Kind::Sign(sign @ ('-' | '/' | '.' | '\\')) = tokens.get(at + 1)?.kind else {
        return None;
    };
    tokens
        .get(at + 3)
        .filter(|token| token.is_sign(sign))
        .and_then(|_| Some((sign, *tokens.get(at + 2)?, *tokens.get(at + 4)?)))
}

/// Whether a row of numbers goes on at `at`: `1.2.3.4` is no date.
fn continues(tokens: &[&Token], at: usize, sign: char) -> bool {
    let sign = tokens.get(at).is_some_and(|token| token.is_sign(sign) && !token.spaced);
    let number = tokens
        .get(at + 1)
        .is_some_and(|token| matches!(token.kind, Kind::Number { .. }) && !token.spaced);
    sign && number
}

/// Whether a row of numbers began before `at`.
fn continued(tokens: &[&Token], at: usize, sign: char) -> bool {
    at > 1
        && !tokens[at].spaced
        && tokens[at - 1].is_sign(sign)
        && !tokens[at - 1].spaced
        && matches!(tokens[at - 2].kind, Kind::Number { .. })
}

/// The day of the week that stands before a date, Monday being 1.
fn weekday_before(tokens: &[&Token], at: usize) -> Option<u8> {
    (1..=5).filter(|back| *back <= at).find_map(|back| {
        let (meaning, taken) = form_at(tokens, at - back).filter(|(meaning, _)| meaning.weekday > 0)?;
        (skip_soft(tokens, at - back + taken, 3) >= at).then_some(meaning.weekday)
    })
}
