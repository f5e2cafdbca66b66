//! Tests of [`super`](super) over whole files of our own writing.

use std::io::Write;

use encoding_rs::{WINDOWS_1252, WINDOWS_1256};

use super::super::walk::walk;
use super::*;
use crate::model::document::DateMethod;

/// Reads one file of this name and content.
fn read(name: &str, bytes: &[u8]) -> (Input, Vec<Result<Document, Skip>>) {
    read_with(name, bytes, CorpusSettings::default())
}

fn read_with(name: &str, bytes: &[u8], settings: CorpusSettings) -> (Input, Vec<Result<Document, Skip>>) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(&path, bytes).unwrap();
    let settings = CorpusSettings {
        roots: vec![dir.path().to_owned()],
        ..settings
    };
    let files = walk(&settings).unwrap();
    assert_eq!(files.len(), 1);
    let mut out = Vec::new();
    let input = read_file(&files[0], &settings, &mut |it| out.push(it));
    let documents = out.iter().filter(|it| it.is_ok()).count() as u64;
    assert_eq!(
        (input.documents, input.skipped),
        (documents, out.len() as u64 - documents)
    );
    assert_eq!(input.bytes, bytes.len() as u64);
    (input, out)
}

/// The only document of a file.
fn only(out: Vec<Result<Document, Skip>>) -> Document {
    assert_eq!(out.len(), 1);
    out.into_iter().next().unwrap().unwrap()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

fn legacy(text: &str, encoding: &'static encoding_rs::Encoding) -> Vec<u8> {
    encoding.encode(text).0.into_owned()
}

const ARABIC: &str =
    "الحكومة تعلن خطة جديدة\n\nأعلنت الحكومة اليوم أن الوزير سيزور العاصمة غداً، وقال المتحدث إن اللقاء مهم.\n";

#[test]
fn a_plain_text_gets_its_day_from_its_folder_and_its_encoding_from_its_bytes() {
    let (input, out) = read("2024-05-19/a.TXT", &legacy(ARABIC, WINDOWS_1256));
    assert_eq!(
        (
            input.format.as_str(),
            input.encoding.as_str(),
            input.encoding_method.as_str()
        ),
        ("txt", "windows-1256", "detected")
    );
    let document = only(out);
    assert_eq!(document.title, "الحكومة تعلن خطة جديدة");
    assert!(document.body.starts_with("أعلنت") && document.body.ends_with("مهم."));
    assert_eq!(
        (document.date.unwrap().to_string().as_str(), document.date_method),
        ("2024-05-19", DateMethod::Path)
    );
    assert_eq!((&*document.file, document.record), ("2024-05-19/a.TXT", 0));
}

#[test]
fn compression_and_format_are_known_by_content_not_by_name() {
    let lines = b"{\"title\":\"a\",\"date\":\"2024-01-02\"}\n{\"title\":\"b\"}\n";
    for (bytes, compression) in [
        (gzip(lines), "gzip"),
        (zstd::encode_all(&lines[..], 1).unwrap(), "zstd"),
        (lines.to_vec(), ""),
    ] {
        let (input, out) = read("notes.txt", &bytes);
        assert_eq!(
            (input.format.as_str(), input.compression.as_str(), out.len()),
            ("jsonl", compression, 2)
        );
        assert_eq!(input.sha256.len(), 64);
    }
}

#[test]
fn a_page_in_its_declared_encoding_is_read_with_its_metadata() {
    let page = "<html lang=fr><head><meta charset=windows-1252><meta property='og:site_name' content='Le Fil'>\
                <link rel=canonical href='https://e.org/2024/05/19/depart'></head><body><nav>Menu</nav><article><h1>Le départ</h1>\
                <p>Le convoi est parti hier, après des mois d'attente à la frontière.</p></article></body></html>";
    let (input, out) = read("page", &legacy(page, WINDOWS_1252));
    assert_eq!(
        (
            input.format.as_str(),
            input.encoding.as_str(),
            input.encoding_method.as_str()
        ),
        ("html", "windows-1252", "declared")
    );
    let document = only(out);
    assert_eq!(
        (document.title.as_str(), document.source.as_str()),
        ("Le départ", "Le Fil")
    );
    assert_eq!(
        document.body,
        "Le convoi est parti hier, après des mois d'attente à la frontière."
    );
    assert_eq!(
        (document.date_method, document.language.unwrap().as_str()),
        (DateMethod::Url, "fr")
    );
}

#[test]
fn a_lone_note_with_an_open_order_of_day_and_month_says_so() {
    let (input, out) = read(
        "n.md",
        "---\ntitre: T\ndate de publication: 03/02/2020\nid: n-1\n---\nUn texte.\n".as_bytes(),
    );
    let document = only(out);
    assert_eq!(
        (document.date.unwrap().to_string().as_str(), document.own_id.as_deref()),
        ("2020-02-03", Some("n-1"))
    );
    assert!(document.date_note.contains("day first assumed") && input.note.contains("day first assumed"));
}

#[test]
fn a_cut_file_gives_what_stands_before_the_cut() {
    let mut lines = Vec::new();
    for at in 0..3000_u32 {
        let noise = at.wrapping_mul(2_654_435_761);
        writeln!(lines, "{{\"title\":\"t{at}\",\"text\":\"{noise:x}\"}}").unwrap();
    }
    let packed = gzip(&lines);
    let (input, out) = read("a.jsonl.gz", &packed[..packed.len() / 2]);
    assert_eq!((input.status, input.skipped), (InputStatus::Partly, 1));
    assert!(input.documents > 100);
    assert!(matches!(out.last(), Some(Err(skip)) if skip.reason == SkipReason::Truncated && skip.record.is_none()));
    // Half an article is none.
    let page = gzip(ARABIC.repeat(400).as_bytes());
    let (input, out) = read("a.txt.gz", &page[..page.len() / 2]);
    assert_eq!((input.status, out.len()), (InputStatus::Unreadable, 1));
}

#[test]
fn what_is_no_article_has_a_status_and_a_reason() {
    let noise: Vec<u8> = (0..4000_u32)
        .map(|at| at.wrapping_mul(2_654_435_761).to_be_bytes()[1])
        .collect();
    for (name, bytes, status, reason, format) in [
        ("a.txt", Vec::new(), InputStatus::Empty, SkipReason::Empty, "txt"),
        (
            "a.jsonl",
            b" \n\n".to_vec(),
            InputStatus::Empty,
            SkipReason::Empty,
            "jsonl",
        ),
        (
            "a.txt",
            noise,
            InputStatus::Unreadable,
            SkipReason::Unreadable,
            "binary",
        ),
        (
            "a.html",
            b"\xff\xd8\xff\xe0abc".to_vec(),
            InputStatus::Unreadable,
            SkipReason::Unreadable,
            "jpeg",
        ),
        (
            "a.txt",
            b"PK\x03\x04abc".to_vec(),
            InputStatus::Unreadable,
            SkipReason::Unsupported,
            "zip",
        ),
        (
            "a.toml",
            b"a = 1".to_vec(),
            InputStatus::Unreadable,
            SkipReason::Unsupported,
            "toml",
        ),
        (
            "a.json",
            b"{\"a\": {\"b\": [1]}}".to_vec(),
            InputStatus::Empty,
            SkipReason::NoText,
            "json",
        ),
        (
            "a.html",
            b"<html><body><nav>Menu</nav></body></html>".to_vec(),
            InputStatus::Empty,
            SkipReason::NoText,
            "html",
        ),
        (
            "a.jsonl",
            b"{\"title\":\n{bad\n".to_vec(),
            InputStatus::Unreadable,
            SkipReason::Malformed,
            "jsonl",
        ),
    ] {
        let (input, out) = read(name, &bytes);
        assert_eq!((input.status, input.format.as_str()), (status, format), "{name}");
        assert!(
            matches!(&out[0], Err(skip) if skip.reason == reason),
            "{name}: {:?}",
            out[0]
        );
    }
}

#[test]
fn an_ignored_file_is_not_opened_and_a_missing_one_is_unreadable() {
    let mut file = SourceFile {
        path: "/nowhere/a.txt".into(),
        file: "a.txt".into(),
        bytes: 3,
        modified: None,
        ignored: Some("hidden"),
    };
    let mut calls = 0;
    let input = read_file(&file, &CorpusSettings::default(), &mut |_| calls += 1);
    assert_eq!(
        (input.status, input.format.as_str(), calls),
        (InputStatus::Ignored, "hidden", 0)
    );
    file.ignored = None;
    let input = read_file(&file, &CorpusSettings::default(), &mut |_| calls += 1);
    assert_eq!((input.status, calls), (InputStatus::Unreadable, 1));
}

#[test]
fn the_users_columns_are_read() {
    let fields =
        [("Parution le", "date"), ("Accroche", "title")].map(|(name, ours)| (name.to_owned(), ours.to_owned()));
    let settings = CorpusSettings {
        fields: fields.into(),
        ..CorpusSettings::default()
    };
    let (_, out) = read_with(
        "a.csv",
        "Accroche;Parution le;Texte\nUn;13/02/2024;Deux\n".as_bytes(),
        settings,
    );
    let document = only(out);
    assert_eq!(
        (document.title.as_str(), document.date.unwrap().to_string().as_str()),
        ("Un", "2024-02-13")
    );
}

#[test]
fn the_hash_is_that_of_the_file_whatever_was_read_of_it() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("big.zip");
    std::fs::write(&path, [b"PK\x03\x04".to_vec(), vec![7; 3 << 20]].concat()).unwrap();
    let settings = CorpusSettings {
        roots: vec![dir.path().to_owned()],
        ..CorpusSettings::default()
    };
    let file = &walk(&settings).unwrap()[0];
    assert_eq!(
        read_file(file, &settings, &mut |_| ()).sha256,
        crate::corpus::hash_file(&path).unwrap()
    );
}

#[test]
fn a_utf_16_table_is_streamed() {
    let text = "Titre\tTexte\tDate\nÉté\tLe texte du jour\t2024-07-01\n";
    let bytes: Vec<u8> = std::iter::once(0xfeff)
        .chain(text.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    let (input, out) = read("export.txt", &bytes);
    assert_eq!(
        (
            input.format.as_str(),
            input.encoding.as_str(),
            input.encoding_method.as_str()
        ),
        ("csv", "utf-16le", "bom")
    );
    assert_eq!(only(out).title, "Été");
}
