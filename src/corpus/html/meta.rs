//! Reads what a page says of itself: headline, outlet, address, language, days of publication.
//!
//! A laid-out page in, its metadata out. The text of the article is the business of [`super::text`].

use super::flat::{Flat, What, attr};
use super::linked::{self, Linked};

/// Names of `<meta>` and `itemprop` that give the day of publication, surest first.
const PUBLISHED: &str = "article:published_time og:article:published_time datepublished article:published og:published_time published_time publishdate publish_date publish-date published_at publication_date pubdate parsely-pub-date sailthru.date cxenseparse:recs:publishtime originalpublicationdate dc.date.issued dcterms.issued dc.date dcterms.date dc.date.created dcterms.created datecreated citation_publication_date date created";

/// Names that give the day of the last change, which stands in where no other is given.
const MODIFIED: &str = "article:modified_time og:updated_time datemodified last-modified";

/// What may stand between a headline and the name of a site.
const SEPARATORS: [&str; 9] = [" | ", " - ", " – ", " — ", " :: ", " » ", " · ", " • ", " « "];

/// What a page says of itself; empty where it says nothing.
#[derive(Clone, Debug, Default)]
pub(crate) struct Meta {
    /// The headline.
    pub(crate) title: String,
    /// The place of the element that shows the headline.
    pub(crate) heading: Option<usize>,
    /// The outlet.
    pub(crate) source: String,
    /// The address of the article.
    pub(crate) url: String,
    /// The language, as written.
    pub(crate) language: String,
    /// Values of days of publication, surest first.
    pub(crate) published: Vec<String>,
    /// Values of days of the last change.
    pub(crate) modified: Vec<String>,
    /// The text of the article, where JSON-LD has it.
    pub(crate) body: String,
}

/// What is collected in one walk over the page.
#[derive(Default)]
struct Found {
    /// `<meta>` and `itemprop` names in lower case with their values.
    named: Vec<(String, String)>,
    /// `<title>`.
    title: String,
    /// `<html lang>`.
    language: String,
    /// `<link rel=canonical>`.
    canonical: String,
    /// The address that a browser wrote into a saved page.
    saved: String,
    /// JSON-LD.
    scripts: Vec<String>,
    /// Elements that may show the headline.
    headings: Vec<Heading>,
}

/// An element that may show the headline: an `<h1>`, or one that is marked as the headline of a post.
struct Heading {
    /// Its place.
    at: usize,
    /// Its text.
    text: String,
    /// Whether it stands in an article.
    inside: bool,
    /// Whether its class or `itemprop` says that it is the headline.
    marked: bool,
}

impl Found {
    /// The first value by this name.
    fn named(&self, name: &str) -> String {
        self.named
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.clone())
            .unwrap_or_default()
    }

    /// All values by these names, in the order of the names.
    fn all(&self, names: &str) -> Vec<String> {
        names
            .split(' ')
            .flat_map(|name| self.named.iter().filter(move |(known, _)| known == name))
            .map(|(_, value)| value.clone())
            .collect()
    }
}

/// Reads the metadata of a page.
pub(crate) fn read(flat: &Flat<'_>) -> Meta {
    let found = collect(flat);
    let linked = linked::read(&found.scripts);
    let url = first([&found.canonical, &found.named("og:url"), &linked.url, &found.saved].map(|url| absolute(url)));
    let site = first([
        found.named("og:site_name"),
        linked.publisher.clone(),
        found.named("dc.publisher"),
        found.named("publisher"),
    ]);
    let (title, heading) = headline(&found, &linked, &[&site, &linked.publisher, host(&url)]);
    let mut published = vec![linked.published.clone()];
    published.extend(found.all(PUBLISHED));
    published.retain(|value| !value.is_empty());
    let mut modified = vec![linked.modified.clone()];
    modified.extend(found.all(MODIFIED));
    modified.retain(|value| !value.is_empty());
    let source = if site.is_empty() { host(&url).to_owned() } else { site };
    let language = first([
        found.language.clone(),
        found.named("og:locale"),
        found.named("content-language"),
        linked.language,
    ]);
    Meta {
        title,
        heading,
        source,
        url,
        language,
        published,
        modified,
        body: linked.body,
    }
}

/// Walks over the page once.
fn collect(flat: &Flat<'_>) -> Found {
    let mut found = Found::default();
    for (at, node) in flat.nodes.iter().enumerate() {
        match &node.what {
            What::Comment(text) => {
                // `<!-- saved from url=(0035)https://… -->`
                if let Some((_, address)) = text
                    .split_once("saved from url=(")
                    .and_then(|(_, rest)| rest.split_once(')'))
                {
                    address.trim().clone_into(&mut found.saved);
                }
            }
            What::Element(element) => {
                if let Some(prop) = attr(element, "itemprop").filter(|_| element.name() != "meta") {
                    let value = attr(element, "content").or(attr(element, "datetime"));
                    let dated = prop.starts_with("date");
                    if dated {
                        let value = value.map_or_else(|| flat.line(at), str::to_owned);
                        found.named.push((prop.to_lowercase(), value));
                    }
                }
                match element.name() {
                    "meta" => {
                        let name = ["property", "name", "itemprop", "http-equiv"]
                            .iter()
                            .find_map(|name| attr(element, name));
                        if let (Some(name), Some(value)) = (name, attr(element, "content")) {
                            found.named.push((name.trim().to_lowercase(), value.trim().to_owned()));
                        }
                    }
                    "title" if found.title.is_empty() && !flat.is_below(at, &["svg", "body"]) => {
                        found.title = flat.line(at);
                    }
                    "html" => attr(element, "lang")
                        .or(attr(element, "xml:lang"))
                        .unwrap_or("")
                        .clone_into(&mut found.language),
                    "link" if attr(element, "rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) => {
                        attr(element, "href").unwrap_or("").clone_into(&mut found.canonical);
                    }
                    "script"
                        if attr(element, "type")
                            .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/ld+json")) =>
                    {
                        found.scripts.push(script(flat, at));
                    }
                    "h1" | "h2" | "h3" | "div" | "p" => {
                        let marked = is_marked_headline(element);
                        if marked || element.name() == "h1" {
                            let inside = flat.is_below(at, &["article", "main"]);
                            found.headings.push(Heading {
                                at,
                                text: flat.line(at),
                                inside,
                                marked,
                            });
                        }
                    }
                    _ => {}
                }
            }
            _ => {}
        }
    }
    found.headings.retain(|heading| !heading.text.is_empty());
    found
}

/// The text of a script.
fn script(flat: &Flat<'_>, at: usize) -> String {
    let inner = &flat.nodes[at + 1..flat.nodes[at].end];
    inner
        .iter()
        .filter_map(|node| {
            if let What::Text(text) = node.what {
                Some(text)
            } else {
                None
            }
        })
        .collect()
}

/// The headline of a page and the element that shows it.
fn headline(found: &Found, linked: &Linked, sites: &[&str]) -> (String, Option<usize>) {
    let shown = |title: &str| found.headings.iter().find(|heading| same(&heading.text, title));
    let told = first([found.named("og:title"), linked.headline.clone()]);
    let told = without_site(&super::flat::one_line(&told), sites, found, false);
    let likeliest = likeliest(found);
    if told.is_empty() {
        return match likeliest {
            Some(heading) => (without_site(&heading.text, sites, found, false), Some(heading.at)),
            None => (without_site(&found.title, sites, found, true), None),
        };
    }
    // Networks cut long headlines; the page shows them whole.
    let stem = told.trim_end_matches(['…', '.']).trim_end();
    let is_whole = |text: &str| stem.len() < told.len() && text.len() > told.len() && text.starts_with(stem);
    match found.headings.iter().find(|heading| is_whole(&heading.text)) {
        Some(heading) => (heading.text.clone(), Some(heading.at)),
        None => (told.clone(), shown(&told).or(likeliest).map(|heading| heading.at)),
    }
}

/// Whether an element is marked as the headline of an article.
fn is_marked_headline(element: &scraper::node::Element) -> bool {
    let mut classes = attr(element, "class").unwrap_or("").split_ascii_whitespace();
    attr(element, "itemprop") == Some("headline")
        || classes.any(|class| matches!(class, "entry-title" | "post-title" | "article-title"))
}

/// The element that most probably shows the headline: the only one that is marked as such, else the first in an article, else the longest
/// that the title of the page begins with, else the first `<h1>`.
fn likeliest(found: &Found) -> Option<&Heading> {
    let marked: Vec<_> = found.headings.iter().filter(|heading| heading.marked).collect();
    if let [only] = marked[..] {
        return Some(only);
    }
    let mut plain = found
        .headings
        .iter()
        .filter(|heading| !heading.marked || heading.inside);
    let inside = plain.clone().find(|heading| heading.inside);
    let titled = || {
        plain
            .clone()
            .filter(|heading| found.title.starts_with(&heading.text))
            .max_by_key(|heading| heading.text.len())
    };
    inside.or_else(titled).or_else(|| plain.next())
}

/// A title without the name of its site. `guess` allows to cut a short end that is not known to be one.
fn without_site(title: &str, sites: &[&str], found: &Found, guess: bool) -> String {
    let mut title = title.trim();
    while let Some((at, separator)) = SEPARATORS
        .iter()
        .filter_map(|separator| title.rfind(separator).map(|at| (at, *separator)))
        .max()
    {
        let (head, tail) = (title[..at].trim(), title[at + separator.len()..].trim());
        let site = sites
            .iter()
            .any(|site| !site.is_empty() && (same(site, tail) || same(host_word(site), tail)));
        let shown = found.headings.iter().any(|heading| same(&heading.text, head));
        let bar = !matches!(separator, " - " | " – " | " — ");
        let short = tail.split_whitespace().count() <= if bar { 5 } else { 3 };
        let guessed = guess && short && head.split_whitespace().count() >= if bar { 2 } else { 3 };
        if head.is_empty() || !(site || shown || guessed) {
            break;
        }
        title = head;
    }
    title.to_owned()
}

/// Whether two titles are one, case, blanks and punctuation aside.
pub(crate) fn same(one: &str, other: &str) -> bool {
    let letters = |text| {
        str::chars(text)
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
    };
    let mut one = letters(one).peekable();
    one.peek().is_some() && one.eq(letters(other))
}

/// The first that is not blank.
fn first<const N: usize>(values: [String; N]) -> String {
    values
        .into_iter()
        .map(|value| value.trim().to_owned())
        .find(|value| !value.is_empty())
        .unwrap_or_default()
}

/// An address, if it is a whole one.
fn absolute(url: &str) -> String {
    let url = url.trim();
    let url = url
        .strip_prefix("//")
        .map_or_else(|| url.to_owned(), |rest| format!("https://{rest}"));
    if url.starts_with("http://") || url.starts_with("https://") {
        url
    } else {
        String::new()
    }
}

/// The host of an address, without `www.`; empty where there is none.
fn host(url: &str) -> &str {
    let host = url
        .split_once("://")
        .map_or("", |(_, rest)| rest)
        .split(['/', '?', '#'])
        .next()
        .unwrap_or("");
    let host = host.rsplit('@').next().unwrap_or(host).split(':').next().unwrap_or("");
    ["www.", "m.", "amp."]
        .iter()
        .find_map(|prefix| host.strip_prefix(prefix))
        .unwrap_or(host)
}

/// The telling part of a host: `rfi` of `rfi.fr`.
fn host_word(site: &str) -> &str {
    site.split('.').next().unwrap_or(site)
}

#[cfg(test)]
mod tests {
    use scraper::Html;

    use super::*;

    fn meta(page: &str) -> Meta {
        let page = Html::parse_document(page);
        read(&Flat::new(&page))
    }

    #[test]
    fn open_graph_json_ld_and_meta_are_read_in_their_order() {
        let read = meta(
            "<html lang=fr-FR><head><title>Un titre | Le Fil</title><meta property=og:title content='Un titre - Le Fil'>\
             <meta property='og:site_name' content='Le Fil'><link rel=canonical href='https://www.e.org/2024/05/19/x'>\
             <meta name=date content=2020-01-01><meta property='article:published_time' content=2024-05-19>\
             <meta property='article:modified_time' content=2024-06-01>\
             <script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"datePublished\":\"2024-05-18\"}</script>\
             </head><body><h1>Un titre</h1>",
        );
        assert_eq!(
            (read.title.as_str(), read.source.as_str(), read.language.as_str()),
            ("Un titre", "Le Fil", "fr-FR")
        );
        assert_eq!(read.published, ["2024-05-18", "2024-05-19", "2020-01-01"]);
        assert_eq!(
            (read.modified, read.url.as_str()),
            (vec!["2024-06-01".to_owned()], "https://www.e.org/2024/05/19/x")
        );
    }

    #[test]
    fn the_host_stands_in_for_the_outlet_and_relative_addresses_for_none() {
        assert_eq!(
            meta("<link rel=canonical href='https://www.fil.example/a?b'>").source,
            "fil.example"
        );
        let read = meta("<!-- saved from url=(0021)https://e.org/a/b.htm --><link rel=canonical href='/a'><p>x");
        assert_eq!(
            (read.url.as_str(), read.source.as_str()),
            ("https://e.org/a/b.htm", "e.org")
        );
        assert_eq!(meta("<p>x").source, "");
    }

    #[test]
    fn headlines_lose_the_name_of_their_site_and_nothing_else() {
        for (page, title) in [
            (
                "<title>Mali - Niger : la route | Le Fil du Fleuve</title>",
                "Mali - Niger : la route",
            ),
            (
                "<title>Accord à Alger - Le Fil</title><link rel=canonical href='https://lefil.org/1'>",
                "Accord à Alger",
            ),
            (
                "<title>Russia – an old friend of the north returns today</title>",
                "Russia – an old friend of the north returns today",
            ),
            (
                "<title>x</title><h1>Le Fil</h1><article><h1>The headline</h1>",
                "The headline",
            ),
            (
                "<title>The headline - Site</title><h1>Site</h1><h1>The headline</h1>",
                "The headline",
            ),
            (
                "<meta property=og:title content='A very long headline that…'><h1>A very long headline that goes on</h1>",
                "A very long headline that goes on",
            ),
        ] {
            assert_eq!(meta(page).title, title);
        }
    }

    #[test]
    fn microdata_dates_count() {
        let read = meta(
            "<span itemprop=datePublished content=2024-01-02>2 janvier</span><time itemprop=dateModified datetime=2024-02-02>x</time>",
        );
        assert_eq!(
            (read.published, read.modified),
            (vec!["2024-01-02".to_owned()], vec!["2024-02-02".to_owned()])
        );
    }
}
