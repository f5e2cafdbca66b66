//! What the figures allow a title to say.
//!
//! Periods, series and tested changes come in; claims go out: trends by size, then who leads, then who moved. Only complete periods are
//! looked at. No claim names a cause, and where none stands the title stays neutral.

use super::baseline::{complete, pool};
use super::change::FEWEST_PERIODS;
use super::comention::LEADING;
use super::share::Counted;
use super::statistics::newcombe::{excludes_zero, newcombe};
use super::statistics::normal::simultaneous_z95;
use crate::model::entity::EntityClass;
use crate::model::findings::{ChangeFlag, ChangeRow, Claim, CoMentionRow, EntityFacts, PeriodFacts, Stretch, Window};
use crate::model::period::Granularity;
use crate::settings::AnalyseSettings;

/// A trend needs so many complete periods with articles.
const TREND_PERIODS: usize = 8;

/// A share that is printed needs so many articles.
const PRINTED: u64 = 30;

/// What is told as beyond chance has a q of at most this.
const SURE: f64 = 0.05;

/// Every claim about series that stands.
pub(crate) fn find_claims(
    periods: &[PeriodFacts],
    entities: &[EntityFacts],
    featured: &[usize],
    change: &[ChangeRow],
    settings: &AnalyseSettings,
) -> Vec<Claim> {
    let mut claims = find_trends(periods, entities, featured, settings);
    claims.extend(find_leader(periods, entities, featured, settings));
    claims.extend(change.iter().filter_map(moved));
    claims
}

/// Featured entities whose share rose or fell from the first to the last stretch, greatest difference first.
///
/// The Newcombe intervals of all featured entities hold together (Bonferroni). Both stretches have 30 articles or stories.
fn find_trends(
    periods: &[PeriodFacts],
    entities: &[EntityFacts],
    featured: &[usize],
    settings: &AnalyseSettings,
) -> Vec<Claim> {
    let complete = complete(periods);
    if complete.iter().filter(|&&place| periods[place].articles > 0).count() < TREND_PERIODS {
        return Vec::new();
    }
    let year = a_year_of(settings.calendar.granularity);
    let (length, stretch) = if complete.len() >= 2 * year {
        (year, Stretch::Years)
    } else {
        (complete.len() / 2, Stretch::Halves)
    };
    let (first, last) = (&complete[..length], &complete[complete.len() - length..]);
    let z = simultaneous_z95(featured.len() as u64);
    let mut trends: Vec<(f64, Claim)> = featured
        .iter()
        .filter_map(|&entity| {
            let before = pool(&entities[entity], periods, first, settings.unit);
            let after = pool(&entities[entity], periods, last, settings.unit);
            let difference = newcombe(after, before, z)
                .filter(|found| excludes_zero(found) && before.1 >= PRINTED && after.1 >= PRINTED)?;
            let value = |(k, n)| super::share::share(k, n).map(|share| share.value);
            let claim = Claim::Trend {
                entity,
                from: value(before)?,
                to: value(after)?,
                stretch,
            };
            Some((difference.value.abs(), claim))
        })
        .collect();
    trends.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    trends.into_iter().map(|(_, claim)| claim).collect()
}

/// How many periods are a year: 365 days, 52 weeks, 12 months, 4 quarters.
const fn a_year_of(granularity: Granularity) -> usize {
    match granularity {
        Granularity::Day => 365,
        Granularity::Week => 52,
        Granularity::Month => 12,
        Granularity::Quarter => 4,
        Granularity::Year => 1,
    }
}

/// The featured entity that alone had the most articles in more than half of the complete periods with articles, of which there are four.
fn find_leader(
    periods: &[PeriodFacts],
    entities: &[EntityFacts],
    featured: &[usize],
    settings: &AnalyseSettings,
) -> Option<Claim> {
    let counted: Vec<usize> = complete(periods)
        .into_iter()
        .filter(|&place| periods[place].articles > 0)
        .collect();
    let of = counted.len() as u64;
    if of < FEWEST_PERIODS || featured.len() < 2 {
        return None;
    }
    let articles = |entity: usize, place: usize| entities[entity].series[place].of(settings.unit);
    let leads = |entity: usize, place: usize| {
        featured
            .iter()
            .all(|&other| other == entity || articles(other, place) < articles(entity, place))
    };
    let led = |entity: usize| counted.iter().filter(|&&place| leads(entity, place)).count() as u64;
    let claims = featured.iter().map(|&entity| Claim::Leads {
        entity,
        led: led(entity),
        of,
    });
    claims
        .into_iter()
        .find(|claim| matches!(claim, Claim::Leads { led, .. } if led * 2 > of))
}

/// The pair that is surest to share more articles than by chance. Persons are left out: where they hold an office, their mentions are those
/// of their state too.
pub(crate) fn find_together(rows: &[CoMentionRow], entities: &[EntityFacts]) -> Option<Claim> {
    let is_one = |place: usize| place < LEADING && entities[place].class != EntityClass::Person;
    let surest = rows
        .iter()
        .filter(|row| row.window == Window::Article && row.q_value <= SURE && row.lift.lo > 1.0)
        .filter(|row| is_one(row.first) && is_one(row.second))
        .rev()
        .max_by(|one, two| one.lift.lo.total_cmp(&two.lift.lo))?;
    Some(Claim::Together {
        first: surest.first,
        second: surest.second,
        articles: surest.articles,
        lift: surest.lift,
    })
}

/// A row that both tests let through: that of change after correction, and the simultaneous interval that the chart draws.
fn moved(row: &ChangeRow) -> Option<Claim> {
    let up = match row.flag {
        ChangeFlag::Up => true,
        ChangeFlag::Down => false,
        ChangeFlag::None | ChangeFlag::Insufficient => return None,
    };
    row.difference
        .as_ref()
        .filter(|difference| excludes_zero(difference))
        .map(|_| Claim::Moved { entity: row.entity, up })
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::{entity, period};
    use super::super::statistics::near::assert_near;
    use super::*;
    use crate::model::findings::Share;

    #[test]
    fn the_surest_pair_is_told_and_persons_are_not() {
        let mut entities = vec![entity("a", &[9]), entity("b", &[8]), entity("c", &[7])];
        let row = |first, second, lo: f64, q_value| CoMentionRow {
            first,
            second,
            window: Window::Article,
            articles: 7,
            expected: 2.0,
            lift: Share {
                value: 3.5,
                lo,
                hi: 5.0,
            },
            npmi: None,
            g2: 9.0,
            q_value,
        };
        let rows = [row(0, 1, 1.2, 0.01), row(0, 2, 1.8, 0.01), row(1, 2, 1.9, 0.06)];
        let told = |entities: &[EntityFacts]| match find_together(&rows, entities) {
            Some(Claim::Together { first, second, .. }) => Some((first, second)),
            _ => None,
        };
        assert_eq!(told(&entities), Some((0, 2)));
        entities[2].class = EntityClass::Person;
        assert_eq!(told(&entities), Some((0, 1)));
        entities[0].class = EntityClass::Person;
        assert_eq!(told(&entities), None);
    }

    fn claims(articles: &[u64], entities: &[EntityFacts]) -> Vec<Claim> {
        let periods: Vec<PeriodFacts> = articles.iter().map(|&n| period("2024-01-01", true, n)).collect();
        let featured: Vec<usize> = (0..entities.len()).collect();
        find_claims(&periods, entities, &featured, &[], &AnalyseSettings::default())
    }

    #[test]
    fn a_rise_between_the_halves_is_a_trend_and_the_middle_of_nine_is_left_out() {
        let rising = entity("rising", &[10, 10, 10, 10, 50, 20, 20, 20, 20]);
        let steady = entity("steady", &[9, 9, 9, 9, 0, 9, 9, 9, 10]);
        let found = claims(&[50; 9], &[rising, steady]);
        let [
            Claim::Trend {
                entity: 0,
                from,
                to,
                stretch: Stretch::Halves,
            },
            Claim::Leads {
                entity: 0,
                led: 9,
                of: 9,
            },
        ] = found[..]
        else {
            panic!("{found:?}")
        };
        assert_near(from, 0.2);
        assert_near(to, 0.4);
    }

    #[test]
    fn the_greater_trend_comes_first() {
        let falling = entity("falling", &[20, 20, 20, 20, 10, 10, 10, 10]);
        let rising = entity("rising", &[10, 10, 10, 10, 40, 40, 40, 40]);
        let found = claims(&[50; 8], &[falling, rising]);
        let order: Vec<usize> = found
            .iter()
            .filter_map(|claim| {
                if let Claim::Trend { entity, .. } = claim {
                    Some(*entity)
                } else {
                    None
                }
            })
            .collect();
        assert_eq!(order, [1, 0]);
        // Each leads in four of eight: not more than half.
        assert_eq!(found.len(), 2);
    }

    #[test]
    fn two_years_of_weeks_are_compared_by_years() {
        let series: Vec<u64> = (0..110).map(|week| if week < 52 { 1 } else { 5 }).collect();
        let found = claims(&[10; 110], &[entity("rising", &series)]);
        assert!(
            matches!(
                found[..],
                [Claim::Trend {
                    stretch: Stretch::Years,
                    ..
                }]
            ),
            "{found:?}"
        );
    }

    #[test]
    fn seven_periods_or_few_articles_make_no_trend() {
        let rising = [0, 0, 0, 0, 50, 50, 50, 50];
        assert!(claims(&[50; 7], &[entity("rising", &rising[..7])]).is_empty());
        assert!(
            claims(
                &[50, 50, 50, 50, 50, 50, 50, 0],
                &[entity("rising", &[0, 0, 0, 0, 50, 50, 50, 0])]
            )
            .is_empty()
        );
        assert!(claims(&[7, 7, 7, 7, 50, 50, 50, 50], &[entity("rising", &rising)]).is_empty());
        assert_eq!(
            claims(&[8, 8, 8, 8, 50, 50, 50, 50], &[entity("rising", &rising)]).len(),
            1
        );
    }

    #[test]
    fn the_partial_last_period_leads_nobody() {
        let mut periods = vec![period("2024-01-01", true, 9); 4];
        periods.push(period("2024-01-29", false, 9));
        let entities = [entity("first", &[3, 3, 3, 1, 0]), entity("second", &[1, 1, 3, 2, 9])];
        let find = || find_claims(&periods, &entities, &[0, 1], &[], &AnalyseSettings::default());
        // The third week is tied, so the first leads in two of four.
        assert!(find().is_empty());
        let entities = [entity("first", &[3, 3, 4, 1, 0]), entity("second", &[1, 1, 3, 2, 9])];
        let found = find_claims(&periods, &entities, &[0, 1], &[], &AnalyseSettings::default());
        assert_eq!(
            found,
            [Claim::Leads {
                entity: 0,
                led: 3,
                of: 4
            }]
        );
    }

    #[test]
    fn a_move_needs_both_tests() {
        let row = |flag, lo| ChangeRow {
            entity: 3,
            period: 0,
            articles: 0,
            articles_total: 0,
            baseline_articles: 0,
            baseline_total: 0,
            baseline_periods: 0,
            expected: None,
            rate_ratio: None,
            p_value: None,
            q_value: None,
            dispersion: None,
            lowered: 0,
            flag,
            difference: Some(Share {
                value: 0.2,
                lo,
                hi: 0.3,
            }),
        };
        assert_eq!(
            moved(&row(ChangeFlag::Up, 0.1)),
            Some(Claim::Moved { entity: 3, up: true })
        );
        assert_eq!(moved(&row(ChangeFlag::Up, -0.1)), None);
        assert_eq!(moved(&row(ChangeFlag::None, 0.1)), None);
        assert_eq!(
            moved(&ChangeRow {
                difference: None,
                ..row(ChangeFlag::Up, 0.1)
            }),
            None
        );
    }
}
