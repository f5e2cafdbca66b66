//! The charts: findings in; drawings, pictures, alternative texts and figures out.
//!
//! Each chart has a file that lays it out: `lines`, `voice`, `movers`, `coverage`, `multiples`, `heatmap`, `calendar`, `bump`, `pairs`,
//! `map`, `keyness`. They stand on
//! `frame` (what is around every chart), `axis`, `labels` and `events`, which write on a `canvas`. Shapes go through plotters (`plane`) and
//! texts are measured with the shaper of resvg (`text`); both end in one SVG (`svg`), and `png` makes the picture from it. `style` has every
//! colour and size, `words` every sentence, and `titles` decides what a title may claim. Nothing is computed here but where things lie.

#[cfg(test)]
mod audit;
mod axis;
mod bars;
mod brief;
mod bump;
mod calendar;
mod canvas;
mod colours;
mod columns;
mod coverage;
mod dark;
mod event_key;
mod events;
mod fonts;
mod frame;
mod heatmap;
mod keyness;
mod labels;
mod lines;
mod map;
mod markers;
mod movers;
mod multiples;
mod pairs;
mod palette;
mod pen;
mod plane;
mod png;
mod rows;
mod scale;
mod series;
mod sheet;
mod stack;
mod stops;
mod strokes;
mod style;
mod svg;
mod text;
mod tile_names;
mod tiles;
mod titles;
#[cfg(test)]
mod vision;
mod voice;
mod words;

#[cfg(test)]
mod fixtures;
#[cfg(test)]
mod tests;
#[cfg(test)]
pub(super) use self::tests::columns_of_every_chart;

use std::panic::resume_unwind;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::thread::available_parallelism;

use chrono::NaiveDate;

use self::brief::{Brief, Drawing};
pub(crate) use self::dark::dark;
pub(crate) use self::fonts::font_faces;
pub(crate) use self::stops::{Stops, Way};
use crate::error::Error;
use crate::model::findings::Findings;
use crate::model::language::Language;
use crate::settings::{RenderSettings, Surface};

/// One chart in one language.
#[derive(Clone, Debug)]
pub(crate) struct Chart {
    /// Its file name without ending, such as `attention-lines`.
    pub(crate) name: String,
    /// What it finds.
    pub(crate) title: String,
    /// Measure, unit, smoothing, band.
    pub(crate) subtitle: String,
    /// The drawing.
    pub(crate) svg: String,
    /// The same as a picture.
    pub(crate) png: Vec<u8>,
    /// What it shows, in a sentence.
    pub(crate) alt: String,
    /// Its figures.
    pub(crate) data: Data,
    /// Where its columns or rows lie, where it has any.
    pub(crate) stops: Option<Stops>,
}

/// The figures that a chart shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Data {
    /// Names of the columns.
    pub(crate) columns: Vec<String>,
    /// Rows of as many values.
    pub(crate) rows: Vec<Vec<Value>>,
}

/// One figure.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    /// Words.
    Text(String),
    /// A count.
    Integer(u64),
    /// A number.
    Decimal(f64),
    /// A probability, written with three significant digits.
    Probability(f64),
    /// A day.
    Date(NaiveDate),
    /// Not known.
    Missing,
}

/// So many pictures are made at once: each takes some 30 MB while it is.
const AT_ONCE: usize = 4;

/// Draws every chart that the findings have figures for, laid out for one surface. The pictures are made side by side, and come in the order of the charts.
///
/// # Errors
///
/// [`Error::Report`] where a picture cannot be made.
pub(crate) fn draw_charts(
    findings: &Findings,
    settings: &RenderSettings,
    language: Language,
    surface: Surface,
) -> Result<Vec<Chart>, Error> {
    let charts = drawings(&Brief::new(findings, settings, language, surface));
    let lossless = settings.lossless;
    let workers = available_parallelism()
        .map_or(1, usize::from)
        .min(AT_ONCE)
        .min(charts.len());
    let waiting = Mutex::new(charts.into_iter().enumerate());
    let work = || {
        let mut done = Vec::new();
        loop {
            let next = waiting.lock().unwrap_or_else(PoisonError::into_inner).next();
            let Some((place, drawing)) = next else { return done };
            done.push((place, finish(drawing, lossless)));
        }
    };
    let mut pictures: Vec<(usize, Result<Chart, Error>)> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        workers
            .into_iter()
            .flat_map(|worker| worker.join().unwrap_or_else(|panic| resume_unwind(panic)))
            .collect()
    });
    pictures.sort_by_key(|(place, _)| *place);
    pictures.into_iter().map(|(_, picture)| picture).collect()
}

/// The findings with fewer events drawn, where a slide in one of `languages` has no room for all that shall be; `None` where all have room.
pub(crate) fn with_events_that_fit(
    findings: &Findings,
    settings: &RenderSettings,
    languages: &[Language],
) -> Option<Findings> {
    if findings.events.iter().all(|event| !event.drawn) {
        return None;
    }
    let laid_out: Vec<Vec<String>> = languages
        .iter()
        .flat_map(|language| {
            let brief = Brief::new(findings, settings, *language, Surface::Slide);
            [lines::draw(&brief), coverage::draw(&brief)]
        })
        .filter_map(|drawing| drawing?.canvas.events)
        .collect();
    let fits = |id: &String| !laid_out.is_empty() && laid_out.iter().all(|drawn| drawn.contains(id));
    if findings.events.iter().all(|event| !event.drawn || fits(&event.id)) {
        return None;
    }
    let mut fitted = findings.clone();
    for event in &mut fitted.events {
        event.drawn &= fits(&event.id);
    }
    Some(fitted)
}

/// The colours of the lines of the featured entities, in their order, as `#RRGGBB`.
pub(crate) fn line_colours(findings: &Findings) -> Vec<String> {
    let colours = colours::Colours::new(findings);
    let featured = findings.featured.iter();
    featured.map(|&place| colours.of(place).line.hex()).collect()
}

/// The colour of the house, as `#RRGGBB`.
pub(crate) fn house_colour() -> String {
    style::HOUSE.hex()
}

/// Every drawing.
fn drawings(brief: &Brief<'_>) -> Vec<Drawing> {
    let charts = [
        lines::draw,
        voice::draw,
        movers::draw,
        coverage::draw,
        multiples::draw,
        heatmap::draw,
        calendar::draw,
        bump::draw,
        pairs::draw,
        map::draw,
        keyness::draw_period,
        keyness::draw_entity,
    ];
    charts.into_iter().filter_map(|draw| draw(brief)).collect()
}

/// A drawing with its picture.
fn finish(drawing: Drawing, lossless: bool) -> Result<Chart, Error> {
    let Drawing {
        frame,
        alt,
        mut canvas,
        data,
        ..
    } = drawing;
    let stops = canvas.stops.take();
    let name = canvas.name.to_owned();
    let (sheet, script) = (canvas.sheet, canvas.script);
    let [title, subtitle, alt] = [&frame.title, &frame.subtitle, &alt].map(|text| script.set(text));
    let svg = canvas.finish(&title, &alt);
    let png = self::png::picture(&svg, sheet, lossless)
        .map_err(|what| Error::report(&Path::new("charts").join(&name), &what))?;
    Ok(Chart {
        name,
        title,
        subtitle,
        svg,
        png,
        alt,
        data,
        stops,
    })
}
