//! How much more frequent a word is in one text than in another: log-likelihood and log ratio.
//!
//! Formulas: of *a* occurrences among *n* words and *b* among *m*, e₁ = n (a + b) ÷ (n + m) and e₂ = m (a + b) ÷ (n + m) are to be expected;
//! G² = 2 (a ln(a ÷ e₁) + b ln(b ÷ e₂)), with 0 ln 0 = 0. The log ratio is log₂((a ÷ n) ÷ (b ÷ m)), where a *b* of 0 is taken for ½.
//!
//! Sources: T. Dunning (1993), Accurate methods for the statistics of surprise and coincidence, Computational Linguistics 19, 61–74; P. Rayson and
//! R. Garside (2000), Comparing corpora using frequency profiling, Workshop on Comparing Corpora, ACL, 1–6; A. Hardie (2014), Log Ratio: an
//! informal introduction, ESRC Centre for Corpus Approaches to Social Science, Lancaster.

use super::real;

/// One word in two texts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Frequency {
    /// Its occurrences in the one.
    pub(crate) target: u64,
    /// Words of the one.
    pub(crate) words_target: u64,
    /// Its occurrences in the other.
    pub(crate) reference: u64,
    /// Words of the other.
    pub(crate) words_reference: u64,
}

impl Frequency {
    /// G²; at least 0. Both texts have words.
    pub(crate) fn g_square(&self) -> f64 {
        let part = real(self.target + self.reference) / real(self.words_target + self.words_reference);
        let term = |seen: u64, words: u64| {
            if seen == 0 {
                0.0
            } else {
                real(seen) * (real(seen) / (real(words) * part)).ln()
            }
        };
        (2.0 * (term(self.target, self.words_target) + term(self.reference, self.words_reference))).max(0.0)
    }

    /// The log ratio: 1 is twice as frequent in the one, −1 half as frequent. Both texts have words.
    pub(crate) fn log_ratio(&self) -> f64 {
        let at_least = |seen: u64| if seen == 0 { 0.5 } else { real(seen) };
        ((at_least(self.target) / real(self.words_target)) / (at_least(self.reference) / real(self.words_reference)))
            .log2()
    }
}

/// The chance that G² is as great where the word is as frequent in both: the upper tail of χ² with one degree of freedom.
pub(crate) fn p_value(g_square: f64) -> f64 {
    libm::erfc((g_square / 2.0).sqrt())
}

#[cfg(test)]
mod tests {
    use super::super::near::assert_near;
    use super::*;

    fn word(target: u64, words_target: u64, reference: u64, words_reference: u64) -> Frequency {
        Frequency {
            target,
            words_target,
            reference,
            words_reference,
        }
    }

    /// `scipy.stats.power_divergence([a, b], [n * part, m * part], lambda_="log-likelihood")` with `part = (a + b) / (n + m)`,
    /// `log2((a / n) / ((b or 0.5) / m))` and `scipy.stats.chi2.sf(g, 1)`, `SciPy` 1.17.1.
    #[test]
    fn the_measures_agree_with_scipy() {
        for (seen, g_square, log_ratio, p) in [
            (
                word(52, 50_000, 57, 75_000),
                2.651_710_163_888_880_7,
                0.452_512_204_697_506_47,
                0.103_438_561_880_572_82,
            ),
            (
                word(7, 900, 0, 41_000),
                53.769_048_796_202_85,
                9.316_910_020_120_737,
                2.254_972_613_775_248e-13,
            ),
            (
                word(5, 1234, 3, 98_765),
                33.438_482_163_77,
                7.059_551_169_651_726,
                7.355_408_360_478_86e-9,
            ),
            (
                word(250, 10_000, 90, 1_000_000),
                1_916.364_497_589_83,
                8.117_787_378_107_137,
                0.0,
            ),
            (
                word(12, 80_000, 400, 3_000_000),
                0.155_801_862_236_427_45,
                0.169_925_001_442_312_07,
                0.693_051_425_988_310_6,
            ),
            (
                word(40, 5000, 2, 400_000_000),
                887.102_300_201_470_8,
                20.609_640_474_436_812,
                6.246_663_116_508_688e-195,
            ),
        ] {
            assert_near(seen.g_square(), g_square);
            assert_near(seen.log_ratio(), log_ratio);
            assert_near(p_value(g_square), p);
        }
    }

    /// What Rayson's calculator gives: the example of its introduction at Lancaster (52 in 50,000 words against 57 in 75,000: 2.65), words of Dickens
    /// against other novels of his century, and a word that the reference lacks.
    #[test]
    fn g_square_agrees_with_the_published_calculator() {
        for (seen, told) in [
            (word(52, 50_000, 57, 75_000), 2.65),
            (word(540, 116_000, 7525, 5_451_382), 534.64),
            (word(29, 116_000, 504, 5_451_382), 20.50),
            (word(7, 10_000, 0, 100_000), 33.57),
        ] {
            let found = seen.g_square();
            assert!((found - told).abs() < 0.005, "{found} is not {told}");
        }
    }

    #[test]
    fn equal_parts_tell_nothing() {
        assert_near(word(10, 100, 20, 200).g_square() + 1.0, 1.0);
        assert_near(word(10, 100, 20, 200).log_ratio() + 1.0, 1.0);
        assert_near(p_value(0.0), 1.0);
    }
}
