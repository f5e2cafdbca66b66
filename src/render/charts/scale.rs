//! Round steps for a scale that begins at zero, and the days that a time axis names.
//!
//! A greatest value or a stretch of days comes in, steps and ticks go out.

use chrono::{Datelike, Days, Months, NaiveDate};

use crate::model::language::Language;
use crate::render::format::{self, month_name};

/// A scale from zero upwards.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Scale {
    /// From one gridline to the next.
    pub(super) step: f64,
    /// How many steps it has.
    pub(super) steps: u32,
}

impl Scale {
    /// The roundest scale of three to six steps that reaches `greatest`.
    pub(super) fn reaching(greatest: f64) -> Self {
        let greatest = if greatest > 0.0 && greatest.is_finite() {
            greatest
        } else {
            1.0
        };
        let mut power = 10_f64.powf((greatest / 3.0).log10().floor());
        loop {
            for factor in [1.0, 2.0, 2.5, 5.0] {
                let step = factor * power;
                let steps = (greatest / step - 1e-9).ceil().max(1.0);
                if steps <= 5.0 {
                    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "one to five")]
                    return Self {
                        step,
                        steps: steps as u32,
                    };
                }
            }
            power *= 10.0;
        }
    }

    /// The same, with whole steps only.
    pub(super) fn whole(greatest: f64) -> Self {
        let scale = Self::reaching(greatest);
        if scale.step >= 1.0 && scale.step.fract() == 0.0 {
            scale
        } else {
            Self::reaching(greatest.max(4.0)).rounded(greatest)
        }
    }

    /// With a step that is a whole number.
    fn rounded(self, greatest: f64) -> Self {
        let step = self.step.ceil();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "one to five")]
        Self {
            step,
            steps: (greatest / step).ceil().max(1.0) as u32,
        }
    }

    /// Its upper end.
    pub(super) fn top(self) -> f64 {
        self.step * f64::from(self.steps)
    }

    /// Its gridlines above zero, upwards.
    pub(super) fn lines(self) -> impl Iterator<Item = f64> {
        (1..=self.steps).map(move |step| self.step * f64::from(step))
    }

    /// How many decimals its lines need where they are multiplied by `factor`.
    pub(super) fn decimals(self, factor: f64) -> usize {
        (0..8)
            .find(|&digits| {
                let scaled = self.step * factor * 10_f64.powi(digits);
                (scaled - scaled.round()).abs() < 1e-6 * scaled
            })
            .map_or(0, |digits| usize::try_from(digits).unwrap_or(0))
    }
}

/// How far apart the ticks of a time axis are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spacing {
    /// So many days.
    Days(u32),
    /// So many months.
    Months(u32),
    /// So many years.
    Years(u32),
}

/// From narrow to wide.
const SPACINGS: [Spacing; 9] = [
    Spacing::Days(1),
    Spacing::Days(7),
    Spacing::Months(1),
    Spacing::Months(3),
    Spacing::Months(6),
    Spacing::Years(1),
    Spacing::Years(2),
    Spacing::Years(5),
    Spacing::Years(10),
];

/// One stretch of a time axis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    /// First day; where a tick stands.
    pub(super) start: NaiveDate,
    /// First day of the next stretch.
    pub(super) end: NaiveDate,
    /// Its name.
    pub(super) name: String,
}

impl Spacing {
    /// The narrowest spacing that gives each name the room that `least` wants, where `days` lie on `pixels`.
    pub(super) fn fitting(days: f64, pixels: f64, least: impl Fn(Self) -> f64) -> Self {
        let fits = |spacing: &Self| spacing.days() * pixels / days >= least(*spacing);
        SPACINGS.into_iter().find(fits).unwrap_or(Self::Years(20))
    }

    /// About how many days it has.
    fn days(self) -> f64 {
        match self {
            Self::Days(days) => f64::from(days),
            Self::Months(months) => f64::from(months) * 30.4,
            Self::Years(years) => f64::from(years) * 365.25,
        }
    }

    /// Whether its names stand in the middle of their stretch, and not under its first day.
    pub(super) fn names_the_stretch(self) -> bool {
        matches!(self, Self::Days(1) | Self::Months(1) | Self::Years(1))
    }

    /// The stretches that touch `first` to `last`.
    pub(super) fn stretches(self, language: Language, first: NaiveDate, last: NaiveDate) -> Vec<Stretch> {
        let mut all: Vec<Stretch> = Vec::new();
        let mut start = self.floor(first);
        while start <= last {
            let end = self.after(start);
            all.push(Stretch {
                start,
                end,
                name: self.name(language, start),
            });
            start = end;
        }
        all
    }

    /// The first day of the stretch that holds `day`. Weeks are counted from the first one.
    fn floor(self, day: NaiveDate) -> NaiveDate {
        let month = day - Days::new(u64::from(day.day0()));
        match self {
            Self::Days(_) => day,
            Self::Months(months) => month - Months::new(month.month0() % months),
            Self::Years(years) => {
                let january = month - Months::new(month.month0());
                let back = january
                    .year()
                    .rem_euclid(i32::try_from(years).unwrap_or(1))
                    .unsigned_abs();
                january - Months::new(12 * back)
            }
        }
    }

    /// The first day of the next stretch.
    fn after(self, start: NaiveDate) -> NaiveDate {
        match self {
            Self::Days(days) => start + Days::new(u64::from(days)),
            Self::Months(months) => start + Months::new(months),
            Self::Years(years) => start + Months::new(12 * years),
        }
    }

    /// What is written under the stretch that begins at `start`.
    pub(super) fn name(self, language: Language, start: NaiveDate) -> String {
        match self {
            Self::Days(_) => format::day_and_month(language, start),
            Self::Months(_) => month_name(language, start, true).to_owned(),
            Self::Years(_) => start.year().to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn scales_are_round_and_reach() {
        let scale = |greatest: f64| (Scale::reaching(greatest).step, Scale::reaching(greatest).steps);
        assert_eq!(scale(0.76), (0.2, 4));
        assert_eq!(scale(1.0), (0.2, 5));
        assert_eq!(scale(320.0), (100.0, 4));
        assert_eq!(scale(0.0), (0.2, 5));
        let tiny = Scale::reaching(0.000_1);
        assert!(
            tiny.top() >= 0.000_1 && tiny.top() < 0.000_2 && tiny.decimals(100.0) == 3,
            "{tiny:?}"
        );
        assert_eq!(Scale::reaching(0.76).decimals(100.0), 0);
        for greatest in [1.0, 2.0, 3.0, 7.0, 11.0] {
            let whole = Scale::whole(greatest);
            assert!(
                whole.step.fract() == 0.0 && whole.top() >= greatest,
                "{greatest} {whole:?}"
            );
        }
    }

    #[test]
    fn stretches_follow_the_calendar() {
        let months = Spacing::Months(3).stretches(Language::EN, day("2024-02-10"), day("2025-02-01"));
        assert_eq!(
            months.iter().map(|stretch| stretch.name.as_str()).collect::<Vec<_>>(),
            ["Jan", "Apr", "Jul", "Oct", "Jan"]
        );
        let years = Spacing::Years(5).stretches(Language::FR, day("2018-02-10"), day("2025-02-01"));
        assert_eq!(
            years.iter().map(|stretch| stretch.name.as_str()).collect::<Vec<_>>(),
            ["2015", "2020", "2025"]
        );
    }
}
