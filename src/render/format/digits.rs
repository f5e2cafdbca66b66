//! The digits of the Arab east: ٠١٢٣٤٥٦٧٨٩, with ٪ for per cent, ٬ between thousands and ٫ before decimals.
//!
//! In: an Arabic text that is finished but for its digits. Out: the same with other digits. Numbers in names of another script stay as they are,
//! and so does what the corpus says (between U+2068 and U+2069).

use super::{LRI, PDI, RLI, is_arabic};

/// Opens what is of the corpus.
const FSI: char = '\u{2068}';

/// What stands before the size of a sample.
const SIZE: &str = "n\u{a0}=\u{a0}";

/// `text` with eastern digits. An island that holds a number alone runs from the right after that, as such numbers do: its sign
/// stands at the right, its unit at the left.
pub(crate) fn arab_digits(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    let mut rest = text;
    while let Some(start) = rest.find([LRI, FSI]) {
        let (before, island) = rest.split_at(start);
        let end = island.find(PDI).map_or(island.len(), |end| end + PDI.len_utf8());
        let (island, after) = island.split_at(end);
        out.push_str(&eastern(before));
        rest = after;
        if island.starts_with(FSI) {
            out.push_str(island);
            continue;
        }
        let inside = island.trim_start_matches(LRI).trim_end_matches(PDI);
        let (size, number) = inside.strip_prefix(SIZE).map_or(("", inside), |number| (SIZE, number));
        if number.chars().any(char::is_alphabetic) {
            out.push_str(island);
        } else {
            out.push(RLI);
            out.push_str(size);
            out.push_str(&eastern(number));
            out.push(PDI);
        }
    }
    out.push_str(&eastern(rest));
    out
}

/// `text` without islands, with eastern digits in every word that has no letter of another script.
fn eastern(text: &str) -> String {
    let is_end = |sign: char| sign.is_whitespace() || matches!(sign, '(' | ')' | '،' | '؛' | RLI | PDI);
    text.split_inclusive(is_end)
        .map(|word| {
            let foreign = word.chars().any(|sign| sign.is_alphabetic() && !is_arabic(sign));
            if foreign { word.to_owned() } else { number(word) }
        })
        .collect()
}

/// `word` with eastern digits; points and commas only between two of them.
fn number(word: &str) -> String {
    let signs: Vec<char> = word.chars().collect();
    let within = |place: usize| {
        let digit = |place: Option<usize>| {
            place
                .and_then(|place| signs.get(place))
                .is_some_and(char::is_ascii_digit)
        };
        digit(place.checked_sub(1)) && digit(place.checked_add(1))
    };
    let turned = signs.iter().enumerate().map(|(place, &sign)| match sign {
        '0'..='9' => char::from_u32(u32::from(sign) - u32::from('0') + 0x660).unwrap_or(sign),
        '%' => '٪',
        '.' if within(place) => '٫',
        ',' if within(place) => '٬',
        _ => sign,
    });
    turned.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::language::Language;
    use crate::render::format::{count, percent, points};

    #[test]
    fn numbers_are_eastern_with_their_own_marks() {
        assert_eq!(arab_digits(&count(Language::AR, 12_345)), "١٢٬٣٤٥");
        assert_eq!(arab_digits(&percent(Language::AR, 0.123, 1)), "\u{2067}١٢٫٣٪\u{2069}");
        assert_eq!(
            arab_digits(&points(Language::AR, -0.02, 1)),
            "\u{2067}\u{2212}٢٫٠\u{2069}"
        );
        assert_eq!(
            arab_digits("6\u{a0}يناير\u{a0}2020، 3.5 (7)."),
            "٦\u{a0}يناير\u{a0}٢٠٢٠، ٣٫٥ (٧)."
        );
        assert_eq!(arab_digits("ر1 % من الكل"), "ر١ ٪ من الكل");
    }

    #[test]
    fn names_of_another_script_keep_theirs() {
        assert_eq!(
            arab_digits("G20 و\u{2066}France 24\u{2069} 24"),
            "G20 و\u{2066}France 24\u{2069} ٢٤"
        );
        assert_eq!(arab_digits("\u{2066}42%"), "\u{2067}٤٢٪\u{2069}");
        assert_eq!(
            arab_digits("3 من \u{2068}قناة 24\u{2069} 5"),
            "٣ من \u{2068}قناة 24\u{2069} ٥"
        );
        let size = "\u{2066}n\u{a0}=\u{a0}1,627\u{2069}";
        assert_eq!(arab_digits(size), "\u{2067}n\u{a0}=\u{a0}١٬٦٢٧\u{2069}");
    }
}
