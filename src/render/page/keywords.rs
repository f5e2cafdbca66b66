//! The section of the words that mark the featured entities and the last complete period.
//!
//! In: the keywords of the findings. Out: a list a scope, the ten words of the greatest G² in each language. No figure is computed here.

use super::template::escape;
use crate::model::findings::{Findings, KeywordRow, KeywordScope};
use crate::model::language::Language;
use crate::render::labels::Labels;
use crate::render::summary;

/// How many words of each language are shown; the others are in the table.
const WORDS: usize = 10;

/// Whether there is anything to show.
pub(super) fn has_keywords(findings: &Findings) -> bool {
    findings.keywords.iter().any(|row| is_shown(findings, row))
}

/// The section; empty where there is nothing to show.
pub(super) fn keywords(findings: &Findings, language: Language, labels: &Labels) -> String {
    let rows: Vec<&KeywordRow> = findings.keywords.iter().filter(|row| is_shown(findings, row)).collect();
    if rows.is_empty() {
        return String::new();
    }
    let scopes: Vec<String> = rows
        .chunk_by(|a, b| a.scope == b.scope)
        .map(|of_scope| {
            let name = match of_scope[0].scope {
                KeywordScope::Entity(place) => findings.entities[place].names.in_language(language),
                KeywordScope::Period(place) => &findings.periods[place].period.label,
            };
            let lists: Vec<String> = of_scope
                .chunk_by(|a, b| a.language == b.language)
                .map(|rows| words(rows, language))
                .collect();
            format!(
                "<div>\n<h3><bdi>{}</bdi></h3>\n<ul>{}</ul>\n</div>",
                escape(name),
                lists.concat()
            )
        })
        .collect();
    format!(
        "<section id=\"keywords\">\n<h2>{}</h2>\n<p class=\"note\">{}</p>\n<div class=\"reading\">{}</div>\n</section>",
        escape(labels.get("keywords")),
        escape(labels.get("keywords_note")),
        scopes.concat(),
    )
}

/// Whether a row is of a featured entity or of the period.
fn is_shown(findings: &Findings, row: &KeywordRow) -> bool {
    match row.scope {
        KeywordScope::Entity(place) => findings.featured.contains(&place),
        KeywordScope::Period(_) => true,
    }
}

/// The leading words of one language.
fn words(rows: &[&KeywordRow], page: Language) -> String {
    let language = rows[0].language;
    let words: Vec<String> = rows
        .iter()
        .take(WORDS)
        .map(|row| format!("<bdi>{}</bdi>", escape(&row.term)))
        .collect();
    format!(
        "<li><span lang=\"{language}\">{}</span><cite>{}</cite></li>",
        words.join(" · "),
        escape(&summary::language_name(page, language))
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::fixtures;

    #[test]
    fn featured_entities_and_the_period_have_their_words() {
        let findings = fixtures::findings();
        let html = keywords(&findings, Language::FR, &Labels::new(Language::FR));
        assert!(html.contains("<h3><bdi>Niger</bdi></h3>"), "{html}");
        assert!(
            html.contains("<span lang=\"en\"><bdi>uranium</bdi> · <bdi>&lt;b&gt;</bdi></span><cite>anglais</cite>"),
            "{html}"
        );
        assert!(html.contains("<h3><bdi>2024-W01</bdi></h3>"), "{html}");
        assert!(has_keywords(&findings));
        let none = Findings {
            keywords: Vec::new(),
            ..findings
        };
        assert!(!has_keywords(&none));
        assert_eq!(keywords(&none, Language::FR, &Labels::new(Language::FR)), "");
    }
}
