//! Dated events beside the figures: dotted rules with labels in lanes above the plot, or with numbers and a key where lanes are too few.
//!
//! An event stands beside a line and explains nothing. No rule crosses a label where that can be avoided.

use std::cmp::Reverse;

use chrono::NaiveDate;

use super::canvas::{Anchor, Canvas};
use super::event_key::{self, Key, key};
use super::plane::{Area, Ink};
use super::style::{INK, RULE, size};
use super::text::{Type, can_write, shortened};
use crate::model::findings::EventRow;
use crate::model::language::Language;
use crate::render::text::one_line;

/// So many lanes at most.
const LANES: usize = 3;
/// From lane to lane.
const LANE: f64 = 27.0;
/// Free room at the end of a label.
const FREE: f64 = 14.0;
/// From a rule to its label.
const ASIDE: f64 = 7.0;
/// So many events are tried on both sides of their rules.
const TRIED: usize = 8;
/// A label is cut off at the first of these parts of the sheet's width with which the labels have room.
const WIDEST: [f64; 4] = [0.4, 0.3, 0.24, 0.19];

/// One rule with its label.
#[derive(Clone, Debug, PartialEq)]
struct Mark {
    /// Where its rule stands.
    x: f64,
    /// Its label.
    text: String,
    /// Where its label reaches from and to.
    span: (f64, f64),
    /// Its lane, the lowest being 0.
    lane: usize,
}

/// Events, laid out.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Events {
    /// The rules with a label.
    marks: Vec<Mark>,
    /// Rules that share the label of another.
    bare: Vec<f64>,
    /// Lines of the key; empty where labels stand beside their rules.
    key: Key,
    /// The ids of all that have a rule.
    ids: Vec<String>,
}

impl Events {
    /// Lays out the events that are drawn between the sides of a plot; `x` is where a day lies.
    pub(super) fn between(
        canvas: &Canvas,
        events: &[EventRow],
        x: impl Fn(NaiveDate) -> f64,
        (left, right): (f64, f64),
    ) -> Self {
        let drawn: Vec<(f64, &EventRow)> = events
            .iter()
            .filter(|event| event.drawn)
            .map(|event| (x(event.date), event))
            .filter(|(x, _)| (left..=right).contains(x))
            .collect();
        Self::new(canvas, &drawn, (left, right))
    }

    /// The plot between the lanes and what is at its foot.
    pub(super) fn plot(&self, free: Area, foot: f64, (left, right): (f64, f64)) -> Area {
        Area {
            left,
            right,
            top: free.top + self.height() + self.clearance(),
            bottom: free.bottom - foot,
        }
    }

    /// Lays out events whose rules stand at the given places, which lie between `left` and `right`.
    pub(super) fn new(canvas: &Canvas, events: &[(f64, &EventRow)], (left, right): (f64, f64)) -> Self {
        let mut events: Vec<(f64, &EventRow)> = events.to_vec();
        events.sort_by(|one, two| one.0.total_cmp(&two.0).then_with(|| one.1.id.cmp(&two.1.id)));
        let sides = (left, right.max(canvas.sheet.right()));
        let marks = WIDEST
            .into_iter()
            .find_map(|part| arranged(&labelled(canvas, &events, canvas.sheet.width * part), sides));
        if let Some(marks) = marks {
            return Self {
                marks,
                ids: events.iter().map(|(_, event)| event.id.clone()).collect(),
                ..Self::default()
            };
        }
        Self::numbered(canvas, &events)
    }

    /// Numbers above the rules, and a key. Events that the key has no room for have no rule either.
    fn numbered(canvas: &Canvas, events: &[(f64, &EventRow)]) -> Self {
        let (events, key) = (1..=events.len())
            .rev()
            .find_map(|most| Some((&events[..most], key(canvas, &events[..most])?)))
            .unwrap_or_default();
        let kind = Type::semibold(size::NOTE, INK);
        let number = |first: usize, last: usize| {
            if first == last {
                format!("{}", first + 1)
            } else {
                format!("{}–{}", first + 1, last + 1)
            }
        };
        let cluster = |first: usize, last: usize| {
            let x = f64::midpoint(events[first].0, events[last].0);
            let text = number(first, last);
            let half = canvas.width(&text, kind) / 2.0;
            (
                first,
                last,
                Mark {
                    x,
                    text,
                    span: (x - half, x + half),
                    lane: 0,
                },
            )
        };
        let mut clusters: Vec<(usize, usize, Mark)> = Vec::new();
        for place in 0..events.len() {
            let mut next = cluster(place, place);
            while let Some((first, _, before)) = clusters.last() {
                if before.span.1 + 6.0 <= next.2.span.0 {
                    break;
                }
                next = cluster(*first, next.1);
                clusters.pop();
            }
            clusters.push(next);
        }
        let marks = clusters.into_iter().map(|(_, _, mark)| mark).collect();
        let bare = events.iter().map(|(x, _)| *x).collect();
        let ids = events.iter().map(|(_, event)| event.id.clone()).collect();
        Self { marks, bare, key, ids }
    }

    /// How much room the lanes and the key take above the plot.
    pub(super) fn height(&self) -> f64 {
        let lanes = self.marks.iter().map(|mark| mark.lane + 1).max().unwrap_or(0);
        count(lanes) * LANE + count(self.key.len()) * event_key::STEP
    }

    /// Room between the lanes and the plot: its top figure stands there, under the subtitle where there are no lanes.
    pub(super) fn clearance(&self) -> f64 {
        if self.marks.is_empty() { 36.0 } else { 22.0 }
    }

    /// Draws the rules from their labels down to `bottom`, and the labels; `top` is the upper edge of the plot. The key begins at `above`.
    pub(super) fn draw(&self, canvas: &mut Canvas, (top, bottom): (f64, f64), above: f64) {
        canvas.events = Some(self.ids.clone());
        event_key::draw(canvas, &self.key, above);
        let base = |mark: &Mark| top - 14.0 - LANE * count(mark.lane);
        let dotted = "stroke-dasharray=\"2 5\"";
        if self.key.is_empty() {
            for mark in &self.marks {
                canvas.rule(
                    (mark.x, base(mark) - 16.0),
                    (mark.x, bottom),
                    Ink::Stroke(RULE, 1.5),
                    dotted,
                );
                canvas.text(
                    (mark.span.0, base(mark)),
                    Anchor::Left,
                    Type::regular(size::NOTE, INK),
                    &mark.text,
                );
            }
            return;
        }
        let mut last = f64::NEG_INFINITY;
        for &x in &self.bare {
            if x - last >= 6.0 {
                canvas.rule((x, top - 4.0), (x, bottom), Ink::Stroke(RULE, 1.5), dotted);
                last = x;
            }
        }
        for mark in &self.marks {
            canvas.text(
                (mark.span.0, base(mark)),
                Anchor::Left,
                Type::semibold(size::NOTE, INK),
                &mark.text,
            );
        }
    }

    /// Where rules stand.
    pub(super) fn rules(&self) -> Vec<f64> {
        if self.key.is_empty() {
            self.marks.iter().map(|mark| mark.x).collect()
        } else {
            self.bare.clone()
        }
    }
}

/// A mark for each event, with its label, cut off at `most`, right of its rule.
fn labelled(canvas: &Canvas, events: &[(f64, &EventRow)], most: f64) -> Vec<Mark> {
    let kind = Type::regular(size::NOTE, INK);
    let mark = |(x, event): &(f64, &EventRow)| {
        let text = shortened(canvas.script, &label(event, canvas.language), kind, most);
        let width = canvas.width(&text, kind);
        Mark {
            x: *x,
            text,
            span: (x + ASIDE, x + ASIDE + width),
            lane: 0,
        }
    };
    events.iter().map(mark).collect()
}

/// A small number.
#[expect(clippy::cast_precision_loss, reason = "a chart has few events")]
fn count(number: usize) -> f64 {
    number as f64
}

/// Marks with a side and a lane each: as few lanes as can be, then as few labels left of their rule; `None` where no way has lanes enough.
fn arranged(marks: &[Mark], (left, right): (f64, f64)) -> Option<Vec<Mark>> {
    if marks.len() > TRIED {
        return None;
    }
    let mut ways: Vec<u32> = (0..1_u32 << marks.len()).collect();
    ways.sort_by_key(|way| (way.count_ones(), *way));
    let arrange = |way: &u32| {
        let mut all = marks.to_vec();
        for (place, mark) in all.iter_mut().enumerate().filter(|(place, _)| way >> place & 1 == 1) {
            mark.span = (2.0 * mark.x - marks[place].span.1, 2.0 * mark.x - marks[place].span.0);
        }
        let inside = all.iter().all(|mark| left <= mark.span.0 && mark.span.1 <= right);
        (inside && assign_lanes(&mut all)).then_some(all)
    };
    let lanes = |marks: &Vec<Mark>| marks.iter().map(|mark| mark.lane).max();
    ways.iter().filter_map(arrange).min_by_key(lanes)
}

/// Gives each mark a lane so that no labels meet and no rule crosses a label; says whether the lanes suffice.
///
/// A rule reaches up to the lane of its own label. So a label must lie above every event whose rule stands within it: those are placed first.
fn assign_lanes(marks: &mut [Mark]) -> bool {
    let within = |outer: &Mark, inner: &Mark| outer.span.0 - ASIDE < inner.x && inner.x < outer.span.1 + ASIDE;
    let mut left: Vec<usize> = (0..marks.len()).collect();
    let mut placed: Vec<usize> = Vec::new();
    while !left.is_empty() {
        let waits = |place: usize| {
            left.iter()
                .filter(|&&other| other != place && within(&marks[place], &marks[other]))
                .count()
        };
        let Some(&next) = left.iter().min_by_key(|&&place| (waits(place), Reverse(place))) else {
            break;
        };
        left.retain(|place| *place != next);
        let free = |lane: usize| {
            placed.iter().all(|&other| {
                let other = &marks[other];
                let apart = marks[next].span.1 + FREE <= other.span.0 || other.span.1 + FREE <= marks[next].span.0;
                let above = !within(&marks[next], other) || lane > other.lane;
                let below = !within(other, &marks[next]) || lane < other.lane;
                (apart || lane != other.lane) && above && below
            })
        };
        let Some(lane) = (0..LANES).find(|lane| free(*lane)) else {
            return false;
        };
        marks[next].lane = lane;
        placed.push(next);
    }
    true
}

/// What an event is called in `language`, else in English, else by its id.
pub(super) fn label(event: &EventRow, language: Language) -> String {
    [language, Language::EN]
        .iter()
        .filter_map(|language| event.label.get(language))
        .map(|label| one_line(label))
        .find(|label| !label.is_empty() && can_write(label))
        .unwrap_or_else(|| event.id.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::charts::brief::Brief;
    use crate::render::charts::{drawings, fixtures, with_events_that_fit};
    use crate::settings::Surface;

    /// The languages of the charts.
    const LANGUAGES: [Language; 3] = [Language::EN, Language::FR, Language::AR];

    #[test]
    fn events_that_have_no_room_are_not_said_to_be_drawn() {
        let mut findings = fixtures::five_years();
        let first = findings.events[0].clone();
        let label = "An event whose label is far too long for a lane, or for a key of several lines beside others that are as long";
        findings.events = (0..20_u64)
            .map(|number| EventRow {
                date: first.date + chrono::Days::new(number),
                id: format!("event-{number}"),
                label: LANGUAGES.map(|language| (language, format!("{label} {number}"))).into(),
                drawn: true,
                ..first.clone()
            })
            .collect();
        let settings = fixtures::settings();
        for (count, all) in [(20, false), (8, true)] {
            findings.events.truncate(count);
            let fitted = with_events_that_fit(&findings, &settings, &LANGUAGES);
            assert_eq!(fitted.is_none(), all, "{count}");
            let told = fitted.as_ref().unwrap_or(&findings);
            let marked: Vec<&String> = told
                .events
                .iter()
                .filter(|event| event.drawn)
                .map(|event| &event.id)
                .collect();
            assert!(!marked.is_empty() && (marked.len() == count) == all, "{marked:?}");
            for language in LANGUAGES {
                let brief = Brief::new(told, &settings, language, Surface::Slide);
                for drawing in drawings(&brief) {
                    let Some(drawn) = &drawing.canvas.events else { continue };
                    assert_eq!(
                        drawn.iter().collect::<Vec<_>>(),
                        marked,
                        "{} {language}",
                        drawing.canvas.name
                    );
                }
            }
        }
        findings.periods.clear();
        findings.entities.clear();
        findings.featured.clear();
        let fitted = with_events_that_fit(&findings, &settings, &LANGUAGES).unwrap();
        assert!(
            fitted.events.iter().all(|event| !event.drawn),
            "no chart, nothing drawn"
        );
    }
}
