//! The news agencies that the documents of a story credit.
//!
//! The basis and frames of mentions come in, in any order; the agencies of a document go out. Credits are mentions of kind `agency`, whether
//! their agency is watched or not. Which documents share a story does not matter here.

use std::collections::{BTreeMap, BTreeSet};

use polars::prelude::{Column, DataFrame};

use super::basis::Basis;
use super::counts::Rows;
use super::documents::told;
use crate::error::Error;
use crate::model::mention::Kind;

/// A credit stands in so many sentences at the beginning of a body, or at its end.
const NEAR_AN_END: u32 = 2;

/// The agencies that documents credit.
#[derive(Debug, Default)]
pub(crate) struct Credits {
    /// Ids of the agencies, by document.
    agencies: BTreeMap<u32, BTreeSet<String>>,
}

impl Credits {
    /// Adds the credits among the rows of a frame: agencies in the first two sentences of a body, in the last three of its document, or between
    /// brackets.
    ///
    /// # Errors
    ///
    /// [`Error::Analyse`] where a column is missing or holds what it should not.
    pub(crate) fn add(&mut self, frame: &DataFrame, basis: &Basis) -> Result<(), Error> {
        let sentences = frame
            .column("sentence")
            .and_then(Column::u32)
            .map_err(|error| told(&error))?;
        let text = |name: &str| frame.column(name).and_then(Column::str).map_err(|error| told(&error));
        let shown = text("surface")?.iter().zip(text("context")?.iter());
        let rows = Rows::new(frame).map_err(|error| told(&error))?;
        for ((row, sentence), (surface, context)) in rows.zip(sentences.iter()).zip(shown) {
            let (row, sentence) = (row?, sentence.unwrap_or_default());
            if row.kind != Kind::Agency || row.title {
                continue;
            }
            // The sentences of a document are those of its title too, mostly one, which the body does not count.
            let all = basis.documents.sentences[row.doc as usize];
            let at_an_end = sentence < NEAR_AN_END || sentence + NEAR_AN_END + 1 >= all;
            if at_an_end || in_brackets(surface.unwrap_or_default(), context.unwrap_or_default()) {
                self.agencies.entry(row.doc).or_default().insert(row.entity.to_owned());
            }
        }
        Ok(())
    }

    /// Adds an agency that a document credits.
    pub(crate) fn insert(&mut self, doc: u32, agency: String) {
        self.agencies.entry(doc).or_default().insert(agency);
    }

    /// Every credit: document and agency.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (u32, &str)> {
        self.agencies
            .iter()
            .flat_map(|(&doc, all)| all.iter().map(move |agency| (doc, agency.as_str())))
    }

    /// The agencies that a document credits, as ids with `; ` between them.
    pub(crate) fn of(&self, doc: u32) -> String {
        let all = self.agencies.get(&doc).into_iter().flatten();
        all.map(String::as_str).collect::<Vec<_>>().join("; ")
    }
}

/// Whether an agency stands alone between brackets in its sentence; some forms have their brackets with them.
fn in_brackets(surface: &str, context: &str) -> bool {
    let name = surface.trim_matches(['(', ')']);
    context
        .match_indices(name)
        .any(|(at, _)| context[..at].ends_with('(') && context[at + name.len()..].starts_with(')'))
}
