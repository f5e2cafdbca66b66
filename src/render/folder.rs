//! The report folder: what is written into it, and when it is there.
//!
//! In: findings, evidence rows, and at the end the facts of the run. Out: a folder that is there whole or not at all. Every file passes
//! through `Output`, so each one is in the manifest with its hash.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use super::evidence::{CompleteEvidence, Evidence};
use super::output::{Output, Written};
use super::page::Page;
use super::site::{MANIFEST, Site};
use super::tables::csv::{Described, Finished};
use super::tables::define::{Head, Schema};
use super::workbook::Book;
use super::workbook::page::Page as SheetPage;
use super::{charts, datapackage, drawings, manifest, page, quality, summary, tables, text, workbook};
use crate::error::Error;
use crate::model::findings::Findings;
use crate::model::input::Input;
use crate::settings::{CsvDialect, RenderSettings};

/// A report that is being written, in a hidden folder beside its place. Dropped before [`Folder::finish`], it leaves nothing.
pub struct Folder {
    /// Where.
    site: Site,
    /// The files that are complete, by path.
    files: BTreeMap<String, Written>,
    /// The tables among them, in the order of writing.
    tables: Vec<Described>,
    /// The pages, which wait for the settings.
    pages: Vec<Page>,
    /// What the corpus is called.
    corpus: String,
    /// The files that the figures come from.
    inputs: Vec<Input>,
    /// How the tables are written.
    dialect: CsvDialect,
    /// The workbook, where one was asked for.
    book: Option<Book>,
}

/// What the manifest tells of the run; no absolute path, no clock, no name of a machine may be among it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ManifestFacts {
    /// The settings as they were understood: an object.
    pub settings: serde_json::Value,
    /// The hash of everything that decides what the matcher finds.
    pub gazetteer_hash: String,
    /// The day up to which offices and names were checked.
    pub watchlist_as_of: Option<NaiveDate>,
}

/// A report that stands in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Its folder, without links on the way.
    pub folder: PathBuf,
    /// How many files it has.
    pub files: u64,
    /// How many bytes they have together.
    pub bytes: u64,
}

impl Folder {
    /// Whether a report may be written to `target`: there is nothing yet, or a report of ours.
    ///
    /// # Errors
    ///
    /// [`Error::Report`] where anything else is there.
    pub fn check(target: &Path) -> Result<(), Error> {
        Site::check(target)
    }

    /// Begins a report that shall be at `target`, and clears away what interrupted runs left beside it.
    ///
    /// # Errors
    ///
    /// [`Error::Report`] where something is at `target` that is no report, where another run is writing it, or nothing can be written there.
    pub fn create(target: &Path) -> Result<Self, Error> {
        Ok(Self {
            site: Site::prepare(target)?,
            files: BTreeMap::new(),
            tables: Vec::new(),
            pages: Vec::new(),
            corpus: String::new(),
            inputs: Vec::new(),
            dialect: CsvDialect::default(),
            book: None,
        })
    }

    /// Writes tables, quality, charts and summaries, and prepares the pages.
    ///
    /// # Errors
    ///
    /// [`Error::Report`] where a file cannot be written or a chart not be drawn.
    pub fn write_findings(&mut self, findings: &Findings, settings: &RenderSettings) -> Result<(), Error> {
        let languages = text::languages(&settings.ui);
        let fitted = if settings.charts {
            charts::with_events_that_fit(findings, settings, &languages)
        } else {
            None
        };
        let findings = fitted.as_ref().unwrap_or(findings);
        self.corpus.clone_from(&findings.corpus.name);
        self.inputs.clone_from(&findings.quality.inputs);
        self.dialect = settings.csv;
        if settings.xlsx {
            self.book = Some(Book::begin(findings, settings, self.site.root())?);
        }
        tables::write_tables(self, findings, settings.csv)?;
        quality::write_quality(self, &findings.quality, settings.csv)?;
        for &language in &languages {
            let charts = if settings.charts {
                Some(drawings::write_charts(self, findings, settings, language)?)
            } else {
                None
            };
            self.pages.push(page::prepare(
                findings,
                charts.as_deref(),
                settings,
                &languages,
                language,
            ));
        }
        summary::write_summaries(self, findings, settings, &languages)
    }

    /// Begins the evidence: every mention and every document. Where there is a workbook it takes the rows too, and the findings shall be written before.
    ///
    /// # Errors
    ///
    /// [`Error::Report`] where the files cannot be made.
    pub fn evidence(&mut self, settings: &RenderSettings) -> Result<Evidence, Error> {
        Evidence::begin(self, settings.csv)
    }

    /// Takes the evidence into the report, after the findings.
    pub fn keep_evidence(&mut self, CompleteEvidence(tables): CompleteEvidence) {
        for table in tables {
            self.keep_table(table);
        }
    }

    /// Writes the workbook, the pages, `datapackage.json` and `manifest.json`, then puts the report in its place.
    ///
    /// # Errors
    ///
    /// [`Error::Report`] where a file cannot be written or the place not be taken. A report that was there before is there still.
    pub fn finish(mut self, facts: &ManifestFacts) -> Result<Report, Error> {
        if let Some(book) = self.book.take() {
            let output = self.open(workbook::FILE)?;
            self.keep(book.finish(output)?);
        }
        for page in std::mem::take(&mut self.pages) {
            let path = page.path.clone();
            let html = page.complete(facts, &self.tables, self.holds(workbook::FILE));
            self.write(&path, html.as_bytes())?;
        }
        let package = datapackage::describe(&self.corpus, &self.tables, &self.files, self.dialect);
        self.write_json("datapackage.json", &package)?;
        let manifest = manifest::account(&self.corpus, facts, &self.inputs, &self.files);
        self.write_json(MANIFEST, &manifest)?;
        let files = self.files.len() as u64;
        let bytes = self.files.values().map(|file| file.bytes).sum();
        Ok(Report {
            folder: self.site.take_place()?,
            files,
            bytes,
        })
    }

    /// Begins the file at `path`, relative to the report and with `/`.
    pub(super) fn open(&self, path: &str) -> Result<Output, Error> {
        Output::create(self.site.root(), path)
    }

    /// Takes a file that is complete into the report.
    pub(super) fn keep(&mut self, written: Written) {
        self.files.insert(written.path.clone(), written);
    }

    /// Whether the file at `path` is complete.
    pub(super) fn holds(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// The column called `name` of the first table that has one.
    pub(super) fn head(&self, name: &str) -> Option<&Head> {
        self.tables
            .iter()
            .flat_map(|table| &table.schema.heads)
            .find(|head| head.name == name)
    }

    /// The sheet of a table, where there is a workbook and the table belongs into it.
    pub(super) fn page(&mut self, schema: &Schema) -> Result<Option<SheetPage>, Error> {
        self.book.as_mut().map_or(Ok(None), |book| book.page(schema))
    }

    /// Takes a table that is complete into the report.
    pub(super) fn keep_table(&mut self, table: Finished) {
        self.tables.push(table.described);
        if let (Some(book), Some(page)) = (&mut self.book, table.page) {
            book.keep(page);
        }
        self.keep(table.written);
    }

    /// Writes a whole file.
    pub(super) fn write(&mut self, path: &str, content: &[u8]) -> Result<(), Error> {
        let mut output = self.open(path)?;
        output.write_all(content).map_err(|error| output.error(&error))?;
        self.keep(output.finish()?);
        Ok(())
    }

    /// Writes a JSON file, indented, with a line break at its end.
    fn write_json(&mut self, path: &str, content: &serde_json::Value) -> Result<(), Error> {
        self.write(path, format!("{content:#}\n").as_bytes())
    }
}
