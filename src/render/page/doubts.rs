//! The page's section on ambiguous forms: those most in doubt, how often they were counted, refused and left open, with sentences.
//!
//! It draws the first rows by refusals and open cases, what longer expressions hide last; all rows are in `quality/ambiguous.csv`.

use std::cmp::Reverse;

use super::sections::Sections;
use super::template::escape;
use crate::model::findings::AmbiguousRow;
use crate::render::format;
use crate::render::text::one_line;

/// How many forms are shown.
const FORMS: usize = 12;

impl Sections<'_> {
    /// Forms that may mean something else; nothing where none was refused or left open.
    pub(super) fn ambiguous(&self) -> String {
        let mut rows: Vec<&AmbiguousRow> = self
            .findings
            .quality
            .ambiguous
            .iter()
            .filter(|row| is_in_doubt(row))
            .collect();
        if rows.is_empty() {
            return String::new();
        }
        rows.sort_by_key(|row| (row.rule.starts_with("mask"), Reverse(doubt(row))));
        let forms: String = rows.into_iter().take(FORMS).map(|row| self.form(row)).collect();
        format!(
            "<section class=\"doubts\" id=\"ambiguous\">\n<h2>{}</h2>\n<p class=\"note\">{}<code>quality/ambiguous.csv</code></p>\n{forms}</section>",
            escape(self.labels.get("ambiguous")),
            escape(self.labels.get("ambiguous_note")),
        )
    }

    /// One form: its numbers, and behind them its sentences.
    fn form(&self, row: &AmbiguousRow) -> String {
        let groups = [
            ("counted", row.counted, &row.examples_counted),
            ("refused", row.refused, &row.examples_refused),
            ("undecided", row.undecided, &row.examples_undecided),
        ];
        let numbers: Vec<String> = groups
            .iter()
            .map(|(label, count, _)| {
                let label = escape(self.labels.get(label));
                format!(
                    "{label}\u{a0}{}",
                    self.labels.set(&format::count(self.language, *count))
                )
            })
            .collect();
        let told = groups.iter().filter(|(.., examples)| !examples.is_empty());
        let sentences: Vec<String> = told
            .map(|(label, _, examples)| self.sentences(label, examples, row))
            .collect();
        let sentences = sentences.concat();
        format!(
            "<details><summary><bdi lang=\"{}\">{}</bdi> → <bdi>{}</bdi>: {} <code>{}</code></summary>\n{sentences}</details>\n",
            row.language,
            escape(&one_line(&row.surface)),
            escape(&self.name(&row.entity)),
            numbers.join(" · "),
            escape(&row.rule),
        )
    }

    /// The sentences of one decision, under its name.
    fn sentences(&self, label: &str, examples: &[String], row: &AmbiguousRow) -> String {
        let item = |text: &String| {
            let text = escape(&one_line(text));
            format!("<li dir=\"auto\" lang=\"{}\">{text}</li>\n", row.language)
        };
        let items: Vec<String> = examples.iter().map(item).collect();
        format!(
            "<p>{}</p>\n<ul>\n{}</ul>\n",
            escape(self.labels.get(label)),
            items.concat()
        )
    }

    /// How the page calls an entity; its id where it has no figures.
    fn name(&self, id: &str) -> String {
        let known = self.findings.entities.iter().find(|entity| entity.id == id);
        known
            .map_or(id, |entity| entity.names.in_language(self.language))
            .to_owned()
    }
}

/// Whether a form was ever not counted, so that the section has it.
pub(super) fn is_in_doubt(row: &AmbiguousRow) -> bool {
    doubt(row) > 0
}

/// How often a form was not counted.
fn doubt(row: &AmbiguousRow) -> u64 {
    row.refused + row.undecided
}
