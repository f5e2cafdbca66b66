//! A table of the page.
//!
//! In: heads and cells, as HTML that is escaped already. Out: a `<table>` with a caption, scopes, and the bare value of each number in
//! `data-v`, which a script may sort by.

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
    /// A number as it is shown, and bare.
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
    let mut out = format!(
        "<div class=\"{class}\" tabindex=\"0\"><table><caption>{}</caption>\n<thead><tr>",
        escape(caption)
    );
    for head in heads {
        let class = if head.number { " class=\"num\"" } else { "" };
        let _ = write!(out, "<th scope=\"col\"{class}>{}</th>", head.name);
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for row in rows {
        out.push_str("<tr>");
        for cell in row {
            write_cell(&mut out, cell);
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody></table></div>");
    out
}

/// Appends one cell.
fn write_cell(out: &mut String, cell: &Cell) {
    let done = match cell {
        Cell::Name(name) => write!(out, "<th scope=\"row\">{name}</th>"),
        Cell::Text(text) => write!(out, "<td>{text}</td>"),
        Cell::Number(shown, bare) if bare.is_empty() => write!(out, "<td class=\"num\"><span>{shown}</span></td>"),
        Cell::Number(shown, bare) => {
            write!(
                out,
                "<td class=\"num\" data-v=\"{}\"><span>{shown}</span></td>",
                escape(bare)
            )
        }
        Cell::Bar(part) => write!(
            out,
            "<td class=\"bar-cell\" aria-hidden=\"true\"><svg viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\">\
             <rect width=\"{:.1}\" height=\"10\"/></svg></td>",
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
