//! What the stage gives: the figures, and what became of every document.
//!
//! Rows of evidence come in as the ledger keeps them and leave completed with what only the analysis knows. No figure is made here.

use std::collections::HashSet;

use super::basis::Basis;
use super::counts::counts;
use super::documents::{Frames, text, visit};
use super::outlets::Outlets;
use super::stories::Verdict;
use crate::error::Error;
use crate::model::entity::Gazetteer;
use crate::model::evidence::{DocumentRow, DocumentStatus, MentionRow};
use crate::model::findings::Findings;
use crate::model::language::Language;
use crate::model::mention::Kind;
use crate::settings::AnalyseSettings;

/// All figures, and the verdict on every document.
#[derive(Debug)]
pub struct Analysis {
    /// All figures.
    pub findings: Findings,
    /// What became of every document.
    verdicts: Vec<Verdict>,
    /// The outlets.
    outlets: Outlets,
    /// The language of every document.
    languages: Vec<Language>,
    /// What stories are called.
    stories: StoryIds,
    /// Ids of the entities that this report shows.
    watched: HashSet<String>,
    /// The kinds that it counts.
    kinds: Vec<Kind>,
}

impl Analysis {
    /// Keeps what completing rows needs; what stories are called is read from `frames`.
    ///
    /// # Errors
    ///
    /// Whatever reading it fails with.
    pub(crate) fn new(
        findings: Findings,
        basis: Basis,
        frames: &Frames<'_>,
        gazetteer: &Gazetteer,
        settings: &AnalyseSettings,
    ) -> Result<Self, Error> {
        Ok(Self {
            findings,
            stories: StoryIds::read(frames, &basis.verdicts)?,
            verdicts: basis.verdicts,
            outlets: basis.outlets,
            languages: basis.documents.languages,
            watched: gazetteer
                .watched
                .iter()
                .map(|&index| gazetteer.entity(index).id.clone())
                .collect(),
            kinds: settings.count.clone(),
        })
    }

    /// What became of every document, in the order of the corpus.
    #[must_use]
    pub fn verdicts(&self) -> &[Verdict] {
        &self.verdicts
    }

    /// Fills in status, story, the name of the outlet, and the day that the figures use, of the document of this number. A row beyond the corpus stays
    /// as it is.
    pub fn complete_document(&self, doc: u32, row: &mut DocumentRow) {
        let Some(verdict) = self.verdicts.get(doc as usize) else {
            return;
        };
        row.status = verdict.status;
        row.date = verdict.date;
        if verdict.story == doc {
            row.doc_id.clone_into(&mut row.story_id);
        } else {
            self.stories.of(verdict.story).clone_into(&mut row.story_id);
        }
        self.outlets.name(doc as usize).clone_into(&mut row.source);
    }

    /// Fills in the outlet and the language of the document of this number, the day that the figures use, and whether this report counts the mention.
    ///
    /// Gives `false` where the row is no evidence of this report: its entity is not watched, or its document is filtered or not of this corpus.
    /// The figures add the counted rows of documents with status `read`.
    pub fn complete_mention(&self, doc: u32, row: &mut MentionRow) -> bool {
        let doc = doc as usize;
        let Some(verdict) = self.verdicts.get(doc) else {
            return false;
        };
        if verdict.status == DocumentStatus::Filtered || !self.watched.contains(&row.entity) {
            return false;
        }
        row.language = self.languages[doc];
        row.date = verdict.date;
        self.outlets.name(doc).clone_into(&mut row.source);
        if row.counted && !counts(row.kind, &self.kinds) {
            row.counted = false;
            row.reason = format!("kind {} is not counted in this report", row.kind.as_str());
        }
        true
    }
}

/// The ids of the documents that stand first in a story of more than one.
#[derive(Debug, Default)]
struct StoryIds {
    /// The documents, in ascending order.
    docs: Vec<u32>,
    /// Where the id of each ends in `letters`.
    ends: Vec<usize>,
    /// All ids, end to end.
    letters: String,
}

impl StoryIds {
    /// Reads them from `frames`.
    fn read(frames: &Frames<'_>, verdicts: &[Verdict]) -> Result<Self, Error> {
        let copies = (0..).zip(verdicts).filter(|(doc, verdict)| verdict.story != *doc);
        let mut docs: Vec<u32> = copies.map(|(_, verdict)| verdict.story).collect();
        docs.sort_unstable();
        docs.dedup();
        let (mut ends, mut letters) = (Vec::with_capacity(docs.len()), String::new());
        visit(frames, &["doc_id"], &docs, |_, frame, row| {
            letters.push_str(text(frame, "doc_id", row)?);
            ends.push(letters.len());
            Ok(())
        })?;
        Ok(Self { docs, ends, letters })
    }

    /// The id of one of them; empty where it is none.
    fn of(&self, doc: u32) -> &str {
        let Ok(place) = self.docs.binary_search(&doc) else {
            return "";
        };
        let start = place.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.letters[start..self.ends[place]]
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::{Corpus, day, gazetteer};
    use super::*;
    use crate::model::document::DateMethod;

    fn document(number: u32) -> DocumentRow {
        DocumentRow {
            doc_id: format!("d{number}"),
            file: "0000.jsonl".to_owned(),
            record: number,
            source: "as the record says".to_owned(),
            language: Language::EN,
            language_confidence: 1.0,
            date: Some(day("1700-01-01")),
            date_method: DateMethod::Field,
            date_note: String::new(),
            title: String::new(),
            url: String::new(),
            words: 0,
            sentences: 0,
            text_hash: String::new(),
            story_id: String::new(),
            status: DocumentStatus::Read,
        }
    }

    fn mention(entity: &str, kind: Kind) -> MentionRow {
        MentionRow {
            entity: entity.to_owned(),
            kind,
            counted: true,
            ..MentionRow::default()
        }
    }

    #[test]
    fn rows_are_completed_in_any_order() {
        let mut corpus = Corpus::default();
        for number in 0..25 {
            corpus.add("2024-05-20", &format!("outlet  {number}"), &[]);
        }
        corpus.carry("1700-01-01", "B", "text 3", &[]);
        let analysis = corpus.analyse(&gazetteer(&["mali"]), &AnalyseSettings::default());
        for number in (0..25).chain((0..25).rev()) {
            let mut row = document(number);
            analysis.complete_document(number, &mut row);
            assert_eq!(
                (row.story_id, row.source),
                (format!("d{number}"), format!("outlet {number}"))
            );
            assert_eq!((row.status, row.date), (DocumentStatus::Read, Some(day("2024-05-20"))));
        }
        let mut row = document(25);
        analysis.complete_document(25, &mut row);
        assert_eq!(
            (row.story_id.as_str(), row.status, row.date),
            ("d3", DocumentStatus::Undated, None)
        );
        let mut stranger = document(26);
        analysis.complete_document(26, &mut stranger);
        assert_eq!(stranger, document(26));
    }

    #[test]
    fn a_mention_counts_where_its_kind_does_and_is_kept_where_its_document_is() {
        let mut corpus = Corpus::default();
        corpus.add("2024-05-20", "A", &["mali"]);
        corpus.add("2024-05-20", "B", &["mali"]);
        let settings = AnalyseSettings {
            sources: vec!["a".to_owned()],
            ..AnalyseSettings::default()
        };
        let analysis = corpus.analyse(&gazetteer(&["mali"]), &settings);
        let mut row = mention("mali", Kind::Name);
        assert!(analysis.complete_mention(0, &mut row));
        assert_eq!(
            (row.counted, row.source.as_str(), row.date),
            (true, "A", Some(day("2024-05-20")))
        );
        let mut row = mention("mali", Kind::Capital);
        assert!(analysis.complete_mention(0, &mut row));
        assert_eq!(
            (row.counted, row.reason.as_str()),
            (false, "kind capital is not counted in this report")
        );
        assert!(!analysis.complete_mention(0, &mut mention("togo", Kind::Name)));
        assert!(!analysis.complete_mention(1, &mut mention("mali", Kind::Name)));
        assert!(!analysis.complete_mention(2, &mut mention("mali", Kind::Name)));
    }
}
