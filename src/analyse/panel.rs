//! Balanced shares: the mean over outlets that are always there.
//!
//! The basis, the sums of the mentions and the ranking come in; every cell gets its `share_balanced`, and the panel goes out. A share of
//! all articles moves when an outlet falls silent or floods; this one does not, since its outlets are the same throughout and weigh the same.
//! It tests nothing.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::baseline::baseline;
use super::basis::{Basis, Sorted};
use super::counts::ByDocument;
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
    by_document: &ByDocument<'_>,
    ranking: &mut Ranking,
    periods: &[PeriodFacts],
    last: usize,
    settings: &AnalyseSettings,
) -> Panel {
    let mut window = baseline(periods, last, settings.baseline);
    window.extend((periods[last].articles > 0).then_some(last));
    let by_outlet = basis.by_outlet();
    let articles = count_articles(basis, &by_outlet);
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
    let whole: Vec<bool> = (0..periods.len())
        .map(|period| !members.is_empty() && members.iter().all(|&(_, _, outlet)| speaks(outlet, &[period])))
        .collect();
    for facts in &mut ranking.entities {
        for (cell, _) in facts.series.iter_mut().zip(&whole).filter(|(_, whole)| **whole) {
            cell.share_balanced = Some(0.0);
        }
    }
    // Members come in the order of the panel, so that sums come out the same whatever the order of the corpus.
    let mut counted = Counted {
        periods: periods.len(),
        articles: vec![0; ranking.entities.len() * periods.len()],
        seen: Vec::new(),
    };
    for &(_, _, outlet) in &members {
        let own = by_outlet
            .of(outlet as usize)
            .filter(|&article| whole[basis.period(article)]);
        for pair in own.flat_map(|article| by_document.pairs(article, &settings.count)) {
            if let Some(entity) = ranking.places[pair.entity] {
                counted.add(entity, basis.period(pair.doc));
            }
        }
        for (entity, period, k) in counted.take() {
            if let Some(sum) = &mut ranking.entities[entity].series[period].share_balanced {
                *sum += real(k) / real(articles[&(outlet, period)]);
            }
        }
    }
    for cell in ranking.entities.iter_mut().flat_map(|facts| &mut facts.series) {
        if let Some(sum) = &mut cell.share_balanced {
            *sum /= real(members.len() as u64);
        }
    }
    panel
}

/// The articles of every outlet in every period in which it has one.
fn count_articles(basis: &Basis, by_outlet: &Sorted) -> BTreeMap<(u32, usize), u64> {
    let mut articles = BTreeMap::new();
    for (number, outlet) in (0..).zip(0..by_outlet.groups()) {
        let mut own: Vec<usize> = by_outlet.of(outlet).map(|article| basis.period(article)).collect();
        own.sort_unstable();
        for of_one in own.chunk_by(|a, b| a == b) {
            articles.insert((number, of_one[0]), of_one.len() as u64);
        }
    }
    articles
}

/// The articles of one outlet by entity and period.
struct Counted {
    /// How many periods there are.
    periods: usize,
    /// Articles, those of all periods of one entity after the other.
    articles: Vec<u64>,
    /// Which of them are not 0.
    seen: Vec<usize>,
}

impl Counted {
    /// Adds an article.
    fn add(&mut self, entity: usize, period: usize) {
        let place = entity * self.periods + period;
        if self.articles[place] == 0 {
            self.seen.push(place);
        }
        self.articles[place] += 1;
    }

    /// Entity, period and articles; then all are 0 again.
    fn take(&mut self) -> impl Iterator<Item = (usize, usize, u64)> {
        self.seen.drain(..).map(|place| {
            let articles = std::mem::take(&mut self.articles[place]);
            (place / self.periods, place % self.periods, articles)
        })
    }
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
