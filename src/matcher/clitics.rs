//! Arabic words that grow together with the name after them: a folded word in, what may stand after its proclitics out.
//!
//! `و ف ب ك ل` and their pairs are written without a space before the name, and `ل` swallows the alef of the article: `للنيجر` is
//! `ل` + `النيجر`. A word is looked up whole before anything is taken off it, so `لبنان` keeps its ل.

/// The proclitics that a word may have by its first letter, in the order in which they are tried: the letter alone, then its pairs.
fn proclitics(word: &[u8]) -> &'static [&'static str] {
    match word {
        [0xD9, 0x88, ..] => &["و", "وب", "ول", "وك"],
        [0xD9, 0x81, ..] => &["ف", "فل", "فب"],
        [0xD8, 0xA8, ..] => &["ب"],
        [0xD9, 0x83, ..] => &["ك"],
        [0xD9, 0x84, ..] => &["ل"],
        _ => &[],
    }
}

/// The article.
const ARTICLE: &str = "ال";

/// So many letters must remain of a name.
pub(super) const OF_A_NAME: usize = 3;

/// So many letters must remain of any word: `وفي`.
pub(super) const OF_A_WORD: usize = 2;

/// Bytes of a folded Arabic letter.
const LETTER: usize = 2;

/// Calls `give` with each word of at least `fewest` letters that may remain of `word`, and the number of letters taken off, until it returns true.
pub(super) fn without_proclitics(
    word: &[u8],
    fewest: usize,
    room: &mut Vec<u8>,
    mut give: impl FnMut(&[u8], usize) -> bool,
) {
    for proclitic in proclitics(word) {
        let Some(rest) = word.strip_prefix(proclitic.as_bytes()) else {
            continue;
        };
        if rest.len() < fewest * LETTER {
            continue;
        }
        let letters = proclitic.len() / LETTER;
        if give(rest, letters) {
            return;
        }
        if proclitic.ends_with('ل')
            && let Some(bare) = rest.strip_prefix("ل".as_bytes())
            && bare.len() >= fewest * LETTER
        {
            room.clear();
            room.extend_from_slice(ARTICLE.as_bytes());
            room.extend_from_slice(bare);
            if give(room, letters) {
                return;
            }
        }
    }
}

/// The word without its article, where enough remains.
pub(super) fn without_article(word: &[u8]) -> Option<&[u8]> {
    word.strip_prefix(ARTICLE.as_bytes())
        .filter(|rest| rest.len() >= OF_A_NAME * LETTER)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(word: &str) -> Vec<(String, usize)> {
        let mut out = Vec::new();
        without_proclitics(word.as_bytes(), OF_A_NAME, &mut Vec::new(), |rest, letters| {
            out.push((String::from_utf8_lossy(rest).into_owned(), letters));
            false
        });
        out
    }

    #[test]
    fn what_remains_after_proclitics() {
        assert!(all("والنيجر").contains(&("النيجر".into(), 1)));
        assert!(all("للنيجر").contains(&("النيجر".into(), 1)));
        assert!(all("وللجزائر").contains(&("الجزائر".into(), 2)));
        assert!(all("فللسعوديه").contains(&("السعوديه".into(), 2)));
        assert!(all("للبنان").contains(&("لبنان".into(), 1)));
        assert!(all("لللبنانيين").contains(&("اللبنانيين".into(), 1)));
        assert!(all("وبفرنسا").contains(&("فرنسا".into(), 2)));
        assert!(all("سقطر").is_empty());
        assert!(all("والي").iter().all(|(rest, _)| rest.chars().count() >= 3));
    }
}
