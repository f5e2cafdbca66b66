//! `SUMMARY.md`: one page of plain words.
//!
//! In: findings and a language. Out: Markdown. Titles and names of sources come from the corpus and are escaped.

use std::fmt::Write as _;

use super::{cautions, file_name, foreign, headlines, moved, percent, ratio, standing, tongue};
use crate::model::findings::{Findings, HeadlineRow};
use crate::model::language::Language;
use crate::render::format;
use crate::render::labels::Labels;
use crate::render::text::{one_line, safe_address};
use crate::render::workbook::FILE as WORKBOOK;
use crate::settings::RenderSettings;

/// How many entities the summary tells.
const ENTITIES: usize = 10;

/// How many entities it names articles of.
const TOLD: usize = 6;

/// What the summary says about the files, and where they are.
const FILES: [&str; 6] = [
    "tables/mentions_by_period.csv",
    "tables/change.csv",
    "tables/corpus_by_period.csv",
    "evidence/mentions.csv",
    "quality/skipped.csv",
    "quality/ambiguous.csv",
];

/// The whole summary in `language`.
pub(super) fn compose(
    findings: &Findings,
    settings: &RenderSettings,
    language: Language,
    languages: &[Language],
) -> String {
    let labels = Labels::with_digits(language, settings.digits);
    let mut out = String::new();
    line(&mut out, &format!("# {}", escape(&one_line(&findings.corpus.name))));
    section(&mut out, labels.get("corpus"));
    let tongue = tongue(language);
    for sentence in [
        tongue.extent(findings),
        tongue.last_period(findings),
        tongue.left_out(findings),
    ] {
        line(&mut out, &escape(&labels.set(&sentence)));
    }
    if !findings.periods.is_empty() {
        section(&mut out, labels.get("moved"));
        bullets(&mut out, &labels, &moved(findings, language));
        leading(&mut out, findings, language, &labels);
        to_read(&mut out, findings, language, &labels);
    }
    if !findings.caveats.is_empty() {
        section(&mut out, labels.get("cautions"));
        bullets(&mut out, &labels, &cautions(findings, language));
    }
    section(&mut out, labels.get("files"));
    places(&mut out, &labels, settings, (languages, language));
    let made = labels.get("made_by").replace("{}", env!("CARGO_PKG_VERSION"));
    line(&mut out, &escape(&made));
    let out = out.trim_end();
    if language == Language::AR {
        format!("<div dir=\"rtl\">\n\n{out}\n\n</div>\n")
    } else {
        format!("{out}\n")
    }
}

/// A paragraph.
fn line(out: &mut String, text: &str) {
    out.push_str(text);
    out.push_str("\n\n");
}

/// A heading.
fn section(out: &mut String, title: &str) {
    line(out, &format!("## {}", escape(title)));
}

/// Sentences, one a bullet.
fn bullets(out: &mut String, labels: &Labels, sentences: &[String]) {
    let all: Vec<String> = sentences
        .iter()
        .map(|sentence| format!("- {}", escape(&labels.set(sentence))))
        .collect();
    line(out, &all.join("\n"));
}

/// The entities with most articles, with their numbers.
fn leading(out: &mut String, findings: &Findings, language: Language, labels: &Labels) {
    if findings.entities.is_empty() {
        return;
    }
    section(out, labels.get("leading"));
    for sentence in standing(findings, language) {
        line(out, &escape(&labels.set(&sentence)));
    }
    let set = |number: String| labels.set(&number);
    let count = |n| set(format::count(language, n));
    let last = findings.last_complete.map(|place| (place, &findings.periods[place]));
    let mut table = String::new();
    let all = findings.corpus.articles;
    let heads = [
        labels.get("col_entity"),
        labels.get("col_articles"),
        labels.get("col_share"),
        labels.get("col_mentions"),
    ];
    let _ = write!(table, "| {} |", heads.map(escape).join(" | "));
    let mut rule = "\n|---|--:|--:|--:|".to_owned();
    if let Some((_, period)) = last {
        let head = labels.get("col_last").replace(
            "{}",
            &format!("{} (n\u{a0}=\u{a0}{})", period.period.label, count(period.articles)),
        );
        let _ = write!(table, " {} | {} |", escape(&head), escape(labels.get("col_interval")));
        rule.push_str("--:|--:|");
    }
    table.push_str(&rule);
    for entity in findings.entities.iter().take(ENTITIES) {
        let _ = write!(
            table,
            "\n| {} | {} | {} | {} |",
            escape(entity.names.in_language(language)),
            count(entity.articles),
            set(ratio(language, entity.articles, all)),
            count(entity.mentions),
        );
        if let Some((place, _)) = last {
            let shares = entity.series[place].share.map_or_else(
                || "— | —".to_owned(),
                |share| {
                    let interval = set(format::percent_range(language, share.lo, share.hi, 0));
                    format!("{} | {interval}", set(percent(language, share.value)))
                },
            );
            let _ = write!(table, " {shares} |");
        }
    }
    line(out, &table);
}

/// The articles to read.
fn to_read(out: &mut String, findings: &Findings, language: Language, labels: &Labels) {
    let groups = headlines(findings, 1, TOLD);
    if groups.is_empty() {
        return;
    }
    section(out, labels.get("headlines"));
    let rows: Vec<String> = groups
        .iter()
        .flat_map(|(entity, rows)| rows.iter().map(move |row| (*entity, *row)))
        .map(|(entity, row)| {
            let name = escape(findings.entities[entity].names.in_language(language));
            format!("- **{name}** — {}", headline(row, language, labels))
        })
        .collect();
    line(out, &rows.join("\n"));
    line(out, &escape(labels.get("headlines_note")));
}

/// One article: title, linked where it has an address, outlet, day.
fn headline(row: &HeadlineRow, language: Language, labels: &Labels) -> String {
    let title = if row.title.trim().is_empty() {
        &row.doc_id
    } else {
        &row.title
    };
    let title = escape(&foreign(language, title));
    let linked = match safe_address(&row.url) {
        Some(address) => format!("[{title}](<{address}>)"),
        None => title,
    };
    let date = labels.set(&format::date(language, row.date));
    if row.source.is_empty() {
        return format!("{linked} ({date})");
    }
    format!("{linked} ({}, {date})", escape(&foreign(language, &row.source)))
}

/// Where the numbers are.
fn places(
    out: &mut String,
    labels: &Labels,
    settings: &RenderSettings,
    (languages, language): (&[Language], Language),
) {
    let place = languages.iter().position(|other| *other == language).unwrap_or(0);
    let page = file_name("index", "html", place, language);
    let page_file = if settings.charts { "page_file" } else { "page_file_bare" };
    let mut rows = vec![format!("- [{page}]({page}): {}", escape(labels.get(page_file)))];
    rows.extend(
        settings
            .xlsx
            .then_some(&WORKBOOK)
            .into_iter()
            .chain(&FILES)
            .map(|path| format!("- [{path}]({path}): {}", escape(labels.get(path)))),
    );
    if settings.charts {
        rows.push(format!("- [charts/](charts/): {}", escape(labels.get("charts_folder"))));
    }
    rows.push(format!("- {}", escape(labels.get("schema_note"))));
    line(out, &rows.join("\n"));
}

/// `text` with everything escaped that Markdown or HTML would understand.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' => {
                out.push('\\');
                out.push(sign);
            }
            _ => out.push(sign),
        }
    }
    out
}
