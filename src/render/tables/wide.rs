//! The wide tables: one row a period, one column an entity, as a spreadsheet's chart wants them.

use super::{COMPLETE, PERIOD, Table, write_table};
use crate::error::Error;
use crate::model::findings::{Findings, PeriodFacts};
use crate::model::language::Language;
use crate::render::folder::Folder;
use crate::settings::CsvDialect;

/// Writes the three wide tables.
pub(super) fn write(folder: &mut Folder, findings: &Findings, dialect: CsvDialect) -> Result<(), Error> {
    let rows = || findings.periods.iter().enumerate();
    let mut articles = begin("articles", "Articles that mention each entity, period by period.");
    let mut mentions = begin("mentions", "Mentions of each entity, period by period.");
    let mut shares = begin(
        "share_articles",
        "Share of the articles that mention each entity, period by period; empty where the period has no article.",
    );
    for entity in &findings.entities {
        let name = entity.names.in_language(Language::EN);
        let (id, series) = (entity.id.clone(), &entity.series);
        articles = articles.count(
            id.clone(),
            "articles",
            format!("Articles that mention {name}"),
            move |(place, _)| series[*place].articles,
        );
        mentions = mentions.count(
            id.clone(),
            "mentions",
            format!("Mentions of {name}"),
            move |(place, _)| series[*place].mentions,
        );
        shares = shares.fraction(
            id,
            format!("Share of articles that mention {name}"),
            move |(place, _)| series[*place].share.map(|share| share.value),
        );
    }
    write_table(folder, articles, dialect, rows())?;
    write_table(folder, mentions, dialect, rows())?;
    write_table(folder, shares, dialect, rows())
}

/// A wide table with the columns that stand before the entities.
fn begin<'f>(name: &str, description: &str) -> Table<'f, (usize, &'f PeriodFacts)> {
    Table::<(usize, &PeriodFacts)>::new(&format!("tables/wide/{name}.csv"), description)
        .key(&["period"])
        .text("period", PERIOD, |(_, facts)| &facts.period.label)
        .required()
        .date("period_start", "First day of the period", |(_, facts)| {
            Some(facts.period.start)
        })
        .required()
        .flag("complete", COMPLETE, |(_, facts)| Some(facts.complete))
        .required()
}
