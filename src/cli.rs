//! The command line: what can be typed, and nothing of what it does.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::builder::styling::{AnsiColor, Styles};
use clap::{Args, Parser, Subcommand};

use crate::model::language::Language;
use crate::settings::overrides::Overrides;

/// Colours of the help text.
const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Cyan.on_default().bold())
    .usage(AnsiColor::Cyan.on_default().bold())
    .literal(AnsiColor::Green.on_default())
    .placeholder(AnsiColor::Yellow.on_default());

/// Shown under the options of the program.
const AFTER_HELP: &str = "\
Examples:
  marsad report articles                         this week's report, in reports/<week>/
  marsad report articles -w sahel --by month     the Sahel watchlist, month by month
  marsad scan articles                           only read: what is readable, dated, a duplicate
  marsad show 'articles/2024/a.html#0'           one document as marsad sees it
  marsad explain reports/2025-W47 NER 2025-W47   why this number: each mention with its sentence and rule

Exit codes: 0 done · 1 no report · 2 wrong usage or settings · 3 done, but too much was left out (--strict, --max-skipped)";

/// Count who a news corpus mentions, week by week, and write a report that leads back to every sentence
#[derive(Debug, Parser)]
#[command(name = "marsad", version, styles = STYLES, after_help = AFTER_HELP, max_term_width = 100)]
#[command(
    arg_required_else_help = true,
    propagate_version = false,
    disable_help_subcommand = true
)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,

    /// Say less on stderr: only errors
    #[arg(short, long, global = true, help_heading = "Output")]
    pub quiet: bool,

    /// Say more on stderr: every document left out
    #[arg(short, long, global = true, conflicts_with = "quiet", help_heading = "Output")]
    pub verbose: bool,

    /// When to use colours
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        help_heading = "Output"
    )]
    pub color: Colour,
}

/// What is drawn, or read back.
#[derive(Debug, Args)]
pub struct Audit {
    /// The report's folder
    #[arg(required_unless_present = "read")]
    pub report: Option<PathBuf>,
    /// Read the judgements of this CSV instead: 1 or yes, 0 or no, in the column `right`
    #[arg(long, value_name = "FILE", conflicts_with = "report")]
    pub read: Option<PathBuf>,
    /// So many mentions of each stratum
    #[arg(long, value_name = "N", default_value_t = 100)]
    pub size: usize,
    /// What the sample is divided by
    #[arg(long, value_enum, default_value_t = By::All)]
    pub by: By,
    /// Another seed draws other mentions
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// Draw from what was refused: was it rightly refused?
    #[arg(long)]
    pub refused: bool,
}

/// What a sample is divided by.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub enum By {
    /// Nothing
    All,
    /// The entity
    Entity,
    /// The language
    Language,
    /// The kind of mention
    Kind,
    /// The rule that decided
    Rule,
}

/// What a concordance shows.
#[derive(Debug, Args)]
pub struct Kwic {
    /// The entity: its id, its ISO code or its name
    #[arg(value_name = "ENTITY")]
    pub whom: String,
    /// The corpus whose ledger is read [default: that of the settings file]
    pub corpus: Vec<PathBuf>,
    /// Only this period, as the tables call it: 2025-W47, 2025-11, 2025-11-24
    #[arg(long, visible_alias = "period", value_name = "PERIOD")]
    pub week: Option<String>,
    /// First day, inclusive
    #[arg(long, value_name = "DATE")]
    pub from: Option<NaiveDate>,
    /// Last day, inclusive
    #[arg(long, value_name = "DATE")]
    pub to: Option<NaiveDate>,
    /// Only documents of these languages
    #[arg(long, value_delimiter = ',')]
    pub language: Vec<Language>,
    /// Only documents of these outlets
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub source: Vec<String>,
    /// So many lines at most
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// What was refused too
    #[arg(long)]
    pub all: bool,
    /// Watchlists that add to the built-in names
    #[arg(short, long, value_name = "NAME|FILE", value_delimiter = ',')]
    pub watchlist: Vec<String>,
    /// The ledger's folder [default: reports/.ledger/CORPUS]
    #[arg(long, value_name = "DIR")]
    pub ledger: Option<PathBuf>,
    /// Settings file [default: ./marsad.toml, else marsad.toml in the first corpus folder]
    #[arg(short, long, value_name = "FILE")]
    pub config: Option<PathBuf>,
}

impl Kwic {
    /// What of it is settings.
    #[must_use]
    pub fn overrides(&self) -> Overrides {
        let some = |list: &[String]| (!list.is_empty()).then(|| list.to_vec());
        Overrides {
            corpus: (!self.corpus.is_empty()).then(|| self.corpus.clone()),
            watchlist: some(&self.watchlist),
            from: self.from,
            to: self.to,
            language: (!self.language.is_empty()).then(|| self.language.clone()),
            source: some(&self.source),
            ledger: self.ledger.clone(),
            ..Overrides::default()
        }
    }
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read what is new, then write a report folder
    Report(Run),
    /// Read what is new, and tell what is readable, dated, a duplicate
    Scan(Run),
    /// One document as marsad sees it: its metadata, its text, every mention marked, what was cut away
    Show(Show),
    /// The concordance of an entity: each mention between what stands before and after it
    Kwic(Kwic),
    /// Every mention behind one number, counted or refused, with the rule that decided
    Explain {
        /// The report's folder
        report: PathBuf,
        /// The entity: its id, its ISO code or its name
        entity: String,
        /// The period, as the tables call it: 2025-W47, 2025-11
        period: String,
    },
    /// Which figures moved from one report to another, and why
    Diff {
        /// The older report's folder
        old: PathBuf,
        /// The newer report's folder
        new: PathBuf,
    },
    /// Whether a report is still as it was written
    Verify {
        /// The report's folder
        report: PathBuf,
    },
    /// Look over watchlists: names that others have too, names that masks hide, missing languages, overlapping offices, age
    Check {
        /// Watchlists [default: those of the settings file]
        watchlist: Vec<String>,
        /// The last day of the corpus, to be compared with the day that a watchlist was checked
        #[arg(long, value_name = "DATE")]
        newest: Option<NaiveDate>,
        /// Settings file [default: ./marsad.toml]
        #[arg(short, long, value_name = "FILE")]
        config: Option<PathBuf>,
    },
    /// Measure a report's precision: draw mentions to be judged, and read the judgements back
    Audit(Audit),
    /// Look up who marsad knows, by id, code or name; every surface form of one
    Entities {
        /// An id, an ISO code, a name or a part of one; without it, everybody
        query: Option<String>,
        /// Watchlists that add to the built-in names
        #[arg(short, long, value_name = "NAME|FILE", value_delimiter = ',')]
        watchlist: Vec<String>,
    },
    /// Write a starter marsad.toml and watchlist.toml
    Init {
        /// The folder to write them into
        #[arg(default_value = ".")]
        dir: PathBuf,
    },
    /// Print a completion script for a shell
    Completions {
        /// Which shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    Man,
}

/// A run over a corpus.
#[derive(Debug, clap::Args)]
pub struct Run {
    /// Settings file [default: ./marsad.toml, else marsad.toml in the first corpus folder]
    #[arg(short, long, value_name = "FILE", help_heading = "Running")]
    pub config: Option<PathBuf>,

    /// Everything else that can be set.
    #[command(flatten)]
    pub overrides: Overrides,
}

/// One document.
#[derive(Debug, clap::Args)]
pub struct Show {
    /// A file, or one of its records as FILE#RECORD (counted from 0)
    #[arg(value_name = "DOCUMENT")]
    pub document: String,

    /// Settings file [default: ./marsad.toml]
    #[arg(short, long, value_name = "FILE")]
    pub config: Option<PathBuf>,

    /// Whom to mark: a built-in list (world, sahel) or a TOML file
    #[arg(short, long, value_name = "NAME|FILE", value_delimiter = ',')]
    pub watchlist: Option<Vec<String>>,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Colour {
    /// On a terminal, unless `NO_COLOR` is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}
