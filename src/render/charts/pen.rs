//! The backend that plotters draws into: each shape becomes one element of the SVG, with the attributes now in force.
//!
//! plotters speaks whole pixels, so it is told that the canvas is 64 times as large, and the pen divides. Text never comes this way.

use std::convert::Infallible;
use std::fmt::Write;

use plotters_backend::{BackendColor, BackendCoord, BackendStyle, DrawingBackend, DrawingErrorKind};

use super::style::Colour;
use super::svg::{Svg, number};

/// How many of plotters' pixels are a logical one.
pub(super) const FINE: f64 = 64.0;

/// Tenths of a logical pixel.
#[expect(clippy::cast_possible_truncation, reason = "the canvas is small")]
fn tenths(fine: i32) -> i64 {
    (f64::from(fine) / FINE * 10.0).round() as i64
}

/// Half logical pixels, which are whole ones of the picture.
#[expect(clippy::cast_possible_truncation, reason = "the canvas is small")]
fn halves(fine: i32) -> i64 {
    (f64::from(fine) / FINE * 2.0).round() as i64
}

/// What areas are drawn with: their corners are counted in half pixels, and their edges are hard.
pub(super) const HALVED: &str = "transform=\"scale(.5)\" shape-rendering=\"crispEdges\"";

/// The backend: each shape of plotters becomes one element with the attributes now in force.
#[derive(Debug)]
pub(super) struct Pen<'s> {
    /// What is written to.
    pub(super) svg: &'s mut Svg,
    /// Further attributes of each element.
    pub(super) attributes: &'s str,
}

impl Pen<'_> {
    /// Writes an element: its geometry, its looks, the attributes in force.
    fn write<S: BackendStyle>(&mut self, element: &str, geometry: &str, style: &S, fill: bool) {
        let BackendColor {
            alpha,
            rgb: (red, green, blue),
        } = style.color();
        let colour = Colour { red, green, blue }.hex();
        let looks = if alpha == 0.0 {
            String::new()
        } else if fill {
            let opacity = if alpha < 1.0 {
                format!(" fill-opacity=\"{alpha}\"")
            } else {
                String::new()
            };
            format!(" fill=\"{colour}\"{opacity}")
        } else {
            let width = number(f64::from(style.stroke_width()) / 10.0);
            format!(" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{width}\"")
        };
        let more = if self.attributes.is_empty() {
            String::new()
        } else {
            format!(" {}", self.attributes)
        };
        self.svg.empty(element, &format!("{geometry}{looks}{more}"));
    }

    /// A point as it will be seen.
    #[expect(clippy::cast_possible_truncation, reason = "the canvas is small")]
    fn seen(&self, (x, y): BackendCoord) -> BackendCoord {
        if self.svg.mirrored {
            ((self.svg.sheet.width * FINE).round() as i32 - x, y)
        } else {
            (x, y)
        }
    }

    /// The path through points that are whole numbers of some unit: the first in full, then steps, which so do not add up to an error.
    fn path(points: impl IntoIterator<Item = (i64, i64)>, written: impl Fn(i64) -> String) -> String {
        let mut out = String::new();
        let mut before: Option<(i64, i64)> = None;
        for here in points {
            match before {
                None => {
                    let _ = write!(out, "M{} {}", written(here.0), written(here.1));
                }
                Some(before) if before == here => continue,
                Some(before) => {
                    let (x, y) = (written(here.0 - before.0), written(here.1 - before.1));
                    let first = if out.contains('l') {
                        if x.starts_with('-') { "" } else { " " }
                    } else {
                        "l"
                    };
                    let second = if y.starts_with('-') { "" } else { " " };
                    let _ = write!(out, "{first}{x}{second}{y}");
                }
            }
            before = Some(here);
        }
        out
    }
}

/// Tenths as a number.
#[expect(clippy::cast_precision_loss, reason = "the canvas is small")]
fn short(tenths: i64) -> String {
    number(tenths as f64 / 10.0)
}

impl DrawingBackend for Pen<'_> {
    type ErrorType = Infallible;

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the canvas is small"
    )]
    fn get_size(&self) -> (u32, u32) {
        (
            (self.svg.sheet.width * FINE) as u32,
            (self.svg.sheet.height * FINE) as u32,
        )
    }

    fn ensure_prepared(&mut self) -> Result<(), DrawingErrorKind<Infallible>> {
        Ok(())
    }

    fn present(&mut self) -> Result<(), DrawingErrorKind<Infallible>> {
        Ok(())
    }

    fn draw_pixel(&mut self, point: BackendCoord, color: BackendColor) -> Result<(), DrawingErrorKind<Infallible>> {
        self.draw_rect(point, point, &color, true)
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Result<(), DrawingErrorKind<Infallible>> {
        self.draw_path([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Result<(), DrawingErrorKind<Infallible>> {
        let ((left, top), (right, bottom)) = (self.seen(from), self.seen(to));
        let (left, right) = (tenths(left.min(right)), tenths(left.max(right)));
        let (top, bottom) = (tenths(top.min(bottom)), tenths(top.max(bottom)));
        let geometry = format!(
            "x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"",
            short(left),
            short(top),
            short(right - left),
            short(bottom - top)
        );
        self.write("rect", &geometry, style, fill);
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Result<(), DrawingErrorKind<Infallible>> {
        let points = path
            .into_iter()
            .map(|point| self.seen(point))
            .map(|(x, y)| (tenths(x), tenths(y)));
        let geometry = format!("d=\"{}\"", Self::path(points, short));
        self.write("path", &geometry, style, false);
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        centre: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Result<(), DrawingErrorKind<Infallible>> {
        let (x, y) = self.seen(centre);
        let radius = number(f64::from(radius) / FINE);
        let geometry = format!("cx=\"{}\" cy=\"{}\" r=\"{radius}\"", short(tenths(x)), short(tenths(y)));
        self.write("circle", &geometry, style, fill);
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        vert: I,
        style: &S,
    ) -> Result<(), DrawingErrorKind<Infallible>> {
        let points = vert
            .into_iter()
            .map(|point| self.seen(point))
            .map(|(x, y)| (halves(x), halves(y)));
        let path = Self::path(points, |half| half.to_string());
        let bare = style.color().alpha == 0.0;
        let geometry = format!(
            "d=\"{path}z\"{}",
            if bare { String::new() } else { format!(" {HALVED}") }
        );
        self.write("path", &geometry, style, true);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_thousand_steps_end_where_they_should() {
        let points = (0..10_000).map(|step| (tenths(step * 7), tenths(step % 13)));
        let path = Pen::path(points, short);
        let steps: Vec<f64> = path[path.find('l').unwrap() + 1..]
            .replace('-', " -")
            .split_whitespace()
            .map(|step| step.parse().unwrap())
            .collect();
        let reached: f64 = steps.iter().step_by(2).sum();
        assert!((reached - 9_999.0 * 7.0 / 64.0).abs() < 0.11);
    }
}
