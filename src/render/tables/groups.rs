//! The tables by outlet and language, of changes and of pairs: `mentions_by_source`, `mentions_by_language`, `sources`, `change`,
//! `bursts`, `comentions`, `keywords`.

use super::{ARTICLES, ENTITY, MENTIONS, STORIES, Table, write_table};
use crate::error::Error;
use crate::model::findings::{
    BurstRow, ChangeFlag, ChangeRow, CoMentionRow, Findings, GroupRow, KeywordRow, KeywordScope, SourceRow, Window,
};
use crate::model::language::Language;
use crate::render::folder::Folder;
use crate::settings::CsvDialect;

/// The words of the column `flag`.
const FLAGS: [&str; 4] = [
    ChangeFlag::Up.as_str(),
    ChangeFlag::Down.as_str(),
    ChangeFlag::None.as_str(),
    ChangeFlag::Insufficient.as_str(),
];

/// The words of the column `window`.
const WINDOWS: [&str; 2] = [Window::Article.as_str(), Window::Sentence.as_str()];

/// Writes the tables by outlet and language, and that of changes.
pub(super) fn write(folder: &mut Folder, findings: &Findings, dialect: CsvDialect) -> Result<(), Error> {
    let by_source = by_group(
        findings,
        "tables/mentions_by_source.csv",
        "One entity in one outlet, whole corpus.",
        ("source", "The outlet; (unknown) where the corpus gives none"),
        &["source", "entity"],
    );
    write_table(folder, by_source, dialect, &findings.by_source)?;
    let by_language = by_group(
        findings,
        "tables/mentions_by_language.csv",
        "One entity in the articles of one language, whole corpus.",
        ("language", "BCP 47 language of the articles; und where it is not known"),
        &["language", "entity"],
    );
    write_table(folder, by_language, dialect, &findings.by_language)?;
    write_table(folder, change(findings), dialect, &findings.change)?;
    write_table(folder, bursts(findings), dialect, &findings.bursts)?;
    write_table(folder, comentions(findings), dialect, &findings.comentions)?;
    write_table(folder, keywords(findings), dialect, &findings.keywords)?;
    write_table(folder, sources(), dialect, &findings.sources)
}

/// One entity in one outlet or language.
fn by_group<'f>(
    findings: &'f Findings,
    path: &str,
    description: &str,
    (name, meaning): (&'static str, &'static str),
    key: &'static [&'static str],
) -> Table<'f, &'f GroupRow> {
    Table::<&GroupRow>::new(path, description)
        .key(key)
        .text(name, meaning, |row| &row.group)
        .required()
        .text("entity", ENTITY, |row| &findings.entities[row.entity].id)
        .required()
        .count("articles", "articles", ARTICLES, |row| row.articles)
        .count("stories", "stories", STORIES, |row| row.stories)
        .count("mentions", "mentions", MENTIONS, |row| row.mentions)
        .count(
            "articles_total",
            "articles",
            "All articles of the outlet or language",
            |row| row.articles_total,
        )
        .fraction("share_articles", "articles ÷ articles_total", |row| {
            row.share.map(|share| share.value)
        })
        .fraction("share_lo", "Lower bound of share_articles, Wilson 95 %", |row| {
            row.share.map(|share| share.lo)
        })
        .fraction("share_hi", "Upper bound of share_articles, Wilson 95 %", |row| {
            row.share.map(|share| share.hi)
        })
}

/// The last complete period against its baseline.
fn change(findings: &Findings) -> Table<'_, &ChangeRow> {
    Table::<&ChangeRow>::new(
        "tables/change.csv",
        "The last complete period of one entity against the complete periods before it. Counts are articles, or stories where the unit is \
         the story.",
    )
    .key(&["entity", "period"])
    .text("entity", ENTITY, |row| &findings.entities[row.entity].id)
    .required()
    .text("period", "The last complete period", |row| &findings.periods[row.period].period.label)
    .required()
    .count("articles", "articles", "Articles of the period that mention the entity", |row| row.articles)
    .count("baseline_articles", "articles", "Articles of the baseline that mention the entity", |row| {
        row.baseline_articles
    })
    .count("baseline_periods", "periods", "Complete periods of the baseline", |row| row.baseline_periods)
    .number("expected", "articles", "Articles to expect at the rate of the baseline, past outbreaks weighing little; empty without one", |row| {
        row.expected
    })
    .number("rate_ratio", "ratio", "articles ÷ expected; INF where nothing is expected", |row| {
        row.rate_ratio.map(|ratio| ratio.value)
    })
    .number("rr_lo", "ratio", "Lower bound of rate_ratio, 95 %: the wider of the exact conditional one and that for counts that vary more than Poisson counts", |row| {
        row.rate_ratio.map(|ratio| ratio.lo)
    })
    .number("rr_hi", "ratio", "Upper bound of rate_ratio, likewise; INF where there is none", |row| {
        row.rate_ratio.map(|ratio| ratio.hi)
    })
    .probability("p_value", "Two-sided p, not corrected: the greater of the exact conditional one and that for counts that vary more than Poisson counts; empty where \
         nothing was tested", |row| {
        row.p_value
    })
    .probability("q_value", "p_value after Benjamini and Hochberg's correction over all rows tested", |row| row.q_value)
    .word("flag", &FLAGS, "What the test allows: up or down where q_value is at most 0.05", |row| row.flag.as_str())
}

/// When entities burst.
fn bursts(findings: &Findings) -> Table<'_, &BurstRow> {
    Table::<&BurstRow>::new(
        "tables/bursts.csv",
        "A run of complete periods in which one entity is mentioned far more often than usual (Kleinberg's two states). Counts are articles, or \
         stories where the unit is the story.",
    )
    .key(&["entity", "first_period"])
    .text("entity", ENTITY, |row| &findings.entities[row.entity].id)
    .required()
    .text("first_period", "Its first period", |row| &findings.periods[row.from].period.label)
    .required()
    .text("last_period", "Its last period", |row| &findings.periods[row.to].period.label)
    .required()
    .count("articles", "articles", "Articles in it that mention the entity", |row| row.articles)
    .count("articles_total", "articles", "All articles in it", |row| row.articles_total)
    .number("weight", "", "Log-likelihood gained by the busy state over the usual one; the greater, the plainer", |row| {
        Some(row.weight)
    })
}

/// Who is mentioned together.
fn comentions(findings: &Findings) -> Table<'_, &CoMentionRow> {
    Table::<&CoMentionRow>::new(
        "tables/comentions.csv",
        "Two entities that at least five articles mention together, or would by chance; of each window the 500 pairs with most articles, and all \
         pairs of the twelve entities with most articles. Counts are articles, or stories where the unit is the story.",
    )
    .key(&["entity_a", "entity_b", "window"])
    .text("entity_a", "Id of the one with more articles", |row| &findings.entities[row.first].id)
    .required()
    .text("entity_b", "Id of the other", |row| &findings.entities[row.second].id)
    .required()
    .word("window", &WINDOWS, "What both stand in: one article, or one sentence", |row| row.window.as_str())
    .count("articles", "articles", "Articles that mention both in one such window", |row| row.articles)
    .number(
        "expected",
        "articles",
        "Articles to expect by chance: in the article window, were the two mentioned independently; in the sentence window, were their sentences \
         placed at random in each article that mentions both",
        |row| Some(row.expected),
    )
    .number("npmi", "", "Normalised pointwise mutual information, -1 to 1; empty in the sentence window", |row| row.npmi)
    .number("g2", "", "Log-likelihood ratio of articles against expected", |row| Some(row.g2))
    .number("lift", "", "Articles over expected: how many times as often as by chance", |row| Some(row.lift.value))
    .number("lift_lo", "", "Lower bound of the 95 % interval of lift", |row| Some(row.lift.lo))
    .number("lift_hi", "", "Upper bound of the 95 % interval of lift", |row| Some(row.lift.hi))
    .probability(
        "q_value",
        "Exact two-sided p of lift being 1, after Benjamini and Hochberg's correction over all pairs of the window that could have a row",
        |row| Some(row.q_value),
    )
}

/// Which words mark what.
fn keywords(findings: &Findings) -> Table<'_, &KeywordRow> {
    Table::<&KeywordRow>::new(
        "tables/keywords.csv",
        "A word that is more frequent in the articles that mention an entity, or in those of the last complete period, than in the other articles of the \
         same language; of each scope and language the 50 words with the greatest g2. Articles are stories where the unit is the story.",
    )
    .key(&["scope", "language", "term"])
    .text(
        "scope",
        "Id of the entity, which begins with a letter, or label of the period, which begins with the four digits of its year",
        |row| match row.scope {
            KeywordScope::Entity(place) => &findings.entities[place].id,
            KeywordScope::Period(place) => &findings.periods[place].period.label,
        },
    )
    .required()
    .text("language", "BCP 47 language of the articles on both sides", |row| row.language.as_str())
    .required()
    .text("term", "The word in its most frequent spelling", |row| &row.term)
    .required()
    .count("n_target", "occurrences", "Its occurrences in the articles of the scope", |row| row.n_target)
    .count("n_reference", "occurrences", "Its occurrences in the other articles", |row| row.n_reference)
    .number(
        "log_ratio",
        "doublings",
        "Binary logarithm of its relative frequency in the articles of the scope ÷ that in the others, where no occurrence counts as half a one",
        |row| Some(row.log_ratio),
    )
    .number("g2", "", "Log-likelihood ratio of the two counts", |row| Some(row.g2))
    .probability("q_value", "p of g2 after Benjamini and Hochberg, over all words tested in all scopes", |row| Some(row.q_value))
}

/// The outlets.
fn sources<'f>() -> Table<'f, &'f SourceRow> {
    Table::<&SourceRow>::new("tables/sources.csv", "One outlet with at least one article.")
        .key(&["source"])
        .text("source", "The outlet; (unknown) where the corpus gives none", |row| {
            &row.source
        })
        .required()
        .words(
            "languages",
            "BCP 47 languages of its articles, most articles first, separated by spaces",
            |row| row.languages.iter().map(Language::as_str).collect::<Vec<_>>().join(" "),
        )
        .count("articles", "articles", "Its articles", |row| row.articles)
        .count("stories", "stories", "Distinct texts among its articles", |row| {
            row.stories
        })
        .date("first_date", "First day with an article", |row| Some(row.first_date))
        .required()
        .date("last_date", "Last day with an article", |row| Some(row.last_date))
        .required()
        .count("periods_present", "periods", "Periods with an article of it", |row| {
            row.periods_present
        })
        .count(
            "silent_periods",
            "periods",
            "Periods without one, from the first to the last of the corpus",
            |row| row.silent_periods,
        )
}
