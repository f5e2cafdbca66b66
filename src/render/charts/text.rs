//! How wide a text will be, and in which faces it can be written.
//!
//! Text and a kind of letter come in; widths in logical pixels go out, found with the shaper and the order of runs that resvg uses, so what is
//! measured is what is drawn. A text that has a letter which neither family knows cannot be written, and whoever asks must have another one.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use harfrust::{Direction, FontRef, ShapeOptions, ShaperData, UnicodeBuffer};
use unicode_bidi::{BidiInfo, Level};

use super::fonts::{Family, Weight, ttf};
use super::style::Colour;
use crate::model::language::Language;
use crate::render::format::digits::arab_digits;
use crate::render::format::{is_arabic, isolate_rtl};
use crate::settings::{Digits, RenderSettings};

/// A kind of letter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Type {
    /// Its size in logical pixels.
    pub(super) size: f64,
    /// Its weight.
    pub(super) weight: Weight,
    /// Its colour.
    pub(super) colour: Colour,
}

impl Type {
    /// Regular letters.
    pub(super) const fn regular(size: f64, colour: Colour) -> Self {
        Self {
            size,
            weight: Weight::Regular,
            colour,
        }
    }

    /// Semibold letters.
    pub(super) const fn semibold(size: f64, colour: Colour) -> Self {
        Self {
            size,
            weight: Weight::SemiBold,
            colour,
        }
    }
}

/// How words are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Script {
    /// Their language.
    pub(super) language: Language,
    /// Which digits Arabic has.
    pub(super) digits: Digits,
    /// Whether time runs from the right.
    pub(super) rtl_time: bool,
}

impl Script {
    /// The script of `language`, as the settings want it.
    pub(super) fn new(language: Language, settings: &RenderSettings) -> Self {
        let arabic = language == Language::AR;
        Self {
            language,
            digits: if arabic { settings.digits } else { Digits::Latin },
            rtl_time: arabic && settings.rtl_time,
        }
    }

    /// `text` with the digits and the apostrophe that are set in this script.
    pub(super) fn set(self, text: &str) -> String {
        if self.digits == Digits::Arab {
            arab_digits(text)
        } else {
            apostrophes(text)
        }
    }
}

/// `text` with `’` where a typewriter's apostrophe stands between two letters.
fn apostrophes(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        let between = out.ends_with(char::is_alphabetic) && signs.peek().is_some_and(|next| next.is_alphabetic());
        out.push(if sign == '\'' && between { '’' } else { sign });
    }
    out
}

/// A text that has been measured.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Shaped {
    /// The text with the isolates that it needs.
    pub(super) text: String,
    /// Stretches of `text`, each in one family.
    pub(super) runs: Vec<(Family, Range<usize>)>,
    /// Its width.
    pub(super) width: f64,
    /// Whether each of its letters is in one of the families.
    pub(super) whole: bool,
}

/// One glyph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Glyph {
    /// Its id in its face; 0 is the box of what is missing.
    pub(super) id: u32,
    /// The byte that it begins at.
    pub(super) byte: usize,
    /// Its advance in font units.
    pub(super) advance: i32,
}

/// `text` with the isolate that Arabic needs: usvg knows no direction and takes every paragraph to run from the left.
pub(super) fn directed(script: Script, text: &str) -> String {
    let text = script.set(text);
    if script.language == Language::AR && text.chars().any(is_arabic) {
        isolate_rtl(&text)
    } else {
        text
    }
}

/// Measures `text`, which has its isolates already.
pub(super) fn shape(text: String, kind: Type) -> Shaped {
    let main = if text.chars().any(is_arabic) {
        Family::Arabic
    } else {
        Family::Latin
    };
    let glyphs = glyphs(&text, main, kind.weight);
    let missing = missing(&glyphs);
    if missing.is_empty() {
        let width = advance(&glyphs) * kind.size;
        return Shaped {
            runs: vec![(main, 0..text.len())],
            text,
            width,
            whole: true,
        };
    }
    let others = self::glyphs(&text, main.other(), kind.weight);
    let neither = self::missing(&others);
    let whole = !missing.iter().any(|byte| neither.contains(byte));
    let mut runs: Vec<(Family, Range<usize>)> = Vec::new();
    for (at, sign) in text.char_indices() {
        let family = if missing.contains(&at) && !neither.contains(&at) {
            main.other()
        } else {
            main
        };
        let end = at + sign.len_utf8();
        match runs.last_mut() {
            Some((last, range)) if *last == family => range.end = end,
            _ => runs.push((family, at..end)),
        }
    }
    let part = |glyphs: &[Glyph], family: Family| {
        let own: Vec<Glyph> = glyphs
            .iter()
            .copied()
            .filter(|glyph| {
                runs.iter()
                    .any(|(other, range)| *other == family && range.contains(&glyph.byte))
            })
            .collect();
        advance(&own)
    };
    let width = (part(&glyphs, main) + part(&others, main.other())) * kind.size;
    Shaped {
        text,
        runs,
        width,
        whole,
    }
}

/// The width of `text` in a script.
pub(super) fn width(script: Script, text: &str, kind: Type) -> f64 {
    let key = (directed(script, text), kind.weight);
    let known = WIDTHS.with_borrow(|widths| widths.get(&key).copied());
    let em = known.unwrap_or_else(|| {
        let em = shape(key.0.clone(), Type { size: 1.0, ..kind }).width;
        WIDTHS.with_borrow_mut(|widths| {
            if widths.len() >= REMEMBERED {
                widths.clear();
            }
            widths.insert(key, em);
        });
        em
    });
    em * kind.size
}

/// So many widths are remembered.
const REMEMBERED: usize = 20_000;

thread_local! {
    /// Widths in em that this thread has measured: breaking lines asks for the same ones over and over.
    static WIDTHS: RefCell<HashMap<(String, Weight), f64>> = RefCell::default();
}

/// Whether each letter of `text` is in one of the families.
pub(super) fn can_write(text: &str) -> bool {
    shape(text.to_owned(), Type::regular(10.0, super::style::INK)).whole
}

/// `text`, cut off with an ellipsis where it is wider than `most`.
pub(super) fn shortened(script: Script, text: &str, kind: Type, most: f64) -> String {
    if width(script, text, kind) <= most {
        return text.to_owned();
    }
    let signs: Vec<char> = text.chars().collect();
    (1..signs.len())
        .rev()
        .map(|length| {
            let kept: String = signs[..length].iter().collect();
            format!("{}…", kept.trim_end_matches([' ', '\u{a0}', ',', '-', '·']))
        })
        .find(|cut| width(script, cut, kind) <= most)
        .unwrap_or_else(|| "…".to_owned())
}

/// The words of `text` on lines of at most `most`; a word that is wider has a line of its own. Only ordinary spaces break.
pub(super) fn lines(script: Script, text: &str, kind: Type, most: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let longer = lines.last().map(|line| format!("{line} {word}"));
        match longer.filter(|line| width(script, line, kind) <= most) {
            Some(line) => {
                lines.pop();
                lines.push(line);
            }
            None => lines.push(word.to_owned()),
        }
    }
    lines
}

/// The advance of `glyphs` in em.
fn advance(glyphs: &[Glyph]) -> f64 {
    glyphs.iter().map(|glyph| f64::from(glyph.advance)).sum::<f64>() / UNITS
}

/// Font units in an em, of all four faces.
const UNITS: f64 = 1000.0;

/// The bytes whose letters are missing.
fn missing(glyphs: &[Glyph]) -> Vec<usize> {
    glyphs
        .iter()
        .filter(|glyph| glyph.id == 0)
        .map(|glyph| glyph.byte)
        .collect()
}

/// One face, ready for shaping.
struct Face {
    /// The face.
    font: FontRef<'static>,
    /// What the shaper keeps of it.
    data: ShaperData,
}

/// The face of `family` in `weight`.
fn face(family: Family, weight: Weight) -> &'static Face {
    static FACES: LazyLock<[Face; 4]> = LazyLock::new(|| {
        let all = [
            (Family::Latin, Weight::Regular),
            (Family::Latin, Weight::SemiBold),
            (Family::Arabic, Weight::Regular),
            (Family::Arabic, Weight::SemiBold),
        ];
        all.map(|(family, weight)| {
            let font =
                FontRef::new(ttf(family, weight)).expect("the faces in the program are whole, and a test reads them");
            Face {
                data: ShaperData::new(&font),
                font,
            }
        })
    });
    &FACES[usize::from(family == Family::Arabic) * 2 + usize::from(weight == Weight::SemiBold)]
}

/// The glyphs of `text`, run by run in the order in which they are seen.
pub(super) fn glyphs(text: &str, family: Family, weight: Weight) -> Vec<Glyph> {
    let face = face(family, weight);
    let letters = face.data.shaper(&face.font).build();
    let bidi = BidiInfo::new(text, Some(Level::ltr()));
    let mut all = Vec::with_capacity(text.len());
    for paragraph in &bidi.paragraphs {
        let (levels, runs) = bidi.visual_runs(paragraph, paragraph.range.clone());
        for run in runs.into_iter().filter(|run| !run.is_empty()) {
            let mut buffer = UnicodeBuffer::new();
            buffer.push_str(&text[run.clone()]);
            let left = levels[run.start].is_ltr();
            buffer.set_direction(if left {
                Direction::LeftToRight
            } else {
                Direction::RightToLeft
            });
            buffer.guess_segment_properties();
            let shaped = letters.shape(buffer, ShapeOptions::new());
            all.extend(
                shaped
                    .glyph_infos()
                    .iter()
                    .zip(shaped.glyph_positions())
                    .map(|(info, position)| Glyph {
                        id: info.glyph_id,
                        byte: run.start + info.cluster as usize,
                        advance: position.x_advance,
                    }),
            );
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::charts::style::INK;

    fn script(language: Language) -> Script {
        Script::new(language, &RenderSettings::default())
    }

    const LABEL: Type = Type::regular(20.0, INK);

    #[test]
    fn digits_are_as_wide_as_each_other_in_both_families() {
        let zero = width(script(Language::EN), "0", LABEL);
        assert!((zero - 12.0).abs() < 1e-9, "{zero}");
        for digit in "123456789".chars() {
            assert!((width(script(Language::EN), &digit.to_string(), LABEL) - zero).abs() < 1e-9);
        }
        let word = width(script(Language::AR), "عام", LABEL);
        let with = width(script(Language::AR), "عام2", LABEL);
        assert!((with - word - zero).abs() < 1.0, "{word} {with}");
    }

    #[test]
    fn apostrophes_between_letters_are_curved() {
        let set = |text| script(Language::FR).set(text);
        assert_eq!(set("Signature de l'accord, 'cité'"), "Signature de l’accord, 'cité'");
        assert_eq!(set("Côte d'Ivoire"), "Côte d’Ivoire");
    }

    #[test]
    fn arabic_letters_join() {
        let joined: Vec<u32> = glyphs("مالي", Family::Arabic, Weight::Regular)
            .iter()
            .map(|glyph| glyph.id)
            .collect();
        let alone: Vec<u32> = "مالي"
            .chars()
            .rev()
            .flat_map(|sign| glyphs(&sign.to_string(), Family::Arabic, Weight::Regular))
            .map(|glyph| glyph.id)
            .collect();
        assert!(joined.iter().all(|id| *id != 0));
        assert_ne!(joined, alone, "the letters stand alone");
        assert!(joined.len() <= 4, "lam and alef are one or two glyphs");
    }

    #[test]
    fn a_percentage_stays_on_its_side_within_arabic() {
        let order = |text: &str| {
            let all = glyphs(text, Family::Arabic, Weight::Regular);
            let place = |sign: char| {
                all.iter()
                    .position(|glyph| text[glyph.byte..].starts_with(sign))
                    .unwrap()
            };
            (place('4'), place('%'))
        };
        let (digit, sign) = order("\u{2067}حصة \u{2066}42%\u{2069}\u{2069}");
        assert!(digit < sign);
        let (digit, sign) = order("\u{2067}حصة 42%\u{2069}");
        assert!(digit > sign, "without the isolate it would turn round");
    }

    #[test]
    fn isolates_have_no_width() {
        let bare = shape("42%".to_owned(), LABEL).width;
        assert!((shape("\u{2066}42%\u{2069}".to_owned(), LABEL).width - bare).abs() < 1e-9);
    }

    #[test]
    fn another_script_is_written_in_the_other_family_or_not_at_all() {
        assert!(can_write("Україна, Ελλάδα, Türkiye, النيجر"));
        assert!(!can_write("中国"));
        let mixed = shape("\u{2067}صحيفة Правда\u{2069}".to_owned(), LABEL);
        assert!(mixed.whole);
        assert_eq!(
            mixed
                .runs
                .iter()
                .map(|(family, _)| *family)
                .filter(|family| *family == Family::Latin)
                .count(),
            1
        );
        let alone = shape("Правда".to_owned(), LABEL).width;
        let arabic = shape("\u{2067}صحيفة \u{2069}".to_owned(), LABEL).width;
        assert!((mixed.width - alone - arabic).abs() < 0.5);
    }

    #[test]
    fn long_names_are_cut_and_texts_are_broken_where_they_may() {
        let cut = shortened(
            script(Language::EN),
            "United Nations Multidimensional Integrated Stabilization Mission",
            LABEL,
            240.0,
        );
        assert!(cut.ends_with('…') && width(script(Language::EN), &cut, LABEL) <= 240.0);
        assert_eq!(shortened(script(Language::EN), "Mali", LABEL, 240.0), "Mali");
        let broken = lines(
            script(Language::FR),
            "un deux\u{a0}trois quatre",
            LABEL,
            width(script(Language::FR), "un deux\u{a0}trois", LABEL),
        );
        assert_eq!(broken, ["un deux\u{a0}trois", "quatre"]);
    }
}
