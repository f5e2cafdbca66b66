//! Articles for the benches: invented, in three languages, always the same ones, with a count of all that is in them.

use std::fmt::Write as _;

use chrono::NaiveDate;
use marsad::model::document::{DateMethod, Document};

/// A language: words that name nobody, and names that need no context.
struct Speech {
    /// BCP 47.
    language: &'static str,
    /// Words that make sentences of no meaning.
    words: &'static str,
    /// Names as they stand in a text, split at `|`.
    names: &'static str,
    /// What its other words are made of: sixteen syllables that no name has.
    syllables: &'static str,
}

/// The languages, one article of each in turn.
const LANGUAGES: [Speech; 3] = [
    Speech {
        language: "en",
        words: "the minister said that farmers of southern valley will receive help before end month because rain has \
                destroyed many fields and roads in three districts where people are still waiting for water",
        names: "Algeria|Senegal’s|Mauritania|Nigeria-backed|Ukraine",
        syllables: "thrim quor vash plone druck wifle zemp gorth snell yabe fross kidge blut morve crint jolp",
    },
    Speech {
        language: "fr",
        words: "le ministre a déclaré que les agriculteurs de la commune du sud recevront une aide avant la fin du mois car \
                les pluies ont détruit des champs et des routes où leau était déjà très élevée après lété",
        names: "l’Algérie|du Sénégal|Mauritanie|au Nigeria|l'Ukraine",
        syllables: "quévre doulle firmé chonte blaisse trouve gnolle vêque jarde plume soirt brège noulx cravé lêpe zinthe",
    },
    Speech {
        language: "ar",
        words: "قال الوزير أمس المزارعين في وادي الجنوب سيحصلون على مساعدة قبل نهاية الشهر لأن الأمطار دمرت \
                حقولا وطرقا كثيرة في ثلاث مناطق ما زال الناس فيها ينتظرون الماء",
        names: "الجزائر|والسنغال|لموريتانيا|نيجيريا|بأوكرانيا",
        syllables: "شخض غثر طمق حذف قزع ضبش ثوغ رصخ عجظ نطح سفض كذت هزق ميخ جثم دغش",
    },
];

/// Paragraphs of an article.
const PARAGRAPHS: usize = 6;

/// Sentences of a paragraph, each with one name.
const SENTENCES: usize = 2;

/// Words of a sentence, its name not among them.
const SENTENCE: usize = 22;

/// Articles, and what is in them.
pub(crate) struct Corpus {
    /// The articles, a week to every fifty.
    pub(crate) documents: Vec<Document>,
    /// Bytes of all titles and texts.
    pub(crate) bytes: usize,
    /// Sentences of all texts, one title each not among them.
    pub(crate) sentences: usize,
    /// Mentions, those in titles not among them: there are none.
    pub(crate) mentions: u64,
}

impl Corpus {
    /// So many articles.
    pub(crate) fn new(count: u32) -> Self {
        let mut dice = Dice(7);
        let documents: Vec<Document> = (0..count).map(|number| article(number, &mut dice)).collect();
        let articles = documents.len();
        Self {
            bytes: documents.iter().map(|own| own.title.len() + own.body.len()).sum(),
            sentences: articles * PARAGRAPHS * SENTENCES,
            mentions: (articles * PARAGRAPHS * SENTENCES) as u64,
            documents,
        }
    }

    /// The articles as JSON Lines.
    pub(crate) fn lines(&self) -> String {
        self.documents.iter().fold(String::new(), |lines, own| {
            let record = serde_json::json!({
                "id": own.own_id, "date": own.date, "source": own.source, "lang": own.language,
                "title": own.title, "text": own.body,
            });
            lines + &record.to_string() + "\n"
        })
    }

    /// The articles as web pages, each with a menu, a share bar and related links around its text.
    pub(crate) fn pages(&self) -> Vec<String> {
        self.documents.iter().map(page).collect()
    }
}

/// Numbers that look random and are always the same.
struct Dice(usize);

impl Dice {
    /// The rank of a word: every rank comes about as often as news has it, the tenth a tenth as often as the first.
    fn rank(&mut self) -> usize {
        let scale = self.next(15);
        (1 << scale) - 1 + self.next(1 << scale)
    }

    /// A number below `most`.
    fn next(&mut self, most: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }
}

/// One article.
fn article(number: u32, dice: &mut Dice) -> Document {
    let own = &LANGUAGES[number as usize % LANGUAGES.len()];
    let words: Vec<&str> = own.words.split_whitespace().collect();
    let names: Vec<&str> = own.names.split('|').collect();
    let syllables: Vec<&str> = own.syllables.split_whitespace().collect();
    let word = |rank: usize| match words.get(rank) {
        Some(word) => (*word).to_owned(),
        None => syllables[rank % 16].to_owned() + syllables[rank / 16 % 16] + syllables[rank / 256 % 16],
    };
    let some = |count: usize, dice: &mut Dice| -> Vec<String> { (0..count).map(|_| word(dice.rank())).collect() };
    let title = format!("{number}: {}", some(7, dice).join(" "));
    let mut paragraphs = Vec::new();
    for _ in 0..PARAGRAPHS {
        let mut sentences = Vec::new();
        for _ in 0..SENTENCES {
            let mut sentence = some(SENTENCE, dice);
            sentence.insert(3 + dice.next(SENTENCE - 6), names[dice.next(names.len())].to_owned());
            sentences.push(format!("{}.", capital(&sentence.join(" "))));
        }
        paragraphs.push(sentences.join(" "));
    }
    let first = NaiveDate::from_ymd_opt(2023, 1, 2).unwrap_or_default();
    Document {
        file: "articles.jsonl".into(),
        record: number,
        own_id: Some(format!("a{number}")),
        title,
        body: paragraphs.join("\n\n"),
        date: Some(first + chrono::Days::new(u64::from(number) * 7 / 50)),
        date_method: DateMethod::Field,
        source: format!("Source {}", number % 5),
        language: marsad::model::language::Language::new(own.language),
        ..Document::default()
    }
}

/// An article as a web page.
fn page(own: &Document) -> String {
    let language = own.language.as_ref().map_or("en", |language| language.as_str());
    let (title, source) = (&own.title, &own.source);
    let date = own.date.map_or_else(String::new, |date| date.to_string());
    let (mut menu, mut text) = (String::new(), String::new());
    for item in 1..12 {
        let _ = write!(menu, "<li><a href=\"/s{item}\">section {item}</a></li>");
    }
    for paragraph in own.body.split("\n\n") {
        let _ = writeln!(text, "<p>{paragraph}</p>");
    }
    format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\"><head><meta charset=\"utf-8\"><title>{title} | {source}</title>\n\
         <meta property=\"og:title\" content=\"{title}\"><meta property=\"og:site_name\" content=\"{source}\">\n\
         <meta property=\"article:published_time\" content=\"{date}T08:00:00Z\"><style>body {{ margin: 0 }}</style></head>\n\
         <body><nav class=\"main-menu\"><ul>{menu}</ul></nav><article><h1>{title}</h1>\n<div class=\"entry-content\">{text}</div>\n\
         <div class=\"share-bar\"><a href=\"#\">share</a></div></article><aside class=\"related\"><ul>{menu}</ul></aside></body></html>\n"
    )
}

/// A text with a capital at its beginning.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}
