//! The news agencies that the documents of a story credit.
//!
//! The basis and frames of mentions come in, in any order; the agencies of a document go out. Credits are mentions of kind `agency`, whether
//! their agency is watched or not.

use std::collections::{BTreeMap, BTreeSet};

use polars::prelude::{Column, DataFrame};

use super::basis::Basis;
use super::counts::Rows;
use super::documents::told;
use crate::error::Error;
use crate::model::mention::Kind;

/// A credit stands in so many sentences at the beginning of a body, or at its end.
const NEAR_AN_END: u32 = 2;

/// The agencies that documents of stories with more than one document credit.
#[derive(Debug)]
pub(crate) struct Credits {
    /// Whether a document shares its story.
    shares: Vec<bool>,
    /// Ids of the agencies, by document.
    agencies: BTreeMap<u32, BTreeSet<String>>,
}

impl Credits {
    /// None found yet.
    pub(crate) fn new(basis: &Basis) -> Self {
        let mut shares = vec![false; basis.documents.len()];
        for doc in basis.stories().into_iter().flatten() {
            shares[doc as usize] = true;
        }
        Self {
            shares,
            agencies: BTreeMap::new(),
        }
    }

    /// Adds the credits among the rows of a frame: agencies in the first two sentences of a body, or in the last three of its document.
    ///
    /// # Errors
    ///
    /// [`Error::Analyse`] where a column is missing or holds what it should not.
    pub(crate) fn add(&mut self, frame: &DataFrame, basis: &Basis) -> Result<(), Error> {
        let sentences = frame
            .column("sentence")
            .and_then(Column::u32)
            .map_err(|error| told(&error))?;
        let rows = Rows::new(frame).map_err(|error| told(&error))?;
        for (row, sentence) in rows.zip(sentences.iter()) {
            let (row, sentence) = (row?, sentence.unwrap_or_default());
            if row.kind != Kind::Agency || row.title || !self.shares[row.doc as usize] {
                continue;
            }
            // The sentences of a document are those of its title too, mostly one, which the body does not count.
            let all = basis.documents.sentences[row.doc as usize];
            if sentence < NEAR_AN_END || sentence + NEAR_AN_END + 1 >= all {
                self.agencies.entry(row.doc).or_default().insert(row.entity.to_owned());
            }
        }
        Ok(())
    }

    /// The agencies that a document credits, as ids with `; ` between them.
    pub(crate) fn of(&self, doc: u32) -> String {
        let all = self.agencies.get(&doc).into_iter().flatten();
        all.map(String::as_str).collect::<Vec<_>>().join("; ")
    }
}
