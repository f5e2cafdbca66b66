//! All figures of one report, computed once, drawn by every renderer. It is long because it is one noun: every row that a table can have, with its unit.

mod caveat;
mod quality;

use std::collections::BTreeMap;

use chrono::NaiveDate;

pub use self::caveat::Caveat;
pub use self::quality::{AmbiguousRow, DuplicateRow, Quality, UndatedRow};
use super::entity::{EntityClass, Names};
use super::language::Language;
use super::mention::Kind;
use super::period::{Calendar, Period};

/// All figures of one report.
///
/// Renderers draw these and compute nothing. Every list is in its final order, which depends on the figures alone.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Findings {
    /// The corpus as a whole.
    pub corpus: CorpusFacts,
    /// Every period from the first to the last dated article, those without an article too.
    pub periods: Vec<PeriodFacts>,
    /// Every watched entity with at least one counted mention in a dated article, most articles first.
    pub entities: Vec<EntityFacts>,
    /// Indices into `entities`: those that charts show, most important first; at most six.
    pub featured: Vec<usize>,
    /// Index into `periods` of the last complete one; `None` where none is complete.
    pub last_complete: Option<usize>,
    /// Pooled shares over a rolling window of complete periods, for the lines of the featured entities.
    pub smoothing: Smoothing,
    /// The outlets that balanced shares are the mean of.
    pub panel: Panel,
    /// Mentions by kind.
    pub by_kind: Vec<KindRow>,
    /// Figures by outlet.
    pub by_source: Vec<GroupRow>,
    /// The same without what follows the last complete period, which no chart counts; all of it where no period is complete.
    pub told_by_source: Vec<GroupRow>,
    /// Figures by language.
    pub by_language: Vec<GroupRow>,
    /// The last complete period against the ones before it.
    pub change: Vec<ChangeRow>,
    /// Who is mentioned together, article window first, most articles first.
    pub comentions: Vec<CoMentionRow>,
    /// The words that mark an entity or the last complete period, scope by scope, language by language, highest log-likelihood first.
    pub keywords: Vec<KeywordRow>,
    /// The groups whose members are all watched and that an article mentions, most articles first.
    pub groups: Vec<GroupFacts>,
    /// When entities were mentioned far more often than usual, by entity and time.
    pub bursts: Vec<BurstRow>,
    /// The outlets.
    pub sources: Vec<SourceRow>,
    /// The articles that tell the last complete period best, entity by entity.
    pub headlines: Vec<HeadlineRow>,
    /// The dated events within the range of the corpus.
    pub events: Vec<EventRow>,
    /// What the figures allow a title to say, surest first.
    pub claims: Vec<Claim>,
    /// What the reader should distrust.
    pub caveats: Vec<Caveat>,
    /// What was read and what was not.
    pub quality: Quality,
}

/// The corpus as a whole.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CorpusFacts {
    /// Its name (the folder's, or `corpus`).
    pub name: String,
    /// Documents that were read.
    pub documents: u64,
    /// Documents read, dated and no re-crawl.
    pub articles: u64,
    /// Distinct texts among the articles.
    pub stories: u64,
    /// Documents without a date.
    pub undated: u64,
    /// Records and files left out.
    pub skipped: u64,
    /// Re-crawls: the same text from the same source.
    pub duplicates: u64,
    /// Documents cut by `--from`, `--to`, `--language`, `--source`.
    pub filtered: u64,
    /// Words of the articles.
    pub words: u64,
    /// Outlets with at least one article.
    pub sources: u64,
    /// Articles by language, most first.
    pub languages: Vec<(Language, u64)>,
    /// Counted mentions of watched entities in articles.
    pub mentions: u64,
    /// First and last day with an article.
    pub range: Option<(NaiveDate, NaiveDate)>,
    /// How time is cut.
    pub calendar: Calendar,
    /// Files met by the walk.
    pub files: u64,
    /// ISO 3166-1 alpha-3 of the watched countries, sorted: of these, those without a mention are known to have none.
    pub watched_countries: Vec<String>,
    /// Whether the watchlist was checked before the corpus ends: its `as_of` where it is older than the last article.
    pub stale_as_of: Option<NaiveDate>,
}

/// One period.
#[derive(Clone, Debug, PartialEq)]
pub struct PeriodFacts {
    /// Its days and label.
    pub period: Period,
    /// Whether the corpus covers it whole.
    pub complete: bool,
    /// Days from the first to the last article of the corpus that fall into it.
    pub days_covered: u32,
    /// Documents dated in it, re-crawls included.
    pub documents: u64,
    /// Articles.
    pub articles: u64,
    /// Distinct texts.
    pub stories: u64,
    /// Re-crawls.
    pub duplicates: u64,
    /// Words of the articles.
    pub words: u64,
    /// Counted mentions of all watched entities: the denominator of the share of voice.
    pub mentions: u64,
}

/// One entity and its series.
#[derive(Clone, Debug, PartialEq)]
pub struct EntityFacts {
    /// Kebab-case id.
    pub id: String,
    /// How it is called.
    pub names: Names,
    /// What it is.
    pub class: EntityClass,
    /// ISO 3166-1 alpha-3, or empty.
    pub iso3: String,
    /// A fixed colour, where the watchlist gives one.
    pub colour: Option<String>,
    /// Articles that mention it, whole corpus.
    pub articles: u64,
    /// Stories that mention it, whole corpus.
    pub stories: u64,
    /// Mentions, whole corpus.
    pub mentions: u64,
    /// One cell for each of [`Findings::periods`].
    pub series: Vec<Cell>,
}

/// One entity in one period.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Cell {
    /// Articles that mention it.
    pub articles: u64,
    /// Stories that mention it.
    pub stories: u64,
    /// Mentions.
    pub mentions: u64,
    /// Articles that mention it in the headline.
    pub headline_articles: u64,
    /// Articles that mention it ÷ articles of the period, Wilson 95 %; `None` where the period has no article.
    pub share: Option<Share>,
    /// Articles that mention it in the headline ÷ articles of the period; `None` where the period has no article.
    pub share_headline: Option<f64>,
    /// Mean of its shares in the outlets of [`Findings::panel`], each outlet weighing the same; `None` where there is no panel, or one of
    /// its outlets has no article in the period.
    pub share_balanced: Option<f64>,
    /// Its mentions ÷ mentions of all watched entities; `None` where there are none.
    pub share_of_voice: Option<f64>,
    /// Its mentions ÷ words of all articles of the period × 1000; `None` where there are no words.
    pub per_1000_words: Option<f64>,
    /// Its pooled share over the trailing 7 days, 4 weeks, 3 months, 4 quarters or 3 years: the mean of the shares, weighted by articles.
    /// `None` where the period has no article, or the window is not yet half full after a gap.
    pub rolling_mean: Option<f64>,
}

/// The outlets that are there in every period of a comparison, so that a change of outlets cannot look like a change of attention.
///
/// The window is the last complete period and its baseline. An outlet of the panel has an article in each period of the window that has any;
/// documents of no known outlet are in none. Empty where no period is complete or no outlet qualifies.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Panel {
    /// Their names, most articles of the window first.
    pub sources: Vec<String>,
    /// Periods of the window.
    pub periods: u64,
    /// Articles of these outlets in the window.
    pub articles: u64,
    /// All articles of the window.
    pub articles_total: u64,
}

/// A group and its series. An article that names several of its members counts once.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupFacts {
    /// Kebab-case id.
    pub id: String,
    /// How it is called.
    pub names: Names,
    /// Articles that mention a member of that day, whole corpus.
    pub articles: u64,
    /// Mentions of members of that day, whole corpus.
    pub mentions: u64,
    /// One cell for each of [`Findings::periods`]; without balanced share, share of voice and rolling mean.
    pub series: Vec<Cell>,
}

/// A proportion with its interval, as fractions 0–1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    /// k ÷ n.
    pub value: f64,
    /// Lower bound, 95 %.
    pub lo: f64,
    /// Upper bound, 95 %.
    pub hi: f64,
}

/// Pooled shares over a rolling window.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Smoothing {
    /// How many periods a window has; 1 is no smoothing.
    pub window: usize,
    /// For each of [`Findings::featured`], one value for each period: the pooled share of the window that ends there;
    /// `None` where the period has no article, or the window is not yet half full after a gap.
    /// The incomplete last period carries its own window's value and is drawn dashed.
    pub series: Vec<Vec<Option<Share>>>,
}

/// Mentions of one entity by kind in one period.
#[derive(Clone, Debug, PartialEq)]
pub struct KindRow {
    /// Index into [`Findings::periods`].
    pub period: usize,
    /// Index into [`Findings::entities`].
    pub entity: usize,
    /// The kind; kinds that are not counted are here too.
    pub kind: Kind,
    /// Articles with such a mention.
    pub articles: u64,
    /// Mentions.
    pub mentions: u64,
}

/// One entity in one outlet or language.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupRow {
    /// The outlet's name or the language.
    pub group: String,
    /// Index into [`Findings::entities`].
    pub entity: usize,
    /// Articles of the group that mention it.
    pub articles: u64,
    /// Stories of the group that mention it.
    pub stories: u64,
    /// Mentions.
    pub mentions: u64,
    /// All articles of the group.
    pub articles_total: u64,
    /// Articles ÷ all, Wilson 95 %.
    pub share: Option<Share>,
}

/// The last complete period of one entity against its baseline.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangeRow {
    /// Index into [`Findings::entities`].
    pub entity: usize,
    /// Index into [`Findings::periods`].
    pub period: usize,
    /// Articles that mention it in the period.
    pub articles: u64,
    /// All articles of the period.
    pub articles_total: u64,
    /// Articles that mention it in the baseline.
    pub baseline_articles: u64,
    /// All articles of the baseline.
    pub baseline_total: u64,
    /// How many complete periods the baseline has.
    pub baseline_periods: u64,
    /// Articles to expect at the baseline's rate, past outbreaks weighing little; `None` without a baseline.
    pub expected: Option<f64>,
    /// Articles ÷ expected articles with its 95 % interval: the wider of the exact conditional one and the one for counts that vary more than
    /// Poisson counts. Bounds may be infinite.
    pub rate_ratio: Option<Share>,
    /// Two-sided p of the ratio being 1: the greater of the exact conditional one and the one for counts that vary more than Poisson counts.
    pub p_value: Option<f64>,
    /// The p after Benjamini and Hochberg's correction over all rows tested.
    pub q_value: Option<f64>,
    /// How many times more than Poisson counts the baseline is taken to vary, at least 1; `None` where nothing was tested.
    pub dispersion: Option<f64>,
    /// Periods of the baseline that stand out as past outbreaks, which weigh little in what is expected.
    pub lowered: u64,
    /// What the guarded, corrected test allows.
    pub flag: ChangeFlag,
    /// Difference of shares, period − baseline, with the simultaneous (Bonferroni) Newcombe 95 % interval over the rows shown.
    pub difference: Option<Share>,
}

/// What the test of a change allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeFlag {
    /// More than before, beyond chance.
    Up,
    /// Less than before, beyond chance.
    Down,
    /// Within chance.
    None,
    /// Too few articles or baseline periods to test.
    Insufficient,
}

impl ChangeFlag {
    /// `up`, `down`, `none` or `insufficient`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Down => "down",
            Self::None => "none",
            Self::Insufficient => "insufficient",
        }
    }
}

/// Two entities that are mentioned together in at least five articles, or would be by chance; of each window the 500 pairs with most, and all
/// pairs of the twelve entities with most articles.
#[derive(Clone, Debug, PartialEq)]
pub struct CoMentionRow {
    /// Index into [`Findings::entities`].
    pub first: usize,
    /// Index into [`Findings::entities`], greater than `first`.
    pub second: usize,
    /// What they share.
    pub window: Window,
    /// Articles that mention both in one window (stories where the unit is the story).
    pub articles: u64,
    /// Articles to expect by chance. In the article window: were the two mentioned independently in all articles. In the sentence window: were
    /// their sentences placed at random within each article that mentions both.
    pub expected: f64,
    /// Articles ÷ expected, with its 95 % interval.
    pub lift: Share,
    /// Normalised pointwise mutual information, −1 to 1; `None` in the sentence window, and where every article mentions both.
    pub npmi: Option<f64>,
    /// The log-likelihood ratio of what was seen against what was to be expected.
    pub g2: f64,
    /// The exact two-sided p of the lift being 1, after Benjamini and Hochberg's correction over all pairs of its window that could have a row.
    pub q_value: f64,
}

/// A word that is far more frequent in some articles than in the rest of the same language.
#[derive(Clone, Debug, PartialEq)]
pub struct KeywordRow {
    /// Which articles it marks.
    pub scope: KeywordScope,
    /// The language of the articles on both sides.
    pub language: Language,
    /// The word as it is shown: its most frequent spelling.
    pub term: String,
    /// How often it occurs in the articles of the scope.
    pub n_target: u64,
    /// How often it occurs in the rest.
    pub n_reference: u64,
    /// Words of the articles of the scope.
    pub words_target: u64,
    /// Words of the rest.
    pub words_reference: u64,
    /// Binary logarithm of the ratio of the two relative frequencies; positive, since only words that mark the scope are listed.
    pub log_ratio: f64,
    /// The log-likelihood ratio of the two counts.
    pub g2: f64,
    /// Its p (chi-squared, one degree of freedom) after Benjamini and Hochberg's correction over all words tested.
    pub q_value: f64,
}

/// The articles that a keyword marks, against the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum KeywordScope {
    /// Those that mention an entity, against those that do not: an index into [`Findings::entities`].
    Entity(usize),
    /// Those of a period, against those of all other periods: an index into [`Findings::periods`].
    Period(usize),
}

/// A run of complete periods in which an entity is mentioned far more often than usual.
#[derive(Clone, Debug, PartialEq)]
pub struct BurstRow {
    /// Index into [`Findings::entities`].
    pub entity: usize,
    /// Index into [`Findings::periods`] of its first period.
    pub from: usize,
    /// Index into [`Findings::periods`] of its last period.
    pub to: usize,
    /// Articles that mention the entity in it (stories where the unit is the story).
    pub articles: u64,
    /// All articles in it.
    pub articles_total: u64,
    /// What the busy state gains over the usual one, as a difference of log-likelihoods; the greater, the plainer the burst.
    pub weight: f64,
}

/// How near two mentions stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Window {
    /// In one article.
    Article,
    /// In one sentence.
    Sentence,
}

impl Window {
    /// `article` or `sentence`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Article => "article",
            Self::Sentence => "sentence",
        }
    }
}

/// One outlet.
#[derive(Clone, Debug, PartialEq)]
pub struct SourceRow {
    /// Its name; `(unknown)` where the corpus gives none.
    pub source: String,
    /// Its languages, most articles first.
    pub languages: Vec<Language>,
    /// Articles.
    pub articles: u64,
    /// Stories.
    pub stories: u64,
    /// First day with an article.
    pub first_date: NaiveDate,
    /// Last day with an article.
    pub last_date: NaiveDate,
    /// Periods with an article.
    pub periods_present: u64,
    /// Periods without one, between the corpus's first and last.
    pub silent_periods: u64,
}

/// An article that tells the last complete period of an entity well.
#[derive(Clone, Debug, PartialEq)]
pub struct HeadlineRow {
    /// Index into [`Findings::entities`].
    pub entity: usize,
    /// 1 is the best.
    pub rank: u32,
    /// Its day.
    pub date: NaiveDate,
    /// Its outlet.
    pub source: String,
    /// Its language.
    pub language: Language,
    /// Its headline.
    pub title: String,
    /// Its address, or empty.
    pub url: String,
    /// Its id.
    pub doc_id: String,
    /// Articles that carry the same text.
    pub story_size: u64,
    /// Why it was chosen, in words made of codes: `title`, `mentions=7`, `story=3`, joined by `;`.
    pub why: String,
}

/// A dated event within the range of the corpus.
#[derive(Clone, Debug, PartialEq)]
pub struct EventRow {
    /// Its day.
    pub date: NaiveDate,
    /// Its id.
    pub id: String,
    /// Ids of the entities concerned.
    pub entities: Vec<String>,
    /// Its label by language.
    pub label: BTreeMap<Language, String>,
    /// Whether charts draw it (it concerns a watched entity and there is room for it).
    pub drawn: bool,
}

/// A sentence whose test has passed. Indices are into [`Findings::entities`].
#[derive(Clone, Debug, PartialEq)]
pub enum Claim {
    /// The share rose or fell from the first to the last stretch of complete periods (52 weeks, or halves):
    /// the simultaneous Newcombe interval of the difference excludes 0.
    Trend {
        /// Who.
        entity: usize,
        /// Share in the first stretch.
        from: f64,
        /// Share in the last stretch.
        to: f64,
        /// What the stretches are.
        stretch: Stretch,
    },
    /// The entity had the most articles in `led` of `of` complete periods with articles. A description, not a test.
    Leads {
        /// Who.
        entity: usize,
        /// Periods led.
        led: u64,
        /// Complete periods with articles.
        of: u64,
    },
    /// Of the twelve entities with most articles, persons left out, the pair that is surest to share more articles than by chance: its lift has
    /// the greatest lower bound, above 1, and a q of at most 0.05.
    Together {
        /// Who.
        first: usize,
        /// With whom.
        second: usize,
        /// Articles that mention both.
        articles: u64,
        /// Articles ÷ expected articles, with its 95 % interval.
        lift: Share,
    },
    /// The entity moved in the last complete period beyond chance after correction.
    Moved {
        /// Who.
        entity: usize,
        /// Whether upwards.
        up: bool,
    },
}

/// What the first and last stretch of a trend are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stretch {
    /// The first and the last 52 weeks (or 12 months, 4 quarters, 365 days).
    Years,
    /// The first and the second half.
    Halves,
}
