//! A table of the page.
//!
//! In: heads and cells, as HTML that is escaped already. Out: a `<table>` with a caption and scopes. Columns of numbers are named by classes of
//! the table, and ends of cells are left out as HTML allows, since long tables weigh. A cell whose text is not its bare value has that in
//! `data-v`; the script sorts by bare values only.

use std::fmt::Write as _;

use super::template::escape;

/// A column.
pub(super) struct Head {
    /// Its name, as HTML.
    pub(super) name: String,
    /// Whether numbers stand in it.
    pub(super) number: bool,
}

/// A cell, as HTML.
pub(super) enum Cell {
    /// The name of its row.
    Name(String),
    /// Words.
    Text(String),
    /// Words as they are shown, and what they are sorted by.
    Word(String, String),
    /// A number as it is shown, and bare; bare is empty where there is none.
    Number(String, String),
    /// A bar as long as this part of its cell, 0–1.
    Bar(f64),
}

/// Whether a table is shown whole or in a window of its own.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Window {
    /// Whole.
    Whole,
    /// In a window that scrolls.
    Scrolls,
}

/// The table.
pub(super) fn table(caption: &str, heads: &[Head], rows: &[Vec<Cell>], window: Window) -> String {
    let class = if window == Window::Whole {
        "scroll whole"
    } else {
        "scroll"
    };
    let numbers: Vec<String> = heads
        .iter()
        .enumerate()
        .filter(|(_, head)| head.number)
        .map(|(place, _)| format!("n{}", place + 1))
        .collect();
    let caption = escape(caption);
    let mut out = format!(
        "<div class=\"{class}\" tabindex=\"0\" role=\"group\" aria-label=\"{caption}\"><table class=\"{}\"><caption>{caption}</caption>\n<thead><tr>",
        numbers.join(" ")
    );
    for head in heads {
        let done = if head.name.is_empty() {
            write!(out, "<td>")
        } else {
            write!(out, "<th scope=\"col\">{}", head.name)
        };
        debug_assert!(done.is_ok(), "writing to a string cannot fail");
    }
    out.push_str("</thead>\n<tbody>\n");
    for row in rows {
        out.push_str("<tr>");
        for cell in row {
            write_cell(&mut out, cell);
        }
        out.push('\n');
    }
    out.push_str("</tbody></table></div>");
    out
}

/// Appends one cell.
fn write_cell(out: &mut String, cell: &Cell) {
    let done = match cell {
        Cell::Name(name) => write!(out, "<th scope=\"row\">{name}"),
        Cell::Text(text) => write!(out, "<td>{text}"),
        Cell::Word(shown, bare) | Cell::Number(shown, bare) if shown == bare => write!(out, "<td>{shown}"),
        Cell::Word(shown, bare) | Cell::Number(shown, bare) => write!(out, "<td data-v=\"{}\">{shown}", escape(bare)),
        Cell::Bar(part) => write!(
            out,
            "<td class=\"bar-cell\" aria-hidden=\"true\"><svg viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\">\
             <rect width=\"{:.1}\" height=\"10\"/></svg>",
            part.clamp(0.0, 1.0) * 100.0
        ),
    };
    debug_assert!(done.is_ok(), "writing to a string cannot fail");
}

impl Head {
    /// A column of words.
    pub(super) fn text(name: &str) -> Self {
        Self {
            name: escape(name),
            number: false,
        }
    }

    /// A column of numbers.
    pub(super) fn number(name: &str) -> Self {
        Self {
            name: escape(name),
            number: true,
        }
    }
}
