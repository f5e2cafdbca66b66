//! The fixed words of page and summary, in each language: headings, names of columns, what each file holds.
//!
//! In: a language and the name of a label. Out: its text. The texts are data, in `labels.toml`; sentences that depend on figures are in
//! [`summary`](super::summary).

use std::collections::BTreeMap;

use serde::Deserialize;

use super::format::digits::arab_digits;
use crate::model::language::Language;
use crate::settings::Digits;

/// The texts.
const TEXTS: &str = include_str!("labels.toml");

/// One label in each language.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Label {
    /// English.
    en: String,
    /// French.
    fr: String,
    /// Arabic.
    ar: String,
}

/// Every label in one language.
#[derive(Clone, Debug)]
pub(crate) struct Labels {
    /// The language.
    language: Language,
    /// The labels by name.
    texts: BTreeMap<String, Label>,
    /// Whether numbers have the digits of the Arab east.
    eastern: bool,
}

impl Labels {
    /// The labels in `language`; English where the language is none of the three.
    pub(crate) fn new(language: Language) -> Self {
        let texts = toml::from_str(TEXTS).expect("labels.toml is part of the program, and a test reads it");
        Self {
            language,
            texts,
            eastern: false,
        }
    }

    /// The same with the digits that Arabic shall have.
    pub(crate) fn with_digits(language: Language, digits: Digits) -> Self {
        let mut all = Self::new(language);
        all.eastern = language == Language::AR && digits == Digits::Arab;
        if all.eastern {
            for label in all.texts.values_mut() {
                label.ar = arab_digits(&label.ar);
            }
        }
        all
    }

    /// Whether numbers have the digits of the Arab east.
    pub(crate) const fn eastern(&self) -> bool {
        self.eastern
    }

    /// `text`, which holds numbers, with the digits that the labels have.
    pub(crate) fn set(&self, text: &str) -> String {
        if self.eastern {
            arab_digits(text)
        } else {
            text.to_owned()
        }
    }

    /// The label called `name`; empty where there is none, which a test of the page finds.
    pub(crate) fn get(&self, name: &str) -> &str {
        debug_assert!(self.texts.contains_key(name), "labels.toml has no {name}");
        self.find(name).unwrap_or_default()
    }

    /// The label called `name`, if there is one.
    pub(crate) fn find(&self, name: &str) -> Option<&str> {
        self.texts.get(name).map(|label| match self.language {
            Language::AR => label.ar.as_str(),
            Language::FR => label.fr.as_str(),
            _ => label.en.as_str(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_label_is_there_in_every_language() {
        let labels = Labels::new(Language::AR).texts;
        assert!(labels.len() > 50);
        for (name, label) in labels {
            assert!(
                !label.en.is_empty() && !label.fr.is_empty() && !label.ar.is_empty(),
                "{name}"
            );
            let arabic = label
                .ar
                .chars()
                .filter(|sign| crate::render::format::is_arabic(*sign))
                .count();
            assert!(
                arabic > 1 || matches!(name.as_str(), "png" | "svg" | "csv"),
                "{name} is not Arabic"
            );
            assert!(
                !label.fr.contains(" :") && !label.fr.contains(" ;"),
                "{name}: French wants a no-break space"
            );
        }
    }
}
