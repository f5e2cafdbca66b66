//! The map: where the countries are that are mentioned, one equal tile each, so that large countries do not look like more.
//!
//! The region is chosen by where the mentions are. The share of articles is the colour and stands on the tile. What is not watched is in
//! outline and never the lightest colour, which says that nothing was found. Geography is not mirrored where words run from the right.

use std::collections::BTreeMap;

use super::brief::{Brief, Drawing, data, with_share};
use super::canvas::{Anchor, Canvas};
use super::columns::{PRINTED, share};
use super::frame;
use super::plane::Area;
use super::stops::Stops;
use super::style::{Colour, INK, MUTE, RULE, cell, size};
use super::svg::number;
use super::text::Type;
use super::tile_names::names;
use super::tiles::{Region, Role, Tile, choose, short_name, tiles};
use super::{Data, Value};
use crate::model::entity::EntityClass;
use crate::model::findings::Share;
use crate::render::format::{self, island};

/// The chart's name.
const NAME: &str = "map";

/// Between tiles.
const BETWEEN: f64 = 4.0;

/// A tile is at most so large, and at most so many times as wide as high.
const LARGEST: (f64, f64) = (186.0, 140.0);

/// See [`LARGEST`].
const WIDEST: f64 = 1.5;

/// A tile on which name and figure have no room is not drawn: width and height at least.
const SMALLEST: (f64, f64) = (42.0, 33.0);

/// Figures on tiles that are narrower have no unit.
const NARROW: f64 = 60.0;

/// Room for the key: width and height.
const KEY: (f64, f64) = (250.0, 84.0);

/// So many countries without a tile are named.
const NAMED: usize = 3;

/// A country on the map.
struct Place {
    /// Its tile.
    tile: &'static Tile,
    /// Its index into the entities, where it is mentioned.
    entity: Option<usize>,
    /// Whether it is watched.
    watched: bool,
    /// Articles that mention it and their share; `None` where it is not watched.
    found: Option<(u64, Share)>,
}

/// Draws the chart; `None` where fewer than six countries of any map are mentioned, there are too few articles
/// for shares, or the sheet is too small for so many tiles.
pub(super) fn draw(brief: &Brief<'_>) -> Option<Drawing> {
    let total = brief.findings.corpus.articles;
    let region = choose(brief).filter(|_| total >= PRINTED)?;
    let places: Vec<Place> = tiles(region)
        .map(|tile| place(brief, tile))
        .filter(|place| place.tile.role != Role::Former || place.entity.is_some())
        .collect();
    let words = brief.words;
    let unwatched = places.iter().any(|place| !place.watched);
    let mut frame = brief.frame(
        words.map(region, &brief.whole_span()),
        words.map_measure(),
        words.map_marks(unwatched, &elsewhere(brief, region)),
    );
    frame.source = brief.whole_source();
    let mut canvas = brief.canvas(NAME);
    let free = frame::draw(&mut canvas, &frame);
    let greatest = places
        .iter()
        .filter_map(|place| place.found.map(|(_, share)| share.value))
        .fold(0.0, f64::max)
        .max(f64::MIN_POSITIVE);
    let grid = Grid::new(&places, free);
    if grid.tile.0 < SMALLEST.0 || grid.tile.1 < SMALLEST.1 {
        return None;
    }
    plot(&mut canvas, brief, (&places, &grid), (greatest, unwatched), free);
    let mut most: Vec<&Place> = places.iter().filter(|place| place.entity.is_some()).collect();
    most.sort_by_key(|place| place.entity);
    let told: Vec<String> = most
        .into_iter()
        .take(3)
        .filter_map(|place| {
            let (_, share) = place.found?;
            Some(format!("{} {}", brief.name(place.entity?), percent(brief, share.value)))
        })
        .collect();
    let alt = words.map_alt(&frame.title, &told);
    Some(Drawing {
        alt,
        frame,
        canvas,
        data: figures(brief, region, &places),
        labels: Vec::new(),
    })
}

/// What the findings know of a tile's country.
fn place(brief: &Brief<'_>, tile: &'static Tile) -> Place {
    let findings = brief.findings;
    let entity = findings
        .entities
        .iter()
        .position(|entity| entity.iso3 == tile.iso3 && entity.class == EntityClass::Country);
    let watched = entity.is_some() || findings.corpus.watched_countries.binary_search(&tile.iso3).is_ok();
    let articles = entity.map_or(0, |place| findings.entities[place].articles);
    Place {
        tile,
        entity,
        watched,
        found: share(articles, findings.corpus.articles)
            .filter(|_| watched)
            .map(|share| (articles, share)),
    }
}

/// The countries that are mentioned and have no tile: the first by name, the others by number.
fn elsewhere(brief: &Brief<'_>, region: Region) -> Vec<String> {
    let entities = &brief.findings.entities;
    let missing: Vec<usize> = (0..entities.len())
        .filter(|&place| {
            let entity = &entities[place];
            entity.class == EntityClass::Country
                && entity.articles > 0
                && !tiles(region).any(|tile| tile.iso3 == entity.iso3)
        })
        .collect();
    let mut named: Vec<String> = missing.iter().take(NAMED).map(|&place| brief.name(place)).collect();
    if missing.len() > NAMED {
        named.push(brief.words.more_countries((missing.len() - NAMED) as u64));
    }
    named
}

/// A share in per cent, with a decimal only where it is below one; what would round to nothing is less than a tenth.
fn percent(brief: &Brief<'_>, value: f64) -> String {
    if value > 0.0 && value < 0.000_5 {
        let least = format::without_isolates(&format::percent(brief.language, 0.001, 1));
        return island(brief.language, &format!("<{least}"));
    }
    format::percent(brief.language, value, usize::from(value > 0.0 && value < 0.0095))
}

/// A share without its unit.
fn bare(value: &str) -> String {
    let signs = format::without_isolates(value);
    signs.replace(['%', format::NNBSP], "")
}

/// The colour of a part of the greatest share, in steps of a twentieth, of which the key shows every other.
fn tint(part: f64) -> Colour {
    cell((part * 20.0).round() / 20.0)
}

/// Where tiles lie.
struct Grid {
    /// Where the first column and row begin.
    start: (f64, f64),
    /// Width and height of a tile.
    tile: (f64, f64),
}

impl Grid {
    /// The largest grid that `free` has room for, in its middle.
    fn new(places: &[Place], free: Area) -> Self {
        let count = |of: fn(&Tile) -> u8| f64::from(places.iter().map(|place| of(place.tile)).max().unwrap_or(0)) + 1.0;
        let (columns, rows) = (count(|tile| tile.column), count(|tile| tile.row));
        let high = ((free.height() - 18.0) / rows).min(LARGEST.1);
        let wide = (free.width() / columns).min(LARGEST.0).min(high * WIDEST);
        let (spare_x, spare_y) = (free.width() - wide * columns, free.height() - 10.0 - high * rows);
        Self {
            start: (free.left + spare_x / 2.0, free.top + (spare_y / 2.0).max(0.0)),
            tile: (wide, high),
        }
    }

    /// The tile at a column and row.
    fn area(&self, tile: &Tile) -> Area {
        let left = self.start.0 + self.tile.0 * f64::from(tile.column);
        let top = self.start.1 + self.tile.1 * f64::from(tile.row);
        Area {
            left,
            right: left + self.tile.0 - BETWEEN,
            top,
            bottom: top + self.tile.1 - BETWEEN,
        }
    }
}

/// Tiles and key. Tiles of one colour are one group, which keeps the file small.
fn plot(
    canvas: &mut Canvas,
    brief: &Brief<'_>,
    (places, grid): (&[Place], &Grid),
    (greatest, unwatched): (f64, bool),
    free: Area,
) {
    let mut colours: BTreeMap<Option<Colour>, Vec<Area>> = BTreeMap::new();
    for place in places {
        let colour = place.found.map(|(_, share)| tint(share.value / greatest));
        let area = grid.area(place.tile);
        let area = if colour.is_some() { area } else { inside(area) };
        colours.entry(colour).or_default().push(area);
    }
    for (colour, tiles) in colours {
        match colour {
            Some(colour) => group(canvas, &format!("fill=\"{}\"", colour.hex()), &tiles),
            None => group(canvas, &outline(), &tiles),
        }
    }
    let tiles: Vec<&Tile> = places.iter().map(|place| place.tile).collect();
    let (letters, names) = names(canvas, &tiles, grid.area(tiles[0]));
    for (place, name) in places.iter().zip(names) {
        let ink = place
            .found
            .map_or(MUTE, |(_, share)| tint(share.value / greatest).small_text_on());
        write(
            canvas,
            brief,
            (place, &name),
            grid.area(place.tile),
            Type::regular(letters, ink),
        );
    }
    key(canvas, brief, (places, grid), (greatest, unwatched), free);
    canvas.keep(Stops::of_cells(
        &["iso3"],
        places.iter().map(|place| {
            (
                vec![place.tile.iso3.clone()],
                called(brief, place),
                grid.area(place.tile),
            )
        }),
    ));
}

/// What a country is called beside its figures, and whether it was looked for.
fn called(brief: &Brief<'_>, place: &Place) -> String {
    let code = &place.tile.iso3;
    let name = place.entity.map_or_else(
        || short_name(brief.language, code).unwrap_or(code).to_owned(),
        |entity| brief.name(entity),
    );
    if place.watched {
        name
    } else {
        format!("{name} ({})", brief.words.unwatched())
    }
}

/// Rectangles of one look.
fn group(canvas: &mut Canvas, looks: &str, areas: &[Area]) {
    canvas.svg.open("g", looks);
    for area in areas {
        let [left, top, wide, high] = [area.left, area.top, area.width(), area.height()].map(number);
        canvas
            .svg
            .empty("path", &format!("d=\"M{left} {top}h{wide}v{high}h-{wide}z\""));
    }
    canvas.svg.close("g");
}

/// An area without the width of its outline.
fn inside(area: Area) -> Area {
    Area {
        left: area.left + 1.0,
        right: area.right - 1.0,
        top: area.top + 1.0,
        bottom: area.bottom - 1.0,
    }
}

/// The look of tiles of what is not watched.
fn outline() -> String {
    format!(
        "fill=\"none\" stroke=\"{}\" stroke-width=\"1.5\" stroke-dasharray=\"3 4\"",
        RULE.hex()
    )
}

/// The name of a country and its share, in the middle of its tile.
fn write(canvas: &mut Canvas, brief: &Brief<'_>, (place, name): (&Place, &[String]), area: Area, kind: Type) {
    let (x, middle) = (
        f64::midpoint(area.left, area.right),
        f64::midpoint(area.top, area.bottom),
    );
    let letters = kind.size;
    let second = letters * 1.2 * f64::from(u32::try_from(name.len()).unwrap_or(1) - 1);
    let foot = match place.found {
        None => middle + letters * 0.35 + second / 2.0,
        Some(_) => middle - area.height() * 0.08 + second / 2.0,
    };
    for (row, text) in name.iter().rev().enumerate() {
        let up = letters * 1.2 * f64::from(u32::try_from(row).unwrap_or(0));
        canvas.text((x, foot - up), Anchor::Middle, kind, text);
    }
    let Some((_, share)) = place.found else { return };
    let value = percent(brief, share.value);
    // Small tiles leave the unit to the subtitle.
    let value = if area.width() < NARROW {
        island(brief.language, &bare(&value))
    } else {
        value
    };
    let figures = |letters: f64| Type::semibold(letters, kind.colour);
    let bold = [size::LABEL, size::FOOTER, size::LEAST]
        .into_iter()
        .filter(|letters| letters * 2.1 <= area.height())
        .map(figures)
        .find(|kind| canvas.width(&value, *kind) <= area.width() - 4.0)
        .unwrap_or(figures(size::LEAST));
    canvas.text(
        (x, middle + area.height() * 0.08 + bold.size * 0.72 + second / 2.0),
        Anchor::Middle,
        bold,
        &value,
    );
}

/// What the colours stand for, in a corner where no tile is; nowhere where each has one, since every tile has its figure.
fn key(
    canvas: &mut Canvas,
    brief: &Brief<'_>,
    (places, grid): (&[Place], &Grid),
    (greatest, unwatched): (f64, bool),
    free: Area,
) {
    let (wide, high) = KEY;
    let corner = |left: f64, top: f64| Area {
        left,
        right: left + wide,
        top,
        bottom: top + high,
    };
    let (low, right) = (free.bottom - high - 10.0, free.right - wide);
    let middle = free.left + (free.width() - wide) / 5.0;
    let corners = [
        corner(middle, low),
        corner(free.left, low),
        corner(right, low),
        corner(free.left, free.top + 6.0),
        corner(right, free.top + 6.0),
    ];
    let meets = |area: &Area| {
        places.iter().map(|place| grid.area(place.tile)).any(|tile| {
            tile.right > area.left - 16.0
                && tile.left < area.right + 16.0
                && tile.bottom > area.top - 12.0
                && tile.top < area.bottom + 12.0
        })
    };
    let Some(area) = corners.into_iter().find(|area| !meets(area)) else {
        return;
    };
    let kind = Type::regular(size::FOOTER, MUTE);
    let step = (wide - 20.0) / 11.0;
    for level in 0..=10_u8 {
        let from = area.left + step * f64::from(level);
        let swatch = Area {
            left: from,
            right: from + step,
            top: area.top,
            bottom: area.top + 16.0,
        };
        let colour = tint(f64::from(level) / 10.0);
        canvas.block(swatch, &format!("fill=\"{}\"", colour.hex()));
    }
    let y = area.top + 36.0;
    canvas.text((area.left, y), Anchor::Left, kind, &percent(brief, 0.0));
    canvas.text(
        (area.left + step * 11.0, y),
        Anchor::Right,
        kind,
        &percent(brief, greatest),
    );
    if unwatched {
        let swatch = Area {
            left: area.left,
            right: area.left + 34.0,
            top: area.bottom - 24.0,
            bottom: area.bottom - 4.0,
        };
        group(canvas, &outline(), &[swatch]);
        let text = Type::regular(size::FOOTER, INK);
        canvas.text(
            (swatch.right + 10.0, area.bottom - 8.0),
            Anchor::Left,
            text,
            brief.words.unwatched(),
        );
    }
}

/// The figures: every tile. What is not watched is empty.
fn figures(brief: &Brief<'_>, region: Region, places: &[Place]) -> Data {
    let row = |place: &Place| {
        let id = place.entity.map(|entity| brief.entity(entity).id.clone());
        let share = place.found.map(|(_, share)| share);
        with_share(
            vec![
                Value::Text(region.as_str().to_owned()),
                Value::Text(place.tile.iso3.clone()),
                id.map_or(Value::Missing, Value::Text),
                Value::Integer(u64::from(place.watched)),
                place
                    .found
                    .map_or(Value::Missing, |(articles, _)| Value::Integer(articles)),
                Value::Integer(brief.findings.corpus.articles),
            ],
            share,
        )
    };
    let columns = [
        "map",
        "iso3",
        "entity",
        "watched",
        "articles",
        "articles_total",
        "share_articles",
        "share_lo",
        "share_hi",
    ];
    data(&columns, places.iter().map(row).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::language::Language;
    use crate::render::charts::fixtures;
    use crate::settings::Surface;

    /// The rows of the figures, by the code of the country.
    fn row<'d>(drawing: &'d Drawing, iso3: &str) -> &'d [Value] {
        let code = Value::Text(iso3.to_owned());
        drawing.data.rows.iter().find(|row| row[1] == code).unwrap()
    }

    #[test]
    fn what_is_not_watched_is_empty_and_what_was_not_found_is_zero() {
        let findings = fixtures::countries(Region::Sahel);
        let drawing = draw(&Brief::new(
            &findings,
            &fixtures::settings(),
            Language::EN,
            Surface::Slide,
        ))
        .unwrap();
        let codes: Vec<&str> = tiles(Region::Sahel).map(|tile| tile.iso3.as_str()).collect();
        assert_eq!(row(&drawing, codes[2])[3..5], [Value::Integer(1), Value::Integer(0)]);
        assert_eq!(row(&drawing, codes[5])[3..5], [Value::Integer(0), Value::Missing]);
        assert!(matches!(row(&drawing, codes[0])[4], Value::Integer(1..)));
        let nothing = format!("<g fill=\"{}\">", tint(0.0).hex());
        let not_found = drawing
            .data
            .rows
            .iter()
            .filter(|row| row[4] == Value::Integer(0))
            .count();
        let svg = drawing.canvas.finish("", "");
        let tiles = svg.split(&nothing).nth(1).unwrap().split("</g>").next().unwrap();
        assert_eq!(tiles.matches("<path").count(), not_found);
    }

    #[test]
    fn the_map_is_the_smallest_that_holds_what_is_mentioned() {
        for region in [Region::Sahel, Region::Mena, Region::Africa, Region::World] {
            let findings = fixtures::countries(region);
            let brief = Brief::new(&findings, &fixtures::settings(), Language::FR, Surface::Slide);
            assert_eq!(choose(&brief), Some(region));
        }
        let mut few = fixtures::countries(Region::Sahel);
        few.entities.truncate(5);
        few.featured.truncate(5);
        assert_eq!(
            choose(&Brief::new(&few, &fixtures::settings(), Language::FR, Surface::Slide)),
            None
        );
    }

    #[test]
    fn a_share_of_next_to_nothing_is_not_written_as_nothing() {
        let findings = fixtures::countries(Region::Sahel);
        let brief = Brief::new(&findings, &fixtures::settings(), Language::FR, Surface::Slide);
        assert_eq!(percent(&brief, 0.000_2), "<0,1\u{202f}%");
        assert_eq!(percent(&brief, 0.0), "0\u{202f}%");
        for step in 0..=100_u8 {
            let colour = tint(f64::from(step) / 100.0);
            assert!(colour.small_text_on().contrast(colour) >= super::super::style::READABLE);
        }
    }
}
