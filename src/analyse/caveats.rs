//! What a reader should distrust this time.
//!
//! The finished figures come in, caveats go out in the order of their weight. It changes no figure.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::baseline::{baseline, median_articles};
use super::basis::Basis;
use super::change::FEWEST_PERIODS;
use super::outlets::UNKNOWN;
use super::statistics::real;
use crate::model::findings::{Caveat, CorpusFacts, Panel, PeriodFacts, SourceRow};
use crate::settings::AnalyseSettings;

/// Fewer articles a period (median) than this let shares jump by chance.
const FEW_ARTICLES: u64 = 30;

/// Every caveat that holds; `outlets` are those about single outlets.
pub(crate) fn find_caveats(
    corpus: &CorpusFacts,
    periods: &[PeriodFacts],
    sources: &[SourceRow],
    outlets: Vec<Caveat>,
    panel: &Panel,
) -> Vec<Caveat> {
    let mut caveats = Vec::new();
    let kept = corpus.documents - corpus.filtered;
    if corpus.articles == 0 && kept > 0 {
        caveats.push(Caveat::NothingDated);
    }
    if corpus.skipped > 0 {
        caveats.push(Caveat::Skipped {
            skipped: corpus.skipped,
        });
    }
    if corpus.undated * 20 > kept {
        caveats.push(Caveat::ManyUndated {
            undated: corpus.undated,
            documents: kept,
        });
    }
    caveats.extend(find_partial(periods));
    caveats.extend(find_gaps(periods));
    caveats.extend(find_dominant(corpus, sources));
    caveats.extend(outlets);
    caveats.extend(find_thin(panel, sources));
    if let Some(median) = median_articles(periods).filter(|&median| median < FEW_ARTICLES) {
        caveats.push(Caveat::FewArticles { median });
    }
    caveats.extend(corpus.stale_as_of.map(|as_of| Caveat::StaleWatchlist { as_of }));
    caveats
}

/// The last and the first period where they are covered in part; a single one is told as the last.
fn find_partial(periods: &[PeriodFacts]) -> impl Iterator<Item = Caveat> {
    let partial = |&period: &usize| !periods[period].complete;
    let last = periods.len().checked_sub(1).filter(partial);
    let first = (periods.len() > 1).then_some(0).filter(partial);
    last.map(|period| Caveat::PartialLastPeriod { period })
        .into_iter()
        .chain(first.map(|period| Caveat::PartialFirstPeriod { period }))
}

/// Every stretch of periods without an article.
fn find_gaps(periods: &[PeriodFacts]) -> Vec<Caveat> {
    let mut gaps = Vec::new();
    let mut place = 0;
    for stretch in periods.chunk_by(|a, b| (a.articles == 0) == (b.articles == 0)) {
        let end = place + stretch.len();
        if stretch[0].articles == 0 {
            gaps.push(Caveat::Gap {
                from: place,
                to: end - 1,
            });
        }
        place = end;
    }
    gaps
}

/// The outlet with more than half of the articles, where there is another and it has a name.
fn find_dominant(corpus: &CorpusFacts, sources: &[SourceRow]) -> Option<Caveat> {
    let most = sources
        .first()
        .filter(|row| sources.len() > 1 && row.source != UNKNOWN && row.articles * 2 > corpus.articles)?;
    Some(Caveat::DominantSource {
        source: most.source.clone(),
        share: real(most.articles) / real(corpus.articles),
    })
}

/// The panel where it gives less than 70 % of the articles. Nothing is said where there is no baseline to speak of or no outlet is known.
fn find_thin(panel: &Panel, sources: &[SourceRow]) -> Option<Caveat> {
    let known = sources.iter().any(|row| row.source != UNKNOWN);
    let thin = known && panel.periods > FEWEST_PERIODS && panel.articles * 10 < panel.articles_total * 7;
    thin.then(|| Caveat::ThinPanel {
        sources: panel.sources.len() as u64,
        periods: panel.periods,
        share: real(panel.articles) / real(panel.articles_total),
    })
}

/// Outlets with articles in at least half of the baseline's periods and none in period `last`, most articles in the baseline first.
///
/// Nothing is said where the baseline has fewer than four periods, or period `last` has no article at all: that is a gap.
pub(crate) fn find_silent(
    basis: &Basis,
    periods: &[PeriodFacts],
    last: usize,
    settings: &AnalyseSettings,
) -> Vec<Caveat> {
    let before: BTreeSet<usize> = baseline(periods, last, settings.baseline).into_iter().collect();
    if (before.len() as u64) < FEWEST_PERIODS || periods[last].articles == 0 {
        return Vec::new();
    }
    let mut present: BTreeMap<u32, (BTreeSet<usize>, u64)> = BTreeMap::new();
    let mut speaking = BTreeSet::new();
    for article in basis.articles() {
        let (outlet, period) = (basis.outlets.of[article], basis.period(article));
        if period == last {
            speaking.insert(outlet);
        } else if before.contains(&period) {
            let seen = present.entry(outlet).or_default();
            seen.0.insert(period);
            seen.1 += 1;
        }
    }
    let name = |outlet: u32| &basis.outlets.names[outlet as usize];
    let mut silent: Vec<(Reverse<u64>, &String)> = present
        .iter()
        .filter(|(outlet, (seen, _))| {
            seen.len() * 2 >= before.len() && !speaking.contains(outlet) && name(**outlet) != UNKNOWN
        })
        .map(|(&outlet, &(_, articles))| (Reverse(articles), name(outlet)))
        .collect();
    silent.sort();
    silent
        .into_iter()
        .map(|(_, source)| Caveat::SilentSource {
            source: source.clone(),
            period: last,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::{Corpus, day, gazetteer};
    use super::*;

    /// Five whole weeks with an article of each outlet on each Monday and Sunday; `silent` has none in the last week.
    fn corpus() -> Corpus {
        let mut corpus = Corpus::default();
        for (monday, sunday) in [
            ("2024-04-01", "2024-04-07"),
            ("2024-04-08", "2024-04-14"),
            ("2024-04-15", "2024-04-21"),
            ("2024-04-22", "2024-04-28"),
            ("2024-04-29", "2024-05-05"),
        ] {
            for source in ["big", "big", "silent"] {
                if source != "silent" || monday < "2024-04-29" {
                    corpus.add(monday, source, &["mali"]);
                    corpus.add(sunday, source, &[]);
                }
            }
        }
        corpus
    }

    #[test]
    fn silence_dominance_and_small_numbers_are_told() {
        let mut corpus = corpus();
        corpus.add("2024-04-02", "seldom", &[]);
        let mut gazetteer = gazetteer(&["mali"]);
        gazetteer.as_of = Some(day("2024-05-04"));
        let findings = corpus.findings(&gazetteer, &AnalyseSettings::default());
        assert_eq!(
            findings.caveats,
            [
                Caveat::DominantSource {
                    source: "big".to_owned(),
                    share: 20.0 / 29.0
                },
                Caveat::SilentSource {
                    source: "silent".to_owned(),
                    period: 4
                },
                Caveat::ThinPanel {
                    sources: 1,
                    periods: 5,
                    share: 20.0 / 29.0
                },
                Caveat::FewArticles { median: 6 },
                Caveat::StaleWatchlist {
                    as_of: day("2024-05-04")
                },
            ]
        );
        assert_eq!(findings.corpus.stale_as_of, Some(day("2024-05-04")));
        gazetteer.as_of = Some(day("2024-05-05"));
        assert_eq!(
            corpus
                .findings(&gazetteer, &AnalyseSettings::default())
                .corpus
                .stale_as_of,
            None
        );
    }

    #[test]
    fn more_than_one_undated_in_twenty_is_told() {
        let mut corpus = corpus();
        corpus.add("", "big", &[]);
        let tell = |corpus: &Corpus| {
            let findings = corpus.findings(&gazetteer(&["mali"]), &AnalyseSettings::default());
            findings
                .caveats
                .iter()
                .any(|caveat| matches!(caveat, Caveat::ManyUndated { .. }))
        };
        assert!(!tell(&corpus));
        corpus.add("", "big", &[]);
        assert!(tell(&corpus));
    }

    #[test]
    fn one_outlet_or_none_is_not_dominant() {
        for source in ["big", ""] {
            let mut corpus = Corpus::default();
            corpus.add("2024-04-01", source, &[]);
            corpus.add("2024-04-07", source, &[]);
            let findings = corpus.findings(&gazetteer(&["mali"]), &AnalyseSettings::default());
            assert_eq!(findings.caveats, [Caveat::FewArticles { median: 2 }]);
        }
    }
}
