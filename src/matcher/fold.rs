//! How one character is compared: a character in, its folded form and its class out.
//!
//! Folding takes away what does not tell two names apart: case, accents of Latin and Greek letters, Arabic vowel signs, tatweel and the seats
//! of hamza, the shapes of apostrophe, hyphen and digit. It never takes away a letter. Languages that tell letters apart by their accents
//! (Portuguese, German, Turkish) are compared once more with their accents, see [`keep_accents`].

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// Part of a word: a letter or a digit.
pub(super) const WORD: u32 = 1 << 24;
/// A capital letter.
pub(super) const CAPITAL: u32 = 1 << 25;
/// A small letter of a script that has capitals.
pub(super) const SMALL: u32 = 1 << 26;
/// White space, or a sign that divides words like it.
pub(super) const SPACE: u32 = 1 << 27;
/// A sign that is not there for us: soft hyphen, direction mark, vowel sign, accent, tatweel.
pub(super) const SILENT: u32 = 1 << 28;
/// A letter that is a word of its own: Han and kana.
pub(super) const ALONE: u32 = 1 << 29;
/// A letter of the Arabic script.
pub(super) const ARABIC: u32 = 1 << 30;
/// A ligature that folds to several letters; see [`expand`].
pub(super) const EXPANDS: u32 = 1 << 31;
/// The bits of the folded character.
pub(super) const CHARACTER: u32 = (1 << 21) - 1;

/// Folded form and class of every character of the Basic Multilingual Plane.
static TABLE: LazyLock<Box<[u32]>> = LazyLock::new(|| {
    (0..=0xFFFF_u32)
        .map(|code| char::from_u32(code).map_or(SILENT, classify))
        .collect()
});

/// The table, for loops that read it often.
pub(super) fn table() -> &'static [u32] {
    &TABLE
}

/// Folded form and class of a character.
pub(super) fn class(table: &[u32], c: char) -> u32 {
    table.get(c as usize).copied().unwrap_or_else(|| classify(c))
}

/// The folded character of a class.
pub(super) fn folded(class: u32) -> char {
    char::from_u32(class & CHARACTER).unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// The class of a character.
fn classify(c: char) -> u32 {
    match c {
        // Nothing tells apart the characters of these blocks, which are most of the plane.
        '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' => WORD | ALONE | u32::from(c),
        '\u{AC00}'..='\u{D7A3}' => WORD | u32::from(c),
        '\u{E000}'..='\u{F8FF}' => u32::from(c),
        _ => work_out(c),
    }
}

/// Works out the class of a character.
fn work_out(c: char) -> u32 {
    if is_silent(c) {
        return SILENT;
    }
    if c.is_whitespace() || matches!(c, '\u{200B}' | '\u{200C}' | '_') {
        return SPACE | u32::from(c);
    }
    if matches!(c, '\u{FB00}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}') {
        return EXPANDS | WORD | u32::from(c);
    }
    let plain = unify(c);
    if !plain.is_alphanumeric() {
        return u32::from(plain);
    }
    let mut class = WORD | u32::from(lower(strip(plain)));
    if c.is_uppercase() {
        class |= CAPITAL;
    } else if c.is_lowercase() {
        class |= SMALL;
    }
    if is_alone(c) {
        class |= ALONE;
    }
    if matches!(c, '\u{620}'..='\u{64A}' | '\u{66E}'..='\u{6D3}' | '\u{6D5}' | '\u{6EE}'..='\u{6FF}' | '\u{750}'..='\u{77F}')
    {
        class |= ARABIC;
    }
    class
}

/// Signs that nobody reads: they neither divide words nor tell them apart.
fn is_silent(c: char) -> bool {
    match c {
        '\u{AD}'
        | '\u{640}'
        | '\u{200D}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2069}'
        | '\u{FEFF}'
        | '\u{61C}'
        | '\u{FE00}'..='\u{FE0F}' => true,
        _ => {
            is_combining_mark(c) && !c.is_alphabetic()
                || matches!(c, '\u{610}'..='\u{61A}' | '\u{64B}'..='\u{65F}' | '\u{670}' | '\u{6D6}'..='\u{6DC}' | '\u{6DF}'..='\u{6E8}' | '\u{6EA}'..='\u{6ED}')
        }
    }
}

/// One shape for what is written in several.
fn unify(c: char) -> char {
    match c {
        '’' | '‘' | 'ʼ' | 'ʹ' | '＇' | '`' | '´' => '\'',
        '\u{2010}'..='\u{2013}' | '\u{2212}' | '\u{FE63}' | '\u{FF0D}' => '-',
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ة' | 'ہ' | 'ھ' | 'ە' => 'ه',
        'ى' | 'ی' | 'ئ' | 'ے' => 'ي',
        'ؤ' => 'و',
        'ک' => 'ك',
        'ё' | 'Ё' => 'е',
        'ı' | 'İ' => 'i',
        '٠'..='٩' => digit(c, '٠'),
        '۰'..='۹' => digit(c, '۰'),
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

/// The Western digit for `c`, whose zero is `zero`.
fn digit(c: char, zero: char) -> char {
    char::from_u32(u32::from('0') + u32::from(c) - u32::from(zero)).unwrap_or(c)
}

/// A Latin or Greek letter without its accents; other letters as they are, since й is not и.
fn strip(c: char) -> char {
    let mut base = c;
    let mut first = true;
    decompose_canonical(c, |part| {
        if first {
            base = part;
            first = false;
        }
    });
    if matches!(base, 'a'..='z' | 'A'..='Z' | 'α'..='ω' | 'Α'..='Ω') {
        base
    } else {
        c
    }
}

/// The small letter; the letter itself where it has several.
fn lower(c: char) -> char {
    let mut small = c.to_lowercase();
    match (small.next(), small.next()) {
        (Some(one), None) => one,
        _ => c,
    }
}

/// Letters of scripts that are written without spaces and looked up one by one.
fn is_alone(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// The folded letters of a ligature or presentation form.
pub(super) fn expand(table: &[u32], c: char, mut give: impl FnMut(char)) {
    for part in std::iter::once(c).nfkc() {
        let class = class(table, part);
        if class & (SILENT | SPACE) == 0 {
            give(folded(class));
        }
    }
}

/// The sign of doubling: `عمّان`.
const SHADDA: char = '\u{651}';

/// The tanwin of the accusative: `جورجياً`.
const TANWIN: char = '\u{64B}';

/// Whether a character is an Arabic vowel sign.
fn is_vowel_sign(c: char) -> bool {
    matches!(c, '\u{64B}'..='\u{652}')
}

/// What the vowel signs of a form ask of a text: nothing, that its letters be not another form without them, or that the text have them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Vowels {
    /// The form has none.
    None,
    /// It has the tanwin, which says nothing that its letters do not say.
    Tanwin,
    /// It has a sign that tells it from another word: `عُمان`.
    Telling,
}

/// What the vowel signs of a form ask of a text.
pub(super) fn vowels(form: &str) -> Vowels {
    let mut signs = form.chars().filter(|c| is_vowel_sign(*c)).peekable();
    if signs.peek().is_none() {
        Vowels::None
    } else if signs.all(|c| c == TANWIN) {
        Vowels::Tanwin
    } else {
        Vowels::Telling
    }
}

/// A set of vowel signs with this one in it.
fn sign_bit(sign: char) -> u8 {
    u32::from(sign)
        .checked_sub(u32::from(TANWIN))
        .map_or(0, |place| 1 << place)
}

/// The vowel signs on each letter of a word, the last letter first.
fn signs_from_the_end(word: &str) -> impl Iterator<Item = u8> + '_ {
    let mut chars = word.chars().rev();
    std::iter::from_fn(move || {
        let mut signs = 0;
        chars.find_map(|c| {
            if is_vowel_sign(c) {
                signs |= sign_bit(c);
            }
            (!is_silent(c)).then_some(signs)
        })
    })
}

/// Whether a text with the letters of `form` has each of its vowel signs after the same letter, and a shadda nowhere else. What stands before those
/// letters in the text is a proclitic.
pub(super) fn has_vowels(text: &str, form: &str) -> bool {
    // The tanwin is written before the alef or after it.
    let tanwin = |word: &str| word.contains(TANWIN);
    let same = signs_from_the_end(text)
        .zip(signs_from_the_end(form))
        .all(|(text, form)| {
            let plain = form & !sign_bit(TANWIN);
            text & plain == plain && (text ^ form) & sign_bit(SHADDA) == 0
        });
    same && (tanwin(text) || !tanwin(form))
}

/// A word in small letters with its accents, composed: what languages that tell letters apart by accents are compared in.
pub(super) fn keep_accents(word: &str) -> impl Iterator<Item = char> + '_ {
    word.nfc()
        .filter(|c| !is_silent(*c))
        .flat_map(char::to_lowercase)
        .filter(|c| *c != '\u{307}')
        .map(|c| if c == 'ı' { 'i' } else { c })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fold(text: &str) -> String {
        let mut out = String::new();
        for c in text.chars() {
            let class = class(table(), c);
            if class & EXPANDS != 0 {
                expand(table(), c, |part| out.push(part));
            } else if class & SILENT == 0 {
                out.push(folded(class));
            }
        }
        out
    }

    #[test]
    fn what_does_not_tell_names_apart_is_folded() {
        for (text, expected) in [
            ("ÉTATS-Unis", "etats-unis"),
            ("Burkinabè", "burkinabe"),
            ("الأُمَيركيّـة", "الاميركيه"),
            ("مسؤولِ", "مسوول"),
            ("ایران کشور", "ايران كشور"),
            ("٢٠٢٤", "2024"),
            ("l’Iran", "l'iran"),
            ("İstanbul Irak", "istanbul irak"),
            ("Ёлка", "елка"),
            ("ﻻ ﷲ ﬁn", "لا الله fin"),
            ("ＵＳＡ", "usa"),
        ] {
            assert_eq!(fold(text), expected, "{text}");
        }
    }

    #[test]
    fn blocks_that_are_passed_over_are_classed_like_the_rest() {
        for c in (0..=0xFFFF).filter_map(char::from_u32) {
            assert_eq!(classify(c), work_out(c), "{c}");
        }
    }

    #[test]
    fn letters_stay_letters() {
        for (a, b) in [
            ("й", "и"),
            ("nigérien", "nigérian"),
            ("ß", "ss"),
            ("ø", "o"),
            ("غ", "ج"),
        ] {
            assert_ne!(fold(a), fold(b), "{a} {b}");
        }
    }

    #[test]
    fn vowel_signs_tell() {
        assert!(has_vowels("عُمان", "عُمان") && has_vowels("وعُمَان", "عُمان"));
        assert!(!has_vowels("عمان", "عُمان") && !has_vowels("عُمّان", "عُمان"));
        assert!(has_vowels("جورجيًا", "جورجياً") && !has_vowels("جورجيا", "جورجياً"));
        assert_eq!(vowels("جورجياً"), Vowels::Tanwin);
        assert_eq!(vowels("عُمان"), Vowels::Telling);
        assert_eq!(vowels("عمان"), Vowels::None);
    }

    #[test]
    fn accents_can_be_kept() {
        let kept = |word: &str| keep_accents(word).collect::<String>();
        assert_eq!(kept("IRÃ"), "irã");
        assert_ne!(kept("Irã"), kept("ira"));
        assert_eq!(kept("İran"), kept("iran"));
        assert_eq!(kept("Ira\u{303}"), "irã");
    }
}
