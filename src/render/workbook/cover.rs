//! The first sheet: what the workbook is, what to distrust, a chart, and where each table is.
//!
//! In: findings, and at the end the sheets. Out: a worksheet. Its sentences are those of the page and the summary. The chart draws the cells
//! of the sheet of shares, of complete periods only, so that a week of three days is not taken for a whole one.

use rust_xlsxwriter::{
    Chart, ChartFont, ChartFormat, ChartLegendPosition, ChartLine, ChartMarker, ChartMarkerType, ChartSolidFill,
    Format, FormatAlign, Url, Worksheet, XlsxError,
};

use super::looks;
use super::page::Finished;
use crate::model::findings::Findings;
use crate::model::language::Language;
use crate::render::charts::line_colours;
use crate::render::labels::Labels;
use crate::render::summary::{self, tongue};
use crate::render::text::one_line;
use crate::settings::RenderSettings;

/// The table that the chart draws.
const SHARES: &str = "tables/wide/share_articles.csv";
/// How wide the columns are: the sheet, what it holds, its rows, its file.
const WIDTHS: [u32; 4] = [26, 68, 12, 32];
/// About so many characters stand on a line across all columns.
const LINE: usize = 128;
/// How high a line is, in points.
const LINE_HEIGHT: f64 = 15.5;
/// The chart: rows of the sheet that it covers, its width and its height in pixels.
const CHART: (u32, u32, u32) = (20, 980, 392);
/// With more periods than this, points have no marks.
const MARKED: usize = 40;

/// What stands on the cover.
pub(super) struct Cover {
    /// Its language.
    language: Language,
    /// Its fixed words.
    labels: Labels,
    /// What the corpus is called, and perhaps the tag of its charts.
    title: String,
    /// What it is: range, articles, sources, what was left out.
    facts: [String; 3],
    /// What the findings say.
    brief: Vec<String>,
    /// What to distrust.
    cautions: Vec<String>,
    /// Ids of the featured entities with the colours of their lines.
    lines: Vec<(String, String)>,
    /// The first and the last complete period.
    periods: Option<(usize, usize)>,
    /// Whether a share among them needs the whole scale; it must not reach beyond 100 %.
    is_high: bool,
}

/// A place on the sheet that moves down.
struct Pen {
    /// The sheet.
    sheet: Worksheet,
    /// The next row.
    row: u32,
    /// Whether text runs from the right.
    right: bool,
}

impl Pen {
    /// Writes a paragraph across all columns.
    fn paragraph(&mut self, text: &str, format: &Format) -> Result<(), XlsxError> {
        let lines = u32::try_from(text.chars().count() / LINE + 1).unwrap_or(u32::MAX);
        self.sheet.merge_range(self.row, 0, self.row, 3, text, format)?;
        self.sheet.set_row_height(self.row, f64::from(lines) * LINE_HEIGHT)?;
        self.row += 1;
        Ok(())
    }

    /// Writes a heading after an empty row.
    fn heading(&mut self, heading: &str) -> Result<(), XlsxError> {
        self.row += 1;
        self.sheet
            .merge_range(self.row, 0, self.row, 3, heading, &looks::heading(self.right))?;
        self.sheet.set_row_height(self.row, 22)?;
        self.row += 1;
        Ok(())
    }

    /// Writes a heading and its paragraphs; nothing where there are none.
    fn section(&mut self, heading: &str, paragraphs: &[String]) -> Result<(), XlsxError> {
        if paragraphs.is_empty() {
            return Ok(());
        }
        self.heading(heading)?;
        for text in paragraphs {
            self.paragraph(text, &looks::sentence(self.right))?;
        }
        Ok(())
    }
}

impl Cover {
    /// The cover of `findings` in `language`.
    pub(super) fn new(findings: &Findings, settings: &RenderSettings, language: Language) -> Self {
        let tongue = tongue(language);
        let mut brief = summary::moved(findings, language);
        brief.extend(summary::standing(findings, language));
        let name = one_line(&findings.corpus.name);
        let title = match settings.tag.get(&language) {
            Some(tag) => format!("{name} · {}", one_line(tag)),
            None => name,
        };
        let first = findings.periods.iter().position(|period| period.complete);
        let ids = findings
            .featured
            .iter()
            .map(|&place| findings.entities[place].id.clone());
        Self {
            language,
            labels: Labels::new(language),
            title,
            facts: [
                tongue.extent(findings),
                tongue.last_period(findings),
                tongue.left_out(findings),
            ],
            brief,
            cautions: summary::cautions(findings, language),
            lines: ids.zip(line_colours(findings)).collect(),
            periods: first.zip(findings.last_complete),
            is_high: findings
                .featured
                .iter()
                .flat_map(|&place| &findings.entities[place].series)
                .any(|cell| cell.share.is_some_and(|share| share.value > 0.8)),
        }
    }

    /// What the workbook is called.
    pub(super) fn title(&self) -> &str {
        &self.title
    }

    /// What the sheet is called.
    pub(super) fn name(&self) -> &str {
        self.labels.get("book_name")
    }

    /// The sheet. `pages` are the tables, each with whether it has a sheet.
    pub(super) fn write(&self, pages: &[(&Finished, bool)]) -> Result<Worksheet, XlsxError> {
        let right = self.language == Language::AR;
        let mut sheet = Worksheet::new();
        sheet.set_name(self.name())?;
        sheet.set_right_to_left(right).set_screen_gridlines(false);
        sheet.set_landscape().set_print_fit_to_pages(1, 0);
        for (column, width) in (0..).zip(WIDTHS) {
            sheet.set_column_width(column, width)?;
        }
        let mut pen = Pen { sheet, row: 0, right };
        pen.paragraph(&self.title, &looks::title(right))?;
        pen.sheet.set_row_height(0, 32)?;
        for text in &self.facts {
            pen.paragraph(text, &looks::sentence(right))?;
        }
        pen.section(self.labels.get("findings"), &self.brief)?;
        if let Some(chart) = self.chart(pages) {
            pen.sheet.insert_chart(pen.row + 1, 0, &chart)?;
            pen.row += CHART.0 + 1;
        }
        pen.section(self.labels.get("cautions"), &self.cautions)?;
        self.list(&mut pen, pages)?;
        let note = looks::note(right);
        pen.row += 1;
        pen.paragraph(self.labels.get("book_note"), &note)?;
        let cut: Vec<&str> = pages
            .iter()
            .filter(|(page, there)| *there && page.cut > 0)
            .map(|(page, _)| page.path.as_str())
            .collect();
        if !cut.is_empty() {
            let told = format!("{} {}", self.labels.get("book_cut"), cut.join(", "));
            pen.paragraph(&told, &note)?;
        }
        let made_by = self.labels.get("made_by").replace("{}", env!("CARGO_PKG_VERSION"));
        pen.paragraph(&made_by, &note)?;
        Ok(pen.sheet)
    }

    /// Every table: its sheet, what it holds, its rows, its file.
    fn list(&self, pen: &mut Pen, pages: &[(&Finished, bool)]) -> Result<(), XlsxError> {
        let heads = ["book_sheet", "col_holds", "col_rows", "col_file"].map(|name| self.labels.get(name));
        pen.heading(self.labels.get("book_sheets"))?;
        for (column, head) in (0..).zip(heads) {
            let style = match column {
                2 => looks::head().set_align(FormatAlign::Right),
                3 => looks::head().set_indent(1),
                _ => looks::head(),
            };
            pen.sheet.write_string_with_format(pen.row, column, head, &style)?;
        }
        pen.row += 1;
        let (sentence, link) = (looks::sentence(pen.right), looks::link(pen.right));
        for (page, there) in pages {
            let holds = self.labels.find(&page.path).unwrap_or_default();
            if *there {
                let to = Url::new(format!("internal:'{}'!A1", page.name)).set_text(&page.name);
                pen.sheet.write_url_with_format(pen.row, 0, to, &link)?;
                pen.sheet
                    .write_number_with_format(pen.row, 2, page.rows, &looks::count())?;
            } else {
                let told = self.labels.get("book_too_long");
                pen.sheet
                    .write_string_with_format(pen.row, 0, told, &looks::note(pen.right))?;
            }
            pen.sheet.write_string_with_format(pen.row, 1, holds, &sentence)?;
            let file = Url::new(format!("file://{}", page.path)).set_text(&page.path);
            pen.sheet
                .write_url_with_format(pen.row, 3, file, &link.clone().set_indent(1))?;
            pen.row += 1;
        }
        Ok(())
    }

    /// The shares of the featured entities over the complete periods; none where there are fewer than two.
    fn chart(&self, pages: &[(&Finished, bool)]) -> Option<Chart> {
        let (first, last) = self.periods.filter(|(first, last)| first < last)?;
        let (page, _) = pages.iter().find(|(page, there)| *there && page.path == SHARES)?;
        let rows = (u32::try_from(first).ok()? + 1, u32::try_from(last).ok()? + 1);
        let name = page.name.as_str();
        let mut chart = Chart::new_line();
        for (id, colour) in &self.lines {
            let column = page.columns.iter().position(|column| column == id)?;
            let column = u16::try_from(column).ok()?;
            let mut line = ChartLine::new();
            line.set_color(colour.as_str()).set_width(2.25);
            let series = chart.add_series();
            series
                .set_name((name, 0, column))
                .set_categories((name, rows.0, 0, rows.1, 0))
                .set_values((name, rows.0, column, rows.1, column))
                .set_format(ChartFormat::new().set_line(&line));
            let mut marker = ChartMarker::new();
            if last - first < MARKED {
                let mut fill = ChartSolidFill::new();
                fill.set_color(colour.as_str());
                line.set_width(0.75);
                marker
                    .set_type(ChartMarkerType::Circle)
                    .set_size(5)
                    .set_format(ChartFormat::new().set_solid_fill(&fill).set_border(&line));
            } else {
                marker.set_none();
            }
            series.set_marker(&marker);
        }
        if self.lines.is_empty() {
            return None;
        }
        let title = self.labels.get("book_chart");
        let mut grid = ChartLine::new();
        grid.set_color("#DCDFE3").set_width(0.75);
        let mut font = ChartFont::new();
        font.set_size(12).set_bold();
        chart.title().set_name(title).set_font(&font);
        chart
            .y_axis()
            .set_name(self.labels.get("book_axis"))
            .set_name_font(ChartFont::new().unset_bold())
            .set_num_format("0%")
            .set_min(0)
            .set_major_gridlines_line(&grid);
        if self.is_high {
            chart.y_axis().set_max(1);
        }
        chart.legend().set_position(ChartLegendPosition::Bottom);
        chart.set_width(CHART.1).set_height(CHART.2).set_alt_text(title);
        Some(chart)
    }
}
