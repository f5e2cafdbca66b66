//! What the documents say is what the program does.

use std::path::Path;
use std::process::Command;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn text(file: &str) -> String {
    std::fs::read_to_string(root().join(file)).expect("the document is there")
}

/// The help of a command, as on a terminal 100 columns wide.
fn help(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_marsad"))
        .args(arguments)
        .arg("--help")
        .env("COLUMNS", "100")
        .output()
        .expect("the program runs");
    assert!(output.status.success());
    String::from_utf8(output.stdout).expect("help is UTF-8")
}

#[test]
fn the_readme_shows_the_help_as_it_is() {
    let readme = text("README.md");
    let shown = readme
        .split("<!-- help -->")
        .nth(1)
        .expect("README has the help between its marks");
    let shown = shown
        .trim()
        .trim_start_matches("```text")
        .trim_end_matches("```")
        .trim();
    let lines: Vec<&str> = shown.lines().map(str::trim_end).collect();
    let told = help(&[]);
    let expected: Vec<&str> = told.trim().lines().map(str::trim_end).collect();
    assert_eq!(lines, expected);
}

#[test]
fn defaults_told_are_defaults_true() {
    use marsad::settings::{AnalyseSettings, RenderSettings};
    let told = help(&["report"]);
    let analyse = AnalyseSettings::default();
    let kinds: Vec<&str> = analyse.count.iter().map(|kind| kind.as_str()).collect();
    let ui: Vec<String> = RenderSettings::default().ui.iter().map(ToString::to_string).collect();
    for default in [
        format!("[default: {}]", kinds.join(",")),
        format!("[default: {}]", analyse.calendar.granularity.as_str()),
        format!("[default: {}]", analyse.baseline),
        format!("[default: {}]", analyse.similarity),
        format!("[default: {}]", ui.join(",")),
        "[default: mon]".to_owned(),
        "[default: UTC]".to_owned(),
        "[default: plain]".to_owned(),
        "[default: article]".to_owned(),
        "[default: world]".to_owned(),
        "[default: slide]".to_owned(),
        "[default: latin]".to_owned(),
    ] {
        let squeezed = told.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(squeezed.contains(&default), "the help does not tell {default}");
    }
}

#[test]
fn the_readme_names_the_commands_that_ci_runs() {
    let readme = text("README.md");
    let ci = text(".ci/run");
    assert!(
        readme.contains("cargo test\n") && ci.contains("cargo test\n"),
        "CI runs another test command than README names"
    );
    assert!(readme.contains("cargo run --release -- report sample-corpus"));
    assert!(ci.contains("cargo run --release -- report sample-corpus"));
}

#[test]
fn architecture_has_every_room() {
    let page = text("ARCHITECTURE.md");
    for entry in std::fs::read_dir(root().join("src")).expect("src is there") {
        let entry = entry.expect("src can be listed");
        let name = entry.file_name().to_string_lossy().into_owned();
        let shown = if entry.path().is_dir() {
            format!("src/{name}/")
        } else {
            format!("src/{name}")
        };
        assert!(page.contains(&shown), "ARCHITECTURE.md does not have {shown}");
    }
}

#[test]
fn no_document_names_this_machine() {
    for file in [
        "README.md",
        "ARCHITECTURE.md",
        "METHODS.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        ".ci/run",
        "deny.toml",
    ] {
        let page = text(file);
        for word in ["/work/", "/home/", "/root/", "artifactory"] {
            assert!(!page.contains(word), "{file} names {word}");
        }
    }
}

/// What stands between two marks, line by line, in the files of a folder of sources.
fn between(folder: &str, before: &str, after: &str) -> Vec<String> {
    walkdir::WalkDir::new(root().join(folder))
        .into_iter()
        .map(|entry| entry.expect("sources can be walked").into_path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "rs"))
        .flat_map(|path| {
            let text = std::fs::read_to_string(path).expect("a source file is text");
            let found = text.lines().filter_map(|line| {
                let (_, rest) = line.split_once(before)?;
                rest.split_once(after).map(|(word, _)| word.to_owned())
            });
            found.collect::<Vec<_>>()
        })
        .collect()
}

#[test]
fn methods_has_every_rule_that_the_evidence_can_show() {
    let page = text("METHODS.md");
    let rules = between("src/matcher", ": \"", "\".into(),");
    assert!(
        rules.len() > 5,
        "the rules of the matcher are written otherwise: {rules:?}"
    );
    for rule in rules {
        assert!(
            page.contains(&format!("| `{rule}` |")),
            "METHODS.md does not have the rule {rule}"
        );
    }
}

#[test]
fn the_page_of_the_names_has_every_file_and_every_word() {
    let page = text("src/gazetteer/data/README.md");
    for entry in std::fs::read_dir(root().join("src/gazetteer/data")).expect("the data are there") {
        let name = entry.expect("the data can be listed").file_name();
        let name = name.to_string_lossy();
        assert!(
            name == "README.md" || page.contains(&*name),
            "README.md of the data does not have {name}"
        );
    }
    let words = between("src/gazetteer", "(\"", "\", WordClass::");
    assert!(
        words.len() > 10,
        "the classes of words are written otherwise: {words:?}"
    );
    for word in words {
        assert!(
            page.contains(&format!("`{word}`")),
            "README.md of the data does not have {word}"
        );
    }
}
