//! Reads tables of any size, one row at a time: comma, semicolon, tab or bar between the cells, quoted cells over several lines.
//!
//! A stream of UTF-8 in, documents and skips out. The first row names the columns; [`super::fields`] knows what they mean.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io::{self, Read};

use csv::{ByteRecord, Reader, ReaderBuilder};

use super::account::Account;
use super::dating::{Dating, order_evidence};
use super::encoding::lossy;
use super::fields::{Key, Names, Record, Role};
use crate::model::document::Document;
use crate::model::skip::SkipReason;

/// What may stand between cells.
const DELIMITERS: [u8; 4] = *b",;\t|";

/// How many rows are looked at to find the delimiter.
const SAMPLE: usize = 20;

/// A name of a column is no longer than this.
const LONG_NAME: usize = 60;

/// How a table is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Dialect {
    /// What stands between cells.
    pub(crate) delimiter: u8,
    /// Whether the table begins with a line like `sep=;`, which some programs write for others.
    hint: bool,
}

/// How the table that begins with `head` is written; `None` where it is none.
///
/// A file that is a table `by_name` needs only cells; any other text needs a first row with two columns that we know, a title or text
/// among them, and a second row as long.
pub(crate) fn dialect(head: &str, by_name: bool, whole: bool, names: &Names) -> Option<Dialect> {
    let first = head.lines().next().unwrap_or("");
    if let Some(&[delimiter]) = first.strip_prefix("sep=").map(|rest| rest.trim().as_bytes()) {
        return Some(Dialect { delimiter, hint: true });
    }
    let candidates = DELIMITERS.into_iter().filter_map(|delimiter| {
        if !by_name && !may_be_header(head, delimiter, names) {
            return None;
        }
        let dialect = Dialect { delimiter, hint: false };
        let rows = sample(head, dialect, whole);
        let (header, rest) = rows.split_first()?;
        let (known, article) = known(columns(header, names).into_iter().flatten());
        let alike = rest.iter().filter(|row| row.len() == header.len()).count();
        let tidy = header.iter().all(|cell| cell.len() <= LONG_NAME);
        let sure = tidy && article && known >= 2 && alike > 0;
        let fits = if by_name {
            header.len() > 1 || article || rest.is_empty()
        } else {
            sure
        };
        fits.then_some(((known, alike, header.len()), dialect))
    });
    candidates.max_by_key(|(score, _)| *score).map(|(_, dialect)| dialect)
}

/// How many columns these are, and whether a title or text is among them.
fn known(columns: impl Iterator<Item = Key>) -> (usize, bool) {
    columns.fold((0, false), |(known, article), key| {
        (known + 1, article || matches!(key.role, Role::Title | Role::Text))
    })
}

/// Whether the first row may name the columns of a table that its name does not betray. Most texts are none, and no reader has to be made to see it.
fn may_be_header(head: &str, delimiter: u8, names: &Names) -> bool {
    let ends = ['\r', '\n'];
    let row = head.trim_start_matches(ends).split(ends).next().unwrap_or_default();
    // Quotes may hide delimiters and ends of lines.
    if row.contains('"') {
        return true;
    }
    let cells = || row.trim_start_matches('\u{feff}').split(char::from(delimiter));
    cells().all(|cell| cell.len() <= LONG_NAME) && {
        let (known, article) = known(cells().filter_map(|cell| key_of(cell, names)));
        known >= 2 && article
    }
}

/// The first rows of a table; a last row that may be cut is left out.
fn sample(head: &str, dialect: Dialect, whole: bool) -> Vec<ByteRecord> {
    let mut rows: Vec<_> = builder(dialect)
        .from_reader(head.as_bytes())
        .into_byte_records()
        .take(SAMPLE)
        .flatten()
        .collect();
    if !whole && rows.len() < SAMPLE && rows.len() > 1 {
        rows.pop();
    }
    rows
}

/// A reader of that dialect which lets rows differ in length, so that they can be told.
fn builder(dialect: Dialect) -> ReaderBuilder {
    let mut builder = ReaderBuilder::new();
    builder
        .delimiter(dialect.delimiter)
        .flexible(true)
        .has_headers(false)
        .buffer_capacity(1 << 18);
    builder
}

/// What each column stands for.
fn columns(header: &ByteRecord, names: &Names) -> Vec<Option<Key>> {
    header
        .iter()
        .map(|cell| key_of(&String::from_utf8_lossy(cell), names))
        .collect()
}

/// What a column of this name stands for.
fn key_of(cell: &str, names: &Names) -> Option<Key> {
    names.key(cell).filter(|key| key.role != Role::Nested)
}

/// A table with its first row read.
struct Table<R> {
    /// The rows that follow.
    reader: Reader<R>,
    /// The first row.
    header: ByteRecord,
    /// What each column stands for.
    columns: Vec<Option<Key>>,
}

impl<R: Read> Table<R> {
    fn new(source: R, dialect: Dialect, names: &Names) -> io::Result<Self> {
        let mut reader = builder(dialect).from_reader(source);
        let mut header = ByteRecord::new();
        for _ in 0..=usize::from(dialect.hint) {
            reader.read_byte_record(&mut header).map_err(io_error)?;
        }
        let columns = columns(&header, names);
        Ok(Self {
            reader,
            header,
            columns,
        })
    }

    /// The cells of a row that we know.
    fn record<'r>(&self, row: &'r ByteRecord) -> Record<'r> {
        let mut record = Record::default();
        for (cell, key) in row.iter().zip(&self.columns) {
            if let Some(key) = key {
                record.offer(*key, lossy(cell));
            }
        }
        record
    }

    /// The document in a row, or why there is none.
    fn document(
        &self,
        row: &ByteRecord,
        place: u32,
        dating: &Dating<'_>,
        account: &Account<'_>,
    ) -> Result<Document, (SkipReason, String)> {
        let extra = row
            .iter()
            .skip(self.header.len())
            .any(|cell| !cell.trim_ascii().is_empty());
        if extra || row.len() < self.header.len() {
            let detail = format!("{} cells where the first row has {}", row.len(), self.header.len());
            return Err((SkipReason::Malformed, detail));
        }
        self.record(row).into_document(&account.file, place, dating)
    }

    /// The columns as they are written.
    fn named(&self) -> String {
        let cells: Vec<Cow<'_, str>> = self.header.iter().take(12).map(String::from_utf8_lossy).collect();
        cells.join(", ")
    }
}

/// Reads every row of `source` into `account`. An error of the source ends it; the row that it cut is dropped.
pub(crate) fn read(
    source: impl Read,
    dialect: Dialect,
    names: &Names,
    dating: &Dating<'_>,
    account: &mut Account<'_>,
) -> io::Result<()> {
    let mut table = Table::new(source, dialect, names)?;
    if !table
        .columns
        .iter()
        .flatten()
        .any(|key| matches!(key.role, Role::Title | Role::Text))
    {
        let detail = format!(
            "no column is known as title or text (columns: {}); name them under [fields]",
            table.named()
        );
        account.skip_file(SkipReason::NoText, &detail);
        return Ok(());
    }
    let mut row = ByteRecord::new();
    while table.reader.read_byte_record(&mut row).map_err(io_error)? {
        if row.iter().all(|cell| cell.trim_ascii().is_empty()) {
            continue;
        }
        let place = account.next_record();
        let line = row.position().map(csv::Position::line);
        let made = table.document(&row, place, dating, account);
        account.record(made, place, line);
    }
    Ok(())
}

/// The different days in the date columns of `source`, in short.
pub(crate) fn dates(source: impl Read, dialect: Dialect, names: &Names) -> Vec<String> {
    let mut days = BTreeSet::new();
    if let Ok(mut table) = Table::new(source, dialect, &names.only_dates()) {
        let mut row = ByteRecord::new();
        while table.reader.read_byte_record(&mut row).is_ok_and(|more| more) {
            let record = table.record(&row);
            let day = order_evidence(record.get(Role::Date));
            if !day.is_empty() && !days.contains(day) {
                days.insert(day.to_owned());
            }
        }
    }
    days.into_iter().collect()
}

/// The error below an error of the table reader: rows may differ in length, so only the source can fail.
fn io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::model::input::{Input, InputStatus};
    use crate::model::skip::Skip;

    fn names() -> Names {
        Names::new(&BTreeMap::new())
    }

    fn found(text: &str, named: bool) -> Option<u8> {
        dialect(text, named, true, &names()).map(|dialect| dialect.delimiter)
    }

    fn run(text: &str) -> (Input, Vec<Result<Document, Skip>>) {
        let mut out = Vec::new();
        let mut emit = |it| out.push(it);
        let mut account = Account::new(&"a.csv".into(), 0, &mut emit);
        let dialect = dialect(text, true, true, &names()).unwrap();
        let names = names();
        let values = || dates(text.as_bytes(), dialect, &names);
        let dating = Dating::new(chrono_tz::UTC, &values);
        read(text.as_bytes(), dialect, &names, &dating, &mut account).unwrap();
        account.remark(dating.note());
        let input = account.close();
        (input, out)
    }

    #[test]
    fn the_delimiter_is_the_one_that_makes_known_columns() {
        assert_eq!(found("title,text\na,\"b;c;d\"\n", true), Some(b','));
        assert_eq!(found("Titre;Texte, intégral;Date\na;b,c,d;2024\n", true), Some(b';'));
        assert_eq!(found("العنوان\tالنص\nأ\tب، ج\n", true), Some(b'\t'));
        assert_eq!(found("title|text\na|b\n", false), Some(b'|'));
        for text in [
            "\r\n\ntitle|text\ra|b\r",
            "\u{feff}title|text\na|b\n",
            "\"title\"|\"text\"\na|b\n",
            "title|text|\"a name\nof two | lines\"\na|b|c\n",
        ] {
            assert_eq!(found(text, false), Some(b'|'), "{text}");
        }
        assert_eq!(found("a,b\n1,2\n", true), Some(b','));
        assert_eq!(found("sep=;\nx;y\n", true), Some(b';'));
    }

    #[test]
    fn prose_is_no_table() {
        assert_eq!(
            found(
                "Date, lieu et source\n\nLe texte suit, avec des virgules, et des points.\n",
                false
            ),
            None
        );
        assert_eq!(
            found("The title, the text and the date of it\nOne, two, three\n", false),
            None
        );
    }

    #[test]
    fn quoted_cells_keep_their_lines_and_quotes() {
        let (input, out) = run(
            "sep=;\nTitre;Date de publication;Texte;Média\n\"Un \"\"titre\"\"\";25/03/2024;\"ligne 1\n\nligne 2; fin\";Le Fil\n;;;\n",
        );
        assert_eq!((input.documents, input.skipped), (1, 0));
        let document = out[0].as_ref().unwrap();
        assert_eq!(
            (document.title.as_str(), document.body.as_str()),
            ("Un \"titre\"", "ligne 1\n\nligne 2; fin")
        );
        assert_eq!(
            (document.source.as_str(), document.date.unwrap().to_string().as_str()),
            ("Le Fil", "2024-03-25")
        );
    }

    #[test]
    fn rows_of_another_length_are_told_with_their_line() {
        let (input, out) = run("title,text,date\na,b,2024-01-01\nbroken\nc,d,2024-01-02,,\ne,f,g,h\n");
        assert_eq!((input.documents, input.skipped), (2, 2));
        assert!(
            matches!(&out[1], Err(skip) if skip.record == Some(1) && skip.line == Some(3) && skip.detail.starts_with("1 cells"))
        );
        assert!(matches!(&out[3], Err(skip) if skip.record == Some(3) && skip.line == Some(5)));
    }

    #[test]
    fn a_table_of_unknown_columns_says_which_ones_it_has() {
        let (input, out) = run("colour,size\nred,3\n");
        assert_eq!((input.status, input.skipped), (InputStatus::Empty, 1));
        assert!(matches!(&out[0], Err(skip) if skip.detail.contains("colour, size")));
    }

    #[test]
    fn an_undecided_order_of_day_and_month_is_told() {
        let (input, out) = run("title,text,date\na,b,03/04/2024\nc,d,05/06/2024\n");
        assert_eq!(out[0].as_ref().unwrap().date.unwrap().to_string(), "2024-04-03");
        assert!(input.note.starts_with("day first assumed"));
        let (input, _) = run("title,text,date\na,b,03/04/2024\nc,d,05/16/2024\n");
        assert_eq!(input.note, "");
    }
}
