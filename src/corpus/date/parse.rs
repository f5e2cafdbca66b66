//! Finds the dates in a row of tokens. Tokens in, readings out: a day with its calendar, its place and the time beside it.
//!
//! What is written decides; nothing is completed. A month without a day, or a day without a year, is no date.

use chrono::NaiveDate;

use super::DayOrder;
use super::calendar::Calendar;
use super::clock::{Moment, moment_at};
use super::lexer::{Kind, Token};
use super::numbers::{compact, day_month_year, with_units, year_first};
use super::words::{Meaning, form_at, meaning};

/// A date that was found.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Reading {
    /// The Gregorian day, as written.
    pub(crate) day: NaiveDate,
    /// The calendar that it was written in.
    pub(crate) calendar: Calendar,
    /// Its first token, or that of the time before it.
    pub(crate) start: usize,
    /// One past its last token, the time after it included.
    pub(crate) end: usize,
    /// Day and month could change places, and nothing beside them tells.
    pub(crate) open: bool,
    /// The time of day and its zone.
    pub(crate) moment: Option<Moment>,
}

/// What a reader may assume where a date leaves it open.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Habits {
    /// The order of day and month; the day comes first where nothing tells.
    pub(crate) order: DayOrder,
    /// The last year of unmarked numbers that is taken for one of the Persian calendar; later ones are Hijri.
    ///
    /// Both calendars count the fourteenth century: 1403 is 2024 in Iran and 1983 in Arabia.
    pub(crate) persian_until: u64,
}

impl Habits {
    /// Those of a value that stands alone: years up to 1411 (2032) are Persian, later ones (1991 and on) Hijri.
    pub(crate) const fn of(order: DayOrder) -> Self {
        Self {
            order,
            persian_until: 1411,
        }
    }
}

/// All dates among `tokens`, in their order.
pub(crate) fn scan(tokens: &[&Token], habits: Habits) -> Vec<Reading> {
    let mut readings: Vec<Reading> = Vec::new();
    let mut before: Option<(Moment, usize, usize)> = None;
    let mut at = 0;
    while at < tokens.len() {
        if let Some(found) = date_at(tokens, at, habits) {
            let mut reading = Reading {
                day: found.day,
                calendar: found.calendar,
                start: at,
                end: found.end,
                open: found.open,
                moment: found.moment,
            };
            let clock = skip_soft(tokens, found.end, 4);
            let later = moment_at(tokens, clock).filter(|_| date_at(tokens, clock, habits).is_none());
            match (reading.moment, later, before.take()) {
                (None, Some((moment, end)), _) => (reading.moment, reading.end) = (Some(moment), end),
                (None, None, Some((moment, start, end))) if skip_soft(tokens, end, 4) >= at => {
                    (reading.moment, reading.start) = (Some(moment), start);
                }
                _ => {}
            }
            at = reading.end;
            readings.push(reading);
        } else if let Some((moment, end)) = moment_at(tokens, at) {
            before = Some((moment, at, end));
            at = end;
        } else {
            at += 1;
        }
    }
    readings
}

/// A date at one place.
pub(super) struct Found {
    /// Its day.
    pub(super) day: NaiveDate,
    /// Its calendar.
    pub(super) calendar: Calendar,
    /// One past its last token.
    pub(super) end: usize,
    /// Day and month could change places.
    pub(super) open: bool,
    /// A time that stands inside it: `May 19 10:22:00 UTC 2024`.
    pub(super) moment: Option<Moment>,
}

impl Found {
    /// A date of known order.
    pub(super) fn sure((day, calendar, end): (NaiveDate, Calendar, usize)) -> Self {
        Self {
            day,
            calendar,
            end,
            open: false,
            moment: None,
        }
    }
}

/// The date that begins at token `at`.
fn date_at(tokens: &[&Token], at: usize, habits: Habits) -> Option<Found> {
    let token = tokens.get(at)?;
    match token.kind {
        Kind::Word(_) => month_first(tokens, at),
        Kind::Sign(_) => None,
        Kind::Number { .. } => compact(tokens, at, habits)
            .or_else(|| with_units(tokens, at))
            .or_else(|| year_first(tokens, at, habits))
            .map(Found::sure)
            .or_else(|| day_month_year(tokens, at, habits))
            .or_else(|| day_first(tokens, at).map(Found::sure)),
    }
}

/// `19 May 2024`, `1er août 2024`, `19 de mayo de 2024`, `19-May-24`, `11 ذو القعدة 1445 هـ`.
fn day_first(tokens: &[&Token], at: usize) -> Option<(NaiveDate, Calendar, usize)> {
    let day = tokens[at].number(1..=2)?;
    let month = skip_gap(tokens, at + 1);
    let (mut meaning, taken) = form_at(tokens, month).filter(|(meaning, _)| meaning.is_month())?;
    let mut next = skip_gap(tokens, month + taken);
    // The same month by its other name: أيار/مايو.
    if let Some((other, taken)) = form_at(tokens, next).filter(|(other, _)| other.is_month()) {
        if meaning.month != other.month && meaning.month > 0 && other.month > 0 {
            return None;
        }
        meaning.month = meaning.month.max(other.month);
        next = skip_gap(tokens, next + taken);
    }
    year_at(tokens, next, &meaning, day)
}

/// `May 19, 2024`, `Sun May 19 10:22:00 UTC 2024`.
fn month_first(tokens: &[&Token], at: usize) -> Option<Found> {
    let (meaning, taken) = form_at(tokens, at).filter(|(meaning, _)| meaning.is_month())?;
    let place = skip_gap(tokens, at + taken);
    let day = tokens.get(place)?.number(1..=2)?;
    if is_clock(tokens, place) {
        return None;
    }
    let next = skip_gap(tokens, place + 1);
    if let Some(found) = year_at(tokens, next, &meaning, day) {
        return Some(Found::sure(found));
    }
    let (moment, end) = moment_at(tokens, next)?;
    let year = tokens.get(end)?.number(4..=4)?;
    let (day, calendar) = named(year, 4, &meaning, day)?;
    Some(Found {
        moment: Some(moment),
        ..Found::sure((day, calendar, end + 1))
    })
}

/// Ends a date whose month has a name with its year.
fn year_at(tokens: &[&Token], at: usize, month: &Meaning, day: u64) -> Option<(NaiveDate, Calendar, usize)> {
    let Kind::Number { value, digits } = tokens.get(at)?.kind else {
        return None;
    };
    if is_clock(tokens, at) || !matches!(digits, 2 | 4) {
        return None;
    }
    let (mark, end) = mark_at(tokens, at + 1);
    if mark == Mark::Hijri && month.hijri == 0 {
        return None;
    }
    let (day, calendar) = named(value, digits, month, day)?;
    Some((day, calendar, end))
}

/// A day whose month is a word.
pub(super) fn named(year: u64, digits: usize, month: &Meaning, day: u64) -> Option<(NaiveDate, Calendar)> {
    let year = if digits == 2 { whole_year(year) } else { year };
    let (calendar, month) = match year {
        1600.. if month.month > 0 => (Calendar::Gregorian, month.month),
        ..1600 if month.hijri > 0 => (Calendar::Hijri, month.hijri),
        ..1600 if month.persian > 0 => (Calendar::Persian, month.persian),
        _ => return None,
    };
    Some((calendar.day(year, month.into(), day)?, calendar))
}

/// A year of two digits: 69 to 99 are of the twentieth century, 00 to 68 of the twenty-first.
pub(super) fn whole_year(short: u64) -> u64 {
    if short < 69 { 2000 + short } else { 1900 + short }
}

/// Which calendar a word after a year names.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Mark {
    /// None.
    None,
    /// `هـ`, `AH`.
    Hijri,
    /// `م`, `AD`.
    Gregorian,
}

/// The mark at a place and where it ends; a sign of opening before it is passed over.
pub(super) fn mark_at(tokens: &[&Token], at: usize) -> (Mark, usize) {
    let bracket = usize::from(tokens.get(at).is_some_and(|token| token.is_sign('(')));
    let word = tokens
        .get(at + bracket)
        .and_then(|token| token.word())
        .and_then(meaning);
    match word {
        Some(word) if word.hijri_mark => (Mark::Hijri, at + bracket + 1),
        Some(word) if word.gregorian_mark => (Mark::Gregorian, at + bracket + 1),
        _ => (Mark::None, at),
    }
}

/// Whether the number at `at` is the hour of a time: `10:22`, `10h`.
pub(super) fn is_clock(tokens: &[&Token], at: usize) -> bool {
    let next = tokens.get(at + 1).filter(|token| !token.spaced);
    next.is_some_and(|token| {
        token.is_sign(':')
            || token
                .word()
                .and_then(meaning)
                .is_some_and(|word| word.hour && !word.gregorian_mark)
    })
}

/// Passes over what may stand between the parts of one date: a sign or two, `of`, `de`, `من`, the ending of `1st`.
pub(super) fn skip_gap(tokens: &[&Token], at: usize) -> usize {
    let soft = |token: &&Token| match &token.kind {
        Kind::Word(word) => meaning(word).is_some_and(|word| word.filler && !word.is_month()),
        Kind::Sign(sign) => matches!(sign, '-' | '/' | '\\' | '.' | ',' | '\'' | '(' | ')'),
        Kind::Number { .. } => false,
    };
    at + tokens[at.min(tokens.len())..]
        .iter()
        .take(3)
        .take_while(|token| soft(token))
        .count()
}

/// Passes over at most `most` tokens that may stand between a date and its time or its weekday.
pub(crate) fn skip_soft(tokens: &[&Token], at: usize, most: usize) -> usize {
    let soft = |token: &&Token| match &token.kind {
        Kind::Word(word) => word == "t" || meaning(word).is_some_and(|word| word.filler || word.weekday > 0),
        Kind::Sign(sign) => matches!(sign, '-' | '/' | '.' | ',' | '|' | '(' | ')' | '·' | '•' | ';'),
        Kind::Number { .. } => false,
    };
    at + tokens[at.min(tokens.len())..]
        .iter()
        .take(most)
        .take_while(|token| soft(token))
        .count()
}
