//! Reads the day in an address or a path. A place in, a day out; numbers that merely look like one are refused.
//!
//! A year alone, or a year and a month, is no day. In an address the year lies between 1800 and 2099, since newspapers put their archives on
//! the net; a run of eight digits, which may be the number of an article, must begin with a year of the web, 1990 to 2099.

use chrono::NaiveDate;

use super::calendar::Calendar;
use super::lexer::{Token, tokens};
use super::numbers::week_day;
use super::parse::{Habits, scan};
use super::words::meaning;
use super::{DayOrder, lexer};

/// The day in an address: `/2024/05/19/`, `/2024/may/19/`, `/2024-05/19/`, `/2024/0519/`, `/19/05/2024/`, `2024-05-19`, `20240519`.
///
/// The host and what follows `?` are not looked at, and of an archived page only the address that it had.
pub(crate) fn date_in_url(url: &str) -> Option<NaiveDate> {
    let inner = url.rfind("://").map_or(url, |at| &url[at + 3..]);
    let path = inner.split(['?', '#']).next().unwrap_or("");
    let (_, path) = path.split_once('/').unwrap_or(("", path));
    let parts: Vec<&str> = path.split('/').collect();
    let folders = (0..parts.len()).find_map(|at| in_folders(&parts[at..], false));
    folders
        .or_else(|| parts.iter().find_map(|part| in_name(part, false)))
        .filter(|day| (1800..2100).contains(&chrono::Datelike::year(day)))
}

/// The day in a path, that of the deepest part that has one: `2024-05-19/a.txt`, `2024/05/19/a.txt`, `20240519.txt`, `19 mai 2024.txt`.
///
/// A week, `2024/W20` or `2024-W20`, gives its Monday: the day is needed to place a document, and every calendar of weeks has that Monday in a
/// week that is nearly the same. Years and months alone give nothing.
pub(crate) fn date_in_path(path: &str) -> Option<NaiveDate> {
    let parts: Vec<&str> = path.split('/').collect();
    let day = (0..parts.len()).rev().find_map(|at| {
        let alone = in_name(parts[at], true);
        alone
            .or_else(|| in_folders(&parts[at..], true))
            .or_else(|| in_words(parts[at]))
    });
    day.filter(|day| (1800..2100).contains(&chrono::Datelike::year(day)))
}

/// The day that the first of some parts of a path spell together. Weeks count only where `weeks` says so.
fn in_folders(parts: &[&str], weeks: bool) -> Option<NaiveDate> {
    let part = |at: usize| parts.get(at).copied().unwrap_or("");
    let (first, second, third) = (part(0), part(1), part(2));
    // /2024-05/19/, /202405/19/
    if let Some((year, month)) = year_and_month(first) {
        return gregorian(year, month, leading(second)?);
    }
    let Some(year) = digits(first, 4..=4) else {
        // /19/05/2024/, where nothing else is possible
        let (day, month) = (digits(first, 1..=2)?, digits(second, 1..=2)?);
        let sure = day > 12 || day == month;
        return sure.then(|| gregorian(digits(third, 4..=4)?, month, day)).flatten();
    };
    if weeks && let Some(week) = week_number(second) {
        return week_day(year, week, 1);
    }
    // /2024/0519/
    if let Some(day) = digits(second, 4..=4).and_then(|both| gregorian(year, both / 100, both % 100)) {
        return Some(day);
    }
    let month = digits(second, 1..=2).or_else(|| month_word(second))?;
    gregorian(year, month, leading(third)?)
}

/// The day that stands in one part of a path: `2024-05-19`, `2024_05_19`, `20240519`; with `own` also what a file of one's own may have: a
/// week, a time after eight digits, `19-05-2024`.
fn in_name(name: &str, own: bool) -> Option<NaiveDate> {
    let bytes = name.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let is_free = |at: usize| at == 0 || !bytes[at - 1].is_ascii_alphanumeric();
    let starts = (0..bytes.len()).filter(|at| is_digit(*at) && (*at == 0 || !is_digit(at - 1)));
    starts.into_iter().find_map(|at| {
        let run = (at..bytes.len()).take_while(|at| is_digit(*at)).count();
        let text = &name[at..];
        match run {
            4 => dashed(text).or_else(|| week_in(text).filter(|_| own)),
            1 | 2 if own => day_first(text),
            8 if is_free(at) => eight(&text[..8]),
            14 if own && is_free(at) => eight(&text[..8]).filter(|_| is_time(&text[8..14])),
            _ => None,
        }
    })
}

/// `2024-05-19` with what follows it.
fn dashed(text: &str) -> Option<NaiveDate> {
    let sign = text[4..].chars().next().filter(|sign| "-_. ".contains(*sign))?;
    let mut parts = text.splitn(3, sign);
    let (year, month, rest) = (parts.next()?, parts.next()?, parts.next()?);
    gregorian(
        digits(year, 4..=4)?,
        digits(month, 2..=2)?,
        leading(rest).filter(|_| starts_with_two(rest))?,
    )
}

/// `19-05-2024` with what follows it, where nothing else is possible.
fn day_first(text: &str) -> Option<NaiveDate> {
    let sign = text.trim_start_matches(|c: char| c.is_ascii_digit()).chars().next()?;
    let mut parts = text.splitn(3, sign);
    let (day, month, rest) = (parts.next()?, parts.next()?, parts.next()?);
    let run = rest.bytes().take_while(u8::is_ascii_digit).count();
    let (day, month) = (digits(day, 1..=2)?, digits(month, 1..=2)?);
    let plain = "-_. ".contains(sign) && run == 4 && (day > 12 || day == month);
    plain
        .then(|| gregorian(digits(&rest[..4], 4..=4)?, month, day))
        .flatten()
}

/// `2024-W20`, `2024W20`, `2024_w20` with what follows it.
fn week_in(text: &str) -> Option<NaiveDate> {
    let rest = text[4..].trim_start_matches(['-', '_', ' ', '.']);
    let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
    week_day(digits(&text[..4], 4..=4)?, week_number(&rest[..end])?, 1)
}

/// The number in `W20`, `w5`, `week-20`, `semaine 20`.
fn week_number(name: &str) -> Option<u64> {
    let name = name.to_ascii_lowercase();
    let words = ["week", "semaine", "sem", "w"];
    let rest = words.iter().find_map(|word| name.strip_prefix(word))?;
    digits(rest.trim_start_matches(['-', '_', ' ', '.']), 1..=2)
}

/// A year and a month in one part: `2024-05`, `202405`.
fn year_and_month(name: &str) -> Option<(u64, u64)> {
    if let Some(both) = digits(name, 6..=6) {
        return Some((both / 100, both % 100))
            .filter(|(year, month)| (1990..2100).contains(year) && (1..=12).contains(month));
    }
    let (year, month) = name.split_once(['-', '_', '.'])?;
    Some((digits(year, 4..=4)?, digits(month, 1..=2)?))
}

/// A day of eight digits; its year must be one of the web.
fn eight(name: &str) -> Option<NaiveDate> {
    let value = digits(name, 8..=8)?;
    gregorian(value / 10_000, value / 100 % 100, value % 100).filter(|_| (1990..2100).contains(&(value / 10_000)))
}

/// Whether six digits are a time of day.
fn is_time(name: &str) -> bool {
    digits(name, 6..=6).is_some_and(|time| time / 10_000 < 24 && time / 100 % 100 < 60 && time % 100 < 60)
}

/// A day whose month is a word, `19 mai 2024`, or a Hijri one with its mark; numbers alone are read elsewhere.
fn in_words(name: &str) -> Option<NaiveDate> {
    let spaced = name.replace('_', " ");
    let tokens = tokens(super::head(&spaced));
    let tokens: Vec<&Token> = tokens.iter().collect();
    let readings = scan(&tokens, Habits::of(DayOrder::Undecided));
    let named = readings.into_iter().find(|reading| {
        tokens[reading.start..reading.end].iter().any(|token| {
            token
                .word()
                .and_then(meaning)
                .is_some_and(|word| word.is_month() || word.hijri_mark)
                || matches!(&token.kind, lexer::Kind::Word(word) if word == "年")
        })
    });
    named.filter(|reading| !reading.open).map(|reading| reading.day)
}

/// The month that a word names: `may`, `mai`.
fn month_word(name: &str) -> Option<u64> {
    let month = meaning(&lexer::fold_words(name))?.month;
    (month > 0).then_some(month.into())
}

/// The number that a text is, if it has this many digits and nothing else.
fn digits(text: &str, count: std::ops::RangeInclusive<usize>) -> Option<u64> {
    let plain = count.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

/// The one or two digits that a text begins with, no letter or digit after them: `19`, `19-title`, `19.html`, `19T10`.
fn leading(text: &str) -> Option<u64> {
    let run = text.bytes().take_while(u8::is_ascii_digit).count();
    let ends = match &text.as_bytes()[run..] {
        [b't' | b'T', next, ..] => next.is_ascii_digit(),
        [next, ..] => !next.is_ascii_alphabetic(),
        [] => true,
    };
    digits(&text[..run], 1..=2).filter(|_| ends)
}

/// Whether a text begins with two digits.
fn starts_with_two(text: &str) -> bool {
    text.bytes().take_while(u8::is_ascii_digit).count() == 2
}

/// A day of the Gregorian calendar.
fn gregorian(year: u64, month: u64, day: u64) -> Option<NaiveDate> {
    Calendar::Gregorian.day(year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(day: Option<NaiveDate>) -> String {
        day.map(|day| day.to_string()).unwrap_or_default()
    }

    #[test]
    fn days_in_addresses() {
        for url in [
            "https://e.org/2024/05/19/titre",
            "https://e.org/fr/2024/5/19/",
            "https://e.org/2024/05/19",
            "http://e.org/world/2024/may/19/title",
            "https://e.org/monde/2024/mai/19/titre",
            "https://e.org/english/2024-05/19/c_1310.htm",
            "https://e.org/n3/2024/0519/c900.html",
            "https://e.org/202405/19/a.html",
            "https://e.org/news/title-2024-05-19.html",
            "https://e.org/news/2024-05-19-title",
            "https://e.org/news/2024_05_19/a",
            "https://e.org/fr/titre-20240519",
            "https://e.org/20240519/a",
            "https://e.org/20240519_10.html",
            "https://e.org/19/05/2024/title",
            "https://e.org/2024/05/19.html?x=1999-01-01",
            "https://web.archive.org/web/20250101120000/https://e.org/2024/05/19/a",
            "e.org/2024/05/19/a",
            "/2024/05/19/a",
        ] {
            assert_eq!(shown(date_in_url(url)), "2024-05-19", "{url}");
        }
        assert_eq!(shown(date_in_url("https://e.org/1987/03/17/a.html")), "1987-03-17");
    }

    #[test]
    fn what_merely_looks_like_a_day_in_an_address() {
        for url in [
            "",
            "https://e.org/",
            "https://e.org/2024/05/",
            "https://e.org/2024/13/01/a",
            "https://e.org/2024/02/30/a",
            "https://e.org/9999/01/01/a",
            "https://e.org/0001/01/01/a",
            "https://2024-05-19.e.org/a",
            "https://e.org/a?date=2024-05-19",
            "https://e.org/a#2024-05-19",
            "https://e.org/article/20249999",
            "https://e.org/article/18240519",
            "https://e.org/article/120240519",
            "https://e.org/article/a20240519",
            "https://e.org/web/20240519102200/a",
            "https://e.org/03/04/2024/a",
            "https://e.org/2024/top-10",
            "https://e.org/2024/w20/a",
            "https://e.org/1.2.3.4/a",
            "https://e.org/2024/05/19th-century",
        ] {
            assert_eq!(shown(date_in_url(url)), "", "{url}");
        }
    }

    #[test]
    fn days_in_paths() {
        for (path, day) in [
            ("2024-05-19/a.txt", "2024-05-19"),
            ("2024/05/19/a.txt", "2024-05-19"),
            ("x/2024-05/19/a.txt", "2024-05-19"),
            ("x/20240519.txt", "2024-05-19"),
            ("x/20240519101500.gkg.csv", "2024-05-19"),
            ("x/20240519T101500.txt", "2024-05-19"),
            ("x/2024-05-19 0316-70d5a5.TXT", "2024-05-19"),
            ("x/2024.05.19.txt", "2024-05-19"),
            ("x/article du 19 mai 2024.txt", "2024-05-19"),
            ("x/article_19_mai_2024.txt", "2024-05-19"),
            ("x/19-05-2024.txt", "2024-05-19"),
            ("x/2024年5月19日.txt", "2024-05-19"),
            ("٢٠٢٤/19 مايو 2024/a.txt", "2024-05-19"),
            ("2024/W20/a.txt", "2024-05-13"),
            ("2024/week-20/a.txt", "2024-05-13"),
            ("2024-W20.txt", "2024-05-13"),
            ("a/2024W20/b.txt", "2024-05-13"),
            ("2024/semaine 20/a.txt", "2024-05-13"),
            ("2020-W53/a.txt", "2020-12-28"),
            ("2020-01-01/2024-05-19.txt", "2024-05-19"),
            ("2024-05-19/notes.txt/3.txt", "2024-05-19"),
        ] {
            assert_eq!(shown(date_in_path(path)), day, "{path}");
        }
    }

    #[test]
    fn what_is_no_day_in_a_path() {
        for path in [
            "",
            "/",
            "2024/a.txt",
            "2024-05/a.txt",
            "2024/05/a.txt",
            "2024/05/article.txt",
            "2024-13-01/a.txt",
            "2021-W53/a.txt",
            "03-04-2024.txt",
            "000_3a06f3b00d30a931.txt",
            "0272-37b96c.txt",
            "a20240519b.txt",
            "v1.2.2024/a.txt",
            "1234567.txt",
            "archive 2023-2024/a.txt",
            "page-1999-12-345.html",
            "W20/a.txt",
            "mai 2024.txt",
        ] {
            assert_eq!(shown(date_in_path(path)), "", "{path}");
        }
    }
}
