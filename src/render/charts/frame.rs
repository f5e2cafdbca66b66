//! What every chart has around its figures: the block of the house, the tag, title, subtitle, hairline and footer.
//!
//! Words come in; the room that is left for the figures goes out. In Arabic all of it is mirrored.

use super::canvas::{Anchor, Canvas, geometry};
use super::plane::{Area, Ink};
use super::style::{BLOCK, GRID, HOUSE, INK, MARGIN, MUTE, WIDTH, size};
use super::text::{Type, lines, shortened};
use crate::model::language::Language;

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

/// The lowest baseline.
const FOOT: f64 = 874.0;

/// Draws the frame.
pub(super) fn draw(canvas: &mut Canvas, frame: &Frame) -> Area {
    let start = if canvas.is_rtl() {
        WIDTH - MARGIN - BLOCK.0
    } else {
        MARGIN
    };
    let block = Area {
        left: start,
        top: 0.0,
        right: start + BLOCK.0,
        bottom: BLOCK.1,
    };
    canvas
        .svg
        .empty("rect", &format!("{} fill=\"{}\"", geometry(block), HOUSE.hex()));
    let taken = tag(canvas, &frame.tag);
    let top = head(canvas, frame, WIDTH - 2.0 * MARGIN - taken);
    let bottom = footer(canvas, frame);
    Area {
        left: MARGIN,
        top,
        right: WIDTH - MARGIN,
        bottom,
    }
}

/// Where text of the reading side begins, and how it is anchored there.
pub(super) fn reading_side(canvas: &Canvas) -> (f64, Anchor) {
    if canvas.is_rtl() {
        (WIDTH - MARGIN, Anchor::Right)
    } else {
        (MARGIN, Anchor::Left)
    }
}

/// The tag in its pill; gives the width that the title has to leave.
fn tag(canvas: &mut Canvas, tag: &str) -> f64 {
    if tag.is_empty() {
        return 0.0;
    }
    let kind = Type::semibold(size::NOTE, MUTE);
    let tag = shortened(canvas.language, tag, kind, 300.0);
    let width = canvas.width(&tag, kind) + 24.0;
    let left = if canvas.is_rtl() {
        MARGIN
    } else {
        WIDTH - MARGIN - width
    };
    let pill = Area {
        left,
        top: 26.0,
        right: left + width,
        bottom: 58.0,
    };
    let looks = format!(
        "{} rx=\"16\" fill=\"none\" stroke=\"{}\" stroke-width=\"1.5\"",
        geometry(pill),
        GRID.mix(MUTE, 0.4).hex()
    );
    canvas.svg.empty("rect", &looks);
    canvas.text((left + width / 2.0, 48.0), Anchor::Middle, kind, &tag);
    width + 32.0
}

/// Title and subtitle; gives where the room below them begins.
fn head(canvas: &mut Canvas, frame: &Frame, room: f64) -> f64 {
    let (x, anchor) = reading_side(canvas);
    let (letters, rows) = fit_title(canvas.language, &frame.title, room);
    let leading = if canvas.is_rtl() { 1.34 } else { 1.20 };
    let mut y = 26.0;
    for (place, row) in rows.iter().enumerate() {
        y += letters * if place == 0 { 1.0 } else { leading };
        canvas.text((x, y), anchor, Type::semibold(letters, INK), row);
    }
    let (letters, rows) = fit_subtitle(canvas.language, &frame.subtitle);
    y += if canvas.is_rtl() { 8.0 } else { 4.0 };
    for row in rows {
        y += letters * 1.5;
        canvas.text((x, y), anchor, Type::regular(letters, MUTE), &row);
    }
    y + 14.0
}

/// One line where a step down puts it there; else two even lines; else smaller ones; else cut off.
fn fit_title(language: Language, title: &str, room: f64) -> (f64, Vec<String>) {
    let fits = |text: &str, letters: f64| super::text::width(language, text, Type::semibold(letters, INK)) <= room;
    let down =
        |from: f64, to: f64| std::iter::successors(Some(from), |now| Some(now - 1.0)).take_while(move |now| *now >= to);
    if let Some(letters) = down(size::TITLE, size::TITLE_LESS).find(|letters| fits(title, *letters)) {
        return (letters, vec![title.to_owned()]);
    }
    let (first, second) = halves(language, title);
    if let Some(letters) =
        down(size::TITLE, size::TITLE_LEAST).find(|letters| fits(&first, *letters) && fits(&second, *letters))
    {
        return (letters, vec![first, second]);
    }
    let least = Type::semibold(size::TITLE_LEAST, INK);
    let rows = lines(language, title, least, room);
    let rest = rows.get(1..).unwrap_or_default().join(" ");
    let first = shortened(language, rows.first().map_or("", String::as_str), least, room);
    (size::TITLE_LEAST, vec![first, shortened(language, &rest, least, room)])
}

/// `title` broken at the space that makes its two lines most alike.
fn halves(language: Language, title: &str) -> (String, String) {
    let kind = Type::semibold(size::TITLE, INK);
    let longer = |at: usize| {
        let (first, second) = title.split_at(at);
        let width = |text: &str| super::text::width(language, text.trim(), kind);
        width(first).max(width(second))
    };
    let best = title
        .char_indices()
        .filter(|(_, sign)| *sign == ' ')
        .map(|(at, _)| (at, longer(at)))
        .min_by(|(_, one), (_, two)| one.total_cmp(two));
    let at = best.map_or(title.len(), |(at, _)| at);
    (title[..at].to_owned(), title[at..].trim_start().to_owned())
}

/// The subtitle on one line, or on two of smaller letters.
fn fit_subtitle(language: Language, subtitle: &str) -> (f64, Vec<String>) {
    let room = WIDTH - 2.0 * MARGIN;
    let wide = |letters: f64| super::text::width(language, subtitle, Type::regular(letters, MUTE));
    let mut letters = size::SUBTITLE;
    while letters >= size::SUBTITLE_LEAST {
        if wide(letters) <= room {
            return (letters, vec![subtitle.to_owned()]);
        }
        letters -= 1.0;
    }
    let kind = Type::regular(size::SUBTITLE_LEAST, MUTE);
    let mut rows = lines(language, subtitle, kind, room);
    rows.truncate(2);
    (
        size::SUBTITLE_LEAST,
        rows.iter().map(|row| shortened(language, row, kind, room)).collect(),
    )
}

/// Hairline and footer; gives where the room above them ends.
fn footer(canvas: &mut Canvas, frame: &Frame) -> f64 {
    let kind = Type::regular(size::FOOTER, MUTE);
    let room = WIDTH - 2.0 * MARGIN;
    let mut rows = vec![shortened(canvas.language, &frame.source, kind, room)];
    rows.extend(sentences(canvas.language, &frame.method, kind, room));
    let (x, anchor) = reading_side(canvas);
    let mut y = FOOT - FOOTER_STEP * f64::from(u32::try_from(rows.len() - 1).unwrap_or(2));
    let hairline = y - 26.0;
    for row in &rows {
        canvas.text((x, y), anchor, kind, row);
        y += FOOTER_STEP;
    }
    canvas.rule(
        (MARGIN, hairline),
        (WIDTH - MARGIN, hairline),
        Ink::Stroke(GRID, 1.5),
        "",
    );
    hairline
}

/// Sentences, one after the other, on at most three lines that are about as long as each other.
fn sentences(language: Language, sentences: &[String], kind: Type, room: f64) -> Vec<String> {
    let text = sentences
        .iter()
        .filter(|sentence| !sentence.is_empty())
        .cloned()
        .collect::<Vec<_>>()
        .join(" ");
    let mut rows = lines(language, &text, kind, room);
    let mut narrow = room;
    while rows.len() > 1 && narrow > room / 2.0 {
        narrow -= 24.0;
        let even = lines(language, &text, kind, narrow);
        if even.len() > rows.len() {
            break;
        }
        rows = even;
    }
    rows.truncate(3);
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_steps_down_then_breaks_evenly_then_shrinks() {
        let fit = |title: &str, room| fit_title(Language::EN, title, room);
        assert_eq!(fit("Short", 1000.0), (42.0, vec!["Short".to_owned()]));
        let title = "Russia’s share of articles rose from 15% to 43%";
        let wide = super::super::text::width(Language::EN, title, Type::semibold(42.0, INK));
        assert_eq!(fit(title, wide * 0.9), (37.0, vec![title.to_owned()]));
        let (letters, rows) = fit(title, wide * 0.6);
        assert_eq!((letters, rows.len()), (42.0, 2));
        let (letters, rows) = fit(title, wide * 0.42);
        assert!(letters < 42.0 && rows.join(" ") == title);
        let (letters, rows) = fit(&title.repeat(4), wide * 0.6);
        assert!((letters - 30.0).abs() < 1e-9 && rows[1].ends_with('…'), "{rows:?}");
    }
}
