//! The tables over time: `mentions_by_period`, `groups_by_period`, `mentions_by_kind`, `corpus_by_period`.

use super::{ARTICLES, COMPLETE, ENTITY, MENTIONS, PERIOD, PERIOD_END, Place, STORIES, Table, write_table};
use crate::error::Error;
use crate::model::findings::{Findings, GroupFacts, KindRow, PeriodFacts};
use crate::model::mention::Kind;
use crate::render::folder::Folder;
use crate::settings::CsvDialect;

/// The words of the column `kind`.
pub(crate) const KINDS: [&str; 8] = {
    let mut words = [""; 8];
    let mut place = 0;
    while place < words.len() {
        words[place] = Kind::ALL[place].as_str();
        place += 1;
    }
    words
};

/// Writes the tables over time.
pub(super) fn write(folder: &mut Folder, findings: &Findings, dialect: CsvDialect) -> Result<(), Error> {
    write_table(folder, mentions_by_period(), dialect, Place::all(findings))?;
    let groups = findings
        .periods
        .iter()
        .enumerate()
        .flat_map(|(at, period)| findings.groups.iter().map(move |group| (at, period, group)));
    write_table(folder, groups_by_period(), dialect, groups)?;
    write_table(folder, mentions_by_kind(findings), dialect, &findings.by_kind)?;
    write_table(folder, corpus_by_period(), dialect, account(findings))
}

/// Every entity in every period.
fn mentions_by_period<'f>() -> Table<'f, Place<'f>> {
    let share = |place: &Place<'f>| place.cell().share;
    Table::<Place<'_>>::new(
        "tables/mentions_by_period.csv",
        "One entity in one period, for every entity with a mention and every period from the first to the last article. \
         0 means that we looked; shares are empty where the period has no article.",
    )
    .key(&["period", "entity"])
    .text("period", PERIOD, |place| &place.period().period.label)
    .required()
    .date("period_start", "First day of the period", |place| Some(place.period().period.start))
    .required()
    .date("period_end", PERIOD_END, |place| place.period().period.end.pred_opt())
    .required()
    .flag("complete", COMPLETE, |place| Some(place.period().complete))
    .required()
    .count("days_covered", "days", "Days of the period from the first to the last article of the corpus", |place| {
        place.period().days_covered.into()
    })
    .text("entity", ENTITY, |place| &place.entity().id)
    .required()
    .name("entity_name", "Name of the entity in English", |place| &place.entity().names)
    .text("iso3", "ISO 3166-1 alpha-3 code; empty for what is no country", |place| &place.entity().iso3)
    .count("articles", "articles", ARTICLES, |place| place.cell().articles)
    .count("stories", "stories", STORIES, |place| place.cell().stories)
    .count("mentions", "mentions", MENTIONS, |place| place.cell().mentions)
    .count("headline_articles", "articles", "Articles that mention the entity in the headline", |place| {
        place.cell().headline_articles
    })
    .count("articles_total", "articles", "All articles of the period", |place| place.period().articles)
    .count("stories_total", "stories", "Distinct texts among all articles of the period", |place| {
        place.period().stories
    })
    .fraction("share_articles", "articles ÷ articles_total (stories ÷ stories_total where the unit is the story)", {
        move |place| share(place).map(|share| share.value)
    })
    .fraction("share_lo", "Lower bound of share_articles, Wilson 95 %", move |place| share(place).map(|share| share.lo))
    .fraction("share_hi", "Upper bound of share_articles, Wilson 95 %", move |place| share(place).map(|share| share.hi))
    .fraction(
        "share_balanced",
        "Mean of the shares of the outlets with articles in every period of the last complete one and its baseline, each weighing the same; \
         empty where one of them has no article in the period",
        |place| place.cell().share_balanced,
    )
    .fraction(
        "share_of_voice",
        "mentions ÷ mentions of all watched entities in the period; empty where there is none",
        |place| place.cell().share_of_voice,
    )
    .number(
        "per_1000_words",
        "mentions per 1000 words",
        "mentions ÷ words of all articles of the period × 1000; empty where there are none",
        |place| place.cell().per_1000_words,
    )
    .fraction(
        "rolling_mean",
        "Mean of share_articles over the trailing 7 days, 4 weeks, 3 months, 4 quarters or 3 years, weighted by articles; begins anew after \
         periods without articles and is empty until half of its periods are there",
        |place| place.cell().rolling_mean,
    )
}

/// Every group in every period.
fn groups_by_period<'f>() -> Table<'f, (usize, &'f PeriodFacts, &'f GroupFacts)> {
    Table::<(usize, &PeriodFacts, &GroupFacts)>::new(
        "tables/groups_by_period.csv",
        "One group in one period. An article that names several members counts once; a member counts on the days on which it is one. Groups with \
         a member that is not watched are not here.",
    )
    .key(&["period", "group"])
    .text("period", PERIOD, |(_, period, _)| &period.period.label)
    .required()
    .text("group", "Id of the group, kebab-case", |(.., group)| &group.id)
    .required()
    .name("group_name", "Name of the group in English", |(.., group)| &group.names)
    .count("articles", "articles", "Articles that mention a member", |(at, _, group)| group.series[*at].articles)
    .count("stories", "stories", "Distinct texts among them", |(at, _, group)| group.series[*at].stories)
    .count("mentions", "mentions", "Counted mentions of members in articles", |(at, _, group)| group.series[*at].mentions)
    .count("headline_articles", "articles", "Articles that mention a member in the headline", |(at, _, group)| {
        group.series[*at].headline_articles
    })
    .count("articles_total", "articles", "All articles of the period", |(_, period, _)| period.articles)
    .fraction("share_articles", "articles ÷ articles_total (stories ÷ all stories where the unit is the story)", |(at, _, group)| {
        group.series[*at].share.map(|share| share.value)
    })
    .fraction("share_lo", "Lower bound of share_articles, Wilson 95 %", |(at, _, group)| {
        group.series[*at].share.map(|share| share.lo)
    })
    .fraction("share_hi", "Upper bound of share_articles, Wilson 95 %", |(at, _, group)| {
        group.series[*at].share.map(|share| share.hi)
    })
}

/// Mentions by kind.
fn mentions_by_kind(findings: &Findings) -> Table<'_, &KindRow> {
    Table::<&KindRow>::new(
        "tables/mentions_by_kind.csv",
        "Mentions of one entity by one kind of form in one period. Kinds that this report does not count are here too; \
         what is not listed is 0.",
    )
    .key(&["period", "entity", "kind"])
    .text("period", PERIOD, |row| &findings.periods[row.period].period.label)
    .required()
    .text("entity", ENTITY, |row| &findings.entities[row.entity].id)
    .required()
    .word("kind", &KINDS, "What sort of form the mentions are", |row| {
        row.kind.as_str()
    })
    .count("articles", "articles", "Articles with such a mention", |row| {
        row.articles
    })
    .count("mentions", "mentions", "Such mentions in articles", |row| row.mentions)
}

/// One period of the corpus, or what lies in none.
struct Account<'f> {
    /// The period; `None` for what lies in none.
    period: Option<&'f PeriodFacts>,
    /// Documents.
    documents: u64,
    /// Documents without a date.
    undated: u64,
    /// Records and files left out.
    skipped: u64,
    /// Re-crawls.
    duplicates: u64,
}

/// Every period, then what lies in none, so that the columns add up to the whole corpus.
fn account(findings: &Findings) -> Vec<Account<'_>> {
    let corpus = &findings.corpus;
    let sum = |of: fn(&PeriodFacts) -> u64| findings.periods.iter().map(of).sum::<u64>();
    let in_a_period = findings.periods.iter().map(|period| Account {
        period: Some(period),
        documents: period.documents,
        undated: 0,
        skipped: 0,
        duplicates: period.duplicates,
    });
    let in_none = Account {
        period: None,
        documents: corpus.documents.saturating_sub(sum(|period| period.documents)),
        undated: corpus.undated,
        skipped: corpus.skipped,
        duplicates: corpus.duplicates.saturating_sub(sum(|period| period.duplicates)),
    };
    in_a_period.chain([in_none]).collect()
}

/// The corpus over time.
fn corpus_by_period<'f>() -> Table<'f, Account<'f>> {
    Table::<Account<'_>>::new(
        "tables/corpus_by_period.csv",
        "The corpus, period by period. The last row has no period: it holds the undated, the skipped and what the filters cut, so that \
         documents add up to those of quality/inputs.csv.",
    )
    .text("period", "The period; empty for what lies in none", |row| {
        row.period.map_or("", |facts| facts.period.label.as_str())
    })
    .date("period_start", "First day of the period", |row| row.period.map(|facts| facts.period.start))
    .date("period_end", PERIOD_END, |row| row.period.and_then(|facts| facts.period.end.pred_opt()))
    .flag("complete", COMPLETE, |row| row.period.map(|facts| facts.complete))
    .count("documents", "documents", "Documents that were read", |row| row.documents)
    .count("articles", "articles", "Documents read, dated and no re-crawl", |row| {
        row.period.map_or(0, |facts| facts.articles)
    })
    .count("stories", "stories", "Distinct texts among the articles; one story may lie in several periods", |row| {
        row.period.map_or(0, |facts| facts.stories)
    })
    .count("undated", "documents", "Documents without a date that can be trusted", |row| row.undated)
    .count("skipped", "records or files", "What could not be read", |row| row.skipped)
    .count("duplicates", "documents", "Re-crawls: the same text again from the same source", |row| row.duplicates)
    .count("words", "words", "Words of the articles", |row| row.period.map_or(0, |facts| facts.words))
}
