//! The findings in plain words: sentences for the page, and `SUMMARY.md`, one page of them in each language.
//!
//! In: [`Findings`]. Out: text. Each sentence is a template whose condition has been tested before it gets here: it says what a claim or a
//! caveat of the findings says, and no more. Sentences are plain text; whoever shows them escapes them.

pub(in crate::render) mod ar;
pub(in crate::render) mod en;
pub(in crate::render) mod fr;
mod languages;
mod markdown;

use super::folder::Folder;
use super::format;
use super::text::one_line;
use crate::error::Error;
use crate::model::entity::Names;
use crate::model::findings::{
    Caveat, ChangeFlag, ChangeRow, Claim, CorpusFacts, Findings, HeadlineRow, PeriodFacts, Share, Stretch,
};
use crate::model::language::Language;
use crate::model::period::Granularity;
use crate::settings::RenderSettings;

pub(crate) use self::languages::language_name;

/// The sentences of one language.
pub(crate) trait Tongue {
    /// What the corpus is: articles, sources, range, texts, mentions.
    fn extent(&self, findings: &Findings) -> String;
    /// What did not become an article.
    fn left_out(&self, findings: &Findings) -> String;
    /// How time is cut, and which is the last complete period.
    fn last_period(&self, findings: &Findings) -> String;
    /// A sentence whose test has passed.
    fn claim(&self, findings: &Findings, claim: &Claim) -> String {
        match *claim {
            Claim::Moved { entity, up } => {
                change_of(findings, entity).map_or_else(String::new, |row| self.moved(findings, row, up))
            }
            Claim::Trend {
                entity,
                from,
                to,
                stretch,
            } => self.trend(findings, entity, (from, to), stretch),
            Claim::Leads { entity, led, of } => self.leads(findings, entity, (led, of)),
            Claim::Together {
                first,
                second,
                articles,
                lift,
            } => self.together([first, second].map(|place| names(findings, place)), articles, lift),
        }
    }
    /// What moved in the last complete period, with all its numbers.
    fn moved(&self, findings: &Findings, row: &ChangeRow, up: bool) -> String;
    /// A share that rose or fell from the first to the last stretch.
    fn trend(&self, findings: &Findings, entity: usize, shares: (f64, f64), stretch: Stretch) -> String;
    /// Who had the most articles, in how many of how many complete periods.
    fn leads(&self, findings: &Findings, entity: usize, periods: (u64, u64)) -> String;
    /// Who is mentioned with whom more often than by chance.
    fn together(&self, both: [&Names; 2], articles: u64, lift: Share) -> String;
    /// How many actors were tested, and how many of the changes told may be false.
    fn certainty(&self, tested: u64) -> String;
    /// Why no change is told.
    fn nothing_moved(&self, findings: &Findings, why: &Still<'_>) -> String;
    /// Something to distrust.
    fn caveat(&self, findings: &Findings, caveat: &Caveat) -> String;
    /// A period after the preposition that it takes: `in the week of 10 March 2025`.
    fn during(&self, findings: &Findings, period: &PeriodFacts) -> String;
}

/// Why no change is told.
pub(crate) enum Still<'f> {
    /// No period is covered whole.
    NoPeriod,
    /// Too few articles or complete periods to test anything.
    TooFew,
    /// Tests were made, and none found more than chance: one of the rows tested.
    WithinChance(&'f ChangeRow),
}

/// The sentences of `language`; English where it is none of the three.
pub(crate) fn tongue(language: Language) -> &'static dyn Tongue {
    match language {
        Language::AR => &ar::Arabic,
        Language::FR => &fr::French,
        _ => &en::English,
    }
}

/// Everything that the findings say moved, or why they say nothing.
pub(crate) fn moved(findings: &Findings, language: Language) -> Vec<String> {
    let tongue = tongue(language);
    let (moves, trends): (Vec<&Claim>, Vec<&Claim>) = findings
        .claims
        .iter()
        .filter(|claim| !is_standing(claim))
        .partition(|claim| matches!(claim, Claim::Moved { .. }));
    let mut sentences: Vec<String> = moves.iter().map(|claim| tongue.claim(findings, claim)).collect();
    if moves.is_empty() {
        sentences.push(tongue.nothing_moved(findings, &still(findings)));
    } else {
        let tested = findings.change.iter().filter(|row| row.p_value.is_some()).count() as u64;
        sentences.push(tongue.certainty(tested));
    }
    sentences.extend(trends.iter().map(|claim| tongue.claim(findings, claim)));
    sentences
}

/// Who leads and who is mentioned together, where the findings say so.
pub(crate) fn standing(findings: &Findings, language: Language) -> Vec<String> {
    findings
        .claims
        .iter()
        .filter(|claim| is_standing(claim))
        .map(|claim| tongue(language).claim(findings, claim))
        .collect()
}

/// Whether a claim says how things stand, and not that anything moved.
const fn is_standing(claim: &Claim) -> bool {
    matches!(claim, Claim::Leads { .. } | Claim::Together { .. })
}

/// What to distrust, a sentence each.
pub(crate) fn cautions(findings: &Findings, language: Language) -> Vec<String> {
    findings
        .caveats
        .iter()
        .map(|caveat| tongue(language).caveat(findings, caveat))
        .collect()
}

/// Why no change is told, where no claim says that anything moved.
fn still(findings: &Findings) -> Still<'_> {
    let tested = findings.change.iter().find(|row| row.flag != ChangeFlag::Insufficient);
    match (findings.last_complete, tested) {
        (None, _) => Still::NoPeriod,
        (_, None) => Still::TooFew,
        (_, Some(row)) => Still::WithinChance(row),
    }
}

/// The articles to read: of each entity the best ones, at most `each`, and none twice.
pub(crate) fn headlines(findings: &Findings, each: usize, all: usize) -> Vec<(usize, Vec<&HeadlineRow>)> {
    let mut seen: Vec<&str> = Vec::new();
    let mut groups: Vec<(usize, Vec<&HeadlineRow>)> = Vec::new();
    for row in &findings.headlines {
        if seen.contains(&row.doc_id.as_str()) {
            continue;
        }
        let place = groups.iter().position(|(entity, _)| *entity == row.entity);
        let place = match place {
            Some(place) => place,
            None if groups.len() == all => continue,
            None => {
                groups.push((row.entity, Vec::new()));
                groups.len() - 1
            }
        };
        if groups[place].1.len() < each {
            seen.push(&row.doc_id);
            groups[place].1.push(row);
        }
    }
    groups
}

/// The name of entity `place`.
fn names(findings: &Findings, place: usize) -> &Names {
    &findings.entities[place].names
}

/// The row that a move is told from.
fn change_of(findings: &Findings, entity: usize) -> Option<&ChangeRow> {
    findings.change.iter().find(|row| row.entity == entity)
}

/// What did not become an article, in the words for undated, unreadable, repeated and filtered documents; what there is none of is left out.
fn parts_left_out<W>(corpus: &CorpusFacts, words: [W; 4], tell: impl Fn(u64, W) -> String) -> Vec<String> {
    let counts = [corpus.undated, corpus.skipped, corpus.duplicates, corpus.filtered];
    counts
        .into_iter()
        .zip(words)
        .filter(|(count, _)| *count > 0)
        .map(|(count, words)| tell(count, words))
        .collect()
}

/// The days from the first of one period to the last of another.
fn days_of(language: Language, findings: &Findings, from: usize, to: usize) -> String {
    let (first, last) = (&findings.periods[from].period, &findings.periods[to].period);
    format::date_range(language, first.start, last.end.pred_opt().unwrap_or(last.end))
}

/// How time is cut.
fn cut(findings: &Findings) -> Granularity {
    findings.corpus.calendar.granularity
}

/// A ratio with two digits or more: `0.87`, `3.2`, `14`.
pub(crate) fn times(language: Language, ratio: f64) -> String {
    let digits = match ratio {
        _ if ratio >= 9.95 || ratio <= 0.0 => 0,
        _ if ratio >= 0.995 => 1,
        _ => 2,
    };
    format::decimal(language, ratio, digits)
}

/// A share in per cent, with one decimal where it is below 10 %.
pub(crate) fn percent(language: Language, share: f64) -> String {
    format::percent(language, share, usize::from(share < 0.0995))
}

/// One number divided by another, as a share in per cent; `—` where there is nothing to divide by.
#[expect(clippy::cast_precision_loss, reason = "counts of articles lie far below 2^53")]
pub(crate) fn ratio(language: Language, part: u64, whole: u64) -> String {
    if whole == 0 {
        "—".to_owned()
    } else {
        percent(language, part as f64 / whole as f64)
    }
}

/// `text` of the corpus on one line, kept apart from the text around it where the two may run in different directions.
fn foreign(language: Language, text: &str) -> String {
    let text = one_line(text);
    if language == Language::AR
        || text
            .chars()
            .any(|sign| matches!(sign, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fefc}'))
    {
        format!("\u{2068}{text}\u{2069}")
    } else {
        text
    }
}

/// Writes `SUMMARY.md` in the first language, and `SUMMARY.<language>.md` in each other.
pub(super) fn write_summaries(
    folder: &mut Folder,
    findings: &Findings,
    settings: &RenderSettings,
    languages: &[Language],
) -> Result<(), Error> {
    for (place, &language) in languages.iter().enumerate() {
        let text = markdown::compose(findings, settings, language, languages);
        folder.write(&file_name("SUMMARY", "md", place, language), text.as_bytes())?;
    }
    Ok(())
}

/// The name of a file that is there once a language: plain for the first, with its tag for the others.
pub(super) fn file_name(stem: &str, ending: &str, place: usize, language: Language) -> String {
    if place == 0 {
        format!("{stem}.{ending}")
    } else {
        format!("{stem}.{language}.{ending}")
    }
}
