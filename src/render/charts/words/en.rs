//! The words of charts in English: long because every sentence of every chart is here, and none is anywhere else.

use super::{Actors, Change, Ends, Mark, Measure, Words, pair};
use crate::model::entity::Names;
use crate::model::findings::Stretch;
use crate::model::language::Language;
use crate::model::period::Granularity;
use crate::render::format::plural::{ARTICLES, DAYS, MENTIONS, SOURCES};
use crate::render::format::{self, Forms, NBSP, plural, upper};
use crate::render::summary::en::{complete_periods, the};

/// The language of this file.
const EN: Language = Language::EN;

/// English.
pub(super) struct English;

/// `Russia’s`, `the United States’`.
fn of(names: &Names) -> String {
    let name = the(names);
    if name.ends_with('s') {
        format!("{name}’")
    } else {
        format!("{name}’s")
    }
}

/// `country` or `actor`.
const fn actor(actors: Actors) -> &'static str {
    match actors {
        Actors::Countries => "country",
        Actors::Mixed => "actor",
    }
}

/// `5 weeks`.
fn periods(unit: Granularity, n: u64) -> String {
    let forms = match unit {
        Granularity::Day => Forms::two("{} day", "{} days"),
        Granularity::Week => Forms::two("{} week", "{} weeks"),
        Granularity::Month => Forms::two("{} month", "{} months"),
        Granularity::Quarter => Forms::two("{} quarter", "{} quarters"),
        Granularity::Year => Forms::two("{} year", "{} years"),
    };
    plural(EN, n, &forms)
}

/// Names of those who moved one way: at most three, then how many others.
fn named(changes: &[&Change<'_>]) -> String {
    let mut names: Vec<String> = changes.iter().take(3).map(|change| the(change.names)).collect();
    if changes.len() > 3 {
        names.push(English.others((changes.len() - 3) as u64));
    }
    format::list(EN, &names)
}

/// `rose` or `fell`.
const fn went(up: bool) -> &'static str {
    if up { "rose" } else { "fell" }
}

impl Words for English {
    fn trend(&self, first: Change<'_>, second: Option<Change<'_>>, stretch: Stretch) -> String {
        let (from, to) = match stretch {
            Stretch::Years => ("in the first\u{a0}year", "in the\u{a0}last"),
            Stretch::Halves => ("in the first\u{a0}half", "in the\u{a0}second"),
        };
        let second = second.map_or_else(String::new, |change| {
            let (from, to) = pair(EN, change.from, change.to);
            format!("; {} {} from {from} to {to}", of(change.names), went(change.rose()))
        });
        let (was, is) = pair(EN, first.from, first.to);
        let whose = upper(&of(first.names));
        format!(
            "{whose} share of articles {} from {was} {from} to {is} {to}{second}",
            went(first.rose())
        )
    }

    fn leads(&self, names: &Names, led: u64, of: u64, unit: Granularity) -> String {
        let led = format::count(EN, led);
        format!(
            "Of those shown, {} had the most articles in {led} of {}",
            the(names),
            complete_periods(unit, of)
        )
    }

    fn moved(&self, changes: &[Change<'_>], when: &str) -> String {
        if let [change] = changes {
            let verb = went(change.rose());
            let (from, to) = pair(EN, change.from, change.to);
            return format!(
                "The share of articles mentioning {} {verb} from {from} to {to} {when}",
                the(change.names)
            );
        }
        let (up, down): (Vec<&Change<'_>>, Vec<&Change<'_>>) = changes.iter().partition(|change| change.rose());
        match (up.is_empty(), down.is_empty()) {
            (false, false) => format!(
                "Articles mentioning {} rose {when}; those mentioning {} fell",
                named(&up),
                named(&down)
            ),
            (false, true) => format!("Articles mentioning {} rose {when}", named(&up)),
            _ => format!("Articles mentioning {} fell {when}", named(&down)),
        }
    }

    fn lines(&self, actors: Actors, span: &str) -> String {
        format!("Articles mentioning each {}, {span}", actor(actors))
    }

    fn voice(&self, shares: bool, span: &str) -> String {
        let what = if shares {
            "Each actor’s part of all mentions"
        } else {
            "Mentions of each actor"
        };
        format!("{what}, {span}")
    }

    fn movers(&self, period: &str, baseline: u64, unit: Granularity) -> String {
        format!("{} against {} before", upper(period), complete_periods(unit, baseline))
    }

    fn coverage(&self, articles: u64, periods: u64, empty: u64, unit: Granularity) -> String {
        let articles = ARTICLES.counted(EN, articles);
        if periods == 0 {
            return articles;
        }
        let empty = match empty {
            0 => String::new(),
            1 => format!("; {} has none", self::periods(unit, 1)),
            _ => format!("; {} have none", self::periods(unit, empty)),
        };
        format!("{articles} in {}{empty}", complete_periods(unit, periods))
    }

    fn heatmap(&self, actors: Actors, span: &str) -> String {
        format!("Who mentions which {}, source by source, {span}", actor(actors))
    }

    fn calendar(&self, actors: Actors, span: &str) -> String {
        format!("When each {} was mentioned, {span}", actor(actors))
    }

    fn bump(&self, actors: Actors, span: &str) -> String {
        format!("Which {} is mentioned most, in turn, {span}", actor(actors))
    }

    fn lines_measure(&self, actors: Actors, measure: Measure, unit: Granularity) -> String {
        let unit = unit.as_str();
        match measure {
            Measure::Count => format!("Articles mentioning each {}, number by {unit}", actor(actors)),
            Measure::Once => {
                format!(
                    "Articles mentioning each {}, % of all articles; lines show the 95% interval",
                    actor(actors)
                )
            }
            Measure::Share(1) => {
                format!(
                    "Articles mentioning each {}, % of all articles, by {unit}; shading shows the 95% interval",
                    actor(actors)
                )
            }
            Measure::Share(window) => format!(
                "Articles mentioning each {}, % of all articles, {window}-{unit} rolling share; shading shows the 95% interval",
                actor(actors)
            ),
        }
    }

    fn voice_measure(&self, actors: u64, shares: bool, unit: Granularity) -> String {
        let actors = plural(EN, actors, &Forms::two("{} actor", "{} actors"));
        let unit = unit.as_str();
        if shares {
            format!("Mentions of each actor, % of all mentions of {actors}, by {unit}")
        } else {
            format!("Mentions of {actors}, number by {unit}")
        }
    }

    fn movers_measure(&self, actors: Actors, now: u64, before: u64, shares: bool) -> String {
        let what = if shares {
            "% of all articles"
        } else {
            "number of articles"
        };
        format!(
            "Articles mentioning each {}, {what} (n{NBSP}={NBSP}{}; before, n{NBSP}={NBSP}{})",
            actor(actors),
            format::count(EN, now),
            format::count(EN, before)
        )
    }

    fn coverage_measure(&self, unit: Granularity) -> String {
        format!("Articles collected, number by {}", unit.as_str())
    }

    fn multiples_measure(&self, actors: Actors, unit: Granularity) -> String {
        format!(
            "Articles mentioning each {}, % of all articles, by {}; one scale; shading shows the 95% interval",
            actor(actors),
            unit.as_str()
        )
    }

    fn heatmap_measure(&self, actors: Actors) -> String {
        format!("Articles mentioning each {}, % of the source’s articles", actor(actors))
    }

    fn calendar_measure(&self, actors: Actors, unit: Granularity) -> String {
        format!(
            "Articles mentioning each {}, % of all articles, by {}",
            actor(actors),
            unit.as_str()
        )
    }

    fn bump_measure(&self, actors: Actors, n: u64, unit: Granularity) -> String {
        let all = match actors {
            Actors::Countries => plural(EN, n, &Forms::two("{} country", "{} countries")),
            Actors::Mixed => plural(EN, n, &Forms::two("{} actor", "{} actors")),
        };
        format!("Rank among {all} by share of articles, by {}", unit.as_str())
    }

    fn source(&self, corpus: &str, articles: u64, sources: u64, range: &str) -> String {
        let corpus = if corpus.is_empty() {
            String::new()
        } else {
            format!("Source: {corpus} · ")
        };
        format!(
            "{corpus}{} from {} · {range}",
            ARTICLES.counted(EN, articles),
            SOURCES.counted(EN, sources)
        )
    }

    fn band(&self) -> &'static str {
        "Wilson intervals."
    }

    fn hatched(&self, thin: bool, gaps: &str) -> String {
        let gaps = if gaps.is_empty() {
            String::new()
        } else {
            format!(" {gaps}")
        };
        if thin {
            format!("Hatched: no article collected{gaps}, or fewer than 30.")
        } else {
            format!("Hatched: no article collected{gaps} (not zero attention).")
        }
    }

    fn incomplete(&self, mark: Mark, ends: Ends, unit: Granularity, covered: u64, of: u64) -> String {
        let mark = match mark {
            Mark::Dashed => "Dashed, hollow",
            Mark::Unmarked => "Left out",
            Mark::Hollow => "Hollow",
            Mark::Outlined => "Outlined",
            Mark::Striped => "Striped",
        };
        let unit = unit.as_str();
        let days = DAYS.counted(EN, of);
        match ends {
            Ends::First => format!("{mark}: the first {unit} is incomplete ({covered} of {days})."),
            Ends::Last => format!("{mark}: the last {unit} is incomplete ({covered} of {days}), not counted."),
            Ends::Both => {
                format!("{mark}: the first and the last {unit} are incomplete (the last: {covered} of {days}).")
            }
        }
    }

    fn pooled(&self, unit: Granularity) -> String {
        format!("Each week counts in the {} of its middle day.", unit.as_str())
    }

    fn too_few(&self, unit: Granularity) -> String {
        format!("Too few articles by {} for shares: numbers are shown.", unit.as_str())
    }

    fn mentions_total(&self, mentions: u64, whole: bool) -> String {
        let mentions = MENTIONS.counted(EN, mentions);
        if whole {
            format!("{mentions} in complete columns.")
        } else {
            format!("{mentions}.")
        }
    }

    fn simultaneous(&self, comparisons: u64) -> String {
        let all = plural(EN, comparisons, &Forms::two("{} comparison", "{} comparisons"));
        format!(
            "Newcombe intervals, together 95% ({all}, Bonferroni). Coloured: the test of the change bears it out too. Grey: it may be chance."
        )
    }

    fn untested(&self) -> &'static str {
        "Too few articles or complete periods for a test: every difference may be chance. Expected: articles at the baseline’s rate."
    }

    fn busiest(&self, period: &str, articles: u64, unit: Granularity) -> String {
        let article = if unit == Granularity::Week { "the " } else { "" };
        format!(
            "Most: {article}{period} ({}). Line: median of complete {}s.",
            ARTICLES.counted(EN, articles),
            unit.as_str()
        )
    }

    fn bump_marks(&self) -> &'static str {
        "Hollow: its 95% Wilson interval overlaps that of the next rank, so the order may be chance."
    }

    fn in_grey(&self) -> &'static str {
        "Grey: the other actors. Number: the last complete column. Wilson intervals."
    }

    fn breaks(&self, thin: bool) -> &'static str {
        if thin {
            "Lines break where no article was collected, or fewer than 30."
        } else {
            "Lines break where no article was collected."
        }
    }

    fn heatmap_marks(&self, hatched: bool) -> String {
        let hatched = if hatched {
            " Hatched: fewer than 30 articles, no share."
        } else {
            ""
        };
        format!(
            "Triangle: the share of all sources lies outside the cell’s 95% Wilson interval; about one cell in twenty would by chance.{hatched}"
        )
    }

    fn all_sources(&self) -> &'static str {
        "All sources"
    }

    fn unnamed(&self) -> &'static str {
        "(another script)"
    }

    fn unknown(&self) -> &'static str {
        "(not named)"
    }

    fn others(&self, n: u64) -> String {
        plural(EN, n, &Forms::two("{} other", "{} others"))
    }

    fn before(&self, periods: u64, unit: Granularity) -> String {
        format!("{} before", self::periods(unit, periods))
    }

    fn expected(&self) -> &'static str {
        "expected"
    }

    fn difference(&self) -> String {
        "Change, points (95%)".to_owned()
    }

    fn numbers(&self) -> &'static str {
        "Articles, expected"
    }

    fn median(&self) -> &'static str {
        "median"
    }

    fn no_articles(&self, range: &str) -> String {
        format!("No articles, {range}")
    }

    fn lines_alt(&self, names: &str, measure: Measure, span: &str, values: &[String], gaps: &str) -> String {
        let what = if measure == Measure::Count {
            "number of articles"
        } else {
            "share of articles"
        };
        let mut all = vec![format!("Line chart: {what} mentioning {names}, {span}.")];
        if !values.is_empty() {
            all.push(format!("{}.", values.join("; ")));
        }
        if !gaps.is_empty() {
            all.push(format!("No articles {gaps}."));
        }
        all.join(" ")
    }

    fn became(&self, name: &str, from: &str, to: &str) -> String {
        format!("{name} from {from} to {to}")
    }

    fn voice_alt(&self, span: &str, unit: Granularity, values: &[String]) -> String {
        let unit = unit.as_str();
        format!(
            "Stacked columns: mentions by {unit}, {span}. Last complete {unit}: {}.",
            values.join(", ")
        )
    }

    fn movers_alt(&self, title: &str, values: &[String]) -> String {
        format!("Dot chart, one row an actor: {title}. {}.", values.join("; "))
    }

    fn multiples_alt(&self, names: &str, span: &str, values: &[String]) -> String {
        format!(
            "Small line charts, one an actor: share of articles mentioning {names}, {span}. Last: {}.",
            values.join(", ")
        )
    }

    fn heatmap_alt(&self, title: &str, values: &[String]) -> String {
        format!(
            "Table in colours, actors by sources: {title}. All sources: {}.",
            values.join(", ")
        )
    }

    fn calendar_alt(&self, title: &str, peaks: &[String]) -> String {
        format!(
            "Rows of coloured cells, one row an actor: {title}. Highest: {}.",
            peaks.join("; ")
        )
    }

    fn bump_alt(&self, title: &str, order: &[String]) -> String {
        format!("Lines of ranks: {title}. Last order: {}.", order.join(", "))
    }

    fn coverage_alt(&self, title: &str, span: &str, median: &str, gaps: &str) -> String {
        let gaps = if gaps.is_empty() {
            String::new()
        } else {
            format!(" No articles {gaps}.")
        };
        format!("Bar chart: articles over time, {span}. {title}. Median {median}.{gaps}")
    }
}
