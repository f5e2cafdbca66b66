//! Sentences of a paragraph. It looks at stops only, and asks [`super::stop`] whether one ends a sentence. Text in, byte ranges out.
//!
//! Why not the crate's sentences: `unicode-segmentation` looks every character up (some 70 MB/s of English), and does not know `Mr.` We read what
//! may be a stop. The rules are those of UAX #29 (SB6–SB11), tested against the crate, with these differences on purpose:
//!
//! - an abbreviation, an initial or an ordinal does not end a sentence where a capital follows (`J. K. Rowling`, `am 3. Oktober`);
//! - `?` and `!` do not end one before a small letter (`“Why?” he asked`), as a full stop does not;
//! - an ellipsis (`…` too, which is no stop in UAX #29) needs white space after it;
//! - a full stop after an ordinary word ends a sentence before a number, whatever comes after the number;
//! - a closing quote after a space (French `. »`) belongs to the sentence before it;
//! - a sentence has a letter: `1.` alone is none, and goes with what follows.

use std::ops::Range;

use super::lines::trim;
use super::marks::Marks;
use super::stop::{Stop, end_of_sentence, stop_at};

/// Gives the sentences of a paragraph of `text`, which the marks are of, in order, without white space at their ends. `ordinals` is
/// whether a stop after a number may make an ordinal of it, as in German.
pub(super) fn sentences(
    text: &str,
    marks: &Marks,
    paragraph: Range<usize>,
    ordinals: bool,
    mut give: impl FnMut(Range<usize>),
) {
    let text = &text[..paragraph.end];
    let mut start = paragraph.start;
    let mut at = start;
    while let Some(found) = marks.next_stop(at).filter(|found| *found < text.len()) {
        at = found;
        let Some((stop, from, length)) = stop_at(text, at, start) else {
            at += 1;
            continue;
        };
        let (stop, after) = run_of_stops(text, stop, from + length);
        if let Some(end) = end_of_sentence(text, start, from..after, stop, ordinals) {
            give(start..end);
            start = trim(text, end..text.len()).start;
            at = start;
        } else {
            at = after;
        }
    }
    if start < text.len() {
        give(start..text.len());
    }
}

/// Follows a run of stops to its end. Two full stops or more are an ellipsis, and a strong stop makes the run strong.
fn run_of_stops(text: &str, mut stop: Stop, mut end: usize) -> (Stop, usize) {
    while let Some((next, from, length)) = stop_at(text, end, end) {
        if from != end {
            break;
        }
        stop = match (stop, next) {
            (Stop::Strong, _) | (_, Stop::Strong) => Stop::Strong,
            _ => Stop::Ellipsis,
        };
        end += length;
    }
    (stop, end)
}
