//! One column of time alone: bars with their intervals instead of lines, or bars of numbers where there are too few articles for shares.

use super::brief::{Brief, Drawing};
use super::canvas::{Anchor, Canvas};
use super::frame;
use super::lines::{self, figure};
use super::plane::{Area, Ink, Plane};
use super::scale::Scale;
use super::series::{Lines, Series};
use super::style::{HIGHEST, INK, NAME_WIDTH, size};
use super::svg::escape;
use super::text::Type;
use super::titles;
use super::words::Measure;
use crate::render::format;

/// Room for figures at the end of the bars.
const FIGURES: f64 = 260.0;

/// Draws the one column of `lines`.
pub(super) fn draw(brief: &Brief<'_>, lines: &Lines) -> Drawing {
    let drawn = &brief.findings.featured;
    let title = titles::lines(brief, drawn);
    let subtitle = brief
        .words
        .lines_measure(brief.actors(drawn), lines.measure, lines.columns.granularity);
    let frame = brief.frame(title, subtitle, lines::method(brief, lines));
    let mut canvas = brief.canvas(lines::NAME);
    let sheet = canvas.sheet;
    let free = frame::draw(&mut canvas, &frame);
    let names = names_width(&canvas, brief, drawn);
    let (left, right) = (sheet.left() + names + 20.0, sheet.right() - FIGURES);
    let area = Area {
        left,
        right,
        top: free.top + 10.0,
        bottom: free.bottom - 16.0,
    };
    let area = if canvas.is_rtl() {
        Area {
            left: sheet.left() + FIGURES,
            right: sheet.right() - names - 20.0,
            ..area
        }
    } else {
        area
    };
    #[expect(clippy::cast_precision_loss, reason = "there are at most six rows")]
    let rows = lines.series.len().max(1) as f64;
    let area = area.holding(area.height().min(rows * HIGHEST));
    let top = Scale::reaching(lines.greatest()).top();
    let across = if canvas.is_rtl() { top..0.0 } else { 0.0..top };
    let plane = Plane::new(area, across, rows..0.0);
    let value_of = |series: &Series| {
        series
            .points
            .first()
            .copied()
            .flatten()
            .map_or(0.0, |point| point.value)
    };
    let mut sorted: Vec<&Series> = lines.series.iter().collect();
    sorted.sort_by(|one, two| value_of(two).total_cmp(&value_of(one)));
    for (row, series) in sorted.into_iter().enumerate() {
        draw_row(&mut canvas, brief, lines, series, (&plane, row, rows));
    }
    let zero = plane.at(0.0, 0.0).0;
    canvas.rule((zero, area.top), (zero, area.bottom), Ink::Stroke(INK, 2.0), "");
    let values: Vec<String> = lines
        .series
        .iter()
        .take(2)
        .filter_map(|series| {
            let point = series.points.first().copied().flatten()?;
            Some(format!("{} {}", brief.name(series.entity), value(brief, lines, point)))
        })
        .collect();
    let names: Vec<String> = drawn.iter().map(|&place| brief.name(place)).collect();
    let alt = brief.words.lines_alt(
        &format::list(brief.language, &names),
        lines.measure,
        &brief.span(),
        &values,
        "",
    );
    Drawing {
        frame,
        alt,
        canvas,
        data: lines::figures(brief, lines),
        labels: Vec::new(),
    }
}

/// One row: a name, a bar with the line of its interval, a figure.
fn draw_row(
    canvas: &mut Canvas,
    brief: &Brief<'_>,
    lines: &Lines,
    series: &Series,
    (plane, row, rows): (&Plane, usize, f64),
) {
    let Some(point) = series.points.first().copied().flatten() else {
        return;
    };
    let tone = brief.colours.of(series.entity);
    #[expect(clippy::cast_precision_loss, reason = "there are at most six rows")]
    let middle = row as f64 + 0.5;
    let (top, area) = (plane.across().end.max(plane.across().start), plane.area);
    canvas.svg.open(
        "g",
        &format!("data-series=\"{}\"", escape(&brief.entity(series.entity).id)),
    );
    let half = (26.0 / area.height() * rows).min(0.32);
    plane.bar(
        &mut canvas.svg,
        [(0.0, middle - half), (point.value, middle + half)],
        Ink::Fill(tone.line, 0.85),
        "",
    );
    if lines.measure != Measure::Count {
        plane.line(
            &mut canvas.svg,
            &[(point.lo, middle), (point.hi.min(top), middle)],
            Ink::Stroke(INK, 2.0),
            "",
        );
    }
    let y = plane.at(0.0, middle).1 + size::LABEL * 0.35;
    let end = plane.at(point.hi.min(top).max(point.value), middle).0;
    let value = value(brief, lines, point);
    let (zero, name, side) = if canvas.is_rtl() {
        (area.right + 16.0, Anchor::Left, -14.0)
    } else {
        (area.left - 16.0, Anchor::Right, 14.0)
    };
    let anchor = if canvas.is_rtl() { Anchor::Right } else { Anchor::Left };
    canvas.name(
        (zero, y),
        name,
        Type::semibold(size::LABEL, tone.text),
        &brief.name(series.entity),
        NAME_WIDTH,
    );
    canvas.text((end + side, y), anchor, Type::regular(size::LABEL, tone.text), &value);
    canvas.svg.close("g");
}

/// A share with its interval, or a number.
fn value(brief: &Brief<'_>, lines: &Lines, point: crate::model::findings::Share) -> String {
    let value = figure(brief, lines.measure, point.value);
    if lines.measure == Measure::Count {
        return value;
    }
    format!(
        "{value} ({})",
        format::percent_range(brief.language, point.lo, point.hi, 0)
    )
}

/// The width of the widest name.
pub(super) fn names_width(canvas: &Canvas, brief: &Brief<'_>, places: &[usize]) -> f64 {
    let kind = Type::semibold(size::LABEL, INK);
    places
        .iter()
        .map(|&place| canvas.width(&brief.name(place), kind).min(NAME_WIDTH))
        .fold(0.0, f64::max)
}
