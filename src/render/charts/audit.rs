//! The audit of a sheet: no text meets another, a line or a marker, none straddles the edge of an area, and nothing leaves the canvas.
//! It is how tests look at a layout.
//!
//! Texts are looked up in the boxes that the canvas remembers. Shapes are read from the finished SVG by the parser of resvg, after all transforms, so
//! the audit sees what will be drawn and not what was meant.

use resvg::usvg::{Group, Node, Options, Paint, Path, Tree, tiny_skia_path::PathSegment};

use super::canvas::{Canvas, TextBox};
use super::plane::Area;
use super::style::GROUND;

/// Texts keep so far from the edge of the canvas.
const EDGE: f64 = 10.0;

/// Boxes may touch by this much: they are a little larger than the ink.
const TOUCH: f64 = 1.0;

/// A stroke that is wider is an area, as the cells of the calendar are.
const WIDE: f64 = 10.0;

/// An area that is smaller in both directions is a marker.
const MARKER: f64 = 20.0;

/// What is wrong on `canvas`, a sentence each.
pub(super) fn faults(canvas: &Canvas) -> Vec<String> {
    let sheet = canvas.sheet;
    let outside = canvas.boxes.iter().filter(|one| {
        let area = one.area;
        area.left < EDGE || area.top < 0.0 || area.right > sheet.width - EDGE || area.bottom > sheet.height
    });
    let mut all: Vec<String> = outside
        .map(|one| format!("`{}` leaves the canvas: {:?}", one.text, one.area))
        .collect();
    for (place, one) in canvas.boxes.iter().enumerate() {
        for other in &canvas.boxes[place + 1..] {
            if meet(one.area, other.area) {
                all.push(format!(
                    "`{}` {:?} meets `{}` {:?}",
                    one.text, one.area, other.text, other.area
                ));
            }
        }
    }
    let shapes = shapes(canvas);
    for (place, shape) in shapes.iter().enumerate() {
        let area = shape.area;
        if area.left < -0.5 || area.top < -0.5 || area.right > sheet.width + 0.5 || area.bottom > sheet.height + 0.5 {
            all.push(format!("a shape leaves the canvas: {shape:?}"));
        }
        let covered = |text: &TextBox| shapes[place + 1..].iter().any(|later| later.carries(text));
        let met = canvas.boxes.iter().filter(|text| shape.spoils(text) && !covered(text));
        all.extend(met.map(|text| format!("`{}` {:?} meets {shape:?}", text.text, text.area)));
    }
    all
}

/// Whether two areas meet.
fn meet(one: Area, other: Area) -> bool {
    let across = one.right.min(other.right) - one.left.max(other.left);
    let down = one.bottom.min(other.bottom) - one.top.max(other.top);
    across > TOUCH && down > TOUCH
}

/// Something drawn that text has to keep clear of.
#[derive(Debug)]
struct Shape {
    /// What it is.
    kind: Kind,
    /// The rectangle around it.
    area: Area,
    /// Its colour, for whoever reads a fault.
    #[expect(dead_code, reason = "printed with a fault")]
    colour: String,
    /// Its straight pieces, where it is a line.
    pieces: Vec<[(f64, f64); 2]>,
}

/// What a shape is to text.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    /// A line of a width: no text may stand on it.
    Line(f64),
    /// A small area: none either.
    Marker,
    /// A large area: a text is within it or without.
    Area,
    /// Hatching, or what is nearly the paper: a text may stand beside it, and on it nothing is wrong but its looks.
    Pale,
}

impl Shape {
    /// Whether `text` cannot be read well because of it.
    fn spoils(&self, text: &TextBox) -> bool {
        let area = text.area;
        match self.kind {
            Kind::Line(width) => {
                let reach = width / 2.0 - TOUCH;
                self.pieces.iter().any(|piece| crosses(*piece, area, reach)) && !text.halo
            }
            Kind::Marker => meet(self.area, area),
            Kind::Area => meet(self.area, area) && !self.carries(text),
            Kind::Pale => false,
        }
    }

    /// Whether `text` stands on it, and what was drawn before is hidden there.
    fn carries(&self, text: &TextBox) -> bool {
        let area = text.area;
        self.kind == Kind::Area
            && self.area.left <= area.left + TOUCH
            && self.area.right >= area.right - TOUCH
            && self.area.top <= area.top + 4.0
            && self.area.bottom >= area.bottom - 4.0
    }
}

/// Whether a straight piece comes within `reach` of `area`, both ends included.
fn crosses([from, to]: [(f64, f64); 2], area: Area, reach: f64) -> bool {
    let (mut low, mut high) = (0.0_f64, 1.0_f64);
    let sides = [
        (from.0, to.0 - from.0, area.left - reach, area.right + reach),
        (from.1, to.1 - from.1, area.top - reach, area.bottom + reach),
    ];
    for (start, step, least, most) in sides {
        if step.abs() < 1e-9 {
            if start <= least || start >= most {
                return false;
            }
            continue;
        }
        let (one, two) = ((least - start) / step, (most - start) / step);
        low = low.max(one.min(two));
        high = high.min(one.max(two));
    }
    low < high
}

/// Every shape on `canvas`.
fn shapes(canvas: &Canvas) -> Vec<Shape> {
    let svg = canvas.clone().finish("", "").replacen(canvas.sheet.size, "", 1);
    let mut bare = String::with_capacity(svg.len());
    let mut rest = svg.as_str();
    while let Some(start) = rest.find("<text ") {
        bare.push_str(&rest[..start]);
        rest = rest[start..].split_once("</text>").map_or("", |(_, after)| after);
    }
    bare.push_str(rest);
    let tree = Tree::from_str(&bare, &Options::default()).unwrap();
    let mut all = Vec::new();
    collect(tree.root(), &mut all);
    all
}

/// The shapes of a group.
fn collect(group: &Group, all: &mut Vec<Shape>) {
    for node in group.children() {
        match node {
            Node::Group(group) => collect(group, all),
            Node::Path(path) => all.extend(shape(path)),
            Node::Image(_) | Node::Text(_) => {}
        }
    }
}

/// What a path is; nothing where it has the colour of the paper.
fn shape(path: &Path) -> Option<Shape> {
    let area = |found: resvg::usvg::Rect| Area {
        left: f64::from(found.left()),
        top: f64::from(found.top()),
        right: f64::from(found.right()),
        bottom: f64::from(found.bottom()),
    };
    let hex = |paint: &Paint| match paint {
        Paint::Color(colour) => format!("#{:02X}{:02X}{:02X}", colour.red, colour.green, colour.blue),
        _ => "pattern".to_owned(),
    };
    if let Some(fill) = path.fill() {
        let colour = hex(fill.paint());
        let area = area(path.abs_bounding_box());
        let kind = if colour == "pattern" || fill.opacity().get() < 1.0 || colour == GROUND.hex() {
            Kind::Pale
        } else if area.width() <= MARKER && area.height() <= MARKER {
            Kind::Marker
        } else {
            Kind::Area
        };
        return Some(Shape {
            kind,
            area,
            colour,
            pieces: Vec::new(),
        });
    }
    let stroke = path.stroke()?;
    let colour = hex(stroke.paint());
    let width = f64::from(stroke.width().get() * path.abs_transform().get_scale().1);
    let kind = if colour == GROUND.hex() {
        Kind::Pale
    } else if width > WIDE {
        Kind::Area
    } else {
        Kind::Line(width)
    };
    Some(Shape {
        kind,
        area: area(path.abs_stroke_bounding_box()),
        colour,
        pieces: pieces(path),
    })
}

/// The straight pieces of a path; of a curve the chord.
fn pieces(path: &Path) -> Vec<[(f64, f64); 2]> {
    let mut all = Vec::new();
    let Some(data) = path.data().clone().transform(path.abs_transform()) else {
        return all;
    };
    let (mut start, mut here) = ((0.0, 0.0), (0.0, 0.0));
    for segment in data.segments() {
        let (end, drawn) = match segment {
            PathSegment::MoveTo(point) => (point, false),
            PathSegment::LineTo(point) | PathSegment::QuadTo(_, point) | PathSegment::CubicTo(_, _, point) => {
                (point, true)
            }
            PathSegment::Close => {
                all.push([here, start]);
                here = start;
                continue;
            }
        };
        let end = (f64::from(end.x), f64::from(end.y));
        if drawn {
            all.push([here, end]);
        } else {
            start = end;
        }
        here = end;
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_piece_crosses_an_area_or_passes_it() {
        let area = Area {
            left: 10.0,
            top: 10.0,
            right: 30.0,
            bottom: 20.0,
        };
        assert!(crosses([(0.0, 15.0), (40.0, 15.0)], area, 0.0));
        assert!(crosses([(0.0, 0.0), (40.0, 30.0)], area, 0.0));
        assert!(crosses([(15.0, 15.0), (16.0, 15.0)], area, 0.0));
        assert!(!crosses([(0.0, 22.0), (40.0, 22.0)], area, 1.0));
        assert!(crosses([(0.0, 22.0), (40.0, 22.0)], area, 3.0));
        assert!(!crosses([(0.0, 15.0), (8.0, 15.0)], area, 0.0));
        assert!(!crosses([(20.0, 0.0), (50.0, 20.0)], area, 0.0));
    }
}
