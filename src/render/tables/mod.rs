//! The CSV tables of the report: what their columns are and how their rows follow from the findings.
//!
//! In: [`Findings`]. Out: `tables/*.csv` and `tables/wide/*.csv`, each declared once as a list of columns. No figure is computed here.

pub(crate) mod csv;
pub(crate) mod define;
mod groups;
pub(crate) mod periods;
mod stories;
mod wide;

use self::define::Table;
use super::folder::Folder;
use crate::error::Error;
use crate::model::findings::{Cell, EntityFacts, Findings, PeriodFacts};
use crate::settings::CsvDialect;

/// What `period` means wherever it is a column.
const PERIOD: &str = "The period: 2025-11-24, 2025-W47, 2025-11, 2025-Q4 or 2025";
/// What `entity` means wherever it is a column.
const ENTITY: &str = "Id of the entity, kebab-case";
/// What `articles` means where one entity is looked at.
const ARTICLES: &str = "Articles that mention the entity";
/// What `stories` means where one entity is looked at.
const STORIES: &str = "Distinct texts among the articles that mention the entity";
/// What `mentions` means where one entity is looked at.
const MENTIONS: &str = "Counted mentions of the entity in articles";
/// What `complete` means.
const COMPLETE: &str = "Whether the corpus covers the period whole";
/// What `period_end` means.
const PERIOD_END: &str = "Last day of the period, itself included";

/// Writes every table.
pub(crate) fn write_tables(folder: &mut Folder, findings: &Findings, dialect: CsvDialect) -> Result<(), Error> {
    periods::write(folder, findings, dialect)?;
    groups::write(folder, findings, dialect)?;
    stories::write(folder, findings, dialect)?;
    wide::write(folder, findings, dialect)
}

/// Writes one table.
pub(crate) fn write_table<R>(
    folder: &mut Folder,
    table: Table<'_, R>,
    dialect: CsvDialect,
    rows: impl IntoIterator<Item = R>,
) -> Result<(), Error> {
    let output = folder.open(&table.schema.path)?;
    let page = folder.page(&table.schema)?;
    let mut sheet = csv::Sheet::begin(output, table, dialect, page)?;
    for row in rows {
        sheet.push(&row)?;
    }
    folder.keep_table(sheet.finish()?);
    Ok(())
}

/// One entity in one period.
#[derive(Clone, Copy, Debug)]
struct Place<'f> {
    /// Where both are.
    findings: &'f Findings,
    /// Index of the period.
    period: usize,
    /// Index of the entity.
    entity: usize,
}

impl<'f> Place<'f> {
    /// Every entity in every period, period by period.
    fn all(findings: &'f Findings) -> impl Iterator<Item = Self> {
        (0..findings.periods.len()).flat_map(move |period| {
            (0..findings.entities.len()).map(move |entity| Self {
                findings,
                period,
                entity,
            })
        })
    }

    fn period(&self) -> &'f PeriodFacts {
        &self.findings.periods[self.period]
    }

    fn entity(&self) -> &'f EntityFacts {
        &self.findings.entities[self.entity]
    }

    fn cell(&self) -> &'f Cell {
        &self.entity().series[self.period]
    }
}

#[cfg(test)]
mod tests {
    use snapbox::{assert_data_eq, str};

    use super::*;
    use crate::render::fixtures;

    /// One file of the small corpus's report in `dialect`, as it lies on disk.
    fn written(path: &str, dialect: CsvDialect) -> String {
        let root = tempfile::tempdir().unwrap();
        let target = root.path().join("report");
        let mut folder = Folder::create(&target).unwrap();
        write_tables(&mut folder, &fixtures::findings(), dialect).unwrap();
        folder.finish(&fixtures::facts()).unwrap();
        std::fs::read_to_string(target.join(path)).unwrap()
    }

    /// The cells of one column, by the name of the column.
    fn column(csv: &str, name: &str) -> Vec<String> {
        let mut reader = ::csv::Reader::from_reader(csv.as_bytes());
        let place = reader.headers().unwrap().iter().position(|head| head == name).unwrap();
        reader.records().map(|row| row.unwrap()[place].to_owned()).collect()
    }

    #[test]
    fn every_entity_has_a_row_in_every_period() {
        let csv = written("tables/mentions_by_period.csv", CsvDialect::Plain);
        assert_data_eq!(
            csv.as_str(),
            str![[r"
period,period_start,period_end,complete,days_covered,entity,entity_name,iso3,articles,stories,mentions,headline_articles,articles_total,stories_total,share_articles,share_lo,share_hi,share_balanced,share_of_voice,per_1000_words,rolling_mean
2024-W01,2024-01-01,2024-01-07,1,7,niger,Niger,NER,20,20,30,10,40,40,0.500000,0.352000,0.648000,0.250000,1.000000,3.750000,
2024-W01,2024-01-01,2024-01-07,1,7,united-states,United States,USA,0,0,0,0,40,40,0.000000,0.000000,0.087622,0.000000,0.000000,3.750000,
2024-W02,2024-01-08,2024-01-14,1,7,niger,Niger,NER,0,0,0,0,0,0,,,,,,,
2024-W02,2024-01-08,2024-01-14,1,7,united-states,United States,USA,0,0,0,0,0,0,,,,,,,
2024-W03,2024-01-15,2024-01-21,0,3,niger,Niger,NER,6,6,9,3,10,10,0.600000,0.312700,0.831800,0.300000,1.000000,3.750000,
2024-W03,2024-01-15,2024-01-21,0,3,united-states,United States,USA,0,0,0,0,10,10,0.000000,0.000000,0.277533,0.000000,0.000000,3.750000,

"]]
        );
        assert_eq!(
            csv.matches("\r\n").count(),
            csv.matches('\n').count(),
            "RFC 4180 ends lines with CR LF"
        );
    }

    #[test]
    fn the_dialects_differ_in_mark_delimiter_and_decimals_only() {
        let plain = written("tables/change.csv", CsvDialect::Plain);
        assert_eq!(
            plain,
            "entity,period,articles,baseline_articles,baseline_periods,expected,rate_ratio,rr_lo,rr_hi,p_value,q_value,flag\r\n\
             niger,2024-W01,20,30,8,4.000000,5.000000,2.700000,INF,1.23e-8,1.23e-8,up\r\n\
             united-states,2024-W01,0,0,8,0.000000,,,,,,insufficient\r\n"
        );
        assert_eq!(
            written("tables/change.csv", CsvDialect::Excel),
            format!("\u{feff}{plain}")
        );
        assert_eq!(
            written("tables/change.csv", CsvDialect::Fr),
            "\u{feff}entity;period;articles;baseline_articles;baseline_periods;expected;rate_ratio;rr_lo;rr_hi;p_value;q_value;flag\r\n\
             niger;2024-W01;20;30;8;4,000000;5,000000;2,700000;INF;1,23e-8;1,23e-8;up\r\n\
             united-states;2024-W01;0;0;8;0,000000;;;;;;insufficient\r\n"
        );
    }

    #[test]
    fn pairs_bursts_and_groups_have_tables() {
        assert_eq!(
            written("tables/comentions.csv", CsvDialect::Plain),
            "entity_a,entity_b,window,articles,expected,npmi,g2,lift,lift_lo,lift_hi,q_value\r\n\
             niger,united-states,sentence,6,0.600000,,24.500000,10.000000,5.300000,12.700000,1.00e-6\r\n"
        );
        assert_eq!(
            written("tables/bursts.csv", CsvDialect::Plain),
            "entity,first_period,last_period,articles,articles_total,weight\r\nniger,2024-W01,2024-W02,20,40,3.250000\r\n"
        );
        assert_eq!(
            written("tables/keywords.csv", CsvDialect::Plain),
            "scope,language,term,n_target,n_reference,log_ratio,g2,q_value\r\nniger,en,uranium,12,2,3.170000,13.250000,0.00123\r\n\
             niger,en,<b>,12,0,5.170000,13.250000,0.00123\r\n2024-W01,en,summit,12,3,2.585000,13.250000,0.00123\r\n"
        );
        let groups = written("tables/groups_by_period.csv", CsvDialect::Plain);
        assert_eq!(column(&groups, "articles"), ["20", "0", "6"]);
        assert_eq!(column(&groups, "share_articles"), ["0.500000", "", "0.600000"]);
    }

    #[test]
    fn the_last_row_of_the_corpus_makes_the_columns_add_up() {
        let csv = written("tables/corpus_by_period.csv", CsvDialect::Plain);
        assert_data_eq!(
            csv.as_str(),
            str![[r"
period,period_start,period_end,complete,documents,articles,stories,undated,skipped,duplicates,words
2024-W01,2024-01-01,2024-01-07,1,41,40,40,0,0,1,8000
2024-W02,2024-01-08,2024-01-14,1,0,0,0,0,0,0,0
2024-W03,2024-01-15,2024-01-21,0,10,10,10,0,0,0,2000
,,,,3,0,0,2,1,0,0

"]]
        );
        let corpus = fixtures::findings().corpus;
        let sum = |name| {
            column(&csv, name)
                .iter()
                .map(|cell| cell.parse::<u64>().unwrap())
                .sum::<u64>()
        };
        assert_eq!(sum("documents"), corpus.documents);
        assert_eq!(sum("articles"), corpus.articles);
        assert_eq!(sum("undated"), corpus.undated);
        assert_eq!(sum("skipped"), corpus.skipped);
        assert_eq!(sum("duplicates"), corpus.duplicates);
    }

    #[test]
    fn foreign_text_is_held_back_and_quoted() {
        let titles = column(&written("tables/headlines.csv", CsvDialect::Plain), "title");
        assert_eq!(titles[0], format!("'{}", fixtures::HOSTILE));
        let events = written("tables/events.csv", CsvDialect::Plain);
        assert_data_eq!(
            events.as_str(),
            str![[r"
date,id,entities,label_en,label_fr,label_ar,drawn
2024-01-10,summit,niger united-states,Summit,,قمة,1

"]]
        );
    }

    #[test]
    fn wide_tables_have_a_column_an_entity_and_keep_gaps_empty() {
        let shares = written("tables/wide/share_articles.csv", CsvDialect::Plain);
        assert_data_eq!(
            shares.as_str(),
            str![[r"
period,period_start,complete,niger,united-states
2024-W01,2024-01-01,1,0.500000,0.000000
2024-W02,2024-01-08,1,,
2024-W03,2024-01-15,0,0.600000,0.000000

"]]
        );
        let articles = written("tables/wide/articles.csv", CsvDialect::Plain);
        assert_eq!(column(&articles, "niger"), ["20", "0", "6"]);
        assert_eq!(
            column(&written("tables/wide/mentions.csv", CsvDialect::Plain), "niger"),
            ["30", "0", "9"]
        );
    }
}
