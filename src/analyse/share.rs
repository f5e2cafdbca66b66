//! Periods and entities with their shares: the figures that all others are read from.
//!
//! The basis and the sums of the mentions come in; [`PeriodFacts`] and [`EntityFacts`] go out, the latter sorted, most articles
//! first. Intervals are added here; nothing is compared with anything.

use super::basis::Basis;
use super::counts::Counts;
use super::statistics::normal::Z95;
use super::statistics::real;
use super::statistics::wilson::wilson;
use crate::error::Error;
use crate::model::entity::Gazetteer;
use crate::model::evidence::DocumentStatus;
use crate::model::findings::{Cell, EntityFacts, PeriodFacts, Share};
use crate::settings::{AnalyseSettings, Unit};

/// How many cells (entities × periods) a report may have; some 4 GB.
const MOST_CELLS: usize = 27_000_000;

/// Stories seen, key by key.
///
/// A story that one article carries is new wherever it is met, so only stories with more are remembered.
#[derive(Debug)]
pub(crate) struct Stories<K>(Vec<(K, u32)>);

impl<K: Ord + Copy> Stories<K> {
    /// None seen.
    pub(crate) const fn new() -> Self {
        Self(Vec::new())
    }

    /// 1 where no other article carries the story of this one. Else 0: whether it is the first under this key is told in the end.
    pub(crate) fn add(&mut self, key: K, basis: &Basis, article: usize) -> u64 {
        if basis.story_size(article) == 1 {
            return 1;
        }
        self.0.push((key, basis.verdicts[article].story));
        0
    }

    /// The key of every story that was not told at once, as often as it has such stories; then there are none.
    pub(crate) fn take(&mut self) -> impl Iterator<Item = K> {
        self.0.sort_unstable();
        self.0.dedup();
        self.0.drain(..).map(|(key, _)| key)
    }
}

/// Counts of whatever unit a share is made of.
pub(crate) trait Counted {
    /// Articles or stories.
    fn of(&self, unit: Unit) -> u64;
}

impl Counted for Cell {
    fn of(&self, unit: Unit) -> u64 {
        if unit == Unit::Story {
            self.stories
        } else {
            self.articles
        }
    }
}

impl Counted for PeriodFacts {
    fn of(&self, unit: Unit) -> u64 {
        if unit == Unit::Story {
            self.stories
        } else {
            self.articles
        }
    }
}

/// k of n as a share with its Wilson 95 % interval; `None` where n is 0.
pub(crate) fn share(k: u64, n: u64) -> Option<Share> {
    wilson(k, n, Z95)
}

/// The periods; their `mentions` are still 0.
pub(crate) fn count_periods(basis: &Basis) -> Vec<PeriodFacts> {
    let timeline = &basis.timeline;
    let empty = timeline.periods.iter().map(|period| PeriodFacts {
        complete: timeline.is_complete(period),
        days_covered: timeline.days_covered(period),
        period: period.clone(),
        documents: 0,
        articles: 0,
        stories: 0,
        duplicates: 0,
        words: 0,
        mentions: 0,
    });
    let mut periods: Vec<PeriodFacts> = empty.collect();
    let mut stories = Stories::new();
    for (doc, place) in (0..basis.documents.len()).filter_map(|doc| Some((doc, basis.period_of(doc)?))) {
        let facts = &mut periods[place];
        match basis.status(doc) {
            DocumentStatus::Read => {
                facts.articles += 1;
                facts.stories += stories.add(place, basis, doc);
                facts.words += u64::from(basis.documents.words[doc]);
            }
            DocumentStatus::Duplicate => facts.duplicates += 1,
            DocumentStatus::Undated | DocumentStatus::Filtered => continue,
        }
        facts.documents += 1;
    }
    stories.take().for_each(|place| periods[place].stories += 1);
    periods
}

/// The entities, and where each watched one stands among them.
#[derive(Debug, Default)]
pub(crate) struct Ranking {
    /// Those with a counted mention, most articles first.
    pub(crate) entities: Vec<EntityFacts>,
    /// For each of [`Gazetteer::watched`] its place in `entities`.
    pub(crate) places: Vec<Option<usize>>,
}

/// Counts every watched entity period by period, and fills in the mentions of `periods`.
///
/// # Errors
///
/// [`Error::Analyse`] where there are more periods than can be held for so many entities.
pub(crate) fn rank_entities(
    basis: &Basis,
    counts: &Counts,
    gazetteer: &Gazetteer,
    settings: &AnalyseSettings,
    periods: &mut [PeriodFacts],
) -> Result<Ranking, Error> {
    let mut facts: Vec<EntityFacts> = gazetteer
        .watched
        .iter()
        .map(|&index| unseen(gazetteer, index))
        .collect();
    let (mut in_period, mut in_corpus) = (Stories::new(), Stories::new());
    let mut seen = 0;
    for pair in counts.pairs(&settings.count) {
        let entity = &mut facts[pair.entity];
        if entity.series.is_empty() {
            seen += 1;
            check_size(seen, periods)?;
            entity.series = vec![Cell::default(); periods.len()];
        }
        let place = basis.period(pair.doc);
        let cell = &mut entity.series[place];
        cell.articles += 1;
        cell.stories += in_period.add(pair.entity * periods.len() + place, basis, pair.doc);
        cell.mentions += pair.mentions;
        cell.headline_articles += u64::from(pair.title);
        entity.articles += 1;
        entity.stories += in_corpus.add(pair.entity, basis, pair.doc);
        entity.mentions += pair.mentions;
        periods[place].mentions += pair.mentions;
    }
    for cell in in_period.take() {
        facts[cell / periods.len()].series[cell % periods.len()].stories += 1;
    }
    in_corpus.take().for_each(|entity| facts[entity].stories += 1);
    let mut ranked: Vec<(usize, EntityFacts)> = facts
        .into_iter()
        .enumerate()
        .filter(|(_, one)| one.mentions > 0)
        .collect();
    ranked.sort_by(|(_, a), (_, b)| (b.articles, b.mentions, &a.id).cmp(&(a.articles, a.mentions, &b.id)));
    let mut places = vec![None; gazetteer.watched.len()];
    for (place, (watched, _)) in ranked.iter().enumerate() {
        places[*watched] = Some(place);
    }
    let mut entities: Vec<EntityFacts> = ranked.into_iter().map(|(_, entity)| entity).collect();
    for entity in &mut entities {
        for (cell, period) in entity.series.iter_mut().zip(&*periods) {
            cell.share = share(cell.of(settings.unit), period.of(settings.unit));
            cell.share_headline = (period.articles > 0).then(|| real(cell.headline_articles) / real(period.articles));
            cell.per_1000_words = (period.words > 0).then(|| real(cell.mentions) * 1000.0 / real(period.words));
            cell.share_of_voice = (period.mentions > 0).then(|| real(cell.mentions) / real(period.mentions));
        }
    }
    Ok(Ranking { entities, places })
}

/// An entity before anything was counted.
fn unseen(gazetteer: &Gazetteer, index: crate::model::entity::EntityIndex) -> EntityFacts {
    let entity = gazetteer.entity(index);
    EntityFacts {
        id: entity.id.clone(),
        names: entity.names.clone(),
        class: entity.class,
        iso3: entity.iso3.clone(),
        colour: entity.colour.clone(),
        articles: 0,
        stories: 0,
        mentions: 0,
        series: Vec::new(),
    }
}

/// Refuses what no memory holds, which a single wrong date can bring about.
fn check_size(entities: usize, periods: &[PeriodFacts]) -> Result<(), Error> {
    let Some(first) = periods
        .first()
        .filter(|_| entities.saturating_mul(periods.len()) > MOST_CELLS)
    else {
        return Ok(());
    };
    let (count, start) = (periods.len(), first.period.start);
    Err(Error::Analyse(format!(
        "{count} periods since {start} are too many for {entities} entities: take longer ones with --by, or cut with --from"
    )))
}

/// Those that charts show: the watchlist's choice where any of it is mentioned, else those with most articles; at most six.
pub(crate) fn feature(gazetteer: &Gazetteer, entities: &[EntityFacts]) -> Vec<usize> {
    const MOST: usize = 6;
    let place = |id: &str| entities.iter().position(|entity| entity.id == id);
    let mut chosen: Vec<usize> = Vec::new();
    for place in gazetteer
        .featured
        .iter()
        .filter_map(|&index| place(&gazetteer.entity(index).id))
    {
        if chosen.len() < MOST && !chosen.contains(&place) {
            chosen.push(place);
        }
    }
    if chosen.is_empty() {
        (0..entities.len().min(MOST)).collect()
    } else {
        chosen
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::period;
    use super::*;

    #[test]
    fn a_wrong_date_long_ago_is_told_and_fills_no_memory() {
        let many = vec![period("1801-01-01", true, 0); 80_000];
        assert!(check_size(300, &many).is_ok());
        let Err(Error::Analyse(what)) = check_size(350, &many) else {
            panic!("it is accepted")
        };
        assert!(what.contains("80000 periods since 1801-01-01"), "{what}");
    }
}
