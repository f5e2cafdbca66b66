//! Tests of [`super`](super): dates as exports, pages and newspapers write them.

use proptest::prelude::*;

use super::*;

/// The day of a value, day first, in UTC.
fn read(value: &str) -> String {
    read_date(value, DayOrder::DayFirst, chrono_tz::UTC)
        .map(|day| day.to_string())
        .unwrap_or_default()
}

#[test]
fn one_day_in_many_hands() {
    let mut misread = Vec::new();
    for value in [
        // ISO 8601
        "2024-05-19",
        "2024-05-19T10:22",
        "2024-05-19T10:22:00Z",
        "2024-05-19t10:22:00z",
        "2024-05-19T10:22:00.123456Z",
        "2024-05-19 10:22:00",
        "2024-05-19T10:22:00+03:00",
        "2024-05-19T10:22:00+0300",
        "2024-05-19T10:22:00-05",
        "2024-05-19 10:22:00 UTC",
        "2024-05-19 10:22:00 +0000 UTC",
        "2024-05-19+03:00",
        "20240519",
        "20240519T102200Z",
        "202405191022",
        "20240519102200",
        "2024-W20-7",
        "2024W207x 2024-05-19",
        "2024-140",
        // RFC 2822 and what programs print
        "Sun, 19 May 2024 10:22:00 +0000",
        "Sun, 19 May 2024 10:22:00 GMT",
        "19 May 2024 10:22 GMT",
        "Sun May 19 10:22:00 2024",
        "Sun May 19 10:22:00 UTC 2024",
        "Sun May 19 10:22:00 +0000 2024",
        "Sun May 19 2024 10:22:00 GMT+0300 (Arabian Standard Time)",
        "19-MAY-2024 15:01:01.79",
        "19-May-24",
        // English
        "May 19, 2024",
        "may 19 2024",
        "May 19th, 2024",
        "19th of May, 2024",
        "Sunday, May 19, 2024 at 10:22 AM",
        "May 19, 2024 Sunday",
        "10:22 GMT, 19 May 2024",
        "Published 19 May 2024, updated 20 May 2024",
        "Updated 20 May 2024; published 19 May 2024",
        "2024 May 19",
        "2024-May-19",
        // numbers
        "19/05/2024",
        "19/5/2024",
        "05/19/2024",
        "19.05.2024 14:05",
        "19-05-2024",
        "19 / 05 / 2024",
        "19\\05\\2024",
        "19/05/24",
        "19.5.24",
        "2024/5/19",
        "2024.05.19",
        "10:22 19/05/2024",
        "\"19/05/2024\"",
        // French
        "19 mai 2024",
        "le dimanche 19 mai 2024 à 10h22",
        "Publié le 19/05/2024 à 10:22",
        "Paris, le 19 mai 2024",
        // Arabic
        "٢٠٢٤/٠٥/١٩",
        "١٩/٥/٢٠٢٤",
        "١٩-٠٥-٢٠٢٤",
        "19 مايو 2024",
        "الأحد 19 أيّار 2024",
        "19 أيار/مايو 2024",
        "19 أيار (مايو) 2024",
        "19 ماي 2024",
        "19 من مايو عام 2024",
        "19 مايو، 2024 م",
        "الأحد ١٩ مايو ٢٠٢٤ - ١٠:٢٢ م",
        "\u{200f}19\u{200f}/05\u{200f}/2024",
        // Hijri
        "11 ذو القعدة 1445 هـ",
        "١١ ذي القعدة ١٤٤٥ هـ",
        "11 ذو القعدة 1445",
        "1445/11/11 هـ",
        "11/11/1445هـ",
        "1445-11-11",
        "11 Dhu al-Qa'dah 1445 AH",
        "الأحد 10 ذو القعدة 1445 هـ الموافق 19 مايو 2024 م",
        "19 مايو 2024 الموافق 11 ذو القعدة 1445 هـ",
        "11/11/1445 هـ - 19/05/2024 م",
        // Persian
        "۳۰ اردیبهشت ۱۴۰۳",
        "۱۴۰۳/۰۲/۳۰",
        "1403-02-30",
        // others
        "2024年5月19日",
        "2024年5月19日 星期日 10:22",
        "2024년 5월 19일",
        "ngày 19 tháng 5 năm 2024",
        "19 de mayo de 2024",
        "19 Mayıs 2024",
        "19. Mai 2024",
        "19 мая 2024 г.",
        "19 Mei 2024",
    ] {
        misread.extend((read(value) != "2024-05-19").then(|| (value, read(value))));
    }
    assert_eq!(misread, []);
}

#[test]
fn months_of_the_levant_and_the_maghreb() {
    for (value, day) in [
        ("1 كانون الثاني 2024", "2024-01-01"),
        ("15 شباط 2024", "2024-02-15"),
        ("2 تشرين الأول 2023", "2023-10-02"),
        ("31 كانون الأول/ديسمبر 2023", "2023-12-31"),
        ("14 جانفي 2011", "2011-01-14"),
        ("25 جويلية 2021", "2021-07-25"),
        ("20 غشت 2022", "2022-08-20"),
        ("1er août 2023", "2023-08-01"),
        ("29 févr. 2024", "2024-02-29"),
    ] {
        assert_eq!(read(value), day, "{value}");
    }
}

#[test]
fn what_is_no_day() {
    let mut misread = Vec::new();
    for value in [
        "",
        "soon",
        "2024",
        "2024-05",
        "May 2024",
        "mai",
        "19 May",
        "May 19, 10:22",
        "19/05",
        "10:22",
        "2024-13-01",
        "2024-02-30",
        "31/04/2024",
        "00/00/0000",
        "0000-00-00",
        "9999-12-31",
        "0001-01-01T00:00:00Z",
        "1.2.3.4",
        "12/19/05/2024/3",
        "99999999",
        "32 May 2024",
        "2024-W54",
        "2024-W20-8",
        "2024-366x",
        "2023-366",
        "19 ذو القعدة 2024",
        "31 رجب 1445",
        "null",
        "N/A",
        "-",
        "--/--/----",
    ] {
        misread.extend((!read(value).is_empty()).then(|| (value, read(value))));
    }
    assert_eq!(misread, []);
}

#[test]
fn an_offset_moves_the_day_into_the_zone() {
    let read = |value: &str, zone: Tz| read_date(value, DayOrder::Undecided, zone).unwrap().to_string();
    for late in [
        "2024-05-19T23:30:00Z",
        "2024-05-19T23:30Z",
        "2024-05-19 23:30:00 UTC",
        "Sun, 19 May 2024 23:30:00 +0000",
        "19 May 2024 11:30 PM GMT",
        "19 May 2024, 11:30 p.m. GMT",
        "Sun May 19 23:30:00 UTC 2024",
        "20240519T233000Z",
        "23:30 GMT 19 May 2024",
        "Mon May 20 2024 02:30:00 GMT+0300",
        "2024-05-19T18:30:00-05:00",
        "19 May 2024 18:30 -0500",
        "19 May 2024 6:30 pm (EST)",
        "19/05/2024 23:30 بتوقيت غرينتش",
        "19 مايو 2024 11:30 م غرينتش",
    ] {
        assert_eq!(read(late, chrono_tz::UTC), "2024-05-19", "{late}");
        assert_eq!(read(late, chrono_tz::Asia::Riyadh), "2024-05-20", "{late}");
        assert_eq!(read(late, chrono_tz::America::New_York), "2024-05-19", "{late}");
    }
    assert_eq!(read("2024-05-20T01:00:00+03:00", chrono_tz::UTC), "2024-05-19");
    assert_eq!(read("2024-05-20T12:15:00 AM +03:00", chrono_tz::UTC), "2024-05-19");
    // Without a zone the day is that which is written.
    assert_eq!(read("2024-05-19T23:30:00", chrono_tz::Asia::Riyadh), "2024-05-19");
    assert_eq!(read("2024-05-19Z", chrono_tz::America::New_York), "2024-05-19");
    assert_eq!(read("19 May 2024 23:30", chrono_tz::Asia::Riyadh), "2024-05-19");
}

#[test]
fn the_order_decides_only_what_is_open() {
    let read = |value: &str, order| read_date(value, order, chrono_tz::UTC).unwrap().to_string();
    assert_eq!(read("03/04/2024", DayOrder::DayFirst), "2024-04-03");
    assert_eq!(read("03/04/2024", DayOrder::Undecided), "2024-04-03");
    assert_eq!(read("03/04/2024", DayOrder::MonthFirst), "2024-03-04");
    assert_eq!(read("19/04/2024", DayOrder::MonthFirst), "2024-04-19");
    assert_eq!(read("04/19/2024", DayOrder::DayFirst), "2024-04-19");
    // 4 March 2024 was a Monday.
    assert_eq!(read("Mon 03/04/2024", DayOrder::DayFirst), "2024-03-04");
}

#[test]
fn years_of_two_digits() {
    assert_eq!(read("26-FEB-87"), "1987-02-26");
    assert_eq!(read("87-02-26"), "1987-02-26");
    assert_eq!(read("26/02/69"), "1969-02-26");
    assert_eq!(read("26/02/68"), "2068-02-26");
}

proptest! {
    #[test]
    fn nothing_panics(text in any::<String>(), language in "[a-z]{2}") {
        let _ = read_date(&text, DayOrder::Undecided, chrono_tz::Asia::Riyadh);
        let _ = is_order_dependent(&text);
        let _ = day_order([text.as_str()].into_iter());
        let _ = date_in_url(&text);
        let _ = date_in_path(&text);
        let _ = date_in_text(&text, crate::model::language::Language::new(&language));
    }

    #[test]
    fn nothing_panics_on_what_looks_like_dates(text in "([0-9٠-٩年月日]{1,9}|[-/:. ,()+|W\n]|May|mai|مايو|ذو|القعدة|هـ|GMT|pm|T|Z|by|Published|نشر|://){0,24}") {
        let _ = read_date(&text, DayOrder::MonthFirst, chrono_tz::America::New_York);
        let _ = is_order_dependent(&text);
        let _ = day_order([text.as_str()].into_iter());
        let _ = date_in_url(&text);
        let _ = date_in_path(&text);
        let _ = date_in_text(&text, None);
    }

    #[test]
    fn every_day_is_read_back(days in 0_u64..73_000) {
        let day = NaiveDate::from_ymd_opt(1900, 1, 1).unwrap() + chrono::Days::new(days);
        for pattern in ["%Y-%m-%d", "%Y/%m/%d", "%d/%m/%Y", "%d %B %Y", "%B %-d, %Y", "%a, %d %b %Y 10:22:00 +0000", "%Y%m%d", "%G-W%V-%u"] {
            let value = day.format(pattern).to_string();
            prop_assert_eq!(read(&value), day.to_string(), "{}", value);
        }
        prop_assert_eq!(date_in_url(&day.format("https://e.org/%Y/%m/%d/a").to_string()), Some(day));
        prop_assert_eq!(date_in_path(&day.format("a/%Y-%m-%d/b.txt").to_string()), Some(day));
    }
}
