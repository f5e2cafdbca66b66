//! The words of charts: titles, subtitles, footers, labels and alternative texts, in each language.
//!
//! In: names, counts and shares that have been chosen already. Out: text. A title that says that something rose, fell, led or moved is only
//! ever made from a claim of the findings; see `titles`.

mod ar;
mod en;
mod fr;
pub(super) mod sets;

use chrono::{Datelike, NaiveDate};

pub(super) use self::sets::SetWords;
use crate::model::entity::Names;
use crate::model::findings::Stretch;
use crate::model::language::Language;
use crate::model::period::Granularity;
use crate::render::format::{self, NBSP};

/// A share that rose or fell.
#[derive(Clone, Copy, Debug)]
pub(super) struct Change<'f> {
    /// Whose.
    pub(super) names: &'f Names,
    /// What it was.
    pub(super) from: f64,
    /// What it became.
    pub(super) to: f64,
}

impl Change<'_> {
    /// Whether it rose.
    pub(super) fn rose(&self) -> bool {
        self.to > self.from
    }
}

/// What those who are drawn are called together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Actors {
    /// All are countries.
    Countries,
    /// Not all are.
    Mixed,
}

/// How an incomplete column is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// Dashed, with a hollow dot.
    Dashed,
    /// Not at all: it is left out.
    Unmarked,
    /// A hollow dot alone.
    Hollow,
    /// In outline.
    Outlined,
    /// With stripes.
    Striped,
}

/// Which columns at the ends are incomplete.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ends {
    /// The first.
    First,
    /// The last.
    Last,
    /// Both.
    Both,
}

/// How attention is measured in a chart over time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Measure {
    /// Shares of articles over a rolling window of so many periods; 1 is none.
    Share(usize),
    /// The share of articles in one period alone.
    Once,
    /// Numbers of articles.
    Count,
}

/// The words of one language.
pub(super) trait Words: SetWords {
    /// A share rose or fell, and perhaps another.
    fn trend(&self, first: Change<'_>, second: Option<Change<'_>>, stretch: Stretch) -> String;
    /// One had the most articles in so many periods.
    fn leads(&self, names: &Names, led: u64, of: u64, unit: Granularity) -> String;
    /// What moved; `when` is a period with its preposition.
    fn moved(&self, changes: &[Change<'_>], when: &str) -> String;
    /// The neutral title of the lines.
    fn lines(&self, actors: Actors, span: &str) -> String;
    /// The neutral title of shares of voice; shares or numbers.
    fn voice(&self, shares: bool, span: &str) -> String;
    /// The neutral title of the movers.
    fn movers(&self, period: &str, baseline: u64, unit: Granularity) -> String;
    /// The title of the coverage: articles in complete periods, and how many have none.
    fn coverage(&self, articles: u64, periods: u64, empty: u64, unit: Granularity) -> String;

    /// The neutral title of the heatmap.
    fn heatmap(&self, actors: Actors, span: &str) -> String;
    /// The neutral title of the calendar.
    fn calendar(&self, actors: Actors, span: &str) -> String;

    /// The neutral title of the ranks.
    fn bump(&self, actors: Actors, span: &str) -> String;

    /// Below the title of the lines.
    fn lines_measure(&self, actors: Actors, measure: Measure, unit: Granularity) -> String;
    /// Below the title of shares of voice, of so many actors; shares or numbers.
    fn voice_measure(&self, actors: u64, shares: bool, unit: Granularity) -> String;
    /// Below the title of the movers: articles of the period and of the baseline.
    fn movers_measure(&self, actors: Actors, now: u64, before: u64, shares: bool) -> String;
    /// Below the title of the coverage.
    fn coverage_measure(&self, unit: Granularity) -> String;

    /// Below the title of the small multiples.
    fn multiples_measure(&self, actors: Actors, unit: Granularity) -> String;
    /// Below the title of the heatmap.
    fn heatmap_measure(&self, actors: Actors) -> String;
    /// Below the title of the calendar.
    fn calendar_measure(&self, actors: Actors, unit: Granularity) -> String;

    /// Below the title of the ranks of so many actors.
    fn bump_measure(&self, actors: Actors, n: u64, unit: Granularity) -> String;

    /// Where the figures come from; `corpus` is its name or nothing.
    fn source(&self, corpus: &str, articles: u64, sources: u64, range: &str) -> String;
    /// What the band is.
    fn band(&self) -> &'static str;
    /// What hatching means, and on which days, where they are few; `thin` where it also stands for too few articles.
    fn hatched(&self, thin: bool, gaps: &str) -> String;
    /// How incomplete columns are drawn: so many of so many days of the last one, or of the first where it alone is.
    fn incomplete(&self, mark: Mark, ends: Ends, unit: Granularity, covered: u64, of: u64) -> String;
    /// That weeks are added up to longer columns.
    fn pooled(&self, unit: Granularity) -> String;
    /// That there are too few articles for shares.
    fn too_few(&self, unit: Granularity) -> String;
    /// So many mentions: in `whole` columns, or in all where none is.
    fn mentions_total(&self, mentions: u64, whole: bool) -> String;
    /// How intervals of so many comparisons were made, and what grey means.
    fn simultaneous(&self, comparisons: u64) -> String;
    /// That nothing was tested, and what the hollow dot is.
    fn untested(&self) -> &'static str;
    /// The column with the most articles, and what the line is.
    fn busiest(&self, period: &str, articles: u64, unit: Granularity) -> String;

    /// What a hollow dot among ranks means.
    fn bump_marks(&self) -> &'static str;
    /// Who is grey in a panel, and what its number is.
    fn in_grey(&self) -> &'static str;
    /// Where lines break; `thin` where also for too few articles.
    fn breaks(&self, thin: bool) -> &'static str;
    /// What triangles mean, and hatching where there is any.
    fn heatmap_marks(&self, hatched: bool) -> String;
    /// The head of the column of all sources.
    fn all_sources(&self) -> &'static str;
    /// A source whose name cannot be written.
    fn unnamed(&self) -> &'static str;
    /// The articles of no known source.
    fn unknown(&self) -> &'static str;

    /// So many that are not named.
    fn others(&self, n: u64) -> String;
    /// The baseline, as a label.
    fn before(&self, periods: u64, unit: Granularity) -> String;
    /// What was to be expected, as a label.
    fn expected(&self) -> &'static str;
    /// The head of the column of differences.
    fn difference(&self) -> String;
    /// The head of the column of numbers.
    fn numbers(&self) -> &'static str;
    /// The median, as a label.
    fn median(&self) -> &'static str;
    /// That there are no articles from one day to another.
    fn no_articles(&self, range: &str) -> String;

    /// What the lines show, from the names, the first and last values of the first two, and the stretches without articles.
    fn lines_alt(&self, names: &str, measure: Measure, span: &str, values: &[String], gaps: &str) -> String;
    /// What a value of one actor was and became.
    fn became(&self, name: &str, from: &str, to: &str) -> String;
    /// What shares of voice show: the last complete values.
    fn voice_alt(&self, span: &str, unit: Granularity, values: &[String]) -> String;
    /// What the movers show.
    fn movers_alt(&self, title: &str, values: &[String]) -> String;
    /// What the small multiples show: names and last values.
    fn multiples_alt(&self, names: &str, span: &str, values: &[String]) -> String;
    /// What the heatmap shows: its title, and the shares of the first actors in all sources.
    fn heatmap_alt(&self, title: &str, values: &[String]) -> String;
    /// What the calendar shows: its title, and when the shares of the first actors were greatest.
    fn calendar_alt(&self, title: &str, peaks: &[String]) -> String;
    /// What the ranks show: the title, and the names in their last order.
    fn bump_alt(&self, title: &str, order: &[String]) -> String;
    /// What the coverage shows.
    fn coverage_alt(&self, title: &str, span: &str, median: &str, gaps: &str) -> String;
}

/// Two shares with the decimals that both need.
fn pair(language: Language, from: f64, to: f64) -> (String, String) {
    let digits = usize::from(from.min(to) < 0.0995);
    (
        format::percent(language, from, digits),
        format::percent(language, to, digits),
    )
}

/// The words of `language`; English where it is none of the three.
pub(super) fn words(language: Language) -> &'static dyn Words {
    match language {
        Language::AR => &ar::Arabic,
        Language::FR => &fr::French,
        _ => &en::English,
    }
}

/// A stretch of time in months: `Jan 2020 – Mar 2025`; in days where it is within one month.
pub(super) fn span(language: Language, first: NaiveDate, last: NaiveDate) -> String {
    if (first.year(), first.month()) == (last.year(), last.month()) {
        return format::date_range(language, first, last);
    }
    let month = |day: NaiveDate| format::month_name(language, day, true);
    if first.year() == last.year() {
        return format!("{}{NBSP}– {}{NBSP}{}", month(first), month(last), last.year());
    }
    format!(
        "{}{NBSP}{}{NBSP}– {}{NBSP}{}",
        month(first),
        first.year(),
        month(last),
        last.year()
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::language::Language;

    #[test]
    fn arabic_nouns_have_the_case_that_their_place_asks_for() {
        let words = words(Language::AR);
        assert!(words.source("", 2, 3, "").starts_with("مقالان من 3\u{a0}مصادر"));
        assert!(
            words
                .coverage(2, 2, 0, Granularity::Week)
                .contains("من مقالين في أسبوعين")
        );
        let names = Names {
            ar: "مالي".into(),
            ..Names::default()
        };
        let change = Change {
            names: &names,
            from: 0.1,
            to: 0.2,
        };
        let moved = |n: usize| words.moved(&vec![change; n], "هذا الأسبوع");
        assert!(moved(4).contains("ومالي وطرفًا آخر"), "{}", moved(4));
        assert!(moved(5).contains("ومالي وطرفين آخرين"), "{}", moved(5));
        assert!(moved(8).contains("5\u{a0}أطراف أخرى"), "{}", moved(8));
        assert!(moved(15).contains("12\u{a0}طرفًا آخر"), "{}", moved(15));
        let both = words.incomplete(Mark::Striped, Ends::Both, Granularity::Year, 11, 365);
        assert!(
            both.contains("السنة الأولى والسنة الأخيرة") && both.contains("وكلتاهما غير مكتملة"),
            "{both}"
        );
    }

    #[test]
    fn french_counts_agree() {
        let words = words(Language::FR);
        assert!(words.source("", 1, 1, "").starts_with("1\u{a0}article d’une source"));
        assert!(
            words
                .source("", 2, 2, "")
                .starts_with("2\u{a0}articles de 2\u{a0}sources")
        );
        assert!(
            words
                .incomplete(Mark::Striped, Ends::Both, Granularity::Week, 3, 7)
                .contains("première et dernière semaine incomplètes")
        );
    }
}
