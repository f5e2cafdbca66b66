//! The parts of the page that follow from the findings: facts, sentences, the leading entities, articles to read, cautions.

use super::figures::rows_note;
use super::grid::{Cell, Head, Window, table};
use super::template::escape;
use crate::model::findings::{EntityFacts, Findings, HeadlineRow};
use crate::model::language::Language;
use crate::render::format;
use crate::render::labels::Labels;
use crate::render::summary::{self, percent, ratio, tongue};
use crate::render::text::{one_line, safe_address};

/// How many entities the page tells; the others are in the tables.
const ENTITIES: usize = 20;

/// How many entities it names articles of, and how many articles of each.
const READING: (usize, usize) = (9, 3);

/// What the sections are made of.
pub(super) struct Sections<'p> {
    /// The figures.
    pub(super) findings: &'p Findings,
    /// The language of the page.
    pub(super) language: Language,
    /// Its fixed words.
    pub(super) labels: &'p Labels,
}

impl Sections<'_> {
    /// What the corpus is called.
    pub(super) fn title(&self) -> String {
        escape(&one_line(&self.findings.corpus.name))
    }

    /// The range of the corpus and how time is cut.
    pub(super) fn deck(&self) -> String {
        let sentence = tongue(self.language).last_period(self.findings);
        let range = self
            .findings
            .corpus
            .range
            .map(|(first, last)| format::date_range(self.language, first, last));
        let range = range.map_or_else(String::new, |range| format!("{range}. "));
        escape(&self.labels.set(&(range + &sentence)))
    }

    /// The numbers of the corpus.
    pub(super) fn facts(&self) -> String {
        let corpus = &self.findings.corpus;
        let left_out = corpus.undated + corpus.skipped + corpus.duplicates + corpus.filtered;
        [
            ("articles", corpus.articles),
            ("stories", corpus.stories),
            ("sources", corpus.sources),
            ("mentions", corpus.mentions),
            ("entities", self.findings.entities.len() as u64),
            ("left_out", left_out),
        ]
        .map(|(label, count)| {
            let count = self.labels.set(&format::count(self.language, count));
            format!("<div><dt>{}</dt><dd>{count}</dd></div>", escape(self.labels.get(label)))
        })
        .concat()
    }

    /// The languages of the corpus, and what did not become an article.
    pub(super) fn left_out(&self) -> String {
        let languages: Vec<String> = self
            .findings
            .corpus
            .languages
            .iter()
            .map(|(named, count)| {
                let name = summary::language_name(self.language, *named);
                format!("{name}\u{a0}{}", format::count(self.language, *count))
            })
            .collect();
        let left_out = tongue(self.language).left_out(self.findings);
        if languages.is_empty() {
            return escape(&self.labels.set(&left_out));
        }
        escape(&self.labels.set(&format!("{}. {left_out}", languages.join(" · "))))
    }

    /// What moved and who leads.
    pub(super) fn brief(&self) -> String {
        let mut sentences = summary::moved(self.findings, self.language);
        sentences.extend(summary::standing(self.findings, self.language));
        self.list(&sentences)
    }

    /// A way to the cautions, where there are any.
    pub(super) fn warning(&self) -> String {
        let cautions = self.findings.caveats.len();
        if cautions == 0 {
            return String::new();
        }
        let label = escape(self.labels.get("see_cautions"));
        let count = self.labels.set(&format::count(self.language, cautions as u64));
        format!("<p class=\"see\"><a href=\"#cautions\">{label}</a> ({count})</p>")
    }

    /// What to distrust.
    pub(super) fn cautions(&self) -> String {
        if self.findings.caveats.is_empty() {
            return String::new();
        }
        let sentences = summary::cautions(self.findings, self.language);
        let heading = escape(self.labels.get("cautions"));
        format!(
            "<section class=\"cautions\" id=\"cautions\">\n<h2>{heading}</h2>\n{}\n</section>",
            self.list(&sentences)
        )
    }

    /// The entities with most articles.
    pub(super) fn leading(&self) -> String {
        let all = &self.findings.entities;
        if all.is_empty() {
            return String::new();
        }
        let label = |name: &str| self.labels.get(name);
        let mut heads = vec![
            Head::text(label("col_entity")),
            Head::number(label("col_articles")),
            Head::number(label("col_share")),
            Head::text(""),
            Head::number(label("col_mentions")),
        ];
        if let Some(place) = self.findings.last_complete {
            let period = &self.findings.periods[place];
            let n = self.labels.set(&format::count(self.language, period.articles));
            let head = escape(&label("col_last").replace("{}", "\u{1}")).replace(
                '\u{1}',
                &format!("<bdi>{} (n\u{a0}=\u{a0}{n})</bdi>", escape(&period.period.label)),
            );
            heads.push(Head {
                name: head,
                number: true,
            });
            heads.push(Head::number(label("col_interval")));
        }
        let shown = &all[..all.len().min(ENTITIES)];
        let rows: Vec<Vec<Cell>> = shown.iter().map(|entity| self.leader(entity)).collect();
        let table = table(label("leading_caption"), &heads, &rows, Window::Whole);
        let note = if shown.len() < all.len() {
            let file = "tables/mentions_by_period.csv";
            let note = rows_note(self.labels, self.language, shown.len(), all.len(), file);
            format!("<p class=\"note\">{}</p>", escape(&note))
        } else {
            String::new()
        };
        format!(
            "<section id=\"leading\">\n<h2>{}</h2>\n{table}\n{note}</section>",
            escape(label("leading"))
        )
    }

    /// One entity.
    fn leader(&self, entity: &EntityFacts) -> Vec<Cell> {
        let all = self.findings.corpus.articles;
        let set = |number: String| self.labels.set(&number);
        let count = |n: u64| Cell::Number(set(format::count(self.language, n)), n.to_string());
        let mut row = vec![
            Cell::Name(format!(
                "<bdi>{}</bdi>",
                escape(entity.names.in_language(self.language))
            )),
            count(entity.articles),
            Cell::Number(
                set(ratio(self.language, entity.articles, all)),
                entity.articles.to_string(),
            ),
            Cell::Bar(part(entity.articles, all)),
            count(entity.mentions),
        ];
        if let Some(place) = self.findings.last_complete {
            let dash = || Cell::Number("—".to_owned(), String::new());
            match entity.series[place].share {
                None => row.extend([dash(), dash()]),
                Some(share) => {
                    let interval = set(format::percent_range(self.language, share.lo, share.hi, 0));
                    row.push(Cell::Number(
                        set(percent(self.language, share.value)),
                        format!("{:.6}", share.value),
                    ));
                    row.push(Cell::Number(
                        format!("<span class=\"interval\">{interval}</span>"),
                        format!("{:.6}", share.lo),
                    ));
                }
            }
        }
        row
    }

    /// Articles to read, entity by entity.
    pub(super) fn headlines(&self) -> String {
        let groups = summary::headlines(self.findings, READING.1, READING.0);
        if groups.is_empty() {
            return String::new();
        }
        let groups: Vec<String> = groups
            .iter()
            .map(|(entity, rows)| {
                let name = self.findings.entities[*entity].names.in_language(self.language);
                let rows: String = rows.iter().map(|row| self.article(row)).collect();
                format!("<div>\n<h3><bdi>{}</bdi></h3>\n<ul>{rows}</ul>\n</div>", escape(name))
            })
            .collect();
        format!(
            "<section id=\"headlines\">\n<h2>{}</h2>\n<p class=\"note\">{}</p>\n<div class=\"reading\">{}</div>\n</section>",
            escape(self.labels.get("headlines")),
            escape(self.labels.get("headlines_note")),
            groups.concat()
        )
    }

    /// Sentences as a list.
    fn list(&self, sentences: &[String]) -> String {
        let items: Vec<String> = sentences
            .iter()
            .map(|sentence| format!("<li>{}</li>\n", escape(&self.labels.set(sentence))))
            .collect();
        format!("<ul>\n{}</ul>", items.concat())
    }

    /// One article: its headline, a link where it has an address, its outlet and its day.
    fn article(&self, row: &HeadlineRow) -> String {
        let title = one_line(&row.title);
        let title = if title.is_empty() { &row.doc_id } else { &title };
        let title = format!("<bdi lang=\"{}\">{}</bdi>", row.language, escape(title));
        let title = match safe_address(&row.url) {
            Some(address) => format!(
                "<a href=\"{}\" rel=\"noreferrer noopener\">{title}</a>",
                escape(&address)
            ),
            None => title,
        };
        let date = self.labels.set(&format::date(self.language, row.date));
        let source = one_line(&row.source);
        let source = if source.is_empty() {
            String::new()
        } else {
            format!("<bdi>{}</bdi> · ", escape(&source))
        };
        format!("<li>{title}<cite>{source}{date}</cite></li>")
    }
}

/// One number divided by another, 0 where there is nothing to divide by: the length of a bar.
#[expect(clippy::cast_precision_loss, reason = "counts of articles lie far below 2^53")]
fn part(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}
