//! What the columns of the shares of voice hold: which columns there are, how high each layer of each is, and their figures as data and in words.

use super::brief::{Brief, data, fraction};
use super::columns::{COLUMN, Column, Columns, PRINTED};
use super::{Data, Value};
use crate::model::period::Granularity;
use crate::render::format;

/// So many columns have room for their figures.
const MOST: usize = 26;

/// Fewer columns than this are not worth adding up for.
const FEWEST: usize = 4;

/// Numbers are drawn in columns of so many mentions (median), where that leaves columns enough.
const FULL: u64 = 30;

/// The stack of every column.
pub(super) struct Stack<'f> {
    /// The columns.
    pub(super) columns: &'f Columns,
    /// Entities with a layer of their own, from the foot up.
    pub(super) layers: &'f [usize],
    /// Whether columns are a hundred per cent.
    pub(super) shares: bool,
}

/// The shortest columns whose figures have room and rest on enough articles; else the shortest that have room, in numbers.
pub(super) fn choose(brief: &Brief<'_>) -> (Columns, bool) {
    let all = Columns::choices(brief.findings, MOST);
    let wanted = all.first().map_or(0, |columns| columns.all.len()).min(FEWEST);
    let several = |columns: &&Columns| columns.all.len() >= wanted;
    let thick = |columns: &&Columns| {
        let (counted, thin) = columns.counted();
        thin * 3 <= counted && counted - thin >= wanted.min(counted)
    };
    if let Some(columns) = all.iter().filter(several).find(thick) {
        return (columns.clone(), true);
    }
    let full = |columns: &&Columns| {
        let mut counts: Vec<u64> = columns.told().iter().map(|column| column.mentions).collect();
        counts.sort_unstable();
        counts.get(counts.len() / 2).is_some_and(|median| *median >= FULL)
    };
    let numbers = all.iter().filter(several).find(full).or_else(|| {
        if wanted > 1 {
            all.iter().rfind(several)
        } else {
            all.first()
        }
    });
    (
        numbers
            .cloned()
            .unwrap_or_else(|| Columns::of(brief.findings, Granularity::Year)),
        false,
    )
}

impl Stack<'_> {
    /// The mentions of each layer in `column`, and of all others.
    pub(super) fn counts(&self, brief: &Brief<'_>, column: &Column) -> (Vec<u64>, u64) {
        let own: Vec<u64> = self
            .layers
            .iter()
            .map(|&place| column.pool(&brief.entity(place).series).1)
            .collect();
        let rest = column.mentions.saturating_sub(own.iter().sum());
        (own, rest)
    }

    /// Whether the figures of `column` may be shown: numbers wherever there are articles, be they 0; shares where they rest on enough.
    pub(super) fn is_shown(&self, column: &Column) -> bool {
        if self.shares {
            column.mentions > 0 && column.articles >= PRINTED
        } else {
            column.articles > 0
        }
    }

    /// The height of so many mentions of `column`.
    #[expect(clippy::cast_precision_loss, reason = "counts of mentions lie far below 2^53")]
    pub(super) fn height(&self, column: &Column, mentions: u64) -> f64 {
        if self.shares {
            mentions as f64 / column.mentions.max(1) as f64
        } else {
            mentions as f64
        }
    }

    /// The greatest height.
    #[expect(clippy::cast_precision_loss, reason = "counts of mentions lie far below 2^53")]
    pub(super) fn top(&self) -> f64 {
        if self.shares {
            1.0
        } else {
            self.columns
                .all
                .iter()
                .map(|column| column.mentions as f64)
                .fold(1.0, f64::max)
        }
    }
}

/// Whether a column is drawn as one that is not whole.
pub(super) fn is_partial(stack: &Stack<'_>, column: &Column) -> bool {
    !column.complete && stack.columns.all.len() > 1
}

/// The figures: every entity in every column.
pub(super) fn figures(brief: &Brief<'_>, stack: &Stack<'_>) -> Data {
    let mut rows = Vec::new();
    for column in &stack.columns.all {
        for entity in &brief.findings.entities {
            let mentions = column.pool(&entity.series).1;
            #[expect(clippy::cast_precision_loss, reason = "counts of mentions lie far below 2^53")]
            let share = stack
                .is_shown(column)
                .then(|| mentions as f64 / column.mentions as f64)
                .filter(|_| stack.shares);
            rows.push(
                [
                    column.cells(),
                    vec![
                        Value::Text(entity.id.clone()),
                        Value::Integer(mentions),
                        Value::Integer(column.mentions),
                        fraction(share),
                    ],
                ]
                .concat(),
            );
        }
    }
    let columns = [&COLUMN[..], &["entity", "mentions", "mentions_total", "share_of_voice"]].concat();
    data(&columns, rows)
}

/// What the columns show: the last complete one.
pub(super) fn alt(brief: &Brief<'_>, stack: &Stack<'_>) -> String {
    let column = stack
        .columns
        .all
        .iter()
        .rev()
        .find(|column| column.complete && stack.is_shown(column));
    let values = column.map_or_else(Vec::new, |column| {
        let (counts, _) = stack.counts(brief, column);
        let value = |count: u64| {
            if stack.shares {
                format::percent(brief.language, stack.height(column, count), 0)
            } else {
                format::count(brief.language, count)
            }
        };
        stack
            .layers
            .iter()
            .zip(counts)
            .map(|(&place, count)| format!("{} {}", brief.name(place), value(count)))
            .collect()
    });
    brief.words.voice_alt(&brief.span(), stack.columns.granularity, &values)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::charts::fixtures;

    #[test]
    fn a_column_of_articles_without_mentions_is_a_nought_and_no_gap() {
        let columns = Columns::of(&fixtures::thin(), Granularity::Month);
        let shown = |shares, articles, mentions| {
            let column = Column {
                articles,
                mentions,
                ..columns.all[0].clone()
            };
            let stack = Stack {
                columns: &columns,
                layers: &[],
                shares,
            };
            stack.is_shown(&column)
        };
        assert!(shown(false, 3, 0) && shown(false, 3, 7) && !shown(false, 0, 0));
        assert!(shown(true, 30, 7) && !shown(true, 29, 7) && !shown(true, 30, 0));
    }
}
