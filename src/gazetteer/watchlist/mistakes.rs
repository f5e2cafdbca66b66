//! Mistakes of a watchlist, gathered with their places and told all at once.

use std::ops::Range;

use crate::error::Error;

/// The mistakes of one file.
#[derive(Debug)]
pub(crate) struct Mistakes<'t> {
    /// The file, as the user wrote it.
    path: &'t str,
    /// Its text.
    text: &'t str,
    /// Where its lines end.
    ends: Vec<usize>,
    /// Byte and message.
    found: Vec<(usize, String)>,
}

impl<'t> Mistakes<'t> {
    /// None yet.
    pub(crate) fn new(path: &'t str, text: &'t str) -> Self {
        Self {
            path,
            text,
            ends: text.match_indices('\n').map(|(at, _)| at).collect(),
            found: Vec::new(),
        }
    }

    /// Adds the mistake that stands at `span`.
    pub(crate) fn push(&mut self, span: &Range<usize>, message: impl Into<String>) {
        self.found.push((span.start, message.into()));
    }

    /// The one-based line of byte `at`.
    pub(crate) fn line(&self, at: usize) -> usize {
        self.ends.partition_point(|end| *end < at) + 1
    }

    /// One line a mistake, in the order of the file: `path:line:column: message`. Columns are characters.
    pub(crate) fn told(mut self) -> Vec<String> {
        self.found.sort();
        self.found.dedup();
        let place = |at: usize| {
            let line = self.before(at).rsplit('\n').next().unwrap_or("");
            format!("{}:{}:{}", self.path, self.line(at), line.chars().count() + 1)
        };
        self.found
            .iter()
            .map(|(at, message)| format!("{}: {message}", place(*at)))
            .collect()
    }

    /// The text before byte `at`.
    fn before(&self, at: usize) -> &'t str {
        self.text.get(..at).unwrap_or(self.text)
    }
}

/// All mistakes as one error; `Ok` where there is none.
pub(crate) fn all_or_none(told: &[String]) -> Result<(), Error> {
    if told.is_empty() {
        Ok(())
    } else {
        Err(Error::Settings(told.join("\n")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mistakes_are_told_in_order_with_line_and_character() {
        let text = "a = 1\nname = \"غانا\"; b = 2\n";
        let mut mistakes = Mistakes::new("mine.toml", text);
        let late = text.find("b =").unwrap();
        mistakes.push(&(late..late + 1), "second");
        mistakes.push(&(0..1), "first");
        mistakes.push(&(0..1), "first");
        assert_eq!(mistakes.told(), ["mine.toml:1:1: first", "mine.toml:2:16: second"]);
    }
}
