//! Where sentences end, language by language: `|` stands where one does.

use super::{at, body};

/// Cuts the text without its `|` and compares.
#[track_caller]
fn cuts(marked: &str) {
    let expected: Vec<&str> = marked.split('|').map(str::trim).collect();
    let text = marked.replace('|', "");
    let clean = body(&text);
    let found: Vec<&str> = clean.body.sentences.iter().map(|span| at(&text, *span)).collect();
    assert_eq!(found, expected);
}

#[test]
fn english_titles_and_initials_end_nothing() {
    cuts("Mr. Smith met Dr. Jones on Friday. | They spoke for an hour.");
    cuts("The book by J. K. Rowling sold well. | J.R.R. Tolkien sold better.");
    cuts("George W. Bush and Harry S. Truman were presidents. | He agreed.");
    cuts("Gen. Mark Milley told Sen. Warren so. | Lt. Col. Ahmed Diallo did not.");
    cuts("They live in St. Louis. | Mt. Etna erupted near St. Agata.");
    cuts("Prof. A. B. Keita spoke. | Rev. Jesse Jackson listened.");
}

#[test]
fn english_abbreviations_end_a_sentence_before_an_opener_only() {
    cuts("The U.S. Department of State denied it. | It said nothing else.");
    cuts("He flew to the U.S. | The visit lasted a week.");
    cuts("Apple Inc. Chief Tim Cook left. | Shell plc. said no.");
    cuts("She lives in Washington, D.C. | But she works in Ohio.");
    cuts("Talks began at 5 p.m. | Police arrived at 6 p.m. Monday.");
    cuts("It closes at 3 p.m. EST and opens at 9 a.m. GMT. | Shops, banks, etc. | Schools too.");
    cuts("See No. 5 on p. 12. | There is no. 7, too.");
    cuts("On Jan. 5 and Sept. 11 they met. | Nothing came of it.");
    cuts("I said no. | They left. | It was the U.N. General Assembly.");
    cuts("He earned a Ph.D. in law vs. a degree. | Good.");
}

#[test]
fn numbers_and_addresses_are_whole() {
    cuts("Inflation rose to 3.5 percent. | Version 2.0.1 is out. | It cost $1.2 bn.");
    cuts("Visit www.example.com/index.php?id=3 or mail a.b@c.org. | Thanks.");
    cuts("He joined Amazon.com. | The firm grew.");
    cuts("They left in 2019. | Fourteen came back.");
    cuts("The troops withdrew on Monday. | 14 people were killed.");
    cuts("1. Mali. | 2. Niger.");
}

#[test]
fn quotes_and_brackets_close_with_the_sentence() {
    cuts("“We will stay.” | He left the room.");
    cuts("\"We will stay.\" | She left (as planned.) | Then it rained.");
    cuts("“Why?” he asked. | “Because!” she cried. | “Go.”");
    cuts("Il a dit : « Nous partons. » | Puis il est sorti.");
    cuts("He said \"no.\" | (It was late.) | [Sic.]");
    cuts("He asked: ‘Is it over?’ | It was.");
}

#[test]
fn strong_stops_and_ellipses() {
    cuts("Really?! | Yes! | No!!! | Well...");
    cuts("He waited ... and waited. | She left… | Then she came back...");
    cuts("Yahoo! is a company. | Wait for it… it comes.");
    cuts("Is it . . . over? | Yes.");
    cuts("...and so it went. | Good.");
}

#[test]
fn french() {
    cuts("M. Macron a reçu MM. Dupont et Durand à Paris. | Il était 18 heures.");
    cuts("Mme. Diallo et le Dr. Keita ont signé. | L’accord est « historique ».");
    cuts("Voir l’art. 5 et le n°. 12, p. 30. | La loi est claire.");
    cuts("J.-C. Martin a perdu. | Jean-P. Blanc a gagné, etc. | Rien de plus.");
    cuts("« Qui est-ce ? » demande-t-il. | « C’est moi ! » | Elle sourit.");
    cuts("L’inflation atteint 3,5 % (contre 2.1 % en mai). | À Dakar, rien.");
}

#[test]
fn arabic() {
    cuts("قال الوزير إن المفاوضات انتهت. | وأضاف أن الوفد عاد إلى الرياض. | هل يعود؟ | لا أحد يعرف!");
    cuts("وصل د. أحمد إلى القاهرة. | وذكرت أ.ف.ب أن الاجتماع تأجل؛ لكن الوزير نفى ذلك.");
    cuts("بلغت النسبة 3.5 في المئة.| وكانت 2.1 في العام الماضي.");
    cuts("«نحن باقون.» | هكذا قال المتحدث. | \"لن نرحل.\" | انتهى.");
    cuts("قال لقناة سي. إن. إن إن الوفد غادر. | ولم يضف شيئا.");
    cuts("في عام 2011 م. | عاد الجميع.");
}

#[test]
fn russian() {
    cuts("А. С. Пушкин родился в г. Москве. | Он жил в XIX в.");
    cuts("В 2020 г. Россия закупила зерно на 5 млн. руб. | Это много.");
    cuts("Он сказал: «Мы уходим». | И ушёл. | Почему? | Никто не знает…");
    cuts("Живёт на ул. Ленина, д. 5 и т.д. | Больше ничего.");
}

#[test]
fn chinese_and_japanese() {
    cuts("外交部发言人表示反对。|会议将于周五举行！|谁会参加？|“不知道。”|他说。");
    cuts("GDP增长3.5%。|其中出口占一半。");
    cuts("首相は会談した。|「行きます。」|彼は言った。");
}

#[test]
fn other_scripts() {
    cuts("प्रधानमंत्री ने कहा। | बैठक कल होगी।");
    cuts("وزیر اعظم نے کہا۔ | اجلاس کل ہوگا۔");
    cuts("ጠቅላይ ሚኒስትሩ ተናገሩ። | ስብሰባው ነገ ነው።");
}

#[test]
fn line_breaks_end_sentences_and_wraps_do_not() {
    cuts("A headline without a stop |\n A first line |\n\n A second one.");
    let wrapped = "The harbour of the old town was closed for a third day on Tuesday while\n\
                   divers looked for the anchor that a ferry had lost in the storm of the\n\
                   weekend. | Ferries sail on Friday.";
    cuts(wrapped);
}
