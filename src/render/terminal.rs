//! What the commands print: the summary of a report, the account of a scan, one document with its mentions marked.
//!
//! In: findings, or a document with its mentions. Out: text with ANSI styles, which the caller strips where there is no terminal. Always English.

use std::fmt::Write as _;
use std::path::Path;

use anstyle::{AnsiColor, Effects, Style};
use chrono::NaiveDate;

use super::format;
use crate::model::account::Account;
use crate::model::entity::Gazetteer;
use crate::model::findings::{ChangeFlag, ChangeRow, CorpusFacts, Findings};
use crate::model::input::{Input, InputStatus};
use crate::model::language::Language;
use crate::model::mention::{Field, Mention};
use crate::model::text::CleanText;

/// Headings.
const BOLD: Style = Style::new().effects(Effects::BOLD);
/// What is of less weight.
const DIM: Style = Style::new().effects(Effects::DIMMED);
/// A mention that counts.
const COUNTED: Style = AnsiColor::Green
    .on_default()
    .effects(Effects::BOLD.insert(Effects::UNDERLINE));
/// A mention that was refused.
const REFUSED: Style = AnsiColor::Red.on_default().effects(Effects::UNDERLINE);
/// Something to look at.
const WARN: Style = AnsiColor::Yellow.on_default();

/// How many movers the summary tells.
const MOVERS: usize = 3;

/// Where the report is, how much went into it, the biggest movers, what was left out.
#[must_use]
pub fn summary(findings: &Findings, folder: &Path) -> String {
    let mut out = String::new();
    let corpus = &findings.corpus;
    let _ = writeln!(out, "{BOLD}{}{BOLD:#}", folder.join("index.html").display());
    let _ = writeln!(out, "{}", extent(findings));
    movers(&mut out, findings);
    left_out(&mut out, corpus);
    out
}

/// One line: articles, stories, outlets, range.
fn extent(findings: &Findings) -> String {
    let corpus = &findings.corpus;
    let number = |n| format::count(Language::EN, n);
    format!(
        "{} articles, {} stories, {} outlets, {}; {} mentions of {} entities",
        number(corpus.articles),
        number(corpus.stories),
        number(corpus.sources),
        stretch(corpus.range),
        number(corpus.mentions),
        findings.entities.len(),
    )
}

/// From when to when.
fn stretch(range: Option<(NaiveDate, NaiveDate)>) -> String {
    range.map_or_else(
        || "nothing dated, so nothing over time".to_owned(),
        |(first, last)| format::date_range(Language::EN, first, last).replace('\u{a0}', " "),
    )
}

/// The rows of `change` that moved most, those beyond chance first.
fn movers(out: &mut String, findings: &Findings) {
    let tested = |row: &&ChangeRow| row.flag != ChangeFlag::Insufficient && row.rate_ratio.is_some();
    let mut rows: Vec<&ChangeRow> = findings.change.iter().filter(tested).collect();
    let size = |row: &ChangeRow| row.rate_ratio.map_or(0.0, |ratio| ratio.value.max(1e-9).ln().abs());
    rows.sort_by(|a, b| {
        let sure = |row: &ChangeRow| row.flag == ChangeFlag::None;
        sure(a)
            .cmp(&sure(b))
            .then(size(b).total_cmp(&size(a)))
            .then(a.entity.cmp(&b.entity))
    });
    let Some(period) = rows.first().and_then(|row| findings.periods.get(row.period)) else {
        return;
    };
    let _ = writeln!(out, "\n{BOLD}{} against what was usual{BOLD:#}", period.period.label);
    for row in rows.into_iter().take(MOVERS) {
        let Some(ratio) = row.rate_ratio else { continue };
        let sign = match row.flag {
            ChangeFlag::Up => "more",
            ChangeFlag::Down => "less",
            ChangeFlag::None | ChangeFlag::Insufficient => "within chance",
        };
        let _ = writeln!(
            out,
            "  {:<24} {:>4} of {} articles, ×{} ({} to {})  {DIM}{sign}{DIM:#}",
            findings.entities[row.entity].names.en,
            row.articles,
            row.articles_total,
            format::decimal(Language::EN, ratio.value, 1),
            format::decimal(Language::EN, ratio.lo, 1),
            format::decimal(Language::EN, ratio.hi, 1),
        );
    }
}

/// What did not become an article.
fn left_out(out: &mut String, corpus: &CorpusFacts) {
    let parts: Vec<String> = [
        (corpus.undated, "undated"),
        (corpus.duplicates, "duplicates"),
        (corpus.skipped, "not readable"),
        (corpus.filtered, "outside the filters"),
    ]
    .into_iter()
    .filter(|(count, _)| *count > 0)
    .map(|(count, what)| format!("{} {what}", format::count(Language::EN, count)))
    .collect();
    if !parts.is_empty() {
        let _ = writeln!(
            out,
            "\n{WARN}left out:{WARN:#} {} (listed in quality/)",
            parts.join(", ")
        );
    }
}

/// What a scan found: files by format and what became of them, documents, dates, languages, duplicates, skips.
#[must_use]
pub fn account(account: &Account) -> String {
    let mut out = String::new();
    let _ = writeln!(
        out,
        "{BOLD}{:<12}{:<12}{:<16}{:>8}{:>12}{:>9}{BOLD:#}",
        "format", "status", "encoding", "files", "documents", "skipped"
    );
    for ((format, status, encoding), count) in &account.files {
        let _ = writeln!(
            out,
            "{format:<12}{status:<12}{encoding:<16}{:>8}{:>12}{:>9}",
            count.files, count.documents, count.skipped
        );
    }
    let found = &account.documents;
    let _ = writeln!(
        out,
        "\n{BOLD}{}{BOLD:#} documents = {} articles + {} undated + {} duplicates + {} outside the filters",
        found.documents, found.articles, found.undated, found.duplicates, found.filtered
    );
    let number = |n| format::count(Language::EN, n);
    let _ = writeln!(
        out,
        "{} articles, {} outlets, {}; {} mentions kept, counted or not",
        number(found.articles),
        number(found.outlets),
        stretch(found.range),
        number(account.mentions),
    );
    let languages: Vec<String> = found
        .languages
        .iter()
        .map(|(language, count)| format!("{language} {count}"))
        .collect();
    if !languages.is_empty() {
        let _ = writeln!(out, "languages: {}", languages.join(", "));
    }
    if !account.skipped.is_empty() {
        let told: Vec<String> = account
            .skipped
            .iter()
            .map(|(reason, count)| format!("{} {count}", reason.as_str()))
            .collect();
        let _ = writeln!(out, "{WARN}left out:{WARN:#} {}", told.join(", "));
    }
    out
}

/// One document: its metadata, its text with every mention marked, the list of mentions, what was cut away.
#[must_use]
pub fn document(
    text: &CleanText,
    mentions: &[Mention],
    input: &Input,
    cut: &[String],
    gazetteer: &Gazetteer,
) -> String {
    let mut out = String::new();
    let document = &text.document;
    let date = document.date.map_or_else(
        || "none".to_owned(),
        |date| format!("{date} ({})", document.date_method.as_str()),
    );
    let status = if input.status == InputStatus::Read {
        ""
    } else {
        input.status.as_str()
    };
    let encoding = format!("{} ({})", input.encoding, input.encoding_method);
    let language = format!("{} ({:.2})", text.language, text.language_confidence);
    let words = text.words.to_string();
    for (name, value) in [
        ("document", document.place().as_str()),
        ("id", document.own_id.as_deref().unwrap_or_default()),
        ("format", input.format.as_str()),
        ("status", status),
        ("encoding", encoding.as_str()),
        ("date", date.as_str()),
        ("remark", document.date_note.as_str()),
        ("source", document.source.as_str()),
        ("language", language.as_str()),
        ("url", document.url.as_str()),
        ("words", words.as_str()),
    ] {
        if !value.is_empty() {
            let _ = writeln!(out, "{DIM}{name:<10}{DIM:#}{value}");
        }
    }
    let _ = writeln!(
        out,
        "\n{BOLD}{}{BOLD:#}\n",
        marked(&document.title, mentions, Field::Title)
    );
    let _ = writeln!(out, "{}", marked(&document.body, mentions, Field::Body));
    listed(&mut out, text, mentions, gazetteer);
    if !cut.is_empty() {
        let _ = writeln!(out, "\n{BOLD}cut away{BOLD:#}");
        for line in cut {
            let _ = writeln!(out, "{DIM}  {line}{DIM:#}");
        }
    }
    out
}

/// The field's text with its mentions in colour; of several over one stretch the first counted one gives the colour.
fn marked(field: &str, mentions: &[Mention], which: Field) -> String {
    let mut here: Vec<&Mention> = mentions.iter().filter(|mention| mention.field == which).collect();
    here.sort_by_key(|mention| (mention.start, !mention.counted, mention.end));
    let mut out = String::with_capacity(field.len() * 2);
    let mut at = 0;
    for mention in here {
        let (start, end) = (mention.start as usize, mention.end as usize);
        if start < at {
            continue;
        }
        let style = if mention.counted { COUNTED } else { REFUSED };
        let _ = write!(out, "{}{style}{}{style:#}", &field[at..start], &field[start..end]);
        at = end;
    }
    out.push_str(&field[at..]);
    out
}

/// Every mention on a line of its own.
fn listed(out: &mut String, text: &CleanText, mentions: &[Mention], gazetteer: &Gazetteer) {
    let _ = writeln!(
        out,
        "{BOLD}{:<7}{:>6}  {:<24}{:<12}{:<9}{:<20}surface{BOLD:#}",
        "field", "byte", "entity", "kind", "counted", "rule"
    );
    for mention in mentions {
        let field = match mention.field {
            Field::Title => &text.document.title,
            Field::Body => &text.document.body,
        };
        let surface = &field[mention.start as usize..mention.end as usize];
        let entity = &gazetteer.entity(mention.entity).id;
        let (style, counted) = if mention.counted {
            (COUNTED, "yes")
        } else {
            (REFUSED, "no")
        };
        let reason = if mention.reason.is_empty() {
            String::new()
        } else {
            format!("  {DIM}{}{DIM:#}", mention.reason)
        };
        let _ = writeln!(
            out,
            "{:<7}{:>6}  {entity:<24}{:<12}{counted:<9}{:<20}{style}{surface}{style:#}{reason}",
            mention.field.as_str(),
            mention.start,
            mention.kind.as_str(),
            mention.rule,
        );
    }
}
