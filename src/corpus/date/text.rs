//! Tells the day of an article in its first lines. Lines in, a day out; dates that an article merely mentions are passed over.
//!
//! A date counts where it stands as datelines and publication dates stand, and nowhere else:
//!
//! - alone on its line, with its weekday, time, label or agency: `Published May 19, 2024 10:22`, `نشر في 19 مايو 2024`, `19/05/2024 | 5 min`;
//! - after a label that begins the line: `Publié le 19 mai 2024 par …`;
//! - after a place, with a dash or an agency behind it: `PARIS, May 19, 2024 (AFP) – …`;
//! - at the end of a line that names a place, an outlet or a writer before it: `Bamako, le 19 mai 2024`, `By A. Writer | 19 May 2024`;
//! - at the very beginning, before a dash: `19 May 2024 – …`.
//!
//! The day of a change, `Updated 20 May 2024`, is none of publication. 03/04/2024 is read day first, but in English, or where neither the language
//! nor the script tells, it is passed over.

use chrono::NaiveDate;

use super::lexer::{Kind, Token, tokens};
use super::parse::{Habits, Reading, scan};
use super::words::{Meaning, form_at};
use super::{DayOrder, head, published};
use crate::model::language::Language;

/// A day of publication stands in one of this many first lines.
const LINES: usize = 8;

/// A dateline has at most this many words before its date.
const PLACE_WORDS: usize = 4;

/// The name of a writer with what goes before it has at most this many tokens.
const NAME: usize = 10;

/// The day of publication that the first lines of a text give.
pub(crate) fn date_in_text(lines: &str, language: Option<Language>) -> Option<NaiveDate> {
    let lines: Vec<&str> = lines
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .take(LINES)
        .collect();
    let habits = habits(&lines, language);
    let found = lines.iter().enumerate().find_map(|(at, line)| {
        let neighbours = lines[at.saturating_sub(1)..].iter().take(3);
        let chronicle = neighbours.filter(|line| begins_with_date(line, habits)).count() > 1;
        in_line(line, at < 2 && !chronicle, habits).map(|reading| (reading, *line))
    });
    let (reading, line) = found?;
    let swappable = reading.open && !is_day_first(line, language);
    (!swappable).then_some(reading.day)
}

/// What the language of a text tells of its dates.
fn habits(lines: &[&str], language: Option<Language>) -> Habits {
    let arabic = language.is_some_and(|language| language.as_str().starts_with("ar"))
        || language.is_none() && lines.iter().any(|line| line.contains(['ة', 'ى']));
    let mut habits = Habits::of(DayOrder::DayFirst);
    if arabic {
        habits.persian_until = 0;
    }
    habits
}

/// Whether a language that is not written in England's former colonies, or the script, says that days go before months.
fn is_day_first(line: &str, language: Option<Language>) -> bool {
    match language {
        Some(language) => !language.as_str().starts_with("en") && language.as_str() != "und",
        None => line
            .chars()
            .any(|c| matches!(c, '\u{620}'..='\u{6ff}' | '\u{400}'..='\u{4ff}')),
    }
}

/// The date of one line, if it is one of publication. `opens` says that the line is where a text begins, and no chronicle.
fn in_line(line: &str, opens: bool, habits: Habits) -> Option<Reading> {
    let all = tokens(head(line));
    let tokens: Vec<&Token> = all.iter().collect();
    let readings = scan(&tokens, habits);
    let reading = published(&readings, &tokens)?;
    // Several dates side by side, `11 ذو القعدة 1445 / 19 مايو 2024`, stand as one.
    let (mut start, mut end) = (reading.start, reading.end);
    for other in readings.iter().filter(|other| other.calendar != reading.calendar) {
        if is_between(&tokens, other.end, start) || is_between(&tokens, end, other.start) {
            (start, end) = (start.min(other.start), end.max(other.end));
        }
    }
    let rest_is_long = line.len() > head(line).len();
    let before = Before::of(&tokens, start);
    let after = After::of(&tokens, end, rest_is_long);
    let stands = match (before, after) {
        (Before::Nothing { .. } | Before::Byline, After::Nothing { .. } | After::Bar) => true,
        (Before::Nothing { labelled }, After::Dash { credit }) => labelled || credit || opens,
        (Before::Place { divided, short }, After::Nothing { credit }) => credit || divided && short,
        (Before::Place { divided, .. }, After::Dash { credit }) => divided || credit,
        (Before::Byline, After::Dash { .. })
        | (_, After::Text)
        | (Before::Text, _)
        | (Before::Place { .. }, After::Bar) => false,
    };
    stands.then(|| reading.clone())
}

/// Whether only words that mean nothing of their own stand between two dates.
fn is_between(tokens: &[&Token], from: usize, to: usize) -> bool {
    from <= to && to - from <= 4 && soft_run(tokens, from, to) == to
}

/// Whether a line begins with a date and a dash, as those of a chronicle do.
fn begins_with_date(line: &str, habits: Habits) -> bool {
    let all = tokens(head(line));
    let tokens: Vec<&Token> = all.iter().collect();
    scan(&tokens, habits).first().is_some_and(|reading| reading.start == 0)
}

/// What stands before a date in its line.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Before {
    /// Nothing that means anything of its own.
    Nothing {
        /// A word says that the date is one of publication.
        labelled: bool,
    },
    /// What may be a place or an outlet.
    Place {
        /// A comma, dash, bar or bracket divides it from the date.
        divided: bool,
        /// It has at most three words and none of the small ones.
        short: bool,
    },
    /// A writer or an outlet, divided from the date by a bar.
    Byline,
    /// Running text.
    Text,
}

impl Before {
    /// Judges what goes before token `start`.
    fn of(tokens: &[&Token], start: usize) -> Self {
        let first_hard = soft_run(tokens, 0, start);
        if first_hard == start {
            let labelled = meanings(tokens, 0, start).any(|word| word.label && !word.updated);
            return Self::Nothing { labelled };
        }
        let Some(last) = (first_hard..start).rfind(|at| soft_run(tokens, *at, at + 1) == *at) else {
            return Self::Text;
        };
        let between = &tokens[last + 1..start];
        let divider = |signs: &[char]| {
            between
                .iter()
                .any(|token| matches!(token.kind, Kind::Sign(sign) if signs.contains(&sign)))
        };
        let hard = &tokens[first_hard..=last];
        let words = hard.iter().filter(|token| token.word().is_some()).count();
        let by = meanings(tokens, 0, first_hard).any(|word| word.by) || hard[0].word().is_some_and(|word| word == "by");
        let bar = divider(&['|', '•', '·', '»', '›', '■']);
        let ends = hard.iter().any(|token| {
            matches!(token.kind, Kind::Sign('.' | '!' | '?' | '؟' | '؛' | ';' | ':')) && !is_initial(hard, token)
        });
        if bar && words <= 10 || by && words <= 8 && !ends && divider(&['-', ',', '|', '/', '(']) {
            return Self::Byline;
        }
        let labels = meanings(tokens, 0, start).any(|word| word.updated || word.label || word.is_month());
        let numbers = hard.iter().any(|token| matches!(token.kind, Kind::Number { .. }));
        let small = hard.iter().any(|token| token.word().is_some() && !token.capital);
        let filler = (first_hard..=last).any(|at| soft_run(tokens, at, at + 1) > at && tokens[at].word().is_some());
        if ends || labels || numbers || small || words > PLACE_WORDS {
            return Self::Text;
        }
        Self::Place {
            divided: divider(&['-', ',', '|', '/', '(', ':', '،']),
            short: words <= 3 && !filler,
        }
    }
}

/// Whether a full stop follows a single letter: `A. Writer`.
fn is_initial(hard: &[&Token], stop: &Token) -> bool {
    let before = hard.iter().rfind(|token| token.start < stop.start);
    stop.is_sign('.') && before.is_some_and(|token| token.word().is_some_and(|word| word.chars().count() <= 2))
}

/// What stands after a date in its line.
#[derive(Clone, Copy, Debug, PartialEq)]
enum After {
    /// Nothing that means anything of its own.
    Nothing {
        /// The name of an agency is there.
        credit: bool,
    },
    /// A dash, and then a text.
    Dash {
        /// The name of an agency goes before it.
        credit: bool,
    },
    /// A bar, a writer, another date.
    Bar,
    /// Running text.
    Text,
}

impl After {
    /// Judges what follows token `end`; `longer` says that the line goes on behind its last token.
    fn of(tokens: &[&Token], end: usize, longer: bool) -> Self {
        let mut at = end;
        let mut credit = false;
        while at < tokens.len() {
            match tokens[at].kind {
                Kind::Sign('(' | '/' | '[') => {
                    // An agency in brackets, known or not: `(SPS)`, `/PRNewswire/`.
                    let close = (at + 1..tokens.len().min(at + 8))
                        .find(|at| matches!(tokens[*at].kind, Kind::Sign(')' | '/' | ']')));
                    let Some(close) = close else { break };
                    credit |= (at + 1..close).all(|at| !matches!(tokens[at].kind, Kind::Number { .. }));
                    at = close + 1;
                }
                Kind::Sign('-') if tokens[at].spaced || at > end => {
                    let text = at + 1 + tokens[at + 1..].iter().take_while(|token| token.is_sign('-')).count();
                    let soft = soft_run(tokens, text, tokens.len()) == tokens.len() && !longer;
                    return if soft {
                        Self::Nothing { credit }
                    } else {
                        Self::Dash { credit }
                    };
                }
                Kind::Sign('|' | '•' | '·') => return Self::Bar,
                Kind::Sign('.' | ',') => at += 1,
                Kind::Word(_) => {
                    let Some((meaning, taken)) = form_at(tokens, at) else {
                        break;
                    };
                    if meaning.credit {
                        credit = true;
                    } else if meaning.by || meaning.label || meaning.updated {
                        // `كتب` is both "by" and "wrote": a sentence goes on for longer than a name.
                        let name = tokens.len() - at <= NAME && !longer;
                        return if name { Self::Bar } else { Self::Text };
                    } else if !is_soft(&meaning) {
                        break;
                    }
                    at += taken;
                }
                _ => break,
            }
        }
        let rest = soft_run(tokens, at, tokens.len());
        if rest == tokens.len() && !longer {
            Self::Nothing { credit }
        } else {
            Self::Text
        }
    }
}

/// How far tokens that mean nothing of their own reach from `at` on, at most to `to`.
fn soft_run(tokens: &[&Token], at: usize, to: usize) -> usize {
    let mut here = at;
    while here < to {
        match tokens[here].kind {
            Kind::Sign(_) => here += 1,
            // 5 min
            Kind::Number { .. } => {
                let reading = form_at(tokens, here + 1).is_some_and(|(meaning, _)| meaning.reading || meaning.hour);
                if !reading {
                    break;
                }
                here += 1;
            }
            Kind::Word(_) => match form_at(tokens, here).filter(|(meaning, _)| is_soft(meaning)) {
                Some((_, taken)) => here += taken,
                None => break,
            },
        }
    }
    here.min(to)
}

/// Whether a word says nothing but something about a date.
fn is_soft(word: &Meaning) -> bool {
    let mark = word.hijri_mark || word.gregorian_mark || word.am || word.pm || word.hour || word.zone.is_some();
    word.weekday > 0 || word.filler || word.label || word.updated || word.by || word.reading || word.credit || mark
}

/// The meanings of the words from `at` to `to`.
fn meanings(tokens: &[&Token], at: usize, to: usize) -> impl Iterator<Item = Meaning> {
    (at..to)
        .filter_map(|at| form_at(tokens, at))
        .map(|(meaning, _)| meaning)
}

#[cfg(test)]
#[path = "text_tests.rs"]
mod tests;
