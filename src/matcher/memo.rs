//! What is known of words, so that it need not be found out again: most words of a text are a few common ones.
//!
//! A number that tells the bytes of a word in, all out that follows from them and the matcher: its folded letters, their hash, its flags, what it is counted as. So no answer
//! depends on what was read before, and a word may be forgotten at any time. The table is bounded: a word that finds no room takes that of the one
//! that was met longest ago. The two places of a word share a line of memory; what is seldom asked lies apart.

use std::sync::atomic::{AtomicU64, Ordering};

use xxhash_rust::xxh3::xxh3_128;

use super::letters::{fold_word, is_written_plainly};
use super::stopwords::key_of_accented;
use super::tokens::{HAS_ACCENTS, IS_ARABIC, IS_CLEANED, IS_SILENT, IS_WORD, hash};
use crate::model::words::{Spellings, key_of as spelling_key};

/// How many words are remembered at most, a power of two: 8 MB.
const MOST: usize = 1 << 18;

/// How many there is room for at first.
const FEWEST: usize = 1 << 10;

/// With so many spellings numbered, numbers begin anew when a batch ends.
const MOST_SPELT: u32 = 1 << 17;

/// How many have numbered spellings.
static NUMBERERS: AtomicU64 = AtomicU64::new(0);

/// With more folded letters than these, all is forgotten when the next document begins.
const LETTERS: usize = 1 << 22;

/// So many words of a document have numbers that are remembered.
const MOST_NUMBERED: u32 = u16::MAX as u32;

/// A place, as it is stored.
fn narrow(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

/// A word of a document.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Word {
    /// What words share that are counted as one.
    pub(super) key: u64,
    /// Where its letters are known.
    known: u32,
    /// Where it is remembered, if it still is.
    place: u32,
    /// The number of its spelling, if it was not given before numbers began anew.
    spelt: u32,
    /// The first token that is this word.
    pub(super) first: u32,
    /// How often it was counted.
    pub(super) count: u32,
    /// What it is wherever it stands: flags of a token.
    pub(super) flags: u16,
}

/// The letters of a word.
#[derive(Clone, Copy, Debug)]
struct Known {
    /// Hash of its folded letters.
    hash: u64,
    /// Where they lie.
    folded: u32,
}

/// A word that is remembered: half a line of the cache.
#[derive(Clone, Copy, Debug)]
#[repr(align(32))]
struct Remembered {
    /// What it is found by; 0 is no word.
    mark: u64,
    /// What words share that are counted as one.
    key: u64,
    /// Where its letters are known.
    known: u32,
    /// The number of its spelling, if it was not given before numbers began anew.
    spelt: u32,
    /// The document that it was met in last.
    document: u32,
    /// Its number there.
    number: u16,
    /// What it is, and in the highest bits the list of function words that says whether it is silent.
    flags: u16,
}

impl Remembered {
    /// The list of function words.
    const fn list(&self) -> u8 {
        (self.flags >> FLAGS).to_le_bytes()[0]
    }
}

/// No list of function words.
pub(super) const NO_LIST: u8 = 31;

/// A word has so many flags; what stands above them is its list.
const FLAGS: u32 = 11;

/// All flags of a word.
const ALL_FLAGS: u16 = (1 << FLAGS) - 1;

/// Room for a word.
const EMPTY: Remembered = Remembered {
    mark: 0,
    key: 0,
    known: 0,
    spelt: 0,
    document: 0,
    number: 0,
    flags: 0,
};

/// Tells of a word what its letters alone do not.
pub(super) trait Teach {
    /// Flags to be added to a word, given its folded letters, their hash and its flags.
    fn flags(&self, folded: &[u8], hash: u64, flags: u16) -> u16;

    /// The list of function words of this document, [`NO_LIST`] where none is asked.
    fn list(&self) -> u8;

    /// Whether a word says nothing by that list, given its folded letters, its flags and its key.
    fn is_silent(&self, folded: &[u8], flags: u16, key: u64) -> bool;
}

/// Tells nothing.
pub(super) struct Nothing;

impl Teach for Nothing {
    fn flags(&self, _: &[u8], _: u64, _: u16) -> u16 {
        0
    }

    fn list(&self) -> u8 {
        NO_LIST
    }

    fn is_silent(&self, _: &[u8], _: u16, _: u64) -> bool {
        false
    }
}

/// The words that are remembered, and those of one document.
#[derive(Debug, Default)]
pub(super) struct Memo {
    /// The matcher that the flags are of; 0 is none.
    matcher: u64,
    /// Pairs of words that are looked for in one place. As many as a power of two, or none.
    table: Vec<Remembered>,
    /// How many words found a free place.
    full: usize,
    /// What is known of them. Words that were forgotten since stay here, as long as a document may name them.
    known: Vec<Known>,
    /// Folded letters, each word's after their number.
    letters: Vec<u8>,
    /// The number of the document less one: 0 is none in the table.
    document: u32,
    /// Its words, and room for one more at least.
    words: Vec<Word>,
    /// How many they are.
    met: usize,
    /// Whose the numbers of spellings are; 0 is nobody yet.
    numberer: u64,
    /// The spellings that were numbered in this batch.
    batch: Spellings,
    /// What is added to their numbers in the table, less one: 0 is none there.
    before: u32,
    /// Room for a word in small letters.
    room: String,
}

impl Memo {
    /// Begins a document, and forgets all that is of another matcher or too much.
    pub(super) fn begin(&mut self, matcher: u64) {
        self.met = 0;
        if self.matcher != matcher || self.letters.len() > LETTERS || self.document >= u32::MAX - 1 {
            self.matcher = matcher;
            self.table.fill(EMPTY);
            self.full = 0;
            self.known = Vec::new();
            self.letters = Vec::new();
            self.words = Vec::new();
            self.document = 0;
        }
        self.document += 1;
    }

    /// The words of the document, in the order in which they first appear; seldom, one may stand there twice.
    pub(super) fn words(&mut self) -> &mut [Word] {
        &mut self.words[..self.met]
    }

    /// The hash of its folded letters.
    pub(super) fn hash(&self, number: u32) -> u64 {
        let word = &self.words[number as usize];
        if word.flags & HAS_ACCENTS == 0 {
            word.key
        } else {
            self.known[word.known as usize].hash
        }
    }

    /// Its folded letters.
    pub(super) fn folded(&self, number: u32) -> &[u8] {
        let known = self.words[number as usize].known;
        stored(&self.letters, self.known[known as usize].folded)
    }

    /// The number of the spelling of the word of this number, where it has one.
    pub(super) fn spelt(&self, number: u32) -> Option<u32> {
        self.words[number as usize].spelt.checked_sub(self.before + 1)
    }

    /// Gives a number to the spelling of the word of this number: as it is written, or as [`cleaned`] gives it.
    ///
    /// [`cleaned`]: super::letters::cleaned
    #[cold]
    pub(super) fn spell(&mut self, number: u32, spelling: &str) -> u32 {
        let own = self.batch.push(spelling, spelling_key(xxh3_128(spelling.as_bytes())));
        let word = &mut self.words[number as usize];
        word.spelt = self.before + 1 + own;
        let remembered = self.table.get_mut(word.place as usize);
        if let Some(same) = remembered.filter(|same| same.known == word.known) {
            same.spelt = word.spelt;
        }
        own
    }

    /// Ends a batch: the spellings that were numbered since the last one ended. After many, numbers begin anew.
    pub(super) fn end_batch(&mut self) -> Spellings {
        if self.numberer == 0 {
            self.numberer = NUMBERERS.fetch_add(1, Ordering::Relaxed) + 1;
            self.batch.numberer.0 = self.numberer;
        }
        let (numberer, anew) = self.batch.numberer;
        let next = self.batch.first + narrow(self.batch.len());
        let after = if next < MOST_SPELT {
            Spellings::after((numberer, anew), next)
        } else {
            self.before += next;
            Spellings::after((numberer, anew + 1), 0)
        };
        if self.before >= u32::MAX / 2 {
            self.before = 0;
            self.table.iter_mut().for_each(|own| own.spelt = 0);
            self.words.iter_mut().for_each(|own| own.spelt = 0);
        }
        std::mem::replace(&mut self.batch, after)
    }

    /// Looks many words up at once: where each is, if it is known. One after the other, each would wait for its line of memory.
    pub(super) fn look(&self, marks: impl Iterator<Item = u64>, places: &mut Vec<u32>) {
        places.clear();
        if self.table.is_empty() {
            places.extend(marks.map(|_| 0));
        } else {
            places.extend(marks.map(|mark| {
                let first = pair(mark, self.table.len());
                narrow(first + usize::from(self.table[first].mark != mark))
            }));
        }
    }

    /// The number in its document and the flags of the word of token `first`, which has this mark, is written `text` and may be at `place`.
    #[inline]
    pub(super) fn meet(&mut self, mark: u64, place: u32, text: &str, first: u32, teacher: &impl Teach) -> (u32, u16) {
        let mut place = place as usize;
        if self.table.get(place).is_none_or(|own| own.mark != mark) {
            place = self.find(mark, text, teacher);
        }
        if self.words.len() <= self.met {
            self.words.resize((2 * self.met).max(256), Word::default());
        }
        let own = &mut self.table[place];
        if own.list() != teacher.list() {
            ask(own, &self.known[own.known as usize], &self.letters, teacher);
        }
        // Whether a word is new to its document is a matter of chance: without a branch, no guess goes wrong.
        let document = self.document + 1;
        let new = own.document != document;
        let number = if new { narrow(self.met) } else { u32::from(own.number) };
        let flags = own.flags & ALL_FLAGS;
        // A word with a number that does not fit is as good as new where it is met again.
        own.number = number
            .to_le_bytes()
            .first_chunk()
            .map_or(0, |low| u16::from_le_bytes(*low));
        own.document = if number <= MOST_NUMBERED { document } else { 0 };
        self.words[self.met] = Word {
            key: own.key,
            known: own.known,
            place: narrow(place),
            spelt: own.spelt,
            first,
            count: 0,
            flags,
        };
        self.met += usize::from(new);
        (number, flags)
    }

    /// The place of a word that was learnt just now, or is learnt.
    #[cold]
    #[inline(never)]
    fn find(&mut self, mark: u64, text: &str, teacher: &impl Teach) -> usize {
        let first = pair(mark, self.table.len());
        let pair = self.table.get(first..first + 2).unwrap_or_default();
        match pair.iter().position(|own| own.mark == mark) {
            Some(place) => first + place,
            None => self.learn(mark, text, teacher),
        }
    }

    /// Finds out about a word; returns its place in the table.
    fn learn(&mut self, mark: u64, text: &str, teacher: &impl Teach) -> usize {
        if 2 * self.full >= self.table.len() && self.table.len() < MOST {
            self.grow();
        }
        let start = self.letters.len();
        self.letters.extend([0; 4]);
        let mut flags = fold_word(text, &mut self.letters);
        let length = narrow(self.letters.len() - start - 4);
        self.letters[start..start + 4].copy_from_slice(&length.to_le_bytes());
        let folded = &self.letters[start + 4..];
        let hash = hash(folded);
        flags |= teacher.flags(folded, hash, flags);
        let mut key = hash;
        if flags & IS_WORD != 0 && folded.len() != text.len() {
            if flags & IS_ARABIC == 0 {
                flags |= HAS_ACCENTS;
                key = key_of_accented(text, &mut self.room);
            }
            if !is_written_plainly(text) {
                flags |= IS_CLEANED;
            }
        }
        let known = narrow(self.known.len());
        self.known.push(Known {
            hash,
            folded: narrow(start),
        });
        self.put(Remembered {
            mark,
            key,
            known,
            spelt: 0,
            document: 0,
            number: 0,
            flags: flags | u16::from(NO_LIST) << FLAGS,
        })
    }

    /// Puts a word into the table, in the place of the one of its pair that was met longer ago.
    fn put(&mut self, own: Remembered) -> usize {
        let first = pair(own.mark, self.table.len());
        let place = first + usize::from(self.table[first + 1].document < self.table[first].document);
        self.full += usize::from(self.table[place].mark == 0);
        self.table[place] = own;
        place
    }

    /// Makes room for more words.
    fn grow(&mut self) {
        let room = vec![EMPTY; (4 * self.table.len()).clamp(FEWEST, MOST)];
        let old = std::mem::replace(&mut self.table, room);
        self.full = 0;
        for own in old.into_iter().filter(|own| own.mark != 0) {
            self.put(own);
        }
    }
}

/// Asks whether a word is silent.
#[cold]
fn ask(own: &mut Remembered, known: &Known, letters: &[u8], teacher: &impl Teach) {
    let list = teacher.list();
    own.flags = own.flags & ALL_FLAGS & !IS_SILENT | u16::from(list) << FLAGS;
    if list != NO_LIST && own.flags & IS_WORD != 0 {
        let silent = teacher.is_silent(stored(letters, known.folded), own.flags & ALL_FLAGS, own.key);
        own.flags |= if silent { IS_SILENT } else { 0 };
    }
}

/// The first of the two places where a word is looked for.
#[expect(clippy::cast_possible_truncation, reason = "the low bits are taken")]
fn pair(mark: u64, places: usize) -> usize {
    mark as usize & places.saturating_sub(1) & !1
}

/// The folded letters that lie at a place.
fn stored(letters: &[u8], place: u32) -> &[u8] {
    let rest = letters.get(place as usize..).unwrap_or_default();
    match rest.split_first_chunk() {
        Some((length, rest)) => rest.get(..u32::from_le_bytes(*length) as usize).unwrap_or_default(),
        None => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::super::raw::Raw;
    use super::*;

    /// Meets words of one document; the folded letters, hashes and flags of each.
    fn met(memo: &mut Memo, words: &[String]) -> Vec<(Vec<u8>, u64, u16)> {
        memo.begin(1);
        let marks: Vec<u64> = words
            .iter()
            .map(|word| Raw::of(word.as_bytes(), 0, word.len()).mark())
            .collect();
        let mut places = Vec::new();
        memo.look(marks.iter().copied(), &mut places);
        marks
            .iter()
            .zip(words)
            .zip(places)
            .map(|((&mark, word), place)| {
                let (number, flags) = memo.meet(mark, place, word, 0, &Nothing);
                (memo.folded(number).to_vec(), memo.hash(number), flags)
            })
            .collect()
    }

    #[test]
    fn what_a_word_is_does_not_depend_on_what_is_remembered() {
        let mut memo = Memo::default();
        let few: Vec<String> = [
            "Mali",
            "MALI",
            "mali",
            "النيجر",
            "-",
            "abcdefgh",
            "abcdefghijklmnop",
            "abcdefghijklmnopq",
        ]
        .map(str::to_owned)
        .into();
        let first = met(&mut memo, &few);
        assert_eq!(first[0], (b"mali".to_vec(), hash(b"mali"), first[0].2));
        assert_eq!(first, met(&mut memo, &few));
        let many: Vec<String> = (0..MOST).map(|number| format!("w{number}")).collect();
        for (word, (folded, own, _)) in many.iter().zip(met(&mut memo, &many)) {
            assert_eq!((folded.as_slice(), own), (word.as_bytes(), hash(word.as_bytes())));
        }
        assert_eq!(memo.table.len(), MOST, "no more room is taken");
        assert_eq!(first, met(&mut memo, &few), "forgotten or not");
    }

    #[test]
    fn words_of_one_document_are_numbered_as_they_appear() {
        let mut memo = Memo::default();
        let words: Vec<String> = ["b", "a", "b", "c", "a"].map(str::to_owned).into();
        met(&mut memo, &words);
        let letters: Vec<&[u8]> = (0..3).map(|number| memo.folded(number)).collect();
        assert_eq!(letters, [b"b", b"a", b"c"]);
        assert_eq!(memo.words().len(), 3);
    }
}
