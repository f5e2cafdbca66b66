//! The gate of titles: only a claim of the findings becomes a finding in a title. Where there is none, the title is neutral.
//!
//! A trend is told by the lines alone and a move by the movers alone. Titles never join an event to a line, and name no cause.

use super::brief::Brief;
use super::words::Change;
use crate::model::findings::{ChangeRow, Claim};
use crate::render::summary::tongue;

/// The title of the attention lines.
pub(super) fn lines(brief: &Brief<'_>, drawn: &[usize]) -> String {
    trend(brief)
        .or_else(|| leads(brief))
        .unwrap_or_else(|| brief.words.lines(brief.actors(drawn), &brief.span()))
}

/// The greatest trend, with the greatest in the other direction, else with the next.
fn trend(brief: &Brief<'_>) -> Option<String> {
    let trends: Vec<(Change<'_>, _)> = brief
        .findings
        .claims
        .iter()
        .filter_map(|claim| match claim {
            Claim::Trend {
                entity,
                from,
                to,
                stretch,
            } => Some((
                Change {
                    names: brief.names(*entity)?,
                    from: *from,
                    to: *to,
                },
                *stretch,
            )),
            Claim::Leads { .. } | Claim::Together { .. } | Claim::Moved { .. } => None,
        })
        .collect();
    let (first, stretch) = *trends.first()?;
    let others = || trends.iter().skip(1).map(|(change, _)| *change);
    let second = others()
        .find(|change| change.rose() != first.rose())
        .or_else(|| others().next());
    Some(brief.words.trend(first, second, stretch))
}

/// Who leads.
fn leads(brief: &Brief<'_>) -> Option<String> {
    brief.findings.claims.iter().find_map(|claim| match claim {
        Claim::Leads { entity, led, of } => Some(brief.words.leads(brief.names(*entity)?, *led, *of, brief.unit())),
        Claim::Trend { .. } | Claim::Together { .. } | Claim::Moved { .. } => None,
    })
}

/// The title of the co-mentions.
pub(super) fn pairs(brief: &Brief<'_>, drawn: &[usize]) -> String {
    let told = brief.findings.claims.iter().find_map(|claim| match claim {
        Claim::Together {
            first, second, lift, ..
        } if drawn.contains(first) && drawn.contains(second) => {
            let times = super::pairs::times(brief.language, lift.value);
            Some(
                brief
                    .words
                    .together(brief.names(*first)?, brief.names(*second)?, &times),
            )
        }
        _ => None,
    });
    told.unwrap_or_else(|| brief.words.pairs(&brief.whole_span()))
}

/// The title of the movers, whose rows are about `row`'s period.
pub(super) fn movers(brief: &Brief<'_>, row: &ChangeRow) -> String {
    let period = &brief.findings.periods[row.period];
    let moved: Vec<Change<'_>> = brief
        .findings
        .claims
        .iter()
        .filter_map(|claim| match claim {
            Claim::Moved { entity, up } => change(brief, *entity).filter(|change| change.rose() == *up),
            Claim::Trend { .. } | Claim::Leads { .. } | Claim::Together { .. } => None,
        })
        .collect();
    if moved.is_empty() {
        let name = crate::render::format::period_name(brief.language, &period.period, brief.unit());
        return brief.words.movers(&name, row.baseline_periods, brief.unit());
    }
    let when = tongue(brief.language).during(brief.findings, period);
    brief.words.moved(&moved, &when)
}

/// The shares of an entity in the last complete period and before.
fn change<'f>(brief: &Brief<'f>, entity: usize) -> Option<Change<'f>> {
    let row = brief.findings.change.iter().find(|row| row.entity == entity)?;
    let (now, before) = shares(row)?;
    Some(Change {
        names: brief.names(entity)?,
        from: before,
        to: now,
    })
}

/// The share of a row's period and of its baseline.
#[expect(clippy::cast_precision_loss, reason = "counts of articles lie far below 2^53")]
pub(super) fn shares(row: &ChangeRow) -> Option<(f64, f64)> {
    let share = |part: u64, whole: u64| (whole > 0).then(|| part as f64 / whole as f64);
    Some((
        share(row.articles, row.articles_total)?,
        share(row.baseline_articles, row.baseline_total)?,
    ))
}
