//! The sentences in English.

use super::{Still, Tongue, cut, days_of, foreign, names, parts_left_out, percent, ratio, times};
use crate::model::entity::Names;
use crate::model::findings::{Caveat, ChangeRow, Findings, PeriodFacts, Share, Stretch};
use crate::model::language::Language;
use crate::model::period::Granularity;
use crate::render::format::plural::{ARTICLES, DAYS, MENTIONS, SOURCES};
use crate::render::format::{self, Forms, plural, upper};

/// The language of this file.
const EN: Language = Language::EN;

/// English.
pub(super) struct English;

/// `the United States`, `Russia`.
pub(in crate::render) fn the(names: &Names) -> String {
    if names.en_article {
        format!("the {}", names.en)
    } else {
        names.en.clone()
    }
}

/// A counted noun.
fn counted(n: u64, one: &'static str, other: &'static str) -> String {
    plural(EN, n, &Forms::two(one, other))
}

/// So many periods: `3 complete weeks`.
pub(in crate::render) fn complete_periods(granularity: Granularity, n: u64) -> String {
    match granularity {
        Granularity::Day => counted(n, "{} complete day", "{} complete days"),
        Granularity::Week => counted(n, "{} complete week", "{} complete weeks"),
        Granularity::Month => counted(n, "{} complete month", "{} complete months"),
        Granularity::Quarter => counted(n, "{} complete quarter", "{} complete quarters"),
        Granularity::Year => counted(n, "{} complete year", "{} complete years"),
    }
}

/// A length of time: `week`.
const fn unit(granularity: Granularity) -> &'static str {
    granularity.as_str()
}

/// The first and the last stretch of a trend.
const fn stretches(stretch: Stretch, granularity: Granularity) -> (&'static str, &'static str) {
    match (stretch, granularity) {
        (Stretch::Halves, _) => ("in the first half of the complete periods", "in the second half"),
        (_, Granularity::Day) => ("in the first 365 complete days", "in the last 365"),
        (_, Granularity::Week) => ("in the first 52 complete weeks", "in the last 52"),
        (_, Granularity::Month) => ("in the first 12 complete months", "in the last 12"),
        (_, Granularity::Quarter) => ("in the first 4 complete quarters", "in the last 4"),
        (_, Granularity::Year) => ("in the first complete year", "in the last"),
    }
}

impl Tongue for English {
    fn extent(&self, findings: &Findings) -> String {
        let corpus = &findings.corpus;
        let Some((first, last)) = corpus.range else {
            let documents = counted(corpus.documents, "{} document was read", "{} documents were read");
            return format!("{documents}; none carries a date that can be trusted.");
        };
        format!(
            "{} from {}, {}. In them: {}, {} of {}.",
            ARTICLES.counted(EN, corpus.articles),
            SOURCES.counted(EN, corpus.sources),
            format::date_range(EN, first, last),
            counted(corpus.stories, "{} distinct text", "{} distinct texts"),
            MENTIONS.counted(EN, corpus.mentions),
            counted(findings.entities.len() as u64, "{} actor", "{} actors"),
        )
    }

    fn left_out(&self, findings: &Findings) -> String {
        let words = [
            "undated",
            "unreadable",
            "repeated by the same source",
            "outside the filters",
        ];
        let parts = parts_left_out(&findings.corpus, words, |count, what| {
            format!("{} {what}", format::count(EN, count))
        });
        if parts.is_empty() {
            return "Nothing was left out.".to_owned();
        }
        format!("Left out of the figures: {}.", parts.join(", "))
    }

    fn last_period(&self, findings: &Findings) -> String {
        let unit = unit(cut(findings));
        match findings.last_complete.map(|place| &findings.periods[place]) {
            None if findings.periods.is_empty() => "Nothing can be shown over time.".to_owned(),
            None => format!("Time is cut into {unit}s, and none is covered whole."),
            Some(period) => {
                let the = if cut(findings) == Granularity::Week { "the " } else { "" };
                let name = format::period_name(EN, &period.period, cut(findings));
                let articles = ARTICLES.counted(EN, period.articles);
                format!("Time is cut into {unit}s; the last complete one is {the}{name}, with {articles}.")
            }
        }
    }

    fn moved(&self, findings: &Findings, row: &ChangeRow, up: bool) -> String {
        let period = &findings.periods[row.period];
        let difference = row.difference.map_or_else(String::new, |found| {
            let interval = format::points_range(EN, found.lo, found.hi, 1);
            format!(
                ": {} points (95% interval {interval})",
                format::points(EN, found.value, 1)
            )
        });
        format!(
            "{} of {} articles ({}) {} {} {}, {} {} of {} ({}) in the {} before{difference}.",
            format::count(EN, row.articles),
            format::count(EN, row.articles_total),
            ratio(EN, row.articles, row.articles_total),
            if row.articles == 1 { "mentions" } else { "mention" },
            the(names(findings, row.entity)),
            English.during(findings, period),
            if up { "up from" } else { "down from" },
            format::count(EN, row.baseline_articles),
            format::count(EN, row.baseline_total),
            ratio(EN, row.baseline_articles, row.baseline_total),
            complete_periods(cut(findings), row.baseline_periods),
        )
    }

    fn trend(&self, findings: &Findings, entity: usize, (from, to): (f64, f64), stretch: Stretch) -> String {
        let (first, last) = stretches(stretch, cut(findings));
        format!(
            "The share of articles that mention {} {} from {} {first} to {} {last} (whole corpus: {} of {}).",
            the(names(findings, entity)),
            if to > from { "rose" } else { "fell" },
            percent(EN, from),
            percent(EN, to),
            format::count(EN, findings.entities[entity].articles),
            ARTICLES.counted(EN, findings.corpus.articles),
        )
    }

    fn leads(&self, findings: &Findings, entity: usize, (led, of): (u64, u64)) -> String {
        format!(
            "Of the actors on the charts, {} had the most articles in {} of {}.",
            the(names(findings, entity)),
            format::count(EN, led),
            complete_periods(cut(findings), of),
        )
    }

    fn together(&self, both: [&Names; 2], articles: u64, lift: Share) -> String {
        let [first, second] = both;
        format!(
            "{} and {} are mentioned together in {}, {} times as many as chance would give (95% interval {}\u{2013}{}).",
            upper(&the(first)),
            the(second),
            ARTICLES.counted(EN, articles),
            times(EN, lift.value),
            times(EN, lift.lo),
            times(EN, lift.hi),
        )
    }

    fn certainty(&self, tested: u64) -> String {
        format!(
            "{}; of the changes told as beyond chance, at most one in twenty is expected to be chance after all.",
            counted(tested, "{} actor was tested", "{} actors were tested")
        )
    }

    fn nothing_moved(&self, findings: &Findings, why: &Still<'_>) -> String {
        match why {
            Still::NoPeriod => "No period is covered whole, so nothing was compared.".to_owned(),
            Still::TooFew => "There are too few articles or complete periods to test what moved.".to_owned(),
            Still::WithinChance(row) => format!(
                "No actor moved by more than chance explains {} ({} against {} in the {} before).",
                self.during(findings, &findings.periods[row.period]),
                ARTICLES.counted(EN, row.articles_total),
                format::count(EN, row.baseline_total),
                complete_periods(cut(findings), row.baseline_periods),
            ),
        }
    }

    fn caveat(&self, findings: &Findings, caveat: &Caveat) -> String {
        let days = |place: usize| {
            let facts = &findings.periods[place];
            format!(
                "{} of {}",
                facts.days_covered,
                DAYS.counted(EN, facts.period.days().unsigned_abs())
            )
        };
        let unit = unit(cut(findings));
        match caveat {
            Caveat::NothingDated => {
                "No document carries a date that can be trusted, so nothing can be shown over time.".to_owned()
            }
            Caveat::PartialLastPeriod { period } => format!(
                "The last {unit} is covered in part ({}): charts set it apart, and it is never tested.",
                days(*period)
            ),
            Caveat::PartialFirstPeriod { period } => {
                format!("The first {unit} is covered in part ({}).", days(*period))
            }
            Caveat::Gap { from, to } => {
                let range = days_of(EN, findings, *from, *to);
                format!("No article was collected {range}: that is not zero attention, and lines break there.")
            }
            Caveat::ManyUndated { undated, documents } => format!(
                "{} of {} documents carry no date that can be trusted and lie in no period.",
                format::count(EN, *undated),
                format::count(EN, *documents)
            ),
            Caveat::Skipped { skipped } => {
                let what = counted(*skipped, "{} record or file", "{} records or files");
                format!("{what} could not be read; quality/skipped.csv says which and why.")
            }
            Caveat::SilentSource { source, period } => format!(
                "{} has no article {}; what it usually writes about may seem to fall.",
                foreign(EN, source),
                self.during(findings, &findings.periods[*period])
            ),
            Caveat::DatelessSource {
                source,
                undated,
                documents,
                elsewhere,
            } => format!(
                "{} of {} documents of {} carry no date that can be trusted, against {} elsewhere: its part in every {unit} is too small.",
                format::count(EN, *undated),
                format::count(EN, *documents),
                foreign(EN, source),
                percent(EN, *elsewhere)
            ),
            Caveat::DominantSource { source, share } => {
                format!(
                    "{} gives {} of all articles: the figures are mostly its own.",
                    foreign(EN, source),
                    percent(EN, *share)
                )
            }
            Caveat::FloodingSource {
                source,
                period,
                share,
                before,
                periods,
            } => format!(
                "{} gives {} of the articles {}, against {} in the {} before: what it writes about may seem to rise.",
                foreign(EN, source),
                percent(EN, *share),
                self.during(findings, &findings.periods[*period]),
                percent(EN, *before),
                complete_periods(cut(findings), *periods)
            ),
            Caveat::ThinPanel {
                sources: 0, periods, ..
            } => format!(
                "No source has articles in each of the last {}, so there are no balanced shares.",
                complete_periods(cut(findings), *periods)
            ),
            Caveat::ThinPanel {
                sources,
                periods,
                share,
            } => {
                let publish = counted(*sources, "{} source has articles", "{} sources have articles");
                format!(
                    "{publish} in each of the last {}, and {} of all articles then: balanced shares rest on that part only.",
                    complete_periods(cut(findings), *periods),
                    percent(EN, *share)
                )
            }
            Caveat::StaleWatchlist { as_of } => format!(
                "Offices and names were checked up to {}; the corpus goes on after that day.",
                format::date(EN, *as_of)
            ),
            Caveat::FewArticles { median } => {
                let few = ARTICLES.counted(EN, *median);
                format!("Half of the complete {unit}s have {few} or fewer: shares jump by chance.")
            }
        }
    }

    fn during(&self, findings: &Findings, period: &PeriodFacts) -> String {
        let name = format::period_name(EN, &period.period, cut(findings));
        match cut(findings) {
            Granularity::Day => format!("on {name}"),
            Granularity::Week => format!("in the {name}"),
            Granularity::Month | Granularity::Quarter | Granularity::Year => format!("in {name}"),
        }
    }
}
