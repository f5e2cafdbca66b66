//! The dated events of the watchlists that fall into the corpus, and which of them charts draw.
//!
//! The gazetteer and the range of the corpus come in, rows in order of their days go out. An event is never said to be a cause.

use std::cmp::Reverse;

use chrono::NaiveDate;

use crate::model::entity::{Event, Gazetteer};
use crate::model::findings::{EntityFacts, EventRow};

/// So many have room on a chart.
const ROOM: usize = 8;

/// Every event within `range`, by day and id.
///
/// Of those that concern a featured entity up to eight are drawn: the one of the first featured entity first, then always the one
/// farthest from all chosen so far. No other event is drawn: a rule beside lines that it does not concern would mislead.
pub(crate) fn find_events(
    gazetteer: &Gazetteer,
    entities: &[EntityFacts],
    featured: &[usize],
    range: (NaiveDate, NaiveDate),
) -> Vec<EventRow> {
    let mut events: Vec<&Event> = gazetteer
        .events
        .iter()
        .filter(|event| (range.0..=range.1).contains(&event.date))
        .collect();
    events.sort_by(|a, b| (a.date, &a.id).cmp(&(b.date, &b.id)));
    let concerns = |event: &Event, place: usize| {
        event
            .entities
            .iter()
            .any(|&index| gazetteer.entity(index).id == entities[place].id)
    };
    let of_featured = |event: &Event| featured.iter().position(|&place| concerns(event, place));
    let candidates: Vec<usize> = (0..events.len())
        .filter(|&at| of_featured(events[at]).is_some())
        .collect();
    let mut drawn: Vec<usize> = candidates
        .iter()
        .copied()
        .min_by_key(|&at| (of_featured(events[at]), at))
        .into_iter()
        .collect();
    spread(&mut drawn, &candidates, &events);
    let row = |(at, event): (usize, &&Event)| EventRow {
        date: event.date,
        id: event.id.clone(),
        entities: event
            .entities
            .iter()
            .map(|&index| gazetteer.entity(index).id.clone())
            .collect(),
        label: event.label.clone(),
        drawn: drawn.contains(&at),
    };
    events.iter().enumerate().map(row).collect()
}

/// Adds candidates while there is room, always the one that is most days away from all that are drawn, the earliest of equals.
fn spread(drawn: &mut Vec<usize>, candidates: &[usize], events: &[&Event]) {
    while drawn.len() < ROOM {
        let distance = |at: usize| {
            drawn
                .iter()
                .map(|&other| (events[other].date - events[at].date).num_days().abs())
                .min()
                .unwrap_or(i64::MAX)
        };
        let left = candidates.iter().copied().filter(|at| !drawn.contains(at));
        let Some(next) = left.min_by_key(|&at| (Reverse(distance(at)), at)) else {
            return;
        };
        drawn.push(next);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use chrono::Days;

    use super::super::fixtures::{day, entity, gazetteer};
    use super::*;
    use crate::model::entity::EntityIndex;

    fn event(id: &str, after: u64, entities: &[u32]) -> Event {
        let entities = entities.iter().map(|&index| EntityIndex(index)).collect();
        Event {
            date: day("2024-01-01") + Days::new(after),
            id: id.to_owned(),
            entities,
            label: BTreeMap::new(),
        }
    }

    fn drawn(rows: &[EventRow]) -> Vec<&str> {
        rows.iter().filter(|row| row.drawn).map(|row| row.id.as_str()).collect()
    }

    #[test]
    fn eight_of_many_are_drawn_far_apart_and_those_outside_are_not_listed() {
        let mut gazetteer = gazetteer(&["chad", "mali"]);
        gazetteer.events = (0..20)
            .map(|number| event(&format!("e{number:02}"), number * 10, &[1]))
            .collect();
        gazetteer.events.reverse();
        let entities = [entity("mali", &[1])];
        let rows = find_events(&gazetteer, &entities, &[0], (day("2024-01-01"), day("2024-06-29")));
        assert_eq!(
            (rows.len(), rows[0].id.as_str(), rows[18].id.as_str()),
            (19, "e00", "e18")
        );
        assert_eq!(drawn(&rows), ["e00", "e02", "e04", "e06", "e09", "e11", "e13", "e18"]);
    }

    #[test]
    fn events_that_concern_no_featured_entity_are_listed_and_not_drawn() {
        let mut gazetteer = gazetteer(&["chad", "mali", "togo"]);
        gazetteer.events = vec![
            event("mali", 3, &[1]),
            event("chad", 99, &[0]),
            event("both", 110, &[0, 1]),
            event("togo", 120, &[2]),
            event("world", 130, &[]),
        ];
        let entities = [entity("mali", &[1]), entity("chad", &[1])];
        let range = (day("2024-01-01"), day("2024-12-31"));
        let rows = find_events(&gazetteer, &entities, &[0], range);
        assert_eq!((drawn(&rows), rows.len()), (vec!["mali", "both"], 5));
        assert_eq!(rows[2].entities, ["chad", "mali"]);
        assert_eq!(
            drawn(&find_events(&gazetteer, &entities, &[], range)),
            Vec::<&str>::new()
        );
        assert_eq!(
            drawn(&find_events(&gazetteer, &entities, &[1, 0], range)),
            ["mali", "chad", "both"]
        );
    }
}
