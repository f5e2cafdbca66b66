//! Whether a stop ends a sentence: the rules of UAX #29 around it, and what the words beside it say. Text and a stop in, an end out.

use std::ops::Range;

use super::abbreviation::{Before, class, is_of_clock, is_particle, opens};
use super::fold::{Role, is_letter, is_numeric, role};

/// A kind of stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// `.`, which has other uses.
    Full,
    /// `…`, `..` and longer.
    Ellipsis,
    /// `!`, `?` and the stops of other scripts.
    Strong,
}

/// The stop that byte `at` belongs to, where it starts (not before `floor`) and how long it is.
pub(super) fn stop_at(text: &str, at: usize, floor: usize) -> Option<(Stop, usize, usize)> {
    let bytes = text.as_bytes();
    let found = match bytes.get(at)? {
        b'.' => (Stop::Full, at, 1),
        b'!' | b'?' => (Stop::Strong, at, 1),
        0x80..=0xBF => {
            let from = at.checked_sub(1).filter(|from| *from >= floor)?;
            match [bytes[from], bytes[at]] {
                // ؟ ۔
                [0xD8, 0x9F] | [0xDB, 0x94] => (Stop::Strong, from, 2),
                _ => return None,
            }
        }
        // ։
        0xD6 if bytes.get(at + 1) == Some(&0x89) => (Stop::Strong, at, 2),
        _ => {
            let c = text.get(at..)?.chars().next()?;
            let stop = match c {
                '…' => Stop::Ellipsis,
                '\u{2024}' | '．' => Stop::Full,
                '‼' | '⁇' | '⁈' | '⁉' | '。' | '！' | '？' | '｡' | '।' | '॥' | '።' | '፧' | '፨' | '။' | '។' | '៕' => {
                    Stop::Strong
                }
                _ => return None,
            };
            (stop, at, c.len_utf8())
        }
    };
    Some(found)
}

/// Where the sentence from `start` ends, if `run` (a stop, or several) ends it; `text` ends where the paragraph does.
pub(super) fn end_of_sentence(
    text: &str,
    start: usize,
    run: Range<usize>,
    stop: Stop,
    ordinals: bool,
) -> Option<usize> {
    let end = close(text, run.end);
    let rest = text[end..].trim_start();
    let spaced = rest.len() < text.len() - end;
    let Some(next) = rest.chars().next() else {
        return Some(end);
    };
    if goes_on(next) || stop_at(rest, 0, 0).is_some() || !has_letter(&text[start..run.start]) {
        return None;
    }
    let touches = end == run.end && !spaced;
    let ends = match stop {
        Stop::Strong => !is_small(rest) && (!touches || !next.is_ascii_digit()),
        Stop::Ellipsis => !touches && !is_small(rest),
        Stop::Full if touches && is_numeric(next) => false,
        Stop::Full => full_stop_ends(&text[start..run.start], rest, touches, ordinals),
    };
    ends.then_some(end)
}

/// Whether a full stop between `before` (its sentence so far) and `rest` ends the sentence; `touches` is whether nothing lies between.
fn full_stop_ends(before: &str, rest: &str, touches: bool, ordinals: bool) -> bool {
    let word = last_word(before);
    let next = next_word(rest);
    let capital = next.starts_with(char::is_uppercase);
    if touches && capital && before.ends_with(|c: char| c.is_lowercase() || c.is_uppercase()) {
        return false;
    }
    if ordinals && is_ordinal(word) && capital && !opens(next) {
        return false;
    }
    let class = class(word);
    if next.starts_with(is_numeric) {
        return class == Before::Word && (word.chars().nth(3).is_some() || !word.contains(char::is_alphabetic));
    }
    if is_small(rest) {
        return false;
    }
    match class {
        Before::Word => true,
        Before::Never => false,
        Before::Likely => !is_of_clock(next),
        Before::Number => !is_roman(next),
        // A year of an Arabic text: 2011 م.
        Before::Maybe | Before::Initial if !capital && follows_number(before, word) => true,
        Before::Maybe => opens(next) && !is_initial(rest, next),
        Before::Initial => opens(next) && !is_particle(next) && !is_initial(rest, next),
    }
}

/// Passes what closes a sentence after its stop: marks on the stop, quotes, brackets; and a closing quote after a space.
fn close(text: &str, from: usize) -> usize {
    let mut end = from;
    while let Some(c) = text[end..].chars().next().filter(|c| is_closing(*c) || is_attached(*c)) {
        let after = end + c.len_utf8();
        // “ and ‘ close in German and open elsewhere.
        if matches!(c, '“' | '‘') && text[after..].starts_with(char::is_alphanumeric) {
            break;
        }
        end = after;
    }
    let far = text[end..].trim_start();
    let mut chars = far.chars();
    let quote = chars.next().filter(|c| matches!(c, '»' | '”' | '"' | '’' | ')' | ']'));
    let ends = |c: char| c.is_whitespace() || matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | '،' | ')');
    match quote {
        Some(quote) if chars.next().is_none_or(ends) => text.len() - far.len() + quote.len_utf8(),
        _ => end,
    }
}

/// Quotes and brackets that close a sentence.
fn is_closing(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '’'
            | '”'
            | '»'
            | '›'
            | ')'
            | ']'
            | '}'
            | '）'
            | '］'
            | '」'
            | '』'
            | '】'
            | '》'
            | '〉'
            | '〕'
            | '﴾'
            | '“'
            | '‘'
    )
}

/// Marks and invisible characters that belong to the character before them.
fn is_attached(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{AD}')
}

/// After one of these the sentence goes on (`SContinue` of UAX #29).
fn goes_on(c: char) -> bool {
    matches!(
        c,
        ',' | ';' | ':' | '-' | '–' | '—' | '՝' | '،' | '؍' | '؛' | '、' | '，' | '；' | '：' | '－'
    )
}

fn has_letter(text: &str) -> bool {
    text.chars().any(is_letter)
}

/// Whether the first letter of `rest`, past signs and numbers, is a small one, so that a sentence goes on (SB8).
fn is_small(rest: &str) -> bool {
    let letter = rest
        .chars()
        .take(40)
        .find(|c| is_letter(*c) || matches!(c, '.' | '!' | '?' | '…'));
    letter.is_some_and(char::is_lowercase)
}

/// The last word of `before`, with stops, hyphens and signs of numbers within it; of a long one the end.
fn last_word(before: &str) -> &str {
    let near = &before[before.ceil_char_boundary(before.len().saturating_sub(64))..];
    let in_word = |c: char| !is_between(c) || matches!(c, '.' | '-' | '°' | 'º' | '№' | '§');
    near[near.trim_end_matches(in_word).len()..].trim_start_matches(['.', '-'])
}

/// The first word of `rest`, past opening quotes and brackets.
fn next_word(rest: &str) -> &str {
    let word = rest.trim_start_matches(is_between);
    &word[..word.find(is_between).unwrap_or(word.len())]
}

/// Whether a character stands between words.
fn is_between(c: char) -> bool {
    if c.is_ascii() {
        !c.is_ascii_alphanumeric()
    } else {
        role(c) == Role::Between
    }
}

/// Whether a number stands before `word`, which ends `before`.
fn follows_number(before: &str, word: &str) -> bool {
    before[..before.len() - word.len()]
        .trim_end()
        .chars()
        .next_back()
        .is_some_and(is_numeric)
}

/// Whether a word is a number of one or two digits.
fn is_ordinal(word: &str) -> bool {
    (1..=2).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a word is a Roman number.
fn is_roman(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| b"IVXLC".contains(&byte))
}

/// Whether `next`, in `rest`, is an initial with its own stop.
fn is_initial(rest: &str, next: &str) -> bool {
    let after = rest
        .trim_start_matches(|c: char| !c.is_alphanumeric())
        .get(next.len()..);
    next.chars().nth(1).is_none() && after.is_some_and(|after| after.starts_with('.'))
}
