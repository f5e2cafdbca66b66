//! Small multiples: the shape of each of seven to twelve actors, one panel each, all on one scale, the others in grey behind.
//!
//! Every line is written once and used in every panel.

use super::brief::{Brief, Drawing};
use super::canvas::{Anchor, Canvas};
use super::columns::{Columns, PRINTED, SHARES, days, figures_of_shares, share};
use super::frame;
use super::lines::figure;
use super::pen::HALVED;
use super::plane::{Area, Ink, Plane};
use super::scale::{Scale, Spacing};
use super::stops::{Stops, panel};
use super::strokes::stretches;
use super::style::{BAND, DARK, GRID, INK, MUTE, OTHERS, RULE, Tone, size};
use super::svg::{escape, number};
use super::text::Type;
use super::words::{Mark, Measure};
use crate::model::findings::Share;
use crate::render::format;
use crate::settings::Surface;

/// The chart's name.
const NAME: &str = "small-multiples";

/// Fewer actors have room in one chart.
const FEWEST: usize = 7;

/// Panels in a row, and rows at most.
fn panels(surface: Surface) -> (usize, usize) {
    match surface {
        Surface::Slide => (4, 3),
        Surface::Square => (3, 3),
        Surface::Print => (4, 2),
    }
}

/// Between panels.
const BETWEEN: f64 = 38.0;

/// A panel has room for so many columns.
const COLUMNS: usize = 64;

/// Room above a panel's plot for its rule, its name and the figure of its top line.
const HEAD: f64 = 66.0;

/// Room below a panel's plot.
const FOOT: f64 = 42.0;

/// Draws the chart; `None` where there are fewer actors, or too few articles for shares, or no time to speak of.
pub(super) fn draw(brief: &Brief<'_>) -> Option<Drawing> {
    let places = choose(brief);
    let columns = Columns::fitting(brief.findings, COLUMNS);
    let (all, thin) = columns.counted();
    if places.len() < FEWEST || all < 6 || thin * 3 > all {
        return None;
    }
    let series: Vec<Vec<Option<Share>>> = places.iter().map(|&place| shares(brief, &columns, place)).collect();
    let words = brief.words;
    let mut method = vec![words.in_grey().to_owned()];
    let (seen, _) = columns.spanning(|place| series.iter().any(|points| points[place].is_some()));
    if seen.all.iter().any(|column| column.articles < PRINTED) {
        method.push(words.breaks(seen.has_thin()).to_owned());
    }
    method.extend(brief.incomplete(&columns, Mark::Unmarked));
    method.extend(brief.pooled(&columns));
    let title = words.lines(brief.actors(&places), &brief.span_of(&seen));
    let frame = brief.frame(
        title,
        words.multiples_measure(brief.actors(&places), columns.granularity),
        method,
    );
    let mut canvas = brief.canvas(NAME);
    let free = frame::draw(&mut canvas, &frame);
    canvas.along_time(|canvas| plot(canvas, brief, &columns, (&places, &series), free));
    let values: Vec<String> = places
        .iter()
        .zip(&series)
        .filter_map(|(&place, points)| told(brief, &columns, place, points))
        .collect();
    let names: Vec<String> = places.iter().map(|&place| brief.name(place)).collect();
    let names = format::list(brief.language, &names);
    let alt = words.multiples_alt(&names, &brief.span_of(&seen), &values);
    let data = figures_of_shares(brief, &columns, &places, SHARES, &|row, at| series[row][at]);
    Some(Drawing {
        frame,
        alt,
        canvas,
        data,
        labels: Vec::new(),
    })
}

/// The featured entities, then those with most articles.
fn choose(brief: &Brief<'_>) -> Vec<usize> {
    let (across, rows) = panels(brief.sheet.surface);
    let featured = &brief.findings.featured;
    let others = (0..brief.findings.entities.len()).filter(|place| !featured.contains(place));
    featured
        .iter()
        .copied()
        .chain(others)
        .filter(|&place| brief.entity(place).articles > 0)
        .take(across * rows)
        .collect()
}

/// The share of articles in each column that has enough of them; incomplete ones are left out.
fn shares(brief: &Brief<'_>, columns: &Columns, place: usize) -> Vec<Option<Share>> {
    let share = |column: &super::columns::Column| {
        let told = column.articles >= PRINTED && column.complete;
        share(column.pool(&brief.entity(place).series).0, column.articles).filter(|_| told)
    };
    columns.all.iter().map(share).collect()
}

/// The last share, in words.
fn told(brief: &Brief<'_>, columns: &Columns, place: usize, points: &[Option<Share>]) -> Option<String> {
    let value = newest(columns, points)?;
    Some(format!(
        "{} {}",
        brief.name(place),
        figure(brief, Measure::Once, value.value)
    ))
}

/// The share in the last complete column.
fn newest(columns: &Columns, points: &[Option<Share>]) -> Option<Share> {
    let last = columns.all.iter().rposition(|column| column.complete)?;
    points[last]
}

/// Every panel.
fn plot(
    canvas: &mut Canvas,
    brief: &Brief<'_>,
    columns: &Columns,
    (places, series): (&[usize], &[Vec<Option<Share>>]),
    free: Area,
) {
    let sheet = canvas.sheet;
    let (across, _) = panels(sheet.surface);
    let count = |number: usize| f64::from(u32::try_from(number).unwrap_or(1));
    let rows = count(places.len().div_ceil(across));
    let wide = (sheet.room() - BETWEEN * count(across - 1)) / count(across);
    let high = (free.height() - 14.0) / rows;
    let highest = series
        .iter()
        .flatten()
        .flatten()
        .map(|point| point.hi.min(point.value * 1.25))
        .fold(0.0, f64::max);
    let scale = few(Scale::reaching(highest.min(1.0)));
    let (seen, span) = columns.spanning(|place| series.iter().any(|points| points[place].is_some()));
    let Some(start) = seen.start() else { return };
    let area = Area {
        left: 44.0,
        right: wide - 4.0,
        top: HEAD,
        bottom: high - FOOT,
    };
    let plane = Plane::new(area, 0.0..seen.days(), 0.0..scale.top());
    let shown: Vec<&[Option<Share>]> = series.iter().map(|points| &points[span.clone()]).collect();
    define(canvas, &seen, &shown, &plane);
    let mut stops = Stops::of_days(brief, &seen, &plane);
    stops.panels.clear();
    for (at, &place) in places.iter().enumerate() {
        let (row, column) = (at / across, at % across);
        let column = if canvas.is_rtl() { across - 1 - column } else { column };
        let origin = (
            sheet.left() + (wide + BETWEEN) * count(column),
            free.top + 12.0 + high * count(row),
        );
        stops.panels.push(panel(Area {
            left: origin.0 + area.left,
            right: origin.0 + area.right,
            top: origin.1 + area.top,
            bottom: origin.1 + area.bottom,
        }));
        let tone = legible(brief.colours.of(place));
        head(canvas, brief, (columns, &series[at]), (place, tone), (origin, wide));
        grid(canvas, brief, &plane, scale, (origin, wide));
        let aside = if canvas.svg.mirrored { -origin.0 } else { origin.0 };
        let moved = |id: &str, looks: &str| {
            format!(
                "href=\"#{NAME}-{id}\" x=\"{}\" y=\"{}\" {looks}",
                number(aside),
                number(origin.1)
            )
        };
        let grey = GRID.mix(RULE, 0.45).hex();
        let others = format!(
            "fill=\"none\" stroke=\"{grey}\" stroke-width=\"1.3\" stroke-linejoin=\"round\" stroke-linecap=\"round\""
        );
        canvas.svg.empty("use", &moved("all", &others));
        canvas
            .svg
            .open("g", &format!("data-series=\"{}\"", escape(&brief.entity(place).id)));
        canvas.svg.empty(
            "use",
            &moved(
                &format!("b{at}"),
                &format!("fill=\"{}\" fill-opacity=\"{BAND}\"", tone.line.hex()),
            ),
        );
        let line = format!(
            "fill=\"none\" stroke=\"{}\" stroke-width=\"3.4\" stroke-linejoin=\"round\" stroke-linecap=\"round\"",
            tone.line.hex()
        );
        canvas.svg.empty("use", &moved(&format!("l{at}"), &line));
        canvas.svg.close("g");
        foot(canvas, &plane, (start, seen.days()), (origin, wide));
    }
    canvas.keep(stops);
}

/// The colours of one actor: dark ones for an actor that is grey elsewhere, since grey is for the others here.
fn legible(tone: Tone) -> Tone {
    if tone == OTHERS {
        Tone { line: DARK, text: DARK }
    } else {
        tone
    }
}

/// A scale of three steps at most: panels are low. No share is above one.
fn few(scale: Scale) -> Scale {
    if scale.steps <= 3 {
        scale
    } else if scale.top() > 0.99 {
        Scale { step: 0.5, steps: 2 }
    } else {
        Scale {
            step: scale.step * 2.0,
            steps: scale.steps.div_ceil(2),
        }
    }
}

/// Writes every line and every band once, at the place that they have in the first panel.
fn define(canvas: &mut Canvas, columns: &Columns, series: &[&[Option<Share>]], plane: &Plane) {
    let Some(start) = columns.start() else { return };
    let x = |place: usize| columns.all[place].middle(start);
    canvas.svg.open("defs", "");
    canvas.svg.open("g", &format!("id=\"{NAME}-all\""));
    for (at, points) in series.iter().enumerate() {
        canvas.svg.open("g", &format!("id=\"{NAME}-l{at}\""));
        for (first, stretch) in stretches(points) {
            let mut line: Vec<(f64, f64)> = stretch
                .iter()
                .enumerate()
                .map(|(step, point)| (x(first + step), point.value))
                .collect();
            // A point between two gaps is a line so short that its round ends make it a dot.
            if let [point] = line[..] {
                line.push((point.0 + columns.days() / plane.area.width() * 0.2, point.1));
            }
            plane.line(&mut canvas.svg, &line, Ink::Bare, "");
        }
        canvas.svg.close("g");
    }
    canvas.svg.close("g");
    for (at, points) in series.iter().enumerate() {
        canvas.svg.open("g", &format!("id=\"{NAME}-b{at}\" {HALVED}"));
        for (first, stretch) in stretches(points).into_iter().filter(|(_, stretch)| stretch.len() > 1) {
            let upper = stretch
                .iter()
                .enumerate()
                .map(|(step, point)| (x(first + step), point.hi));
            let lower = stretch
                .iter()
                .enumerate()
                .rev()
                .map(|(step, point)| (x(first + step), point.lo));
            let outline: Vec<(f64, f64)> = upper.chain(lower).collect();
            plane.outline(&mut canvas.svg, &outline);
        }
        canvas.svg.close("g");
    }
    canvas.svg.close("defs");
}

/// Fewer days have weeks named under them: they have no two months that could be.
const FEW_WEEKS: f64 = 62.0;

/// The rule, the name and the last share of one panel.
fn head(
    canvas: &mut Canvas,
    brief: &Brief<'_>,
    (columns, points): (&Columns, &[Option<Share>]),
    (place, tone): (usize, Tone),
    ((left, top), wide): ((f64, f64), f64),
) {
    canvas.rule(
        (left, top + 2.0),
        (left + wide, top + 2.0),
        Ink::Stroke(tone.line, 4.0),
        "",
    );
    let kind = Type::semibold(size::LABEL, tone.text);
    let y = top + 33.0;
    let value = newest(columns, points).map_or_else(String::new, |share| figure(brief, Measure::Once, share.value));
    let (name, figure) = if canvas.is_rtl() {
        ((left + wide, Anchor::Right), (left, Anchor::Left))
    } else {
        ((left, Anchor::Left), (left + wide, Anchor::Right))
    };
    let room = wide - canvas.width(&value, kind) - 14.0;
    canvas.name((name.0, y), name.1, kind, &brief.name(place), room);
    if !value.is_empty() {
        canvas.text((figure.0, y), figure.1, kind, &value);
    }
}

/// The gridlines of one panel with their figures.
fn grid(canvas: &mut Canvas, brief: &Brief<'_>, plane: &Plane, scale: Scale, ((left, top), wide): ((f64, f64), f64)) {
    let kind = Type::regular(size::FOOTER, MUTE);
    for line in scale.lines() {
        let y = top + plane.at(0.0, line).1;
        canvas.rule((left, y), (left + wide, y), Ink::Stroke(GRID, 1.2), "");
        let digits = scale.decimals(100.0);
        let text = if line >= scale.top() {
            format::percent(brief.language, line, digits)
        } else {
            format::decimal(brief.language, line * 100.0, digits)
        };
        canvas.text((left, y - 5.0), Anchor::Left, kind, &text);
    }
}

/// The zero line of one panel with a few days, months or years.
fn foot(
    canvas: &mut Canvas,
    plane: &Plane,
    (start, all): (chrono::NaiveDate, f64),
    ((left, top), wide): ((f64, f64), f64),
) {
    let kind = Type::regular(size::FOOTER, MUTE);
    let y = top + plane.area.bottom;
    canvas.rule((left, y), (left + wide, y), Ink::Stroke(INK, 1.8), "");
    let fitting = Spacing::fitting(all, plane.area.width(), |spacing| match spacing {
        Spacing::Years(_) => 78.0,
        _ => 118.0,
    });
    let spacing = if all < FEW_WEEKS {
        let weeks = [(22.0, 1), (45.0, 2)].into_iter().find(|(most, _)| all < *most);
        Spacing::Days(7 * weeks.map_or(4, |(_, weeks)| weeks))
    } else {
        fitting
    };
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "centuries have few days"
    )]
    let last = start + chrono::Days::new((all as u64).saturating_sub(1));
    let mut free = left;
    for stretch in spacing.stretches(canvas.language, start, last) {
        let at = left + plane.at(days(start, stretch.start), 0.0).0;
        if stretch.start < start {
            continue;
        }
        let text = if matches!(spacing, Spacing::Months(_)) {
            format!("{}\u{a0}{}", stretch.name, chrono::Datelike::year(&stretch.start))
        } else {
            stretch.name
        };
        let half = canvas.width(&text, kind) / 2.0;
        let middle = at.max(left + half).min(left + wide - half);
        if middle - half < free {
            continue;
        }
        canvas.rule((at, y), (at, y + 6.0), Ink::Stroke(INK, 1.8), "");
        canvas.text((middle, y + 24.0), Anchor::Middle, kind, &text);
        free = middle + half + 12.0;
    }
}
