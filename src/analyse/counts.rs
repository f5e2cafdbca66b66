//! Mentions, added up by document, entity and kind.
//!
//! Frames of mentions come in one at a time, in any order and cut anywhere; a compact list of [`Tally`] goes out, sorted. Everything else
//! that is counted (periods, outlets, languages, stories) belongs to the document, so these sums are all that must be kept of the
//! mentions: twelve bytes for each document, entity and kind. A plain loop over the rows is used rather than a group-by of polars, since
//! grouping by texts would copy every key, while here a key is looked up once and is a number from then on.

use std::collections::HashMap;

use polars::prelude::{Column, DataFrame, PolarsResult};
use serde::{Deserialize, Serialize};

use super::basis::Basis;
use super::documents::told;
use crate::error::Error;
use crate::model::entity::Gazetteer;
use crate::model::evidence::DocumentStatus;
use crate::model::mention::Kind;

/// The mentions of one kind of one entity in one article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Tally {
    /// The article.
    pub(crate) doc: u32,
    /// Whom: an index into [`Gazetteer::watched`].
    pub(crate) entity: u16,
    /// The kind.
    pub(crate) kind: Kind,
    /// Whether one of them stands in the headline.
    pub(crate) title: bool,
    /// How many.
    pub(crate) mentions: u32,
}

/// All counted mentions of one entity in one article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pair {
    /// The article.
    pub(crate) doc: usize,
    /// Whom: an index into [`Gazetteer::watched`].
    pub(crate) entity: usize,
    /// Whether one of them stands in the headline.
    pub(crate) title: bool,
    /// How many.
    pub(crate) mentions: u64,
}

/// The watched entities by id.
#[derive(Debug)]
pub(crate) struct Watched<'a>(HashMap<&'a str, u16>);

impl<'a> Watched<'a> {
    /// Numbers the watched entities in watchlist order.
    ///
    /// # Errors
    ///
    /// [`Error::Analyse`] where there are more than 65,535.
    pub(crate) fn new(gazetteer: &'a Gazetteer) -> Result<Self, Error> {
        let ids = gazetteer
            .watched
            .iter()
            .map(|&index| gazetteer.entity(index).id.as_str());
        if ids.len() > usize::from(u16::MAX) {
            return Err(Error::Analyse(format!(
                "{} entities are watched; 65,535 can be: choose with -w or -e",
                ids.len()
            )));
        }
        Ok(Self(ids.zip(0..).collect()))
    }

    /// The number of an entity; `None` where it is not watched.
    pub(crate) fn number(&self, id: &str) -> Option<u16> {
        self.0.get(id).copied()
    }
}

/// The mentions of all articles, added up.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    /// The sums; sorted and one a key after [`Counts::finish`].
    tallies: Vec<Tally>,
}

impl Counts {
    /// Adds the rows of a frame that are of watched entities in articles, and counted or agency credits.
    ///
    /// # Errors
    ///
    /// [`Error::Analyse`] where a column is missing or holds what it should not.
    pub(crate) fn add(&mut self, frame: &DataFrame, basis: &Basis, watched: &Watched<'_>) -> Result<(), Error> {
        let start = self.tallies.len();
        for row in Rows::new(frame).map_err(|error| told(&error))? {
            let row = row?;
            let verdict = basis
                .verdicts
                .get(row.doc as usize)
                .ok_or_else(|| beyond(row.doc, basis.verdicts.len()))?;
            if verdict.status != DocumentStatus::Read || !(row.counted || row.kind == Kind::Agency) {
                continue;
            }
            if let Some(entity) = watched.number(row.entity) {
                self.tallies.push(Tally {
                    doc: row.doc,
                    entity,
                    kind: row.kind,
                    title: row.title,
                    mentions: 1,
                });
            }
        }
        merge(&mut self.tallies, start);
        Ok(())
    }

    /// Adds sums of articles that have none yet.
    pub(crate) fn extend(&mut self, tallies: impl Iterator<Item = Tally>) {
        self.tallies.extend(tallies);
    }

    /// Sorts and joins what all frames gave.
    pub(crate) fn finish(mut self) -> Self {
        merge(&mut self.tallies, 0);
        self.tallies.shrink_to_fit();
        self
    }

    /// Every sum, sorted by article, entity and kind.
    pub(crate) fn tallies(&self) -> &[Tally] {
        &self.tallies
    }

    /// Every article with every entity that it mentions by a kind that counts, sorted by article and entity.
    pub(crate) fn pairs(&self, kinds: &[Kind]) -> impl Iterator<Item = Pair> {
        pairs(self.tallies(), kinds)
    }

    /// The sums of each of so many documents.
    pub(crate) fn by_document(&self, documents: usize) -> ByDocument<'_> {
        let mut starts = Vec::with_capacity(documents + 1);
        let mut next = 0;
        for doc in 0..=documents {
            while self.tallies.get(next).is_some_and(|tally| (tally.doc as usize) < doc) {
                next += 1;
            }
            starts.push(u32::try_from(next).expect("there are fewer than 2^32 sums"));
        }
        ByDocument {
            tallies: &self.tallies,
            starts,
        }
    }
}

/// The sums of the mentions, document by document.
#[derive(Debug)]
pub(crate) struct ByDocument<'a> {
    /// Every sum.
    tallies: &'a [Tally],
    /// Where those of each document begin, and where the last ends.
    starts: Vec<u32>,
}

impl ByDocument<'_> {
    /// Every sum of a document.
    pub(crate) fn tallies(&self, doc: usize) -> &[Tally] {
        &self.tallies[self.starts[doc] as usize..self.starts[doc + 1] as usize]
    }

    /// Every entity that a document mentions by a kind that counts.
    pub(crate) fn pairs(&self, doc: usize, kinds: &[Kind]) -> impl Iterator<Item = Pair> {
        pairs(self.tallies(doc), kinds)
    }
}

/// The sums of those of `kinds`, joined by document and entity.
fn pairs(tallies: &[Tally], kinds: &[Kind]) -> impl Iterator<Item = Pair> {
    tallies
        .chunk_by(|a, b| (a.doc, a.entity) == (b.doc, b.entity))
        .filter_map(|kinds_of_one| {
            let mut counted = kinds_of_one.iter().filter(|tally| counts(tally.kind, kinds)).peekable();
            let first = counted.peek()?;
            let none = Pair {
                doc: first.doc as usize,
                entity: usize::from(first.entity),
                title: false,
                mentions: 0,
            };
            Some(counted.fold(none, |sum, tally| Pair {
                title: sum.title || tally.title,
                mentions: sum.mentions + u64::from(tally.mentions),
                ..sum
            }))
        })
}

/// Whether a kind is among those that count. Agency credits never do.
pub(crate) fn counts(kind: Kind, kinds: &[Kind]) -> bool {
    kind != Kind::Agency && kinds.contains(&kind)
}

/// Sorts the sums from `start` on and joins those of one key.
fn merge(tallies: &mut Vec<Tally>, start: usize) {
    let key = |tally: &Tally| (tally.doc, tally.entity, tally.kind);
    let new = &mut tallies[start..];
    if !new.is_sorted_by_key(key) {
        new.sort_unstable_by_key(key);
    }
    let mut kept = start;
    for next in start..tallies.len() {
        let tally = tallies[next];
        if kept > start && key(&tallies[kept - 1]) == key(&tally) {
            let sum = &mut tallies[kept - 1];
            sum.mentions = sum.mentions.saturating_add(tally.mentions);
            sum.title |= tally.title;
        } else {
            tallies[kept] = tally;
            kept += 1;
        }
    }
    tallies.truncate(kept);
}

/// One row of a mentions frame, without its texts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row<'a> {
    /// The document.
    pub(crate) doc: u32,
    /// The entity's id.
    pub(crate) entity: &'a str,
    /// What sort of form it is.
    pub(crate) kind: Kind,
    /// Whether it stands in the headline.
    pub(crate) title: bool,
    /// Whether the rules count it.
    pub(crate) counted: bool,
}

/// The rows of a mentions frame.
pub(crate) struct Rows<'a>(Box<dyn Iterator<Item = Result<Row<'a>, Error>> + 'a>);

impl<'a> Rows<'a> {
    /// Opens the columns of a frame.
    pub(crate) fn new(frame: &'a DataFrame) -> PolarsResult<Self> {
        let text = |name: &str| frame.column(name).and_then(Column::str);
        let docs = frame.column("doc")?.u32()?.iter();
        let counted = frame.column("counted")?.bool()?.iter();
        let (entities, kinds, fields) = (text("entity")?.iter(), text("kind")?.iter(), text("field")?.iter());
        let rows = docs.zip(entities).zip(kinds).zip(fields).zip(counted);
        Ok(Self(Box::new(rows.map(|((((doc, entity), kind), field), counted)| {
            let (Some(doc), Some(entity), Some(kind), Some(field), Some(counted)) = (doc, entity, kind, field, counted)
            else {
                return Err(Error::Analyse(
                    "a mention lacks its document, entity, kind, field or whether it counts".to_owned(),
                ));
            };
            Ok(Row {
                doc,
                entity,
                kind: kind.parse().map_err(Error::Analyse)?,
                title: field == "title",
                counted,
            })
        }))))
    }
}

impl<'a> Iterator for Rows<'a> {
    type Item = Result<Row<'a>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next()
    }
}

/// A mention of a document that there is not.
fn beyond(doc: u32, documents: usize) -> Error {
    Error::Analyse(format!("a mention is of document {doc}, but there are {documents}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(doc: u32, kind: Kind, mentions: u32, title: bool) -> Tally {
        Tally {
            doc,
            entity: 0,
            kind,
            title,
            mentions,
        }
    }

    #[test]
    fn sums_of_one_key_are_joined_and_pairs_take_the_kinds_that_count() {
        assert_eq!(size_of::<Tally>(), 12);
        let tallies = vec![
            tally(4, Kind::Capital, 1, true),
            tally(4, Kind::Name, 2, false),
            tally(1, Kind::Agency, 3, true),
            tally(4, Kind::Name, 1, true),
            tally(4, Kind::Leader, 5, false),
        ];
        let counts = Counts { tallies }.finish();
        assert_eq!(counts.tallies().len(), 4);
        let pairs: Vec<Pair> = counts.pairs(&[Kind::Name, Kind::Leader, Kind::Agency]).collect();
        assert_eq!(
            pairs,
            [Pair {
                doc: 4,
                entity: 0,
                title: true,
                mentions: 8
            }]
        );
        let capitals: Vec<Pair> = counts.pairs(&[Kind::Capital]).collect();
        assert_eq!(
            capitals,
            [Pair {
                doc: 4,
                entity: 0,
                title: true,
                mentions: 1
            }]
        );
    }
}
