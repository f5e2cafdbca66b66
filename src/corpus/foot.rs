//! Cuts what web pages leave below an article: comment forms, share bars, "back to top".
//!
//! Lines in, the number of lines to keep out. Only whole lines are compared, and only from the foot upwards until a line that is none of
//! these, so a sentence that happens to hold such words is never lost. Agency credits and `Source: …` lines stay: they say something.

use std::collections::HashSet;
use std::sync::LazyLock;

/// Lines that stand alone below articles, folded by [`fold`].
static LINES: LazyLock<HashSet<&'static str>> = LazyLock::new(|| known_lines().collect());

/// The list of these lines.
fn known_lines() -> impl Iterator<Item = &'static str> {
    include_str!("data/foot.txt")
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// Sentences that only a comment form has: the form begins at most two lines above one of them and runs to the end.
const FORMS: [&str; 6] = [
    "لن يتم نشر عنوان بريدك الإلكتروني",
    "votre adresse email ne sera pas publiée",
    "votre adresse de messagerie ne sera pas publiée",
    "your email address will not be published",
    "required fields are marked",
    "les champs obligatoires sont indiqués avec",
];

/// How many lines of a text a comment form at its foot has at most: a field with the names of all countries included.
const LONGEST_FORM: usize = 300;

/// How many of `lines` belong to the article.
pub(crate) fn article_lines(lines: &[&str]) -> usize {
    let mut end = lines.len();
    let first = end.saturating_sub(LONGEST_FORM);
    if let Some(form) = (first..end).find(|at| is_form(lines[*at])) {
        end = form;
    }
    while end > 0 && is_foot(lines[end - 1]) {
        end -= 1;
    }
    end
}

/// A text without the foot of its page and without blank lines around it.
pub(crate) fn cut(text: &str) -> &str {
    let lines: Vec<&str> = text.lines().collect();
    let kept = article_lines(&lines);
    let end = match lines.get(..kept) {
        Some([.., last]) => last.as_ptr() as usize - text.as_ptr() as usize + last.len(),
        _ => 0,
    };
    text[..end].trim_end()
}

/// Whether a line is blank or such as stand below articles.
fn is_foot(line: &str) -> bool {
    let folded = fold(line);
    folded.is_empty() || LINES.contains(folded.as_str())
}

/// Whether a line is a sentence that only a comment form has.
fn is_form(line: &str) -> bool {
    // Most lines begin otherwise, and need not be folded to tell.
    let first = line
        .chars()
        .find(|c| c.is_alphanumeric())
        .and_then(|c| c.to_lowercase().next());
    let may = first.is_some_and(|first| FORMS.iter().any(|form| form.starts_with(first)));
    may && FORMS.iter().any(|form| fold(line).starts_with(form))
}

/// A line in lower case, without punctuation, marks of vowels and needless blanks.
fn fold(line: &str) -> String {
    // No line of the list is longer; a paragraph need not be folded to be told from them.
    if line.len() > 400 {
        return line.to_owned();
    }
    let mut folded = String::with_capacity(line.len());
    for c in line.chars().flat_map(char::to_lowercase) {
        match c {
            '\u{64b}'..='\u{652}' | '\u{640}' | '-' | '\u{2010}' | '\u{2011}' | '\u{200e}' | '\u{200f}' => {}
            c if c.is_alphanumeric() => folded.push(c),
            _ if folded.ends_with(' ') || folded.is_empty() => {}
            _ => folded.push(' '),
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_list_is_folded_and_stands_once() {
        for line in known_lines().chain(FORMS) {
            assert_eq!(fold(line), line);
        }
        assert!(LINES.len() == known_lines().count() && LINES.len() > 100);
    }

    #[test]
    fn comment_forms_and_share_bars_are_cut_in_three_languages() {
        for (text, article) in [
            (
                "نص المقال.\n\n\nالمصدر\n\nاترك تعليقاً\n\nلن يتم نشر عنوان بريدك الإلكتروني. الحقول الإلزامية مشار إليها بـ *\n\nزر الذهاب إلى الأعلى",
                "نص المقال.",
            ),
            (
                "Le texte.\nPartager :\nFacebook\n\nLaisser un commentaire Annuler la réponse\nVotre adresse e-mail ne sera pas publiée. Les champs obligatoires sont indiqués avec *\nPays\nMali\nNiger\n",
                "Le texte.",
            ),
            (
                "The text.\r\n\r\nLeave a Reply\r\nYour email address will not be published. Required fields are marked *\r\nName *\r\n",
                "The text.",
            ),
        ] {
            assert_eq!(cut(text), article);
        }
    }

    #[test]
    fn sentences_and_credits_stay() {
        for text in [
            "Il a laissé un commentaire.",
            "Text.\n\nSource: Reuters",
            "نص\n\nالمصدر: وكالات",
            "Print is dying.",
            "Share\n\nThe price of a share fell.",
        ] {
            assert_eq!(cut(text), text);
        }
        assert_eq!(cut("Share\n\nPrint"), "");
    }
}
