//! How often each word stands in a document: the tokens of a page in, its [`WordCounts`] out.
//!
//! Two tokens are one word where they fold to the same letters; those with accents are told apart by them (`marche`, `marché`). Function words, numbers,
//! single letters and what a script without spaces writes are no words here, nor is a paragraph in another language than its document.

use unicode_normalization::UnicodeNormalization;
use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

use super::clitics::{OF_A_WORD, without_article, without_proclitics};
use super::fold;
use super::page::Page;
use super::stopwords::{Hashes, Stopwords, key_of_accented};
use super::tokens::{ALL_CAPITALS, BEGINS_CAPITAL, IS_ARABIC, IS_WORD, Token};
use crate::model::language::Language;
use crate::model::text::Paragraph;
use crate::model::words::WordCounts;

/// Longer words are addresses, codes or noise.
const LONGEST: usize = 80;

/// What a worker needs between two documents.
#[derive(Debug, Default)]
pub(super) struct Tally {
    /// Place in `words` plus one by hash; 0 is free. Its length is a power of two.
    slots: Vec<u32>,
    /// What has been seen, in the order in which it first appeared.
    seen: Vec<Seen>,
    /// Room for a word in small letters.
    room: String,
}

/// A word that has been seen.
#[derive(Debug)]
struct Seen {
    /// Its hash.
    key: u64,
    /// How often in small letters, with a capital first, and in capitals.
    counts: [u32; 3],
    /// The first token of each.
    first: [u32; 3],
    /// Whether it says nothing.
    silent: bool,
}

impl Tally {
    /// Counts the words of a page. None are counted where the language is not known.
    pub(super) fn count(&mut self, page: Page<'_>, stopwords: &Stopwords, clitic_room: &mut Vec<u8>) -> WordCounts {
        let language = page.text.language;
        let Some(stopwords) = stopwords.of(language).filter(|_| language != Language::UND) else {
            return WordCounts::default();
        };
        let arabic = language == Language::AR;
        self.seen.clear();
        self.slots.clear();
        self.slots
            .resize((2 * page.tokens.list.len()).next_power_of_two().max(16), 0);
        let mut is_silent = |token: &Token, key: u64| {
            says_nothing(page.tokens.folded(token), token, key, arabic, stopwords, clitic_room)
        };
        let own = |paragraphs: &[Paragraph]| paragraphs.iter().all(|paragraph| paragraph.language == language);
        for (layout, text, places) in [
            (&page.text.title, &page.text.document.title, 0..page.title),
            (
                &page.text.body,
                &page.text.document.body,
                page.title..page.tokens.list.len(),
            ),
        ] {
            if own(&layout.paragraphs) {
                self.add(page, places, text, &mut is_silent);
                continue;
            }
            let tokens = &page.tokens.list[places.clone()];
            for paragraph in layout.paragraphs.iter().filter(|one| one.language == language) {
                let place = |byte| places.start + tokens.partition_point(|token| token.start < byte);
                self.add(
                    page,
                    place(paragraph.span.start)..place(paragraph.span.end),
                    text,
                    &mut is_silent,
                );
            }
        }
        self.spell(page)
    }

    /// Counts the tokens at `places`, which are of a field with this text.
    fn add(
        &mut self,
        page: Page<'_>,
        places: std::ops::Range<usize>,
        text: &str,
        is_silent: &mut impl FnMut(&Token, u64) -> bool,
    ) {
        let mask = self.slots.len() - 1;
        for place in places {
            let token = &page.tokens.list[place];
            if !token.is(IS_WORD) {
                continue;
            }
            let key = self.key(token, text);
            let shape = if token.is(ALL_CAPITALS) {
                2
            } else {
                usize::from(token.is(BEGINS_CAPITAL))
            };
            let place = u32::try_from(place).unwrap_or(u32::MAX);
            #[expect(clippy::cast_possible_truncation, reason = "the low bits of a hash are taken")]
            let mut slot = key as usize & mask;
            let seen = loop {
                match self.slots[slot] {
                    0 => {
                        let silent = is_silent(token, key);
                        self.seen.push(Seen {
                            key,
                            counts: [0; 3],
                            first: [place; 3],
                            silent,
                        });
                        self.slots[slot] = u32::try_from(self.seen.len()).unwrap_or(u32::MAX);
                        break self.seen.len() - 1;
                    }
                    there if self.seen[there as usize - 1].key == key => break there as usize - 1,
                    _ => slot = (slot + 1) & mask,
                }
            };
            let seen = &mut self.seen[seen];
            if seen.counts[shape] == 0 {
                seen.first[shape] = place;
            }
            seen.counts[shape] += 1;
        }
    }

    /// What two tokens share that are one word.
    fn key(&mut self, token: &Token, text: &str) -> u64 {
        if is_plain(token) || token.is(IS_ARABIC) {
            return token.hash;
        }
        let word = text.get(token.start as usize..token.end as usize).unwrap_or_default();
        key_of_accented(word, &mut self.room)
    }

    /// The words with their most frequent spelling.
    fn spell(&self, page: Page<'_>) -> WordCounts {
        let mut words = WordCounts::with_room(self.seen.len());
        for seen in self.seen.iter().filter(|seen| !seen.silent) {
            let [small, initial, capitals] = seen.counts;
            let shape = if small >= initial && small >= capitals {
                0
            } else {
                1 + usize::from(capitals > initial)
            };
            let place = seen.first[shape] as usize;
            let spelling = page.original(place..place + 1);
            let count = small.saturating_add(initial).saturating_add(capitals);
            if is_plain(&page.tokens.list[place]) || is_written_plainly(spelling) {
                words.push(spelling, xxh3_128(spelling.as_bytes()), count);
            } else {
                let cleaned: String = spelling
                    .nfkc()
                    .filter(|c| fold::class(fold::table(), *c) & fold::SILENT == 0)
                    .collect();
                words.push(&cleaned, xxh3_128(cleaned.as_bytes()), count);
            }
        }
        words
    }
}

/// Whether folding took no byte from a token: it is without accents and silent signs, but for hamza.
fn is_plain(token: &Token) -> bool {
    token.folded_end - token.folded_start == token.end - token.start
}

/// Whether a word has neither silent signs nor letters that are several in one.
fn is_written_plainly(word: &str) -> bool {
    let table = fold::table();
    word.chars()
        .all(|c| fold::class(table, c) & (fold::SILENT | fold::EXPANDS) == 0)
}

/// Whether a word is left out.
fn says_nothing(folded: &[u8], token: &Token, key: u64, arabic: bool, stopwords: &Hashes, room: &mut Vec<u8>) -> bool {
    let letters = folded.iter().filter(|&&byte| byte & 0xC0 != 0x80).count();
    if letters < 2 || folded.len() > LONGEST || folded[0].is_ascii_digit() || is_unspaced(folded) {
        return true;
    }
    if stopwords.contains(&key) {
        return true;
    }
    let mut found = false;
    if token.is(IS_ARABIC) && arabic {
        let is_bare = |word: &[u8]| without_article(word).is_some_and(|bare| stopwords.contains(&xxh3_64(bare)));
        found = is_bare(folded);
        if !found {
            without_proclitics(folded, OF_A_WORD, room, |rest, _| {
                found = stopwords.contains(&xxh3_64(rest)) || is_bare(rest);
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
    use crate::model::text::{CleanText, Layout, Span};

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
        let page = Page {
            text: &text,
            tokens: &tokens,
            title: 0,
        };
        let counts = Tally::default().count(page, &Stopwords::default(), &mut Vec::new());
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
