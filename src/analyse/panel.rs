//! Balanced shares: the mean over outlets that are always there.
//!
//! The basis, the sums of the mentions and the ranking come in; every cell gets its `share_balanced`, and the panel goes out. A share of
//! all articles moves when an outlet falls silent or floods; this one does not, since its outlets are the same throughout and weigh the same.
//! It tests nothing.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::baseline::baseline;
use super::basis::Basis;
use super::counts::Counts;
use super::outlets::UNKNOWN;
use super::share::Ranking;
use super::statistics::real;
use crate::model::findings::{Panel, PeriodFacts};
use crate::settings::AnalyseSettings;

/// Finds the panel of period `last` and its baseline, and gives every cell its balanced share.
///
/// A cell of any period, complete or not, has one where each outlet of the panel has an article in that period. One outlet never has two
/// articles with one text, so articles and stories give the same shares.
pub(crate) fn balance(
    basis: &Basis,
    counts: &Counts,
    ranking: &mut Ranking,
    periods: &[PeriodFacts],
    last: usize,
    settings: &AnalyseSettings,
) -> Panel {
    let mut window = baseline(periods, last, settings.baseline);
    window.extend((periods[last].articles > 0).then_some(last));
    let mut articles: BTreeMap<(u32, usize), u64> = BTreeMap::new();
    for article in basis.articles() {
        *articles
            .entry((basis.outlets.of[article], basis.period(article)))
            .or_default() += 1;
    }
    let in_window = |outlet: u32| {
        window
            .iter()
            .filter_map(|&period| articles.get(&(outlet, period)).copied())
            .sum()
    };
    let outlets: BTreeSet<u32> = articles.keys().map(|&(outlet, _)| outlet).collect();
    let speaks =
        |outlet: u32, periods: &[usize]| periods.iter().all(|&period| articles.contains_key(&(outlet, period)));
    let name = |outlet: u32| basis.outlets.names[outlet as usize].as_str();
    let mut members: Vec<(u64, &str, u32)> = outlets
        .into_iter()
        .filter(|&outlet| !window.is_empty() && name(outlet) != UNKNOWN && speaks(outlet, &window))
        .map(|outlet| (in_window(outlet), name(outlet), outlet))
        .collect();
    members.sort_by_key(|&(articles, name, _)| (Reverse(articles), name));
    let panel = Panel {
        sources: members.iter().map(|(_, name, _)| (*name).to_owned()).collect(),
        periods: window.len() as u64,
        articles: members.iter().map(|(articles, ..)| articles).sum(),
        articles_total: window.iter().map(|&period| periods[period].articles).sum(),
    };
    let places: BTreeMap<u32, usize> = members
        .iter()
        .enumerate()
        .map(|(at, &(_, _, outlet))| (outlet, at))
        .collect();
    let whole: Vec<bool> = (0..periods.len())
        .map(|period| !places.is_empty() && places.keys().all(|&outlet| speaks(outlet, &[period])))
        .collect();
    let found = count(basis, counts, ranking, &places, &whole, settings);
    let total = |period: usize, member: usize| articles.get(&(members[member].2, period)).copied().unwrap_or_default();
    for (entity, facts) in ranking.entities.iter_mut().enumerate() {
        for (period, cell) in facts.series.iter_mut().enumerate().filter(|(period, _)| whole[*period]) {
            let shares = found
                .range((entity, period, 0)..=(entity, period, usize::MAX))
                .map(|(&(_, _, member), &k)| real(k) / real(total(period, member)));
            cell.share_balanced = Some(shares.sum::<f64>() / real(places.len() as u64));
        }
    }
    panel
}

/// Articles by entity, period and member of the panel, for the periods in which all members speak. Members stand in the order of the panel,
/// so that sums come out the same whatever the order of the corpus.
fn count(
    basis: &Basis,
    counts: &Counts,
    ranking: &Ranking,
    members: &BTreeMap<u32, usize>,
    whole: &[bool],
    settings: &AnalyseSettings,
) -> BTreeMap<(usize, usize, usize), u64> {
    let mut found = BTreeMap::new();
    for pair in counts.pairs(&settings.count) {
        let (period, member) = (basis.period(pair.doc), members.get(&basis.outlets.of[pair.doc]));
        if let (true, Some(&member), Some(entity)) = (whole[period], member, ranking.places[pair.entity]) {
            *found.entry((entity, period, member)).or_default() += 1;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::{Corpus, gazetteer};
    use super::super::statistics::near::assert_near;
    use super::*;

    #[test]
    fn each_outlet_weighs_the_same_and_those_that_come_and_go_weigh_nothing() {
        let mut corpus = Corpus::default();
        for (monday, sunday) in [("2024-04-01", "2024-04-07"), ("2024-04-08", "2024-04-14")] {
            corpus.add(monday, "small", &["mali"]);
            for _ in 0..3 {
                corpus.add(sunday, "big", &[]);
            }
            corpus.add(sunday, "big", &["mali", "mali"]);
            corpus.add(monday, "", &["mali"]);
        }
        for _ in 0..9 {
            corpus.add("2024-04-09", "flood", &["mali"]);
        }
        // The partial third week has no article of `small`.
        corpus.add("2024-04-15", "big", &["mali"]);
        let findings = corpus.findings(&gazetteer(&["mali"]), &AnalyseSettings::default());
        let panel = &findings.panel;
        assert_eq!(panel.sources, ["big", "small"]);
        assert_eq!((panel.periods, panel.articles, panel.articles_total), (2, 10, 21));
        let cells = &findings.entities[0].series;
        // (1/4 + 1/1) / 2 in both weeks, while the share of all articles rose from 3/6 to 12/15.
        assert_near(cells[0].share_balanced.unwrap(), 0.625);
        assert_near(cells[1].share_balanced.unwrap(), 0.625);
        assert_near(cells[1].share.unwrap().value, 0.8);
        assert_eq!(cells[2].share_balanced, None);
    }

    #[test]
    fn without_a_known_outlet_there_is_no_panel() {
        let mut corpus = Corpus::default();
        corpus.add("2024-04-01", "", &["mali"]);
        corpus.add("2024-04-07", "", &["mali"]);
        let findings = corpus.findings(&gazetteer(&["mali"]), &AnalyseSettings::default());
        assert!(findings.panel.sources.is_empty());
        assert_eq!(findings.entities[0].series[0].share_balanced, None);
    }
}
