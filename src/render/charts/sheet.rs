//! The sheets that charts are drawn on: how large each is, what its picture is, and how large its titles are.
//!
//! A [`Sheet`] says where things may lie, in logical pixels. All other letters have the same size in them on every sheet. A sheet that is seen
//! smaller has fewer pixels, so the same letters are larger on it: each chart is laid out anew, and none is scaled.

use super::plane::Area;
use crate::settings::Surface;

/// One sheet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Sheet {
    /// What it is for.
    pub(super) surface: Surface,
    /// How wide it is.
    pub(super) width: f64,
    /// How high it is.
    pub(super) height: f64,
    /// Room left empty at the sides.
    pub(super) margin: f64,
    /// Pixels of the picture for each logical one.
    pub(super) scale: f64,
    /// The title: where there is room, where that puts it on one line, at its smallest.
    pub(super) title: [f64; 3],
    /// So many lines have title, subtitle, source and method at most.
    pub(super) lines: [usize; 4],
    /// So many lines has the key of the events at most.
    pub(super) key: usize,
    /// Its size outside of all pixels, as attributes of the drawing; empty where it takes the size of its place.
    pub(super) size: &'static str,
}

/// Millimetres of an inch.
const INCH: f64 = 25.4;

/// The resolution of a picture that is printed, in dots an inch.
const DOTS: f64 = 300.0;

/// Logical pixels of a printed millimetre: the smallest letters, of 17, are 6.7 points high.
const FINE: f64 = 7.2;

/// 1600 × 900: a slide, and the page.
const SLIDE: Sheet = Sheet {
    surface: Surface::Slide,
    width: 1600.0,
    height: 900.0,
    margin: 56.0,
    scale: 2.0,
    title: [42.0, 36.0, 30.0],
    lines: [2, 2, 1, 3],
    key: 3,
    size: "",
};

/// A picture of 2160 × 2160, twice 1080: a telephone.
const SQUARE: Sheet = Sheet {
    surface: Surface::Square,
    width: 960.0,
    height: 960.0,
    margin: 44.0,
    scale: 2.25,
    title: [40.0, 36.0, 30.0],
    lines: [3, 3, 2, 5],
    key: 6,
    size: "width=\"1080\" height=\"1080\" ",
};

/// 170 × 110 mm: the width of a page of A4 between its margins.
const PRINT: Sheet = Sheet {
    surface: Surface::Print,
    width: 170.0 * FINE,
    height: 110.0 * FINE,
    margin: 36.0,
    scale: DOTS / INCH / FINE,
    title: [36.0, 32.0, 28.0],
    lines: [2, 2, 2, 4],
    key: 4,
    size: "width=\"170mm\" height=\"110mm\" ",
};

impl Sheet {
    /// The sheet for a surface.
    pub(super) const fn of(surface: Surface) -> Self {
        match surface {
            Surface::Slide => SLIDE,
            Surface::Square => SQUARE,
            Surface::Print => PRINT,
        }
    }

    /// Where drawing begins at the left.
    pub(super) const fn left(self) -> f64 {
        self.margin
    }

    /// Where it ends at the right.
    pub(super) const fn right(self) -> f64 {
        self.width - self.margin
    }

    /// How much lies between the two.
    pub(super) const fn room(self) -> f64 {
        self.width - 2.0 * self.margin
    }

    /// All of it.
    pub(super) const fn area(self) -> Area {
        Area {
            left: 0.0,
            top: 0.0,
            right: self.width,
            bottom: self.height,
        }
    }

    /// Width and height of its picture in pixels.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "sheets are small"
    )]
    pub(super) fn pixels(self) -> (u32, u32) {
        let whole = |length: f64| (length * self.scale).round() as u32;
        (whole(self.width), whole(self.height))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::charts::style::size;

    #[test]
    fn pictures_have_the_size_that_their_surface_asks_for() {
        assert_eq!(Sheet::of(Surface::Slide).pixels(), (3200, 1800));
        assert_eq!(Sheet::of(Surface::Square).pixels(), (2160, 2160));
        assert_eq!(Sheet::of(Surface::Print).pixels(), (2008, 1299));
    }

    #[test]
    fn no_printed_letter_is_smaller_than_six_points_and_a_half() {
        let print = Sheet::of(Surface::Print);
        let pica = INCH / 6.0;
        let smallest = [
            size::LEAST,
            size::FOOTER,
            size::NOTE,
            size::CELL,
            size::SCALE,
            size::SUBTITLE_LEAST,
            print.title[2],
        ]
        .into_iter()
        .fold(f64::INFINITY, f64::min);
        assert!(smallest / FINE / pica >= 6.5 / 12.0, "{smallest}");
        assert!((print.width / FINE - 170.0).abs() < 1e-9 && (print.height / FINE - 110.0).abs() < 1e-9);
    }
}
