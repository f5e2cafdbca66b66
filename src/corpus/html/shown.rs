//! What a page shows to a reader, furniture included: every visible line, in order.
//!
//! A laid-out page in, lines out. [`super::text`] decides which of them are the article; here none is left out but what browsers hide.

use scraper::node::Element;

use super::flat::{Flat, What, attr, one_line};
use super::furniture::hides;
use super::text::is_block;

/// Elements that show no text of their own.
const UNSEEN: &str = "head script style noscript template svg math iframe object embed canvas video audio map datalist";

/// Elements of forms and figures that stand on a line of their own.
const ALONE: &str = "button label select textarea input figcaption legend";

/// The visible lines of a page. The choices of a list are one line, divided by commas.
pub(crate) fn lines(flat: &Flat<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut ends: Vec<usize> = Vec::new();
    let mut at = 0;
    while at < flat.nodes.len() {
        while ends.last().is_some_and(|end| *end <= at) {
            ends.pop();
            end(&mut line, &mut lines);
        }
        let node = &flat.nodes[at];
        match &node.what {
            What::Element(element) if is_unseen(element) => {
                at = node.end;
                continue;
            }
            What::Element(element) => {
                let name = element.name();
                if is_block(name) || is_one_of(ALONE, name) {
                    end(&mut line, &mut lines);
                    ends.push(node.end);
                }
                if name == "option" && !line.trim().is_empty() {
                    line = format!("{}, ", line.trim_end());
                }
                if name == "input" {
                    line.push_str(attr(element, "value").or(attr(element, "placeholder")).unwrap_or(""));
                }
            }
            What::Text(text) => line.push_str(text),
            _ => {}
        }
        at += 1;
    }
    end(&mut line, &mut lines);
    lines
}

/// Ends a line.
fn end(line: &mut String, lines: &mut Vec<String>) {
    let done = one_line(&std::mem::take(line));
    if !done.is_empty() {
        lines.push(done);
    }
}

/// Whether a browser shows nothing of an element.
fn is_unseen(element: &Element) -> bool {
    let hidden = attr(element, "hidden").is_some() || attr(element, "type").is_some_and(|kind| kind == "hidden");
    is_one_of(UNSEEN, element.name()) || hidden || hides(attr(element, "style").unwrap_or(""))
}

/// Whether a list of names has this one.
fn is_one_of(names: &str, name: &str) -> bool {
    names.split(' ').any(|known| known == name)
}

#[cfg(test)]
mod tests {
    use scraper::Html;

    use super::*;

    #[test]
    fn every_line_that_a_browser_shows_is_there_once() {
        let page = "<html><head><title>T | Site</title><style>p{}</style></head><body><nav><ul><li><a>Home</a><li>World</ul></nav>\
                    <h1>A <b>title</b></h1>One<br>two<p>Three<script>x</script></p><p hidden>Never</p><div style='display:none'>Nor this</div>\
                    <form><label>Country</label><select><option>Mali<option>Niger</select><input type=hidden value=7><input type=submit value=Send></form>\
                    <footer>© Site</footer></body></html>";
        let page = Html::parse_document(page);
        assert_eq!(
            lines(&Flat::new(&page)),
            [
                "Home",
                "World",
                "A title",
                "One",
                "two",
                "Three",
                "Country",
                "Mali, Niger",
                "Send",
                "© Site"
            ]
        );
    }
}
