//! The movers: what changed in the last complete period against its baseline, and what is within chance.
//!
//! One row an actor: a hollow dot for before, a full one for now, the difference in points with its interval. Only what the test of the
//! change and an interval without zero bear out is coloured. Where nothing could be tested, rows show numbers of articles against what was to be expected, all in grey.

use super::bars::names_width;
use super::brief::{Brief, Drawing, data, fraction};
use super::canvas::{Anchor, Canvas};
use super::frame;
use super::plane::{Area, Ink, Plane};
use super::rows::{FIGURES, Row, draw_row, words};
use super::scale::Scale;
use super::stops::{Stop, Stops, Way, panel};
use super::style::{DOWN, GRID, HIGHEST, INK, MUTE, ROW, STILL, UP, size};
use super::text::Type;
use super::{Data, Value, titles};
use crate::model::findings::{ChangeFlag, ChangeRow};
use crate::render::format;

/// The chart's name.
const NAME: &str = "movers";

/// So many rows at most.
const ROWS: usize = 12;

/// Room above the row that says what its dots are.
const WORDS: f64 = 22.0;

/// Draws the chart; `None` where there is nothing to compare: no article now, or none before.
pub(super) fn draw(brief: &Brief<'_>) -> Option<Drawing> {
    let tested = brief.findings.change.iter().any(|row| row.difference.is_some());
    let rows = if tested {
        tested_rows(brief)
    } else {
        untested_rows(brief)
    };
    let first = rows.first()?.change;
    if first.articles_total == 0 || first.baseline_total == 0 {
        return None;
    }
    let places: Vec<usize> = rows.iter().map(|row| row.change.entity).collect();
    let actors = brief.actors(&places);
    let method = if tested {
        brief.words.simultaneous(rows.len() as u64)
    } else {
        brief.words.untested().to_owned()
    };
    let title = titles::movers(brief, first);
    let measure = brief
        .words
        .movers_measure(actors, first.articles_total, first.baseline_total, tested);
    let mut frame = brief.frame(title, measure, vec![method]);
    frame.source = source(brief, first);
    let mut canvas = brief.canvas(NAME);
    let free = frame::draw(&mut canvas, &frame);
    plot(&mut canvas, brief, &rows, tested, free);
    let values: Vec<String> = rows.iter().take(4).map(|row| told(brief, row, tested)).collect();
    let alt = brief.words.movers_alt(&frame.title, &values);
    Some(Drawing {
        frame,
        alt,
        canvas,
        data: figures(brief, &rows),
        labels: Vec::new(),
    })
}

/// The footer's line: the articles of the period and of its baseline only.
fn source(brief: &Brief<'_>, row: &ChangeRow) -> String {
    let periods = &brief.findings.periods;
    let count = usize::try_from(row.baseline_periods).unwrap_or(0);
    let first = (0..row.period)
        .rev()
        .filter(|place| periods[*place].complete)
        .take(count)
        .last()
        .unwrap_or(row.period);
    let range = format::date_range(
        brief.language,
        periods[first].period.start,
        super::brief::last_day(&periods[row.period].period),
    );
    brief.source_of(row.articles_total + row.baseline_total, &range)
}

/// Rows with an interval, greatest rise first.
fn tested_rows<'f>(brief: &Brief<'f>) -> Vec<Row<'f>> {
    let mut rows: Vec<Row<'f>> = brief
        .findings
        .change
        .iter()
        .filter_map(|change| {
            let difference = change.difference?;
            let (now, before) = titles::shares(change)?;
            let colour = match change.flag {
                ChangeFlag::Up if difference.lo > 0.0 => UP,
                ChangeFlag::Down if difference.hi < 0.0 => DOWN,
                _ => STILL,
            };
            Some(Row {
                change,
                now,
                before,
                colour,
            })
        })
        .take(ROWS)
        .collect();
    rows.sort_by(|one, two| {
        let by = |row: &Row<'_>| row.now - row.before;
        by(two)
            .total_cmp(&by(one))
            .then(one.change.entity.cmp(&two.change.entity))
    });
    rows
}

/// Rows with most articles, in numbers.
#[expect(clippy::cast_precision_loss, reason = "counts of articles lie far below 2^53")]
fn untested_rows<'f>(brief: &Brief<'f>) -> Vec<Row<'f>> {
    let mut rows: Vec<Row<'f>> = brief
        .findings
        .change
        .iter()
        .filter(|change| change.articles > 0 || change.baseline_articles > 0)
        .map(|change| Row {
            change,
            now: change.articles as f64,
            before: change.expected.unwrap_or(0.0),
            colour: STILL,
        })
        .collect();
    rows.sort_by_key(|row| {
        (
            std::cmp::Reverse((row.change.articles + row.change.baseline_articles, row.change.articles)),
            row.change.entity,
        )
    });
    rows.truncate(ROWS);
    rows
}

/// Everything between title and footer.
fn plot(canvas: &mut Canvas, brief: &Brief<'_>, rows: &[Row<'_>], tested: bool, free: Area) {
    let sheet = canvas.sheet;
    let places: Vec<usize> = rows.iter().map(|row| row.change.entity).collect();
    let names = names_width(canvas, brief, &places) + 22.0;
    let (start, end) = (sheet.left() + names, sheet.right() - FIGURES - 44.0);
    let area = Area {
        left: start,
        right: end,
        top: free.top + 44.0,
        bottom: free.bottom - 16.0,
    };
    let area = if canvas.is_rtl() {
        Area {
            left: sheet.width - end,
            right: sheet.width - start,
            ..area
        }
    } else {
        area
    };
    let greatest = rows.iter().map(|row| row.now.max(row.before)).fold(0.0, f64::max);
    let scale = if tested {
        Scale::reaching(greatest)
    } else {
        Scale::whole(greatest)
    };
    let across = if canvas.is_rtl() {
        scale.top()..0.0
    } else {
        0.0..scale.top()
    };
    let plane = Plane::new(area, across, 0.0..1.0);
    let count = f64::from(u32::try_from(rows.len()).unwrap_or(1));
    let height = ((area.height() - WORDS) / count).min(HIGHEST);
    let area = area.holding(WORDS + height * count);
    let plane = Plane::new(area, plane.across(), 0.0..1.0);
    head(canvas, brief, &plane, scale, tested);
    let widest = rows.iter().enumerate().max_by(|(_, one), (_, two)| {
        let far =
            |row: &Row<'_>| (row.now - row.before).abs() + if row.colour == STILL { 0.0 } else { 2.0 * scale.top() };
        far(one).total_cmp(&far(two))
    });
    let told = widest.map_or(0, |(place, _)| place);
    let top = |place: usize| {
        area.top + height * f64::from(u32::try_from(place).unwrap_or(0)) + if place > told { WORDS } else { 0.0 }
    };
    for place in 1..rows.len() {
        let y = top(place);
        canvas.rule((sheet.left(), y), (sheet.right(), y), Ink::Stroke(ROW, 1.5), "");
    }
    let zero = plane.at(0.0, 0.0).0;
    canvas.rule((zero, area.top), (zero, area.bottom), Ink::Stroke(INK, 2.0), "");
    let mut each = Vec::new();
    for (place, row) in rows.iter().enumerate() {
        let middle = top(place) + if place == told { WORDS } else { 0.0 } + height / 2.0;
        draw_row(canvas, brief, row, tested, (&plane, middle));
        each.push(Stop {
            key: vec![brief.entity(row.change.entity).id.clone()],
            name: brief.name(row.change.entity),
            at: middle - area.top,
        });
        if place == told {
            words(canvas, brief, row, tested, (&plane, middle));
        }
    }
    let whole = Area {
        left: canvas.sheet.left(),
        right: canvas.sheet.right(),
        ..area
    };
    canvas.keep(Stops {
        by: &["entity"],
        way: Way::Down,
        panels: vec![panel(whole)],
        wide: height - 4.0,
        each,
    });
}

/// The scale above the rows, and the head of their figures.
fn head(canvas: &mut Canvas, brief: &Brief<'_>, plane: &Plane, scale: Scale, tested: bool) {
    let sheet = canvas.sheet;
    let kind = Type::regular(size::SCALE, MUTE);
    let area = plane.area;
    let y = area.top - 12.0;
    for line in std::iter::once(0.0).chain(scale.lines()) {
        let (x, _) = plane.at(line, 0.0);
        let last = line >= scale.top();
        let text = match tested {
            true if last => format::percent(brief.language, line, scale.decimals(100.0)),
            true => format::decimal(brief.language, line * 100.0, scale.decimals(100.0)),
            false => format::decimal(brief.language, line, 0),
        };
        if line > 0.0 {
            canvas.rule((x, area.top), (x, area.bottom), Ink::Stroke(GRID, 1.5), "");
        }
        canvas.text((x, y), Anchor::Middle, kind, &text);
    }
    let text = if tested {
        brief.words.difference()
    } else {
        brief.words.numbers().to_owned()
    };
    let (x, anchor) = if canvas.is_rtl() {
        (sheet.left() + FIGURES, Anchor::Right)
    } else {
        (sheet.right() - FIGURES, Anchor::Left)
    };
    canvas.name((x, y), anchor, kind, &text, FIGURES);
}

/// A row in words.
fn told(brief: &Brief<'_>, row: &Row<'_>, tested: bool) -> String {
    let name = brief.name(row.change.entity);
    let value = |value: f64| {
        if tested {
            format::percent(brief.language, value, 1)
        } else {
            format::decimal(brief.language, value, 1)
        }
    };
    brief.words.became(&name, &value(row.before), &value(row.now))
}

/// The figures of every row that is drawn.
fn figures(brief: &Brief<'_>, rows: &[Row<'_>]) -> Data {
    let rows = rows.iter().map(|row| {
        let change = row.change;
        vec![
            Value::Text(brief.entity(change.entity).id.clone()),
            Value::Text(brief.findings.periods[change.period].period.label.clone()),
            Value::Integer(change.articles),
            Value::Integer(change.articles_total),
            Value::Integer(change.baseline_articles),
            Value::Integer(change.baseline_total),
            Value::Integer(change.baseline_periods),
            fraction(change.expected),
            fraction(change.difference.map(|found| found.value)),
            fraction(change.difference.map(|found| found.lo)),
            fraction(change.difference.map(|found| found.hi)),
            Value::Text(change.flag.as_str().to_owned()),
        ]
    });
    let columns = [
        "entity",
        "period",
        "articles",
        "articles_total",
        "baseline_articles",
        "baseline_total",
        "baseline_periods",
        "expected",
        "difference",
        "difference_lo",
        "difference_hi",
        "flag",
    ];
    data(&columns, rows.collect())
}
