//! Tests of [`super`](super): which dates are those of publication, and which are merely mentioned.

use super::*;

fn day(lines: &str, language: &str) -> String {
    date_in_text(lines, Language::new(language))
        .map(|day| day.to_string())
        .unwrap_or_default()
}

#[test]
fn dates_that_stand_as_those_of_publication() {
    for (line, language) in [
        ("19 May 2024", "en"),
        ("Sunday, May 19, 2024", "en"),
        ("May 19, 2024 10:22 AM EST", "en"),
        ("Published May 19, 2024 10:22", "en"),
        ("Published on 19 May 2024 by A. Writer", "en"),
        ("Published: 19 May 2024 | Updated: 20 May 2024", "en"),
        ("Updated: 20 May 2024 | Published: 19 May 2024", "en"),
        ("Updated: 20 May 2024\nPublished: 19 May 2024", "en"),
        ("19 May 2024 | 5 min read", "en"),
        ("By A. Writer | 19 May 2024", "en"),
        ("By Ann Writer, 19 May 2024", "en"),
        ("Ann Writer, our correspondent in the north | 19 May 2024", "en"),
        ("PARIS, May 19, 2024 (AFP) - The talks went on.", "en"),
        ("BAMAKO, Mali, May 19, 2024 /PRNewswire/ -- The talks went on.", "en"),
        ("Reuters, 19 May 2024", "en"),
        ("(19 May 2024)", "en"),
        ("19 May 2024 – The talks went on.", "en"),
        ("05/19/2024", "en"),
        ("Publié le 19 mai 2024 à 10h22", "fr"),
        ("Publié le 19 mai 2024 par Un Tel", "fr"),
        ("Dimanche 19 mai 2024", "fr"),
        ("Bamako, le 19 mai 2024", "fr"),
        ("Bamako, le 19 mai 2024 (AFP) – Le convoi est parti.", "fr"),
        ("19/05/2024 - 10:22", "fr"),
        ("Mis en ligne le : 19/05/2024", "fr"),
        ("الأحد 19 مايو 2024", "ar"),
        ("نشر في 19 مايو 2024", "ar"),
        ("تاريخ النشر: الأحد ١٩ أيار/مايو ٢٠٢٤ - ١٠:٢٢ م", "ar"),
        ("نواكشوط، 19 مايو 2024 (أ ف ب) - انطلقت القافلة", "ar"),
        ("الرياض 11 ذو القعدة 1445 هـ الموافق 19 مايو 2024 م واس", "ar"),
        ("الأحد 11 ذو القعدة 1445 هـ - 19 مايو 2024", "ar"),
        ("11/11/1445 هـ", "ar"),
        ("1445/11/11", "ar"),
        ("2024年5月19日", "zh"),
        ("19 de mayo de 2024", "es"),
    ] {
        assert_eq!(day(line, language), "2024-05-19", "{line}");
        assert_eq!(
            day(&format!("A title of some words\n\n{line}\n\nText."), language),
            "2024-05-19",
            "{line}"
        );
    }
}

#[test]
fn dates_that_are_merely_mentioned() {
    for (line, language) in [
        ("On 19 May 2024 the talks went on.", "en"),
        ("The talks of May 19, 2024 failed.", "en"),
        ("In Bamako on May 19, 2024 - a Sunday - the talks went on.", "en"),
        ("Soldiers in Bamako, 19 May 2024", "en"),
        ("Reports published on May 19, 2024 say so.", "en"),
        ("Published reports of 19 May 2024", "en"),
        ("19 May 2024 was a Sunday.", "en"),
        ("Paris, 19 May 2024 was a quiet day.", "en"),
        ("Updated 20 May 2024", "en"),
        ("PARIS, May 19 (AFP) - The talks went on.", "en"),
        ("May 2024", "en"),
        ("2024", "en"),
        ("03/04/2024", "en"),
        ("Attentats du 13 novembre 2015", "fr"),
        ("Le coup d'État du 26 juillet 2023", "fr"),
        ("ثورة 25 يناير 2011", "ar"),
        ("قال الوزير في 19 مايو 2024 إن اللقاء مهم", "ar"),
        ("نشر في 19 مايو 2024 تقرير عن الحرب", "ar"),
        (
            "في 19 مايو 2024م كتب وزير الخارجية مقالا بصحيفة يومية قال فيه إن اللقاء مهم",
            "ar",
        ),
        ("أحداث 11 سبتمبر 2001 - ماذا حدث؟", "ar"),
        ("19 May 2023 – The talks began.\n20 May 2023 – They went on.", "en"),
    ] {
        assert_eq!(day(line, language), "", "{line}");
    }
}

#[test]
fn the_order_of_day_and_month_needs_a_language_or_a_script() {
    assert_eq!(day("Publié le 03/04/2024", "fr"), "2024-04-03");
    assert_eq!(day("نشر في 03/04/2024", ""), "2024-04-03");
    assert_eq!(day("Published 03/04/2024", ""), "");
    assert_eq!(day("Published Wednesday 03/04/2024", "en"), "2024-04-03");
}

#[test]
fn calendars_follow_the_language() {
    assert_eq!(day("1403/02/30", "fa"), "2024-05-19");
    assert_eq!(day("1403/02/30", "ar"), "1982-12-16");
}

#[test]
fn only_the_first_lines_count() {
    let text = format!("{}19 May 2024", "A line.\n".repeat(8));
    assert_eq!(day(&text, "en"), "");
}
