//! Which words stand in a document, and how often each.

use std::sync::Arc;

/// The words of one document that say something: no function words, no numbers, no single letters.
///
/// Each is spelled as the document spells it most often, without vowel signs and tatweel, and stands here once, in the order in which the words first
/// appear: as its number in the [`Numbered`] words of its worker, with how often it stands in the document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WordCounts(Vec<(u32, u32)>);

impl WordCounts {
    /// No word yet, with room for so many.
    #[must_use]
    pub fn with_room(words: usize) -> Self {
        Self(Vec::with_capacity(words))
    }

    /// Adds the word of this number, which is not there yet, and how often it stands in the document.
    pub fn push(&mut self, number: u32, count: u32) {
        self.0.push((number, count));
    }

    /// The number of every word and how often it stands there, in the order in which they first appear.
    pub fn iter(&self) -> impl Iterator<Item = (u32, u32)> {
        self.0.iter().copied()
    }

    /// How many different words there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Words that a worker numbered: those that came new with a batch of documents, one after the other. Seldom, a word has two numbers.
#[derive(Clone, Debug, Default)]
pub struct Spellings {
    /// Who numbered them, and how often that one had begun anew.
    pub numberer: (u64, u32),
    /// The number of the first.
    pub first: u32,
    /// All of them, one after the other.
    letters: String,
    /// For each, the byte of `letters` past its last one.
    ends: Vec<u32>,
    /// For each, what it is told by.
    keys: Vec<u64>,
}

impl Spellings {
    /// No word yet; the next one has the number `first`.
    #[must_use]
    pub fn after(numberer: (u64, u32), first: u32) -> Self {
        Self {
            numberer,
            first,
            ..Self::default()
        }
    }

    /// Adds a word with what it is told by; returns its number.
    ///
    /// # Panics
    ///
    /// Where the words have 4 GB.
    pub fn push(&mut self, word: &str, key: u64) -> u32 {
        let to_u32 = |length: usize| u32::try_from(length).expect("the words of a batch have fewer than 2^32 bytes");
        let number = self.first + to_u32(self.ends.len());
        self.letters.push_str(word);
        self.ends.push(to_u32(self.letters.len()));
        self.keys.push(key);
        number
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The word at this place, which must be there, counted from 0, and what it is told by.
    #[must_use]
    pub fn get(&self, place: usize) -> (&str, u64) {
        let start = place.checked_sub(1).map_or(0, |before| self.ends[before]);
        (
            &self.letters[start as usize..self.ends[place] as usize],
            self.keys[place],
        )
    }

    /// All words in the order of their numbers.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|number| self.get(number).0)
    }

    /// What each word is told by, in the order of their numbers.
    #[must_use]
    pub fn keys(&self) -> &[u64] {
        &self.keys
    }
}

/// All words that a worker has numbered since it began anew, as far as they are known.
#[derive(Clone, Debug, Default)]
pub struct Numbered(Vec<Arc<Spellings>>);

impl Numbered {
    /// These and the next ones of the same worker.
    #[must_use]
    pub fn with(&self, next: Spellings) -> Self {
        let same = self.numberer() == next.numberer && next.first > 0;
        let known = if same { self.0.clone() } else { Vec::new() };
        Self(known.into_iter().chain([Arc::new(next)]).collect())
    }

    /// Who numbered them, and how often that one had begun anew.
    #[must_use]
    pub fn numberer(&self) -> (u64, u32) {
        self.0.last().map_or((0, 0), |last| last.numberer)
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.last().map_or(0, |last| last.first as usize + last.len())
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The word of this number, which must be there, and what it is told by.
    #[must_use]
    pub fn get(&self, number: u32) -> (&str, u64) {
        let after = self.0.partition_point(|part| part.first <= number);
        let part = &self.0[after - 1];
        part.get((number - part.first) as usize)
    }
}

/// What the word of this `xxh3_128` is told by: half of it, which two of a million words share once in tens of millions of times; never 0.
#[must_use]
#[expect(clippy::cast_possible_truncation, reason = "half of a hash is taken")]
pub fn key_of(hash: u128) -> u64 {
    (hash as u64).max(1)
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
        let (mut words, mut spellings) = (WordCounts::default(), Spellings::default());
        assert!(words.is_empty() && spellings.is_empty());
        words.push(spellings.push("Élysée", 7), 2);
        words.push(spellings.push("النيجر", 8), 1);
        assert_eq!((words.len(), spellings.len()), (2, 2));
        assert_eq!(words.iter().collect::<Vec<_>>(), [(0, 2), (1, 1)]);
        assert_eq!(spellings.iter().collect::<Vec<_>>(), ["Élysée", "النيجر"]);
        assert_eq!((spellings.get(1), spellings.keys()), (("النيجر", 8), &[7, 8][..]));
        assert_eq!([key_of(1 << 100), key_of(1 << 100 | 3)], [1, 3]);
    }

    #[test]
    fn words_of_one_worker_are_found_by_their_number_until_it_begins_anew() {
        let mut parts =
            [((1, 0), 0), ((1, 0), 2), ((1, 0), 2), ((1, 1), 0)].map(|(who, first)| Spellings::after(who, first));
        parts[0].push("oil", 7);
        parts[0].push("gas", 8);
        assert_eq!(parts[2].push("tin", 9), 2);
        let [oil, none, tin, anew] = parts;
        let all = Numbered::default().with(oil).with(none).with(tin);
        assert_eq!(
            [0, 1, 2].map(|number| all.get(number)),
            [("oil", 7), ("gas", 8), ("tin", 9)]
        );
        assert_eq!((all.len(), all.numberer()), (3, (1, 0)));
        assert!(all.with(anew).is_empty());
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
