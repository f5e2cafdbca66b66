//! What the figures of a large ledger cost, beside reading its columns once, which they cannot do without: a million documents, 300 entities,
//! 500 weeks. In one run, so that the times can be set side by side; each bench asserts what it counted.
//!
//!     cargo bench --bench report
//!     MARSAD_BENCH_DOCUMENTS=100000 cargo bench --bench report
//!
//! The documents are made up as a scan would keep them, without a text that was cleaned and searched.

#[path = "ledger.rs"]
mod ledger;

use std::cell::Cell;
use std::env;
use std::num::NonZero;
use std::sync::{Arc, OnceLock};
use std::thread;

use chrono::{Days, NaiveDate};
use divan::Bencher;
use divan::counter::ItemsCount;
use marsad::analyse::{Analysis, COUNTED_COLUMNS, Sources, analyse};
use marsad::gazetteer::load_gazetteer;
use marsad::ledger::{DOCUMENT_COLUMNS, Ledger, Scanned, Writer};
use marsad::model::document::{DateMethod, Document};
use marsad::model::entity::{EntityIndex, Gazetteer};
use marsad::model::evidence::DocumentStatus;
use marsad::model::language::Language;
use marsad::model::mention::{Field, Kind, Mention};
use marsad::model::signature::{BANDS, SKETCH_BITS, Signature};
use marsad::model::text::{CleanText, Layout, Span};
use marsad::model::words::{Spellings, WordCounts};
use marsad::render::folder::Folder;
use marsad::run::parts::LedgerParts;
use marsad::settings::{AnalyseSettings, GazetteerSettings, RenderSettings};

use self::ledger::fill;

/// Entities that are mentioned.
const ENTITIES: u32 = 300;

/// Weeks that the articles are of.
const WEEKS: u32 = 500;

/// Mentions of a document, each in a sentence of its own.
const MENTIONS: u32 = 3;

/// Different words of a document.
const WORDS: usize = 20;

/// Outlets.
const OUTLETS: u32 = 40;

/// The last of so many documents is the one before it again.
const ONE_AGAIN: u32 = 100;

/// The last of so many is nearly the one before it.
const ONE_ALIKE: u32 = 20;

/// A sentence that mentions somebody, and where.
const SENTENCE: (&str, u32, u32) = ("The minister told Somebody that rain has come. ", 18, 26);

/// Documents of a batch.
const BATCH: u32 = 500;

/// What is measured.
struct Made {
    /// The ledger.
    ledger: Ledger,
    /// The names, of which some are watched.
    gazetteer: Gazetteer,
}

/// The ledger, made once.
static MADE: OnceLock<Made> = OnceLock::new();

fn main() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let mut gazetteer = load_gazetteer(&GazetteerSettings::default()).expect("the built-in names can be read");
    gazetteer.watched = (0..ENTITIES).map(EntityIndex).collect();
    let ledger = fill(dir.path(), &gazetteer, documents().into(), push_all);
    assert!(MADE.set(Made { ledger, gazetteer }).is_ok(), "it is made once");
    divan::main();
}

/// How many documents there are.
fn documents() -> u32 {
    let asked = env::var("MARSAD_BENCH_DOCUMENTS").ok();
    asked.map_or(1_000_000, |asked| {
        asked.parse().expect("MARSAD_BENCH_DOCUMENTS is a number")
    })
}

/// How many threads there are.
fn threads() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get)
}

/// How many of them are articles.
fn articles() -> u32 {
    documents() - documents() / ONE_AGAIN
}

/// The ledger and the names.
fn made() -> &'static Made {
    MADE.get().expect("it is made before anything is measured")
}

#[divan::bench(sample_count = 3)]
fn columns_alone(bencher: Bencher<'_, '_>) {
    let Made { ledger, .. } = made();
    bencher.counter(ItemsCount::new(documents())).bench(|| {
        let (mut read, mut mentions, mut words) = (0, 0, 0);
        for frame in ledger.document_parts(&DOCUMENT_COLUMNS) {
            read += frame.expect("the ledger can be read").height();
        }
        for part in ledger.partition() {
            for frame in ledger.mentions_of(&part, &COUNTED_COLUMNS) {
                mentions += frame.expect("the ledger can be read").height();
            }
            for rows in ledger.words_of(&part) {
                words += rows.expect("the ledger can be read").documents().count();
            }
        }
        assert_eq!((read, words), (documents() as usize, documents() as usize));
        assert_eq!(mentions, (documents() * MENTIONS) as usize);
    });
}

#[divan::bench(sample_count = 3)]
fn figures(bencher: Bencher<'_, '_>) {
    let runs = Cell::new(0);
    bencher.counter(ItemsCount::new(documents())).bench_local(|| {
        // What another program made of the parts is not taken.
        runs.set(runs.get() + 1);
        analysed(&format!("bench {}", runs.get()))
    });
}

#[divan::bench(sample_count = 3)]
fn figures_with_sums_kept(bencher: Bencher<'_, '_>) {
    bencher
        .counter(ItemsCount::new(documents()))
        .bench(|| analysed("bench"));
}

#[divan::bench(sample_count = 3)]
fn tables(bencher: Bencher<'_, '_>) {
    let analysis = analysed("bench");
    let settings = RenderSettings {
        charts: false,
        ..RenderSettings::default()
    };
    bencher.counter(ItemsCount::new(documents())).bench_local(|| {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let out = dir.path().join("report");
        let mut folder = Folder::create(&out).expect("a new folder can be made");
        let written = folder.write_findings(&analysis.findings, &settings);
        written.expect("tables can be written");
        dir
    });
}

/// All figures, on all threads as a report makes them (polars reads columns on all threads too); sums that `program` made of parts are taken where they were kept.
fn analysed(program: &str) -> Analysis {
    let Made { ledger, gazetteer } = made();
    let sources = Sources {
        documents: &|columns| Box::new(ledger.document_parts(columns)),
        parts: &LedgerParts::new(ledger, threads(), program),
        inputs: ledger.inputs().into_iter().map(Arc::unwrap_or_clone).collect(),
        skips: Vec::new(),
        gazetteer,
        corpus_name: "articles",
        newest: None,
    };
    let analysis = analyse(sources, &AnalyseSettings::default()).expect("the rows are whole");
    let findings = &analysis.findings;
    assert_eq!(findings.corpus.documents, u64::from(documents()));
    assert_eq!(findings.corpus.articles, u64::from(articles()));
    assert_eq!(findings.corpus.mentions, u64::from(articles() * MENTIONS));
    assert_eq!(findings.periods.len(), WEEKS as usize);
    assert_eq!(findings.entities.len(), ENTITIES as usize);
    let again = analysis.verdicts.all().iter();
    let again = again.filter(|verdict| verdict.status == DocumentStatus::Duplicate);
    assert_eq!(again.count(), (documents() / ONE_AGAIN) as usize);
    analysis
}

/// Pushes the documents.
fn push_all(writer: &mut Writer<'_>) {
    let mut last = None;
    for (batch, start) in (0..).zip((0..documents()).step_by(BATCH as usize)) {
        let numbers = start..documents().min(start + BATCH);
        let mut words = Spellings::after((1, batch), 0);
        let rows: Vec<Scanned> = numbers.map(|number| scanned(number, &mut last, &mut words)).collect();
        writer.begin_batch(words);
        for row in rows {
            writer.push(row.into()).expect("a row can be kept");
        }
    }
}

/// A document as a scan would find it. `last` is the signature of the one before it; its words are added to `spellings`.
fn scanned(number: u32, last: &mut Option<Box<Signature>>, spellings: &mut Spellings) -> Scanned {
    let is_again = number % ONE_AGAIN == ONE_AGAIN - 1;
    let of = if is_again { number - 1 } else { number };
    let mut dice = Dice(u64::from(of));
    let signature = last
        .take()
        .filter(|_| number % ONE_ALIKE == ONE_ALIKE - 1)
        .unwrap_or_else(|| {
            Box::new(Signature {
                shingles: 400,
                bands: std::array::from_fn::<_, BANDS, _>(|_| dice.next(u32::MAX)),
                sketch: std::array::from_fn::<_, { SKETCH_BITS / 64 }, _>(|_| dice.draw()),
            })
        });
    *last = Some(signature.clone());
    let (sentence, start, end) = SENTENCE;
    let length = u32::try_from(sentence.len()).expect("a sentence is short");
    let spans = (0..MENTIONS).map(|place| Span {
        start: place * length,
        end: (place + 1) * length - 1,
    });
    // One of the mentions is of anybody, the others of those whom all are about.
    let mentions = (0..MENTIONS).map(|place| Mention {
        field: Field::Body,
        start: place * length + start,
        end: place * length + end,
        sentence: place,
        entity: EntityIndex(if place == 0 {
            of % ENTITIES
        } else {
            dice.next(ENTITIES).min(dice.next(ENTITIES))
        }),
        kind: Kind::Name,
        rule: "form".into(),
        counted: true,
        reason: "".into(),
    });
    let mentions = mentions.collect();
    let mut words = WordCounts::with_room(WORDS);
    for place in 0..WORDS {
        // Some words are common, most are not, and no two of a document are the same.
        let scale = dice.next(14);
        let rank = dice.next(2 << scale);
        let word = format!("{}{rank}", char::from(b'a' + u8::try_from(place).unwrap_or_default()));
        let hash = Dice(u64::from(rank) * 32 + place as u64).draw();
        words.push(spellings.push(&word, hash.max(1)), 1 + dice.next(3));
    }
    let day = u64::from(of) * u64::from(WEEKS) * 7 / u64::from(documents());
    let first = NaiveDate::from_ymd_opt(2015, 1, 5).expect("it is a day");
    Scanned::Read {
        text: Box::new(CleanText {
            document: Document {
                file: "articles.jsonl".into(),
                record: number,
                own_id: Some(format!("a{number}")),
                title: format!("What became of matter {of} in the valley of the south"),
                body: sentence.repeat(MENTIONS as usize),
                url: format!("https://source{}.example/articles/{number}", of % OUTLETS),
                date: Some(first + Days::new(day)),
                date_method: DateMethod::Field,
                source: format!("Source {}", of % OUTLETS),
                ..Document::default()
            },
            language: [Language::EN, Language::FR, Language::AR][number as usize % 3],
            language_confidence: 1.0,
            title: Layout::default(),
            body: Layout {
                sentences: spans.collect(),
                paragraphs: Vec::new(),
            },
            words: 400,
            text_hash: u128::from(Dice(of.into()).draw()),
            signature: Some(signature),
        }),
        mentions,
        words,
    }
}

/// Numbers that look random and are always the same.
struct Dice(u64);

impl Dice {
    /// Any number.
    fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `most`.
    fn next(&mut self, most: u32) -> u32 {
        u32::try_from(self.draw() % u64::from(most)).expect("it is less than `most`")
    }
}
