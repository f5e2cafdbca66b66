//! Recognises the format of a file by what is in it.
//!
//! The first bytes in, a shape out. The name of the file speaks only where two shapes are possible: a text may be plain or Markdown, one JSON
//! object may be a line of many, and source code looks like prose.

use super::csv::{Dialect, dialect};
use super::encoding::{Decision, decide, is_binary};
use super::fields::Names;
use super::json::parse_record;
use super::markdown::has_front_matter;
use super::{html, magic};

/// What a file is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Nothing but white space.
    Empty,
    /// One record a line.
    Jsonl,
    /// An array, or an object that holds one.
    Json,
    /// A table.
    Csv(Dialect),
    /// RSS or Atom, by name.
    Feed(&'static str),
    /// A page.
    Html,
    /// Markdown.
    Markdown,
    /// Any other text.
    Plain,
    /// A format that is known and not read, with how it is called in a sentence.
    Unsupported(&'static str, &'static str),
    /// No text, with how it is called in a sentence.
    Binary(&'static str, &'static str),
    /// Text that is no article, with how it is called in a sentence.
    Other(&'static str, &'static str),
}

impl Shape {
    /// The name for tables. An empty file is what it is called.
    pub(crate) fn format(&self, extension: &str) -> &'static str {
        match self {
            Self::Empty => by_name(extension),
            Self::Jsonl => "jsonl",
            Self::Json => "json",
            Self::Csv(_) => "csv",
            Self::Html => "html",
            Self::Markdown => "markdown",
            Self::Plain => "txt",
            Self::Feed(name) | Self::Unsupported(name, _) | Self::Binary(name, _) | Self::Other(name, _) => name,
        }
    }
}

/// The format that an extension promises.
fn by_name(extension: &str) -> &'static str {
    match extension {
        "jsonl" | "ndjson" | "jl" => "jsonl",
        "json" => "json",
        "csv" | "tsv" | "tab" => "csv",
        "html" | "htm" | "xhtml" => "html",
        "md" | "markdown" | "mdown" => "markdown",
        "rss" | "xml" => "rss",
        "atom" => "atom",
        _ => "txt",
    }
}

/// How files of settings, code and the like are called in a sentence, by extension: they are text, but no article.
fn no_prose(extension: &str) -> Option<(&'static str, &'static str)> {
    Some(match extension {
        "toml" => ("toml", "TOML files"),
        "yaml" | "yml" => ("yaml", "YAML files"),
        "ini" | "cfg" | "conf" => ("settings", "settings files"),
        "log" => ("log", "log files"),
        "css" => ("css", "style sheets"),
        "svg" => ("svg", "drawings"),
        "bib" | "ris" => ("bibliography", "bibliographies"),
        "py" | "js" | "ts" | "sh" | "rs" | "r" | "c" | "java" | "php" | "sql" | "ipynb" => ("program", "programs"),
        _ => return None,
    })
}

/// Recognises the file whose decompressed bytes begin with `head`, and its encoding by them; `whole` tells that nothing follows them.
pub(crate) fn recognise(head: &[u8], whole: bool, extension: &str, names: &Names) -> (Shape, Decision) {
    let undeclared = || decide(head, None, whole);
    if let Some(shape) = magic::known(head) {
        return (shape, undeclared());
    }
    let declared = html::declared(head);
    let decision = decide(head, declared, whole);
    let shape = by_content(head, &decision, whole, extension, names);
    // Only markup is believed what it says of itself.
    let believed = declared.is_none() || matches!(shape, Shape::Html | Shape::Feed(_));
    (shape, if believed { decision } else { undeclared() })
}

/// What a text of this encoding is.
fn by_content(head: &[u8], decision: &Decision, whole: bool, extension: &str, names: &Names) -> Shape {
    if !decision.is_utf16() && is_binary(head) && !is_record(head, names) {
        return Shape::Binary("binary", "binary data");
    }
    let text = decision.decode(head);
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if text.is_empty() {
        return Shape::Empty;
    }
    if let Some((name, what)) = no_prose(extension) {
        return Shape::Other(name, what);
    }
    json(text, whole, extension, names)
        .or_else(|| markup(text))
        .or_else(|| mail(text))
        .or_else(|| has_front_matter(text).then_some(Shape::Markdown))
        .or_else(|| dialect(text, matches!(extension, "csv" | "tsv" | "tab"), whole, names).map(Shape::Csv))
        .unwrap_or_else(|| prose(text, extension))
}

/// Whether the first line is a JSON record: then zero bytes, as a crash leaves them between lines, do not make the file binary.
fn is_record(head: &[u8], names: &Names) -> bool {
    let line = head.split(|byte| *byte == b'\n').next().unwrap_or(head).trim_ascii();
    line.starts_with(b"{") && std::str::from_utf8(line).is_ok_and(|line| parse_record(names, line).is_ok())
}

/// Whether a text is JSON, and which kind.
fn json(text: &str, whole: bool, extension: &str, names: &Names) -> Option<Shape> {
    if !text.starts_with(['{', '[']) {
        return None;
    }
    let lines_by_name = matches!(extension, "jsonl" | "ndjson" | "jl");
    let is_object =
        |line: &str| line.starts_with('{') && parse_record(names, line.trim_end().trim_end_matches(',')).is_ok();
    let lines: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .take(20)
        .collect();
    let first = lines.first()?;
    if let Some(inner) = text.strip_prefix('[') {
        let inner = inner.trim_start();
        let array = inner.starts_with('{') || extension == "json" || (whole && inner.starts_with(']'));
        return array.then_some(Shape::Json);
    }
    if is_object(first) {
        let more = lines.len() > 1 || !whole;
        let article = parse_record(names, first).is_ok_and(|record| record.is_article());
        let many = more || lines_by_name || (article && extension != "json");
        return Some(if many { Shape::Jsonl } else { Shape::Json });
    }
    let inside = text.strip_prefix('{').map(str::trim_start);
    let any = inside.is_some_and(|inside| inside.starts_with(['"', '}']) || inside.is_empty());
    // An object over several lines opens something at the end of its first one.
    let opens = any && first.ends_with(['{', '[', ',']);
    let later = lines.iter().skip(1).any(|line| is_object(line));
    if later && (lines_by_name || (any && !opens)) || lines_by_name && any && !opens {
        return Some(Shape::Jsonl);
    }
    match (
        any,
        lines_by_name && lines.len() == 1 || (!whole && lines.len() == 1 && extension != "json"),
    ) {
        (true, true) => Some(Shape::Jsonl),
        (true, false) => Some(Shape::Json),
        (false, _) => None,
    }
}

/// Whether a text is a page, a feed or other XML.
fn markup(text: &str) -> Option<Shape> {
    let start = &text[..text.floor_char_boundary(8192)];
    let lower = start.to_ascii_lowercase();
    if !lower.starts_with('<') {
        let page = lower[..lower.floor_char_boundary(1024)].contains("<!doctype html")
            || lower.contains("<html") && lower.contains("<body");
        return page.then(|| page_or_export(text));
    }
    let (root, doctype) = root_element(&lower);
    match root.rsplit(':').next().unwrap_or("") {
        "rss" => Some(Shape::Feed("rss")),
        "rdf" if lower.contains("purl.org/rss") || lower.contains("<item") => Some(Shape::Feed("rss")),
        "feed" => Some(Shape::Feed("atom")),
        "html" | "head" | "body" => Some(page_or_export(text)),
        _ if doctype || html::is_markup(text) && !lower.starts_with("<?xml") => Some(page_or_export(text)),
        _ if lower.starts_with("<?xml") => Some(Shape::Other("xml", "XML files that are neither RSS nor Atom")),
        _ => None,
    }
}

/// The name of the first element of a lower-case text, and whether it declares itself a page.
fn root_element(lower: &str) -> (&str, bool) {
    let mut rest = lower;
    let mut doctype = false;
    loop {
        rest = rest.trim_start();
        let end = if rest.starts_with("<!--") {
            rest.find("-->").map(|at| at + 3)
        } else if rest.starts_with("<?") || rest.starts_with("<!") {
            doctype |= rest.starts_with("<!doctype html");
            declaration_end(rest)
        } else {
            let name = rest.strip_prefix('<').unwrap_or("");
            let end = name
                .find(|c: char| !(c.is_ascii_alphanumeric() || c == ':' || c == '-'))
                .unwrap_or(name.len());
            return (&name[..end], doctype);
        };
        match end {
            Some(end) => rest = &rest[end..],
            None => return ("", doctype),
        }
    }
}

/// Where a declaration ends; one of a document type may hold others in brackets.
fn declaration_end(text: &str) -> Option<usize> {
    let end = text.find('>')?;
    let inner = text[..end].contains('[').then(|| text.find("]>")).flatten();
    Some(inner.map_or(end + 1, |at| at + 2))
}

/// A page, unless it is what a press database exports: many articles in one.
fn page_or_export(text: &str) -> Shape {
    let start = &text[..text.floor_char_boundary(1 << 17)];
    if start.contains("rdp__DocPublicationName") || start.contains("rdp__articletitle") {
        return Shape::Unsupported("europresse", "Europresse exports");
    }
    if start.contains("enArticle") && start.contains("Factiva") {
        return Shape::Unsupported("factiva", "Factiva exports");
    }
    Shape::Html
}

/// Whether a text is mail: several header lines before the first blank one.
fn mail(text: &str) -> Option<Shape> {
    const HEADERS: [&str; 11] = [
        "from",
        "to",
        "subject",
        "date",
        "received",
        "message-id",
        "mime-version",
        "return-path",
        "delivered-to",
        "content-type",
        "x-mailer",
    ];
    let mbox = text.starts_with("From ");
    let lines = text
        .lines()
        .skip(usize::from(mbox))
        .take(60)
        .take_while(|line| !line.trim().is_empty());
    let mut seen = 0;
    for line in lines {
        let Some((name, _)) = line.split_once(':') else {
            if line.starts_with([' ', '\t']) {
                continue;
            }
            return None;
        };
        let name = name.to_ascii_lowercase();
        let fits = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        if !fits && !line.starts_with([' ', '\t']) {
            return None;
        }
        seen += usize::from(HEADERS.contains(&name.as_str()));
    }
    (seen >= 3).then_some(if mbox {
        Shape::Unsupported("mbox", "mailboxes")
    } else {
        Shape::Unsupported("eml", "mails")
    })
}

/// Plain text or Markdown.
fn prose(text: &str, extension: &str) -> Shape {
    let named = matches!(extension, "md" | "markdown" | "mdown" | "mkd");
    if named || (extension != "txt" && extension != "text" && text.starts_with("# ")) {
        Shape::Markdown
    } else {
        Shape::Plain
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn shape(text: &str, extension: &str) -> &'static str {
        let names = Names::new(&BTreeMap::new());
        recognise(text.as_bytes(), true, extension, &names).0.format(extension)
    }

    #[test]
    fn json_is_told_from_json_lines() {
        for (text, extension, format) in [
            ("{\"title\":\"a\"}\n{\"title\":\"b\"}\n", "txt", "jsonl"),
            ("{\"title\":\"a\"}\n", "", "jsonl"),
            ("{\"title\":\"a\"}\n", "json", "json"),
            ("{bad}\n{\"title\":\"b\"}\n", "jsonl", "jsonl"),
            ("{\"title\":\n{\"title\":\"b\"}\n", "jsonl", "jsonl"),
            (
                "{\"articles\":[\n{\"title\":\"a\"},\n{\"title\":\"b\"}\n]}",
                "json",
                "json",
            ),
            ("{\n \"title\": \"a\"\n}", "", "json"),
            (" [ {\"title\":\"a\"} ]", "txt", "json"),
            ("[AFP] Le texte suit.", "txt", "txt"),
            ("{Photo} Le texte suit.", "txt", "txt"),
            ("{\"articles\": []}", "", "json"),
        ] {
            assert_eq!(shape(text, extension), format, "{text} {extension}");
        }
    }

    #[test]
    fn markup_is_told_by_its_root() {
        for (text, format) in [
            ("<!DOCTYPE html><html><body>", "html"),
            ("\n<!-- saved --><HTML>", "html"),
            (
                "<?xml version='1.0'?><!DOCTYPE html PUBLIC 'x'><html xmlns='y'>",
                "html",
            ),
            ("<p>One</p><p>Two</p>", "html"),
            ("<?xml version='1.0'?>\n<?xml-stylesheet?><rss version='2.0'>", "rss"),
            ("<rdf:RDF xmlns='http://purl.org/rss/1.0/'>", "rss"),
            ("<feed xmlns='x'>", "atom"),
            (
                "<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a 'b'><!ENTITY c '&a;'>]>\n<rss version='0.91'>",
                "rss",
            ),
            ("<?xml version='1.0'?><urlset>", "xml"),
            ("<ERC> rose today.", "txt"),
        ] {
            assert_eq!(shape(text, "txt"), format, "{text}");
        }
    }

    #[test]
    fn prose_tables_mail_and_code_are_told_apart() {
        for (text, extension, format) in [
            ("Un titre\n\nUn texte.", "txt", "txt"),
            ("# Un titre\n\nUn texte.", "md", "markdown"),
            ("# expect: 3\nText", "txt", "txt"),
            ("---\ntitre: x\n---\nUn texte.", "txt", "markdown"),
            ("title;date;text\na;b;c\n", "txt", "csv"),
            ("Titre,Date\n", "csv", "csv"),
            ("From: a\nTo: b\nSubject: c\n\nText", "txt", "eml"),
            ("Subject: c\n\nText", "txt", "txt"),
            ("a = 1", "toml", "toml"),
            ("   \n", "jsonl", "jsonl"),
        ] {
            assert_eq!(shape(text, extension), format, "{text} {extension}");
        }
    }
}
