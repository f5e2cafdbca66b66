//! The attention lines: who is written about, since when.
//!
//! At most six lines with their bands, broken and hatched where there is nothing, dashed where the last column is not whole, and named at
//! their ends. One column alone is drawn as bars.

use super::axis::{draw_scale, draw_time, foot, gutter};
use super::bars;
use super::brief::{Brief, Drawing};
use super::canvas::Canvas;
use super::columns::{SHARES, days, figures_of_shares};
use super::events::Events;
use super::frame;
use super::labels::{self, Label, Leaders};
use super::plane::{Area, Plane};
use super::scale::Scale;
use super::series::{Lines, Series};
use super::stops::Stops;
use super::strokes::{band, hatch, line};
use super::style::LABEL_GAP;
use super::titles;
use super::words::{Mark, Measure};
use crate::model::findings::Share;
use crate::render::format;

/// The chart's name.
pub(super) const NAME: &str = "attention-lines";

/// A plot is about so wide before labels are measured.
const ABOUT: f64 = 1150.0;

/// Draws the chart; `None` where there is nobody to draw.
pub(super) fn draw(brief: &Brief<'_>) -> Option<Drawing> {
    let drawn = &brief.findings.featured;
    if drawn.iter().all(|&place| brief.entity(place).articles == 0) || brief.findings.periods.is_empty() {
        return None;
    }
    let lines = Lines::new(brief, ABOUT);
    if lines.columns.all.len() == 1 {
        return Some(bars::draw(brief, &lines));
    }
    let title = titles::lines(brief, drawn);
    let subtitle = brief
        .words
        .lines_measure(brief.actors(drawn), lines.measure, lines.columns.granularity);
    let frame = brief.frame(title, subtitle, method(brief, &lines));
    let mut canvas = brief.canvas(NAME);
    let free = frame::draw(&mut canvas, &frame);
    let labels = canvas.along_time(|canvas| plot(canvas, brief, &lines, free));
    Some(Drawing {
        alt: alt(brief, &lines),
        frame,
        canvas,
        data: figures(brief, &lines),
        labels,
    })
}

/// How to read the lines.
pub(super) fn method(brief: &Brief<'_>, lines: &Lines) -> Vec<String> {
    let words = brief.words;
    let mut all = Vec::new();
    match lines.measure {
        Measure::Share(_) | Measure::Once => all.push(words.band().to_owned()),
        Measure::Count => all.push(words.too_few(lines.columns.granularity)),
    }
    if !lines.hatched().is_empty() {
        all.push(words.hatched(lines.thin, &brief.gaps(&lines.columns, 2)));
    }
    let mark = if lines.measure == Measure::Count || brief.print {
        Mark::Hollow
    } else {
        Mark::Dashed
    };
    all.extend(brief.incomplete(&lines.columns, mark));
    all.extend(brief.pooled(&lines.columns));
    all
}

/// How a value is written, in the language and with the decimals that it needs.
pub(super) fn figure(brief: &Brief<'_>, measure: Measure, value: f64) -> String {
    match measure {
        Measure::Count => format::decimal(brief.language, value, 0),
        Measure::Share(_) | Measure::Once => format::percent(brief.language, value, decimals(value)),
    }
}

/// As many decimals as a share needs to show two of its digits, and at most three.
fn decimals(share: f64) -> usize {
    match share {
        _ if share <= 0.0 || share >= 0.0995 => 0,
        _ if share >= 0.009_95 => 1,
        _ if share >= 0.000_995 => 2,
        _ => 3,
    }
}

/// Everything between title and footer.
fn plot(canvas: &mut Canvas, brief: &Brief<'_>, lines: &Lines, free: Area) -> Vec<labels::Placed> {
    let sheet = canvas.sheet;
    let Some(start) = lines.columns.start() else {
        return Vec::new();
    };
    let all = lines.columns.days();
    let mut labels: Vec<Label> = lines
        .series
        .iter()
        .filter_map(|series| label(brief, lines, series))
        .collect();
    let right = sheet.right() - labels::widest(canvas, &labels) - LABEL_GAP;
    let scale = match lines.measure {
        Measure::Count => Scale::whole(lines.greatest()),
        Measure::Share(_) | Measure::Once => Scale::reaching(lines.greatest().min(1.0)),
    };
    let figure = |value: f64, top: bool| match lines.measure {
        Measure::Count => format::decimal(brief.language, value, 0),
        _ if top => format::percent(brief.language, value, scale.decimals(100.0)),
        _ => format::decimal(brief.language, value * 100.0, scale.decimals(100.0)),
    };
    let left = sheet.left() + gutter(canvas, scale, figure);
    let x = |day| left + days(start, day) / all * (right - 6.0 - left);
    let events = Events::between(canvas, &brief.findings.events, x, (left, right));
    let foot = foot(canvas, &lines.columns, right - 6.0 - left);
    let area = events.plot(free, foot, (left, right - 6.0));
    let plane = Plane::new(area, 0.0..all, 0.0..scale.top());
    canvas.keep(Stops::of_days(brief, &lines.columns, &plane));
    hatch(canvas, lines, &plane);
    draw_scale(canvas, &plane, scale, (sheet.left(), right), figure);
    events.draw(canvas, (area.top, area.bottom), free.top);
    if matches!(lines.measure, Measure::Share(_)) {
        for series in lines.series.iter().rev() {
            band(canvas, brief, lines, series, (&plane, scale.top()));
        }
    }
    draw_time(canvas, &plane, &lines.columns, (sheet.left(), right));
    for (rank, series) in lines.series.iter().enumerate().rev() {
        line(canvas, brief, lines, (rank, series), &plane);
    }
    for label in &mut labels {
        label.end = plane.at(label.end.0, label.end.1);
    }
    labels::draw(canvas, &labels, right, area, Leaders::Drawn)
}

/// The label of a line; where it ends is still in the figures' own measure.
fn label(brief: &Brief<'_>, lines: &Lines, series: &Series) -> Option<Label> {
    let start = lines.columns.start()?;
    let whole = |place: usize| lines.columns.all[place].complete;
    let drawn = |place: &usize| series.points[*place].is_some();
    let all = 0..series.points.len();
    // A label stands where its figure does: an incomplete column beyond it has a dot, and no say.
    let end = all
        .clone()
        .rev()
        .filter(|place| whole(*place))
        .find(drawn)
        .or_else(|| all.clone().rev().find(drawn))?;
    let newest = lines.columns.all.iter().rposition(|column| column.complete);
    let value = newest.and_then(|place| series.points[place]);
    Some(Label {
        series: brief.entity(series.entity).id.clone(),
        name: brief.name(series.entity),
        value: value.map_or_else(String::new, |point| figure(brief, lines.measure, point.value)),
        tone: brief.colours.of(series.entity),
        end: (lines.columns.all[end].middle(start), series.points[end]?.value),
    })
}

/// The figures: every point, with what it was made of where that is one column's own.
pub(super) fn figures(brief: &Brief<'_>, lines: &Lines) -> super::Data {
    let shares = lines.measure != Measure::Count;
    let window = matches!(lines.measure, Measure::Share(window) if window > 1);
    let called = if window {
        ["share_rolling", "share_rolling_lo", "share_rolling_hi"]
    } else {
        SHARES
    };
    let places: Vec<usize> = lines.series.iter().map(|series| series.entity).collect();
    figures_of_shares(brief, &lines.columns, &places, called, &|row, at| {
        lines.series[row].points[at].filter(|_| shares)
    })
}

/// What the lines show.
fn alt(brief: &Brief<'_>, lines: &Lines) -> String {
    let names: Vec<String> = lines.series.iter().map(|series| brief.name(series.entity)).collect();
    let values: Vec<String> = lines
        .series
        .iter()
        .take(2)
        .filter_map(|series| {
            let whole = || {
                series
                    .points
                    .iter()
                    .zip(&lines.columns.all)
                    .filter(|(_, column)| column.complete)
                    .filter_map(|(point, _)| *point)
            };
            let (first, last) = (whole().next()?, whole().next_back()?);
            let value = |point: Share| figure(brief, lines.measure, point.value);
            Some(
                brief
                    .words
                    .became(&brief.name(series.entity), &value(first), &value(last)),
            )
        })
        .collect();
    let names = format::list(brief.language, &names);
    brief.words.lines_alt(
        &names,
        lines.measure,
        &brief.span(),
        &values,
        &brief.gaps(&lines.columns, 3),
    )
}
