//! One table as a sheet: the same values, cell by cell, as its CSV file is written from.
//!
//! In: values, in the order of columns and rows. Out: a worksheet whose rows lie in a temporary file, so that a table of any length takes no
//! memory. Text is written as text and never as a formula. A table that is longer or wider than a sheet may be has no sheet: a part of it
//! would add up to wrong sums.

use std::path::Path;

use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::{Format, Note, Worksheet, XlsxError};

use super::{FILE, looks};
use crate::error::Error;
use crate::model::language::Language;
use crate::render::tables::csv::write_value;
use crate::render::tables::define::{Head, Schema, Value};
use crate::settings::CsvDialect;

/// A sheet has so many rows, the header among them.
const ROWS: u32 = 1_048_576;
/// A sheet of evidence has no more rows than this: beyond it the workbook gets too heavy to open.
const EVIDENCE_ROWS: u32 = 100_001;
/// A sheet has so many columns.
const COLUMNS: usize = 16_384;
/// A cell holds so many UTF-16 units of text.
const TEXT: usize = 32_767;
/// So many rows decide how wide a column is.
const MEASURED: u32 = 200;
/// The narrowest and the widest column, in characters.
const WIDTHS: (usize, usize) = (8, 52);
/// The first day that Excel and all other spreadsheets count alike, and the day before their day 1 as it follows from there.
const FIRST_DAY: (NaiveDate, NaiveDate) = (day(1900, 3, 1), day(1899, 12, 30));

/// A day that is there.
const fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("the day is in the calendar")
}

/// A sheet that is being written.
pub(crate) struct Page {
    /// The rows.
    sheet: Worksheet,
    /// The table's place in the report.
    path: String,
    /// What the sheet is called.
    name: String,
    /// The ids of its columns.
    columns: Vec<String>,
    /// The language that entities are named in.
    language: Language,
    /// How many rows there are, the header among them.
    rows: u32,
    /// Whether the table is too long or too wide.
    is_too_large: bool,
    /// The widest cell of each column among the first rows, in characters.
    widths: Vec<usize>,
    /// Cells whose text was cut.
    cut: u64,
    /// The format of text that is no formula.
    quoted: Format,
    /// The format of what has no number.
    unbounded: Format,
    /// A number as the CSV file writes it; kept so that its memory is used again.
    number: String,
}

/// What stopped the writing of the workbook.
pub(super) fn wrong(error: &XlsxError) -> Error {
    Error::report(Path::new(FILE), error)
}

/// The number of a column.
fn number(column: usize) -> u16 {
    u16::try_from(column).unwrap_or(u16::MAX)
}

impl Page {
    /// Begins a sheet with its header and the notes that say what each column means.
    pub(super) fn begin(mut sheet: Worksheet, name: &str, schema: &Schema, language: Language) -> Result<Self, Error> {
        let (heads, is_wide) = (&schema.heads, schema.path.starts_with("tables/wide/"));
        let right = language == Language::AR;
        let is_too_large = heads.len() > COLUMNS;
        let mut widths = Vec::new();
        sheet.set_name(name).map_err(|error| wrong(&error))?;
        sheet.set_right_to_left(right);
        if !is_too_large {
            let style = looks::head();
            for (column, head) in heads.iter().enumerate() {
                let shown = head
                    .names
                    .as_ref()
                    .map_or(&*head.name, |names| names.in_language(language));
                widths.push(shown.chars().count() + 3);
                let column = number(column);
                sheet
                    .set_column_format(column, &looks::column(head, right))
                    .and_then(|sheet| sheet.write_string_with_format(0, column, shown, &style))
                    .and_then(|sheet| sheet.insert_note(0, column, &note(head)))
                    .map_err(|error| wrong(&error))?;
            }
            sheet
                .set_freeze_panes(1, u16::from(is_wide))
                .and_then(|sheet| sheet.set_row_height(0, 20))
                .map_err(|error| wrong(&error))?;
            sheet.set_landscape().set_print_fit_to_pages(1, 0);
            sheet.set_repeat_rows(0, 0).map_err(|error| wrong(&error))?;
        }
        Ok(Self {
            sheet,
            path: schema.path.clone(),
            name: name.to_owned(),
            columns: heads.iter().map(|head| head.name.clone().into_owned()).collect(),
            language,
            rows: 1,
            is_too_large,
            widths,
            cut: 0,
            quoted: looks::quoted(right),
            unbounded: looks::unbounded(),
            number: String::new(),
        })
    }

    /// Writes a cell of the row in hand.
    pub(crate) fn write(&mut self, column: usize, value: &Value<'_>) -> Result<(), Error> {
        if self.is_too_large {
            return Ok(());
        }
        match value {
            Value::Text(text) => self.text(column, text),
            Value::Name(names) => self.text(column, names.in_language(self.language)),
            Value::Integer(_) | Value::Decimal(_) | Value::Significant(_) | Value::Flag(_) => {
                self.figure(column, value)
            }
            Value::Date(day) if *day >= FIRST_DAY.0 && day.year() <= 9999 => {
                self.fits(column, 10);
                let days = i32::try_from((*day - FIRST_DAY.1).num_days()).unwrap_or(i32::MAX);
                let written = self.sheet.write_number(self.rows, number(column), days);
                written.map(|_| ()).map_err(|error| wrong(&error))
            }
            Value::Date(day) => self.text(column, &day.to_string()),
            Value::Missing => Ok(()),
        }
    }

    /// Ends the row in hand.
    pub(crate) fn end_row(&mut self) {
        self.rows = self.rows.saturating_add(1);
        let most = if self.path.starts_with("evidence/") {
            EVIDENCE_ROWS
        } else {
            ROWS
        };
        self.is_too_large |= self.rows >= most;
    }

    /// Writes text; nothing where there is none.
    fn text(&mut self, column: usize, text: &str) -> Result<(), Error> {
        if text.is_empty() {
            return Ok(());
        }
        if self.rows <= MEASURED {
            self.fits(column, text.chars().take(WIDTHS.1).count());
        }
        let short;
        let text = if text.len() > TEXT && text.encode_utf16().count() > TEXT {
            self.cut += 1;
            short = cut(text);
            &short
        } else {
            text
        };
        let (row, place) = (self.rows, number(column));
        let written = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
            self.sheet.write_string_with_format(row, place, text, &self.quoted)
        } else {
            self.sheet.write_string(row, place, text)
        };
        written.map(|_| ()).map_err(|error| wrong(&error))
    }

    /// Writes the number that the CSV file shows, so that both hold the same; what has no bound is text there and here.
    fn figure(&mut self, column: usize, value: &Value<'_>) -> Result<(), Error> {
        self.number.clear();
        write_value(&mut self.number, value, CsvDialect::Plain);
        let (row, place) = (self.rows, number(column));
        let written = match self.number.parse::<f64>() {
            Ok(figure) if figure.is_finite() => self.sheet.write_number(row, place, figure),
            _ if self.number.is_empty() => return Ok(()),
            _ => self
                .sheet
                .write_string_with_format(row, place, &self.number, &self.unbounded),
        };
        written.map_err(|error| wrong(&error))?;
        self.fits(column, self.number.len());
        Ok(())
    }

    /// Makes the column wide enough for so many characters.
    fn fits(&mut self, column: usize, characters: usize) {
        if let Some(width) = self.widths.get_mut(column) {
            *width = (*width).max(characters + 2);
        }
    }

    /// The sheet with its filters and the widths of its columns; `None` where the table is too large for one.
    pub(super) fn finish(mut self) -> (Finished, Option<Worksheet>) {
        let done = Finished {
            path: self.path,
            name: self.name,
            columns: self.columns,
            rows: self.rows - 1,
            cut: self.cut,
        };
        if self.is_too_large {
            return (done, None);
        }
        for (column, width) in self.widths.iter().enumerate() {
            let width = u32::try_from((*width).clamp(WIDTHS.0, WIDTHS.1)).unwrap_or(u32::MAX);
            let set = self.sheet.set_column_width(number(column), width);
            debug_assert!(set.is_ok(), "the width and the number of the column are in bounds");
        }
        if let Some(last) = self.widths.len().checked_sub(1) {
            let set = self.sheet.autofilter(0, 0, self.rows - 1, number(last));
            debug_assert!(set.is_ok(), "the rows and columns are in bounds");
        }
        (done, Some(self.sheet))
    }
}

/// A sheet that is complete, or left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Finished {
    /// The table's place in the report.
    pub(super) path: String,
    /// What the sheet is called.
    pub(super) name: String,
    /// The ids of its columns.
    pub(super) columns: Vec<String>,
    /// Its rows, the header left out; of a table that was left out, those that were seen.
    pub(super) rows: u32,
    /// Cells whose text was cut.
    pub(super) cut: u64,
}

/// What a column means, as `datapackage.json` tells it.
fn note(head: &Head) -> Note {
    let mut text = head.description.clone().into_owned();
    if head.names.is_some() {
        text = format!("{}: {text}", head.name);
    }
    if !head.unit.is_empty() {
        text = format!("{text} [{}]", head.unit);
    }
    let lines = u32::try_from(text.chars().count() / 38 + 1).unwrap_or(u32::MAX);
    Note::new(text)
        .set_author("marsad")
        .add_author_prefix(false)
        .set_width(240)
        .set_height((lines.saturating_mul(15) + 8).min(300))
}

/// As much of `text` as a cell holds, with `…` at its end.
fn cut(text: &str) -> String {
    let mut units = 0;
    let kept = text.chars().take_while(|sign| {
        units += sign.len_utf16();
        units < TEXT
    });
    kept.chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_cut_at_what_a_cell_holds_and_never_within_a_character() {
        let short = cut(&"a".repeat(40_000));
        assert_eq!(short.encode_utf16().count(), TEXT);
        assert!(short.ends_with("a…"));
        let wide = cut(&"😀".repeat(20_000));
        assert_eq!(wide.encode_utf16().count(), TEXT);
        assert!(wide.ends_with("😀…"));
    }
}
