//! How many bytes a second are laid out, in three languages. Each bench asserts what it counted, so it cannot measure nothing.

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use marsad::clean::Cleaner;
use marsad::model::document::Document;
use marsad::model::language::Language;

fn main() {
    divan::main();
}

/// A language, and words of it that make sentences of no meaning.
struct Words {
    language: &'static str,
    words: &'static str,
}

const LANGUAGES: [Words; 3] = [
    Words {
        language: "en",
        words: "the minister said that farmers of southern valley will receive help before end month because rain has \
                destroyed many fields and roads in three districts where people are still waiting for water",
    },
    Words {
        language: "fr",
        words: "le ministre a déclaré que les agriculteurs de la vallée du sud recevront une aide avant la fin du mois car \
                les pluies ont détruit des champs et des routes où l’eau était déjà très élevée après l’été",
    },
    Words {
        language: "ar",
        words: "قال الوزير إن المزارعين في وادي الجنوب سيحصلون على مساعدة قبل نهاية الشهر لأن الأمطار دمرت \
                حقولا وطرقا كثيرة في ثلاث مناطق ما زال الناس فيها ينتظرون الماء",
    },
];

/// Documents of a language, each of 20 paragraphs of 4 sentences of 17 words, always the same ones.
fn documents(words: &Words, given: bool) -> Vec<Document> {
    let list: Vec<&str> = words.words.split_whitespace().collect();
    let mut state = 7_usize;
    let mut next = |most: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % most
    };
    let mut sentence = || {
        let words: Vec<&str> = (0..17).map(|_| list[next(list.len())]).collect();
        let (first, rest) = words.split_at(1);
        let mut letters = first[0].chars();
        let capital: String = letters
            .next()
            .into_iter()
            .flat_map(char::to_uppercase)
            .chain(letters)
            .collect();
        format!("{capital} {}.", rest.join(" "))
    };
    let mut paragraph = || (0..4).map(|_| sentence()).collect::<Vec<_>>().join(" ");
    let mut document = || Document {
        body: (0..20).map(|_| paragraph()).collect::<Vec<_>>().join("\n"),
        language: Language::new(words.language).filter(|_| given),
        ..Document::default()
    };
    (0..50).map(|_| document()).collect()
}

/// Lays the documents out, and checks what came out.
fn measure(bencher: Bencher, number: usize, given: bool) {
    let words = &LANGUAGES[number];
    let documents = documents(words, given);
    let bytes: usize = documents.iter().map(|document| document.body.len()).sum();
    let mut cleaner = Cleaner::default();
    bencher
        .counter(BytesCount::new(bytes))
        .with_inputs(|| documents.clone())
        .bench_local_values(|documents| {
            let (mut sentences, mut paragraphs) = (0, 0);
            for document in documents {
                let clean = black_box(cleaner.clean(document));
                sentences += clean.body.sentences.len();
                paragraphs += clean
                    .body
                    .paragraphs
                    .iter()
                    .filter(|one| one.language == clean.language)
                    .count();
                assert_eq!(clean.language.as_str(), words.language);
            }
            assert_eq!((sentences, paragraphs), (50 * 20 * 4, 50 * 20));
        });
}

/// The record gives the language.
#[divan::bench(args = 0..3)]
fn language_given(bencher: Bencher, number: usize) {
    measure(bencher, number, true);
}

/// The language is detected.
#[divan::bench(args = 0..3)]
fn language_detected(bencher: Bencher, number: usize) {
    measure(bencher, number, false);
}
