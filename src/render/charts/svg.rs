//! The one place that writes SVG: elements, attributes, numbers with at most one decimal.
//!
//! Shapes and texts come in, in their final place; text goes out. Nothing is measured or laid out here.

use std::fmt::Write;

use super::fonts::Family;
use super::sheet::Sheet;
use super::text::{Shaped, Type};
use crate::render::format::without_isolates;

/// A drawing that is being written.
#[derive(Clone, Debug)]
pub(super) struct Svg {
    /// What is drawn on.
    pub(super) sheet: Sheet,
    /// Whether every place is turned round, left to right, as it is written.
    pub(super) mirrored: bool,
    /// What has been written.
    pub(super) out: String,
}

impl Svg {
    /// An empty drawing.
    pub(super) fn new(sheet: Sheet) -> Self {
        Self {
            sheet,
            mirrored: false,
            out: String::new(),
        }
    }

    /// A horizontal place as it will be seen.
    pub(super) fn seen(&self, x: f64) -> f64 {
        if self.mirrored { self.sheet.width - x } else { x }
    }

    /// Opens an element; attributes are written as they are.
    pub(super) fn open(&mut self, element: &str, attributes: &str) {
        self.tag(element, attributes, ">");
    }

    /// Closes an element.
    pub(super) fn close(&mut self, element: &str) {
        self.out.push_str("</");
        self.out.push_str(element);
        self.out.push_str(">\n");
    }

    /// An element without content.
    pub(super) fn empty(&mut self, element: &str, attributes: &str) {
        self.tag(element, attributes, "/>\n");
    }

    /// The beginning of an element.
    fn tag(&mut self, element: &str, attributes: &str, end: &str) {
        self.out.push('<');
        self.out.push_str(element);
        if !attributes.is_empty() {
            self.out.push(' ');
            self.out.push_str(attributes);
        }
        self.out.push_str(end);
    }

    /// A text that begins at `x`, with the whole of what it was cut from as its title.
    pub(super) fn text(&mut self, (x, y): (f64, f64), shaped: &Shaped, kind: Type, whole: Option<&str>) {
        let weight = if kind.weight.number() == 400 {
            String::new()
        } else {
            " font-weight=\"600\"".to_owned()
        };
        let family = |family: Family| match family {
            Family::Latin => String::new(),
            Family::Arabic => format!(" font-family=\"{}\"", Family::Arabic.name()),
        };
        let main = shaped.runs.first().map_or(Family::Latin, |(family, _)| *family);
        let attributes = format!(
            "x=\"{}\" y=\"{}\" font-size=\"{}\"{weight}{} fill=\"{}\"",
            number(x),
            number(y),
            number(kind.size),
            family(main),
            kind.colour.hex()
        );
        self.open("text", &attributes);
        if let Some(whole) = whole {
            let _ = write!(self.out, "<title>{}</title>", escape(&without_isolates(whole)));
        }
        for (other, range) in &shaped.runs {
            let text = escape(&shaped.text[range.clone()]);
            if *other == main {
                self.out.push_str(&text);
            } else {
                let _ = write!(self.out, "<tspan font-family=\"{}\">{text}</tspan>", other.name());
            }
        }
        self.close("text");
    }

    /// The whole drawing around what has been written. Ids begin with `name`, so that drawings can stand on one page.
    pub(super) fn finish(self, name: &str, language: &str, title: &str, alt: &str) -> String {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" {}viewBox=\"0 0 {} {}\" role=\"img\" aria-labelledby=\"{name}-title {name}-desc\" \
             lang=\"{language}\" direction=\"ltr\" font-family=\"{}\" xml:space=\"preserve\">\n\
             <title id=\"{name}-title\">{}</title>\n<desc id=\"{name}-desc\">{}</desc>\n{}</svg>\n",
            self.sheet.size,
            number(self.sheet.width),
            number(self.sheet.height),
            Family::Latin.name(),
            escape(title),
            escape(alt),
            self.out
        )
    }
}

/// A number with at most one decimal.
pub(super) fn number(value: f64) -> String {
    let text = format!("{value:.1}");
    let text = text.strip_suffix(".0").unwrap_or(&text);
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// `text` with everything escaped that XML would understand, and without what XML forbids.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => {}
            _ if sign.is_control() => {}
            _ => out.push(sign),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        assert_eq!(
            [number(1.0), number(-0.04), number(12.26), number(-3.5)],
            ["1", "0", "12.3", "-3.5"]
        );
    }

    #[test]
    fn text_is_never_markup() {
        assert_eq!(
            escape("<b a=\"1\">&\u{0}\u{8}</b>"),
            "&lt;b a=&quot;1&quot;&gt;&amp;&lt;/b&gt;"
        );
    }
}
