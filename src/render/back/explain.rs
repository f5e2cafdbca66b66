//! What stands behind one number: every mention of one entity in one period, counted and refused, document by document.

use std::collections::HashMap;
use std::fmt::Write as _;

use anstyle::{AnsiColor, Effects, Style};
use chrono::NaiveDate;

use super::Report;
use crate::error::Error;
use crate::render::text::one_line;

/// Headings.
const BOLD: Style = Style::new().effects(Effects::BOLD);
/// What is of less weight.
const DIM: Style = Style::new().effects(Effects::DIMMED);
/// A mention that counts.
const COUNTED: Style = AnsiColor::Green.on_default().effects(Effects::BOLD);
/// A mention that was refused.
const REFUSED: Style = AnsiColor::Red.on_default();

/// One number and what it is made of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Explained {
    /// What the entity is called.
    pub name: String,
    /// The period.
    pub period: String,
    /// The articles that the report's table gives.
    pub articles: u64,
    /// The mentions that the report's table gives.
    pub mentions: u64,
    /// All articles of the period.
    pub articles_total: u64,
    /// The documents that have a mention, counted or refused, by date.
    pub documents: Vec<Source>,
}

/// One document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// Its id.
    pub doc_id: String,
    /// Its file and record.
    pub place: String,
    /// Its day.
    pub date: Option<NaiveDate>,
    /// Its outlet.
    pub source: String,
    /// Its headline.
    pub title: String,
    /// `read` for those that figures count.
    pub status: String,
    /// Its mentions.
    pub lines: Vec<Line>,
}

/// One mention.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// `title` or `body`.
    pub field: String,
    /// Its first and last byte in the field.
    pub bytes: (u64, u64),
    /// Its text.
    pub surface: String,
    /// Its sentence.
    pub context: String,
    /// What sort of form it is.
    pub kind: String,
    /// The rule that decided.
    pub rule: String,
    /// Whether it counts.
    pub counted: bool,
    /// The cue, or why not.
    pub reason: String,
}

impl Report {
    /// Everything behind the figures of `entity` (an id, a code or a name as the tables have it) in `period`.
    ///
    /// # Errors
    ///
    /// [`Error::Report`] where the report has no such entity or period, or cannot be read.
    pub fn explain(&self, entity: &str, period: &str) -> Result<Explained, Error> {
        let mut rows = self.table("tables/mentions_by_period.csv")?;
        let [label, start, end, id, name, iso3] =
            rows.columns(["period", "period_start", "period_end", "entity", "entity_name", "iso3"])?;
        let [articles, mentions, total] = rows.columns(["articles", "mentions", "articles_total"])?;
        let mut found = Explained::default();
        let (mut own, mut days, mut known) = (String::new(), None, false);
        while rows.next()? {
            let same = [id, name, iso3]
                .into_iter()
                .any(|place| rows.text(place).eq_ignore_ascii_case(entity));
            known |= same;
            if same && rows.text(label) == period {
                rows.text(id).clone_into(&mut own);
                days = rows.text(start).parse().ok().zip(rows.text(end).parse().ok());
                found = Explained {
                    name: rows.text(name).to_owned(),
                    period: period.to_owned(),
                    articles: rows.count(articles),
                    mentions: rows.count(mentions),
                    articles_total: rows.count(total),
                    documents: Vec::new(),
                };
            }
        }
        let Some(days) = days else {
            let what = if known {
                format!("has no period `{period}`")
            } else {
                format!("has no entity `{entity}`")
            };
            return Err(Error::report(&self.dir, &what));
        };
        found.documents = self.sources(&own, days)?;
        Ok(found)
    }

    /// The documents of `days` (both inclusive) with a mention of `entity`.
    fn sources(&self, entity: &str, days: (NaiveDate, NaiveDate)) -> Result<Vec<Source>, Error> {
        let mut rows = self.table("evidence/mentions.csv")?;
        let [doc_id, file, record, date, source] = rows.columns(["doc_id", "file", "record", "date", "source"])?;
        let [field, start, end, surface, who] =
            rows.columns(["field", "byte_start", "byte_end", "surface", "entity"])?;
        let [kind, rule, counted, reason, context] = rows.columns(["kind", "rule", "counted", "reason", "context"])?;
        let mut documents: Vec<Source> = Vec::new();
        let mut places: HashMap<String, usize> = HashMap::new();
        while rows.next()? {
            if rows.text(who) != entity {
                continue;
            }
            let day: Option<NaiveDate> = rows.text(date).parse().ok();
            if day.is_none_or(|day| day < days.0 || day > days.1) {
                continue;
            }
            let place = *places.entry(rows.text(doc_id).to_owned()).or_insert_with(|| {
                documents.push(Source {
                    doc_id: rows.text(doc_id).to_owned(),
                    place: format!("{}#{}", rows.text(file), rows.text(record)),
                    date: day,
                    source: rows.text(source).to_owned(),
                    ..Source::default()
                });
                documents.len() - 1
            });
            documents[place].lines.push(Line {
                field: rows.text(field).to_owned(),
                bytes: (rows.count(start), rows.count(end)),
                surface: rows.text(surface).to_owned(),
                context: rows.text(context).to_owned(),
                kind: rows.text(kind).to_owned(),
                rule: rows.text(rule).to_owned(),
                counted: rows.text(counted) == "1",
                reason: rows.text(reason).to_owned(),
            });
        }
        let mut rows = self.table("evidence/documents.csv")?;
        let [doc_id, title, status] = rows.columns(["doc_id", "title", "status"])?;
        while rows.next()? {
            if let Some(&place) = places.get(rows.text(doc_id)) {
                rows.text(title).clone_into(&mut documents[place].title);
                rows.text(status).clone_into(&mut documents[place].status);
            }
        }
        documents.sort_by(|a, b| (a.date, &a.place).cmp(&(b.date, &b.place)));
        Ok(documents)
    }
}

impl Source {
    /// Whether figures count its mentions.
    fn is_counted(&self) -> bool {
        self.status == "read"
    }

    /// How many of its mentions figures count.
    fn mentions(&self) -> u64 {
        if self.is_counted() {
            self.lines.iter().filter(|line| line.counted).count() as u64
        } else {
            0
        }
    }
}

impl Explained {
    /// Articles and mentions as the evidence adds up to them; they equal what the table gives.
    #[must_use]
    pub fn added_up(&self) -> (u64, u64) {
        let articles = self.documents.iter().filter(|document| document.mentions() > 0).count();
        (articles as u64, self.documents.iter().map(Source::mentions).sum())
    }

    /// The number, then every document and mention behind it, with ANSI styles.
    #[must_use]
    pub fn shown(&self) -> String {
        let mut out = String::new();
        let _ = writeln!(
            out,
            "{BOLD}{}, {}: {} of {} articles, {} mentions{BOLD:#}",
            self.name, self.period, self.articles, self.articles_total, self.mentions
        );
        for document in &self.documents {
            let date = document.date.map_or_else(String::new, |day| day.to_string());
            let status = if document.is_counted() {
                String::new()
            } else {
                format!(" [{}: not counted]", document.status)
            };
            let _ = writeln!(
                out,
                "\n{BOLD}{}{BOLD:#}{status}\n{DIM}{date}  {}  {}  {}{DIM:#}",
                one_line(&document.title),
                one_line(&document.source),
                document.doc_id,
                document.place
            );
            for line in &document.lines {
                let style = if line.counted { COUNTED } else { REFUSED };
                let sign = if line.counted { '+' } else { '-' };
                let context =
                    one_line(&line.context).replacen(&line.surface, &format!("{style}{}{style:#}", line.surface), 1);
                let reason = if line.reason.is_empty() {
                    String::new()
                } else {
                    format!(" ({})", line.reason)
                };
                let _ = writeln!(
                    out,
                    "  {sign} {context}\n    {DIM}{} {}..{} · {} · {}{reason}{DIM:#}",
                    line.field, line.bytes.0, line.bytes.1, line.kind, line.rule
                );
            }
        }
        let (articles, mentions) = self.added_up();
        if (articles, mentions) != (self.articles, self.mentions) {
            let _ = writeln!(
                out,
                "\n{REFUSED}The evidence adds up to {articles} articles and {mentions} mentions, not to the figures of the table.{REFUSED:#}"
            );
        }
        out
    }
}
