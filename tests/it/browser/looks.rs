//! How the page looks: quiet, light enough, whole without scripts, in the dark, on paper, from the right, in a hand; and text that stays text.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::chromium::{Browser, left_out};
use super::{CHARTS, DESK, HAND, HOSTILE, PAGES, noise, sample, strings, thick};

#[test]
fn pages_open_without_a_message_or_a_request_and_are_light() {
    let Some(mut browser) = Browser::start() else { return };
    for report in [thick(), sample()] {
        for (page, language) in PAGES {
            let bytes = std::fs::metadata(report.join(page)).expect("a page").len();
            assert!(bytes < 1_500_000, "{page} has {bytes} bytes");
            let workbook = std::fs::read_to_string(report.join(page))
                .expect("a page")
                .contains("href=\"report.xlsx\"");
            assert_eq!(workbook, report.join("report.xlsx").exists(), "{page}");
            browser.open(&report.join(page), DESK, false);
            browser.value(
                "document.fonts.ready.then(() => document.querySelectorAll('details').forEach(it => it.open = true))",
            );
            browser.point(640.0, 700.0, true);
            assert_eq!(browser.value("document.documentElement.lang"), language);
            assert_eq!(
                browser.value("[...document.fonts].every(face => face.status !== 'error')"),
                true
            );
            assert_eq!(noise(&browser), Vec::<String>::new(), "{page}");
        }
    }
}

#[test]
fn nothing_is_wider_than_the_window() {
    let Some(mut browser) = Browser::start() else { return };
    for (page, _) in PAGES {
        for window in [DESK, HAND, (320, 640)] {
            browser.open(&thick().join(page), window, false);
            let wide = browser.value("document.documentElement.scrollWidth").as_u64();
            assert_eq!(wide, Some(u64::from(window.0)), "{page} {window:?}");
        }
    }
}

#[test]
fn without_scripts_every_chart_and_table_is_there() {
    let Some(mut browser) = Browser::start() else { return };
    browser.call("Emulation.setScriptExecutionDisabled", &json!({"value": true}));
    browser.open(&thick().join("index.html"), DESK, false);
    let root = browser.call("DOM.getDocument", &json!({"depth": 0}))["root"]["nodeId"].clone();
    let mut count = |css: &str| {
        let found = browser.call("DOM.querySelectorAll", &json!({"nodeId": root, "selector": css}));
        let nodes = found["nodeIds"].as_array().expect("nodes").clone();
        for node in &nodes {
            if css.ends_with("svg") {
                let model = browser.call("DOM.getBoxModel", &json!({"nodeId": node}));
                assert!(model["model"]["height"].as_u64() > Some(400), "{css}: {model}");
            }
        }
        nodes.len()
    };
    let charts = count("section.chart");
    assert_eq!(charts, CHARTS);
    assert_eq!(count("section.chart figure svg"), charts);
    assert_eq!(count("section.chart details table caption"), charts);
    assert_eq!(count("section.chart .downloads a[href$='.csv']"), charts);
    assert_eq!(count(".cursor, .panel, .label, th button, .dark:not([hidden])"), 0);
}

#[test]
fn the_dark_page_follows_the_system_and_the_switch_and_paper_is_light() {
    let Some(mut browser) = Browser::start() else { return };
    let colours = "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.querySelector('#chart-coverage svg text')).fill]";
    let (light, dark) = (
        ["rgb(255, 255, 255)", "rgb(22, 25, 29)"],
        ["rgb(18, 22, 26)", "rgb(233, 235, 238)"],
    );
    let pressed = "document.querySelector('.dark').getAttribute('aria-pressed')";
    browser.open(&thick().join("index.html"), DESK, true);
    assert_eq!(strings(&browser.value(colours)), dark);
    assert_eq!(browser.value(pressed), "true");
    browser.media("print", true);
    assert_eq!(strings(&browser.value(colours)), light);
    browser.media("screen", true);
    browser.value("document.querySelector('.dark').focus()");
    browser.press("Enter");
    assert_eq!(
        (strings(&browser.value(colours)), browser.value(pressed)),
        (light.map(String::from).to_vec(), json!("false"))
    );
    browser.press("Enter");
    browser.media("screen", false);
    assert_eq!(
        (strings(&browser.value(colours)), browser.value(pressed)),
        (dark.map(String::from).to_vec(), json!("true"))
    );
    browser.media("print", false);
    assert_eq!(strings(&browser.value(colours)), light);
}

#[test]
fn hostile_titles_stay_text() {
    let Some(mut browser) = Browser::start() else { return };
    for (page, _) in PAGES {
        browser.open(&thick().join(page), DESK, false);
        let titles =
            strings(&browser.value("[...document.querySelectorAll('.reading li bdi')].map(it => it.textContent)"));
        for shown in [HOSTILE[0], "Niger turned round", "Niger & 'quoted' \"Mali\""] {
            assert!(
                titles.iter().any(|title| title == shown),
                "{page}: {shown} is not in {titles:#?}"
            );
        }
        assert!(
            titles.iter().any(|title| title.starts_with("Mali long long")),
            "{page}: {titles:#?}"
        );
        assert!(!titles.iter().any(|title| title.contains('\u{202e}')), "{page}");
        let hit = browser.value("window.hit ?? document.querySelectorAll('.reading :is(b, img, script, svg)').length");
        assert_eq!(hit, 0, "{page}");
        assert_eq!(noise(&browser), Vec::<String>::new(), "{page}");
    }
}

/// For each text on the page with Arabic letters: how far its first line begins from the right edge of its block.
const FROM_THE_RIGHT: &str = "(() => {
  const bad = [];
  for (const block of document.querySelectorAll('h1, h2, h3, p, li, caption, dt, summary, tbody th')) {
    const walk = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    let text;
    while ((text = walk.nextNode()) && !text.data.trim());
    if (!text || !/[\\u0600-\\u06ff]/.test(text.data) || text.parentElement.closest('svg, .finding')) continue;
    if (getComputedStyle(block).display === 'none' || block.closest('details:not([open]) :not(summary), .languages, .contents')) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    const lines = [...range.getClientRects()].filter(box => box.width > 1);
    if (!lines.length) continue;
    const box = block.getBoundingClientRect(), style = getComputedStyle(block);
    const first = Math.max(...lines.filter(line => line.top < lines[0].top + 6).map(line => line.right));
    const edge = box.right - parseFloat(style.paddingRight) - parseFloat(style.borderRightWidth);
    if (block.tagName === 'SUMMARY' ? first < edge - 30 : Math.abs(first - edge) > 2) bad.push(text.data.trim().slice(0, 60));
  }
  return bad;
})()";

/// Numbers of the page whose unit or bounds stand on the wrong side: a per cent sign left of its digits, a range that runs from the right.
const TURNED_ROUND: &str = "(() => {
  const bad = [], walk = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  const box = (text, at) => { const range = document.createRange(); range.setStart(text, at); range.setEnd(text, at + 1); return range.getBoundingClientRect(); };
  for (let text; (text = walk.nextNode());) {
    if (text.parentElement.closest('script, style, svg')) continue;
    for (const { index, 0: found } of text.data.matchAll(/\\d[.,]?\\d*%|\\d–\\d|[a-z]\\w*[./]\\w+/g)) {
      const [first, last] = [box(text, index), box(text, index + found.length - 1)];
      if (first.width && first.top === last.top && first.left > last.left) bad.push(text.data.trim().slice(0, 60));
    }
  }
  return bad;
})()";

#[test]
fn the_arabic_page_begins_at_the_right_and_turns_no_number_round() {
    let Some(mut browser) = Browser::start() else { return };
    for report in [sample(), thick()] {
        browser.open(&report.join("index.ar.html"), DESK, false);
        browser.value("document.fonts.ready.then(() => 1)");
        assert_eq!(strings(&browser.value(FROM_THE_RIGHT)), Vec::<String>::new());
        assert_eq!(strings(&browser.value(TURNED_ROUND)), Vec::<String>::new());
        let title = "(() => { const svg = document.querySelector('#chart-coverage svg'), sheet = svg.getBoundingClientRect();
          const text = [...svg.querySelectorAll('text')].find(it => it.getAttribute('font-size') >= 30).getBoundingClientRect();
          return [sheet.right - text.right, text.left - sheet.left]; })()";
        let sides = browser.value(title);
        assert!(
            sides[0].as_f64() < sides[1].as_f64(),
            "the title of a chart begins at the left: {sides}"
        );
        browser.value("document.querySelector('#chart-coverage .cursor').focus()");
        browser.press("Home");
        assert_eq!(
            strings(&browser.value(&TURNED_ROUND.replace("'main'", "'#chart-coverage .panel'"))),
            Vec::<String>::new()
        );
    }
}

/// The page of each link target in a PDF, by target, as Chromium writes PDFs: objects in plain text.
fn pages_of_links(pdf: &[u8]) -> BTreeMap<String, usize> {
    let text: String = pdf.iter().map(|byte| char::from(*byte)).collect();
    let mut objects: BTreeMap<&str, &str> = BTreeMap::new();
    for object in text.split("endobj") {
        let Some((head, body)) = object.split_once(" 0 obj") else {
            continue;
        };
        let number = head
            .rsplit(|sign: char| !sign.is_ascii_digit())
            .next()
            .unwrap_or_default();
        objects.insert(number, body.split("stream").next().unwrap_or_default());
    }
    let mut found = BTreeMap::new();
    let is_page = |body: &&&str| {
        body.contains("/Type /Page\n") || body.contains("/Type /Page\r") || body.contains("/Type /Page ")
    };
    for (page, body) in objects.values().filter(is_page).enumerate() {
        let Some(list) = body.split("/Annots").nth(1).and_then(|rest| rest.split(']').next()) else {
            continue;
        };
        for number in list.trim_start_matches([' ', '[']).split(" 0 R") {
            let link = objects.get(number.trim()).copied().unwrap_or_default();
            if let Some(target) = link.split("/URI (").nth(1).and_then(|rest| rest.split(')').next()) {
                found.insert(target.to_owned(), page);
            }
        }
    }
    found
}

#[test]
fn no_chart_is_cut_in_two_on_paper() {
    use base64::Engine as _;
    let Some(mut browser) = Browser::start() else { return };
    for (page, _) in PAGES {
        browser.open(&thick().join(page), DESK, true);
        // A link at the head and one at the foot of every figure; a PDF says on which page each is.
        let charts = strings(&browser.value(
            "[...document.querySelectorAll('section.chart')].map(chart => {
               for (const side of ['top', 'bottom']) {
                 const link = document.createElement('a');
                 link.href = `https://mark.invalid/${chart.id}/${side}`;
                 link.textContent = '.';
                 Object.assign(link.style, { position: 'absolute', left: '20px', [side]: '0' });
                 chart.querySelector('figure').append(link);
               }
               return chart.id; })",
        ));
        let pdf = browser.call(
            "Page.printToPDF",
            &json!({"printBackground": true, "preferCSSPageSize": true}),
        );
        let pdf = base64::engine::general_purpose::STANDARD
            .decode(pdf["data"].as_str().expect("a PDF"))
            .expect("base64");
        let pages = pages_of_links(&pdf);
        assert_eq!(charts.len(), CHARTS);
        for chart in charts {
            let [top, bottom] =
                ["top", "bottom"].map(|side| pages.get(&format!("https://mark.invalid/{chart}/{side}")));
            assert!(
                top.is_some() && top == bottom,
                "{page}: {chart} is on {top:?} and {bottom:?}"
            );
        }
        assert!(pages.values().max() > Some(&2), "{pages:?}");
        let rows = "dispatchEvent(new Event('beforeprint')); const rows = open => [...document.querySelectorAll(`details${open}`)]
             .map(it => it.dataset.rows ? it.dataset.rows * 1 : 1000); [Math.max(...rows('[open]')), Math.min(...rows(':not([open])'))]";
        let rows = browser.value(&format!("{{{rows}}}"));
        assert!(
            rows[0].as_u64() <= Some(40) && rows[1].as_u64() > Some(40),
            "opened for paper: {rows}"
        );
        browser.value("dispatchEvent(new Event('afterprint'))");
        let opened = browser.value("document.querySelectorAll('details[open]').length");
        assert_eq!(opened, 0, "what was opened for paper is closed again");
    }
}

#[test]
fn axe_finds_no_barrier() {
    let axe = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("axe-core/axe.min.js");
    let Ok(axe) = std::fs::read_to_string(&axe) else {
        left_out("axe-core is not there");
        return;
    };
    let Some(mut browser) = Browser::start() else { return };
    for report in [sample(), thick()] {
        for (page, _) in PAGES {
            for (media, dark) in [("screen", false), ("screen", true), ("print", false)] {
                // The sample has few charts: each of its pages is looked at once.
                if report == sample() && (media == "print" || (page == "index.fr.html") == dark) {
                    continue;
                }
                browser.open(&report.join(page), DESK, dark);
                browser.media(media, dark);
                if report == thick() {
                    let charts = browser.value("document.querySelectorAll('section.chart').length");
                    assert_eq!(charts.as_u64(), u64::try_from(CHARTS).ok(), "{page}");
                }
                browser.value(&axe);
                browser.value(
                    "document.querySelectorAll('details').forEach(it => it.open = it.dataset.rows < 60);
                     document.querySelector('#chart-coverage .cursor').focus()",
                );
                browser.press("Home");
                let found = browser.value(
                    "axe.run(document, { resultTypes: ['violations'] }).then(found => found.violations.map(it =>
                       [it.id, it.help, it.nodes.length, it.nodes[0].html.slice(0, 200), it.nodes[0].failureSummary].join(' | ')))",
                );
                assert_eq!(
                    found,
                    Value::Array(Vec::new()),
                    "{page} {media} {}",
                    if dark { "dark" } else { "light" }
                );
            }
        }
    }
}
