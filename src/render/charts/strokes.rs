//! The strokes of the attention lines: bands, lines whole and dashed, dots at their ends, hatching where nothing is.

use super::brief::Brief;
use super::canvas::Canvas;
use super::columns::days;
use super::markers;
use super::plane::{Area, Ink, Plane};
use super::series::{Lines, Series};
use super::style::{BAND, Colour, GROUND};
use super::svg::escape;
use super::words::Measure;
use crate::model::findings::Share;

/// The step to what is not whole.
const PARTIAL: &str = "stroke-dasharray=\"4 7\"";

/// The same among lines with dashes.
const PARTIAL_PRINT: &str = "stroke-dasharray=\"0.1 5\"";

/// Two dots that are nearer than this cover each other: the hollow one stands for both.
const DASHED: f64 = 14.0;

/// Hatches what has no line.
pub(super) fn hatch(canvas: &mut Canvas, lines: &Lines, plane: &Plane) {
    let Some(start) = lines.columns.start() else { return };
    for (first, last) in lines.hatched() {
        let from = days(start, lines.columns.all[first].period.start);
        let to = days(start, lines.columns.all[last].period.end);
        let area = Area {
            left: plane.at(from, 0.0).0,
            right: plane.at(to, 0.0).0,
            ..plane.area
        };
        canvas.hatch(area);
    }
}

/// Stretches of points without a hole, each with the index of its first column.
pub(super) fn stretches(points: &[Option<Share>]) -> Vec<(usize, Vec<Share>)> {
    let mut all: Vec<(usize, Vec<Share>)> = Vec::new();
    for (place, point) in points.iter().enumerate() {
        let Some(point) = point else { continue };
        match all.last_mut() {
            Some((first, stretch)) if *first + stretch.len() == place => stretch.push(*point),
            _ => all.push((place, vec![*point])),
        }
    }
    all
}

/// The band of one line.
pub(super) fn band(
    canvas: &mut Canvas,
    brief: &Brief<'_>,
    lines: &Lines,
    series: &Series,
    (plane, top): (&Plane, f64),
) {
    let Some(start) = lines.columns.start() else { return };
    let x = |place: usize| lines.columns.all[place].middle(start);
    canvas.svg.open(
        "g",
        &format!("data-series=\"{}\"", escape(&brief.entity(series.entity).id)),
    );
    for (first, stretch) in stretches(&series.points) {
        let upper = stretch
            .iter()
            .enumerate()
            .map(|(step, point)| (x(first + step), point.hi.min(top)));
        let lower = stretch
            .iter()
            .enumerate()
            .rev()
            .map(|(step, point)| (x(first + step), point.lo));
        let outline: Vec<(f64, f64)> = upper.chain(lower).collect();
        if stretch.len() > 1 {
            plane.polygon(
                &mut canvas.svg,
                &outline,
                Ink::Fill(brief.colours.of(series.entity).line, BAND),
                "",
            );
        } else if let [above, below] = outline[..] {
            let ink = Ink::Stroke(brief.colours.of(series.entity).line, 6.0);
            plane.line(&mut canvas.svg, &[below, above], ink, "stroke-opacity=\"0.2\"");
        }
    }
    canvas.svg.close("g");
}

/// One line: whole steps in full, steps from or to what is not whole in dashes, with dots at its ends. Where lines have dashes of their own,
/// what is not whole is a thin dotted step, and the dots are the line's markers.
pub(super) fn line(
    canvas: &mut Canvas,
    brief: &Brief<'_>,
    lines: &Lines,
    (rank, series): (usize, &Series),
    plane: &Plane,
) {
    let Some(start) = lines.columns.start() else { return };
    let columns = &lines.columns.all;
    let colour = brief.colours.of(series.entity).line;
    let at = |place: usize, point: &Share| (columns[place].middle(start), point.value);
    canvas.svg.open(
        "g",
        &format!(
            "data-series=\"{}\" stroke-linejoin=\"round\" stroke-linecap=\"round\"",
            escape(&brief.entity(series.entity).id)
        ),
    );
    let dot = Dot {
        plane,
        colour,
        marker: brief.print.then_some(rank),
    };
    let own = if brief.print {
        markers::dashes(rank)
    } else {
        String::new()
    };
    let (thin, partial) = if brief.print {
        (2.0, PARTIAL_PRINT)
    } else {
        (3.2, PARTIAL)
    };
    for (first, stretch) in stretches(&series.points) {
        let points: Vec<(f64, f64)> = stretch
            .iter()
            .enumerate()
            .map(|(step, point)| at(first + step, point))
            .collect();
        let whole: Vec<bool> = (0..points.len()).map(|step| columns[first + step].complete).collect();
        let begin = usize::from(!whole[0]);
        let end = points.len() - usize::from(!whole[points.len() - 1] && points.len() > 1);
        if end - begin.min(end) > 1 {
            let id = format!("{}-{}-{first}", canvas.name, series.entity);
            plane.cased(&mut canvas.svg, &points[begin..end], (colour, 4.0), (&id, &own));
            if brief.print {
                for place in markers::places(rank, end).filter(|place| *place >= begin) {
                    markers::draw(&mut canvas.svg, plane, points[place], rank, (colour, true));
                }
            }
        } else if end - begin.min(end) == 1 {
            if brief.print {
                dot.draw(canvas, points[begin], true);
            } else {
                plane.dot(&mut canvas.svg, points[begin], 4.0, Ink::Fill(colour, 1.0), "");
            }
        }
        let dashed = Ink::Stroke(colour, thin);
        let joined = lines.measure != Measure::Count;
        if begin == 1 {
            if joined && points.len() > 1 {
                plane.line(&mut canvas.svg, &points[..2], dashed, partial);
            }
            dot.draw(canvas, points[0], false);
        }
        if joined && end < points.len() && points.len() > 1 {
            plane.line(&mut canvas.svg, &points[end - 1..], dashed, partial);
        }
    }
    ends(canvas, lines, series, &dot);
    canvas.svg.close("g");
}

/// A full dot where the last whole column is, a hollow one where the incomplete last one is.
fn ends(canvas: &mut Canvas, lines: &Lines, series: &Series, dot: &Dot<'_>) {
    let Some(start) = lines.columns.start() else { return };
    let columns = &lines.columns.all;
    let Some(last) = (0..columns.len()).rev().find(|place| series.points[*place].is_some()) else {
        return;
    };
    let at = |place: usize| series.points[place].map(|point| (columns[place].middle(start), point.value));
    let whole = (0..=last)
        .rev()
        .find(|place| columns[*place].complete && series.points[*place].is_some());
    if columns[last].complete {
        if let Some(point) = at(last) {
            dot.plane.dot(&mut canvas.svg, point, 7.0, Ink::Fill(GROUND, 1.0), "");
            dot.draw(canvas, point, true);
        }
        return;
    }
    let apart = |one: (f64, f64), two: (f64, f64)| {
        let [one, two] = [one, two].map(|(x, y)| dot.plane.at(x, y));
        (two.0 - one.0).hypot(two.1 - one.1)
    };
    if let (Some(one), Some(two)) = (whole.and_then(at), at(last))
        && (apart(one, two) >= DASHED || lines.measure == Measure::Count)
    {
        dot.draw(canvas, one, true);
    }
    if let Some(point) = at(last) {
        dot.draw(canvas, point, false);
    }
}

/// The dots of one line.
struct Dot<'p> {
    /// Where figures lie.
    plane: &'p Plane,
    /// The line's colour.
    colour: Colour,
    /// The rank whose marker is drawn; a plain dot where there is none.
    marker: Option<usize>,
}

impl Dot<'_> {
    /// Draws one: full for what is whole, hollow for what is not.
    fn draw(&self, canvas: &mut Canvas, point: (f64, f64), full: bool) {
        let mut circle = |ink| self.plane.dot(&mut canvas.svg, point, 5.5, ink, "");
        match (self.marker, full) {
            (Some(rank), _) => markers::draw(&mut canvas.svg, self.plane, point, rank, (self.colour, full)),
            (None, true) => circle(Ink::Fill(self.colour, 1.0)),
            (None, false) => {
                circle(Ink::Fill(GROUND, 1.0));
                circle(Ink::Stroke(self.colour, 2.6));
            }
        }
    }
}
