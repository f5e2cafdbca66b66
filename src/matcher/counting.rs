//! How often each word stands in a document: its tokens in, its [`WordCounts`] out.
//!
//! Two tokens are one word where they fold to the same letters; those with accents are told apart by them (`marche`, `marché`). Function words, numbers,
//! single letters and what a script without spaces writes are no words here, nor is a paragraph in another language than its document.

use std::ops::Range;

use super::clitics::{OF_A_WORD, without_article, without_proclitics};
use super::letters::cleaned;
use super::memo::Word;
use super::stopwords::Hashes;
use super::tokens::{ALL_CAPITALS, BEGINS_CAPITAL, IS_ARABIC, IS_CLEANED, IS_SILENT, IS_WORD, Tokens, hash};
use crate::model::language::Language;
use crate::model::text::{CleanText, Paragraph};
use crate::model::words::WordCounts;

/// Longer words are addresses, codes or noise.
const LONGEST: usize = 80;

/// What a worker needs between two documents.
#[derive(Debug, Default)]
pub(super) struct Tally {
    /// The numbers of the words that are counted, in the order in which they first appear. What says nothing is not among them.
    order: Vec<u32>,
    /// Place in `seen` plus one by key; 0 is free. Its length is a power of two.
    slots: Vec<u32>,
    /// What has been seen, in the order in which it first appeared.
    seen: Vec<Seen>,
}

/// A word that has been seen, however it was written.
#[derive(Debug)]
struct Seen {
    /// Its key.
    key: u64,
    /// How often in small letters, with a capital first, and in capitals.
    counts: [u32; 3],
    /// The first token of each.
    first: [u32; 3],
}

impl Tally {
    /// Counts the words of a page, which were taught by [`says_nothing`]. None are counted where the language is not known.
    pub(super) fn count(&mut self, text: &CleanText, tokens: &mut Tokens, title: usize) -> WordCounts {
        let language = text.language;
        if language == Language::UND {
            return WordCounts::default();
        }
        let own = |paragraphs: &[Paragraph]| paragraphs.iter().all(|paragraph| paragraph.language == language);
        let mixed = !own(&text.title.paragraphs) || !own(&text.body.paragraphs);
        for (layout, places) in [(&text.title, 0..title), (&text.body, title..tokens.list.len())] {
            if own(&layout.paragraphs) {
                add(tokens, places, mixed);
                continue;
            }
            for paragraph in layout.paragraphs.iter().filter(|one| one.language == language) {
                let own = &tokens.list[places.clone()];
                let place = |byte| places.start + own.partition_point(|token| token.start < byte);
                let places = place(paragraph.span.start)..place(paragraph.span.end);
                add(tokens, places, mixed);
            }
        }
        let words = tokens.memo.words();
        self.order.clear();
        let counted = |(_, word): &(u32, &Word)| word.count > 0 && word.flags & IS_SILENT == 0;
        let numbered = (0..).zip(words.iter());
        self.order.extend(numbered.filter(counted).map(|(number, _)| number));
        if mixed {
            self.order.sort_unstable_by_key(|number| words[*number as usize].first);
        }
        self.join(words);
        self.spell(text, tokens, title)
    }

    /// Joins what is one word in several spellings.
    fn join(&mut self, words: &[Word]) {
        self.seen.clear();
        self.slots.clear();
        self.slots.resize((2 * self.order.len()).next_power_of_two().max(16), 0);
        let mask = self.slots.len() - 1;
        for &number in &self.order {
            let word = &words[number as usize];
            #[expect(clippy::cast_possible_truncation, reason = "the low bits of a hash are taken")]
            let mut slot = word.key as usize & mask;
            let seen = loop {
                match self.slots[slot] {
                    0 => {
                        self.seen.push(Seen {
                            key: word.key,
                            counts: [0; 3],
                            first: [word.first; 3],
                        });
                        self.slots[slot] = u32::try_from(self.seen.len()).unwrap_or(u32::MAX);
                        break self.seen.len() - 1;
                    }
                    there if self.seen[there as usize - 1].key == word.key => break there as usize - 1,
                    _ => slot = (slot + 1) & mask,
                }
            };
            let seen = &mut self.seen[seen];
            let shape = if word.flags & ALL_CAPITALS != 0 {
                2
            } else {
                usize::from(word.flags & BEGINS_CAPITAL != 0)
            };
            if seen.counts[shape] == 0 {
                seen.first[shape] = word.first;
            }
            seen.counts[shape] += word.count;
        }
    }

    /// The words with their most frequent spelling.
    fn spell(&self, text: &CleanText, tokens: &mut Tokens, title: usize) -> WordCounts {
        let mut words = WordCounts::with_room(self.seen.len());
        for seen in &self.seen {
            let [small, initial, capitals] = seen.counts;
            let shape = if small >= initial && small >= capitals {
                0
            } else {
                1 + usize::from(capitals > initial)
            };
            let place = seen.first[shape] as usize;
            let count = small.saturating_add(initial).saturating_add(capitals);
            let Some(&token) = tokens.list.get(place) else { continue };
            let number = tokens.memo.spelt(token.number).unwrap_or_else(|| {
                let document = &text.document;
                let field = if place < title { &document.title } else { &document.body };
                let spelling = field.get(token.start as usize..token.end as usize).unwrap_or("");
                if token.is(IS_CLEANED) {
                    tokens.memo.spell(token.number, &cleaned(spelling))
                } else {
                    tokens.memo.spell(token.number, spelling)
                }
            });
            words.push(number, count);
        }
        words
    }
}

/// Counts the words at `places`. Where some tokens are not counted, the first token of a word is the first of those that are.
fn add(tokens: &mut Tokens, places: Range<usize>, mixed: bool) {
    let words = tokens.memo.words();
    for (token, place) in tokens.list[places.clone()].iter().zip(places) {
        let word = &mut words[token.number as usize];
        if mixed && word.count == 0 {
            word.first = u32::try_from(place).unwrap_or(u32::MAX);
        }
        word.count += u32::from(token.is(IS_WORD));
    }
}

/// Whether a word is left out, given its folded letters, its flags and its key.
pub(super) fn says_nothing(folded: &[u8], flags: u16, key: u64, arabic: bool, stopwords: &Hashes) -> bool {
    let letters = folded.iter().filter(|&&byte| byte & 0xC0 != 0x80).count();
    if letters < 2 || folded.len() > LONGEST || folded[0].is_ascii_digit() || is_unspaced(folded) {
        return true;
    }
    if stopwords.contains(&key) {
        return true;
    }
    let mut found = false;
    if flags & IS_ARABIC != 0 && arabic {
        let is_bare = |word: &[u8]| without_article(word).is_some_and(|bare| stopwords.contains(&hash(bare)));
        found = is_bare(folded);
        if !found {
            without_proclitics(folded, OF_A_WORD, &mut Vec::new(), |rest, _| {
                found = stopwords.contains(&hash(rest)) || is_bare(rest);
                found
            });
        }
    }
    found
}

/// Whether a folded word begins with a letter of Thai, Lao, Burmese or Khmer, which write no spaces.
fn is_unspaced(folded: &[u8]) -> bool {
    matches!(folded, [0xE0, 0xB8..=0xBB, ..] | [0xE1, 0x80..=0x82 | 0x9E | 0x9F, ..])
}

#[cfg(test)]
mod tests {
    use super::super::memo::Teach;
    use super::super::stopwords::Stopwords;
    use super::super::tokens::Tokens;
    use super::*;
    use crate::model::document::Document;
    use crate::model::text::{Layout, Span};

    /// Knows function words only.
    struct Lists<'l> {
        arabic: bool,
        list: u8,
        silent: &'l Hashes,
    }

    impl Teach for Lists<'_> {
        fn flags(&self, _: &[u8], _: u64, _: u16) -> u16 {
            0
        }

        fn list(&self) -> u8 {
            self.list
        }

        fn is_silent(&self, folded: &[u8], flags: u16, key: u64) -> bool {
            says_nothing(folded, flags, key, self.arabic, self.silent)
        }
    }

    /// The words of a body whose lines are paragraphs in these languages, the first of which is the document's.
    fn words(body: &str, languages: &[&str]) -> Vec<(String, u32)> {
        let mut start = 0;
        let paragraphs = body
            .split_inclusive('\n')
            .zip(languages)
            .map(|(line, language)| {
                let end = start + u32::try_from(line.len()).unwrap();
                let span = Span { start, end };
                start = end;
                Paragraph {
                    span,
                    language: Language::new(language).unwrap(),
                }
            })
            .collect();
        let text = CleanText {
            language: Language::new(languages[0]).unwrap(),
            language_confidence: 1.0,
            title: Layout::default(),
            body: Layout {
                sentences: Vec::new(),
                paragraphs,
            },
            words: 0,
            text_hash: 0,
            signature: None,
            document: Document {
                body: body.to_owned(),
                ..Document::default()
            },
        };
        let mut tokens = Tokens::default();
        let stopwords = Stopwords::default();
        let (list, silent) = stopwords.of(text.language).unwrap();
        tokens.add_taught(
            body,
            &Lists {
                arabic: text.language == Language::AR,
                list,
                silent,
            },
        );
        let counts = Tally::default().count(&text, &mut tokens, 0);
        let words = tokens.memo.end_batch();
        let spelt = |(word, count)| (words.get(word as usize).0.to_owned(), count);
        counts.iter().map(spelt).collect()
    }

    fn told(body: &str, language: &str) -> String {
        let all: Vec<String> = words(body, &[language])
            .into_iter()
            .map(|(word, count)| format!("{word} {count}"))
            .collect();
        all.join(", ")
    }

    #[test]
    fn words_are_counted_under_their_most_frequent_spelling() {
        assert_eq!(
            told(
                "Drought spreads. The drought, DROUGHT again: NATO, Nato and NATO!",
                "en"
            ),
            "drought 3, spreads 1, NATO 3"
        );
        assert_eq!(told("النيجر والنِّيجر النيـــجر", "ar"), "النيجر 2, والنيجر 1");
        assert_eq!(told("أمريكا امريكا", "ar"), "أمريكا 2");
    }

    #[test]
    fn accents_tell_words_apart() {
        assert_eq!(
            told("Le marché : la marche vers le Marché, e\u{301}lection Élection", "fr"),
            "marché 2, marche 1, élection 2"
        );
    }

    #[test]
    fn function_words_numbers_and_single_letters_are_no_words() {
        assert_eq!(told("In 2024 the x and 3rd of them were at M23 n°5", "en"), "M23 1");
        assert_eq!(told("وفي التي للتي بها والفترة فترة قمح", "ar"), "قمح 1");
        assert_eq!(told("über Weizen schön schon", "de"), "Weizen 1, schön 1");
        assert_eq!(told("习近平在北京 wheat ราคาข้าว", "en"), "wheat 1");
        assert_eq!(told("wheat", "und"), "");
        let long = "a".repeat(81);
        assert_eq!(told(&format!("{long} wheat"), "en"), "wheat 1");
    }

    #[test]
    fn a_paragraph_in_another_language_is_left_out() {
        let found = words("wheat prices\nle prix du pain\nmore wheat", &["en", "fr", "en"]);
        assert_eq!(found, [("wheat".to_owned(), 2), ("prices".to_owned(), 1)]);
    }
}
