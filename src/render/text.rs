//! What keeps foreign text from doing harm: titles, names of sources and addresses come from the corpus, and anybody may have written them.

use std::fmt::Write as _;

use crate::model::language::Language;

/// The languages that a report is written in: those asked for, each once; English where none is.
pub(crate) fn languages(asked: &[Language]) -> Vec<Language> {
    let mut all: Vec<Language> = Vec::new();
    for &language in asked {
        if !all.contains(&language) {
            all.push(language);
        }
    }
    if all.is_empty() { vec![Language::EN] } else { all }
}

/// `text` on one line: controls and breaks become one space, and signs that turn the direction of what follows are left out.
pub(crate) fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in text.chars() {
        let turns = matches!(sign, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        if sign.is_control() || sign.is_whitespace() && sign != '\u{a0}' && sign != '\u{202f}' {
            if !out.ends_with(' ') {
                out.push(' ');
            }
        } else if !turns {
            out.push(sign);
        }
    }
    out.trim().to_owned()
}

/// An address that may be linked: `http` or `https`, with whatever could end a link or an attribute percent-encoded. `None` for all others.
pub(crate) fn safe_address(address: &str) -> Option<String> {
    let address = address.trim();
    let scheme = address
        .split_once("://")
        .map(|(scheme, _)| scheme.to_ascii_lowercase())?;
    if scheme != "http" && scheme != "https" {
        return None;
    }
    let mut out = String::with_capacity(address.len());
    for byte in address.bytes() {
        let safe = byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&()*+,;=%".contains(&byte);
        if safe {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_once_and_never_none() {
        assert_eq!(languages(&[]), [Language::EN]);
        assert_eq!(
            languages(&[Language::AR, Language::FR, Language::AR]),
            [Language::AR, Language::FR]
        );
    }

    #[test]
    fn a_title_cannot_break_the_line_or_turn_it_round() {
        assert_eq!(one_line(" a\r\n\t b\u{202e}c\u{2067}d\u{2069}\u{7} "), "a bcd");
        assert_eq!(one_line("n\u{a0}= 3\u{202f}%"), "n\u{a0}= 3\u{202f}%");
        assert_eq!(one_line("مي\u{200c}خواهم"), "مي\u{200c}خواهم");
    }

    #[test]
    fn only_addresses_of_the_web_are_linked() {
        assert_eq!(safe_address("javascript:alert(1)"), None);
        assert_eq!(safe_address("JaVaScRiPt://x%0aalert(1)"), None);
        assert_eq!(safe_address("data:text/html,x"), None);
        assert_eq!(safe_address("/etc/passwd"), None);
        assert_eq!(
            safe_address(" HTTPS://example.org/a b\"><script>'é "),
            Some("HTTPS://example.org/a%20b%22%3E%3Cscript%3E%27%C3%A9".to_owned())
        );
    }
}
