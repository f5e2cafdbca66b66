//! The Wilson score interval of a proportion.
//!
//! Formula, with p̂ = k ÷ n: (p̂ + z² ÷ 2n ± z √(p̂(1 − p̂) ÷ n + z² ÷ 4n²)) ÷ (1 + z² ÷ n).
//!
//! Source: E. B. Wilson (1927), Probable inference, the law of succession, and statistical inference, JASA 22, 209–212. No
//! continuity correction; R. G. Newcombe (1998), Statistics in Medicine 17, 857–872, method 3, shows how it covers.
//!
//! Assumes n independent draws with one probability. Articles are not: reprints and follow-ups make the interval too narrow.

use super::real;
use crate::model::findings::Share;

/// k ÷ n with its two-sided Wilson interval for `z`; `None` where n is 0.
///
/// The lower bound is exactly 0 where k is 0, the upper exactly 1 where k is n. `k` is at most `n`.
pub(crate) fn wilson(k: u64, n: u64, z: f64) -> Option<Share> {
    debug_assert!(k <= n, "{k} of {n}");
    if n == 0 {
        return None;
    }
    let (count, total, square) = (real(k), real(n), z * z);
    let centre = (count + square / 2.0) / (total + square);
    let half = z / (total + square) * (count * (1.0 - count / total) + square / 4.0).sqrt();
    let lo = if k == 0 { 0.0 } else { (centre - half).max(0.0) };
    let hi = if k == n { 1.0 } else { (centre + half).min(1.0) };
    Some(Share {
        value: count / total,
        lo,
        hi,
    })
}

#[cfg(test)]
mod tests {
    use super::super::near::assert_near;
    use super::super::normal::{Z95, quantile};
    use super::*;

    /// `statsmodels.stats.proportion.proportion_confint(k, n, 0.05, "wilson")`, statsmodels 0.15.0.
    #[test]
    fn bounds_agree_with_statsmodels() {
        for (k, n, lo, hi) in [
            (0, 10, 0.0, 0.277_532_799_862_889_26),
            (10, 10, 0.722_467_200_137_110_6, 1.0),
            (1, 10, 0.017_876_213_095_072_924, 0.404_150_026_794_825_04),
            (0, 1, 0.0, 0.793_450_685_622_762_7),
            (1, 1, 0.206_549_314_377_237_4, 1.0),
            (29, 50, 0.442_334_417_685_782_2, 0.706_249_966_452_880_1),
            (1, 1_000_000_000, 1.765_245_549_569_628_8e-10, 5.664_934_243_297_439e-9),
            (
                123_456_789,
                1_000_000_000_000,
                0.000_123_435_014_886_987_7,
                0.000_123_478_566_953_522_68,
            ),
            (0, 1_000_000_000_000, 0.0, 3.841_458_820_679_37e-12),
        ] {
            let share = wilson(k, n, Z95).unwrap();
            assert_near(share.lo, lo);
            assert_near(share.hi, hi);
            assert_near(share.value, real(k) / real(n));
        }
    }

    /// Newcombe (1998), table I, method 3: 81 of 263 and 15 of 148.
    #[test]
    fn bounds_agree_with_the_published_table() {
        for (k, n, lo, hi) in [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605)] {
            let share = wilson(k, n, Z95).unwrap();
            assert!(
                (share.lo - lo).abs() < 5e-5 && (share.hi - hi).abs() < 5e-5,
                "{share:?}"
            );
        }
    }

    /// `proportion_confint(7, 30, 0.01, "wilson")`.
    #[test]
    fn another_level_takes_another_z() {
        let share = wilson(7, 30, quantile(0.995)).unwrap();
        assert_near(share.lo, 0.095_266_976_611_560_22);
        assert_near(share.hi, 0.467_990_969_104_765_56);
    }

    #[test]
    fn nothing_of_nothing_has_no_share() {
        assert_eq!(wilson(0, 0, Z95), None);
    }
}
