//! Outlets whose documents carry no date far more often than those of the others: their part in every period is too small.
//!
//! The basis comes in, one caveat an outlet goes out. It changes no figure. An undated document lies in no period, so nothing can say *when*
//! dates began to be missing; which outlet lacks them can be said.

use std::cmp::Reverse;

use super::basis::Basis;
use super::outlets::UNKNOWN;
use super::statistics::binomial::rate_ratio;
use super::statistics::real;
use crate::model::evidence::DocumentStatus;
use crate::model::findings::Caveat;

/// Fewer undated documents of an outlet are not told.
const FEWEST: u64 = 5;

/// At least one document in so many is undated.
const ONE_IN: u64 = 5;

/// It is at least so many times as often as elsewhere.
const TIMES: f64 = 2.0;

/// Chance alone gives such a difference at most so often (exact conditional test).
const CHANCE: f64 = 0.001;

/// Outlets that lack dates, most undated documents first. Filtered documents and re-crawls are left out of account.
pub(crate) fn find_dateless(basis: &Basis) -> Vec<Caveat> {
    let mut outlets: Vec<(u64, u64)> = vec![(0, 0); basis.outlets.names.len()];
    for (doc, &outlet) in basis.outlets.of.iter().enumerate() {
        let undated = match basis.status(doc) {
            DocumentStatus::Undated => 1,
            DocumentStatus::Read => 0,
            DocumentStatus::Duplicate | DocumentStatus::Filtered => continue,
        };
        let found = &mut outlets[outlet as usize];
        found.0 += undated;
        found.1 += 1;
    }
    let all = outlets
        .iter()
        .fold((0, 0), |sum, found| (sum.0 + found.0, sum.1 + found.1));
    let elsewhere = |undated: u64, documents: u64| (all.0 - undated, all.1 - documents);
    let mut dateless: Vec<(Reverse<u64>, &str, u64)> = outlets
        .iter()
        .zip(&basis.outlets.names)
        .map(|(&(undated, documents), name)| (Reverse(undated), name.as_str(), documents))
        .filter(|&(Reverse(undated), name, documents)| {
            name != UNKNOWN
                && undated >= FEWEST
                && undated * ONE_IN >= documents
                && rate_ratio((undated, documents), elsewhere(undated, documents))
                    .is_some_and(|found| found.ratio.value >= TIMES && found.p_value <= CHANCE)
        })
        .collect();
    dateless.sort_unstable();
    dateless
        .into_iter()
        .map(|(Reverse(undated), source, documents)| {
            let others = elsewhere(undated, documents);
            Caveat::DatelessSource {
                source: source.to_owned(),
                undated,
                documents,
                elsewhere: real(others.0) / real(others.1),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::{Corpus, gazetteer};
    use super::*;
    use crate::settings::AnalyseSettings;

    /// What is told where `undated` of forty documents of one outlet have no date, and `others` of a hundred of the other.
    fn told(undated: usize, others: usize, name: &str) -> Vec<Caveat> {
        let mut corpus = Corpus::default();
        for place in 0..40 {
            corpus.add(if place < undated { "" } else { "2024-04-01" }, name, &[]);
        }
        for place in 0..100 {
            corpus.add(if place < others { "" } else { "2024-04-03" }, "steady", &[]);
        }
        let findings = corpus.findings(&gazetteer(&["mali"]), &AnalyseSettings::default());
        let dateless = |caveat: &Caveat| matches!(caveat, Caveat::DatelessSource { .. });
        findings.caveats.into_iter().filter(dateless).collect()
    }

    #[test]
    fn an_outlet_that_lacks_dates_is_told() {
        let expected = Caveat::DatelessSource {
            source: "broken".to_owned(),
            undated: 20,
            documents: 40,
            elsewhere: 0.02,
        };
        assert_eq!(told(20, 2, "broken"), [expected]);
    }

    #[test]
    fn few_dates_or_none_anywhere_or_no_name_is_not_told() {
        assert_eq!(told(7, 0, "broken"), [], "less than one in five");
        assert_eq!(told(20, 40, "broken"), [], "as often elsewhere");
        assert_eq!(told(40, 100, "broken"), [], "no date anywhere");
        assert_eq!(told(20, 2, ""), [], "an outlet without a name");
    }
}
