//! Finds the mentions of a text. A [`Gazetteer`] and [`CleanText`]s in, [`Mention`]s out.

use crate::model::entity::Gazetteer;
use crate::model::mention::Mention;
use crate::model::text::CleanText;

/// Finds mentions.
#[derive(Debug)]
pub struct Matcher;

/// What a matcher needs between two texts.
#[derive(Debug, Default)]
pub struct Scratch;

impl Matcher {
    /// Prepares a gazetteer for searching.
    #[must_use]
    pub fn new(_gazetteer: &Gazetteer) -> Self {
        Self
    }

    /// Every mention of a text.
    #[must_use]
    pub fn find_mentions(&self, _text: &CleanText, _scratch: &mut Scratch) -> Vec<Mention> {
        Vec::new()
    }
}
