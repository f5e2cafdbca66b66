//! Tells dd/mm from mm/dd by the dates of one file. Values in, the order out; where they do not tell, that is said.

use super::lexer::{Kind, Token, tokens};
use super::{DayOrder, head, is_iso, picked};

/// Whether a value is another day when day and month change places.
pub(crate) fn is_order_dependent(value: &str) -> bool {
    !is_iso(value) && picked(value, DayOrder::DayFirst).is_some_and(|reading| reading.open)
}

/// What a file's dates say of their order.
///
/// A first number above twelve can only be a day, a second one likewise. Where a file has both, as when two exports were joined, the more
/// frequent order is taken; each value that can only be read in one way is read in that way all the same.
pub(crate) fn day_order<'a>(values: impl Iterator<Item = &'a str>) -> DayOrder {
    let (mut day_first, mut month_first) = (0_u64, 0_u64);
    for value in values.filter(|value| !is_iso(value)) {
        match evidence(value) {
            DayOrder::DayFirst => day_first += 1,
            DayOrder::MonthFirst => month_first += 1,
            DayOrder::Undecided => {}
        }
    }
    match day_first.cmp(&month_first) {
        std::cmp::Ordering::Greater => DayOrder::DayFirst,
        std::cmp::Ordering::Less => DayOrder::MonthFirst,
        std::cmp::Ordering::Equal => DayOrder::Undecided,
    }
}

/// What one value says.
fn evidence(value: &str) -> DayOrder {
    let tokens = tokens(head(value));
    for row in tokens.windows(5) {
        let [first, one, second, two, year] = row else { continue };
        let divided = matches!(one.kind, Kind::Sign('/' | '-' | '.' | '\\')) && one.kind == two.kind;
        let (Some(first), Some(second)) = (first.number(1..=2), second.number(1..=2)) else {
            continue;
        };
        if !divided || !is_year(year) {
            continue;
        }
        return match (first, second) {
            (13..=31, 1..=12) => DayOrder::DayFirst,
            (1..=12, 13..=31) => DayOrder::MonthFirst,
            _ => DayOrder::Undecided,
        };
    }
    DayOrder::Undecided
}

/// Whether a number may be a year.
fn is_year(token: &Token) -> bool {
    token.number(4..=4).or_else(|| token.number(2..=2)).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_can_be_swapped_depends_on_the_order() {
        for value in [
            "03/04/2024",
            "3-4-24",
            "03.04.2024 14:05",
            "٠٣/٠٤/٢٠٢٤",
            "4/3/1446 هـ",
            "10:22 03/04/2024",
        ] {
            assert!(is_order_dependent(value), "{value}");
        }
        for value in [
            "13/04/2024",
            "04/13/2024",
            "04/04/2024",
            "2024-03-04",
            "2024/3/4",
            "3 April 2024",
            "soon",
            "",
            "87-03-04",
        ] {
            assert!(!is_order_dependent(value), "{value}");
        }
    }

    #[test]
    fn a_weekday_tells() {
        assert!(!is_order_dependent("Wed 03/04/2024") && !is_order_dependent("lundi, le 03/04/2024"));
        assert!(is_order_dependent("Fri 03/04/2024"));
    }

    #[test]
    fn the_more_frequent_order_wins() {
        let order = |values: &[&str]| day_order(values.iter().copied());
        assert_eq!(order(&["03/04/2024", "25/04/2024"]), DayOrder::DayFirst);
        assert_eq!(order(&["03/04/2024", "04/25/24 10:00"]), DayOrder::MonthFirst);
        assert_eq!(order(&["25/04/2024", "26/04/2024", "04/27/2024"]), DayOrder::DayFirst);
        assert_eq!(order(&["25/04/2024", "04/25/2024"]), DayOrder::Undecided);
        assert_eq!(
            order(&["03/04/2024", "99/99/2024", "x", "2024-04-25"]),
            DayOrder::Undecided
        );
        assert_eq!(order(&[]), DayOrder::Undecided);
    }
}
