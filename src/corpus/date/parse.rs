//! Finds the dates in a row of tokens. Tokens in, readings out: a day with its calendar, its place and the time beside it.
//!
//! What is written decides; nothing is completed. A month without a day, or a day without a year, is no date.

use chrono::NaiveDate;

use super::DayOrder;
use super::calendar::Calendar;
use super::clock::{Moment, moment_at};
use super::lexer::{Kind, Token};
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
struct Found {
    /// Its day.
    day: NaiveDate,
    /// Its calendar.
    calendar: Calendar,
    /// One past its last token.
    end: usize,
    /// Day and month could change places.
    open: bool,
    /// A time that stands inside it: `May 19 10:22:00 UTC 2024`.
    moment: Option<Moment>,
}

impl Found {
    /// A date of known order.
    fn sure((day, calendar, end): (NaiveDate, Calendar, usize)) -> Self {
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
            .or_else(|| numbers(tokens, at, habits))
            .or_else(|| day_first(tokens, at).map(Found::sure)),
    }
}

/// `20240519`, `202405191022`, `20240519102200`.
fn compact(tokens: &[&Token], at: usize, habits: Habits) -> Option<(NaiveDate, Calendar, usize)> {
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
fn with_units(tokens: &[&Token], at: usize) -> Option<(NaiveDate, Calendar, usize)> {
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
fn year_first(tokens: &[&Token], at: usize, habits: Habits) -> Option<(NaiveDate, Calendar, usize)> {
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
fn numbers(tokens: &[&Token], at: usize, habits: Habits) -> Option<Found> {
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
fn named(year: u64, digits: usize, month: &Meaning, day: u64) -> Option<(NaiveDate, Calendar)> {
    let year = if digits == 2 { whole_year(year) } else { year };
    let (calendar, month) = match year {
        1600.. if month.month > 0 => (Calendar::Gregorian, month.month),
        ..1600 if month.hijri > 0 => (Calendar::Hijri, month.hijri),
        ..1600 if month.persian > 0 => (Calendar::Persian, month.persian),
        _ => return None,
    };
    Some((calendar.day(year, month.into(), day)?, calendar))
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

/// A year of two digits: 69 to 99 are of the twentieth century, 00 to 68 of the twenty-first.
fn whole_year(short: u64) -> u64 {
    if short < 69 { 2000 + short } else { 1900 + short }
}

/// Which calendar a word after a year names.
#[derive(Clone, Copy, PartialEq)]
enum Mark {
    /// None.
    None,
    /// `هـ`, `AH`.
    Hijri,
    /// `م`, `AD`.
    Gregorian,
}

/// The mark at a place and where it ends; a sign of opening before it is passed over.
fn mark_at(tokens: &[&Token], at: usize) -> (Mark, usize) {
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

/// Whether the number at `at` is the hour of a time: `10:22`, `10h`.
fn is_clock(tokens: &[&Token], at: usize) -> bool {
    let next = tokens.get(at + 1).filter(|token| !token.spaced);
    next.is_some_and(|token| {
        token.is_sign(':')
            || token
                .word()
                .and_then(meaning)
                .is_some_and(|word| word.hour && !word.gregorian_mark)
    })
}

/// The day of the week that stands before a date, Monday being 1.
fn weekday_before(tokens: &[&Token], at: usize) -> Option<u8> {
    (1..=5).filter(|back| *back <= at).find_map(|back| {
        let (meaning, taken) = form_at(tokens, at - back).filter(|(meaning, _)| meaning.weekday > 0)?;
        (skip_soft(tokens, at - back + taken, 3) >= at).then_some(meaning.weekday)
    })
}

/// Passes over what may stand between the parts of one date: a sign or two, `of`, `de`, `من`, the ending of `1st`.
fn skip_gap(tokens: &[&Token], at: usize) -> usize {
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
