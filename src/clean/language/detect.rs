//! Decides for a language, from the script, the words and letters of the profiles, and, where they say little, the n-grams of `whichlang`.
//! Text of one script in, a language and how sure we are out.

use super::evidence::Evidence;
use super::profile::PROFILES;
use crate::clean::script::{Letters, Script};
use crate::model::language::Language;

/// A language and how sure that is, 0–1.
pub(super) type Verdict = (Language, f32);

/// Nothing is known.
pub(super) const UNKNOWN: Verdict = (Language::UND, 0.0);

/// Below this a verdict is `und`.
const POOR: f32 = 0.5;

/// Hits a word (see [`Evidence::hits`]) that a text of its language has at least.
const KNOWN: f32 = 0.2;

/// Fewer words than this say nothing.
const FEW: u32 = 3;

/// With this many points between the first and the second language, the n-grams are not asked.
const CLEAR: u32 = 24;

/// Points of the language that the n-grams name.
const NGRAM_POINTS: u32 = 8;

/// The language of `text`, whose letters are mostly of `script`.
pub(super) fn detect(text: &str, script: Script, letters: &Letters) -> Verdict {
    let verdict = match script {
        Script::Latin | Script::Cyrillic | Script::Arabic | Script::Devanagari => by_profile(text, script),
        Script::Ethiopic => Some(by_profile(text, script))
            .filter(|verdict| verdict.1 >= POOR)
            .unwrap_or_else(|| (tag("am"), by_length(letters, script))),
        Script::Han | Script::Kana => {
            let kana = letters.of(Script::Kana);
            let japanese = kana * 10 > letters.of(Script::Han) + kana;
            (tag(if japanese { "ja" } else { "zh" }), by_length(letters, script))
        }
        _ => only_language(script).map_or(UNKNOWN, |language| (tag(language), by_length(letters, script))),
    };
    if verdict.1 < POOR { UNKNOWN } else { verdict }
}

/// The script of a language; `None` where we have no profile of it and no script of its own.
pub(super) fn script_of(language: Language) -> Option<Script> {
    let profiled = PROFILES
        .languages
        .iter()
        .find(|(known, _)| *known == language)
        .map(|(_, script)| *script);
    profiled.or_else(|| match language.as_str() {
        "zh" | "ja" => Some(Script::Han),
        own => Script::all().find(|script| only_language(*script) == Some(own)),
    })
}

/// The number of a language that has a profile.
pub(super) fn number_of(language: Language) -> Option<usize> {
    PROFILES.languages.iter().position(|(known, _)| *known == language)
}

/// How many points the best language is ahead of the one of number `own` in `text`; 0 where that is the best itself.
pub(super) fn lead_over(own: usize, text: &str, script: Script) -> i64 {
    let found = PROFILES.look(text);
    let points = found.points.iter().zip(&PROFILES.languages);
    let of_script = points.map(|(points, (_, known))| if *known == script { *points } else { 0 });
    i64::from(of_script.max().unwrap_or(0)) - i64::from(found.points[own])
}

/// The language of most texts of a script that has hardly another one.
fn only_language(script: Script) -> Option<&'static str> {
    Some(match script {
        Script::Greek => "el",
        Script::Armenian => "hy",
        Script::Hebrew => "he",
        Script::Nko => "nqo",
        Script::Bengali => "bn",
        Script::Gurmukhi => "pa",
        Script::Gujarati => "gu",
        Script::Odia => "or",
        Script::Tamil => "ta",
        Script::Telugu => "te",
        Script::Kannada => "kn",
        Script::Malayalam => "ml",
        Script::Sinhala => "si",
        Script::Thai => "th",
        Script::Lao => "lo",
        Script::Tibetan => "bo",
        Script::Myanmar => "my",
        Script::Georgian => "ka",
        Script::Hangul => "ko",
        Script::Khmer => "km",
        Script::Tifinagh => "zgh",
        Script::Adlam => "ff",
        _ => return None,
    })
}

/// How sure a script alone makes us: a few letters may be a name in a text of another language.
fn by_length(letters: &Letters, script: Script) -> f32 {
    let count = letters.of(script)
        + if script == Script::Han {
            letters.of(Script::Kana)
        } else {
            0
        };
    match count {
        0..3 => 0.3,
        3..10 => 0.7,
        _ => 0.99,
    }
}

/// The language whose words and letters the text has.
fn by_profile(text: &str, script: Script) -> Verdict {
    let mut found = PROFILES.look(text);
    if found.words < FEW {
        return UNKNOWN;
    }
    let mut order = Order::of(&found, script);
    if order.margin() < CLEAR {
        PROFILES.look_closer(text, &mut found);
        if script == Script::Latin {
            let named = tag(by_ngrams(text));
            if let Some(number) = PROFILES.languages.iter().position(|(language, _)| *language == named) {
                found.points[number] += NGRAM_POINTS;
                found.hits[number] += 2;
            }
        }
        order = Order::of(&found, script);
    }
    (PROFILES.languages[order.first].0, order.confidence(&found, script))
}

/// The two languages with most points.
#[derive(Clone, Copy, Debug, Default)]
struct Order {
    first: usize,
    most: u32,
    second: u32,
}

impl Order {
    fn of(found: &Evidence, script: Script) -> Self {
        let mut order = Self::default();
        for (number, (&points, (_, own))) in found.points.iter().zip(&PROFILES.languages).enumerate() {
            if *own != script {
                continue;
            }
            if points > order.most {
                order = Self {
                    first: number,
                    most: points,
                    second: order.most,
                };
            } else {
                order.second = order.second.max(points);
            }
        }
        order
    }

    fn margin(self) -> u32 {
        self.most - self.second
    }

    /// How sure the first is: by the points that it is ahead, and by how many of the words its profile has. A text of a language
    /// without a profile has but a few of any.
    fn confidence(self, found: &Evidence, script: Script) -> f32 {
        #[expect(clippy::cast_precision_loss, reason = "small numbers")]
        let (margin, hits, words) = (self.margin() as f32, found.hits[self.first] as f32, found.words as f32);
        let ahead = 1.0 - (-margin / 7.0).exp2();
        let known = (hits / words / KNOWN).min(1.0);
        // Outside of Latin there are few languages that have no profile.
        ahead
            * if script == Script::Latin {
                known
            } else {
                0.75 + 0.25 * known
            }
    }
}

/// The language that `whichlang` takes a text for, among the sixteen that it knows.
fn by_ngrams(text: &str) -> &'static str {
    match whichlang::detect_language(text).three_letter_code() {
        "deu" => "de",
        "eng" => "en",
        "fra" => "fr",
        "ita" => "it",
        "nld" => "nl",
        "por" => "pt",
        "spa" => "es",
        "swe" => "sv",
        "tur" => "tr",
        "vie" => "vi",
        _ => "und",
    }
}

/// A tag that is written in this room.
pub(super) fn tag(tag: &str) -> Language {
    Language::new(tag).unwrap_or(Language::UND)
}
