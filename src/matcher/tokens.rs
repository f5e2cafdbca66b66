//! A text in, its tokens out: one pass that folds, cuts and hashes.
//!
//! A token is a run of letters and digits; every other visible sign is a token of its own, so `U.S.` is `U . S .`. Han and kana stand alone.
//! Every token knows its bytes in the original text, so whatever is found leads back to it.

use xxhash_rust::xxh3::xxh3_64;

use super::fold::{self, ALONE, ARABIC, CAPITAL, CHARACTER, EXPANDS, SILENT, SMALL, SPACE, WORD};

/// It is a word, not a sign.
pub(super) const IS_WORD: u8 = 1;
/// It begins with a capital.
pub(super) const BEGINS_CAPITAL: u8 = 1 << 1;
/// It has capitals and no small letters.
pub(super) const ALL_CAPITALS: u8 = 1 << 2;
/// White space stands before it, or it begins the text.
pub(super) const SPACED: u8 = 1 << 3;
/// A line begins with it.
pub(super) const NEW_LINE: u8 = 1 << 4;
/// A blank line stands before it, or it begins the text: nothing reaches across.
pub(super) const NEW_BLOCK: u8 = 1 << 5;
/// It begins with an Arabic letter.
pub(super) const IS_ARABIC: u8 = 1 << 6;
/// It is the sign `-`.
pub(super) const IS_HYPHEN: u8 = 1 << 7;

/// A word or a sign.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    /// First byte in the original text.
    pub(super) start: u32,
    /// One past its last byte.
    pub(super) end: u32,
    /// First byte in [`Tokens::folded`].
    pub(super) folded_start: u32,
    /// One past its last byte there.
    pub(super) folded_end: u32,
    /// Hash of its folded bytes.
    pub(super) hash: u64,
    /// What it is: `IS_WORD` and the like.
    pub(super) flags: u8,
}

impl Token {
    /// Whether it has all of these flags.
    pub(super) const fn is(&self, flags: u8) -> bool {
        self.flags & flags == flags
    }
}

/// The tokens of one or several texts, one after the other.
#[derive(Debug, Default)]
pub(super) struct Tokens {
    /// The tokens.
    pub(super) list: Vec<Token>,
    /// Their folded letters, one after the other.
    pub(super) folded: Vec<u8>,
}

/// The hash that equal folded words share.
pub(super) fn hash(folded: &[u8]) -> u64 {
    xxh3_64(folded)
}

impl Tokens {
    /// Forgets all tokens.
    pub(super) fn clear(&mut self) {
        self.list.clear();
        self.folded.clear();
    }

    /// The folded letters of a token.
    pub(super) fn folded(&self, token: &Token) -> &[u8] {
        &self.folded[token.folded_start as usize..token.folded_end as usize]
    }

    /// Adds the tokens of `text`. Its first token begins a block.
    pub(super) fn add(&mut self, text: &str) {
        let table = fold::table();
        let bytes = text.as_bytes();
        let mut before = SPACED | NEW_LINE | NEW_BLOCK;
        let mut lines = 0;
        let mut at = 0;
        while at < bytes.len() {
            let (class, width) = decode(table, text, at);
            if class & (WORD | SILENT | SPACE) == WORD {
                at = self.word(table, text, at, before);
            } else if class & SPACE != 0 {
                before |= SPACED;
                if bytes[at] == b'\n' || class == SPACE | 0x2028 || class == SPACE | 0x2029 {
                    lines += 1;
                    before |= if lines > 1 { NEW_LINE | NEW_BLOCK } else { NEW_LINE };
                }
                at += width;
                continue;
            } else if class & SILENT != 0 {
                at += width;
                continue;
            } else {
                self.sign(class, at, width, before);
                at += width;
            }
            before = 0;
            lines = 0;
        }
    }

    /// Adds the word that begins at byte `at`; returns where it ends.
    fn word(&mut self, table: &[u32], text: &str, at: usize, before: u8) -> usize {
        let bytes = text.as_bytes();
        let from = self.folded.len();
        let (first, width) = decode(table, text, at);
        let (mut any, mut end) = (first, at + width);
        if first & ALONE == 0 {
            end = at;
            while end < bytes.len() {
                let byte = bytes[end];
                if byte < 0x80 {
                    let class = table[byte as usize];
                    if class & WORD == 0 {
                        break;
                    }
                    any |= class;
                    self.folded.push(byte.to_ascii_lowercase());
                    end += 1;
                    continue;
                }
                let (class, width) = decode(table, text, end);
                if class & SILENT != 0 {
                    self.compose(&bytes[end..end + width]);
                } else if class & WORD == 0 || class & ALONE != 0 {
                    break;
                } else {
                    any |= class;
                    let folded = class & CHARACTER;
                    if (0x80..0x800).contains(&folded) && class & EXPANDS == 0 {
                        self.folded.extend(two_bytes(folded));
                    } else {
                        self.push(table, text, end, class);
                    }
                }
                end += width;
            }
        } else {
            self.push(table, text, at, first);
        }
        let mut flags = IS_WORD | before;
        if first & CAPITAL != 0 {
            flags |= BEGINS_CAPITAL;
        }
        if any & (CAPITAL | SMALL) == CAPITAL {
            flags |= ALL_CAPITALS;
        }
        if first & (ARABIC | EXPANDS) != 0 {
            flags |= IS_ARABIC;
        }
        self.finish(at, end, from, flags);
        end
    }

    /// Adds one folded letter.
    fn push(&mut self, table: &[u32], text: &str, at: usize, class: u32) {
        let mut give = |c: char| {
            let mut room = [0; 4];
            self.folded.extend_from_slice(c.encode_utf8(&mut room).as_bytes());
        };
        if class & EXPANDS == 0 {
            give(fold::folded(class));
        } else if let Some(c) = text[at..].chars().next() {
            fold::expand(table, c, give);
        }
    }

    /// Joins a breve to the Cyrillic letter before it: й may be written as и and a breve.
    fn compose(&mut self, mark: &[u8]) {
        if mark == "\u{306}".as_bytes() && self.folded.ends_with("и".as_bytes()) {
            self.folded.pop();
            self.folded.push("й".as_bytes()[1]);
        }
    }

    /// Adds a sign.
    fn sign(&mut self, class: u32, at: usize, width: usize, before: u8) {
        let from = self.folded.len();
        let sign = fold::folded(class);
        let mut room = [0; 4];
        self.folded.extend_from_slice(sign.encode_utf8(&mut room).as_bytes());
        self.finish(at, at + width, from, before | if sign == '-' { IS_HYPHEN } else { 0 });
    }

    /// Adds the token whose folded letters begin at `from`.
    fn finish(&mut self, start: usize, end: usize, from: usize, flags: u8) {
        let narrow = |place: usize| u32::try_from(place).unwrap_or(u32::MAX);
        self.list.push(Token {
            start: narrow(start),
            end: narrow(end),
            folded_start: narrow(from),
            folded_end: narrow(self.folded.len()),
            hash: hash(&self.folded[from..]),
            flags,
        });
    }
}

/// A character from U+0080 to U+07FF in UTF-8.
fn two_bytes(code: u32) -> [u8; 2] {
    [0xC0 | (code >> 6 & 0x1F) as u8, 0x80 | (code & 0x3F) as u8]
}

/// Class and width of the character at byte `at`.
fn decode(table: &[u32], text: &str, at: usize) -> (u32, usize) {
    let bytes = text.as_bytes();
    let first = bytes[at];
    if first < 0x80 {
        return (table[first as usize], 1);
    }
    if first < 0xE0 {
        let code = (usize::from(first & 0x1F) << 6) | usize::from(bytes[at + 1] & 0x3F);
        return (table[code], 2);
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

    proptest::proptest! {
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
                proptest::prop_assert_eq!(again.list[0].hash, token.hash);
            }
        }
    }
}
