//! Groups of entities, period by period: an article that names three members counts once.
//!
//! The basis, the sums of the mentions and the groups of the gazetteer come in, one [`GroupFacts`] a group goes out, most articles first. A
//! mention counts where its entity is a member on the day of the article. A group is counted only where all its members are watched, since the
//! mentions of others are not known here.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::basis::Basis;
use super::counts::Counts;
use super::share::{Counted, Stories, share};
use super::statistics::real;
use crate::model::entity::{Gazetteer, Member};
use crate::model::findings::{Cell, GroupFacts, PeriodFacts};
use crate::settings::AnalyseSettings;

/// Counts every group that has an article.
pub(crate) fn count_memberships(
    basis: &Basis,
    counts: &Counts,
    gazetteer: &Gazetteer,
    periods: &[PeriodFacts],
    settings: &AnalyseSettings,
) -> Vec<GroupFacts> {
    let places: HashMap<_, usize> = gazetteer
        .watched
        .iter()
        .enumerate()
        .map(|(at, &index)| (index, at))
        .collect();
    let mut groups: Vec<GroupFacts> = Vec::new();
    let mut members: Vec<Vec<(usize, &Member)>> = vec![Vec::new(); places.len()];
    for group in &gazetteer.groups {
        if group.members.is_empty() || !group.members.iter().all(|member| places.contains_key(&member.entity)) {
            continue;
        }
        for member in &group.members {
            members[places[&member.entity]].push((groups.len(), member));
        }
        groups.push(GroupFacts {
            id: group.id.clone(),
            names: group.names.clone(),
            articles: 0,
            mentions: 0,
            series: vec![Cell::default(); periods.len()],
        });
    }
    // Pairs come article by article; what each group was last seen in, and whether in its headline.
    let mut seen: Vec<Option<(usize, bool)>> = vec![None; groups.len()];
    let mut stories = Stories::new();
    for pair in counts.pairs(&settings.count) {
        if members[pair.entity].is_empty() {
            continue;
        }
        let (day, period) = (basis.date(pair.doc), basis.period(pair.doc));
        for &(at, member) in &members[pair.entity] {
            if member.from.is_some_and(|from| day < from) || member.to.is_some_and(|to| day >= to) {
                continue;
            }
            let (group, last) = (&mut groups[at], &mut seen[at]);
            let cell = &mut group.series[period];
            let in_title = last.filter(|(doc, _)| *doc == pair.doc).map(|(_, title)| title);
            if in_title.is_none() {
                cell.articles += 1;
                cell.stories += stories.add(at * periods.len() + period, basis, pair.doc);
                group.articles += 1;
            }
            cell.headline_articles += u64::from(pair.title && in_title != Some(true));
            cell.mentions += pair.mentions;
            group.mentions += pair.mentions;
            *last = Some((pair.doc, pair.title || in_title == Some(true)));
        }
    }
    for cell in stories.take() {
        groups[cell / periods.len()].series[cell % periods.len()].stories += 1;
    }
    groups.retain(|group| group.articles > 0);
    for group in &mut groups {
        for (cell, period) in group.series.iter_mut().zip(periods) {
            cell.share = share(cell.of(settings.unit), period.of(settings.unit));
            cell.share_headline = (period.articles > 0).then(|| real(cell.headline_articles) / real(period.articles));
        }
    }
    groups.sort_by(|a, b| (Reverse(a.articles), &a.id).cmp(&(Reverse(b.articles), &b.id)));
    groups
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::{Corpus, day, gazetteer};
    use super::super::statistics::near::assert_near;
    use super::*;
    use crate::model::entity::{Group, Names};

    #[test]
    fn an_article_counts_once_and_members_count_on_their_days() {
        let mut corpus = Corpus::default();
        corpus.add("2024-05-20", "A", &["chad", "mali", "mali", "niger"]);
        corpus.add("2024-05-21", "A", &["niger"]);
        corpus.mention(1, "niger").field = "title";
        corpus.add("2024-05-22", "A", &["chad"]);
        corpus.add("2024-05-26", "A", &[]);
        let mut gazetteer = gazetteer(&["chad", "mali", "niger"]);
        let member = |id: &str, from: Option<&str>, to: Option<&str>| Member {
            entity: gazetteer.find(id).unwrap(),
            from: from.map(day),
            to: to.map(day),
        };
        let group = |id: &str, members: Vec<Member>| Group {
            id: id.to_owned(),
            names: Names::default(),
            members,
        };
        let all = vec![
            member("chad", None, Some("2024-05-22")),
            member("mali", None, None),
            member("niger", Some("2024-05-21"), None),
        ];
        gazetteer.groups = vec![group("none", Vec::new()), group("sahel", all)];
        let findings = corpus.findings(&gazetteer, &AnalyseSettings::default());
        assert_eq!(findings.groups.len(), 1);
        let cell = findings.groups[0].series[0];
        // Chad and Mali in the first, Niger in the second; Chad has left before the third, Niger was not in yet in the first.
        assert_eq!((cell.articles, cell.mentions, cell.headline_articles), (2, 5, 1));
        assert_near(cell.share.unwrap().value, 0.5);
        gazetteer.watched.pop();
        assert!(
            corpus
                .findings(&gazetteer, &AnalyseSettings::default())
                .groups
                .is_empty()
        );
    }
}
