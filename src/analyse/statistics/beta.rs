//! The regularised incomplete beta function with whole-number shapes, its inverse, and the binomial probability that both stand on.
//!
//! Sources: C. Loader (2000), Fast and accurate computation of binomial probabilities (saddle-point expansion, exact to about 14 digits for
//! every n); the continued fraction 8.17.22 of the NIST Digital Library of Mathematical Functions, evaluated by the modified Lentz method.

use super::real;

/// P(X = k) of a binomial variable of `n` draws; `q` is 1 − `p`, given apart so that neither loses digits.
pub(crate) fn probability(k: u64, n: u64, p: f64, q: f64) -> f64 {
    if k > n {
        return 0.0;
    }
    if p <= 0.0 || q <= 0.0 {
        return f64::from(u8::from(k == if p <= 0.0 { 0 } else { n }));
    }
    if k == 0 {
        return (real(n) * if p < 0.5 { (-p).ln_1p() } else { q.ln() }).exp();
    }
    if k == n {
        return (real(n) * if q < 0.5 { (-q).ln_1p() } else { p.ln() }).exp();
    }
    let (hits, misses, all) = (real(k), real(n - k), real(n));
    let exponent = stirling_error(n)
        - stirling_error(k)
        - stirling_error(n - k)
        - deviance(hits, all * p)
        - deviance(misses, all * q);
    exponent.exp() * (all / (std::f64::consts::TAU * hits * misses)).sqrt()
}

/// ln n! − ln(√(2πn) (n ÷ e)ⁿ): what Stirling's formula leaves.
fn stirling_error(n: u64) -> f64 {
    let x = real(n);
    if n < 16 {
        let factorial: f64 = (1..=n).map(real).product();
        return if n == 0 {
            0.0
        } else {
            factorial.ln() - (x + 0.5) * x.ln() + x - 0.5 * std::f64::consts::TAU.ln()
        };
    }
    let square = x * x;
    let series = [
        1.0 / 12.0,
        -1.0 / 360.0,
        1.0 / 1260.0,
        -1.0 / 1680.0,
        1.0 / 1188.0,
        -691.0 / 360_360.0,
    ];
    series.iter().rev().fold(0.0, |sum, term| sum / square + term) / x
}

/// x ln(x ÷ m) + m − x without the loss of digits where x is near m.
fn deviance(x: f64, mean: f64) -> f64 {
    if (x - mean).abs() >= 0.1 * (x + mean) {
        return x * (x / mean).ln() + mean - x;
    }
    let v = (x - mean) / (x + mean);
    let mut sum = (x - mean) * v;
    let mut term = 2.0 * x * v;
    let mut divisor = 1.0;
    loop {
        term *= v * v;
        divisor += 2.0;
        let next = sum + term / divisor;
        if (next - sum).abs() <= f64::EPSILON * sum.abs() {
            return next;
        }
        sum = next;
    }
}

/// The two tails of a beta distribution at `x`: (P(B ≤ x), P(B > x)), each computed so that the smaller keeps its digits.
///
/// `a` and `b` are at least 1; `y` is 1 − `x`.
pub(crate) fn tails(a: u64, b: u64, x: f64, y: f64) -> (f64, f64) {
    debug_assert!(a > 0 && b > 0, "shapes {a}, {b}");
    if x <= 0.0 {
        return (0.0, 1.0);
    }
    if y <= 0.0 {
        return (1.0, 0.0);
    }
    if x * (real(a) + real(b) + 2.0) < real(a) + 1.0 {
        let lower = lower_tail(a, b, x, y);
        (lower, 1.0 - lower)
    } else {
        let upper = lower_tail(b, a, y, x);
        (1.0 - upper, upper)
    }
}

/// P(B ≤ x), for x below (a + 1) ÷ (a + b + 2), where the fraction converges fast.
fn lower_tail(a: u64, b: u64, x: f64, y: f64) -> f64 {
    let front = probability(a, a + b, x, y) * real(b) / (real(a) + real(b));
    (front * continued_fraction(real(a), real(b), x)).clamp(0.0, 1.0)
}

/// The continued fraction of the incomplete beta function. It needs some √max(a, b) steps; the limit is beyond any corpus.
#[expect(clippy::many_single_char_names, reason = "the letters of the source")]
pub(crate) fn continued_fraction(a: f64, b: f64, x: f64) -> f64 {
    let keep = |value: f64| {
        if value.abs() < f64::MIN_POSITIVE {
            f64::MIN_POSITIVE
        } else {
            value
        }
    };
    let mut c = 1.0;
    let mut d = 1.0 / keep(1.0 - (a + b) * x / (a + 1.0));
    let mut value = d;
    for step in 1..1_000_000_u64 {
        let m = real(step);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / keep(1.0 + even * d);
        c = keep(1.0 + even / c);
        value *= d * c;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / keep(1.0 + odd * d);
        c = keep(1.0 + odd / c);
        let factor = d * c;
        value *= factor;
        if (factor - 1.0).abs() <= f64::EPSILON {
            break;
        }
    }
    value
}

/// The x with P(B ≤ x) = `p`, by Newton's method kept inside a shrinking bracket.
pub(crate) fn quantile(a: u64, b: u64, p: f64) -> f64 {
    let (mut lo, mut hi) = (0.0_f64, 1.0_f64);
    let mut x = real(a) / (real(a) + real(b));
    for _ in 0..400 {
        let (lower, upper) = tails(a, b, x, 1.0 - x);
        let excess = if p <= 0.5 { lower - p } else { (1.0 - p) - upper };
        if excess > 0.0 {
            hi = x;
        } else {
            lo = x;
        }
        let density = (real(a) + real(b) - 1.0) * probability(a - 1, a + b - 2, x, 1.0 - x);
        let newton = x - excess / density;
        let next = if newton > lo && newton < hi {
            newton
        } else {
            f64::midpoint(lo, hi)
        };
        if (next - x).abs() <= 2.0 * f64::EPSILON * x {
            return next;
        }
        x = next;
    }
    x
}

#[cfg(test)]
mod tests {
    use super::super::near::assert_near;
    use super::*;

    /// `scipy.stats.binom.pmf(k, n, p)`, `SciPy` 1.17.1.
    #[test]
    fn probabilities_agree_with_scipy() {
        for (k, n, p, expected) in [
            (3, 10, 0.3, 0.266_827_931_999_999_8),
            (0, 10, 0.3, 0.028_247_524_9),
            (10, 10, 0.3, 5.904_899_999_999_997_5e-6),
            (20, 40, 0.5, 0.125_370_687_619_579_12),
            (500, 10_000, 0.06, 1.561_250_768_010_438_5e-6),
            (333_333, 1_000_000, 1.0 / 3.0, 0.000_846_284_128_488_798_2),
            (0, 1_000_000, 1e-6, 0.367_879_257_231_645_4),
        ] {
            assert_near(probability(k, n, p, 1.0 - p), expected);
        }
        assert_near(probability(0, 5, 0.0, 1.0), 1.0);
        assert_near(probability(5, 5, 1.0, 0.0), 1.0);
        assert_near(probability(6, 5, 0.5, 0.5), 0.0);
    }

    /// `scipy.special.betainc(a, b, x)`.
    #[test]
    fn tails_agree_with_scipy() {
        for (a, b, x, expected) in [
            (1, 1, 0.3, 0.3),
            (2, 3, 0.4, 0.524_8),
            (5, 1, 0.9, 0.590_49),
            (1, 50, 0.001, 0.048_794_371_802_968_646),
            (100, 200, 0.3, 0.108_843_065_644_909_86),
            (100, 200, 0.5, 0.999_999_997_353_445_4),
            (1_000_000, 2_000_000, 0.3333, 0.451_314_704_978_368_9),
            (3, 1_000_000_000, 1e-9, 0.080_301_397_347_303_93),
            (1_000_000_000, 1_000_000_000, 0.500_01, 0.814_453_315_231_307_2),
        ] {
            let (lower, upper) = tails(a, b, x, 1.0 - x);
            assert_near(lower, expected);
            assert!((lower + upper - 1.0).abs() < 1e-15);
        }
        assert_eq!((tails(3, 4, 0.0, 1.0), tails(3, 4, 1.0, 0.0)), ((0.0, 1.0), (1.0, 0.0)));
    }

    /// `scipy.stats.beta.ppf(p, a, b)`.
    #[test]
    fn quantiles_agree_with_scipy() {
        for (a, b, p, expected) in [
            (1, 1, 0.025, 0.025),
            (2, 3, 0.025, 0.067_585_986_488_542_94),
            (5, 1, 0.975, 0.994_949_236_620_531_9),
            (1, 50, 0.5, 0.013_767_295_506_640_827),
            (100, 200, 0.025, 0.281_176_375_832_400_2),
            (1_000_000, 2_000_000, 0.975, 0.333_866_873_069_144_5),
            (3, 1_000_000_000, 0.025, 6.186_721_220_855_516e-10),
            (1, 1_000_000_000, 0.025, 2.531_780_798_396_938e-11),
        ] {
            assert_near(quantile(a, b, p), expected);
        }
    }
}
