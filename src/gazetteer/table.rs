//! Embedded CSV in, typed rows out. It checks the shape of each row and nothing of its meaning.

use std::fmt::Display;
use std::str::FromStr;

use chrono::NaiveDate;

use crate::error::Error;
use crate::model::language::Language;

/// One of the project's own data files.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Table {
    /// Its name under `data/`.
    pub(crate) name: &'static str,
    /// Its content.
    pub(crate) text: &'static str,
    /// Its header.
    pub(crate) columns: &'static [&'static str],
}

/// One row, with the place that a mistake in it is told with.
#[derive(Debug)]
pub(crate) struct Row<'a> {
    /// The file.
    table: Table,
    /// The cells.
    record: &'a csv::StringRecord,
}

impl Table {
    /// Calls `each` with every row below the header.
    ///
    /// # Errors
    ///
    /// [`Error::Gazetteer`] where the header or the number of cells is another, or where `each` says so.
    pub(crate) fn each(self, mut each: impl FnMut(&Row<'_>) -> Result<(), Error>) -> Result<(), Error> {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(self.text.as_bytes());
        let mut record = csv::StringRecord::new();
        let mut header = true;
        loop {
            let more = reader.read_record(&mut record);
            if !more.map_err(|error| Error::Gazetteer(format!("{}: {error}", self.name)))? {
                return Ok(());
            }
            let row = Row {
                table: self,
                record: &record,
            };
            if !header {
                each(&row)?;
            } else if record != *self.columns {
                return Err(row.wrong("its header should be", &self.columns.join(",")));
            }
            header = false;
        }
    }
}

impl<'a> Row<'a> {
    /// The cell in column `place`.
    pub(crate) fn text(&self, place: usize) -> &'a str {
        self.record.get(place).unwrap_or("")
    }

    /// The cell in column `place`, read as a `T`.
    pub(crate) fn parse<T: FromStr<Err: Display>>(&self, place: usize) -> Result<T, Error> {
        self.text(place)
            .parse()
            .map_err(|error: T::Err| self.wrong(self.table.columns[place], &error))
    }

    /// The cell in column `place`, `0` or `1`.
    pub(crate) fn flag(&self, place: usize) -> Result<bool, Error> {
        match self.text(place) {
            "0" => Ok(false),
            "1" => Ok(true),
            other => Err(self.wrong(self.table.columns[place], &format!("`{other}` is neither 0 nor 1"))),
        }
    }

    /// The day in column `place`; an empty cell is `None`.
    pub(crate) fn day(&self, place: usize) -> Result<Option<NaiveDate>, Error> {
        if self.text(place).is_empty() {
            Ok(None)
        } else {
            self.parse(place).map(Some)
        }
    }

    /// The language in column `place`; an empty cell is `None`, every language.
    pub(crate) fn language(&self, place: usize) -> Result<Option<Language>, Error> {
        if self.text(place).is_empty() {
            Ok(None)
        } else {
            self.parse(place).map(Some)
        }
    }

    /// The parts of the list in column `place`, joined by `;`.
    pub(crate) fn list(&self, place: usize) -> impl Iterator<Item = &'a str> + use<'a> {
        self.text(place).split(';').filter(|part| !part.is_empty())
    }

    /// The word in column `place`, looked up in `words`.
    pub(crate) fn word<T: Copy>(&self, place: usize, words: &[(&str, T)]) -> Result<T, Error> {
        let cell = self.text(place);
        words
            .iter()
            .find(|(word, _)| *word == cell)
            .map(|(_, value)| *value)
            .ok_or_else(|| {
                let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
                self.wrong(
                    self.table.columns[place],
                    &format!("`{cell}` is none of {}", known.join(", ")),
                )
            })
    }

    /// An error that names this row.
    pub(crate) fn wrong(&self, what: &str, why: &dyn Display) -> Error {
        let line = self.record.position().map_or(0, csv::Position::line);
        Error::Gazetteer(format!("{}:{line}: {what}: {why}", self.table.name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RIVERS: Table = Table {
        name: "rivers.csv",
        text: "id,long\nniger,1\nvolta,x\n",
        columns: &["id", "long"],
    };

    #[test]
    fn a_wrong_cell_is_told_with_file_line_and_column() {
        let mut seen = Vec::new();
        let error = RIVERS.each(|row| {
            row.flag(1)?;
            seen.push(row.text(0).to_owned());
            Ok(())
        });
        assert_eq!(seen, ["niger"]);
        assert_eq!(
            error.unwrap_err().to_string(),
            "gazetteer: rivers.csv:3: long: `x` is neither 0 nor 1"
        );
    }

    #[test]
    fn another_header_is_refused() {
        let renamed = Table {
            columns: &["id", "length"],
            ..RIVERS
        };
        assert!(renamed.each(|_| Ok(())).unwrap_err().to_string().contains("id,length"));
    }

    #[test]
    fn a_row_with_a_missing_cell_is_refused() {
        let short = Table {
            text: "id,long\nniger\n",
            ..RIVERS
        };
        assert!(short.each(|_| Ok(())).is_err());
    }

    #[test]
    fn words_and_lists_are_read() {
        let table = Table {
            text: "id,long\na;b,far\n,near\n",
            ..RIVERS
        };
        let mut seen = Vec::new();
        table
            .each(|row| {
                seen.push((row.list(0).count(), row.word(1, &[("far", 9), ("near", 1)])?));
                Ok(())
            })
            .unwrap();
        assert_eq!(seen, [(2, 9), (0, 1)]);
    }
}
