//! Direct labels at the ends of lines and layers: they keep apart, stay as near to their line as they can, and are led to it where they cannot.

use super::canvas::{Anchor, Canvas};
use super::plane::{Area, Ink};
use super::style::{GRID, LABEL_GAP, LABEL_STEP, LED, MUTE, NAME_WIDTH, Tone, size};
use super::text::Type;

/// One label.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Label {
    /// Whose it is, for the page's script.
    pub(super) series: String,
    /// The name.
    pub(super) name: String,
    /// The last complete value, or nothing.
    pub(super) value: String,
    /// Its colours.
    pub(super) tone: Tone,
    /// Where its line ends.
    pub(super) end: (f64, f64),
}

/// A line that ends so far before the labels is led to its own.
const APART: f64 = 14.0;

/// Room for the marker at the end of a line.
const MARKER: f64 = 9.0;

/// Whether labels that had to move are led to where they belong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Leaders {
    /// They are.
    Drawn,
    /// Labels belong to no height and only keep an order.
    None,
}

/// Where a label came to stand.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Placed {
    /// The name and the value.
    pub(super) text: String,
    /// The height that its line ends at.
    pub(super) wanted: f64,
    /// The height that it has.
    pub(super) y: f64,
    /// Whether a leader joins them.
    pub(super) led: bool,
    /// Whether it belongs to a height at all.
    pub(super) leads: bool,
}

/// The name.
fn name_type(tone: Tone) -> Type {
    Type::semibold(size::LABEL, tone.text)
}

/// The value.
fn value_type(tone: Tone) -> Type {
    Type::regular(size::LABEL, tone.text)
}

/// Between name and value.
const BETWEEN: f64 = 9.0;

/// How wide the widest of `labels` is.
pub(super) fn widest(canvas: &Canvas, labels: &[Label]) -> f64 {
    labels
        .iter()
        .map(|label| {
            let name = canvas.width(&label.name, name_type(label.tone)).min(NAME_WIDTH);
            let value = canvas.width(&label.value, value_type(label.tone));
            name + value + if label.value.is_empty() { 0.0 } else { BETWEEN }
        })
        .fold(0.0, f64::max)
}

/// Writes the labels right of `edge`, between the upper and the lower edge of `area`. In Arabic the value stands left of the name.
pub(super) fn draw(canvas: &mut Canvas, labels: &[Label], edge: f64, area: Area, leaders: Leaders) -> Vec<Placed> {
    let half = size::LABEL / 2.0;
    let wanted: Vec<f64> = labels.iter().map(|label| label.end.1).collect();
    let heights = spread(&wanted, LABEL_STEP, (area.top + half, area.bottom - half));
    let x = edge + LABEL_GAP;
    let mut placed = Vec::new();
    for (label, y) in labels.iter().zip(heights) {
        canvas.svg.open(
            "g",
            &format!("data-label=\"\" data-series=\"{}\"", super::svg::escape(&label.series)),
        );
        let apart = edge - label.end.0 > APART;
        let led = leaders == Leaders::Drawn && (apart || (y - label.end.1).abs() > LED);
        if led {
            let ink = || Ink::Stroke(GRID.mix(MUTE, 0.5), 1.5);
            let turn = (label.end.0.max(edge - 2.0).min(edge) + 3.0, label.end.1);
            if apart {
                canvas.rule((label.end.0 + MARKER, label.end.1), turn, ink(), "");
            }
            canvas.rule(turn, (x - 4.0, y), ink(), "");
        }
        write(canvas, label, (x, y + size::LABEL * 0.35));
        canvas.svg.close("g");
        placed.push(Placed {
            text: format!("{} {}", label.name, label.value),
            wanted: label.end.1,
            y,
            led,
            leads: leaders == Leaders::Drawn,
        });
    }
    placed
}

/// Writes one label from `x` on.
fn write(canvas: &mut Canvas, label: &Label, (x, y): (f64, f64)) {
    let (name, value) = (name_type(label.tone), value_type(label.tone));
    if canvas.is_rtl() && !label.value.is_empty() {
        let end = canvas.text((x, y), Anchor::Left, value, &label.value).right;
        canvas.name((end + BETWEEN, y), Anchor::Left, name, &label.name, NAME_WIDTH);
    } else {
        let end = canvas.name((x, y), Anchor::Left, name, &label.name, NAME_WIDTH).right;
        if !label.value.is_empty() {
            canvas.text((end + BETWEEN, y), Anchor::Left, value, &label.value);
        }
    }
}

/// Heights that are `gap` apart, within the bounds, in the order of `wanted`, and together as near to it as can be (isotonic regression by
/// pooling adjacent violators). Where the bounds have no room for the gap, it shrinks.
pub(super) fn spread(wanted: &[f64], gap: f64, (low, high): (f64, f64)) -> Vec<f64> {
    let Some(steps) = wanted.len().checked_sub(1) else {
        return Vec::new();
    };
    #[expect(clippy::cast_precision_loss, reason = "a chart has few labels")]
    let gap = if steps == 0 {
        gap
    } else {
        gap.min((high - low).max(0.0) / steps as f64)
    };
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|one, two| wanted[*one].total_cmp(&wanted[*two]).then(one.cmp(two)));
    #[expect(clippy::cast_precision_loss, reason = "a chart has few labels")]
    let shift = |rank: usize| rank as f64 * gap;
    let mut blocks: Vec<(f64, usize)> = Vec::new();
    for (rank, place) in order.iter().enumerate() {
        let mut block = (wanted[*place] - shift(rank), 1);
        while let Some(&(mean, size)) = blocks.last() {
            if mean <= block.0 {
                break;
            }
            blocks.pop();
            #[expect(clippy::cast_precision_loss, reason = "a chart has few labels")]
            let pooled = (mean * size as f64 + block.0 * block.1 as f64) / (size + block.1) as f64;
            block = (pooled, size + block.1);
        }
        blocks.push(block);
    }
    let lowest = high - shift(steps);
    let means = blocks
        .iter()
        .flat_map(|(mean, size)| std::iter::repeat_n(mean.clamp(low, lowest.max(low)), *size));
    let mut heights = vec![0.0; wanted.len()];
    for ((rank, place), mean) in order.into_iter().enumerate().zip(means) {
        heights[place] = mean + shift(rank);
    }
    heights
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_that_have_room_stay_where_they_are() {
        assert_eq!(spread(&[300.0, 100.0], 32.0, (0.0, 500.0)), [300.0, 100.0]);
        assert_eq!(spread(&[], 32.0, (0.0, 500.0)), Vec::<f64>::new());
    }

    #[test]
    fn crowded_labels_share_the_move_and_keep_their_order() {
        assert_eq!(spread(&[100.0, 100.0], 32.0, (0.0, 500.0)), [84.0, 116.0]);
        assert_eq!(spread(&[495.0, 498.0], 32.0, (0.0, 500.0)), [468.0, 500.0]);
        let all = spread(&[10.0; 6], 32.0, (0.0, 100.0));
        assert!(all.windows(2).all(|pair| (pair[1] - pair[0] - 20.0).abs() < 1e-9));
        assert!(all[0] >= 0.0 && all[5] <= 100.0);
    }
}
