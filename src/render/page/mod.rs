//! The page: one HTML file a language, with everything in it and nothing from the network.
//!
//! In: findings, drawn charts, and at the end the files and settings of the run. Out: the text of `index.html`. The page is data
//! (`page.html`, `figure.html`, `style.css`, `../labels.toml`); this room fills it. Whatever comes from the corpus is escaped.

mod figures;
mod fonts;
mod grid;
mod lists;
mod sections;
mod template;

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use sha2::{Digest, Sha256};

use self::sections::Sections;
use self::template::{escape, fill};
use super::charts::Chart;
use super::folder::ManifestFacts;
use super::labels::Labels;
use super::summary::file_name;
use super::tables::csv::Described;
use crate::model::findings::Findings;
use crate::model::language::Language;

/// The page.
const PAGE: &str = include_str!("page.html");
/// Its looks.
const STYLE: &str = include_str!("style.css");

/// A page that only wants the files and the settings.
pub(super) struct Page {
    /// Its name in the report.
    pub(super) path: String,
    /// Its language.
    language: Language,
    /// The parts that follow from the findings, by their names in the template.
    parts: BTreeMap<&'static str, String>,
}

/// The page in `language`, but for its files and settings. `languages` are those of the report; `tag` stands at its head.
pub(super) fn prepare(
    findings: &Findings,
    charts: &[Chart],
    tag: Option<&str>,
    languages: &[Language],
    language: Language,
) -> Page {
    let place = languages.iter().position(|other| *other == language).unwrap_or(0);
    let labels = Labels::new(language);
    let sections = Sections {
        findings,
        language,
        labels: &labels,
    };
    let parts = BTreeMap::from([
        ("title", sections.title()),
        (
            "tag",
            tag.map_or_else(String::new, |tag| format!("<span class=\"tag\">{}</span>", escape(tag))),
        ),
        ("languages", lists::languages(languages, language, &labels)),
        ("deck", sections.deck()),
        ("facts", sections.facts()),
        ("left_out", sections.left_out()),
        ("brief", sections.brief()),
        ("warning", sections.warning()),
        ("contents", lists::contents(charts, findings, &labels)),
        ("figures", figures::render(charts, &labels, language)),
        ("leading", sections.leading()),
        ("headlines", sections.headlines()),
        ("cautions", sections.cautions()),
    ]);
    Page {
        path: file_name("index", "html", place, language),
        language,
        parts,
    }
}

impl Page {
    /// The whole page. Its style is named by its hash, so that the browser runs no other.
    pub(super) fn complete(mut self, facts: &ManifestFacts, tables: &[Described]) -> String {
        let labels = Labels::new(self.language);
        let list = |folder: &str| lists::files(tables, folder, &labels, self.language);
        let later = [
            ("tables", list("tables/")),
            ("evidence", list("evidence/")),
            ("quality", list("quality/")),
            ("settings", lists::settings(facts, &labels)),
        ];
        self.parts.extend(later);
        let style = fonts::faces(self.parts.values().map(String::as_str)) + STYLE;
        let hash = format!("sha256-{}", BASE64.encode(Sha256::digest(&style)));
        let made_by = labels.get("made_by").replace("{}", env!("CARGO_PKG_VERSION"));
        let own = [
            ("lang", self.language.to_string()),
            (
                "dir",
                if self.language == Language::AR { "rtl" } else { "ltr" }.to_owned(),
            ),
            ("made_by", escape(&made_by)),
            ("style", style),
            ("style_hash", hash),
        ];
        self.parts.extend(own);
        fill(PAGE, &|name| match self.parts.get(name) {
            Some(part) => part.clone(),
            None => label(&labels, name),
        })
    }
}

/// The label that a template asks for as `label.name`.
fn label(labels: &Labels, name: &str) -> String {
    escape(labels.get(name.strip_prefix("label.").unwrap_or(name)))
}
