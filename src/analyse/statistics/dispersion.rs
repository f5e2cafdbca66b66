//! How much more counts vary than Poisson counts, for one series and for what all series have in common.
//!
//! Model: the variance of a count is φ times its mean (quasi-Poisson). One series of eight periods says little of its φ, so each estimate is
//! drawn to what the others lead one to expect: φ̃ = (d₀ s₀² + d φ̂) ÷ (d₀ + d), where d is what is left of its periods and d₀ says how much
//! the others agree. s₀² may rise with the mean, as that of counts with a constant coefficient of variation does: ln s₀² is a straight line
//! in the logarithm of the mean.
//!
//! Sources: P. `McCullagh` and J. A. Nelder (1989), Generalized linear models, 2nd ed., section 6.2, for φ̂ (Pearson's χ² ÷ d); G. K. Smyth
//! (2004), Linear models and empirical Bayes methods, Statistical Applications in Genetics and Molecular Biology 3, article 3, for the prior
//! by moments of the logarithms; S. P. Lund et al. (2012), same journal 11, article 8, for its use with counts and a trend.

use super::gamma::{digamma, trigamma, trigamma_inverse};
use super::real;

/// Fewer series than this say nothing of each other.
const FEWEST_SERIES: usize = 10;

/// A series: its dispersion φ̂ and the mean of its counts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Estimate {
    /// φ̂, above 0.
    pub(crate) dispersion: f64,
    /// The mean of its counts, above 0.
    pub(crate) mean: f64,
}

/// What all series have in common.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Prior {
    /// d₀, its degrees of freedom; 0 where there are too few series, infinite where they differ by no more than chance.
    df: f64,
    /// ln s₀² where the mean is 1.
    intercept: f64,
    /// What ln s₀² gains with ln mean.
    slope: f64,
}

impl Prior {
    /// Nothing known beforehand.
    pub(crate) const NONE: Self = Self {
        df: 0.0,
        intercept: 0.0,
        slope: 0.0,
    };

    /// Fits the prior to series that each have `df` degrees of freedom. Series without a mean or a dispersion are not looked at.
    pub(crate) fn fit(series: &[Estimate], df: f64) -> Self {
        let usable = |one: &&Estimate| one.dispersion > 0.0 && one.mean > 0.0;
        let points: Vec<(f64, f64)> = series
            .iter()
            .filter(usable)
            .map(|one| {
                let log = one.dispersion.ln() - digamma(df / 2.0) + (df / 2.0).ln();
                (one.mean.ln(), log)
            })
            .collect();
        if points.len() < FEWEST_SERIES {
            return Self::NONE;
        }
        let all = real(points.len() as u64);
        let (x, y) = points
            .iter()
            .fold((0.0, 0.0), |(x, y), point| (x + point.0, y + point.1));
        let (x, y) = (x / all, y / all);
        let spread: f64 = points.iter().map(|point| (point.0 - x).powi(2)).sum();
        let together: f64 = points.iter().map(|point| (point.0 - x) * (point.1 - y)).sum();
        let slope = if spread > 1e-9 { together / spread } else { 0.0 };
        let intercept = y - slope * x;
        let rest = points
            .iter()
            .map(|point| (point.1 - intercept - slope * point.0).powi(2));
        let excess = rest.sum::<f64>() / (all - 2.0) - trigamma(df / 2.0);
        if excess <= 0.0 {
            return Self {
                df: f64::INFINITY,
                intercept,
                slope,
            };
        }
        let prior = 2.0 * trigamma_inverse(excess);
        Self {
            df: prior,
            intercept: intercept + digamma(prior / 2.0) - (prior / 2.0).ln(),
            slope,
        }
    }

    /// The dispersion to reckon with, at least 1, and its degrees of freedom, for a series with `df` of its own.
    ///
    /// A series that has no dispersion of its own (`None`) takes what the others lead one to expect. Counts never vary less than Poisson
    /// counts here: a smaller estimate is taken for chance.
    pub(crate) fn squeeze(&self, dispersion: Option<f64>, mean: f64, df: f64) -> (f64, f64) {
        let expected = (self.intercept + self.slope * mean.ln()).exp();
        let own = dispersion.unwrap_or(expected);
        let squeezed = if self.df.is_infinite() {
            expected
        } else {
            (self.df * expected + df * own) / (self.df + df)
        };
        (squeezed.max(1.0), self.df + df)
    }
}

#[cfg(test)]
mod tests {
    use super::super::near::assert_near;
    use super::*;

    /// Twelve series with seven degrees of freedom. The reference is the same fit written with `SciPy` 1.17.1 and `NumPy`:
    /// `e = log(phi) - digamma(3.5) + log(3.5)`, `b, a = polyfit(log(mean), e, 1)`, `v = sum((e - a - b * log(mean)) ** 2) / 10`,
    /// `d0 = 2 * brentq(lambda x: polygamma(1, x) - (v - polygamma(1, 3.5)), 1e-6, 1e9)`.
    #[test]
    fn the_prior_agrees_with_scipy() {
        let found = Prior::fit(&series(1.0), 7.0);
        assert_near(found.df, 2.746_105_466_197_451_3);
        assert_near(found.intercept, -1.565_898_152_213_884);
        assert_near(found.slope, 0.674_574_524_937_335_9);
        let (squeezed, df) = found.squeeze(Some(5.0), 10.0, 7.0);
        assert_near(squeezed, 3.869_405_323_819_606_2);
        assert_near(df, 9.746_105_466_197_452);
    }

    #[test]
    fn alike_series_make_one_dispersion_and_few_series_none() {
        let alike: Vec<Estimate> = (1..=12)
            .map(|mean| Estimate {
                dispersion: 2.0,
                mean: f64::from(mean),
            })
            .collect();
        let prior = Prior::fit(&alike, 7.0);
        assert!(prior.df.is_infinite());
        let (pooled, df) = prior.squeeze(Some(9.0), 5.0, 7.0);
        assert!(df.is_infinite() && pooled < 3.0, "{pooled}");
        let none = Prior::fit(&alike[..9], 7.0);
        assert_eq!(none.squeeze(Some(9.0), 5.0, 7.0), (9.0, 7.0));
        assert_eq!(none.squeeze(Some(0.2), 5.0, 7.0), (1.0, 7.0));
        assert_eq!(none.squeeze(None, 0.5, 7.0), (1.0, 7.0));
    }

    /// φ of each is its place in a fixed list, the mean grows.
    fn series(scale: f64) -> Vec<Estimate> {
        [0.2, 1.1, 7.5, 0.6, 3.9, 1.4, 0.9, 12.0, 2.2, 5.1, 0.4, 3.0]
            .iter()
            .zip(1_u32..)
            .map(|(dispersion, place)| Estimate {
                dispersion: dispersion * scale,
                mean: f64::from(place * 3),
            })
            .collect()
    }
}
