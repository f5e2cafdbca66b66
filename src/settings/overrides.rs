//! What was typed: every option once, as a flag and as a key of `marsad.toml`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use chrono::{NaiveDate, Weekday};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde::de::value::{Error as WordError, StrDeserializer};

use super::{CsvDialect, Digits, Surface, Unit};
use crate::model::language::Language;
use crate::model::mention::Kind;
use crate::model::period::Granularity;

/// Every option, unset where nothing was typed. One struct is flag and key at once, so the two cannot drift apart.
#[derive(Clone, Debug, Default, PartialEq, clap::Args, Deserialize)]
#[serde(default, rename_all = "kebab-case", deny_unknown_fields)]
pub struct Overrides {
    /// Files and folders to read; - is standard input (JSONL)
    #[arg(value_name = "CORPUS")]
    pub corpus: Option<Vec<PathBuf>>,

    /// Whom to report: a built-in list (world, sahel) or a TOML file; may be given several times [default: world]
    #[arg(short, long, value_name = "NAME|FILE", value_delimiter = ',', help_heading = "Whom")]
    pub watchlist: Option<Vec<String>>,

    /// Report only these: ids, ISO codes or names, in any language
    #[arg(
        short,
        long,
        value_name = "ID|ISO|NAME",
        value_delimiter = ',',
        help_heading = "Whom"
    )]
    pub entity: Option<Vec<String>>,

    /// What counts as a mention [default: name,adjective,demonym,institution,leader]
    #[arg(long, value_name = "KINDS", value_delimiter = ',', value_parser = words::<Kind>(&["name", "adjective", "demonym", "institution", "leader", "capital", "region"]), help_heading = "Whom")]
    pub count: Option<Vec<Kind>>,

    /// First day, inclusive
    #[arg(long, value_name = "DATE", help_heading = "When")]
    pub from: Option<NaiveDate>,

    /// Last day, inclusive
    #[arg(long, value_name = "DATE", help_heading = "When")]
    pub to: Option<NaiveDate>,

    /// How time is cut [default: week]
    #[arg(long, value_name = "PERIOD", value_parser = words::<Granularity>(&["day", "week", "month", "quarter", "year"]), help_heading = "When")]
    pub by: Option<Granularity>,

    /// The first day of a week [default: mon]
    #[arg(long, value_name = "DAY", value_parser = words::<Weekday>(&["mon", "sun", "sat"]), help_heading = "When")]
    pub week_start: Option<Weekday>,

    /// The time zone that decides the day of a timestamp with an offset [default: UTC]
    #[arg(long, value_name = "AREA", value_parser = word::<Zone>, help_heading = "When")]
    pub tz: Option<Zone>,

    /// Complete periods that the last one is compared with [default: 8]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..), help_heading = "When")]
    pub baseline: Option<u16>,

    /// Only documents of these languages
    #[arg(
        long,
        value_name = "LANGUAGE",
        value_delimiter = ',',
        help_heading = "Which documents"
    )]
    pub language: Option<Vec<Language>>,

    /// Only documents of these outlets
    #[arg(long, value_name = "NAME", value_delimiter = ',', help_heading = "Which documents")]
    pub source: Option<Vec<String>>,

    /// Paths that are no documents, as globs relative to the corpus
    #[arg(long, value_name = "GLOB", value_delimiter = ',', help_heading = "Which documents")]
    pub exclude: Option<Vec<String>>,

    /// What shares are made of [default: article]
    #[arg(long, value_name = "UNIT", value_parser = words::<Unit>(&["article", "story"]), help_heading = "Which documents")]
    pub unit: Option<Unit>,

    /// How alike two texts are that make one story: the Jaccard similarity of their word shingles, 0.6 to 1 [default: 0.8]
    #[arg(long, value_name = "X", help_heading = "Which documents")]
    pub similarity: Option<f64>,

    /// Write the report to this folder [default: reports/PERIOD, the last complete one]
    #[arg(short, long, value_name = "DIR", help_heading = "Report")]
    pub out: Option<PathBuf>,

    /// Languages of charts and pages, the main one first [default: en,fr,ar]
    #[arg(long, value_name = "en|fr|ar", value_delimiter = ',', value_parser = words::<Language>(&["en", "fr", "ar"]), help_heading = "Report")]
    pub ui: Option<Vec<Language>>,

    /// How CSV tables are written: RFC 4180, for Excel, or for French Excel [default: plain]
    #[arg(long, value_name = "DIALECT", value_parser = words::<CsvDialect>(&["plain", "excel", "fr"]), help_heading = "Report")]
    pub csv: Option<CsvDialect>,

    /// Write the tables as a spreadsheet too: `report.xlsx`, in the main language
    #[arg(long, num_args = 0, default_missing_value = "true", help_heading = "Report")]
    pub xlsx: Option<bool>,

    /// What the corpus is called in titles and footers [default: the folder's name]
    #[arg(long, value_name = "TEXT", help_heading = "Report")]
    pub title: Option<String>,

    /// Draw no charts: tables, evidence and pages only
    #[arg(
        long = "no-charts",
        num_args = 0,
        default_missing_value = "false",
        help_heading = "Charts"
    )]
    pub charts: Option<bool>,

    /// What charts are drawn for: a slide (always, since the page shows it), a square, a printed page [default: slide]
    #[arg(long, value_name = "CANVAS", value_delimiter = ',', value_parser = words::<Surface>(&["slide", "square", "print"]), help_heading = "Charts")]
    pub canvas: Option<Vec<Surface>>,

    /// Give lines dashes and markers, so that they can be told apart without colours
    #[arg(long, num_args = 0, default_missing_value = "true", help_heading = "Charts")]
    pub print: Option<bool>,

    /// Let time run from right to left in Arabic charts
    #[arg(long, num_args = 0, default_missing_value = "true", help_heading = "Charts")]
    pub rtl_time: Option<bool>,

    /// The digits of Arabic charts, pages and summaries [default: latin]
    #[arg(long, value_name = "DIGITS", value_parser = words::<Digits>(&["latin", "arab"]), help_heading = "Charts")]
    pub digits: Option<Digits>,

    /// Keep every colour of the pictures: larger files
    #[arg(long, num_args = 0, default_missing_value = "true", help_heading = "Charts")]
    pub lossless: Option<bool>,

    /// Keep the ledger in this folder [default: .ledger/CORPUS beside the report]
    #[arg(long, value_name = "DIR", help_heading = "Running")]
    pub ledger: Option<PathBuf>,

    /// Look into every file again, whatever its size and time say
    #[arg(long, num_args = 0, default_missing_value = "true", help_heading = "Running")]
    pub rehash: Option<bool>,

    /// Worker threads [default: one for each core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..), help_heading = "Running")]
    pub threads: Option<u16>,

    /// Exit with 3 when more than N documents were left out
    #[arg(long, value_name = "N", help_heading = "Running")]
    pub max_skipped: Option<u64>,

    /// Exit with 3 when anything was left out
    #[arg(
        long,
        num_args = 0,
        default_missing_value = "true",
        conflicts_with = "max_skipped",
        help_heading = "Running"
    )]
    pub strict: Option<bool>,

    /// Names of this corpus's own columns and fields, mapped to ours. Only in `marsad.toml`.
    #[arg(skip)]
    pub fields: Option<BTreeMap<String, String>>,

    /// A tag on every chart, such as `Synthetic data`, by language. Only in `marsad.toml`.
    #[arg(skip)]
    pub tag: Option<BTreeMap<Language, String>>,
}

/// A time zone by its IANA name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Zone(pub chrono_tz::Tz);

impl TryFrom<String> for Zone {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        name.parse()
            .map(Self)
            .map_err(|_| format!("`{name}` is no time zone (expected one like `Africa/Tunis`, `UTC`)"))
    }
}

impl Overrides {
    /// These options, with `below` where nothing was typed here. A list replaces the list below it.
    #[must_use]
    pub fn over(self, below: Self) -> Self {
        macro_rules! layer {
            ($($field:ident),+ $(,)?) => { Self { $($field: self.$field.or(below.$field)),+ } };
        }
        layer!(
            corpus,
            watchlist,
            entity,
            count,
            from,
            to,
            by,
            week_start,
            tz,
            baseline,
            language,
            source,
            exclude,
            unit,
            similarity,
            out,
            ui,
            csv,
            xlsx,
            title,
            charts,
            canvas,
            print,
            rtl_time,
            digits,
            lossless,
            ledger,
            rehash,
            threads,
            max_skipped,
            strict,
            fields,
            tag,
        )
    }
}

/// Reads one word as its serde name, so that flag and file accept the same words.
fn word<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    T::deserialize(StrDeserializer::<WordError>::new(text)).map_err(|error| error.to_string())
}

/// The same for a closed list of words, which help and completions show.
fn words<T>(known: &'static [&'static str]) -> impl TypedValueParser<Value = T>
where
    T: DeserializeOwned + Clone + Send + Sync + 'static,
{
    PossibleValuesParser::new(known).try_map(|text| word::<T>(&text))
}
