//! When two spellings are one term: a word as the ledger spells it in, what it shares with others out.
//!
//! Capitals make no difference; accents do. Arabic words are taken without the seats of hamza, without the article and the proclitics before it, and, where
//! the corpus itself shows the rest to be the usual word, without a proclitic alone.

use std::collections::BTreeMap;

/// Letters that one of these may stand before as a word of their own: and, so, with, like, for.
const PROCLITICS: [char; 5] = ['و', 'ف', 'ب', 'ك', 'ل'];

/// What stands before a word with the article, longest first; the article after ل loses its alef.
const WITH_ARTICLE: [&str; 11] = [
    "وبال", "وكال", "فبال", "وال", "فال", "بال", "كال", "ولل", "فلل", "ال", "لل",
];

/// Words that only look as if they had an article: forms of father, mother and parents, and adults.
const WHOLE: [&str; 12] = [
    "والده",
    "والدته",
    "والدها",
    "والدتها",
    "والدي",
    "والدتي",
    "والدين",
    "والديه",
    "والديها",
    "والدهم",
    "والدنا",
    "بالغين",
];

/// So many letters are left of a word that loses its article or a proclitic.
const LEAST: usize = 3;

/// How many times as frequent a word has to be as a longer one that is taken for a proclitic and that word: `وتونس` is تونس, and `وزير` (minister) is not
/// زير. و goes before nearly everything, and few words begin with it.
const fn usual(proclitic: char) -> u64 {
    if proclitic == 'و' { 1 } else { 3 }
}

/// What a spelling shares with others of its term.
pub(crate) fn key_of(spelling: &str) -> String {
    if spelling.is_ascii() {
        return spelling.to_ascii_lowercase();
    }
    if !spelling.starts_with(is_arabic) {
        return spelling.to_lowercase();
    }
    let word: String = spelling.chars().map(unify).collect();
    if WHOLE.contains(&word.as_str()) {
        return word;
    }
    let stem = WITH_ARTICLE
        .iter()
        .find_map(|before| word.strip_prefix(before).filter(|rest| has_letters(rest)));
    stem.map_or_else(|| word.clone(), str::to_owned)
}

/// For each key that is a proclitic before another one, that other one; each key comes with how often it occurs.
pub(crate) fn roots(counts: &BTreeMap<&str, u64>) -> BTreeMap<String, String> {
    let mut roots: BTreeMap<String, String> = BTreeMap::new();
    let step = |key: &str, count: u64| {
        let proclitic = key.chars().next().filter(|first| PROCLITICS.contains(first))?;
        let rest = key.strip_prefix(proclitic).filter(|rest| has_letters(rest))?;
        counts
            .get(rest)
            .filter(|&&of_rest| of_rest >= usual(proclitic) * count)
            .map(|_| rest.to_owned())
    };
    for (&key, &count) in counts {
        let Some(mut root) = step(key, count) else { continue };
        while let Some(further) = counts.get(root.as_str()).and_then(|&count| step(&root, count)) {
            root = further;
        }
        roots.insert(key.to_owned(), root);
    }
    roots
}

/// Every key that may be `key` with a proclitic before it.
pub(crate) fn with_proclitics(key: &str) -> impl Iterator<Item = String> {
    let arabic = key.starts_with(is_arabic);
    PROCLITICS
        .into_iter()
        .filter(move |_| arabic)
        .map(move |proclitic| format!("{proclitic}{key}"))
}

/// The terms of a phrase, such as a surface form.
pub(crate) fn keys_of_phrase(phrase: &str) -> impl Iterator<Item = String> {
    phrase
        .split(|c: char| !(c.is_alphanumeric() || is_sign(c)))
        .filter(|word| !word.is_empty())
        .map(|word| key_of(&word.chars().filter(|c| !is_sign(*c)).collect::<String>()))
}

/// Whether enough letters are left.
fn has_letters(rest: &str) -> bool {
    rest.chars().count() >= LEAST
}

/// Whether a letter is one of the Arabic alphabet.
fn is_arabic(c: char) -> bool {
    matches!(c, '\u{620}'..='\u{64A}' | '\u{671}'..='\u{6D3}')
}

/// Tatweel and vowel signs, which the ledger's spellings lack.
fn is_sign(c: char) -> bool {
    matches!(c, '\u{640}' | '\u{64B}'..='\u{65F}' | '\u{670}')
}

/// One letter for those that writers exchange.
fn unify(c: char) -> char {
    match c {
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ة' => 'ه',
        'ى' | 'ئ' | 'ی' => 'ي',
        'ؤ' => 'و',
        'ک' => 'ك',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_make_no_difference_and_accents_do() {
        assert_eq!(key_of("Drought"), key_of("DROUGHT"));
        assert_eq!(key_of("Élysée"), key_of("ÉLYSÉE"));
        assert_ne!(key_of("marche"), key_of("marché"));
        assert_eq!(key_of("Москва"), "москва");
    }

    #[test]
    fn arabic_words_are_one_with_article_and_without() {
        for word in [
            "الحكومة",
            "والحكومة",
            "للحكومة",
            "وبالحكومه",
            "حكومة",
            "فالحكومة",
            "كالحكومة",
            "وللحكومة",
        ] {
            assert_eq!(key_of(word), "حكومه", "{word}");
        }
        assert_eq!(key_of("أمريكا"), key_of("امريكا"));
        for word in ["والدته", "وزير", "الله", "وكالة", "بالغة", "ألف"] {
            assert!(key_of(word).chars().count() >= word.chars().count(), "{word}");
        }
    }

    #[test]
    fn a_proclitic_alone_is_taken_off_where_the_corpus_knows_the_rest() {
        let counts = BTreeMap::from([
            ("تونس", 400),
            ("وتونس", 30),
            ("بتونس", 100),
            ("وبتونس", 2),
            ("وزير", 90),
            ("زير", 1),
            ("بطاقه", 25),
            ("طاقه", 60),
        ]);
        let expected = [("بتونس", "تونس"), ("وبتونس", "تونس"), ("وتونس", "تونس")];
        let found = roots(&counts);
        let found: Vec<(&str, &str)> = found.iter().map(|(key, root)| (key.as_str(), root.as_str())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn forms_fall_into_terms() {
        let all = |form: &str| keys_of_phrase(form).collect::<Vec<_>>().join("|");
        assert_eq!(all("Côte d'Ivoire"), "côte|d|ivoire");
        assert_eq!(all("البيت الأبيض"), "بيت|ابيض");
        assert_eq!(all("عُمان"), "عمان");
        assert!(with_proclitics("تونس").any(|key| key == "بتونس"));
        assert_eq!(with_proclitics("mali").count(), 0);
    }
}
