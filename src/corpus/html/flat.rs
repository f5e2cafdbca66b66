//! A page as a list: its nodes in document order, each with its parent and the end of its subtree.
//!
//! So every pass over a page is a loop that can jump over a subtree, and a page that is nested deep needs no deep stack.

use scraper::node::Element;
use scraper::{Html, Node};

use super::furniture::{Judgement, judge};
use crate::corpus::encoding::count;

/// A page or a part of one.
pub(crate) struct Flat<'h> {
    /// Its nodes in document order; the first one is the root.
    pub(crate) nodes: Vec<FlatNode<'h>>,
}

/// One node.
pub(crate) struct FlatNode<'h> {
    /// What it is.
    pub(crate) what: What<'h>,
    /// The place of its parent; the root's is 0.
    pub(crate) parent: usize,
    /// One past the last node below it.
    pub(crate) end: usize,
    /// How it is judged by its own tag and attributes.
    pub(crate) judgement: Judgement,
    /// Bytes of the words of a text, and one more for each word.
    pub(crate) prose: usize,
}

/// What a node is.
pub(crate) enum What<'h> {
    /// An element.
    Element(&'h Element),
    /// Text, entities decoded.
    Text(&'h str),
    /// A comment.
    Comment(&'h str),
    /// Anything else.
    Other,
}

impl<'h> Flat<'h> {
    /// Lays out a parsed page.
    pub(crate) fn new(page: &'h Html) -> Self {
        let mut nodes: Vec<FlatNode<'h>> = Vec::new();
        // The elements around the next node, by identity and place.
        let mut open: Vec<(_, usize)> = Vec::new();
        for node in page.tree.root().descendants() {
            let parent = node.parent().map(|parent| parent.id());
            while let Some((id, at)) = open.pop() {
                if Some(id) == parent {
                    open.push((id, at));
                    break;
                }
                nodes[at].end = nodes.len();
            }
            let at = nodes.len();
            let (mut judgement, mut prose) = (Judgement::Open, 0);
            let what = match node.value() {
                Node::Element(element) => {
                    judgement = judge(element);
                    What::Element(element)
                }
                Node::Text(text) => {
                    prose = weight(text);
                    What::Text(text)
                }
                Node::Comment(comment) => What::Comment(comment),
                _ => What::Other,
            };
            nodes.push(FlatNode {
                what,
                parent: open.last().map_or(0, |(_, at)| *at),
                end: at + 1,
                judgement,
                prose,
            });
            open.push((node.id(), at));
        }
        for (_, at) in open {
            nodes[at].end = nodes.len();
        }
        Self { nodes }
    }

    /// The element at a place.
    pub(crate) fn element(&self, at: usize) -> Option<&'h Element> {
        match self.nodes[at].what {
            What::Element(element) => Some(element),
            _ => None,
        }
    }

    /// The name of the element at a place; empty for what is none.
    pub(crate) fn name(&self, at: usize) -> &'h str {
        self.element(at).map_or("", Element::name)
    }

    /// The value of an attribute at a place.
    pub(crate) fn attr(&self, at: usize, name: &str) -> Option<&'h str> {
        self.element(at).and_then(|element| attr(element, name))
    }

    /// The places of all elements in document order.
    pub(crate) fn elements(&self) -> impl Iterator<Item = (usize, &'h Element)> + '_ {
        (0..self.nodes.len()).filter_map(|at| self.element(at).map(|element| (at, element)))
    }

    /// The text below a place in one line.
    pub(crate) fn line(&self, at: usize) -> String {
        let mut line = String::new();
        let mut here = at;
        while here < self.nodes[at].end {
            match &self.nodes[here].what {
                What::Element(element) if matches!(element.name(), "script" | "style" | "template") => {
                    here = self.nodes[here].end;
                    continue;
                }
                What::Element(element) if element.name() == "br" => line.push(' '),
                What::Text(text) => line.push_str(text),
                _ => {}
            }
            here += 1;
        }
        one_line(&line)
    }

    /// Whether `at` lies below an element of this name.
    pub(crate) fn is_below(&self, at: usize, names: &[&str]) -> bool {
        let mut here = at;
        while here != 0 {
            here = self.nodes[here].parent;
            if names.contains(&self.name(here)) {
                return true;
            }
        }
        false
    }
}

/// The value of an attribute.
///
/// `Element::attr` makes an interned name of `name` each time, which costs more than looking at the few attributes that an element has.
pub(crate) fn attr<'h>(element: &'h Element, name: &str) -> Option<&'h str> {
    element
        .attrs
        .iter()
        .find(|(own, _)| &*own.local == name && own.ns.is_empty())
        .map(|(_, value)| &**value)
}

/// A text with every run of white space as one blank.
pub(crate) fn one_line(text: &str) -> String {
    if is_one_line(text) {
        return text.to_owned();
    }
    let mut line = String::with_capacity(text.len());
    for word in text.split_ascii_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// Bytes of the words of a text, and one more for each word.
fn weight(text: &str) -> usize {
    let bytes = text.as_bytes();
    let is_word = |byte: u8| !byte.is_ascii_whitespace();
    let first = usize::from(bytes.first().is_some_and(|first| is_word(*first)));
    first + count(bytes, is_word) + count_pairs(bytes, |one, next| !is_word(one) && is_word(next))
}

/// How many pairs of neighbours are such.
fn count_pairs(bytes: &[u8], is: impl Fn(u8, u8) -> bool) -> usize {
    let nexts = bytes.get(1..).unwrap_or_default().chunks(128);
    let pairs = bytes.chunks(128).zip(nexts);
    pairs
        .map(|(some, nexts)| {
            usize::from(
                some.iter()
                    .zip(nexts)
                    .map(|(one, next)| u8::from(is(*one, *next)))
                    .sum::<u8>(),
            )
        })
        .sum()
}

/// Whether the only white space of a text is single blanks between words.
fn is_one_line(text: &str) -> bool {
    let bytes = text.as_bytes();
    !text.starts_with(' ')
        && !text.ends_with(' ')
        && count(bytes, |byte| byte.is_ascii_whitespace() && byte != b' ') == 0
        && count_pairs(bytes, |one, next| one == b' ' && next == b' ') == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subtrees_end_where_the_next_sibling_begins() {
        let page = Html::parse_document("<div id=a><p>One <b>two</b></p></div><p>Three</p>");
        let flat = Flat::new(&page);
        let (at, _) = flat
            .elements()
            .find(|(at, _)| flat.attr(*at, "id") == Some("a"))
            .unwrap();
        assert_eq!(flat.line(at), "One two");
        let next = flat.nodes[at].end;
        assert_eq!((flat.name(next), flat.line(next).as_str()), ("p", "Three"));
        assert!(flat.is_below(next, &["body"]) && !flat.is_below(next, &["div"]));
    }

    #[test]
    fn deep_pages_need_no_deep_stack() {
        let page = Html::parse_document(&format!("{}x", "<div>".repeat(4_000)));
        assert_eq!(Flat::new(&page).line(0), "x");
    }
}
