//! The charts. Findings in, pictures out.

use chrono::NaiveDate;

use crate::error::Error;
use crate::model::findings::Findings;
use crate::model::language::Language;
use crate::settings::RenderSettings;

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
}

/// The figures that a chart shows.
#[derive(Clone, Debug, Default)]
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
    /// A day.
    Date(NaiveDate),
    /// Not known.
    Missing,
}

/// Draws every chart that the findings have figures for.
pub(crate) fn draw_charts(_: &Findings, _: &RenderSettings, _: Language) -> Result<Vec<Chart>, Error> {
    Ok(Vec::new())
}

/// The `@font-face` rules of the page.
pub(crate) fn font_faces(_arabic: bool) -> String {
    String::new()
}
