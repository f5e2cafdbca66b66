//! Context words: what stands beside a form, asked for by its class.

use super::lexicon::{Bits, Languages, sequence};
use super::page::Page;
use super::tokens::{IS_HYPHEN, Tokens};
use super::trie::{ROOT, Trie};
use crate::model::entity::{Gazetteer, WordClass};

/// The context words of a gazetteer.
#[derive(Debug)]
pub(super) struct Words {
    /// From tokens to entries.
    trie: Trie,
    /// What the trie's payloads are places in: a class and the languages of texts.
    entries: Vec<(WordClass, Bits)>,
}

impl Words {
    /// Compiles the words of a gazetteer.
    pub(super) fn new(gazetteer: &Gazetteer, languages: &Languages) -> Self {
        let mut tokens = Tokens::default();
        let mut sequences = Vec::with_capacity(gazetteer.words.len());
        let mut entries = Vec::with_capacity(gazetteer.words.len());
        for word in &gazetteer.words {
            tokens.clear();
            tokens.add(&word.text);
            sequences.push(sequence(&tokens));
            entries.push((word.class, languages.bits(word.language)));
        }
        Self {
            trie: Trie::new(sequences.iter().map(Vec::as_slice).zip(0..)),
            entries,
        }
    }

    /// The end of the longest word of `class` that begins with the token at `place`.
    pub(super) fn end(&self, page: &Page, place: usize, class: WordClass, language: Bits) -> Option<usize> {
        let mut node = ROOT;
        let mut last = place;
        let mut best = None;
        while let Some(token) = page.token(last) {
            if token.is(IS_HYPHEN) && last > place {
                last += 1;
                continue;
            }
            let Some(next) = self.trie.step(node, page.tokens.hash(token)) else {
                break;
            };
            node = next;
            last += 1;
            let fits = |entry: &u32| {
                let (own, languages) = self.entries[*entry as usize];
                own == class && languages & language != 0
            };
            if self.trie.at(node).iter().any(fits) {
                best = Some(last);
            }
        }
        best
    }

    /// Whether the token at `place` is a word of `class`.
    pub(super) fn is(&self, page: &Page, place: usize, class: WordClass, language: Bits) -> bool {
        self.end(page, place, class, language).is_some()
    }

    /// The place of the word of `class` that ends right before `place`, single words only.
    pub(super) fn before(&self, page: &Page, place: usize, class: WordClass, language: Bits) -> Option<usize> {
        let before = place.checked_sub(1)?;
        (self.end(page, before, class, language) == Some(place)).then_some(before)
    }
}
