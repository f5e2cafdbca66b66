//! The coverage: how many articles there are over time, and where there are none. It tells whether the other charts can be trusted.

use super::axis::{draw_scale, draw_time, foot, gutter};
use super::brief::{Brief, Drawing, data};
use super::canvas::{Anchor, Canvas};
use super::columns::{COLUMN, Column, Columns, days};
use super::events::Events;
use super::frame;
use super::plane::{Area, Ink, Plane};
use super::scale::Scale;
use super::stops::Stops;
use super::style::{BAR, GROUND, INK, LABEL_GAP, MUTE, size};
use super::text::Type;
use super::words::Mark;
use super::{Data, Value};
use crate::render::format;

/// The chart's name.
const NAME: &str = "coverage";

/// A bar has at least so much room.
const NARROWEST: f64 = 3.0;

/// Draws the chart; `None` where no article is dated.
pub(super) fn draw(brief: &Brief<'_>) -> Option<Drawing> {
    if brief.findings.periods.iter().all(|period| period.articles == 0) {
        return None;
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a plot is some hundred pixels wide"
    )]
    let columns = Columns::fitting(brief.findings, ((brief.sheet.room() - 200.0) / NARROWEST) as usize);
    let title = title(brief);
    let median = median(&columns);
    let frame = brief.frame(
        title.clone(),
        brief.words.coverage_measure(columns.granularity),
        method(brief, &columns),
    );
    let mut canvas = brief.canvas(NAME);
    let free = frame::draw(&mut canvas, &frame);
    canvas.along_time(|canvas| plot(canvas, brief, &columns, median, free));
    let shown = median.map_or_else(|| "—".to_owned(), |median| format::decimal(brief.language, median, 0));
    let alt = brief
        .words
        .coverage_alt(&title, &brief.span(), &shown, &brief.gaps(&columns, 3));
    Some(Drawing {
        frame,
        alt,
        canvas,
        data: figures(&columns),
        labels: Vec::new(),
    })
}

/// How many articles lie in complete periods, and how many periods have none.
fn title(brief: &Brief<'_>) -> String {
    let complete = || brief.findings.periods.iter().filter(|period| period.complete);
    let empty = brief
        .findings
        .periods
        .iter()
        .filter(|period| period.articles == 0)
        .count() as u64;
    let periods = complete().count() as u64;
    let articles = if periods == 0 {
        brief.findings.corpus.articles
    } else {
        complete().map(|period| period.articles).sum()
    };
    brief.words.coverage(articles, periods, empty, brief.unit())
}

/// The median of complete columns, where there are four.
#[expect(clippy::cast_precision_loss, reason = "counts of articles lie far below 2^53")]
fn median(columns: &Columns) -> Option<f64> {
    let mut counts: Vec<u64> = columns
        .all
        .iter()
        .filter(|column| column.complete)
        .map(|column| column.articles)
        .collect();
    if counts.len() < 4 {
        return None;
    }
    counts.sort_unstable();
    let middle = counts.len() / 2;
    let low = if counts.len().is_multiple_of(2) {
        counts[middle - 1]
    } else {
        counts[middle]
    };
    Some(f64::midpoint(low as f64, counts[middle] as f64))
}

/// How to read the bars.
fn method(brief: &Brief<'_>, columns: &Columns) -> Vec<String> {
    let words = brief.words;
    let mut all = Vec::new();
    let busiest = columns
        .all
        .iter()
        .filter(|column| column.complete)
        .rev()
        .max_by_key(|column| column.articles);
    if let Some(column) = busiest.filter(|_| median(columns).is_some()) {
        let name = format::period_name(brief.language, &column.period, columns.granularity);
        all.push(words.busiest(&name, column.articles, columns.granularity));
    }
    if !columns.gaps().is_empty() {
        all.push(words.hatched(false, &brief.gaps(columns, 2)));
    }
    all.extend(brief.incomplete(columns, Mark::Outlined));
    all.extend(brief.pooled(columns));
    all
}

/// Everything between title and footer.
#[expect(clippy::cast_precision_loss, reason = "counts of articles lie far below 2^53")]
fn plot(canvas: &mut Canvas, brief: &Brief<'_>, columns: &Columns, median: Option<f64>, free: Area) {
    let sheet = canvas.sheet;
    let Some(start) = columns.start() else { return };
    let all = columns.days();
    let bold = Type::semibold(size::CELL, INK);
    let label = median.map(|median| {
        (
            brief.words.median().to_owned(),
            format::decimal(brief.language, median, 0),
        )
    });
    let wide = label.as_ref().map_or(0.0, |(word, number)| {
        canvas.width(word, bold).max(canvas.width(number, bold)) + LABEL_GAP
    });
    let greatest = columns.all.iter().map(|column| column.articles).max().unwrap_or(1) as f64;
    let scale = Scale::whole(greatest);
    let figure = |value: f64, _| format::decimal(brief.language, value, 0);
    let (left, right) = (sheet.left() + gutter(canvas, scale, figure), sheet.right() - wide);
    let x = |day| left + days(start, day) / all * (right - left);
    let events = Events::between(canvas, &brief.findings.events, x, (left, right));
    let foot = foot(canvas, columns, right - left);
    let area = events.plot(free, foot, (left, right));
    let plane = Plane::new(area, 0.0..all, 0.0..scale.top());
    canvas.keep(Stops::of_days(brief, columns, &plane));
    for (first, last) in columns.gaps() {
        let side = |day| plane.at(days(start, day), 0.0).0;
        let (left, right) = (
            side(columns.all[first].period.start),
            side(columns.all[last].period.end),
        );
        canvas.hatch(Area { left, right, ..area });
    }
    draw_scale(canvas, &plane, scale, (sheet.left(), right), figure);
    events.draw(canvas, (area.top, area.bottom), free.top);
    for column in &columns.all {
        bar(canvas, columns, column, &plane);
    }
    draw_time(canvas, &plane, columns, (sheet.left(), right));
    if let (Some(median), Some((word, number))) = (median, label) {
        let (_, y) = plane.at(0.0, median);
        canvas.rule(
            (left, y),
            (right + 4.0, y),
            Ink::Stroke(INK, 2.0),
            "stroke-dasharray=\"9 6\"",
        );
        canvas.text((right + LABEL_GAP - 6.0, y - 2.0), Anchor::Left, bold, &word);
        canvas.text((right + LABEL_GAP - 6.0, y + 22.0), Anchor::Left, bold, &number);
    }
    note(canvas, brief, columns, &plane, (scale, &events.rules()));
}

/// One bar; in outline where its column is not whole.
#[expect(clippy::cast_precision_loss, reason = "counts of articles lie far below 2^53")]
fn bar(canvas: &mut Canvas, columns: &Columns, column: &Column, plane: &Plane) {
    let Some(start) = columns.start().filter(|_| column.articles > 0) else {
        return;
    };
    let (from, to) = (days(start, column.period.start), days(start, column.period.end));
    let pixel = columns.days() / plane.area.width();
    let wide = (to - from) / pixel;
    let only = columns.all.len() == 1;
    let aside = if only {
        wide * 0.35
    } else if wide > 60.0 {
        4.0
    } else if wide > 12.0 {
        1.0
    } else {
        0.4
    } * pixel;
    let height = column.articles as f64;
    if column.complete || only {
        plane.bar(
            &mut canvas.svg,
            [(from + aside, 0.0), (to - aside, height)],
            Ink::Fill(BAR, 1.0),
            "",
        );
    } else {
        let inset = 0.7 * pixel;
        let corners = [(from + aside + inset, 0.0), (to - aside - inset, height)];
        plane.bar(&mut canvas.svg, corners, Ink::Fill(GROUND, 1.0), "");
        plane.bar(&mut canvas.svg, corners, Ink::Stroke(BAR, 1.5), "");
    }
}

/// The days of the longest gap beside it, above the bars and clear of every rule; nowhere where there is no such place.
fn note(canvas: &mut Canvas, brief: &Brief<'_>, columns: &Columns, plane: &Plane, (scale, rules): (Scale, &[f64])) {
    let gaps = columns.gaps();
    let Some(&(first, last)) = gaps
        .iter()
        .max_by_key(|(first, last)| (last - first, std::cmp::Reverse(*first)))
    else {
        return;
    };
    let Some(start) = columns.start() else { return };
    let text = brief.words.no_articles(&brief.days_of(columns, first, last));
    let kind = Type::regular(size::NOTE, INK);
    let wide = canvas.width(&text, kind);
    let side = |day| plane.at(days(start, day), 0.0).0;
    let (from, to) = (
        side(columns.all[first].period.start),
        side(columns.all[last].period.end),
    );
    let area = plane.area;
    let places = [(to + 24.0, to + 24.0 + wide), (from - 24.0 - wide, from - 24.0)];
    for (left, right) in places {
        let inside = left > area.left && right < area.right;
        let clear = rules
            .iter()
            .all(|rule| *rule < left.min(from) - 6.0 || *rule > right.max(to) + 6.0 || (from..=to).contains(rule));
        let clear = clear
            && gaps.iter().all(|gap| {
                *gap == (first, last) || {
                    let (one, two) = (
                        side(columns.all[gap.0].period.start),
                        side(columns.all[gap.1].period.end),
                    );
                    two < left - 4.0 || one > right + 4.0
                }
            });
        if !inside || !clear {
            continue;
        }
        let under = columns
            .all
            .iter()
            .filter(|column| side(column.period.end) > left - 4.0 && side(column.period.start) < right + 4.0);
        #[expect(clippy::cast_precision_loss, reason = "counts of articles lie far below 2^53")]
        let highest = under
            .map(|column| plane.at(0.0, column.articles as f64).1)
            .fold(area.bottom, f64::min);
        let lines: Vec<f64> = scale.lines().map(|line| plane.at(0.0, line).1).collect();
        let y = (0..)
            .map(|step| highest - 22.0 - f64::from(step) * 4.0)
            .take_while(|y| *y > area.top + 22.0);
        let Some(y) = y
            .into_iter()
            .find(|y| lines.iter().all(|line| *line < y - 20.0 || *line > y + 10.0))
        else {
            continue;
        };
        let (near, far) = if left > to {
            (to, left - 6.0)
        } else {
            (from, right + 6.0)
        };
        canvas.rule((near, y - 6.0), (far, y - 6.0), Ink::Stroke(MUTE, 1.5), "");
        canvas.note((left, y), Anchor::Left, kind, &text);
        return;
    }
}

/// The figures.
fn figures(columns: &Columns) -> Data {
    let rows = columns.all.iter().map(|column| {
        [
            column.cells(),
            vec![Value::Integer(column.days_covered), Value::Integer(column.articles)],
        ]
        .concat()
    });
    data(
        &[&COLUMN[..], &["days_covered", "articles_total"]].concat(),
        rows.collect(),
    )
}
