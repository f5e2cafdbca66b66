//! Bursts: runs of complete periods in which an entity is mentioned far more often than usual.
//!
//! Periods and series come in, one row a burst goes out, entity by entity. Each period is in one of two states: usual, where an article
//! mentions the entity with probability p₀ = R ÷ D (all its articles ÷ all articles of the complete periods), and busy, where it does so with
//! p₁ = 2 p₀. A period with r of d articles costs −ln(pʳ (1 − p)ᵈ⁻ʳ) in its state (the binomial coefficient is the same in both and falls out);
//! becoming busy costs ln n for n periods, ceasing is free. The cheapest sequence of states is found by dynamic programming; its busy runs
//! are the bursts, and the weight of a burst is what its periods would cost more in the usual state. It describes and tests nothing.
//!
//! Source: J. Kleinberg (2002), Bursty and hierarchical structure in streams, Proceedings of KDD, 91–101, section 4 (enumerating bursts in
//! batched arrivals), with s = 2 and γ = 1.

use super::baseline::complete;
use super::share::Counted;
use super::statistics::real;
use crate::model::findings::{BurstRow, EntityFacts, PeriodFacts};
use crate::settings::AnalyseSettings;

/// s: how many times more often the busy state mentions the entity.
const TIMES: f64 = 2.0;

/// γ: how much becoming busy costs, in units of ln n.
const RELUCTANCE: f64 = 1.0;

/// The busy probability stays below 1.
const MOST: f64 = 0.999;

/// Entities with fewer articles are not looked at, and bursts with fewer are not told.
const FEWEST_ARTICLES: u64 = 5;

/// Every burst, by entity and time. Periods without an article are in neither state and do not end a burst.
pub(crate) fn find_bursts(
    periods: &[PeriodFacts],
    entities: &[EntityFacts],
    settings: &AnalyseSettings,
) -> Vec<BurstRow> {
    let places: Vec<usize> = complete(periods)
        .into_iter()
        .filter(|&place| periods[place].articles > 0)
        .collect();
    let mut rows = Vec::new();
    for (entity, facts) in entities.iter().enumerate() {
        let counts: Vec<(u64, u64)> = places
            .iter()
            .map(|&place| (facts.series[place].of(settings.unit), periods[place].of(settings.unit)))
            .collect();
        for (from, to, weight) in runs(&counts) {
            let sum = |of: fn(&(u64, u64)) -> u64| counts[from..=to].iter().map(of).sum();
            let row = BurstRow {
                entity,
                from: places[from],
                to: places[to],
                articles: sum(|count| count.0),
                articles_total: sum(|count| count.1),
                weight,
            };
            rows.extend((row.articles >= FEWEST_ARTICLES).then_some(row));
        }
    }
    rows
}

/// The busy runs of a series of r of d: first, last, weight.
fn runs(counts: &[(u64, u64)]) -> Vec<(usize, usize, f64)> {
    let (all, of) = counts.iter().fold((0, 0), |(r, d), count| (r + count.0, d + count.1));
    let usual = real(all) / real(of.max(1));
    let busy = (TIMES * usual).min(MOST);
    if all < FEWEST_ARTICLES || busy <= usual {
        return Vec::new();
    }
    // What each period costs more in the usual state than in the busy one.
    let gains: Vec<f64> = counts
        .iter()
        .map(|&(r, d)| real(r) * (busy / usual).ln() + real(d - r) * ((1.0 - busy) / (1.0 - usual)).ln())
        .collect();
    let states = cheapest(&gains, RELUCTANCE * real(counts.len() as u64).ln());
    let mut found: Vec<(usize, usize, f64)> = Vec::new();
    for (place, &gain) in gains.iter().enumerate().filter(|(place, _)| states[*place]) {
        match found.last_mut() {
            Some((_, to, weight)) if *to + 1 == place => {
                *to = place;
                *weight += gain;
            }
            _ => found.push((place, place, gain)),
        }
    }
    found
}

/// Whether each period is busy in the cheapest sequence of states; of equal ones the one that is usual sooner.
fn cheapest(gains: &[f64], becoming: f64) -> Vec<bool> {
    // Costs so far, where the usual state costs nothing and the busy one minus its gain; and how each state was come to.
    let (mut calm, mut busy) = (0.0_f64, f64::INFINITY);
    let mut came_busy: Vec<[bool; 2]> = Vec::with_capacity(gains.len());
    for gain in gains {
        let from_busy = [busy < calm, busy < calm + becoming];
        let next_busy = busy.min(calm + becoming) - gain;
        calm = calm.min(busy);
        busy = next_busy;
        came_busy.push(from_busy);
    }
    let mut state = busy < calm;
    let mut states = vec![false; gains.len()];
    for (place, from_busy) in came_busy.iter().enumerate().rev() {
        states[place] = state;
        state = from_busy[usize::from(state)];
    }
    states
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::{entity, period};
    use super::super::statistics::near::assert_near;
    use super::*;

    /// Every sequence of states, priced one by one.
    fn by_trying(gains: &[f64], becoming: f64) -> f64 {
        (0..1_u32 << gains.len())
            .map(|states| {
                let busy = |place: usize| states >> place & 1 == 1;
                let costs = gains.iter().enumerate().map(|(place, gain)| {
                    let begins = busy(place) && (place == 0 || !busy(place - 1));
                    if busy(place) {
                        f64::from(u8::from(begins)) * becoming - gain
                    } else {
                        0.0
                    }
                });
                costs.sum()
            })
            .fold(f64::INFINITY, f64::min)
    }

    #[test]
    fn no_sequence_of_states_is_cheaper() {
        let mut seed = 7_u32;
        for _ in 0..50 {
            let gains: Vec<f64> = (0..9)
                .map(|_| {
                    seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    f64::from(seed >> 16) / 8192.0 - 4.5
                })
                .collect();
            let states = cheapest(&gains, 2.0);
            let mut cost = 0.0;
            for (place, gain) in gains.iter().enumerate().filter(|(place, _)| states[*place]) {
                cost -= gain;
                cost += if place == 0 || !states[place - 1] { 2.0 } else { 0.0 };
            }
            assert!((cost - by_trying(&gains, 2.0)).abs() < 1e-9, "{gains:?} {states:?}");
        }
    }

    #[test]
    fn a_run_well_above_the_usual_is_one_burst() {
        let mut weeks = vec![period("2024-01-01", true, 50); 12];
        weeks.push(period("2024-03-25", false, 50));
        let burst = entity("burst", &[4, 5, 3, 4, 20, 18, 22, 4, 5, 4, 3, 4, 40]);
        let calm = entity("calm", &[5; 13]);
        let rows = find_bursts(&weeks, &[burst, calm], &AnalyseSettings::default());
        assert_eq!(rows.len(), 1);
        let row = &rows[0];
        assert_eq!(
            (row.entity, row.from, row.to, row.articles, row.articles_total),
            (0, 4, 6, 60, 150)
        );
        // p₀ = 96 ÷ 600 and p₁ = 2 p₀: 60 ln 2 + 90 ln(0.68 ÷ 0.84).
        assert_near(row.weight, 60.0 * 2_f64.ln() + 90.0 * (0.68_f64 / 0.84).ln());
    }
}
