//! The one pass over the text that counts words and letters and hashes each word. Runs of text in, counts and hashes out.
//!
//! A text is the sequence of its words: what it says is hashed by the hashes of its words (see [`super::run`]), so nothing but words makes
//! a difference.

use std::ops::Range;

use xxhash_rust::xxh3::xxh3_128;

use super::hash::{SHORT, Short};
use super::marks::Marks;
use super::quick::{Quick, take_ascii};
use super::run::Folder;
use super::script::{Letters, Script};

/// The bits that no byte of ASCII has.
const NOT_ASCII: u64 = 0x8080_8080_8080_8080;

/// Counts and hashes the words of a document, paragraph by paragraph.
#[derive(Debug, Default)]
pub(super) struct Normaliser {
    quick: Quick,
    folder: Folder,
    hashes: Vec<[u8; 8]>,
    words: usize,
}

impl Normaliser {
    /// Begins another document.
    pub(super) fn begin(&mut self) {
        self.hashes.clear();
        self.words = 0;
    }

    /// Words so far.
    pub(super) fn words(&self) -> u32 {
        u32::try_from(self.words).unwrap_or(u32::MAX)
    }

    /// The hashes of the words so far, little-endian. They may be more than the words that are counted: the parts of a blob.
    pub(super) fn hashes(&self) -> &[[u8; 8]] {
        &self.hashes
    }

    /// Takes in a paragraph of `text`, and says which letters it has.
    pub(super) fn take(&mut self, text: &str, marks: &Marks, paragraph: Range<usize>) -> Letters {
        let mut letters = Letters::default();
        let (mut latin, mut words) = (0, 0);
        let bytes = text.as_bytes();
        marks.runs(paragraph, |start, end| {
            let length = end - start;
            if length <= SHORT {
                let run = Short::of(&bytes[start..], length);
                if (run.0[0] | run.0[1]) & NOT_ASCII == 0 {
                    let (hash, count) = take_ascii(run, length);
                    self.hashes.push(hash.to_le_bytes());
                    latin += count;
                    words += 1;
                    return;
                }
                if let Some((hash, count, script)) = self.quick.take_pairs(run, length) {
                    self.hashes.push(hash);
                    letters.add(script, count);
                    words += 1;
                    return;
                }
            }
            words += self.take_run(&text[start..end], &mut letters);
        });
        self.words += words;
        letters.add(Script::Latin, latin);
        letters
    }

    /// Takes in a run that is not short or not ASCII, and says how many words it counts for.
    fn take_run(&mut self, run: &str, letters: &mut Letters) -> usize {
        let before = self.hashes.len();
        if self.quick.take(run.as_bytes(), letters, &mut self.hashes) {
            return self.hashes.len() - before;
        }
        self.folder
            .take(run, letters, |hash| self.hashes.push(hash.to_le_bytes()))
    }
}

/// What a text of these words is told by; equal for texts that say the same.
pub(super) fn text_hash(words: &[[u8; 8]]) -> u128 {
    xxh3_128(words.as_flattened())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Takes in a text as one paragraph.
    fn take(normaliser: &mut Normaliser, text: &str) -> Letters {
        let mut marks = Marks::default();
        marks.read(text);
        normaliser.begin();
        normaliser.take(text, &marks, 0..text.len())
    }

    fn hash(text: &str) -> u128 {
        let mut normaliser = Normaliser::default();
        take(&mut normaliser, text);
        text_hash(normaliser.hashes())
    }

    fn words(text: &str) -> u32 {
        let mut normaliser = Normaliser::default();
        take(&mut normaliser, text);
        normaliser.words()
    }

    #[test]
    fn words_are_runs_of_letters_or_digits() {
        assert_eq!(words("The minister's well-known 2nd plan, at 3.5 %"), 10);
        assert_eq!(words("L’eau d'été coûte 12 € – déjà."), 7);
        assert_eq!(words("وَصَلَ الرئيسُ إلى النيـــجر"), 4);
        assert_eq!(words("می‌شود و نمی‌شود"), 3);
        assert_eq!(words("习近平在北京 met 3 人"), 9);
        assert_eq!(words("e\u{301}te\u{301} \u{301} !"), 1);
        assert_eq!(words("— … !"), 0);
        assert_eq!(words("हिन्दी भाषा"), 2);
    }

    #[test]
    fn only_what_the_text_says_is_hashed() {
        assert_eq!(hash("“Peace,” she said."), hash("  \"peace\"\nSHE   said"));
        assert_eq!(hash("École d’été"), hash("e\u{301}cole d'e\u{301}te\u{301} "));
        assert_eq!(hash("قالَ الرئيــس"), hash("قال الرئيس"));
        assert_eq!(hash("中国 说\n好。"), hash("中国说好"));
        assert_eq!(hash("ガス abc"), hash("カ\u{3099}スabc"));
        assert_ne!(hash("in formation"), hash("information"));
        assert_ne!(hash("pêche"), hash("péché"));
        assert_ne!(hash("ไม่"), hash("ไม้"));
        assert_ne!(hash("يعلن"), hash("يعلم"));
        assert_eq!(hash(" — "), hash(""));
    }

    #[test]
    fn long_text_is_hashed_as_one() {
        let text = "Alpha béta ﷺ 中文 گزارش ".repeat(700);
        let other = text.replace(' ', " \n ").to_uppercase();
        assert_eq!(hash(&text), hash(&other));
        assert_ne!(hash(&text), hash(&text[..text.len() - 3]));
        let dense = "ﷺ".repeat(3000);
        assert_ne!(hash(&dense), hash(&dense[3..]));
    }

    #[test]
    fn letters_are_counted_by_script() {
        let letters = take(&mut Normaliser::default(), "Mali 2024 مالي Мали 12 马里 ɛɔ");
        let of = |script| letters.of(script);
        assert_eq!(
            [
                of(Script::Latin),
                of(Script::Arabic),
                of(Script::Cyrillic),
                of(Script::Han)
            ],
            [6, 4, 4, 2]
        );
    }
}
