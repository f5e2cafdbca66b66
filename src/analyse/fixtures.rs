//! Small corpora for tests: documents and mentions written down in a line each, as the frames that the ledger gives.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use chrono::{Days, NaiveDate};
use polars::prelude::{
    BinaryChunked, BooleanChunked, DataFrame, IntoColumn, NamedFrom, NewChunkedArray, Series, StringChunked,
    UInt32Chunked,
};

use super::{Analysis, Keep, Part, PartDocuments, Parts, Sources, analyse};
use crate::error::Error;
use crate::model::entity::{Entity, EntityClass, EntityIndex, Gazetteer, Names};
use crate::model::findings::{Cell, EntityFacts, Findings, PeriodFacts};
use crate::model::kept::Kept;
use crate::model::period::Period;
use crate::model::signature::{BANDS, SAMPLE, SKETCH_BITS, Signature};
use crate::model::words::WordRows;
use crate::settings::AnalyseSettings;

/// A day.
pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A period of seven days with so many articles.
pub(crate) fn period(start: &str, complete: bool, articles: u64) -> PeriodFacts {
    let start = day(start);
    PeriodFacts {
        period: Period {
            start,
            end: start + Days::new(7),
            label: start.to_string(),
        },
        complete,
        days_covered: 7,
        documents: articles,
        articles,
        stories: articles,
        duplicates: 0,
        words: 0,
        mentions: 0,
    }
}

/// A country that so many articles (and as many stories) mention, period by period.
pub(crate) fn entity(id: &str, articles: &[u64]) -> EntityFacts {
    let cell = |&articles: &u64| Cell {
        articles,
        stories: articles,
        mentions: articles,
        ..Cell::default()
    };
    let all = articles.iter().sum();
    EntityFacts {
        id: id.to_owned(),
        names: Names::default(),
        class: EntityClass::Country,
        iso3: String::new(),
        colour: None,
        articles: all,
        stories: all,
        mentions: all,
        series: articles.iter().map(cell).collect(),
    }
}

/// A gazetteer of these countries, all watched, in this order (which is that of their ids).
pub(crate) fn gazetteer(ids: &[&str]) -> Gazetteer {
    assert!(ids.is_sorted(), "a gazetteer is sorted by id");
    let entity = |&id: &&str| Entity {
        id: id.to_owned(),
        class: EntityClass::Country,
        iso3: id.chars().take(3).collect::<String>().to_uppercase(),
        iso2: String::new(),
        names: Names {
            en: id.to_owned(),
            ..Names::default()
        },
        colour: None,
        offices: Vec::new(),
    };
    let watched = (0..u32::try_from(ids.len()).unwrap()).map(EntityIndex).collect();
    Gazetteer {
        entities: ids.iter().map(entity).collect(),
        watched,
        ..Gazetteer::default()
    }
}

/// The signature of a text whose shingles are these numbers, made by plain means.
pub(crate) fn signature(shingles: &std::ops::Range<u32>) -> Signature {
    let hash = |number: u32, seed: usize| {
        let mixed = (u64::from(number) << 20 | seed as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        (mixed ^ (mixed >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9) >> 32
    };
    let least = |seed| shingles.clone().map(|number| hash(number, seed)).min().unwrap();
    let mut sketch = [0; SKETCH_BITS / 64];
    let mut sampled: Vec<u64> = shingles.clone().map(|number| hash(number, 1000)).collect();
    sampled.sort_unstable();
    for hash in sampled.into_iter().take(SAMPLE as usize) {
        let place = usize::try_from(hash).unwrap() % SKETCH_BITS;
        sketch[place / 64] ^= 1 << (place % 64);
    }
    Signature {
        shingles: shingles.end - shingles.start,
        bands: std::array::from_fn::<_, BANDS, _>(|band| u32::try_from(least(band)).unwrap()),
        sketch,
    }
}

/// One mention.
#[derive(Clone, Debug)]
pub(crate) struct Mentioned {
    /// Its document.
    pub(crate) doc: u32,
    /// `title` or `body`.
    pub(crate) field: &'static str,
    /// Whom.
    pub(crate) entity: String,
    /// The kind.
    pub(crate) kind: &'static str,
    /// Its text.
    pub(crate) surface: String,
    /// The rule.
    pub(crate) rule: &'static str,
    /// Whether it counts.
    pub(crate) counted: bool,
    /// The number of its sentence.
    pub(crate) sentence: u32,
    /// Why it was counted or not, or empty.
    pub(crate) reason: &'static str,
    /// Its sentence.
    pub(crate) context: String,
}

/// One document.
#[derive(Clone, Debug)]
pub(crate) struct Written {
    /// Its day, or empty.
    pub(crate) date: String,
    /// Its outlet, as the record says it.
    pub(crate) source: String,
    /// Its language.
    pub(crate) language: &'static str,
    /// Its headline.
    pub(crate) title: String,
    /// Its address.
    pub(crate) url: String,
    /// Its text, which stands for its hash too.
    pub(crate) text: String,
    /// Its words, with spaces between them.
    pub(crate) words: String,
    /// What near copies of it are told by.
    pub(crate) signature: Option<Signature>,
}

/// A corpus under construction.
#[derive(Clone, Debug, Default)]
pub(crate) struct Corpus {
    /// Its documents.
    pub(crate) documents: Vec<Written>,
    /// Its mentions, in the order of the documents.
    pub(crate) mentions: Vec<Mentioned>,
}

impl Corpus {
    /// Adds a document with a text of its own that mentions these, each by name once in the body.
    pub(crate) fn add(&mut self, date: &str, source: &str, entities: &[&str]) -> &mut Written {
        let text = format!("text {}", self.documents.len());
        self.carry(date, source, &text, entities)
    }

    /// Adds a document with this text.
    pub(crate) fn carry(&mut self, date: &str, source: &str, text: &str, entities: &[&str]) -> &mut Written {
        for entity in entities {
            self.mention(self.documents.len(), entity);
        }
        self.documents.push(Written {
            date: date.to_owned(),
            source: source.to_owned(),
            language: "en",
            title: format!("Title {}", self.documents.len()),
            url: String::new(),
            text: text.to_owned(),
            words: String::new(),
            signature: None,
        });
        self.documents.last_mut().unwrap()
    }

    /// Adds a mention by name in the body.
    pub(crate) fn mention(&mut self, doc: usize, entity: &str) -> &mut Mentioned {
        self.mentions.push(Mentioned {
            doc: u32::try_from(doc).unwrap(),
            field: "body",
            entity: entity.to_owned(),
            kind: "name",
            surface: entity.to_owned(),
            rule: "form",
            counted: true,
            sentence: 0,
            reason: "",
            context: format!("In {doc} of {entity}."),
        });
        self.mentions.last_mut().unwrap()
    }

    /// The documents as the ledger gives them, ten of each file.
    pub(crate) fn frame(&self) -> DataFrame {
        let text = |name: &str, of: &dyn Fn(usize, &Written) -> String| {
            StringChunked::from_iter_values(
                name.into(),
                self.documents.iter().enumerate().map(|(at, one)| of(at, one)),
            )
            .into_column()
        };
        let number = |name: &str, of: &dyn Fn(u32) -> u32| {
            UInt32Chunked::from_iter_values(name.into(), (0_u32..).zip(&self.documents).map(|(at, _)| of(at)))
                .into_column()
        };
        let signatures = self.documents.iter().map(|one| &one.signature);
        let shingles = signatures.clone().map(|one| one.as_ref().map_or(0, |one| one.shingles));
        let signatures = signatures.map(|one| one.as_ref().map(Signature::to_bytes));
        let dates: Vec<Option<NaiveDate>> = self.documents.iter().map(|one| one.date.parse().ok()).collect();
        let columns = vec![
            number("doc", &|at| at),
            text("doc_id", &|at, _| format!("d{at}")),
            text("file", &|at, _| format!("{:04}.jsonl", at / 10)),
            number("record", &|at| at % 10),
            text("source", &|_, one| one.source.clone()),
            text("language", &|_, one| one.language.to_owned()),
            Series::new("date".into(), dates).into_column(),
            text("date_note", &|_, _| String::new()),
            text("title", &|_, one| one.title.clone()),
            text("url", &|_, one| one.url.clone()),
            number("words", &|_| 100),
            number("sentences", &|_| 10),
            text("text_hash", &|_, one| one.text.clone()),
            UInt32Chunked::from_iter_values("shingles".into(), shingles).into_column(),
            BinaryChunked::from_iter_options("signature".into(), signatures).into_column(),
        ];
        DataFrame::new(self.documents.len(), columns).unwrap()
    }

    /// The same in frames of seven documents, with these columns.
    pub(crate) fn frames(&self, columns: &[&str]) -> impl Iterator<Item = Result<DataFrame, Error>> + use<> {
        let frame = self.frame().select(columns.iter().copied()).unwrap();
        let starts = (0..frame.height()).step_by(7);
        starts.map(move |start| Ok(frame.slice(i64::try_from(start).unwrap(), 7)))
    }

    /// The words of these documents, with a vocabulary of their own.
    fn words(&self, docs: &[u32]) -> WordRows {
        let of = |doc: u32| self.documents[doc as usize].words.split_whitespace();
        let vocabulary: BTreeSet<&str> = docs.iter().flat_map(|&doc| of(doc)).collect();
        let vocabulary: Vec<String> = vocabulary.into_iter().map(str::to_owned).collect();
        let mut rows = WordRows::new(Arc::new(vocabulary.clone()));
        for &doc in docs {
            let mut counts: BTreeMap<u32, u32> = BTreeMap::new();
            for word in of(doc) {
                let place = vocabulary.binary_search_by(|known| known.as_str().cmp(word)).unwrap();
                *counts.entry(u32::try_from(place).unwrap()).or_default() += 1;
            }
            rows.push(doc, &counts.into_iter().collect::<Vec<_>>());
        }
        rows
    }

    /// Analyses the corpus with its mentions in one frame.
    pub(crate) fn analyse(&self, gazetteer: &Gazetteer, settings: &AnalyseSettings) -> Analysis {
        self.analyse_parts(&[&self.mentions], gazetteer, settings).unwrap()
    }

    /// The figures of the corpus.
    pub(crate) fn findings(&self, gazetteer: &Gazetteer, settings: &AnalyseSettings) -> Findings {
        self.analyse(gazetteer, settings).findings
    }

    /// The corpus in parts with these mentions. Documents without any are dealt out.
    pub(crate) fn in_parts<'a>(&'a self, parts: &[&'a [Mentioned]]) -> InParts<'a> {
        let mut of_part: Vec<(Vec<u32>, &[Mentioned])> = parts.iter().map(|part| (Vec::new(), *part)).collect();
        if of_part.is_empty() {
            of_part.push((Vec::new(), &[]));
        }
        for doc in 0..u32::try_from(self.documents.len()).unwrap() {
            let has_it = |(_, mentions): &(_, &[Mentioned])| mentions.iter().any(|one| one.doc == doc);
            let place = of_part.iter().position(has_it).unwrap_or(doc as usize % of_part.len());
            of_part[place].0.push(doc);
        }
        InParts {
            corpus: self,
            parts: of_part,
            kept: Arc::default(),
            made: AtomicUsize::new(0),
        }
    }

    /// Analyses the corpus with its mentions in these parts.
    pub(crate) fn analyse_parts(
        &self,
        parts: &[&[Mentioned]],
        gazetteer: &Gazetteer,
        settings: &AnalyseSettings,
    ) -> Result<Analysis, Error> {
        self.in_parts(parts).analyse(gazetteer, settings)
    }
}

impl InParts<'_> {
    /// Analyses the corpus.
    pub(crate) fn analyse(&self, gazetteer: &Gazetteer, settings: &AnalyseSettings) -> Result<Analysis, Error> {
        let sources = Sources {
            documents: &|columns| Box::new(self.corpus.frames(columns)),
            parts: self,
            inputs: Vec::new(),
            skips: Vec::new(),
            gazetteer,
            corpus_name: "test",
            newest: Some(day("2030-01-01")),
        };
        analyse(sources, settings)
    }
}

/// The shelves of each part under each name.
type Shelves = HashMap<(Kept, u128), Vec<Vec<u8>>>;

/// A corpus in parts, which keeps what was made of them.
pub(crate) struct InParts<'a> {
    /// The corpus.
    corpus: &'a Corpus,
    /// The documents and the mentions of each.
    parts: Vec<(Vec<u32>, &'a [Mentioned])>,
    /// What was made of each part under each name.
    pub(crate) kept: Arc<Mutex<Shelves>>,
    /// How often the rows of a part were asked for.
    pub(crate) made: AtomicUsize,
}

/// Shelves that are being kept.
struct Keeping {
    /// Those that are kept.
    all: Arc<Mutex<Shelves>>,
    /// What these will be kept of and under which name.
    of: (Kept, u128),
    /// Those so far.
    shelves: Vec<Vec<u8>>,
}

impl Keep for Keeping {
    fn put(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.shelves.push(bytes.to_vec());
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<(), Error> {
        self.all.lock().unwrap().insert(self.of, self.shelves);
        Ok(())
    }
}

impl Parts for InParts<'_> {
    fn documents(&self) -> Vec<PartDocuments> {
        let runs = |docs: &[u32]| docs.iter().map(|&doc| doc..doc + 1).collect();
        let documents = |(number, (docs, _)): (u32, &(Vec<u32>, _))| PartDocuments {
            number,
            runs: runs(docs),
        };
        (0..).zip(&self.parts).map(documents).collect()
    }

    fn part(&self, place: usize) -> Box<dyn Part + '_> {
        self.made.fetch_add(1, Ordering::Relaxed);
        Box::new(OnePart { all: self, place })
    }

    fn kept(&self, of: Kept, name: u128, at: usize) -> Option<Vec<u8>> {
        self.kept
            .lock()
            .unwrap()
            .get(&(of, name))
            .map(|shelves| shelves[at].clone())
    }

    fn keep(&self, of: Kept, name: u128, _: usize) -> Result<Box<dyn Keep>, Error> {
        Ok(Box::new(Keeping {
            all: Arc::clone(&self.kept),
            of: (of, name),
            shelves: Vec::new(),
        }))
    }

    fn each<R: Send>(
        &self,
        jobs: usize,
        work: impl Fn(usize) -> R + Sync,
        mut take: impl FnMut(R) -> Result<(), Error>,
    ) -> Result<(), Error> {
        (0..jobs).try_for_each(|job| take(work(job)))
    }

    fn both<A, B: Send>(&self, one: impl FnOnce() -> A, other: impl FnOnce() -> B + Send) -> (A, B) {
        (one(), other())
    }
}

/// One of them.
struct OnePart<'a> {
    /// All of them.
    all: &'a InParts<'a>,
    /// Its place.
    place: usize,
}

impl Part for OnePart<'_> {
    fn mentions(&self) -> Box<dyn Iterator<Item = Result<DataFrame, Error>> + '_> {
        Box::new(std::iter::once(Ok(mentions_frame(self.all.parts[self.place].1))))
    }

    fn words(&self) -> Box<dyn Iterator<Item = Result<WordRows, Error>> + '_> {
        Box::new(std::iter::once(Ok(self
            .all
            .corpus
            .words(&self.all.parts[self.place].0))))
    }
}

/// A frame of mentions as the ledger gives it.
pub(crate) fn mentions_frame(mentions: &[Mentioned]) -> DataFrame {
    let text = |name: &str, of: &dyn Fn(&Mentioned) -> String| {
        StringChunked::from_iter_values(name.into(), mentions.iter().map(of)).into_column()
    };
    let columns = vec![
        UInt32Chunked::from_iter_values("doc".into(), mentions.iter().map(|one| one.doc)).into_column(),
        text("field", &|one| one.field.to_owned()),
        UInt32Chunked::from_iter_values("sentence".into(), mentions.iter().map(|one| one.sentence)).into_column(),
        text("entity", &|one| one.entity.clone()),
        text("kind", &|one| one.kind.to_owned()),
        BooleanChunked::from_iter_values("counted".into(), mentions.iter().map(|one| one.counted)).into_column(),
        text("rule", &|one| one.rule.to_owned()),
        text("surface", &|one| one.surface.clone()),
        text("reason", &|one| one.reason.to_owned()),
        text("context", &|one| one.context.clone()),
    ];
    DataFrame::new(mentions.len(), columns).unwrap()
}
