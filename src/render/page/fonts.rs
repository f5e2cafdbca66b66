//! The faces that the page needs, as data inside its style: no system font may stand in for the text of a chart.

use crate::render::charts::font_faces;
use crate::render::format::is_arabic;

/// The `@font-face` rules: the Latin faces, and the Arabic ones where any part of the page has an Arabic letter.
pub(super) fn faces<'p>(parts: impl Iterator<Item = &'p str>) -> String {
    let arabic = parts.flat_map(str::chars).any(is_arabic);
    font_faces(arabic)
}
