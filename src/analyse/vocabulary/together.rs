//! The terms of several parts put together, and kept like those of one.
//!
//! Parts are numbered in the order in which they came. Those whose numbers lie in the same eight are put together once all eight have been dealt out, and the
//! eights of a sixty-four likewise. A weekly run adds a part or two at the end, so it adds up a few sums of many parts in place of those of all parts.

use super::super::parts::{Name, Parts};
use super::gather::Terms;
use super::part::count_part;
use super::row::rows;
use super::{Counted, SHELVES};
use crate::error::Error;
use crate::model::kept::Kept;

/// So many numbers of parts, or of what was put together, are put together.
const TOGETHER: u32 = 8;

/// How often that is done.
const TIERS: u32 = 2;

/// Where the terms of a part or of several lie.
pub(super) struct Source {
    /// What they are kept of.
    pub(super) of: Kept,
    /// Under which name.
    pub(super) name: u128,
    /// The place of the part; the last one of several.
    place: usize,
    /// What was put together: nothing in a part.
    from: Vec<Source>,
}

impl Source {
    /// A part.
    pub(super) fn part(place: usize, number: u32, name: u128) -> Self {
        Self {
            of: Kept::Part(number),
            name,
            place,
            from: Vec::new(),
        }
    }

    /// Several, in the order of their numbers.
    fn several(from: Vec<Self>) -> Option<Self> {
        let last = from.last()?;
        let name = from.iter().fold(Name::of("terms together"), |name, one| {
            name.and(&one.name.to_le_bytes())
        });
        Some(Self {
            of: Kept::UpTo(last.of.number()),
            name: name.finish(),
            place: last.place,
            from,
        })
    }

    /// Whether its terms are kept.
    pub(super) fn is_kept(&self, parts: &impl Parts) -> bool {
        // What lies on the last shelf was kept whole, as what lies on the others.
        parts.kept(self.of, self.name, SHELVES - 1).is_some()
    }

    /// Adds its terms on a shelf.
    pub(super) fn add_to(
        &self,
        terms: &mut Terms<'_>,
        at: usize,
        parts: &impl Parts,
        counted: &Counted<'_>,
    ) -> Result<(), Error> {
        let bytes = match parts.kept(self.of, self.name, at) {
            Some(bytes) => bytes,
            None if self.from.is_empty() => count_part(&*parts.part(self.place), counted)?.swap_remove(at),
            None => {
                return self
                    .from
                    .iter()
                    .try_for_each(|one| one.add_to(terms, at, parts, counted));
            }
        };
        rows(&bytes)?.try_for_each(|row| terms.add(&row?))
    }
}

/// Puts parts together as far as they are many enough, and keeps what comes of it.
pub(super) fn join(mut sources: Vec<Source>, parts: &impl Parts, counted: &Counted<'_>) -> Result<Vec<Source>, Error> {
    sources.sort_by_key(|one| one.of.number());
    let Some(last) = sources.last().map(|one| one.of.number()) else {
        return Ok(sources);
    };
    for tier in 1..=TIERS {
        let width = TOGETHER.pow(tier);
        let mut joined = Vec::new();
        let mut open = Vec::new();
        let mut rest = sources.into_iter().peekable();
        while let Some(one) = rest.next() {
            let group = one.of.number() / width;
            open.push(one);
            if rest.peek().is_some_and(|next| next.of.number() / width == group) {
                continue;
            }
            let is_full = group < last / width;
            match Source::several(std::mem::take(&mut open)) {
                Some(all) if is_full && all.from.len() > 1 => {
                    put_together(&all, parts, counted)?;
                    joined.push(all);
                }
                Some(few) => joined.extend(few.from),
                None => {}
            }
        }
        sources = joined;
    }
    Ok(sources)
}

/// Keeps the terms of several together, unless they are kept.
fn put_together(all: &Source, parts: &impl Parts, counted: &Counted<'_>) -> Result<(), Error> {
    if all.is_kept(parts) {
        return Ok(());
    }
    let mut shelves = parts.keep(all.of, all.name, SHELVES)?;
    let make = |at| {
        let mut terms = Terms::new(counted.languages);
        all.from
            .iter()
            .try_for_each(|one| one.add_to(&mut terms, at, parts, counted))?;
        terms.into_rows()
    };
    parts.each(SHELVES, make, |bytes: Result<Vec<u8>, Error>| shelves.put(&bytes?))?;
    shelves.finish()
}

#[cfg(test)]
mod tests {
    use super::super::super::fixtures::{Corpus, Mentioned, gazetteer};
    use super::super::row::Shelf;
    use super::*;
    use crate::settings::AnalyseSettings;

    #[test]
    fn many_parts_are_put_together_and_give_what_the_corpus_gives() {
        let mut corpus = Corpus::default();
        for doc in 0..140 {
            let about_mali = doc % 2 == 0;
            let entities: &[&str] = if about_mali { &["mali"] } else { &["niger"] };
            let article = corpus.add(&format!("2024-05-{:02}", 1 + doc / 5), "A", entities);
            article.words = if about_mali { "gold Gold mine" } else { "uranium mine" }.to_owned();
        }
        let all = gazetteer(&["mali", "niger"]);
        let settings = AnalyseSettings::default();
        let whole = corpus.findings(&all, &settings).keywords;
        assert!(whole.iter().any(|row| row.term == "Gold"), "{whole:?}");
        let mentions: Vec<Vec<Mentioned>> = (0..140)
            .map(|doc| corpus.mentions.iter().filter(|one| one.doc == doc).cloned().collect())
            .collect();
        let of_parts: Vec<&[Mentioned]> = mentions.iter().map(Vec::as_slice).collect();
        let parts = corpus.in_parts(&of_parts);
        let found = || parts.analyse(&all, &settings).unwrap().findings.keywords;
        assert_eq!(found(), whole);
        let mut several: Vec<u32> = parts.kept.lock().unwrap().keys().filter_map(up_to).collect();
        several.sort_unstable();
        let mut expected: Vec<u32> = (0..17).map(|eight| 8 * eight + 7).chain([63, 127]).collect();
        expected.sort_unstable();
        assert_eq!(several, expected, "the last four parts wait for more");
        // What lies there is what is added up …
        let nothing = Shelf::new(&[]).unwrap().into_bytes();
        for ((of, _), shelves) in &mut *parts.kept.lock().unwrap() {
            if matches!(of, Kept::UpTo(63)) {
                shelves.fill(nothing.clone());
            }
        }
        assert_ne!(found(), whole);
        // … and where it is gone, what it was made from.
        parts.kept.lock().unwrap().retain(|(of, _), _| *of != Kept::UpTo(63));
        assert_eq!(found(), whole);
    }

    /// The last one of several.
    fn up_to((of, _): &(Kept, u128)) -> Option<u32> {
        match of {
            Kept::UpTo(number) => Some(*number),
            Kept::Part(_) => None,
        }
    }
}
