//! The rows of the movers: a name, two dots, and the figures of their difference.

use super::brief::Brief;
use super::canvas::{Anchor, Canvas};
use super::plane::{Area, Ink, Plane};
use super::style::{Colour, GROUND, INK, MUTE, NAME_WIDTH, STILL, size};
use super::svg::escape;
use super::text::Type;
use crate::model::findings::ChangeRow;
use crate::render::format;

/// Room at the end of the rows for their figures.
pub(super) const FIGURES: f64 = 226.0;

/// One row.
pub(super) struct Row<'f> {
    /// What is compared.
    pub(super) change: &'f ChangeRow,
    /// Now.
    pub(super) now: f64,
    /// Before, or what was to be expected.
    pub(super) before: f64,
    /// The colour.
    pub(super) colour: Colour,
}

/// Name, dots, figures.
pub(super) fn draw_row(canvas: &mut Canvas, brief: &Brief<'_>, row: &Row<'_>, tested: bool, (plane, y): (&Plane, f64)) {
    let area = plane.area;
    let moved = row.colour != STILL;
    let plain = if moved { INK } else { MUTE };
    let base = y + size::LABEL * 0.35;
    canvas.svg.open(
        "g",
        &format!("data-series=\"{}\"", escape(&brief.entity(row.change.entity).id)),
    );
    let (x, anchor) = if canvas.is_rtl() {
        (area.right + 20.0, Anchor::Left)
    } else {
        (area.left - 20.0, Anchor::Right)
    };
    let kind = if moved {
        Type::semibold(size::LABEL, plain)
    } else {
        Type::regular(size::LABEL, plain)
    };
    canvas.name((x, base), anchor, kind, &brief.name(row.change.entity), NAME_WIDTH);
    let across = Plane::new(
        Area {
            top: y - 1.0,
            bottom: y + 1.0,
            ..area
        },
        plane.across(),
        0.0..1.0,
    );
    let (now, before) = ((row.now, 0.5), (row.before, 0.5));
    across.line(
        &mut canvas.svg,
        &[before, now],
        Ink::Stroke(row.colour, 7.0),
        "stroke-opacity=\"0.55\"",
    );
    across.dot(&mut canvas.svg, before, 7.0, Ink::Fill(GROUND, 1.0), "");
    across.dot(&mut canvas.svg, before, 7.0, Ink::Stroke(row.colour, 3.0), "");
    across.dot(&mut canvas.svg, now, 9.0, Ink::Fill(row.colour, 1.0), "");
    if tested {
        difference(canvas, brief, row, base);
    } else {
        numbers(canvas, brief, row, base);
    }
    canvas.svg.close("g");
}

/// Where the two columns of figures end and begin.
fn figure_columns(canvas: &Canvas) -> (f64, f64) {
    let sheet = canvas.sheet;
    if canvas.is_rtl() {
        (sheet.left() + FIGURES, sheet.left() + FIGURES - 84.0)
    } else {
        (sheet.right() - FIGURES + 70.0, sheet.right() - FIGURES + 84.0)
    }
}

/// The difference in points with its interval.
fn difference(canvas: &mut Canvas, brief: &Brief<'_>, row: &Row<'_>, base: f64) {
    let Some(found) = row.change.difference else { return };
    let moved = row.colour != STILL;
    let kind = if moved {
        Type::semibold(size::LABEL, row.colour.for_text())
    } else {
        Type::regular(size::LABEL, MUTE)
    };
    let small = Type::regular(size::NOTE, MUTE);
    let (end, begin) = figure_columns(canvas);
    let value = format::points(brief.language, found.value, 1);
    let interval = format::points_range(brief.language, found.lo, found.hi, 1);
    canvas.text((end, base), Anchor::Right, kind, &value);
    let anchor = if canvas.is_rtl() { Anchor::Right } else { Anchor::Left };
    canvas.text((begin, base - 1.0), anchor, small, &interval);
}

/// The number of articles and what was to be expected.
fn numbers(canvas: &mut Canvas, brief: &Brief<'_>, row: &Row<'_>, base: f64) {
    let (end, begin) = figure_columns(canvas);
    canvas.text(
        (end, base),
        Anchor::Right,
        Type::regular(size::LABEL, MUTE),
        &format::count(brief.language, row.change.articles),
    );
    let expected = row.change.expected.map_or_else(
        || "—".to_owned(),
        |expected| format::decimal(brief.language, expected, 1),
    );
    let anchor = if canvas.is_rtl() { Anchor::Right } else { Anchor::Left };
    canvas.text((begin, base - 1.0), anchor, Type::regular(size::NOTE, MUTE), &expected);
}

/// What the dots of a row are, above them.
pub(super) fn words(canvas: &mut Canvas, brief: &Brief<'_>, row: &Row<'_>, tested: bool, (plane, y): (&Plane, f64)) {
    let period = &brief.findings.periods[row.change.period].period;
    let now = format::period_name(brief.language, period, brief.unit());
    let before = if tested {
        brief.words.before(row.change.baseline_periods, brief.unit())
    } else {
        brief.words.expected().to_owned()
    };
    let (bold, light) = (Type::semibold(size::FOOTER, INK), Type::regular(size::FOOTER, MUTE));
    let (now_x, before_x) = (plane.at(row.now, 0.0).0, plane.at(row.before, 0.0).0);
    let (now_width, before_width) = (canvas.width(&now, bold), canvas.width(&before, light));
    let now_is_left = now_x < before_x || ((now_x - before_x).abs() < 0.5 && !canvas.is_rtl());
    let (left, right) = if now_is_left {
        (now_x, before_x)
    } else {
        (before_x, now_x)
    };
    let (left_width, right_width) = if now_is_left {
        (now_width, before_width)
    } else {
        (before_width, now_width)
    };
    let area = plane.area;
    let most = area.right - 8.0;
    let mut left_start = (left + 9.0 - left_width).max(area.left + 8.0).min(most - left_width);
    let mut right_start = (right - 9.0).min(most - right_width);
    let apart = left_start + left_width + 16.0 - right_start;
    if apart > 0.0 {
        let back = apart.min(left_start - area.left - 8.0).max(0.0);
        left_start -= back;
        right_start += apart - back;
        let over = (right_start + right_width - most).max(0.0);
        right_start -= over;
        left_start -= over;
    }
    let base = y - 17.0;
    let (now_start, before_start) = if now_is_left {
        (left_start, right_start)
    } else {
        (right_start, left_start)
    };
    canvas.note((now_start, base), Anchor::Left, bold, &now);
    canvas.note((before_start, base), Anchor::Left, light, &before);
}
