//! When each actor was written about: a row of cells an actor, a cell a period, the darker the greater the share of its articles.
//!
//! What was not collected is hatched and never the lightest colour; the incomplete last period is striped.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::axis::draw_time;
use super::brief::{Brief, Drawing};
use super::canvas::{Anchor, Canvas};
use super::columns::{Columns, PRINTED, SHARES, days, figures_of_shares, share};
use super::frame;
use super::plane::{Area, Plane};
use super::stops::Stops;
use super::style::{HIGHEST, INK, MUTE, NAME_WIDTH, shade, size};
use super::svg::{escape, number};
use super::text::Type;
use super::words::Mark;
use crate::model::findings::Share;
use crate::render::format;

/// The chart's name.
const NAME: &str = "calendar";

/// So many actors at most.
const ACTORS: usize = 12;

/// So many cells in a row at most.
const CELLS: usize = 160;

/// Fewer tell no story.
const FEWEST: usize = 6;

/// Draws the chart; `None` where there are too few actors or periods, or too few articles for shares.
pub(super) fn draw(brief: &Brief<'_>) -> Option<Drawing> {
    let featured = &brief.findings.featured;
    let others = (0..brief.findings.entities.len()).filter(|place| !featured.contains(place));
    let rows: Vec<usize> = featured
        .iter()
        .copied()
        .chain(others)
        .filter(|&place| brief.entity(place).articles > 0)
        .take(ACTORS)
        .collect();
    let columns = Columns::fitting(brief.findings, CELLS);
    let (all, thin) = columns.counted();
    if rows.len() < 3 || all < FEWEST || thin * 3 > all {
        return None;
    }
    let words = brief.words;
    let mut method = Vec::new();
    if !columns.gaps().is_empty() || columns.has_thin() {
        method.push(words.hatched(columns.has_thin(), &brief.gaps(&columns, 2)));
    }
    method.extend(brief.incomplete(&columns, Mark::Striped));
    method.extend(brief.pooled(&columns));
    let actors = brief.actors(&rows);
    let frame = brief.frame(
        words.calendar(actors, &brief.span()),
        words.calendar_measure(actors, columns.granularity),
        method,
    );
    let mut canvas = brief.canvas(NAME);
    let free = frame::draw(&mut canvas, &frame);
    let greatest = greatest(brief, &rows, &columns);
    canvas.along_time(|canvas| plot(canvas, brief, &rows, &columns, (greatest, free)));
    let peaks: Vec<String> = rows
        .iter()
        .take(3)
        .filter_map(|&place| peak(brief, &columns, place))
        .collect();
    let alt = words.calendar_alt(&frame.title, &peaks);
    Some(Drawing {
        frame,
        alt,
        canvas,
        data: figures_of_shares(brief, &columns, &rows, SHARES, &|row, at| {
            value(brief, &columns, rows[row], at)
        }),
        labels: Vec::new(),
    })
}

/// The share of an actor in a column that has articles enough.
fn value(brief: &Brief<'_>, columns: &Columns, place: usize, at: usize) -> Option<Share> {
    let column = &columns.all[at];
    share(column.pool(&brief.entity(place).series).0, column.articles).filter(|_| column.articles >= PRINTED)
}

/// The greatest share of complete columns.
fn greatest(brief: &Brief<'_>, rows: &[usize], columns: &Columns) -> f64 {
    let complete = || (0..columns.all.len()).filter(|&at| columns.all[at].complete);
    let values = rows
        .iter()
        .flat_map(|&place| complete().filter_map(move |at| value(brief, columns, place, at)));
    values
        .map(|share| share.value)
        .fold(0.0, f64::max)
        .max(f64::MIN_POSITIVE)
}

/// When an actor's share was greatest, in words.
fn peak(brief: &Brief<'_>, columns: &Columns, place: usize) -> Option<String> {
    let complete = (0..columns.all.len()).filter(|&at| columns.all[at].complete);
    let (at, share) = complete
        .filter_map(|at| Some((at, value(brief, columns, place, at)?)))
        .max_by(|(first, one), (second, two)| one.value.total_cmp(&two.value).then(second.cmp(first)))?;
    let when = format::period_name(brief.language, &columns.all[at].period, columns.granularity);
    Some(format!(
        "{} {} ({when})",
        brief.name(place),
        format::percent(brief.language, share.value, 0)
    ))
}

/// Everything between title and footer.
fn plot(canvas: &mut Canvas, brief: &Brief<'_>, rows: &[usize], columns: &Columns, (greatest, free): (f64, Area)) {
    let sheet = canvas.sheet;
    let Some(start) = columns.start() else { return };
    let count = |number: usize| f64::from(u32::try_from(number).unwrap_or(1));
    let kind = Type::regular(size::LABEL, INK);
    let names = rows
        .iter()
        .map(|&place| canvas.width(&brief.name(place), kind).min(NAME_WIDTH))
        .fold(0.0, f64::max)
        + 18.0;
    let (left, right) = if canvas.is_rtl() {
        (sheet.left(), sheet.right() - names)
    } else {
        (sheet.left() + names, sheet.right())
    };
    let top = free.top + 44.0;
    let high = ((free.bottom - 66.0 - top) / count(rows.len())).min(HIGHEST);
    let area = Area {
        left,
        right,
        top,
        bottom: top + high * count(rows.len()),
    };
    let plane = Plane::new(area, 0.0..columns.days(), 0.0..1.0);
    canvas.keep(Stops::of_days(brief, columns, &plane));
    key(canvas, brief, greatest, free.top);
    for (row, &place) in rows.iter().enumerate() {
        let (upper, lower) = (top + high * count(row), top + high * count(row + 1) - 3.0);
        let y = f64::midpoint(upper, lower) + size::LABEL * 0.35;
        let (x, anchor) = if canvas.is_rtl() {
            (right + 18.0, Anchor::Left)
        } else {
            (left - 18.0, Anchor::Right)
        };
        canvas.name((x, y), anchor, kind, &brief.name(place), NAME_WIDTH);
        canvas
            .svg
            .open("g", &format!("data-series=\"{}\"", escape(&brief.entity(place).id)));
        cells(canvas, brief, (columns, place, greatest), &plane, (upper, lower));
        canvas.svg.close("g");
    }
    for (at, column) in columns.all.iter().enumerate() {
        let side = |day| plane.at(days(start, day), 0.0).0;
        let stripe = Area {
            left: side(column.period.start),
            right: side(column.period.end),
            ..area
        };
        let stripe = Area {
            bottom: area.bottom - 3.0,
            ..stripe
        };
        if column.articles < PRINTED {
            canvas.hatch(stripe);
        } else if !column.complete && (at == 0 || at + 1 == columns.all.len()) {
            canvas.veil(stripe);
        }
    }
    draw_time(canvas, &plane, columns, (left, right));
}

/// The cells of one row, as one path a shade: an eye does not tell more than eleven apart.
fn cells(
    canvas: &mut Canvas,
    brief: &Brief<'_>,
    (columns, actor, greatest): (&Columns, usize, f64),
    plane: &Plane,
    (upper, lower): (f64, f64),
) {
    let Some(start) = columns.start() else { return };
    let mut shades: BTreeMap<u8, String> = BTreeMap::new();
    let middle = number(f64::midpoint(upper, lower));
    for (at, column) in columns.all.iter().enumerate() {
        let Some(share) = value(brief, columns, actor, at) else {
            continue;
        };
        let side = |day| plane.at(days(start, day), 0.0).0;
        let (left, right) = (side(column.period.start), side(column.period.end));
        let apart = if right - left > 12.0 { 2.0 } else { 0.0 };
        let cell = canvas.turned(Area {
            left,
            top: upper,
            right: right - apart,
            bottom: lower,
        });
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 10")]
        let level = (share.value / greatest * 10.0).clamp(0.0, 10.0).round() as u8;
        let path = shades.entry(level).or_default();
        let _ = write!(path, "M{} {middle}h{}", number(cell.left), number(cell.width()));
    }
    for (level, path) in shades {
        let colour = shade(f64::from(level) / 10.0).hex();
        let looks = format!(
            "d=\"{path}\" stroke=\"{colour}\" stroke-width=\"{}\"",
            number(lower - upper)
        );
        canvas.svg.empty("path", &looks);
    }
}

/// What the colours stand for: the eleven shades, from nothing to the greatest share.
fn key(canvas: &mut Canvas, brief: &Brief<'_>, greatest: f64, top: f64) {
    let sheet = canvas.sheet;
    let kind = Type::regular(size::FOOTER, MUTE);
    let zero = format::percent(brief.language, 0.0, 0);
    let most = format::percent(brief.language, greatest, usize::from(greatest < 0.0995));
    let wide = 180.0;
    let most_width = canvas.width(&most, kind);
    let left = if canvas.is_rtl() {
        sheet.left() + canvas.width(&zero, kind) + 10.0
    } else {
        sheet.right() - most_width - 10.0 - wide
    };
    for level in 0..=10_u8 {
        let from = left + wide / 11.0 * f64::from(level);
        let step = Area {
            left: from,
            right: from + wide / 11.0,
            top: top + 10.0,
            bottom: top + 26.0,
        };
        canvas.block(step, &format!("fill=\"{}\"", shade(f64::from(level) / 10.0).hex()));
    }
    canvas.text((left - 8.0, top + 24.0), Anchor::Right, kind, &zero);
    canvas.text((left + wide + 8.0, top + 24.0), Anchor::Left, kind, &most);
}
