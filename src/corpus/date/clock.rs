//! Reads times of day and their zones. Tokens in, hour, minute and offset out; they only decide the day of a time stamp in another zone.

use chrono::{NaiveDate, TimeDelta, TimeZone};
use chrono_tz::Tz;

use super::lexer::{Kind, Token};
use super::words::{form_at, meaning};

/// A time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Moment {
    /// Minutes since midnight.
    pub(crate) minutes: u32,
    /// Minutes east of Greenwich; `None` where no zone is given.
    pub(crate) offset: Option<i32>,
}

impl Moment {
    /// The day in `zone` on which it is this time on `day` where the clock hangs; `day` where no zone is given.
    pub(crate) fn day_in(self, day: NaiveDate, zone: Tz) -> NaiveDate {
        let Some(offset) = self.offset else { return day };
        day.and_hms_opt(self.minutes / 60, self.minutes % 60, 0)
            .and_then(|time| time.checked_sub_signed(TimeDelta::minutes(offset.into())))
            .map_or(day, |time| zone.from_utc_datetime(&time).date_naive())
    }
}

/// The time that begins at token `at` and where it ends: `10:22`, `10:22:05.123 PM GMT+3`, `10h22`, `102205Z`.
pub(crate) fn moment_at(tokens: &[&Token], at: usize) -> Option<(Moment, usize)> {
    let (mut minutes, mut end) = clock_at(tokens, at)?;
    if let Some((after_noon, taken)) = half_at(tokens, end) {
        if minutes / 60 <= 12 {
            minutes = minutes % 720 + if after_noon { 720 } else { 0 };
        }
        end += taken;
    }
    let zone = zone_at(tokens, end);
    end = zone.map_or(end, |(_, end)| end);
    let offset = zone.map(|(offset, _)| offset);
    Some((Moment { minutes, offset }, end))
}

/// Minutes since midnight, and the end of the numbers.
fn clock_at(tokens: &[&Token], at: usize) -> Option<(u32, usize)> {
    let number = |at: usize, most: u64, digits| {
        let token = tokens.get(at)?;
        token.number(digits).filter(|value| *value < most)
    };
    let joined = |at: usize| tokens.get(at).is_some_and(|token| !token.spaced);
    let Kind::Number { value, digits } = tokens.get(at)?.kind else {
        return None;
    };
    let (hour, minute, end) = match digits {
        1 | 2 if tokens.get(at + 1).is_some_and(|sign| sign.is_sign(':') && !sign.spaced) => {
            let minute = number(at + 2, 60, 1..=2)?;
            let seconds =
                tokens.get(at + 3).is_some_and(|sign| sign.is_sign(':')) && number(at + 4, 61, 2..=2).is_some();
            let mut end = if seconds { at + 5 } else { at + 3 };
            let fraction = tokens
                .get(end)
                .is_some_and(|sign| (sign.is_sign('.') || sign.is_sign(',')) && !sign.spaced);
            if seconds
                && fraction
                && joined(end + 1)
                && tokens.get(end + 1).is_some_and(|token| token.number(1..=12).is_some())
            {
                end += 2;
            }
            (value, minute, end)
        }
        1 | 2 if is_hour_word(tokens, at + 1) => match number(at + 2, 60, 2..=2) {
            Some(minute) if joined(at + 1) || joined(at + 2) => (value, minute, at + 3),
            _ => (value, 0, at + 2),
        },
        1 | 2 if half_at(tokens, at + 1).is_some() => (value, 0, at + 1),
        // 20240519T102205Z
        4 | 6 if at > 0 && joined(at) && tokens[at - 1].word() == Some("t") => {
            let value = if digits == 6 { value / 100 } else { value };
            (value / 100, value % 100, at + 1)
        }
        _ => return None,
    };
    let minutes = u32::try_from(hour * 60 + minute).ok()?;
    (hour < 24 && minute < 60).then_some((minutes, end))
}

/// Whether a word divides hours from minutes.
fn is_hour_word(tokens: &[&Token], at: usize) -> bool {
    tokens
        .get(at)
        .and_then(|token| token.word())
        .and_then(meaning)
        .is_some_and(|word| word.hour)
}

/// Whether `pm` (true) or `am` (false) stands at a place, and how many tokens it takes; `p.m.` counts too.
fn half_at(tokens: &[&Token], at: usize) -> Option<(bool, usize)> {
    let word = |at: usize| tokens.get(at).and_then(|token| token.word());
    let first = word(at)?;
    if matches!(first, "a" | "p") && tokens.get(at + 1)?.is_sign('.') && word(at + 2) == Some("m") {
        let dot = usize::from(tokens.get(at + 3).is_some_and(|token| token.is_sign('.')));
        return Some((first == "p", 3 + dot));
    }
    let meaning = meaning(first)?;
    (meaning.am || meaning.pm).then_some((meaning.pm, 1))
}

/// The zone after a time, in minutes east of Greenwich, and where it ends: `Z`, `GMT+3`, `(UTC)`, `+03:00`, `-0500`.
fn zone_at(tokens: &[&Token], at: usize) -> Option<(i32, usize)> {
    if let Some(offset) = offset_at(tokens, at) {
        return Some(offset);
    }
    let open = tokens.get(at)?.is_sign('(');
    let at = at + usize::from(open);
    // `بتوقيت غرينتش`: by the time of Greenwich.
    let at = at
        + usize::from(
            tokens
                .get(at)?
                .word()
                .is_some_and(|word| word == "بتوقيت" || word == "heure"),
        );
    let (meaning, taken) = form_at(tokens, at)?;
    let base = meaning.zone?;
    let (offset, mut end) = match offset_at(tokens, at + taken) {
        Some((more, end)) => (base + more, end),
        None => (base, at + taken),
    };
    end += usize::from(open && tokens.get(end).is_some_and(|token| token.is_sign(')')));
    Some((offset, end))
}

/// `+03:00`, `+0300`, `+03`, `-5`.
fn offset_at(tokens: &[&Token], at: usize) -> Option<(i32, usize)> {
    let east = match tokens.get(at)?.kind {
        Kind::Sign('+') => 1,
        Kind::Sign('-') => -1,
        _ => return None,
    };
    let token = tokens.get(at + 1).filter(|token| !token.spaced)?;
    let Kind::Number { value, digits } = token.kind else {
        return None;
    };
    let minutes = tokens
        .get(at + 2)
        .filter(|sign| sign.is_sign(':') && !sign.spaced)
        .and_then(|_| tokens.get(at + 3)?.number(2..=2));
    let (hours, minutes, end) = match (digits, minutes) {
        (1 | 2, Some(minutes)) => (value, minutes, at + 4),
        (4, _) => (value / 100, value % 100, at + 2),
        // `10:22 -05/…` is no offset: nothing may stand between the time and a sign with an hour alone.
        (1 | 2, None) if !tokens[at].spaced && !follows_number_sign(tokens, at + 2) => (value, 0, at + 2),
        _ => return None,
    };
    let total = i32::try_from(hours * 60 + minutes).ok()?;
    (hours < 15 && minutes < 60).then_some((east * total, end))
}

/// Whether a number goes on as a date would: `-05/06/2024`, `-19 May`.
fn follows_number_sign(tokens: &[&Token], at: usize) -> bool {
    tokens.get(at).is_some_and(|token| match token.kind {
        Kind::Sign(sign) => matches!(sign, '/' | '-' | '.'),
        Kind::Word(_) => form_at(tokens, at).is_some_and(|(meaning, _)| meaning.is_month()),
        Kind::Number { .. } => false,
    })
}
