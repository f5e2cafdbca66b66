//! Laws of the matcher on random texts: it finds what a naive search finds, spans lead back to the text, what is added to the gazetteer takes
//! nothing away elsewhere, and what was read before changes nothing.

use marsad::clean::clean_text;
use marsad::matcher::{Matcher, Scratch};
use marsad::model::document::Document;
use marsad::model::entity::{Case, Entity, EntityClass, EntityIndex, Form, Gazetteer, Mask, Names, Policy};
use marsad::model::language::Language;
use marsad::model::mention::{Kind, Mention};
use marsad::model::text::CleanText;
use marsad::model::words::{Numbered, WordCounts};
use proptest::prelude::*;

/// Words of the random texts: parts of names, words that only look like them, signs.
const WORDS: [&str; 30] = [
    "Mali",
    "MALI",
    "mali",
    "Niger",
    "Nigeria",
    "Burkina",
    "Faso",
    "faso",
    "South",
    "Sudan",
    "Guinea",
    "-",
    "Bissau",
    "Delta",
    ",",
    ".",
    "d'",
    "the",
    "Côte",
    "Cote",
    "Ivoire",
    "مالي",
    "والنيجر",
    "للنيجر",
    "النيجر",
    "جنوب",
    "السودان",
    "بالسودان",
    "\n\n",
    "\u{640}",
];

/// Surface forms of the gazetteer under test, one entity each.
const FORMS: [(&str, Case); 11] = [
    ("Mali", Case::Initial),
    ("Niger", Case::Initial),
    ("Nigeria", Case::Initial),
    ("Burkina Faso", Case::Initial),
    ("Sudan", Case::Initial),
    ("South Sudan", Case::Initial),
    ("Guinea", Case::Initial),
    ("Guinea-Bissau", Case::Initial),
    ("Côte d'Ivoire", Case::Initial),
    ("النيجر", Case::Ignore),
    ("جنوب السودان", Case::Ignore),
];

/// The gazetteer of the first `count` forms, each for an entity of its own, with one mask.
fn gazetteer(count: usize) -> Gazetteer {
    let mut gazetteer = Gazetteer::default();
    for (place, (text, case)) in (0..).zip(FORMS.iter().take(count)) {
        gazetteer.entities.push(Entity {
            id: format!("entity-{place:02}"),
            class: EntityClass::Country,
            iso3: String::new(),
            iso2: String::new(),
            names: Names::default(),
            colour: None,
            offices: Vec::new(),
        });
        gazetteer.forms.push(Form {
            language: if is_arabic(text) { Language::new("ar") } else { None },
            text: (*text).to_owned(),
            entity: EntityIndex(place),
            kind: Kind::Name,
            abbreviation: false,
            case: *case,
            policy: Policy::Count,
            note: String::new(),
        });
    }
    let text = "Niger Delta".to_owned();
    gazetteer.masks.push(Mask {
        language: None,
        text,
        reason: "region_river_sea".to_owned(),
        counts_as: None,
        only: None,
    });
    gazetteer
}

/// Every mention in `text`.
fn find(gazetteer: &Gazetteer, text: &str) -> Vec<Mention> {
    let document = Document {
        body: text.to_owned(),
        language: Some(Language::FR),
        ..Document::default()
    };
    Matcher::new(gazetteer).find_mentions(&clean_text(document), &mut Scratch::default())
}

/// A text of these paragraphs, in one of the languages that have function words.
fn document(body: &str, language: usize) -> CleanText {
    let tags = ["fr", "en", "ar", "und", "de"];
    clean_text(Document {
        title: "the Mali, le Niger".to_owned(),
        body: body.to_owned(),
        language: Language::new(tags[language % tags.len()]),
        ..Document::default()
    })
}

/// A word as names are compared, made by the plain means of the standard library; and whether it begins with a capital.
fn plain(word: &str) -> (String, bool) {
    let word = word.replace('\u{640}', "");
    (
        word.to_lowercase().replace('ô', "o"),
        word.chars().next().is_some_and(char::is_uppercase),
    )
}

/// The words of a text with the number of the block that they stand in, cut by hand.
fn words(text: &str) -> Vec<(String, bool, usize)> {
    let mut all = Vec::new();
    for (block, part) in text.replace('\u{640}', "").split("\n\n").enumerate() {
        let mut word = String::new();
        let mut hyphen = false;
        for c in part.chars().chain([' ']) {
            if c.is_alphanumeric() {
                word.push(c);
                continue;
            }
            let (folded, capital) = plain(&word);
            if !folded.is_empty() {
                all.push((folded, capital, block));
                hyphen = false;
            }
            word.clear();
            // One hyphen joins; a second one before the next word is a dash, which does not.
            if !c.is_whitespace() && (c != '-' || hyphen) {
                all.push((c.to_string(), false, block));
            }
            hyphen |= c == '-';
        }
    }
    all
}

/// The words of a form with the capitals that it asks for, and whom it names.
type Asked = (Vec<(String, bool)>, Option<u32>);

/// The mentions of a text and its words, as a batch of its own.
fn searched(matcher: &Matcher, text: &CleanText, scratch: &mut Scratch) -> (Vec<Mention>, Vec<(String, u64, u32)>) {
    let (mentions, words) = matcher.search(text, scratch);
    (mentions, spelt(&words, &Numbered::default().with(scratch.end_batch())))
}

/// Words with what they are told by and how often they stand there.
fn spelt(words: &WordCounts, numbered: &Numbered) -> Vec<(String, u64, u32)> {
    let spelt = |(number, count): (u32, u32)| {
        let (word, key) = numbered.get(number);
        (word.to_owned(), key, count)
    };
    words.iter().map(spelt).collect()
}

/// Leftmost, longest, whole words, masks before forms: tried form by form at every word.
fn naive(gazetteer: &Gazetteer, text: &str) -> Vec<u32> {
    let all = words(text);
    let forms: Vec<Asked> = gazetteer
        .forms
        .iter()
        .map(|form| (form.text.as_str(), Some(form.entity.0)))
        .chain(gazetteer.masks.iter().map(|mask| (mask.text.as_str(), None)))
        .map(|(text, who)| {
            (
                words(text)
                    .into_iter()
                    .map(|(word, capital, _)| (word, capital && who.is_some()))
                    .collect(),
                who,
            )
        })
        .collect();
    let fits = |form: &[(String, bool)], at: usize| {
        let Some(part) = all.get(at..at + form.len()) else {
            return false;
        };
        part.iter()
            .enumerate()
            .zip(form)
            .all(|((place, (word, capital, block)), (own, asks))| {
                let bare = place == 0 && is_arabic(own) && without_clitics(word).contains(own);
                (word == own || bare) && (!asks || *capital) && *block == part[0].2
            })
    };
    let whole = |form: &[(String, bool)], at: usize| all.get(at).is_some_and(|(word, ..)| *word == form[0].0);
    let mut found = Vec::new();
    let mut at = 0;
    while at < all.len() {
        let fitting = || forms.iter().filter(|(form, _)| fits(form, at));
        let exact = fitting().any(|(form, _)| whole(form, at));
        let best = fitting()
            .filter(|(form, _)| whole(form, at) || !exact)
            .max_by_key(|(form, who)| (form.len(), who.is_none()));
        match best {
            Some((form, who)) => {
                found.extend(who);
                at += form.len();
            }
            None => at += 1,
        }
    }
    found
}

/// Whether a word is in the Arabic script.
fn is_arabic(word: &str) -> bool {
    word.starts_with(|c| ('\u{620}'..='\u{64a}').contains(&c))
}

/// What may remain of an Arabic word without its proclitics.
fn without_clitics(word: &str) -> Vec<String> {
    let mut all = Vec::new();
    for proclitic in ["و", "ف", "ب", "ك", "ل", "وب", "ول", "وك", "فل", "فب"] {
        if let Some(rest) = word.strip_prefix(proclitic) {
            all.push(rest.to_owned());
            if proclitic.ends_with('ل') && rest.starts_with('ل') {
                all.push(format!("ا{rest}"));
            }
        }
    }
    all
}

/// A random text of the words above.
fn text() -> impl Strategy<Value = String> {
    proptest::collection::vec(
        (0..WORDS.len(), prop_oneof![Just(" "), Just(" "), Just(""), Just("\n")]),
        0..24,
    )
    .prop_map(|parts| {
        let mut text = String::new();
        for (place, gap) in parts {
            text.push_str(WORDS[place]);
            text.push_str(gap);
        }
        text
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn the_matcher_finds_what_a_naive_search_finds(text in text()) {
        let gazetteer = gazetteer(FORMS.len());
        let counted: Vec<u32> =
            find(&gazetteer, &text).into_iter().filter(|mention| mention.counted).map(|mention| mention.entity.0).collect();
        prop_assert_eq!(counted, naive(&gazetteer, &text), "{:?}", text);
    }

    #[test]
    fn spans_lie_in_the_text_in_order_and_never_overlap(text in "\\PC{0,80}|[Mali ,.نيجروبل\u{301}\u{64e}-]{0,80}") {
        let mut last = 0;
        for mention in find(&gazetteer(FORMS.len()), &text) {
            prop_assert!(mention.start >= last && mention.start < mention.end);
            prop_assert!(text.get(mention.start as usize..mention.end as usize).is_some());
            last = mention.end;
        }
    }

    #[test]
    fn what_was_read_before_changes_nothing(
        texts in proptest::collection::vec((prop_oneof![text(), "([a-zé]{1,18} |[ا-ي]{1,12} |[Mali ,.نيجروبل\u{301}\u{64e}\n-]){0,60}"], 0..5_usize), 1..6)
    ) {
        let (all, some) = (gazetteer(FORMS.len()), gazetteer(3));
        let matchers = [Matcher::new(&all), Matcher::new(&some)];
        let (mut warm, mut numbered) = (Scratch::default(), Numbered::default());
        for (place, (text, language)) in texts.iter().enumerate() {
            let text = document(text, *language);
            let matcher = &matchers[usize::from(place % 3 == 2)];
            let fresh = searched(matcher, &text, &mut Scratch::default());
            prop_assert_eq!(&matcher.find_mentions(&text, &mut warm), &fresh.0);
            let (mentions, words) = matcher.search(&text, &mut warm);
            prop_assert_eq!(&mentions, &fresh.0);
            numbered = numbered.with(warm.end_batch());
            prop_assert_eq!(&spelt(&words, &numbered), &fresh.1);
            // Most words keep their numbers; whichever they have, they are the same words.
            let (_, again) = matcher.search(&text, &mut warm);
            numbered = numbered.with(warm.end_batch());
            prop_assert_eq!(&spelt(&again, &numbered), &fresh.1);
        }
    }

    #[test]
    fn a_new_form_takes_only_what_it_covers(text in text(), count in 1..FORMS.len()) {
        let before = find(&gazetteer(count), &text);
        let after = find(&gazetteer(count + 1), &text);
        let new = EntityIndex(u32::try_from(count).expect("few forms"));
        for mention in before.iter().filter(|mention| mention.counted) {
            let kept = after.contains(mention);
            let covered = after.iter().any(|other| other.entity == new && other.start < mention.end && mention.start < other.end);
            prop_assert!(kept || covered, "{:?} is gone from {:?}", mention, text);
        }
    }
}
