//! Paragraphs of a field: lines, and lines that were only wrapped put together again. Text in, byte ranges out.
//!
//! A line break ends a paragraph unless it is a hard wrap: a line of a block (lines without a blank one between them) that was broken
//! only because its next word no longer fitted. A blank line always ends one.

use std::ops::Range;

use super::marks::Marks;

/// The widest line of wrapped text, in characters: mail and agency wires wrap between these.
const WRAP: std::ops::RangeInclusive<usize> = 50..=100;

/// Gives every paragraph of `text`, which the marks are of, in order, without surrounding white space and never empty.
pub(super) fn paragraphs(text: &str, marks: &Marks, mut give: impl FnMut(Range<usize>)) {
    let mut block: Vec<Range<usize>> = Vec::new();
    let mut rest = 0;
    while rest < text.len() {
        let (end, next) = line_end(text, marks, rest);
        let line = trim(text, rest..end);
        if line.is_empty() {
            close(text, &mut block, &mut give);
        } else {
            block.push(line);
        }
        rest = next;
    }
    close(text, &mut block, &mut give);
}

/// The part of `range` without white space at its ends.
pub(super) fn trim(text: &str, range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let start = range.end - part.trim_start().len();
    start..start + part[start - range.start..].trim_end().len()
}

/// Where the line that starts at `from` ends, and where the next one starts.
fn line_end(text: &str, marks: &Marks, from: usize) -> (usize, usize) {
    let bytes = text.as_bytes();
    let mut at = from;
    while let Some(found) = marks.next_break(at) {
        at = found;
        let length = match &bytes[at..] {
            [b'\r', b'\n', ..] | [0xC2, 0x85, ..] => 2,
            [b'\n' | 0x0B | 0x0C | b'\r', ..] => 1,
            [0xE2, 0x80, 0xA8 | 0xA9, ..] => 3,
            _ => {
                at += 1;
                continue;
            }
        };
        return (at, at + length);
    }
    (text.len(), text.len())
}

/// Gives the paragraphs of a block and empties it.
fn close(text: &str, block: &mut Vec<Range<usize>>, give: &mut impl FnMut(Range<usize>)) {
    let wraps = wraps(text, block);
    let mut lines = block.drain(..);
    let Some(mut paragraph) = lines.next() else { return };
    for (number, line) in lines.enumerate() {
        if wraps.as_ref().is_some_and(|wraps| wraps[number]) {
            paragraph.end = line.end;
        } else {
            give(std::mem::replace(&mut paragraph, line));
        }
    }
    give(paragraph);
}

/// Which breaks of a block are wraps; `None` where none is.
///
/// A break is a wrap when the next word would have made its line longer than the longest of the block. Two lines of one length
/// look like that by chance, so the block has to look wrapped as a whole: most lines after such breaks go on in lower case, or,
/// in a script without case, there are three such breaks.
fn wraps(text: &str, block: &[Range<usize>]) -> Option<Vec<bool>> {
    if block.len() < 2 || block.iter().any(|line| line.len() > 4 * WRAP.end()) {
        return None;
    }
    let width = |range: &Range<usize>| text[range.clone()].chars().count();
    let widest = block.iter().map(width).max().filter(|widest| WRAP.contains(widest))?;
    let (mut full, mut lower, mut uncased) = (0, 0, 0);
    let wraps = block.windows(2).map(|pair| {
        let next = &text[pair[1].clone()];
        let word = next.split_whitespace().next().map_or(0, |word| word.chars().count());
        let wrap = width(&pair[0]) + 1 + word > widest;
        if wrap {
            full += 1;
            match next.chars().find(|c| c.is_alphanumeric()) {
                Some(first) if first.is_lowercase() => lower += 1,
                Some(first) if first.is_alphabetic() && !first.is_uppercase() => uncased += 1,
                _ => {}
            }
        }
        wrap
    });
    let wraps: Vec<bool> = wraps.collect();
    let looks_wrapped = if 2 * uncased > full {
        full >= 3
    } else {
        2 * lower > full || (full >= 4 && 3 * lower > full)
    };
    (full > 0 && looks_wrapped).then_some(wraps)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        let mut found = Vec::new();
        let mut marks = Marks::default();
        marks.read(text);
        paragraphs(text, &marks, |range| found.push(&text[range]));
        found
    }

    #[test]
    fn every_kind_of_line_break_ends_a_paragraph() {
        assert_eq!(
            cut("one\ntwo\r\nthree\rfour\u{2028}five\u{2029}six\u{85}seven\u{c}eight"),
            ["one", "two", "three", "four", "five", "six", "seven", "eight"]
        );
        assert_eq!(cut(" \n\n  one \u{a0}\n \t\n two\n\n"), ["one", "two"]);
        assert_eq!(cut(" \r\n "), Vec::<&str>::new());
        assert_eq!(cut("café – à côté\nÂge"), ["café – à côté", "Âge"]);
    }

    #[test]
    fn a_hard_wrap_ends_nothing() {
        let wrapped = "The harbour of the old town was closed for a third day on Tuesday while\n\
                       divers looked for the anchor that a ferry had lost in the storm of the\n\
                       weekend, the port authority said.\n\nFerries will sail again on Friday.";
        assert_eq!(cut(wrapped).len(), 2);
        assert!(cut(wrapped)[0].ends_with("authority said."));
    }

    #[test]
    fn a_list_of_headlines_is_no_wrapped_text() {
        let list = "Fishermen ask the minister for lower prices of diesel oil\n\
                    Teachers return to their schools after a strike of weeks\n\
                    Heavy rain floods the market of the capital once again\n\
                    Museum shows the letters of a poet for the first time";
        assert_eq!(cut(list).len(), 4);
    }

    #[test]
    fn lines_without_case_need_more_evidence() {
        let line = "أعلنت وزارة الزراعة أن موسم القمح هذا العام كان أفضل من الموسم الماضي";
        assert_eq!(cut(&format!("{line}\n{line}")).len(), 2);
        assert_eq!(cut(&format!("{line}\n{line}\n{line}\n{line}\nفي الجنوب")).len(), 1);
    }
}
