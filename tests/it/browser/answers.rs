//! What the page answers: figures, highlights, orders of tables; by mouse and by keyboard alone.

use std::collections::{BTreeMap, BTreeSet};

use std::path::Path;

use serde_json::{Value, json};

use super::chromium::Browser;
use super::{CHARTS, DESK, HAND, PAGES, eastern, noise, sample, strings, thick};

/// What the panel of a chart tells: the key of its column, and of each row the actor, the attributes and the text of the cells.
const TOLD: &str = "(() => {
  const figure = document.querySelector('#chart-NAME figure'), tips = JSON.parse(figure.querySelector('script').textContent);
  const at = figure.querySelector('.cursor').getAttribute('aria-valuenow') - 1;
  return { by: tips.by, key: tips.keys[at], shown: !figure.querySelector('.panel').hidden, rows: [...figure.querySelectorAll('.panel tbody tr')].map(row => ({
    series: row.dataset.series,
    cells: [...row.querySelectorAll('td')].map(cell => ({ as: cell.className, text: cell.textContent,
      of: [...cell.attributes].filter(it => it.name.startsWith('data-')).map(it => [it.name.slice(5), it.value]) })) })) };
})()";

/// The rows of a chart's CSV.
fn csv_of(report: &Path, name: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(report.join(format!("charts/{name}.csv"))).expect("the figures of a chart");
    reader
        .deserialize()
        .map(|row| row.expect("a well-formed row"))
        .collect()
}

/// `text` with the digits and marks of the Arab west.
fn western(text: &str) -> String {
    let sign = |sign: char| match sign {
        '٠'..='٩' => char::from_u32(u32::from(sign) - 0x660 + u32::from('0')).expect("a digit"),
        '٫' => '.',
        '٬' => ',',
        other => other,
    };
    text.chars().map(sign).collect()
}

/// Holds what the panel tells now against the CSV of the thick report; gives how many cells were compared.
fn compare(browser: &mut Browser, name: &str) -> usize {
    compare_with(browser, thick(), name)
}

/// Holds what the panel tells now against the CSV of a report; gives how many cells were compared.
fn compare_with(browser: &mut Browser, report: &Path, name: &str) -> usize {
    let told = browser.value(&TOLD.replace("NAME", name));
    assert_eq!(told["shown"], true, "{name}");
    let (by, key) = (strings(&told["by"]), strings(&told["key"]));
    let decimal_comma = browser.value("document.documentElement.lang") == "fr";
    let rows = csv_of(report, name);
    let mut compared = 0;
    for row in told["rows"].as_array().expect("rows") {
        let series = row["series"].as_str().expect("an actor");
        let own = rows
            .iter()
            .find(|row| {
                by.iter().zip(&key).all(|(by, key)| row[by] == *key) && (series.is_empty() || row["entity"] == series)
            })
            .unwrap_or_else(|| panic!("{name}.csv has no {key:?} {series}"));
        for cell in row["cells"].as_array().expect("cells") {
            let text = western(
                cell["text"]
                    .as_str()
                    .expect("text")
                    .trim_matches(['\u{2067}', '\u{2069}']),
            );
            let first = cell["of"][0][0].as_str().expect("a name");
            for (place, pair) in cell["of"].as_array().expect("columns").iter().enumerate() {
                let (column, value) = (pair[0].as_str().expect("a name"), pair[1].as_str().expect("a value"));
                let (here, there) = (value.parse::<f64>().ok(), own[column].parse::<f64>().ok());
                assert_eq!(here, there, "{name} {key:?} {series} {column}");
                compared += 1;
                // A part that is not known leaves its total untold.
                let Some(value) = there.filter(|_| own[first].parse::<f64>().is_ok()) else {
                    assert_eq!(text, "—", "{name} {key:?} {series} {column}");
                    continue;
                };
                let (value, grain) = match cell["as"].as_str().expect("a way of writing") {
                    "percent" | "range" | "points" => (value * 100.0, 0.0501),
                    "power" => (value.exp2(), grain(value.exp2())),
                    "times" | "between" => (value, grain(value)),
                    "chance" => (value.max(0.001), 0.000_501),
                    "decimal" => (value, 0.0501),
                    _ => (value, 0.0),
                };
                let text = if decimal_comma {
                    text.replace('\u{202f}', "").replace(',', ".")
                } else {
                    text.replace(',', "")
                };
                let numbers: Vec<f64> = text
                    .replace('\u{2212}', "-")
                    .split(|sign: char| !(sign.is_ascii_digit() || matches!(sign, '.' | '-')))
                    .filter_map(|number| number.parse().ok())
                    .collect();
                assert!(
                    (numbers[place] - value).abs() <= grain,
                    "{name} {key:?} {series} {column}: {text}, not {value}"
                );
            }
        }
    }
    compared
}

/// How far a multiple may be from what is written for it.
fn grain(value: f64) -> f64 {
    match value {
        _ if value >= 9.95 => 0.501,
        _ if value >= 0.995 => 0.0501,
        _ => 0.00501,
    }
}

#[test]
fn what_is_told_under_the_arrow_keys_is_what_the_csv_has() {
    let Some(mut browser) = Browser::start() else { return };
    for (page, _) in PAGES {
        told_by_keys(&mut browser, page);
    }
}

/// Goes through every chart of a page by keys and compares all that is told.
fn told_by_keys(browser: &mut Browser, page: &str) {
    browser.open(&thick().join(page), DESK, false);
    let charts = strings(
        &browser.value("[...document.querySelectorAll('.cursor')].map(it => it.closest('section').id.slice(6))"),
    );
    assert_eq!(charts.len(), CHARTS, "{charts:?}");
    let mut compared = 0;
    for name in &charts {
        browser.value(&format!("document.querySelector('#chart-{name} .cursor').focus()"));
        for key in [
            "End",
            "Home",
            "ArrowRight",
            "ArrowRight",
            "ArrowDown",
            "ArrowLeft",
            "End",
            "ArrowLeft",
        ] {
            browser.press(key);
            compared += compare(browser, name);
        }
        browser.press("Escape");
        assert_eq!(browser.value(&TOLD.replace("NAME", name))["shown"], false, "{name}");
    }
    assert!(compared > 800, "{compared}");
    assert_eq!(noise(browser), Vec::<String>::new());
}

/// Walks over a chart of cells by many arrow keys; gives how many cells there are, how many were told, and the worst place of a panel.
const WALK: &str = "(() => {
  const figure = document.querySelector('#chart-NAME figure'), slider = figure.querySelector('.cursor');
  const all = JSON.parse(figure.querySelector('script').textContent).keys.length;
  const ways = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'], told = new Set();
  slider.focus();
  slider.dispatchEvent(new KeyboardEvent('keydown', { key: 'Home' }));
  let dice = 7, worst = 0;
  for (let step = 0; step < 400 * all && told.size < all; step++) {
    dice = (dice * 1103515245 + 12345) % 2147483648;
    slider.dispatchEvent(new KeyboardEvent('keydown', { key: ways[(dice >> 16) % 4] }));
    told.add(slider.getAttribute('aria-valuenow'));
    if (step > 200) continue;
    const [mark, panel, frame] = ['.cell', '.panel', 'svg'].map(css => figure.querySelector(css).getBoundingClientRect());
    const covered = Math.max(0, Math.min(mark.right, panel.right) - Math.max(mark.left, panel.left))
      * Math.max(0, Math.min(mark.bottom, panel.bottom) - Math.max(mark.top, panel.top));
    worst = Math.max(worst, covered, frame.left - panel.left, panel.right - frame.right);
  }
  return [all, told.size, worst];
})()";

#[test]
fn arrow_keys_reach_every_cell_and_the_panel_covers_none_that_is_told() {
    let Some(mut browser) = Browser::start() else { return };
    for (page, _) in PAGES {
        browser.open(&thick().join(page), DESK, false);
        for name in ["co-mentions", "map", "keywords-period", "keywords-actor"] {
            let walk = browser.value(&WALK.replace("NAME", name));
            assert!(walk[0].as_u64() > Some(5), "{page} {name}: {walk}");
            assert_eq!(walk[0], walk[1], "{page} {name}: not all cells are reached");
            assert!(walk[2].as_f64() <= Some(1.0), "{page} {name}: {walk}");
        }
    }
}

#[test]
fn what_is_told_under_the_pointer_is_the_cell_under_it() {
    let Some(mut browser) = Browser::start() else { return };
    for (page, _) in PAGES {
        browser.open(&thick().join(page), DESK, false);
        for name in ["co-mentions", "map", "keywords-period", "keywords-actor"] {
            browser.value(&format!(
                "document.querySelector('#chart-{name} figure').scrollIntoView()"
            ));
            let cells = browser.value(&format!(
                "(() => {{ const figure = document.querySelector('#chart-{name} figure');
                   const svg = figure.querySelector('svg').getBoundingClientRect(), scale = svg.width / 1600;
                   return JSON.parse(figure.querySelector('script').textContent).panels
                     .map(([x, y, wide, high]) => [svg.left + (x + wide / 2) * scale, svg.top + (y + high / 2) * scale]); }})()"
            ));
            let cells = cells.as_array().expect("places");
            for place in (0..cells.len()).step_by(3) {
                browser.press("Escape");
                let (x, y) = (
                    cells[place][0].as_f64().expect("a place"),
                    cells[place][1].as_f64().expect("a place"),
                );
                browser.value(&format!(
                    "document.querySelector('#chart-{name} .cursor').dispatchEvent(new PointerEvent('pointermove', {{ clientX: {x}, clientY: {y} }}))"
                ));
                let now = browser.value(&format!(
                    "document.querySelector('#chart-{name} .cursor').getAttribute('aria-valuenow') - 1"
                ));
                assert_eq!(now.as_u64(), u64::try_from(place).ok(), "{page} {name}");
                assert!(compare(&mut browser, name) > 0, "{page} {name}");
            }
        }
    }
}

#[test]
fn eastern_digits_are_in_every_number_that_is_read_and_the_csv_is_ascii() {
    let Some(mut browser) = Browser::start() else { return };
    let report = eastern();
    browser.open(&report.join("index.html"), DESK, false);
    // Numbers that words of another script are no part of; identifiers, settings and titles of articles stay as they are.
    let left = browser.value(
        "(() => { const left = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
           for (let text; (text = walk.nextNode());) {
             if (text.parentElement.closest('script, style, code, .code, #method details, .reading, .doubts li, footer')) continue;
             for (const word of text.data.replace(/\\u2066[^\\u2069]*[a-z][^\\u2069]*\\u2069/g, '').split(/[\\s():،؛|·]+/)) if (/^[\\u2066-\\u2069+\u{2212}×<]*[0-9][0-9.,–%]*[\\u2069.]*$/.test(word)) left.push(text.data.trim().slice(0, 80));
           }
           return left; })()",
    );
    assert_eq!(strings(&left), Vec::<String>::new());
    let eastern = browser.value("document.querySelectorAll('tbody td').length - [...document.querySelectorAll('tbody td')].filter(it => !/[٠-٩]/.test(it.textContent)).length");
    assert!(eastern.as_u64() > Some(500), "{eastern}");
    let mut compared = 0;
    for name in [
        "coverage",
        "attention-lines",
        "movers",
        "heatmap",
        "co-mentions",
        "map",
        "keywords-period",
        "keywords-actor",
    ] {
        browser.value(&format!("document.querySelector('#chart-{name} .cursor').focus()"));
        for key in ["Home", "ArrowDown", "ArrowLeft", "End"] {
            browser.press(key);
            compared += compare_with(&mut browser, report, name);
            let text = browser.value(&format!(
                "[...document.querySelectorAll('#chart-{name} .panel td')].map(it => it.textContent).join(' ')"
            ));
            let text = text.as_str().expect("text");
            assert!(!text.contains(|sign: char| sign.is_ascii_digit()), "{name}: {text}");
        }
    }
    assert!(compared > 200, "{compared}");
    // Sorting still goes by the numbers.
    let sorted = "(() => { const table = document.querySelector('#leading table');
      table.querySelectorAll('thead th button')[1].click();
      return [...table.tBodies[0].rows].map(row => row.cells[1].dataset.v); })()";
    let numbers: Vec<u64> = strings(&browser.value(sorted))
        .iter()
        .map(|number| number.parse().expect("a bare number"))
        .collect();
    assert!(numbers.len() > 5 && numbers.is_sorted(), "{numbers:?}");
    let summary = std::fs::read_to_string(report.join("SUMMARY.md")).expect("a summary");
    assert!(summary.contains('٪') && summary.contains('٬'), "{summary}");
    let table = std::fs::read_to_string(report.join("charts/coverage.csv")).expect("figures");
    assert!(!table.contains(|sign| matches!(sign, '٠'..='٩')), "{table}");
}

#[test]
fn what_is_told_under_the_pointer_is_the_nearest_column() {
    let Some(mut browser) = Browser::start() else { return };
    browser.open(&thick().join("index.html"), DESK, false);
    for (name, part) in [
        ("coverage", 0.31),
        ("attention-lines", 0.62),
        ("share-of-voice", 0.9),
        ("movers", 0.4),
    ] {
        browser.value(&format!("document.querySelector('#chart-{name}').scrollIntoView()"));
        let place = browser.value(&format!(
            "(() => {{ const box = document.querySelector('#chart-{name} .cursor').getBoundingClientRect();
               return [box.left + box.width * {part}, box.top + box.height * {part}]; }})()"
        ));
        let (x, y) = (place[0].as_f64().expect("a place"), place[1].as_f64().expect("a place"));
        browser.point(x, y, false);
        let away = browser.value(&format!(
            "(() => {{ const figure = document.querySelector('#chart-{name} figure');
               const mark = figure.querySelector('.rule, .band').getBoundingClientRect();
               const {{ at, across }} = JSON.parse(figure.querySelector('script').textContent);
               const scale = figure.querySelector('svg').getBoundingClientRect().width / 1600;
               return [across ? mark.left + mark.width / 2 - {x} : mark.top + mark.height / 2 - {y}, (at[1] - at[0]) * scale]; }})()"
        ));
        let (away, step) = (away[0].as_f64().expect("pixels"), away[1].as_f64().expect("pixels"));
        assert!(away.abs() <= step * 0.55 + 1.0, "{name}: {away} of {step}");
        assert!(compare(&mut browser, name) > 0, "{name}");
    }
}

#[test]
fn a_finger_may_tap_on_a_chart_and_beside_it() {
    let Some(mut browser) = Browser::start() else { return };
    browser.call("Emulation.setTouchEmulationEnabled", &json!({"enabled": true}));
    browser.open(&thick().join("index.html"), HAND, false);
    browser.value("document.querySelector('#chart-attention-lines').scrollIntoView()");
    let place = browser.value(
        "(() => { const box = document.querySelector('#chart-attention-lines .cursor').getBoundingClientRect();
           return [box.left + 120, box.top + 60]; })()",
    );
    let mut tap = |x: &Value, y: &Value| {
        let touch = json!({"type": "touchStart", "touchPoints": [{"x": x, "y": y}]});
        browser.call("Input.dispatchTouchEvent", &touch);
        browser.call(
            "Input.dispatchTouchEvent",
            &json!({"type": "touchEnd", "touchPoints": []}),
        );
        browser.value("new Promise(done => setTimeout(done, 500))");
        browser.value("document.querySelector('#chart-attention-lines .panel').hidden")
    };
    assert_eq!(tap(&place[0], &place[1]), false);
    assert_eq!(tap(&json!(20), &json!(4)), true);
    tap(&place[0], &place[1]);
    assert!(compare(&mut browser, "attention-lines") > 0);
}

#[test]
fn the_keyboard_alone_reaches_every_chart_label_and_sort_button() {
    let Some(mut browser) = Browser::start() else { return };
    browser.open(&thick().join("index.html"), DESK, false);
    let name = "window.told = it => [it.closest('section')?.id, it.className, it.getAttribute('aria-label') ?? it.textContent].join(' | ')";
    let wanted = browser.value(&format!(
        "{name}; for (const it of document.querySelectorAll('details')) it.open = true;
         [...document.querySelectorAll('.cursor, .label, th button, summary, .dark')].map(told)"
    ));
    let mut missing: BTreeSet<String> = strings(&wanted).into_iter().collect();
    assert!(missing.len() > 60, "{missing:?}");
    for _ in 0..900 {
        browser.press("Tab");
        let here = browser.value("told(document.activeElement)");
        missing.remove(here.as_str().unwrap_or_default());
        let seen = browser.value("document.activeElement === document.body || getComputedStyle(document.activeElement).outlineStyle !== 'none'");
        assert_eq!(seen, true, "the focus cannot be seen: {here}");
        if missing.is_empty() {
            break;
        }
    }
    assert!(missing.is_empty(), "not reached: {missing:#?}");
}

#[test]
fn a_label_dims_the_other_lines_and_can_be_held() {
    let Some(mut browser) = Browser::start() else { return };
    browser.open(&thick().join("index.html"), DESK, false);
    let state = "(() => { const chart = document.querySelector('#chart-attention-lines');
      const opacity = id => getComputedStyle(chart.querySelector(`svg [data-series=${id}]`)).opacity;
      return [opacity('russia'), opacity('france'), chart.querySelector('.label[data-series=france]').getAttribute('aria-pressed')]; })()";
    assert_eq!(strings(&browser.value(state)), ["1", "1", "false"]);
    browser.value("document.querySelector('#chart-attention-lines .label[data-series=france]').focus()");
    assert_eq!(strings(&browser.value(state)), ["0.25", "1", "false"]);
    browser.press("Enter");
    browser.value("document.activeElement.blur()");
    assert_eq!(strings(&browser.value(state)), ["0.25", "1", "true"]);
    browser.value("document.querySelector('#chart-attention-lines .label[data-series=france]').focus()");
    browser.press("Enter");
    browser.value("document.activeElement.blur()");
    assert_eq!(strings(&browser.value(state)), ["1", "1", "false"]);
    let covers = browser.value(
        "[...document.querySelectorAll('.label')].every(it => { const [button, text] = [it, it.closest('.sheet')
           .querySelector(`svg g[data-label][data-series='${it.dataset.series}'] text`)].map(one => one.getBoundingClientRect());
           return button.left <= text.left + 1 && button.right >= text.right - 1 && button.top <= text.top + 8 && button.bottom >= text.bottom - 8; })",
    );
    assert_eq!(covers, true, "a button does not lie over its label");
}

#[test]
fn tables_are_sorted_up_then_down_then_as_they_were() {
    let Some(mut browser) = Browser::start() else { return };
    for (report, language) in [
        (thick(), "index.html"),
        (thick(), "index.fr.html"),
        (sample(), "index.ar.html"),
    ] {
        browser.open(&report.join(language), DESK, false);
        let keys = |column: usize| {
            format!(
                "[...document.querySelectorAll('#leading tbody tr')].map(row => row.cells[{column}].dataset.v ?? row.cells[{column}].textContent)"
            )
        };
        let sort = |column: usize| format!("document.querySelectorAll('#leading thead > tr > *')[{column}]");
        for column in [0, 1, 4] {
            let before = strings(&browser.value(&keys(column)));
            let mut seen = Vec::new();
            for _ in 0..3 {
                browser.value(&format!("{}.querySelector('button').focus()", sort(column)));
                browser.press("Enter");
                seen.push((
                    browser.value(&format!("{}.getAttribute('aria-sort')", sort(column))),
                    strings(&browser.value(&keys(column))),
                ));
            }
            assert_eq!(seen[0].0, "ascending");
            assert_eq!(seen[1].0, "descending");
            assert_eq!(seen[2].0, Value::Null);
            assert_eq!(seen[2].1, before, "{language} {column}");
            if column > 0 {
                let numbers: Vec<f64> = seen[0]
                    .1
                    .iter()
                    .map(|key| key.parse().expect("a bare number"))
                    .collect();
                assert!(numbers.is_sorted(), "{language}: {numbers:?}");
                let numbers: Vec<f64> = seen[1]
                    .1
                    .iter()
                    .map(|key| key.parse().expect("a bare number"))
                    .collect();
                assert!(numbers.is_sorted_by(|one, two| one >= two), "{language}: {numbers:?}");
            } else {
                assert!(seen[0].1 != before && seen[0].1 != seen[1].1, "{language}");
            }
        }
    }
}
