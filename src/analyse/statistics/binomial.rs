//! Exact binomial inference: the two-sided test, the Clopper–Pearson interval, and the ratio of two rates that rests on both.
//!
//! Sources: C. J. Clopper and E. S. Pearson (1934), Biometrika 26, 404–413; J. Przyborowski and H. Wilenski (1940), Biometrika 31,
//! 313–323, for the conditional test of two Poisson rates. The two-sided p adds up every outcome that is no likelier than the one seen
//! (the method of small p-values), as R's `binom.test` and `poisson.test` and `SciPy`'s `binomtest` do. It need not agree with the interval
//! at the very edge, since the interval cuts 2.5 % from each side.

use super::beta::{probability, quantile, tails};
use super::real;
use crate::model::findings::Share;

/// What two outcomes may differ by and still count as equally likely; R and `SciPy` use the same.
const EQUALLY_LIKELY: f64 = 1.0 + 1e-7;

/// What a 95 % interval leaves on each side.
const SIDE: f64 = 0.025;

/// The exact two-sided p of `k` successes in `n` draws that each succeed with `p`; `q` is 1 − `p`.
pub(crate) fn two_sided(k: u64, n: u64, p: f64, q: f64) -> f64 {
    if real(k) > real(n) * p {
        from_below(n - k, n, q, p)
    } else {
        from_below(k, n, p, q)
    }
}

/// The same for a `k` that is not above the mean.
fn from_below(k: u64, n: u64, p: f64, q: f64) -> f64 {
    let limit = probability(k, n, p, q) * EQUALLY_LIKELY;
    // From the mean on, each outcome is less likely than the one before: the first that is unlikely enough is found by halving.
    let (mut first, mut end) = (ceiling(real(n) * p, n), n + 1);
    while first < end {
        let middle = u64::midpoint(first, end);
        if probability(middle, n, p, q) > limit {
            first = middle + 1;
        } else {
            end = middle;
        }
    }
    (at_most(k, n, p, q) + at_least(first, n, p, q)).min(1.0)
}

/// The smallest whole number not below `mean`, at most `n`.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the mean of n draws lies between 0 and n"
)]
fn ceiling(mean: f64, n: u64) -> u64 {
    (mean.ceil() as u64).min(n)
}

/// P(X ≤ k).
fn at_most(k: u64, n: u64, p: f64, q: f64) -> f64 {
    if k >= n { 1.0 } else { tails(n - k, k + 1, q, p).0 }
}

/// P(X ≥ k).
fn at_least(k: u64, n: u64, p: f64, q: f64) -> f64 {
    match k {
        0 => 1.0,
        _ if k > n => 0.0,
        _ => tails(k, n - k + 1, p, q).0,
    }
}

/// The lower bound of the Clopper–Pearson 95 % interval of k ÷ n: the 0.025 quantile of beta(k, n − k + 1), or 0 where k is 0.
///
/// The upper bound is 1 − the lower bound of (n − k) ÷ n.
pub(crate) fn clopper_pearson_lower(k: u64, n: u64) -> f64 {
    if k == 0 { 0.0 } else { quantile(k, n - k + 1, SIDE) }
}

/// Two rates compared.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct RateRatio {
    /// The ratio with its exact conditional 95 % interval.
    pub(crate) ratio: Share,
    /// The exact two-sided p of the ratio being 1.
    pub(crate) p_value: f64,
}

/// The rate k ÷ n over the rate K ÷ N; `None` where n or N is 0, or nothing was counted on either side.
///
/// Given k + K, k is binomial with probability n ÷ (n + N) where the rates are equal. The interval is that of Clopper and Pearson for this
/// probability π, turned by π ÷ (1 − π) × N ÷ n. Where K is 0, the ratio and its upper bound are infinite; where k is 0, the ratio
/// and its lower bound are 0. Assumes counts that vary like Poisson counts; counts that cluster make p too small.
pub(crate) fn rate_ratio((k, n): (u64, u64), (base_k, base_n): (u64, u64)) -> Option<RateRatio> {
    let all = k + base_k;
    if n == 0 || base_n == 0 || all == 0 {
        return None;
    }
    let scale = real(base_n) / real(n);
    let (low, high) = (clopper_pearson_lower(k, all), clopper_pearson_lower(base_k, all));
    let ratio = Share {
        value: real(k) / real(base_k) * scale,
        lo: low / (1.0 - low) * scale,
        hi: if base_k == 0 {
            f64::INFINITY
        } else {
            (1.0 - high) / high * scale
        },
    };
    let total = real(n) + real(base_n);
    Some(RateRatio {
        ratio,
        p_value: two_sided(k, all, real(n) / total, real(base_n) / total),
    })
}

#[cfg(test)]
mod tests {
    use super::super::near::assert_near;
    use super::*;

    /// `scipy.stats.binomtest(k, n, p).pvalue`, `SciPy` 1.17.1.
    #[test]
    fn p_values_agree_with_scipy() {
        for (k, n, p, expected) in [
            (0, 20, 0.2, 0.021_511_001_366_792_78),
            (20, 20, 0.2, 1.048_576_000_000_001_2e-14),
            (4, 20, 0.2, 1.0),
            (7, 30, 0.125, 0.090_736_351_861_476_51),
            (1, 1, 0.5, 1.0),
            (5, 10, 0.5, 1.0),
            (30, 100, 0.5, 7.850_139_645_593_67e-5),
            (70, 100, 0.5, 7.850_139_645_593_67e-5),
            (10_300, 1_000_000, 0.01, 0.002_655_020_710_119_964),
            (9_700, 1_000_000, 0.01, 0.002_484_768_332_787_101),
        ] {
            assert_near(two_sided(k, n, p, 1.0 - p), expected);
        }
    }

    /// The same sum taken term by term, for every outcome of small samples.
    #[test]
    fn p_values_agree_with_the_plain_sum() {
        for n in 1..=25 {
            for p in [0.02, 0.125, 0.3, 0.5, 0.77, 0.95] {
                let every: Vec<f64> = (0..=n).map(|k| probability(k, n, p, 1.0 - p)).collect();
                for k in 0..=n {
                    let limit = every[usize::try_from(k).unwrap()] * EQUALLY_LIKELY;
                    let sum: f64 = every.iter().filter(|&&one| one <= limit).sum();
                    assert_near(two_sided(k, n, p, 1.0 - p), sum.min(1.0));
                }
            }
        }
    }

    /// `statsmodels.stats.proportion.proportion_confint(k, n, 0.05, "beta")`, statsmodels 0.15.0.
    #[test]
    fn clopper_pearson_agrees_with_statsmodels() {
        for (k, n, lo, hi) in [
            (0, 10, 0.0, 0.308_497_107_818_760_83),
            (10, 10, 0.691_502_892_181_239_2, 1.0),
            (1, 10, 0.002_528_578_544_461_784_8, 0.445_016_117_028_195_3),
            (81, 263, 0.252_736_745_585_271_26, 0.367_621_922_601_351_4),
            (100_000, 1_000_000, 0.099_412_669_866_037_89, 0.100_589_648_187_425_52),
            (1, 1, 0.025, 1.0),
        ] {
            assert_near(clopper_pearson_lower(k, n), lo);
            assert_near(1.0 - clopper_pearson_lower(n - k, n), hi);
        }
    }

    /// `t = scipy.stats.binomtest(k, k + K, n / (n + N))`; `t.pvalue`, and `x / (1 - x) * N / n` of both ends of `t.proportion_ci(0.95)`.
    #[test]
    fn rate_ratios_agree_with_scipy() {
        for (one, two, [value, lo, hi, p]) in [
            (
                (11, 800),
                (6, 1011),
                [
                    2.316_875,
                    0.785_409_273_218_027_4,
                    7.629_792_463_519_708,
                    0.140_524_040_824_866_03,
                ],
            ),
            (
                (12, 50),
                (32, 400),
                [
                    3.0,
                    1.407_081_570_333_250_9,
                    5.983_481_617_964_404,
                    0.002_447_067_727_626_578_6,
                ],
            ),
            (
                (0, 50),
                (20, 400),
                [0.0, 0.0, 1.620_396_830_374_681_4, 0.158_075_408_263_701_26],
            ),
            (
                (6, 50),
                (0, 400),
                [
                    f64::INFINITY,
                    9.419_397_805_793_421,
                    f64::INFINITY,
                    1.881_676_423_158_920_2e-6,
                ],
            ),
            (
                (41, 120),
                (400, 960),
                [
                    0.82,
                    0.579_496_720_841_603_4,
                    1.132_519_132_858_231_8,
                    0.255_353_618_469_986_05,
                ],
            ),
            (
                (5, 40),
                (40, 320),
                [1.0, 0.308_034_169_013_070_5, 2.533_742_195_470_905_4, 1.0],
            ),
            (
                (2_000, 10_000),
                (15_000, 80_000),
                [
                    1.066_666_666_666_666_7,
                    1.017_540_313_246_499_3,
                    1.117_694_681_989_574_6,
                    0.007_000_482_169_780_14,
                ],
            ),
        ] {
            let found = rate_ratio(one, two).unwrap();
            assert_near(found.ratio.value, value);
            assert_near(found.ratio.lo, lo);
            assert_near(found.ratio.hi, hi);
            assert_near(found.p_value, p);
        }
    }

    /// The example of R's `?poisson.test`, as its manual prints it: `poisson.test(c(11, 6+8+7), c(800, 1083+1050+878))`.
    #[test]
    fn rate_ratio_agrees_with_the_manual_of_r() {
        let found = rate_ratio((11, 800), (21, 3011)).unwrap();
        assert!((found.p_value - 0.07967).abs() < 5e-6, "{found:?}");
        assert!((found.ratio.value - 1.971_488).abs() < 5e-7);
        assert!((found.ratio.lo - 0.858_426_4).abs() < 5e-8 && (found.ratio.hi - 4.277_265_9).abs() < 5e-8);
    }

    #[test]
    fn nothing_on_either_side_has_no_ratio() {
        assert_eq!(rate_ratio((0, 10), (0, 80)), None);
        assert_eq!(rate_ratio((0, 0), (3, 80)), None);
        assert_eq!(rate_ratio((3, 10), (0, 0)), None);
    }
}
