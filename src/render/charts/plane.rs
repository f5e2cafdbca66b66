//! Where figures lie on the canvas, and the shapes that show them, drawn by plotters into the SVG.
//!
//! Figures come in as pairs of numbers; paths, bars and dots go out. See [`Pen`] for how.

use std::convert::Infallible;
use std::ops::Range;

use plotters::coord::cartesian::Cartesian2d;
use plotters::coord::types::RangedCoordf64;
use plotters::coord::{CoordTranslate, Shift};
use plotters::drawing::{DrawingArea, IntoDrawingArea};
use plotters::element::{Circle, PathElement, Polygon, Rectangle};
use plotters::style::{RGBAColor, ShapeStyle};

use super::pen::{FINE, Pen};
use super::style::Colour;
use super::svg::{Svg, number};

/// A rectangle of the canvas.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Area {
    /// Its left edge.
    pub(super) left: f64,
    /// Its upper edge.
    pub(super) top: f64,
    /// Its right edge.
    pub(super) right: f64,
    /// Its lower edge.
    pub(super) bottom: f64,
}

impl Area {
    /// How wide it is.
    pub(super) fn width(&self) -> f64 {
        self.right - self.left
    }

    /// How high it is.
    pub(super) fn height(&self) -> f64 {
        self.bottom - self.top
    }

    /// The part of it that is `high`, a third of what is left over above it and two below: few rows are no strip at the upper edge.
    pub(super) fn holding(self, high: f64) -> Self {
        let top = self.top + (self.height() - high).max(0.0) / 3.0;
        Self {
            top,
            bottom: (top + high).min(self.bottom),
            ..self
        }
    }
}

/// How a shape is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Ink {
    /// Filled, with an opacity.
    Fill(Colour, f64),
    /// A line of a width.
    Stroke(Colour, f64),
    /// Its geometry only; whoever uses it says how it looks.
    Bare,
}

impl Ink {
    /// As plotters passes it on to the pen: widths in tenths; what is bare has no opacity.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "widths are small"
    )]
    fn style(self) -> ShapeStyle {
        let (colour, opacity, width) = match self {
            Self::Fill(colour, opacity) => (colour, opacity, 0),
            Self::Stroke(colour, width) => (colour, 1.0, (width * 10.0).round() as u32),
            Self::Bare => (super::style::INK, 0.0, 0),
        };
        ShapeStyle {
            color: RGBAColor(colour.red, colour.green, colour.blue, opacity),
            filled: matches!(self, Self::Fill(..)),
            stroke_width: width,
        }
    }
}

/// A part of the canvas with a scale in each direction.
#[derive(Clone)]
pub(super) struct Plane {
    /// The part.
    pub(super) area: Area,
    /// The scales.
    spec: Cartesian2d<RangedCoordf64, RangedCoordf64>,
}

impl Plane {
    /// `x` runs from the left edge of `area` to the right one, `y` from the lower to the upper. A reversed range turns its axis round.
    pub(super) fn new(area: Area, x: Range<f64>, y: Range<f64>) -> Self {
        let pixels = (fine(area.left)..fine(area.right), fine(area.bottom)..fine(area.top));
        Self {
            area,
            spec: Cartesian2d::new(x, y, pixels),
        }
    }

    /// What lies at the left edge and at the right one.
    pub(super) fn across(&self) -> Range<f64> {
        self.spec.get_x_range()
    }

    /// The logical pixel of a pair.
    pub(super) fn at(&self, x: f64, y: f64) -> (f64, f64) {
        let (x, y) = self.spec.translate(&(x, y));
        (f64::from(x) / FINE, f64::from(y) / FINE)
    }

    /// A path through `points`.
    pub(super) fn line(&self, svg: &mut Svg, points: &[(f64, f64)], ink: Ink, attributes: &str) {
        self.draw(svg, attributes, |area| {
            area.draw(&PathElement::new(points, ink.style()))
        });
    }

    /// A path through `points` on a wider one of the ground's colour, so that crossings stay legible. It is written once, under `id`, and used
    /// twice, the second time with `dashes`, an attribute or nothing.
    pub(super) fn cased(
        &self,
        svg: &mut Svg,
        points: &[(f64, f64)],
        (colour, width): (Colour, f64),
        (id, dashes): (&str, &str),
    ) {
        svg.open("defs", "");
        self.line(svg, points, Ink::Bare, &format!("id=\"{id}\" fill=\"none\""));
        svg.close("defs");
        for (colour, width, dashes) in [(super::style::GROUND, width + 2.0, ""), (colour, width, dashes)] {
            let stroke = format!(
                "stroke=\"{}\" stroke-width=\"{}\" {dashes}",
                colour.hex(),
                number(width)
            );
            let stroke = stroke.trim_end();
            svg.empty("use", &format!("href=\"#{id}\" {stroke}"));
        }
    }

    /// What `points` enclose. Its corners lie on half pixels and its edges are hard, which nobody sees in a pale band and which keeps files small.
    pub(super) fn polygon(&self, svg: &mut Svg, points: &[(f64, f64)], ink: Ink, attributes: &str) {
        self.draw(svg, attributes, |area| area.draw(&Polygon::new(points, ink.style())));
    }

    /// The geometry of what `points` enclose, in half pixels; whoever uses it says how it looks, and that it is [`HALVED`](super::pen::HALVED).
    pub(super) fn outline(&self, svg: &mut Svg, points: &[(f64, f64)]) {
        self.polygon(svg, points, Ink::Bare, "");
    }

    /// A rectangle between two corners.
    pub(super) fn bar(&self, svg: &mut Svg, corners: [(f64, f64); 2], ink: Ink, attributes: &str) {
        self.draw(svg, attributes, |area| area.draw(&Rectangle::new(corners, ink.style())));
    }

    /// A disc or a ring of a radius in logical pixels.
    pub(super) fn dot(&self, svg: &mut Svg, point: (f64, f64), radius: f64, ink: Ink, attributes: &str) {
        self.draw(svg, attributes, |area| {
            area.draw(&Circle::new(point, fine(radius), ink.style()))
        });
    }

    /// Lets plotters draw.
    fn draw<'s>(
        &self,
        svg: &'s mut Svg,
        attributes: &'s str,
        shape: impl FnOnce(&DrawingArea<Pen<'s>, Cartesian2d<RangedCoordf64, RangedCoordf64>>) -> Drawn,
    ) {
        let area: DrawingArea<Pen<'s>, Shift> = Pen { svg, attributes }.into_drawing_area();
        shape(&area.apply_coord_spec(self.spec.clone())).expect("writing to a string cannot fail");
    }
}

/// What drawing gives.
type Drawn = Result<(), plotters::drawing::DrawingAreaErrorKind<Infallible>>;

/// A logical length in plotters' pixels.
#[expect(clippy::cast_possible_truncation, reason = "the canvas is small")]
fn fine(length: f64) -> i32 {
    (length * FINE).round() as i32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::charts::sheet::Sheet;
    use crate::render::charts::style::INK;
    use crate::settings::Surface;

    fn plane() -> Plane {
        Plane::new(
            Area {
                left: 100.0,
                top: 50.0,
                right: 300.0,
                bottom: 150.0,
            },
            0.0..10.0,
            0.0..1.0,
        )
    }

    #[test]
    fn figures_lie_where_the_scales_put_them() {
        assert_eq!(plane().at(0.0, 0.0), (100.0, 150.0));
        assert_eq!(plane().at(10.0, 1.0), (300.0, 50.0));
        let turned = Plane::new(plane().area, 10.0..0.0, 0.0..1.0);
        assert_eq!(turned.at(0.0, 0.5), (300.0, 100.0));
    }

    #[test]
    fn shapes_become_elements_with_one_decimal() {
        let mut svg = Svg::new(Sheet::of(Surface::Slide));
        let plane = plane();
        plane.line(
            &mut svg,
            &[(0.0, 0.0), (1.0, 0.5), (1.5, 0.52)],
            Ink::Stroke(INK, 4.0),
            "id=\"a\"",
        );
        plane.bar(&mut svg, [(0.0, 0.0), (1.0, 1.0)], Ink::Fill(INK, 0.13), "");
        plane.dot(&mut svg, (5.0, 0.5), 6.0, Ink::Fill(INK, 1.0), "");
        plane.line(&mut svg, &[(0.0, 0.0), (1.0, 0.0)], Ink::Bare, "");
        plane.polygon(&mut svg, &[(0.0, 0.0), (1.0, 0.0), (1.0, 1.0)], Ink::Fill(INK, 1.0), "");
        let lines: Vec<&str> = svg.out.lines().collect();
        assert_eq!(
            lines,
            [
                "<path d=\"M100 150l20-50 10-2\" fill=\"none\" stroke=\"#16191D\" stroke-width=\"4\" id=\"a\"/>",
                "<rect x=\"100\" y=\"50\" width=\"20\" height=\"100\" fill=\"#16191D\" fill-opacity=\"0.13\"/>",
                "<circle cx=\"200\" cy=\"100\" r=\"6\" fill=\"#16191D\"/>",
                "<path d=\"M100 150l20 0\"/>",
                "<path d=\"M200 300l40 0 0-200z\" transform=\"scale(.5)\" shape-rendering=\"crispEdges\" fill=\"#16191D\"/>",
            ]
        );
    }
}
