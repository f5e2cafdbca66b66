//! What the trie leads to: every surface form and mask of the gazetteer as a pattern over folded tokens.
//!
//! A gazetteer in, patterns out, each with the languages whose texts it is looked for in and with what a text must look like beyond its folded
//! letters: capitals, exact characters, accents.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::fold::{Vowels, keep_accents, vowels};
use super::tokens::{BEGINS_CAPITAL, IS_HYPHEN, IS_WORD, Tokens};
use super::trie::Trie;
use crate::model::entity::{Case, EntityIndex, Form, Gazetteer, Policy};
use crate::model::language::Language;
use crate::model::mention::Kind;

/// Languages that tell letters apart by their accents: `Irã` is no `ira`.
const KEEP_ACCENTS: [&str; 5] = ["pt", "de", "tr", "sw", "ha"];

/// Languages whose press mixes in names as another writes them: Wolof and Bambara texts have French names too.
const BORROWS: [(&str, &str); 2] = [("bm", "fr"), ("wo", "fr")];

/// A set of languages, one bit each.
pub(super) type Bits = u32;

/// The bit of texts whose language is not known or has no forms of its own.
pub(super) const UNKNOWN: Bits = 1 << 31;

/// The bits of the languages that the gazetteer has names in.
#[derive(Debug)]
pub(super) struct Languages(Vec<Language>);

impl Languages {
    /// The languages of all forms, masks and rules, at most 31.
    fn new(gazetteer: &Gazetteer) -> Self {
        let all = gazetteer.forms.iter().filter_map(|form| form.language);
        let all: BTreeSet<Language> = all
            .chain(gazetteer.rules.iter().filter_map(|rule| rule.language))
            .collect();
        Self(all.into_iter().take(31).collect())
    }

    /// The bit of a text in `language`.
    pub(super) fn bit(&self, language: Language) -> Bits {
        self.0.binary_search(&language).map_or(UNKNOWN, |place| 1 << place)
    }

    /// The bits of something that is said for `language` and those that borrow from it, or for every language.
    pub(super) fn bits(&self, language: Option<Language>) -> Bits {
        let Some(language) = language else { return Bits::MAX };
        let borrowers = BORROWS.iter().filter(|(_, lender)| *lender == language.as_str());
        let known = borrowers.filter_map(|(borrower, _)| self.0.iter().find(|known| known.as_str() == *borrower));
        known.fold(self.bit(language), |bits, &borrower| bits | self.bit(borrower))
    }

    /// The bits of a form: small words are borrowed by no language.
    fn of_form(&self, form: &Form) -> Bits {
        match form.language {
            Some(language) if form.case == Case::Ignore => self.bit(language),
            language => self.bits(language),
        }
    }
}

/// What a pattern stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// A surface form, by its place in the gazetteer.
    Form(u32),
    /// A mask, by its place in the gazetteer.
    Mask(u32),
}

/// The hyphen that a text must have. All others may as well be spaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hyphen {
    /// None.
    Free,
    /// The one in the pattern: `est-allemand`, since `est allemand` is a verb and an adjective.
    Within,
    /// The one after it: `Franco-`.
    After,
}

/// A sequence of folded tokens with what else a text must have to match it.
#[derive(Debug)]
pub(super) struct Pattern {
    /// What it stands for.
    pub(super) what: What,
    /// The languages whose texts it is looked for in.
    pub(super) languages: Bits,
    /// How capitals are compared.
    pub(super) case: Case,
    /// One bit for each word that begins with a capital.
    pub(super) capitals: u64,
    /// Its words as they stand, or in small letters with their accents, where either is compared.
    pub(super) spelling: Option<Box<str>>,
    /// Whether the text must have the vowel signs of `spelling`.
    pub(super) vowelled: bool,
    /// Which hyphen it must have.
    pub(super) hyphen: Hyphen,
    /// Whether it is made of short names in one character each, which mean nothing where they are cut out of other words: `中美`.
    pub(super) joined: bool,
}

/// All patterns and the way to them.
#[derive(Debug)]
pub(super) struct Lexicon {
    /// From folded tokens to patterns.
    pub(super) trie: Trie,
    /// The patterns that the trie's payloads are places in.
    pub(super) patterns: Vec<Pattern>,
    /// The languages.
    pub(super) languages: Languages,
}

impl Lexicon {
    /// The lexicon of a gazetteer, and the tokens of each of its patterns.
    pub(super) fn new(gazetteer: &Gazetteer) -> (Self, Sequences) {
        let languages = Languages::new(gazetteer);
        let foreign = foreign(gazetteer);
        let mut patterns = Vec::with_capacity(gazetteer.forms.len() + gazetteer.masks.len());
        let mut sequences = Sequences::with_room(patterns.capacity());
        let mut tokens = Tokens::default();
        let (mut bare, mut tanwin) = (Vec::new(), Vec::new());
        for (place, form) in (0..).zip(&gazetteer.forms) {
            tokens.clear();
            tokens.add(&form.text);
            sequences.push(&tokens);
            let hyphen = match form.text.strip_suffix('-') {
                Some(_) if tokens.list.len() > 1 => Hyphen::After,
                _ if begins_with_est(form) => Hyphen::Within,
                _ => Hyphen::Free,
            };
            let mut bits = languages.of_form(form);
            if form.abbreviation {
                bits = Bits::MAX;
            } else if form.language.is_some()
                && is_plain_name(form)
                && foreign.get(form.text.as_str()).is_some_and(|(_, plain)| *plain)
            {
                bits |= UNKNOWN;
            }
            let vowels = vowels(&form.text);
            match vowels {
                Vowels::None if form.language == Some(Language::AR) => bare.push(patterns.len()),
                Vowels::Tanwin => tanwin.push(patterns.len()),
                Vowels::None | Vowels::Telling => {}
            }
            let vowelled = vowels == Vowels::Telling;
            patterns.push(Pattern {
                what: What::Form(place),
                languages: bits,
                case: form.case,
                capitals: capitals(&tokens),
                spelling: if vowelled {
                    Some(form.text.as_str().into())
                } else {
                    spelling(form)
                },
                vowelled,
                hyphen,
                joined: is_joined(form),
            });
        }
        // The tanwin tells where another Arabic form has the same letters without vowel signs.
        let bare: HashSet<&[u64]> = bare.into_iter().map(|place| sequences.get(place)).collect();
        for place in tanwin {
            if bare.contains(sequences.get(place)) {
                patterns[place].vowelled = true;
                patterns[place].spelling = Some(gazetteer.forms[place].text.as_str().into());
            }
        }
        for (place, mask) in (0..).zip(&gazetteer.masks) {
            tokens.clear();
            tokens.add(&mask.text);
            sequences.push(&tokens);
            patterns.push(Pattern {
                what: What::Mask(place),
                languages: languages.bits(mask.language) | UNKNOWN,
                case: Case::Ignore,
                capitals: 0,
                spelling: None,
                vowelled: false,
                hyphen: Hyphen::Free,
                joined: false,
            });
        }
        let trie = Trie::new(sequences.iter().zip(0..).filter(|(tokens, _)| !tokens.is_empty()));
        let lexicon = Self {
            trie,
            patterns,
            languages,
        };
        (lexicon, sequences)
    }
}

/// The tokens of many texts: for each text their hashes, as [`sequence`] gives them.
#[derive(Debug)]
pub(super) struct Sequences {
    /// All of them, one text after the other.
    hashes: Vec<u64>,
    /// Where each text begins in `hashes`, and where the last one ends.
    bounds: Vec<usize>,
}

impl Sequences {
    /// No text yet, with room for so many.
    fn with_room(texts: usize) -> Self {
        let mut bounds = Vec::with_capacity(texts + 1);
        bounds.push(0);
        Self {
            hashes: Vec::with_capacity(2 * texts),
            bounds,
        }
    }

    /// Adds the tokens of a text.
    fn push(&mut self, tokens: &Tokens) {
        self.hashes.extend(hashes(tokens));
        self.bounds.push(self.hashes.len());
    }

    /// The tokens of the text at this place, which must be there.
    fn get(&self, place: usize) -> &[u64] {
        &self.hashes[self.bounds[place]..self.bounds[place + 1]]
    }

    /// The tokens of every text.
    pub(super) fn iter(&self) -> impl Iterator<Item = &[u64]> {
        self.bounds.windows(2).map(|bounds| &self.hashes[bounds[0]..bounds[1]])
    }
}

/// The hashes of tokens, hyphens left out: a hyphen, a space and both are one.
pub(super) fn sequence(tokens: &Tokens) -> Vec<u64> {
    hashes(tokens).collect()
}

/// The same, one by one.
fn hashes(tokens: &Tokens) -> impl Iterator<Item = u64> {
    let plain = tokens.list.iter().filter(|token| !token.is(IS_HYPHEN));
    plain.map(|token| tokens.hash(token))
}

/// One bit for each word that begins with a capital; the 64th stands for all later ones too.
fn capitals(tokens: &Tokens) -> u64 {
    let words = tokens.list.iter().filter(|token| token.is(IS_WORD));
    words
        .zip(0_u32..64)
        .filter(|(token, _)| token.is(BEGINS_CAPITAL))
        .fold(0, |bits, (_, place)| bits | 1 << place)
}

/// What the words of a text are compared with once more, where their folded letters do not say enough.
fn spelling(form: &Form) -> Option<Box<str>> {
    let visible = || form.text.split(|c: char| c.is_whitespace() || c == '-');
    if form.case == Case::Exact {
        return Some(visible().collect());
    }
    let kept = form
        .language
        .is_some_and(|language| KEEP_ACCENTS.contains(&language.as_str()));
    (kept && !form.text.is_ascii()).then(|| visible().flat_map(keep_accents).collect())
}

/// Whether a form means something else without its hyphen, since it begins as the French verb `est`.
fn begins_with_est(form: &Form) -> bool {
    form.language.is_some_and(|language| language.as_str() == "fr") && form.text.to_lowercase().starts_with("est-")
}

/// Whether a form is made of two or three short names in one Chinese character each.
fn is_joined(form: &Form) -> bool {
    let han = |c| ('\u{4e00}'..='\u{9fff}').contains(&c);
    form.kind == Kind::Adjective && matches!(form.text.chars().count(), 2 | 3) && form.text.chars().all(han)
}

/// Whether a form is a name that needs no context and can be told from a common word by its capital. How a language that borrows names spells the
/// rest is known in no other (`Siri` is Syria in Wolof alone).
fn is_plain_name(form: &Form) -> bool {
    !borrows(form)
        && form.kind == Kind::Name
        && form.policy == Policy::Count
        && form.case != Case::Ignore
        && form.text.chars().count() > 3
}

/// Whether a form is of a language that borrows names.
fn borrows(form: &Form) -> bool {
    form.language
        .is_some_and(|language| BORROWS.iter().any(|(borrower, _)| *borrower == language.as_str()))
}

/// The owner of every name, and whether texts in a language without forms of its own are searched for it: it names one entity in whichever language, and
/// no language finds it ambiguous.
fn foreign(gazetteer: &Gazetteer) -> HashMap<&str, (EntityIndex, bool)> {
    let mut owners = HashMap::with_capacity(gazetteer.forms.len());
    for form in gazetteer.forms.iter().filter(|form| !borrows(form)) {
        let plain = is_plain_name(form);
        let (owner, all_plain) = owners.entry(form.text.as_str()).or_insert((form.entity, plain));
        *all_plain &= plain && *owner == form.entity;
    }
    owners
}
