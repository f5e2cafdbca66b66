//! What words mean in dates: months of three calendars, weekdays, zones, labels. Reads `words.txt` once; folded words in, meanings out.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::lexer::{Token, fold_words};

/// Longest form of the table, in words.
const LONGEST: usize = 4;

/// Everything that one form can mean; `mar` is a month and a weekday.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "one form can mean any of these at once")]
pub(crate) struct Meaning {
    /// A Gregorian month, 1–12; 0 for none.
    pub(crate) month: u8,
    /// A month of the Hijri calendar; 0 for none.
    pub(crate) hijri: u8,
    /// A month of the Persian calendar; 0 for none.
    pub(crate) persian: u8,
    /// A day of the week, Monday being 1; 0 for none.
    pub(crate) weekday: u8,
    /// A time zone, in minutes east of Greenwich.
    pub(crate) zone: Option<i32>,
    /// Says that a year is of the Hijri calendar.
    pub(crate) hijri_mark: bool,
    /// Says that a year is of the Gregorian calendar.
    pub(crate) gregorian_mark: bool,
    /// Before noon.
    pub(crate) am: bool,
    /// After noon.
    pub(crate) pm: bool,
    /// Divides hours from minutes: `10h22`.
    pub(crate) hour: bool,
    /// Says that the date is that of a change, not of publication.
    pub(crate) updated: bool,
    /// Says that a date of publication follows or goes before.
    pub(crate) label: bool,
    /// Says that the name of a writer follows.
    pub(crate) by: bool,
    /// Means nothing of its own.
    pub(crate) filler: bool,
    /// Stands beside dates on pages: minutes to read, comments, views.
    pub(crate) reading: bool,
    /// The name of an agency or outlet.
    pub(crate) credit: bool,
}

impl Meaning {
    /// Whether it names a month of any calendar.
    pub(crate) const fn is_month(&self) -> bool {
        self.month + self.hijri + self.persian > 0
    }

    /// Takes on what a line of the table says.
    fn learn(&mut self, what: &str, number: i32) {
        let small = u8::try_from(number).unwrap_or(0);
        match what {
            "month" => self.month = small,
            "hijri" => self.hijri = small,
            "persian" => self.persian = small,
            "weekday" => self.weekday = small,
            "zone" => self.zone = Some(number),
            "hijri-mark" => self.hijri_mark = true,
            "gregorian-mark" => self.gregorian_mark = true,
            "am" => self.am = true,
            "pm" => self.pm = true,
            "hour" => self.hour = true,
            "updated" => self.updated = true,
            "label" => self.label = true,
            "by" => self.by = true,
            "filler" => self.filler = true,
            "reading" => self.reading = true,
            "credit" => self.credit = true,
            _ => debug_assert!(false, "words.txt: unknown meaning {what}"),
        }
    }
}

/// Meanings by folded form.
static WORDS: LazyLock<HashMap<String, Meaning>> = LazyLock::new(|| {
    let mut words: HashMap<String, Meaning> = HashMap::new();
    for line in include_str!("words.txt").lines().filter(|line| !line.starts_with('#')) {
        let Some((head, forms)) = line.split_once(':') else {
            continue;
        };
        let (what, number) = head.split_once(' ').unwrap_or((head, "0"));
        for form in forms.split('|') {
            words
                .entry(fold_words(form))
                .or_default()
                .learn(what, number.parse().unwrap_or(0));
        }
    }
    words
});

/// The meaning of one folded word.
pub(crate) fn meaning(word: &str) -> Option<Meaning> {
    WORDS.get(word).copied()
}

/// The longest form that begins at token `at`, and how many tokens it takes.
///
/// Hyphens and apostrophes between its words are passed over: `Rabi' al-awwal`.
pub(crate) fn form_at(tokens: &[&Token], at: usize) -> Option<(Meaning, usize)> {
    let mut joined = tokens.get(at)?.word()?.to_owned();
    let mut best = meaning(&joined).map(|meaning| (meaning, 1));
    let mut words = 1;
    let mut next = at + 1;
    while words < LONGEST {
        while tokens
            .get(next)
            .is_some_and(|token| token.is_sign('\'') || token.is_sign('-') && !token.spaced)
        {
            next += 1;
        }
        let Some(word) = tokens.get(next).and_then(|token| token.word()) else {
            break;
        };
        joined.push(' ');
        joined.push_str(word);
        next += 1;
        words += 1;
        if let Some(meaning) = meaning(&joined) {
            best = Some((meaning, next - at));
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::super::lexer::tokens;
    use super::*;

    fn find(text: &str) -> Option<(Meaning, usize)> {
        let tokens = tokens(text);
        form_at(&tokens.iter().collect::<Vec<_>>(), 0)
    }

    #[test]
    fn months_of_many_tongues() {
        let months = [
            ("MAY", 5),
            ("août", 8),
            ("Févr", 2),
            ("Mayıs", 5),
            ("мая", 5),
            ("März", 3),
            ("أيّار", 5),
            ("جويلية", 7),
            ("غشت", 8),
            ("إبريل", 4),
            ("كانون الثاني", 1),
            ("تشرين الأول", 10),
            ("styczeń", 1),
            ("Μαΐου", 5),
            ("Disamba", 12),
        ];
        for (form, number) in months {
            assert_eq!(find(form).map(|(meaning, _)| meaning.month), Some(number), "{form}");
        }
    }

    #[test]
    fn the_longest_form_wins() {
        assert_eq!(
            find("كانون الأول 2024").map(|(meaning, taken)| (meaning.month, taken)),
            Some((12, 2))
        );
        assert_eq!(
            find("Rabi' al-awwal").map(|(meaning, taken)| (meaning.hijri, taken)),
            Some((3, 5))
        );
        assert_eq!(
            find("ذي القعدة").map(|(meaning, taken)| (meaning.hijri, taken)),
            Some((11, 2))
        );
        assert_eq!(
            find("segunda-feira").map(|(meaning, taken)| (meaning.weekday, taken)),
            Some((1, 3))
        );
        assert_eq!(find("xyz"), None);
    }

    #[test]
    fn a_form_may_mean_several_things() {
        let mar = meaning("mar").unwrap();
        assert_eq!((mar.month, mar.weekday), (3, 2));
        let meem = meaning("م").unwrap();
        assert!(meem.pm && meem.gregorian_mark);
    }

    #[test]
    fn no_form_names_two_months() {
        let mut seen: HashMap<String, &str> = HashMap::new();
        for line in include_str!("words.txt").lines() {
            let Some((head, forms)) = line.split_once(':').filter(|(head, _)| head.starts_with("month ")) else {
                continue;
            };
            for form in forms.split('|') {
                let before = seen.insert(fold_words(form), head);
                assert!(
                    before.is_none_or(|before| before == head),
                    "{form}: {before:?} and {head}"
                );
            }
        }
        assert!(seen.len() > 300, "only {} month forms", seen.len());
    }
}
