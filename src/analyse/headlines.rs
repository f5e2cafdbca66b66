//! The articles that tell the last complete period best, entity by entity.
//!
//! The basis and the sums of the mentions come in, up to three rows an entity go out. It chooses by points that a reader can check
//! and reads nothing but titles.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::basis::Basis;
use super::counts::{Counts, Pair};
use super::share::Ranking;
use crate::model::findings::HeadlineRow;
use crate::settings::AnalyseSettings;

/// For so many entities.
const ENTITIES: usize = 12;

/// So many of each.
const EACH: usize = 3;

/// The best articles of period `last` for the featured entities and then those with most articles in the period, twelve in all.
pub(crate) fn find_headlines(
    basis: &Basis,
    counts: &Counts,
    ranking: &Ranking,
    featured: &[usize],
    last: usize,
    settings: &AnalyseSettings,
) -> Vec<HeadlineRow> {
    let articles = |&entity: &usize| ranking.entities[entity].series[last].articles;
    let mut others: Vec<usize> = (0..ranking.entities.len())
        .filter(|entity| !featured.contains(entity))
        .collect();
    others.sort_by_key(|entity| (Reverse(articles(entity)), *entity));
    let chosen: Vec<usize> = featured
        .iter()
        .copied()
        .chain(others)
        .filter(|entity| articles(entity) > 0)
        .take(ENTITIES)
        .collect();
    let mut found: Vec<Vec<Pair>> = vec![Vec::new(); chosen.len()];
    for pair in counts
        .pairs(&settings.count)
        .filter(|pair| basis.period(pair.doc) == last)
    {
        let place = ranking.places[pair.entity];
        if let Some(at) = chosen.iter().position(|&entity| Some(entity) == place) {
            found[at].push(pair);
        }
    }
    chosen
        .into_iter()
        .zip(found)
        .flat_map(|(entity, pairs)| best(basis, entity, pairs))
        .collect()
}

/// The best articles of one entity: one a story, one a title, none without a title.
fn best(basis: &Basis, entity: usize, mut pairs: Vec<Pair>) -> Vec<HeadlineRow> {
    pairs.sort_by_key(|pair| {
        (
            Reverse(points(basis, pair)),
            Reverse(pair.mentions),
            basis.date(pair.doc),
            pair.doc,
        )
    });
    let (mut stories, mut titles) = (BTreeSet::new(), BTreeSet::new());
    let mut rows = Vec::new();
    for pair in pairs {
        let title = basis
            .documents
            .title(pair.doc)
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        if rows.len() == EACH {
            break;
        }
        if !title.is_empty() && stories.insert(basis.verdicts[pair.doc].story) && titles.insert(title.to_lowercase()) {
            let rank = u32::try_from(rows.len() + 1).unwrap_or(u32::MAX);
            rows.push(row(basis, entity, rank, title, &pair));
        }
    }
    rows
}

/// How well an article tells of an entity: one point a mention up to eight, four for the headline, two for each further article
/// with the same text up to three.
fn points(basis: &Basis, pair: &Pair) -> u64 {
    let reprints = u64::from(basis.story_size(pair.doc)).saturating_sub(1);
    pair.mentions.min(8) + 4 * u64::from(pair.title) + 2 * reprints.min(3)
}

/// The row of an article.
fn row(basis: &Basis, entity: usize, rank: u32, title: String, pair: &Pair) -> HeadlineRow {
    let story_size = u64::from(basis.story_size(pair.doc));
    let mut why: Vec<String> = Vec::new();
    why.extend(pair.title.then(|| "title".to_owned()));
    why.push(format!("mentions={}", pair.mentions));
    why.extend((story_size > 1).then(|| format!("story={story_size}")));
    HeadlineRow {
        entity,
        rank,
        date: basis.date(pair.doc),
        source: basis.outlets.name(pair.doc).to_owned(),
        language: basis.documents.languages[pair.doc],
        title,
        url: basis.documents.url(pair.doc).to_owned(),
        doc_id: basis.documents.doc_id(pair.doc).to_owned(),
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
