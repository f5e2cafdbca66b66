//! Defaults, then `marsad.toml`, then flags: folded into [`Settings`].
//!
//! Opens one file: the settings file.

use std::path::{Path, PathBuf};

use super::overrides::Overrides;
use super::{
    AnalyseSettings, CorpusSettings, GazetteerSettings, LEAST_SIMILARITY, LedgerSettings, RenderSettings, Settings,
};
use crate::error::Error;
use crate::model::period::Calendar;

/// The name that a settings file has.
pub const FILE_NAME: &str = "marsad.toml";

/// The built-in watchlists, which a settings file may name beside its own files.
const BUILT_IN: [&str; 2] = ["world", "sahel"];

/// A commented settings file to begin with.
#[must_use]
pub fn starter_settings() -> &'static str {
    include_str!("starter.toml")
}

/// Everything that was typed, as settings.
///
/// The settings file is `config`, else `marsad.toml` here, else `marsad.toml` in the first corpus folder. Paths in it are
/// relative to it.
///
/// # Errors
///
/// [`Error::Settings`] where the file cannot be read or says something unknown, where no corpus is named, or where two
/// settings contradict each other.
pub fn settings(flags: Overrides, config: Option<&Path>) -> Result<Settings, Error> {
    let file = config_file(&flags, config)?;
    let typed = match &file {
        Some(path) => flags.over(read_file(path)?),
        None => flags,
    };
    meant(typed, file)
}

/// The settings file in use.
fn config_file(flags: &Overrides, config: Option<&Path>) -> Result<Option<PathBuf>, Error> {
    if let Some(path) = config {
        return if path.is_file() {
            Ok(Some(path.to_owned()))
        } else {
            Err(Error::Settings(format!("{}: no such settings file", path.display())))
        };
    }
    let here = PathBuf::from(FILE_NAME);
    if here.is_file() {
        return Ok(Some(here));
    }
    let first = flags.corpus.as_deref().and_then(<[_]>::first);
    Ok(first.map(|root| root.join(FILE_NAME)).filter(|path| path.is_file()))
}

/// Reads a settings file; its relative paths are made relative to where we are.
fn read_file(path: &Path) -> Result<Overrides, Error> {
    let text =
        std::fs::read_to_string(path).map_err(|error| Error::Settings(format!("{}: {error}", path.display())))?;
    let mut typed: Overrides =
        toml::from_str(&text).map_err(|error| Error::Settings(format!("{}: {error}", path.display())))?;
    let base = path.parent().unwrap_or(Path::new(""));
    let rebase = |path: &mut PathBuf| {
        if path.as_os_str() != "-" {
            *path = base.join(&*path);
        }
    };
    typed.corpus.iter_mut().flatten().for_each(rebase);
    typed.out.iter_mut().for_each(rebase);
    typed.ledger.iter_mut().for_each(rebase);
    for list in typed.watchlist.iter_mut().flatten() {
        if !BUILT_IN.contains(&list.as_str()) {
            *list = base.join(&*list).to_string_lossy().into_owned();
        }
    }
    Ok(typed)
}

/// Fills in what was not typed.
fn meant(typed: Overrides, file: Option<PathBuf>) -> Result<Settings, Error> {
    let roots = typed.corpus.unwrap_or_default();
    if roots.is_empty() {
        return Err(Error::Settings(format!(
            "no corpus: name a folder or file, as in `marsad report articles`, or set `corpus` in {FILE_NAME}"
        )));
    }
    if let (Some(from), Some(to)) = (typed.from, typed.to)
        && from > to
    {
        return Err(Error::Settings(format!("--from {from} is later than --to {to}")));
    }
    if let Some(similarity) = typed.similarity
        && !(LEAST_SIMILARITY..=1.0).contains(&similarity)
    {
        return Err(Error::Settings(format!(
            "--similarity {similarity} is not between {LEAST_SIMILARITY} and 1"
        )));
    }
    let watchlists = typed.watchlist.unwrap_or_default();
    let mut not_documents: Vec<PathBuf> = file.into_iter().collect();
    not_documents.extend(
        watchlists
            .iter()
            .filter(|list| !BUILT_IN.contains(&list.as_str()))
            .map(PathBuf::from),
    );

    let defaults = AnalyseSettings::default();
    let calendar = Calendar::default();
    let render = RenderSettings::default();
    let corpus_name = corpus_name(&roots[0]);
    let beside = typed
        .out
        .as_deref()
        .and_then(Path::parent)
        .map_or_else(|| PathBuf::from("reports"), Path::to_owned);
    Ok(Settings {
        corpus: CorpusSettings {
            roots,
            exclude: typed.exclude.unwrap_or_default(),
            not_documents,
            fields: typed.fields.unwrap_or_default(),
            time_zone: typed.tz.map_or(chrono_tz::UTC, |zone| zone.0),
        },
        gazetteer: GazetteerSettings {
            watchlists,
            entities: typed.entity.unwrap_or_default(),
        },
        ledger: LedgerSettings {
            dir: typed
                .ledger
                .unwrap_or_else(|| beside.join(".ledger").join(&corpus_name)),
            rehash: typed.rehash.unwrap_or(false),
        },
        analyse: AnalyseSettings {
            calendar: Calendar {
                granularity: typed.by.unwrap_or(calendar.granularity),
                week_start: typed.week_start.unwrap_or(calendar.week_start),
            },
            from: typed.from,
            to: typed.to,
            languages: typed.language.unwrap_or_default(),
            sources: typed.source.unwrap_or_default(),
            count: typed.count.unwrap_or(defaults.count),
            baseline: typed.baseline.map_or(defaults.baseline, usize::from),
            unit: typed.unit.unwrap_or(defaults.unit),
            similarity: typed.similarity.unwrap_or(defaults.similarity),
        },
        render: RenderSettings {
            out: typed.out,
            ui: typed.ui.filter(|ui| !ui.is_empty()).unwrap_or(render.ui),
            csv: typed.csv.unwrap_or(render.csv),
            xlsx: typed.xlsx.unwrap_or(render.xlsx),
            tag: typed.tag.unwrap_or_default(),
            title: typed.title.unwrap_or_default(),
            charts: typed.charts.unwrap_or(render.charts),
            canvas: typed
                .canvas
                .filter(|canvas| !canvas.is_empty())
                .unwrap_or(render.canvas),
            print: typed.print.unwrap_or(render.print),
            rtl_time: typed.rtl_time.unwrap_or(render.rtl_time),
            digits: typed.digits.unwrap_or(render.digits),
            lossless: typed.lossless.unwrap_or(render.lossless),
        },
        threads: typed.threads.map_or_else(cores, usize::from),
        max_skipped: if typed.strict == Some(true) {
            Some(0)
        } else {
            typed.max_skipped
        },
        corpus_name,
    })
}

/// How many threads the machine runs at once.
fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// What the corpus is called: the last part of its path, without the endings of a file.
fn corpus_name(root: &Path) -> String {
    if root.as_os_str() == "-" {
        return "stdin".to_owned();
    }
    let whole = root.canonicalize().unwrap_or_else(|_| root.to_owned());
    let name = whole
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    let stem = if whole.is_dir() {
        name.as_str()
    } else {
        name.split('.').next().unwrap_or(&name)
    };
    if stem.is_empty() {
        "corpus".to_owned()
    } else {
        stem.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::language::Language;
    use crate::model::mention::Kind;

    fn folder(toml: &str) -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join(FILE_NAME), toml).unwrap();
        dir
    }

    fn flags(dir: &Path) -> Overrides {
        Overrides {
            corpus: Some(vec![dir.to_owned()]),
            ..Overrides::default()
        }
    }

    #[test]
    fn flags_win_over_the_file_and_the_file_over_defaults() {
        let dir = folder(
            "baseline = 4\nui = [\"ar\"]\ncount = [\"name\", \"capital\"]\nwatchlist = [\"sahel\", \"mine.toml\"]\n",
        );
        let typed = Overrides {
            baseline: Some(6),
            ..flags(dir.path())
        };
        let settings = settings(typed, None).unwrap();
        assert_eq!(settings.analyse.baseline, 6);
        assert_eq!(settings.render.ui, [Language::AR]);
        assert_eq!(settings.analyse.count, [Kind::Name, Kind::Capital]);
        let mine = dir.path().join("mine.toml");
        assert_eq!(
            settings.gazetteer.watchlists,
            ["sahel".to_owned(), mine.to_string_lossy().into_owned()]
        );
        assert_eq!(settings.corpus.not_documents, [dir.path().join(FILE_NAME), mine]);
        assert_eq!(settings.render.csv, crate::settings::CsvDialect::Plain);
    }

    #[test]
    fn an_unknown_key_is_told_with_its_line() {
        let dir = folder("ui = [\"en\"]\nbasline = 4\n");
        let error = settings(flags(dir.path()), None).unwrap_err().to_string();
        assert!(error.contains("line 2") && error.contains("basline"), "{error}");
    }

    #[test]
    fn a_range_that_ends_before_it_begins_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let typed = Overrides {
            from: "2024-02-01".parse().ok(),
            to: "2024-01-01".parse().ok(),
            ..flags(dir.path())
        };
        assert!(matches!(settings(typed, None), Err(Error::Settings(_))));
    }

    #[test]
    fn every_suggestion_of_the_starter_file_is_understood() {
        let suggested: String = starter_settings()
            .lines()
            .map(|line| {
                line.strip_prefix("# ")
                    .filter(|rest| rest.contains(" = ") || rest.starts_with('['))
                    .unwrap_or(line)
            })
            .fold(String::new(), |text, line| text + line + "\n");
        let typed: Overrides = toml::from_str(&suggested).unwrap();
        assert_eq!(typed.baseline, Some(8));
        assert_eq!(typed.fields.map(|fields| fields.len()), Some(2));
    }

    #[test]
    fn no_corpus_is_no_run() {
        let error = settings(Overrides::default(), Some(Path::new("nowhere.toml"))).unwrap_err();
        assert!(error.to_string().contains("nowhere.toml"));
    }

    #[test]
    fn the_ledger_lies_beside_the_report() {
        let dir = tempfile::tempdir().unwrap();
        let typed = Overrides {
            out: Some("weekly/now".into()),
            ..flags(dir.path())
        };
        let name = corpus_name(dir.path());
        assert_eq!(
            settings(typed, None).unwrap().ledger.dir,
            Path::new("weekly/.ledger").join(name)
        );
    }
}
