//! What each character is to words and to the hash: part of a word or between words, and how it is written when case, compatibility
//! forms, Arabic vowel signs and tatweel are folded away. A character in, a few bytes out.
//!
//! Characters are folded to their compatibility decomposition in lower case, so `É`, `é` and `e` with a combining accent are one. Below
//! U+0800 (Latin, Greek, Cyrillic, Hebrew, Arabic) the answer lies ready in a table of eight bytes a character.

use std::sync::{LazyLock, OnceLock};

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

use super::script::Script;

/// What a character does to a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(super) enum Role {
    /// Begins or continues a word.
    Letter,
    /// Begins or continues a word, and belongs to no script.
    Digit,
    /// Is not there: tatweel, vowel signs of Arabic, joiners, direction marks.
    Nothing,
    /// Continues a word; alone it is nothing.
    Mark = 4,
    /// Stands between words.
    Between,
    /// Is a word by itself, without white space around it.
    Word,
}

/// The first character that is not in the table.
pub(super) const TABLE_END: u32 = 0x800;

/// One character below U+0800, in eight bytes: its folded UTF-8, then what it does to a word, then its script.
#[derive(Clone, Copy, Debug)]
pub(super) struct Folded(u64);

impl Folded {
    /// The most bytes that one character folds to.
    pub(super) const MOST: usize = 6;

    fn of(c: char) -> Self {
        let role = role_by_properties(c);
        let mut bytes = [0; 8];
        let mut length = 0;
        if !matches!(role, Role::Between | Role::Nothing) {
            fold(c, |part| {
                length += part.encode_utf8(&mut bytes[length..Self::MOST]).len();
            });
        }
        #[expect(clippy::cast_possible_truncation, reason = "at most 6")]
        let length = length as u8;
        // Three bits of length, three of role, and one that says whether it is a letter.
        bytes[6] = u8::from(role == Role::Letter) << 6 | (role as u8) << 3 | length;
        bytes[7] = Script::of(c) as u8;
        Self(u64::from_le_bytes(bytes))
    }

    /// Folded UTF-8; only the first [`length`](Self::length) bytes count.
    #[inline]
    pub(super) fn bytes(self) -> [u8; 8] {
        self.0.to_le_bytes()
    }

    /// How many bytes; none between words.
    #[inline]
    pub(super) fn length(self) -> usize {
        (self.0 >> 48 & 7) as usize
    }

    /// What it does to a word.
    #[inline]
    pub(super) fn role(self) -> Role {
        ROLES[(self.0 >> 51 & 7) as usize]
    }

    /// Whether it is more than a part of a word or nothing; of several characters put together by [`or`](Self::or), whether one is.
    #[inline]
    pub(super) fn is_special(self) -> bool {
        self.0 >> 53 & 1 == 1
    }

    /// Puts characters together.
    #[inline]
    pub(super) fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Its length, and 64 for a letter: sums over up to ten characters tell both.
    #[inline]
    pub(super) fn length_and_letter(self) -> usize {
        (self.0 >> 48 & 0x47) as usize
    }

    /// The number of its script.
    #[inline]
    pub(super) fn script(self) -> u8 {
        (self.0 >> 56) as u8
    }
}

/// Every role, by its number.
const ROLES: [Role; 8] = [
    Role::Letter,
    Role::Digit,
    Role::Nothing,
    Role::Nothing,
    Role::Mark,
    Role::Between,
    Role::Word,
    Role::Word,
];

/// ASCII, folded: the lower-case letter or digit, or 0 between words.
pub(super) const ASCII: [u8; 256] = {
    let mut table = [0; 256];
    let mut at = 0;
    while at < 128 {
        #[expect(clippy::cast_possible_truncation, reason = "below 128")]
        let byte = at as u8;
        if byte.is_ascii_alphanumeric() {
            table[at] = byte.to_ascii_lowercase();
        }
        at += 1;
    }
    table
};

/// One character from U+0800 to U+FFFF: what it is, and whether folding changes it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wide {
    /// What it does to a word.
    pub(super) role: Role,
    /// Its script.
    pub(super) script: Script,
    /// Whether it is written otherwise when folded.
    pub(super) changes: bool,
}

impl Wide {
    /// What `c` is.
    pub(super) fn of(c: char) -> Self {
        let role = role_by_properties(c);
        let mut parts = 0;
        let mut same = true;
        if !matches!(role, Role::Between | Role::Nothing) {
            fold(c, |part| {
                parts += 1;
                same &= part == c;
            });
        }
        Self {
            role,
            script: Script::of(c),
            changes: parts != 1 || !same,
        }
    }
}

/// Every character from U+0800 to U+FFFF, in blocks of 256. Each is worked out when one of its characters is first met, since a corpus has few of them.
static WIDE: [OnceLock<Box<[Wide]>>; WIDE_BLOCKS] = [const { OnceLock::new() }; WIDE_BLOCKS];

/// How many blocks these are.
const WIDE_BLOCKS: usize = (0x1_0000 - TABLE_END as usize) / 256;

/// Every character below U+0800.
static TABLE: LazyLock<Box<[Folded; TABLE_END as usize]>> = LazyLock::new(|| {
    let mut table = Box::new([Folded(0); TABLE_END as usize]);
    for (code, c) in ('\0'..).take(table.len()).enumerate() {
        table[code] = Folded::of(c);
    }
    table
});

/// The table of the characters below U+0800.
pub(super) fn table() -> &'static [Folded; TABLE_END as usize] {
    &TABLE
}

/// A block of 256 characters of the table, and after it as many that are nothing.
pub(super) type Block = [Folded; 512];

/// The blocks from U+0600 and from U+0400.
static BLOCKS: LazyLock<Box<[Block; 2]>> = LazyLock::new(|| {
    let mut blocks = Box::new([[Folded::of('\u{640}'); 512]; 2]);
    for (block, first) in blocks.iter_mut().zip([0x600, 0x400]) {
        block[..256].copy_from_slice(&TABLE[first..first + 256]);
    }
    blocks
});

/// The Arabic and the Cyrillic block.
pub(super) fn blocks() -> &'static [Block; 2] {
    &BLOCKS
}

/// Whether a character is a number, as [`char::is_numeric`] says.
pub(super) fn is_numeric(c: char) -> bool {
    match role(c) {
        Role::Digit => true,
        Role::Word => c.is_numeric(),
        _ => false,
    }
}

/// Whether a character is a letter, of spaced or unspaced script.
pub(super) fn is_letter(c: char) -> bool {
    matches!(role(c), Role::Letter | Role::Word)
}

/// What a character from U+0800 on is.
pub(super) fn wide(c: char) -> Wide {
    let code = u32::from(c);
    let number = (code / 256).wrapping_sub(TABLE_END / 256);
    let Some(block) = WIDE.get(number as usize) else {
        return Wide::of(c);
    };
    let block = block.get_or_init(|| {
        let first = code & !0xFF;
        (first..first + 256)
            .map(|code| Wide::of(char::from_u32(code).unwrap_or(' ')))
            .collect()
    });
    block[code as usize % 256]
}

/// What a character does to a word.
#[inline]
pub(super) fn role(c: char) -> Role {
    match TABLE.get(c as usize) {
        Some(folded) => folded.role(),
        None => wide(c).role,
    }
}

/// What a character does to a word, by its properties.
fn role_by_properties(c: char) -> Role {
    match c {
        // ASCII, so that no byte of it is looked up.
        '\0'..='\x7F' if c.is_ascii_alphabetic() => Role::Letter,
        // Tatweel, and the Arabic signs that readers may leave out; hamza and madda above or below are letters' own.
        '\u{640}' | '\u{610}'..='\u{61A}' | '\u{64B}'..='\u{652}' | '\u{656}'..='\u{65F}' | '\u{670}'
        | '\u{6D6}'..='\u{6DC}' | '\u{6DF}'..='\u{6E4}' | '\u{6E7}' | '\u{6E8}' | '\u{6EA}'..='\u{6ED}' | '\u{8D3}'..='\u{8FF}'
        // Soft hyphen, grapheme joiner, joiners, direction marks, variation selectors, byte order mark.
        | '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{200C}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' => Role::Nothing,
        _ if is_combining_mark(c) => Role::Mark,
        _ if !c.is_alphanumeric() => Role::Between,
        _ if Script::of(c).is_unspaced() => Role::Word,
        _ if c.is_numeric() => Role::Digit,
        _ => Role::Letter,
    }
}

/// Gives the folded characters of `c` that are part of words.
pub(super) fn fold(c: char, mut give: impl FnMut(char)) {
    for lower in c.to_lowercase() {
        decompose_compatible(lower, |part| match part {
            'ς' => give('σ'),
            'ß' => {
                give('s');
                give('s');
            }
            _ => {
                for part in part
                    .to_lowercase()
                    .filter(|part| !matches!(role_by_properties(*part), Role::Between | Role::Nothing))
                {
                    give(part);
                }
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        let mut out = String::new();
        for c in text
            .chars()
            .filter(|c| !matches!(role(*c), Role::Between | Role::Nothing))
        {
            fold(c, |part| out.push(part));
        }
        out
    }

    #[test]
    fn case_composition_and_width_fold_away() {
        assert_eq!(folded("École"), folded("e\u{301}cole"));
        assert_eq!(folded("STRASSE"), folded("Straße"));
        assert_eq!(folded("Ὀδυσσεύς"), folded("ὈΔΥΣΣΕΎΣ"));
        assert_eq!(folded("ＡＢＣ１"), "abc1");
        assert_eq!(folded("ﬁn"), "fin");
    }

    #[test]
    fn arabic_signs_fold_away_and_letters_stay() {
        assert_eq!(folded("مُحَمَّـــد"), "محمد");
        assert_eq!(folded("أمن"), folded("ا\u{654}من"));
        assert_ne!(folded("أمن"), folded("امن"));
        assert_ne!(folded("pêche"), folded("péché"));
    }

    #[test]
    fn numbers_are_what_they_are_elsewhere() {
        for c in '\0'..=char::MAX {
            assert_eq!(is_numeric(c), c.is_numeric(), "{c}");
        }
    }

    #[test]
    fn the_table_says_what_the_functions_say() {
        for (code, entry) in table().iter().enumerate() {
            let c = char::from_u32(u32::try_from(code).unwrap()).unwrap();
            assert_eq!(entry.role(), role_by_properties(c));
            assert_eq!(entry.script(), Script::of(c) as u8);
            let bytes = entry.bytes();
            let told = std::str::from_utf8(&bytes[..entry.length()]).unwrap();
            assert_eq!(told.is_empty(), matches!(entry.role(), Role::Between | Role::Nothing));
            assert_eq!(told, folded(&c.to_string()), "{c}");
            if c.is_ascii() {
                assert_eq!(told.bytes().next().unwrap_or(0), ASCII[code]);
            }
        }
    }
}
