//! The words that mark a period or an entity: how many times as frequent they are in its articles as in all others of the language.
//!
//! One panel a language, at most three, those with most text. The length of a bar is the logarithm of the ratio, so that twice as frequent
//! is one step and four times two. Occurrences stand beside it.

use super::brief::{Brief, Drawing, data, fraction};
use super::canvas::{Anchor, Canvas};
use super::frame;
use super::plane::{Area, Ink, Plane};
use super::stops::Stops;
use super::style::{BAR, Colour, GRID, INK, MUTE, size};
use super::text::{Type, can_write};
use super::{Data, Value};
use crate::model::findings::{KeywordRow, KeywordScope};
use crate::model::language::Language;
use crate::render::format::{self, isolate_ltr};
use crate::render::summary::{language_name, tongue};
use crate::render::text::one_line;

/// So many languages at most.
const PANELS: usize = 3;

/// A panel has room for words, bars and numbers from here on.
const NARROWEST: f64 = 440.0;

/// So many words in a panel at most, and at least.
const WORDS: usize = 14;

/// Fewer words of a language say nothing.
const FEWEST: usize = 3;

/// A word that is shown occurs so often at least.
const FLOOR: u64 = 5;

/// And has a q of at most this.
const SURE: f64 = 0.05;

/// The height of a row, at least and at most.
const ROW: (f64, f64) = (38.0, 76.0);

/// From panel to panel.
const BETWEEN: f64 = 44.0;

/// Room above the rows: the language, the heads of the columns and the scale.
const HEAD: f64 = 76.0;

/// Words are cut off at this width.
const WORD_WIDTH: f64 = 190.0;

/// The words of one language.
struct Panel<'f> {
    /// The language.
    language: Language,
    /// The words, those with the highest log-likelihood, longest bar first.
    rows: Vec<&'f KeywordRow>,
}

/// Draws the words of the last complete period; `None` where too few mark it.
pub(super) fn draw_period(brief: &Brief<'_>) -> Option<Drawing> {
    let place = brief.findings.last_complete?;
    let when = tongue(brief.language).during(brief.findings, &brief.findings.periods[place]);
    let title = brief.words.words_of_period(&when);
    draw(brief, "keywords-period", KeywordScope::Period(place), title, BAR)
}

/// Draws the words of the first featured entity; `None` where too few mark it.
pub(super) fn draw_entity(brief: &Brief<'_>) -> Option<Drawing> {
    let place = *brief.findings.featured.first()?;
    let title = brief.words.words_of_entity(brief.names(place));
    let colour = brief.colours.of(place).line;
    draw(brief, "keywords-actor", KeywordScope::Entity(place), title, colour)
}

/// Draws the words of a scope.
fn draw(brief: &Brief<'_>, name: &'static str, scope: KeywordScope, title: String, colour: Colour) -> Option<Drawing> {
    let own: Vec<&KeywordRow> = brief
        .findings
        .keywords
        .iter()
        .filter(|row| row.scope == scope && row.n_target >= FLOOR && row.q_value <= SURE)
        .collect();
    let writable: Vec<&KeywordRow> = own
        .iter()
        .copied()
        .filter(|row| can_write(&one_line(&row.term)))
        .collect();
    let mut panels = panels(&writable);
    let words = brief.words;
    let mut frame = brief.frame(
        title,
        words.words_measure(),
        words.words_marks(writable.len() < own.len(), own.iter().any(|row| row.n_reference == 0)),
    );
    frame.source = brief.whole_source();
    let mut canvas = brief.canvas(name);
    let free = frame::draw(&mut canvas, &frame);
    let most = fitting(free.width(), BETWEEN, NARROWEST).max(1);
    panels.truncate(most.min(PANELS));
    let rows = fitting(free.height() - HEAD - 14.0, 0.0, ROW.0).clamp(FEWEST, WORDS);
    for panel in &mut panels {
        panel.rows.truncate(rows);
        panel
            .rows
            .sort_by(|one, two| two.log_ratio.total_cmp(&one.log_ratio).then(one.term.cmp(&two.term)));
    }
    if panels.is_empty() {
        return None;
    }
    plot(&mut canvas, brief, &panels, colour, free);
    let told: Vec<String> = panels.iter().map(|panel| told(brief, panel)).collect();
    let alt = words.words_alt(&frame.title, &told);
    Some(Drawing {
        alt,
        frame,
        canvas,
        data: figures(&own),
        labels: Vec::new(),
    })
}

/// How many stretches of at least `least` fit into `room`.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a canvas has room for a few dozen"
)]
fn fitting(room: f64, between: f64, least: f64) -> usize {
    ((room + between) / (least + between)).max(0.0) as usize
}

/// The languages with words enough, most text first.
fn panels<'f>(rows: &[&'f KeywordRow]) -> Vec<Panel<'f>> {
    let mut panels: Vec<Panel<'f>> = Vec::new();
    for &row in rows {
        match panels.iter_mut().find(|panel| panel.language == row.language) {
            Some(panel) => panel.rows.push(row),
            None => panels.push(Panel {
                language: row.language,
                rows: vec![row],
            }),
        }
    }
    panels.retain(|panel| panel.rows.len() >= FEWEST);
    for panel in &mut panels {
        panel
            .rows
            .sort_by(|one, two| two.g2.total_cmp(&one.g2).then(one.term.cmp(&two.term)));
    }
    panels.sort_by_key(|panel| (std::cmp::Reverse(panel.rows[0].words_target), panel.language));
    panels
}

/// The first words of a panel.
fn told(brief: &Brief<'_>, panel: &Panel<'_>) -> String {
    let words: Vec<String> = panel
        .rows
        .iter()
        .take(5)
        .map(|row| apart(brief.language, &row.term))
        .collect();
    let comma = if brief.language == Language::AR { "، " } else { ", " };
    format!(
        "{} – {}",
        language_name(brief.language, panel.language),
        words.join(comma)
    )
}

/// A word of the corpus, kept apart from text that may run the other way.
fn apart(language: Language, word: &str) -> String {
    let word = one_line(word);
    let arabic = word.chars().any(format::is_arabic);
    match (arabic, language == Language::AR) {
        (true, false) => format::isolate_rtl(&word),
        (false, true) => isolate_ltr(&word),
        _ => word,
    }
}

/// What is the same in all panels, so that their bars can be compared.
struct Layout {
    /// Room for the words.
    terms: f64,
    /// Width of the two columns of numbers.
    columns: [f64; 2],
    /// The logarithm that bars reach at most.
    top: f64,
    /// The height of a row.
    high: f64,
    /// The colour of the bars.
    colour: Colour,
}

/// The numbers of a row: here and elsewhere.
fn numbers(row: &KeywordRow) -> [u64; 2] {
    [row.n_target, row.n_reference]
}

/// A small number.
fn count(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(1))
}

/// All panels, on one scale.
fn plot(canvas: &mut Canvas, brief: &Brief<'_>, panels: &[Panel<'_>], colour: Colour, free: Area) {
    let all = count(panels.len());
    let wide = (free.width() - BETWEEN * (all - 1.0)) / all;
    let rows = || panels.iter().flat_map(|panel| &panel.rows);
    let greatest = |width: &dyn Fn(&KeywordRow) -> f64| rows().map(|row| width(row)).fold(0.0, f64::max);
    let kind = Type::regular(size::SCALE, INK);
    let small = Type::regular(size::FOOTER, MUTE);
    let heads = brief.words.words_heads();
    let column = |place: usize| {
        let widest = greatest(&|row| canvas.width(&format::count(brief.language, numbers(row)[place]), kind));
        widest.max(canvas.width(heads[place], small)) + 18.0
    };
    let most = panels.iter().map(|panel| panel.rows.len()).max().unwrap_or(1);
    let layout = Layout {
        terms: greatest(&|row| canvas.width(&one_line(&row.term), kind).min(WORD_WIDTH)) + 14.0,
        columns: [column(0), column(1)],
        top: rows()
            .map(|row| row.log_ratio)
            .filter(|ratio| ratio.is_finite())
            .fold(1.0, f64::max),
        high: ((free.height() - HEAD - 14.0) / count(most)).clamp(ROW.0, ROW.1),
        colour,
    };
    let mut cells = Vec::new();
    for (place, panel) in panels.iter().enumerate() {
        let from = (wide + BETWEEN) * count(place);
        let (left, right) = if canvas.is_rtl() {
            (free.right - from - wide, free.right - from)
        } else {
            (free.left + from, free.left + from + wide)
        };
        let area = Area { left, right, ..free };
        draw_panel(canvas, brief, panel, &layout, area);
        for (place, row) in panel.rows.iter().enumerate() {
            let top = area.top + HEAD + layout.high * count(place);
            cells.push((
                vec![row.language.to_string(), row.term.clone()],
                apart(brief.language, &row.term),
                Area {
                    top,
                    bottom: top + layout.high,
                    ..area
                },
            ));
        }
    }
    canvas.keep(Stops::of_cells(&["language", "term"], cells));
}

/// One panel.
fn draw_panel(canvas: &mut Canvas, brief: &Brief<'_>, panel: &Panel<'_>, layout: &Layout, area: Area) {
    let rtl = canvas.is_rtl();
    let Layout {
        terms, columns, top, ..
    } = *layout;
    let kind = Type::regular(size::SCALE, INK);
    let small = Type::regular(size::FOOTER, MUTE);
    // Distances run from the reading side.
    let at = |from: f64| if rtl { area.right - from } else { area.left + from };
    let end = area.width() - columns.iter().sum::<f64>() - 8.0;
    // Numbers end at one line, whichever way words run.
    let number_at = |column: usize| {
        let before = end + 8.0 + columns[..column].iter().sum::<f64>();
        at(before + if rtl { 18.0 } else { columns[column] })
    };
    let rows = Area {
        left: at(terms).min(at(end)),
        right: at(terms).max(at(end)),
        top: area.top + HEAD,
        bottom: area.top + HEAD + layout.high * count(panel.rows.len()),
    };
    let across = if rtl { top..0.0 } else { 0.0..top };
    let plane = Plane::new(rows, across, count(panel.rows.len())..0.0);
    let (near, far) = if rtl {
        (Anchor::Right, Anchor::Left)
    } else {
        (Anchor::Left, Anchor::Right)
    };
    let title = language_name(brief.language, panel.language);
    let title = if brief.language == Language::AR {
        title
    } else {
        format::upper(&title)
    };
    let bold = Type::semibold(size::LABEL, INK);
    let used = canvas.text((at(0.0), area.top + 24.0), near, bold, &title).width();
    let text = brief.words.of_words(panel.rows[0].words_target);
    if used + 16.0 + canvas.width(&text, small) <= area.width() {
        canvas.text((at(used + 14.0), area.top + 24.0), near, small, &text);
    }
    scale(canvas, brief, &plane, top);
    for (place, head) in brief.words.words_heads().iter().enumerate() {
        canvas.text((number_at(place), rows.top - 10.0), Anchor::Right, small, head);
    }
    for (place, row) in panel.rows.iter().enumerate() {
        let middle = count(place) + 0.5;
        let half = 0.32;
        let length = row.log_ratio.min(top);
        plane.bar(
            &mut canvas.svg,
            [(0.0, middle - half), (length, middle + half)],
            Ink::Fill(layout.colour, 1.0),
            "",
        );
        let y = plane.at(0.0, middle).1 + size::SCALE * 0.35;
        canvas.name((at(terms - 14.0), y), far, kind, &one_line(&row.term), WORD_WIDTH);
        for (column, number) in numbers(row).into_iter().enumerate() {
            let ink = if column == 0 { INK } else { MUTE };
            let shown = format::count(brief.language, number);
            canvas.text(
                (number_at(column), y),
                Anchor::Right,
                Type::regular(size::SCALE, ink),
                &shown,
            );
        }
    }
    let zero = plane.at(0.0, 0.0).0;
    canvas.rule((zero, rows.top), (zero, rows.bottom), Ink::Stroke(INK, 2.0), "");
}

/// The scale above the rows, in multiples, and its lines.
fn scale(canvas: &mut Canvas, brief: &Brief<'_>, plane: &Plane, top: f64) {
    let area = plane.area;
    let kind = Type::regular(size::FOOTER, MUTE);
    let label = |step: f64| {
        format::island(
            brief.language,
            &format!("×{}", format::decimal(brief.language, step.exp2(), 0)),
        )
    };
    let steps = [1.0, 2.0, 3.0, 4.0, 5.0, 10.0, 20.0];
    let room = |step: f64| step / top * area.width() >= canvas.width(&label((top / step).floor() * step), kind) + 16.0;
    let step = steps.into_iter().find(|step| room(*step)).unwrap_or(20.0);
    let one = label(0.0);
    canvas.text((plane.at(0.0, 0.0).0, area.top - 10.0), Anchor::Middle, kind, &one);
    let lines = std::iter::successors(Some(step), |line| Some(line + step)).take_while(|line| *line <= top + 1e-9);
    for line in lines {
        let x = plane.at(line, 0.0).0;
        canvas.rule((x, area.top), (x, area.bottom), Ink::Stroke(GRID, 1.5), "");
        let half = canvas.width(&label(line), kind) / 2.0;
        if x - half >= area.left - 18.0 && x + half <= area.right + 18.0 {
            canvas.text((x, area.top - 10.0), Anchor::Middle, kind, &label(line));
        }
    }
}

/// The figures: every word of the scope that passed, those without room too.
fn figures(rows: &[&KeywordRow]) -> Data {
    let row = |row: &&KeywordRow| {
        vec![
            Value::Text(row.language.to_string()),
            Value::Text(row.term.clone()),
            Value::Integer(row.n_target),
            Value::Integer(row.n_reference),
            Value::Integer(row.words_target),
            Value::Integer(row.words_reference),
            fraction(Some(row.log_ratio).filter(|ratio| ratio.is_finite())),
            Value::Decimal(row.g2),
            Value::Probability(row.q_value),
        ]
    };
    let columns = [
        "language",
        "term",
        "n_target",
        "n_reference",
        "words_target",
        "words_reference",
        "log_ratio",
        "g2",
        "q_value",
    ];
    data(&columns, rows.iter().map(row).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::charts::fixtures;
    use crate::settings::Surface;

    #[test]
    fn only_sure_words_with_five_occurrences_are_drawn_a_panel_a_language() {
        let mut findings = fixtures::one_year();
        fixtures::enrich(&mut findings, 3);
        let draw = |findings: &_| {
            draw_period(&Brief::new(
                findings,
                &fixtures::settings(),
                Language::EN,
                Surface::Slide,
            ))
        };
        let written = |drawing: &Drawing, text: &str| drawing.canvas.boxes.iter().any(|one| one.text == text);
        let drawing = draw(&findings).unwrap();
        for text in ["English", "French", "Arabic", "junta", "putsch", "انقلاب"] {
            assert!(written(&drawing, text), "{text}");
        }
        assert!(!written(&drawing, "政变"));
        assert_eq!(drawing.data.rows.len(), 32, "all words are among the figures");
        for row in &mut findings.keywords {
            match row.term.as_str() {
                "junta" => row.n_target = 4,
                "putsch" => row.q_value = 0.06,
                _ => {}
            }
        }
        let drawing = draw(&findings).unwrap();
        assert!(!written(&drawing, "junta") && !written(&drawing, "putsch"));
        findings.keywords.retain(|row| row.language == Language::UND);
        assert!(draw(&findings).is_none(), "nothing can be written");
    }

    #[test]
    fn bars_are_as_long_as_the_logarithm_of_the_ratio() {
        let mut findings = fixtures::one_year();
        fixtures::enrich(&mut findings, 3);
        findings.keywords.retain(|row| row.language == Language::FR);
        for (place, row) in findings.keywords.iter_mut().enumerate() {
            row.log_ratio = if place % 8 == 0 { 4.0 } else { 2.0 };
        }
        let drawing = draw_period(&Brief::new(
            &findings,
            &fixtures::settings(),
            Language::AR,
            Surface::Slide,
        ))
        .unwrap();
        let svg = drawing.canvas.finish("", "");
        let colour = format!("fill=\"{}\"", BAR.hex());
        let widths: Vec<f64> = svg
            .lines()
            .filter(|line| line.starts_with("<rect") && line.contains(&colour))
            .map(|line| {
                line.split(" width=\"")
                    .nth(1)
                    .unwrap()
                    .split('"')
                    .next()
                    .unwrap()
                    .parse()
                    .unwrap()
            })
            .collect();
        assert_eq!(widths.len(), 8);
        assert!(
            widths[1..].iter().all(|width| (width * 2.0 - widths[0]).abs() < 0.3),
            "{widths:?}"
        );
    }
}
