//! The words of the charts that are not about time: who is mentioned with whom, which words mark what, which countries are mentioned.
//!
//! In: names and figures that have been chosen and written already. Out: text, in each language.

mod ar;
mod en;
mod fr;

use crate::model::entity::Names;
use crate::render::charts::tiles::Region;

/// The words of one language for these charts.
pub(in crate::render::charts) trait SetWords: Sync {
    /// The neutral title of the co-mentions.
    fn pairs(&self, span: &str) -> String;
    /// Two share so many times as many articles as by chance.
    fn together(&self, first: &Names, second: &Names, times: &str) -> String;
    /// Below the title of the co-mentions.
    fn pairs_measure(&self) -> String;
    /// How to read the co-mentions; `hatched` where a pair has too few articles.
    fn pairs_marks(&self, hatched: bool) -> Vec<String>;
    /// What the middle of the scale of the co-mentions is.
    fn as_by_chance(&self) -> &'static str;
    /// What the co-mentions show: the title, and the pairs that stand out most.
    fn pairs_alt(&self, title: &str, pairs: &[String]) -> String;

    /// The title of the words of a period; `when` is the period with its preposition.
    fn words_of_period(&self, when: &str) -> String;
    /// The title of the words of an entity; without names where they cannot be written.
    fn words_of_entity(&self, names: Option<&Names>) -> String;
    /// Below the title of the words.
    fn words_measure(&self) -> String;
    /// How the words were chosen; `unwritten` where some cannot be written, `absent` where some do not occur elsewhere.
    fn words_marks(&self, unwritten: bool, absent: bool) -> Vec<String>;
    /// The heads of the two columns of numbers: here and elsewhere.
    fn words_heads(&self) -> [&'static str; 2];
    /// So many words of text.
    fn of_words(&self, n: u64) -> String;
    /// What the words show: the title, and the first words of each language.
    fn words_alt(&self, title: &str, panels: &[String]) -> String;

    /// The neutral title of the map.
    fn map(&self, region: Region, span: &str) -> String;
    /// Below the title of the map.
    fn map_measure(&self) -> String;
    /// How to read the map; `unwatched` where a country of it is not watched, and the countries without a tile that are mentioned.
    fn map_marks(&self, unwatched: bool, elsewhere: &[String]) -> Vec<String>;
    /// A tile of what is not watched, in the key.
    fn unwatched(&self) -> &'static str;
    /// So many countries that are not named.
    fn more_countries(&self, n: u64) -> String;
    /// What the map shows: the title, and the countries with most articles.
    fn map_alt(&self, title: &str, countries: &[String]) -> String;
}
