//! Reads a Markdown file as one article: front matter in YAML or TOML, a heading as title, and the text without links and marks.
//!
//! Text in, a record and a body out. The front matter of real notes is often no valid YAML (`title: Mali: the vote`); then it is read line by
//! line as `key: value`.

use std::borrow::Cow;

use saphyr_parser::{Event, Parser};

use super::fields::{Names, Record, Role};
use super::foot;

/// Title, body and front-matter record of a file.
pub(crate) struct Note<'a> {
    /// The title, from the front matter or the first heading.
    pub(crate) title: String,
    /// The text.
    pub(crate) body: String,
    /// What the front matter says.
    pub(crate) record: Record<'a>,
}

/// Reads the text of a Markdown file.
pub(crate) fn read(text: &str, names: &Names) -> Note<'static> {
    let text = text.replace("\r\n", "\n");
    let (pairs, rest) = front_matter(&text).unwrap_or_else(|| (Vec::new(), &text));
    let mut record = Record::default();
    for (name, value) in pairs {
        if let Some(key) = names.key(&name) {
            record.offer(key, Cow::Owned(value));
        }
    }
    let mut body = rest.trim_start();
    let mut title = record.get(Role::Title).trim().to_owned();
    let (first, after) = body.split_once('\n').unwrap_or((body, ""));
    let underlined = after.starts_with("===")
        && after
            .lines()
            .next()
            .is_some_and(|line| line.trim_end().bytes().all(|byte| byte == b'='));
    let heading = first
        .strip_prefix("# ")
        .or(underlined.then_some(first))
        .map(|heading| heading.trim().trim_end_matches(['#', ' ']));
    if let Some(heading) = heading {
        let heading = plain_line(heading);
        if title.is_empty() || same(&title, &heading) {
            title = heading;
            body = if underlined {
                after.split_once('\n').map_or("", |(_, below)| below)
            } else {
                after
            };
        }
    }
    Note {
        title,
        body: foot::cut(&plain_text(body)).trim_start().to_owned(),
        record,
    }
}

/// All that a Markdown file shows to a reader: the text without front matter and marks, nothing cut.
pub(crate) fn shown(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    plain_text(front_matter(&text).map_or(&text, |(_, rest)| rest))
}

/// Whether a text begins with front matter.
pub(crate) fn has_front_matter(text: &str) -> bool {
    front_matter(text).is_some_and(|(pairs, _)| !pairs.is_empty())
}

/// Names and values of the front matter, and what follows it.
fn front_matter(text: &str) -> Option<(Vec<(String, String)>, &str)> {
    let text = text.trim_start_matches('\u{feff}');
    let (fence, ends, toml): (_, &[&str], _) = match text.lines().next()?.trim_end() {
        "---" => ("---", &["---", "..."], false),
        "+++" => ("+++", &["+++"], true),
        _ => return None,
    };
    let inner = &text[text.find('\n')? + 1..];
    let mut at = 0;
    for line in inner.split_inclusive('\n') {
        if ends.contains(&line.trim_end()) {
            let (matter, rest) = (&inner[..at], &inner[at + line.len()..]);
            let pairs = if toml { toml_pairs(matter) } else { yaml_pairs(matter) };
            return Some((pairs.unwrap_or_else(|| line_pairs(matter)), rest));
        }
        at += line.len();
    }
    debug_assert!(fence.len() == 3);
    None
}

/// The top-level names of a TOML text with their values as text; `None` where it is no TOML.
fn toml_pairs(matter: &str) -> Option<Vec<(String, String)>> {
    let table: toml::Table = matter.parse().ok()?;
    let text = |value: &toml::Value| match value {
        toml::Value::String(text) => Some(text.clone()),
        toml::Value::Integer(number) => Some(number.to_string()),
        toml::Value::Datetime(time) => Some(time.to_string()),
        toml::Value::Array(all) => all.first().and_then(toml::Value::as_str).map(str::to_owned),
        _ => None,
    };
    Some(
        table
            .iter()
            .filter_map(|(name, value)| text(value).map(|value| (name.clone(), value)))
            .collect(),
    )
}

/// The top-level names of a YAML mapping with their scalars as written; `None` where it is no such YAML.
fn yaml_pairs(matter: &str) -> Option<Vec<(String, String)>> {
    let mut pairs = Vec::new();
    let mut name: Option<String> = None;
    let mut depth = 0_usize;
    for event in Parser::new_from_str(matter) {
        match event.ok()?.0 {
            Event::MappingStart(..) | Event::SequenceStart(..) => depth += 1,
            Event::MappingEnd | Event::SequenceEnd => {
                depth = depth.saturating_sub(1);
                if depth == 1 {
                    name = None;
                }
            }
            Event::Scalar(value, ..) if depth == 1 => match name.take() {
                None => name = Some(value.into_owned()),
                Some(name) => pairs.push((name, value.into_owned())),
            },
            // The first member of a list stands for it.
            Event::Scalar(value, ..) if depth == 2 => {
                if let Some(name) = name
                    .as_ref()
                    .filter(|name| !pairs.iter().any(|(known, _)| known == *name))
                {
                    pairs.push((name.clone(), value.into_owned()));
                }
            }
            Event::Alias(_) if depth == 1 => name = None,
            _ => {}
        }
    }
    (!pairs.is_empty()).then_some(pairs)
}

/// Lines of `key: value` or `key = value`, quotes taken off; other lines are passed over.
fn line_pairs(matter: &str) -> Vec<(String, String)> {
    matter
        .lines()
        .filter(|line| !line.starts_with([' ', '\t', '#', '-']))
        .filter_map(|line| line.split_once(": ").or_else(|| line.split_once(" = ")))
        .map(|(name, value)| {
            (
                name.trim().to_owned(),
                value.trim().trim_matches(['"', '\'']).to_owned(),
            )
        })
        .collect()
}

/// Whether two titles are one, white space aside.
fn same(one: &str, other: &str) -> bool {
    one.split_whitespace().eq(other.split_whitespace())
}

/// A text without headings' marks, rules, quotes' marks, images, link addresses and emphasis. Words and line breaks stay.
fn plain_text(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for line in text.lines() {
        let line = line.trim_end();
        let bare = line.trim_start();
        let rule = bare.len() >= 3
            && (bare.bytes().all(|b| b == b'-') || bare.bytes().all(|b| b == b'*') || bare.bytes().all(|b| b == b'_'));
        let marks = bare.bytes().take_while(|byte| *byte == b'#').count();
        if rule {
            plain.push('\n');
            continue;
        }
        let line = match bare.as_bytes().get(marks) {
            Some(b' ') if (1..=6).contains(&marks) => bare[marks..].trim(),
            _ => line,
        };
        let line = line.strip_prefix("> ").unwrap_or(if line == ">" { "" } else { line });
        plain.push_str(&plain_line(line));
        plain.push('\n');
    }
    plain
}

/// A line without images, link addresses and emphasis.
fn plain_line(line: &str) -> String {
    if !line.contains(['[', '*', '_', '`']) {
        return line.to_owned();
    }
    strip_emphasis(&strip_links(line))
}

/// `[text](address)` and `[text][1]` become `text`; `![alt](address)` goes.
fn strip_links(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(open) = rest.find('[') {
        let image = rest[..open].ends_with('!');
        let Some((label, after)) = matching(&rest[open..], '[', ']') else {
            break;
        };
        let target = if after.starts_with('(') {
            matching(after, '(', ')')
        } else {
            None
        };
        let Some((_, after)) = target else {
            plain.push_str(&rest[..=open]);
            rest = &rest[open + 1..];
            continue;
        };
        plain.push_str(
            rest[..open]
                .strip_suffix('!')
                .filter(|_| image)
                .unwrap_or(&rest[..open]),
        );
        if !image {
            plain.push_str(&strip_links(label));
        }
        rest = after;
    }
    plain.push_str(rest);
    plain
}

/// What stands between an opening mark at the start of `text` and its partner, and what follows.
fn matching(text: &str, open: char, close: char) -> Option<(&str, &str)> {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        if c == open {
            depth += 1;
        } else if c == close {
            depth -= 1;
            if depth == 0 {
                return Some((&text[1..at], &text[at + 1..]));
            }
        }
    }
    None
}

/// Takes off pairs of `**`, `__`, `*`, `_` and back quotes around words. A mark inside a word or between blanks stays.
fn strip_emphasis(line: &str) -> String {
    let mut plain = line.to_owned();
    for mark in ["***", "**", "__", "*", "_", "`"] {
        let mut from = 0;
        while let Some(start) = plain[from..].find(mark).map(|at| at + from) {
            let inner = start + mark.len();
            let before = plain[..start].chars().next_back();
            let opens =
                before.is_none_or(|c| !c.is_alphanumeric()) && plain[inner..].starts_with(|c: char| !c.is_whitespace());
            let end = plain[inner..].find(mark).map(|at| at + inner).filter(|end| {
                *end > inner
                    && !plain[..*end].ends_with(char::is_whitespace)
                    && !plain[end + mark.len()..].starts_with(char::is_alphanumeric)
            });
            match end {
                Some(end) if opens => {
                    plain.replace_range(end..end + mark.len(), "");
                    plain.replace_range(start..inner, "");
                    from = end - mark.len();
                }
                _ => from = inner,
            }
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn note(text: &str) -> Note<'static> {
        read(text, &Names::new(&BTreeMap::new()))
    }

    #[test]
    fn front_matter_in_two_languages_and_two_notations() {
        let english = note(
            "---\ntitle: \"A \\\"quoted\\\" title\"\ndate: 2024-03-17\nsource: Wire\ntags: [wire, 2024]\n---\n\n# A \"quoted\" title\n\nText.\n",
        );
        assert_eq!(
            (english.title.as_str(), english.body.as_str()),
            ("A \"quoted\" title", "Text.")
        );
        assert_eq!(
            (english.record.get(Role::Date), english.record.get(Role::Source)),
            ("2024-03-17", "Wire")
        );
        let french = note(
            "---\r\ntitre: Un titre\r\ndate de publication: 03/02/2020\r\nlangue: fr\r\n---\r\nUn.\r\n\r\nDeux.\r\n",
        );
        assert_eq!(
            (french.title.as_str(), french.body.as_str()),
            ("Un titre", "Un.\n\nDeux.")
        );
        assert_eq!(
            (french.record.get(Role::Date), french.record.get(Role::Language)),
            ("03/02/2020", "fr")
        );
        let toml = note("+++\ntitle = 'T'\ndate = 2024-03-17T10:00:00Z\n+++\nText.");
        assert_eq!(
            (toml.title.as_str(), toml.record.get(Role::Date)),
            ("T", "2024-03-17T10:00:00Z")
        );
    }

    #[test]
    fn front_matter_that_is_no_yaml_is_read_line_by_line() {
        let broken = note("---\ntitle: Mali: the vote: day one\ndate: 2024-03-17\nauthor: \"x\n---\nText.");
        assert_eq!(
            (broken.title.as_str(), broken.record.get(Role::Date)),
            ("Mali: the vote: day one", "2024-03-17")
        );
    }

    #[test]
    fn a_heading_is_the_title_where_no_other_is() {
        assert_eq!(note("# Title #\n\nText.").title, "Title");
        assert_eq!(note("Title\n=====\nText.").body, "Text.");
        let other = note("---\ntitle: One\n---\n# Two\n\nText.");
        assert_eq!((other.title.as_str(), other.body.as_str()), ("One", "Two\n\nText."));
        assert_eq!(note("No heading.\n\n# Later").title, "");
    }

    #[test]
    fn marks_and_addresses_go_and_words_stay() {
        let text = "See [the **report**](https://e.org/russia/(x)) ![map](mali.png), *now* and __then__.\n\n## Part\n> quote\n* * *\n***\n- item [1] 2 * 3 * 4 snake_case_name <ERC>\n";
        assert_eq!(
            note(text).body,
            "See the report , now and then.\n\nPart\nquote\n* * *\n\n- item [1] 2 * 3 * 4 snake_case_name <ERC>"
        );
    }

    #[test]
    fn a_rule_at_the_start_is_no_front_matter() {
        assert!(!has_front_matter("---\nA line of prose\n---\n"));
        assert!(has_front_matter("---\ntitle: x\n---\n"));
        assert!(!has_front_matter("---\ntitle: x\n"));
    }
}
