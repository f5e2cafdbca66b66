//! What is written on the tiles of the map: short names in letters of one size, or codes.

use super::canvas::Canvas;
use super::plane::Area;
use super::style::{INK, size};
use super::text::{Type, lines};
use super::tiles::{Tile, short_name};

/// The names of all tiles on one line or two, and the letters that they share: the largest in which all fit; else codes for the few
/// that do not, and codes for all where they are many.
pub(super) fn names(canvas: &Canvas, tiles: &[&Tile], area: Area) -> (f64, Vec<Vec<String>>) {
    let sizes = [
        size::LABEL,
        size::SCALE,
        size::CELL,
        size::NOTE,
        size::FOOTER,
        size::LEAST,
    ];
    let wide = |text: &str, letters: f64| canvas.width(text, Type::regular(letters, INK));
    let fitting = |tile: &Tile, letters: f64| {
        let name = short_name(canvas.language, &tile.iso3)?;
        let rows = if wide(name, letters) <= area.width() - 8.0 {
            vec![name.to_owned()]
        } else {
            lines(canvas.script, name, Type::regular(letters, INK), area.width() - 8.0)
        };
        let high = letters * 2.8 + letters * 1.2 * f64::from(u32::try_from(rows.len()).unwrap_or(9) - 1);
        let fits = rows.len() <= 2 && rows.iter().all(|row| wide(row, letters) <= area.width() - 8.0);
        (fits && high <= area.height()).then_some(rows)
    };
    let at = |letters: f64| -> Vec<Option<Vec<String>>> { tiles.iter().map(|tile| fitting(tile, letters)).collect() };
    let code = |tile: &Tile| vec![tile.iso3.clone()];
    let whole = sizes.into_iter().find_map(|letters| {
        let all: Option<Vec<Vec<String>>> = at(letters).into_iter().collect();
        Some((letters, all?))
    });
    if let Some(whole) = whole {
        return whole;
    }
    let least = at(size::LEAST);
    if least.iter().flatten().count() * 5 >= tiles.len() * 4 {
        let names = least.into_iter().zip(tiles);
        return (
            size::LEAST,
            names.map(|(name, tile)| name.unwrap_or_else(|| code(tile))).collect(),
        );
    }
    let fits = |letters: &f64| {
        let room = |tile: &Tile| wide(&tile.iso3, *letters) <= area.width() - 8.0;
        letters * 2.8 <= area.height() && tiles.iter().all(|tile| room(tile))
    };
    let letters = sizes.into_iter().find(fits).unwrap_or(size::LEAST);
    (letters, tiles.iter().map(|tile| code(tile)).collect())
}
