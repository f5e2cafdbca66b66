//! A corpus in miniature, what a scan would make of it, and what a ledger of it has to tell.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use super::{SECOND, Told, open, told};
use crate::ledger::spellings::Vocabulary;
use crate::ledger::{Ledger, Plan, Scanned, Stamp, Writer};
use crate::model::document::{DateMethod, Document};
use crate::model::entity::{Entity, EntityClass, EntityIndex, Gazetteer, Names};
use crate::model::input::{Input, InputStatus};
use crate::model::language::Language;
use crate::model::mention::{Field, Kind, Mention};
use crate::model::signature::Signature;
use crate::model::skip::{Skip, SkipReason};
use crate::model::text::{CleanText, Layout, Span};
use crate::model::words::{WordCounts, key_of};

thread_local! {
    /// The words of all documents of a test.
    static WORDS: RefCell<Vocabulary> = RefCell::default();
}

/// One record of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Record {
    /// A document: own id, title, body.
    Document(Option<&'static str>, String, String),
    /// One that cannot be read.
    Broken,
}

/// A document with a text of its own that names Mali `times` times.
pub(super) fn article(id: Option<&'static str>, name: &str, times: usize) -> Record {
    Record::Document(
        id,
        format!("Mali: {name}"),
        format!("Today. {}{name}.", "In Mali and Niger. ".repeat(times)),
    )
}

/// One file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TestFile {
    /// When it was changed.
    pub(super) modified: Option<i64>,
    /// What is in it.
    pub(super) records: Vec<Record>,
}

/// Files by path.
#[derive(Clone, Debug, Default)]
pub(super) struct Corpus(pub(super) BTreeMap<String, TestFile>);

impl Corpus {
    /// Puts a file there that was changed long ago.
    pub(super) fn put(&mut self, path: &str, records: Vec<Record>) -> &mut Self {
        self.0.insert(
            path.to_owned(),
            TestFile {
                modified: Some(1),
                records,
            },
        );
        self
    }

    /// The stamps of all files.
    pub(super) fn stamps(&self) -> Vec<Stamp> {
        let stamp = |(path, file): (&String, &TestFile)| Stamp {
            file: path.as_str().into(),
            bytes: size(&file.records),
            modified: file.modified,
        };
        self.0.iter().map(stamp).collect()
    }

    /// Brings the ledger up to date.
    pub(super) fn scan(&self, ledger: &mut Ledger, now: i64) -> Plan {
        let stamps = self.stamps();
        let plan = self.plan(ledger, now, false);
        let gazetteer = gazetteer();
        let mut writer = ledger.writer(&gazetteer);
        for &place in &plan.to_read {
            let records = &self.0[&*stamps[place].file].records;
            let all = scanned(&stamps[place].file, records);
            push(&mut writer, all);
            writer
                .end_file(input(&stamps[place].file, records), stamps[place].clone())
                .unwrap();
        }
        writer.finish().unwrap();
        ledger.settle().unwrap();
        plan
    }

    /// What there is to do.
    pub(super) fn plan(&self, ledger: &mut Ledger, now: i64, rehash: bool) -> Plan {
        let stamps = self.stamps();
        let hash = &mut |place: usize| Some(hash(&self.0[&*stamps[place].file].records));
        ledger.plan(&stamps, now, rehash, hash).unwrap()
    }

    /// What a ledger tells that never saw another corpus.
    pub(super) fn fresh(&self) -> Told {
        let dir = tempfile::tempdir().unwrap();
        let mut ledger = open(dir.path());
        self.scan(&mut ledger, 1000 * SECOND);
        told(&ledger)
    }
}

/// Pushes what was scanned, two at a time, as two workers would.
pub(super) fn push(writer: &mut Writer<'_>, all: Vec<Scanned>) {
    let mut rest = all.into_iter();
    while rest.len() > 0 {
        begin_batch(writer);
        for row in rest.by_ref().take(2) {
            writer.push(row.into()).unwrap();
        }
    }
}

/// Begins a batch of any rows.
pub(super) fn begin_batch(writer: &mut Writer<'_>) {
    WORDS.with_borrow(|words| writer.begin_batch(words.so_far().clone()));
}

/// Mali and Niger.
pub(super) fn gazetteer() -> Gazetteer {
    let entity = |id: &str, iso3: &str| Entity {
        id: id.to_owned(),
        class: EntityClass::Country,
        iso3: iso3.to_owned(),
        iso2: String::new(),
        names: Names::default(),
        colour: None,
        offices: Vec::new(),
    };
    Gazetteer {
        entities: vec![entity("mali", "MLI"), entity("niger", "NER")],
        ..Gazetteer::default()
    }
}

/// What stands for the content of a file.
pub(super) fn hash(records: &[Record]) -> String {
    format!(
        "{:032x}",
        xxhash_rust::xxh3::xxh3_128(format!("{records:?}").as_bytes())
    )
}

/// The size of a file.
pub(super) fn size(records: &[Record]) -> u64 {
    format!("{records:?}").len() as u64
}

/// The account of a file.
pub(super) fn input(path: &str, records: &[Record]) -> Input {
    let skipped = records.iter().filter(|record| **record == Record::Broken).count();
    Input {
        file: path.to_owned(),
        status: if records.is_empty() {
            InputStatus::Empty
        } else {
            InputStatus::Read
        },
        format: "jsonl".to_owned(),
        compression: "gzip".to_owned(),
        encoding: "windows-1256".to_owned(),
        encoding_method: "detected".to_owned(),
        bytes: size(records),
        sha256: hash(records),
        documents: (records.len() - skipped) as u64,
        skipped: skipped as u64,
        note: "a remark".to_owned(),
    }
}

/// What a scan makes of a file: every second document is undated.
pub(super) fn scanned(path: &str, records: &[Record]) -> Vec<Scanned> {
    let file: Arc<str> = Arc::from(path);
    let mut all: Vec<Scanned> = (0_u32..)
        .zip(records)
        .map(|(at, record)| scanned_record(&file, at, record))
        .collect();
    if records.is_empty() {
        let skip = Skip {
            file,
            record: None,
            line: None,
            reason: SkipReason::Empty,
            detail: String::new(),
        };
        all.push(Scanned::Skipped(skip));
    }
    all
}

/// What a scan makes of a record.
pub(super) fn scanned_record(file: &Arc<str>, at: u32, record: &Record) -> Scanned {
    let file = Arc::clone(file);
    let Record::Document(id, title, body) = record else {
        let (record, line) = (Some(at), Some(u64::from(at) + 1));
        return Scanned::Skipped(Skip {
            file,
            record,
            line,
            reason: SkipReason::NoText,
            detail: "no text\u{a0}here".to_owned(),
        });
    };
    let document = Document {
        file,
        record: at,
        own_id: id.map(str::to_owned),
        title: title.clone(),
        body: body.clone(),
        date: at
            .is_multiple_of(2)
            .then(|| NaiveDate::from_ymd_opt(2024, 5, 19 + at % 7).unwrap()),
        date_method: if at.is_multiple_of(2) {
            DateMethod::Metadata
        } else {
            DateMethod::None
        },
        date_note: "05/06 undecided".to_owned(),
        source: "الخبر".to_owned(),
        language: None,
        url: format!("https://example.org/{at}"),
    };
    let layout = |text: &str| Layout {
        sentences: sentences(text),
        paragraphs: Vec::new(),
    };
    let text = CleanText {
        language: Language::FR,
        language_confidence: 0.25,
        title: layout(title),
        body: layout(body),
        words: u32::try_from(body.split(' ').count()).unwrap(),
        text_hash: xxhash_rust::xxh3::xxh3_128(body.as_bytes()) >> 8,
        signature: signature(body),
        document,
    };
    let mut mentions: Vec<Mention> = find(Field::Body, body, &text.body)
        .chain(find(Field::Title, title, &text.title))
        .collect();
    mentions.reverse();
    Scanned::Read {
        text: Box::new(text),
        mentions,
        words: words(body),
    }
}

/// The word of this number.
pub(super) fn word(number: u32) -> String {
    WORDS.with_borrow(|words| words.so_far().get(number as usize).0.to_owned())
}

/// Every word of a text.
pub(super) fn words(text: &str) -> WordCounts {
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    for word in text.split([' ', '.']).filter(|word| !word.is_empty()) {
        *counts.entry(word).or_default() += 1;
    }
    let mut words = WordCounts::default();
    for (word, count) in counts {
        let key = key_of(xxhash_rust::xxh3::xxh3_128(word.as_bytes()));
        words.push(WORDS.with_borrow_mut(|all| all.number(word, key)), count);
    }
    words
}

/// A signature that stands for `body`; shorter texts have none.
pub(super) fn signature(body: &str) -> Option<Box<Signature>> {
    let length = u32::try_from(body.len()).unwrap();
    (length > 20).then(|| {
        Box::new(Signature {
            shingles: length,
            bands: std::array::from_fn(|band| length << band),
            sketch: std::array::from_fn(|word| u64::from(length) << word),
        })
    })
}

/// Sentences end with a full stop.
pub(super) fn sentences(text: &str) -> Vec<Span> {
    let mut start = 0;
    let mut all = Vec::new();
    for sentence in text.split_inclusive(". ") {
        let end = start + u32::try_from(sentence.trim_end().len()).unwrap();
        all.push(Span { start, end });
        start += u32::try_from(sentence.len()).unwrap();
    }
    all
}

/// Every `Mali`, counted, and every `Niger`, refused.
pub(super) fn find<'a>(field: Field, text: &'a str, layout: &'a Layout) -> impl Iterator<Item = Mention> + 'a {
    ["Mali", "Niger"]
        .into_iter()
        .zip([0, 1])
        .flat_map(move |(name, entity)| {
            text.match_indices(name).map(move |(start, _)| {
                let start = u32::try_from(start).unwrap();
                Mention {
                    field,
                    start,
                    end: start + u32::try_from(name.len()).unwrap(),
                    sentence: layout.sentence_at(start),
                    entity: EntityIndex(entity),
                    kind: if entity == 0 { Kind::Name } else { Kind::Region },
                    rule: Arc::from(if entity == 0 { "form" } else { "niger-river" }),
                    counted: entity == 0,
                    reason: if entity == 0 {
                        Cow::Borrowed("")
                    } else {
                        Cow::Borrowed("`river` stands near")
                    },
                }
            })
        })
}
