//! The one pass over the text that counts words and letters and hashes what the text says. Paragraphs in, counts, a hash and shingles out.
//!
//! The hash sees letters and digits only, folded (see [`super::fold`]), with one space between words and none around the characters of
//! scripts that do not space words. So white space, punctuation, quotes, case, tatweel and vowel signs do not change it, and any
//! other letter does.

use xxhash_rust::xxh3::Xxh3Default;

use super::fold::{ASCII, Folded, Role, fold, table, wide};
use super::script::{Letters, Script};
use super::shingle::Shingler;

/// Bytes that are kept before they are hashed; a power of two, so that a masked index is always inside.
const ROOM: usize = 4096;

/// Text is taken in pieces of this many bytes. A byte folds to at most three, so a piece fits three times over, except for the few
/// characters from U+0800 on that fold to many and make room for themselves.
const PIECE: usize = 1024;

/// With more bytes than this kept, a piece might not fit.
const FULL: usize = ROOM - 3 * PIECE - 64;

/// What the last character was.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    Between,
    Letter,
    Unspaced,
}

/// Counts and hashes text, paragraph by paragraph.
pub(super) struct Normaliser {
    hash: Xxh3Default,
    shingles: Shingler,
    folded: [u8; ROOM],
    length: usize,
    last: Last,
    words: usize,
}

impl Normaliser {
    /// One that has seen nothing.
    pub(super) fn new() -> Self {
        Self {
            hash: Xxh3Default::new(),
            shingles: Shingler::default(),
            folded: [0; ROOM],
            length: 0,
            last: Last::Between,
            words: 0,
        }
    }

    /// Words so far.
    pub(super) fn words(&self) -> u32 {
        u32::try_from(self.words).unwrap_or(u32::MAX)
    }

    /// The hash and the shingles of all text since the last call, or since the beginning. Text without a letter has the hash of nothing.
    pub(super) fn take_text(&mut self) -> (u128, Vec<u64>) {
        self.end_word();
        self.drop_space();
        self.give(self.length);
        let hash = self.hash.digest128();
        self.hash.reset();
        self.length = 0;
        (hash, self.shingles.finish())
    }

    /// Takes in a paragraph, and says which letters it has.
    pub(super) fn take(&mut self, text: &str) -> Letters {
        self.end_word();
        let mut letters = Letters::default();
        let mut rest = text;
        while !rest.is_empty() {
            let (piece, after) = rest.split_at(rest.floor_char_boundary(PIECE));
            self.flush();
            self.take_piece(piece, &mut letters);
            rest = after;
        }
        letters
    }

    /// Takes in at most [`PIECE`] bytes.
    fn take_piece(&mut self, piece: &str, letters: &mut Letters) {
        let bytes = piece.as_bytes();
        let table = table();
        let mut at = 0;
        while let Some(&first) = bytes.get(at) {
            let second = bytes.get(at + 1).copied().unwrap_or(0);
            if first >= 0xE0 {
                let Some(c) = piece[at..].chars().next() else { break };
                self.take_wide(c, letters);
                at += c.len_utf8();
            } else if first >= 0x80 {
                let code = usize::from(first & 0x1F) << 6 | usize::from(second & 0x3F);
                self.take_folded(&table[code], letters);
                at += 2;
            } else if second >= 0x80 {
                self.take_folded(&table[usize::from(first)], letters);
                at += 1;
            } else {
                let end = ascii_end(bytes, at);
                self.take_ascii(&bytes[at..end], letters);
                at = end;
            }
        }
    }

    /// Takes in ASCII. No branch looks at a byte, so the pace does not depend on the text.
    fn take_ascii(&mut self, bytes: &[u8], letters: &mut Letters) {
        let mut length = self.length;
        let mut inside = usize::from(self.last == Last::Letter);
        let (mut words, mut latin) = (0, 0);
        for &byte in bytes {
            let folded = ASCII[usize::from(byte)];
            let is_word = usize::from(folded != 0);
            // Between words `folded` is 0, and this writes a space.
            self.folded[length % ROOM] = folded | b' ';
            length += is_word | inside;
            words += is_word & (inside ^ 1);
            latin += u32::from(folded >= b'a');
            inside = is_word;
        }
        self.length = length;
        self.words += words;
        self.last = if inside == 1 { Last::Letter } else { Last::Between };
        letters.add(Script::Latin, latin);
    }

    /// Takes in a character of the table.
    #[inline]
    fn take_folded(&mut self, folded: &Folded, letters: &mut Letters) {
        if folded.role == Role::Letter {
            self.words += usize::from(self.last != Last::Letter);
            self.last = Last::Letter;
            letters.add(folded.script, 1);
        } else {
            match folded.role {
                Role::Digit => {
                    self.words += usize::from(self.last != Last::Letter);
                    self.last = Last::Letter;
                }
                Role::Mark if self.last != Last::Between => {}
                Role::Between => return self.end_word(),
                Role::Letter | Role::Mark | Role::Nothing | Role::Word => return,
            }
        }
        self.folded[self.length..self.length + 8].copy_from_slice(&folded.bytes);
        self.length += usize::from(folded.length);
    }

    /// Takes in a character from U+0800 on.
    fn take_wide(&mut self, c: char, letters: &mut Letters) {
        if self.length > FULL {
            self.flush();
        }
        let is = wide(c);
        match is.role {
            Role::Letter | Role::Digit => {
                self.words += usize::from(self.last != Last::Letter);
                self.last = Last::Letter;
                letters.add(is.script, u32::from(is.role == Role::Letter));
            }
            Role::Word => {
                self.end_word();
                self.drop_space();
                self.words += 1;
                self.last = Last::Unspaced;
                letters.add(is.script, 1);
            }
            Role::Mark if self.last != Last::Between => {}
            Role::Between => return self.end_word(),
            Role::Mark | Role::Nothing => return,
        }
        if is.changes {
            fold(c, |part| self.push(part));
        } else {
            self.push(c);
        }
    }

    /// Keeps a folded character.
    fn push(&mut self, c: char) {
        self.length += c.encode_utf8(&mut self.folded[self.length..]).len();
    }

    /// Ends the word, with a space where one may be needed.
    fn end_word(&mut self) {
        if self.last == Last::Letter {
            self.folded[self.length % ROOM] = b' ';
            self.length += 1;
        }
        self.last = Last::Between;
    }

    /// Takes back the space at the end.
    fn drop_space(&mut self) {
        if self.folded[..self.length].last() == Some(&b' ') {
            self.length -= 1;
        }
    }

    /// Hands on what is kept but for the last byte, since a space at the end may have to go.
    fn flush(&mut self) {
        if self.length > FULL {
            let last = self.length - 1;
            self.give(last);
            self.folded[0] = self.folded[last];
            self.length = 1;
        }
    }

    /// Hands on the first bytes of what is kept.
    fn give(&mut self, length: usize) {
        self.hash.update(&self.folded[..length]);
        self.shingles.take(&self.folded[..length]);
    }
}

/// Where the run of ASCII that starts at `from` ends.
fn ascii_end(bytes: &[u8], from: usize) -> usize {
    let rest = &bytes[from..];
    from + rest.iter().position(|byte| !byte.is_ascii()).unwrap_or(rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hash(text: &str) -> u128 {
        let mut normaliser = Normaliser::new();
        normaliser.take(text);
        normaliser.take_text().0
    }

    fn words(text: &str) -> u32 {
        let mut normaliser = Normaliser::new();
        normaliser.take(text);
        normaliser.words()
    }

    #[test]
    fn words_are_runs_of_letters_or_digits() {
        assert_eq!(words("The minister's well-known 2nd plan, at 3.5 %"), 10);
        assert_eq!(words("L’eau d'été coûte 12 € – déjà."), 7);
        assert_eq!(words("وَصَلَ الرئيسُ إلى النيـــجر"), 4);
        assert_eq!(words("می‌شود و نمی‌شود"), 3);
        assert_eq!(words("习近平在北京 met 3 人"), 9);
        assert_eq!(words("e\u{301}te\u{301} \u{301} !"), 1);
        assert_eq!(words("— … !"), 0);
        assert_eq!(words("हिन्दी भाषा"), 2);
    }

    #[test]
    fn only_what_the_text_says_is_hashed() {
        assert_eq!(hash("“Peace,” she said."), hash("  \"peace\"\nSHE   said"));
        assert_eq!(hash("École d’été"), hash("e\u{301}cole d'e\u{301}te\u{301} "));
        assert_eq!(hash("قالَ الرئيــس"), hash("قال الرئيس"));
        assert_eq!(hash("中国 说\n好。"), hash("中国说好"));
        assert_eq!(hash("ガス abc"), hash("カ\u{3099}スabc"));
        assert_ne!(hash("in formation"), hash("information"));
        assert_ne!(hash("pêche"), hash("péché"));
        assert_ne!(hash("ไม่"), hash("ไม้"));
        assert_ne!(hash("يعلن"), hash("يعلم"));
        assert_eq!(hash(" — "), hash(""));
    }

    #[test]
    fn long_text_is_hashed_as_one() {
        let text = "Alpha béta ﷺ 中文 گزارش ".repeat(700);
        let other = text.replace(' ', " \n ").to_uppercase();
        assert_eq!(hash(&text), hash(&other));
        assert_ne!(hash(&text), hash(&text[..text.len() - 3]));
        let dense = "ﷺ".repeat(3000);
        assert_ne!(hash(&dense), hash(&dense[3..]));
    }

    #[test]
    fn letters_are_counted_by_script() {
        let letters = Normaliser::new().take("Mali 2024 مالي Мали 12 马里 ɛɔ");
        let of = |script| letters.of(script);
        assert_eq!(
            [
                of(Script::Latin),
                of(Script::Arabic),
                of(Script::Cyrillic),
                of(Script::Han)
            ],
            [6, 4, 4, 2]
        );
    }
}
