//! The workbook holds what the tables hold: every cell of every sheet against its CSV file, read by a library and by LibreOffice.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use calamine::{Data, Reader, Xlsx, open_workbook};
use tempfile::TempDir;

/// Reports on the sample corpus with a workbook, in a folder of its own.
fn report(threads: &str, ui: &str) -> (TempDir, PathBuf) {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let out = dir.path().join("report");
    let output = Command::new(env!("CARGO_BIN_EXE_marsad"))
        .args(["report", "--quiet", "--xlsx", "--ui", ui, "--threads", threads, "--out"])
        .arg(&out)
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-corpus"))
        .current_dir(dir.path())
        .output()
        .expect("the program runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    (dir, out)
}

/// The report in English, made once.
fn made() -> &'static Path {
    static MADE: OnceLock<(TempDir, PathBuf)> = OnceLock::new();
    &MADE.get_or_init(|| report("2", "en")).1
}

/// A table as its CSV file and the data package have it.
struct Table {
    /// The sheet that has it too.
    sheet: String,
    /// Names and types of its columns.
    fields: Vec<(String, String)>,
    /// Its rows.
    rows: Vec<Vec<String>>,
}

/// Every table but those behind the charts.
fn tables(report: &Path) -> Vec<Table> {
    let text = std::fs::read_to_string(report.join("datapackage.json")).expect("the data package is there");
    let package: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let resources = package["resources"].as_array().expect("resources");
    let word = |value: &serde_json::Value| value.as_str().expect("a word").to_owned();
    let mut all = Vec::new();
    for resource in resources {
        let path = word(&resource["path"]);
        if path.starts_with("charts/") {
            continue;
        }
        let fields = resource["schema"]["fields"].as_array().expect("fields");
        let mut reader = csv::Reader::from_path(report.join(&path)).expect("the table is there");
        let rows = reader.records().map(|row| {
            row.expect("a well-formed row")
                .iter()
                .map(str::to_owned)
                .collect::<Vec<_>>()
        });
        all.push(Table {
            sheet: path
                .trim_start_matches("tables/")
                .trim_end_matches(".csv")
                .replace('/', "_"),
            fields: fields
                .iter()
                .map(|field| (word(&field["name"]), word(&field["type"])))
                .collect(),
            rows: rows.collect(),
        });
    }
    all
}

/// A text cell of a CSV file without the apostrophe that holds a formula back.
fn bare(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@', '\t', '\r']) => rest,
        _ => cell,
    }
}

/// The days from the spreadsheet's day 0.
fn serial(day: &str) -> f64 {
    let day: chrono::NaiveDate = day.parse().expect("a day");
    let zero = chrono::NaiveDate::from_ymd_opt(1899, 12, 30).expect("a day");
    f64::from(i32::try_from((day - zero).num_days()).expect("few days"))
}

/// Whether a cell of the workbook is the one of the CSV file.
fn is_same(found: &Data, cell: &str, kind: &str) -> bool {
    match (found, kind) {
        (Data::Empty, _) => cell.is_empty(),
        (Data::String(text), "string") => text == bare(cell),
        (Data::String(text), "number") => text == cell && cell.ends_with("INF"),
        (Data::Float(number), "number" | "integer" | "boolean") => cell.parse() == Ok(*number),
        (Data::DateTime(day), "date") => day.as_f64().to_bits() == serial(cell).to_bits(),
        _ => false,
    }
}

#[test]
fn every_cell_of_the_workbook_is_that_of_the_tables() {
    let mut book: Xlsx<_> = open_workbook(made().join("report.xlsx")).expect("a workbook");
    let tables = tables(made());
    assert_eq!(
        book.sheet_names().len(),
        tables.len() + 1,
        "one sheet a table and the cover"
    );
    let mut names = BTreeMap::new();
    let main = tables
        .iter()
        .find(|table| table.sheet == "mentions_by_period")
        .expect("the main table");
    for row in &main.rows {
        names.insert(row[5].clone(), row[6].clone());
    }
    let mut cells = 0;
    for table in &tables {
        let sheet = &table.sheet;
        let range = book
            .worksheet_range(sheet)
            .unwrap_or_else(|error| panic!("{sheet}: {error}"));
        let mut rows = range.rows();
        let head: Vec<String> = rows.next().expect("a header").iter().map(ToString::to_string).collect();
        let shown = |name: &String| {
            if sheet.starts_with("wide_") {
                names.get(name).unwrap_or(name).clone()
            } else {
                name.clone()
            }
        };
        let expected: Vec<String> = table.fields.iter().map(|(name, _)| shown(name)).collect();
        assert_eq!(head, expected, "{sheet}");
        assert_eq!(rows.len(), table.rows.len(), "{sheet}");
        for (place, (found, row)) in rows.zip(&table.rows).enumerate() {
            for ((found, cell), (name, kind)) in found.iter().zip(row).zip(&table.fields) {
                assert!(
                    is_same(found, cell, kind),
                    "{sheet}, row {place}, {name}: {found:?} is not {cell:?}"
                );
                cells += 1;
            }
        }
    }
    assert!(cells > 50_000, "only {cells} cells were compared");
}

#[test]
fn the_workbook_has_the_same_bytes_with_any_number_of_threads() {
    let (_dir, other) = report("1", "en");
    let read = |dir: &Path| std::fs::read(dir.join("report.xlsx")).expect("a workbook");
    assert!(read(made()) == read(&other), "report.xlsx differs");
}

/// A number as LibreOffice writes it.
fn number(text: &str) -> Option<f64> {
    match text.strip_suffix('%') {
        Some(percent) => percent.parse::<f64>().ok().map(|number| number / 100.0),
        None => text.parse().ok(),
    }
}

#[test]
fn libre_office_reads_the_same_cells() {
    let (_dir, report) = report("2", "ar");
    let out = tempfile::tempdir().expect("a temporary folder");
    let profile = format!("-env:UserInstallation=file://{}", out.path().join("profile").display());
    let converted = Command::new("soffice")
        .args([
            "--headless",
            &profile,
            "--convert-to",
            "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1",
            "--outdir",
        ])
        .arg(out.path())
        .arg(report.join("report.xlsx"))
        .output();
    let Ok(output) = converted else {
        let demanded = std::env::var_os("MARSAD_DEMAND_TOOLS").is_some();
        assert!(
            !demanded,
            "LibreOffice is not there, and MARSAD_DEMAND_TOOLS asks for it"
        );
        return;
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut cells = 0;
    for table in tables(&report) {
        let sheet = &table.sheet;
        let mut reader = csv::Reader::from_path(out.path().join(format!("report-{sheet}.csv")))
            .unwrap_or_else(|error| panic!("{sheet}: {error}"));
        let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a well-formed row")).collect();
        assert_eq!(rows.len(), table.rows.len(), "{sheet}");
        for (place, (found, row)) in rows.iter().zip(&table.rows).enumerate() {
            for ((found, cell), (name, kind)) in found.iter().zip(row).zip(&table.fields) {
                let is_same = match kind.as_str() {
                    // Names are Arabic here and English in the CSV file.
                    _ if name == "entity_name" || name == "group_name" => !found.is_empty(),
                    "number" | "integer" | "boolean" if !cell.is_empty() && !cell.ends_with("INF") => {
                        let (one, two) = (number(found), number(cell));
                        one.zip(two)
                            .is_some_and(|(one, two)| (one - two).abs() <= two.abs() * 1e-9)
                    }
                    _ => found == bare(cell),
                };
                assert!(
                    is_same,
                    "{sheet}, row {place}, {name}: LibreOffice has {found:?}, the table {cell:?}"
                );
                cells += 1;
            }
        }
    }
    assert!(cells > 50_000, "only {cells} cells were compared");
}
