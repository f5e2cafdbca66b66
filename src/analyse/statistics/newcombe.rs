//! The hybrid-score interval of a difference of two proportions.
//!
//! Formula, with the Wilson bounds (l₁, u₁) of p₁ and (l₂, u₂) of p₂ and d = p₁ − p₂:
//! d − √((p₁ − l₁)² + (u₂ − p₂)²) to d + √((u₁ − p₁)² + (p₂ − l₂)²).
//!
//! Source: R. G. Newcombe (1998), Interval estimation for the difference between independent proportions: comparison of eleven
//! methods, Statistics in Medicine 17, 873–890, method 10. Assumes two independent binomial samples; the same caution as for Wilson.

use super::wilson::wilson;
use crate::model::findings::Share;

/// k₁ ÷ n₁ − k₂ ÷ n₂ with its two-sided interval for `z`, within [−1, 1]; `None` where n₁ or n₂ is 0.
pub(crate) fn newcombe((k1, n1): (u64, u64), (k2, n2): (u64, u64), z: f64) -> Option<Share> {
    let first = wilson(k1, n1, z)?;
    let second = wilson(k2, n2, z)?;
    let value = first.value - second.value;
    let below = (first.value - first.lo).hypot(second.hi - second.value);
    let above = (first.hi - first.value).hypot(second.value - second.lo);
    Some(Share {
        value,
        lo: (value - below).max(-1.0),
        hi: (value + above).min(1.0),
    })
}

/// Whether an interval leaves 0 outside.
pub(crate) fn excludes_zero(interval: &Share) -> bool {
    interval.lo > 0.0 || interval.hi < 0.0
}

#[cfg(test)]
mod tests {
    use super::super::near::assert_near;
    use super::super::normal::{Z95, simultaneous_z95};
    use super::*;

    /// `statsmodels.stats.proportion.confint_proportions_2indep(k1, n1, k2, n2, method="newcomb", compare="diff")`, statsmodels 0.15.0.
    /// The first five are contrasts of Newcombe's table II; the last two are ours.
    #[test]
    fn bounds_agree_with_statsmodels() {
        for (one, two, lo, hi) in [
            ((56, 70), (48, 80), 0.052_431_472_402_364_98, 0.333_872_654_036_906_16),
            ((9, 10), (3, 10), 0.170_522_723_934_502_9, 0.809_017_973_535_488),
            ((5, 56), (0, 29), -0.038_137_147_903_536_937, 0.192_560_013_855_111_65),
            ((0, 10), (0, 20), -0.161_125_158_052_819_4, 0.277_532_799_862_889_26),
            ((10, 10), (0, 10), 0.607_509_350_430_524_1, 1.0),
            (
                (1, 1_000_000),
                (3, 2_000_000),
                -3.524_832_840_036_760_6e-6,
                4.268_776_980_059_249e-6,
            ),
            (
                (40, 100),
                (400, 1000),
                -0.095_655_831_065_508_7,
                0.102_464_685_210_029_4,
            ),
        ] {
            let difference = newcombe(one, two, Z95).unwrap();
            assert_near(difference.lo, lo);
            assert_near(difference.hi, hi);
        }
    }

    /// The same with `alpha=0.05/12`.
    #[test]
    fn twelve_simultaneous_intervals_may_take_zero_in() {
        let alone = newcombe((56, 70), (48, 80), Z95).unwrap();
        let together = newcombe((56, 70), (48, 80), simultaneous_z95(12)).unwrap();
        assert_near(together.lo, -0.016_567_013_059_688_607);
        assert_near(together.hi, 0.388_881_883_497_935_6);
        assert!(excludes_zero(&alone) && !excludes_zero(&together));
    }

    #[test]
    fn exchanging_the_samples_turns_the_sign() {
        let there = newcombe((3, 40), (11, 60), Z95).unwrap();
        let back = newcombe((11, 60), (3, 40), Z95).unwrap();
        assert_near(there.lo, -back.hi);
        assert_near(there.hi, -back.lo);
    }

    #[test]
    fn an_empty_sample_has_no_difference() {
        assert_eq!(newcombe((0, 0), (1, 2), Z95), None);
        assert_eq!(newcombe((1, 2), (0, 0), Z95), None);
    }
}
