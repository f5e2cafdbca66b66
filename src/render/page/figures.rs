//! The charts on the page: each with its heading, its files, its figures and what its script tells.
//!
//! In: charts as they were drawn. Out: a section for each, in the order in which a reader needs them: first whether to trust the rest.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::grid::{Cell, Head, Window, table};
use super::ink::Inks;
use super::template::{escape, fill};
use super::tips::tips;
use crate::model::findings::Findings;
use crate::model::language::Language;
use crate::render::charts::{Chart, Value as Datum};
use crate::render::drawings::value;
use crate::render::format;
use crate::render::labels::Labels;
use crate::render::tables::csv::write_value;
use crate::render::tables::define::Value;
use crate::settings::CsvDialect;

/// One chart.
const FIGURE: &str = include_str!("figure.html");

/// The order of the charts; those that are not named come after, in the order in which they were drawn.
const ORDER: [&str; 12] = [
    "coverage",
    "attention-lines",
    "movers",
    "keywords-period",
    "map",
    "share-of-voice",
    "heatmap",
    "co-mentions",
    "keywords-actor",
    "small-multiples",
    "calendar",
    "bump",
];

/// So many rows a table on the page has at most; the others stay in the CSV.
const MOST_ROWS: usize = 500;

/// Columns that only say with days what the period says already; they stay in the CSV.
const DAYS: [&str; 2] = ["period_start", "period_end"];

/// What the sections are made of.
pub(super) struct Figures<'p> {
    /// The charts.
    pub(super) charts: &'p [Chart],
    /// The names of entities by id.
    pub(super) names: BTreeMap<&'p str, &'p str>,
    /// The fixed words.
    pub(super) labels: &'p Labels,
    /// The language of the page.
    pub(super) language: Language,
}

/// The charts in the order of the page.
pub(super) fn ordered(charts: &[Chart]) -> Vec<&Chart> {
    let mut all: Vec<&Chart> = charts.iter().collect();
    all.sort_by_key(|chart| ORDER.iter().position(|name| *name == chart.name).unwrap_or(ORDER.len()));
    all
}

/// What a chart is called in headings and in the contents: its kind, else its title.
pub(super) fn kicker<'c>(chart: &'c Chart, labels: &'c Labels) -> &'c str {
    labels.find(&format!("chart_{}", chart.name)).unwrap_or(&chart.title)
}

/// The names of all entities in `language`.
pub(super) fn names(findings: &Findings, language: Language) -> BTreeMap<&str, &str> {
    let entities = findings.entities.iter();
    entities
        .map(|entity| (entity.id.as_str(), entity.names.in_language(language)))
        .collect()
}

impl Figures<'_> {
    /// Every chart in a section of its own.
    pub(super) fn render(&self, inks: &mut Inks) -> String {
        if self.charts.is_empty() {
            return format!("<p class=\"note\">{}</p>", escape(self.labels.get("no_charts")));
        }
        let sections: Vec<String> = ordered(self.charts)
            .into_iter()
            .map(|chart| self.section(chart, inks.classed(&chart.svg)))
            .collect();
        sections.join("\n") + &self.not_drawn()
    }

    /// Why each chart that is not there is not drawn, a sentence each.
    fn not_drawn(&self) -> String {
        let missing = ORDER
            .iter()
            .filter(|name| !self.charts.iter().any(|chart| chart.name == **name));
        let sentences: Vec<String> = missing
            .filter_map(|name| self.labels.find(&format!("none_{name}")))
            .map(|sentence| format!("<li>{}</li>", escape(sentence)))
            .collect();
        if sentences.is_empty() {
            return String::new();
        }
        let heading = escape(self.labels.get("not_drawn"));
        format!("\n<div class=\"note\">{heading}<ul>{}</ul></div>", sentences.concat())
    }

    /// One chart.
    fn section(&self, chart: &Chart, svg: String) -> String {
        let svg = std::cell::Cell::new(svg);
        fill(FIGURE, &|name| match name {
            "name" => escape(&chart.name),
            "lang" => self.language.to_string(),
            "kicker" => escape(kicker(chart, self.labels)),
            "title" => escape(&format!(" {}", chart.title)),
            "finding" => escape(&chart.title),
            "svg" => svg.take(),
            "tips" => tips(chart, &self.names, self.labels).map_or_else(String::new, |json| {
                format!("<script type=\"application/json\">{json}</script>")
            }),
            "rows" => chart.data.rows.len().min(MOST_ROWS).to_string(),
            "data" => self.data(chart),
            other => super::label(self.labels, other),
        })
    }

    /// The figures of a chart without columns that are empty throughout: as many rows as the page takes, the newest where they are in order of
    /// time, and a word on where the others are.
    fn data(&self, chart: &Chart) -> String {
        let all = &chart.data.rows;
        let columns: Vec<(usize, &str)> = chart
            .data
            .columns
            .iter()
            .map(String::as_str)
            .enumerate()
            .filter(|(place, name)| !DAYS.contains(name) && has(all, *place, is_there))
            .collect();
        let heads: Vec<Head> = columns
            .iter()
            .map(|(place, name)| self.head(name, has(all, *place, is_number)))
            .collect();
        let shown = shown(all, chart.data.columns.first().is_some_and(|name| name == "period"));
        let rows: Vec<Vec<Cell>> = shown
            .iter()
            .map(|row| {
                columns
                    .iter()
                    .zip(&heads)
                    .filter_map(|((place, name), head)| Some(self.cell(row.get(*place)?, name, head)))
                    .collect()
            })
            .collect();
        let missing = columns
            .iter()
            .any(|(place, name)| *name != "source" && has(shown, *place, |datum| !is_there(datum)));
        let mut caption = format!("{}: {}", chart.title, chart.subtitle);
        if missing {
            let _ = write!(
                caption,
                " (—\u{a0}=\u{a0}{})",
                self.labels.get("unknown").replace(' ', "\u{a0}")
            );
        }
        let mut out = table(&caption, &heads, &rows, Window::Scrolls);
        if shown.len() < all.len() {
            let file = format!("charts/{}.csv", chart.name);
            let note = rows_note(self.labels, self.language, shown.len(), all.len(), &file);
            let _ = write!(out, "<p class=\"note\">{}</p>", escape(&note));
        }
        out
    }

    /// The head of a column: what it holds, else its name in the CSV.
    fn head(&self, name: &str, number: bool) -> Head {
        let label = self.labels.find(&format!("column_{name}"));
        Head {
            name: label.map_or_else(|| format!("<span class=\"code\">{}</span>", escape(name)), escape),
            number,
        }
    }

    /// A cell with the digits of the CSV and the language's decimal mark.
    fn cell(&self, datum: &Datum, column: &str, head: &Head) -> Cell {
        let value = value(datum);
        let mut bare = String::new();
        write_value(&mut bare, &value, CsvDialect::Plain);
        match value {
            Value::Missing if column == "source" => Cell::Text(escape(self.labels.get("all_sources"))),
            Value::Missing => Cell::Number("—".to_owned(), String::new()),
            Value::Integer(count) => Cell::Number(self.labels.set(&format::count(self.language, count)), bare),
            Value::Decimal(_) | Value::Significant(_) => {
                let shown = if self.language == Language::FR {
                    bare.replace('.', ",")
                } else {
                    bare.clone()
                };
                let shown = shown.replace('-', "\u{2212}");
                // Eastern digits have their sign at the right; others stand in a cell that runs from the left.
                let shown = if self.labels.eastern() && bare.starts_with('-') {
                    format::island(self.language, &shown)
                } else {
                    shown
                };
                Cell::Number(self.labels.set(&shown), bare)
            }
            Value::Text(text) if head.number => Cell::Number(escape(&text), text.into_owned()),
            Value::Text(text) => {
                let called = self.names.get(text.as_ref()).filter(|_| column.starts_with("entity"));
                let shown = called.copied().unwrap_or(&text);
                Cell::Word(format!("<bdi>{}</bdi>", escape(shown)), shown.to_owned())
            }
            Value::Name(names) => {
                let shown = names.in_language(self.language);
                Cell::Word(format!("<bdi>{}</bdi>", escape(shown)), shown.to_owned())
            }
            Value::Date(_) | Value::Flag(_) => Cell::Text(bare),
        }
    }
}

/// Whether any value of a column is of a sort.
fn has(rows: &[Vec<Datum>], column: usize, sort: fn(&Datum) -> bool) -> bool {
    rows.iter().filter_map(|row| row.get(column)).any(sort)
}

/// Whether a value is a number.
fn is_number(datum: &Datum) -> bool {
    matches!(datum, Datum::Integer(_) | Datum::Decimal(_) | Datum::Probability(_))
}

/// Whether a value is there.
fn is_there(datum: &Datum) -> bool {
    *datum != Datum::Missing
}

/// The rows that the page shows: the first ones, or the last ones from the beginning of a period on.
fn shown(all: &[Vec<Datum>], by_time: bool) -> &[Vec<Datum>] {
    if all.len() <= MOST_ROWS {
        return all;
    }
    if !by_time {
        return &all[..MOST_ROWS];
    }
    let mut from = all.len() - MOST_ROWS;
    while from < all.len() - 1 && all[from][0] == all[from - 1][0] {
        from += 1;
    }
    &all[from..]
}

/// How many of how many rows are shown.
pub(super) fn rows_note(labels: &Labels, language: Language, shown: usize, all: usize, file: &str) -> String {
    let count = |number: usize| labels.set(&format::count(language, number as u64));
    labels
        .get("some_rows")
        .replace("{shown}", &count(shown))
        .replace("{all}", &count(all))
        .replace("{file}", file)
}
