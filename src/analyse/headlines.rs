//! The articles that tell the last complete period best, entity by entity.
//!
//! The basis and the sums of the mentions come in, up to three rows an entity go out. It chooses by points that a reader can check
//! and reads nothing but titles.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::basis::Basis;
use super::counts::{Counts, Pair};
use super::documents::{Frames, text, visit};
use crate::error::Error;
use crate::model::findings::{Findings, HeadlineRow};
use crate::settings::AnalyseSettings;

/// For so many entities.
const ENTITIES: usize = 12;

/// So many of each.
const EACH: usize = 3;

/// So many articles of each are looked at first.
const FIRST_LOOK: usize = 16;

/// The best articles of the last complete period for the featured entities and then those with most articles in the period, twelve in all. `places` has for
/// each watched entity its place in the findings. Titles are read from `frames`.
///
/// # Errors
///
/// Whatever reading them fails with.
pub(crate) fn find_headlines(
    basis: &Basis,
    frames: &Frames<'_>,
    counts: &Counts,
    places: &[Option<usize>],
    findings: &Findings,
    settings: &AnalyseSettings,
) -> Result<Vec<HeadlineRow>, Error> {
    let Some(last) = findings.last_complete else {
        return Ok(Vec::new());
    };
    let articles = |&entity: &usize| findings.entities[entity].series[last].articles;
    let mut others: Vec<usize> = (0..findings.entities.len())
        .filter(|entity| !findings.featured.contains(entity))
        .collect();
    others.sort_by_key(|entity| (Reverse(articles(entity)), *entity));
    let chosen: Vec<usize> = findings
        .featured
        .iter()
        .copied()
        .chain(others)
        .filter(|entity| articles(entity) > 0)
        .take(ENTITIES)
        .collect();
    let mut found: Vec<Vec<Candidate>> = vec![Vec::new(); chosen.len()];
    for pair in counts
        .pairs(&settings.count)
        .filter(|pair| basis.period(pair.doc) == last)
    {
        let place = places[pair.entity];
        if let Some(at) = chosen.iter().position(|&entity| Some(entity) == place) {
            found[at].push(Candidate::new(basis, &pair));
        }
    }
    let mut best: Vec<Best> = chosen
        .into_iter()
        .zip(found)
        .map(|(entity, candidates)| Best::new(entity, candidates))
        .collect();
    let mut look = FIRST_LOOK;
    loop {
        let mut wanted: Vec<u32> = best.iter().flat_map(|one| one.next(basis, look)).collect();
        if wanted.is_empty() {
            break;
        }
        wanted.sort_unstable();
        wanted.dedup();
        let mut texts: BTreeMap<u32, [String; 3]> = BTreeMap::new();
        visit(frames, &["title", "url", "doc_id"], &wanted, |doc, frame, row| {
            let own = |column: &str| text(frame, column, row).map(str::to_owned);
            texts.insert(doc, [own("title")?, own("url")?, own("doc_id")?]);
            Ok(())
        })?;
        for one in &mut best {
            one.choose(basis, &texts);
        }
        look *= 8;
    }
    Ok(best.into_iter().flat_map(|one| one.rows).collect())
}

/// An article that may be shown. The best is the least.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Candidate {
    /// How well it tells of the entity.
    points: Reverse<u64>,
    /// How often it mentions it.
    mentions: Reverse<u64>,
    /// Its day.
    date: NaiveDate,
    /// The article.
    doc: u32,
    /// Whether the headline mentions it.
    title: bool,
}

impl Candidate {
    /// The article of a pair.
    fn new(basis: &Basis, pair: &Pair) -> Self {
        Self {
            points: Reverse(points(basis, pair)),
            mentions: Reverse(pair.mentions),
            date: basis.date(pair.doc),
            doc: u32::try_from(pair.doc).expect("documents are numbered in 32 bits"),
            title: pair.title,
        }
    }
}

/// The best articles of one entity: one a story, one a title, none without a title.
struct Best {
    /// The entity.
    entity: usize,
    /// Its articles, best first.
    candidates: Vec<Candidate>,
    /// How many of them were looked at.
    done: usize,
    /// The stories that are shown, or would be if their title were not.
    stories: BTreeSet<u32>,
    /// The titles that are shown, in lower case.
    titles: BTreeSet<String>,
    /// What is shown.
    rows: Vec<HeadlineRow>,
}

impl Best {
    /// None chosen yet.
    fn new(entity: usize, mut candidates: Vec<Candidate>) -> Self {
        candidates.sort_unstable();
        Self {
            entity,
            candidates,
            done: 0,
            stories: BTreeSet::new(),
            titles: BTreeSet::new(),
            rows: Vec::new(),
        }
    }

    /// The articles whose titles decide what is shown next, so many at most and one a story.
    fn next(&self, basis: &Basis, look: usize) -> Vec<u32> {
        let rest = if self.rows.len() == EACH {
            &[]
        } else {
            &self.candidates[self.done..]
        };
        let mut stories = self.stories.clone();
        let fresh = rest
            .iter()
            .filter(|one| stories.insert(basis.verdicts[one.doc as usize].story));
        fresh.map(|one| one.doc).take(look).collect()
    }

    /// Chooses as far as the titles are known.
    fn choose(&mut self, basis: &Basis, texts: &BTreeMap<u32, [String; 3]>) {
        while let Some(&one) = self.candidates.get(self.done).filter(|_| self.rows.len() < EACH) {
            let story = basis.verdicts[one.doc as usize].story;
            if !self.stories.contains(&story) {
                let Some(texts) = texts.get(&one.doc) else {
                    return;
                };
                let title = texts[0].split_whitespace().collect::<Vec<_>>().join(" ");
                if !title.is_empty() {
                    self.stories.insert(story);
                    if self.titles.insert(title.to_lowercase()) {
                        let rank = u32::try_from(self.rows.len() + 1).unwrap_or(u32::MAX);
                        self.rows.push(row(basis, self.entity, rank, title, texts, one));
                    }
                }
            }
            self.done += 1;
        }
    }
}

/// How well an article tells of an entity: one point a mention up to eight, four for the headline, two for each further article
/// with the same text up to three.
fn points(basis: &Basis, pair: &Pair) -> u64 {
    let reprints = u64::from(basis.story_size(pair.doc)).saturating_sub(1);
    pair.mentions.min(8) + 4 * u64::from(pair.title) + 2 * reprints.min(3)
}

/// The row of an article.
fn row(
    basis: &Basis,
    entity: usize,
    rank: u32,
    title: String,
    [_, url, doc_id]: &[String; 3],
    one: Candidate,
) -> HeadlineRow {
    let doc = one.doc as usize;
    let story_size = u64::from(basis.story_size(doc));
    let mut why: Vec<String> = Vec::new();
    why.extend(one.title.then(|| "title".to_owned()));
    why.push(format!("mentions={}", one.mentions.0));
    why.extend((story_size > 1).then(|| format!("story={story_size}")));
    HeadlineRow {
        entity,
        rank,
        date: one.date,
        source: basis.outlets.name(doc).to_owned(),
        language: basis.documents.languages[doc],
        title,
        url: url.clone(),
        doc_id: doc_id.clone(),
        story_size,
        why: why.join(";"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::{Corpus, gazetteer};
    use super::*;

    #[test]
    fn headline_volume_and_reprints_decide_and_a_story_comes_once() {
        let mut corpus = Corpus::default();
        corpus.add("2024-05-20", "A", &["mali", "mali", "mali"]);
        corpus.add("2024-05-21", "A", &["mali"]);
        corpus.mention(1, "mali").field = "title";
        corpus.carry("2024-05-22", "A", "same", &["mali", "mali"]);
        corpus.carry("2024-05-23", "B", "same", &["mali", "mali"]);
        corpus.add("2024-05-24", "A", &["mali"; 9]).title = "  ".to_owned();
        corpus.add("2024-05-25", "A", &["mali"; 2]).title = "title  4".to_owned();
        corpus.add("2024-05-26", "A", &["niger"]);
        corpus.add("2024-05-27", "A", &["mali"; 9]);
        let findings = corpus.findings(&gazetteer(&["mali", "niger"]), &AnalyseSettings::default());
        let rows: Vec<_> = findings
            .headlines
            .iter()
            .map(|row| {
                (
                    row.entity,
                    row.rank,
                    row.doc_id.as_str(),
                    row.story_size,
                    row.why.as_str(),
                )
            })
            .collect();
        // The last week is partial; the article without a title and the second print are passed over.
        assert_eq!(
            rows,
            [
                (0, 1, "d1", 1, "title;mentions=2"),
                (0, 2, "d2", 2, "mentions=2;story=2"),
                (0, 3, "d0", 1, "mentions=3"),
                (1, 1, "d6", 1, "mentions=1"),
            ]
        );
        assert_eq!(
            (
                findings.headlines[0].title.as_str(),
                findings.headlines[0].source.as_str()
            ),
            ("Title 1", "A")
        );
    }

    #[test]
    fn articles_without_a_title_are_passed_over_however_many_they_are() {
        let mut corpus = Corpus::default();
        corpus.carry("2024-05-20", "A", "same", &["mali"; 9]).title = String::new();
        corpus.carry("2024-05-21", "B", "same", &["mali"; 9]).title = "Told again".to_owned();
        for _ in 0..200 {
            corpus.add("2024-05-21", "A", &["mali"; 3]).title = " ".to_owned();
        }
        for _ in 0..40 {
            corpus.add("2024-05-22", "A", &["mali"; 2]).title = "Talks".to_owned();
        }
        corpus.add("2024-05-26", "A", &["mali"]).title = "The last".to_owned();
        let findings = corpus.findings(&gazetteer(&["mali"]), &AnalyseSettings::default());
        let titles: Vec<&str> = findings.headlines.iter().map(|row| row.title.as_str()).collect();
        assert_eq!(titles, ["Told again", "Talks", "The last"]);
    }

    #[test]
    fn one_title_comes_once() {
        let mut corpus = Corpus::default();
        corpus.add("2024-05-20", "A", &["mali"]).title = "A  Talk in Bamako".to_owned();
        corpus.add("2024-05-26", "B", &["mali"]).title = "A talk in Bamako".to_owned();
        let findings = corpus.findings(&gazetteer(&["mali"]), &AnalyseSettings::default());
        assert_eq!(findings.headlines.len(), 1);
        assert_eq!(
            (
                findings.headlines[0].title.as_str(),
                findings.headlines[0].doc_id.as_str()
            ),
            ("A Talk in Bamako", "d0")
        );
    }
}
