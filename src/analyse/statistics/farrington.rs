//! What was usual in a series of counts, past outbreaks weighing little.
//!
//! Each period is held against the others: its Anscombe residual s = 3 (y^⅔ μ^−⅙ − μ^½) ÷ 2 √(φ (1 + n ÷ N)), where μ is what the other
//! periods lead one to expect, φ their dispersion (squeezed, [`Prior`]), n what the period counts of and N what the others count of. A
//! period with s above the bound t weighs s⁻², all others 1, and the weights are scaled so that their sum is the number of periods. t is
//! Student's bound that an ordinary series of that length passes with a chance of 0.5 %.
//!
//! Sources: C. P. Farrington et al. (1996), A statistical algorithm for the early detection of outbreaks of infectious disease, Journal of
//! the Royal Statistical Society A 159, 547–563; A. Noufaily et al. (2013), An improved algorithm for outbreak detection in multiple
//! surveillance systems, Statistics in Medicine 32, 1206–1222, for weights from a high bound only. They reckon with five years, where a peak
//! hardly moves φ; in eight periods a peak hides itself behind the φ that it makes (no residual can pass √7 = 2.65), so it is left out here
//! when it is judged, and the bound rises with the number of periods. The weights make the mean only: φ̂ keeps the peak, since trimming
//! what is ordinary variation from φ̂ makes false alarms (8 % of the flags in simulation rather than 5 %).

use super::dispersion::Prior;
use super::gamma::student_two_sided;
use super::overdispersed::{Rate, Spread};
use super::real;

/// The chance that an ordinary series has a period weighed down.
const CHANCE: f64 = 0.005;

/// Less than this is never expected of a period when it is judged.
const LEAST: f64 = 0.5;

/// What was usual.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Usual {
    /// The weighted rate; of all periods weighing 1 it is the plain pooled one.
    pub(crate) rate: Rate,
    /// How much the periods vary around it.
    pub(crate) spread: Spread,
    /// How many periods were weighed down.
    pub(crate) lowered: u64,
}

/// Pools the periods, each with its count and what it is counted of (above 0).
pub(crate) fn pool(periods: &[Rate], prior: &Prior) -> Usual {
    let mut weights: Vec<f64> = (0..periods.len()).map(|place| weight(periods, place, prior)).collect();
    let lowered = weights.iter().filter(|&&weight| weight < 1.0).count() as u64;
    if lowered > 0 {
        let scale = real(periods.len() as u64) / weights.iter().sum::<f64>();
        for weight in &mut weights {
            *weight *= scale;
        }
    }
    let sum = |of: fn(&Rate) -> f64| periods.iter().zip(&weights).map(|(one, weight)| weight * of(one)).sum();
    let rate = Rate {
        count: sum(|one| one.count),
        of: sum(|one| one.of),
    };
    let (dispersion, df) = prior.squeeze(dispersion(periods, rate), mean(periods), degrees(periods.len()));
    Usual {
        rate,
        spread: Spread { dispersion, df },
        lowered,
    }
}

/// φ̂: Pearson's χ² around `rate` ÷ the degrees of freedom; `None` where nothing was counted or one period is all there is.
pub(crate) fn dispersion(periods: &[Rate], rate: Rate) -> Option<f64> {
    if periods.len() < 2 || rate.count <= 0.0 {
        return None;
    }
    let chi_square: f64 = periods
        .iter()
        .map(|one| {
            let expected = rate.count / rate.of * one.of;
            (one.count - expected).powi(2) / expected
        })
        .sum();
    Some(chi_square / degrees(periods.len()))
}

/// The mean count; at least half a count in all, so that it has a logarithm.
pub(crate) fn mean(periods: &[Rate]) -> f64 {
    total(periods).count.max(0.5) / real(periods.len().max(1) as u64)
}

/// All periods together.
pub(crate) fn total(periods: &[Rate]) -> Rate {
    periods.iter().fold(Rate { count: 0.0, of: 0.0 }, |sum, one| Rate {
        count: sum.count + one.count,
        of: sum.of + one.of,
    })
}

/// What so many periods leave for φ̂.
pub(crate) fn degrees(periods: usize) -> f64 {
    real(periods.saturating_sub(1).max(1) as u64)
}

/// s⁻² of a period that stands out from the others, 1 of any other.
fn weight(periods: &[Rate], place: usize, prior: &Prior) -> f64 {
    let one = periods[place];
    let others: Vec<Rate> = periods[..place].iter().chain(&periods[place + 1..]).copied().collect();
    let rate = total(&others);
    if others.len() < 2 || one.count <= 0.0 || rate.of <= 0.0 {
        return 1.0;
    }
    let expected = (rate.count / rate.of * one.of).max(LEAST);
    let (dispersion, df) = prior.squeeze(dispersion(&others, rate), mean(&others), degrees(others.len()));
    let distance = one.count.powf(2.0 / 3.0) * expected.powf(-1.0 / 6.0) - expected.sqrt();
    let residual = 1.5 * distance / (dispersion * (1.0 + one.of / rate.of)).sqrt();
    // One-sided: only peaks.
    let stands_out = residual > 1.0 && student_two_sided(residual, df) < 2.0 * CHANCE / real(periods.len() as u64);
    if stands_out { residual.powi(-2) } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::super::near::assert_near;
    use super::*;

    fn weeks(counts: &[u32]) -> Vec<Rate> {
        let week = |&count: &u32| Rate {
            count: f64::from(count),
            of: 50.0,
        };
        counts.iter().map(week).collect()
    }

    #[test]
    fn an_ordinary_series_is_pooled_as_it_is() {
        let found = pool(&weeks(&[4, 6, 3, 5, 2, 4, 7, 1]), &Prior::NONE);
        assert_eq!((found.lowered, found.rate), (0, Rate { count: 32.0, of: 400.0 }));
        assert_near(found.spread.df, 7.0);
        // Pearson's χ² is 28 ÷ 4 = 7, over 7 degrees of freedom.
        assert_near(found.spread.dispersion, 1.0);
    }

    /// With `s = 1.5 * (40 ** (2 / 3) * 4 ** (-1 / 6) - 2) / sqrt(8 / 7)`, weights `[1] * 7 + [s ** -2]` scaled by `8 / sum`.
    #[test]
    fn a_past_outbreak_weighs_little_in_the_mean_and_stays_in_the_spread() {
        let found = pool(&weeks(&[4, 4, 4, 40, 4, 4, 4, 4]), &Prior::NONE);
        assert_eq!(found.lowered, 1);
        assert_near(found.rate.count, 32.393_430_823_264_794);
        assert_near(found.rate.of, 400.0);
        assert!(found.spread.dispersion > 10.0, "{found:?}");
    }

    #[test]
    fn a_lone_count_among_zeros_is_judged_too() {
        let found = pool(&weeks(&[0, 0, 0, 30, 0, 0, 0, 0]), &Prior::NONE);
        assert_eq!(found.lowered, 1);
        assert!(found.rate.count < 3.0, "{found:?}");
        let none = pool(&weeks(&[0; 8]), &Prior::NONE);
        assert_eq!((none.lowered, none.rate.count), (0, 0.0));
        assert_near(none.spread.dispersion, 1.0);
    }
}
