//! The search: tokens in, occurrences of patterns out, leftmost and longest, none overlapping another.
//!
//! Masks win over forms of equal length. What an occurrence means is decided later; here it is found whether the text has the letters, the capitals
//! and the accents that a pattern asks for.

use std::ops::Range;

use super::clitics::{OF_A_NAME, without_proclitics};
use super::fold::{has_vowels, keep_accents};
use super::lexicon::{Bits, Hyphen, Lexicon, Pattern, UNKNOWN, What};
use super::page::Page;
use super::tokens::{BEGINS_CAPITAL, IS_ARABIC, IS_HYPHEN, IS_LATIN, IS_WORD, NEW_BLOCK, SPACED, Token, hash};
use super::trie::ROOT;
use super::words::Words;
use crate::model::entity::{Case, WordClass};

/// One occurrence of one or several patterns.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// Its tokens.
    pub(super) places: Range<usize>,
    /// Its first byte, after any proclitic.
    pub(super) start: u32,
    /// One past its last byte.
    pub(super) end: u32,
    /// The languages that it was looked for in: the text's, and all where it is in another script.
    pub(super) language: Bits,
    /// The patterns: places in the list of picked ones.
    pub(super) picked: Range<usize>,
    /// The mask, where one hides all that is here.
    pub(super) mask: Option<u32>,
}

/// Bits of languages by their script.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scripts {
    /// Arabic itself, whose proclitics grow together with names.
    pub(super) arabic: Bits,
    /// Languages in the Arabic script.
    pub(super) arabic_script: Bits,
    /// Languages that are not written in Latin letters.
    pub(super) not_latin: Bits,
}

/// A search over one document.
pub(super) struct Search<'s> {
    /// The names.
    pub(super) lexicon: &'s Lexicon,
    /// The context words.
    pub(super) words: &'s Words,
    /// The scripts of the languages.
    pub(super) scripts: Scripts,
    /// The document.
    pub(super) page: Page<'s>,
    /// Patterns of all occurrences, one after the other.
    pub(super) picked: &'s mut Vec<u32>,
    /// Room for a word without its proclitics.
    pub(super) room: &'s mut Vec<u8>,
}

/// The end of the longest occurrence from one place.
struct Longest {
    /// One past its last token.
    last: usize,
    /// Its node.
    node: u32,
    /// Whether a mask ends there.
    mask: Option<u32>,
}

impl Search<'_> {
    /// Adds every occurrence, masks too, that begins in a stretch of `languages`: each reaches to its place. An occurrence may reach into the next
    /// stretch, where a line break parts a name.
    pub(super) fn all(&mut self, languages: &[(usize, Bits)], found: &mut Vec<Found>) {
        let end = self.page.tokens.list.len();
        let mut place = 0;
        for &(to, language) in languages {
            place = self.run(place..to, end, language, true, found);
        }
    }

    /// Adds every occurrence of a form within the mask at `places`.
    pub(super) fn within(&mut self, places: Range<usize>, language: Bits, found: &mut Vec<Found>) {
        self.run(places.clone(), places.end, language, false, found);
    }

    /// Adds every occurrence that begins in `range` and ends by `end`; returns where the search goes on.
    fn run(&mut self, range: Range<usize>, end: usize, language: Bits, masks: bool, found: &mut Vec<Found>) -> usize {
        let candidates = &self.page.tokens.candidates;
        let first = candidates.partition_point(|&place| (place as usize) < range.start);
        let mut free = range.start;
        for &place in &candidates[first..] {
            let place = place as usize;
            if place >= range.end {
                break;
            }
            if place >= free
                && let Some(one) = self.at(place, end, language, masks)
            {
                free = one.places.end;
                found.push(one);
            }
        }
        free.max(range.end)
    }

    /// The longest occurrence that begins at `place`.
    fn at(&mut self, place: usize, end: usize, language: Bits, masks: bool) -> Option<Found> {
        let token = self.page.tokens.list[place];
        let languages = self.languages(&token, language);
        if let Some(longest) = self.longest(place, self.page.tokens.hash(&token), end, languages, masks) {
            return Some(self.finish(place, token.start, &longest, languages));
        }
        if !token.is(IS_WORD | IS_ARABIC) || languages & self.scripts.arabic == 0 {
            return None;
        }
        let word = self.page.tokens.folded(&token);
        let mut room = std::mem::take(self.room);
        let mut best = None;
        without_proclitics(word, OF_A_NAME, &mut room, |rest, letters| {
            best = self
                .longest(place, hash(rest), end, languages, masks)
                .map(|longest| (longest, letters));
            best.is_some()
        });
        *self.room = room;
        let (longest, letters) = best?;
        let start = after_letters(self.page.original(place..place + 1), letters);
        Some(self.finish(place, token.start + start, &longest, languages))
    }

    /// The languages whose names a token may be of: a word in another script than the text's is looked for in every language, and one in Arabic letters
    /// as Arabic.
    fn languages(&self, token: &Token, language: Bits) -> Bits {
        if token.is(IS_LATIN) && language & self.scripts.not_latin != 0 {
            language | UNKNOWN
        } else if token.is(IS_ARABIC) && language & self.scripts.arabic_script == 0 {
            language | UNKNOWN | self.scripts.arabic
        } else {
            language
        }
    }

    /// Walks from the root with the token `first` at `place`.
    fn longest(&self, place: usize, first: u64, end: usize, languages: Bits, masks: bool) -> Option<Longest> {
        let page = &self.page;
        let mut node = self.lexicon.trie.step(ROOT, first)?;
        let mut last = place + 1;
        let mut best = None;
        loop {
            let mut form = false;
            let mut mask = None;
            for &payload in self.lexicon.trie.at(node) {
                let pattern = &self.lexicon.patterns[payload as usize];
                match pattern.what {
                    What::Mask(_) if !masks => {}
                    What::Mask(number) if pattern.languages & languages != 0 => mask = mask.or(Some(number)),
                    What::Form(_) if self.fits(pattern, &(place..last), languages) => form = true,
                    What::Mask(_) | What::Form(_) => {}
                }
            }
            if form || mask.is_some() {
                best = Some(Longest { last, node, mask });
            }
            while last < end && page.is(last, IS_HYPHEN) && !page.is(last, NEW_BLOCK) && page.is(last + 1, IS_WORD) {
                last += 1;
            }
            let Some(token) = page.token(last).filter(|token| last < end && !token.is(NEW_BLOCK)) else {
                break;
            };
            let Some(next) = self.lexicon.trie.step(node, page.tokens.hash(token)) else {
                break;
            };
            node = next;
            last += 1;
        }
        best
    }

    /// Whether the text at `places` has all that a form asks for beyond its folded letters.
    fn fits(&self, pattern: &Pattern, places: &Range<usize>, languages: Bits) -> bool {
        let page = &self.page;
        if pattern.languages & languages == 0 {
            return false;
        }
        if pattern.case == Case::Initial && pattern.capitals != 0 {
            let words = places.clone().filter(|&place| page.is(place, IS_WORD));
            if words
                .zip(0_u32..64)
                .any(|(place, bit)| pattern.capitals >> bit & 1 == 1 && !page.is(place, BEGINS_CAPITAL))
            {
                return false;
            }
        }
        if let Some(spelling) = &pattern.spelling {
            let parts = places.clone().filter(|&place| !page.is(place, IS_HYPHEN));
            let same = if pattern.vowelled {
                has_vowels(page.original(places.clone()), spelling)
            } else if pattern.case == Case::Exact {
                let characters = parts.flat_map(|place| page.original(place..place + 1).chars());
                characters
                    .map(|c| if matches!(c, '’' | '‘' | 'ʼ') { '\'' } else { c })
                    .eq(spelling.chars())
            } else {
                parts
                    .flat_map(|place| keep_accents(page.original(place..place + 1)))
                    .eq(spelling.chars())
            };
            if !same {
                return false;
            }
        }
        if pattern.hyphen == Hyphen::Within && !places.clone().any(|place| page.is(place, IS_HYPHEN)) {
            return false;
        }
        if pattern.joined && self.is_cut(places, languages) {
            return false;
        }
        if pattern.hyphen == Hyphen::After {
            let joined = page
                .token(places.end)
                .is_some_and(|token| token.is(IS_HYPHEN) && !token.is(SPACED));
            let next = page
                .token(places.end + 1)
                .filter(|token| token.is(IS_WORD) && !token.is(SPACED));
            let continental = || self.words.is(page, places.end + 1, WordClass::Continental, languages);
            return joined
                && next
                    .is_some_and(|next| next.is(BEGINS_CAPITAL) || self.begins_form(next, languages) || continental());
        }
        true
    }

    /// Whether `places` are cut out of longer words: `其中美国` has no `中美`, since `美国` reaches beyond it, and `5日韩国` no `日韩`.
    fn is_cut(&self, places: &Range<usize>, languages: Bits) -> bool {
        let page = &self.page;
        let end = page.tokens.list.len();
        let day = page.folded(places.start) == "日".as_bytes() && !page.is(places.start, SPACED);
        if day && places.start > 0 && page.folded(places.start - 1).last().is_some_and(u8::is_ascii_digit) {
            return true;
        }
        (places.start + 1..places.end).any(|inner| {
            let hash = page.hash(inner).unwrap_or(0);
            self.longest(inner, hash, end, languages, true)
                .is_some_and(|longest| longest.last > places.end)
        })
    }

    /// Whether a word alone is a surface form.
    fn begins_form(&self, token: &Token, languages: Bits) -> bool {
        let Some(node) = self.lexicon.trie.step(ROOT, self.page.tokens.hash(token)) else {
            return false;
        };
        self.lexicon.trie.at(node).iter().any(|&payload| {
            let pattern = &self.lexicon.patterns[payload as usize];
            matches!(pattern.what, What::Form(_)) && pattern.languages & languages != 0
        })
    }

    /// Notes the patterns of an occurrence.
    fn finish(&mut self, place: usize, start: u32, longest: &Longest, languages: Bits) -> Found {
        let places = place..longest.last;
        let from = self.picked.len();
        if longest.mask.is_none() {
            for &payload in self.lexicon.trie.at(longest.node) {
                let pattern = &self.lexicon.patterns[payload as usize];
                if matches!(pattern.what, What::Form(_)) && self.fits(pattern, &places, languages) {
                    self.picked.push(payload);
                }
            }
        }
        let end = self.page.token(longest.last - 1).map_or(start, |token| token.end);
        Found {
            places,
            start,
            end,
            language: languages,
            picked: from..self.picked.len(),
            mask: longest.mask,
        }
    }
}

/// Whether a pattern may begin with a word, given its folded letters, their hash and its flags, whole or without its proclitics.
pub(super) fn may_begin(lexicon: &Lexicon, folded: &[u8], own: u64, flags: u16) -> bool {
    let begins = |hash| lexicon.trie.step(ROOT, hash).is_some();
    let mut found = begins(own);
    if !found && flags & (IS_WORD | IS_ARABIC) == IS_WORD | IS_ARABIC {
        without_proclitics(folded, OF_A_NAME, &mut Vec::new(), |rest, _| {
            found = begins(hash(rest));
            found
        });
    }
    found
}

/// The bytes of the first `letters` letters of a word, with the marks that stand on them.
fn after_letters(word: &str, letters: usize) -> u32 {
    let table = super::fold::table();
    let is_letter = |c: char| super::fold::class(table, c) & super::fold::SILENT == 0;
    let place = word
        .char_indices()
        .filter(|(_, c)| is_letter(*c))
        .nth(letters)
        .map_or(0, |(place, _)| place);
    u32::try_from(place).unwrap_or(0)
}
