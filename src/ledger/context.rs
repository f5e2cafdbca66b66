//! The sentence around a mention, short enough for a table.
//!
//! A field and spans in it come in, one line of text goes out. The evidence shows it; nothing is found or counted in it.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use crate::model::text::Span;

/// The most characters of a context, marks of omission included.
const LIMIT: usize = 240;

/// How many characters are given up so that a cut falls between two words.
const WORD: usize = 20;

/// The mark of omission.
const OMITTED: char = '…';

/// Adds to `into` the sentence of the mention at this place of `field`, with white space collapsed, cut to [`LIMIT`] characters around the mention.
///
/// Where the sentence is not known, the whole field stands for it. The mention is always there, unless it alone is too long.
pub(super) fn shorten(field: &str, sentence: Option<Span>, place: Range<usize>, into: &mut String) {
    let Range { start, end } = place;
    let (first, last) = sentence.map_or((0, field.len()), |span| (span.start as usize, span.end as usize));
    let part = |from: usize, to: usize| field.get(from..to).unwrap_or_default();
    if is_short(part(first.min(start), last.max(end))) {
        collapse_into(into, part(first.min(start), start).trim_start());
        collapse_into(into, part(start, end).trim());
        return collapse_into(into, part(end, last.max(end)).trim_end());
    }
    let (surface, cut) = collapse(part(start, end).trim().chars(), LIMIT);
    if surface.len() > LIMIT || cut {
        return into.extend(surface.into_iter().take(LIMIT - 1).chain([OMITTED]));
    }
    let room = LIMIT - surface.len();
    let half = room / 2;
    // Most often both sides are long, and then no more than this is seen of either.
    let near = room - half + WORD;
    let left_of = |most| collapse(part(first.min(start), start).trim_start().chars().rev(), most);
    let right_of = |most| collapse(part(end, last.max(end)).trim_end().chars(), most);
    let (mut left, mut left_cut) = left_of(half);
    let (mut right, mut right_cut) = right_of(near);
    let mut most = near;
    if left.len() <= half || right.len() <= near {
        (left, left_cut) = left_of(LIMIT);
        (right, right_cut) = right_of(LIMIT);
        most = LIMIT;
    }
    if left_cut || right_cut || left.len() + right.len() > room {
        let to_left = if right_cut || right.len() > room - half {
            half
        } else {
            room - right.len()
        };
        trim(&mut left, left_cut, to_left);
        let to_right = room - left.len();
        if to_right > most {
            (right, right_cut) = right_of(LIMIT);
        }
        trim(&mut right, right_cut, to_right);
        while left.len() > 1 && left.last() == Some(&OMITTED) && is_combining_mark(left[left.len() - 2]) {
            left.remove(left.len() - 2);
        }
    }
    into.extend(left.into_iter().rev().chain(surface).chain(right));
}

/// Whether a sentence of `field` is its own context: then all mentions in it have the same.
pub(super) fn is_whole(field: &str, sentence: Span) -> bool {
    is_short(
        field
            .get(sentence.start as usize..sentence.end as usize)
            .unwrap_or_default(),
    )
}

/// Whether a text has at most [`LIMIT`] characters.
fn is_short(text: &str) -> bool {
    text.len() <= LIMIT || (text.len() <= 4 * LIMIT && text.chars().count() <= LIMIT)
}

/// Adds `text` to `into`, each run of white space as one space.
fn collapse_into(into: &mut String, text: &str) {
    let mut rest = text;
    if has_odd_space(text.as_bytes()) {
        while let Some(at) = rest.find(char::is_whitespace) {
            into.push_str(&rest[..at]);
            into.push(' ');
            rest = rest[at..].trim_start();
        }
    }
    into.push_str(rest);
}

/// Whether a text may have white space that is no single space. No branch looks at a byte, so many are looked at at once.
fn has_odd_space(bytes: &[u8]) -> bool {
    // The first bytes of all white space beyond ASCII: U+0085, U+00A0, U+1680, U+2000 to U+205F, U+3000.
    let odd = |byte: u8| u8::from(byte < b' ' || byte == 0xC2 || (0xE1..=0xE3).contains(&byte));
    let two_spaces = |(&one, &two): (&u8, &u8)| u8::from(one == b' ' && two == b' ');
    let next = bytes.get(1..).unwrap_or_default();
    let found = bytes.iter().fold(0, |found, &byte| found | odd(byte));
    bytes
        .iter()
        .zip(next)
        .fold(found, |found, pair| found | two_spaces(pair))
        != 0
}

/// Each run of white space as one space, up to one character more than `most`; and whether anything follows.
fn collapse(chars: impl Iterator<Item = char>, most: usize) -> (Vec<char>, bool) {
    let mut all: Vec<char> = Vec::with_capacity(most + 1);
    for character in chars {
        let space = character.is_whitespace();
        if space && all.last() == Some(&' ') {
            continue;
        }
        if all.len() > most {
            return (all, true);
        }
        all.push(if space { ' ' } else { character });
    }
    (all, false)
}

/// Cuts `side`, which leads away from the mention, to `room` characters, between two words where one ends nearby.
fn trim(side: &mut Vec<char>, cut: bool, room: usize) {
    if !cut && side.len() <= room {
        return;
    }
    if room == 0 {
        side.clear();
        return;
    }
    let keep = (room - 1).min(side.len());
    let word_ends = side.get(keep).is_none_or(|next| *next == ' ');
    side.truncate(keep);
    if !word_ends
        && let Some(space) = side
            .iter()
            .rposition(|character| *character == ' ')
            .filter(|at| keep - at <= WORD)
    {
        side.truncate(space);
    }
    while side.len() > 1 && side.last() == Some(&' ') {
        side.pop();
    }
    side.push(OMITTED);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The context of the mention at this place.
    fn shorten(field: &str, sentence: Option<Span>, start: usize, end: usize) -> String {
        let mut whole = String::new();
        super::shorten(field, sentence, start..end, &mut whole);
        whole
    }

    fn around(field: &str, mention: &str) -> String {
        let start = field.find(mention).unwrap();
        shorten(field, None, start, start + mention.len())
    }

    #[test]
    fn a_short_sentence_stays_whole_and_white_space_collapses() {
        let field = "Before it. Talks  in\n\tBamako resumed on Monday. After it.";
        let start = field.find("Bamako").unwrap();
        let sentence = Span { start: 11, end: 48 };
        assert_eq!(
            shorten(field, Some(sentence), start, start + 6),
            "Talks in Bamako resumed on Monday."
        );
    }

    #[test]
    fn a_long_sentence_is_cut_on_both_sides_between_words() {
        let field = format!("{}Bamako {}", "avant midi ".repeat(60), "après coup ".repeat(60));
        let context = around(&field, "Bamako");
        assert!(
            context.chars().count() <= LIMIT && context.chars().count() > LIMIT - 2 * WORD,
            "{context}"
        );
        assert!(
            context.starts_with("…avant midi") || context.starts_with("…midi avant"),
            "{context}"
        );
        assert!(context.ends_with("après…") || context.ends_with("coup…"), "{context}");
        assert!(context.contains("midi Bamako après"));
    }

    #[test]
    fn room_that_one_side_leaves_goes_to_the_other() {
        let after = format!("Bamako {}", "mots ".repeat(100));
        let context = around(&after, "Bamako");
        assert!(context.starts_with("Bamako mots") && context.ends_with("mots…"));
        assert!(context.chars().count() > 230);
        let before = format!("{}Bamako", "mots ".repeat(100));
        let context = around(&before, "Bamako");
        assert!(context.starts_with("…mots") && context.ends_with("mots Bamako"));
        assert!(context.chars().count() > 230);
    }

    #[test]
    fn text_without_spaces_is_cut_on_characters_and_marks_keep_their_base() {
        let field = format!("{}بامَاكو{}", "م\u{64e}".repeat(300), "ك\u{651}".repeat(300));
        let context = around(&field, "بامَاكو");
        let characters: Vec<char> = context.chars().collect();
        assert!(characters.len() <= LIMIT && characters.len() > LIMIT - 4);
        assert_eq!((characters[0], characters[1]), ('…', 'م'));
        assert!(context.contains("بامَاكو") && context.ends_with('…'));
    }

    #[test]
    fn a_sentence_that_fits_is_the_same_whichever_way_it_is_made() {
        let spaces = [" ", "  ", "\n", "\u{a0}", " \u{2009}", "\u{3000}\t", "\r\n "];
        for space in spaces {
            let field = format!("{space}Talks{space}in{space}مالي’s{space}north{space}");
            let start = field.find("مالي").unwrap();
            assert_eq!(shorten(&field, None, start, start + 8), "Talks in مالي’s north");
            let long = format!("{}{field}{}", "avant ".repeat(40), "après ".repeat(40));
            let start = long.find("مالي").unwrap();
            let cut = shorten(&long, None, start, start + 8);
            assert!(cut.contains("avant Talks in مالي’s north après"), "{cut}");
        }
    }

    #[test]
    fn nothing_is_too_odd() {
        assert_eq!(shorten("", None, 0, 0), "");
        assert_eq!(shorten("é", Some(Span { start: 1, end: 9 }), 1, 5), "");
        let long = "x".repeat(1000);
        assert_eq!(shorten(&long, None, 0, 1000).chars().count(), LIMIT);
        assert_eq!(shorten(&long, None, 300, 540).chars().count(), LIMIT);
        for len in 225..=240 {
            assert!(shorten(&long, None, 300, 300 + len).chars().count() <= LIMIT, "{len}");
        }
    }
}
