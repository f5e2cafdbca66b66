//! Which words stand in a document, and how often each.

use std::sync::Arc;

/// The words of one document that say something: no function words, no numbers, no single letters.
///
/// Each is spelled as the document spells it most often, without vowel signs and tatweel, and stands here once, in the order in which the words first
/// appear, with the hash that tells its spelling from all others. They lie in one string, since a document has hundreds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WordCounts {
    /// All spellings, one after the other.
    letters: String,
    /// For each word, the byte of `letters` past its last one, and how often it stands in the document.
    ends: Vec<(u32, u32)>,
    /// For each word, the hash of its spelling.
    hashes: Vec<u128>,
}

impl WordCounts {
    /// No word yet, with room for so many of a usual length.
    #[must_use]
    pub fn with_room(words: usize) -> Self {
        Self {
            letters: String::with_capacity(10 * words),
            ends: Vec::with_capacity(words),
            hashes: Vec::with_capacity(words),
        }
    }

    /// Adds a word that is not there yet, the `xxh3_128` of its bytes, and how often it stands in the document.
    pub fn push(&mut self, word: &str, hash: u128, count: u32) {
        self.letters.push_str(word);
        self.hashes.push(hash);
        self.ends
            .push((u32::try_from(self.letters.len()).unwrap_or(u32::MAX), count));
    }

    /// Every word with the hash of its spelling and how often it stands there, in the order in which they first appear.
    pub fn iter(&self) -> impl Iterator<Item = (&str, u128, u32)> {
        let mut start = 0;
        self.ends.iter().zip(&self.hashes).map(move |(&(end, count), &hash)| {
            let word = self.letters.get(start..end as usize).unwrap_or_default();
            start = end as usize;
            (word, hash, count)
        })
    }

    /// How many different words there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }
}

/// The words of some documents, as numbers of words of one vocabulary.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WordRows {
    /// The words, by their number. Rows of one part of a ledger share it.
    pub vocabulary: Arc<Vec<String>>,
    /// Each document with the end of its pairs.
    documents: Vec<(u32, usize)>,
    /// A word and how often it stands in its document, document by document.
    pairs: Vec<(u32, u32)>,
}

impl WordRows {
    /// No document yet.
    #[must_use]
    pub fn new(vocabulary: Arc<Vec<String>>) -> Self {
        Self {
            vocabulary,
            documents: Vec::new(),
            pairs: Vec::new(),
        }
    }

    /// Adds the document of this place in the corpus, with its words and how often each stands there.
    pub fn push(&mut self, doc: u32, words: &[(u32, u32)]) {
        self.pairs.extend_from_slice(words);
        self.documents.push((doc, self.pairs.len()));
    }

    /// Every document with its words: a number in the vocabulary and how often the word stands there.
    pub fn documents(&self) -> impl Iterator<Item = (u32, &[(u32, u32)])> {
        let mut start = 0;
        self.documents.iter().map(move |&(doc, end)| {
            let words = &self.pairs[start..end];
            start = end;
            (doc, words)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_come_back_in_order() {
        let mut words = WordCounts::default();
        assert!(words.is_empty());
        words.push("Élysée", 7, 2);
        words.push("النيجر", 1 << 100, 1);
        assert_eq!(words.len(), 2);
        assert_eq!(
            words.iter().collect::<Vec<_>>(),
            [("Élysée", 7, 2), ("النيجر", 1 << 100, 1)]
        );
    }

    #[test]
    fn rows_keep_the_words_of_each_document() {
        let mut rows = WordRows::new(Arc::new(vec!["oil".to_owned(), "wheat".to_owned()]));
        rows.push(3, &[(0, 2), (1, 1)]);
        rows.push(4, &[]);
        rows.push(6, &[(1, 5)]);
        let all: Vec<(u32, &[(u32, u32)])> = rows.documents().collect();
        assert_eq!(all, [(3, &[(0, 2), (1, 1)][..]), (4, &[]), (6, &[(1, 5)])]);
    }
}
