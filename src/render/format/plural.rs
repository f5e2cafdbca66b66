//! Which form of a noun stands beside a number.
//!
//! In: a language and a whole number. Out: the counted phrase, in the form that the plural rules of CLDR ask for (`icu_plurals`). The nouns that all
//! renderers count are here too, so that page, summary and charts decline them alike.

use icu_locale_core::locale;
use icu_plurals::{PluralCategory, PluralRules};

use super::count;
use crate::model::language::Language;

/// The category of `n` in `language`; languages that we do not know count as English.
fn category(language: Language, n: u64) -> PluralCategory {
    let locale = match language {
        Language::FR => locale!("fr"),
        Language::AR => locale!("ar"),
        _ => locale!("en"),
    };
    let rules = PluralRules::try_new_cardinal(locale.into());
    rules
        .expect("the rules of these languages are part of the program, and a test reads them")
        .category_for(n)
}

/// The forms of one counted phrase in one language; `{}` stands for the number. A form that is `None` is written as `other`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Forms {
    /// For none.
    pub(crate) zero: Option<&'static str>,
    /// For one.
    pub(crate) one: Option<&'static str>,
    /// For two.
    pub(crate) two: Option<&'static str>,
    /// For few.
    pub(crate) few: Option<&'static str>,
    /// For many.
    pub(crate) many: Option<&'static str>,
    /// For all others.
    pub(crate) other: &'static str,
}

impl Forms {
    /// A phrase with two forms, as English and French have them.
    pub(crate) const fn two(one: &'static str, other: &'static str) -> Self {
        Self {
            zero: None,
            one: Some(one),
            two: None,
            few: None,
            many: None,
            other,
        }
    }

    /// A phrase with all six forms, as Arabic has them.
    pub(crate) const fn six(
        zero: &'static str,
        one: &'static str,
        two: &'static str,
        few: &'static str,
        many: &'static str,
        other: &'static str,
    ) -> Self {
        Self {
            zero: Some(zero),
            one: Some(one),
            two: Some(two),
            few: Some(few),
            many: Some(many),
            other,
        }
    }

    /// The form of a category.
    fn of(&self, category: PluralCategory) -> &'static str {
        let form = match category {
            PluralCategory::Zero => self.zero,
            PluralCategory::One => self.one,
            PluralCategory::Two => self.two,
            PluralCategory::Few => self.few,
            PluralCategory::Many => self.many,
            PluralCategory::Other => None,
        };
        form.unwrap_or(self.other)
    }
}

/// The counted phrase: the form that `n` asks for, with the number in its place.
pub(crate) fn plural(language: Language, n: u64, forms: &Forms) -> String {
    forms.of(category(language, n)).replace("{}", &count(language, n))
}

/// A noun that reports count, in its three languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Noun {
    /// English.
    en: Forms,
    /// French.
    fr: Forms,
    /// Arabic, in the case that follows a preposition or stands second in a construct (`من مقالين`).
    ar: Forms,
}

impl Noun {
    /// So many of them: `1 article`, `12 345 articles`, `3 مقالات`.
    pub(crate) fn counted(&self, language: Language, n: u64) -> String {
        let forms = match language {
            Language::FR => &self.fr,
            Language::AR => &self.ar,
            _ => &self.en,
        };
        plural(language, n, forms)
    }
}

/// Articles.
pub(crate) const ARTICLES: Noun = Noun {
    en: Forms::two("{}\u{a0}article", "{}\u{a0}articles"),
    fr: Forms {
        many: Some("{}\u{a0}d’articles"),
        ..Forms::two("{}\u{a0}article", "{}\u{a0}articles")
    },
    ar: Forms::six(
        "0\u{a0}مقال",
        "مقال واحد",
        "مقالين",
        "{}\u{a0}مقالات",
        "{}\u{a0}مقالًا",
        "{}\u{a0}مقال",
    ),
};

/// Outlets.
pub(crate) const SOURCES: Noun = Noun {
    en: Forms::two("{}\u{a0}source", "{}\u{a0}sources"),
    fr: Forms {
        many: Some("{}\u{a0}de sources"),
        ..Forms::two("{}\u{a0}source", "{}\u{a0}sources")
    },
    ar: Forms::six(
        "0\u{a0}مصدر",
        "مصدر واحد",
        "مصدرين",
        "{}\u{a0}مصادر",
        "{}\u{a0}مصدرًا",
        "{}\u{a0}مصدر",
    ),
};

/// Mentions.
pub(crate) const MENTIONS: Noun = Noun {
    en: Forms::two("{}\u{a0}mention", "{}\u{a0}mentions"),
    fr: Forms {
        many: Some("{}\u{a0}de mentions"),
        ..Forms::two("{}\u{a0}mention", "{}\u{a0}mentions")
    },
    ar: Forms::six(
        "0\u{a0}إشارة",
        "إشارة واحدة",
        "إشارتين",
        "{}\u{a0}إشارات",
        "{}\u{a0}إشارة",
        "{}\u{a0}إشارة",
    ),
};

/// Days.
pub(crate) const DAYS: Noun = Noun {
    en: Forms::two("{}\u{a0}day", "{}\u{a0}days"),
    fr: Forms {
        many: Some("{}\u{a0}de jours"),
        ..Forms::two("{}\u{a0}jour", "{}\u{a0}jours")
    },
    ar: Forms::six(
        "0\u{a0}يوم",
        "يوم واحد",
        "يومين",
        "{}\u{a0}أيام",
        "{}\u{a0}يومًا",
        "{}\u{a0}يوم",
    ),
};

#[cfg(test)]
mod tests {
    use super::PluralCategory::{Few, Many, One, Other, Two, Zero};
    use super::*;

    #[test]
    fn categories_are_those_of_cldr() {
        let of = |language, numbers: &[u64]| numbers.iter().map(|n| category(language, *n)).collect::<Vec<_>>();
        assert_eq!(of(Language::EN, &[0, 1, 2, 101]), [Other, One, Other, Other]);
        assert_eq!(
            of(Language::FR, &[0, 1, 2, 1_000_000, 1_000_001]),
            [One, One, Other, Many, Other]
        );
        assert_eq!(
            of(Language::AR, &[0, 1, 2, 3, 10, 11, 99]),
            [Zero, One, Two, Few, Few, Many, Many]
        );
        assert_eq!(
            of(Language::AR, &[100, 101, 102, 103, 110, 111, 1000]),
            [Other, Other, Other, Few, Few, Many, Other]
        );
    }

    /// Every way in which a number governs its noun.
    const NUMBERS: [u64; 11] = [0, 1, 2, 3, 10, 11, 99, 100, 102, 103, 1000];

    #[test]
    fn nouns_agree_with_every_sort_of_number() {
        let arabic = [
            (
                ARTICLES,
                "0 مقال|مقال واحد|مقالين|3 مقالات|10 مقالات|11 مقالًا|99 مقالًا|100 مقال|102 مقال|103 مقالات|1,000 مقال",
            ),
            (
                SOURCES,
                "0 مصدر|مصدر واحد|مصدرين|3 مصادر|10 مصادر|11 مصدرًا|99 مصدرًا|100 مصدر|102 مصدر|103 مصادر|1,000 مصدر",
            ),
            (
                MENTIONS,
                "0 إشارة|إشارة واحدة|إشارتين|3 إشارات|10 إشارات|11 إشارة|99 إشارة|100 إشارة|102 إشارة|103 إشارات|1,000 إشارة",
            ),
            (
                DAYS,
                "0 يوم|يوم واحد|يومين|3 أيام|10 أيام|11 يومًا|99 يومًا|100 يوم|102 يوم|103 أيام|1,000 يوم",
            ),
        ];
        let french = [
            (ARTICLES, "article"),
            (SOURCES, "source"),
            (MENTIONS, "mention"),
            (DAYS, "jour"),
        ];
        for (noun, expected) in arabic {
            let forms = NUMBERS.map(|n| noun.counted(Language::AR, n).replace('\u{a0}', " "));
            assert_eq!(forms.join("|"), expected);
        }
        for (noun, one) in french {
            for n in NUMBERS {
                let ending = if n < 2 { "" } else { "s" };
                let expected = format!("{}\u{a0}{one}{ending}", count(Language::FR, n));
                assert_eq!(noun.counted(Language::FR, n), expected);
            }
        }
    }

    #[test]
    fn nouns_follow_their_number() {
        assert_eq!(ARTICLES.counted(Language::EN, 1), "1\u{a0}article");
        assert_eq!(ARTICLES.counted(Language::FR, 0), "0\u{a0}article");
        assert_eq!(
            ARTICLES.counted(Language::FR, 2_000_000),
            "2\u{202f}000\u{202f}000\u{a0}d’articles"
        );
        assert_eq!(ARTICLES.counted(Language::AR, 2), "مقالين");
        assert_eq!(ARTICLES.counted(Language::AR, 7), "7\u{a0}مقالات");
        assert_eq!(ARTICLES.counted(Language::AR, 35_068), "35,068\u{a0}مقالًا");
        assert_eq!(SOURCES.counted(Language::AR, 300), "300\u{a0}مصدر");
        assert_eq!(MENTIONS.counted(Language::AR, 11), "11\u{a0}إشارة");
        assert_eq!(DAYS.counted(Language::EN, 3), "3\u{a0}days");
    }
}
