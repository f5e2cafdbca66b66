//! The drawings as the page holds them: colours become classes, so that the page can be light or dark.
//!
//! In: SVG as it lies under `charts/`. Out: the same shapes with classes instead of `fill` and `stroke`, and the rules for the classes. Colours
//! are numbered in the order in which they are met.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::render::charts::dark;

/// The attributes that hold a colour, and the letter that their classes begin with.
const ATTRIBUTES: [(&str, char); 2] = [("fill", 'f'), ("stroke", 's')];

/// The colours of one page.
#[derive(Debug, Default)]
pub(super) struct Inks {
    /// Colours and their numbers.
    numbers: BTreeMap<String, usize>,
    /// The classes that are used.
    used: BTreeSet<(usize, char)>,
}

impl Inks {
    /// The drawing with classes, and without what only a file of its own wants before it.
    pub(super) fn classed(&mut self, svg: &str) -> String {
        let mut rest = svg.find("<svg").map_or("", |start| &svg[start..]).trim_end();
        let mut out = String::with_capacity(rest.len());
        while let Some(start) = rest.find('<') {
            let end = rest[start..].find('>').map_or(rest.len(), |end| start + end);
            out.push_str(&rest[..start]);
            self.write_tag(&mut out, &rest[start..end]);
            rest = &rest[end..];
        }
        out.push_str(rest);
        out
    }

    /// Appends one tag without its last sign. Values in it are escaped, so a quote ends each.
    fn write_tag(&mut self, out: &mut String, tag: &str) {
        let mut classes: Vec<String> = Vec::new();
        let mut left = tag.to_owned();
        for (attribute, letter) in ATTRIBUTES {
            let opening = format!(" {attribute}=\"#");
            let Some(start) = left.find(&opening) else { continue };
            let from = start + opening.len() - 1;
            let Some(length) = left[from..].find('"') else { continue };
            let next = self.numbers.len();
            let number = *self.numbers.entry(left[from..from + length].to_owned()).or_insert(next);
            self.used.insert((number, letter));
            classes.push(format!("{letter}{number}"));
            left.replace_range(start..=from + length, "");
        }
        if classes.is_empty() {
            out.push_str(tag);
            return;
        }
        let at = left.find([' ', '/']).unwrap_or(left.len());
        let _ = write!(out, "{} class=\"{}\"{}", &left[..at], classes.join(" "), &left[at..]);
    }

    /// The rules: a variable for each colour, light and dark, and the classes.
    pub(super) fn rules(&self) -> String {
        let (mut light, mut both, mut classes) = (String::new(), String::new(), String::new());
        for (colour, number) in &self.numbers {
            let _ = write!(light, "--c{number}:{colour};");
            let dark = dark(colour).unwrap_or_else(|| colour.clone());
            let _ = write!(both, "--c{number}:light-dark({colour},{dark});");
        }
        for (number, letter) in &self.used {
            let property = if *letter == 'f' { "fill" } else { "stroke" };
            let _ = write!(classes, ".{letter}{number}{{{property}:var(--c{number})}}");
        }
        format!(
            ":root{{{light}}}\n@supports (color:light-dark(red,red)){{:root{{{both}}}}}\n\
             @media print{{:root{{{light}}}}}\n{classes}\n"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_become_classes_and_nothing_else_changes() {
        let mut inks = Inks::default();
        let svg = "<?xml?>\n<svg width=\"1\"><rect x=\"0\" fill=\"#FFFFFF\" stroke=\"#16191D\"/><g fill=\"none\" stroke=\"#FFFFFF\">\
                   <text>fill=&quot;#FFFFFF&quot;</text></g></svg>\n";
        assert_eq!(
            inks.classed(svg),
            "<svg width=\"1\"><rect class=\"f0 s1\" x=\"0\"/><g class=\"s0\" fill=\"none\">\
             <text>fill=&quot;#FFFFFF&quot;</text></g></svg>"
        );
        let rules = inks.rules();
        assert!(rules.contains("--c0:light-dark(#FFFFFF,#12161A);") && rules.contains(".s1{stroke:var(--c1)}"));
        assert!(!rules.contains(".f1"));
    }
}
