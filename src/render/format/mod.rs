//! How numbers, dates, lists and counted nouns are written in each language of the report.
//!
//! In: plain values and a language. Out: text. Nothing is computed here but rounding. English, French and Arabic are
//! known; every other language is written as English. Conventions follow CLDR 48 (`en-GB`, `fr`, `ar` with Latin digits).
//!
//! Arabic text runs from the right, so whatever would turn round there (signs, per cent) is wrapped in an isolate.

pub(crate) mod dates;
pub(crate) mod digits;
pub(crate) mod plural;

#[allow(unused_imports, reason = "one door for the neighbours")]
pub(crate) use dates::{date, date_range, day_and_month, month_name, period_name};
#[allow(unused_imports, reason = "one door for the neighbours")]
pub(crate) use plural::{Forms, plural};

use crate::model::language::Language;

/// No-break space: inside dates, before French `:` and `;`.
pub(crate) const NBSP: char = '\u{a0}';
/// Narrow no-break space: French thousands, before the French `%`.
pub(crate) const NNBSP: char = '\u{202f}';
/// The minus sign, which is as wide as the plus.
pub(crate) const MINUS: char = '\u{2212}';
/// Opens a left-to-right isolate.
const LRI: char = '\u{2066}';
/// Opens a right-to-left isolate.
const RLI: char = '\u{2067}';
/// Closes an isolate.
const PDI: char = '\u{2069}';

/// Wraps `text` so that it runs from the left whatever stands around it.
pub(crate) fn isolate_ltr(text: &str) -> String {
    format!("{LRI}{text}{PDI}")
}

/// Wraps `text` so that it runs from the right whatever stands around it.
pub(crate) fn isolate_rtl(text: &str) -> String {
    format!("{RLI}{text}{PDI}")
}

/// `text` without isolates and other marks of direction, as files that are searched or compared want it.
pub(crate) fn without_isolates(text: &str) -> String {
    text.chars()
        .filter(|sign| !matches!(*sign, '\u{200e}' | '\u{200f}' | '\u{2066}'..='\u{2069}'))
        .collect()
}

/// Wraps `text` as a left-to-right island where the language runs from the right.
pub(crate) fn island(language: Language, text: &str) -> String {
    if language == Language::AR {
        isolate_ltr(text)
    } else {
        text.to_owned()
    }
}

/// A whole number: `12,345`, in French `12 345` with narrow no-break spaces.
pub(crate) fn count(language: Language, n: u64) -> String {
    group(language, &n.to_string())
}

/// Puts the language's separator between groups of three of `digits`.
fn group(language: Language, digits: &str) -> String {
    let separator = if language == Language::FR { NNBSP } else { ',' };
    let mut out = String::with_capacity(digits.len() * 2);
    for (place, digit) in digits.char_indices() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(separator);
        }
        out.push(digit);
    }
    out
}

/// The absolute value of `value` with so many decimals, grouped, and whether what is shown is below zero.
/// What rounds to zero has no sign.
fn unsigned(language: Language, value: f64, digits: usize) -> (String, bool) {
    let plain = format!("{:.digits$}", value.abs());
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let mut out = group(language, whole);
    if !fraction.is_empty() {
        out.push(if language == Language::FR { ',' } else { '.' });
        out.push_str(fraction);
    }
    let zero = plain.bytes().all(|byte| matches!(byte, b'0' | b'.'));
    (out, value < 0.0 && !zero)
}

/// A number with so many decimals; below zero with a minus sign, in Arabic as an island. `—` for what is no number,
/// `∞` for what has no bound.
pub(crate) fn decimal(language: Language, value: f64, digits: usize) -> String {
    if value.is_nan() {
        return "—".to_owned();
    }
    let (mut out, negative) = if value.is_infinite() {
        ("∞".to_owned(), value < 0.0)
    } else {
        unsigned(language, value, digits)
    };
    if negative {
        out.insert(0, MINUS);
        out = island(language, &out);
    }
    out
}

/// A number with so many decimals and its sign, plus or minus; what rounds to zero has none. In Arabic an island.
pub(crate) fn signed(language: Language, value: f64, digits: usize) -> String {
    if !value.is_finite() {
        return decimal(language, value, digits);
    }
    let (shown, negative) = unsigned(language, value, digits);
    let zero = shown.chars().all(|sign| matches!(sign, '0' | '.' | ','));
    if negative {
        island(language, &format!("{MINUS}{shown}"))
    } else if zero {
        shown
    } else {
        island(language, &format!("+{shown}"))
    }
}

/// A fraction 0–1 in per cent: `12%`, in French `12 %` with a narrow no-break space, in Arabic as an island.
pub(crate) fn percent(language: Language, share: f64, digits: usize) -> String {
    if !share.is_finite() {
        return decimal(language, share, digits);
    }
    let (shown, negative) = unsigned(language, share * 100.0, digits);
    let sign = if negative { MINUS.to_string() } else { String::new() };
    let unit = if language == Language::FR {
        format!("{NNBSP}%")
    } else {
        "%".to_owned()
    };
    island(language, &format!("{sign}{shown}{unit}"))
}

/// A difference of two fractions in percentage points, with its sign and without a unit: `+5.6`, `−14,1`.
pub(crate) fn points(language: Language, difference: f64, digits: usize) -> String {
    signed(language, difference * 100.0, digits)
}

/// An interval of a difference of two fractions in percentage points: `−0.7 to +14.3`.
pub(crate) fn points_range(language: Language, lo: f64, hi: f64, digits: usize) -> String {
    let to = match language {
        Language::FR => "à",
        Language::AR => "إلى",
        _ => "to",
    };
    format!("{} {to} {}", points(language, lo, digits), points(language, hi, digits))
}

/// An interval of a fraction in per cent, unit once: `38–45%`, in French `38–45 %`, in Arabic as an island.
pub(crate) fn percent_range(language: Language, lo: f64, hi: f64, digits: usize) -> String {
    let (low, _) = unsigned(language, lo * 100.0, digits);
    let (high, _) = unsigned(language, hi * 100.0, digits);
    let unit = if language == Language::FR {
        format!("{NNBSP}%")
    } else {
        "%".to_owned()
    };
    island(language, &format!("{low}–{high}{unit}"))
}

/// The items joined as prose joins them: `A, B and C`, `A, B et C`, `أ وب وج`.
pub(crate) fn list(language: Language, items: &[String]) -> String {
    let Some((last, before)) = items.split_last() else {
        return String::new();
    };
    if before.is_empty() {
        return last.clone();
    }
    match language {
        Language::AR => items
            .iter()
            .map(|item| arabic_item(item))
            .collect::<Vec<_>>()
            .join(" و"),
        Language::FR => format!("{} et {last}", before.join(", ")),
        _ => format!("{} and {last}", before.join(", ")),
    }
}

/// An item that does not begin in Arabic is isolated, so that the `و` before it stays where it belongs.
fn arabic_item(item: &str) -> String {
    let arabic = item.chars().find(|sign| sign.is_alphabetic()).is_some_and(is_arabic);
    if arabic { item.to_owned() } else { isolate_ltr(item) }
}

/// `text` with a capital at its beginning.
pub(crate) fn upper(text: &str) -> String {
    let mut signs = text.chars();
    signs
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(signs).collect())
}

/// Whether `sign` belongs to the Arabic script.
pub(crate) fn is_arabic(sign: char) -> bool {
    matches!(sign, '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{8a0}'..='\u{8ff}'
        | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The three languages that we know.
    const EN: Language = Language::EN;
    const FR: Language = Language::FR;
    const AR: Language = Language::AR;

    #[test]
    fn counts_are_grouped_by_three() {
        assert_eq!(count(EN, 0), "0");
        assert_eq!(count(EN, 999), "999");
        assert_eq!(count(EN, 12_345), "12,345");
        assert_eq!(count(FR, 1_234_567), "1\u{202f}234\u{202f}567");
        assert_eq!(count(AR, 35_068), "35,068");
        assert_eq!(count(Language::UND, 1000), "1,000");
    }

    #[test]
    fn decimals_take_the_languages_point_and_a_true_minus() {
        assert_eq!(decimal(EN, -3.25, 1), "\u{2212}3.2");
        assert_eq!(decimal(FR, 1234.56, 1), "1\u{202f}234,6");
        assert_eq!(decimal(AR, -3.3, 1), "\u{2066}\u{2212}3.3\u{2069}");
        assert_eq!(decimal(AR, 3.3, 1), "3.3");
        assert_eq!(decimal(EN, -0.01, 1), "0.0");
        assert_eq!(decimal(EN, f64::INFINITY, 1), "∞");
        assert_eq!(decimal(EN, f64::NAN, 1), "—");
    }

    #[test]
    fn signs_are_shown_but_not_on_zero() {
        assert_eq!(points(EN, 0.056, 1), "+5.6");
        assert_eq!(points(FR, -0.141, 1), "\u{2212}14,1");
        assert_eq!(points(AR, 0.02, 0), "\u{2066}+2\u{2069}");
        assert_eq!(points(EN, -0.0004, 1), "0.0");
        assert_eq!(points_range(FR, -0.194, -0.065, 1), "\u{2212}19,4 à \u{2212}6,5");
    }

    #[test]
    fn per_cent_follows_the_language() {
        assert_eq!(percent(EN, 0.123, 0), "12%");
        assert_eq!(percent(FR, 0.123, 1), "12,3\u{202f}%");
        assert_eq!(percent(AR, 0.12, 0), "\u{2066}12%\u{2069}");
        assert_eq!(percent(EN, -0.001, 0), "0%");
        assert_eq!(percent_range(FR, 0.381, 0.449, 0), "38–45\u{202f}%");
        assert_eq!(percent_range(AR, 0.381, 0.449, 0), "\u{2066}38–45%\u{2069}");
    }

    #[test]
    fn lists_are_joined_as_prose_joins_them() {
        let three = ["Russie".to_owned(), "Mali".to_owned(), "Niger".to_owned()];
        assert_eq!(list(EN, &three), "Russie, Mali and Niger");
        assert_eq!(list(FR, &three), "Russie, Mali et Niger");
        assert_eq!(list(AR, &["روسيا".to_owned(), "مالي".to_owned()]), "روسيا ومالي");
        assert_eq!(
            list(AR, &["روسيا".to_owned(), "RFI".to_owned()]),
            "روسيا و\u{2066}RFI\u{2069}"
        );
        assert_eq!(list(EN, &three[..1]), "Russie");
        assert_eq!(list(EN, &[]), "");
    }

    #[test]
    fn marks_of_direction_can_be_taken_off() {
        assert_eq!(without_isolates(&isolate_rtl(&percent(AR, 0.5, 0))), "50%");
    }
}
