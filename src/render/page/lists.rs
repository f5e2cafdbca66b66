//! The parts of the page that lead on: the other languages, the contents, the files, the settings.

use serde_json::Value;

use super::doubts::is_in_doubt;
use super::figures::{kicker, ordered};
use super::grid::{Cell, Head, Window, table};
use super::keywords::has_keywords;
use super::template::escape;
use crate::model::findings::Findings;
use crate::model::language::Language;
use crate::render::charts::Chart;
use crate::render::folder::ManifestFacts;
use crate::render::format;
use crate::render::labels::Labels;
use crate::render::summary::file_name;
use crate::render::tables::csv::Described;

/// Links to the page in the other languages; nothing where there is one only.
pub(super) fn languages(all: &[Language], own: Language, labels: &Labels) -> String {
    if all.len() < 2 {
        return String::new();
    }
    let links: Vec<String> = all
        .iter()
        .enumerate()
        .map(|(place, &language)| {
            let name = escape(Labels::new(language).get("own_name"));
            if language == own {
                return format!("<li><span lang=\"{language}\" aria-current=\"page\">{name}</span></li>");
            }
            let file = file_name("index", "html", place, language);
            format!("<li><a href=\"{file}\" lang=\"{language}\" hreflang=\"{language}\">{name}</a></li>")
        })
        .collect();
    let label = escape(labels.get("other_languages"));
    format!(
        "<nav aria-label=\"{label}\"><ul class=\"languages\">{}</ul></nav>",
        links.concat()
    )
}

/// Links to the sections that this page has.
pub(super) fn contents(charts: &[Chart], findings: &Findings, labels: &Labels) -> String {
    let charts = ordered(charts);
    let mut links: Vec<(String, &str)> = charts
        .iter()
        .map(|chart| (format!("chart-{}", chart.name), kicker(chart, labels)))
        .collect();
    for (name, there) in [
        ("leading", !findings.entities.is_empty()),
        ("headlines", !findings.headlines.is_empty()),
        ("keywords", has_keywords(findings)),
        ("ambiguous", findings.quality.ambiguous.iter().any(is_in_doubt)),
        ("tables", true),
        ("evidence", true),
        ("method", true),
        ("cautions", !findings.caveats.is_empty()),
    ] {
        if there {
            links.push((name.to_owned(), labels.get(name)));
        }
    }
    let items = links
        .iter()
        .map(|(id, name)| format!("<li><a href=\"#{}\">{}</a></li>", escape(id), escape(name)));
    items.collect()
}

/// The tables below `folder`: what each holds and how many rows it has. `whole` is a file that holds them all, and comes first.
pub(super) fn files(
    tables: &[Described],
    folder: &str,
    whole: Option<&str>,
    labels: &Labels,
    language: Language,
) -> String {
    let heads = [
        Head::text(labels.get("col_file")),
        Head::text(labels.get("col_holds")),
        Head::number(labels.get("col_rows")),
    ];
    let row = |path: &str, holds: &str, rows: Cell| {
        let path = escape(path);
        let link = format!("<a class=\"code\" href=\"{path}\">{}</a>", breakable(&path));
        vec![Cell::Name(link), Cell::Text(escape(holds)), rows]
    };
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    rows.extend(whole.map(|path| row(path, labels.get(path), Cell::Number("—".to_owned(), String::new()))));
    let own = tables.iter().filter(|table| table.schema.path.starts_with(folder));
    rows.extend(own.map(|table| {
        let holds = labels.find(&table.schema.path).unwrap_or(&table.schema.description);
        let count = Cell::Number(labels.set(&format::count(language, table.rows)), table.rows.to_string());
        row(&table.schema.path, holds, count)
    }));
    table(labels.get("files_caption"), &heads, &rows, Window::Whole)
}

/// A path that may be broken after its strokes and low lines, where a window is narrow.
fn breakable(path: &str) -> String {
    path.replace('/', "/<wbr>").replace('_', "_<wbr>")
}

/// The settings as they were understood.
pub(super) fn settings(facts: &ManifestFacts, labels: &Labels) -> String {
    let heads = [
        Head::text(labels.get("col_setting")),
        Head::text(labels.get("col_value")),
    ];
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    let mut push = |name: String, value: &str| {
        let value = if value.is_empty() {
            "—".to_owned()
        } else {
            format!("<bdi>{}</bdi>", escape(value))
        };
        rows.push(vec![Cell::Name(name), Cell::Text(value)]);
    };
    for (name, value) in facts.settings.as_object().into_iter().flatten() {
        push(format!("<span class=\"code\">{}</span>", escape(name)), &shown(value));
    }
    push(escape(labels.get("gazetteer")), &facts.gazetteer_hash);
    if let Some(day) = facts.watchlist_as_of {
        push(escape(labels.get("last_checked")), &day.to_string());
    }
    table(labels.get("settings_caption"), &heads, &rows, Window::Whole)
}

/// A setting as text: words bare, lists joined, nothing where there is nothing.
fn shown(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(shown).collect::<Vec<_>>().join(", "),
        Value::Object(items) => items
            .iter()
            .map(|(name, value)| format!("{name} = {}", shown(value)))
            .collect::<Vec<_>>()
            .join(", "),
        Value::Bool(_) | Value::Number(_) => value.to_string(),
    }
}
