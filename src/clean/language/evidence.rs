//! What a text has of every profile: points for the words and letters in it. Text in, points for each language out.

use super::profile::{BETWEEN, MOST, NOTHING, Profiles, SLOTS, key, mark, next_key, slot};
use crate::clean::fold::{Role, wide};
use crate::clean::hash::{SHORT, Short};
use crate::clean::marks::runs;

/// A letter speaks no more often than this.
const OFTEN: u32 = 4;

/// A text of so many letters beyond ASCII has the usual ones of its language.
const MANY: u32 = 20;

/// One hit, where points and hits are summed up together.
const HITS: u64 = 1 << 32;

/// Points and hits of a sum.
fn unpack(sum: u64) -> [u32; 2] {
    let half = |half: u64| u32::try_from(half).unwrap_or(u32::MAX);
    [half(sum % HITS), half(sum / HITS)]
}

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
        let mut sums = [0_u64; MOST];
        let bytes = text.as_bytes();
        runs(text, |start, end| {
            let length = end - start;
            if length <= SHORT
                && let Some(word) = Short::of(&bytes[start..], length).small_letters(length)
            {
                found.words += 1;
                if let Some(place) = self.ascii.get(word.hash()) {
                    self.add_points(place, &mut sums);
                }
            } else {
                found.words += self.look_at_run(&text[start..end], &mut seen, &mut sums);
            }
        });
        for (number, sum) in sums[..self.languages.len()].iter().enumerate() {
            let [points, hits] = unpack(*sum);
            (found.points[number], found.hits[number]) = (points, hits);
        }
        self.count_letters(&seen, &mut found);
        found
    }

    /// Counts the words and letters of a run, and says how many words it has.
    fn look_at_run(&self, run: &str, seen: &mut [u32; 256], sums: &mut [u64; MOST]) -> u32 {
        let mut words = 0;
        let mut key = 0;
        for c in run.chars() {
            let small = self.small(c);
            if !c.is_ascii() {
                seen[usize::from(self.letters.get(small as usize).copied().unwrap_or(0))] += 1;
            }
            if small > u32::from(NOTHING) {
                key = next_key(key, small);
            } else if small == u32::from(BETWEEN) && key != 0 {
                self.count_word(key, sums);
                words += 1;
                key = 0;
            }
        }
        if key != 0 {
            self.count_word(key, sums);
            words += 1;
        }
        words
    }

    /// Adds what the letters say, which were seen so many times.
    fn count_letters(&self, seen: &[u32; 256], found: &mut Evidence) {
        let all = seen.iter().sum::<u32>();
        if all == 0 {
            return;
        }
        for (count, points) in seen[1..]
            .iter()
            .zip(&self.letter_points)
            .filter(|(count, _)| **count > 0)
        {
            for (number, points) in points {
                found.points[usize::from(*number)] += u32::from(*points) * (*count).min(OFTEN);
            }
        }
        if all >= MANY {
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

    /// Adds the points of a word.
    fn count_word(&self, key: u64, sums: &mut [u64; MOST]) {
        let (mut slot, mark) = (slot(key), mark(key));
        while self.marks[slot] != 0 {
            if self.marks[slot] == mark {
                return self.add_points(self.places[slot], sums);
            }
            slot = (slot + 1) % SLOTS;
        }
    }

    /// Adds the points that lie there, and two hits each.
    #[inline]
    fn add_points(&self, (start, end): (u32, u32), sums: &mut [u64; MOST]) {
        for (number, points) in &self.points[start as usize..end as usize] {
            sums[usize::from(*number)] += HITS * 2 + u64::from(*points);
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
