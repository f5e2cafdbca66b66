//! Shape rules for texts in Arabic script, where no capital helps: grammar and spelling do.
//!
//! `person`: a given name before a family name, a definite noun or a part of a name beside a given name. `place`: a town that bears a country's name.
//! `language`: the word *language* before an adjective, a verb of speaking, translation from one into another. `spelling`: ى or ي at the end.

use super::fold;
use super::shape::Shape;
use super::tokens::IS_WORD;
use crate::model::entity::{Form, WordClass};
use crate::model::mention::Kind;

/// The article, folded.
const ARTICLE: &[u8] = "ال".as_bytes();

/// The ending of feminine words, folded.
const FEMININE: &[u8] = "ه".as_bytes();

/// How many words may stand between a verb of speaking and its language.
const BETWEEN: usize = 2;

/// How many languages a list may have.
const LISTED: usize = 8;

impl Shape<'_> {
    /// Why a word is a person's name here, if it is.
    pub(super) fn arabic_person(&self, form: &Form) -> Option<String> {
        let first = self.arabic_family_name(form);
        first.or_else(|| self.arabic_given_name(form))
    }

    /// A family name made of a country's adjective, after a given name: `رشيد المصري`.
    fn arabic_family_name(&self, form: &Form) -> Option<String> {
        let place = self.first();
        let word = self.page.folded(place);
        let singular = !word.ends_with("ون".as_bytes()) && !word.ends_with("ين".as_bytes());
        if !matches!(form.kind, Kind::Adjective | Kind::Demonym) || !singular || !word.starts_with(ARTICLE) {
            return None;
        }
        let mut before = self.word_before(place)?;
        if !self.is(before, WordClass::GivenName) {
            return None;
        }
        while let Some(earlier) = self.word_before(before)
            && self.is(earlier, WordClass::NamePart)
        {
            before = earlier;
        }
        Some(self.page.original(before..place + 1).to_owned())
    }

    /// A given name that is also a country's: after a definite noun for a person, which a country's name never follows, or before a part of a name:
    /// `الممثل تشاد`, `تركي بن`.
    fn arabic_given_name(&self, form: &Form) -> Option<String> {
        let place = self.first();
        if !self.is(place, WordClass::BorneFirst) {
            return None;
        }
        let article = self.page.folded(place).starts_with(ARTICLE);
        if (form.kind == Kind::Name || form.kind == Kind::Adjective && !article)
            && let Some(before) = self.word_before(place)
            && self.is(before, WordClass::Title)
        {
            return Some(self.page.original(before..place + 1).to_owned());
        }
        if form.kind == Kind::Adjective
            && let Some(reason) = self.adjective_without_noun()
        {
            return Some(reason);
        }
        let after = self.word_after(self.last())?;
        self.is(after, WordClass::NamePart)
            .then(|| self.page.original(place..after + 1).to_owned())
    }

    /// An adjective without its article that has no noun to agree with before it, and no verb after it: `المذيع تركي العلي`, `كلمات: تركي`.
    fn adjective_without_noun(&self) -> Option<String> {
        let place = self.first();
        if self.page.folded(place).starts_with(ARTICLE) {
            return None;
        }
        let before = self.word_before(place);
        let noun = before.is_some_and(|before| {
            let name = self.is(before, WordClass::GivenName) || self.is(before, WordClass::NamePart);
            let word = self.page.folded(before);
            let definite = word.starts_with(ARTICLE)
                || ["وال", "بال", "لل"]
                    .iter()
                    .any(|start| word.starts_with(start.as_bytes()));
            !name && !definite && !self.is(before, WordClass::Says)
        });
        let says = before.is_some_and(|before| self.is(before, WordClass::Says));
        let after = self.word_after(self.last());
        let named = after.is_none_or(|after| self.page.folded(after).starts_with(ARTICLE));
        (!noun && (named || says)).then(|| {
            self.page
                .original(before.unwrap_or(place)..after.unwrap_or(place) + 1)
                .to_owned()
        })
    }

    /// The town that bears a country's name: `بلدة لبنان`, `مدينة لبنان في ولاية تينيسي`.
    pub(super) fn arabic_town(&self) -> Option<String> {
        let place = self.first();
        let before = self.word_before(place)?;
        let word = self.page.folded(before);
        let small = word.ends_with("بلده".as_bytes()) || word.ends_with("قريه".as_bytes());
        let state = || {
            let after = self.last();
            let word = self.page.folded(after);
            let next = self.page.folded(after + 1);
            word == "بولايه".as_bytes() || word == "في".as_bytes() && next == "ولايه".as_bytes()
        };
        let definite = word.starts_with(ARTICLE);
        let town = !definite && (small || word.ends_with("مدينه".as_bytes()) && state());
        town.then(|| self.page.original(before..self.last()).to_owned())
    }

    /// Why an adjective is a language here, if it is.
    pub(super) fn arabic_tongue(&self) -> Option<String> {
        let place = self.first();
        self.after_language_word(place)
            .or_else(|| self.translated(place))
            .or_else(|| self.spoken(place))
    }

    /// The word *language* or a verb of speaking right before the adjective at `place`, or before others that it is joined to.
    fn after_language_word(&self, place: usize) -> Option<String> {
        let mut first = place;
        for _ in 0..LISTED {
            let before = self.word_before(first)?;
            if self.is(before, WordClass::BeforeLanguage) {
                return Some(self.page.original(before..place + 1).to_owned());
            }
            if self.is_and(before) {
                first = self.word_before(before)?;
                if self.is(first, WordClass::BeforeLanguage) {
                    return Some(self.page.original(first..place + 1).to_owned());
                }
            } else if self.page.folded(first).starts_with("وال".as_bytes())
                || self.page.folded(first).starts_with("وب".as_bytes())
            {
                first = before;
            } else {
                return None;
            }
        }
        None
    }

    /// Whether the word at `place` is *and* standing alone, as in Persian.
    fn is_and(&self, place: usize) -> bool {
        self.page.folded(place) == "و".as_bytes()
    }

    /// Translated from one language into another: `من الألمانية إلى العربية`.
    fn translated(&self, place: usize) -> Option<String> {
        let (from, into) = ("من".as_bytes(), "الي".as_bytes());
        let before = self.word_before(place)?;
        if !self.is_feminine(place) {
            return None;
        }
        if self.page.folded(before) == from {
            let after = self.word_after(place + 1)?;
            let other = self.word_after(after + 1)?;
            let pair = self.page.folded(after) == into
                && self.is_feminine(other)
                && self.page.folded(other).ends_with("يه".as_bytes());
            return pair.then(|| self.page.original(before..other + 1).to_owned());
        }
        let other = self.word_before(before)?;
        let start = self.word_before(other)?;
        let pair = self.page.folded(before) == into && self.page.folded(start) == from;
        let adjective = self.is_feminine(other) && self.page.folded(other).ends_with("يه".as_bytes());
        (pair && adjective).then(|| self.page.original(start..place + 1).to_owned())
    }

    /// A verb of speaking, its subject, and a definite feminine adjective that no noun before it agrees with: `يتحدث سكانها الإسبانية`.
    fn spoken(&self, place: usize) -> Option<String> {
        if !self.is_feminine(place) {
            return None;
        }
        let mut before = place;
        for _ in 0..=BETWEEN {
            before = self.word_before(before)?;
            let word = self.page.folded(before);
            if self.is(before, WordClass::BeforeLanguage) {
                return Some(self.page.original(before..place + 1).to_owned());
            }
            let agrees = word.ends_with(FEMININE) || word.starts_with(ARTICLE) || word.ends_with("ات".as_bytes());
            if agrees && !self.is(before, WordClass::Title) {
                return None;
            }
        }
        None
    }

    /// Whether the word at `place` is definite and feminine.
    fn is_feminine(&self, place: usize) -> bool {
        let word = self.page.folded(place);
        word.starts_with(ARTICLE) && word.ends_with(FEMININE)
    }

    /// Whether a word that means a country or person only with ي at its end has that: true or false where the document tells ى from ي, nothing where it
    /// does not, as Egyptian papers do not, or where it has no word to tell by and `unsure` is not false. A noun before it tells
    /// more, since an adjective agrees with it: after a feminine one (`الحارة اليمنى`) or near what has sides it is another word, after another
    /// (`الرئيس اليمنى`) maybe not.
    pub(super) fn ends_in_ya(&self, unsure: Option<bool>) -> Option<bool> {
        let place = self.first();
        if self.found.places.len() != 1 || !self.is(place, WordClass::EndsInYa) {
            return None;
        }
        let own = self.last_letter(place)?;
        if own == 'ى' {
            if let Some(before) = self.word_before(place) {
                let earlier = self.word_before(before);
                let sided = |place| self.is(place, WordClass::HasSides);
                if self.last_letter(before) == Some('ة') || sided(before) || earlier.is_some_and(sided) {
                    return Some(false);
                }
                if self.page.folded(place).starts_with(ARTICLE) && self.page.folded(before).starts_with(ARTICLE) {
                    return None;
                }
            }
            if ["في", "التي", "الذي", "هي"].iter().any(|word| self.writes(word, 'ى')) {
                return None;
            }
            let dotted = (0..self.page.tokens.list.len()).any(|place| self.last_letter(place) == Some('ي'));
            return if dotted { Some(false) } else { unsure };
        }
        ["علي", "الي"].iter().any(|word| self.writes(word, 'ى')).then_some(true)
    }

    /// Whether the document writes the folded word `word` with `last` at its end.
    fn writes(&self, word: &str, last: char) -> bool {
        let tokens = &self.page.tokens.list;
        (0..tokens.len())
            .any(|place| self.page.folded(place) == word.as_bytes() && self.last_letter(place) == Some(last))
    }

    /// The last letter of the word at `place` as it is written.
    fn last_letter(&self, place: usize) -> Option<char> {
        let word = self
            .page
            .is(place, IS_WORD)
            .then(|| self.page.original(place..place + 1))?;
        word.chars()
            .rev()
            .find(|c| fold::class(fold::table(), *c) & fold::SILENT == 0)
    }
}
