//! Finds the mentions of a text and counts its words: a [`Gazetteer`] and [`CleanText`]s in, [`Mention`]s out, counted ones and refused ones with the
//! rule that refused them, and [`WordCounts`].
//!
//! [`Matcher::new`] compiles the gazetteer once: `lexicon` has every form and mask as a pattern over folded tokens, `trie` the way to them, `cues` the
//! context rules. A text is cut by `tokens`, which folds by `fold`; `scan` finds the longest occurrences, with what `clitics` knows of Arabic; `judge`
//! decides what each means, with `shape`, `names`, `tongue` and `arabic` for what stands right beside a form and `words` for the words that tell. `counting` counts the
//! words from the same tokens, without those of `stopwords`. Nothing is read or
//! written here, and no figure is computed.

mod arabic;
mod clitics;
mod counting;
mod cues;
mod fold;
mod judge;
mod letters;
mod lexicon;
mod memo;
mod names;
mod page;
mod raw;
mod scan;
mod shape;
mod stopwords;
mod tokens;
mod tongue;
mod trie;
mod verdict;
mod words;

use std::collections::HashSet;
use std::sync::atomic::{AtomicU64, Ordering};

use self::counting::{Tally, says_nothing};
use self::cues::{Hit, Rules};
use self::judge::Judge;
use self::lexicon::{Bits, Lexicon};
use self::memo::{NO_LIST, Teach};
use self::page::Page;
use self::scan::{Found, Scripts, Search, may_begin};
use self::stopwords::{Hashes, Stopwords};
use self::tokens::{MAY_BEGIN_CUE, MAY_BEGIN_FORM, Tokens};
use self::verdict::OwnRules;
use self::words::Words;
use crate::model::entity::{EntityClass, EntityIndex, Form, Gazetteer, Policy};
use crate::model::language::Language;
use crate::model::mention::Mention;
use crate::model::text::CleanText;
use crate::model::words::{Spellings, WordCounts};

/// How many matchers were made.
static MADE: AtomicU64 = AtomicU64::new(0);

/// A gazetteer made ready for searching. It is shared by all workers.
#[derive(Debug)]
pub struct Matcher<'g> {
    /// Tells it from every other matcher of the process; not 0.
    number: u64,
    /// The names.
    gazetteer: &'g Gazetteer,
    /// Every form and mask.
    lexicon: Lexicon,
    /// The context rules.
    rules: Rules,
    /// For each form of the gazetteer, the rules that decide it.
    form_rules: Vec<Box<[u16]>>,
    /// The context words.
    words: Words,
    /// The words that are not counted.
    stopwords: Stopwords,
    /// Which languages are written how.
    scripts: Scripts,
    /// The names of the rules that are not in the gazetteer.
    own: OwnRules,
    /// Persons with the words of their names in full, by their hash.
    borne: HashSet<(EntityIndex, u64)>,
}

/// What a worker needs between two texts, so that nothing is allocated anew.
#[derive(Debug, Default)]
pub struct Scratch {
    /// The tokens of the text.
    tokens: Tokens,
    /// How many of them belong to the title.
    title: usize,
    /// Stretches of one language.
    languages: Vec<(usize, Bits)>,
    /// Occurrences.
    found: Vec<Found>,
    /// The patterns of all occurrences.
    picked: Vec<u32>,
    /// Cues of the text.
    hits: Vec<Hit>,
    /// A word without its proclitics.
    room: Vec<u8>,
    /// The words of the text.
    tally: Tally,
}

impl Scratch {
    /// Ends a batch: the words that were numbered since the last one ended.
    pub fn end_batch(&mut self) -> Spellings {
        self.tokens.memo.end_batch()
    }
}

/// What decides which words are counted: word counts of another version are not to be added to these.
#[must_use]
pub fn words_version() -> String {
    stopwords::version()
}

impl<'g> Matcher<'g> {
    /// Compiles a gazetteer.
    #[must_use]
    pub fn new(gazetteer: &'g Gazetteer) -> Self {
        let (lexicon, sequences) = Lexicon::new(gazetteer);
        let rules = Rules::new(gazetteer, &lexicon.languages);
        let patterns = lexicon.patterns.iter().zip(sequences.iter());
        let form_rules = gazetteer
            .forms
            .iter()
            .zip(patterns)
            .map(|(form, (pattern, tokens))| {
                let certain = pattern.vowelled && form.policy == Policy::Count;
                if certain {
                    Box::default()
                } else {
                    rules.of_form(form, tokens)
                }
            })
            .collect();
        let bit =
            |tag: &str| Language::new(tag).map_or(0, |language| lexicon.languages.bit(language) & !lexicon::UNKNOWN);
        let scripts = Scripts {
            arabic: bit("ar"),
            arabic_script: bit("ar") | bit("fa"),
            not_latin: bit("ar") | bit("fa") | bit("ru") | bit("zh"),
        };
        let words = Words::new(gazetteer, &lexicon.languages);
        Self {
            number: MADE.fetch_add(1, Ordering::Relaxed) + 1,
            gazetteer,
            lexicon,
            rules,
            form_rules,
            words,
            stopwords: Stopwords::default(),
            scripts,
            own: OwnRules::default(),
            borne: borne(gazetteer),
        }
    }

    /// Every mention of a text, as [`Matcher::find_mentions`] finds them, and how often each of its words stands in it: words are
    /// called by numbers, which [`Scratch::end_batch`] tells.
    #[must_use]
    pub fn search(&self, text: &CleanText, scratch: &mut Scratch) -> (Vec<Mention>, WordCounts) {
        let stopwords = self.stopwords.of(text.language);
        let mentions = self.find(text, scratch, stopwords.filter(|_| text.language != Language::UND));
        let words = scratch.tally.count(text, &mut scratch.tokens, scratch.title);
        (mentions, words)
    }

    /// Whether the word with this hash is part of a person's name in full.
    fn bears(&self, person: EntityIndex, hash: u64) -> bool {
        self.borne.contains(&(person, hash))
    }

    /// Every mention of a text, in the order of its text, title first.
    #[must_use]
    pub fn find_mentions(&self, text: &CleanText, scratch: &mut Scratch) -> Vec<Mention> {
        self.find(text, scratch, None)
    }

    /// Every mention of a text. Function words are marked where there is a list of them.
    fn find(&self, text: &CleanText, scratch: &mut Scratch, stopwords: Option<(u8, &Hashes)>) -> Vec<Mention> {
        let Scratch {
            tokens,
            languages,
            found,
            picked,
            hits,
            room,
            title,
            ..
        } = scratch;
        tokens.clear_for(self.number);
        found.clear();
        picked.clear();
        let lesson = Lesson {
            matcher: self,
            stopwords,
            arabic: text.language == Language::AR,
        };
        tokens.add_taught(&text.document.title, &lesson);
        *title = tokens.list.len();
        tokens.add_taught(&text.document.body, &lesson);
        let page = Page {
            text,
            tokens,
            title: *title,
        };
        page.languages(&self.lexicon.languages, languages);
        let mut search = Search {
            lexicon: &self.lexicon,
            words: &self.words,
            scripts: self.scripts,
            page,
            picked,
            room,
        };
        search.all(languages, found);
        if found.is_empty() {
            return Vec::new();
        }
        Judge::new(self, search, hits).judge(found)
    }
}

/// What a matcher knows of words of one document.
struct Lesson<'m> {
    /// The matcher.
    matcher: &'m Matcher<'m>,
    /// The function words of its language and the number of their list.
    stopwords: Option<(u8, &'m Hashes)>,
    /// Whether it is Arabic.
    arabic: bool,
}

impl Teach for Lesson<'_> {
    fn list(&self) -> u8 {
        self.stopwords.map_or(NO_LIST, |(list, _)| list)
    }

    fn is_silent(&self, folded: &[u8], flags: u16, key: u64) -> bool {
        self.stopwords
            .is_some_and(|(_, stopwords)| says_nothing(folded, flags, key, self.arabic, stopwords))
    }

    fn flags(&self, folded: &[u8], hash: u64, flags: u16) -> u16 {
        let form = may_begin(&self.matcher.lexicon, folded, hash, flags);
        let cue = self.matcher.rules.may_begin(folded, hash, flags);
        (if form { MAY_BEGIN_FORM } else { 0 }) | if cue { MAY_BEGIN_CUE } else { 0 }
    }
}

/// Every person with every word of the person's names in full.
fn borne(gazetteer: &Gazetteer) -> HashSet<(EntityIndex, u64)> {
    let (mut borne, mut tokens) = (HashSet::new(), Tokens::default());
    let person = |form: &&Form| gazetteer.entity(form.entity).class == EntityClass::Person;
    for form in gazetteer.forms.iter().filter(person) {
        tokens.clear();
        tokens.add(&form.text);
        if tokens.list.len() > 1 {
            borne.extend(tokens.list.iter().map(|token| (form.entity, tokens.hash(token))));
        }
    }
    borne
}
