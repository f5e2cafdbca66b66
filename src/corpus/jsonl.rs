//! Reads JSON Lines of any size, one line at a time.
//!
//! A stream of UTF-8 in, documents and skips out. A line that is no record is a skip with its number; the others are read. Only one line is
//! held, and a line has at most [`LONGEST`] bytes.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io::{self, BufRead};

use super::account::Account;
use super::dating::{Dating, order_evidence};
use super::encoding::lossy;
use super::fields::{Names, Role};
use super::json::parse_record;
use crate::model::skip::SkipReason;

/// The longest line that is read: longer ones are no articles.
const LONGEST: usize = 256 << 20;

/// Reads every line of `reader` into `account`. An error of the reader ends it; the line that it cut is dropped.
pub(crate) fn read(
    reader: &mut impl BufRead,
    names: &Names,
    dating: &Dating<'_>,
    account: &mut Account<'_>,
) -> io::Result<()> {
    each_line(reader, |number, line| {
        let place = account.next_record();
        let made = match line {
            None => Err((
                SkipReason::Malformed,
                format!("the line is longer than {} MB", LONGEST >> 20),
            )),
            Some(line) => match parse_record(names, &line) {
                Ok(record) => record.into_document(&account.file, place, dating),
                Err(detail) => Err((SkipReason::Malformed, detail)),
            },
        };
        account.record(made, place, Some(number));
    })
}

/// The different days that the records of `reader` give, in short. Trouble ends the list; it is told when the file is read.
pub(crate) fn dates(reader: &mut impl BufRead, names: &Names) -> Vec<String> {
    let names = names.only_dates();
    let mut days = BTreeSet::new();
    let _ = each_line(reader, |_, line| {
        if let Some(record) = line.as_deref().and_then(|line| parse_record(&names, line).ok()) {
            let day = order_evidence(record.get(Role::Date));
            if !day.is_empty() && !days.contains(day) {
                days.insert(day.to_owned());
            }
        }
    });
    days.into_iter().collect()
}

/// Calls `work` with the one-based number and the text of every line that is not blank; `None` is a line that is too long.
fn each_line(reader: &mut impl BufRead, mut work: impl FnMut(u64, Option<Cow<'_, str>>)) -> io::Result<()> {
    let mut number = 0;
    let mut line = Vec::new();
    loop {
        line.clear();
        let Some(fits) = next_line(reader, &mut line)? else {
            return Ok(());
        };
        number += 1;
        if !fits {
            work(number, None);
            continue;
        }
        // Lines cut out of a JSON array keep their comma.
        let trimmed = line.trim_ascii();
        let trimmed = trimmed.strip_suffix(b",").unwrap_or(trimmed);
        if !trimmed.is_empty() {
            work(number, Some(lossy(trimmed)));
        }
    }
}

/// Reads one line into `line`: `None` at the end, else whether it was short enough to be kept.
fn next_line(reader: &mut impl BufRead, line: &mut Vec<u8>) -> io::Result<Option<bool>> {
    let count = io::Read::take(&mut *reader, LONGEST as u64).read_until(b'\n', line)?;
    let fits = line.last() == Some(&b'\n') || count < LONGEST;
    if !fits {
        reader.skip_until(b'\n')?;
    }
    Ok((count > 0).then_some(fits))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::model::document::Document;
    use crate::model::input::Input;
    use crate::model::skip::Skip;

    fn run(bytes: &[u8]) -> (Input, Vec<Result<Document, Skip>>) {
        let mut out = Vec::new();
        let mut emit = |it| out.push(it);
        let mut account = Account::new(&"a.jsonl".into(), 0, &mut emit);
        let names = Names::new(&BTreeMap::new());
        let values = || dates(&mut &bytes[..], &names);
        let dating = Dating::new(chrono_tz::UTC, &values);
        read(&mut &bytes[..], &names, &dating, &mut account).unwrap();
        let input = account.close();
        (input, out)
    }

    #[test]
    fn bad_lines_are_told_with_record_and_line() {
        let (input, out) = run(b"{\"title\":\"a\"}\n\n{bad\r\n{\"title\":\"b\"},\n[1]\n{\"x\":1}");
        assert_eq!((input.documents, input.skipped), (2, 3));
        let places: Vec<_> = out
            .iter()
            .map(|it| match it {
                Ok(document) => (document.record, None, None),
                Err(skip) => (skip.record.unwrap(), skip.line, Some(skip.reason)),
            })
            .collect();
        assert_eq!(
            places,
            [
                (0, None, None),
                (1, Some(3), Some(SkipReason::Malformed)),
                (2, None, None),
                (3, Some(5), Some(SkipReason::Malformed)),
                (4, Some(6), Some(SkipReason::NoText)),
            ]
        );
    }

    #[test]
    fn one_later_line_decides_between_day_and_month_for_all() {
        let (_, out) =
            run(b"{\"title\":\"a\",\"date\":\"03/04/2024\"}\n{\"title\":\"b\",\"date\":\"04/13/2024 10:00\"}\n");
        let days: Vec<_> = out
            .iter()
            .map(|it| it.as_ref().unwrap().date.unwrap().to_string())
            .collect();
        assert_eq!(days, ["2024-03-04", "2024-04-13"]);
    }

    #[test]
    fn bytes_that_are_no_utf_8_are_counted_in_their_record_only() {
        let mut bytes = b"{\"title\":\"a\",\"text\":\"".to_vec();
        bytes.extend([0xff, 0xfe, 0xc3]);
        bytes.extend(b"\"}\n{\"title\":\"b\"}\n");
        let (input, out) = run(&bytes);
        assert_eq!((input.documents, input.skipped), (1, 1));
        assert!(matches!(&out[0], Err(skip) if skip.reason == SkipReason::Encoding && skip.line == Some(1)));
    }
}
