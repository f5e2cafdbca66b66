//! One occurrence of one entity in one document.

use std::borrow::Cow;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::entity::EntityIndex;

/// Why a mention was left open: nothing in its document decided, so it was not counted. Any other reason of an uncounted mention is a refusal.
pub const OPEN: [&str; 4] = [NO_RULE, NO_CUE, IN_CAPITALS, SEVERAL];

/// The form is ambiguous, and no rule decides.
pub const NO_RULE: &str = "ambiguous, and no rule decides";
/// A rule knows the form, and none of its cues is near.
pub const NO_CUE: &str = "no cue";
/// A word in a line of capitals, which may be an abbreviation.
pub const IN_CAPITALS: &str = "a word in a line of capitals";
/// A surname that several persons of the document bear.
pub const SEVERAL: &str = "several persons of the document bear it";

/// One occurrence of a surface form, counted or refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The field that it stands in.
    pub field: Field,
    /// First UTF-8 byte in the field.
    pub start: u32,
    /// One past its last byte; a proclitic or possessive stays outside.
    pub end: u32,
    /// Zero-based sentence of the field.
    pub sentence: u32,
    /// Whom it names.
    pub entity: EntityIndex,
    /// What sort of form it is.
    pub kind: Kind,
    /// The rule that decided, such as `form`, `ar-mali`, `mask:company_or_media`, `office`.
    pub rule: Arc<str>,
    /// Whether the rules count it. The kinds that a report counts are chosen later.
    pub counted: bool,
    /// Why it was refused, or which cue decided; empty where nothing had to be decided.
    pub reason: Cow<'static, str>,
}

/// The field of a document that a mention stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Field {
    /// The headline.
    Title,
    /// The text below it.
    Body,
}

impl Field {
    /// `title` or `body`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Body => "body",
        }
    }
}

/// What sort of form a mention is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// `Niger`, `النيجر`, `USA`.
    Name,
    /// `nigérien`, `الأميركية`.
    Adjective,
    /// `Nigériens`, `الأميركيون`.
    Demonym,
    /// `Kremlin`, `البيت الأبيض`.
    Institution,
    /// A person, within the dated interval of an office, for the state.
    Leader,
    /// `Moscow` for Russia.
    Capital,
    /// A part of the state or a territory reported apart: England, Gaza.
    Region,
    /// A dateline or credit: `(AFP)`. Never counted.
    Agency,
}

impl Kind {
    /// Every kind, in table order.
    pub const ALL: [Self; 8] = [
        Self::Name,
        Self::Adjective,
        Self::Demonym,
        Self::Institution,
        Self::Leader,
        Self::Capital,
        Self::Region,
        Self::Agency,
    ];

    /// The word used in tables and on the command line.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Adjective => "adjective",
            Self::Demonym => "demonym",
            Self::Institution => "institution",
            Self::Leader => "leader",
            Self::Capital => "capital",
            Self::Region => "region",
            Self::Agency => "agency",
        }
    }
}

impl std::str::FromStr for Kind {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word).ok_or_else(|| {
            let known: Vec<_> = Self::ALL.iter().map(|kind| kind.as_str()).collect();
            format!("`{word}` is no kind of mention (known: {})", known.join(", "))
        })
    }
}
