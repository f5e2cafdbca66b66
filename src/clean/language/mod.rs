//! Which language a text is in. Text in, a language and how sure we are out.

use super::script::{Letters, Script};
use crate::model::document::Document;
use crate::model::language::Language;

/// The language of a document, and how sure that is.
pub(super) fn of_document(document: &Document) -> (Language, f32) {
    if let Some(language) = document.language {
        return (language, 1.0);
    }
    let text = if document.body.is_empty() {
        &document.title
    } else {
        &document.body
    };
    let sample = &text[..text.floor_char_boundary(2000)];
    if sample.split_whitespace().count() < 3 {
        return (Language::UND, 0.0);
    }
    (whichlang(sample), 0.5)
}

/// The language of a paragraph of a document of `document`'s language.
pub(super) fn of_paragraph(text: &str, letters: &Letters, document: Language) -> Language {
    let _ = (text, letters, Script::Latin);
    document
}

fn whichlang(text: &str) -> Language {
    let code = match whichlang::detect_language(text).three_letter_code() {
        "ara" => "ar",
        "cmn" => "zh",
        "deu" => "de",
        "eng" => "en",
        "fra" => "fr",
        "hin" => "hi",
        "ita" => "it",
        "jpn" => "ja",
        "kor" => "ko",
        "nld" => "nl",
        "por" => "pt",
        "rus" => "ru",
        "spa" => "es",
        "swe" => "sv",
        "tur" => "tr",
        "vie" => "vi",
        _ => "und",
    };
    Language::new(code).unwrap_or(Language::UND)
}
