//! What is decided of one occurrence of one form, and under which name the evidence shows it: that of a context rule or one of our own.

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

/// The names of the rules that are not in the gazetteer.
#[derive(Debug)]
pub(super) struct OwnRules {
    /// The policy of the gazetteer.
    pub(super) form: Arc<str>,
    /// A dated office.
    pub(super) office: Arc<str>,
    /// The credit of an agency.
    pub(super) agency: Arc<str>,
    /// A person's name.
    pub(super) person: Arc<str>,
    /// A town in the US.
    pub(super) place: Arc<str>,
    /// A language.
    pub(super) language: Arc<str>,
    /// A word in a line of capitals.
    pub(super) capitals: Arc<str>,
    /// A list of countries.
    pub(super) list: Arc<str>,
    /// A verb.
    pub(super) verb: Arc<str>,
    /// A man of a country with his name.
    pub(super) apposition: Arc<str>,
    /// The last letter of a word.
    pub(super) spelling: Arc<str>,
    /// The adjective of another state.
    pub(super) other_state: Arc<str>,
    /// A company or society.
    pub(super) company: Arc<str>,
    /// A sum of money.
    pub(super) money: Arc<str>,
    /// A person named in full elsewhere in the document.
    pub(super) surname: Arc<str>,
    /// The rest of the document.
    pub(super) document: Arc<str>,
}

impl Default for OwnRules {
    fn default() -> Self {
        Self {
            form: "form".into(),
            office: "office".into(),
            agency: "agency".into(),
            person: "person".into(),
            place: "place".into(),
            language: "language".into(),
            capitals: "capitals".into(),
            list: "list".into(),
            verb: "verb".into(),
            apposition: "apposition".into(),
            spelling: "spelling".into(),
            other_state: "other-state".into(),
            company: "company".into(),
            money: "money".into(),
            surname: "surname".into(),
            document: "document".into(),
        }
    }
}
