//! The four faces that every chart is written in: IBM Plex Sans and IBM Plex Sans Arabic, regular and semibold.
//!
//! They are part of the program (SIL Open Font License 1.1, see `fonts/OFL.txt`). No font of the machine is ever looked at, so widths and pictures
//! are the same everywhere.

use std::sync::{Arc, LazyLock};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use resvg::usvg::fontdb::{Database, Source};

/// A family.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Family {
    /// Latin, Greek, Cyrillic.
    Latin,
    /// Arabic, with the same Latin letters.
    Arabic,
}

impl Family {
    /// The name in the SVG and in the page's `@font-face` rules.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Latin => "IBM Plex Sans",
            Self::Arabic => "IBM Plex Sans Arabic",
        }
    }

    /// The other one.
    pub(super) const fn other(self) -> Self {
        match self {
            Self::Latin => Self::Arabic,
            Self::Arabic => Self::Latin,
        }
    }
}

/// How heavy letters are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Weight {
    /// 400.
    Regular,
    /// 600.
    SemiBold,
}

impl Weight {
    /// As CSS counts it.
    pub(super) const fn number(self) -> u16 {
        match self {
            Self::Regular => 400,
            Self::SemiBold => 600,
        }
    }
}

/// One file.
struct File {
    /// Its family.
    family: Family,
    /// Its weight.
    weight: Weight,
    /// For measuring and for pictures.
    ttf: &'static [u8],
    /// For the page.
    woff2: &'static [u8],
}

/// The files.
const FILES: [File; 4] = [
    File {
        family: Family::Latin,
        weight: Weight::Regular,
        ttf: include_bytes!("fonts/IBMPlexSans-Regular.ttf"),
        woff2: include_bytes!("fonts/IBMPlexSans-Regular.woff2"),
    },
    File {
        family: Family::Latin,
        weight: Weight::SemiBold,
        ttf: include_bytes!("fonts/IBMPlexSans-SemiBold.ttf"),
        woff2: include_bytes!("fonts/IBMPlexSans-SemiBold.woff2"),
    },
    File {
        family: Family::Arabic,
        weight: Weight::Regular,
        ttf: include_bytes!("fonts/IBMPlexSansArabic-Regular.ttf"),
        woff2: include_bytes!("fonts/IBMPlexSansArabic-Regular.woff2"),
    },
    File {
        family: Family::Arabic,
        weight: Weight::SemiBold,
        ttf: include_bytes!("fonts/IBMPlexSansArabic-SemiBold.ttf"),
        woff2: include_bytes!("fonts/IBMPlexSansArabic-SemiBold.woff2"),
    },
];

/// The face of a family in a weight.
pub(super) fn ttf(family: Family, weight: Weight) -> &'static [u8] {
    let file = FILES.iter().find(|file| file.family == family && file.weight == weight);
    file.expect("all four faces are in the program").ttf
}

/// The faces as resvg wants them.
pub(super) fn database() -> Arc<Database> {
    static FACES: LazyLock<Arc<Database>> = LazyLock::new(|| {
        let mut faces = Database::new();
        for file in &FILES {
            faces.load_font_source(Source::Binary(Arc::new(file.ttf)));
        }
        Arc::new(faces)
    });
    FACES.clone()
}

/// The `@font-face` rules of the page, with the faces inside them. The Arabic ones are there in the weights that are
/// asked for.
pub(crate) fn font_faces(arabic: &[u16]) -> String {
    let wanted = FILES
        .iter()
        .filter(|file| file.family == Family::Latin || arabic.contains(&file.weight.number()));
    let rules = wanted.map(|file| {
        format!(
            "@font-face{{font-family:\"{}\";font-weight:{};font-style:normal;src:url(data:font/woff2;base64,{}) format(\"woff2\")}}",
            file.family.name(),
            file.weight.number(),
            STANDARD.encode(file.woff2)
        )
    });
    rules.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_program_holds_the_faces_under_the_names_that_charts_use() {
        let database = database();
        let mut found: Vec<(String, u16)> = database
            .faces()
            .map(|face| (face.families[0].0.clone(), face.weight.0))
            .collect();
        found.sort();
        let arabic = Family::Arabic.name().to_owned();
        let latin = Family::Latin.name().to_owned();
        assert_eq!(
            found,
            [(latin.clone(), 400), (latin, 600), (arabic.clone(), 400), (arabic, 600)]
        );
    }

    #[test]
    fn arabic_faces_come_only_when_asked_for() {
        assert_eq!(font_faces(&[]).matches("@font-face").count(), 2);
        assert_eq!(font_faces(&[400]).matches("@font-face").count(), 3);
        let all = font_faces(&[400, 600]);
        assert_eq!(all.matches("@font-face").count(), 4);
        assert!(all.contains("\"IBM Plex Sans Arabic\";font-weight:600"));
        assert!(all.len() < 500_000);
    }
}
