//! Which language a document and each of its paragraphs is in. Paragraphs with their letters in, languages out.
//!
//! The language of a document is the one that its record gives. Otherwise it is that of most of its text: the script of most
//! letters chooses the paragraphs that are looked at. A paragraph has the language of its document unless it is clearly of
//! another one; nothing is said about words within a sentence.
//!
//! No crate that we know tells Hausa, Bambara and Wolof, so the profiles are our own (`data/`); `whichlang`, which is small and fast,
//! lends its n-grams where a text has few words that a profile knows. `whatlang` and `lingua` know more languages, yet not these, and the
//! models of `lingua` are larger than the rest of marsad.

mod ascii;
mod detect;
mod evidence;
mod profile;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use self::detect::{UNKNOWN, Verdict, detect, lead_over, number_of, script_of};
use super::script::{Letters, Script};
use crate::model::language::Language;

/// Bytes of text that are looked at first: some 250 words.
const SAMPLE: usize = 1600;

/// Bytes of text that are looked at when the first ones leave doubt.
const LARGE_SAMPLE: usize = 8000;

/// Bytes of a paragraph that are looked at to see whether it may be of another language.
const PROBE: usize = 120;

/// A verdict that is surer than this is not doubted.
const SURE: f32 = 0.8;

/// Letters that a paragraph in the script of its document has at least to be of another language.
const LONG: u32 = 40;

/// Points that another language is ahead of the document's to be considered, and to be believed.
const LEAD: (i64, i64) = (8, 24);

/// Languages that write ordinals with a full stop: `3. Oktober`.
const ORDINALS: [&str; 14] = [
    "de", "lb", "da", "nb", "no", "is", "fi", "et", "lv", "cs", "sk", "hr", "sl", "hu",
];

/// A paragraph: where it lies, and which letters it has.
pub(super) type Piece = (Range<usize>, Letters);

/// The language of most of a title and a body, and how sure that is.
pub(super) fn of_document(title: (&str, &[Piece]), body: (&str, &[Piece])) -> Verdict {
    let mut letters = Letters::default();
    for (_, own) in title.1.iter().chain(body.1) {
        letters.add_all(own);
    }
    let Some(script) = letters.main() else { return UNKNOWN };
    let first = detect(&sample(title, body, script, SAMPLE), script, &letters);
    if first.1 >= SURE {
        return first;
    }
    let larger = if title.0.len() + body.0.len() > SAMPLE {
        detect(&sample(title, body, script, LARGE_SAMPLE), script, &letters)
    } else {
        first
    };
    if larger.1 >= SURE {
        larger
    } else {
        by_paragraphs(body, script)
            .filter(|vote| vote.1 > larger.1)
            .unwrap_or(larger)
    }
}

/// The language that most letters of the first paragraphs are in, where each is looked at by itself: for texts in two languages.
fn by_paragraphs((text, pieces): (&str, &[Piece]), script: Script) -> Option<Verdict> {
    let mut votes: BTreeMap<Language, f32> = BTreeMap::new();
    let mut all = 0.0;
    let near = pieces
        .iter()
        .filter(|(range, letters)| range.start < LARGE_SAMPLE && letters.main() == Some(script));
    for (range, letters) in near.filter(|(_, letters)| letters.total() >= LONG) {
        let piece = &text[range.clone()];
        let (language, confidence) = detect(&piece[..piece.floor_char_boundary(SAMPLE)], script, letters);
        #[expect(clippy::cast_precision_loss, reason = "a share")]
        let weight = letters.total() as f32;
        *votes.entry(language).or_default() += weight * confidence;
        all += weight;
    }
    let (language, most) = votes.into_iter().max_by(|one, other| one.1.total_cmp(&other.1))?;
    (language != Language::UND && most > 0.5 * all).then_some((language, most / all))
}

/// At most `size` bytes of the paragraphs that are mostly of `script`.
fn sample<'a>(title: (&'a str, &[Piece]), body: (&'a str, &[Piece]), script: Script, size: usize) -> Cow<'a, str> {
    let mut sample = Cow::Borrowed("");
    for (text, pieces) in [title, body] {
        for (range, letters) in pieces {
            let room = size.saturating_sub(sample.len());
            if room == 0 {
                return sample;
            }
            if letters.main() == Some(script) {
                let piece = &text[range.clone()];
                let piece = &piece[..piece.floor_char_boundary(room)];
                if sample.is_empty() {
                    sample = Cow::Borrowed(piece);
                } else {
                    let sample = sample.to_mut();
                    sample.push('\n');
                    sample.push_str(piece);
                }
            }
        }
    }
    sample
}

/// What the paragraphs of a document are held against: its language, and what is known of that.
#[derive(Clone, Copy, Debug)]
pub(super) struct Main {
    language: Language,
    script: Option<Script>,
    number: Option<usize>,
}

impl Main {
    /// A document of this language.
    pub(super) fn of(language: Language) -> Self {
        Self {
            language,
            script: script_of(language),
            number: number_of(language),
        }
    }

    /// The language of a paragraph of the document.
    pub(super) fn of_paragraph(self, text: &str, letters: &Letters) -> Language {
        let document = self.language;
        let Some(script) = letters.main() else { return document };
        let start = |size| &text[..text.floor_char_boundary(size)];
        let leads = |size, least| {
            self.number
                .is_some_and(|own| lead_over(own, start(size), script) >= least)
        };
        let verdict = if document == Language::UND || self.script.is_some_and(|own| own != script) {
            detect(start(SAMPLE), script, letters)
        } else if self.script.is_none() || letters.total() < LONG || !leads(PROBE, LEAD.0) || !leads(SAMPLE, LEAD.1) {
            UNKNOWN
        } else {
            detect(start(SAMPLE), script, letters)
        };
        let needed = if document == Language::UND { SURE } else { 0.0 };
        if verdict.0 == Language::UND || verdict.1 < needed {
            document
        } else {
            verdict.0
        }
    }
}

/// Whether a language writes ordinals with a full stop.
pub(super) fn has_ordinals(language: Language) -> bool {
    ORDINALS.contains(&language.as_str())
}
