//! What every chart of one report in one language is told, and what it hands back.

use chrono::NaiveDate;

use super::canvas::Canvas;
use super::colours::Colours;
use super::columns::Columns;
use super::frame::Frame;
use super::labels::Placed;
use super::sheet::Sheet;
use super::text::{Script, can_write};
use super::words::{Actors, Ends, Mark, Words, span, words};
use super::{Data, Value};
use crate::model::entity::{EntityClass, Names};
use crate::model::findings::{EntityFacts, Findings, PeriodFacts, Share};
use crate::model::language::Language;
use crate::model::period::{Granularity, Period};
use crate::render::format::{self, isolate_ltr};
use crate::render::text::one_line;
use crate::settings::{RenderSettings, Surface};

/// What every chart is told.
pub(super) struct Brief<'f> {
    /// The figures.
    pub(super) findings: &'f Findings,
    /// The corpus's name in footers, on one line; empty where it cannot be written.
    corpus: String,
    /// The tag, or nothing.
    tag: String,
    /// The language.
    pub(super) language: Language,
    /// Its words.
    pub(super) words: &'static dyn Words,
    /// Whose colour is which.
    pub(super) colours: Colours,
    /// What is drawn on.
    pub(super) sheet: Sheet,
    /// Whether lines have dashes and markers.
    pub(super) print: bool,
    /// How words are written.
    script: Script,
}

/// A drawing that is finished but for its picture.
#[derive(Clone, Debug)]
pub(super) struct Drawing {
    /// The words around it.
    pub(super) frame: Frame,
    /// What it shows, in a sentence.
    pub(super) alt: String,
    /// The sheet.
    pub(super) canvas: Canvas,
    /// Its figures.
    pub(super) data: Data,
    /// Where its direct labels stand.
    #[cfg_attr(not(test), expect(dead_code, reason = "read by the tests of the layout"))]
    pub(super) labels: Vec<Placed>,
}

impl<'f> Brief<'f> {
    /// What charts of `findings` in `language` are told, for one surface.
    pub(super) fn new(findings: &'f Findings, settings: &RenderSettings, language: Language, surface: Surface) -> Self {
        let known = if [Language::AR, Language::FR].contains(&language) {
            language
        } else {
            Language::EN
        };
        let title = if settings.title.trim().is_empty() {
            &findings.corpus.name
        } else {
            &settings.title
        };
        let written = |text: &str| Some(one_line(text)).filter(|text| can_write(text)).unwrap_or_default();
        Self {
            findings,
            corpus: written(title),
            tag: settings.tag.get(&language).map(|tag| written(tag)).unwrap_or_default(),
            language: known,
            words: words(known),
            colours: Colours::new(findings),
            sheet: Sheet::of(surface),
            print: settings.print,
            script: Script::new(known, settings),
        }
    }

    /// An empty sheet for the chart called `name`.
    pub(super) fn canvas(&self, name: &'static str) -> Canvas {
        Canvas::new(name, self.sheet, self.script)
    }

    /// The entity at `place`.
    pub(super) fn entity(&self, place: usize) -> &'f EntityFacts {
        &self.findings.entities[place]
    }

    /// What the entity at `place` is called: in the language, else in English, else by its id.
    pub(super) fn name(&self, place: usize) -> String {
        let entity = self.entity(place);
        let names = [
            entity.names.in_language(self.language),
            &entity.names.en,
            &entity.names.fr,
        ];
        names
            .iter()
            .map(|name| one_line(name))
            .find(|name| !name.is_empty() && can_write(name))
            .unwrap_or_else(|| entity.id.clone())
    }

    /// The names of the entity at `place` as a title may write them; `None` where they cannot be written.
    pub(super) fn names(&self, place: usize) -> Option<&'f Names> {
        let names = &self.entity(place).names;
        can_write(names.in_language(self.language)).then_some(names)
    }

    /// What the entities at `places` are called together.
    pub(super) fn actors(&self, places: &[usize]) -> Actors {
        let countries = places
            .iter()
            .all(|&place| self.entity(place).class == EntityClass::Country);
        if countries { Actors::Countries } else { Actors::Mixed }
    }

    /// How long a period of the findings is.
    pub(super) fn unit(&self) -> Granularity {
        self.findings.corpus.calendar.granularity
    }

    /// Periods without the incomplete last one, which is in no total.
    pub(super) fn told(&self) -> &'f [PeriodFacts] {
        let periods = &self.findings.periods;
        match (self.findings.last_complete, periods.last()) {
            (Some(last), Some(period)) if !period.complete => &periods[..=last],
            _ => periods,
        }
    }

    /// The articles of [`Brief::told`] that mention the entity at `place`.
    pub(super) fn told_articles(&self, place: usize) -> u64 {
        let series = &self.entity(place).series;
        series.iter().take(self.told().len()).map(|cell| cell.articles).sum()
    }

    /// First and last day of what is told.
    pub(super) fn range(&self) -> Option<(NaiveDate, NaiveDate)> {
        let (first, last) = self.findings.corpus.range?;
        let end = self.told().last().map_or(last, |period| last_day(&period.period));
        Some((first, last.min(end).max(first)))
    }

    /// The range as titles write it.
    pub(super) fn span(&self) -> String {
        self.range()
            .map_or_else(String::new, |(first, last)| span(self.language, first, last))
    }

    /// The range of some columns, as far as the corpus reaches, as titles write it.
    pub(super) fn span_of(&self, columns: &Columns) -> String {
        let ends = (columns.all.first(), columns.all.last(), self.range());
        let (Some(one), Some(other), Some((first, last))) = ends else {
            return String::new();
        };
        let (from, to) = (one.period.start.max(first), last_day(&other.period).min(last));
        span(self.language, from, to.max(from))
    }

    /// The months of the whole corpus, with the incomplete last period: where periods are not told apart.
    pub(super) fn whole_span(&self) -> String {
        self.findings
            .corpus
            .range
            .map_or_else(String::new, |(first, last)| span(self.language, first, last))
    }

    /// The footer's line over the whole corpus.
    pub(super) fn whole_source(&self) -> String {
        let range = self.findings.corpus.range;
        let range = range.map_or_else(String::new, |(first, last)| {
            format::date_range(self.language, first, last)
        });
        self.source_of(self.findings.corpus.articles, &range)
    }

    /// The footer's line about what the figures come from, without the incomplete last period.
    pub(super) fn source(&self) -> String {
        let articles = self.told().iter().map(|period| period.articles).sum();
        let range = self.range().map_or_else(String::new, |(first, last)| {
            format::date_range(self.language, first, last)
        });
        self.source_of(articles, &range)
    }

    /// The footer's line over so many articles of some days.
    pub(super) fn source_of(&self, articles: u64, range: &str) -> String {
        self.words
            .source(&self.foreign(), articles, self.findings.corpus.sources, range)
    }

    /// The corpus's name, kept apart from words that run the other way.
    fn foreign(&self) -> String {
        let arabic = self.corpus.chars().any(format::is_arabic);
        if self.corpus.is_empty() || arabic == (self.language == Language::AR) {
            return self.corpus.clone();
        }
        if arabic {
            format::isolate_rtl(&self.corpus)
        } else {
            isolate_ltr(&self.corpus)
        }
    }

    /// The frame of a chart.
    pub(super) fn frame(&self, title: String, subtitle: String, method: Vec<String>) -> Frame {
        Frame {
            title,
            subtitle,
            tag: self.tag.clone(),
            source: self.source(),
            method,
        }
    }

    /// How incomplete columns at the ends are drawn, where there are any.
    pub(super) fn incomplete(&self, columns: &Columns, mark: Mark) -> Option<String> {
        let first = columns
            .all
            .first()
            .filter(|column| !column.complete && columns.all.len() > 1);
        let (ends, column) = match (first, columns.partial()) {
            (None, None) => return None,
            (None, Some(last)) => (Ends::Last, last),
            (Some(first), None) => (Ends::First, first),
            (Some(_), Some(last)) => (Ends::Both, last),
        };
        let of = column.period.days().unsigned_abs();
        Some(
            self.words
                .incomplete(mark, ends, columns.granularity, column.days_covered, of),
        )
    }

    /// That weeks were added up to longer columns, where they were.
    pub(super) fn pooled(&self, columns: &Columns) -> Option<String> {
        (columns.pooled && self.unit() == Granularity::Week).then(|| self.words.pooled(columns.granularity))
    }

    /// Stretches without articles as days, joined in a sentence; nothing where there are more than `most`.
    pub(super) fn gaps(&self, columns: &Columns, most: usize) -> String {
        let gaps = columns.gaps();
        if gaps.len() > most {
            return String::new();
        }
        let days = gaps.iter().map(|(first, last)| self.days_of(columns, *first, *last));
        let all: Vec<String> = days.collect();
        all.join(if self.language == Language::AR { "، " } else { ", " })
    }

    /// The days from the column `first` to the column `last`.
    pub(super) fn days_of(&self, columns: &Columns, first: usize, last: usize) -> String {
        let (first, last) = (&columns.all[first].period, &columns.all[last].period);
        format::date_range(self.language, first.start, last_day(last)).replace("– ", "–\u{a0}")
    }
}

/// The last day of a period.
pub(super) fn last_day(period: &Period) -> NaiveDate {
    period.end.pred_opt().unwrap_or(period.end)
}

/// The figures of a chart.
pub(super) fn data(columns: &[&str], rows: Vec<Vec<Value>>) -> Data {
    Data {
        columns: columns.iter().map(ToString::to_string).collect(),
        rows,
    }
}

/// A row of the figures of a chart: a share and its bounds, or nothing, at its end.
pub(super) fn with_share(mut row: Vec<Value>, share: Option<Share>) -> Vec<Value> {
    row.extend([
        fraction(share.map(|share| share.value)),
        fraction(share.map(|share| share.lo)),
        fraction(share.map(|share| share.hi)),
    ]);
    row
}

/// A fraction or nothing, as a figure.
pub(super) fn fraction(value: Option<f64>) -> Value {
    value.map_or(Value::Missing, Value::Decimal)
}
