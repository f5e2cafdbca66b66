//! Rules for proper names that contain a country's name and do not mean the country.
//!
//! `company`: a word that ends companies' names after it, *Air* before it, or a society's *of America*. `place`: a street, a county, an inhabitant or the number of a road
//! after it, or the street of an American address before it. `money`: the sign of a currency beside it. `apposition`, which speaks for the
//! country: two names after a man of it. Each says why in words that the evidence shows.

use super::shape::{Shape, is_abbreviation};
use super::tokens::{ALL_CAPITALS, BEGINS_CAPITAL, IS_HYPHEN, IS_WORD, NEW_BLOCK, SPACED};
use crate::model::entity::{Form, WordClass};
use crate::model::mention::Kind;

/// How many words a company's name has at most between a country and `Inc`.
const COMPANY: usize = 4;

impl Shape<'_> {
    /// The sum of money that the form is the sign of: `US$40`, `$US 40`, `40 $ US`.
    pub(super) fn money(&self, form: &Form) -> Option<String> {
        if !is_abbreviation(form) {
            return None;
        }
        let (first, last) = (self.found.places.start, self.found.places.end);
        if self.page.folded(last) == b"$" && !self.page.is(last, SPACED) {
            return Some(self.page.original(first..last + 1).to_owned());
        }
        let before = first.checked_sub(1)?;
        let sign = self.page.folded(before) == b"$" && !self.page.is(first, NEW_BLOCK);
        sign.then(|| self.page.original(before..last).to_owned())
    }

    /// The word for an inhabitant after a town that bears a country's name: `a Lebanon woman`. Of a country one says it with the adjective.
    fn townsman_after(&self) -> Option<usize> {
        let (first, last) = (self.found.places.start, self.found.places.end);
        let article = matches!(self.page.folded(first.checked_sub(1)?), b"a" | b"an" | b"the" | b"old");
        let word = self.page.token(last)?.is(IS_WORD | SPACED) && !self.page.is(first, NEW_BLOCK);
        (article && word && self.is(first, WordClass::UsTown) && self.is(last, WordClass::Townsman)).then_some(last)
    }

    /// The company or society that bears the country's name: `American Express`, `Canadian Tire Corp`, `Scouts of America`.
    pub(super) fn company(&self, form: &Form) -> Option<String> {
        let (first, last) = (self.found.places.start, self.found.places.end);
        if !matches!(form.kind, Kind::Name | Kind::Adjective) || !self.page.is(first, BEGINS_CAPITAL) {
            return None;
        }
        if is_abbreviation(form) && self.is(first, WordClass::CompanyEnd) {
            let name = self.capital_before(first)?;
            return Some(self.page.original(name..last).to_owned());
        }
        if let Some(society) = self.society_before(first) {
            return Some(self.page.original(society..last).to_owned());
        }
        if let Some(airline) = self.airline_before(first, form) {
            return Some(self.page.original(airline..last).to_owned());
        }
        let next = self.capital_after(last)?;
        if self.is(next, WordClass::Company) && self.capital_after(next + 1).is_none() {
            return Some(self.page.original(first..next + 1).to_owned());
        }
        let mut place = last;
        for _ in 0..=COMPANY {
            if self.page.folded(place) == b"&" && !self.page.is(place, NEW_BLOCK) {
                place += 1;
            }
            let word = self.capital_after(place)?;
            if self.is(word, WordClass::CompanyEnd) {
                return Some(self.page.original(first..word + 1).to_owned());
            }
            place = word + 1;
        }
        None
    }

    /// The capitalised word right before a company's ending that is also an abbreviation, unless it begins the sentence: `Orange SA`.
    fn capital_before(&self, place: usize) -> Option<usize> {
        let before = self.word_before(place)?;
        let begins = self.page.sentence_tokens(before).start == before;
        (self.page.is(before, BEGINS_CAPITAL) && !begins).then_some(before)
    }

    /// The society before `of America`: `Boy Scouts of America`, `Corp. of America`.
    fn society_before(&self, place: usize) -> Option<usize> {
        let of = place.checked_sub(1)?;
        let mut before = of.checked_sub(1)?;
        if self.page.folded(place) != b"america" || self.page.folded(of) != b"of" || self.page.is(of, NEW_BLOCK) {
            return None;
        }
        if self.page.folded(before) == b"." {
            before = before.checked_sub(1)?;
        }
        (self.page.is(before, BEGINS_CAPITAL) && self.is(before, WordClass::Society)).then_some(before)
    }

    /// The word `Air` right before a country's name: `Air Malta`.
    fn airline_before(&self, place: usize, form: &Form) -> Option<usize> {
        let before = place.checked_sub(1)?;
        let air = self.page.folded(before) == b"air" && self.page.is(before, BEGINS_CAPITAL);
        let joined = self.page.is(place, SPACED) && !self.page.is(place, NEW_BLOCK);
        (form.kind == Kind::Name && air && joined).then_some(before)
    }

    /// Why a man of a country, whose word is also a given name, is no name here: two names follow, as in `Finn Kimi Lahti`.
    pub(super) fn apposition(&self, form: &Form) -> Option<String> {
        let (first, last) = (self.found.places.start, self.found.places.end);
        if form.kind != Kind::Demonym || !self.is(first, WordClass::ManOf) || self.page.is(first, ALL_CAPITALS) {
            return None;
        }
        let name = self.capital_after(last)?;
        let surname = self.capital_after(name + 1)?;
        let plain = |place| !self.page.is(place, ALL_CAPITALS) && !self.is(place, WordClass::NoSurname);
        (plain(name) && plain(surname)).then(|| self.page.original(first..surname + 1).to_owned())
    }

    /// The word at `place`, where it begins with a capital and nothing but white space stands before it.
    fn capital_after(&self, place: usize) -> Option<usize> {
        let token = self.page.token(place)?;
        (token.is(IS_WORD | SPACED | BEGINS_CAPITAL) && !token.is(NEW_BLOCK)).then_some(place)
    }

    /// The street, county or road that bears the country's name, or the street of a town that does: `Guernsey County`, `US-24`, `400 Elm St., Lebanon`.
    pub(super) fn street(&self, form: &Form) -> Option<String> {
        let (first, last) = (self.found.places.start, self.found.places.end);
        if !matches!(form.kind, Kind::Name | Kind::Adjective) || !self.page.is(first, BEGINS_CAPITAL) {
            return None;
        }
        if is_abbreviation(form) {
            let digits = self.page.folded(last + 1).iter().all(u8::is_ascii_digit);
            let joined =
                self.page.is(last, IS_HYPHEN) && !self.page.is(last, SPACED) && !self.page.is(last + 1, SPACED);
            let road = joined && digits && self.page.is(last + 1, IS_WORD);
            return road.then(|| self.page.original(first..last + 2).to_owned());
        }
        if let Some(next) = self.capital_after(last)
            && let Some(end) = self.words.end(&self.page, next, WordClass::Street, self.found.language)
            && (end > next + 1 || !self.is_heading(first))
        {
            return Some(self.page.original(first..end).to_owned());
        }
        if let Some(townsman) = self.townsman_after() {
            return Some(self.page.original(first..townsman + 1).to_owned());
        }
        let mut before = first.checked_sub(2)?;
        if self.page.folded(first - 1) != b"," || self.page.is(first, NEW_BLOCK) || !self.is(first, WordClass::UsTown) {
            return None;
        }
        if self.page.folded(before) == b"." {
            before = before.checked_sub(1)?;
        }
        let address = self.page.is(before, BEGINS_CAPITAL) && self.is(before, WordClass::Street);
        address.then(|| self.page.original(before..last).to_owned())
    }
}
