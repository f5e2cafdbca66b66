//! What is added up of the mentions, part by part.
//!
//! The parts come in with what is known of their documents; the sums of the whole corpus go out. Those of a part follow from its rows, the verdicts on its
//! documents, whom we watch and what counts, and from nothing else: so they are the same in the next run, where these are.

use serde::{Deserialize, Serialize};

use super::ambiguous::{Ambiguity, FormsOfPart};
use super::basis::Basis;
use super::comention::{Together, is_looked_at};
use super::counts::{Counts, Tally, Watched};
use super::credits::Credits;
use super::parts::{Name, Numbers, Part, Parts, keep_all, pack, unreadable};
use crate::error::Error;
use crate::model::entity::Gazetteer;
use crate::model::findings::AmbiguousRow;
use crate::model::kept::Kept;
use crate::settings::AnalyseSettings;

/// The sums of all mentions.
pub(crate) struct Sums {
    /// By article, entity and kind.
    pub(crate) counts: Counts,
    /// By pair.
    pub(crate) together: Together,
    /// By form.
    pub(crate) ambiguous: Vec<AmbiguousRow>,
    /// The agencies of the documents that share a story.
    pub(crate) credits: Credits,
}

/// The sums of one part, whose documents are told by their places in it.
#[derive(Serialize, Deserialize)]
struct OfPart {
    /// By article, entity and kind; each article as what it is more than the one before.
    tallies: Vec<Tally>,
    /// By pair.
    together: Together,
    /// By form.
    forms: FormsOfPart,
    /// Documents and the agencies that they credit.
    credits: Vec<(u32, String)>,
}

/// Adds up the mentions.
///
/// # Errors
///
/// [`Error::Analyse`] where too many entities are watched or a frame is not as it should be; whatever reading the mentions fails with.
pub(crate) fn sum_up(
    parts: &impl Parts,
    basis: &Basis,
    gazetteer: &Gazetteer,
    settings: &AnalyseSettings,
) -> Result<Sums, Error> {
    let watched = Watched::new(gazetteer)?;
    let of_parts = parts.documents();
    let documents: Vec<Numbers> = of_parts.iter().map(|part| Numbers::new(&part.runs)).collect();
    let names = names(&documents, basis, gazetteer, settings)?;
    let mut shares = vec![false; basis.documents.len()];
    for doc in basis.stories().into_iter().flatten() {
        shares[doc as usize] = true;
    }
    let (mut counts, mut together) = (Counts::default(), Together::default());
    let (mut ambiguity, mut credits) = (Ambiguity::default(), Credits::default());
    let sums = |place: usize| {
        let of = Kept::Part(of_parts[place].number);
        if let Some(bytes) = parts.kept(of, names[place], 0) {
            return Ok(bytes);
        }
        let bytes = sums_of(&*parts.part(place), &documents[place], basis, &watched, settings)?;
        keep_all(parts, of, names[place], std::slice::from_ref(&bytes))?;
        Ok(bytes)
    };
    let mut next = documents.iter();
    parts.each(documents.len(), sums, |bytes: Result<Vec<u8>, Error>| {
        let part: OfPart = postcard::from_bytes(&bytes?).map_err(unreadable)?;
        let Some(numbers) = next.next() else { return Ok(()) };
        counts.extend(apart(part.tallies, numbers)?.into_iter());
        together.merge(part.together);
        ambiguity.merge(part.forms, numbers)?;
        for (place, agency) in part.credits {
            let doc = numbers.number(place)?;
            if shares[doc as usize] {
                credits.insert(doc, agency);
            }
        }
        Ok(())
    })?;
    Ok(Sums {
        counts: counts.finish(),
        together,
        ambiguous: ambiguity.finish(gazetteer),
        credits,
    })
}

/// For each part the name of its sums: of whom we watch, what counts, and the verdicts on its documents.
fn names(
    documents: &[Numbers],
    basis: &Basis,
    gazetteer: &Gazetteer,
    settings: &AnalyseSettings,
) -> Result<Vec<u128>, Error> {
    let watched = gazetteer.watched.iter().map(|&index| &gazetteer.entity(index).id);
    let meant = pack(&(watched.collect::<Vec<_>>(), &settings.count))?;
    let all = Name::of("mentions").and(&meant);
    let name = |numbers: &Numbers| {
        let verdicts = numbers.iter().map(|doc| {
            let looked_at = is_looked_at(basis, doc as usize, settings);
            2 * basis.status(doc as usize) as u8 + u8::from(looked_at)
        });
        all.clone().and(&verdicts.collect::<Vec<_>>()).finish()
    };
    Ok(documents.iter().map(name).collect())
}

/// The sums of a part, as bytes.
fn sums_of(
    part: &dyn Part,
    numbers: &Numbers,
    basis: &Basis,
    watched: &Watched<'_>,
    settings: &AnalyseSettings,
) -> Result<Vec<u8>, Error> {
    let (mut counts, mut together) = (Counts::default(), Together::default());
    let (mut ambiguity, mut credits) = (Ambiguity::default(), Credits::default());
    for frame in part.mentions() {
        let frame = frame?;
        counts.add(&frame, basis, watched)?;
        together.add(&frame, basis, watched, settings)?;
        ambiguity.add(&frame, basis, watched)?;
        credits.add(&frame, basis)?;
    }
    let credits = credits.iter().map(|(doc, agency)| {
        let place = numbers.place(doc)?;
        Ok((place, agency.to_owned()))
    });
    pack(&OfPart {
        tallies: close(counts.finish().tallies(), numbers)?,
        together,
        forms: ambiguity.into_part(numbers)?,
        credits: credits.collect::<Result<_, Error>>()?,
    })
}

/// The sums with the distance to the article before in place of the article, which takes a byte.
fn close(tallies: &[Tally], numbers: &Numbers) -> Result<Vec<Tally>, Error> {
    let mut last = 0;
    let close = tallies.iter().map(|tally| {
        let place = numbers.place(tally.doc)?;
        let doc = place - std::mem::replace(&mut last, place);
        Ok(Tally { doc, ..*tally })
    });
    close.collect()
}

/// The sums with their articles again.
fn apart(mut tallies: Vec<Tally>, numbers: &Numbers) -> Result<Vec<Tally>, Error> {
    let (mut place, mut doc) = (0_u32, numbers.number(0).unwrap_or_default());
    for tally in &mut tallies {
        if tally.doc > 0 {
            place = place.saturating_add(tally.doc);
            doc = numbers.number(place)?;
        }
        tally.doc = doc;
    }
    Ok(tallies)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::Ordering;

    use super::super::fixtures::{Corpus, Mentioned, gazetteer};
    use crate::model::findings::Findings;
    use crate::settings::AnalyseSettings;

    #[test]
    fn parts_that_stay_are_not_summed_up_again() {
        let mut corpus = Corpus::default();
        for doc in 0..60 {
            let entities: &[&str] = if doc % 3 == 0 { &["mali", "niger"] } else { &["niger"] };
            let article = corpus.add(&format!("2024-05-{:02}", 1 + doc / 3), "A", entities);
            article.words = if doc % 3 == 0 { "gold Gold mine" } else { "mine price" }.to_owned();
        }
        let all = gazetteer(&["mali", "niger"]);
        let settings = AnalyseSettings::default();
        let figures = |findings: &Findings| format!("{findings:?}");
        let whole = figures(&corpus.findings(&all, &settings));
        let of = |part: u32| {
            corpus
                .mentions
                .iter()
                .filter(move |one| one.doc % 3 == part)
                .cloned()
                .collect()
        };
        let mentions: [Vec<Mentioned>; 3] = [of(0), of(1), of(2)];
        let parts = corpus.in_parts(&[&mentions[2], &mentions[0], &mentions[1]]);
        let made = || parts.made.load(Ordering::Relaxed);
        let found = || figures(&parts.analyse(&all, &settings).unwrap().findings);
        assert_eq!(
            (found() == whole, made()),
            (true, 6),
            "sums of mentions and terms of three parts"
        );
        assert_eq!((found() == whole, made()), (true, 6), "all of it was kept");
        // Only the part with articles about Mali has other scopes without that entity; sums of mentions follow from whom we watch.
        let one = gazetteer(&["niger"]);
        let alone = figures(&corpus.findings(&one, &settings));
        let found = figures(&parts.analyse(&one, &settings).unwrap().findings);
        assert!(found == alone && made() > 6);
    }
}
