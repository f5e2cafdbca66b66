//! Reads a language as records and pages give it: a tag (`ar`, `fr-FR`, `pt_BR`), an older code (`fra`) or a name (`Arabic`, `français`).
//! Text in, a language out; nothing is detected here.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::model::language::Language;

/// Names and three-letter codes of the languages that news corpora give most, by two-letter code.
static NAMES: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let lines = include_str!("data/languages.txt")
        .lines()
        .filter(|line| !line.starts_with('#'));
    let pairs = lines.filter_map(|line| line.split_once(':'));
    pairs
        .flat_map(|(code, names)| names.split('|').map(move |name| (name.trim(), code)))
        .collect()
});

/// The language that `value` names; `None` where it names none that we know.
pub(crate) fn read_language(value: &str) -> Option<Language> {
    let value = value.trim().to_lowercase();
    let primary = value.split(['-', '_', ';', ',', ' ', '.']).next().unwrap_or("");
    let named = |word: &str| NAMES.get(word).and_then(|code| Language::new(code));
    named(&value)
        .or_else(|| named(primary))
        .or_else(|| Language::new(primary))
        .filter(|language| !matches!(language.as_str(), "und" | "mul" | "mis" | "zxx" | "na" | "n/a"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_codes_and_names_are_read() {
        for (value, tag) in [
            ("ar", "ar"),
            ("fr-FR", "fr"),
            ("pt_BR", "pt"),
            ("AR", "ar"),
            ("fra", "fr"),
            ("Arabic", "ar"),
            ("français", "fr"),
            ("الإنجليزية", "en"),
            (" en ", "en"),
            ("zh-Hant-TW", "zh"),
            ("bam", "bm"),
        ] {
            assert_eq!(
                read_language(value).map(|language| language.to_string()).as_deref(),
                Some(tag),
                "{value}"
            );
        }
    }

    #[test]
    fn what_names_no_language_is_none() {
        for value in ["", "und", "unknown", "12", "mul"] {
            assert_eq!(read_language(value), None, "{value}");
        }
    }
}
