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
        let known = folder
            .head(name)
            .filter(|head| kind.is_none_or(|kind| same_type(head.kind, kind)));
        let head = known.map_or_else(
            || described(name, kind.unwrap_or(Kind::Text)),
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

/// Columns that no table has, with unit and meaning; sorted.
const COLUMNS: [(&str, &str, &str); 16] = [
    ("baseline_total", "articles", "All articles of the baseline"),
    (
        "difference",
        "fraction",
        "Share of the period minus share of the baseline",
    ),
    (
        "difference_hi",
        "fraction",
        "Upper bound of the interval of difference; the intervals of all rows hold together with 95 %",
    ),
    (
        "difference_lo",
        "fraction",
        "Lower bound of the interval of difference; the intervals of all rows hold together with 95 %",
    ),
    (
        "doubtful",
        "",
        "1 where the interval of the share overlaps that of the next rank above or below, so that the order may be chance",
    ),
    (
        "log_ratio",
        "",
        "Binary logarithm of the frequency in the articles told over that in the rest: 1 is twice as frequent, 2 four times",
    ),
    ("map", "", "The map that was drawn: sahel, mena, africa or world"),
    (
        "mentions_total",
        "mentions",
        "Mentions of all watched entities in the period",
    ),
    (
        "n_reference",
        "occurrences",
        "How often the term occurs in all other articles of the language",
    ),
    (
        "n_target",
        "occurrences",
        "How often the term occurs in the articles told",
    ),
    ("rank", "", "Rank by share of articles among the actors drawn, 1 first"),
    (
        "share_of_voice",
        "fraction",
        "Mentions of the entity over mentions of all watched entities",
    ),
    ("term", "", "The word in its most frequent spelling"),
    (
        "watched",
        "",
        "1 where the country is watched, so that 0 articles means that we looked; 0 where it is not",
    ),
    (
        "words_reference",
        "words",
        "Words of all other articles of the language",
    ),
    ("words_target", "words", "Words of the articles told in the language"),
];

/// The head of a column that no table has.
fn described(name: &str, kind: Kind) -> Head {
    let found = COLUMNS.iter().find(|(known, ..)| *known == name);
    let (unit, description) = found.map_or(("", ""), |(_, unit, description)| (*unit, *description));
    Head::new(name.to_owned(), kind, unit, description)
}

/// A value of a chart as a cell.
pub(super) fn value(datum: &Datum) -> Value<'_> {
    match datum {
        Datum::Text(text) => Value::Text(text.as_str().into()),
        Datum::Integer(count) => Value::Integer(*count),
        Datum::Decimal(number) => Value::Decimal(*number),
        Datum::Probability(number) => Value::Significant(*number),
        Datum::Date(day) => Value::Date(*day),
        Datum::Missing => Value::Missing,
    }
}

/// The type that all values of a column have; `None` where there is no value.
fn kind<'d>(values: impl Iterator<Item = &'d Datum>) -> Option<Kind> {
    let mut found = None;
    for value in values {
        let kind = match value {
            Datum::Missing => continue,
            Datum::Text(_) => Kind::Text,
            Datum::Integer(_) => Kind::Integer,
            Datum::Decimal(_) | Datum::Probability(_) => Kind::Number,
            Datum::Date(_) => Kind::Date,
        };
        found = match (found, kind) {
            (None, kind) => Some(kind),
            (Some(before), kind) if before == kind => Some(kind),
            (Some(Kind::Integer | Kind::Number), Kind::Integer | Kind::Number) => Some(Kind::Number),
            _ => Some(Kind::Text),
        };
    }
    found
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::charts::columns_of_every_chart;
    use crate::render::fixtures;

    #[test]
    fn every_column_of_every_chart_is_described() {
        assert!(COLUMNS.is_sorted());
        let root = tempfile::tempdir().unwrap();
        let mut folder = Folder::create(&root.path().join("report")).unwrap();
        folder
            .write_findings(&fixtures::findings(), &RenderSettings::default())
            .unwrap();
        let columns = columns_of_every_chart();
        assert!(columns.len() > 60, "{columns:?}");
        for (chart, name) in columns {
            let known = folder.head(&name).is_some_and(|head| !head.description.is_empty());
            let described = !described(&name, Kind::Text).description.is_empty();
            assert!(known || described, "{chart}: {name}");
        }
    }
}
