//! The false discovery rate of Benjamini and Hochberg.
//!
//! Formula: with p₍₁₎ ≤ … ≤ p₍ₘ₎, q₍ᵢ₎ is the smallest of m p₍ⱼ₎ ÷ j for j ≥ i, at most 1. Of the tests with q at most 0.05, at most
//! 5 % are expected to be wrong, where the tests are independent or depend on each other positively.
//!
//! Source: Y. Benjamini and Y. Hochberg (1995), Controlling the false discovery rate, Journal of the Royal Statistical Society B 57, 289–300.

use super::real;

/// What the q of a test is, after all tests of a run.
pub(crate) struct Tests {
    /// The p of all, sorted.
    p: Vec<f64>,
    /// The q of each.
    q: Vec<f64>,
}

impl Tests {
    /// All tests, in any order.
    pub(crate) fn new(p: Vec<f64>) -> Self {
        let all = p.len() as u64;
        Self::of(p, all)
    }

    /// The tests with the least p of so many. A q that is no greater than the p of any that are left out is what it would be with them, since theirs are at least
    /// their p; of those left out and of greater ones nothing is known.
    pub(crate) fn of(mut p: Vec<f64>, all: u64) -> Self {
        p.sort_unstable_by(f64::total_cmp);
        let all = real(all);
        let mut q = vec![1.0; p.len()];
        let mut smallest: f64 = 1.0;
        for (place, (p, q)) in p.iter().zip(&mut q).enumerate().rev() {
            smallest = smallest.min(all * p / real(place as u64 + 1));
            *q = smallest;
        }
        Self { p, q }
    }

    /// The q of a test with this p; 1 where there was none with it or a greater one.
    pub(crate) fn q(&self, p: f64) -> f64 {
        let place = self.p.partition_point(|one| one.total_cmp(&p).is_lt());
        self.q.get(place).copied().unwrap_or(1.0)
    }
}

/// The q of every test, in the order given.
pub(crate) fn q_values(p_values: &[f64]) -> Vec<f64> {
    let tests = Tests::new(p_values.to_vec());
    p_values.iter().map(|&p| tests.q(p)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::near::assert_near;
    use super::*;

    /// The fifteen p of the example of the paper, section 3.2, which rejects the first four at 0.05; the q are those of
    /// `statsmodels.stats.multitest.multipletests(p, method="fdr_bh")[1]`, statsmodels 0.15.0.
    #[test]
    fn the_example_of_the_paper_rejects_four() {
        let given = [
            0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528,
            0.7590, 1.0,
        ];
        let expected = [
            0.0015,
            0.003,
            0.0095,
            0.035_625,
            0.0603,
            0.063_857_142_857_142_86,
            0.063_857_142_857_142_86,
            0.0645,
            0.076_500_000_000_000_01,
            0.486_000_000_000_000_04,
            0.581_181_818_181_818_2,
            0.714_874_999_999_999_9,
            0.753_230_769_230_769_3,
            0.813_214_285_714_285_7,
            1.0,
        ];
        let found = q_values(&given);
        for (ours, theirs) in found.iter().zip(expected) {
            assert_near(*ours, theirs);
        }
        assert_eq!(found.iter().filter(|&&q| q <= 0.05).count(), 4);
    }

    #[test]
    fn tests_with_a_great_p_need_not_be_there() {
        let all = [0.001, 0.012, 0.014, 0.04, 0.049, 0.06, 0.3, 0.7, 0.9, 1.0];
        let (whole, some) = (Tests::new(all.to_vec()), Tests::of(all[..5].to_vec(), 10));
        for p in &all[..3] {
            assert_near(some.q(*p), whole.q(*p));
            assert!(some.q(*p) <= 0.05);
        }
        assert!(some.q(0.04) > 0.05 && whole.q(0.04) > 0.05);
    }

    #[test]
    fn the_order_of_the_tests_changes_nothing() {
        let found = q_values(&[0.04, 0.001, 0.5]);
        for (ours, theirs) in found.iter().zip([0.06, 0.003, 0.5]) {
            assert_near(*ours, theirs);
        }
        assert!(q_values(&[]).is_empty());
    }
}
