//! Mends JSON that was cut inside a character: escaped halves of surrogate pairs. JSON in, JSON out, or nothing where all is well.

/// A text with U+FFFD for each escaped half of a surrogate pair, as programs leave them when they cut a string; `None` where it has none.
pub(crate) fn whole_surrogates(text: &str) -> Option<String> {
    let unit = |at: usize| {
        let digits = text.get(at..at + 6)?.strip_prefix("\\u")?;
        u16::from_str_radix(digits, 16).ok()
    };
    let mut whole = String::new();
    let (mut at, mut from) = (0, 0);
    while let Some(found) = text[at..].find('\\') {
        at += found;
        match unit(at) {
            Some(0xd800..0xdc00) if unit(at + 6).is_some_and(|next| (0xdc00..0xe000).contains(&next)) => at += 12,
            Some(0xd800..0xe000) => {
                whole.push_str(&text[from..at]);
                whole.push_str("\\ufffd");
                at += 6;
                from = at;
            }
            // Whatever follows a backslash is no backslash of its own.
            _ => at = text.ceil_char_boundary(at + 2),
        }
    }
    (from > 0).then(|| whole + &text[from..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_are_replaced_and_pairs_and_backslashes_stay() {
        assert_eq!(whole_surrogates(r#"{"t":"\ud83d\ude00 é \\ud83d"}"#), None);
        assert_eq!(
            whole_surrogates(r"a\ud83d b\ude00\ud83dé\").as_deref(),
            Some(r"a\ufffd b\ufffd\ufffdé\")
        );
    }
}
