//! The tables of single things: `headlines` and `events`.

use super::{ENTITY, Table, write_table};
use crate::error::Error;
use crate::model::findings::{EventRow, Findings, HeadlineRow};
use crate::model::language::Language;
use crate::render::folder::Folder;
use crate::settings::CsvDialect;

/// Writes the tables of single things.
pub(super) fn write(folder: &mut Folder, findings: &Findings, dialect: CsvDialect) -> Result<(), Error> {
    write_table(folder, headlines(findings), dialect, &findings.headlines)?;
    write_table(folder, events(), dialect, &findings.events)
}

/// The articles that tell the last complete period best.
fn headlines(findings: &Findings) -> Table<'_, &HeadlineRow> {
    Table::<&HeadlineRow>::new(
        "tables/headlines.csv",
        "An article that tells the last complete period of one entity well. Titles are those of the articles, unchecked.",
    )
    .key(&["entity", "rank"])
    .text("entity", ENTITY, |row| &findings.entities[row.entity].id)
    .required()
    .count("rank", "", "1 is the best", |row| row.rank.into())
    .date("date", "Day of publication", |row| Some(row.date))
    .required()
    .text("source", "The outlet", |row| &row.source)
    .text("language", "BCP 47 language of the article", |row| row.language.as_str())
    .text("title", "Its headline", |row| &row.title)
    .text("url", "Its address, where it is known", |row| &row.url)
    .text("doc_id", "The document, as in evidence/documents.csv", |row| &row.doc_id)
    .required()
    .count("story_size", "articles", "Articles of its story: reprints and near copies, itself included", |row| row.story_size)
    .text(
        "why",
        "Why it was chosen: title (named in the headline), mentions=7, story=3 (articles of its story), joined by ;",
        |row| &row.why,
    )
}

/// The dated events within the range of the corpus.
fn events<'f>() -> Table<'f, &'f EventRow> {
    fn label(row: &EventRow, language: Language) -> &str {
        row.label.get(&language).map_or("", String::as_str)
    }
    Table::<&EventRow>::new(
        "tables/events.csv",
        "A dated event of the watchlist within the range of the corpus.",
    )
    .date("date", "Its day", |row| Some(row.date))
    .required()
    .text("id", "Its id, kebab-case", |row| &row.id)
    .required()
    .words(
        "entities",
        "Ids of the entities concerned, separated by spaces",
        |row| row.entities.join(" "),
    )
    .text("label_en", "Its label in English", |row| label(row, Language::EN))
    .text("label_fr", "Its label in French", |row| label(row, Language::FR))
    .text("label_ar", "Its label in Arabic", |row| label(row, Language::AR))
    .flag("drawn", "Whether the charts on slides show it", |row| Some(row.drawn))
    .required()
}
