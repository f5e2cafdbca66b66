//! Adjectives that name a language, told by the grammar of each language: an occurrence in, the words that say so out.
//!
//! `shape` knows the words of speaking and teaching that stand right beside an adjective. Here is what needs more than one word: German and Dutch
//! adjectives without an ending, Romance adjectives behind *in*, articles between a verb and its language, Russian cases behind *на* and *с*.

use super::shape::Shape;
use super::tokens::{BEGINS_CAPITAL, IS_HYPHEN, IS_WORD, NEW_BLOCK, SPACED};
use crate::model::entity::{Form, WordClass};
use crate::model::mention::Kind;

/// Articles, and prepositions grown together with one, that may stand between *translated* and the language.
const ARTICLES: [&str; 12] = ["le", "l", "du", "de", "el", "del", "il", "lo", "dal", "dall", "do", "o"];

/// Adjectives of states that have no language of their name.
const NO_LANGUAGE: [&str; 8] = [
    "suisse", "belge", "suizo", "suizos", "belga", "svizzero", "suíço", "canadien",
];

/// Whether a form may name a language at all: a plural in Spanish, Italian and Portuguese means people.
pub(super) fn may_be(form: &Form) -> bool {
    let plural = match form.language.as_ref().map(crate::model::language::Language::as_str) {
        Some("es" | "pt") => form.text.ends_with("os") || form.text.ends_with("as") || form.text.ends_with("eses"),
        Some("it") => form.text.ends_with('i'),
        _ => false,
    };
    !plural && !NO_LANGUAGE.contains(&form.text.as_str())
}

/// Why a form is a language at its place, if it is.
pub(super) fn sense(shape: &Shape, form: &Form) -> Option<String> {
    if shape.found.places.len() != 1 || !matches!(form.kind, Kind::Adjective | Kind::Demonym) {
        return None;
    }
    let place = shape.found.places.start;
    let from = match form.language?.as_str() {
        "de" => german(shape, place)?,
        "nl" => dutch(shape, place)?,
        "ru" => russian(shape, place)?,
        "fr" | "es" | "it" | "pt" => romance(shape, place, form)?,
        _ => return None,
    };
    Some(shape.page.original(from..place + 1).to_owned())
}

/// The folded word at `place`; empty where a sign or nothing stands there.
fn word<'t>(shape: &Shape<'t>, place: usize) -> &'t str {
    if shape.page.is(place, IS_WORD) {
        std::str::from_utf8(shape.page.folded(place)).unwrap_or("")
    } else {
        ""
    }
}

/// The word right before `place` in the same block.
fn before<'t>(shape: &Shape<'t>, place: usize) -> &'t str {
    if shape.page.is(place, NEW_BLOCK) {
        ""
    } else {
        place.checked_sub(1).map_or("", |before| word(shape, before))
    }
}

/// Whether the token at `place` is grown together with the one before it by a hyphen.
fn is_joined(shape: &Shape, place: usize) -> bool {
    shape.page.is(place, IS_HYPHEN) && !shape.page.is(place, SPACED)
}

/// `auf Deutsch`, `Spanisch lernen`, `(deutsch: …)`, `ins Deutsche`, `aus dem Deutschen`.
fn german(shape: &Shape, place: usize) -> Option<usize> {
    let own = word(shape, place);
    let capital = shape.page.is(place, BEGINS_CAPITAL);
    let joined = is_joined(shape, place + 1) || place.checked_sub(1).is_some_and(|before| is_joined(shape, before));
    if joined {
        return None;
    }
    if own == "deutsch" || own.ends_with("isch") {
        let bracket = place
            .checked_sub(1)
            .is_some_and(|before| shape.page.folded(before) == b"(");
        let gloss = shape.page.folded(place + 1) == b":" || bracket;
        return (capital || gloss).then_some(place);
    }
    let contracted = match before(shape, place) {
        "ins" | "im" | "vom" | "zum" | "beim" => true,
        "dem" => before(shape, place - 1) == "aus",
        _ => false,
    };
    let noun = shape.page.is(place + 1, IS_WORD | BEGINS_CAPITAL);
    let ending = own.ends_with("sche") || own.ends_with("schen");
    (capital && contracted && ending && !noun).then(|| place - 1)
}

/// `het Frans`, `in het Nederlands`: after *het* an adjective would end in -e.
fn dutch(shape: &Shape, place: usize) -> Option<usize> {
    (word(shape, place).ends_with('s') && before(shape, place) == "het" && !is_joined(shape, place + 1))
        .then(|| place - 1)
}

/// `на французском.`, `с английского на русский`: no noun follows, or another language does.
fn russian(shape: &Shape, place: usize) -> Option<usize> {
    let own = word(shape, place);
    let fits = match before(shape, place) {
        "на" => own.ends_with("ском") || own.ends_with("цком") || own.ends_with("ский") || own.ends_with("цкий"),
        "с" => own.ends_with("ского") || own.ends_with("цкого"),
        _ => false,
    };
    let after = word(shape, place + 1);
    let ends = after.is_empty()
        || after == "на"
        || matches!(after, "и" | "или") && matches!(word(shape, place + 2), "на" | "с");
    (fits && ends && !is_joined(shape, place + 1) && !own.starts_with("росси")).then(|| place - 1)
}

/// `en español`, `in spagnolo davanti a`, `traduit de l'italien`, `apprennent le japonais`: an adjective in the masculine without a noun before it.
fn romance(shape: &Shape, place: usize, form: &Form) -> Option<usize> {
    if shape.page.is(place, BEGINS_CAPITAL) || !is_masculine(&form.text) || is_joined(shape, place + 1) {
        return None;
    }
    let preposition = matches!(before(shape, place), "en" | "in" | "em");
    if preposition && !shape.page.is(place + 1, IS_WORD | BEGINS_CAPITAL) {
        return Some(place - 1);
    }
    if let Some(start) = list_before(shape, place).or_else(|| spoken_before(shape, place)) {
        return Some(start);
    }
    let mut first = place;
    for _ in 0..3 {
        let earlier = first.checked_sub(1)?;
        let article = shape.page.folded(earlier) == b"'" || ARTICLES.contains(&before(shape, first));
        if !article || shape.page.is(first, NEW_BLOCK) {
            break;
        }
        first = earlier;
    }
    let verb = first.checked_sub(1)?;
    (first < place && shape.is(verb, WordClass::BeforeLanguage)).then_some(verb)
}

/// The preposition that begins a list of languages before `place`: `en inglés, francés y alemán`.
fn list_before(shape: &Shape, place: usize) -> Option<usize> {
    let mut place = place;
    for _ in 0..6 {
        let joint = place.checked_sub(1)?;
        let earlier = joint.checked_sub(1)?;
        let small = shape.page.is(earlier, IS_WORD) && !shape.page.is(earlier, BEGINS_CAPITAL);
        let long = shape.page.folded(earlier).len() > 3;
        if !shape.is(joint, WordClass::Joins) || shape.page.is(place, NEW_BLOCK) || !small || !long {
            return None;
        }
        if matches!(before(shape, earlier), "en" | "in" | "em") {
            return Some(earlier - 1);
        }
        place = earlier;
    }
    None
}

/// The verb of speaking that begins a list of languages before `place`: `habla inglés y francés`, `parle le français, mais pas le russe`.
fn spoken_before(shape: &Shape, place: usize) -> Option<usize> {
    let mut place = place;
    for _ in 0..6 {
        while shape.page.folded(place.checked_sub(1)?) == b"'" || ARTICLES.contains(&before(shape, place)) {
            place -= 1;
        }
        let end = place;
        while shape.is(place.checked_sub(1)?, WordClass::Joins) || shape.is(place - 1, WordClass::HowWell) {
            place -= 1;
        }
        let earlier = place.checked_sub(1)?;
        if shape.is(earlier, WordClass::BeforeLanguage) {
            return Some(earlier);
        }
        let small = shape.page.is(earlier, IS_WORD) && !shape.page.is(earlier, BEGINS_CAPITAL);
        if place == end || !small || shape.page.is(place, NEW_BLOCK) || shape.page.folded(earlier).len() <= 3 {
            return None;
        }
        place = earlier;
    }
    None
}

/// Whether an adjective is in the masculine singular, as far as its ending tells.
fn is_masculine(text: &str) -> bool {
    !text.ends_with(['a', 'i']) && !text.ends_with("es") && !text.ends_with("os") && !text.ends_with("ens")
}
