//! The charts on the page: each with its heading, its files and its figures.
//!
//! In: charts as they were drawn. Out: a section for each, in the order in which a reader needs them: first whether to trust the rest.

use std::fmt::Write as _;

use super::grid::{Cell, Head, Window, table};
use super::template::{escape, fill};
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

/// Every chart in a section of its own.
pub(super) fn render(charts: &[Chart], labels: &Labels, language: Language) -> String {
    if charts.is_empty() {
        return format!("<p class=\"note\">{}</p>", escape(labels.get("no_charts")));
    }
    let sections: Vec<String> = ordered(charts)
        .into_iter()
        .map(|chart| section(chart, labels, language))
        .collect();
    sections.join("\n") + &not_drawn(charts, labels)
}

/// Why each chart that is not there is not drawn, a sentence each.
fn not_drawn(charts: &[Chart], labels: &Labels) -> String {
    let missing = ORDER
        .iter()
        .filter(|name| !charts.iter().any(|chart| chart.name == **name));
    let sentences: Vec<String> = missing
        .filter_map(|name| labels.find(&format!("none_{name}")))
        .map(|sentence| format!("<li>{}</li>", escape(sentence)))
        .collect();
    if sentences.is_empty() {
        return String::new();
    }
    let heading = escape(labels.get("not_drawn"));
    format!("\n<div class=\"note\">{heading}<ul>{}</ul></div>", sentences.concat())
}

/// One chart.
fn section(chart: &Chart, labels: &Labels, language: Language) -> String {
    fill(FIGURE, &|name| match name {
        "name" => escape(&chart.name),
        "lang" => language.to_string(),
        "kicker" => escape(kicker(chart, labels)),
        "title" => escape(&format!(" {}", chart.title)),
        "svg" => inline(&chart.svg),
        "data" => data(chart, labels, language),
        other => super::label(labels, other),
    })
}

/// The drawing without what only a file of its own wants before it.
fn inline(svg: &str) -> String {
    svg.find("<svg").map_or("", |start| &svg[start..]).trim_end().to_owned()
}

/// The figures of a chart: as many rows as the page takes, and a word on where the others are.
fn data(chart: &Chart, labels: &Labels, language: Language) -> String {
    let all = &chart.data.rows;
    let numeric = |column: usize| {
        all.iter().any(|row| {
            matches!(
                row.get(column),
                Some(Datum::Integer(_) | Datum::Decimal(_) | Datum::Probability(_))
            )
        })
    };
    let heads: Vec<Head> = chart
        .data
        .columns
        .iter()
        .enumerate()
        .map(|(place, name)| Head {
            name: format!("<span class=\"code\">{}</span>", escape(name)),
            number: numeric(place),
        })
        .collect();
    let shown = &all[..all.len().min(MOST_ROWS)];
    let rows: Vec<Vec<Cell>> = shown
        .iter()
        .map(|row| {
            row.iter()
                .zip(&heads)
                .map(|(datum, head)| cell(datum, head, labels, language))
                .collect()
        })
        .collect();
    let caption = format!("{}: {}", chart.title, chart.subtitle);
    let mut out = table(&caption, &heads, &rows, Window::Scrolls);
    if shown.len() < all.len() {
        let file = format!("charts/{}.csv", chart.name);
        let note = rows_note(labels, language, shown.len(), all.len(), &file);
        let _ = write!(out, "<p class=\"note\">{}</p>", escape(&note));
    }
    out
}

/// How many of how many rows are shown.
pub(super) fn rows_note(labels: &Labels, language: Language, shown: usize, all: usize, file: &str) -> String {
    labels
        .get("some_rows")
        .replace("{shown}", &format::count(language, shown as u64))
        .replace("{all}", &format::count(language, all as u64))
        .replace("{file}", file)
}

/// A cell with the digits of the CSV and the language's decimal mark.
fn cell(datum: &Datum, head: &Head, labels: &Labels, language: Language) -> Cell {
    let value = value(datum);
    let mut bare = String::new();
    write_value(&mut bare, &value, CsvDialect::Plain);
    match value {
        Value::Missing => {
            let dash = format!("<span title=\"{}\">—</span>", escape(labels.get("unknown")));
            if head.number {
                Cell::Number(dash, String::new())
            } else {
                Cell::Text(dash)
            }
        }
        Value::Integer(count) => Cell::Number(format::count(language, count), bare),
        Value::Decimal(_) | Value::Significant(_) => {
            let shown = if language == Language::FR {
                bare.replace('.', ",")
            } else {
                bare.clone()
            };
            Cell::Number(shown.replace('-', "\u{2212}"), bare)
        }
        Value::Text(text) if head.number => Cell::Number(escape(&text), text.into_owned()),
        Value::Text(text) => Cell::Text(format!("<bdi>{}</bdi>", escape(&text))),
        Value::Date(_) | Value::Flag(_) => Cell::Text(format!("<span class=\"date\">{bare}</span>")),
    }
}
