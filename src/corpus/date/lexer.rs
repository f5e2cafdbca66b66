//! Cuts a text into numbers, words and signs. Text in, tokens out; what they mean is found elsewhere.
//!
//! Everything that makes equal dates look different is taken away here: digits of other scripts, case, accents, vowel signs, hamza seats, tatweel,
//! direction marks, full-width and presentation forms, kinds of space.

use unicode_normalization::char::{canonical_combining_class, decompose_compatible};

/// A number, a word or a sign, and where it came from.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Token {
    /// What it is.
    pub(crate) kind: Kind,
    /// White space stands before it.
    pub(crate) spaced: bool,
    /// It begins with a capital, or its script has none.
    pub(crate) capital: bool,
    /// Its first byte in the text.
    pub(crate) start: usize,
    /// One past its last byte.
    pub(crate) end: usize,
}

/// What a token is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Kind {
    /// A run of decimal digits.
    Number {
        /// Its value; saturates.
        value: u64,
        /// How many digits it has.
        digits: usize,
    },
    /// A run of letters, folded. Han characters stand alone.
    Word(String),
    /// Any other visible character; all dashes are `-`, all commas `,`, all apostrophes `'`.
    Sign(char),
}

impl Token {
    /// The value of a number of `digits` digits.
    pub(crate) fn number(&self, digits: std::ops::RangeInclusive<usize>) -> Option<u64> {
        match self.kind {
            Kind::Number { value, digits: count } if digits.contains(&count) => Some(value),
            _ => None,
        }
    }

    /// The folded letters of a word.
    pub(crate) fn word(&self) -> Option<&str> {
        match &self.kind {
            Kind::Word(word) => Some(word),
            _ => None,
        }
    }

    /// Whether it is this sign.
    pub(crate) fn is_sign(&self, sign: char) -> bool {
        self.kind == Kind::Sign(sign)
    }
}

/// Cuts `text` into tokens.
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::new();
    let mut spaced = true;
    for (start, original) in text.char_indices() {
        let end = start + original.len_utf8();
        if original.is_whitespace() {
            spaced = true;
            continue;
        }
        let mut seen = false;
        decompose_compatible(original, |part| {
            if let Some(folded) = fold(part) {
                push(&mut out, folded, original, spaced, start..end);
                (spaced, seen) = (false, true);
            }
        });
        // A mark that is not seen belongs to what it stands on.
        if let Some(last) = out.last_mut().filter(|last| !seen && !spaced && last.end == start) {
            last.end = end;
        }
    }
    out
}

/// The folded letters of a text without its signs, words divided by one space.
pub(crate) fn fold_words(text: &str) -> String {
    let words: Vec<String> = tokens(text)
        .into_iter()
        .filter_map(|token| match token.kind {
            Kind::Word(word) => Some(word),
            Kind::Number { .. } | Kind::Sign(_) => None,
        })
        .collect();
    words.join(" ")
}

/// Adds one folded character to the tokens.
fn push(out: &mut Vec<Token>, folded: char, original: char, spaced: bool, place: std::ops::Range<usize>) {
    let joins = !spaced
        && out
            .last()
            .is_some_and(|last| last.end == place.start || last.start == place.start);
    let last = out.last_mut().filter(|_| joins);
    if let Some(digit) = digit(folded) {
        if let Some(Token {
            kind: Kind::Number { value, digits },
            end,
            ..
        }) = last
        {
            *value = value.saturating_mul(10).saturating_add(digit);
            *digits += 1;
            *end = place.end;
            return;
        }
        add(
            out,
            Kind::Number {
                value: digit,
                digits: 1,
            },
            original,
            spaced,
            place,
        );
    } else if folded.is_alphabetic() {
        if let Some(Token {
            kind: Kind::Word(word),
            end,
            ..
        }) = last
            && !is_han(folded)
            && !word.ends_with(is_han)
        {
            word.extend(folded.to_lowercase());
            *end = place.end;
            return;
        }
        add(
            out,
            Kind::Word(folded.to_lowercase().collect()),
            original,
            spaced,
            place,
        );
    } else {
        add(out, Kind::Sign(folded), original, spaced, place);
    }
}

/// Adds a token.
fn add(out: &mut Vec<Token>, kind: Kind, original: char, spaced: bool, place: std::ops::Range<usize>) {
    let capital = !original.is_lowercase();
    out.push(Token {
        kind,
        spaced,
        capital,
        start: place.start,
        end: place.end,
    });
}

/// The character that stands for `c`; `None` for marks that are not seen or do not matter.
fn fold(c: char) -> Option<char> {
    if c.is_ascii() {
        return Some(if c == '`' { '\'' } else { c });
    }
    Some(match c {
        '\u{ad}'
        | '\u{640}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}'
        | '\u{61c}'
        | '\u{feff}'
        | '\u{fe00}'..='\u{fe0f}' => return None,
        _ if canonical_combining_class(c) != 0 => return None,
        'ة' | 'ھ' | 'ہ' | 'ە' => 'ه',
        'ى' | 'ی' | 'ے' => 'ي',
        'ک' => 'ك',
        'ı' => 'i',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '،' | '、' => ',',
        '\u{2018}'..='\u{201b}' | 'ʼ' => '\'',
        '⁄' | '∕' => '/',
        _ => c,
    })
}

/// The value of a decimal digit of the scripts that dates are written in.
fn digit(c: char) -> Option<u64> {
    let zero = match c {
        '0'..='9' => '0',
        '٠'..='٩' => '٠',
        '۰'..='۹' => '۰',
        '०'..='९' => '०',
        '০'..='৯' => '০',
        _ => return None,
    };
    Some(u64::from(u32::from(c) - u32::from(zero)))
}

/// Whether a character is Han: those stand alone.
fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let parts: Vec<String> = tokens(text)
            .into_iter()
            .map(|token| match token.kind {
                Kind::Number { value, digits } => format!("{value}:{digits}"),
                Kind::Word(word) => word,
                Kind::Sign(sign) => sign.to_string(),
            })
            .collect();
        parts.join(" ")
    }

    #[test]
    fn digits_letters_and_signs_part() {
        assert_eq!(shown("19May2024"), "19:2 may 2024:4");
        assert_eq!(
            shown("2024-05-19T10:22"),
            "2024:4 - 05:2 - 19:2 t 10:2 : 22:2".replace("05:2", "5:2")
        );
        assert_eq!(shown("5月19日"), "5:1 月 19:2 日");
    }

    #[test]
    fn what_does_not_matter_is_folded() {
        assert_eq!(shown("\u{200f}١٩ أيّار ۲۰۲۴ه\u{640}"), "19:2 ايار 2024:4 ه");
        assert_eq!(shown("１９\u{a0}AOÛT — 1er"), "19:2 aout - 1:1 er");
        assert_eq!(shown("1º de março"), "1:1 o de marco");
        assert_eq!(shown("İstanbul ısı"), "istanbul isi");
    }

    #[test]
    fn places_are_those_of_the_text() {
        let all = tokens("le 1er août");
        let august = all.last().unwrap();
        assert_eq!(&"le 1er août"[august.start..august.end], "août");
        assert!(august.spaced && !august.capital);
        assert!(!all[2].spaced);
    }

    #[test]
    fn long_numbers_saturate() {
        let token = &tokens("99999999999999999999999999")[0];
        assert_eq!(token.number(26..=26), Some(u64::MAX));
        assert_eq!(token.number(1..=4), None);
    }
}
