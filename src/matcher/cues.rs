//! Context rules: what the words around an ambiguous form say.
//!
//! The rules of a gazetteer are compiled once; the cues of a document are found in one walk over its tokens, and only when the document has a
//! form that a rule decides. Where cues speak for and against an entity, the nearer one wins.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::clitics::{OF_A_WORD, without_article, without_proclitics};
use super::lexicon::{Bits, Languages, sequence};
use super::page::Page;
use super::tokens::{IS_ARABIC, IS_HYPHEN, IS_WORD, MAY_BEGIN_CUE, Tokens, hash};
use super::trie::{HashedMap, ROOT, Trie};
use crate::model::entity::{EntityIndex, Form, Gazetteer, RuleDefault, Window};

/// Words on each side that count as adjacent.
const ADJACENT: usize = 2;

/// How much farther a cue of another sentence is.
const OTHER_SENTENCE: usize = 10_000;

/// A compiled rule.
#[derive(Debug)]
pub(super) struct Rule {
    /// Its id, as the evidence shows it.
    pub(super) id: Arc<str>,
    /// The languages of texts that it holds for.
    pub(super) languages: Bits,
    /// Whose reading it decides; `None` is any.
    entity: Option<EntityIndex>,
    /// How far it looks.
    window: Window,
    /// What it does without a cue.
    default: RuleDefault,
}

/// A cue of a rule.
#[derive(Clone, Copy, Debug)]
struct Cue {
    /// The rule.
    rule: u16,
    /// Whether it speaks for the entity.
    positive: bool,
}

/// One occurrence of a cue in a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Hit {
    /// The rule.
    rule: u16,
    /// Its first token.
    first: u32,
    /// One past its last token.
    last: u32,
    /// Whether it speaks for the entity.
    positive: bool,
    /// Whether it is its first word as written, with any proclitic.
    whole: bool,
}

/// What a rule says of one occurrence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Says {
    /// It is the entity; the cue's tokens and their distance, where one decided.
    Yes(Option<(Range<usize>, usize)>),
    /// It is not, because of these tokens.
    No(Range<usize>),
    /// Nothing decides.
    Nothing,
}

/// All rules of a gazetteer.
#[derive(Debug)]
pub(super) struct Rules {
    /// The rules.
    pub(super) list: Vec<Rule>,
    /// From the tokens of a form to the rules that name it.
    by_form: HashMap<Vec<u64>, Vec<u16>>,
    /// From tokens to cues.
    trie: Trie,
    /// The cues that the trie's payloads are places in.
    cues: Vec<Cue>,
    /// Beginnings of words that are cues, by the hash of the beginning.
    beginnings: HashedMap<Vec<Cue>>,
    /// The lengths of those beginnings, in bytes.
    lengths: Vec<usize>,
    /// For each first byte of a word, one bit for each second byte modulo 64 that a beginning may have: most words have none.
    starts: Vec<u64>,
}

impl Rules {
    /// Compiles the rules of a gazetteer.
    pub(super) fn new(gazetteer: &Gazetteer, languages: &Languages) -> Self {
        let mut tokens = Tokens::default();
        let mut by_form: HashMap<Vec<u64>, Vec<u16>> = HashMap::new();
        let mut sequences = Vec::new();
        let mut cues = Vec::new();
        let mut beginnings: HashedMap<Vec<Cue>> = HashedMap::default();
        let mut lengths = Vec::new();
        let mut starts = vec![0; 256];
        let mut list = Vec::new();
        for (place, rule) in (0_u16..).zip(&gazetteer.rules) {
            for form in &rule.forms {
                by_form.entry(tokens_of(form, &mut tokens)).or_default().push(place);
            }
            for (texts, positive) in [(&rule.positive, true), (&rule.negative, false)] {
                for text in texts {
                    let cue = Cue { rule: place, positive };
                    let own = tokens_of(text.trim_end_matches('*'), &mut tokens);
                    if let (Some(_), [only]) = (text.strip_suffix('*'), tokens.list.as_slice()) {
                        beginnings.entry(tokens.hash(only)).or_default().push(cue);
                        let beginning = tokens.folded(only);
                        lengths.push(beginning.len());
                        match *beginning {
                            [first, second, ..] => starts[usize::from(first)] |= 1 << (second & 63),
                            [first] => starts[usize::from(first)] = u64::MAX,
                            [] => starts.fill(u64::MAX),
                        }
                    } else if !own.is_empty() {
                        sequences.push(own);
                        cues.push(cue);
                    }
                }
            }
            list.push(Rule {
                id: rule.id.as_str().into(),
                languages: languages.bits(rule.language),
                entity: rule.entity,
                window: rule.window,
                default: rule.default,
            });
        }
        lengths.sort_unstable();
        lengths.dedup();
        let trie = Trie::new(sequences.iter().map(Vec::as_slice).zip(0..));
        Self {
            list,
            by_form,
            trie,
            cues,
            beginnings,
            lengths,
            starts,
        }
    }

    /// The rules that decide a form, which has these tokens.
    pub(super) fn of_form(&self, form: &Form, tokens: &[u64]) -> Box<[u16]> {
        let all = self.by_form.get(tokens).map_or(&[][..], Vec::as_slice);
        let own = |rule: &&u16| {
            self.list[usize::from(**rule)]
                .entity
                .is_none_or(|entity| entity == form.entity)
        };
        all.iter().filter(own).copied().collect()
    }

    /// Finds every cue of a document, sorted by rule and place.
    pub(super) fn find_cues(&self, page: &Page, hits: &mut Vec<Hit>) {
        hits.clear();
        let mut room = Vec::new();
        for (place, token) in page.tokens.list.iter().enumerate() {
            if !token.is(MAY_BEGIN_CUE) {
                continue;
            }
            self.walk(page, place, page.tokens.hash(token), true, hits);
            if !token.is(IS_WORD) {
                continue;
            }
            let word = page.tokens.folded(token);
            if token.is(IS_ARABIC) {
                if let Some(bare) = without_article(word) {
                    self.walk(page, place, hash(bare), false, hits);
                }
                without_proclitics(word, OF_A_WORD, &mut room, |rest, _| {
                    self.walk(page, place, hash(rest), false, hits);
                    if let Some(bare) = without_article(rest) {
                        self.walk(page, place, hash(bare), false, hits);
                    }
                    false
                });
            }
            for &length in &self.lengths {
                let Some(beginning) = word.get(..length) else { break };
                for cue in self.beginnings.get(&hash(beginning)).into_iter().flatten() {
                    hits.push(hit(*cue, place, place + 1, true));
                }
            }
        }
        hits.sort_unstable();
        hits.dedup();
    }

    /// Whether a cue may begin with a word, given its folded letters, their hash and its flags, or with what remains of it without proclitics and
    /// article, or be its beginning.
    pub(super) fn may_begin(&self, word: &[u8], own: u64, flags: u16) -> bool {
        let begins = |hash| self.trie.step(ROOT, hash).is_some();
        if begins(own) {
            return true;
        }
        if flags & IS_WORD == 0 {
            return false;
        }
        let bare_begins = |word: &[u8]| without_article(word).is_some_and(|bare| begins(hash(bare)));
        let mut found = false;
        if flags & IS_ARABIC != 0 {
            found = bare_begins(word);
            without_proclitics(word, OF_A_WORD, &mut Vec::new(), |rest, _| {
                found |= begins(hash(rest)) || bare_begins(rest);
                found
            });
        }
        let starts = |second: u8| {
            word.first()
                .is_some_and(|&first| self.starts[usize::from(first)] >> (second & 63) & 1 == 1)
        };
        let lengths = self.lengths.iter().map_while(|&length| word.get(..length));
        found
            || starts(word.get(1).copied().unwrap_or(0))
                && lengths
                    .into_iter()
                    .any(|beginning| self.beginnings.contains_key(&hash(beginning)))
    }

    /// Adds the cues that begin with the token `first` at `place`, which is the `whole` word there or what remains of it.
    fn walk(&self, page: &Page, place: usize, first: u64, whole: bool, hits: &mut Vec<Hit>) {
        let mut node = self.trie.step(ROOT, first);
        let mut last = place + 1;
        while let Some(here) = node {
            for &cue in self.trie.at(here) {
                hits.push(hit(self.cues[cue as usize], place, last, whole));
            }
            while page.is(last, IS_HYPHEN) {
                last += 1;
            }
            node = page.hash(last).and_then(|hash| self.trie.step(here, hash));
            last += 1;
        }
    }

    /// What rule number `rule` says of the form at `places`, given all cues of the document. A form is no cue for itself; together with the proclitic
    /// before it, it may be one: `بحماس`. In the window of a document, a cue of the same sentence is nearer than any other.
    pub(super) fn ask(&self, rule: u16, page: &Page, places: &Range<usize>, proclitic: bool, hits: &[Hit]) -> Says {
        let own = &self.list[usize::from(rule)];
        let window = match own.window {
            Window::Token => places.clone(),
            Window::Adjacent => page.around(places, ADJACENT),
            Window::Sentence => page.sentence_tokens(places.start),
            Window::Line => page.line_tokens(places.start),
            Window::Document => 0..page.tokens.list.len(),
        };
        let sentence = page.sentence_tokens(places.start);
        let from = hits.partition_point(|hit| hit.rule < rule);
        let mut nearest: [Option<(usize, Range<usize>)>; 2] = [None, None];
        for hit in hits[from..].iter().take_while(|hit| hit.rule == rule) {
            let cue = hit.first as usize..hit.last as usize;
            let inside = cue.start >= places.start && cue.end <= places.end;
            if inside && !(proclitic && hit.whole) || cue.start < window.start || cue.end > window.end {
                continue;
            }
            let distance = cue
                .start
                .saturating_sub(places.end - 1)
                .max(places.start.saturating_sub(cue.end - 1))
                + if sentence.contains(&cue.start) {
                    0
                } else {
                    OTHER_SENTENCE
                };
            let best = &mut nearest[usize::from(hit.positive)];
            if best.as_ref().is_none_or(|(least, _)| distance < *least) {
                *best = Some((distance, cue));
            }
        }
        let [against, in_favour] = nearest;
        match (own.default, in_favour, against) {
            (RuleDefault::Never, ..) | (RuleDefault::Skip, None, None) => Says::Nothing,
            (RuleDefault::Count, None, None) => Says::Yes(None),
            (_, Some((distance, cue)), None) => Says::Yes(Some((cue, distance))),
            (_, None, Some((_, cue))) => Says::No(cue),
            (_, Some((distance, cue)), Some((other, against))) => {
                if distance <= other {
                    Says::Yes(Some((cue, distance)))
                } else {
                    Says::No(against)
                }
            }
        }
    }
}

/// An occurrence of a cue.
fn hit(cue: Cue, first: usize, last: usize, whole: bool) -> Hit {
    let narrow = |place: usize| u32::try_from(place).unwrap_or(u32::MAX);
    Hit {
        rule: cue.rule,
        first: narrow(first),
        last: narrow(last),
        positive: cue.positive,
        whole,
    }
}

/// The hashes of a text's tokens.
fn tokens_of(text: &str, tokens: &mut Tokens) -> Vec<u64> {
    tokens.clear();
    tokens.add(text);
    sequence(tokens)
}
