//! What languages are called in English, French and Arabic.

use crate::model::language::Language;

/// Tag, English, French, Arabic; sorted by tag. The languages that the detector tells apart, and those of the Sahel.
const NAMES: [(&str, [&str; 3]); 32] = [
    ("am", ["Amharic", "amharique", "الأمهرية"]),
    ("ar", ["Arabic", "arabe", "العربية"]),
    ("bm", ["Bambara", "bambara", "البمبارية"]),
    ("de", ["German", "allemand", "الألمانية"]),
    ("en", ["English", "anglais", "الإنجليزية"]),
    ("es", ["Spanish", "espagnol", "الإسبانية"]),
    ("fa", ["Persian", "persan", "الفارسية"]),
    ("ff", ["Fulah", "peul", "الفولانية"]),
    ("fr", ["French", "français", "الفرنسية"]),
    ("ha", ["Hausa", "haoussa", "الهوسا"]),
    ("he", ["Hebrew", "hébreu", "العبرية"]),
    ("hi", ["Hindi", "hindi", "الهندية"]),
    ("id", ["Indonesian", "indonésien", "الإندونيسية"]),
    ("it", ["Italian", "italien", "الإيطالية"]),
    ("ja", ["Japanese", "japonais", "اليابانية"]),
    ("ko", ["Korean", "coréen", "الكورية"]),
    ("nl", ["Dutch", "néerlandais", "الهولندية"]),
    ("pl", ["Polish", "polonais", "البولندية"]),
    ("pt", ["Portuguese", "portugais", "البرتغالية"]),
    ("ru", ["Russian", "russe", "الروسية"]),
    ("so", ["Somali", "somali", "الصومالية"]),
    ("sv", ["Swedish", "suédois", "السويدية"]),
    ("sw", ["Swahili", "swahili", "السواحيلية"]),
    ("ta", ["Tamil", "tamoul", "التاميلية"]),
    ("tr", ["Turkish", "turc", "التركية"]),
    ("uk", ["Ukrainian", "ukrainien", "الأوكرانية"]),
    ("und", ["unknown", "inconnue", "غير معروفة"]),
    ("ur", ["Urdu", "ourdou", "الأردية"]),
    ("vi", ["Vietnamese", "vietnamien", "الفيتنامية"]),
    ("wo", ["Wolof", "wolof", "الولوفية"]),
    ("yo", ["Yoruba", "yoruba", "اليوروبا"]),
    ("zh", ["Chinese", "chinois", "الصينية"]),
];

/// What `named` is called in `language`; its tag where we have no name for it.
pub(crate) fn language_name(language: Language, named: Language) -> String {
    let column = match language {
        Language::FR => 1,
        Language::AR => 2,
        _ => 0,
    };
    NAMES
        .binary_search_by(|(tag, _)| (*tag).cmp(named.as_str()))
        .map_or_else(|_| named.to_string(), |place| NAMES[place].1[column].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_found_by_tag() {
        assert!(NAMES.is_sorted());
        assert_eq!(language_name(Language::FR, Language::AR), "arabe");
        assert_eq!(language_name(Language::AR, Language::UND), "غير معروفة");
        assert_eq!(language_name(Language::EN, Language::new("tpi").unwrap()), "tpi");
    }
}
