//! A gazetteer in, the hash of what decides matches out. Names in headings, colours, groups, events and watchlists are left out.

use sha2::{Digest, Sha256};

use crate::model::entity::{Gazetteer, RuleDefault, Window};
use crate::model::language::Language;

/// How many bytes of the digest are kept.
const KEPT: usize = 8;

/// The first 16 hexadecimal digits of a SHA-256 over entity ids, offices, forms, masks, rules and context words, in the order they stand in.
pub(crate) fn hash(gazetteer: &Gazetteer) -> String {
    let mut ink = Ink(Vec::with_capacity(2 << 20));
    for entity in &gazetteer.entities {
        ink.word("entity")
            .word(&entity.id)
            .word(entity.class.as_str())
            .word(&entity.iso3);
        for office in &entity.offices {
            ink.word(&gazetteer.entity(office.entity).id).word(&office.office);
            ink.word(&format!("{:?}..{:?}", office.from, office.to));
        }
    }
    for form in &gazetteer.forms {
        ink.language(form.language).word(&form.text).number(form.entity.0);
        ink.number(form.kind as u32)
            .number(u32::from(form.abbreviation))
            .number(form.case as u32);
        ink.number(form.policy as u32);
    }
    for mask in &gazetteer.masks {
        ink.language(mask.language).word(&mask.text).word(&mask.reason);
        ink.number(mask.counts_as.map_or(u32::MAX, |index| index.0))
            .number(mask.only.map_or(u32::MAX, |index| index.0));
    }
    for rule in &gazetteer.rules {
        ink.word(&rule.id)
            .language(rule.language)
            .number(rule.entity.map_or(u32::MAX, |index| index.0));
        ink.number(window(rule.window)).number(default(rule.default));
        for list in [&rule.forms, &rule.positive, &rule.negative] {
            ink.number(u32::try_from(list.len()).unwrap_or(u32::MAX));
            for text in list {
                ink.word(text);
            }
        }
    }
    for word in &gazetteer.words {
        ink.number(word.class as u32).language(word.language).word(&word.text);
    }
    let digest = Sha256::digest(&ink.0);
    let kept = digest
        .iter()
        .take(KEPT)
        .fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    format!("{kept:016x}")
}

/// What is hashed: words closed by a byte that no text has, numbers of fixed width.
struct Ink(Vec<u8>);

impl Ink {
    /// Adds a word.
    fn word(&mut self, text: &str) -> &mut Self {
        self.0.extend_from_slice(text.as_bytes());
        self.0.push(0xFF);
        self
    }

    /// Adds a number.
    fn number(&mut self, number: u32) -> &mut Self {
        self.0.extend_from_slice(&number.to_le_bytes());
        self
    }

    /// Adds a language; every language is the empty word.
    fn language(&mut self, language: Option<Language>) -> &mut Self {
        self.word(language.as_ref().map_or("", Language::as_str))
    }
}

/// A number for each window, so that the hash does not hang on their order in the model.
const fn window(window: Window) -> u32 {
    match window {
        Window::Token => 0,
        Window::Adjacent => 1,
        Window::Sentence => 2,
        Window::Line => 3,
        Window::Document => 4,
    }
}

/// A number for each default.
const fn default(default: RuleDefault) -> u32 {
    match default {
        RuleDefault::Count => 0,
        RuleDefault::Skip => 1,
        RuleDefault::Never => 2,
    }
}
