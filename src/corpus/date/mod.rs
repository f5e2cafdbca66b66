//! Reads dates as people write them. Text in, a day out; which clue is believed is decided elsewhere.

mod calendar;
mod lexer;
mod words;

use chrono::NaiveDate;
use chrono_tz::Tz;

use crate::model::language::Language;

/// The order of day and month in dates such as 03/04/2024.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DayOrder {
    /// 3 April.
    DayFirst,
    /// 4 March.
    MonthFirst,
    /// Nothing tells.
    Undecided,
}

/// The day that a value names.
pub(crate) fn read_date(value: &str, _order: DayOrder, _zone: Tz) -> Option<NaiveDate> {
    value.get(..10)?.parse().ok()
}

/// Whether a value is another day when day and month change places.
pub(crate) fn is_order_dependent(_value: &str) -> bool {
    false
}

/// What a file's dates say of their order.
pub(crate) fn day_order<'a>(_values: impl Iterator<Item = &'a str>) -> DayOrder {
    DayOrder::Undecided
}

/// The day in an address.
pub(crate) fn date_in_url(_url: &str) -> Option<NaiveDate> {
    None
}

/// The day in the first lines of a text.
pub(crate) fn date_in_text(_lines: &str, _language: Option<Language>) -> Option<NaiveDate> {
    None
}

/// The day in a path.
pub(crate) fn date_in_path(path: &str) -> Option<NaiveDate> {
    path.split('/').rev().find_map(|part| part.get(..10)?.parse().ok())
}
