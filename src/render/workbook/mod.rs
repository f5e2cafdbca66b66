//! `report.xlsx`: the tables of the report as one workbook, for those who go on in a spreadsheet.
//!
//! In: the rows of every table while its CSV file is written, so the two cannot differ. Out: one file with a cover that says what it is
//! (`cover`) and one sheet a table (`page`), with real numbers and dates (`looks`). It is written in the first language of the report: in
//! Arabic its sheets run from the right. Same rows, same bytes: no clock and no user is in it.

mod cover;
mod looks;
pub(crate) mod page;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::path::Path;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet};

use self::cover::Cover;
use self::page::{Finished, Page, wrong};
use super::output::{Output, Written};
use super::tables::define::Schema;
use super::text::languages;
use crate::error::Error;
use crate::model::findings::Findings;
use crate::model::language::Language;
use crate::settings::RenderSettings;

/// Its name in the report.
pub(crate) const FILE: &str = "report.xlsx";

/// The name of a sheet has so many characters at most.
const NAME: usize = 31;

/// A workbook that is being written.
pub(crate) struct Book {
    /// What writes it; the sheets are pushed at the end, the cover first.
    workbook: Workbook,
    /// Its language.
    language: Language,
    /// What stands on the cover.
    cover: Cover,
    /// The names that sheets have.
    names: BTreeSet<String>,
    /// The tables so far, with their sheets; without one where a table is too large.
    pages: Vec<(Finished, Option<Worksheet>)>,
}

impl Book {
    /// Begins the workbook of `findings`. Rows wait for their end in files without a name in `folder`.
    pub(crate) fn begin(findings: &Findings, settings: &RenderSettings, folder: &Path) -> Result<Self, Error> {
        let language = languages(&settings.ui).first().copied().unwrap_or(Language::EN);
        let cover = Cover::new(findings, settings, language);
        let mut workbook = Workbook::new();
        workbook.set_tempdir(folder).map_err(|error| wrong(&error))?;
        let created = ExcelDateTime::from_ymd(1980, 1, 1).map_err(|error| wrong(&error))?;
        let properties = DocProperties::new()
            .set_title(cover.title())
            .set_author("marsad")
            .set_creation_datetime(&created);
        workbook.set_properties(&properties);
        Ok(Self {
            workbook,
            language,
            names: BTreeSet::from([cover.name().to_lowercase()]),
            cover,
            pages: Vec::new(),
        })
    }

    /// The sheet of a table; none for the figures behind a chart, which are parts of other tables.
    pub(crate) fn page(&mut self, schema: &Schema) -> Result<Option<Page>, Error> {
        if schema.path.starts_with("charts/") {
            return Ok(None);
        }
        let name = self.name(&schema.path);
        let sheet = self.workbook.new_worksheet_with_constant_memory();
        let sheet = sheet.map_err(|error| wrong(&error))?;
        Page::begin(sheet, &name, schema, self.language).map(Some)
    }

    /// Takes a sheet that is complete.
    pub(crate) fn keep(&mut self, page: Page) {
        self.pages.push(page.finish());
    }

    /// Writes the workbook.
    pub(crate) fn finish(mut self, mut output: Output) -> Result<Written, Error> {
        let listed: Vec<(&Finished, bool)> = self.pages.iter().map(|(page, sheet)| (page, sheet.is_some())).collect();
        let cover = self.cover.write(&listed).map_err(|error| wrong(&error))?;
        self.workbook.push_worksheet(cover);
        for (_, sheet) in self.pages {
            if let Some(sheet) = sheet {
                self.workbook.push_worksheet(sheet);
            }
        }
        let saved = self.workbook.save_to_writer(&mut output);
        saved.map_err(|error| wrong(&error))?;
        output.finish()
    }

    /// A name for the sheet of the table at `path` that no other has: `tables/wide/articles.csv` is `wide_articles`.
    fn name(&mut self, path: &str) -> String {
        let stem = path.trim_start_matches("tables/").trim_end_matches(".csv");
        let whole: String = stem
            .chars()
            .map(|sign| if sign.is_alphanumeric() { sign } else { '_' })
            .collect();
        let mut name: String = whole.chars().take(NAME).collect();
        let mut place = 1;
        while !self.names.insert(name.to_lowercase()) {
            place += 1;
            let ending = format!("_{place}");
            name = whole.chars().take(NAME - ending.len()).collect::<String>() + &ending;
        }
        name
    }
}
