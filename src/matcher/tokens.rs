//! A text in, its tokens out: one pass that cuts it and knows each word by its bytes.
//!
//! A token is a run of letters and digits; every other visible sign is a token of its own, so `U.S.` is `U . S .`. Han and kana stand alone.
//! Every token knows its bytes in the original text, so whatever is found leads back to it, and the number of its word, which leads to the rest.

use std::sync::LazyLock;

use xxhash_rust::xxh3::xxh3_64;

use super::fold::{self, ALONE, SILENT, SPACE, WORD};
use super::memo::{Memo, Nothing, Teach};
use super::raw::{Raw, eight, first};

/// It is a word, not a sign.
pub(super) const IS_WORD: u16 = 1;
/// It begins with a capital.
pub(super) const BEGINS_CAPITAL: u16 = 1 << 1;
/// It has capitals and no small letters.
pub(super) const ALL_CAPITALS: u16 = 1 << 2;
/// It begins with an Arabic letter.
pub(super) const IS_ARABIC: u16 = 1 << 3;
/// It is the sign `-`.
pub(super) const IS_HYPHEN: u16 = 1 << 4;
/// Its folded letters begin with one of a to z.
pub(super) const IS_LATIN: u16 = 1 << 5;
/// A form or mask may begin with it, whole or without its proclitics.
pub(super) const MAY_BEGIN_FORM: u16 = 1 << 6;
/// It may be or begin a cue.
pub(super) const MAY_BEGIN_CUE: u16 = 1 << 7;
/// It is a function word, or no word that is counted.
pub(super) const IS_SILENT: u16 = 1 << 8;
/// It is shown without signs that nobody reads.
pub(super) const IS_CLEANED: u16 = 1 << 9;
/// It is counted by other letters than the folded ones.
pub(super) const HAS_ACCENTS: u16 = 1 << 10;

/// White space stands before it, or it begins the text. This and what follows is said of a place, and all above of a word.
pub(super) const SPACED: u16 = 1 << 11;
/// A line begins with it.
pub(super) const NEW_LINE: u16 = 1 << 12;
/// A blank line stands before it, or it begins the text: nothing reaches across.
pub(super) const NEW_BLOCK: u16 = 1 << 13;

/// A word or a sign.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    /// First byte in the original text.
    pub(super) start: u32,
    /// One past its last byte.
    pub(super) end: u32,
    /// The number of its word.
    pub(super) number: u32,
    /// What it is: `IS_WORD` and the like.
    pub(super) flags: u16,
}

impl Token {
    /// Whether it has all of these flags.
    pub(super) const fn is(&self, flags: u16) -> bool {
        self.flags & flags == flags
    }
}

/// So many words are looked up at once.
const BLOCK: usize = 64;

/// A token whose word is not known yet.
#[derive(Clone, Copy, Debug)]
struct Cut {
    /// What its word is found by.
    mark: u64,
    /// First byte in the original text.
    start: u32,
    /// One past its last byte.
    end: u32,
    /// What stands before it.
    before: u16,
}

/// The tokens of one or several texts, one after the other.
#[derive(Debug, Default)]
pub(super) struct Tokens {
    /// The tokens.
    pub(super) list: Vec<Token>,
    /// The places of those that a form or mask may begin with.
    pub(super) candidates: Vec<u32>,
    /// Their words.
    pub(super) memo: Memo,
    /// What was cut last.
    cut: Vec<Cut>,
    /// Where the memo may have it.
    places: Vec<u32>,
}

/// The hash that equal folded words share.
pub(super) fn hash(folded: &[u8]) -> u64 {
    xxh3_64(folded)
}

/// What an ASCII character does to a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ascii {
    /// Part of a word.
    Word,
    /// Divides words.
    Space,
    /// Ends a line.
    Line,
    /// A token of its own.
    Sign,
    /// No ASCII character: the character that begins here must be looked up.
    Other,
}

/// What each byte is.
static ASCII: LazyLock<[Ascii; 256]> = LazyLock::new(|| {
    let table = fold::table();
    std::array::from_fn(|byte| match table[byte] {
        _ if byte >= 0x80 => Ascii::Other,
        _ if byte == usize::from(b'\n') => Ascii::Line,
        class if class & SPACE != 0 => Ascii::Space,
        class if class & WORD != 0 => Ascii::Word,
        _ => Ascii::Sign,
    })
});

impl Tokens {
    /// Forgets all tokens.
    pub(super) fn clear(&mut self) {
        self.clear_for(0);
    }

    /// Forgets all tokens, and words of another matcher than the one of this number.
    pub(super) fn clear_for(&mut self, matcher: u64) {
        self.list.clear();
        self.candidates.clear();
        self.memo.begin(matcher);
    }

    /// The folded letters of a token.
    pub(super) fn folded(&self, token: &Token) -> &[u8] {
        self.memo.folded(token.number)
    }

    /// The hash of the folded letters of a token.
    pub(super) fn hash(&self, token: &Token) -> u64 {
        self.memo.hash(token.number)
    }

    /// Adds the tokens of `text`. Its first token begins a block.
    pub(super) fn add(&mut self, text: &str) {
        self.add_taught(text, &Nothing);
    }

    /// Adds the tokens of `text`, with the flags that a teacher gives to words that are new.
    pub(super) fn add_taught(&mut self, text: &str, teacher: &impl Teach) {
        let ascii: &[Ascii; 256] = &ASCII;
        let table = fold::table();
        let bytes = text.as_bytes();
        let mut before = SPACED | NEW_LINE | NEW_BLOCK;
        let mut lines = 0;
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            let kind = ascii[usize::from(byte)];
            if kind == Ascii::Space {
                before |= SPACED;
                at += 1;
                continue;
            }
            if kind == Ascii::Line {
                lines += 1;
                before |= SPACED | line(lines);
                at += 1;
                continue;
            }
            let (end, raw) = if kind == Ascii::Word {
                word(table, text, at)
            } else if kind == Ascii::Sign {
                (at + 1, Raw::of(bytes, at, at + 1))
            } else {
                let (class, width) = decode(table, text, at);
                if class & (SPACE | SILENT) != 0 {
                    if class & SPACE != 0 {
                        before |= SPACED;
                    }
                    if class == SPACE | 0x2028 || class == SPACE | 0x2029 {
                        lines += 1;
                        before |= line(lines);
                    }
                    at += width;
                    continue;
                }
                let mut end = at + width;
                if class & (WORD | ALONE) == WORD {
                    end = rest_of_word(table, text, end);
                }
                (end, Raw::of(bytes, at, end))
            };
            self.cut.push(Cut {
                mark: raw.mark(),
                start: narrow(at),
                end: narrow(end),
                before,
            });
            if self.cut.len() == BLOCK {
                self.look_up(text, teacher);
            }
            at = end;
            before = 0;
            lines = 0;
        }
        self.look_up(text, teacher);
    }

    /// Makes tokens of what was cut.
    fn look_up(&mut self, text: &str, teacher: &impl Teach) {
        self.memo.look(self.cut.iter().map(|cut| cut.mark), &mut self.places);
        let mut candidates = self.candidates.len();
        self.candidates.resize(candidates + self.cut.len(), 0);
        for (cut, &at) in self.cut.iter().zip(&self.places) {
            let place = narrow(self.list.len());
            let word = &text[cut.start as usize..cut.end as usize];
            let (number, flags) = self.memo.meet(cut.mark, at, word, place, teacher);
            self.candidates[candidates] = place;
            candidates += usize::from(flags & MAY_BEGIN_FORM != 0);
            self.list.push(Token {
                start: cut.start,
                end: cut.end,
                number,
                flags: flags | cut.before,
            });
        }
        self.candidates.truncate(candidates);
        self.cut.clear();
    }
}

/// What the token after so many line breaks is.
fn line(lines: u32) -> u16 {
    if lines > 1 { NEW_LINE | NEW_BLOCK } else { NEW_LINE }
}

/// A place, as it is stored.
fn narrow(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

/// The highest bit of each byte of eight.
const HIGHEST: u64 = 0x8080_8080_8080_8080;

/// The same byte eight times.
const fn all(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

/// How many of eight bytes, from the first on, are ASCII letters or digits; and whether the one after them, if it is one of the eight, is ASCII too.
///
/// Eight bytes are compared at once: adding so much to each that its highest bit tells whether it is at least the bound.
fn ascii_letters(eight: u64) -> (usize, bool) {
    let plain = eight & !HIGHEST;
    let small = plain | all(0x20);
    let at_least = |bytes: u64, bound: u8| bytes + all(0x80 - bound);
    let letter = at_least(small, b'a') & !at_least(small, b'z' + 1);
    let digit = at_least(plain, b'0') & !at_least(plain, b'9' + 1);
    let other = !((letter | digit) & !eight) & HIGHEST;
    let count = other.trailing_zeros() / 8;
    let ends = eight & other & other.wrapping_neg() == 0;
    (count as usize, ends)
}

/// The word that begins with the ASCII letter at byte `at`: one past its last byte, and what it is found by.
fn word(table: &[u32], text: &str, at: usize) -> (usize, Raw) {
    let bytes = text.as_bytes();
    let low = eight(bytes, at);
    let (count, ends) = ascii_letters(low);
    if count < 8 && ends {
        let low = low & first(count);
        return (at + count, Raw { low, high: 0 });
    }
    let mut end = at + count;
    if count == 8 {
        let high = eight(bytes, end);
        let (count, ends) = ascii_letters(high);
        if count < 8 && ends {
            let high = high & first(count);
            return (end + count, Raw { low, high });
        }
        end += count;
    }
    let end = rest_of_word(table, text, end);
    (end, Raw::of(bytes, at, end))
}

/// Where the word ends that goes on at byte `at`, if it does.
fn rest_of_word(table: &[u32], text: &str, mut at: usize) -> usize {
    let bytes = text.as_bytes();
    while at < bytes.len() {
        if bytes[at] & 0xFE == 0xD8 {
            let count = arabic_letters(eight(bytes, at));
            at += count;
            if count == 8 {
                continue;
            }
            if at == bytes.len() {
                break;
            }
        }
        let (class, width) = decode(table, text, at);
        if class & SILENT == 0 && class & (WORD | ALONE) != WORD {
            break;
        }
        at += width;
    }
    at
}

/// How many of eight bytes, from the first on, are Arabic letters and digits and the marks that stand on them, two bytes each: from U+0620 to U+0669.
///
/// Four pairs are compared at once: 0xD8 with a second byte from 0xA0 on, 0xD9 with one up to 0xA9.
fn arabic_letters(eight: u64) -> usize {
    const ONE: u64 = 0x0001_0001_0001_0001;
    let lead = eight ^ (0xD8 * ONE);
    let second = eight >> 8 & (0x3F * ONE);
    let later = second >> 5 & ONE;
    let early = !(second + 0x16 * ONE) >> 6 & ONE;
    let is_second = lead & ONE;
    let fits = (is_second & early) | (!is_second & later & ONE);
    let other = (lead & (0xFE * ONE)) | (fits ^ ONE);
    (other.trailing_zeros() / 16 * 2) as usize
}

/// Class and width of the character at byte `at`.
#[inline]
fn decode(table: &[u32], text: &str, at: usize) -> (u32, usize) {
    let bytes = text.as_bytes();
    let first = bytes[at];
    if first < 0x80 {
        return (table[first as usize], 1);
    }
    let later = |place: usize| usize::from(bytes[at + place] & 0x3F);
    if first < 0xE0 {
        return (table[usize::from(first & 0x1F) << 6 | later(1)], 2);
    }
    if first < 0xF0 {
        return (table[usize::from(first & 0xF) << 12 | later(1) << 6 | later(2)], 3);
    }
    let c = text[at..].chars().next().unwrap_or(' ');
    (fold::class(table, c), c.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let mut tokens = Tokens::default();
        tokens.add(text);
        let words: Vec<String> = tokens
            .list
            .iter()
            .map(|token| String::from_utf8_lossy(tokens.folded(token)).into_owned())
            .collect();
        words.join("|")
    }

    #[test]
    fn words_and_signs_part() {
        assert_eq!(shown("U.S.-led, l’Algérie"), "u|.|s|.|-|led|,|l|'|algerie");
        assert_eq!(shown("中美关系 ok"), "中|美|关|系|ok");
        assert_eq!(shown("والنِّيجر،٢٠٢٤"), "والنيجر|،|2024");
        assert_eq!(shown("ایرانی\u{200c}ها"), "ايراني|ها");
        assert_eq!(shown("#جنوب_السودان"), "#|جنوب|السودان");
        assert_eq!(shown("Росси\u{306}ско-"), shown("Россйско-"));
        assert_eq!(shown("inter\u{ad}national"), "international");
    }

    #[test]
    fn flags_tell_case_and_layout() {
        let mut tokens = Tokens::default();
        tokens.add("Mali USA\nniger\n\nTchad -x");
        let is = |place: usize, flags| tokens.list[place].is(flags);
        assert!(is(0, BEGINS_CAPITAL | NEW_BLOCK) && !is(0, ALL_CAPITALS));
        assert!(is(1, ALL_CAPITALS) && !is(1, NEW_LINE));
        assert!(is(2, NEW_LINE) && !is(2, NEW_BLOCK) && !is(2, BEGINS_CAPITAL));
        assert!(is(3, NEW_BLOCK));
        assert!(is(4, IS_HYPHEN) && !is(5, SPACED));
    }

    #[test]
    fn arabic_letters_are_told_four_at_a_time() {
        let table = fold::table();
        for c in ('\u{600}'..='\u{67F}').chain(['a', ' ', '،', '中', 'é', '\u{5D0}', '\u{700}']) {
            let counted = arabic_letters(eight(format!("م{c}مم").as_bytes(), 0)) > 2;
            assert_eq!(counted, ('\u{620}'..='\u{669}').contains(&c), "{c:?}");
            let class = fold::class(table, c);
            assert!(
                !counted || class & SILENT != 0 || class & (WORD | ALONE) == WORD,
                "{c:?}"
            );
        }
        assert_eq!(arabic_letters(eight("ممممم".as_bytes(), 0)), 8);
        assert_eq!(arabic_letters(eight("مم".as_bytes(), 0)), 4);
    }

    /// The tokens of a text, each found by looking at one character after the other: folded letters, bytes and flags.
    fn one_by_one(text: &str) -> Vec<(Vec<u8>, usize, usize, u16)> {
        let table = fold::table();
        let mut out: Vec<(Vec<u8>, usize, usize, u16)> = Vec::new();
        let (mut before, mut lines, mut open) = (SPACED | NEW_LINE | NEW_BLOCK, 0, false);
        for (at, c) in text.char_indices() {
            let class = fold::class(table, c);
            let end = at + c.len_utf8();
            if class & SPACE != 0 {
                open = false;
                before |= SPACED;
                if matches!(c, '\n' | '\u{2028}' | '\u{2029}') {
                    lines += 1;
                    before |= line(lines);
                }
            } else if class & SILENT != 0 || open && class & (WORD | ALONE) == WORD {
                if open && let Some(last) = out.last_mut() {
                    last.2 = end;
                }
            } else {
                out.push((Vec::new(), at, end, before));
                (before, lines) = (0, 0);
                open = class & (WORD | ALONE) == WORD;
            }
        }
        for (folded, start, end, flags) in &mut out {
            *flags |= super::super::letters::fold_word(&text[*start..*end], folded);
        }
        out
    }

    proptest::proptest! {
        #[test]
        fn a_text_is_cut_as_if_one_character_after_the_other(
            text in "([a-zA-Z0-9]{1,20}|[ \n.,'’_-]{1,2}|[éüßİﬁ]|[\u{600}-\u{680}]{1,12}|\u{301}|\u{ad}|[中の]|\u{2028}|ฬ|😀|й|и\u{306}){0,60}"
        ) {
            let mut tokens = Tokens::default();
            // Once unknown, once remembered.
            for _ in 0..2 {
                tokens.clear();
                tokens.add(&text);
                let cut: Vec<(Vec<u8>, usize, usize, u16)> = tokens
                    .list
                    .iter()
                    .map(|own| (tokens.folded(own).to_vec(), own.start as usize, own.end as usize, own.flags & !(IS_CLEANED | HAS_ACCENTS)))
                    .collect();
                proptest::prop_assert_eq!(cut, one_by_one(&text));
                for token in &tokens.list {
                    proptest::prop_assert_eq!(tokens.hash(token), hash(tokens.folded(token)));
                }
            }
        }

        #[test]
        fn every_token_leads_back_to_its_bytes(text in "\\PC{0,60}") {
            let mut tokens = Tokens::default();
            tokens.add(&text);
            let mut last = 0;
            for token in &tokens.list {
                let (start, end) = (token.start as usize, token.end as usize);
                proptest::prop_assert!(start >= last && end > start && text.get(start..end).is_some());
                last = end;
                let mut again = Tokens::default();
                again.add(&text[start..end]);
                proptest::prop_assert_eq!(again.list.len(), 1);
                proptest::prop_assert_eq!(again.hash(&again.list[0]), tokens.hash(token));
            }
        }
    }
}
