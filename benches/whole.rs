//! The whole scan, from files to the ledger, beside what it cannot do without: parsing the JSON, unpacking, parsing the pages. All in one run, so
//! that the rates can be set side by side; each bench asserts what it counted.
//!
//!     cargo bench --bench whole

#[allow(dead_code, reason = "each bench uses some of it")]
#[path = "data.rs"]
mod data;

use std::fs;
use std::hint::black_box;
use std::io::{Read, Write};
use std::path::Path;

use divan::Bencher;
use divan::counter::BytesCount;
use flate2::Compression;
use flate2::read::MultiGzDecoder;
use flate2::write::GzEncoder;
use marsad::run::progress::Silent;
use marsad::run::scan;
use marsad::settings::{CorpusSettings, LedgerSettings, Settings};
use scraper::Html;

use self::data::Corpus;

/// Articles in one file.
const ARTICLES: u32 = 6000;

/// Pages, each a file.
const PAGES: u32 = 1500;

fn main() {
    divan::main();
}

/// Scans `articles` below `dir` into a new ledger and holds what it found against what is there.
fn scan_all(dir: &Path, corpus: &Corpus, threads: usize) {
    let ledger = dir.join("ledger");
    if ledger.exists() {
        fs::remove_dir_all(&ledger).expect("the last ledger can be removed");
    }
    let settings = Settings {
        corpus: CorpusSettings {
            roots: vec![dir.join("articles")],
            ..CorpusSettings::default()
        },
        ledger: LedgerSettings {
            dir: ledger,
            rehash: false,
        },
        threads,
        ..Settings::default()
    };
    let account = scan(&settings, &mut Silent).expect("the articles can be scanned");
    assert_eq!(account.documents.documents, corpus.documents.len() as u64);
    assert_eq!(account.mentions, corpus.mentions);
}

/// A folder with `articles/name`.
fn folder(name: &str, bytes: &[u8]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a temporary folder");
    fs::create_dir(dir.path().join("articles")).expect("a folder can be made");
    fs::write(dir.path().join("articles").join(name), bytes).expect("a file can be written");
    dir
}

/// Scans all articles as one file of this name, its lines packed by `pack`; the bytes are those of the lines.
fn scan_file(bencher: Bencher<'_, '_>, threads: usize, name: &str, pack: fn(&str) -> Vec<u8>) {
    let corpus = Corpus::new(ARTICLES);
    let lines = corpus.lines();
    let dir = folder(name, &pack(&lines));
    bencher
        .counter(BytesCount::new(lines.len()))
        .bench(|| scan_all(dir.path(), &corpus, threads));
}

/// Packed with gzip.
fn gzip(text: &str) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    packed.write_all(text.as_bytes()).expect("memory can be written");
    packed.finish().expect("memory can be written")
}

/// Packed with zstd.
fn zstd_pack(text: &str) -> Vec<u8> {
    zstd::encode_all(text.as_bytes(), 3).expect("memory can be read")
}

#[divan::bench(sample_count = 5)]
fn json_alone(bencher: Bencher<'_, '_>) {
    let lines = Corpus::new(ARTICLES).lines();
    bencher.counter(BytesCount::new(lines.len())).bench(|| {
        let mut parsed = 0;
        for line in lines.lines() {
            let value: serde_json::Value = serde_json::from_str(line).expect("a line is JSON");
            parsed += usize::from(black_box(value).is_object());
        }
        assert_eq!(parsed, ARTICLES as usize);
    });
}

#[divan::bench(sample_count = 5, args = [1, 2])]
fn json_scan(bencher: Bencher<'_, '_>, threads: usize) {
    scan_file(bencher, threads, "articles.jsonl", |lines| lines.as_bytes().to_vec());
}

#[divan::bench(sample_count = 5)]
fn gzip_alone(bencher: Bencher<'_, '_>) {
    let lines = Corpus::new(ARTICLES).lines();
    let packed = gzip(&lines);
    bencher.counter(BytesCount::new(lines.len())).bench(|| {
        let mut text = Vec::new();
        let unpacked = MultiGzDecoder::new(packed.as_slice()).read_to_end(&mut text);
        assert_eq!(unpacked.expect("what was packed can be unpacked"), lines.len());
    });
}

#[divan::bench(sample_count = 5, args = [1, 2])]
fn gzip_scan(bencher: Bencher<'_, '_>, threads: usize) {
    scan_file(bencher, threads, "articles.jsonl.gz", gzip);
}

#[divan::bench(sample_count = 5)]
fn zstd_alone(bencher: Bencher<'_, '_>) {
    let lines = Corpus::new(ARTICLES).lines();
    let packed = zstd_pack(&lines);
    bencher.counter(BytesCount::new(lines.len())).bench(|| {
        let text = zstd::decode_all(packed.as_slice());
        assert_eq!(text.expect("what was packed can be unpacked").len(), lines.len());
    });
}

#[divan::bench(sample_count = 5, args = [1, 2])]
fn zstd_scan(bencher: Bencher<'_, '_>, threads: usize) {
    scan_file(bencher, threads, "articles.jsonl.zst", zstd_pack);
}

#[divan::bench(sample_count = 5)]
fn pages_alone(bencher: Bencher<'_, '_>) {
    let pages = Corpus::new(PAGES).pages();
    let bytes: usize = pages.iter().map(String::len).sum();
    bencher.counter(BytesCount::new(bytes)).bench(|| {
        let nodes = pages.iter().map(|page| Html::parse_document(page).tree.nodes().count());
        assert!(nodes.sum::<usize>() > pages.len());
    });
}

#[divan::bench(sample_count = 5, args = [1, 2])]
fn pages_scan(bencher: Bencher<'_, '_>, threads: usize) {
    let corpus = Corpus::new(PAGES);
    let pages = corpus.pages();
    let bytes: usize = pages.iter().map(String::len).sum();
    let dir = tempfile::tempdir().expect("a temporary folder");
    fs::create_dir(dir.path().join("articles")).expect("a folder can be made");
    for (number, page) in pages.iter().enumerate() {
        let path = dir.path().join(format!("articles/{number:05}.html"));
        fs::write(path, page).expect("a file can be written");
    }
    bencher
        .counter(BytesCount::new(bytes))
        .bench(|| scan_all(dir.path(), &corpus, threads));
}
