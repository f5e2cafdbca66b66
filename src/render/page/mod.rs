//! The page: one HTML file a language, with everything in it and nothing from the network.
//!
//! In: findings, drawn charts, and at the end the files and settings of the run. Out: the text of `index.html`. The page is data
//! (`page.html`, `figure.html`, `style.css`, `page.js`, `../labels.toml`); this room fills it. Whatever comes from the corpus is escaped.

mod doubts;
mod figures;
mod fonts;
mod grid;
mod ink;
mod keywords;
mod lists;
mod sections;
mod template;
mod tips;

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use sha2::{Digest, Sha256};

use self::figures::Figures;
use self::ink::Inks;
use self::sections::Sections;
use self::template::{escape, fill};
use super::charts::Chart;
use super::folder::ManifestFacts;
use super::labels::Labels;
use super::summary::file_name;
use super::tables::csv::Described;
use super::workbook::FILE as WORKBOOK;
use crate::model::findings::Findings;
use crate::model::language::Language;
use crate::settings::{Digits, RenderSettings};

/// The page.
const PAGE: &str = include_str!("page.html");
/// Its looks.
const STYLE: &str = include_str!("style.css");
/// What it does where scripts run.
const SCRIPT: &str = include_str!("page.js");

/// A page that only wants the files and the settings.
pub(super) struct Page {
    /// Its name in the report.
    pub(super) path: String,
    /// Its language.
    language: Language,
    /// Its digits, where it is Arabic.
    digits: Digits,
    /// The parts that follow from the findings, by their names in the template.
    parts: BTreeMap<&'static str, String>,
}

/// The page in `language`, but for its files and settings. `languages` are those of the report. Where no charts were wanted it says nothing of them.
pub(super) fn prepare(
    findings: &Findings,
    charts: Option<&[Chart]>,
    settings: &RenderSettings,
    languages: &[Language],
    language: Language,
) -> Page {
    let tag = settings.tag.get(&language);
    let place = languages.iter().position(|other| *other == language).unwrap_or(0);
    let labels = Labels::with_digits(language, settings.digits);
    let sections = Sections {
        findings,
        language,
        labels: &labels,
    };
    let mut inks = Inks::default();
    let drawn = charts.unwrap_or_default();
    let figures = Figures {
        charts: drawn,
        names: figures::names(findings, language),
        labels: &labels,
        language,
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
        ("contents", lists::contents(drawn, findings, &labels)),
        (
            "figures",
            charts.map_or_else(String::new, |_| figures.render(&mut inks)),
        ),
        ("inks", inks.rules()),
        ("words", words(&labels, language)),
        ("leading", sections.leading()),
        ("headlines", sections.headlines()),
        ("keywords", keywords::keywords(findings, language, &labels)),
        ("ambiguous", sections.ambiguous()),
        ("cautions", sections.cautions()),
    ]);
    Page {
        path: file_name("index", "html", place, language),
        language,
        digits: settings.digits,
        parts,
    }
}

impl Page {
    /// The whole page. Its style and its script are named by their hashes, so that the browser takes no other.
    /// `workbook` where the report has one.
    pub(super) fn complete(mut self, facts: &ManifestFacts, tables: &[Described], workbook: bool) -> String {
        let labels = Labels::with_digits(self.language, self.digits);
        let list = |folder: &str, whole| lists::files(tables, folder, whole, &labels, self.language);
        let whole = workbook.then_some(WORKBOOK);
        let later = [
            ("tables", list("tables/", whole)),
            ("evidence", list("evidence/", None)),
            ("quality", list("quality/", None)),
            ("settings", lists::settings(facts, &labels)),
        ];
        self.parts.extend(later);
        let own_words = ["languages", "inks", "words"];
        let written = self.parts.iter().filter(|(name, _)| !own_words.contains(*name));
        let letters = fonts::faces(self.language, written.map(|(_, part)| part.as_str()));
        let style = letters + STYLE + &self.parts.remove("inks").unwrap_or_default();
        let made_by = labels.get("made_by").replace("{}", env!("CARGO_PKG_VERSION"));
        let own = [
            ("lang", self.language.to_string()),
            (
                "dir",
                if self.language == Language::AR { "rtl" } else { "ltr" }.to_owned(),
            ),
            ("made_by", escape(&made_by)),
            ("style_hash", hash(&style)),
            ("style", style),
            ("script_hash", hash(SCRIPT)),
            ("script", SCRIPT.to_owned()),
        ];
        self.parts.extend(own);
        fill(PAGE, &|name| match self.parts.get(name) {
            Some(part) => part.clone(),
            None => label(&labels, name),
        })
    }
}

/// What the policy of the page calls a style or a script.
fn hash(text: &str) -> String {
    format!("sha256-{}", BASE64.encode(Sha256::digest(text)))
}

/// The words of the script, as JSON.
fn words(labels: &Labels, language: Language) -> String {
    let label = |name: &str| labels.get(name);
    let [percent, mark, group, digits] = match language {
        Language::FR => ["{}\u{202f}%", ",", "\u{202f}", ""],
        _ if labels.eastern() => ["{}٪", "٫", "٬", "٠١٢٣٤٥٦٧٨٩"],
        _ => ["{}%", ".", ",", ""],
    };
    let words = serde_json::json!({
        "of": label("tip_of"),
        "to": label("tip_to"),
        "percent": percent,
        "mark": mark,
        "group": group,
        "digits": digits,
        "period": label("tip_period"),
        "source": label("tip_source"),
        "entity": label("tip_entity"),
        "entity_a": label("tip_pair"),
        "iso3": label("tip_country"),
        "language": label("tip_word"),
        "partial": label("tip_partial"),
        "evidence": label("tip_evidence"),
        "highlight": label("tip_highlight"),
    });
    words.to_string().replace('<', "\\u003c")
}

/// The label that a template asks for as `label.name`.
fn label(labels: &Labels, name: &str) -> String {
    escape(labels.get(name.strip_prefix("label.").unwrap_or(name)))
}
