//! The key of numbered events: each number in bold, with the event's label and day, on a few lines under the subtitle.

use super::canvas::{Anchor, Canvas};
use super::events::label;
use super::frame::reading_side;
use super::style::{INK, MUTE, size};
use super::text::{Type, shortened};
use crate::model::findings::EventRow;
use crate::render::format;

/// From line to line.
pub(super) const STEP: f64 = 24.0;

/// From a number to its label.
const ASIDE: f64 = 6.0;

/// From the end of a label to the next number.
const APART: f64 = 18.0;

/// The numbers.
const NUMBER: Type = Type::semibold(size::FOOTER, INK);

/// The labels.
const LABEL: Type = Type::regular(size::FOOTER, MUTE);

/// The lines of a key, each with the numbers and labels on it.
pub(super) type Key = Vec<Vec<(String, String)>>;

/// The key of `events`: days are left out where they would make it too long, then long labels are cut off. `None` where it has no room even so.
pub(super) fn key(canvas: &Canvas, events: &[(f64, &EventRow)]) -> Option<Key> {
    let room = canvas.sheet.room();
    let attempts = [(true, room), (false, room), (false, room / 4.0), (false, room / 6.0)];
    let mut keys = attempts.into_iter().map(|(dated, most)| {
        let entries = events.iter().enumerate().map(|(place, (_, event))| {
            let number = format!("{}", place + 1);
            let label = shortened(canvas.script, &label(event, canvas.language), LABEL, most);
            let label = if dated {
                format!("{label} ({})", format::date(canvas.language, event.date))
            } else {
                label
            };
            let most = room - canvas.width(&number, NUMBER) - ASIDE;
            (number, shortened(canvas.script, &label, LABEL, most))
        });
        on_lines(canvas, entries)
    });
    keys.find(|key| key.len() <= canvas.sheet.key)
}

/// Entries on lines that are as full as can be.
fn on_lines(canvas: &Canvas, entries: impl Iterator<Item = (String, String)>) -> Key {
    let mut all: Key = Vec::new();
    let mut used = f64::INFINITY;
    for entry in entries {
        let wide = width(canvas, &entry);
        used += APART + wide;
        if let Some(line) = all.last_mut().filter(|_| used <= canvas.sheet.room()) {
            line.push(entry);
        } else {
            all.push(vec![entry]);
            used = wide;
        }
    }
    all
}

/// How wide a number with its label is.
fn width(canvas: &Canvas, (number, label): &(String, String)) -> f64 {
    canvas.width(number, NUMBER) + ASIDE + canvas.width(label, LABEL)
}

/// Writes the key from `top` on.
pub(super) fn draw(canvas: &mut Canvas, key: &Key, top: f64) {
    let (start, anchor) = reading_side(canvas);
    let onwards = if anchor == Anchor::Right { -1.0 } else { 1.0 };
    let mut y = top + size::FOOTER;
    for line in key {
        let mut x = start;
        for (number, label) in line {
            let aside = canvas.width(number, NUMBER) + ASIDE;
            canvas.text((x, y), anchor, NUMBER, number);
            canvas.text((x + onwards * aside, y), anchor, LABEL, label);
            x += onwards * (aside + canvas.width(label, LABEL) + APART);
        }
        y += STEP;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::language::Language;
    use crate::render::charts::fixtures;
    use crate::render::charts::sheet::Sheet;
    use crate::render::charts::text::Script;
    use crate::settings::Surface;

    #[test]
    fn every_event_has_its_number_and_lines_fit_the_sheet() {
        let findings = fixtures::crowded();
        let events: Vec<(f64, &EventRow)> = findings.events.iter().map(|event| (0.0, event)).collect();
        let script = Script::new(Language::FR, &fixtures::settings());
        let canvas = Canvas::new("key", Sheet::of(Surface::Square), script);
        let key = key(&canvas, &events).unwrap();
        let numbers: Vec<String> = key.iter().flatten().map(|(number, _)| number.clone()).collect();
        let all: Vec<String> = (1..=events.len()).map(|number| number.to_string()).collect();
        assert_eq!(numbers, all);
        for line in &key {
            let wide: f64 = line.iter().map(|entry| width(&canvas, entry) + APART).sum();
            assert!(wide - APART <= canvas.sheet.room(), "{line:?}");
        }
    }
}
