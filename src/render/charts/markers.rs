//! How lines are told apart without colours: each has dashes of its own, and a marker of its own on every eighth point.
//!
//! The rank of a line and its points come in; dashes, and shapes on the canvas, go out.

use super::plane::Plane;
use super::style::{Colour, GROUND};
use super::svg::{Svg, number};

/// The dashes of the first line, the second and so on, in logical pixels; the first is whole.
const DASHES: [&str; 6] = ["", "12 4", "3 5", "10 4 2 4", "20 5", "8 3 2 3 2 3"];

/// From one marker of a line to its next, in points.
const EVERY: usize = 8;

/// What a marker looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    /// A disc.
    Disc,
    /// A square.
    Square,
    /// A triangle on its side.
    Triangle,
    /// A square on its corner.
    Diamond,
    /// A triangle on its tip.
    Tip,
    /// Two bars across each other.
    Cross,
}

/// The shapes of the first line, the second and so on.
const SHAPES: [Shape; 6] = [
    Shape::Disc,
    Shape::Square,
    Shape::Triangle,
    Shape::Diamond,
    Shape::Tip,
    Shape::Cross,
];

/// Half of a marker's height.
pub(super) const RADIUS: f64 = 7.0;

/// The dashes of the line of that rank as an attribute; nothing for a whole line.
pub(super) fn dashes(rank: usize) -> String {
    let dashes = DASHES[rank % DASHES.len()];
    if dashes.is_empty() {
        String::new()
    } else {
        format!("stroke-dasharray=\"{dashes}\" stroke-linecap=\"butt\"")
    }
}

/// The places among `length` points that have a marker, those of neighbouring ranks apart from each other.
pub(super) fn places(rank: usize, length: usize) -> impl Iterator<Item = usize> {
    let first = (rank * 3) % EVERY;
    (first..length).step_by(EVERY)
}

/// Draws the marker of that rank: full, or hollow.
pub(super) fn draw(svg: &mut Svg, plane: &Plane, (x, y): (f64, f64), rank: usize, (colour, full): (Colour, bool)) {
    let (x, y) = plane.at(x, y);
    let x = svg.seen(x);
    let (inside, stroke, width) = if full {
        (colour, GROUND, 1.5)
    } else {
        (GROUND, colour, 2.6)
    };
    let looks = format!(
        "fill=\"{}\" stroke=\"{}\" stroke-width=\"{}\" stroke-linejoin=\"miter\"",
        inside.hex(),
        stroke.hex(),
        number(width)
    );
    let shape = SHAPES[rank % SHAPES.len()];
    if shape == Shape::Disc {
        let circle = format!(
            "cx=\"{}\" cy=\"{}\" r=\"{}\" {looks}",
            number(x),
            number(y),
            number(RADIUS)
        );
        svg.empty("circle", &circle);
        return;
    }
    let corners: Vec<String> = outline(shape)
        .iter()
        .map(|(aside, down)| format!("{} {}", number(x + aside * RADIUS), number(y + down * RADIUS)))
        .collect();
    svg.empty("path", &format!("d=\"M{}z\" {looks}", corners.join("L")));
}

/// The corners of a shape around its middle, in radii.
fn outline(shape: Shape) -> &'static [(f64, f64)] {
    match shape {
        Shape::Disc => &[],
        Shape::Square => &[(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)],
        Shape::Triangle => &[(0.0, -1.2), (1.15, 0.85), (-1.15, 0.85)],
        Shape::Diamond => &[(0.0, -1.25), (1.25, 0.0), (0.0, 1.25), (-1.25, 0.0)],
        Shape::Tip => &[(0.0, 1.2), (1.15, -0.85), (-1.15, -0.85)],
        Shape::Cross => &[
            (-0.4, -1.1),
            (0.4, -1.1),
            (0.4, -0.4),
            (1.1, -0.4),
            (1.1, 0.4),
            (0.4, 0.4),
            (0.4, 1.1),
            (-0.4, 1.1),
            (-0.4, 0.4),
            (-1.1, 0.4),
            (-1.1, -0.4),
            (-0.4, -0.4),
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn six_lines_have_dashes_and_markers_of_their_own() {
        let all: std::collections::BTreeSet<String> = (0..6).map(dashes).collect();
        assert_eq!((all.len(), dashes(0).as_str()), (6, ""));
        assert!((0..6).all(|rank| (0..rank).all(|other| SHAPES[rank] != SHAPES[other])));
    }

    #[test]
    fn every_eighth_point_has_a_marker() {
        let of = |rank| places(rank, 20).collect::<Vec<usize>>();
        assert_eq!(of(0), [0, 8, 16]);
        assert_eq!(of(1), [3, 11, 19]);
        assert!((0..6).all(|rank| (0..rank).all(|other| of(rank)[0] != of(other)[0])));
    }
}
