//! What was found out about words, so that it need not be found out again: most words of a text are a few common ones.
//!
//! A word in, yes or no out. A word is known by its hash, as everywhere in the matcher, and may be forgotten at any time; what is
//! remembered follows from the word and the matcher alone, so no answer depends on what was read before.

use super::tokens::{IS_ARABIC, IS_WORD, Token};

/// How many words are remembered, a power of two.
const WORDS: usize = 1 << 14;

/// The bits of an entry that hold its answers; the others are those of the word's hash.
const ANSWERS: u64 = 0xF;

/// What may be asked of a word.
#[derive(Clone, Copy, Debug)]
pub(super) enum Question {
    /// Whether a form or mask may begin with it, whole or without its proclitics.
    Form,
    /// Whether it may be or begin a cue.
    Cue,
}

/// Answers by word. Each place belongs to the word that was asked about last.
#[derive(Debug, Default)]
pub(super) struct Memo {
    /// The matcher that the answers are of.
    matcher: u64,
    /// Key and answers: for each question a bit that says that it is known, and one that says yes.
    entries: Vec<u64>,
}

impl Memo {
    /// Forgets all that is not of this matcher, whose number is not 0.
    pub(super) fn belong_to(&mut self, matcher: u64) {
        if self.matcher != matcher {
            self.matcher = matcher;
            self.entries.clear();
            self.entries.resize(WORDS, 0);
        }
    }

    /// The answer for a word, from memory or from `find`.
    pub(super) fn ask(&mut self, token: &Token, question: Question, find: impl FnOnce() -> bool) -> bool {
        // Signs, and words that only look Arabic once they are folded, are other words.
        let key = (token.hash ^ u64::from(token.flags & (IS_WORD | IS_ARABIC)) << 4) & !ANSWERS;
        let (known, yes) = match question {
            Question::Form => (1, 2),
            Question::Cue => (4, 8),
        };
        let place = usize::try_from(token.hash >> 32).unwrap_or(0) % WORDS;
        let Some(entry) = self.entries.get_mut(place) else {
            return find();
        };
        if *entry & !ANSWERS != key {
            *entry = key;
        }
        if *entry & known == 0 {
            *entry |= known | if find() { yes } else { 0 };
        }
        *entry & yes != 0
    }
}

#[cfg(test)]
mod tests {
    use super::super::tokens::Tokens;
    use super::*;

    #[test]
    fn an_answer_is_kept_for_its_word_question_and_matcher() {
        let mut tokens = Tokens::default();
        tokens.add("mali - mali");
        let [mali, hyphen, again] = tokens.list[..] else {
            panic!("three tokens")
        };
        let mut memo = Memo::default();
        memo.belong_to(1);
        assert!(memo.ask(&mali, Question::Form, || true));
        assert!(memo.ask(&again, Question::Form, || unreachable!("is remembered")));
        assert!(!memo.ask(&mali, Question::Cue, || false));
        assert!(!memo.ask(&hyphen, Question::Form, || false));
        memo.belong_to(2);
        assert!(!memo.ask(&mali, Question::Form, || false));
    }
}
