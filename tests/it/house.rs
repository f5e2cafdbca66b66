//! The import rules and file sizes of the house, read from the sources. See ARCHITECTURE.md.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The seven stages, in the order of a run.
const STAGES: [&str; 7] = ["corpus", "clean", "gazetteer", "matcher", "ledger", "analyse", "render"];

/// Rooms that are one flight above the stages.
const ROOF: [&str; 4] = ["main", "lib", "run", "cli"];

/// From here on a file says in its first paragraph why it is long.
const LONG: usize = 500;

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Every source file with its text, by its path below `src`.
fn files() -> BTreeMap<String, String> {
    walkdir::WalkDir::new(source())
        .into_iter()
        .map(|entry| entry.expect("src can be walked").into_path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "rs"))
        .map(|path| {
            let name = path
                .strip_prefix(source())
                .expect("it lies below src")
                .to_string_lossy()
                .replace('\\', "/");
            let text = std::fs::read_to_string(&path).expect("a source file is text");
            (name, text)
        })
        .collect()
}

/// The room of a file: its first folder, or its own name.
fn room(file: &str) -> &str {
    file.split('/').next().unwrap_or(file).trim_end_matches(".rs")
}

/// The lines of a file that are code, without comments and the test module at its foot.
fn code(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .take_while(|line| !line.starts_with("#[cfg(test)]"))
        .filter(|line| !line.trim_start().starts_with("//"))
}

/// Rooms that a file names as `crate::room`.
fn imports(text: &str) -> Vec<String> {
    let mut rooms = Vec::new();
    for line in code(text) {
        for rest in line.split("crate::").skip(1) {
            let names: Vec<String> = if let Some(list) = rest.strip_prefix('{') {
                list.split(',')
                    .map(|part| {
                        part.trim()
                            .chars()
                            .take_while(|c| c.is_alphanumeric() || *c == '_')
                            .collect()
                    })
                    .collect()
            } else {
                vec![rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()]
            };
            rooms.extend(names.into_iter().filter(|name| !name.is_empty()));
        }
    }
    rooms
}

/// What a room may import of the others.
fn allowed(from: &str, to: &str) -> bool {
    if from == to {
        return true;
    }
    match from {
        "model" | "main" => false,
        "error" => to == "model",
        "settings" => matches!(to, "model" | "error"),
        "cli" => matches!(to, "settings" | "model"),
        "run" => STAGES.contains(&to) || matches!(to, "model" | "settings" | "error"),
        "lib" => true,
        stage if STAGES.contains(&stage) => matches!(to, "model" | "settings" | "error"),
        _ => false,
    }
}

#[test]
fn no_arrow_runs_up_and_no_stage_knows_another() {
    let mut broken = Vec::new();
    for (file, text) in files() {
        for to in imports(&text) {
            if !allowed(room(&file), &to) {
                broken.push(format!("{file} imports crate::{to}"));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn every_room_is_in_the_plan() {
    for file in files().keys() {
        let room = room(file);
        let known = STAGES.contains(&room) || ROOF.contains(&room) || ["model", "settings", "error"].contains(&room);
        assert!(known, "{file} lies in a room that ARCHITECTURE.md does not have");
    }
}

#[test]
fn only_ledger_and_analyse_know_polars() {
    for (file, text) in files() {
        if !matches!(room(&file), "ledger" | "analyse") {
            assert!(!code(&text).any(|line| line.contains("polars")), "{file} names polars");
        }
    }
}

#[test]
fn the_floor_reads_and_prints_nothing() {
    for (file, text) in files().iter().filter(|(file, _)| room(file) == "model") {
        for word in ["std::fs", "std::io", "clap::", "polars"] {
            assert!(!code(text).any(|line| line.contains(word)), "{file} names {word}");
        }
    }
}

#[test]
fn only_main_uses_anyhow_and_a_stage_sees_its_own_settings_only() {
    for (file, text) in files() {
        if file != "main.rs" {
            assert!(!code(&text).any(|line| line.contains("anyhow")), "{file} names anyhow");
        }
        if STAGES.contains(&room(&file)) {
            let whole = code(&text).any(|line| line.contains("settings::Settings") || line.contains("&Settings"));
            assert!(!whole, "{file} is handed all settings instead of its own section");
        }
    }
}

#[test]
fn files_stay_short_and_open_with_what_they_are() {
    let mut sizes: Vec<usize> = Vec::new();
    for (file, text) in files() {
        assert!(
            text.starts_with("//! "),
            "{file} does not say in its first line what it is"
        );
        let lines = text
            .lines()
            .take_while(|line| !line.starts_with("#[cfg(test)]"))
            .count();
        let first_paragraph: String = text.lines().take_while(|line| line.starts_with("//!")).collect();
        assert!(
            lines < LONG || first_paragraph.contains("long because"),
            "{file} has {lines} lines and does not say why"
        );
        sizes.push(lines);
    }
    sizes.sort_unstable();
    assert!(
        sizes[sizes.len() / 2] <= 200,
        "the median file has {} lines",
        sizes[sizes.len() / 2]
    );
}

#[test]
fn no_vague_names() {
    for file in files().keys() {
        for vague in ["utils", "helpers", "common", "types", "manager"] {
            assert!(
                !file.split(['/', '.']).any(|part| part == vague),
                "{file} has a name that says nothing"
            );
        }
    }
}

#[test]
fn the_checker_sees_a_broken_rule() {
    assert_eq!(
        imports("use crate::{model::x, corpus};\nlet y = crate::render::z();"),
        ["model", "corpus", "render"]
    );
    assert!(!allowed("matcher", "gazetteer") && !allowed("model", "settings") && !allowed("ledger", "run"));
    assert_eq!(
        imports("// crate::render is not named here\n#[cfg(test)]\nuse crate::render;"),
        Vec::<String>::new()
    );
}
