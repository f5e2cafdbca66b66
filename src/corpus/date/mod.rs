//! Reads dates as people write them. Text in, a day out; which clue is believed is decided elsewhere.
//!
//! [`lexer`] cuts a text into numbers, words and signs, [`words`] knows what words mean, [`parse`] and [`numbers`] find dates among them,
//! [`clock`] the times beside them, and [`calendar`] turns the days of three calendars into Gregorian ones. [`order`] tells dd/mm from
//! mm/dd; [`place`] reads addresses and paths; [`text`] tells a dateline from a date that an article merely mentions.

mod calendar;
mod clock;
mod lexer;
mod numbers;
mod order;
mod parse;
mod place;
mod text;
mod words;

use chrono::NaiveDate;
use chrono_tz::Tz;

pub(crate) use order::{day_order, is_order_dependent};
pub(crate) use place::{date_in_path, date_in_url};
pub(crate) use text::date_in_text;

use calendar::Calendar;
use clock::Moment;
use lexer::{Token, tokens};
use parse::{Habits, Reading, scan};
use words::meaning;

/// A date value is not longer than this many bytes; what follows is not looked at.
const LONGEST: usize = 240;

/// The order of day and month in dates such as 03/04/2024.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DayOrder {
    /// 3 April.
    DayFirst,
    /// 4 March.
    MonthFirst,
    /// Nothing tells.
    Undecided,
}

/// The day that a value names; `None` where it names none, or only a month or a year.
///
/// A time with an offset or the name of a zone gives the day in `zone`; a time without gives the day as written. Where a value has several
/// dates, a Gregorian one goes before a Hijri or Persian one, and a day of publication before that of a change. `order` decides between
/// dd/mm and mm/dd where both are possible; an undecided one is read day first. Years of two digits run from 1969 to 2068. An ISO week
/// is its Monday.
pub(crate) fn read_date(value: &str, order: DayOrder, zone: Tz) -> Option<NaiveDate> {
    let value = value.trim();
    if let Some(day) = read_iso(value, zone) {
        return Some(day);
    }
    let reading = picked(value, order)?;
    let moment = reading.moment.filter(|_| reading.calendar == Calendar::Gregorian);
    Some(moment.map_or(reading.day, |moment| moment.day_in(reading.day, zone)))
}

/// The date of a value that is believed.
fn picked(value: &str, order: DayOrder) -> Option<Reading> {
    let tokens = tokens(head(value));
    let tokens: Vec<&Token> = tokens.iter().collect();
    let readings = scan(&tokens, Habits::of(order));
    let first = readings.first()?;
    let fresh = published(&readings, &tokens);
    Some(fresh.unwrap_or(first).clone())
}

/// The first date that is not one of a change, a Gregorian one if there is one.
fn published<'r>(readings: &'r [Reading], tokens: &[&Token]) -> Option<&'r Reading> {
    let fresh = |at: usize| {
        let from = if at == 0 { 0 } else { readings[at - 1].end };
        let last = tokens[from.min(readings[at].start)..readings[at].start]
            .iter()
            .filter_map(|token| token.word().and_then(meaning))
            .rfind(|word| word.updated || word.label);
        !last.is_some_and(|word| word.updated)
    };
    let fresh: Vec<&Reading> = (0..readings.len())
        .filter(|at| fresh(*at))
        .map(|at| &readings[at])
        .collect();
    let gregorian = fresh.iter().find(|reading| reading.calendar == Calendar::Gregorian);
    gregorian.or(fresh.first()).copied()
}

/// Reads the form that most files have, without cutting it into tokens: `2024-05-19`, `2024-05-19T10:22:00Z`, `2024-05-19 10:22:00.5+03:00`.
///
/// `None` where a value is in another form, or has an end that is not understood here.
fn read_iso(value: &str, zone: Tz) -> Option<NaiveDate> {
    let day = iso_day(value)?;
    let bytes = value.as_bytes();
    let Some(divider) = bytes.get(10) else { return Some(day) };
    let two = |at: usize| two_digits(bytes, at);
    if !matches!(divider, b'T' | b' ' | b't') || bytes.get(13) != Some(&b':') {
        return None;
    }
    let minutes = two(11).filter(|hour| *hour < 24)? * 60 + two(14).filter(|minute| *minute < 60)?;
    let mut at = 16;
    if bytes.get(at) == Some(&b':') {
        two(17).filter(|second| *second < 61)?;
        at = 19;
        if matches!(bytes.get(at), Some(b'.' | b',')) {
            at += 1 + bytes[20..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        }
    }
    let offset = match bytes.get(at..)? {
        [] => None,
        [b'Z' | b'z'] => Some(0),
        [sign @ (b'+' | b'-'), rest @ ..] if matches!(rest.len(), 4 | 5) => {
            let minutes = if rest.len() == 5 && rest[2] == b':' {
                two_digits(rest, 3)
            } else {
                two_digits(rest, 2)
            };
            let total =
                two_digits(rest, 0).filter(|hours| *hours < 15)? * 60 + minutes.filter(|minutes| *minutes < 60)?;
            let total = i32::try_from(total).ok()?;
            Some(if *sign == b'-' { -total } else { total })
        }
        _ => return None,
    };
    Some(Moment { minutes, offset }.day_in(day, zone))
}

/// Whether a value begins with an ISO day, so that no order is in question.
fn is_iso(value: &str) -> bool {
    iso_day(value.trim_start()).is_some()
}

/// The ISO day that a value begins with.
fn iso_day(value: &str) -> Option<NaiveDate> {
    let bytes = value.as_bytes();
    if bytes.get(4) != Some(&b'-') || bytes.get(7) != Some(&b'-') || bytes.get(10).is_some_and(u8::is_ascii_digit) {
        return None;
    }
    let year = two_digits(bytes, 0)? * 100 + two_digits(bytes, 2)?;
    if !(1600..2200).contains(&year) {
        return None;
    }
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, two_digits(bytes, 5)?, two_digits(bytes, 8)?)
}

/// The number that two ASCII digits make.
fn two_digits(bytes: &[u8], at: usize) -> Option<u32> {
    match bytes.get(at..at + 2)? {
        [tens @ b'0'..=b'9', ones @ b'0'..=b'9'] => Some(u32::from(tens - b'0') * 10 + u32::from(ones - b'0')),
        _ => None,
    }
}

/// The part of a value that is looked at.
fn head(value: &str) -> &str {
    &value[..value.floor_char_boundary(LONGEST)]
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
