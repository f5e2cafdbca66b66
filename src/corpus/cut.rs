//! Tells what was cut away: a file and its document in, the lines that the file shows and the document lacks out.
//!
//! This file opens files. Pages, Markdown and plain texts have such lines; records of the other formats are taken as they are.

use std::collections::{BTreeMap, HashMap};
use std::io::Read;

use super::encoding::decide;
use super::fields::Names;
use super::open::Opened;
use super::read::{LARGEST_PAGE, extension};
use super::sniff::{Shape, recognise};
use super::walk::SourceFile;
use super::{html, markdown};
use crate::model::document::Document;

/// Lines that a file shows to a reader and that are not in the text of `document`: menus, comment forms, related links.
///
/// In the order of the file, each as often as it is missing. Empty for formats of many records, for standard input, and where the file can no
/// longer be read.
#[must_use]
pub fn cut_away(file: &SourceFile, document: &Document) -> Vec<String> {
    let mut kept: HashMap<String, usize> = HashMap::new();
    for line in document.title.lines().chain(document.body.lines()) {
        *kept.entry(letters(line)).or_default() += 1;
    }
    let mut cut = shown_lines(file).unwrap_or_default();
    cut.retain(|line| {
        let line = letters(line);
        match kept.get_mut(&line) {
            Some(count) if *count > 0 => {
                *count -= 1;
                false
            }
            _ => !line.is_empty(),
        }
    });
    cut
}

/// All lines that a file of one article shows; `None` for other formats.
fn shown_lines(file: &SourceFile) -> Option<Vec<String>> {
    let opened = Some(&file.path)
        .filter(|path| path.is_file())
        .and_then(|path| Opened::new(path).ok())?;
    let names = Names::new(&BTreeMap::new());
    let (shape, _) = recognise(&opened.head, opened.whole, &extension(&file.path), &names);
    if !matches!(shape, Shape::Html | Shape::Markdown | Shape::Plain) {
        return None;
    }
    let mut bytes = Vec::new();
    opened.into_stream().0.take(LARGEST_PAGE).read_to_end(&mut bytes).ok()?;
    let declared = if matches!(shape, Shape::Html) {
        html::declared(&bytes)
    } else {
        None
    };
    let text = decide(&bytes, declared, true).decode(&bytes);
    let lines = |text: &str| {
        text.lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .map(str::to_owned)
            .collect()
    };
    Some(match shape {
        Shape::Html if html::is_too_deep(&text) => Vec::new(),
        Shape::Html => html::shown_lines(&text),
        Shape::Markdown => lines(&markdown::shown(&text)),
        _ => lines(&text),
    })
}

/// What two lines are compared by: their letters and digits. A line of signs alone is never told.
fn letters(line: &str) -> String {
    line.chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::read::read_file;
    use super::super::walk::walk;
    use super::*;
    use crate::settings::CorpusSettings;

    /// What is cut away of the only document of a file.
    fn cut(name: &str, text: &str) -> Vec<String> {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join(name), text).unwrap();
        let settings = CorpusSettings {
            roots: vec![dir.path().to_owned()],
            ..CorpusSettings::default()
        };
        let file = &walk(&settings).unwrap()[0];
        let mut document = None;
        read_file(file, &settings, &mut |it| document = it.ok());
        cut_away(file, &document.unwrap())
    }

    #[test]
    fn the_furniture_of_a_page_is_told() {
        let page = "<html><head><title>Le départ | Site</title></head><body><nav><a href=/>Accueil</a></nav><article><h1>Le départ</h1>\
                    <p>Le convoi est parti hier, après des mois d'attente à la frontière.</p></article>\
                    <form id=comments><label>Pays</label><select><option>Mali<option>Niger</select></form></body></html>";
        assert_eq!(cut("a.html", page), ["Accueil", "Pays", "Mali, Niger"]);
    }

    #[test]
    fn the_foot_and_the_section_of_a_text_are_told() {
        let text = "Monde\n\nUn convoi est parti vers le nord\n\nIl est parti hier.\n\n* * *\n\nLaisser un commentaire\nVotre adresse e-mail ne sera pas publiée.\nMali\n";
        assert_eq!(
            cut("a.txt", text),
            [
                "Monde",
                "Laisser un commentaire",
                "Votre adresse e-mail ne sera pas publiée.",
                "Mali"
            ]
        );
    }

    #[test]
    fn nothing_is_cut_of_notes_and_records() {
        assert_eq!(
            cut(
                "a.md",
                "---\ntitle: Un titre\n---\n## Un *mot*\n\nUn [lien](https://e.org) et **deux** mots.\n"
            ),
            [""; 0]
        );
        assert_eq!(cut("a.jsonl", "{\"title\":\"a\",\"text\":\"b\"}\n"), [""; 0]);
    }
}
