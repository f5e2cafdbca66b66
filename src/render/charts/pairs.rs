//! The co-mentions: who is mentioned with whom, how many times as often as chance would have it.
//!
//! One cell a pair, in a triangle, so that no pair stands there twice. A row has the name of one actor before it, a column that of the other
//! above it. What may be chance is grey; what has too few articles is hatched.

use super::brief::{Brief, Drawing, data, fraction};
use super::canvas::{Anchor, Canvas};
use super::frame;
use super::plane::Area;
use super::stops::Stops;
use super::style::{self, Colour, DOWN, GROUND, INK, MUTE, NAME_WIDTH, ROW, legible, size};
use super::svg::escape;
use super::text::Type;
use super::{Data, Value, titles};
use crate::model::findings::{CoMentionRow, Window};
use crate::model::language::Language;
use crate::render::format::island;
pub(super) use crate::render::summary::times;

/// The chart's name.
const NAME: &str = "co-mentions";

/// So many actors at most: all pairs of the leading twelve have a row in the findings, where there is anything to tell.
const ACTORS: usize = 12;

/// Fewer make no triangle.
const FEWEST: usize = 3;

/// Between cells.
const BETWEEN: f64 = 3.0;

/// A cell is at least so large.
const SMALLEST: (f64, f64) = (92.0, 46.0);

/// And at most so large.
const LARGEST: (f64, f64) = (150.0, 96.0);

/// What is told as beyond chance has a q of at most this.
const SURE: f64 = 0.05;

/// The actors, most articles first, and the row of each pair of them.
struct Pairs<'f> {
    /// Indices into the entities.
    actors: Vec<usize>,
    /// The rows of the article window.
    rows: Vec<&'f CoMentionRow>,
}

impl<'f> Pairs<'f> {
    /// The actors that have a row with another of them.
    fn new(brief: &Brief<'f>) -> Self {
        let findings = brief.findings;
        let mut actors: Vec<usize> = (0..findings.entities.len().min(ACTORS)).collect();
        let rows: Vec<&CoMentionRow> = findings
            .comentions
            .iter()
            .filter(|row| row.window == Window::Article && row.second < ACTORS)
            .collect();
        actors.retain(|actor| rows.iter().any(|row| row.first == *actor || row.second == *actor));
        Self { actors, rows }
    }

    /// The row of two actors, by their places among those shown.
    fn at(&self, one: usize, other: usize) -> Option<&'f CoMentionRow> {
        let pair = (self.actors[one.min(other)], self.actors[one.max(other)]);
        self.rows.iter().find(|row| (row.first, row.second) == pair).copied()
    }

    /// All pairs shown, row by row.
    fn all(&self) -> impl Iterator<Item = (usize, usize)> {
        (1..self.actors.len()).flat_map(|row| (0..row).map(move |column| (row, column)))
    }

    /// The rows of pairs shown that are beyond chance.
    fn sure(&self) -> impl Iterator<Item = &'f CoMentionRow> {
        self.all()
            .filter_map(|(row, column)| self.at(row, column))
            .filter(|row| is_sure(row))
    }
}

/// Whether a pair is beyond chance.
fn is_sure(row: &CoMentionRow) -> bool {
    row.q_value <= SURE && (row.lift.lo > 1.0 || row.lift.hi < 1.0)
}

/// Draws the chart; `None` where fewer than three actors have a pair among them that can be told.
pub(super) fn draw(brief: &Brief<'_>) -> Option<Drawing> {
    let mut pairs = Pairs::new(brief);
    let mut canvas = brief.canvas(NAME);
    let words = brief.words;
    let frame_of = |pairs: &Pairs<'_>| {
        let hatched = pairs.all().any(|(row, column)| pairs.at(row, column).is_none());
        let mut frame = brief.frame(
            titles::pairs(brief, &pairs.actors),
            words.pairs_measure(),
            words.pairs_marks(hatched),
        );
        frame.source = brief.whole_source();
        frame
    };
    // How many actors have room is known once the words around the chart stand.
    let mut sheet = canvas.clone();
    let free = frame::draw(&mut sheet, &frame_of(&pairs));
    while pairs.actors.len() > FEWEST && !Grid::new(&sheet, brief, &pairs.actors, free).is_legible() {
        pairs.actors.pop();
    }
    if pairs.actors.len() < FEWEST
        || pairs
            .all()
            .filter(|&(row, column)| pairs.at(row, column).is_some())
            .count()
            < 2
    {
        return None;
    }
    let frame = frame_of(&pairs);
    let free = frame::draw(&mut canvas, &frame);
    let greatest = greatest(&pairs);
    let grid = Grid::new(&canvas, brief, &pairs.actors, free);
    let key = Key::new(&canvas, brief, &pairs, free);
    plot(&mut canvas, brief, &pairs, (&grid, key.as_ref()), greatest);
    if let Some(key) = key {
        key.draw(&mut canvas, brief, greatest);
    }
    let mut far: Vec<&CoMentionRow> = pairs.sure().collect();
    far.sort_by(|one, two| distance(two.lift.value).total_cmp(&distance(one.lift.value)));
    let far: Vec<String> = far.into_iter().take(3).map(|row| told(brief, row)).collect();
    let alt = words.pairs_alt(&frame.title, &far);
    Some(Drawing {
        alt,
        frame,
        canvas,
        data: figures(brief, &pairs),
        labels: Vec::new(),
    })
}

/// How far a lift is from 1, either way; 0 where nothing was seen together is as far as can be.
fn distance(lift: f64) -> f64 {
    if lift > 0.0 { lift.log2().abs() } else { f64::INFINITY }
}

/// The lift at which colours are darkest: the furthest from 1 of all that are coloured, at least 2.
fn greatest(pairs: &Pairs<'_>) -> f64 {
    pairs
        .sure()
        .map(|row| distance(row.lift.value))
        .filter(|far| far.is_finite())
        .fold(1.0, f64::max)
        .exp2()
}

/// A pair in words.
fn told(brief: &Brief<'_>, row: &CoMentionRow) -> String {
    let names = [row.first, row.second].map(|place| brief.name(place));
    let value = times(brief.language, row.lift.value);
    format!("{} {}", names.join(" – "), island(brief.language, &format!("×{value}")))
}

/// Where the cells are.
struct Grid {
    /// Room for the names of the rows.
    names: f64,
    /// Width and height of a cell.
    cell: (f64, f64),
    /// The room.
    free: Area,
    /// Whether the first column stands at the right.
    rtl: bool,
}

impl Grid {
    /// Room above the first row of cells: for the name of the first column.
    const HEAD: f64 = 34.0;

    /// The grid of `actors` in a room.
    fn new(canvas: &Canvas, brief: &Brief<'_>, actors: &[usize], free: Area) -> Self {
        let kind = Type::regular(size::LABEL, INK);
        let width = |place: &usize| canvas.width(&brief.name(*place), kind).min(NAME_WIDTH);
        let names = actors.iter().skip(1).map(width).fold(0.0, f64::max) + 18.0;
        let count = |number: usize| f64::from(u32::try_from(number).unwrap_or(1));
        let columns = count(actors.len().max(2) - 1);
        let last = actors.iter().rev().nth(1).map_or(0.0, width);
        let wide = ((free.width() - names) / columns).min((free.width() - names - last) / (columns - 1.0).max(1.0));
        let high = (free.bottom - 14.0 - free.top - Self::HEAD) / columns;
        Self {
            names,
            cell: (wide.min(LARGEST.0), high.min(LARGEST.1).min(wide)),
            free,
            rtl: canvas.is_rtl(),
        }
    }

    /// Whether figures have room in a cell.
    fn is_legible(&self) -> bool {
        self.cell.0 >= SMALLEST.0 && self.cell.1 >= SMALLEST.1
    }

    /// The cell of the actor at `row` with the one at `column`, both from 0; the diagonal and what lies beyond it hold names.
    fn area(&self, row: usize, column: usize) -> Area {
        let count = |number: usize| f64::from(u32::try_from(number).unwrap_or(0));
        let (wide, high) = self.cell;
        let from = self.names + wide * count(column);
        let bottom = self.free.top + Self::HEAD + high * count(row);
        let (left, right) = if self.rtl {
            (self.free.right - from - wide, self.free.right - from)
        } else {
            (self.free.left + from, self.free.left + from + wide)
        };
        Area {
            left: left + BETWEEN / 2.0,
            right: right - BETWEEN / 2.0,
            top: bottom - high,
            bottom: bottom - BETWEEN,
        }
    }
}

/// Names and cells.
fn plot(canvas: &mut Canvas, brief: &Brief<'_>, pairs: &Pairs<'_>, (grid, key): (&Grid, Option<&Key>), greatest: f64) {
    let kind = Type::regular(size::LABEL, INK);
    for (row, &place) in pairs.actors.iter().enumerate() {
        let own = grid.area(row, row);
        let name = brief.name(place);
        if row > 0 {
            let first = grid.area(row, 0);
            let y = f64::midpoint(first.top, first.bottom) + size::LABEL * 0.35;
            let (x, anchor) = if grid.rtl {
                (first.right + 16.0, Anchor::Left)
            } else {
                (first.left - 16.0, Anchor::Right)
            };
            canvas.name((x, y), anchor, kind, &name, NAME_WIDTH);
        }
        if row + 1 < pairs.actors.len() {
            let y = own.bottom - 6.0;
            let (x, anchor, room) = if grid.rtl {
                (own.right - 4.0, Anchor::Right, own.right - grid.free.left)
            } else {
                (own.left + 4.0, Anchor::Left, grid.free.right - own.left)
            };
            let beside = key.filter(|key| key.area.bottom > y - size::CELL - 4.0);
            let room = beside.map_or(room, |key| {
                if grid.rtl {
                    own.right - key.area.right - 12.0
                } else {
                    key.area.left - own.left - 12.0
                }
            });
            let head = Type::regular(size::CELL, MUTE);
            canvas.name((x, y), anchor, head, &name, NAME_WIDTH.min(room - 4.0));
        }
    }
    for (row, column) in pairs.all() {
        let ids = [row, column].map(|place| brief.entity(pairs.actors[place]).id.as_str());
        canvas
            .svg
            .open("g", &format!("data-series=\"{}\"", escape(&ids.join(" "))));
        match pairs.at(row, column) {
            None => canvas.hatch(grid.area(row, column)),
            Some(found) => cell(canvas, brief.language, found, grid.area(row, column), greatest),
        }
        canvas.svg.close("g");
    }
    canvas.keep(Stops::of_cells(
        &["entity_a", "entity_b"],
        pairs.all().map(|(row, column)| {
            let both = [column, row].map(|place| pairs.actors[place]);
            (
                both.map(|place| brief.entity(place).id.clone()).to_vec(),
                both.map(|place| brief.name(place)).join(" – "),
                grid.area(row, column),
            )
        }),
    ));
}

/// The colour of a lift that is beyond chance.
fn tint(lift: f64, greatest: f64) -> Colour {
    let part = (distance(lift) / greatest.log2()).min(1.0);
    if lift < 1.0 {
        legible(GROUND.mix(DOWN, 0.25 + 0.75 * part))
    } else {
        style::cell(0.25 + 0.75 * part)
    }
}

/// One cell: its colour, the lift, and the interval below it.
fn cell(canvas: &mut Canvas, language: Language, row: &CoMentionRow, area: Area, greatest: f64) {
    let sure = is_sure(row);
    let colour = if sure { tint(row.lift.value, greatest) } else { ROW };
    canvas.block(area, &format!("fill=\"{}\"", colour.hex()));
    let ink = if sure { colour.small_text_on() } else { MUTE };
    let kind = if sure {
        Type::semibold(size::CELL, ink)
    } else {
        Type::regular(size::CELL, ink)
    };
    let (x, y) = (
        f64::midpoint(area.left, area.right),
        f64::midpoint(area.top, area.bottom),
    );
    canvas.text((x, y - 4.0), Anchor::Middle, kind, &times(language, row.lift.value));
    let interval = format!("{}–{}", times(language, row.lift.lo), times(language, row.lift.hi));
    canvas.text(
        (x, y + size::FOOTER - 1.4),
        Anchor::Middle,
        Type::regular(size::FOOTER, ink),
        &island(language, &interval),
    );
}

/// What the colours stand for, in the empty corner.
struct Key {
    /// Its room.
    area: Area,
    /// Where its colours begin.
    left: f64,
    /// Quarters of the way to the darkest colours, from the least lift to the greatest; 0 is what may be chance.
    steps: Vec<i8>,
}

impl Key {
    /// The width of a colour.
    const STEP: f64 = 34.0;

    /// The key; `None` where nothing is coloured.
    fn new(canvas: &Canvas, brief: &Brief<'_>, pairs: &Pairs<'_>, free: Area) -> Option<Self> {
        let less = pairs.sure().any(|row| row.lift.value < 1.0);
        let more = pairs.sure().any(|row| row.lift.value > 1.0);
        if !less && !more {
            return None;
        }
        let steps: Vec<i8> = (if less { -4 } else { 0 }..=if more { 4 } else { 0 }).collect();
        let whole = Self::STEP * f64::from(u32::try_from(steps.len()).unwrap_or(1));
        // The words stand under the middle and must not leave the room.
        let word = canvas.width(brief.words.as_by_chance(), Type::regular(size::FOOTER, MUTE));
        let aside = (word - Self::STEP).max(0.0) / 2.0;
        let wide = whole + 2.0 * aside;
        let area = if canvas.is_rtl() {
            Area {
                right: free.left + wide,
                ..free
            }
        } else {
            Area {
                left: free.right - wide,
                ..free
            }
        };
        Some(Self {
            area: Area {
                top: free.top + 8.0,
                bottom: free.top + 72.0,
                ..area
            },
            left: area.left + aside,
            steps,
        })
    }

    /// Draws it.
    fn draw(&self, canvas: &mut Canvas, brief: &Brief<'_>, greatest: f64) {
        let kind = Type::regular(size::FOOTER, MUTE);
        let top = self.area.top;
        for (place, &step) in self.steps.iter().enumerate() {
            let from = self.left + Self::STEP * f64::from(u32::try_from(place).unwrap_or(0));
            let value = greatest.powf(f64::from(step) / 4.0);
            let colour = if step == 0 { ROW } else { tint(value, greatest) };
            let swatch = Area {
                left: from,
                right: from + Self::STEP,
                top,
                bottom: top + 16.0,
            };
            canvas.block(swatch, &format!("fill=\"{}\"", colour.hex()));
            let middle = from + Self::STEP / 2.0;
            match step {
                0 => {
                    canvas.text((middle, top + 36.0), Anchor::Middle, kind, "1");
                    canvas.text((middle, top + 58.0), Anchor::Middle, kind, brief.words.as_by_chance());
                }
                -4 | 4 => {
                    canvas.text(
                        (middle, top + 36.0),
                        Anchor::Middle,
                        kind,
                        &times(brief.language, value),
                    );
                }
                _ => {}
            }
        }
    }
}

/// The figures: every pair that is drawn; those with too few articles are empty.
fn figures(brief: &Brief<'_>, pairs: &Pairs<'_>) -> Data {
    let id = |place: usize| Value::Text(brief.entity(pairs.actors[place]).id.clone());
    let row = |(one, other): (usize, usize)| {
        let found = pairs.at(one, other);
        vec![
            id(other),
            id(one),
            found.map_or(Value::Missing, |row| Value::Integer(row.articles)),
            fraction(found.map(|row| row.expected)),
            fraction(found.map(|row| row.lift.value)),
            fraction(found.map(|row| row.lift.lo)),
            fraction(found.map(|row| row.lift.hi)),
            found.map_or(Value::Missing, |row| Value::Probability(row.q_value)),
        ]
    };
    let columns = [
        "entity_a", "entity_b", "articles", "expected", "lift", "lift_lo", "lift_hi", "q_value",
    ];
    data(&columns, pairs.all().map(row).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::charts::dark::partner;
    use crate::render::charts::fixtures;
    use crate::render::charts::style::READABLE;
    use crate::settings::Surface;

    #[test]
    fn figures_can_be_read_on_every_colour_by_day_and_by_night_and_none_is_chance() {
        for greatest in [2.0, 9.5, 60.0] {
            for step in (-100..=100_i8).filter(|step| *step != 0) {
                let colour = tint(f64::powf(greatest, f64::from(step) / 100.0), greatest);
                assert!(
                    colour.small_text_on().contrast(colour) >= READABLE,
                    "{step}: {}",
                    colour.hex()
                );
                let contrast = partner(colour.small_text_on()).contrast(partner(colour));
                assert!(
                    contrast >= READABLE,
                    "{step}, in the dark: {} {contrast:.2}",
                    colour.hex()
                );
                assert_ne!(colour, ROW);
            }
        }
        assert!(MUTE.contrast(ROW) >= READABLE && partner(MUTE).contrast(partner(ROW)) >= READABLE);
        assert_eq!(tint(0.0, 4.0), tint(0.25, 4.0));
    }

    #[test]
    fn a_title_tells_a_pair_only_where_a_claim_does() {
        let mut findings = fixtures::five_years();
        fixtures::enrich(&mut findings, 3);
        let draw = |findings: &_, language| {
            draw(&Brief::new(findings, &fixtures::settings(), language, Surface::Slide)).unwrap()
        };
        let neutral = draw(&findings, Language::EN);
        assert!(
            neutral.frame.title.starts_with("Who is mentioned together"),
            "{}",
            neutral.frame.title
        );
        assert_eq!(neutral.data.rows.len(), 66);
        findings.claims.extend(fixtures::together(&findings));
        let told = draw(&findings, Language::FR).frame.title;
        assert!(
            told.starts_with("La Russie et la France sont citées ensemble"),
            "{told}"
        );
        let told = draw(&findings, Language::AR).frame.title;
        assert!(told.starts_with("يجتمع ذكر روسيا وفرنسا في المقالات"), "{told}");
    }

    #[test]
    fn pairs_below_the_floor_are_hatched_and_empty_among_the_figures() {
        let mut findings = fixtures::five_years();
        fixtures::enrich(&mut findings, 3);
        findings.comentions.retain(|row| (row.first, row.second) != (0, 1));
        let drawing = draw(&Brief::new(
            &findings,
            &fixtures::settings(),
            Language::EN,
            Surface::Slide,
        ))
        .unwrap();
        assert_eq!(drawing.data.rows[0][2..], vec![Value::Missing; 6]);
        assert!(
            drawing
                .frame
                .method
                .iter()
                .any(|sentence| sentence.starts_with("Hatched"))
        );
        findings.comentions.clear();
        assert!(
            draw(&Brief::new(
                &findings,
                &fixtures::settings(),
                Language::EN,
                Surface::Slide
            ))
            .is_none()
        );
    }
}
