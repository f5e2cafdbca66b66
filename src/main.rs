//! The command line program: parse, run, tell, exit code.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Context;
use chrono::NaiveDate;
use clap::{CommandFactory, Parser};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use marsad::cli::{Audit, By, Cli, Colour, Command, Kwic, Run, Show};
use marsad::error::Error;
use marsad::gazetteer::starter_watchlist;
use marsad::model::skip::Skip;
use marsad::render::back::Report;
use marsad::render::back::audit::Stratum;
use marsad::render::kwic::{Concordance, TSV_HEAD};
use marsad::render::terminal;
use marsad::run;
use marsad::run::progress::Progress;
use marsad::settings::Settings;
use marsad::settings::layer::{FILE_NAME, settings, starter_settings};
use marsad::settings::overrides::Overrides;

/// Skips told one by one on stderr before the rest is only counted; `-v` tells all.
const SKIPS_TOLD: u64 = 10;

fn main() -> ExitCode {
    let cli = Cli::parse();
    match cli.color {
        Colour::Auto => anstream::ColorChoice::Auto,
        Colour::Always => anstream::ColorChoice::Always,
        Colour::Never => anstream::ColorChoice::Never,
    }
    .write_global();
    match run(cli) {
        Ok(code) => code,
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            let style = anstyle::AnsiColor::Red.on_default().bold();
            let _ = writeln!(anstream::stderr(), "{style}error:{style:#} {error:#}");
            ExitCode::from(if matches!(error.downcast_ref(), Some(Error::Settings(_))) {
                2
            } else {
                1
            })
        }
    }
}

/// Does what was asked.
fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    let mut out = anstream::stdout();
    match cli.command {
        Command::Report(what) => {
            let settings = meant(what)?;
            let mut teller = Teller::new(cli.quiet, cli.verbose);
            let outcome = run::report(&settings, &mut teller);
            teller.finish();
            let outcome = outcome?;
            write!(out, "{}", outcome.summary)?;
            Ok(verdict(&settings, outcome.skipped))
        }
        Command::Scan(what) => {
            let settings = meant(what)?;
            let mut teller = Teller::new(cli.quiet, cli.verbose);
            let account = run::scan(&settings, &mut teller);
            teller.finish();
            let account = account?;
            write!(out, "{}", terminal::account(&account))?;
            Ok(verdict(&settings, account.left_out()))
        }
        Command::Show(what) => {
            show(&what, &mut out)?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Kwic(what) => {
            kwic(&what, &mut out)?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Explain { report, entity, period } => {
            write!(out, "{}", run::explain(&report, &entity, &period)?.shown())?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Diff { old, new } => {
            write!(out, "{}", Report::open(&old)?.diff(&Report::open(&new)?)?.shown())?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Verify { report } => {
            let found = Report::open(&report)?.verify()?;
            write!(out, "{}", found.shown())?;
            Ok(ExitCode::from(u8::from(!found.differences.is_empty())))
        }
        Command::Check {
            watchlist,
            newest,
            config,
        } => check(watchlist, newest, config.as_deref(), &mut out),
        Command::Audit(what) => {
            audit(&what, &mut out)?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Entities { query, watchlist } => {
            write!(out, "{}", run::entities(&watchlist, query.as_deref())?)?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Man => {
            clap_mangen::Man::new(Cli::command()).render(&mut std::io::stdout())?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Init { dir } => {
            init(&dir, &mut out)?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "marsad", &mut script);
            std::io::stdout().write_all(&script)?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// The settings of a run.
fn meant(what: Run) -> Result<Settings, Error> {
    settings(what.overrides, what.config.as_deref())
}

/// 3 where more was left out than is forgiven.
fn verdict(settings: &Settings, left_out: u64) -> ExitCode {
    ExitCode::from(if settings.max_skipped.is_some_and(|most| left_out > most) {
        3
    } else {
        0
    })
}

/// Prints what there is to know of watchlists; 1 where there is anything.
fn check(
    mut watchlist: Vec<String>,
    newest: Option<NaiveDate>,
    config: Option<&Path>,
    out: &mut impl Write,
) -> anyhow::Result<ExitCode> {
    if watchlist.is_empty() {
        watchlist = settings(Overrides::default(), config)?.gazetteer.watchlists;
    }
    let found = marsad::gazetteer::check(&watchlist, newest)?;
    for finding in &found {
        let line = if finding.line > 0 {
            format!(":{}", finding.line)
        } else {
            String::new()
        };
        writeln!(out, "{}{line}: {}", finding.file, finding.message)?;
    }
    if found.is_empty() {
        writeln!(out, "{}: nothing to look at", watchlist.join(", "))?;
    }
    Ok(ExitCode::from(u8::from(!found.is_empty())))
}

/// Prints a sample to be judged, or what the judgements say.
fn audit(what: &Audit, out: &mut impl Write) -> anyhow::Result<()> {
    if let Some(path) = &what.read {
        write!(out, "{}", run::precision(path)?)?;
        return Ok(());
    }
    let by = match what.by {
        By::All => Stratum::All,
        By::Entity => Stratum::Entity,
        By::Language => Stratum::Language,
        By::Kind => Stratum::Kind,
        By::Rule => Stratum::Rule,
    };
    let report = Report::open(what.report.as_deref().unwrap_or(Path::new(".")))?;
    out.write_all(&report.sample(by, what.size, what.seed, what.refused)?)?;
    Ok(())
}

/// Prints a concordance: aligned on a terminal, TSV where another program reads it.
fn kwic(what: &Kwic, out: &mut impl Write) -> anyhow::Result<()> {
    let settings = settings(what.overrides(), what.config.as_deref())?;
    let kinds = settings.analyse.count.clone();
    let terminal = std::io::stdout().is_terminal();
    let mut concordance = Concordance::default();
    let mut written = Ok(());
    let mut left = what.limit.unwrap_or(usize::MAX);
    if !terminal {
        writeln!(out, "{TSV_HEAD}")?;
    }
    run::kwic(&settings, &what.whom, what.week.as_deref(), &mut |row| {
        if !(what.all || row.counted && kinds.contains(&row.kind)) {
            return true;
        }
        let line = if terminal {
            concordance.line(row)
        } else {
            concordance.tsv(row)
        };
        written = write!(out, "{line}");
        left -= 1;
        left > 0 && written.is_ok()
    })?;
    Ok(written?)
}

/// Prints one document.
fn show(what: &Show, out: &mut impl Write) -> anyhow::Result<()> {
    let whole = PathBuf::from(&what.document);
    let (path, record) = match what.document.rsplit_once('#') {
        Some((path, number)) if !whole.exists() => {
            let number = number
                .parse()
                .map_err(|_| Error::Settings(format!("`{number}` is no record number")))?;
            (PathBuf::from(path), number)
        }
        _ => (whole, 0),
    };
    let typed = Overrides {
        corpus: Some(vec![path.clone()]),
        watchlist: what.watchlist.clone(),
        ..Overrides::default()
    };
    let settings = settings(typed, what.config.as_deref())?;
    let (shown, gazetteer) = run::show(&settings, &path, record)?;
    write!(
        out,
        "{}",
        terminal::document(&shown.text, &shown.mentions, &shown.input, &shown.cut, &gazetteer)
    )?;
    Ok(())
}

/// Writes the starter files, never over existing ones.
fn init(dir: &Path, out: &mut impl Write) -> anyhow::Result<()> {
    std::fs::create_dir_all(dir).with_context(|| format!("{}: cannot be made", dir.display()))?;
    for (name, text) in [(FILE_NAME, starter_settings()), ("watchlist.toml", starter_watchlist())] {
        let path = dir.join(name);
        match std::fs::File::create_new(&path) {
            Ok(mut file) => {
                file.write_all(text.as_bytes())
                    .with_context(|| format!("{}: cannot be written", path.display()))?;
                writeln!(out, "wrote {}", path.display())?;
            }
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
                writeln!(out, "kept  {} (it was there already)", path.display())?;
            }
            Err(error) => return Err(error).with_context(|| format!("{}: cannot be written", path.display())),
        }
    }
    writeln!(
        out,
        "\nNext: name your corpus in {}, then run `marsad report`.",
        dir.join(FILE_NAME).display()
    )?;
    Ok(())
}

/// Whether the reader of our output has gone, which is no failure.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<std::io::Error>())
        .any(|cause| cause.kind() == std::io::ErrorKind::BrokenPipe)
}

/// Tells on stderr how the run goes: a bar on a terminal, notes and skips anywhere.
struct Teller {
    /// The bar; hidden where stderr is no terminal.
    bar: ProgressBar,
    /// Documents read so far.
    documents: u64,
    /// Skips so far.
    skips: u64,
    /// How many skips are told one by one.
    told: u64,
    /// Whether notes are told.
    quiet: bool,
}

impl Teller {
    fn new(quiet: bool, verbose: bool) -> Self {
        let target = if quiet || !std::io::stderr().is_terminal() {
            ProgressDrawTarget::hidden()
        } else {
            ProgressDrawTarget::stderr()
        };
        let told = match (quiet, verbose) {
            (true, _) => 0,
            (_, true) => u64::MAX,
            _ => SKIPS_TOLD,
        };
        let bar = ProgressBar::with_draw_target(Some(0), target);
        Self {
            bar,
            documents: 0,
            skips: 0,
            told,
            quiet,
        }
    }

    /// One line on stderr, above the bar.
    fn line(&self, text: &str) {
        self.bar.suspend(|| {
            let _ = writeln!(anstream::stderr(), "{text}");
        });
    }

    /// Takes the bar away and tells how many skips were not told.
    fn finish(&self) {
        self.bar.finish_and_clear();
        if self.skips > self.told && !self.quiet {
            self.line(&format!(
                "{} more left out (-v tells each; quality/skipped.csv lists them)",
                self.skips - self.told
            ));
        }
    }
}

impl Progress for Teller {
    fn scanning(&mut self, files: usize, bytes: u64, unchanged: u64) {
        self.bar.set_length(bytes);
        let style = ProgressStyle::with_template(
            "reading {msg} {wide_bar:.cyan/dim} {bytes}/{total_bytes} {bytes_per_sec} {eta} left",
        );
        self.bar
            .set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        self.bar.enable_steady_tick(Duration::from_millis(200));
        if unchanged > 0 && !self.quiet {
            self.line(&format!("{files} new or changed files, {unchanged} as before"));
        }
    }

    fn read(&mut self, documents: u64, bytes: u64) {
        self.documents += documents;
        self.bar.inc(bytes);
        self.bar.set_message(format!("{} documents", self.documents));
    }

    fn skipped(&mut self, skip: &Skip) {
        self.skips += 1;
        if self.skips <= self.told {
            let place = match (skip.line, skip.record) {
                (Some(line), _) => format!("{}:{line}", skip.file),
                (None, Some(record)) => format!("{}#{record}", skip.file),
                (None, None) => skip.file.to_string(),
            };
            let style = anstyle::AnsiColor::Yellow.on_default();
            self.line(&format!(
                "{style}left out{style:#} {place}: {} ({})",
                skip.reason.as_str(),
                skip.detail
            ));
        }
    }

    fn note(&mut self, text: &str) {
        if !self.quiet {
            self.line(text);
        }
    }

    fn rendering(&mut self) {
        self.bar.set_style(
            ProgressStyle::with_template("{spinner} drawing the report")
                .unwrap_or_else(|_| ProgressStyle::default_spinner()),
        );
    }
}
