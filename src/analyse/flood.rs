//! Outlets that publish far more than usual, which makes their subjects seem to rise.
//!
//! The basis, the periods and the settings come in, one caveat an outlet goes out. It changes no figure.

use super::baseline::baseline;
use super::basis::Basis;
use super::change::FEWEST_PERIODS;
use super::outlets::UNKNOWN;
use super::statistics::binomial::rate_ratio;
use super::statistics::real;
use crate::model::findings::{Caveat, PeriodFacts};
use crate::settings::AnalyseSettings;

/// A flood gives at least one article in so many.
const ONE_IN: u64 = 5;

/// Its part is at least so many times its usual one.
const TIMES: f64 = 2.0;

/// Chance alone gives such a part at most so often (exact conditional test).
const CHANCE: f64 = 0.001;

/// Outlets that flood period `last`, the greatest part first. Nothing is said where the baseline has fewer than four periods.
pub(crate) fn find_floods(
    basis: &Basis,
    periods: &[PeriodFacts],
    last: usize,
    settings: &AnalyseSettings,
) -> Vec<Caveat> {
    let before = baseline(periods, last, settings.baseline);
    if (before.len() as u64) < FEWEST_PERIODS {
        return Vec::new();
    }
    let mut is_before = vec![false; periods.len()];
    for &period in &before {
        is_before[period] = true;
    }
    let mut articles: Vec<(u64, u64)> = vec![(0, 0); basis.outlets.names.len()];
    for article in basis.articles() {
        let (found, period) = (&mut articles[basis.outlets.of[article] as usize], basis.period(article));
        found.0 += u64::from(period == last);
        found.1 += u64::from(is_before[period]);
    }
    let now = periods[last].articles;
    let usual: u64 = before.iter().map(|&period| periods[period].articles).sum();
    let mut floods: Vec<(u64, u64, &str)> = articles
        .into_iter()
        .zip(&basis.outlets.names)
        .map(|((here, there), name)| (here, there, name.as_str()))
        .filter(|&(here, there, name)| {
            name != UNKNOWN
                && here * ONE_IN >= now
                && rate_ratio((here, now), (there, usual))
                    .is_some_and(|found| found.ratio.value >= TIMES && found.p_value <= CHANCE)
        })
        .collect();
    floods.sort_by(|a, b| (b.0, a.2).cmp(&(a.0, b.2)));
    floods
        .into_iter()
        .map(|(here, there, name)| Caveat::FloodingSource {
            source: name.to_owned(),
            period: last,
            share: real(here) / real(now),
            before: real(there) / real(usual),
            periods: before.len() as u64,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::{Corpus, gazetteer};
    use super::*;

    #[test]
    fn a_source_that_suddenly_gives_half_of_the_articles_is_told() {
        let mut corpus = Corpus::default();
        for week in 0..5_u32 {
            let (monday, sunday) = (
                format!("2024-04-{:02}", 1 + 7 * week),
                format!("2024-04-{:02}", 7 + 7 * week),
            );
            let sunday = if week == 4 { "2024-05-05".to_owned() } else { sunday };
            for (source, count) in [("steady", 20), ("flood", if week == 4 { 20 } else { 2 })] {
                for _ in 0..count {
                    corpus.add(&monday, source, &[]);
                }
            }
            corpus.add(&sunday, "steady", &["mali"]);
        }
        let findings = corpus.findings(&gazetteer(&["mali"]), &AnalyseSettings::default());
        let floods: Vec<&Caveat> = findings
            .caveats
            .iter()
            .filter(|caveat| matches!(caveat, Caveat::FloodingSource { .. }))
            .collect();
        assert_eq!(
            floods,
            [&Caveat::FloodingSource {
                source: "flood".to_owned(),
                period: 4,
                share: 20.0 / 41.0,
                before: 8.0 / 92.0,
                periods: 4,
            }]
        );
    }
}
