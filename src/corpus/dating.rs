//! Gives a document its day. Clues in (field, metadata, address, first lines, path), a day with its method and remark out.
//!
//! The order of the clues is that of [`DateMethod`]. How a single clue is read is the business of [`super::date`]; here it is decided which
//! one is believed. Neither the file's time stamp nor today is ever a clue.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use chrono::{DateTime, NaiveDate};
use chrono_tz::Tz;

use super::date::{DayOrder, date_in_path, date_in_text, date_in_url, day_order, is_order_dependent, read_date};
use crate::model::document::{DateMethod, Document};

/// How much of a body counts as its first lines.
const FIRST_LINES: usize = 600;

/// Where dates of one document were found, beside its own address, text and path.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Clues<'a> {
    /// The value of a date field; empty where there is none.
    pub(crate) field: &'a str,
    /// Values of a page's metadata, the surest first.
    pub(crate) metadata: &'a [String],
    /// Lines of the page beside the article, such as `Published on …`.
    pub(crate) beside: &'a str,
    /// A remark on the first metadata value.
    pub(crate) remark: &'a str,
}

/// How the dates of one file are read.
pub(crate) struct Dating<'a> {
    /// The zone that decides the day of a time stamp with an offset.
    zone: Tz,
    /// All date values of the file, asked for only when a value can be read as dd/mm and as mm/dd.
    values: &'a dyn Fn() -> Vec<String>,
    /// What is known of the file.
    known: Arc<Known>,
}

/// What was found out about the dates of one file. Those who read parts of one file share it, and it is the same whichever part comes first.
#[derive(Debug, Default)]
pub(crate) struct Known {
    /// The order of day and month in this file, once it was needed.
    order: OnceLock<DayOrder>,
    /// The date in the file's path, once it was needed.
    path: OnceLock<Option<NaiveDate>>,
    /// Whether a day was placed first without evidence.
    assumed: AtomicBool,
}

impl Known {
    /// A remark on the file as a whole, once all of it was read; empty where there is nothing to say.
    pub(crate) fn note(&self) -> &'static str {
        if self.assumed.load(Ordering::Relaxed) {
            "day first assumed: the dates of the file do not tell dd/mm from mm/dd"
        } else {
            ""
        }
    }
}

impl<'a> Dating<'a> {
    /// For a file whose date fields `values` lists.
    pub(crate) fn new(zone: Tz, values: &'a dyn Fn() -> Vec<String>) -> Self {
        Self::of_part(zone, values, Arc::default())
    }

    /// For a part of a file of which something is `known`.
    pub(crate) fn of_part(zone: Tz, values: &'a dyn Fn() -> Vec<String>, known: Arc<Known>) -> Self {
        Self { zone, values, known }
    }

    /// A remark on the file as a whole; empty where there is nothing to say.
    pub(crate) fn note(&self) -> &'static str {
        self.known.note()
    }

    /// Dates `document` by the first clue that can be read.
    pub(crate) fn date(&self, document: &mut Document, clues: &Clues<'_>) {
        let mut note = String::new();
        let (date, method) = self.find(document, clues, &mut note);
        document.date = date;
        document.date_method = method;
        document.date_note = note;
    }

    /// The day, where it was found, and a remark.
    fn find(&self, document: &Document, clues: &Clues<'_>, note: &mut String) -> (Option<NaiveDate>, DateMethod) {
        if let Some(day) = self.read(clues.field, note) {
            return (Some(day), DateMethod::Field);
        }
        for (place, value) in clues.metadata.iter().enumerate() {
            if let Some(day) = self.read(value, note) {
                if place == 0 && !clues.remark.is_empty() {
                    clues.remark.clone_into(note);
                }
                return (Some(day), DateMethod::Metadata);
            }
        }
        if let Some(day) = date_in_url(&document.url) {
            return (Some(day), DateMethod::Url);
        }
        let head = first_lines(&document.body);
        for lines in [clues.beside, head] {
            if let Some(day) = Some(lines)
                .filter(|lines| !lines.is_empty())
                .and_then(|lines| date_in_text(lines, document.language))
            {
                return (Some(day), DateMethod::Text);
            }
        }
        match self.known.path.get_or_init(|| date_in_path(&document.file)) {
            Some(day) => (Some(*day), DateMethod::Path),
            None => (None, DateMethod::None),
        }
    }

    /// Reads one value, and says in `note` what is doubtful about it.
    fn read(&self, value: &str, note: &mut String) -> Option<NaiveDate> {
        let value = value.trim();
        if value.is_empty() {
            return None;
        }
        let undecided = is_order_dependent(value);
        let order = if undecided {
            *self.known.order.get_or_init(|| self.evidence())
        } else {
            DayOrder::Undecided
        };
        let day = read_epoch(value, self.zone).or_else(|| read_date(value, order, self.zone));
        if day.is_none() {
            let shown: String = value.chars().take(60).collect();
            *note = format!("date not understood: {shown}");
        } else if undecided && matches!(order, DayOrder::Undecided) {
            self.known.assumed.store(true, Ordering::Relaxed);
            *note = format!("day first assumed: {value}");
        } else {
            note.clear();
        }
        day
    }

    /// What the dates of the file say of their order.
    fn evidence(&self) -> DayOrder {
        let values = (self.values)();
        day_order(values.iter().map(String::as_str))
    }
}

/// A time stamp in seconds or milliseconds since 1970, as JSON exports give it.
fn read_epoch(value: &str, zone: Tz) -> Option<NaiveDate> {
    let digits = value
        .split('.')
        .next()
        .filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
    let number: i64 = digits.parse().ok()?;
    let seconds = match digits.len() {
        9 | 10 => number,
        // 202405191022 is a minute written out, and as milliseconds a day of 1976.
        12 if matches!(number / 10_000_000_000, 19 | 20) => return None,
        12 | 13 => number / 1000,
        _ => return None,
    };
    DateTime::from_timestamp(seconds, 0).map(|time| time.with_timezone(&zone).date_naive())
}

/// The beginning of a text, up to a whole character.
fn first_lines(text: &str) -> &str {
    &text[..text.floor_char_boundary(FIRST_LINES)]
}

/// The part of a date value that tells the order of day and month: its first word. Many time stamps of one day share it.
pub(crate) fn order_evidence(value: &str) -> &str {
    value.trim().split([' ', 'T', ',']).next().unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dated(values: &[&str], document: Document, clues: &Clues<'_>) -> (Option<String>, DateMethod, String) {
        let all = || values.iter().map(ToString::to_string).collect();
        let dating = Dating::new(chrono_tz::UTC, &all);
        let mut document = document;
        dating.date(&mut document, clues);
        (
            document.date.map(|day| day.to_string()),
            document.date_method,
            document.date_note,
        )
    }

    fn field(value: &str) -> Clues<'_> {
        Clues {
            field: value,
            ..Clues::default()
        }
    }

    #[test]
    fn clues_are_believed_in_their_order() {
        let page = || Document {
            url: "https://e.org/2024/05/19/x".into(),
            file: "2020-01-02/a.txt".into(),
            ..Document::default()
        };
        let metadata = ["2024-05-20T10:00:00Z".to_owned()];
        let clues = Clues {
            metadata: &metadata,
            ..Clues::default()
        };
        assert_eq!(dated(&[], page(), &clues).1, DateMethod::Metadata);
        assert_eq!(
            dated(
                &[],
                page(),
                &Clues {
                    field: "2024-05-21",
                    ..clues
                }
            )
            .0
            .as_deref(),
            Some("2024-05-21")
        );
        assert_eq!(
            dated(&[], page(), &Clues::default()),
            (Some("2024-05-19".into()), DateMethod::Url, String::new())
        );
        let bare = Document {
            url: String::new(),
            ..page()
        };
        assert_eq!(
            dated(&[], bare, &Clues::default()),
            (Some("2020-01-02".into()), DateMethod::Path, String::new())
        );
        assert_eq!(
            dated(&[], Document::default(), &Clues::default()),
            (None, DateMethod::None, String::new())
        );
    }

    #[test]
    fn a_field_that_cannot_be_read_is_told() {
        let (day, method, note) = dated(&[], Document::default(), &field("soon"));
        assert_eq!(
            (day, method, note.as_str()),
            (None, DateMethod::None, "date not understood: soon")
        );
    }

    #[test]
    fn the_file_decides_between_day_and_month() {
        let read = |values: &[&str]| dated(values, Document::default(), &field("03/04/2024"));
        assert_eq!(
            read(&["03/04/2024", "25/04/2024"]),
            (Some("2024-04-03".into()), DateMethod::Field, String::new())
        );
        assert_eq!(read(&["03/04/2024", "04/25/2024"]).0.as_deref(), Some("2024-03-04"));
        let (day, _, note) = read(&["03/04/2024"]);
        assert_eq!(
            (day.as_deref(), note.as_str()),
            (Some("2024-04-03"), "day first assumed: 03/04/2024")
        );
    }

    #[test]
    fn numbers_are_time_stamps_in_the_zone() {
        assert_eq!(
            read_epoch("1438905600", chrono_tz::UTC).unwrap().to_string(),
            "2015-08-07"
        );
        assert_eq!(
            read_epoch("1438905599000", chrono_tz::UTC).unwrap().to_string(),
            "2015-08-06"
        );
        assert_eq!(
            read_epoch("1438905599", chrono_tz::Africa::Tunis).unwrap().to_string(),
            "2015-08-07"
        );
        assert_eq!(read_epoch("20150807", chrono_tz::UTC), None);
        assert_eq!(read_epoch("201508071022", chrono_tz::UTC), None);
    }

    #[test]
    fn the_evidence_of_a_time_stamp_is_its_day() {
        assert_eq!(order_evidence(" 12/3/2024 14:05"), "12/3/2024");
    }
}
