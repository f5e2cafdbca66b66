//! The logarithmic derivatives of the gamma function that dispersions are compared with, and the two-sided tail of Student's t.
//!
//! Sources: the asymptotic series 5.11.2 of the NIST Digital Library of Mathematical Functions after the recurrence 5.5.2, and their
//! derivatives; G. K. Smyth (2004), Linear models and empirical Bayes methods, appendix, for the inverse of the trigamma function.

use super::beta::continued_fraction;

/// From here on the series have all digits.
const LARGE: f64 = 12.0;

/// Coefficients B₂ₖ ÷ 2k of the series of the digamma function.
const SERIES: [f64; 7] = [
    1.0 / 12.0,
    -1.0 / 120.0,
    1.0 / 252.0,
    -1.0 / 240.0,
    1.0 / 132.0,
    -691.0 / 32_760.0,
    1.0 / 12.0,
];

/// 2k of each.
const ORDERS: [f64; 7] = [2.0, 4.0, 6.0, 8.0, 10.0, 12.0, 14.0];

/// ψ(x), the derivative of ln Γ, for x above 0.
pub(crate) fn digamma(mut x: f64) -> f64 {
    let mut shift = 0.0;
    while x < LARGE {
        shift += 1.0 / x;
        x += 1.0;
    }
    let square = 1.0 / (x * x);
    let series = SERIES.iter().rev().fold(0.0, |sum, term| (sum + term) * square);
    x.ln() - 0.5 / x - series - shift
}

/// ψ′(x), for x above 0.
pub(crate) fn trigamma(mut x: f64) -> f64 {
    let mut shift = 0.0;
    while x < LARGE {
        shift += 1.0 / (x * x);
        x += 1.0;
    }
    let square = 1.0 / (x * x);
    let terms = SERIES.iter().zip(ORDERS).rev();
    let series = terms.fold(0.0, |sum, (term, twice)| (sum + term * twice) * square);
    1.0 / x + 0.5 * square + series / x + shift
}

/// The x with ψ′(x) = `value`, for a value above 0, by Newton's method on 1 ÷ ψ′, which is nearly a straight line.
pub(crate) fn trigamma_inverse(value: f64) -> f64 {
    if value > 1e7 {
        return 1.0 / value.sqrt();
    }
    if value < 1e-6 {
        return 1.0 / value;
    }
    let mut x = 0.5 + 1.0 / value;
    for _ in 0..50 {
        let found = trigamma(x);
        let step = found * (1.0 - found / value) / tetragamma(x);
        x += step;
        if step.abs() <= 1e-12 * x {
            break;
        }
    }
    x
}

/// ψ″(x), for x above 0.
fn tetragamma(mut x: f64) -> f64 {
    let mut shift = 0.0;
    while x < LARGE {
        shift += 2.0 / (x * x * x);
        x += 1.0;
    }
    let square = 1.0 / (x * x);
    let terms = SERIES.iter().zip(ORDERS).rev();
    let series = terms.fold(0.0, |sum, (term, twice)| (sum + term * twice * (twice + 1.0)) * square);
    -square - square / x - series * square - shift
}

/// P(|T| ≥ t) of Student's t with `df` degrees of freedom, which need not be whole.
///
/// It is the incomplete beta function at df ÷ (df + t²) with shapes df ÷ 2 and ½.
#[expect(clippy::many_single_char_names, reason = "the letters of the source")]
pub(crate) fn student_two_sided(t: f64, df: f64) -> f64 {
    let square = t * t;
    if square <= 0.0 {
        return 1.0;
    }
    if square.is_infinite() {
        return 0.0;
    }
    if df > 1e9 {
        return libm::erfc(square.sqrt() / std::f64::consts::SQRT_2);
    }
    let (a, b) = (df / 2.0, 0.5);
    let (x, y) = (df / (df + square), square / (df + square));
    // ln x without the loss of digits where x is near 1.
    let log_x = -(square / df).ln_1p();
    let front = (half_step(a) - libm::lgamma(b) + a * log_x + b * y.ln()).exp();
    if x < (a + 1.0) / (a + b + 2.0) {
        (front / a * continued_fraction(a, b, x)).clamp(0.0, 1.0)
    } else {
        (1.0 - front / b * continued_fraction(b, a, y)).clamp(0.0, 1.0)
    }
}

/// ln Γ(a + ½) − ln Γ(a).
fn half_step(a: f64) -> f64 {
    if a > 1e4 {
        0.5 * a.ln() - 1.0 / (8.0 * a) + 1.0 / (192.0 * a * a * a)
    } else {
        libm::lgamma(a + 0.5) - libm::lgamma(a)
    }
}

#[cfg(test)]
mod tests {
    use super::super::near::assert_near;
    use super::*;

    /// `scipy.special.digamma(x)` and `scipy.special.polygamma(1, x)`, `SciPy` 1.17.1.
    #[test]
    fn derivatives_agree_with_scipy() {
        for (x, psi, psi_1) in [
            (0.1, -10.423_754_940_411_076, 101.433_299_150_792_75),
            (0.5, -1.963_510_026_021_423_5, 4.934_802_200_544_68),
            (1.0, -0.577_215_664_901_532_9, 1.644_934_066_848_226_6),
            (3.5, 1.103_156_640_645_243, 0.330_357_756_100_234_9),
            (7.0, 1.872_784_335_098_467, 0.153_545_177_959_337_56),
            (12.0, 2.442_661_679_975_812_3, 0.086_901_872_871_768_4),
            (40.25, 3.682_636_208_445_562_6, 0.025_155_906_192_376),
            (10000.0, 9.210_290_371_142_85, 0.000_100_005_000_166_666_66),
        ] {
            assert_near(digamma(x), psi);
            assert_near(trigamma(x), psi_1);
            assert_near(trigamma_inverse(psi_1), x);
        }
    }

    /// `2 * scipy.stats.t.sf(t, df)`, `SciPy` 1.17.1.
    #[test]
    fn tails_agree_with_scipy() {
        for (t, df, p) in [
            (2.0, 7.0, 0.085_619_328_562_976_05),
            (0.1, 7.0, 0.923_148_059_604_792_4),
            (5.5, 7.0, 0.000_906_537_587_319_845_7),
            (3.0, 12.75, 0.010_431_195_738_589_56),
            (2.2, 3.0, 0.115_171_951_976_470_68),
            (4.0, 1400.0, 6.665_228_936_996_75e-5),
            (1.0, 1400.0, 0.317_483_313_227_427_07),
            (6.0, 100_000.0, 1.979_929_455_601_771_8e-9),
            (9.0, 25.3, 2.312_586_935_666_583_8e-9),
            (0.001, 50.0, 0.999_206_094_775_501_7),
        ] {
            assert_near(student_two_sided(t, df), p);
            assert_near(student_two_sided(-t, df), p);
        }
        assert_near(student_two_sided(0.0, 7.0), 1.0);
        assert_near(student_two_sided(f64::INFINITY, 7.0), 0.0);
    }
}
