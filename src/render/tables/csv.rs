//! How a table becomes CSV, in each dialect.
//!
//! In: a [`Table`] and its rows, one at a time. Out: one file of the report, hashed as it is written.
//!
//! | dialect | mark | delimiter | decimals |
//! |---|---|---|---|
//! | `plain` | none | `,` | `.` |
//! | `excel` | byte-order mark | `,` | `.` |
//! | `fr` | byte-order mark | `;` | `,` |
//!
//! All three are UTF-8 with a header, quote only what needs quotes and end lines with CR LF, as RFC 4180 has it. Empty is not known.
//! What has no bound is `INF`, as Table Schema has it.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;

use csv::{ByteRecord, Terminator, Writer, WriterBuilder};

use super::define::{Schema, Table, Value};
use crate::error::Error;
use crate::model::language::Language;
use crate::render::output::{Block, HashMark, Output, Written};
use crate::render::workbook::page::Page;
use crate::settings::CsvDialect;

/// So many bytes of a table are held in memory before they are written.
const FULL: usize = 1 << 16;

/// What a spreadsheet takes for the beginning of a formula.
const RUN: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// The byte-order mark that tells Excel a file is UTF-8.
const MARK: &[u8] = "\u{feff}".as_bytes();

/// Whether the files of a dialect begin with a byte-order mark.
pub(crate) const fn has_mark(dialect: CsvDialect) -> bool {
    matches!(dialect, CsvDialect::Excel | CsvDialect::Fr)
}

/// What stands between two cells.
pub(crate) const fn delimiter(dialect: CsvDialect) -> char {
    if matches!(dialect, CsvDialect::Fr) { ';' } else { ',' }
}

/// What stands before the decimals of a number.
pub(crate) const fn decimal_mark(dialect: CsvDialect) -> char {
    if matches!(dialect, CsvDialect::Fr) { ',' } else { '.' }
}

/// Rows become text here, in memory; any thread may do it.
pub(crate) struct Composer<'f, R> {
    /// What is written.
    table: Table<'f, R>,
    /// How.
    dialect: CsvDialect,
    /// What was written since the last [`Composer::take`].
    writer: Writer<Vec<u8>>,
    /// The row in hand; kept so that its memory is used again, and its first cells for a row that repeats them.
    record: ByteRecord,
    /// The cell in hand, likewise.
    cell: String,
    /// Rows since the last [`Composer::take`].
    rows: u64,
    /// So many of the first columns a row may repeat of the one before.
    repeated: usize,
}

/// Some rows as they stand in the file.
pub(crate) struct Lines {
    /// The text.
    pub(crate) bytes: Vec<u8>,
    /// How many there are.
    pub(crate) rows: u64,
    /// Whether the file that the [marks](Sheet::resume) are of has them at the same place.
    pub(crate) is_known: bool,
}

impl<'f, R> Composer<'f, R> {
    /// Nothing written yet.
    pub(crate) fn new(table: Table<'f, R>, dialect: CsvDialect) -> Self {
        Self {
            table,
            dialect,
            writer: writer(dialect, Vec::new()),
            record: ByteRecord::new(),
            cell: String::new(),
            rows: 0,
            repeated: 0,
        }
    }

    /// The same where rows may repeat the first `columns` cells of the one before.
    pub(crate) fn repeating(self, columns: usize) -> Self {
        Self {
            repeated: columns,
            ..self
        }
    }

    /// Writes the header.
    fn push_names(&mut self) -> Result<(), Error> {
        let names = self.table.schema.heads.iter().map(|head| head.name.as_bytes());
        let written = self.writer.write_record(names);
        written.map_err(|error| self.error(&error))
    }

    /// Writes one row, and into `page` too.
    pub(crate) fn push(&mut self, row: &R, page: Option<&mut Page>) -> Result<(), Error> {
        self.record.clear();
        self.fill(row, page)
    }

    /// Writes one row whose [repeated](Composer::repeating) cells are those of the row before; where there is none since the last [`Composer::take`], it is
    /// written whole.
    pub(crate) fn push_repeating(&mut self, row: &R) -> Result<(), Error> {
        self.record.truncate(self.repeated);
        self.fill(row, None)
    }

    /// Writes one row whose first cells are in hand.
    fn fill(&mut self, row: &R, mut page: Option<&mut Page>) -> Result<(), Error> {
        for (column, find) in self.table.find.iter().enumerate().skip(self.record.len()) {
            let value = find(row);
            match &value {
                Value::Text(text) if is_harmless(text) => self.record.push_field(text.as_bytes()),
                _ => {
                    self.cell.clear();
                    write_value(&mut self.cell, &value, self.dialect);
                    self.record.push_field(self.cell.as_bytes());
                }
            }
            if let Some(page) = page.as_deref_mut() {
                page.write(column, &value)?;
            }
        }
        self.rows += 1;
        let written = self.writer.write_byte_record(&self.record);
        written.map_err(|error| self.error(&error))
    }

    /// The error of this table.
    fn error(&self, what: &csv::Error) -> Error {
        Error::report(Path::new(&self.table.schema.path), what)
    }

    /// The rows since this was last asked.
    pub(crate) fn take(&mut self) -> Lines {
        let room = self.writer.get_ref().capacity();
        let full = std::mem::replace(&mut self.writer, writer(self.dialect, Vec::with_capacity(room)));
        self.record.clear();
        Lines {
            bytes: full.into_inner().expect("memory takes all that is written"),
            rows: std::mem::take(&mut self.rows),
            is_known: false,
        }
    }
}

/// Writes the cells of a dialect to `out`.
fn writer<W: std::io::Write>(dialect: CsvDialect, out: W) -> Writer<W> {
    WriterBuilder::new()
        .delimiter(u8::try_from(delimiter(dialect)).unwrap_or(b','))
        .terminator(Terminator::CRLF)
        .from_writer(out)
}

/// A table that is being written.
pub(crate) struct Sheet<'f, R> {
    /// Its rows.
    composer: Composer<'f, R>,
    /// Where.
    output: Output,
    /// Rows written so far.
    rows: u64,
    /// The same table in the workbook, where there is one.
    page: Option<Page>,
}

impl<'f, R> Sheet<'f, R> {
    /// Begins the file with its mark and its header. Every row goes to `page` too.
    pub(crate) fn begin(
        mut output: Output,
        table: Table<'f, R>,
        dialect: CsvDialect,
        page: Option<Page>,
    ) -> Result<Self, Error> {
        if has_mark(dialect) {
            output.write_all(MARK).map_err(|error| output.error(&error))?;
        }
        let mut composer = Composer::new(table, dialect);
        composer.push_names()?;
        Ok(Self {
            composer,
            output,
            rows: 0,
            page,
        })
    }

    /// Writes one row.
    pub(crate) fn push(&mut self, row: &R) -> Result<(), Error> {
        self.composer.push(row, self.page.as_mut())?;
        if let Some(page) = &mut self.page {
            page.end_row();
        }
        if self.composer.writer.get_ref().len() >= FULL {
            self.write_out()?;
        }
        Ok(())
    }

    /// Whether its rows go to the workbook too, and so cannot come as lines.
    pub(crate) fn has_page(&self) -> bool {
        self.page.is_some()
    }

    /// Says that the rows shall be, up to the last of these marks, those of the file that they are of: rows that are known follow.
    pub(crate) fn resume(&mut self, marks: Vec<HashMark>) -> Result<(), Error> {
        self.write_out()?;
        self.output.resume(marks);
        Ok(())
    }

    /// Writes rows that are text already.
    pub(crate) fn push_lines(&mut self, lines: Lines) -> Result<(), Error> {
        debug_assert!(!self.has_page(), "the workbook would lack these rows");
        self.write_out()?;
        self.put(lines)
    }

    /// Has a thread of its own hash the lines of [`Sheet::push_lines`].
    pub(crate) fn hash_apart(&mut self) {
        self.output.hash_apart();
    }

    /// Writes what is in memory.
    fn write_out(&mut self) -> Result<(), Error> {
        let lines = self.composer.take();
        if lines.bytes.is_empty() {
            Ok(())
        } else {
            self.put(lines)
        }
    }

    /// Writes lines.
    fn put(&mut self, lines: Lines) -> Result<(), Error> {
        self.rows += lines.rows;
        self.output.put(if lines.is_known {
            Block::Known(lines.bytes)
        } else {
            Block::New(lines.bytes)
        })
    }

    /// Ends the file.
    pub(crate) fn finish(mut self) -> Result<Finished, Error> {
        self.write_out()?;
        Ok(Finished {
            written: self.output.finish()?,
            described: Described {
                schema: self.composer.table.schema,
                rows: self.rows,
            },
            page: self.page,
        })
    }
}

/// A table that is complete.
pub(crate) struct Finished {
    /// Its file.
    pub(crate) written: Written,
    /// What it means.
    pub(crate) described: Described,
    /// The same in the workbook, where there is one.
    pub(crate) page: Option<Page>,
}

/// A table that was written: what it means and how long it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Described {
    /// Its name and its columns.
    pub(crate) schema: Schema,
    /// Its rows, the header left out.
    pub(crate) rows: u64,
}

/// Appends a cell as `dialect` writes it, before any quotes.
pub(crate) fn write_value(out: &mut String, value: &Value<'_>, dialect: CsvDialect) {
    let start = out.len();
    let done = match value {
        Value::Text(text) => {
            write_text(out, text);
            return;
        }
        Value::Name(names) => {
            write_text(out, names.in_language(Language::EN));
            return;
        }
        Value::Integer(count) => write!(out, "{count}"),
        Value::Decimal(number) if number.is_finite() => write!(out, "{:.6}", number + 0.0),
        Value::Significant(number) if number.is_finite() => write_significant(out, *number),
        Value::Decimal(number) | Value::Significant(number) if number.is_nan() => Ok(()),
        Value::Decimal(number) | Value::Significant(number) => {
            write!(out, "{}", if *number > 0.0 { "INF" } else { "-INF" })
        }
        Value::Date(day) => write!(out, "{day}"),
        Value::Flag(yes) => write!(out, "{}", u8::from(*yes)),
        Value::Missing => Ok(()),
    };
    debug_assert!(done.is_ok(), "writing to a string cannot fail");
    let is_number = matches!(value, Value::Decimal(_) | Value::Significant(_));
    if is_number && decimal_mark(dialect) != '.' {
        let changed = out[start..].replace('.', &decimal_mark(dialect).to_string());
        out.truncate(start);
        out.push_str(&changed);
    }
}

/// Whether [`write_text`] would write it as it is.
fn is_harmless(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_run = bytes.first().is_some_and(|first| RUN.contains(&char::from(*first)));
    !is_run && bytes.iter().fold(0, |any, &byte| any | u8::from(byte == 0)) == 0
}

/// Appends text. What a spreadsheet would run as a formula gets a `'` before it; NUL, at which readers stop, is replaced.
fn write_text(out: &mut String, text: &str) {
    if text.starts_with(RUN) {
        out.push('\'');
    }
    if text.contains('\0') {
        out.push_str(&text.replace('\0', "\u{fffd}"));
    } else {
        out.push_str(text);
    }
}

/// Appends a number with three significant digits: `0.0123`, `1.00`, `4.56e-9`.
fn write_significant(out: &mut String, number: f64) -> std::fmt::Result {
    if number == 0.0 {
        return out.write_char('0');
    }
    let rounded = format!("{number:.2e}");
    let exponent = rounded
        .split_once('e')
        .and_then(|(_, exponent)| exponent.parse::<i32>().ok())
        .unwrap_or(0);
    if exponent < -4 {
        return out.write_str(&rounded);
    }
    let decimals = usize::try_from(2 - exponent).unwrap_or(0);
    write!(out, "{number:.decimals$}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(value: &Value<'_>, dialect: CsvDialect) -> String {
        let mut out = String::new();
        write_value(&mut out, value, dialect);
        out
    }

    fn plain(value: &Value<'_>) -> String {
        written(value, CsvDialect::Plain)
    }

    #[test]
    fn text_that_a_spreadsheet_would_run_is_held_back() {
        for (text, cell) in [
            ("=1+1", "'=1+1"),
            ("+33 6", "'+33 6"),
            ("-5", "'-5"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\tx", "'\tx"),
            ("\rx", "'\rx"),
            ("a=b", "a=b"),
            ("'=1", "'=1"),
            ("a\0b", "a\u{fffd}b"),
            ("", ""),
        ] {
            assert_eq!(plain(&Value::Text(text.into())), cell);
        }
    }

    #[test]
    fn numbers_are_never_held_back() {
        assert_eq!(plain(&Value::Decimal(-0.25)), "-0.250000");
        assert_eq!(written(&Value::Decimal(-0.25), CsvDialect::Fr), "-0,250000");
        assert_eq!(plain(&Value::Decimal(-0.0)), "0.000000");
        assert_eq!(written(&Value::Integer(1_234_567), CsvDialect::Fr), "1234567");
        assert_eq!(plain(&Value::Decimal(f64::INFINITY)), "INF");
        assert_eq!(plain(&Value::Decimal(f64::NAN)), "");
        assert_eq!(
            plain(&Value::Flag(true)) + &plain(&Value::Flag(false)) + &plain(&Value::Missing),
            "10"
        );
    }

    #[test]
    fn probabilities_have_three_significant_digits() {
        for (p, cell) in [
            (1.0, "1.00"),
            (0.5, "0.500"),
            (0.049_96, "0.0500"),
            (0.099_96, "0.100"),
            (0.000_123_4, "0.000123"),
            (4.561e-9, "4.56e-9"),
            (0.0, "0"),
        ] {
            assert_eq!(plain(&Value::Significant(p)), cell);
        }
        assert_eq!(written(&Value::Significant(4.561e-9), CsvDialect::Fr), "4,56e-9");
    }

    #[test]
    fn rows_are_written_as_the_csv_crate_writes_them() {
        let texts = [
            "",
            "a",
            "a,b",
            "a;b",
            "\"",
            "say \"so\"",
            "\"\"",
            "a\rb",
            "a\nb",
            "'x",
            " pad ",
            "\u{feff}é\u{2028}",
        ];
        for (dialect, mark) in [(CsvDialect::Plain, b','), (CsvDialect::Fr, b';')] {
            let mut composer = Composer::new(
                Table::<(&str, u64)>::new("t", "t")
                    .text("first", "", |row| row.0)
                    .count("second", "", "", |row| row.1)
                    .text("third", "", |row| row.0),
                dialect,
            );
            let mut writer = ::csv::WriterBuilder::new()
                .delimiter(mark)
                .terminator(::csv::Terminator::CRLF)
                .from_writer(Vec::new());
            for (text, count) in texts.into_iter().zip([0, 9, 10, 123, u64::MAX].into_iter().cycle()) {
                composer.push(&(text, count), None).unwrap();
                writer.write_record([text, &count.to_string(), text]).unwrap();
            }
            let lines = composer.take();
            assert_eq!((lines.bytes, lines.rows), (writer.into_inner().unwrap(), 12));
        }
        let mut single = Composer::new(
            Table::<&str>::new("t", "t").text("only", "", |row| row),
            CsvDialect::Plain,
        );
        single.push(&"", None).unwrap();
        assert_eq!(single.take().bytes, b"\"\"\r\n");
    }

    #[test]
    fn a_row_that_repeats_is_written_as_a_whole_one() {
        let composer = |repeated| {
            let table = Table::<(&str, u64)>::new("t", "t")
                .text("first", "", |row| row.0)
                .count("second", "", "", |row| row.1);
            Composer::new(table, CsvDialect::Plain).repeating(repeated)
        };
        for repeated in [0, 1, 2] {
            let (mut whole, mut short) = (composer(repeated), composer(repeated));
            for _ in 0..2 {
                for row in [("a,b", 1), ("a,b", 1), ("", 1), ("", 1)] {
                    for _ in 0..3 {
                        whole.push(&row, None).unwrap();
                    }
                    short.push(&row, None).unwrap();
                    short.push_repeating(&row).unwrap();
                    short.push_repeating(&row).unwrap();
                }
                assert_eq!(whole.take().bytes, short.take().bytes);
                // Nothing is left to be repeated.
                short.push_repeating(&("x", 2)).unwrap();
                whole.push(&("x", 2), None).unwrap();
            }
        }
    }
}
