//! The wide tables: one row a period, one column an entity, as a spreadsheet's chart wants them.

use super::{COMPLETE, PERIOD, Table, write_table};
use crate::error::Error;
use crate::model::findings::{Cell, Findings, PeriodFacts};
use crate::model::language::Language;
use crate::render::folder::Folder;
use crate::settings::CsvDialect;

/// A table with one row a period.
type Wide<'f> = Table<'f, (usize, &'f PeriodFacts)>;

/// Writes the wide tables.
pub(super) fn write(folder: &mut Folder, findings: &Findings, dialect: CsvDialect) -> Result<(), Error> {
    let rows = || findings.periods.iter().enumerate();
    let mut articles = begin("articles", "Articles that mention each entity, period by period.");
    let mut mentions = begin("mentions", "Mentions of each entity, period by period.");
    let shares = fractions(
        findings,
        begin(
            "share_articles",
            "Share of the articles that mention each entity, period by period; empty where the period has no article.",
        ),
        "Share of articles that mention",
        |cell| cell.share.map(|share| share.value),
    );
    for entity in &findings.entities {
        let name = entity.names.in_language(Language::EN);
        let (id, series) = (entity.id.clone(), &entity.series);
        articles = articles
            .count(
                id.clone(),
                "articles",
                format!("Articles that mention {name}"),
                move |(place, _)| series[*place].articles,
            )
            .about(&entity.names);
        mentions = mentions
            .count(id, "mentions", format!("Mentions of {name}"), move |(place, _)| {
                series[*place].mentions
            })
            .about(&entity.names);
    }
    let balanced = fractions(
        findings,
        begin(
            "share_balanced",
            "Mean of the shares of the outlets that are always there, period by period; empty where one of them has no article.",
        ),
        "Balanced share of articles that mention",
        |cell| cell.share_balanced,
    );
    let headlines = fractions(
        findings,
        begin(
            "share_headlines",
            "Share of the articles that mention each entity in the headline, period by period; empty where the period has no article.",
        ),
        "Share of articles with a headline that mentions",
        |cell| cell.share_headline,
    );
    for table in [shares, balanced, headlines] {
        write_table(folder, table, dialect, rows())?;
    }
    write_table(folder, articles, dialect, rows())?;
    write_table(folder, mentions, dialect, rows())
}

/// Appends a column of fractions for every entity.
fn fractions<'f>(findings: &'f Findings, mut table: Wide<'f>, what: &str, find: fn(&Cell) -> Option<f64>) -> Wide<'f> {
    for entity in &findings.entities {
        let name = entity.names.in_language(Language::EN);
        let series = &entity.series;
        table = table
            .fraction(entity.id.clone(), format!("{what} {name}"), move |(place, _)| {
                find(&series[*place])
            })
            .about(&entity.names);
    }
    table
}

/// A wide table with the columns that stand before the entities.
fn begin<'f>(name: &str, description: &str) -> Wide<'f> {
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
