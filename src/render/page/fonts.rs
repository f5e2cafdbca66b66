//! The faces that the page needs, as data inside its style: no system font may stand in for the text of a chart.

use crate::model::language::Language;
use crate::render::charts::font_faces;
use crate::render::format::is_arabic;

/// The `@font-face` rules: the Latin faces, and of the Arabic ones those that the parts of the page and its charts have letters for.
pub(super) fn faces<'p>(language: Language, parts: impl Iterator<Item = &'p str>) -> String {
    if language == Language::AR {
        return font_faces(&[400, 600]);
    }
    let (mut any, mut bold) = (false, false);
    for line in parts.flat_map(str::lines).filter(|line| line.chars().any(is_arabic)) {
        any = true;
        bold |= line.contains("font-weight=\"600\"") || line.contains("<h3>");
    }
    match (any, bold) {
        (_, true) => font_faces(&[400, 600]),
        (true, false) => font_faces(&[400]),
        (false, false) => font_faces(&[]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_the_faces_that_it_has_letters_for() {
        let count = |language, part: &str| faces(language, [part].into_iter()).matches("@font-face").count();
        assert_eq!(count(Language::EN, "Niger"), 2);
        assert_eq!(count(Language::EN, "<li>النيجر</li>"), 3);
        assert_eq!(count(Language::FR, "<h3>النيجر</h3>"), 4);
        assert_eq!(count(Language::AR, "Niger"), 4);
    }
}
