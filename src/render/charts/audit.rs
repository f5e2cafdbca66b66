//! The audit of a sheet: no text meets another, and none leaves the canvas. It is how tests look at a layout.

use super::canvas::{Canvas, TextBox};

/// Texts keep so far from the edge of the canvas.
const EDGE: f64 = 10.0;

/// Boxes may touch by this much: they are a little larger than the ink.
const TOUCH: f64 = 1.0;

/// What is wrong with the texts of `canvas`, a sentence each.
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
            if meet(one, other) {
                all.push(format!(
                    "`{}` {:?} meets `{}` {:?}",
                    one.text, one.area, other.text, other.area
                ));
            }
        }
    }
    all
}

/// Whether two boxes meet.
fn meet(one: &TextBox, other: &TextBox) -> bool {
    let (one, other) = (one.area, other.area);
    let across = one.right.min(other.right) - one.left.max(other.left);
    let down = one.bottom.min(other.bottom) - one.top.max(other.top);
    across > TOUCH && down > TOUCH
}
