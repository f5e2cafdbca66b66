//! What the stage gives: the figures, and what became of every document.
//!
//! Rows of evidence come in as the ledger keeps them and leave completed with what only the analysis knows. No figure is made here.

use std::collections::{BTreeSet, HashSet};
use std::ops::Range;

use chrono::{Datelike, NaiveDate};
use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::basis::Basis;
use super::counts::counts;
use super::documents::Frames;
use super::places::Places;
use super::stories::Verdict;
use crate::error::Error;
use crate::model::entity::Gazetteer;
use crate::model::evidence::{DocumentRow, DocumentStatus, EvidenceTable, MentionRow};
use crate::model::findings::Findings;
use crate::model::language::Language;
use crate::model::mention::Kind;
use crate::model::period::Period;
use crate::settings::AnalyseSettings;

/// All figures, and the verdict on every document.
#[derive(Debug)]
pub struct Analysis {
    /// All figures.
    pub findings: Findings,
    /// What became of every document.
    pub verdicts: Verdicts,
}

/// What became of every document, before any mention is counted: all that figures and evidence need to know of the documents.
#[derive(Debug)]
pub struct Verdicts {
    /// The documents, their outlets and the verdict on each.
    pub(crate) basis: Basis,
    /// What they are called and where they lie.
    places: Places,
    /// Ids of the entities that this report shows.
    watched: HashSet<String>,
    /// The kinds that it counts.
    kinds: Vec<Kind>,
}

/// What the rows of mentions repeat of their document.
struct Repeated<'a> {
    /// What it is called.
    doc_id: &'a str,
    /// Its file.
    file: &'a str,
    /// Its record.
    record: u32,
    /// Its language.
    language: Language,
    /// The day that the figures use.
    date: Option<NaiveDate>,
    /// The name of its outlet.
    source: &'a str,
}

impl Verdicts {
    /// Keeps what completing rows needs; what documents are called is read from `frames`.
    ///
    /// # Errors
    ///
    /// Whatever reading it fails with.
    pub(crate) fn new(
        basis: Basis,
        frames: &Frames<'_>,
        gazetteer: &Gazetteer,
        settings: &AnalyseSettings,
    ) -> Result<Self, Error> {
        Ok(Self {
            basis,
            places: Places::read(frames)?,
            watched: gazetteer
                .watched
                .iter()
                .map(|&index| gazetteer.entity(index).id.clone())
                .collect(),
            kinds: settings.count.clone(),
        })
    }

    /// One a document, in the order of the corpus.
    #[must_use]
    pub fn all(&self) -> &[Verdict] {
        &self.basis.verdicts
    }

    /// The days of the first and the last article; `None` where no article is dated.
    #[must_use]
    pub fn range(&self) -> Option<(NaiveDate, NaiveDate)> {
        self.basis.timeline.range
    }

    /// The last period that the corpus covers whole.
    #[must_use]
    pub fn last_complete(&self) -> Option<&Period> {
        let timeline = &self.basis.timeline;
        timeline.periods.iter().rfind(|period| timeline.is_complete(period))
    }

    /// Fills in status, story, the name of the outlet, and the day that the figures use, of the document of this number. A row beyond the corpus stays
    /// as it is.
    pub fn complete_document(&self, doc: u32, row: &mut DocumentRow) {
        let Some(verdict) = self.basis.verdicts.get(doc as usize) else {
            return;
        };
        row.status = verdict.status;
        row.date = verdict.date;
        self.places.doc_id(verdict.story).clone_into(&mut row.story_id);
        self.basis.outlets.name(doc as usize).clone_into(&mut row.source);
    }

    /// Fills in what the row repeats of the document of this number, the day that the figures use, and whether this report counts the mention.
    ///
    /// Gives `false` where the row is no evidence of this report: its entity is not watched, or its document is filtered or not of this corpus.
    /// The figures add the counted rows of documents with status `read`.
    pub fn complete_mention(&self, doc: u32, row: &mut MentionRow) -> bool {
        self.complete_next_mention(doc, &mut None, row)
    }

    /// The same for rows whose memory is used again: `told` is the document that the row has been completed from, and is not so a second time.
    pub fn complete_next_mention(&self, doc: u32, told: &mut Option<u32>, row: &mut MentionRow) -> bool {
        if *told != Some(doc) {
            let Some(repeated) = self.repeated(doc) else {
                return false;
            };
            repeated.doc_id.clone_into(&mut row.doc_id);
            repeated.file.clone_into(&mut row.file);
            (row.record, row.language, row.date) = (repeated.record, repeated.language, repeated.date);
            repeated.source.clone_into(&mut row.source);
            *told = Some(doc);
        }
        if !self.watched.contains(&row.entity) {
            return false;
        }
        if row.counted && !counts(row.kind, &self.kinds) {
            row.counted = false;
            row.reason = format!("kind {} is not counted in this report", row.kind.as_str());
        }
        true
    }

    /// What rows of mentions repeat of this document; `None` where it is filtered or not of this corpus.
    fn repeated(&self, doc: u32) -> Option<Repeated<'_>> {
        let verdict = self.basis.verdicts.get(doc as usize)?;
        (verdict.status != DocumentStatus::Filtered).then(|| Repeated {
            doc_id: self.places.doc_id(doc),
            file: self.places.file(doc),
            record: self.places.record(doc),
            language: self.basis.documents.languages[doc as usize],
            date: verdict.date,
            source: self.basis.outlets.name(doc as usize),
        })
    }

    /// A number for all that completing the rows of these documents takes from them; rows of a table that are the same in the ledger are completed alike where
    /// it and [`Verdicts::choice`] are the same. `None` where one of the documents is not of this corpus.
    #[must_use]
    pub fn fingerprint(&self, table: EvidenceTable, docs: Range<u32>, seed: u64) -> Option<u64> {
        let known = docs.start <= docs.end && docs.end as usize <= self.basis.verdicts.len();
        let mut told = Vec::new();
        for doc in known.then_some(docs)? {
            match table {
                EvidenceTable::Documents => self.tell_of_document(doc, &mut told),
                EvidenceTable::Mentions => self.tell_of_mentions(doc, &mut told),
            }
        }
        Some(xxh3_64_with_seed(&told, seed))
    }

    /// Tells all that [`Verdicts::complete_document`] fills in.
    fn tell_of_document(&self, doc: u32, told: &mut Vec<u8>) {
        let verdict = &self.basis.verdicts[doc as usize];
        tell(told, verdict.status.as_str());
        tell_day(told, verdict.date);
        tell(told, self.places.doc_id(verdict.story));
        tell(told, self.basis.outlets.name(doc as usize));
    }

    /// Tells all that [`Verdicts::complete_mention`] fills in.
    fn tell_of_mentions(&self, doc: u32, told: &mut Vec<u8>) {
        let Some(repeated) = self.repeated(doc) else {
            // A filtered document has no rows, but its place says which one it is.
            told.push(0);
            tell(told, self.places.file(doc));
            told.extend_from_slice(&self.places.record(doc).to_le_bytes());
            return;
        };
        let Repeated {
            doc_id,
            file,
            record,
            language,
            date,
            source,
        } = repeated;
        told.push(1);
        for part in [doc_id, file, language.as_str(), source] {
            tell(told, part);
        }
        told.extend_from_slice(&record.to_le_bytes());
        tell_day(told, date);
    }

    /// What decides, beside its document, whether a mention is shown and counted: the entities and the kinds.
    #[must_use]
    pub fn choice(&self) -> String {
        let watched: BTreeSet<&String> = self.watched.iter().collect();
        format!("{watched:?} {:?}", self.kinds)
    }
}

/// Tells a text, and where it ends.
fn tell(told: &mut Vec<u8>, text: &str) {
    told.extend_from_slice(&(text.len() as u64).to_le_bytes());
    told.extend_from_slice(text.as_bytes());
}

/// Tells a day.
fn tell_day(told: &mut Vec<u8>, day: Option<NaiveDate>) {
    told.extend_from_slice(&day.map_or(i32::MIN, |day| day.num_days_from_ce()).to_le_bytes());
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::{Corpus, day, gazetteer};
    use super::*;
    use crate::model::document::DateMethod;

    fn document(file: &str, record: u32) -> DocumentRow {
        DocumentRow {
            doc_id: String::new(),
            file: file.to_owned(),
            record,
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
        let verdicts = corpus
            .analyse(&gazetteer(&["mali"]), &AnalyseSettings::default())
            .verdicts;
        for number in (0..25).chain((0..25).rev()) {
            let mut row = document(&format!("{:04}.jsonl", number / 10), number % 10);
            verdicts.complete_document(number, &mut row);
            assert_eq!(
                (row.story_id, row.source),
                (format!("d{number}"), format!("outlet {number}"))
            );
            assert_eq!((row.status, row.date), (DocumentStatus::Read, Some(day("2024-05-20"))));
        }
        let mut row = document("0002.jsonl", 5);
        verdicts.complete_document(25, &mut row);
        assert_eq!(
            (row.story_id.as_str(), row.status, row.date),
            ("d3", DocumentStatus::Undated, None)
        );
        let mut stranger = document("0002.jsonl", 6);
        verdicts.complete_document(26, &mut stranger);
        assert_eq!(stranger, document("0002.jsonl", 6));
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
        let verdicts = corpus.analyse(&gazetteer(&["mali"]), &settings).verdicts;
        let mut row = mention("mali", Kind::Name);
        assert!(verdicts.complete_mention(0, &mut row));
        assert_eq!(
            (row.doc_id.as_str(), row.file.as_str(), row.record),
            ("d0", "0000.jsonl", 0)
        );
        assert_eq!(
            (row.counted, row.source.as_str(), row.date),
            (true, "A", Some(day("2024-05-20")))
        );
        let mut row = mention("mali", Kind::Capital);
        assert!(verdicts.complete_mention(0, &mut row));
        assert_eq!(
            (row.counted, row.reason.as_str()),
            (false, "kind capital is not counted in this report")
        );
        assert!(!verdicts.complete_mention(0, &mut mention("togo", Kind::Name)));
        assert!(!verdicts.complete_mention(1, &mut mention("mali", Kind::Name)));
        assert!(!verdicts.complete_mention(2, &mut mention("mali", Kind::Name)));
    }

    #[test]
    fn a_row_that_is_used_again_is_completed_as_a_new_one_is() {
        let mut corpus = Corpus::default();
        corpus.add("2024-05-20", "A", &["mali"]);
        corpus.add("2024-05-21", "B", &["mali"]);
        let verdicts = corpus
            .analyse(&gazetteer(&["mali"]), &AnalyseSettings::default())
            .verdicts;
        let mut again = MentionRow::default();
        let mut told = None;
        for (doc, entity) in [
            (0, "togo"),
            (0, "mali"),
            (0, "mali"),
            (1, "togo"),
            (1, "mali"),
            (2, "mali"),
            (1, "mali"),
        ] {
            let mut row = mention(entity, Kind::Name);
            (again.entity, again.kind, again.counted) = (row.entity.clone(), row.kind, row.counted);
            let shown = verdicts.complete_mention(doc, &mut row);
            assert_eq!(verdicts.complete_next_mention(doc, &mut told, &mut again), shown);
            assert!(!shown || again == row, "{again:?} {row:?}");
        }
    }

    #[test]
    fn the_fingerprint_is_of_all_that_is_filled_in() {
        let fingerprints = |table, day: &str, source: &str, only: &[&str]| {
            let mut corpus = Corpus::default();
            corpus.add("2024-05-20", "A", &["mali"]);
            corpus.add(day, source, &["mali"]);
            let settings = AnalyseSettings {
                sources: only.iter().map(|&name| name.to_owned()).collect(),
                ..AnalyseSettings::default()
            };
            let verdicts = corpus.analyse(&gazetteer(&["mali"]), &settings).verdicts;
            assert_eq!(verdicts.fingerprint(table, 1..3, 0), None);
            [0..1, 1..2, 0..2].map(|docs| verdicts.fingerprint(table, docs, 7).unwrap())
        };
        for table in EvidenceTable::ALL {
            let first = fingerprints(table, "2024-05-21", "B", &[]);
            assert_eq!(fingerprints(table, "2024-05-21", "B", &[]), first);
            for other in [
                fingerprints(table, "2024-05-22", "B", &[]),
                fingerprints(table, "2024-05-21", "C", &[]),
                fingerprints(table, "2024-05-21", "B", &["a"]),
            ] {
                assert_eq!(other[0], first[0]);
                assert!(other[1] != first[1] && other[2] != first[2]);
            }
        }
    }

    #[test]
    fn the_fingerprint_of_a_document_is_of_its_story_too() {
        let fingerprint = |text: &str| {
            let mut corpus = Corpus::default();
            corpus.carry("2024-05-20", "A", "text 0", &[]);
            corpus.carry("2024-05-20", "B", text, &[]);
            let verdicts = corpus
                .analyse(&gazetteer(&["mali"]), &AnalyseSettings::default())
                .verdicts;
            EvidenceTable::ALL.map(|table| verdicts.fingerprint(table, 1..2, 0))
        };
        let (own, shared) = (fingerprint("text 1"), fingerprint("text 0"));
        assert!(own[0] != shared[0] && own[1] == shared[1]);
    }
}
