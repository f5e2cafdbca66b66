//! The words of a run of letters, as hashes. A run of text without white space or ASCII signs in, hashes and counts out. Usual runs go a
//! faster way, with the same results ([`super::quick`]).
//!
//! A word is a run of letters and digits, and each character of a script that does not space words, with its marks. It is hashed as it is
//! folded (see [`super::fold`]): so white space, punctuation, quotes, case, tatweel and vowel signs change no hash, and any other
//! letter does.

use std::ops::ControlFlow;

use super::fold::{ASCII, Folded, Role, fold, role, table, wide};
use super::hash::hash;
use super::script::{Letters, Script};

/// A word is cut where it is longer than this many folded bytes, so that no blob is held whole.
const LONGEST: usize = 4096;

/// A run is folded in pieces of this many bytes.
const PIECE: usize = 1024;

/// What the last character was.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Last {
    #[default]
    Between,
    Letter,
    Unspaced,
}

/// Folds runs.
#[derive(Debug, Default)]
pub(super) struct Folder {
    /// What is folded and not yet cut.
    folded: Vec<u8>,
    last: Last,
    words: usize,
}

impl Folder {
    /// Gives the hashes of the words of `run`, adds its letters, and says how many words it counts for.
    pub(super) fn take(&mut self, run: &str, letters: &mut Letters, mut give: impl FnMut(u64)) -> usize {
        self.folded.clear();
        (self.last, self.words) = (Last::Between, 0);
        let mut rest = run;
        while !rest.is_empty() {
            let (piece, after) = rest.split_at(rest.floor_char_boundary(PIECE));
            self.fold(piece, letters);
            rest = after;
            if self.folded.len() >= LONGEST || rest.is_empty() {
                let used = cut(&self.folded, rest.is_empty(), &mut give);
                self.folded.drain(..used);
            }
        }
        self.words
    }

    /// Folds a piece.
    fn fold(&mut self, piece: &str, letters: &mut Letters) {
        let table = table();
        for c in piece.chars() {
            if c.is_ascii() {
                self.fold_ascii(c as u8, letters);
            } else if let Some(&folded) = table.get(c as usize) {
                self.fold_near(folded, letters);
            } else {
                self.fold_wide(c, letters);
            }
        }
    }

    fn fold_ascii(&mut self, byte: u8, letters: &mut Letters) {
        let folded = ASCII[usize::from(byte)];
        if folded == 0 {
            return self.end_word();
        }
        self.go_on();
        letters.add(Script::Latin, u32::from(folded >= b'a'));
        self.folded.push(folded);
    }

    /// Folds a character of the table.
    fn fold_near(&mut self, folded: Folded, letters: &mut Letters) {
        let role = folded.role();
        match role {
            Role::Letter | Role::Digit => {
                self.go_on();
                letters.add_number(u32::from(folded.script()), u32::from(role == Role::Letter));
            }
            Role::Mark if self.last != Last::Between => {}
            Role::Between => return self.end_word(),
            Role::Mark | Role::Nothing | Role::Word => return,
        }
        self.folded.extend_from_slice(&folded.bytes()[..folded.length()]);
    }

    /// Folds a character from U+0800 on.
    fn fold_wide(&mut self, c: char, letters: &mut Letters) {
        let is = wide(c);
        match is.role {
            Role::Letter | Role::Digit => {
                self.go_on();
                letters.add(is.script, u32::from(is.role == Role::Letter));
            }
            Role::Word => {
                self.end_word();
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

    /// Begins a word, or goes on with it.
    fn go_on(&mut self) {
        self.words += usize::from(self.last != Last::Letter);
        self.last = Last::Letter;
    }

    /// Keeps a folded character.
    fn push(&mut self, c: char) {
        let mut bytes = [0; 4];
        self.folded.extend_from_slice(c.encode_utf8(&mut bytes).as_bytes());
    }

    /// Ends the word, with a space where one may be needed.
    fn end_word(&mut self) {
        if self.last == Last::Letter {
            self.folded.push(b' ');
        }
        self.last = Last::Between;
    }
}

/// Gives the words of folded `text` and says how many bytes they are; the last word is among them if the text `ends`.
fn cut(text: &[u8], ends: bool, give: &mut impl FnMut(u64)) -> usize {
    let mut start = 0;
    while start < text.len() {
        let rest = &text[start..];
        if rest[0] == b' ' {
            start += 1;
            continue;
        }
        let length = match end_of_word(rest) {
            ControlFlow::Break(length) => length.min(LONGEST),
            ControlFlow::Continue(()) if ends || rest.len() >= LONGEST => rest.len().min(LONGEST),
            ControlFlow::Continue(()) => break,
        };
        give(hash(&rest[..length]));
        start += length;
    }
    start
}

/// How long the word is that `text` begins with; nothing where it may go on after the text.
fn end_of_word(text: &[u8]) -> ControlFlow<usize> {
    let mut at = 0;
    let mut unspaced = false;
    while let Some(&byte) = text.get(at) {
        if byte == b' ' {
            return ControlFlow::Break(at);
        }
        if byte < 0xE0 && !unspaced {
            at += 1;
            continue;
        }
        let Some((c, length)) = character(&text[at..]) else {
            return ControlFlow::Continue(());
        };
        let role = role(c);
        if at > 0 && (role == Role::Word || (unspaced && role != Role::Mark)) {
            return ControlFlow::Break(at);
        }
        unspaced |= role == Role::Word;
        at += length;
    }
    ControlFlow::Continue(())
}

/// The character that `text` begins with and its length; `None` where the text ends within it.
fn character(text: &[u8]) -> Option<(char, usize)> {
    let length = match text[0] {
        0..0xC0 => 1,
        0xC0..0xE0 => 2,
        0xE0..0xF0 => 3,
        0xF0.. => 4,
    };
    let bytes = text.get(..length)?;
    // Folded text is UTF-8, so a character that is there whole can be read.
    let c = std::str::from_utf8(bytes).ok().and_then(|text| text.chars().next());
    Some((c.unwrap_or(char::REPLACEMENT_CHARACTER), length))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The hashes of the words of a run, and how many words it counts for.
    fn words(run: &str) -> (Vec<u64>, usize) {
        let mut hashes = Vec::new();
        let words = Folder::default().take(run, &mut Letters::default(), |hash| hashes.push(hash));
        (hashes, words)
    }

    #[test]
    fn a_run_may_hold_several_words() {
        assert_eq!(words("L’eau").0, [words("l").0, words("EAU").0].concat());
        assert_eq!(words("中国abc政府").0.len(), 5);
        assert_eq!(words("ガス").0, words("カ\u{3099}ス").0);
        // Vowels and tones above and below are marks, and stay with their letter.
        assert_eq!(words("ที่นี่ดีมีสี").0.len(), 5);
        assert!(words("—\u{301}“”…").0.is_empty());
        assert_eq!(words("می\u{200c}شود").0, words("میشود").0);
    }

    #[test]
    fn it_does_not_matter_where_pieces_are_cut() {
        let run = "ét\u{301}at’中国政府表示ガ\u{3099}スصرح—ไม่มีगज़𠀀𠀁fin–";
        let (once, counted) = words(run);
        assert!(once.len() > 15);
        for before in [PIECE - 40, PIECE - 20, PIECE - 3, PIECE - 2, PIECE - 1] {
            let head = format!("{}—", "x".repeat(before - 3));
            let times = 4 * LONGEST / run.len();
            let (all, words) = words(&format!("{head}{}", run.repeat(times)));
            assert_eq!((all.len(), words), (1 + times * once.len(), 1 + times * counted));
            for each in all[1..].chunks(once.len()) {
                assert_eq!(each, once);
            }
        }
    }

    #[test]
    fn a_blob_is_cut_at_the_same_places_however_it_is_written() {
        let blob = "xé".repeat(3 * LONGEST);
        let (hashes, counted) = words(&blob);
        assert_eq!(counted, 1);
        assert!((4..20).contains(&hashes.len()));
        assert_eq!(words(&blob.replace('é', "e\u{301}")).0, hashes);
        assert_eq!(words(&blob.replace('x', "\u{ad}X\u{640}")).0, hashes);
        let dense = "ﷺ".repeat(3000);
        assert_ne!(words(&dense).0, words(&dense[3..]).0);
    }
}
