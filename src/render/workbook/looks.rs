//! How the cells of the workbook look: letters, lines, and the number format of each type and unit.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder};

use crate::render::charts::house_colour;
use crate::render::tables::define::{Head, Kind};

/// Names of columns.
pub(super) fn head() -> Format {
    Format::new()
        .set_bold()
        .set_font_color("#FFFFFF")
        .set_background_color(house_colour().as_str())
        .set_align(FormatAlign::VerticalCenter)
}

/// Text in a column: it begins at the side where the sheet does, a little away from the column before.
fn text(right: bool) -> Format {
    let side = if right { FormatAlign::Right } else { FormatAlign::Left };
    Format::new().set_align(side).set_indent(1)
}

/// The cells of a column, on a sheet that runs from the right or from the left.
pub(super) fn column(head: &Head, right: bool) -> Format {
    let format = Format::new();
    match head.kind {
        Kind::Text | Kind::Word(_) => text(right),
        // A number of a record, a byte or a line is a name, not an amount.
        Kind::Integer if matches!(head.unit, "" | "bytes") => format.set_num_format("0"),
        Kind::Integer => format.set_num_format("#,##0"),
        Kind::Fraction if head.unit == "probability" => format.set_num_format("[<0.001]0.0E+00;0.000"),
        Kind::Fraction => format.set_num_format("0.0%"),
        Kind::Number => format.set_num_format("#,##0.00"),
        Kind::Date => format.set_num_format("yyyy-mm-dd"),
        Kind::Flag => format.set_num_format("0"),
    }
}

/// Text that a spreadsheet would run, were it typed: it stays text when the cell is edited too.
pub(super) fn quoted(right: bool) -> Format {
    text(right).set_quote_prefix()
}

/// What has no number: it stands where the numbers do.
pub(super) fn unbounded() -> Format {
    Format::new().set_align(FormatAlign::Right)
}

/// The direction of text on the cover: from the right in Arabic.
fn directed(right: bool) -> Format {
    let format = Format::new().set_align(FormatAlign::Top);
    if right {
        format.set_reading_direction(2).set_align(FormatAlign::Right)
    } else {
        format.set_align(FormatAlign::Left)
    }
}

/// The title of the cover.
pub(super) fn title(right: bool) -> Format {
    directed(right)
        .set_bold()
        .set_font_size(20)
        .set_font_color(house_colour().as_str())
        .set_align(FormatAlign::VerticalCenter)
}

/// A heading of the cover.
pub(super) fn heading(right: bool) -> Format {
    directed(right)
        .set_bold()
        .set_font_size(13)
        .set_font_color(house_colour().as_str())
        .set_border_bottom(FormatBorder::Thin)
        .set_border_bottom_color(house_colour().as_str())
}

/// A sentence of the cover.
pub(super) fn sentence(right: bool) -> Format {
    directed(right).set_text_wrap()
}

/// A note of the cover, of less weight.
pub(super) fn note(right: bool) -> Format {
    directed(right).set_text_wrap().set_font_color("#565D66")
}

/// A link of the cover.
pub(super) fn link(right: bool) -> Format {
    directed(right).set_hyperlink()
}

/// A count of the cover.
pub(super) fn count() -> Format {
    Format::new().set_num_format("#,##0").set_align(FormatAlign::Top)
}
