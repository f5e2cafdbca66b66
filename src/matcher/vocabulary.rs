//! Every word and sign that was read, with all that follows from its letters alone: its bytes in, a number out.
//!
//! Most words of a text are a few common ones, so each is folded, hashed and asked about once and found again by its bytes. A number holds until the
//! next document begins. Then, where there are too many, words that few documents have are forgotten; what is known of a word follows from the word and
//! the matcher, so no answer depends on what was read before.

use unicode_normalization::UnicodeNormalization;
use xxhash_rust::xxh3::xxh3_128;

use super::fold;
use super::letters::{fold_word, is_written_plainly};
use super::stopwords::key_of_accented;
use super::tokens::{IS_ARABIC, IS_WORD, hash};
use super::trie::HashedMap;

/// More words than these are not kept for the next document.
const WORDS: usize = 1 << 17;

/// Nor are more letters.
const LETTERS: usize = 1 << 22;

/// In so many documents must a word have been counted to be kept when there are too many.
const KEPT: u16 = 2;

/// The bytes of a word where they are few, else a hash of them that no few bytes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Raw {
    /// The first eight bytes.
    pub(super) low: u64,
    /// The next eight.
    pub(super) high: u64,
}

impl Raw {
    /// Of the bytes `start..end` of a text.
    pub(super) fn of(text: &[u8], start: usize, end: usize) -> Self {
        match end - start {
            few @ 0..=8 => Self {
                low: eight(text, start) & first(few),
                high: 0,
            },
            few @ 9..=16 => Self {
                low: eight(text, start),
                high: eight(text, start + 8) & first(few - 8),
            },
            _ => {
                let [low, high] = halves(xxh3_128(&text[start..end]));
                // No text has the byte 0xFF.
                let high = high | 0xFF << 56;
                Self { low, high }
            }
        }
    }

    /// Where it is looked for.
    fn place(self) -> u64 {
        let product = u128::from(self.low ^ 0x9E37_79B9_7F4A_7C15) * u128::from(self.high ^ 0xD1B5_4A32_D192_ED03);
        let [low, high] = halves(product);
        low ^ high
    }
}

/// Eight bytes of a text, the first one lowest; 0 past its end.
pub(super) fn eight(text: &[u8], at: usize) -> u64 {
    let rest = text.get(at..).unwrap_or_default();
    if let Some(eight) = rest.first_chunk() {
        return u64::from_le_bytes(*eight);
    }
    let mut room = [0; 8];
    room[..rest.len()].copy_from_slice(rest);
    u64::from_le_bytes(room)
}

/// A mask of the first `bytes` of eight.
pub(super) fn first(bytes: usize) -> u64 {
    if bytes >= 8 {
        u64::MAX
    } else {
        !(u64::MAX << (8 * bytes))
    }
}

/// The low and the high half.
#[expect(clippy::cast_possible_truncation, reason = "each half is taken")]
fn halves(both: u128) -> [u64; 2] {
    [both as u64, (both >> 64) as u64]
}

/// A place, as it is stored.
fn narrow(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

/// A word as it is found again, and how often the document has it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    /// Its bytes.
    raw: Raw,
    /// The document that `count` is of.
    document: u32,
    /// How often it has been counted there.
    pub(super) count: u32,
    /// The number that words share which are counted as one.
    pub(super) key: u32,
    /// What it is wherever it stands: flags of a token.
    pub(super) flags: u16,
    /// How many documents it was counted in.
    documents: u16,
}

/// All else that is known of a word.
#[derive(Clone, Copy, Debug)]
struct Known {
    /// Hash of its folded letters.
    hash: u64,
    /// What words share that are counted as one.
    key: u64,
    /// Hash of its spelling.
    spelling_hash: [u64; 2],
    /// Its folded letters: a stretch of `letters`.
    folded: (u32, u32),
    /// Its spelling, without signs that nobody reads: a stretch of `letters`.
    spelling: (u32, u32),
    /// The list that `silent` was looked up in.
    list: u8,
    /// Whether it says nothing in that language.
    silent: bool,
}

/// A place of the table.
#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    /// Part of where the word is looked for.
    tag: u32,
    /// The word's number plus one; 0 is free.
    number: u32,
}

/// No list.
const NO_LIST: u8 = u8::MAX;

/// What a word is, as its folded letters, their hash and its flags tell: flags to be added.
pub(super) trait Teach {
    /// The flags.
    fn flags(&self, folded: &[u8], hash: u64, flags: u16) -> u16;
}

/// Tells nothing.
pub(super) struct Nothing;

impl Teach for Nothing {
    fn flags(&self, _: &[u8], _: u64, _: u16) -> u16 {
        0
    }
}

/// The words that were read.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    /// The matcher that the flags are of; 0 is none.
    matcher: u64,
    /// Where each word is found. Its length is a power of two, or 0.
    slots: Vec<Slot>,
    /// The words, by their number.
    words: Vec<Word>,
    /// What is known of them.
    known: Vec<Known>,
    /// Folded letters and spellings.
    letters: Vec<u8>,
    /// The numbers of keys.
    keys: HashedMap<u32>,
    /// The document that is counted.
    document: u32,
    /// Room for a word in small letters.
    room: String,
}

impl Vocabulary {
    /// Forgets all that is not of this matcher, and some of what is too much. All numbers end here.
    pub(super) fn begin(&mut self, matcher: u64) {
        if self.matcher != matcher {
            *self = Self {
                matcher,
                ..Self::default()
            };
        } else if self.words.len() > WORDS || self.letters.len() > LETTERS {
            self.renew();
        }
    }

    /// Keeps what many documents have, in new room; nothing, where that is still too much.
    fn renew(&mut self) {
        let old = std::mem::take(self);
        self.matcher = old.matcher;
        self.document = old.document;
        let kept = || {
            old.words
                .iter()
                .zip(&old.known)
                .filter(|(word, _)| word.documents >= KEPT)
        };
        let letters = |known: &Known| (known.folded.1 - known.folded.0 + known.spelling.1 - known.spelling.0) as usize;
        if kept().count() > WORDS / 2 || kept().map(|(_, known)| letters(known)).sum::<usize>() > LETTERS / 2 {
            return;
        }
        for (word, known) in kept() {
            let folded = self.keep(&old.letters[stretch(known.folded)]);
            let spelling = if known.spelling == known.folded {
                folded
            } else {
                self.keep(&old.letters[stretch(known.spelling)])
            };
            let known = Known {
                folded,
                spelling,
                ..*known
            };
            self.insert(word.raw, word.flags, known);
        }
    }

    /// Adds letters.
    fn keep(&mut self, letters: &[u8]) -> (u32, u32) {
        let from = self.letters.len();
        self.letters.extend_from_slice(letters);
        (narrow(from), narrow(self.letters.len()))
    }

    /// The number and the flags of the word that is written `raw`, or of `text`, where it is a new one.
    pub(super) fn number(&mut self, raw: Raw, text: &str, teacher: &impl Teach) -> (u32, u16) {
        let place = raw.place();
        if !self.slots.is_empty() {
            let mask = self.slots.len() - 1;
            let (mut slot, tag) = split(place, mask);
            loop {
                let there = self.slots[slot];
                if there.number == 0 {
                    break;
                }
                if there.tag == tag {
                    let word = &self.words[there.number as usize - 1];
                    if word.raw == raw {
                        return (there.number - 1, word.flags);
                    }
                }
                slot = (slot + 1) & mask;
            }
        }
        self.learn(raw, text, teacher)
    }

    /// Adds a new word.
    #[cold]
    fn learn(&mut self, raw: Raw, text: &str, teacher: &impl Teach) -> (u32, u16) {
        let from = self.letters.len();
        let mut flags = fold_word(text, &mut self.letters);
        let folded = (narrow(from), narrow(self.letters.len()));
        let letters = &self.letters[from..];
        let hash = hash(letters);
        flags |= teacher.flags(letters, hash, flags);
        let plain = letters.len() == text.len();
        let (mut key, mut spelling, mut spelling_hash) = (hash, folded, [0; 2]);
        if flags & IS_WORD != 0 {
            if !plain && flags & IS_ARABIC == 0 {
                key = key_of_accented(text, &mut self.room);
            }
            if letters != text.as_bytes() {
                spelling = if plain || is_written_plainly(text) {
                    self.keep(text.as_bytes())
                } else {
                    let table = fold::table();
                    let read = text.nfkc().filter(|c| fold::class(table, *c) & fold::SILENT == 0);
                    self.room.clear();
                    self.room.extend(read);
                    let room = std::mem::take(&mut self.room);
                    let spelling = self.keep(room.as_bytes());
                    self.room = room;
                    spelling
                };
            }
            spelling_hash = halves(xxh3_128(&self.letters[stretch(spelling)]));
        }
        let known = Known {
            hash,
            key,
            spelling_hash,
            folded,
            spelling,
            list: NO_LIST,
            silent: false,
        };
        (self.insert(raw, flags, known), flags)
    }

    /// Adds a word that is not there.
    fn insert(&mut self, raw: Raw, flags: u16, known: Known) -> u32 {
        let fresh = narrow(self.keys.len());
        let key = *self.keys.entry(known.key).or_insert(fresh);
        self.words.push(Word {
            raw,
            document: 0,
            count: 0,
            key,
            flags,
            documents: 0,
        });
        self.known.push(known);
        if 2 * self.words.len() > self.slots.len() {
            self.slots = vec![Slot::default(); (4 * self.words.len()).next_power_of_two().max(1 << 10)];
            for number in 0..self.words.len() {
                self.place(number);
            }
        } else {
            self.place(self.words.len() - 1);
        }
        narrow(self.words.len() - 1)
    }

    /// Puts a word into a free slot.
    fn place(&mut self, number: usize) {
        let mask = self.slots.len() - 1;
        let (mut slot, tag) = split(self.words[number].raw.place(), mask);
        while self.slots[slot].number != 0 {
            slot = (slot + 1) & mask;
        }
        self.slots[slot] = Slot {
            tag,
            number: narrow(number + 1),
        };
    }

    /// Begins to count the words of another document.
    pub(super) fn begin_count(&mut self) {
        self.document = self.document.wrapping_add(1).max(1);
    }

    /// Counts a word once more; whether it is the first time in its document.
    pub(super) fn count(&mut self, number: u32) -> bool {
        let word = &mut self.words[number as usize];
        let new = word.document != self.document;
        if new {
            word.document = self.document;
            word.count = 0;
            word.documents = word.documents.saturating_add(1);
        }
        word.count += 1;
        new
    }

    /// A word.
    pub(super) fn word(&self, number: u32) -> &Word {
        &self.words[number as usize]
    }

    /// How many keys there are: each is a number below.
    pub(super) fn keys(&self) -> usize {
        self.keys.len()
    }

    /// The hash of a word's folded letters.
    pub(super) fn hash(&self, number: u32) -> u64 {
        self.known[number as usize].hash
    }

    /// The folded letters of a word.
    pub(super) fn folded(&self, number: u32) -> &[u8] {
        &self.letters[stretch(self.known[number as usize].folded)]
    }

    /// A word as it is shown, and the hash of that.
    pub(super) fn spelling(&self, number: u32) -> (&str, u128) {
        let known = &self.known[number as usize];
        let spelling = std::str::from_utf8(&self.letters[stretch(known.spelling)]).unwrap_or_default();
        let [low, high] = known.spelling_hash;
        (spelling, u128::from(high) << 64 | u128::from(low))
    }

    /// Whether a word says nothing by the list of this number: from memory, or from `find`, which has its folded letters and its key.
    pub(super) fn is_silent(&mut self, number: u32, list: u8, find: impl FnOnce(&[u8], u64) -> bool) -> bool {
        let known = &mut self.known[number as usize];
        if known.list != list {
            known.list = list;
            known.silent = find(&self.letters[stretch(known.folded)], known.key);
        }
        known.silent
    }
}

/// A stretch as a range.
fn stretch((from, to): (u32, u32)) -> std::ops::Range<usize> {
    from as usize..to as usize
}

/// The slot and the tag of a place.
#[expect(clippy::cast_possible_truncation, reason = "the low bits are taken")]
fn split(place: u64, mask: usize) -> (usize, u32) {
    (place as usize & mask, (place >> 32) as u32)
}
