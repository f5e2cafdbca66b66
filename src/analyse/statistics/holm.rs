//! Holm's correction for many tests.
//!
//! Formula: with p₍₁₎ ≤ … ≤ p₍ₘ₎, the corrected p₍ᵢ₎ is the largest of (m − j + 1) p₍ⱼ₎ for j ≤ i, at most 1. A test whose corrected p is
//! below 0.05 passes; the chance that any test passes wrongly is then at most 5 %, whatever the tests have to do with each other.
//!
//! Source: S. Holm (1979), A simple sequentially rejective multiple test procedure, Scandinavian Journal of Statistics 6, 65–70.

use super::real;

/// The corrected p of every test, in the order given.
pub(crate) fn holm(p_values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p_values.len()).collect();
    order.sort_by(|&a, &b| p_values[a].total_cmp(&p_values[b]));
    let mut corrected = vec![1.0; p_values.len()];
    let mut largest: f64 = 0.0;
    for (left, &at) in (1..=p_values.len() as u64).rev().zip(&order) {
        largest = largest.max(real(left) * p_values[at]).min(1.0);
        corrected[at] = largest;
    }
    corrected
}

#[cfg(test)]
mod tests {
    use super::super::near::assert_near;
    use super::*;

    /// `statsmodels.stats.multitest.multipletests(p, method="holm")[1]`, statsmodels 0.15.0.
    #[test]
    fn corrected_values_agree_with_statsmodels() {
        for (given, expected) in [
            (vec![0.01, 0.04, 0.03, 0.005], vec![0.03, 0.06, 0.06, 0.02]),
            (vec![0.2, 0.001, 0.02, 0.02, 1.0], vec![0.4, 0.005, 0.08, 0.08, 1.0]),
        ] {
            for (ours, theirs) in holm(&given).into_iter().zip(expected) {
                assert_near(ours, theirs);
            }
        }
        assert!(holm(&[]).is_empty());
    }
}
