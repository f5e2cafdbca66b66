//! Reads a plain text as one article: title, body, and nothing of the page that it was copied from.
//!
//! Text in, title and body out. The title is a first line of under 200 characters with a blank line below. Where an even shorter line,
//! such as the section of a site, stands alone above it, that line is dropped.

use super::foot;

/// A title has fewer characters than this.
const LONG_TITLE: usize = 200;

/// A section of a site has at most this many words.
const SECTION_WORDS: usize = 3;

/// Title and body of a text; the title is empty where there is none.
pub(crate) fn split(text: &str) -> (String, String) {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let Some((first, rest)) = title_line(text) else {
        return (String::new(), foot::cut(text).to_owned());
    };
    if is_section(first)
        && let Some((second, body)) = title_line(rest)
        && is_headline(second, first)
        && !foot::cut(body).trim().is_empty()
    {
        return (second.to_owned(), foot::cut(body).trim_start().to_owned());
    }
    (first.to_owned(), foot::cut(rest).trim_start().to_owned())
}

/// The first line, if it is short and stands alone, and what follows the blank line.
fn title_line(text: &str) -> Option<(&str, &str)> {
    let (line, rest) = text.split_once('\n')?;
    let next = rest.lines().next()?;
    let line = line.trim();
    let alone = next.trim().is_empty() && line.chars().count() < LONG_TITLE && !line.is_empty();
    alone.then(|| (line, rest.trim_start()))
}

/// Whether a line may be the name of a section: a few words and no stop.
fn is_section(line: &str) -> bool {
    line.split_whitespace().count() <= SECTION_WORDS
        && !line.contains(['.', '!', '?', '؟', ':', '…', '«', '"', '،', ','])
}

/// Whether a line below a section may be a headline: longer, at least four words, neither sentence nor signature.
fn is_headline(line: &str, section: &str) -> bool {
    let signature = ["By ", "by ", "Par ", "par ", "كتب", "بقلم", "Por "]
        .iter()
        .any(|start| line.starts_with(start));
    line.chars().count() > section.chars().count()
        && line.split_whitespace().count() > SECTION_WORDS
        && !line.ends_with(['.', '…', '؛'])
        && !signature
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> (String, String) {
        split(text)
    }

    #[test]
    fn a_short_first_line_above_a_blank_is_the_title() {
        assert_eq!(
            parts("Le titre\r\n\r\nUn.\r\nDeux.\r\n\r\nTrois.\r\n"),
            ("Le titre".into(), "Un.\nDeux.\n\nTrois.".into())
        );
        assert_eq!(parts("\u{feff}\n\nTitle\n \n\nText."), ("Title".into(), "Text.".into()));
    }

    #[test]
    fn without_a_blank_line_or_with_a_long_line_there_is_no_title() {
        assert_eq!(parts("One.\nTwo."), (String::new(), "One.\nTwo.".into()));
        let long = "word ".repeat(60);
        assert_eq!(parts(&format!("{long}\n\nTwo.")).0, "");
        assert_eq!(parts("Only one line"), (String::new(), "Only one line".into()));
    }

    #[test]
    fn the_section_of_a_site_is_not_the_title() {
        let text = "أخبار العالم\n\nالوزير يزور العاصمة ويلتقي نظيره\n\n\nوصل الوزير اليوم إلى العاصمة.\n\nالمصدر\n\nاترك تعليقاً\n";
        assert_eq!(
            parts(text),
            (
                "الوزير يزور العاصمة ويلتقي نظيره".into(),
                "وصل الوزير اليوم إلى العاصمة.".into()
            )
        );
    }

    #[test]
    fn a_short_title_is_not_a_section() {
        // What follows is a sentence, a signature, or all there is.
        assert_eq!(
            parts("Nuit calme\n\nLa ville a dormi cette nuit.\n\nFin.").0,
            "Nuit calme"
        );
        assert_eq!(
            parts("Nuit calme\n\nPar notre correspondant au nord\n\nLa ville a dormi.").0,
            "Nuit calme"
        );
        assert_eq!(parts("Nuit calme\n\nLa ville a dormi cette nuit\n").0, "Nuit calme");
        assert_eq!(
            parts("Nuit calme à Gao : la ville dort\n\nUn mot encore et un autre\n\nFin.").0,
            "Nuit calme à Gao : la ville dort"
        );
    }
}
