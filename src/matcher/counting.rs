//! How often each word stands in a document: its tokens in, its [`WordCounts`] out.
//!
//! Two tokens are one word where they fold to the same letters; those with accents are told apart by them (`marche`, `marché`). Function words, numbers,
//! single letters and what a script without spaces writes are no words here, nor is a paragraph in another language than its document.

use std::ops::Range;

use super::clitics::{OF_A_WORD, without_article, without_proclitics};
use super::stopwords::{Hashes, Stopwords};
use super::tokens::{ALL_CAPITALS, BEGINS_CAPITAL, IS_ARABIC, IS_WORD, Tokens, hash};
use super::vocabulary::Vocabulary;
use crate::model::language::Language;
use crate::model::text::{CleanText, Paragraph};
use crate::model::words::WordCounts;

/// Longer words are addresses, codes or noise.
const LONGEST: usize = 80;

/// What a worker needs between two documents.
#[derive(Debug, Default)]
pub(super) struct Tally {
    /// The numbers of the words of the document, in the order in which they first appear.
    words: Vec<u32>,
    /// For each key, its place in `seen` plus one; 0 where the document has not got it.
    places: Vec<u32>,
    /// What has been seen, in the order in which it first appeared.
    seen: Vec<Seen>,
}

/// A word that has been seen, however it was written.
#[derive(Debug)]
struct Seen {
    /// Its key.
    key: u32,
    /// How often in small letters, with a capital first, and in capitals.
    counts: [u32; 3],
    /// The number of the first word of each.
    first: [u32; 3],
    /// Whether it says nothing.
    silent: bool,
}

impl Tally {
    /// Counts the words of a document. None are counted where its language is not known.
    pub(super) fn count(
        &mut self,
        text: &CleanText,
        tokens: &mut Tokens,
        title: usize,
        stopwords: &Stopwords,
    ) -> WordCounts {
        let language = text.language;
        let Some((list, stopwords)) = stopwords.of(language).filter(|_| language != Language::UND) else {
            return WordCounts::default();
        };
        self.words.clear();
        tokens.vocabulary.begin_count();
        let own = |paragraphs: &[Paragraph]| paragraphs.iter().all(|paragraph| paragraph.language == language);
        for (layout, places) in [(&text.title, 0..title), (&text.body, title..tokens.list.len())] {
            if own(&layout.paragraphs) {
                self.add(tokens, places);
                continue;
            }
            for paragraph in layout.paragraphs.iter().filter(|one| one.language == language) {
                let own = &tokens.list[places.clone()];
                let place = |byte| places.start + own.partition_point(|token| token.start < byte);
                let places = place(paragraph.span.start)..place(paragraph.span.end);
                self.add(tokens, places);
            }
        }
        let arabic = language == Language::AR;
        self.join(&mut tokens.vocabulary, |vocabulary, number| {
            let flags = vocabulary.word(number).flags;
            vocabulary.is_silent(number, list, |folded, key| {
                says_nothing(folded, flags, key, arabic, stopwords)
            })
        });
        self.spell(&tokens.vocabulary)
    }

    /// Counts the tokens at `places`.
    fn add(&mut self, tokens: &mut Tokens, places: Range<usize>) {
        for token in &tokens.list[places] {
            if token.is(IS_WORD) && tokens.vocabulary.count(token.number) {
                self.words.push(token.number);
            }
        }
    }

    /// Joins what is one word in several spellings.
    fn join(&mut self, vocabulary: &mut Vocabulary, mut is_silent: impl FnMut(&mut Vocabulary, u32) -> bool) {
        self.seen.clear();
        self.places.resize(vocabulary.keys(), 0);
        for &number in &self.words {
            let word = *vocabulary.word(number);
            let place = &mut self.places[word.key as usize];
            if *place == 0 {
                self.seen.push(Seen {
                    key: word.key,
                    counts: [0; 3],
                    first: [number; 3],
                    silent: is_silent(vocabulary, number),
                });
                *place = u32::try_from(self.seen.len()).unwrap_or(u32::MAX);
            }
            let seen = &mut self.seen[*place as usize - 1];
            let shape = if word.flags & ALL_CAPITALS != 0 {
                2
            } else {
                usize::from(word.flags & BEGINS_CAPITAL != 0)
            };
            if seen.counts[shape] == 0 {
                seen.first[shape] = number;
            }
            seen.counts[shape] += word.count;
        }
        for seen in &self.seen {
            self.places[seen.key as usize] = 0;
        }
    }

    /// The words with their most frequent spelling.
    fn spell(&self, vocabulary: &Vocabulary) -> WordCounts {
        let mut words = WordCounts::with_room(self.seen.len());
        for seen in self.seen.iter().filter(|seen| !seen.silent) {
            let [small, initial, capitals] = seen.counts;
            let shape = if small >= initial && small >= capitals {
                0
            } else {
                1 + usize::from(capitals > initial)
            };
            let (spelling, hash) = vocabulary.spelling(seen.first[shape]);
            words.push(spelling, hash, small.saturating_add(initial).saturating_add(capitals));
        }
        words
    }
}

/// Whether a word is left out, given its folded letters, its flags and its key.
fn says_nothing(folded: &[u8], flags: u16, key: u64, arabic: bool, stopwords: &Hashes) -> bool {
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
    use super::super::tokens::Tokens;
    use super::*;
    use crate::model::document::Document;
    use crate::model::text::{Layout, Span};

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
        tokens.add(body);
        let counts = Tally::default().count(&text, &mut tokens, 0, &Stopwords::default());
        counts.iter().map(|(word, _, count)| (word.to_owned(), count)).collect()
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
