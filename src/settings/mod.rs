//! What was meant: every setting with its value, one section for each stage.

pub mod layer;
pub mod overrides;

use std::collections::BTreeMap;
use std::path::PathBuf;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::model::language::Language;
use crate::model::mention::Kind;
use crate::model::period::Calendar;

/// All settings of a run. A stage is handed its own section only.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settings {
    /// For `corpus`.
    pub corpus: CorpusSettings,
    /// For `gazetteer`.
    pub gazetteer: GazetteerSettings,
    /// For `ledger`.
    pub ledger: LedgerSettings,
    /// For `analyse`.
    pub analyse: AnalyseSettings,
    /// For `render`.
    pub render: RenderSettings,
    /// What the corpus is called: the name of its first root.
    pub corpus_name: String,
    /// Worker threads; at least 1.
    pub threads: usize,
    /// How many skips are forgiven before the exit code is 3; `None` forgives all.
    pub max_skipped: Option<u64>,
}

/// What is read and how.
#[derive(Clone, Debug, PartialEq)]
pub struct CorpusSettings {
    /// Files and folders to read; `-` is standard input.
    pub roots: Vec<PathBuf>,
    /// Globs of paths, relative to a root, that are no documents.
    pub exclude: Vec<String>,
    /// The settings file and watchlists in use: never documents.
    pub not_documents: Vec<PathBuf>,
    /// Column and field names of this corpus, mapped to ours (`title`, `text`, `date`, `source`, `language`, `url`, `id`).
    pub fields: BTreeMap<String, String>,
    /// The zone that decides the day of a timestamp with an offset.
    pub time_zone: chrono_tz::Tz,
}

impl Default for CorpusSettings {
    fn default() -> Self {
        Self {
            roots: Vec::new(),
            exclude: Vec::new(),
            not_documents: Vec::new(),
            fields: BTreeMap::new(),
            time_zone: chrono_tz::UTC,
        }
    }
}

/// Whom we look for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GazetteerSettings {
    /// Built-in names (`world`, `sahel`) or paths of TOML files; empty is `world`.
    pub watchlists: Vec<String>,
    /// Only these entities are reported: ids, ISO codes or names; empty is all of the watchlists.
    pub entities: Vec<String>,
}

/// Where the ledger lies.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LedgerSettings {
    /// Its folder.
    pub dir: PathBuf,
    /// Hash every file again, whatever its size and time say.
    pub rehash: bool,
}

/// The smallest similarity that can be asked for: below it, too many near copies would be missed.
pub const LEAST_SIMILARITY: f64 = 0.6;

/// Which documents and mentions become figures, and how time is cut.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AnalyseSettings {
    /// Periods and weeks.
    pub calendar: Calendar,
    /// First day, inclusive.
    pub from: Option<NaiveDate>,
    /// Last day, inclusive.
    pub to: Option<NaiveDate>,
    /// Only documents of these languages; empty is all.
    pub languages: Vec<Language>,
    /// Only documents of these outlets; empty is all.
    pub sources: Vec<String>,
    /// The kinds of mention that count.
    pub count: Vec<Kind>,
    /// Complete periods of the baseline of `change`.
    pub baseline: usize,
    /// What shares are made of.
    pub unit: Unit,
    /// The Jaccard similarity from which two texts are one story, [`LEAST_SIMILARITY`] to 1; with 1 only equal texts are.
    pub similarity: f64,
}

impl Default for AnalyseSettings {
    fn default() -> Self {
        Self {
            calendar: Calendar::default(),
            from: None,
            to: None,
            languages: Vec::new(),
            sources: Vec::new(),
            count: vec![
                Kind::Name,
                Kind::Adjective,
                Kind::Demonym,
                Kind::Institution,
                Kind::Leader,
            ],
            baseline: 8,
            unit: Unit::Article,
            similarity: 0.8,
        }
    }
}

/// What shares are made of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// Articles.
    #[default]
    Article,
    /// Stories: reprints and near copies count once.
    Story,
}

/// How the report is written.
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own, as typed")]
#[derive(Clone, Debug, PartialEq)]
pub struct RenderSettings {
    /// The folder that reports are written into.
    pub out: Option<PathBuf>,
    /// Languages of charts and page, the first one being the main one.
    pub ui: Vec<Language>,
    /// How CSV tables are written.
    pub csv: CsvDialect,
    /// Whether the tables are written as a workbook too.
    pub xlsx: bool,
    /// A tag on every chart, such as `Synthetic data`; one for all languages or one a language.
    pub tag: BTreeMap<Language, String>,
    /// The corpus's name in titles and footers; empty takes the folder's.
    pub title: String,
    /// Whether charts are drawn.
    pub charts: bool,
    /// What charts are drawn for. The slide, which the page shows, is drawn whatever stands here.
    pub canvas: Vec<Surface>,
    /// Whether lines have dashes and markers too, so that they can be told apart in grey.
    pub print: bool,
    /// Whether time runs from the right in Arabic charts.
    pub rtl_time: bool,
    /// The digits of Arabic charts, pages and summaries.
    pub digits: Digits,
    /// Whether pictures keep every colour.
    pub lossless: bool,
}

impl Default for RenderSettings {
    fn default() -> Self {
        Self {
            out: None,
            ui: vec![Language::EN, Language::FR, Language::AR],
            csv: CsvDialect::Plain,
            xlsx: false,
            tag: BTreeMap::new(),
            title: String::new(),
            charts: true,
            canvas: vec![Surface::Slide],
            print: false,
            rtl_time: false,
            digits: Digits::Latin,
            lossless: false,
        }
    }
}

/// What a chart is drawn for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Surface {
    /// A slide, and the page: 16 to 9.
    #[default]
    Slide,
    /// A telephone: as wide as high.
    Square,
    /// Paper: 170 × 110 mm.
    Print,
}

/// Which digits Arabic charts, pages and summaries are written with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Digits {
    /// 0123456789.
    #[default]
    Latin,
    /// ٠١٢٣٤٥٦٧٨٩.
    Arab,
}

/// How CSV tables are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CsvDialect {
    /// RFC 4180: comma, UTF-8 without mark.
    #[default]
    Plain,
    /// The same with a byte-order mark, which Excel needs.
    Excel,
    /// Byte-order mark, semicolon, decimal comma.
    Fr,
}
