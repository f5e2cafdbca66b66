//! Figures by outlet, by language and by kind, and the outlets themselves.
//!
//! The basis and the sums of the mentions come in; rows go out in their final order. It knows nothing of change over time.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::basis::{Basis, Sorted};
use super::counts::ByDocument;
use super::share::{Ranking, Stories, share};
use crate::model::findings::{GroupRow, KindRow, SourceRow};
use crate::model::language::Language;
use crate::model::mention::Kind;
use crate::settings::{AnalyseSettings, Unit};

/// Articles, stories and mentions.
#[derive(Clone, Copy, Debug, Default)]
struct Sum {
    /// Articles.
    articles: u64,
    /// Stories.
    stories: u64,
    /// Mentions; 0 where articles are counted whatever they mention.
    mentions: u64,
}

impl Sum {
    /// Articles or stories.
    const fn of(self, unit: Unit) -> u64 {
        match unit {
            Unit::Article => self.articles,
            Unit::Story => self.stories,
        }
    }
}

/// What a group is: a number and what it is called.
pub(crate) struct Grouping<'a> {
    /// The articles of each group.
    pub(crate) of: &'a Sorted,
    /// The name of a group.
    pub(crate) name: &'a dyn Fn(usize) -> String,
    /// The last period whose articles are counted.
    pub(crate) last: usize,
}

/// Figures by group: groups with most articles first, in each the entities in their order.
///
/// A group has a row for every featured entity, and for those others that it mentions. A missing row is a 0.
pub(crate) fn count_groups(
    basis: &Basis,
    by_document: &ByDocument<'_>,
    ranking: &Ranking,
    featured: &[usize],
    settings: &AnalyseSettings,
    grouping: &Grouping<'_>,
) -> Vec<GroupRow> {
    let articles = |group| {
        let all = grouping.of.of(group);
        all.filter(|&article| basis.period(article) <= grouping.last)
    };
    let mut groups: Vec<(usize, String, Sum)> = (0..grouping.of.groups())
        .map(|group| (group, count_articles(basis, articles(group))))
        .filter(|(_, total)| total.articles > 0)
        .map(|(group, total)| (group, (grouping.name)(group), total))
        .collect();
    groups.sort_by(|a, b| (Reverse(a.2.articles), &a.1).cmp(&(Reverse(b.2.articles), &b.1)));
    let mut rows = Vec::new();
    let mut sums = vec![Sum::default(); ranking.entities.len()];
    let mut stories = Stories::new();
    for (group, name, total) in groups {
        let mut seen = featured.to_vec();
        for pair in articles(group).flat_map(|article| by_document.pairs(article, &settings.count)) {
            let Some(entity) = ranking.places[pair.entity] else {
                continue;
            };
            let sum = &mut sums[entity];
            if sum.articles == 0 {
                seen.push(entity);
            }
            sum.articles += 1;
            sum.stories += stories.add(entity, basis, pair.doc);
            sum.mentions += pair.mentions;
        }
        stories.take().for_each(|entity| sums[entity].stories += 1);
        seen.sort_unstable();
        seen.dedup();
        rows.extend(seen.into_iter().map(|entity| {
            let sum = std::mem::take(&mut sums[entity]);
            GroupRow {
                group: name.clone(),
                entity,
                articles: sum.articles,
                stories: sum.stories,
                mentions: sum.mentions,
                articles_total: total.articles,
                share: share(sum.of(settings.unit), total.of(settings.unit)),
            }
        }));
    }
    rows
}

/// So many articles, and the stories that they carry.
fn count_articles(basis: &Basis, articles: impl Iterator<Item = usize>) -> Sum {
    let mut stories = Stories::new();
    let mut sum = Sum::default();
    for article in articles {
        sum.articles += 1;
        sum.stories += stories.add((), basis, article);
    }
    sum.stories += stories.take().count() as u64;
    sum
}

/// Mentions by kind, sorted by period, entity and kind; no rows of zeros.
///
/// A row counts the mentions that the rules let count, of every kind, whether the report counts that kind or not; agency credits, which no
/// rule lets count, are here too. Entities that only have mentions of kinds that do not count are not in the ranking, so not here.
pub(crate) fn count_kinds(basis: &Basis, by_document: &ByDocument<'_>, ranking: &Ranking) -> Vec<KindRow> {
    let by_period = basis.sorted(basis.timeline.periods.len(), |article| basis.period(article));
    let mut rows = Vec::new();
    let kinds = Kind::ALL.len();
    let mut sums = vec![(0, 0); ranking.entities.len() * kinds];
    let mut seen: Vec<usize> = Vec::new();
    for period in 0..by_period.groups() {
        for tally in by_period.of(period).flat_map(|article| by_document.tallies(article)) {
            let Some(entity) = ranking.places[usize::from(tally.entity)] else {
                continue;
            };
            let at = entity * kinds + tally.kind as usize;
            let sum: &mut (u64, u64) = &mut sums[at];
            if sum.0 == 0 {
                seen.push(at);
            }
            sum.0 += 1;
            sum.1 += u64::from(tally.mentions);
        }
        seen.sort_unstable();
        rows.extend(seen.drain(..).map(|at| {
            let (articles, mentions) = std::mem::take(&mut sums[at]);
            KindRow {
                period,
                entity: at / kinds,
                kind: Kind::ALL[at % kinds],
                articles,
                mentions,
            }
        }));
    }
    rows
}

/// Articles by language, most first.
pub(crate) fn count_languages(basis: &Basis, articles: impl Iterator<Item = usize>) -> Vec<(Language, u64)> {
    let mut sums: BTreeMap<Language, u64> = BTreeMap::new();
    for article in articles {
        *sums.entry(basis.documents.languages[article]).or_default() += 1;
    }
    let mut sorted: Vec<(Language, u64)> = sums.into_iter().collect();
    sorted.sort_by_key(|&(language, articles)| (Reverse(articles), language));
    sorted
}

/// The outlets with an article, most articles first.
pub(crate) fn count_sources(basis: &Basis, by_outlet: &Sorted) -> Vec<SourceRow> {
    let mut rows: Vec<SourceRow> = (0..by_outlet.groups())
        .filter_map(|outlet| count_source(basis, &basis.outlets.names[outlet], &by_outlet.of(outlet)))
        .collect();
    rows.sort_by(|a, b| (Reverse(a.articles), &a.source).cmp(&(Reverse(b.articles), &b.source)));
    rows
}

/// The row of the outlet of these articles.
fn count_source(basis: &Basis, name: &str, articles: &(impl Iterator<Item = usize> + Clone)) -> Option<SourceRow> {
    let days = || articles.clone().map(|article| basis.date(article));
    let mut present: Vec<usize> = articles.clone().map(|article| basis.period(article)).collect();
    present.sort_unstable();
    present.dedup();
    let languages = count_languages(basis, articles.clone());
    let total = count_articles(basis, articles.clone());
    Some(SourceRow {
        source: name.to_owned(),
        languages: languages.into_iter().map(|(language, _)| language).collect(),
        articles: total.articles,
        stories: total.stories,
        first_date: days().min()?,
        last_date: days().max()?,
        periods_present: present.len() as u64,
        silent_periods: (basis.timeline.periods.len() - present.len()) as u64,
    })
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::{Corpus, day, gazetteer};
    use super::super::statistics::near::assert_near;
    use super::*;

    #[test]
    fn what_charts_tell_of_outlets_ends_with_the_last_complete_period() {
        let mut corpus = Corpus::default();
        for (date, source) in [
            ("2024-05-20", "A"),
            ("2024-05-26", "B"),
            ("2024-05-27", "A"),
            ("2024-05-28", "C"),
        ] {
            corpus.add(date, source, &["mali"]);
        }
        let gazetteer = gazetteer(&["mali"]);
        let findings = corpus.findings(&gazetteer, &AnalyseSettings::default());
        assert_eq!((findings.periods.len(), findings.last_complete), (2, Some(0)));
        let totals = |rows: &[GroupRow]| -> Vec<(String, u64, u64)> {
            let rows = rows.iter();
            rows.map(|row| (row.group.clone(), row.articles, row.articles_total))
                .collect()
        };
        let named = |group: &str, n| (group.to_owned(), n, n);
        assert_eq!(
            totals(&findings.by_source),
            [named("A", 2), named("B", 1), named("C", 1)]
        );
        assert_eq!(totals(&findings.told_by_source), [named("A", 1), named("B", 1)]);
        let mut corpus = Corpus::default();
        corpus.add("2024-05-20", "A", &["mali"]);
        let findings = corpus.findings(&gazetteer, &AnalyseSettings::default());
        assert_eq!(findings.last_complete, None);
        assert_eq!(totals(&findings.told_by_source), [named("A", 1)]);
    }

    #[test]
    fn groups_are_sorted_by_articles_and_featured_entities_have_a_row_in_each() {
        let mut corpus = Corpus::default();
        for (date, source, entities) in [
            ("2024-05-20", "B", vec!["mali"]),
            ("2024-05-26", "B", vec!["mali", "mali", "a1"]),
            ("2024-06-05", "A", vec![]),
        ] {
            corpus.add(date, source, &entities);
        }
        corpus.documents[1].language = "fr";
        let mut gazetteer = gazetteer(&["a1", "mali"]);
        gazetteer.featured = vec![gazetteer.find("mali").unwrap()];
        let findings = corpus.findings(&gazetteer, &AnalyseSettings::default());
        let rows = |rows: &[GroupRow]| -> Vec<(String, usize, u64, u64, u64)> {
            rows.iter()
                .map(|row| {
                    (
                        row.group.clone(),
                        row.entity,
                        row.articles,
                        row.mentions,
                        row.articles_total,
                    )
                })
                .collect()
        };
        let named =
            |group: &str, entity, articles, mentions, total| (group.to_owned(), entity, articles, mentions, total);
        assert_eq!(
            rows(&findings.by_source),
            [named("B", 0, 2, 3, 2), named("B", 1, 1, 1, 2), named("A", 0, 0, 0, 1)]
        );
        assert_eq!(
            rows(&findings.by_language),
            [
                named("en", 0, 1, 1, 2),
                named("fr", 0, 1, 2, 1),
                named("fr", 1, 1, 1, 1)
            ]
        );
        assert_near(findings.by_language[0].share.unwrap().value, 0.5);
        assert_eq!(findings.corpus.languages, [(Language::EN, 2), (Language::FR, 1)]);
        let b = &findings.sources[0];
        assert_eq!(
            (b.source.as_str(), b.articles, b.periods_present, b.silent_periods),
            ("B", 2, 1, 2)
        );
        assert_eq!((b.first_date, b.last_date), (day("2024-05-20"), day("2024-05-26")));
        assert_eq!(b.languages, [Language::EN, Language::FR]);
    }
}
