//! The sheet that a chart is drawn on: the SVG, the language, and the box of every text on it.
//!
//! Shapes go straight to the SVG; texts are measured, placed and remembered, so that a test can say whether any two meet.

use std::fmt::Write;

use super::plane::{Area, Ink};
use super::sheet::Sheet;
use super::stops::Stops;
use super::style::{GROUND, HATCH, HATCH_GROUND};
use super::svg::{Svg, number};
use super::text::{self, Script, Shaped, Type, directed};
use crate::model::language::Language;

/// Which point of a text its place is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    /// Its left end, whatever its direction.
    Left,
    /// Its middle.
    Middle,
    /// Its right end.
    Right,
}

/// The room that a text takes.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct TextBox {
    /// The text.
    pub(super) text: String,
    /// Its box, from the top of its capitals to the foot of its longest letters.
    pub(super) area: Area,
    /// Whether it keeps lines behind it at a distance.
    pub(super) halo: bool,
}

/// About how wide a tile of the hatching is. It is a whole number of pixels, so that all tiles of a picture are alike: that keeps files small.
const TILE: f64 = 12.0;

/// A sheet that is being drawn on.
#[derive(Clone, Debug)]
pub(super) struct Canvas {
    /// The chart's name, which every id begins with.
    pub(super) name: &'static str,
    /// The language of its words.
    pub(super) language: Language,
    /// How they are written.
    pub(super) script: Script,
    /// How large it is.
    pub(super) sheet: Sheet,
    /// What has been drawn.
    pub(super) svg: Svg,
    /// Where texts are.
    pub(super) boxes: Vec<TextBox>,
    /// Where columns or rows are, for the page.
    pub(super) stops: Option<Stops>,
    /// The ids of the events that are drawn, where the chart draws events.
    pub(super) events: Option<Vec<String>>,
}

impl Canvas {
    /// An empty sheet with its patterns.
    pub(super) fn new(name: &'static str, sheet: Sheet, script: Script) -> Self {
        let mut canvas = Self {
            name,
            language: script.language,
            script,
            sheet,
            svg: Svg::new(sheet),
            boxes: Vec::new(),
            stops: None,
            events: None,
        };
        let paper = format!("{} fill=\"{}\"", geometry(sheet.area()), GROUND.hex());
        let tile = (TILE * sheet.scale).round() / sheet.scale;
        let looks = format!("width=\"{tile:.4}\" height=\"{tile:.4}\" patternUnits=\"userSpaceOnUse\"");
        // From corner to corner, with the ends of the neighbours.
        let (before, beyond) = (number(tile - 2.0), number(tile + 2.0));
        let rising = format!("M-2 {beyond}L{beyond} -2M-2 2L2 -2M{before} {beyond}L{beyond} {before}");
        let _ = writeln!(
            canvas.svg.out,
            "<defs><pattern id=\"{name}-hatch\" {looks}><rect width=\"{beyond}\" height=\"{beyond}\" fill=\"{}\"/>\
             <path d=\"{rising}\" stroke=\"{}\" stroke-width=\"1.5\"/></pattern>\
             <pattern id=\"{name}-veil\" {looks}><path d=\"{rising}\" stroke=\"{}\" stroke-width=\"2\"/></pattern></defs>",
            HATCH_GROUND.hex(),
            HATCH.hex(),
            GROUND.hex(),
        );
        canvas.svg.empty("rect", &paper);
        canvas
    }

    /// Whether words run against the direction in which places are counted. Where all is mirrored, they run with it.
    pub(super) fn is_rtl(&self) -> bool {
        self.language == Language::AR && !self.svg.mirrored
    }

    /// Draws what `plot` draws, and in a mirror where time runs from the right: every place is turned round, words are not.
    pub(super) fn along_time<T>(&mut self, plot: impl FnOnce(&mut Self) -> T) -> T {
        self.svg.mirrored = self.script.rtl_time;
        let drawn = plot(self);
        self.svg.mirrored = false;
        drawn
    }

    /// An area as it will be seen; and the way back.
    pub(super) fn turned(&self, area: Area) -> Area {
        if !self.svg.mirrored {
            return area;
        }
        Area {
            left: self.sheet.width - area.right,
            right: self.sheet.width - area.left,
            ..area
        }
    }

    /// Remembers where columns or rows are, as they will be seen.
    pub(super) fn keep(&mut self, mut stops: Stops) {
        if self.svg.mirrored {
            stops.turn(self.sheet.width);
        }
        for stop in &mut stops.each {
            stop.name = self.script.set(&stop.name);
        }
        self.stops = Some(stops);
    }

    /// The width of a text.
    pub(super) fn width(&self, text: &str, kind: Type) -> f64 {
        text::width(self.script, text, kind)
    }

    /// Writes a text with its baseline at `y`, and gives its box.
    pub(super) fn text(&mut self, (x, y): (f64, f64), anchor: Anchor, kind: Type, text: &str) -> Area {
        self.write((x, y), anchor, kind, text, None)
    }

    /// Writes a text that keeps lines behind it at a distance.
    pub(super) fn note(&mut self, at: (f64, f64), anchor: Anchor, kind: Type, text: &str) -> Area {
        let halo = format!(
            "paint-order=\"stroke\" stroke=\"{}\" stroke-width=\"6\" stroke-linejoin=\"round\"",
            GROUND.hex()
        );
        self.svg.open("g", &halo);
        let area = self.write(at, anchor, kind, text, None);
        self.svg.close("g");
        if let Some(last) = self.boxes.last_mut() {
            last.halo = true;
        }
        area
    }

    /// Writes a name, cut off where it is wider than `most`; the whole of it is then its title.
    pub(super) fn name(&mut self, at: (f64, f64), anchor: Anchor, kind: Type, text: &str, most: f64) -> Area {
        let cut = text::shortened(self.script, text, kind, most);
        let whole = (cut != text).then_some(text);
        self.write(at, anchor, kind, &cut, whole)
    }

    /// Writes a text.
    fn write(&mut self, (x, y): (f64, f64), anchor: Anchor, kind: Type, text: &str, whole: Option<&str>) -> Area {
        let shaped = text::shape(directed(self.script, text), kind);
        let x = self.svg.seen(x);
        let left = match (anchor, self.svg.mirrored) {
            (Anchor::Left, false) | (Anchor::Right, true) => x,
            (Anchor::Middle, _) => x - shaped.width / 2.0,
            (Anchor::Right, false) | (Anchor::Left, true) => x - shaped.width,
        };
        self.svg.text((left, y), &shaped, kind, whole);
        let area = extent((left, y), &shaped, kind);
        self.boxes.push(TextBox {
            text: text.to_owned(),
            area,
            halo: false,
        });
        self.turned(area)
    }

    /// A rectangle that says: nothing was collected here.
    pub(super) fn hatch(&mut self, area: Area) {
        self.fill_with("hatch", area);
    }

    /// White stripes over a bar that is not whole.
    pub(super) fn veil(&mut self, area: Area) {
        self.fill_with("veil", area);
    }

    /// A rectangle filled with a pattern.
    fn fill_with(&mut self, pattern: &str, area: Area) {
        let attributes = format!("{} fill=\"url(#{}-{pattern})\"", geometry(self.turned(area)), self.name);
        self.svg.empty("rect", &attributes);
    }

    /// A straight line between two points.
    pub(super) fn rule(&mut self, from: (f64, f64), to: (f64, f64), ink: Ink, attributes: &str) {
        let (Ink::Stroke(colour, _) | Ink::Fill(colour, _)) = ink else {
            return;
        };
        let width = if let Ink::Stroke(_, width) = ink { width } else { 1.0 };
        let attributes = format!(
            "d=\"M{} {}L{} {}\" fill=\"none\" stroke=\"{}\" stroke-width=\"{}\"{}{attributes}",
            number(self.svg.seen(from.0)),
            number(from.1),
            number(self.svg.seen(to.0)),
            number(to.1),
            colour.hex(),
            number(width),
            if attributes.is_empty() { "" } else { " " }
        );
        self.svg.empty("path", &attributes);
    }

    /// A rectangle of one look.
    pub(super) fn block(&mut self, area: Area, looks: &str) {
        let attributes = format!("{} {looks}", geometry(self.turned(area)));
        self.svg.empty("rect", &attributes);
    }

    /// The finished drawing.
    pub(super) fn finish(self, title: &str, alt: &str) -> String {
        self.svg
            .finish(self.name, self.language.to_string().as_str(), title, alt)
    }
}

/// A rectangle as attributes.
fn geometry(area: Area) -> String {
    format!(
        "x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"",
        number(area.left),
        number(area.top),
        number(area.width()),
        number(area.height())
    )
}

/// The room that a text takes: capitals rise by 0.70 em and letters fall by 0.20; Arabic by 0.80 and 0.30.
fn extent((left, y): (f64, f64), shaped: &Shaped, kind: Type) -> Area {
    let arabic = shaped
        .text
        .chars()
        .any(|sign| sign.is_alphabetic() && crate::render::format::is_arabic(sign));
    let (rise, fall) = if arabic { (0.80, 0.30) } else { (0.72, 0.22) };
    Area {
        left,
        top: y - rise * kind.size,
        right: left + shaped.width,
        bottom: y + fall * kind.size,
    }
}
