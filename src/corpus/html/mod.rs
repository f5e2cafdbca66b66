//! Reads web pages and the markup inside other formats: the article without its page, and what the page says of it.
//!
//! Text in, a document's parts out. Nothing is fetched; scripts are not run. A page whose text exists only for scripts is read from its
//! JSON-LD, where that holds the article.

mod flat;
mod furniture;
mod linked;
mod meta;
mod shown;
mod text;

use encoding_rs::Encoding;
use scraper::{Html, Node};

use flat::Flat;

use super::encoding::count;

/// An article as its page tells it; empty where it does not.
#[derive(Clone, Debug, Default)]
pub(crate) struct Page {
    /// The headline.
    pub(crate) title: String,
    /// The paragraphs, one a line; empty where the page has no article.
    pub(crate) body: String,
    /// The outlet.
    pub(crate) source: String,
    /// The address.
    pub(crate) url: String,
    /// The language, as written.
    pub(crate) language: String,
    /// Values of days of publication, the surest first.
    pub(crate) dates: Vec<String>,
    /// A remark on the first of them.
    pub(crate) remark: &'static str,
    /// Lines beside the headline.
    pub(crate) beside: String,
}

/// Reads a page.
pub(crate) fn read_page(text: &str) -> Page {
    let html = Html::parse_document(text);
    let flat = Flat::new(&html);
    let meta = meta::read(&flat);
    let article = text::article(&flat, &meta);
    let body = if article.body.is_empty() {
        linked_body(&meta.body)
    } else {
        article.body
    };
    let mut dates = meta.published;
    dates.extend(article.times);
    let remark = if dates.is_empty() && !meta.modified.is_empty() {
        "day of the last change"
    } else {
        ""
    };
    dates.extend(meta.modified);
    Page {
        title: meta.title,
        body,
        source: meta.source,
        url: meta.url,
        language: meta.language,
        dates,
        remark,
        beside: article.beside,
    }
}

/// How deep elements may be nested: no real page comes near it, and parsing takes time with the square of the depth.
const DEEPEST: usize = 4000;

/// Whether a page is nested so deep that it can only be a fault.
pub(crate) fn is_too_deep(text: &str) -> bool {
    const NESTING: [&str; 22] = [
        "div",
        "span",
        "section",
        "article",
        "table",
        "tr",
        "td",
        "ul",
        "ol",
        "blockquote",
        "font",
        "b",
        "i",
        "em",
        "strong",
        "a",
        "center",
        "small",
        "big",
        "dl",
        "main",
        "form",
    ];
    if count(text.as_bytes(), |byte| byte == b'<') <= DEEPEST {
        return false;
    }
    let mut depth = 0_usize;
    text.match_indices('<').any(|(at, _)| {
        let tag = &text.as_bytes()[at + 1..text.len().min(at + 14)];
        let (closes, name) = tag.strip_prefix(b"/").map_or((false, tag), |name| (true, name));
        let end = name
            .iter()
            .position(|byte| !byte.is_ascii_alphanumeric())
            .unwrap_or(name.len());
        if NESTING
            .iter()
            .any(|nesting| nesting.as_bytes().eq_ignore_ascii_case(&name[..end]))
        {
            depth = if closes { depth.saturating_sub(1) } else { depth + 1 };
        }
        depth > DEEPEST
    })
}

/// The article that JSON-LD holds, as text.
fn linked_body(body: &str) -> String {
    if is_markup(body) {
        fragment_text(body)
    } else {
        body.trim().to_owned()
    }
}

/// The encoding that a page or feed declares in its first bytes: an XML declaration or `<meta charset>`.
pub(crate) fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    // What is declared is ASCII, and so is what it stands between.
    let mut head = bytes[..bytes.len().min(4096)].to_ascii_lowercase();
    for byte in head.iter_mut().filter(|byte| !byte.is_ascii()) {
        *byte = b'?';
    }
    let head = std::str::from_utf8(&head).unwrap_or_default();
    let value = |from: &str| {
        let rest = from
            .trim_start()
            .strip_prefix('=')?
            .trim_start()
            .trim_start_matches(['"', '\'']);
        let end = rest
            .find(|c: char| !(c.is_ascii_alphanumeric() || "-_:.".contains(c)))
            .unwrap_or(rest.len());
        Encoding::for_label(&rest.as_bytes()[..end])
    };
    if head.trim_start().starts_with("<?xml") {
        let declaration = &head[..head.find("?>").unwrap_or(head.len())];
        if let Some(encoding) = declaration.split_once("encoding").and_then(|(_, rest)| value(rest)) {
            return Some(encoding);
        }
    }
    head.match_indices("<meta").find_map(|(at, _)| {
        let tag = &head[at..];
        let tag = &tag[..tag.find('>').unwrap_or(tag.len())];
        tag.split_once("charset").and_then(|(_, rest)| value(rest))
    })
}

/// Ends of elements that a text has only when it is markup.
const ENDS: [&str; 22] = [
    "p>",
    "div>",
    "a>",
    "span>",
    "strong>",
    "em>",
    "b>",
    "i>",
    "u>",
    "h1>",
    "h2>",
    "h3>",
    "h4>",
    "h5>",
    "li>",
    "ul>",
    "ol>",
    "table>",
    "td>",
    "blockquote>",
    "figure>",
    "font>",
];

/// Whether a text holds HTML: an end tag that HTML has, or a line break. `<ERC>` and `<P>`, as news wires write tickers, are none.
pub(crate) fn is_markup(text: &str) -> bool {
    has_tags(text) && !is_too_deep(text)
}

/// Whether a text holds a tag that only HTML has.
fn has_tags(text: &str) -> bool {
    text.match_indices('<').any(|(at, _)| {
        let tag = &text.as_bytes()[at + 1..];
        match tag.first() {
            Some(b'/') => ENDS
                .iter()
                .any(|end| tag.len() > end.len() && tag[1..=end.len()].eq_ignore_ascii_case(end.as_bytes())),
            Some(b'b') => [b"br>".as_slice(), b"br/>", b"br />"]
                .iter()
                .any(|tail| tag.starts_with(tail)),
            Some(b'B') => [b"BR/>".as_slice(), b"BR />"].iter().any(|tail| tag.starts_with(tail)),
            Some(b'p') => tag.starts_with(b"p>") || tag.starts_with(b"p "),
            Some(b'i') => tag.starts_with(b"img "),
            Some(b'a') => tag.starts_with(b"a href="),
            _ => false,
        }
    })
}

/// The text of a piece of markup, one paragraph a line.
pub(crate) fn fragment_text(markup: &str) -> String {
    text::fragment(&Flat::new(&Html::parse_fragment(markup)))
}

/// Every line that a page shows to a reader, furniture included.
pub(crate) fn shown_lines(text: &str) -> Vec<String> {
    shown::lines(&Flat::new(&Html::parse_document(text)))
}

/// The text of a piece of markup in one line.
pub(crate) fn inline_text(markup: &str) -> String {
    Flat::new(&Html::parse_fragment(markup)).line(0)
}

/// A text with its entities decoded: `&eacute;`, `&#233;`, `&amp;`. Signs that are no entity stay.
pub(crate) fn decode_entities(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let html = Html::parse_fragment(&text.replace('<', "&lt;"));
    let mut decoded = String::with_capacity(text.len());
    for node in html.tree.root().descendants() {
        if let Node::Text(part) = node.value() {
            decoded.push_str(part);
        }
    }
    decoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tickers_are_no_markup_and_tags_are() {
        for text in ["ERC <ERC> & <P> rose", "a < b > c", "x <BR> y", "<A>", "</ERC>", ""] {
            assert!(!is_markup(text), "{text}");
        }
        for text in [
            "<p>x",
            "x<br/>y",
            "x<br>y",
            "<B>x</B>",
            "see <a href='x'>y",
            "<DIV>x</DIV>",
        ] {
            assert!(is_markup(text), "{text}");
        }
    }

    #[test]
    fn markup_becomes_paragraphs_and_entities_become_letters() {
        assert_eq!(
            fragment_text("<p>Un&nbsp;&eacute;t&#233;\n long</p><ul><li>A</li><li>B</li></ul>C<br>D<script>x</script>"),
            "Un\u{a0}été long\nA\nB\nC\nD"
        );
        assert_eq!(inline_text("<b>Un</b>  <i>titre</i>"), "Un titre");
        assert_eq!(decode_entities("a &amp; b &lt; <c> &eacute; & d"), "a & b < <c> é & d");
    }

    #[test]
    fn pages_nested_without_end_are_told() {
        assert!(is_too_deep(&"<div>".repeat(5000)) && is_too_deep(&"<B><I>".repeat(3000)));
        assert!(!is_too_deep(&"<div></div>".repeat(5000)) && !is_too_deep(&"<p>".repeat(9000)));
    }

    #[test]
    fn declarations_are_found_in_xml_and_meta() {
        let label = |head: &str| declared(head.as_bytes()).map(Encoding::name);
        assert_eq!(
            label("<?xml version='1.0' encoding=\"ISO-8859-1\"?>"),
            Some("windows-1252")
        );
        assert_eq!(
            label("<html><META http-equiv=Content-Type content='text/html; charset=windows-1256'>"),
            Some("windows-1256")
        );
        assert_eq!(label("<meta name=x><meta charset = 'UTF-8'>"), Some("UTF-8"));
        assert_eq!(label("<p>charset=utf-8</p>"), None);
    }

    #[test]
    fn a_page_made_by_scripts_is_read_from_its_json_ld() {
        let page = read_page(
            "<html><head><script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"T\",\"articleBody\":\"Un texte.\\nDeux.\",\
             \"dateModified\":\"2024-01-02\"}</script></head><body><div id=app></div></body></html>",
        );
        assert_eq!((page.title.as_str(), page.body.as_str()), ("T", "Un texte.\nDeux."));
        assert_eq!(
            (page.dates, page.remark),
            (vec!["2024-01-02".to_owned()], "day of the last change")
        );
    }
}
