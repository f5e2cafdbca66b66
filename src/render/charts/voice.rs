//! Shares of voice: how mentions are split among the actors, column by column.
//!
//! Featured actors are layers from the zero line upwards, all others together are the grey layer on top. Each column is a hundred per cent of its
//! mentions. Where columns are thin, they are as high as their mentions are many, and their figures are numbers.

use super::axis::{draw_scale, gutter};
use super::brief::{Brief, Drawing};
use super::canvas::{Anchor, Canvas};
use super::columns::Column;
use super::frame;
use super::labels::{self, Label, Leaders, Placed};
use super::plane::{Area, Ink, Plane};
use super::scale::{Scale, Spacing};
use super::stack::{Stack, alt, choose, figures, is_partial};
use super::stops::Stops;
use super::style::{Colour, GROUND, INK, LABEL_GAP, MUTE, OTHERS, REST, Tone, size};
use super::svg::escape;
use super::text::Type;
use super::words::Mark;
use crate::model::period::Granularity;
use crate::render::format;

/// The chart's name.
const NAME: &str = "share-of-voice";

/// Draws the chart; `None` where nobody is mentioned.
pub(super) fn draw(brief: &Brief<'_>) -> Option<Drawing> {
    let layers = &brief.findings.featured;
    if brief.findings.periods.iter().all(|period| period.mentions == 0) || layers.is_empty() {
        return None;
    }
    let (columns, shares) = choose(brief);
    let stack = Stack {
        columns: &columns,
        layers,
        shares,
    };
    let actors = brief.findings.entities.len() as u64;
    let frame = brief.frame(
        brief.words.voice(shares, &brief.span()),
        brief.words.voice_measure(actors, shares, columns.granularity),
        method(brief, &stack),
    );
    let mut canvas = brief.canvas(NAME);
    let free = frame::draw(&mut canvas, &frame);
    let labels = canvas.along_time(|canvas| plot(canvas, brief, &stack, free));
    Some(Drawing {
        alt: alt(brief, &stack),
        frame,
        canvas,
        data: figures(brief, &stack),
        labels,
    })
}

/// How to read the columns.
fn method(brief: &Brief<'_>, stack: &Stack<'_>) -> Vec<String> {
    let words = brief.words;
    let counted = |whole: bool| stack.columns.all.iter().filter(move |column| column.complete || !whole);
    let whole = counted(true).next().is_some();
    let mut all = vec![words.mentions_total(counted(whole).map(|column| column.mentions).sum(), whole)];
    if !stack.shares {
        all.push(words.too_few(stack.columns.granularity));
    }
    if stack.columns.all.iter().any(|column| !stack.is_shown(column)) {
        let thin = stack
            .columns
            .all
            .iter()
            .any(|column| column.articles > 0 && !stack.is_shown(column));
        all.push(words.hatched(thin, ""));
    }
    all.extend(brief.incomplete(stack.columns, Mark::Striped));
    all.extend(brief.pooled(stack.columns));
    all
}

/// Everything between title and footer.
fn plot(canvas: &mut Canvas, brief: &Brief<'_>, stack: &Stack<'_>, free: Area) -> Vec<Placed> {
    let sheet = canvas.sheet;
    let told = |column: &&Column| stack.is_shown(column) && column.mentions > 0;
    let shown = || stack.columns.all.iter().rev().filter(told);
    let last = if stack.shares {
        shown().next()
    } else {
        shown().find(|column| column.complete).or(shown().next())
    };
    let mut labels = last.map_or_else(Vec::new, |column| labels(brief, stack, column));
    let right = sheet.right() - labels::widest(canvas, &labels) - LABEL_GAP;
    let scale = Scale::whole(stack.top());
    let figure = |value: f64, _| format::decimal(brief.language, value, 0);
    let left = if stack.shares {
        sheet.left()
    } else {
        sheet.left() + gutter(canvas, scale, figure)
    };
    let area = Area {
        left,
        right,
        top: free.top + if stack.shares { 8.0 } else { 36.0 },
        bottom: free.bottom - 66.0,
    };
    #[expect(clippy::cast_precision_loss, reason = "there are at most some dozen columns")]
    let count = stack.columns.all.len() as f64;
    let plane = Plane::new(area, 0.0..count, 0.0..if stack.shares { 1.0 } else { scale.top() });
    if !stack.shares {
        draw_scale(canvas, &plane, scale, (sheet.left(), right), figure);
    }
    canvas.keep(stops(brief, stack, &plane));
    let mut segments = Vec::new();
    for layer in 0..=stack.layers.len() {
        draw_layer(canvas, brief, stack, (&plane, layer), &mut segments);
    }
    write_figures(canvas, &segments);
    mark(canvas, stack, &plane);
    canvas.rule(
        (sheet.left(), area.bottom),
        (right + 6.0, area.bottom),
        Ink::Stroke(INK, 2.0),
        "",
    );
    names(canvas, brief, stack, &plane);
    let full = last.map_or(1.0, |column| stack.height(column, column.mentions));
    for label in &mut labels {
        label.end = (right, area.bottom - label.end.1 / full * area.height());
    }
    labels::draw(
        canvas,
        &labels,
        right,
        area,
        if stack.shares { Leaders::Drawn } else { Leaders::None },
    )
}

/// Between columns: a part of the room that each has.
const BETWEEN: f64 = 0.06;

/// From where to where a column reaches.
#[expect(clippy::cast_precision_loss, reason = "there are at most some dozen columns")]
fn sides(stack: &Stack<'_>, place: usize) -> (f64, f64) {
    let aside = if stack.columns.all.len() == 1 { 0.3 } else { BETWEEN };
    (place as f64 + aside, (place + 1) as f64 - aside)
}

/// The columns, as wide as they are.
fn stops(brief: &Brief<'_>, stack: &Stack<'_>, plane: &Plane) -> Stops {
    let middle = |place| {
        let (from, to) = sides(stack, place);
        f64::midpoint(from, to)
    };
    let (from, to) = sides(stack, 0);
    Stops {
        wide: plane.at(to, 0.0).0 - plane.at(from, 0.0).0,
        ..Stops::of_columns(brief, stack.columns, plane, &middle)
    }
}

/// A segment that has room for the height of a figure.
struct Segment {
    /// Whose it is, as the page knows it.
    series: String,
    /// The colour of its figure.
    ink: Colour,
    /// Its figure.
    text: String,
    /// Where it is.
    area: Area,
}

/// One layer through all columns, with the segments that want a figure; the layer after the last is that of all others.
fn draw_layer(
    canvas: &mut Canvas,
    brief: &Brief<'_>,
    stack: &Stack<'_>,
    (plane, layer): (&Plane, usize),
    segments: &mut Vec<Segment>,
) {
    let entity = stack.layers.get(layer).copied();
    let series = entity.map_or("others", |place| brief.entity(place).id.as_str());
    let colour = entity.map_or(REST, |place| brief.colours.of(place).line);
    let (area, ink) = colour.with_figures();
    let looks = format!(
        "data-series=\"{}\" fill=\"{}\" stroke=\"{}\" stroke-width=\"1.5\"",
        escape(series),
        area.hex(),
        GROUND.hex()
    );
    canvas.svg.open("g", &looks);
    for (place, column) in stack
        .columns
        .all
        .iter()
        .enumerate()
        .filter(|(_, column)| stack.is_shown(column))
    {
        let (mut counts, rest) = stack.counts(brief, column);
        counts.push(rest);
        let (below, count) = (counts[..layer].iter().sum(), counts[layer]);
        if count == 0 {
            continue;
        }
        let (from, to) = sides(stack, place);
        let corners = [
            (from, stack.height(column, below)),
            (to, stack.height(column, below + count)),
        ];
        plane.bar(&mut canvas.svg, corners, Ink::Bare, "");
        let [(left, bottom), (right, top)] = corners.map(|(x, y)| plane.at(x, y));
        let text = if stack.shares {
            format::decimal(brief.language, stack.height(column, count) * 100.0, 0)
        } else {
            format::count(brief.language, count)
        };
        if !is_partial(stack, column) && bottom - top >= 23.0 && text != "0" {
            segments.push(Segment {
                series: series.to_owned(),
                ink,
                text,
                area: Area {
                    left,
                    top,
                    right,
                    bottom,
                },
            });
        }
    }
    canvas.svg.close("g");
}

/// The figures of segments, in letters in which the widest fits; none where no letters are small enough: some without others would
/// show the small shares only.
fn write_figures(canvas: &mut Canvas, segments: &[Segment]) {
    let fits = |letters: &f64| {
        segments.iter().all(|segment| {
            let kind = Type::semibold(*letters, segment.ink);
            canvas.width(&segment.text, kind) + 3.0 <= segment.area.width()
        })
    };
    let Some(letters) = [size::CELL, size::NOTE, size::LEAST].into_iter().find(fits) else {
        return;
    };
    for segments in segments.chunk_by(|one, two| one.series == two.series) {
        canvas
            .svg
            .open("g", &format!("data-series=\"{}\"", escape(&segments[0].series)));
        for Segment { ink, text, area, .. } in segments {
            let kind = Type::semibold(letters, *ink);
            let y = f64::midpoint(area.top, area.bottom) + letters * 0.36;
            canvas.text((f64::midpoint(area.left, area.right), y), Anchor::Middle, kind, text);
        }
        canvas.svg.close("g");
    }
}

/// Hatches what has no figures, and stripes what is not whole.
fn mark(canvas: &mut Canvas, stack: &Stack<'_>, plane: &Plane) {
    for (place, column) in stack.columns.all.iter().enumerate() {
        let (from, to) = sides(stack, place);
        let area = Area {
            left: plane.at(from, 0.0).0,
            right: plane.at(to, 0.0).0,
            ..plane.area
        };
        if !stack.is_shown(column) {
            canvas.hatch(area);
        } else if is_partial(stack, column) && column.mentions > 0 {
            canvas.veil(Area {
                top: plane.at(0.0, stack.height(column, column.mentions)).1,
                ..area
            });
        }
    }
}

/// Names of layers at the heights that they have in `column`; the others last.
fn labels(brief: &Brief<'_>, stack: &Stack<'_>, column: &Column) -> Vec<Label> {
    let (counts, rest) = stack.counts(brief, column);
    let mut below = 0;
    let mut all: Vec<Label> = Vec::new();
    let mut add = |series: String, name: String, tone: Tone, count: u64| {
        let middle = f64::midpoint(stack.height(column, below), stack.height(column, below + count));
        below += count;
        all.push(Label {
            series,
            name,
            value: String::new(),
            tone,
            end: (0.0, middle),
        });
    };
    for (&entity, count) in stack.layers.iter().zip(counts) {
        add(
            brief.entity(entity).id.clone(),
            brief.name(entity),
            brief.colours.of(entity),
            count,
        );
    }
    let others = brief.findings.entities.len().saturating_sub(stack.layers.len()) as u64;
    if others > 0 {
        add(
            "others".to_owned(),
            brief.words.others(others),
            Tone {
                line: REST,
                text: OTHERS.text,
            },
            rest,
        );
    }
    all
}

/// Names of the columns at the foot, with the years below them.
fn names(canvas: &mut Canvas, brief: &Brief<'_>, stack: &Stack<'_>, plane: &Plane) {
    let kind = Type::regular(size::SCALE, MUTE);
    let spacing = match stack.columns.granularity {
        Granularity::Day | Granularity::Week => Spacing::Days(1),
        Granularity::Month => Spacing::Months(1),
        Granularity::Quarter | Granularity::Year => Spacing::Years(1),
    };
    let name = |column: &Column| match stack.columns.granularity {
        Granularity::Quarter => quarter(brief, column.period.start),
        _ => spacing.name(brief.language, column.period.start),
    };
    let bold = Type::semibold(size::SCALE, MUTE);
    let widest = stack
        .columns
        .all
        .iter()
        .map(|column| canvas.width(&name(column), kind))
        .fold(0.0, f64::max)
        + 8.0;
    let pitch = plane.at(1.0, 0.0).0 - plane.at(0.0, 0.0).0;
    let every = (1..stack.columns.all.len())
        .find(|every| f64::from(u32::try_from(*every).unwrap_or(1)) * pitch >= widest)
        .unwrap_or(1);
    let mut year = None;
    let mut free = f64::NEG_INFINITY;
    for (place, column) in stack.columns.all.iter().enumerate() {
        let (from, to) = sides(stack, place);
        let x = f64::midpoint(plane.at(from, 0.0).0, plane.at(to, 0.0).0);
        if place.is_multiple_of(every) {
            // The first name may be wider than its column, and stays on the sheet.
            let x = x.max(canvas.sheet.left() + canvas.width(&name(column), kind) / 2.0);
            canvas.text((x, plane.area.bottom + 29.0), Anchor::Middle, kind, &name(column));
        }
        let this = chrono::Datelike::year(&column.period.start);
        let half = canvas.width(&this.to_string(), bold) / 2.0;
        if stack.columns.granularity != Granularity::Year && year != Some(this) && x - half >= free {
            year = Some(this);
            free = x + half + 8.0;
            let x = x.max(canvas.sheet.left() + half);
            canvas.text((x, plane.area.bottom + 54.0), Anchor::Middle, bold, &this.to_string());
        }
    }
}

/// The quarter of a day: `Q1`, `T1`, `1`.
fn quarter(brief: &Brief<'_>, day: chrono::NaiveDate) -> String {
    let number = chrono::Datelike::month0(&day) / 3 + 1;
    match brief.language {
        crate::model::language::Language::FR => format!("T{number}"),
        crate::model::language::Language::AR => format!("ر{number}"),
        _ => format!("Q{number}"),
    }
}
