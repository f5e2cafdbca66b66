//! Reads RSS (0.9x, 1.0, 2.0) and Atom feeds: every item or entry is an article.
//!
//! Text in, documents and skips out. The parser forgives what feeds on the web get wrong (unmatched ends, lone ampersands, HTML entities);
//! where it must stop, the items before are kept. A feed's title and language stand in where an item has none.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::account::Account;
use super::dating::Dating;
use super::fields::{Names, Record, Role};
use super::html;

/// Prefixes of names whose local part means the same as without prefix.
const KNOWN_PREFIXES: [&str; 4] = ["dc", "dcterms", "atom", "a10"];

/// One item as it is collected.
#[derive(Default)]
struct Item {
    /// Its fields so far.
    record: Record<'static>,
    /// When it was last changed: its day where no other is given.
    updated: String,
}

/// A field as it is collected.
struct Open {
    /// Its name, as [`local`] gives it.
    name: String,
    /// How many elements are open inside it.
    depth: usize,
    /// Its text, inner elements written out again.
    text: String,
}

/// What is known of the feed while it is read.
#[derive(Default)]
struct Feed {
    /// Its title.
    title: String,
    /// Its language.
    language: String,
    /// The item that is open.
    item: Option<Item>,
    /// The field that is open.
    field: Option<Open>,
    /// The items that are complete.
    items: Vec<Record<'static>>,
}

/// Reads a feed into `account`.
pub(crate) fn read(text: &str, names: &Names, zone: chrono_tz::Tz, account: &mut Account<'_>) {
    let (feed, fault) = parse(text, names);
    let dates = || {
        feed.items
            .iter()
            .map(|record| record.get(Role::Date).to_owned())
            .collect()
    };
    let dating = Dating::new(zone, &dates);
    for mut record in feed.items.iter().cloned() {
        for (name, value) in [("source", &feed.title), ("language", &feed.language)] {
            if let Some(key) = names.key(name).filter(|key| record.get(key.role).is_empty()) {
                record.offer(key, Cow::Owned(value.clone()));
            }
        }
        let place = account.next_record();
        let made = record.into_document(&account.file, place, &dating);
        account.record(made, place, None);
    }
    if let Some((line, detail)) = fault {
        let place = account.next_record();
        account.broken_at(place, Some(line), detail);
    }
    account.remark(dating.note());
}

/// The items of a feed, and the line and kind of the fault that ended it.
fn parse(text: &str, names: &Names) -> (Feed, Option<(u64, String)>) {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut feed = Feed::default();
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => feed.open(&tag),
            Ok(Event::Empty(tag)) => {
                feed.open(&tag);
                feed.close(&local(&tag), names);
            }
            Ok(Event::End(tag)) => feed.close(&local_name(tag.name().as_ref()), names),
            Ok(Event::Text(part)) => feed.push(&String::from_utf8_lossy(&part)),
            Ok(Event::CData(part)) => feed.push(&String::from_utf8_lossy(&part)),
            Ok(Event::GeneralRef(part)) => {
                feed.push(&html::decode_entities(&format!("&{};", String::from_utf8_lossy(&part))));
            }
            Ok(Event::Eof) => {
                let line = text.lines().count() as u64;
                let cut = feed
                    .item
                    .is_some()
                    .then(|| (line, "the feed ends inside an item".to_owned()));
                return (feed, cut);
            }
            Ok(_) => {}
            Err(error) => {
                let at = usize::try_from(reader.error_position())
                    .unwrap_or(usize::MAX)
                    .min(text.len());
                let line = String::from_utf8_lossy(&text.as_bytes()[..at]).matches('\n').count() as u64 + 1;
                return (feed, Some((line, error.to_string())));
            }
        }
    }
}

impl Feed {
    /// An element begins.
    fn open(&mut self, tag: &BytesStart<'_>) {
        let name = local(tag);
        if let Some(field) = &mut self.field {
            field.depth += 1;
            field.text.extend(["<", &name, ">"]);
            return;
        }
        match name.as_str() {
            "item" | "entry" if self.item.is_none() => self.item = Some(Item::default()),
            "rss" | "rdf" | "channel" | "feed" if self.item.is_none() => {
                if let Some(language) = attribute(tag, b"xml:lang").filter(|_| self.language.is_empty()) {
                    self.language = language;
                }
            }
            _ => {
                let mut text = String::new();
                // Atom writes addresses as attributes; only the article itself is of use, not its comments or pictures.
                if name == "link"
                    && let Some(address) = attribute(tag, b"href")
                    && attribute(tag, b"rel").is_none_or(|rel| rel == "alternate")
                {
                    text = address;
                }
                self.field = Some(Open { name, depth: 0, text });
            }
        }
    }

    /// Text stands inside the open field.
    fn push(&mut self, text: &str) {
        match &mut self.field {
            // Between elements, text is written as markup again.
            Some(field) if field.depth > 0 => field.text.push_str(&text.replace('&', "&amp;").replace('<', "&lt;")),
            Some(field) => field.text.push_str(text),
            None => {}
        }
    }

    /// An element ends.
    fn close(&mut self, name: &str, names: &Names) {
        if let Some(mut field) = self.field.take() {
            if field.depth > 0 {
                field.depth -= 1;
                field.text.extend(["</", name, ">"]);
                self.field = Some(field);
            } else {
                self.take(field, names);
            }
            return;
        }
        if matches!(name, "item" | "entry")
            && let Some(mut item) = self.item.take()
        {
            if let Some(key) = names.key("date").filter(|key| item.record.get(key.role).is_empty()) {
                item.record.offer(key, Cow::Owned(item.updated));
            }
            self.items.push(item.record);
        }
    }

    /// A field is complete.
    fn take(&mut self, field: Open, names: &Names) {
        let Open { name, text, .. } = field;
        let Some(item) = &mut self.item else {
            match name.as_str() {
                "title" if self.title.is_empty() => self.title = line(&text),
                "language" if self.language.is_empty() => text.trim().clone_into(&mut self.language),
                _ => {}
            }
            return;
        };
        if name == "updated" || name == "modified" {
            text.trim().clone_into(&mut item.updated);
            return;
        }
        let Some(key) = names.key(&name) else { return };
        let value = match key.role {
            Role::Text => article(&text),
            Role::Title => line(&text),
            Role::Source => line(between(&text, "<title>", "</title>").unwrap_or(&text)),
            _ => text.trim().to_owned(),
        };
        item.record.offer(key, Cow::Owned(value));
    }
}

/// The name of an element without a prefix that adds nothing; other prefixes stay and make it another name.
fn local(tag: &BytesStart<'_>) -> String {
    local_name(tag.name().as_ref())
}

/// The same for the name alone.
fn local_name(name: &[u8]) -> String {
    let name = String::from_utf8_lossy(name).to_lowercase();
    match name.split_once(':') {
        Some((prefix, local)) if KNOWN_PREFIXES.contains(&prefix) || local == "rdf" => local.to_owned(),
        _ => name,
    }
}

/// The value of an attribute.
fn attribute(tag: &BytesStart<'_>, name: &[u8]) -> Option<String> {
    let attribute = tag
        .attributes()
        .with_checks(false)
        .flatten()
        .find(|attribute| attribute.key.as_ref() == name)?;
    Some(html::decode_entities(&String::from_utf8_lossy(&attribute.value)))
}

/// A title as one line.
fn line(text: &str) -> String {
    let text = if html::is_markup(text) {
        html::inline_text(text)
    } else {
        html::decode_entities(text)
    };
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text of an item, without the line that blogs put below it in feeds.
fn article(text: &str) -> String {
    let text = if html::is_markup(text) {
        html::fragment_text(text)
    } else {
        html::decode_entities(text)
    };
    let text = text.trim();
    let (above, last) = text.rsplit_once('\n').unwrap_or(("", text));
    let credit = (last.starts_with("The post ") && last.contains(" appeared first on "))
        || (last.starts_with("L\u{2019}article ") || last.starts_with("L'article "))
            && last.contains(" est apparu en premier sur ")
        || last.starts_with("ظهرت المقالة ") && last.contains(" أولاً على ");
    if credit {
        above.trim_end().to_owned()
    } else {
        text.to_owned()
    }
}

/// What stands between two marks.
fn between<'t>(text: &'t str, open: &str, close: &str) -> Option<&'t str> {
    let start = text.find(open)? + open.len();
    text[start..].find(close).map(|end| &text[start..start + end])
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::model::document::Document;
    use crate::model::input::{Input, InputStatus};
    use crate::model::skip::Skip;

    fn run(text: &str) -> (Input, Vec<Result<Document, Skip>>) {
        let mut out = Vec::new();
        let mut emit = |it| out.push(it);
        let mut account = Account::new(&"a.xml".into(), 0, &mut emit);
        read(text, &Names::new(&BTreeMap::new()), chrono_tz::UTC, &mut account);
        let input = account.close();
        (input, out)
    }

    #[test]
    fn rss_items_take_the_full_text_and_what_the_feed_says() {
        let (_, out) = run(
            "<?xml version='1.0'?><rss version='2.0'><channel><title>Le Fil</title><language>fr-FR</language>\
             <image><title>logo</title></image>\
             <item><title>L&apos;&eacute;t&#233; &amp; ERC &lt;ERC&gt;</title><link>https://e.org/a</link><guid>7</guid>\
             <pubDate>Mon, 22 Feb 2016 12:00:00 +0100</pubDate><description>court</description>\
             <media:content url='x'><media:title>photo</media:title></media:content>\
             <content:encoded><![CDATA[<p>Un &amp; deux.</p><p>Trois.</p><p>The post <a href='x'>A</a> appeared first on B.</p>]]></content:encoded>\
             </item><item><title>B</title><description>R&amp;eacute;sum&amp;eacute; seul</description></item></channel></rss>",
        );
        let first = out[0].as_ref().unwrap();
        assert_eq!(
            (first.title.as_str(), first.body.as_str()),
            ("L'été & ERC <ERC>", "Un & deux.\nTrois.")
        );
        assert_eq!(
            (first.source.as_str(), first.url.as_str(), first.own_id.as_deref()),
            ("Le Fil", "https://e.org/a", Some("7"))
        );
        assert_eq!(first.date.unwrap().to_string(), "2016-02-22");
        assert_eq!(first.language.unwrap().as_str(), "fr");
        assert_eq!(out[1].as_ref().unwrap().body, "Résumé seul");
    }

    #[test]
    fn atom_entries_have_links_as_attributes_and_markup_as_elements() {
        let (_, out) = run(
            "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='ar'><title>F</title><updated>2020-01-01T00:00:00Z</updated>\
             <entry><title type='html'>A &amp;amp; B</title><link rel='replies' href='no'/><link href='https://e.org/1'/>\
             <id>tag:1</id><published>2024-03-01T10:00:00Z</published><updated>2024-05-01T10:00:00Z</updated>\
             <source><id>x</id><title>Elsewhere</title></source>\
             <content type='xhtml'><div><p>One <b>bold</b>.</p><p>Two.</p></div></content></entry>\
             <entry><title>C</title><updated>2024-05-02T10:00:00Z</updated><summary>s</summary></entry></feed>",
        );
        let first = out[0].as_ref().unwrap();
        assert_eq!(
            (first.title.as_str(), first.body.as_str(), first.source.as_str()),
            ("A & B", "One bold.\nTwo.", "Elsewhere")
        );
        assert_eq!(
            (first.url.as_str(), first.date.unwrap().to_string().as_str()),
            ("https://e.org/1", "2024-03-01")
        );
        let second = out[1].as_ref().unwrap();
        assert_eq!(
            (second.date.unwrap().to_string().as_str(), second.source.as_str()),
            ("2024-05-02", "F")
        );
    }

    #[test]
    fn rdf_items_lie_beside_the_channel() {
        let (_, out) = run(
            "<rdf:RDF xmlns:dc='x'><channel><title>F</title></channel><item><title>A</title><dc:date>2024-03-01</dc:date>\
             <description>d</description></item></rdf:RDF>",
        );
        let first = out[0].as_ref().unwrap();
        assert_eq!(
            (first.source.as_str(), first.date.unwrap().to_string().as_str()),
            ("F", "2024-03-01")
        );
    }

    #[test]
    fn a_feed_that_breaks_off_keeps_its_items() {
        let (input, out) =
            run("<rss><channel><item><title>A</title><description>a</description></item>\n<item><title>B</ti");
        assert_eq!((input.status, input.documents), (InputStatus::Partly, 1));
        assert!(matches!(&out[1], Err(skip) if skip.line == Some(2)));
        assert_eq!(
            run("<rss><channel><title>F</title></channel></rss>").0.status,
            InputStatus::Empty
        );
    }
}
