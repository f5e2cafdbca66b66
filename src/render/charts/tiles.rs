//! The maps of tiles: where each country has its tile, what is written on it, and which map shows where the mentions are.
//!
//! The places are our own, in `data/tiles.csv`; short names in `data/tile_names.csv`. Both are sorted, and a test reads them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::brief::Brief;
use crate::model::language::Language;

/// What a map shows, from the smallest to the largest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Region {
    /// West Africa and the Sahel, with their neighbours to the north.
    Sahel,
    /// The Middle East and North Africa.
    Mena,
    /// Africa.
    Africa,
    /// All countries.
    World,
}

impl Region {
    /// The word in the data.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Sahel => "sahel",
            Self::Mena => "mena",
            Self::Africa => "africa",
            Self::World => "world",
        }
    }
}

/// A tile.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(super) struct Tile {
    /// Of which map.
    pub(super) map: Region,
    /// Whose.
    pub(super) iso3: String,
    /// From the west, 0 first.
    pub(super) column: u8,
    /// From the north, 0 first.
    pub(super) row: u8,
    /// What it is there for.
    pub(super) role: Role,
}

/// What a tile is there for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Role {
    /// Its country is of the region.
    Core,
    /// Its country is beside the region: drawn, but the region is not chosen for it.
    Neighbour,
    /// A state that is no more: drawn where it is mentioned.
    Former,
}

/// A short name.
#[derive(Clone, Debug, Deserialize)]
struct Short {
    /// Whose.
    iso3: String,
    /// English.
    en: String,
    /// French.
    fr: String,
    /// Arabic.
    ar: String,
}

/// Every tile of every map.
static TILES: LazyLock<Vec<Tile>> = LazyLock::new(|| read(include_str!("data/tiles.csv")));

/// Every short name, by code.
static NAMES: LazyLock<BTreeMap<String, Short>> = LazyLock::new(|| {
    let names: Vec<Short> = read(include_str!("data/tile_names.csv"));
    names.into_iter().map(|short| (short.iso3.clone(), short)).collect()
});

/// The rows of a file that is part of the program.
fn read<T: for<'d> Deserialize<'d>>(text: &str) -> Vec<T> {
    csv::Reader::from_reader(text.as_bytes())
        .into_deserialize()
        .map(|row| row.expect("the tiles are part of the program, and a test reads them"))
        .collect()
}

/// The tiles of a map.
pub(super) fn tiles(region: Region) -> impl Iterator<Item = &'static Tile> {
    TILES.iter().filter(move |tile| tile.map == region)
}

/// The short name of a country, where there is one.
pub(super) fn short_name(language: Language, iso3: &str) -> Option<&'static str> {
    NAMES.get(iso3).map(|short| match language {
        Language::AR => short.ar.as_str(),
        Language::FR => short.fr.as_str(),
        _ => short.en.as_str(),
    })
}

/// A map needs so many of its countries mentioned.
const FEWEST: usize = 6;

/// The smallest map that has six of its countries mentioned and two fifths of all articles that mention a country, an article counted for each
/// country that it mentions; the world takes whatever there is.
pub(super) fn choose(brief: &Brief<'_>) -> Option<Region> {
    let entities = &brief.findings.entities;
    let countries = || {
        entities
            .iter()
            .filter(|entity| !entity.iso3.is_empty() && entity.articles > 0)
    };
    let all: u64 = countries().map(|entity| entity.articles).sum();
    let mut regions: Vec<Region> = TILES.iter().map(|tile| tile.map).collect();
    regions.sort_unstable();
    regions.dedup();
    regions.into_iter().find(|&region| {
        let inside = |iso3: &str| tiles(region).any(|tile| tile.role != Role::Neighbour && tile.iso3 == iso3);
        let (mentioned, articles) = countries()
            .filter(|entity| inside(&entity.iso3))
            .fold((0, 0), |(count, articles), entity| {
                (count + 1, articles + entity.articles)
            });
        mentioned >= FEWEST && (region == Region::World || articles * 5 >= all * 2)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_two_tiles_share_a_place_and_every_one_has_a_name() {
        let places: BTreeSet<(Region, u8, u8)> = TILES.iter().map(|tile| (tile.map, tile.column, tile.row)).collect();
        let codes: BTreeSet<(Region, &str)> = TILES.iter().map(|tile| (tile.map, tile.iso3.as_str())).collect();
        assert_eq!((places.len(), codes.len()), (TILES.len(), TILES.len()));
        for text in [include_str!("data/tiles.csv"), include_str!("data/tile_names.csv")] {
            let rows: Vec<&str> = text.lines().skip(1).collect();
            assert!(rows.is_sorted_by_key(|row| row.split(',').take(2).collect::<Vec<_>>()));
        }
        for tile in TILES.iter().filter(|tile| tile.map != Region::World) {
            for language in [Language::EN, Language::FR, Language::AR] {
                let name = short_name(language, &tile.iso3).unwrap_or_default();
                assert!(!name.is_empty() && super::super::text::can_write(name), "{}", tile.iso3);
            }
        }
    }

    #[test]
    fn countries_lie_beside_those_that_readers_look_for_there() {
        let at = |region: Region, iso3: &str| {
            let tile = tiles(region).find(|tile| tile.iso3 == iso3).unwrap();
            (tile.column, tile.row)
        };
        for region in [Region::Sahel, Region::Africa] {
            let [algeria, mali, niger, burkina, nigeria] =
                ["DZA", "MLI", "NER", "BFA", "NGA"].map(|iso3| at(region, iso3));
            assert!(algeria.1 < mali.1 && mali.1 < nigeria.1);
            assert!(mali.0 + 1 == burkina.0 && burkina.0 + 1 == niger.0 && niger.1 < nigeria.1);
        }
        let [south, egypt, madagascar] = ["ZAF", "EGY", "MDG"].map(|iso3| at(Region::Africa, iso3));
        assert!(tiles(Region::Africa).all(|tile| tile.row <= south.1));
        assert!(egypt.1 == 0 && madagascar.0 > south.0);
        assert_eq!(tiles(Region::Africa).count(), 55);
    }
}
