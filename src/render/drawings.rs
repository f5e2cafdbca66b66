//! The files under `charts/`: each chart as PNG and SVG, its description as text, its figures as CSV.
//!
//! In: the charts of one language. Out: `NAME.LANG.png`, `NAME.LANG.svg`, `NAME.LANG.txt`, and once for all languages `NAME.csv`. Other surfaces than
//! the slide are in the name: `NAME.square.LANG.png`, and `NAME.square.csv` where there was room for other figures.

use super::charts::{self, Chart, Value as Datum};
use super::folder::Folder;
use super::tables::define::{Head, Kind, Table, Value};
use super::tables::write_table;
use crate::error::Error;
use crate::model::findings::Findings;
use crate::model::language::Language;
use crate::settings::{RenderSettings, Surface};

/// Draws the charts in `language` and writes their files; gives the slides, which the page shows. The figures are those of the first language
/// that is written.
pub(super) fn write_charts(
    folder: &mut Folder,
    findings: &Findings,
    settings: &RenderSettings,
    language: Language,
) -> Result<Vec<Chart>, Error> {
    let slides = charts::draw_charts(findings, settings, language, Surface::Slide)?;
    for chart in &slides {
        write(folder, settings, language, chart, "")?;
    }
    for (surface, suffix) in [(Surface::Square, ".square"), (Surface::Print, ".print")] {
        if !settings.canvas.contains(&surface) {
            continue;
        }
        for mut chart in charts::draw_charts(findings, settings, language, surface)? {
            let slide = slides.iter().find(|slide| slide.name == chart.name);
            if slide.is_some_and(|slide| slide.data == chart.data) {
                chart.data = charts::Data::default();
            }
            write(folder, settings, language, &chart, suffix)?;
        }
    }
    Ok(slides)
}

/// Writes the files of one chart; its figures where it has some that no file holds yet.
fn write(
    folder: &mut Folder,
    settings: &RenderSettings,
    language: Language,
    chart: &Chart,
    suffix: &str,
) -> Result<(), Error> {
    let stem = format!("charts/{}{suffix}.{language}", chart.name);
    folder.write(&format!("{stem}.png"), &chart.png)?;
    folder.write(&format!("{stem}.svg"), chart.svg.as_bytes())?;
    folder.write(&format!("{stem}.txt"), format!("{}\n", chart.alt).as_bytes())?;
    let path = format!("charts/{}{suffix}.csv", chart.name);
    if !chart.data.columns.is_empty() && !folder.holds(&path) {
        let table = figures(chart, &path, folder);
        write_table(folder, table, settings.csv, &chart.data.rows)?;
    }
    Ok(())
}

/// The figures of a chart as a table. What a column means is what a column of that name means in the other tables.
fn figures<'c>(chart: &'c Chart, path: &str, folder: &Folder) -> Table<'c, &'c Vec<Datum>> {
    let mut table = Table::<&Vec<Datum>>::new(path, &format!("The figures that the chart {} shows.", chart.name));
    for (place, name) in chart.data.columns.iter().enumerate() {
        let kind = kind(chart.data.rows.iter().filter_map(|row| row.get(place)));
        let known = folder.head(name).filter(|head| same_type(head.kind, kind));
        let head = known.map_or_else(
            || Head::new(name.clone(), kind, "", ""),
            |known| Head {
                name: name.clone().into(),
                required: false,
                ..known.clone()
            },
        );
        table = table.column(head, Box::new(move |row| row.get(place).map_or(Value::Missing, value)));
    }
    table
}

/// A value of a chart as a cell.
pub(super) fn value(datum: &Datum) -> Value<'_> {
    match datum {
        Datum::Text(text) => Value::Text(text.as_str().into()),
        Datum::Integer(count) => Value::Integer(*count),
        Datum::Decimal(number) => Value::Decimal(*number),
        Datum::Date(day) => Value::Date(*day),
        Datum::Missing => Value::Missing,
    }
}

/// The type that all values of a column have.
fn kind<'d>(values: impl Iterator<Item = &'d Datum>) -> Kind {
    let mut found = None;
    for value in values {
        let kind = match value {
            Datum::Missing => continue,
            Datum::Text(_) => Kind::Text,
            Datum::Integer(_) => Kind::Integer,
            Datum::Decimal(_) => Kind::Number,
            Datum::Date(_) => Kind::Date,
        };
        found = match (found, kind) {
            (None, kind) => Some(kind),
            (Some(before), kind) if before == kind => Some(kind),
            (Some(Kind::Integer | Kind::Number), Kind::Integer | Kind::Number) => Some(Kind::Number),
            _ => Some(Kind::Text),
        };
    }
    found.unwrap_or(Kind::Text)
}

/// Whether a column of type `known` may hold what a column of type `found` holds.
fn same_type(known: Kind, found: Kind) -> bool {
    match found {
        Kind::Text => matches!(known, Kind::Text | Kind::Word(_)),
        Kind::Integer => matches!(known, Kind::Integer | Kind::Flag),
        Kind::Number => matches!(known, Kind::Number | Kind::Fraction),
        other => known == other,
    }
}
