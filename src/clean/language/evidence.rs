//! What a text has of every profile: points for the words and letters in it. Text in, points for each language out.

use super::profile::{BETWEEN, MOST, NOTHING, Profiles, SLOTS, key, mark, next_key, slot};
use crate::clean::fold::{Role, wide};

/// A letter speaks no more often than this.
const OFTEN: u32 = 4;

/// A text of so many letters beyond ASCII has the usual ones of its language.
const MANY: u32 = 20;

/// What a text has of every language.
#[derive(Clone, Debug)]
pub(super) struct Evidence {
    /// Points, by the number of the language.
    pub(super) points: [u32; MOST],
    /// Two for each word that is in its profile, and one for each that begins or ends like its words, by the number of the language.
    pub(super) hits: [u32; MOST],
    /// Words of the text.
    pub(super) words: u32,
}

impl Profiles {
    /// What `text` has of every language.
    pub(super) fn look(&self, text: &str) -> Evidence {
        let mut found = Evidence {
            points: [0; MOST],
            hits: [0; MOST],
            words: 0,
        };
        let mut seen = [0_u32; 256];
        let mut key = 0;
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            let small = if byte < 0x80 {
                at += 1;
                u32::from(self.small[usize::from(byte)])
            } else {
                let Some(c) = text[at..].chars().next() else { break };
                at += c.len_utf8();
                let small = self.small(c);
                seen[usize::from(self.letters.get(small as usize).copied().unwrap_or(0))] += 1;
                small
            };
            if small > u32::from(NOTHING) {
                key = next_key(key, small);
            } else if small == u32::from(BETWEEN) && key != 0 {
                self.count_word(key, &mut found);
                key = 0;
            }
        }
        if key != 0 {
            self.count_word(key, &mut found);
        }
        self.count_letters(&seen, &mut found);
        found
    }

    /// Adds what the letters say, which were seen so many times.
    fn count_letters(&self, seen: &[u32; 256], found: &mut Evidence) {
        for (count, points) in seen[1..]
            .iter()
            .zip(&self.letter_points)
            .filter(|(count, _)| **count > 0)
        {
            for (number, points) in points {
                found.points[usize::from(*number)] += u32::from(*points) * (*count).min(OFTEN);
            }
        }
        if seen.iter().sum::<u32>() >= MANY {
            for (number, points, letters) in &self.wanted {
                if letters.iter().all(|letter| seen[usize::from(*letter)] == 0) {
                    let own = &mut found.points[usize::from(*number)];
                    *own = own.saturating_sub(*points);
                }
            }
        }
    }

    /// The small letter of `c`, or [`BETWEEN`] or [`NOTHING`].
    fn small(&self, c: char) -> u32 {
        match self.small.get(c as usize) {
            Some(small) => u32::from(*small),
            None => match wide(c).role {
                Role::Letter | Role::Mark | Role::Word => u32::from(c.to_lowercase().next().unwrap_or(c)),
                Role::Digit | Role::Between | Role::Nothing => u32::from(BETWEEN),
            },
        }
    }

    fn count_word(&self, key: u64, found: &mut Evidence) {
        found.words += 1;
        let (mut slot, mark) = (slot(key), mark(key));
        while self.marks[slot] != 0 {
            if self.marks[slot] == mark {
                let (start, end) = self.places[slot];
                for (number, points) in &self.points[start as usize..end as usize] {
                    found.points[usize::from(*number)] += u32::from(*points);
                    found.hits[usize::from(*number)] += 2;
                }
                return;
            }
            slot = (slot + 1) % SLOTS;
        }
    }

    /// Adds what the beginnings and endings of the words of `text` say.
    pub(super) fn look_closer(&self, text: &str, found: &mut Evidence) {
        let mut word = String::new();
        for part in text.split(|c| self.small(c) == u32::from(BETWEEN)) {
            word.clear();
            word.extend(
                part.chars()
                    .filter_map(|c| char::from_u32(self.small(c)).filter(|c| *c > '\u{1}')),
            );
            let length = word.chars().count();
            for size in 2..=4.min(length.saturating_sub(2)) {
                let begins = key(word.chars().take(size).chain(['-']));
                let ends = key(['-'].into_iter().chain(word.chars().skip(length - size)));
                for (number, points) in [begins, ends].iter().filter_map(|key| self.affixes.get(key)).flatten() {
                    found.points[usize::from(*number)] += u32::from(*points);
                    found.hits[usize::from(*number)] += 1;
                }
            }
        }
    }
}
