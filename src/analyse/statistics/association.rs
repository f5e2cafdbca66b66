//! How much more often two things come together than they would by chance.
//!
//! With o₁₁ of n together, n₁ and n₂ apart, and the four cells of the table that follow from them:
//! expected e₁₁ = n₁n₂ ÷ n; G² = 2 Σ o ln(o ÷ e) over the four cells; NPMI = ln(o₁₁ ÷ e₁₁) ÷ −ln(o₁₁ ÷ n), from −1 (never) over 0 (as by
//! chance) to 1 (never one without the other).
//!
//! Sources: T. Dunning (1993), Accurate methods for the statistics of surprise and coincidence, Computational Linguistics 19, 61–74; G.
//! Bouma (2009), Normalized (pointwise) mutual information in collocation extraction, Proceedings of GSCL, 31–40.

use super::binomial::clopper_pearson_lower;
use super::real;
use crate::model::findings::Share;

/// What one would expect together by chance.
pub(crate) fn expected(first: u64, second: u64, all: u64) -> f64 {
    real(first) * real(second) / real(all)
}

/// G² of the two-by-two table; at least 0.
pub(crate) fn g_square(both: u64, first: u64, second: u64, all: u64) -> f64 {
    let row = |seen: u64, n: u64, m: u64| term(real(seen), expected(n, m, all));
    let (no_first, no_second) = (all - first, all - second);
    let neither = all + both - first - second;
    let sum = row(both, first, second)
        + row(first - both, first, no_second)
        + row(second - both, no_first, second)
        + row(neither, no_first, no_second);
    (2.0 * sum).max(0.0)
}

/// G² of `seen` of `all` where `expected` of them were to be expected; at least 0.
pub(crate) fn g_square_of(seen: u64, expected: f64, all: u64) -> f64 {
    (2.0 * (term(real(seen), expected) + term(real(all - seen), real(all) - expected))).max(0.0)
}

/// How many times as often as expected `seen` of `all` came, with the Clopper–Pearson 95 % interval of seen ÷ all over expected ÷ all.
///
/// What is expected is taken as known. That makes the interval too wide rather than too narrow: were `n₁` and `n₂` drawn anew, the variance
/// of ln(lift) would be less by (n₁ + n₂ − 2o) ÷ n₁n₂, which is never negative.
pub(crate) fn lift(seen: u64, expected: f64, all: u64) -> Share {
    let scale = real(all) / expected;
    Share {
        value: real(seen) / expected,
        lo: clopper_pearson_lower(seen, all) * scale,
        hi: (1.0 - clopper_pearson_lower(all - seen, all)) * scale,
    }
}

/// NPMI; `None` where all have both, since then nothing can be told.
pub(crate) fn npmi(both: u64, first: u64, second: u64, all: u64) -> Option<f64> {
    if both == all {
        return None;
    }
    if both == 0 {
        return Some(-1.0);
    }
    Some((real(both) / expected(first, second, all)).ln() / -(real(both) / real(all)).ln())
}

/// o ln(o ÷ e), where 0 ln 0 is 0.
fn term(seen: f64, expected: f64) -> f64 {
    if seen > 0.0 && expected > 0.0 {
        seen * (seen / expected).ln()
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::super::near::assert_near;
    use super::*;

    /// `scipy.stats.chi2_contingency(table, correction=False, lambda_="log-likelihood")`, `SciPy` 1.17.1, where
    /// `table = [[both, first - both], [second - both, all + both - first - second]]`.
    #[test]
    fn g_square_agrees_with_scipy() {
        for (both, first, second, all, g2) in [
            (30, 50, 60, 1000, 120.275_503_349_576_51),
            (0, 5, 7, 90, 0.834_063_125_434_985_8),
            (5, 5, 7, 90, 30.244_873_691_559_313),
            (3, 400, 500, 1000, 800.736_875_287_121_2),
            (12, 1200, 80, 1_000_000, 94.058_884_783_939_1),
        ] {
            assert_near(g_square(both, first, second, all), g2);
        }
        assert_near(g_square(10, 100, 100, 1000), 0.0);
    }

    /// Dunning (1993), table of bigrams that stand out: `the swiss`, 110 together, 2442 and 111 apart, 29114 neither: 270.72.
    #[test]
    fn g_square_agrees_with_the_example_of_the_paper() {
        let found = g_square(110, 110 + 2442, 110 + 111, 110 + 2442 + 111 + 29_114);
        assert!((found - 270.72).abs() < 0.005, "{found}");
    }

    /// `scipy.stats.power_divergence([o, n - o], [e, n - e], lambda_="log-likelihood")`.
    #[test]
    fn g_square_of_one_part_agrees_with_scipy() {
        for (seen, expected, all, g2) in [
            (7, 3.25, 20, 4.151_900_716_943_334),
            (0, 3.25, 20, 7.093_360_611_316_618),
            (20, 11.5, 20, 22.135_409_527_391_463),
            (5, 9.0, 12, 5.984_303_396_399_662),
        ] {
            assert_near(g_square_of(seen, expected, all), g2);
        }
    }

    /// The bounds of 30 of 1000 by bisection of the binomial sums in decimals of sixty digits, times n ÷ e.
    #[test]
    fn lift_has_the_exact_interval_of_its_count() {
        let found = lift(30, 3.0, 1000);
        assert_near(found.value, 10.0);
        assert_near(found.lo, 0.020_330_485_683_109_63 * 1000.0 / 3.0);
        assert_near(found.hi, 0.042_551_402_470_029_05 * 1000.0 / 3.0);
        let never = lift(0, 10.0, 40);
        assert!(never.value.abs() < 1e-12 && never.lo.abs() < 1e-12);
        assert_near(never.hi, (1.0 - 0.025_f64.powf(1.0 / 40.0)) * 4.0);
        let always = lift(40, 10.0, 40);
        assert_near(always.hi, 4.0);
    }

    #[test]
    fn npmi_reaches_from_never_to_always() {
        assert_eq!(npmi(0, 5, 5, 100), Some(-1.0));
        assert_eq!(npmi(100, 100, 100, 100), None);
        assert_near(npmi(5, 5, 5, 100).unwrap(), 1.0);
        assert!(npmi(10, 100, 100, 1000).unwrap().abs() < 1e-12);
        // log(30 * 1000 / (50 * 60)) / -log(30 / 1000)
        assert_near(npmi(30, 50, 60, 1000).unwrap(), 0.656_651_097_862_631_3);
    }
}
