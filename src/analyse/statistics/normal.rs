//! The quantile of the standard normal distribution.
//!
//! Source: M. J. Wichura (1988), Algorithm AS 241: the percentage points of the normal distribution, Applied Statistics 37, 477–484
//! (PPND16, about 16 digits). Its own rational approximations, no table and no iteration.

/// z for a two-sided 95 % interval: the quantile at 0.975.
pub(crate) const Z95: f64 = 1.959_963_984_540_054;

/// z for two-sided 95 % intervals that hold together over `intervals` comparisons (Bonferroni): the quantile at 1 − 0.05 ÷ 2 ÷ `intervals`.
///
/// No interval counts as one.
pub(crate) fn simultaneous_z95(intervals: u64) -> f64 {
    -quantile(0.025 / super::real(intervals.max(1)))
}

/// The z below which a standard normal variable falls with probability `p`; infinite at 0 and 1.
pub(crate) fn quantile(p: f64) -> f64 {
    let q = p - 0.5;
    if q.abs() <= 0.425 {
        let r = 0.180_625 - q * q;
        return q * ratio(&CENTRE, r);
    }
    let tail = if q < 0.0 { p } else { 1.0 - p };
    if tail <= 0.0 {
        return q.signum() * f64::INFINITY;
    }
    let r = (-tail.ln()).sqrt();
    let z = if r <= 5.0 {
        ratio(&MIDDLE, r - 1.6)
    } else {
        ratio(&TAIL, r - 5.0)
    };
    q.signum() * z
}

/// Numerator ÷ denominator, both polynomials of degree 7, coefficients from the constant up.
fn ratio(coefficients: &[[f64; 8]; 2], x: f64) -> f64 {
    let value = |of: &[f64; 8]| of.iter().rev().fold(0.0, |sum, coefficient| sum * x + coefficient);
    value(&coefficients[0]) / value(&coefficients[1])
}

/// For |p − 0.5| ≤ 0.425.
const CENTRE: [[f64; 8]; 2] = [
    [
        3.387_132_872_796_366_5,
        1.331_416_678_917_843_8e2,
        1.971_590_950_306_551_3e3,
        1.373_169_376_550_946e4,
        4.592_195_393_154_987e4,
        6.726_577_092_700_87e4,
        3.343_057_558_358_813e4,
        2.509_080_928_730_122_7e3,
    ],
    [
        1.0,
        4.231_333_070_160_091e1,
        6.871_870_074_920_579e2,
        5.394_196_021_424_751e3,
        2.121_379_430_158_659_7e4,
        3.930_789_580_009_271e4,
        2.872_908_573_572_194_3e4,
        5.226_495_278_852_545e3,
    ],
];

/// For tails down to e⁻²⁵.
const MIDDLE: [[f64; 8]; 2] = [
    [
        1.423_437_110_749_683_5,
        4.630_337_846_156_546,
        5.769_497_221_460_691,
        3.647_848_324_763_204_5,
        1.270_458_252_452_368_4,
        2.417_807_251_774_506e-1,
        2.272_384_498_926_918_4e-2,
        7.745_450_142_783_414e-4,
    ],
    [
        1.0,
        2.053_191_626_637_759,
        1.676_384_830_183_803_8,
        6.897_673_349_851e-1,
        1.481_039_764_274_800_8e-1,
        1.519_866_656_361_645_7e-2,
        5.475_938_084_995_345e-4,
        1.050_750_071_644_416_9e-9,
    ],
];

/// For smaller tails.
const TAIL: [[f64; 8]; 2] = [
    [
        6.657_904_643_501_103,
        5.463_784_911_164_114,
        1.784_826_539_917_291_3,
        2.965_605_718_285_048_7e-1,
        2.653_218_952_657_612_4e-2,
        1.242_660_947_388_078_4e-3,
        2.711_555_568_743_487_6e-5,
        2.010_334_399_292_288_1e-7,
    ],
    [
        1.0,
        5.998_322_065_558_88e-1,
        1.369_298_809_227_358e-1,
        1.487_536_129_085_061_5e-2,
        7.868_691_311_456_133e-4,
        1.846_318_317_510_054_8e-5,
        1.421_511_758_316_446e-7,
        2.044_263_103_389_939_8e-15,
    ],
];

#[cfg(test)]
mod tests {
    use super::super::near::assert_near;
    use super::*;

    /// `scipy.stats.norm.ppf(p)`, `SciPy` 1.17.1.
    #[test]
    fn quantiles_agree_with_scipy() {
        for (p, z) in [
            (0.5, 0.0),
            (0.3, -0.524_400_512_708_041),
            (0.9, 1.281_551_565_544_600_4),
            (0.975, Z95),
            (0.999, 3.090_232_306_167_813),
            (1.0 - 1e-10, 6.361_340_889_697_422),
            (1e-300, -37.047_096_299_361_2),
        ] {
            assert_near(quantile(p), z);
        }
        assert_eq!((quantile(0.0), quantile(1.0)), (f64::NEG_INFINITY, f64::INFINITY));
    }

    /// `scipy.stats.norm.ppf(1 - 0.05/24)`.
    #[test]
    fn twelve_intervals_are_wider_than_one() {
        assert_near(simultaneous_z95(12), 2.865_260_238_532_134_6);
        assert_near(simultaneous_z95(1), Z95);
        assert_near(simultaneous_z95(0), Z95);
    }
}
