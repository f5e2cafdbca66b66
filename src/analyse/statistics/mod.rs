//! The intervals and tests behind the figures, written out: Wilson, Newcombe, Clopper–Pearson, the exact
//! binomial test, rates that vary more than Poisson counts, the false discovery rate, the log-likelihood of words.
//!
//! Whole-number counts come in, proportions, bounds and p-values go out. It knows nothing of articles, entities or periods, and it
//! rounds nothing. Every file names the paper that its formula is from, and its tests hold it against `SciPy`, statsmodels or R.

pub(crate) mod association;
pub(crate) mod benjamini;
pub(crate) mod beta;
pub(crate) mod binomial;
pub(crate) mod dispersion;
pub(crate) mod farrington;
pub(crate) mod frequency;
pub(crate) mod gamma;
pub(crate) mod newcombe;
pub(crate) mod normal;
pub(crate) mod overdispersed;
pub(crate) mod wilson;

/// A count as a real number, exact below 2⁵³.
#[expect(
    clippy::cast_precision_loss,
    reason = "a corpus has far fewer than 2⁵³ articles or mentions"
)]
pub(crate) const fn real(count: u64) -> f64 {
    count as f64
}

#[cfg(test)]
pub(crate) mod near {
    //! Comparison with reference values.

    /// Fails unless `left` is `right` to nine digits.
    #[track_caller]
    pub(crate) fn assert_near(left: f64, right: f64) {
        #[expect(clippy::float_cmp, reason = "infinities and exact zeros must be just that")]
        let same = left == right;
        assert!(
            same || (left - right).abs() <= 1e-9 * right.abs(),
            "{left:e} is not {right:e}"
        );
    }
}
