//! Ambiguous forms and how they were decided.
//!
//! Frames of mentions come in one at a time, in any order; one row a form, language, entity and rule goes out where something was
//! refused or a rule decided. It judges no mention again.

use std::cmp::Reverse;
use std::collections::HashMap;

use polars::prelude::{Column, DataFrame};
use serde::{Deserialize, Serialize};

use super::basis::Basis;
use super::counts::{Rows, Watched};
use super::documents::told;
use super::parts::Numbers;
use crate::error::Error;
use crate::model::entity::Gazetteer;
use crate::model::evidence::DocumentStatus;
use crate::model::findings::AmbiguousRow;
use crate::model::language::Language;
use crate::model::mention::{Kind, OPEN};

/// Rules that decide nothing ambiguous: the form itself, and the dates of an office.
const PLAIN: [&str; 2] = ["form", "office"];

/// How many contexts of each decision are kept.
const EXAMPLES: usize = 3;

/// A form (folded), the language of the document, the entity and the rule, all but the language as numbers.
type Key = (u32, Language, u16, u32);

/// Where a mention stands: its document, and its row among the rows of that document. It orders mentions of the whole corpus.
type Position = (u32, u32);

/// The forms met so far.
#[derive(Debug, Default)]
pub(crate) struct Ambiguity {
    /// Forms in lower case, numbered as they come; the numbers are never shown.
    folded: Words,
    /// Rules, numbered in the same way.
    rules: Words,
    /// What became of each.
    forms: HashMap<Key, Decided>,
}

/// What became of the occurrences of one form.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Decided {
    /// Occurrences counted.
    counted: u64,
    /// Occurrences refused.
    refused: u64,
    /// Occurrences left open.
    undecided: u64,
    /// The form as first seen.
    surface: Firsts<1>,
    /// Contexts that were counted.
    examples_counted: Firsts<EXAMPLES>,
    /// Contexts that were refused.
    examples_refused: Firsts<EXAMPLES>,
    /// Contexts that were left open.
    examples_undecided: Firsts<EXAMPLES>,
}

/// The `N` different texts that stand first in the corpus, in its order.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Firsts<const N: usize>(Vec<(Position, Box<str>)>);

impl<const N: usize> Firsts<N> {
    /// Takes `text` where it stands before what is kept. In which order texts are offered makes no difference.
    fn offer(&mut self, position: Position, text: &str) {
        let full = self.0.len() == N;
        if full && self.0.last().is_some_and(|(last, _)| *last <= position) {
            return;
        }
        if let Some(place) = self.0.iter().position(|(_, kept)| **kept == *text) {
            if self.0[place].0 <= position {
                return;
            }
            self.0.remove(place);
        }
        let place = self.0.partition_point(|(kept, _)| *kept < position);
        self.0.insert(place, (position, text.into()));
        self.0.truncate(N);
    }

    /// Takes those of other documents.
    fn merge(&mut self, other: Self) {
        for (position, text) in other.0 {
            self.offer(position, &text);
        }
    }

    /// Gives the documents other numbers, in the same order.
    fn renumber(&mut self, number: &dyn Fn(u32) -> Result<u32, Error>) -> Result<(), Error> {
        for ((doc, _), _) in &mut self.0 {
            *doc = number(*doc)?;
        }
        Ok(())
    }

    /// The texts.
    fn into_texts(self) -> Vec<String> {
        self.0.into_iter().map(|(_, text)| text.into()).collect()
    }
}

impl Decided {
    /// Adds what became of other occurrences.
    fn merge(&mut self, other: Self) {
        self.counted += other.counted;
        self.refused += other.refused;
        self.undecided += other.undecided;
        self.surface.merge(other.surface);
        self.examples_counted.merge(other.examples_counted);
        self.examples_refused.merge(other.examples_refused);
        self.examples_undecided.merge(other.examples_undecided);
    }

    /// Gives the documents other numbers, in the same order.
    fn renumber(&mut self, number: &dyn Fn(u32) -> Result<u32, Error>) -> Result<(), Error> {
        self.surface.renumber(number)?;
        self.examples_counted.renumber(number)?;
        self.examples_refused.renumber(number)?;
        self.examples_undecided.renumber(number)
    }
}

/// The forms of one part, whose documents are told by their places in it.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct FormsOfPart(Vec<FormOfPart>);

/// A form of one part.
#[derive(Debug, Serialize, Deserialize)]
struct FormOfPart {
    /// The form, folded.
    form: Box<str>,
    /// The language of the documents.
    language: Language,
    /// Whom, by number.
    entity: u16,
    /// The rule.
    rule: Box<str>,
    /// What became of it.
    decided: Decided,
}

impl Ambiguity {
    /// The forms, if all of them are of one part.
    ///
    /// # Errors
    ///
    /// [`Error::Analyse`] where they are not.
    pub(crate) fn into_part(self, numbers: &Numbers) -> Result<FormsOfPart, Error> {
        let Self { folded, rules, forms } = self;
        let all = forms.into_iter().map(|((form, language, entity, rule), mut decided)| {
            decided.renumber(&|doc| numbers.place(doc))?;
            Ok(FormOfPart {
                form: folded.text(form).into(),
                language,
                entity,
                rule: rules.text(rule).into(),
                decided,
            })
        });
        all.collect::<Result<_, Error>>().map(FormsOfPart)
    }

    /// Adds the forms of a part.
    ///
    /// # Errors
    ///
    /// [`Error::Analyse`] where they are of no document of it.
    pub(crate) fn merge(&mut self, part: FormsOfPart, numbers: &Numbers) -> Result<(), Error> {
        for mut one in part.0 {
            one.decided.renumber(&|place| numbers.number(place))?;
            let form = self.folded.number(&one.form, str::to_owned);
            let rule = self.rules.number(&one.rule, str::to_owned);
            let key = (form, one.language, one.entity, rule);
            self.forms.entry(key).or_default().merge(one.decided);
        }
        Ok(())
    }

    /// Adds the rows of a frame that are of watched entities in articles and undated documents; agency credits are left out.
    ///
    /// # Errors
    ///
    /// [`Error::Analyse`] where a column is missing or holds what it should not.
    pub(crate) fn add(&mut self, frame: &DataFrame, basis: &Basis, watched: &Watched<'_>) -> Result<(), Error> {
        let text = |name: &str| frame.column(name).and_then(Column::str).map_err(|error| told(&error));
        let (surfaces, rules) = (text("surface")?.iter(), text("rule")?.iter());
        let (reasons, contexts) = (text("reason")?.iter(), text("context")?.iter());
        let rows = Rows::new(frame).map_err(|error| told(&error))?;
        let mut in_document = (u32::MAX, 0_u32);
        let texts = surfaces.zip(rules).zip(reasons).zip(contexts);
        for (row, (((surface, rule), reason), context)) in rows.zip(texts) {
            let row = row?;
            in_document = (row.doc, if in_document.0 == row.doc { in_document.1 + 1 } else { 0 });
            let kept = matches!(
                basis.status(row.doc as usize),
                DocumentStatus::Read | DocumentStatus::Undated
            );
            let Some(entity) = watched.number(row.entity).filter(|_| kept && row.kind != Kind::Agency) else {
                continue;
            };
            let surface = surface.unwrap_or_default();
            let form = self.folded.number(surface, str::to_lowercase);
            let rule = self.rules.number(rule.unwrap_or_default(), str::to_owned);
            let key = (form, basis.documents.languages[row.doc as usize], entity, rule);
            let decided = self.forms.entry(key).or_default();
            decided.surface.offer(in_document, surface);
            let (count, examples) = if row.counted {
                (&mut decided.counted, &mut decided.examples_counted)
            } else if OPEN.contains(&reason.unwrap_or_default()) {
                (&mut decided.undecided, &mut decided.examples_undecided)
            } else {
                (&mut decided.refused, &mut decided.examples_refused)
            };
            *count += 1;
            examples.offer(in_document, context.unwrap_or_default());
        }
        Ok(())
    }

    /// The rows of all frames, those with most occurrences first, then by form, language, entity and rule.
    pub(crate) fn finish(self, gazetteer: &Gazetteer) -> Vec<AmbiguousRow> {
        let Self { rules, forms, .. } = self;
        let doubtful = forms.into_iter().filter(|((_, _, _, rule), decided)| {
            decided.refused + decided.undecided > 0 || !PLAIN.contains(&rules.text(*rule))
        });
        let mut rows: Vec<AmbiguousRow> = doubtful
            .map(|((_, language, entity, rule), decided)| AmbiguousRow {
                language,
                entity: gazetteer.entity(gazetteer.watched[usize::from(entity)]).id.clone(),
                rule: rules.text(rule).to_owned(),
                counted: decided.counted,
                refused: decided.refused,
                undecided: decided.undecided,
                surface: decided.surface.into_texts().pop().unwrap_or_default(),
                examples_counted: decided.examples_counted.into_texts(),
                examples_refused: decided.examples_refused.into_texts(),
                examples_undecided: decided.examples_undecided.into_texts(),
            })
            .collect();
        rows.sort_by(|a, b| order(a).cmp(&order(b)));
        rows
    }
}

/// What rows are sorted by.
fn order(row: &AmbiguousRow) -> (Reverse<u64>, &str, Language, &str, &str) {
    (
        Reverse(row.counted + row.refused + row.undecided),
        &row.surface,
        row.language,
        &row.entity,
        &row.rule,
    )
}

/// Texts and their numbers.
#[derive(Debug, Default)]
struct Words {
    /// The number of every spelling met.
    spellings: HashMap<Box<str>, u32>,
    /// The number of every folded text.
    numbers: HashMap<Box<str>, u32>,
    /// The folded texts by number.
    texts: Vec<Box<str>>,
}

impl Words {
    /// The number of a text after `fold`, which is asked once a spelling.
    fn number(&mut self, spelling: &str, fold: impl Fn(&str) -> String) -> u32 {
        if let Some(&number) = self.spellings.get(spelling) {
            return number;
        }
        let folded: Box<str> = fold(spelling).into();
        let next = u32::try_from(self.texts.len()).expect("there are fewer forms than bytes of text");
        let number = *self.numbers.entry(folded.clone()).or_insert(next);
        if number == next {
            self.texts.push(folded);
        }
        self.spellings.insert(spelling.into(), number);
        number
    }

    /// The text of a number.
    fn text(&self, number: u32) -> &str {
        &self.texts[number as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::{Corpus, Mentioned, gazetteer};
    use crate::model::mention::NO_CUE;
    use crate::settings::AnalyseSettings;

    #[test]
    fn decided_and_refused_forms_are_summed_up_with_the_first_examples() {
        let mut corpus = Corpus::default();
        for date in ["2024-05-20", "2024-05-21", "", "2024-05-20"] {
            corpus.add(date, "A", &["niger"]);
        }
        corpus.documents[3].text = "text 0".to_owned();
        let mut say = |doc: usize, surface: &str, rule, counted| {
            let one = corpus.mention(doc, "mali");
            (one.surface, one.rule, one.counted) = (surface.to_owned(), rule, counted);
            one.context = format!("{surface} of {doc}");
        };
        say(2, "MALI", "fr-mali", true);
        say(1, "Mali", "fr-mali", true);
        say(1, "mali", "fr-mali", false);
        say(0, "Goita", "office", true);
        say(3, "Mali", "fr-mali", true);
        let credit = corpus.mention(0, "mali");
        (credit.kind, credit.counted) = ("agency", false);
        corpus.mentions.sort_by_key(|one| one.doc);
        let gazetteer = gazetteer(&["mali", "niger"]);
        let parts: Vec<&[Mentioned]> = corpus.mentions.chunk_by(|a, b| a.doc == b.doc).collect();
        let found = corpus
            .analyse_parts(&parts, &gazetteer, &AnalyseSettings::default())
            .unwrap()
            .findings
            .quality
            .ambiguous;
        // The re-crawl, the credit, the plain form and the office are not in the list.
        assert_eq!(found.len(), 1, "{found:?}");
        let row = &found[0];
        assert_eq!(
            (row.surface.as_str(), row.entity.as_str(), row.rule.as_str()),
            ("Mali", "mali", "fr-mali")
        );
        assert_eq!((row.counted, row.refused, row.undecided), (2, 1, 0));
        assert_eq!(row.examples_counted, ["Mali of 1", "MALI of 2"]);
        assert_eq!(row.examples_refused, ["mali of 1"]);
        assert!(row.examples_undecided.is_empty());
    }

    #[test]
    fn what_was_left_open_is_told_apart_and_three_contexts_are_kept_in_order() {
        let mut corpus = Corpus::default();
        for day in 1..6 {
            corpus.add(&format!("2024-05-{day:02}"), "A", &["mali"]);
        }
        for (place, one) in corpus.mentions.iter_mut().enumerate() {
            one.counted = false;
            one.reason = if place == 4 { "cue against: وزير" } else { NO_CUE };
            one.context = format!("sentence {}", place.min(2));
        }
        corpus.mentions[3].context = "another".to_owned();
        let gazetteer = gazetteer(&["mali"]);
        let parts: Vec<&[Mentioned]> = corpus.mentions.chunks(1).rev().collect();
        let found = corpus
            .analyse_parts(&parts, &gazetteer, &AnalyseSettings::default())
            .unwrap()
            .findings
            .quality
            .ambiguous;
        assert_eq!((found[0].counted, found[0].refused, found[0].undecided), (0, 1, 4));
        assert_eq!(found[0].examples_undecided, ["sentence 0", "sentence 1", "sentence 2"]);
        assert_eq!(found[0].examples_refused, ["sentence 2"]);
    }

    #[test]
    fn a_form_that_was_refused_once_tells_how_often_it_counted() {
        let mut corpus = Corpus::default();
        corpus.add("2024-05-20", "A", &["mali", "mali", "mali"]);
        corpus.mentions[1].counted = false;
        let found = corpus
            .findings(&gazetteer(&["mali"]), &AnalyseSettings::default())
            .quality
            .ambiguous;
        assert_eq!((found.len(), found[0].counted, found[0].refused), (1, 2, 1));
    }
}
