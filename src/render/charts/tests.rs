//! The charts as a whole: what is drawn from every corpus of the fixtures and from random ones, in every language.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::fixtures::{Plan, day, settings};
use super::*;
use crate::model::findings::Claim;
use crate::model::period::Granularity;
use crate::settings::Digits;

/// The languages of the charts.
const LANGUAGES: [Language; 3] = [Language::EN, Language::FR, Language::AR];

/// What they are drawn for.
const SURFACES: [Surface; 3] = [Surface::Slide, Surface::Square, Surface::Print];

/// Everything that is drawn from `findings` in `language` for slides.
fn drawn(findings: &Findings, language: Language) -> Vec<Drawing> {
    drawings(&Brief::new(findings, &settings(), language, Surface::Slide))
}

/// The columns of the figures of every chart, each with the name of its chart.
pub(in crate::render) fn columns_of_every_chart() -> BTreeSet<(String, String)> {
    let mut all = drawn(&fixtures::five_years(), Language::EN);
    all.extend(drawn(&fixtures::countries(tiles::Region::Sahel), Language::EN));
    let columns = all.iter().flat_map(|drawing| {
        let named = drawing.data.columns.iter();
        named.map(|column| (drawing.canvas.name.to_owned(), column.clone()))
    });
    columns.collect()
}

/// Every fault of every chart, a sentence each; and every label that stands away from its line without being led to it.
fn audit(
    corpus: &str,
    findings: &Findings,
    settings: &RenderSettings,
    language: Language,
    surface: Surface,
) -> Vec<String> {
    let mut all = Vec::new();
    for drawing in drawings(&Brief::new(findings, settings, language, surface)) {
        let what = format!("{corpus} {} {language} {surface:?}", drawing.canvas.name);
        let faults = audit::faults(&drawing.canvas);
        all.extend(faults.into_iter().map(|fault| format!("{what}: {fault}")));
        let astray = drawing.labels.iter().filter(|label| {
            let near = (label.y - label.wanted).abs() <= style::LED;
            !near && !label.led && label.leads
        });
        all.extend(astray.map(|label| format!("{what}: {label:?}")));
    }
    all
}

/// Settings that charts are drawn with otherwise than by default.
fn other_settings() -> RenderSettings {
    RenderSettings {
        print: true,
        rtl_time: true,
        digits: Digits::Arab,
        ..settings()
    }
}

#[test]
fn no_text_meets_another_and_every_label_stands_by_its_line() {
    let mut faults = Vec::new();
    for (corpus, findings) in fixtures::all() {
        for language in LANGUAGES {
            for surface in SURFACES {
                faults.extend(audit(corpus, &findings, &settings(), language, surface));
            }
        }
        for surface in SURFACES {
            faults.extend(audit(corpus, &findings, &other_settings(), Language::AR, surface));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_chart_is_drawn_where_there_are_figures_for_it() {
    let names = |findings: &Findings| -> Vec<&str> {
        drawn(findings, Language::EN)
            .iter()
            .map(|drawing| drawing.canvas.name)
            .collect()
    };
    let all = ["attention-lines", "share-of-voice", "movers", "coverage"];
    let (findings, settings) = (fixtures::five_years(), settings());
    let five_years = names(&findings);
    assert_eq!(five_years[..4], all);
    assert_eq!(five_years[4..], ["small-multiples", "heatmap", "calendar", "bump"]);
    for surface in SURFACES {
        let brief = Brief::new(&findings, &settings, Language::AR, surface);
        let names: Vec<&str> = drawings(&brief).iter().map(|drawing| drawing.canvas.name).collect();
        assert_eq!(names, five_years, "{surface:?}");
    }
    let mut whole = fixtures::countries(tiles::Region::Sahel);
    assert_eq!(
        names(&whole)[4..],
        [
            "small-multiples",
            "calendar",
            "bump",
            "co-mentions",
            "map",
            "keywords-period",
            "keywords-actor"
        ]
    );
    whole.corpus.articles = 29;
    assert!(!names(&whole).contains(&"map"), "too few articles for shares");
    assert_eq!(names(&fixtures::thin()), all);
    assert_eq!(names(&fixtures::nobody()), ["coverage"]);
    assert!(names(&Findings::default()).is_empty());
}

#[test]
fn a_drawing_is_well_formed_light_and_the_same_again() {
    for (corpus, findings) in fixtures::all() {
        for language in LANGUAGES {
            let again = drawn(&findings, language);
            for (drawing, again) in drawn(&findings, language).into_iter().zip(again) {
                let name = drawing.canvas.name;
                let [svg, other] = [drawing, again].map(|it| it.canvas.clone().finish(&it.frame.title, &it.alt));
                assert!(svg == other, "{corpus} {name} {language} differs");
                assert!(
                    svg.len() <= 40_000,
                    "{corpus} {name} {language} has {} bytes",
                    svg.len()
                );
                let mut reader = quick_xml::Reader::from_str(&svg);
                while !matches!(reader.read_event().unwrap(), quick_xml::events::Event::Eof) {}
                check_svg(&svg, name);
            }
        }
    }
}

/// Ids begin with the chart's name and are there once; what is used is defined; numbers have at most one decimal.
fn check_svg(svg: &str, name: &str) {
    let ids: Vec<&str> = svg
        .split(" id=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    assert!(ids.iter().all(|id| id.starts_with(&format!("{name}-"))), "{ids:?}");
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{ids:?}");
    for used in svg.split('#').skip(1).filter_map(|rest| rest.split(['"', ')']).next()) {
        assert!(used.len() == 6 || ids.contains(&used), "{used} is not defined");
    }
    let coordinates = svg.split(" d=\"").skip(1).filter_map(|rest| rest.split('"').next());
    for path in coordinates {
        let decimals = path
            .split('.')
            .skip(1)
            .map(|rest| rest.chars().take_while(char::is_ascii_digit).count());
        assert!(decimals.max().unwrap_or(0) <= 1, "{path}");
    }
    assert!(svg.contains(" direction=\"ltr\"") && svg.contains(" role=\"img\""));
    assert!(!svg.contains("NaN") && !svg.contains("inf\""));
}

#[test]
fn pictures_decode_have_their_size_and_are_light() {
    let findings = fixtures::five_years();
    let settings = settings();
    for language in [Language::EN, Language::AR] {
        let charts = draw_charts(&findings, &settings, language, Surface::Slide).unwrap();
        let again = draw_charts(&findings, &settings, language, Surface::Slide).unwrap();
        for (chart, again) in charts.iter().zip(&again) {
            assert!(chart.png == again.png, "{} differs", chart.name);
            assert!(
                chart.png.len() < 200_000,
                "{} has {} bytes",
                chart.name,
                chart.png.len()
            );
            let mut reader = ::png::Decoder::new(std::io::Cursor::new(&chart.png))
                .read_info()
                .unwrap();
            let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
            let info = reader.next_frame(&mut pixels).unwrap();
            assert_eq!((info.width, info.height), (3200, 1800));
        }
    }
}

#[test]
fn arabic_is_mirrored_and_isolated() {
    let drawing = lines::draw(&Brief::new(
        &fixtures::five_years(),
        &settings(),
        Language::AR,
        Surface::Slide,
    ))
    .unwrap();
    let title = &drawing.canvas.boxes[1];
    assert!(
        (title.area.right - sheet::Sheet::of(Surface::Slide).right()).abs() < 0.01,
        "{title:?}"
    );
    let svg = drawing.canvas.finish("", "");
    for text in svg
        .split("<text ")
        .skip(1)
        .filter_map(|rest| rest.split("</text>").next())
    {
        if text.chars().any(crate::render::format::is_arabic) {
            assert!(
                text.contains("IBM Plex Sans Arabic") && text.contains('\u{2067}'),
                "{text}"
            );
        }
    }
}

#[test]
fn only_a_claim_makes_a_finding_of_a_title() {
    let mut findings = fixtures::five_years();
    let titles = |findings: &Findings| -> Vec<String> {
        drawn(findings, Language::EN)
            .into_iter()
            .map(|drawing| drawing.frame.title)
            .collect()
    };
    let told = titles(&findings);
    assert!(
        told[0].starts_with("Russia’s share of articles rose from 13%"),
        "{}",
        told[0]
    );
    assert!(
        told[2].starts_with("The share of articles mentioning ECOWAS fell"),
        "{}",
        told[2]
    );
    findings.claims = vec![Claim::Leads {
        entity: 2,
        led: 140,
        of: 265,
    }];
    assert_eq!(
        titles(&findings)[0],
        "Of those shown, the United States had the most articles in 140 of 265 complete weeks"
    );
    findings.claims.clear();
    let neutral = titles(&findings);
    assert_eq!(
        neutral[0].replace('\u{a0}', " "),
        "Articles mentioning each country, Jan 2020 – Mar 2025"
    );
    assert_eq!(
        neutral[2].replace('\u{a0}', " "),
        "Week of 10 March 2025 against 8 complete weeks before"
    );
}

#[test]
fn the_incomplete_last_week_is_in_no_number() {
    let findings = fixtures::one_year();
    let whole: u64 = findings
        .periods
        .iter()
        .filter(|period| period.complete)
        .map(|period| period.articles)
        .sum();
    for drawing in drawn(&findings, Language::EN) {
        if drawing.canvas.name != "movers" {
            let count = crate::render::format::count(Language::EN, whole);
            assert!(drawing.frame.source.contains(&count), "{}", drawing.frame.source);
            assert!(
                drawing.frame.source.contains("16\u{a0}Mar\u{a0}2025"),
                "{}",
                drawing.frame.source
            );
        }
    }
    let lines = lines::draw(&Brief::new(&findings, &settings(), Language::EN, Surface::Slide)).unwrap();
    let last = findings.last_complete.unwrap();
    let share = findings.smoothing.series[0][last].unwrap().value;
    let shown = crate::render::format::percent(Language::EN, share, 0);
    assert!(
        lines.canvas.boxes.iter().any(|one| one.text == shown),
        "{shown} is not the label of the first line"
    );
}

#[test]
fn labels_stand_in_the_order_of_their_figures() {
    for (corpus, findings) in fixtures::all() {
        let brief = Brief::new(&findings, &settings(), Language::EN, Surface::Slide);
        let mut labels = lines::draw(&brief).map_or_else(Vec::new, |drawing| drawing.labels);
        labels.sort_by(|one, two| one.y.total_cmp(&two.y));
        let figures = labels
            .iter()
            .filter_map(|label| label.text.rsplit(' ').next()?.replace('%', "").parse::<f64>().ok());
        let figures: Vec<f64> = figures.collect();
        assert!(figures.is_sorted_by(|one, two| one >= two), "{corpus}: {figures:?}");
    }
}

#[test]
fn segments_of_a_column_fill_it() {
    let drawing = voice::draw(&Brief::new(
        &fixtures::five_years(),
        &settings(),
        Language::EN,
        Surface::Slide,
    ))
    .unwrap();
    let svg = drawing.canvas.finish("", "");
    let attribute = |rest: &str, name: &str| -> f64 {
        rest.split(&format!("{name}=\""))
            .nth(1)
            .and_then(|rest| rest.split('"').next())
            .unwrap()
            .parse()
            .unwrap()
    };
    let mut heights: std::collections::BTreeMap<String, f64> = std::collections::BTreeMap::new();
    let layers = svg
        .split("data-series=")
        .skip(1)
        .filter_map(|rest| rest.split("</g>").next());
    for bar in layers.flat_map(|layer| layer.split("<rect ").skip(1)) {
        *heights.entry(attribute(bar, "x").to_string()).or_default() += attribute(bar, " height");
    }
    let tallest = heights.values().copied().fold(0.0, f64::max);
    assert!(
        heights.len() > 15 && heights.values().all(|height| (height - tallest).abs() <= 0.5),
        "{heights:?}"
    );
}

#[test]
fn alternative_texts_and_figures_say_what_is_drawn() {
    for (corpus, findings) in fixtures::all() {
        for language in LANGUAGES {
            for drawing in drawn(&findings, language) {
                assert!(
                    drawing.alt.chars().count() > 20 && !drawing.alt.contains("{}"),
                    "{corpus}: {}",
                    drawing.alt
                );
                let columns = drawing.data.columns.len();
                assert!(!drawing.data.rows.is_empty() && drawing.data.rows.iter().all(|row| row.len() == columns));
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_corpora_pass_the_audit(
        (seed, unit, length) in (0_u64..10_000, 0_usize..5, 1_i64..2_200),
        (magnitude, gap, window) in (-1.0_f64..4.6, 0_i64..400, 1_usize..5),
        (actors, featured, hard) in (0_usize..13, 1_usize..7, 0_usize..5),
        (events, crowd) in (0_usize..13, 1_u64..400),
        outlets in 0_usize..9,
        (language, surface, other) in (0_usize..3, 0_usize..3, any::<bool>()),
    ) {
        let units = [Granularity::Day, Granularity::Week, Granularity::Month, Granularity::Quarter, Granularity::Year];
        let first = day("2018-11-20");
        let last = first + chrono::Days::new(length.unsigned_abs());
        let mut plan = Plan::weeks("2018-11-20", "2018-11-20", 0.0);
        plan.last = last;
        plan.granularity = units[unit];
        let silent = first + chrono::Days::new(length.unsigned_abs() / 3);
        plan.articles = Box::new(move |_, start| {
            let since = (start - silent).num_days();
            if (0..gap).contains(&since) { 0.0 } else { 10_f64.powf(magnitude) }
        });
        plan.actors.truncate(actors);
        for (place, actor) in plan.actors.iter_mut().enumerate().take(hard) {
            actor.names = fixtures::hard_names(place + actors);
        }
        plan.featured = featured;
        plan.window = window;
        plan.seed = seed;
        plan.events = (0..events as u64)
            .map(|number| {
                let date = first + chrono::Days::new(length.unsigned_abs() / 2 + number * crowd / 12);
                (date, ["An event with a name", "Un événement qui a un nom", "حدث له اسم"])
            })
            .filter(|(date, _)| *date <= last)
            .collect();
        let mut findings = plan.findings();
        fixtures::enrich(&mut findings, seed);
        let names = ["Wire service", "新华社", "صحيفة يومية عربية", "Правда", "The Bamako Daily Chronicle of Commerce", "RFI", "a", "Le Fleuve"];
        findings.told_by_source = fixtures::sources(&findings, &names[..outlets]);
        findings.claims = vec![Claim::Leads { entity: 0, led: 3, of: 4 }];
        findings.claims.extend(fixtures::together(&findings));
        if findings.entities.is_empty() {
            findings.claims.clear();
        }
        let settings = if other { other_settings() } else { settings() };
        let faults = audit("random", &findings, &settings, LANGUAGES[language], SURFACES[surface]);
        prop_assert!(faults.is_empty(), "{}", faults.join("\n"));
    }

    #[test]
    fn the_incomplete_last_period_is_in_no_title_label_or_total(
        seed in 0_u64..10_000,
        unit in 0_usize..4,
        length in 300_u64..1_500,
        articles in 40.0_f64..300.0,
        (language, surface) in (0_usize..3, 0_usize..3),
    ) {
        let units = [Granularity::Day, Granularity::Week, Granularity::Month, Granularity::Quarter];
        let mut plan = Plan::weeks("2021-01-01", "2021-01-01", articles);
        plan.last = plan.first + chrono::Days::new(length);
        plan.granularity = units[unit];
        plan.seed = seed;
        let findings = plan.findings();
        let mut other = findings.clone();
        let place = other.periods.len() - 1;
        prop_assume!(!other.periods[place].complete && other.periods[place].articles > 0);
        fixtures::double(&mut other, place);
        let told = |findings: &Findings| -> Vec<(String, String, String, String, Vec<String>)> {
            let brief = Brief::new(findings, &settings(), LANGUAGES[language], SURFACES[surface]);
            drawings(&brief)
                .into_iter()
                .map(|drawing| {
                    let labels = drawing.labels.iter().map(|label| label.text.clone()).collect();
                    (drawing.frame.title, drawing.frame.subtitle, drawing.frame.source, drawing.alt, labels)
                })
                .collect()
        };
        prop_assert_eq!(told(&findings), told(&other));
    }
}

/// Writes every picture of the corpora named in `CHARTS` (all where it is empty) to `target/charts`, to be looked at; drawn otherwise than by
/// default where `OTHERWISE` is set.
#[test]
#[ignore = "writes pictures for the eye"]
fn pictures_to_look_at() {
    let wanted = std::env::var("CHARTS").unwrap_or_default();
    let settings = if std::env::var("OTHERWISE").is_ok() {
        other_settings()
    } else {
        settings()
    };
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("target/charts");
    std::fs::create_dir_all(&folder).unwrap();
    for (corpus, findings) in fixtures::all() {
        if !wanted.is_empty() && !wanted.split(',').any(|name| name == corpus) {
            continue;
        }
        for (language, surface) in LANGUAGES
            .iter()
            .flat_map(|language| SURFACES.map(|surface| (*language, surface)))
        {
            for chart in draw_charts(&findings, &settings, language, surface).unwrap() {
                let stem = folder.join(format!("{corpus}.{}.{surface:?}.{language}", chart.name));
                let file = |ending: &str| stem.with_extension(format!("{language}.{ending}"));
                std::fs::write(file("svg"), &chart.svg).unwrap();
                std::fs::write(file("png"), &chart.png).unwrap();
                println!("{}: svg {} png {}", stem.display(), chart.svg.len(), chart.png.len());
            }
        }
    }
}
