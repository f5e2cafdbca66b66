//! The concordance: mentions with what stands before and after them, one a line. In: evidence rows. Out: aligned text for a terminal, or TSV.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Effects, Style};
use unicode_segmentation::UnicodeSegmentation;

use super::text::one_line;
use crate::model::evidence::MentionRow;

/// Characters on each side of a mention.
const SIDE: usize = 42;
/// Characters of an outlet's name.
const SOURCE: usize = 16;

/// What is of less weight.
const DIM: Style = Style::new().effects(Effects::DIMMED);
/// A mention that counts.
const COUNTED: Style = AnsiColor::Green.on_default().effects(Effects::BOLD);
/// A mention that was refused.
const REFUSED: Style = AnsiColor::Red.on_default();

/// The columns of the TSV.
pub const TSV_HEAD: &str = "doc_id\tdate\tsource\tlanguage\tfield\tbyte_start\tbyte_end\tbefore\tsurface\tafter\tentity\tkind\trule\tcounted\treason";

/// Writes the lines of a concordance. It remembers which occurrence of a word in its sentence the next row is.
#[derive(Debug, Default)]
pub struct Concordance {
    /// The sentence and word of the row before: document, field, sentence, surface.
    last: (String, &'static str, u32, String),
    /// How many rows before it were of the same.
    before: usize,
}

impl Concordance {
    /// What stands before and after the mention of a row.
    fn sides(&mut self, row: &MentionRow) -> (String, String) {
        let key = (
            row.doc_id.clone(),
            row.field.as_str(),
            row.sentence,
            row.surface.clone(),
        );
        self.before = if self.last == key { self.before + 1 } else { 0 };
        self.last = key;
        let (context, surface) = (one_line(&row.context), one_line(&row.surface));
        let places: Vec<usize> = context.match_indices(&surface).map(|(place, _)| place).collect();
        let place = places.get(self.before).or(places.last());
        place.map_or_else(
            || (String::new(), context.clone()),
            |&place| (context[..place].to_owned(), context[place + surface.len()..].to_owned()),
        )
    }

    /// A row as an aligned line with ANSI styles.
    pub fn line(&mut self, row: &MentionRow) -> String {
        let (before, after) = self.sides(row);
        let date = row.date.map_or_else(|| "undated   ".to_owned(), |day| day.to_string());
        let style = if row.counted { COUNTED } else { REFUSED };
        format!(
            "{DIM}{date} {}{DIM:#} {} {style}{}{style:#} {}\n",
            pad(&one_line(&row.source), SOURCE),
            last(before.trim_end(), SIDE),
            one_line(&row.surface),
            first(after.trim_start(), SIDE),
        )
    }

    /// A row as a line of TSV.
    pub fn tsv(&mut self, row: &MentionRow) -> String {
        let (before, after) = self.sides(row);
        let date = row.date.map_or_else(String::new, |day| day.to_string());
        let mut out = String::new();
        let cells = [&row.doc_id, &date, &row.source];
        for cell in cells {
            let _ = write!(out, "{}\t", one_line(cell));
        }
        let (start, end) = (row.byte_start, row.byte_end);
        let _ = write!(
            out,
            "{}\t{}\t{start}\t{end}\t{before}\t{}\t{after}\t",
            row.language,
            row.field.as_str(),
            one_line(&row.surface)
        );
        let counted = u8::from(row.counted);
        let _ = writeln!(
            out,
            "{}\t{}\t{}\t{counted}\t{}",
            row.entity,
            row.kind.as_str(),
            row.rule,
            one_line(&row.reason)
        );
        out
    }
}

/// Exactly `width` characters: cut or filled at the end.
fn pad(text: &str, width: usize) -> String {
    let mut out: String = text.graphemes(true).take(width).collect();
    let filled = out.graphemes(true).count();
    out.extend(std::iter::repeat_n(' ', width.saturating_sub(filled)));
    out
}

/// The last `width` characters, filled at the front.
fn last(text: &str, width: usize) -> String {
    let all: Vec<&str> = text.graphemes(true).collect();
    let kept = all[all.len().saturating_sub(width)..].concat();
    format!("{}{kept}", " ".repeat(width.saturating_sub(all.len())))
}

/// The first `width` characters.
fn first(text: &str, width: usize) -> String {
    text.graphemes(true).take(width).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::fixtures::mention;

    #[test]
    fn the_second_mention_of_a_word_in_a_sentence_has_its_own_sides() {
        let row = |start| MentionRow {
            byte_start: start,
            context: "Niger and Niger".into(),
            ..mention()
        };
        let mut concordance = Concordance::default();
        assert_eq!(concordance.sides(&row(0)), (String::new(), " and Niger".to_owned()));
        assert_eq!(concordance.sides(&row(10)), ("Niger and ".to_owned(), String::new()));
    }

    #[test]
    fn lines_are_aligned_and_tsv_has_all_columns() {
        let line = anstream::adapter::strip_str(&Concordance::default().line(&mention())).to_string();
        assert!(line.starts_with("undated    Le Fleuve       "), "{line}");
        let tsv = Concordance::default().tsv(&mention());
        assert_eq!(
            tsv.trim_end_matches('\n').split('\t').count(),
            TSV_HEAD.split('\t').count()
        );
        assert_eq!(tsv.lines().count(), 1);
    }
}
