//! The axes of a chart over time: gridlines with their figures at the left, ticks with months and years at the foot.

use chrono::{Datelike, Days, NaiveDate};

use super::canvas::{Anchor, Canvas};
use super::columns::{Columns, days};
use super::plane::{Ink, Plane};
use super::scale::{Scale, Spacing, Stretch};
use super::style::{GRID, GUTTER, INK, MUTE, size};
use super::text::Type;
use crate::model::period::Granularity;

/// The room that names under the plot take, where `columns` lie on so many pixels: one line, or two where years stand below.
pub(super) fn foot(canvas: &Canvas, columns: &Columns, pixels: f64) -> f64 {
    if matches!(spacing(canvas, columns, pixels), Spacing::Years(_)) {
        44.0
    } else {
        64.0
    }
}

/// How far apart the ticks are: not nearer than columns are.
fn spacing(canvas: &Canvas, columns: &Columns, pixels: f64) -> Spacing {
    let kind = Type::regular(size::SCALE, MUTE);
    Spacing::fitting(columns.days(), pixels, |spacing| {
        let shortest = match spacing {
            Spacing::Days(1) => Granularity::Day,
            Spacing::Days(_) => Granularity::Week,
            Spacing::Months(_) => Granularity::Quarter,
            Spacing::Years(_) => Granularity::Year,
        };
        if columns.granularity > shortest {
            return f64::INFINITY;
        }
        let names = (0..12).filter_map(|month| NaiveDate::from_ymd_opt(2028, month + 1, 28));
        let apart = match spacing {
            Spacing::Months(3) => 62.0,
            Spacing::Months(6) => 120.0,
            _ => 18.0,
        };
        names
            .map(|day| canvas.width(&spacing.name(canvas.language, day), kind))
            .fold(0.0, f64::max)
            + apart
    })
}

/// The room that the figures of a scale want at its side, where no data are drawn.
pub(super) fn gutter(canvas: &Canvas, scale: Scale, figure: impl Fn(f64, bool) -> String) -> f64 {
    let kind = Type::regular(size::SCALE, MUTE);
    let top = scale.top();
    scale
        .lines()
        .map(|line| canvas.width(&figure(line, line >= top), kind) + 10.0)
        .fold(GUTTER, f64::max)
}

/// Draws gridlines from `left` to `right`, each with its figure on it; only the top one is given its unit.
pub(super) fn draw_scale(
    canvas: &mut Canvas,
    plane: &Plane,
    scale: Scale,
    (left, right): (f64, f64),
    figure: impl Fn(f64, bool) -> String,
) {
    let kind = Type::regular(size::SCALE, MUTE);
    let top = scale.top();
    for line in scale.lines() {
        let (_, y) = plane.at(0.0, line);
        canvas.rule((left, y), (right, y), Ink::Stroke(GRID, 1.5), "");
        canvas.text((left, y - 7.0), Anchor::Left, kind, &figure(line, line >= top));
    }
}

/// Draws the zero line, ticks and names of days, months or years. The plane's horizontal scale counts days from the first of `columns`.
pub(super) fn draw_time(canvas: &mut Canvas, plane: &Plane, columns: &Columns, (left, right): (f64, f64)) {
    let Some(start) = columns.start() else { return };
    let all = columns.days();
    let kind = Type::regular(size::SCALE, MUTE);
    let language = canvas.language;
    let span = plane.at(all, 0.0).0 - plane.at(0.0, 0.0).0;
    let spacing = spacing(canvas, columns, span);
    let foot = plane.area.bottom;
    canvas.rule((left, foot), (right, foot), Ink::Stroke(INK, 2.0), "");
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "centuries have few days"
    )]
    let last = start + Days::new((all as u64).saturating_sub(1));
    // Where each column is a day or a week, it is named under its middle, as its bar or dot stands there.
    let aside = match (spacing, columns.granularity) {
        (Spacing::Days(2..), Granularity::Day) => 0.5,
        (Spacing::Days(_), Granularity::Week) => 3.5,
        _ => 0.0,
    };
    let x = |day: NaiveDate| plane.at((days(start, day) + aside).clamp(0.0, all), 0.0).0;
    let mut year = None;
    let (mut free, mut named) = (f64::NEG_INFINITY, f64::NEG_INFINITY);
    for stretch in spacing.stretches(language, start, last) {
        if stretch.start > start || (aside > 0.0 && stretch.start == start) {
            let at = x(stretch.start);
            canvas.rule((at, foot), (at, foot + 9.0), Ink::Stroke(INK, 2.0), "");
        }
        let Some(at) = place(
            canvas,
            &stretch,
            spacing,
            start,
            (x(stretch.start), x(stretch.end)),
            (left, right, aside > 0.0),
        ) else {
            continue;
        };
        let half = canvas.width(&stretch.name, kind) / 2.0;
        if at - half < named {
            continue;
        }
        named = at + half + 6.0;
        canvas.text((at, foot + 29.0), Anchor::Middle, kind, &stretch.name);
        let this = stretch.start.max(start).year();
        let bold = Type::semibold(size::SCALE, MUTE);
        let half = canvas.width(&this.to_string(), bold) / 2.0;
        if !matches!(spacing, Spacing::Years(_)) && year != Some(this) && at - half > free {
            canvas.text((at, foot + 54.0), Anchor::Middle, bold, &this.to_string());
            year = Some(this);
            free = at + half + 10.0;
        }
    }
}

/// Where the name of a stretch stands; nowhere where too little of the stretch is seen.
fn place(
    canvas: &Canvas,
    stretch: &Stretch,
    spacing: Spacing,
    start: NaiveDate,
    (from, to): (f64, f64),
    (left, right, pushed): (f64, f64, bool),
) -> Option<f64> {
    let wide = canvas.width(&stretch.name, Type::regular(size::SCALE, MUTE));
    if spacing.names_the_stretch() {
        return (to - from >= wide).then(|| f64::midpoint(from, to));
    }
    // A day that is drawn is named, whole; a month is named where some of it is seen.
    let last = right + 8.0 - wide / 2.0;
    (stretch.start >= start && (pushed || from <= last)).then_some(from.min(last).max(left + wide / 2.0))
}
