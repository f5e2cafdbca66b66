//! A word as it is written in, its folded letters and its flags out.

use unicode_normalization::UnicodeNormalization;

use super::fold::{self, ARABIC, CAPITAL, EXPANDS, SILENT, SMALL, WORD};
use super::tokens::{ALL_CAPITALS, BEGINS_CAPITAL, IS_ARABIC, IS_HYPHEN, IS_LATIN, IS_WORD};

/// Adds the folded letters of one word or sign to `out`; returns what it is.
pub(super) fn fold_word(text: &str, out: &mut Vec<u8>) -> u16 {
    let table = fold::table();
    let from = out.len();
    let (mut first, mut any) = (None, 0);
    for c in text.chars() {
        let class = fold::class(table, c);
        let first = *first.get_or_insert(class);
        if class & SILENT != 0 && first & WORD != 0 {
            compose(c, from, out);
            continue;
        }
        any |= class;
        if c.is_ascii() && class & WORD != 0 {
            out.push((c as u8).to_ascii_lowercase());
        } else if class & EXPANDS == 0 {
            push(fold::folded(class), out);
        } else {
            fold::expand(table, c, |part| push(part, out));
        }
    }
    let first = first.unwrap_or(0);
    if first & WORD == 0 {
        return if out.get(from..) == Some(b"-") { IS_HYPHEN } else { 0 };
    }
    let mut flags = IS_WORD;
    if first & CAPITAL != 0 {
        flags |= BEGINS_CAPITAL;
    }
    if any & (CAPITAL | SMALL) == CAPITAL {
        flags |= ALL_CAPITALS;
    }
    if first & (ARABIC | EXPANDS) != 0 {
        flags |= IS_ARABIC;
    }
    if out.get(from).is_some_and(u8::is_ascii_lowercase) {
        flags |= IS_LATIN;
    }
    flags
}

/// Adds one letter.
fn push(letter: char, out: &mut Vec<u8>) {
    out.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes());
}

/// Joins a breve to the Cyrillic letter before it: й may be written as и and a breve.
fn compose(mark: char, from: usize, out: &mut Vec<u8>) {
    if mark == '\u{306}' && out[from..].ends_with("и".as_bytes()) {
        out.pop();
        out.push("й".as_bytes()[1]);
    }
}

/// Whether a word has neither silent signs nor letters that are several in one.
pub(super) fn is_written_plainly(word: &str) -> bool {
    let table = fold::table();
    word.chars().all(|c| fold::class(table, c) & (SILENT | EXPANDS) == 0)
}

/// A word without signs that nobody reads, and with one letter for each.
pub(super) fn cleaned(word: &str) -> String {
    let table = fold::table();
    word.nfkc().filter(|c| fold::class(table, *c) & SILENT == 0).collect()
}
