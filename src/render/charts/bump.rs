//! Who leads in turn: the rank of each featured actor in each column, by its share of articles.
//!
//! A dot is hollow where the interval of its share overlaps that of the next rank above or below: the order may be chance there.

use super::axis::draw_time;
use super::brief::{Brief, Drawing, data, with_share};
use super::canvas::{Anchor, Canvas};
use super::columns::{COLUMN, Columns, PRINTED, days, share};
use super::frame;
use super::labels::{self, Label, Leaders, Placed};
use super::markers;
use super::plane::{Area, Ink, Plane};
use super::stops::Stops;
use super::style::{GROUND, LABEL_GAP, MUTE, size};
use super::svg::escape;
use super::text::Type;
use super::words::Mark;
use super::{Data, Value};
use crate::model::findings::Share;
use crate::render::format;

/// The chart's name.
const NAME: &str = "bump";

/// So many columns at most.
const COLUMNS: usize = 24;

/// Fewer columns show no turns.
const FEWEST: usize = 4;

/// One actor in one column.
#[derive(Clone, Copy, Debug)]
struct Place {
    /// 0 is the first.
    rank: usize,
    /// Its share.
    share: Share,
    /// Whether the order may be chance.
    doubtful: bool,
}

/// Draws the chart; `None` where there are too few actors or columns, or too few articles for shares.
pub(super) fn draw(brief: &Brief<'_>) -> Option<Drawing> {
    let mut actors: Vec<usize> = brief.findings.featured.clone();
    actors.retain(|&place| brief.entity(place).articles > 0);
    let columns = Columns::fitting(brief.findings, COLUMNS);
    let ranks: Vec<Option<Vec<Place>>> = (0..columns.all.len())
        .map(|at| rank(brief, &columns, &actors, at))
        .collect();
    let ranked = ranks.iter().filter(|column| column.is_some()).count();
    let counted = columns
        .all
        .iter()
        .filter(|column| column.articles > 0 && column.complete)
        .count();
    if actors.len() < 3 || ranked < FEWEST || ranked * 3 < counted * 2 {
        return None;
    }
    let words = brief.words;
    let kind = brief.actors(&actors);
    let mut method = vec![words.bump_marks().to_owned()];
    let (seen, span) = columns.spanning(|place| ranks[place].is_some());
    if seen.all.iter().any(|column| column.articles < PRINTED) {
        method.push(words.hatched(seen.has_thin(), &brief.gaps(&seen, 2)));
    }
    method.extend(brief.incomplete(&columns, Mark::Unmarked));
    method.extend(brief.pooled(&columns));
    let title = words.bump(kind, &brief.span_of(&seen));
    let frame = brief.frame(
        title,
        words.bump_measure(kind, actors.len() as u64, columns.granularity),
        method,
    );
    let mut canvas = brief.canvas(NAME);
    let free = frame::draw(&mut canvas, &frame);
    let labels = canvas.along_time(|canvas| plot(canvas, brief, (&actors, &seen, &ranks[span]), free));
    let last = ranks.iter().rev().flatten().next();
    let mut order: Vec<(usize, String)> = last.map_or_else(Vec::new, |places| {
        places
            .iter()
            .zip(&actors)
            .map(|(place, &actor)| (place.rank, brief.name(actor)))
            .collect()
    });
    order.sort();
    let order: Vec<String> = order.into_iter().map(|(_, name)| name).collect();
    let alt = words.bump_alt(&frame.title, &order);
    Some(Drawing {
        frame,
        alt,
        canvas,
        data: figures(brief, (&actors, &columns, &ranks)),
        labels,
    })
}

/// The ranks of `actors` in one column; `None` where it is not whole or has too few articles.
fn rank(brief: &Brief<'_>, columns: &Columns, actors: &[usize], at: usize) -> Option<Vec<Place>> {
    let column = columns
        .all
        .get(at)
        .filter(|column| column.complete && column.articles >= PRINTED)?;
    let shares: Vec<Share> = actors
        .iter()
        .map(|&place| share(column.pool(&brief.entity(place).series).0, column.articles))
        .collect::<Option<_>>()?;
    let mut order: Vec<usize> = (0..shares.len()).collect();
    order.sort_by(|&one, &two| shares[two].value.total_cmp(&shares[one].value).then(one.cmp(&two)));
    let apart = |above: usize, below: usize| shares[order[above]].lo > shares[order[below]].hi;
    let mut places = vec![None; shares.len()];
    for (rank, &actor) in order.iter().enumerate() {
        let above = rank == 0 || apart(rank - 1, rank);
        let below = rank + 1 == order.len() || apart(rank, rank + 1);
        places[actor] = Some(Place {
            rank,
            share: shares[actor],
            doubtful: !above || !below,
        });
    }
    places.into_iter().collect()
}

/// A small number.
fn count(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(0))
}

/// Everything between title and footer.
fn plot(
    canvas: &mut Canvas,
    brief: &Brief<'_>,
    (actors, columns, ranks): (&[usize], &Columns, &[Option<Vec<Place>>]),
    free: Area,
) -> Vec<Placed> {
    let sheet = canvas.sheet;
    let Some(start) = columns.start() else {
        return Vec::new();
    };
    let Some(last) = ranks.iter().rposition(Option::is_some) else {
        return Vec::new();
    };
    let at = |column: usize, actor: usize| {
        let place = ranks[column].as_ref()?.get(actor)?;
        Some((columns.all[column].middle(start), count(place.rank) + 0.5))
    };
    let mut labels: Vec<Label> = actors
        .iter()
        .enumerate()
        .filter_map(|(actor, &place)| {
            let tone = brief.colours.of(place);
            let end = at(last, actor)?;
            Some(Label {
                series: brief.entity(place).id.clone(),
                name: brief.name(place),
                value: String::new(),
                tone,
                end,
            })
        })
        .collect();
    let right = sheet.right() - labels::widest(canvas, &labels) - LABEL_GAP;
    let area = Area {
        left: sheet.left() + 40.0,
        right,
        top: free.top + 8.0,
        bottom: free.bottom - 66.0,
    };
    let plane = Plane::new(area, 0.0..columns.days(), count(actors.len())..0.0);
    canvas.keep(Stops::of_days(brief, columns, &plane));
    for (first, last) in columns.stretches(|place| ranks[place].is_none()) {
        let side = |day| plane.at(days(start, day), 0.0).0;
        canvas.hatch(Area {
            left: side(columns.all[first].period.start),
            right: side(columns.all[last].period.end),
            ..area
        });
    }
    for rank in 0..actors.len() {
        let y = plane.at(0.0, count(rank) + 0.5).1 + size::SCALE * 0.36;
        let number = format::count(brief.language, rank as u64 + 1);
        canvas.text(
            (sheet.left(), y),
            Anchor::Left,
            Type::regular(size::SCALE, MUTE),
            &number,
        );
    }
    draw_time(canvas, &plane, columns, (sheet.left(), right));
    for (actor, &place) in actors.iter().enumerate().rev() {
        let colour = brief.colours.of(place).line;
        let looks = "stroke-linejoin=\"round\" stroke-linecap=\"round\"";
        canvas.svg.open(
            "g",
            &format!("data-series=\"{}\" {looks}", escape(&brief.entity(place).id)),
        );
        let dashes = if brief.print {
            markers::dashes(actor)
        } else {
            String::new()
        };
        let mut line: Vec<(f64, f64)> = Vec::new();
        for column in 0..=ranks.len() {
            if let Some(point) = (column < ranks.len()).then(|| at(column, actor)).flatten() {
                line.push(point);
            } else if !line.is_empty() {
                let id = format!("{NAME}-{actor}-{column}");
                plane.cased(&mut canvas.svg, &line, (colour, 4.5), (&id, &dashes));
                line.clear();
            }
        }
        for (column, places) in ranks.iter().enumerate() {
            let (Some(point), Some(places)) = (at(column, actor), places) else {
                continue;
            };
            if places[actor].doubtful {
                plane.dot(&mut canvas.svg, point, 7.0, Ink::Fill(GROUND, 1.0), "");
                plane.dot(&mut canvas.svg, point, 7.0, Ink::Stroke(colour, 3.0), "");
            } else {
                plane.dot(&mut canvas.svg, point, 8.0, Ink::Fill(colour, 1.0), "");
            }
        }
        canvas.svg.close("g");
    }
    for label in &mut labels {
        label.end = plane.at(label.end.0, label.end.1);
    }
    labels::draw(canvas, &labels, right, area, Leaders::Drawn)
}

/// The figures: every rank.
fn figures(brief: &Brief<'_>, (actors, columns, ranks): (&[usize], &Columns, &[Option<Vec<Place>>])) -> Data {
    let mut rows = Vec::new();
    for (column, places) in columns.all.iter().zip(ranks) {
        for (actor, &place) in actors.iter().enumerate() {
            let found = places.as_ref().map(|places| places[actor]);
            rows.push(with_share(
                [
                    column.cells(),
                    vec![
                        Value::Text(brief.entity(place).id.clone()),
                        found.map_or(Value::Missing, |place| Value::Integer(place.rank as u64 + 1)),
                        found.map_or(Value::Missing, |place| Value::Integer(u64::from(place.doubtful))),
                    ],
                ]
                .concat(),
                found.map(|place| place.share),
            ));
        }
    }
    let names = [
        &COLUMN[..],
        &["entity", "rank", "doubtful", "share_articles", "share_lo", "share_hi"],
    ]
    .concat();
    data(&names, rows)
}
