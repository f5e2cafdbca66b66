//! What is decided of one occurrence of one form, and under which name the evidence shows it.

use std::borrow::Cow;
use std::sync::Arc;

/// A decision with the rule that made it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Verdict {
    /// Whether it counts.
    pub(super) counted: bool,
    /// The rule.
    pub(super) rule: Arc<str>,
    /// The cue, or why not; empty where nothing had to be decided.
    pub(super) reason: Cow<'static, str>,
    /// How sure it is.
    pub(super) sure: Sure,
}

/// How sure a verdict is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sure {
    /// Nothing near the form decided: other occurrences in the document may.
    Undecided,
    /// The gazetteer's policy for the form.
    Policy,
    /// A cue, at this distance in tokens.
    Cue(usize),
    /// The shape of the text around the form.
    Shape,
}

impl Verdict {
    /// It counts, by the gazetteer's policy.
    pub(super) fn counts(rule: &Arc<str>) -> Self {
        Self {
            counted: true,
            rule: Arc::clone(rule),
            reason: Cow::Borrowed(""),
            sure: Sure::Policy,
        }
    }

    /// It does not count, for a reason that the text around it shows.
    pub(super) fn refused(rule: &Arc<str>, reason: impl Into<Cow<'static, str>>) -> Self {
        Self {
            counted: false,
            rule: Arc::clone(rule),
            reason: reason.into(),
            sure: Sure::Shape,
        }
    }

    /// Nothing decided, so it does not count.
    pub(super) fn undecided(rule: &Arc<str>, reason: impl Into<Cow<'static, str>>) -> Self {
        Self {
            counted: false,
            rule: Arc::clone(rule),
            reason: reason.into(),
            sure: Sure::Undecided,
        }
    }
}
