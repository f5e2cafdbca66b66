//! How many bytes of text a second each stage takes: read, clean, match, keep, analyse, tables. Each bench asserts what it counted, so it cannot
//! measure nothing.
//!
//!     cargo bench --bench stages

#[allow(dead_code, reason = "each bench uses some of it")]
#[path = "data.rs"]
mod data;
#[path = "ledger.rs"]
mod ledger;

use std::cell::Cell;
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;

use divan::Bencher;
use divan::counter::BytesCount;
use marsad::analyse::{Analysis, Sources, analyse};
use marsad::clean::{Cleaner, clean_text};
use marsad::corpus::{read_file, walk};
use marsad::gazetteer::load_gazetteer;
use marsad::ledger::{Ledger, Scanned};
use marsad::matcher::{Matcher, Scratch};
use marsad::model::entity::Gazetteer;
use marsad::model::evidence::EvidenceTable;
use marsad::model::words::Spellings;
use marsad::render::folder::Folder;
use marsad::run::parts::LedgerParts;
use marsad::settings::{AnalyseSettings, CorpusSettings, GazetteerSettings, RenderSettings};

use self::data::Corpus;
use self::ledger::fill;

/// Articles of one run.
const ARTICLES: u32 = 1500;

fn main() {
    divan::main();
}

/// The built-in names.
fn gazetteer() -> Gazetteer {
    load_gazetteer(&GazetteerSettings::default()).expect("the built-in names can be read")
}

/// The articles, searched, and their words.
fn scanned(corpus: &Corpus, gazetteer: &Gazetteer) -> (Vec<Scanned>, Spellings) {
    let matcher = Matcher::new(gazetteer);
    let mut scratch = Scratch::default();
    let mut cleaner = Cleaner::default();
    let documents = corpus.documents.iter().cloned();
    let rows = documents
        .map(|document| {
            let text = Box::new(cleaner.clean(document));
            let (mentions, words) = matcher.search(&text, &mut scratch);
            Scanned::Read { text, mentions, words }
        })
        .collect();
    (rows, scratch.end_batch())
}

/// Fills a new ledger in `dir`.
fn keep(dir: &Path, (rows, words): (Vec<Scanned>, Spellings), gazetteer: &Gazetteer) -> Ledger {
    let documents = rows.len() as u64;
    fill(dir, gazetteer, documents, |writer| {
        writer.begin_batch(words);
        for row in rows {
            writer.push(row.into()).expect("a row can be kept");
        }
    })
}

/// All figures of a ledger; sums that `program` made of parts are taken where they were kept.
fn figures(ledger: &Ledger, gazetteer: &Gazetteer, program: &str) -> Analysis {
    let sources = Sources {
        documents: &|columns| Box::new(ledger.document_parts(columns)),
        parts: &LedgerParts::new(ledger, 1, program),
        inputs: ledger.inputs().into_iter().map(Arc::unwrap_or_clone).collect(),
        skips: Vec::new(),
        gazetteer,
        corpus_name: "articles",
        newest: None,
    };
    analyse(sources, &AnalyseSettings::default()).expect("the rows are whole")
}

#[divan::bench]
fn read(bencher: Bencher<'_, '_>) {
    let corpus = Corpus::new(ARTICLES);
    let dir = tempfile::tempdir().expect("a temporary folder");
    let lines = corpus.lines();
    std::fs::write(dir.path().join("articles.jsonl"), &lines).expect("a file can be written");
    let settings = CorpusSettings {
        roots: vec![dir.path().to_owned()],
        ..CorpusSettings::default()
    };
    let files = walk(&settings).expect("the folder can be listed");
    bencher.counter(BytesCount::new(lines.len())).bench(|| {
        let mut bytes = 0;
        let input = read_file(&files[0], &settings, &mut |record| {
            bytes += record.map_or(0, |document| document.title.len() + document.body.len());
        });
        assert_eq!((input.documents, bytes), (u64::from(ARTICLES), corpus.bytes));
    });
}

#[divan::bench]
fn clean(bencher: Bencher<'_, '_>) {
    let corpus = Corpus::new(ARTICLES);
    let mut cleaner = Cleaner::default();
    bencher
        .counter(BytesCount::new(corpus.bytes))
        .with_inputs(|| corpus.documents.clone())
        .bench_local_values(|documents| {
            let sentences: usize = documents
                .into_iter()
                .map(|document| black_box(cleaner.clean(document)).body.sentences.len())
                .sum();
            assert_eq!(sentences, corpus.sentences);
        });
}

#[divan::bench(name = "match")]
fn find(bencher: Bencher<'_, '_>) {
    let (corpus, gazetteer) = (Corpus::new(ARTICLES), gazetteer());
    let matcher = Matcher::new(&gazetteer);
    let texts: Vec<_> = corpus.documents.iter().cloned().map(clean_text).collect();
    let mut scratch = Scratch::default();
    bencher.counter(BytesCount::new(corpus.bytes)).bench_local(|| {
        let mut counted = 0;
        for text in &texts {
            let mentions = matcher.find_mentions(text, &mut scratch);
            counted += mentions.iter().filter(|mention| mention.counted).count() as u64;
        }
        assert_eq!(counted, corpus.mentions);
    });
}

#[divan::bench(name = "match and count words")]
fn find_and_count(bencher: Bencher<'_, '_>) {
    let (corpus, gazetteer) = (Corpus::new(ARTICLES), gazetteer());
    let matcher = Matcher::new(&gazetteer);
    let texts: Vec<_> = corpus.documents.iter().cloned().map(clean_text).collect();
    let all = |scratch: &mut Scratch| {
        let mut sums = (0, 0);
        for text in &texts {
            let (mentions, words) = matcher.search(text, scratch);
            sums.0 += mentions.iter().filter(|mention| mention.counted).count() as u64;
            sums.1 += words.iter().map(|(_, count)| u64::from(count)).sum::<u64>();
        }
        black_box(scratch.end_batch());
        sums
    };
    let mut scratch = Scratch::default();
    let (mentions, words) = all(&mut scratch);
    assert!(mentions == corpus.mentions && words > mentions);
    bencher
        .counter(BytesCount::new(corpus.bytes))
        .bench_local(|| assert_eq!(all(&mut scratch), (mentions, words)));
}

#[divan::bench(sample_count = 20)]
fn keep_rows(bencher: Bencher<'_, '_>) {
    let (corpus, gazetteer) = (Corpus::new(ARTICLES), gazetteer());
    let rows = scanned(&corpus, &gazetteer);
    bencher
        .counter(BytesCount::new(corpus.bytes))
        .with_inputs(|| (rows.clone(), tempfile::tempdir().expect("a temporary folder")))
        .bench_values(|(rows, dir)| {
            let ledger = keep(dir.path(), rows, &gazetteer);
            assert_eq!(ledger.inputs()[0].documents, u64::from(ARTICLES));
        });
}

#[divan::bench(name = "analyse", sample_count = 20)]
fn count(bencher: Bencher<'_, '_>) {
    let (corpus, gazetteer) = (Corpus::new(ARTICLES), gazetteer());
    let dir = tempfile::tempdir().expect("a temporary folder");
    let ledger = keep(dir.path(), scanned(&corpus, &gazetteer), &gazetteer);
    let runs = Cell::new(0);
    bencher.counter(BytesCount::new(corpus.bytes)).bench_local(|| {
        runs.set(runs.get() + 1);
        let findings = figures(&ledger, &gazetteer, &format!("bench {}", runs.get())).findings;
        assert_eq!(findings.corpus.mentions, corpus.mentions);
        assert_eq!(findings.corpus.articles, u64::from(ARTICLES));
    });
}

#[divan::bench(sample_count = 20)]
fn tables(bencher: Bencher<'_, '_>) {
    let (corpus, gazetteer) = (Corpus::new(ARTICLES), gazetteer());
    let dir = tempfile::tempdir().expect("a temporary folder");
    let ledger = keep(&dir.path().join("ledger"), scanned(&corpus, &gazetteer), &gazetteer);
    let analysis = figures(&ledger, &gazetteer, "bench");
    bencher.counter(BytesCount::new(corpus.bytes)).bench(|| {
        let mut folder = Folder::create(&dir.path().join("report")).expect("a report can be begun");
        let mut evidence = folder
            .evidence(&RenderSettings::default())
            .expect("tables can be begun");
        let mut rows = 0;
        for stretch in ledger.read_stretches(EvidenceTable::Mentions, ledger.stretches(EvidenceTable::Mentions)) {
            let stretch = stretch.expect("the ledger can be read");
            let taken = stretch.each_mention(&mut |doc, row| {
                if analysis.verdicts.complete_mention(doc, row) {
                    rows += u64::from(row.counted);
                    evidence.push_mention(row)?;
                }
                Ok(())
            });
            taken.expect("a row can be written");
        }
        evidence.finish().expect("tables can be ended");
        assert_eq!(rows, corpus.mentions);
    });
}
