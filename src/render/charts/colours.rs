//! Which actor has which colour in this report.
//!
//! The findings come in, a tone for each entity goes out. A colour belongs to its actor and never to a rank, so that it is the same in every
//! chart of a report and, as long as the same actors are featured, in the next report too.

use std::collections::BTreeMap;

use super::style::{ACTORS, Colour, OTHERS, Tone};
use crate::model::findings::{EntityFacts, Findings};

/// The tones of one report.
#[derive(Clone, Debug, Default)]
pub(super) struct Colours {
    /// By index into the entities.
    tones: BTreeMap<usize, Tone>,
}

impl Colours {
    /// The tones of all entities: the watchlist's colour first, then the actor's own. Featured actors without either borrow, in the order of
    /// their ids, colours whose owners are not featured. All others are grey.
    pub(super) fn new(findings: &Findings) -> Self {
        let entity = |place: usize| &findings.entities[place];
        let mut tones: BTreeMap<usize, Tone> = findings
            .featured
            .iter()
            .filter_map(|&place| Some((place, own(entity(place))?)))
            .collect();
        let mut without: Vec<usize> = findings
            .featured
            .iter()
            .copied()
            .filter(|place| !tones.contains_key(place))
            .collect();
        without.sort_by(|one, two| entity(*one).id.cmp(&entity(*two).id));
        for place in without {
            let free = ACTORS
                .iter()
                .map(|(_, tone)| *tone)
                .find(|tone| !tones.values().any(|used| used == tone));
            tones.insert(place, free.unwrap_or(OTHERS));
        }
        for (place, entity) in findings.entities.iter().enumerate() {
            if !tones.contains_key(&place)
                && let Some(tone) = own(entity).filter(|tone| !tones.values().any(|used| used == tone))
            {
                tones.insert(place, tone);
            }
        }
        Self { tones }
    }

    /// The tone of the entity at `place`.
    pub(super) fn of(&self, place: usize) -> Tone {
        self.tones.get(&place).copied().unwrap_or(OTHERS)
    }
}

/// The watchlist's colour for `entity`, or the one that charts have for it.
fn own(entity: &EntityFacts) -> Option<Tone> {
    let chosen = entity.colour.as_deref().and_then(Colour::parse);
    chosen
        .map(|line| Tone {
            line,
            text: line.for_text(),
        })
        .or_else(|| ACTORS.iter().find(|(id, _)| *id == entity.id).map(|(_, tone)| *tone))
}
