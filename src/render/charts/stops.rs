//! Where the columns and rows of a chart lie, so that the page can tell the figures of the one under the pointer.
//!
//! Layouts give places; nothing is drawn from them. What stands at a stop is in the chart's figures, under the stop's key.

use super::brief::Brief;
use super::columns::Columns;
use super::plane::{Area, Plane};
use crate::render::format;

/// Which way one goes from stop to stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// From left to right.
    Across,
    /// From top to bottom.
    Down,
    /// From cell to cell, whichever way: each stop has a panel of its own.
    Cells,
}

/// Every stop of a chart.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Stops {
    /// The columns of the figures that hold the keys.
    pub(crate) by: &'static [&'static str],
    /// Which way they follow each other.
    pub(crate) way: Way,
    /// The plots that all of them lie in, or the cells in the order of the stops: left, top, width, height, in logical pixels.
    pub(crate) panels: Vec<[f64; 4]>,
    /// How wide a stop is; 0 for a mere line.
    pub(crate) wide: f64,
    /// In the order of the way.
    pub(crate) each: Vec<Stop>,
}

/// One column or row.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Stop {
    /// Its value in each of the columns of the keys; empty for what the figures leave empty.
    pub(crate) key: Vec<String>,
    /// What it is called in the language of the chart.
    pub(crate) name: String,
    /// Where its middle lies, from the first edge of a panel; 0 where the panel is its own.
    pub(crate) at: f64,
}

impl Stops {
    /// The columns of time of one plot; `at` gives the place of each on `plane`.
    pub(super) fn of_columns(brief: &Brief<'_>, columns: &Columns, plane: &Plane, at: &dyn Fn(usize) -> f64) -> Self {
        let each = columns.all.iter().enumerate().map(|(place, column)| Stop {
            key: vec![column.period.label.clone()],
            name: format::period_name(brief.language, &column.period, columns.granularity),
            at: plane.at(at(place), 0.0).0 - plane.area.left,
        });
        Self {
            by: &["period"],
            way: Way::Across,
            panels: vec![panel(plane.area)],
            wide: 0.0,
            each: each.collect(),
        }
    }

    /// The columns of time where the plot's scale counts days from the first.
    pub(super) fn of_days(brief: &Brief<'_>, columns: &Columns, plane: &Plane) -> Self {
        let start = columns.start().unwrap_or_default();
        Self::of_columns(brief, columns, plane, &|place| columns.all[place].middle(start))
    }
}

impl Stops {
    /// Cells, each with its key, its name and its place.
    pub(super) fn of_cells(
        by: &'static [&'static str],
        cells: impl IntoIterator<Item = (Vec<String>, String, Area)>,
    ) -> Self {
        let (panels, each) = cells
            .into_iter()
            .map(|(key, name, area)| (panel(area), Stop { key, name, at: 0.0 }))
            .unzip();
        Self {
            by,
            way: Way::Cells,
            panels,
            wide: 0.0,
            each,
        }
    }

    /// Turns every place round on a sheet of such a width.
    pub(super) fn turn(&mut self, width: f64) {
        let panel = self.panels.first().map_or(0.0, |panel| panel[2]);
        for panel in &mut self.panels {
            panel[0] = width - panel[0] - panel[2];
        }
        if self.way == Way::Across {
            for stop in &mut self.each {
                stop.at = panel - stop.at;
            }
            self.each.reverse();
        }
    }
}

/// A plot as the page wants it.
pub(super) fn panel(area: Area) -> [f64; 4] {
    [area.left, area.top, area.width(), area.height()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turned_round_the_first_is_the_last_and_twice_is_not_at_all() {
        let stop = |key: &str, at| Stop {
            key: vec![key.to_owned()],
            name: String::new(),
            at,
        };
        let stops = Stops {
            by: &["period"],
            way: Way::Across,
            panels: vec![[100.0, 0.0, 300.0, 50.0]],
            wide: 0.0,
            each: vec![stop("a", 10.0), stop("b", 200.0)],
        };
        let mut turned = stops.clone();
        turned.turn(1000.0);
        assert_eq!(turned.panels, [[600.0, 0.0, 300.0, 50.0]]);
        assert_eq!(turned.each, [stop("b", 100.0), stop("a", 290.0)]);
        turned.turn(1000.0);
        assert_eq!(turned, stops);
    }
}
