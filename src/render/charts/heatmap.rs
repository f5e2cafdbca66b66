//! Who writes about whom: the share of each source's articles that mention each actor.
//!
//! One row an actor, one column a source, the first for all sources together. A triangle says that the share of all sources lies outside the
//! interval of the cell. A source of fewer than thirty articles has no shares. The incomplete last period is in no figure.

use super::brief::{Brief, Drawing, data, with_share};
use super::canvas::{Anchor, Canvas};
use super::columns::{PRINTED, share};
use super::frame;
use super::plane::Area;
use super::stops::{Stop, Stops, Way, panel};
use super::style::{self, Colour, HIGHEST, INK, MUTE, NAME_WIDTH, size};
use super::svg::{escape, number};
use super::text::{Type, can_write, lines};
use super::{Data, Value};
use crate::model::findings::{GroupRow, Share};
use crate::render::format;
use crate::render::text::one_line;

/// The chart's name.
const NAME: &str = "heatmap";

/// So many sources at most.
const SOURCES: usize = 7;

/// A column is at least so wide.
const NARROWEST: f64 = 100.0;

/// Between the column of all sources and the others.
const ASIDE: f64 = 24.0;

/// Room for the head of the columns; more where names have two lines.
const HEAD: f64 = 66.0;

/// From line to line of a name.
const HEAD_STEP: f64 = 22.0;

/// So many actors at most.
const ACTORS: usize = 12;

/// Between cells.
const BETWEEN: f64 = 3.0;

/// What the findings call the source of articles that name none.
const UNKNOWN: &str = "(unknown)";

/// One column.
struct Source<'f> {
    /// Its name; `None` for all together.
    name: Option<String>,
    /// Its articles.
    articles: u64,
    /// A share for each row, and the articles behind it.
    cells: Vec<(u64, Option<Share>)>,
    /// What the findings call it.
    group: &'f str,
}

/// Draws the chart; `None` where fewer than two sources have enough articles.
pub(super) fn draw(brief: &Brief<'_>) -> Option<Drawing> {
    let mut actors: Vec<usize> = (0..brief.findings.entities.len())
        .filter(|&place| brief.told_articles(place) > 0)
        .collect();
    actors.truncate(ACTORS);
    let mut canvas = brief.canvas(NAME);
    let names = names_width(&canvas, brief, &actors);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a dozen columns")]
    let room = ((canvas.sheet.room() - names - ASIDE) / NARROWEST) as usize;
    let sources = sources(brief, &actors, room.saturating_sub(1).min(SOURCES));
    if actors.is_empty()
        || sources
            .iter()
            .skip(1)
            .filter(|source| source.articles >= PRINTED)
            .count()
            < 2
    {
        return None;
    }
    let words = brief.words;
    let hatched = sources.iter().any(|source| source.articles < PRINTED);
    let method = vec![words.heatmap_marks(hatched)];
    let kind = brief.actors(&actors);
    let frame = brief.frame(words.heatmap(kind, &brief.span()), words.heatmap_measure(kind), method);
    let free = frame::draw(&mut canvas, &frame);
    plot(&mut canvas, brief, (&actors, names), &sources, free);
    let values: Vec<String> = actors
        .iter()
        .take(2)
        .zip(&sources[0].cells)
        .filter_map(|(&place, (_, share))| {
            Some(format!(
                "{} {}",
                brief.name(place),
                percent(brief, share.as_ref()?.value)
            ))
        })
        .collect();
    let alt = words.heatmap_alt(&frame.title, &values);
    let data = figures(brief, &actors, &sources);
    Some(Drawing {
        frame,
        alt,
        canvas,
        data,
        labels: Vec::new(),
    })
}

/// All sources together, then at most so many with most articles.
fn sources<'f>(brief: &Brief<'f>, actors: &[usize], most: usize) -> Vec<Source<'f>> {
    let total = brief.told().iter().map(|period| period.articles).sum();
    let all = actors.iter().map(|&place| {
        let articles = brief.told_articles(place);
        (articles, share(articles, total))
    });
    let mut found = vec![Source {
        name: None,
        articles: total,
        cells: all.collect(),
        group: "",
    }];
    let mut groups: Vec<&GroupRow> = Vec::new();
    for row in &brief.findings.told_by_source {
        if !groups.iter().any(|known| known.group == row.group) {
            groups.push(row);
        }
    }
    groups.sort_by(|one, two| {
        two.articles_total
            .cmp(&one.articles_total)
            .then(one.group.cmp(&two.group))
    });
    for group in groups.into_iter().take(most) {
        let cell = |&place: &usize| {
            let row = brief
                .findings
                .told_by_source
                .iter()
                .find(|row| row.group == group.group && row.entity == place);
            row.map_or((0, share(0, group.articles_total)), |row| (row.articles, row.share))
        };
        let name = one_line(&group.group);
        found.push(Source {
            name: Some(match name.as_str() {
                UNKNOWN => brief.words.unknown().to_owned(),
                _ if can_write(&name) => name,
                _ => brief.words.unnamed().to_owned(),
            }),
            articles: group.articles_total,
            cells: actors.iter().map(cell).collect(),
            group: &group.group,
        });
    }
    found
}

/// A share in per cent, with a decimal only where it is below one.
fn percent(brief: &Brief<'_>, value: f64) -> String {
    format::percent(brief.language, value, digits(value))
}

/// The decimals of a share.
fn digits(value: f64) -> usize {
    usize::from(value > 0.0 && value < 0.0095)
}

/// Everything between title and footer.
fn plot(canvas: &mut Canvas, brief: &Brief<'_>, (actors, names): (&[usize], f64), sources: &[Source<'_>], free: Area) {
    let sheet = canvas.sheet;
    let kind = Type::regular(size::LABEL, INK);
    let count = |number: usize| f64::from(u32::try_from(number).unwrap_or(1));
    let wide = (sheet.room() - names - ASIDE) / count(sources.len());
    let heads: Vec<Vec<String>> = sources
        .iter()
        .map(|source| head_lines(canvas, brief, source, wide))
        .collect();
    let letters = head_letters(canvas, &heads, wide);
    let lines = heads.iter().map(Vec::len).max().unwrap_or(1);
    let top = free.top + HEAD + HEAD_STEP * count(lines.saturating_sub(1));
    let high = ((free.bottom - 14.0 - top) / count(actors.len())).min(HIGHEST);
    let greatest = sources
        .iter()
        .flat_map(|source| &source.cells)
        .filter_map(|(_, share)| *share)
        .map(|share| share.value);
    let greatest = greatest.fold(0.0, f64::max).max(f64::MIN_POSITIVE);
    for (row, &place) in actors.iter().enumerate() {
        let y = top + high * count(row) + high / 2.0 + size::LABEL * 0.35;
        let (x, anchor) = if canvas.is_rtl() {
            (sheet.right() - names + 18.0, Anchor::Left)
        } else {
            (sheet.left() + names - 18.0, Anchor::Right)
        };
        canvas.name((x, y), anchor, kind, &brief.name(place), NAME_WIDTH);
    }
    let mut each = Vec::new();
    for (at, source) in sources.iter().enumerate() {
        let from = names + wide * count(at) + if at > 0 { ASIDE } else { 0.0 };
        let left = if canvas.is_rtl() {
            sheet.right() - from - wide
        } else {
            sheet.left() + from
        };
        each.push(Stop {
            key: vec![source.group.to_owned()],
            name: source.called(brief),
            at: left + wide / 2.0 - sheet.left(),
        });
        head(
            canvas,
            brief,
            (source, &heads[at]),
            (left + wide / 2.0, top - HEAD),
            (wide, letters),
        );
        for (row, (_, share)) in source.cells.iter().enumerate() {
            let area = Area {
                left: left + BETWEEN / 2.0,
                right: left + wide - BETWEEN / 2.0,
                top: top + high * count(row),
                bottom: top + high * count(row + 1) - BETWEEN,
            };
            let series = &brief.entity(actors[row]).id;
            canvas.svg.open("g", &format!("data-series=\"{}\"", escape(series)));
            match share.filter(|_| source.articles >= PRINTED) {
                None => canvas.hatch(area),
                Some(share) => {
                    let all = sources[0].cells[row].1.filter(|_| at > 0);
                    cell(canvas, brief, (share, all, greatest), area, row == 0);
                }
            }
            canvas.svg.close("g");
        }
    }
    each.sort_by(|one, two| one.at.total_cmp(&two.at));
    let area = Area {
        left: sheet.left(),
        right: sheet.right(),
        top,
        bottom: top + high * count(actors.len()) - BETWEEN,
    };
    canvas.keep(Stops {
        by: &["source"],
        way: Way::Across,
        panels: vec![panel(area)],
        wide: wide - BETWEEN,
        each,
    });
}

impl Source<'_> {
    /// What it is called in the chart.
    fn called(&self, brief: &Brief<'_>) -> String {
        self.name
            .clone()
            .unwrap_or_else(|| brief.words.all_sources().to_owned())
    }
}

/// The width of the names of rows, with the room beside them.
fn names_width(canvas: &Canvas, brief: &Brief<'_>, actors: &[usize]) -> f64 {
    let kind = Type::regular(size::LABEL, INK);
    let names = actors
        .iter()
        .map(|&place| canvas.width(&brief.name(place), kind).min(NAME_WIDTH));
    names.fold(0.0, f64::max) + 18.0
}

/// The name of a source on one line or two.
fn head_lines(canvas: &Canvas, brief: &Brief<'_>, source: &Source<'_>, wide: f64) -> Vec<String> {
    let name = source.called(brief);
    let room = |text: &str| canvas.width(text, head_type(size::FOOTER)) <= wide - 10.0;
    if !name.contains(' ') && !room(&name) {
        // The name of a host breaks before one of its dots.
        let mut dots = name.rmatch_indices('.').map(|(at, _)| name.split_at(at));
        if let Some((first, rest)) = dots.find(|(first, _)| !first.is_empty() && room(first)) {
            return vec![first.to_owned(), rest.to_owned()];
        }
    }
    let mut rows = lines(canvas.script, &name, head_type(size::CELL), wide - 10.0);
    let rest = rows.split_off(rows.len().min(1)).join(" ");
    rows.extend((!rest.is_empty()).then_some(rest));
    rows
}

/// The type of a source's name.
fn head_type(letters: f64) -> Type {
    Type::semibold(letters, INK)
}

/// The letters of all names of sources: smaller ones where that spares a name from being cut off.
fn head_letters(canvas: &Canvas, heads: &[Vec<String>], wide: f64) -> f64 {
    let fits = |letters: &f64| {
        let rows = || heads.iter().flatten();
        rows().all(|row| canvas.width(row, head_type(*letters)) <= wide - 10.0)
    };
    let sizes = [size::CELL, size::NOTE, size::FOOTER];
    sizes.into_iter().find(fits).unwrap_or(size::FOOTER)
}

/// The name of a source and the number of its articles; `top` is where a name of one line begins.
fn head(
    canvas: &mut Canvas,
    brief: &Brief<'_>,
    (source, rows): (&Source<'_>, &[String]),
    (x, top): (f64, f64),
    (wide, letters): (f64, f64),
) {
    let mut y = top + 28.0;
    for row in rows.iter().rev() {
        canvas.name((x, y), Anchor::Middle, head_type(letters), row, wide - 10.0);
        y -= HEAD_STEP;
    }
    let n = format!("n\u{a0}=\u{a0}{}", format::count(brief.language, source.articles));
    canvas.text((x, top + 52.0), Anchor::Middle, Type::regular(size::FOOTER, MUTE), &n);
}

/// One cell: its colour, its figure, and a triangle where it differs from all sources.
fn cell(
    canvas: &mut Canvas,
    brief: &Brief<'_>,
    (share, all, greatest): (Share, Option<Share>, f64),
    area: Area,
    unit: bool,
) {
    let colour = style::cell(share.value / greatest);
    canvas.block(area, &format!("fill=\"{}\"", colour.hex()));
    let up = all.is_some_and(|all| all.value < share.lo);
    let down = all.is_some_and(|all| all.value > share.hi);
    let ink = colour.small_text_on();
    let kind = if up || down {
        Type::semibold(size::CELL, ink)
    } else {
        Type::regular(size::CELL, ink)
    };
    let text = if unit {
        percent(brief, share.value)
    } else {
        format::decimal(brief.language, share.value * 100.0, digits(share.value))
    };
    let (x, y) = (
        f64::midpoint(area.left, area.right),
        f64::midpoint(area.top, area.bottom) + size::CELL * 0.36,
    );
    canvas.text((x, y), Anchor::Middle, kind, &text);
    if up || down {
        let aside = (area.width() / 2.0 - 13.0).min(42.0);
        triangle(canvas, (x - aside, y - size::CELL * 0.36), up, ink);
    }
}

/// A triangle that points up or down.
fn triangle(canvas: &mut Canvas, (x, y): (f64, f64), up: bool, colour: Colour) {
    let (base, tip) = if up { (y + 5.0, y - 5.0) } else { (y - 5.0, y + 5.0) };
    let [left, right] = [x - 6.0, x + 6.0].map(number);
    let path = format!(
        "d=\"M{left} {0}H{right}L{1} {2}z\" fill=\"{3}\"",
        number(base),
        number(x),
        number(tip),
        colour.hex()
    );
    canvas.svg.empty("path", &path);
}

/// The figures: every cell.
fn figures(brief: &Brief<'_>, actors: &[usize], sources: &[Source<'_>]) -> Data {
    let mut rows = Vec::new();
    for source in sources {
        for (&place, (articles, share)) in actors.iter().zip(&source.cells) {
            let share = share.filter(|_| source.articles >= PRINTED);
            rows.push(with_share(
                vec![
                    source
                        .name
                        .as_ref()
                        .map_or(Value::Missing, |_| Value::Text(source.group.to_owned())),
                    Value::Text(brief.entity(place).id.clone()),
                    Value::Integer(*articles),
                    Value::Integer(source.articles),
                ],
                share,
            ));
        }
    }
    data(
        &[
            "source",
            "entity",
            "articles",
            "articles_total",
            "share_articles",
            "share_lo",
            "share_hi",
        ],
        rows,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::language::Language;
    use crate::render::charts::fixtures;
    use crate::settings::Surface;

    #[test]
    fn the_incomplete_last_period_is_in_no_figure_title_or_total() {
        let mut findings = fixtures::five_years();
        let last = findings.periods.len() - 1;
        assert!(!findings.periods[last].complete && findings.periods[last].articles > 0);
        let draw = |findings: &_| {
            draw(&Brief::new(
                findings,
                &fixtures::settings(),
                Language::EN,
                Surface::Slide,
            ))
            .unwrap()
        };
        let drawing = draw(&findings);
        let whole: u64 = findings.periods[..last].iter().map(|period| period.articles).sum();
        let russia: u64 = findings.entities[0].series[..last]
            .iter()
            .map(|cell| cell.articles)
            .sum();
        assert_eq!(drawing.data.rows[0][2], Value::Integer(russia));
        assert_eq!(drawing.data.rows[0][3], Value::Integer(whole));
        let n = format::count(Language::EN, whole);
        assert!(drawing.frame.source.contains(&n), "{}", drawing.frame.source);
        let told = |drawing: &Drawing| {
            (
                drawing.frame.title.clone(),
                drawing.alt.clone(),
                drawing.canvas.boxes.clone(),
            )
        };
        let before = told(&drawing);
        fixtures::double(&mut findings, last);
        findings.corpus.articles *= 2;
        findings.by_source.clear();
        assert_eq!(told(&draw(&findings)), before);
    }
}
