//! In English.

use super::SetWords;
use crate::model::entity::Names;
use crate::model::language::Language;
use crate::render::charts::tiles::Region;
use crate::render::charts::words::en::English;
use crate::render::format::{self, Forms, plural, upper};
use crate::render::summary::en::the;

/// The language of this file.
const EN: Language = Language::EN;

impl SetWords for English {
    fn pairs(&self, span: &str) -> String {
        format!("Who is mentioned together with whom, {span}")
    }

    fn together(&self, first: &Names, second: &Names, times: &str) -> String {
        let (first, second) = (upper(&the(first)), the(second));
        format!("{first} and {second} share {times}\u{a0}times as many articles as chance would give them")
    }

    fn pairs_measure(&self) -> String {
        "Articles mentioning both, as a multiple of what chance would give; below it the 95% interval".to_owned()
    }

    fn pairs_marks(&self, hatched: bool) -> Vec<String> {
        let mut all = vec![
            "Chance: the two mentioned independently of each other in all articles. In order of articles, most first."
                .to_owned(),
            "Coloured: beyond chance (exact test, q at most 5% over all pairs). Grey: it may be chance.".to_owned(),
        ];
        if hatched {
            all.push("Hatched: fewer than five articles, counted and expected.".to_owned());
        }
        all
    }

    fn as_by_chance(&self) -> &'static str {
        "as by chance"
    }

    fn pairs_alt(&self, title: &str, pairs: &[String]) -> String {
        let most = if pairs.is_empty() {
            "No pair stands out from chance.".to_owned()
        } else {
            format!("Furthest from chance: {}.", pairs.join("; "))
        };
        format!("Triangular table in colours, one cell a pair of actors: {title}. {most}")
    }

    fn words_of_period(&self, when: &str) -> String {
        format!("Words that are more frequent {when} than at other times")
    }

    fn words_of_entity(&self, names: Option<&Names>) -> String {
        let whom = names.map_or_else(|| "the leading actor".to_owned(), the);
        format!("Words that are more frequent in articles mentioning {whom} than in others")
    }

    fn words_measure(&self) -> String {
        "How many times as frequent as in all other articles of the language; number of occurrences".to_owned()
    }

    fn words_marks(&self, unwritten: bool, absent: bool) -> Vec<String> {
        let mut all = vec![
            "The words with the highest log-likelihood, longest bar first; q at most 5% over all words tested, at least five occurrences."
                .to_owned(),
        ];
        if absent {
            all.push("0 elsewhere is reckoned as ½.".to_owned());
        }
        if unwritten {
            all.push("Words in other scripts are in the CSV file only.".to_owned());
        }
        all
    }

    fn words_heads(&self) -> [&'static str; 2] {
        ["here", "elsewhere"]
    }

    fn of_words(&self, n: u64) -> String {
        plural(EN, n, &Forms::two("{} word in all", "{} words in all"))
    }

    fn words_alt(&self, title: &str, panels: &[String]) -> String {
        format!("Bar chart of words: {title}. {}.", panels.join("; "))
    }

    fn map(&self, region: Region, span: &str) -> String {
        let place = match region {
            Region::Sahel => "West African and Sahel country",
            Region::Mena => "Middle Eastern and North African country",
            Region::Africa => "African country",
            Region::World => "country of the world",
        };
        format!("Articles mentioning each {place}, {span}")
    }

    fn map_measure(&self) -> String {
        "Articles mentioning the country, % of all articles".to_owned()
    }

    fn map_marks(&self, unwatched: bool, elsewhere: &[String]) -> Vec<String> {
        let mut all = vec![
            "One tile a country: tiles are not areas, their places are approximate and say nothing of borders."
                .to_owned(),
        ];
        if unwatched {
            all.push("Outlined: not looked for.".to_owned());
        }
        if !elsewhere.is_empty() {
            all.push(format!(
                "Mentioned, but not on this map: {}.",
                format::list(EN, elsewhere)
            ));
        }
        all
    }

    fn unwatched(&self) -> &'static str {
        "not looked for"
    }

    fn more_countries(&self, n: u64) -> String {
        plural(EN, n, &Forms::two("{} other", "{} others"))
    }

    fn map_alt(&self, title: &str, countries: &[String]) -> String {
        format!(
            "Map of equal tiles, one a country: {title}. Highest: {}.",
            countries.join(", ")
        )
    }
}
