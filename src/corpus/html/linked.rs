//! Reads JSON-LD, in which pages tell search engines what their article is.
//!
//! The text of `<script type="application/ld+json">` in, the article that it describes out. Only the page's own article is looked for:
//! top-level objects, arrays, `@graph` and `mainEntity`, never lists of other articles.

use serde_json::Value;

/// What JSON-LD says of the article of a page; empty where it says nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Linked {
    /// `headline`.
    pub(crate) headline: String,
    /// `datePublished`, else `dateCreated`.
    pub(crate) published: String,
    /// `dateModified`.
    pub(crate) modified: String,
    /// Name of the `publisher`.
    pub(crate) publisher: String,
    /// `inLanguage`.
    pub(crate) language: String,
    /// `url` or `mainEntityOfPage`.
    pub(crate) url: String,
    /// `articleBody`.
    pub(crate) body: String,
}

/// Reads all scripts of a page; the first article wins, and pages stand in for what it lacks.
pub(crate) fn read(scripts: &[String]) -> Linked {
    let values: Vec<Value> = scripts.iter().filter_map(|script| parse(script)).collect();
    let mut nodes = Vec::new();
    for value in &values {
        collect(value, &mut nodes, 4);
    }
    let article = nodes.iter().find(|node| {
        is_type(node, |name| {
            name.ends_with("Article") || name.ends_with("Posting") || name == "Report"
        })
    });
    let page = nodes
        .iter()
        .find(|node| is_type(node, |name| name.ends_with("WebPage") || name == "ItemPage"));
    let mut linked = Linked::default();
    for node in article.into_iter().chain(page) {
        let text = |name: &str| node.get(name).map(text_of).unwrap_or_default();
        let or = |slot: &mut String, value: String| {
            if slot.is_empty() {
                *slot = value;
            }
        };
        let named = |name: &str| node.get(name).map(|value| name_of(value, &nodes)).unwrap_or_default();
        or(&mut linked.published, text("datePublished"));
        or(&mut linked.published, text("dateCreated"));
        or(&mut linked.modified, text("dateModified"));
        or(&mut linked.publisher, named("publisher"));
        or(&mut linked.language, text("inLanguage"));
        or(&mut linked.url, text("url"));
        or(&mut linked.url, text("mainEntityOfPage"));
        if article.is_some_and(|article| article == node) {
            or(&mut linked.headline, text("headline"));
            or(&mut linked.headline, text("name"));
            or(&mut linked.body, text("articleBody"));
        }
    }
    linked
}

/// A script as JSON; raw line breaks inside strings, which many pages have, are forgiven.
fn parse(script: &str) -> Option<Value> {
    let script = script
        .trim()
        .trim_start_matches("<!--")
        .trim_start_matches("//<![CDATA[")
        .trim_start_matches("<![CDATA[");
    let script = script
        .trim_end_matches("-->")
        .trim_end_matches("//]]>")
        .trim_end_matches("]]>")
        .trim();
    serde_json::from_str(script)
        .or_else(|_| {
            serde_json::from_str(
                &script
                    .replace(|c: char| c.is_control(), " ")
                    .trim_end_matches(';')
                    .replace(",}", "}"),
            )
        })
        .ok()
}

/// Lists the objects that may describe the page.
fn collect<'v>(value: &'v Value, into: &mut Vec<&'v Value>, depth: usize) {
    if depth == 0 {
        return;
    }
    match value {
        Value::Array(all) => all.iter().for_each(|one| collect(one, into, depth - 1)),
        Value::Object(fields) => {
            into.push(value);
            for name in ["@graph", "mainEntity"] {
                if let Some(inner) = fields.get(name) {
                    collect(inner, into, depth - 1);
                }
            }
        }
        _ => {}
    }
}

/// Whether one of the types of an object fits.
fn is_type(node: &Value, fits: impl Fn(&str) -> bool) -> bool {
    let fits = |value: &Value| {
        value
            .as_str()
            .is_some_and(|name| fits(name.rsplit(['/', ':']).next().unwrap_or(name)))
    };
    match node.get("@type") {
        Some(Value::Array(all)) => all.iter().any(fits),
        Some(one) => fits(one),
        None => false,
    }
}

/// A value as text: a string, the first of a list, or what an object is called.
fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => super::decode_entities(text.trim()),
        Value::Array(all) => all.first().map(text_of).unwrap_or_default(),
        Value::Object(fields) => ["@value", "@id", "url", "name"]
            .iter()
            .find_map(|name| fields.get(*name))
            .map(text_of)
            .unwrap_or_default(),
        _ => String::new(),
    }
}

/// The name of an organisation, which may be described elsewhere in the page.
fn name_of(value: &Value, nodes: &[&Value]) -> String {
    match value {
        Value::Array(all) => all.first().map(|one| name_of(one, nodes)).unwrap_or_default(),
        Value::Object(fields) => match (fields.get("name"), fields.get("@id")) {
            (Some(name), _) => text_of(name),
            (None, Some(id)) => {
                let described = nodes
                    .iter()
                    .find(|node| node.get("@id") == Some(id))
                    .and_then(|node| node.get("name"));
                described.map(text_of).unwrap_or_default()
            }
            (None, None) => String::new(),
        },
        other => text_of(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(script: &str) -> Linked {
        read(&[script.to_owned()])
    }

    #[test]
    fn the_article_is_found_in_a_graph_and_its_publisher_by_reference() {
        let linked = one(r##"{"@graph":[{"@type":"Organization","@id":"#o","name":"Le Fil"},
               {"@type":"WebPage","url":"https://e.org/a","datePublished":"2020-01-01","inLanguage":"fr-FR"},
               {"@type":["NewsArticle"],"headline":"L&#039;accord","datePublished":"2024-05-01T10:00:00Z","publisher":{"@id":"#o"}}]}"##);
        assert_eq!(
            (linked.headline.as_str(), linked.published.as_str()),
            ("L'accord", "2024-05-01T10:00:00Z")
        );
        assert_eq!(
            (linked.publisher.as_str(), linked.url.as_str(), linked.language.as_str()),
            ("Le Fil", "https://e.org/a", "fr-FR")
        );
    }

    #[test]
    fn other_articles_and_broken_scripts_say_nothing() {
        assert_eq!(
            one(r#"{"@type":"ItemList","itemListElement":[{"@type":"NewsArticle","headline":"x"}]}"#),
            Linked::default()
        );
        assert_eq!(one("{nonsense"), Linked::default());
        assert_eq!(
            one("{\"@type\":\"Article\",\"headline\":\"two\nlines\"}").headline,
            "two lines"
        );
    }
}
