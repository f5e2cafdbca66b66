//! The rows that wait to become tables: documents without their text, skips, and mentions with their context.
//!
//! Cleaned texts, mentions and skips come in; nothing goes out but these rows, which `schema` turns into columns.

use std::borrow::Cow;
use std::sync::Arc;

use super::context;
use crate::model::document::Document;
use crate::model::entity::EntityIndex;
use crate::model::language::Language;
use crate::model::mention::{Field, Kind, Mention};
use crate::model::signature::Signature;
use crate::model::skip::Skip;
use crate::model::text::CleanText;
use crate::model::words::{Numbered, WordCounts};

/// Room for the texts of a mention, in bytes.
const TEXTS: usize = 256;

/// The status of a row that is a skip.
pub(super) const SKIPPED: &str = "skipped";

/// One row of the documents table.
#[derive(Debug)]
pub(super) struct DocumentRecord {
    /// SHA-256 of the file on disk; known when the file has ended.
    pub(super) file_hash: Option<Arc<str>>,
    /// Its words, with the numbers of who counted them.
    pub(super) words: WordCounts,
    /// The words of these numbers; `None` for a skip, and until it is known.
    pub(super) batch: Option<Arc<Numbered>>,
    /// Its place among the read documents of its file; `None` for a skip, and until it is known.
    pub(super) in_file: Option<u32>,
    /// The texts of its mentions, one after the other.
    texts: String,
    /// What was read or left out.
    content: Content,
}

/// What a row of the documents table tells.
#[derive(Debug)]
enum Content {
    /// A document that was read.
    Read(Box<ReadRecord>),
    /// A record or file that was left out.
    Skipped(Skip),
}

/// A document that was read, without its text.
#[derive(Debug)]
pub(super) struct ReadRecord {
    /// The document; its body was dropped.
    pub(super) document: Document,
    /// Its language.
    pub(super) language: Language,
    /// How sure the detector was.
    pub(super) confidence: f32,
    /// Words of title and body.
    pub(super) words: u32,
    /// Sentences of title and body.
    pub(super) sentences: u32,
    /// Hash of the normalised text.
    pub(super) text_hash: u128,
    /// What near copies are told by.
    pub(super) signature: Option<Box<Signature>>,
}

impl DocumentRecord {
    /// The row of a document with these words, and with the texts of its mentions.
    pub(super) fn read(text: CleanText, words: WordCounts, texts: String) -> Self {
        let document = Document {
            own_id: text.document.own_id.filter(|id| !id.is_empty()),
            body: String::new(),
            ..text.document
        };
        let sentences = text.title.sentences.len() + text.body.sentences.len();
        let record = ReadRecord {
            document,
            language: text.language,
            confidence: text.language_confidence,
            words: text.words,
            sentences: u32::try_from(sentences).unwrap_or(u32::MAX),
            text_hash: text.text_hash,
            signature: text.signature,
        };
        Self {
            file_hash: None,
            words,
            batch: None,
            in_file: None,
            texts,
            content: Content::Read(Box::new(record)),
        }
    }

    /// The row of a skip.
    pub(super) fn skipped(skip: Skip) -> Self {
        Self {
            file_hash: None,
            words: WordCounts::default(),
            batch: None,
            in_file: None,
            texts: String::new(),
            content: Content::Skipped(skip),
        }
    }

    /// The document, where it was read.
    pub(super) fn as_read(&self) -> Option<&ReadRecord> {
        match &self.content {
            Content::Read(record) => Some(record),
            Content::Skipped(_) => None,
        }
    }

    /// The skip, where it is one.
    pub(super) fn as_skip(&self) -> Option<&Skip> {
        match &self.content {
            Content::Read(_) => None,
            Content::Skipped(skip) => Some(skip),
        }
    }

    /// The file that it comes from.
    pub(super) fn file(&self) -> &Arc<str> {
        match &self.content {
            Content::Read(record) => &record.document.file,
            Content::Skipped(skip) => &skip.file,
        }
    }

    /// Its zero-based record; `None` where the whole file is concerned.
    pub(super) fn record(&self) -> Option<u32> {
        match &self.content {
            Content::Read(record) => Some(record.document.record),
            Content::Skipped(skip) => skip.record,
        }
    }

    /// What it is called as long as no other document of that name is known.
    pub(super) fn doc_id(&self) -> Option<Cow<'_, str>> {
        let own = self.as_read().and_then(|read| read.document.own_id.as_deref());
        own.map(Cow::Borrowed)
            .or_else(|| self.record().map(|record| Cow::Owned(place(self.file(), record))))
    }

    /// `read`, `undated` or `skipped`.
    pub(super) fn status(&self) -> &'static str {
        match self.as_read() {
            Some(read) if read.document.date.is_some() => "read",
            Some(_) => "undated",
            None => SKIPPED,
        }
    }
}

/// `path#record`.
pub(super) fn place(file: &str, record: u32) -> String {
    format!("{file}#{record}")
}

/// One row of the mentions table. Its texts lie with those of its document.
#[derive(Clone, Copy, Debug)]
pub(super) struct MentionRecord {
    /// Its document among the rows that wait with it.
    pub(super) row: u32,
    /// Its document among the read documents of its file.
    pub(super) document: u32,
    /// First byte, byte past the last one, sentence.
    pub(super) place: [u32; 3],
    /// Whom it names.
    pub(super) entity: EntityIndex,
    /// As it is written.
    surface: Stretch,
    /// The rule that decided.
    rule: Stretch,
    /// Why it does not count, or which cue decided.
    reason: Stretch,
    /// Its sentence, shortened. Mentions that follow each other in one sentence share it.
    pub(super) context: Stretch,
    /// The field that it stands in.
    pub(super) field: Field,
    /// What sort of form it is.
    pub(super) kind: Kind,
    /// Whether the rules count it.
    pub(super) counted: bool,
}

/// Where a text lies among those of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    /// Its first byte.
    start: u32,
    /// The byte past its last one.
    end: u32,
}

impl Stretch {
    /// What was added to `texts` since they ended at `start`.
    fn since(start: usize, texts: &str) -> Self {
        let narrow = |place: usize| u32::try_from(place).unwrap_or(u32::MAX);
        Self {
            start: narrow(start),
            end: narrow(texts.len()),
        }
    }

    /// Adds a text.
    fn put(text: &str, texts: &mut String) -> Self {
        let start = texts.len();
        texts.push_str(text);
        Self::since(start, texts)
    }

    /// The text.
    fn of(self, texts: &str) -> &str {
        texts.get(self.start as usize..self.end as usize).unwrap_or_default()
    }
}

impl MentionRecord {
    /// The rows of the mentions in `text`, which come in its order, and their texts; it counts as the first document of all.
    pub(super) fn all(mentions: &[Mention], text: &CleanText) -> (Vec<Self>, String) {
        let mut rows: Vec<Self> = Vec::with_capacity(mentions.len());
        let mut texts = String::with_capacity(TEXTS * mentions.len());
        for mention in mentions {
            let before = rows
                .last()
                .filter(|row| row.field == mention.field && row.place[2] == mention.sentence);
            let row = Self::new(mention, text, before, &mut texts);
            rows.push(row);
        }
        texts.shrink_to_fit();
        (rows, texts)
    }

    /// The row of `mention`; `before` is another in its sentence.
    fn new(mention: &Mention, text: &CleanText, before: Option<&Self>, texts: &mut String) -> Self {
        let (field, layout) = match mention.field {
            Field::Title => (&text.document.title, &text.title),
            Field::Body => (&text.document.body, &text.body),
        };
        let sentence = layout.sentences.get(mention.sentence as usize).copied();
        let (start, end) = (mention.start as usize, mention.end as usize);
        let shared = before.zip(sentence).filter(|(before, sentence)| {
            let first = mention.start.min(before.place[0]);
            let last = mention.end.max(before.place[1]);
            sentence.start <= first && last <= sentence.end && context::is_whole(field, *sentence)
        });
        let same = |stretch: Stretch, text: &str, texts: &str| stretch.of(texts) == text;
        let rule = before
            .map(|before| before.rule)
            .filter(|rule| same(*rule, &mention.rule, texts));
        Self {
            row: 0,
            document: 0,
            field: mention.field,
            place: [mention.start, mention.end, mention.sentence],
            entity: mention.entity,
            kind: mention.kind,
            surface: Stretch::put(field.get(start..end).unwrap_or_default(), texts),
            rule: rule.unwrap_or_else(|| Stretch::put(&mention.rule, texts)),
            counted: mention.counted,
            reason: Stretch::put(&mention.reason, texts),
            context: shared.map_or_else(
                || {
                    let from = texts.len();
                    context::shorten(field, sentence, start..end, texts);
                    Stretch::since(from, texts)
                },
                |(before, _)| before.context,
            ),
        }
    }

    /// Its surface, its rule, its reason and its context, among the rows of `documents`.
    pub(super) fn texts<'d>(&self, documents: &'d [DocumentRecord]) -> [&'d str; 4] {
        let texts = &documents[self.row as usize].texts;
        [self.surface, self.rule, self.reason, self.context].map(|stretch| stretch.of(texts))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::text::{Layout, Span};

    /// A text of these sentences, and a mention of each `Mali` in it.
    fn text(sentences: &[&str]) -> (CleanText, Vec<Mention>) {
        let mut body = String::new();
        let mut spans = Vec::new();
        let mut mentions = Vec::new();
        for (number, sentence) in (0..).zip(sentences) {
            let base = body.len();
            body += sentence;
            let place = |at: usize| u32::try_from(at).unwrap();
            spans.push(Span {
                start: place(base),
                end: place(body.len()),
            });
            mentions.extend(sentence.match_indices("Mali").map(|(at, form)| Mention {
                field: Field::Body,
                start: place(base + at),
                end: place(base + at + form.len()),
                sentence: number,
                entity: EntityIndex(0),
                kind: Kind::Name,
                rule: "form".into(),
                counted: true,
                reason: Cow::Borrowed(""),
            }));
        }
        let text = CleanText {
            language: Language::EN,
            language_confidence: 1.0,
            title: Layout::default(),
            body: Layout {
                sentences: spans,
                paragraphs: Vec::new(),
            },
            words: 0,
            text_hash: 0,
            signature: None,
            document: Document {
                body,
                ..Document::default()
            },
        };
        (text, mentions)
    }

    #[test]
    fn mentions_of_one_sentence_share_its_context_where_it_is_whole() {
        let long = format!("Mali {} Mali {} Mali.", "far ".repeat(80), "away ".repeat(80));
        let (text, mentions) = text(&["Mali, Mali  and\nMali. ", "Mali. ", &long]);
        let (rows, texts) = MentionRecord::all(&mentions, &text);
        for (row, mention) in rows.iter().zip(&mentions) {
            let sentence = text.body.sentences[mention.sentence as usize];
            let (start, end) = (mention.start as usize, mention.end as usize);
            let mut own = String::new();
            context::shorten(&text.document.body, Some(sentence), start..end, &mut own);
            assert_eq!(row.context.of(&texts), own);
        }
        let shared: Vec<bool> = rows.windows(2).map(|two| two[0].context == two[1].context).collect();
        assert_eq!(shared, [true, true, false, false, false, false]);
    }
}
