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

/// Reads every line of `reader`, which begins after `before` lines of its file, into `account`. An error of the reader ends it; the line that it
/// cut is dropped.
pub(crate) fn read(
    reader: &mut impl BufRead,
    before: u64,
    names: &Names,
    dating: &Dating<'_>,
    account: &mut Account<'_>,
) -> io::Result<()> {
    each_line(reader, before, |number, line| {
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
    let _ = each_line(reader, 0, |_, line| {
        if let Some(record) = line.as_deref().and_then(|line| parse_record(&names, line).ok()) {
            let day = order_evidence(record.get(Role::Date));
            if !day.is_empty() && !days.contains(day) {
                days.insert(day.to_owned());
            }
        }
    });
    days.into_iter().collect()
}

/// Some lines of a file, and where they lie.
#[derive(Debug)]
pub(crate) struct Lines {
    /// The lines with their ends.
    pub(crate) text: Vec<u8>,
    /// Lines before them.
    pub(crate) before: u64,
    /// The zero-based record of the first that is not blank.
    pub(crate) record: u32,
}

/// Hands out the lines of `reader` in blocks of about `size` bytes until `give` says false. An error of the reader ends it; the line that it cut is
/// dropped.
pub(crate) fn cut(reader: &mut impl BufRead, size: usize, give: &mut dyn FnMut(Lines) -> bool) -> io::Result<()> {
    let (mut line, mut record) = (0, 0);
    let mut block = Lines {
        text: Vec::new(),
        before: 0,
        record: 0,
    };
    loop {
        let start = block.text.len();
        let read = next_line(reader, &mut block.text);
        match &read {
            Ok(Some(fits)) => {
                line += 1;
                if !fits || record_in(&block.text[start..]).is_some() {
                    record += 1;
                }
                // A line that is too long is known by its missing end, so it must be the last.
                if *fits && block.text.len() < size {
                    continue;
                }
            }
            Ok(None) => {}
            Err(_) => block.text.truncate(start),
        }
        let next = Lines {
            text: Vec::with_capacity(block.text.len().min(2 * size)),
            before: line,
            record,
        };
        let block = std::mem::replace(&mut block, next);
        if !block.text.is_empty() && !give(block) {
            return Ok(());
        }
        if read?.is_none() {
            return Ok(());
        }
    }
}

/// What a line has of a record; `None` where it is blank. Lines cut out of a JSON array keep their comma.
fn record_in(line: &[u8]) -> Option<&[u8]> {
    let trimmed = line.trim_ascii();
    let trimmed = trimmed.strip_suffix(b",").unwrap_or(trimmed);
    (!trimmed.is_empty()).then_some(trimmed)
}

/// Calls `work` with the one-based number and the text of every line that is not blank, after `before` others; `None` is a line that is too long.
fn each_line(
    reader: &mut impl BufRead,
    before: u64,
    mut work: impl FnMut(u64, Option<Cow<'_, str>>),
) -> io::Result<()> {
    let mut number = before;
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
        if let Some(record) = record_in(&line) {
            work(number, Some(lossy(record)));
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
        read(&mut &bytes[..], 0, &names, &dating, &mut account).unwrap();
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
    fn blocks_hold_every_line_once_and_know_their_place() {
        let text = b"{\"a\":1}\n\n , \n{\"b\":2},\r\n[3]\n\n{\"c\":4}";
        let whole: Vec<&[u8]> = text.split_inclusive(|byte| *byte == b'\n').collect();
        for size in [1, 9, 20, 1000] {
            let (mut all, mut line, mut record) = (Vec::new(), 0, 0);
            cut(&mut &text[..], size, &mut |block| {
                assert_eq!((block.before, block.record), (line, record), "blocks of {size}");
                let lines = block.text.split_inclusive(|byte| *byte == b'\n');
                for own in lines {
                    line += 1;
                    record += u32::from(record_in(own).is_some());
                    all.push(own.to_vec());
                }
                true
            })
            .unwrap();
            assert_eq!(all, whole, "blocks of {size}");
            assert_eq!((line, record), (7, 4));
        }
    }

    #[test]
    fn a_cut_that_ends_early_gives_no_more() {
        let mut blocks = 0;
        cut(&mut &b"1\n2\n3\n"[..], 1, &mut |_| {
            blocks += 1;
            blocks < 2
        })
        .unwrap();
        assert_eq!(blocks, 2);
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
