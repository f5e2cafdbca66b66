//! What the page's script tells of a chart: the figures at each of its columns or rows, as JSON.
//!
//! In: the rows that the chart's CSV is written from, and where the drawing has its columns. Out: an object without markup. Numbers are the digits of
//! the CSV, so that what is told and what is written cannot differ. Only actors that are drawn are told.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::render::charts::{Chart, Stops, Value as Datum, Way};
use crate::render::drawings::value;
use crate::render::labels::Labels;
use crate::render::tables::csv::write_value;
use crate::settings::CsvDialect;

/// A figure that is told: the label of its column, how it is written, the columns that it is made of (the first names that the chart has).
const FIGURES: [(&str, &str, &[&[&str]]); 16] = [
    ("tip_articles", "of", &[&["articles"], &["articles_total"]]),
    ("tip_articles", "count", &[&["articles_total", "articles"]]),
    ("tip_mentions", "of", &[&["mentions"], &["mentions_total"]]),
    ("tip_rank", "count", &[&["rank"]]),
    ("tip_expected", "decimal", &[&["expected"]]),
    ("tip_share", "percent", &[&["share_articles", "share_of_voice"]]),
    ("tip_rolling", "percent", &[&["share_rolling"]]),
    (
        "tip_interval",
        "range",
        &[&["share_lo", "share_rolling_lo"], &["share_hi", "share_rolling_hi"]],
    ),
    (
        "tip_difference",
        "points",
        &[&["difference"], &["difference_lo"], &["difference_hi"]],
    ),
    ("tip_times", "times", &[&["lift"]]),
    ("tip_interval", "between", &[&["lift_lo"], &["lift_hi"]]),
    ("tip_here", "of", &[&["n_target"], &["words_target"]]),
    ("tip_elsewhere", "of", &[&["n_reference"], &["words_reference"]]),
    ("tip_ratio", "power", &[&["log_ratio"]]),
    ("tip_likelihood", "decimal", &[&["g2"]]),
    ("tip_q", "chance", &[&["q_value"]]),
];

/// The figures of `chart`; `None` where it has no columns or rows to tell of. `names` are those of entities by id.
pub(super) fn tips(chart: &Chart, names: &BTreeMap<&str, &str>, labels: &Labels) -> Option<String> {
    let stops = chart.stops.as_ref().filter(|stops| !stops.each.is_empty())?;
    let column = |name: &str| chart.data.columns.iter().position(|column| column == name);
    let by: Vec<usize> = stops.by.iter().map(|name| column(name)).collect::<Option<_>>()?;
    // A cell has one row, whatever entity it is of.
    let entity = column("entity").filter(|place| stops.way != Way::Cells && !by.contains(place));
    let told = Told::new(chart, stops, &by, entity);
    let figures: Vec<Value> = FIGURES
        .iter()
        .filter_map(|(label, written, parts)| {
            let places: Vec<(usize, &str)> = parts
                .iter()
                .filter_map(|names| names.iter().find_map(|name| Some((column(name)?, *name))))
                .collect();
            // A part and its total are told together where there are both.
            let both = parts[0].contains(&"articles_total")
                && ["articles", "articles_total"].map(column).iter().all(Option::is_some);
            if places.len() < parts.len() || both {
                return None;
            }
            let columns: Vec<&str> = places.iter().map(|(_, name)| *name).collect();
            let values: Vec<Value> = places.iter().map(|(place, _)| told.column(*place)).collect();
            values
                .iter()
                .any(|values| {
                    values
                        .as_array()
                        .is_some_and(|all| all.iter().any(|one| !one.is_null()))
                })
                .then(|| json!({"head": labels.get(label), "as": written, "of": columns, "v": values}))
        })
        .collect();
    let tenths = |length: f64| json!((length * 10.0).round() / 10.0);
    let partial: Vec<usize> = column("complete").map_or_else(Vec::new, |place| told.partial(place));
    let object = json!({
        "by": stops.by,
        "across": stops.way == Way::Across,
        "cells": stops.way == Way::Cells,
        "wide": tenths(stops.wide),
        "panels": stops.panels.iter().map(|panel| panel.map(tenths).to_vec()).collect::<Vec<_>>(),
        "at": stops.each.iter().map(|stop| tenths(stop.at)).collect::<Vec<_>>(),
        "keys": stops.each.iter().map(|stop| &stop.key).collect::<Vec<_>>(),
        "called": stops.each.iter().map(|stop| stop.name.as_str()).collect::<Vec<_>>(),
        "partial": partial,
        "series": told.series,
        "names": told.series.iter().map(|id| names.get(id.as_str()).copied().unwrap_or(id)).collect::<Vec<_>>(),
        "figures": figures,
    });
    Some(object.to_string().replace('<', "\\u003c"))
}

/// The rows of a chart by stop and entity.
struct Told<'c> {
    /// The drawn entities, in the order of the figures; one empty id where the rows have none.
    series: Vec<String>,
    /// A row for each stop and each entity, stop by stop.
    rows: Vec<Option<&'c Vec<Datum>>>,
}

impl<'c> Told<'c> {
    /// Sorts the rows of `chart`; `by` are the columns of the keys.
    fn new(chart: &'c Chart, stops: &Stops, by: &[usize], entity: Option<usize>) -> Self {
        let drawn: BTreeSet<&str> = chart
            .svg
            .split(" data-series=\"")
            .chain(chart.svg.split("<g data-series=\""))
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .collect();
        let id = |row: &'c Vec<Datum>| entity.map_or("", |place| words(&row[place]));
        let mut series: Vec<String> = Vec::new();
        for row in &chart.data.rows {
            let id = id(row);
            if !series.iter().any(|known| known == id) && (entity.is_none() || drawn.contains(id)) {
                series.push(id.to_owned());
            }
        }
        let key = |row: &'c Vec<Datum>| by.iter().map(|place| words(&row[*place])).collect();
        let found: BTreeMap<(Vec<&str>, &str), &Vec<Datum>> =
            chart.data.rows.iter().map(|row| ((key(row), id(row)), row)).collect();
        let rows = stops
            .each
            .iter()
            .flat_map(|stop| {
                let key: Vec<&str> = stop.key.iter().map(String::as_str).collect();
                let rows = series.iter().map(|id| found.get(&(key.clone(), id.as_str())).copied());
                rows.collect::<Vec<_>>()
            })
            .collect();
        Self { series, rows }
    }

    /// The values of a column: one for each stop where all entities have the same, else one for each row.
    fn column(&self, place: usize) -> Value {
        let all: Vec<Value> = self
            .rows
            .iter()
            .map(|row| row.map_or(Value::Null, |row| number(&row[place])))
            .collect();
        let width = self.series.len().max(1);
        let alike = all.chunks(width).all(|stop| stop.iter().all(|value| *value == stop[0]));
        if alike {
            return all.into_iter().step_by(width).collect();
        }
        all.into()
    }

    /// The stops of which `complete` says that they are not whole.
    fn partial(&self, complete: usize) -> Vec<usize> {
        let width = self.series.len().max(1);
        let first = self.rows.iter().step_by(width).enumerate();
        first
            .filter(|(_, row)| row.is_some_and(|row| row[complete] == Datum::Integer(0)))
            .map(|(place, _)| place)
            .collect()
    }
}

/// A value as words; nothing where it is none.
fn words(datum: &Datum) -> &str {
    if let Datum::Text(text) = datum { text } else { "" }
}

/// A number with the digits of the CSV.
fn number(datum: &Datum) -> Value {
    let mut digits = String::new();
    write_value(&mut digits, &value(datum), CsvDialect::Plain);
    if let Datum::Integer(count) = datum {
        return json!(count);
    }
    digits.parse::<f64>().map_or(Value::Null, |number| json!(number))
}
