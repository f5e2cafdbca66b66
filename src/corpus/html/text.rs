//! Finds the article in a page and gives its text, one paragraph a line.
//!
//! A laid-out page and what it says of its headline in; paragraphs and the lines beside the headline out. Three steps: elements that are
//! furniture by tag, role or class are taken away, unless they hold the headline or most of the text; the element that holds the article
//! is chosen among what is left; its lines are read, without those that are mostly links and the headings above them.

use std::collections::HashSet;

use super::flat::{Flat, What, attr, one_line};
use super::furniture::{Judgement, is_lead};
use super::meta::{Meta, same};
use crate::corpus::foot;

/// Whether an element begins and ends a line.
pub(super) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "center"
            | "dd"
            | "details"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hr"
            | "html"
            | "li"
            | "main"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
            | "br"
            | "dir"
            | "menu"
            | "hgroup"
            | "caption"
    )
}

/// Beginnings of lines that only lead elsewhere, in lower case.
const LEADS_ELSEWHERE: &str = include_str!("../data/elsewhere.txt");

/// Labels above advertisements inside an article, in lower case.
const LABELS: [&str; 8] = [
    "publicité",
    "annonce",
    "advertisement",
    "sponsored",
    "إعلان",
    "اعلان",
    "publicidade",
    "publicidad",
];

/// How much text beside the headline is kept.
const BESIDE: usize = 400;

/// The text of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Article {
    /// The paragraphs, one a line.
    pub(crate) body: String,
    /// Lines beside the headline that hold a number: they may tell the day.
    pub(crate) beside: String,
    /// Values of `<time>` near the headline.
    pub(crate) times: Vec<String>,
}

/// What is read of one element and all below it.
#[derive(Clone, Copy, Default)]
struct Weight {
    /// Characters that are no link.
    prose: usize,
    /// Whether the headline is in it.
    heading: bool,
    /// Whether the marked body of an article is in it.
    marked: bool,
}

/// Finds the article in a page.
pub(crate) fn article(flat: &Flat<'_>, meta: &Meta) -> Article {
    let all = weigh(flat, meta.heading, &HashSet::new());
    let away = furniture(flat, &all);
    let weights = weigh(flat, meta.heading, &away);
    let root = choose(flat, &weights);
    let mut lines = Vec::new();
    let start = meta.heading.unwrap_or(root).min(root);
    for at in start..root {
        let lead = flat.element(at).is_some_and(is_lead) && flat.nodes[at].end <= root && !inside(flat, at, &away);
        if lead {
            lines.extend(read_lines(flat, at, &away, meta));
        }
    }
    lines.extend(read_lines(flat, root, &away, meta));
    let (beside, times) = beside(flat, root, start, &away);
    Article {
        body: settle(lines, &meta.title),
        beside,
        times,
    }
}

/// The text of a piece of an article, one paragraph a line; all of it where nothing looks like an article.
pub(crate) fn fragment(flat: &Flat<'_>) -> String {
    let away = furniture(flat, &weigh(flat, None, &HashSet::new()));
    let article = settle(read_lines(flat, 0, &away, &Meta::default()), "");
    if !article.is_empty() {
        return article;
    }
    let lines = read_lines(flat, 0, &HashSet::new(), &Meta::default());
    lines.into_iter().map(|line| line.text).collect::<Vec<_>>().join("\n")
}

/// Weighs every element, without what was taken `away`.
fn weigh(flat: &Flat<'_>, heading: Option<usize>, away: &HashSet<usize>) -> Vec<Weight> {
    let mut weights = vec![Weight::default(); flat.nodes.len()];
    let mut link_ends = 0;
    let mut at = 0;
    while at < flat.nodes.len() {
        let node = &flat.nodes[at];
        match &node.what {
            What::Element(element) => {
                if away.contains(&at) || node.judgement == Judgement::Never {
                    at = node.end;
                    continue;
                }
                if element.name() == "a" {
                    link_ends = link_ends.max(node.end);
                }
                weights[at].heading = heading == Some(at);
                weights[at].marked = attr(element, "itemprop")
                    .is_some_and(|prop| prop.split_whitespace().any(|prop| prop == "articleBody"));
            }
            What::Text(_) if at >= link_ends => weights[at].prose = node.prose,
            _ => {}
        }
        at += 1;
    }
    for at in (1..weights.len()).rev() {
        let (below, parent) = (weights[at], flat.nodes[at].parent);
        weights[parent].prose += below.prose;
        weights[parent].heading |= below.heading;
        weights[parent].marked |= below.marked;
    }
    weights
}

/// The elements that are taken away.
fn furniture(flat: &Flat<'_>, weights: &[Weight]) -> HashSet<usize> {
    let mut away = HashSet::new();
    let mut at = 0;
    while at < flat.nodes.len() {
        let goes = flat.element(at).is_some_and(|element| {
            let own = weights[at];
            let most = own.prose * 2 > weights[0].prose;
            match flat.nodes[at].judgement {
                Judgement::Never => true,
                Judgement::Furniture => !own.heading && !own.marked,
                Judgement::Doubtful => !own.heading && !own.marked && !most,
                // A signature is short; a wrapper that is called `meta` is not.
                Judgement::Byline => !own.heading && !own.marked && own.prose < 300,
                Judgement::Open => {
                    element.name() == "header" && !own.heading && !flat.is_below(at, &["article", "main"])
                }
            }
        });
        if goes {
            away.insert(at);
            at = flat.nodes[at].end;
        } else {
            at += 1;
        }
    }
    away
}

/// The element that holds the article: the marked body, else the article, else the main part, else the deepest element with most text.
fn choose(flat: &Flat<'_>, weights: &[Weight]) -> usize {
    let total = weights[0].prose;
    let best = |fits: &dyn Fn(usize) -> bool, percent: usize| {
        let candidates = flat
            .elements()
            .map(|(at, _)| at)
            .filter(|at| fits(*at) && weights[*at].prose * 100 > total * percent);
        // The outermost of those that weigh the same.
        candidates.max_by_key(|at| (weights[*at].prose, usize::MAX - at))
    };
    let marked = |at: usize| {
        flat.attr(at, "itemprop")
            .is_some_and(|prop| prop.split_whitespace().any(|prop| prop == "articleBody"))
    };
    let is_main = |at: usize| flat.name(at) == "main" || flat.attr(at, "role") == Some("main");
    let chosen = best(&marked, 25)
        .or_else(|| best(&|at| flat.name(at) == "article", 50))
        .or_else(|| best(&is_main, 50));
    chosen.unwrap_or_else(|| densest(flat, weights))
}

/// The deepest element that holds three quarters of the text.
fn densest(flat: &Flat<'_>, weights: &[Weight]) -> usize {
    let enough = |at: usize| weights[at].prose * 4 >= weights[0].prose * 3;
    let deepest = flat
        .elements()
        .map(|(at, _)| at)
        .filter(|at| enough(*at))
        .last()
        .unwrap_or(0);
    // A lone paragraph or a part of one is no container: its parent may hold the others.
    let mut at = deepest;
    while at != 0
        && !matches!(
            flat.name(at),
            "div" | "section" | "article" | "main" | "td" | "body" | "form" | "center"
        )
    {
        at = flat.nodes[at].parent;
    }
    at
}

/// Whether a place lies in something that was taken away.
fn inside(flat: &Flat<'_>, at: usize, away: &HashSet<usize>) -> bool {
    let mut here = at;
    loop {
        if away.contains(&here) {
            return true;
        }
        if here == 0 {
            return false;
        }
        here = flat.nodes[here].parent;
    }
}

/// One line of a page.
#[derive(Clone, Debug, Default)]
struct Line {
    /// Its text.
    text: String,
    /// Characters in links.
    linked: usize,
    /// Characters in `<time>`.
    timed: usize,
    /// Level of the heading that it is; 0 for none.
    heading: u8,
    /// Whether it is the headline itself.
    headline: bool,
}

/// Reads the lines below `root`.
fn read_lines(flat: &Flat<'_>, root: usize, away: &HashSet<usize>, meta: &Meta) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut line = Line::default();
    let (mut link_ends, mut time_ends) = (0, 0);
    let mut ends: Vec<usize> = Vec::new();
    let mut at = root;
    while at < flat.nodes[root].end {
        while ends.last().is_some_and(|end| *end <= at) {
            ends.pop();
            flush(&mut line, &mut lines);
        }
        let node = &flat.nodes[at];
        match &node.what {
            What::Element(element) => {
                if away.contains(&at) || node.judgement == Judgement::Never {
                    at = node.end;
                    continue;
                }
                let name = element.name();
                if is_block(name) {
                    flush(&mut line, &mut lines);
                    ends.push(node.end);
                    line.heading = heading_level(name);
                    line.headline = meta.heading == Some(at);
                }
                link_ends = if name == "a" {
                    node.end.max(link_ends)
                } else {
                    link_ends
                };
                time_ends = if name == "time" {
                    node.end.max(time_ends)
                } else {
                    time_ends
                };
            }
            What::Text(text) => {
                if at < link_ends || at < time_ends {
                    let count = text.chars().filter(|c| !c.is_ascii_whitespace()).count();
                    line.linked += if at < link_ends { count } else { 0 };
                    line.timed += if at < time_ends { count } else { 0 };
                }
                line.text.push_str(text);
            }
            _ => {}
        }
        at += 1;
    }
    flush(&mut line, &mut lines);
    lines
}

/// Ends a line.
fn flush(line: &mut Line, lines: &mut Vec<Line>) {
    let mut done = std::mem::take(line);
    done.text = one_line(&done.text);
    if done.text.is_empty() {
        // A heading may hold further elements: what it is passes on to the line that follows.
        line.heading = done.heading;
        line.headline = done.headline;
    } else {
        lines.push(done);
    }
}

/// The level of a heading; 0 for what is none.
fn heading_level(name: &str) -> u8 {
    match name.as_bytes() {
        [b'h', level @ b'1'..=b'6'] => level - b'0',
        _ => 0,
    }
}

/// Leaves out lines that are no article, and joins the others.
fn settle(lines: Vec<Line>, title: &str) -> String {
    let mut kept: Vec<String> = Vec::with_capacity(lines.len());
    let mut below = false;
    for (place, line) in lines.into_iter().enumerate().rev() {
        let early = place < 8;
        let repeats = line.headline || (early && !title.is_empty() && same(&line.text, title));
        if line.heading > 0 {
            if below && !repeats && !is_link_line(&line) {
                kept.push(line.text);
            }
            continue;
        }
        below = !repeats && !is_link_line(&line) && !is_time(&line) && !is_label(&line);
        if below {
            kept.push(line.text);
        }
    }
    kept.reverse();
    let lines: Vec<&str> = kept.iter().map(String::as_str).collect();
    let kept = &lines[..foot::article_lines(&lines)];
    // One short line is a label, not an article.
    let long = |line: &&str| line.chars().filter(|c| c.is_alphanumeric()).nth(14).is_some();
    if kept.iter().any(long) {
        kept.join("\n")
    } else {
        String::new()
    }
}

/// Whether a line is there for its links.
fn is_link_line(line: &Line) -> bool {
    if line.linked == 0 {
        return false;
    }
    let total = line.text.chars().filter(|c| !c.is_whitespace()).count().max(1);
    let percent = line.linked * 100 / total;
    let leads = || {
        let lower = line.text.to_lowercase();
        LEADS_ELSEWHERE
            .lines()
            .filter(|line| !line.starts_with('#'))
            .any(|start| {
                lower
                    .trim_start_matches(|c: char| !c.is_alphanumeric())
                    .starts_with(start)
            })
    };
    let sentence = total >= 80 && line.text.ends_with(['.', '!', '?', '؟', '»', '"', '”']);
    percent >= 98 || (percent >= 80 && !sentence) || (percent >= 40 && leads())
}

/// Whether a line is little more than a day or hour.
fn is_time(line: &Line) -> bool {
    if line.timed == 0 {
        return false;
    }
    let total = line.text.chars().filter(|c| !c.is_whitespace()).count();
    line.timed * 2 >= total || (total < 50 && line.timed * 10 >= total * 3)
}

/// Whether a line is the label of an advertisement or a bare address.
fn is_label(line: &Line) -> bool {
    let text = line.text.trim_matches(|c: char| !c.is_alphanumeric());
    let address = text.starts_with("http") && text.contains("://") && !text.contains(' ');
    address
        || LABELS
            .iter()
            .any(|label| text.len() < 30 && text.to_lowercase() == *label)
}

/// Lines beside the headline that may tell the day, and the values of `<time>` there.
///
/// They are looked for from the headline, or the element around it, to the end of the article; not in menus or lists of other articles.
fn beside(flat: &Flat<'_>, root: usize, start: usize, away: &HashSet<usize>) -> (String, Vec<String>) {
    let (mut text, mut times) = (String::new(), Vec::new());
    let from = flat.nodes[start].parent.min(start);
    let mut at = from;
    while at < flat.nodes[root].end {
        let Some(element) = flat.element(at) else {
            at += 1;
            continue;
        };
        let byline = flat.nodes[at].judgement == Judgement::Byline;
        if away.contains(&at) && !byline {
            at = flat.nodes[at].end;
            continue;
        }
        if element.name() == "time" && !attr(element, "itemprop").is_some_and(|prop| prop.contains("odified")) {
            let value = attr(element, "datetime")
                .map(str::trim)
                .filter(|value| !value.is_empty());
            times.push(value.map_or_else(|| flat.line(at), str::to_owned));
        }
        if byline && text.len() < BESIDE && away.contains(&at) {
            let line = flat.line(at);
            if line.chars().any(char::is_numeric) && !text.contains(&line) {
                text.push_str(&line);
                text.push('\n');
            }
        }
        at += 1;
    }
    (text, times)
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
