//! Rules that look at the shape of the text right beside a form, whichever country it names.
//!
//! `person`: a given name or title before it, or a family name after it. `place`: a state of the US after it. `language`: a verb of speaking or the word
//! *language* beside it. `capitals`: a common word in a line of capitals. Each says why in words that the evidence shows.

use super::lexicon::Bits;
use super::page::Page;
use super::scan::Found;
use super::tokens::{ALL_CAPITALS, BEGINS_CAPITAL, IS_ARABIC, IS_WORD, NEW_BLOCK, SPACED};
use super::words::Words;
use crate::model::entity::{Case, Form, WordClass};
use crate::model::mention::Kind;

/// What shape rules look at.
#[derive(Clone, Copy)]
pub(super) struct Shape<'a> {
    /// The document.
    pub(super) page: Page<'a>,
    /// The context words.
    pub(super) words: &'a Words,
    /// The occurrence.
    pub(super) found: &'a Found,
}

impl Shape<'_> {
    /// The first token.
    pub(super) fn first(&self) -> usize {
        self.found.places.start
    }

    /// One past the last token.
    pub(super) fn last(&self) -> usize {
        self.found.places.end
    }

    /// The language of the text there.
    fn language(&self) -> Bits {
        self.found.language
    }

    /// Whether the token at `place` is of `class`.
    pub(super) fn is(&self, place: usize, class: WordClass) -> bool {
        self.words.is(&self.page, place, class, self.language())
    }

    /// The place before the form, where a word stands there in the same block with nothing but white space between.
    pub(super) fn word_before(&self, place: usize) -> Option<usize> {
        let before = place.checked_sub(1)?;
        (self.page.is(before, IS_WORD) && !self.page.is(place, NEW_BLOCK)).then_some(before)
    }

    /// The word after `place`, in the same block with nothing but white space between.
    pub(super) fn word_after(&self, place: usize) -> Option<usize> {
        let token = self.page.token(place)?;
        (token.is(IS_WORD | SPACED) && !token.is(NEW_BLOCK)).then_some(place)
    }

    /// Whether the form stands after a preposition of place, and is no owner: `in Jordan`, not `in Jordan's film`.
    pub(super) fn is_located(&self) -> bool {
        let owner = self.page.folded(self.last()) == b"'" && self.page.folded(self.last() + 1) == b"s";
        !owner
            && self
                .words
                .before(&self.page, self.first(), WordClass::Locative, self.language())
                .is_some()
    }

    /// Why the form is a person's name here, if it is.
    pub(super) fn person(&self, form: &Form) -> Option<String> {
        if self.found.places.len() != 1 {
            return None;
        }
        if self.page.is(self.first(), IS_ARABIC) {
            self.arabic_person(form)
        } else {
            self.latin_person()
        }
    }

    /// A name in Latin letters.
    fn latin_person(&self) -> Option<String> {
        let place = self.first();
        if !self.page.is(place, BEGINS_CAPITAL) {
            return None;
        }
        let borne_last = self.is(place, WordClass::BorneLast);
        if let Some(before) = self.word_before(place).filter(|_| borne_last)
            && self.page.is(before, BEGINS_CAPITAL)
            && self.is(before, WordClass::GivenName)
            && !self.is_saint(before)
        {
            return Some(self.page.original(before..place + 1).to_owned());
        }
        if self.is(place, WordClass::BorneFirst)
            && let Some(kin) = self
                .word_before(place)
                .filter(|&before| self.is(before, WordClass::Kin))
        {
            return Some(self.page.original(kin..place + 1).to_owned());
        }
        if borne_last && let Some(title) = self.title_before(place) {
            return Some(self.page.original(title..place + 1).to_owned());
        }
        if self.is(place, WordClass::BorneFirst)
            && !self.is_located()
            && (!self.is_heading(place) || self.is_between_commas(place))
            && let Some(after) = self.word_after(self.last())
            && self.page.is(after, BEGINS_CAPITAL)
            && (!self.page.is(after, ALL_CAPITALS) || self.page.is(place, ALL_CAPITALS))
            && self.page.original(after..after + 1).chars().count() > 2
            && !self.is(after, WordClass::NoSurname)
        {
            return Some(self.page.original(place..after + 1).to_owned());
        }
        None
    }

    /// Whether the word at `place` and the next one stand alone between commas, as in a list of persons.
    fn is_between_commas(&self, place: usize) -> bool {
        let comma = |place: usize| self.page.folded(place) == b",";
        place.checked_sub(1).is_some_and(comma) && comma(place + 2) && !self.page.is(place, NEW_BLOCK)
    }

    /// The place of a title before the form: `Mr`, `Mr.`, `Sgt. Brett`.
    fn title_before(&self, place: usize) -> Option<usize> {
        let mut before = place.checked_sub(1)?;
        if self.page.is(place, NEW_BLOCK) {
            return None;
        }
        if self.page.folded(before) == b"." {
            before = before.checked_sub(1)?;
        }
        (self.page.is(before, BEGINS_CAPITAL) && self.is(before, WordClass::Title)).then_some(before)
    }

    /// Whether the word at `place` follows a saint's title: `St. Louis`, `San Diego`.
    fn is_saint(&self, place: usize) -> bool {
        let mut before = place;
        while before > 0 {
            before -= 1;
            if self.page.folded(before) != b"." {
                return self.is(before, WordClass::Saint);
            }
        }
        false
    }

    /// Whether most words of the sentence begin with capitals, so that a capital says nothing.
    pub(super) fn is_heading(&self, place: usize) -> bool {
        let words = || {
            self.page
                .sentence_tokens(place)
                .filter(|&place| self.page.is(place, IS_WORD))
        };
        let long = || words().filter(|&place| self.page.folded(place).len() > 3);
        let capitals = long().filter(|&place| self.page.is(place, BEGINS_CAPITAL)).count();
        words().count() > 3 && capitals * 4 >= long().count() * 3
    }

    /// The state of the US after a town that bears a country's name.
    pub(super) fn us_town(&self, form: &Form) -> Option<String> {
        if form.kind == Kind::Name && self.page.is(self.first(), IS_ARABIC) {
            return self.arabic_town();
        }
        if form.kind != Kind::Name || self.page.folded(self.last()) != b"," || self.page.is(self.last(), NEW_BLOCK) {
            return None;
        }
        let after = self.last() + 1;
        let end = self.words.end(&self.page, after, WordClass::UsState, self.language())?;
        let joined = matches!(self.page.folded(end), b"and" | b"or" | b"&" | b"et" | b"y");
        let listed = self.page.folded(end) == b"," && self.page.is(end + 1, BEGINS_CAPITAL);
        let upper = self.page.is(after, BEGINS_CAPITAL);
        (upper && !joined && !listed).then(|| self.page.original(self.first()..end).to_owned())
    }

    /// Why an adjective is a language here, if it is.
    pub(super) fn language_sense(&self, form: &Form) -> Option<String> {
        if self.found.places.len() != 1 || form.kind != Kind::Adjective {
            return None;
        }
        if self.page.is(self.first(), IS_ARABIC) {
            return self.arabic_tongue();
        }
        self.tongue(self.first())
    }

    /// The same for the word at `place`, which another language may be joined to: `in English, Spanish and Somali`.
    fn tongue(&self, place: usize) -> Option<String> {
        if self
            .word_after(place + 1)
            .is_some_and(|after| self.is(after, WordClass::AfterLanguage))
            || self.page.is(place + 1, super::tokens::IS_HYPHEN) && self.is(place + 2, WordClass::AfterLanguage)
        {
            return Some(self.page.original(place..place + 2).to_owned());
        }
        let mut first = place;
        for _ in 0..8 {
            let before = self.word_or_comma_before(first)?;
            if self.page.is(before, IS_WORD) && !self.joins(before) && !self.is(before, WordClass::HowWell) {
                if self.is(before, WordClass::BeforeLanguage) {
                    return Some(self.page.original(before..place + 1).to_owned());
                }
                if self.is(before, WordClass::InLanguage) && self.stands_alone(place + 1) {
                    return Some(self.page.original(before..place + 1).to_owned());
                }
                if !self.page.is(before, BEGINS_CAPITAL) {
                    return None;
                }
            }
            first = before;
        }
        None
    }

    /// The token before `place`: a word, or a comma between words.
    fn word_or_comma_before(&self, place: usize) -> Option<usize> {
        let before = place.checked_sub(1)?;
        let fits = self.page.is(before, IS_WORD) || self.page.folded(before) == b",";
        (fits && !self.page.is(place, NEW_BLOCK)).then_some(before)
    }

    /// Whether the word at `place` joins two words of a list.
    fn joins(&self, place: usize) -> bool {
        self.is(place, WordClass::Joins) && self.page.original(place..place + 1) != "é"
    }

    /// The feminine verb before an Arabic state's name that is also a common word: `استدعت مالي سفيرها`.
    pub(super) fn verb_before(&self) -> Option<String> {
        let place = self.first();
        let own = self.page.token(place)?;
        if self.found.start != own.start || !self.is(place, WordClass::TakesVerb) {
            return None;
        }
        let before = self.word_before(place)?;
        let word = self.page.folded(before);
        (word.ends_with("ت".as_bytes()) && word.len() >= 8).then(|| self.page.original(before..place + 1).to_owned())
    }

    /// Whether no noun follows at `place`: a sign, a joining word, or a small word that begins another phrase.
    fn stands_alone(&self, place: usize) -> bool {
        let Some(token) = self.page.token(place) else {
            return true;
        };
        if !token.is(IS_WORD) || token.is(NEW_BLOCK) {
            return !token.is(super::tokens::IS_HYPHEN);
        }
        self.is(place, WordClass::NewPhrase) || self.joins(place)
    }

    /// Whether the form is a common word that only looks like an abbreviation, since its line is in capitals.
    pub(super) fn word_in_capitals(&self, form: &Form) -> bool {
        let first = self.first();
        let begins = self.page.is(first, super::tokens::NEW_LINE) && self.page.folded(first) == b"us";
        is_abbreviation(form) && !begins && self.is(first, WordClass::WordInCapitals) && self.line_is_capitals()
    }

    /// The verb whose object the form is in a line of capitals: `TELL US`.
    pub(super) fn pronoun_in_capitals(&self, form: &Form) -> Option<String> {
        if !self.word_in_capitals(form) {
            return None;
        }
        let before = self
            .word_before(self.first())
            .filter(|&before| self.is(before, WordClass::BeforePronoun))?;
        Some(self.page.original(before..self.last()).to_owned())
    }

    /// Whether the line of the form is written in capitals.
    fn line_is_capitals(&self) -> bool {
        let words = || {
            self.page
                .line_tokens(self.first())
                .filter(|&place| self.page.is(place, IS_WORD))
        };
        words().count() > 2
            && words().all(|place| self.page.is(place, ALL_CAPITALS) || self.page.folded(place)[0].is_ascii_digit())
    }
}

/// Whether a form is told from a common word by its capitals alone: `US`, `WHO`.
pub(super) fn is_abbreviation(form: &Form) -> bool {
    form.abbreviation || form.case == Case::Exact
}
