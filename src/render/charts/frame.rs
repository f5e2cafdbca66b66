//! What every chart has around its figures: the block of the house, the tag, title, subtitle, hairline and footer.
//!
//! Words come in; the room that is left for the figures goes out. In Arabic all of it is mirrored.

use super::canvas::{Anchor, Canvas};
use super::plane::{Area, Ink};
use super::sheet::Sheet;
use super::style::{BLOCK, GRID, HOUSE, INK, MUTE, size};
use super::text::{Script, Type, lines, shortened};

/// The words around a chart.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Frame {
    /// What it finds.
    pub(super) title: String,
    /// Measure, unit, smoothing, band.
    pub(super) subtitle: String,
    /// A word in the corner, such as `Synthetic data`; empty for none.
    pub(super) tag: String,
    /// Source, number of articles and sources, range.
    pub(super) source: String,
    /// How to read what is drawn, a sentence each.
    pub(super) method: Vec<String>,
}

/// From one line of the footer to the next.
const FOOTER_STEP: f64 = 25.0;

/// Below the lowest baseline.
const FOOT: f64 = 26.0;

/// A tag that takes more of the width than this stands above the title and not beside it.
const BESIDE: f64 = 0.22;

/// Draws the frame.
pub(super) fn draw(canvas: &mut Canvas, frame: &Frame) -> Area {
    let sheet = canvas.sheet;
    let start = if canvas.is_rtl() {
        sheet.right() - BLOCK.0
    } else {
        sheet.left()
    };
    let block = Area {
        left: start,
        top: 0.0,
        right: start + BLOCK.0,
        bottom: BLOCK.1,
    };
    canvas.block(block, &format!("fill=\"{}\"", HOUSE.hex()));
    let taken = tag(canvas, &frame.tag);
    let top = if taken > sheet.room() * BESIDE {
        head(canvas, frame, 62.0, sheet.room())
    } else {
        head(canvas, frame, 26.0, sheet.room() - taken)
    };
    let bottom = footer(canvas, frame);
    Area {
        left: sheet.left(),
        top,
        right: sheet.right(),
        bottom,
    }
}

/// Where text of the reading side begins, and how it is anchored there.
pub(super) fn reading_side(canvas: &Canvas) -> (f64, Anchor) {
    if canvas.is_rtl() {
        (canvas.sheet.right(), Anchor::Right)
    } else {
        (canvas.sheet.left(), Anchor::Left)
    }
}

/// The tag in its pill; gives the width that the title has to leave.
fn tag(canvas: &mut Canvas, tag: &str) -> f64 {
    if tag.is_empty() {
        return 0.0;
    }
    let kind = Type::semibold(size::NOTE, MUTE);
    let tag = shortened(canvas.script, tag, kind, 300.0);
    let width = canvas.width(&tag, kind) + 24.0;
    let left = if canvas.is_rtl() {
        canvas.sheet.left()
    } else {
        canvas.sheet.right() - width
    };
    let pill = Area {
        left,
        top: 26.0,
        right: left + width,
        bottom: 58.0,
    };
    let colour = GRID.mix(MUTE, 0.4).hex();
    canvas.block(
        pill,
        &format!("rx=\"16\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"1.5\""),
    );
    canvas.text((left + width / 2.0, 48.0), Anchor::Middle, kind, &tag);
    width + 32.0
}

/// Title and subtitle from `y` on; gives where the room below them begins.
fn head(canvas: &mut Canvas, frame: &Frame, mut y: f64, room: f64) -> f64 {
    let (x, anchor) = reading_side(canvas);
    let (letters, rows) = fit_title(canvas.script, canvas.sheet, &frame.title, room);
    let leading = if canvas.is_rtl() { 1.34 } else { 1.20 };
    for (place, row) in rows.iter().enumerate() {
        y += letters * if place == 0 { 1.0 } else { leading };
        canvas.text((x, y), anchor, Type::semibold(letters, INK), row);
    }
    let (letters, rows) = fit_subtitle(canvas.script, canvas.sheet, &frame.subtitle);
    y += if canvas.is_rtl() { 8.0 } else { 4.0 };
    for (place, row) in rows.iter().enumerate() {
        y += letters * if place == 0 { 1.5 } else { 1.35 };
        canvas.text((x, y), anchor, Type::regular(letters, MUTE), row);
    }
    y + 14.0
}

/// One line where a step down puts it there; else a few even lines; else smaller ones; else cut off.
fn fit_title(script: Script, sheet: Sheet, title: &str, room: f64) -> (f64, Vec<String>) {
    let [most, less, least] = sheet.title;
    let down =
        |from: f64, to: f64| std::iter::successors(Some(from), |now| Some(now - 1.0)).take_while(move |now| *now >= to);
    for rows in 1..=sheet.lines[0] {
        let to = if rows == sheet.lines[0] { least } else { less };
        let fitting = down(most, to).find_map(|letters| {
            let rows = even(script, title, Type::semibold(letters, INK), (rows, room))?;
            Some((letters, rows))
        });
        if let Some(found) = fitting {
            return found;
        }
    }
    (
        least,
        cut(script, title, Type::semibold(least, INK), (sheet.lines[0], room)),
    )
}

/// `text` on at most so many lines that are about as long as each other; `None` where they do not suffice.
fn even(script: Script, text: &str, kind: Type, (most, room): (usize, f64)) -> Option<Vec<String>> {
    let fits = |rows: &[String], room: f64| {
        rows.len() <= most && rows.iter().all(|row| super::text::width(script, row, kind) <= room)
    };
    let mut rows = Some(lines(script, text, kind, room)).filter(|rows| fits(rows, room))?;
    let mut narrow = room;
    while rows.len() > 1 && narrow > room / 4.0 {
        narrow -= 12.0;
        let narrower = lines(script, text, kind, narrow);
        if narrower.len() > rows.len() || !fits(&narrower, narrow) {
            break;
        }
        rows = narrower;
    }
    Some(rows)
}

/// `text` on at most so many lines, the last one cut off where it is not the end.
fn cut(script: Script, text: &str, kind: Type, (most, room): (usize, f64)) -> Vec<String> {
    let mut rows = lines(script, text, kind, room);
    let rest = rows.split_off(most.saturating_sub(1).min(rows.len()));
    rows.push(rest.join(" "));
    rows.iter().map(|row| shortened(script, row, kind, room)).collect()
}

/// The subtitle on one line, or on a few of smaller letters.
fn fit_subtitle(script: Script, sheet: Sheet, subtitle: &str) -> (f64, Vec<String>) {
    let room = sheet.room();
    let mut letters = size::SUBTITLE;
    while letters >= size::SUBTITLE_LEAST {
        if super::text::width(script, subtitle, Type::regular(letters, MUTE)) <= room {
            return (letters, vec![subtitle.to_owned()]);
        }
        letters -= 1.0;
    }
    let kind = Type::regular(size::SUBTITLE_LEAST, MUTE);
    let most = (sheet.lines[1], room);
    let rows = even(script, subtitle, kind, most).unwrap_or_else(|| cut(script, subtitle, kind, most));
    (size::SUBTITLE_LEAST, rows)
}

/// Hairline and footer; gives where the room above them ends.
fn footer(canvas: &mut Canvas, frame: &Frame) -> f64 {
    let (script, sheet) = (canvas.script, canvas.sheet);
    let kind = Type::regular(size::FOOTER, MUTE);
    let [_, _, source, method] = sheet.lines.map(|most| (most, sheet.room()));
    let mut rows =
        even(script, &frame.source, kind, source).unwrap_or_else(|| cut(script, &frame.source, kind, source));
    rows.extend(sentences(script, &frame.method, kind, method));
    let (x, anchor) = reading_side(canvas);
    let steps = f64::from(u32::try_from(rows.len().saturating_sub(1)).unwrap_or(2));
    let mut y = sheet.height - FOOT - FOOTER_STEP * steps;
    let hairline = y - 26.0;
    for row in &rows {
        canvas.text((x, y), anchor, kind, row);
        y += FOOTER_STEP;
    }
    canvas.rule(
        (sheet.left(), hairline),
        (sheet.right(), hairline),
        Ink::Stroke(GRID, 1.5),
        "",
    );
    hairline
}

/// Sentences, one after the other, on a few lines that are about as long as each other; as many whole ones as have room.
fn sentences(script: Script, sentences: &[String], kind: Type, room: (usize, f64)) -> Vec<String> {
    let mut all: Vec<&str> = sentences
        .iter()
        .map(String::as_str)
        .filter(|sentence| !sentence.is_empty())
        .collect();
    while all.len() > 1 {
        if let Some(rows) = even(script, &all.join(" "), kind, room) {
            return rows;
        }
        all.pop();
    }
    all.first().map_or_else(Vec::new, |only| {
        even(script, only, kind, room).unwrap_or_else(|| cut(script, only, kind, room))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::language::Language;
    use crate::settings::{RenderSettings, Surface};

    #[test]
    fn a_title_steps_down_then_breaks_evenly_then_shrinks() {
        let script = Script::new(Language::EN, &RenderSettings::default());
        let fit = |title: &str, room| fit_title(script, Sheet::of(Surface::Slide), title, room);
        assert_eq!(fit("Short", 1000.0), (42.0, vec!["Short".to_owned()]));
        let title = "Russia’s share of articles rose from 15% to 43%";
        let wide = super::super::text::width(script, title, Type::semibold(42.0, INK));
        assert_eq!(fit(title, wide * 0.9), (37.0, vec![title.to_owned()]));
        let (letters, rows) = fit(title, wide * 0.6);
        assert_eq!((letters, rows.len()), (42.0, 2));
        let (letters, rows) = fit(title, wide * 0.42);
        assert!(letters < 42.0 && rows.join(" ") == title);
        let (letters, rows) = fit(&title.repeat(4), wide * 0.6);
        assert!((letters - 30.0).abs() < 1e-9 && rows[1].ends_with('…'), "{rows:?}");
    }

    #[test]
    fn a_footer_drops_whole_sentences_only() {
        let script = Script::new(Language::EN, &RenderSettings::default());
        let kind = Type::regular(size::FOOTER, MUTE);
        let all: Vec<String> = (1..9)
            .map(|number| format!("This is sentence number {number} of the method."))
            .collect();
        let rows = sentences(script, &all, kind, (2, 700.0)).join(" ");
        assert!(all.join(" ").starts_with(&rows) && rows.ends_with('.'), "{rows}");
        assert!(rows.len() > 60 && rows.len() < all.join(" ").len());
        assert_eq!(sentences(script, &[], kind, (2, 700.0)), Vec::<String>::new());
    }
}
