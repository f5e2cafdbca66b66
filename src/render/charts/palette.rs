//! At most 256 colours for a picture: flat areas keep theirs to the bit, and the soft edges of letters and lines share what is left.
//!
//! Pixels come in, a palette and an index a pixel go out. Colours are taken by how many pixels they have, so the outcome depends on the picture
//! alone. Nothing is dithered: dithering would make flat areas noisy and files large.

use std::collections::HashMap;

/// A palette has at most so many colours.
const MOST: usize = 256;

/// A colour of so many pixels is a flat area, and is kept unless it cannot be told from one that is kept already.
const FLAT: u32 = 1500;

/// A picture with a palette.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Indexed {
    /// Red, green and blue of each colour, most pixels first.
    pub(super) palette: Vec<[u8; 3]>,
    /// The colour of each pixel.
    pub(super) indices: Vec<u8>,
}

/// How much a picture may lose, as distances.
#[derive(Clone, Copy, Debug)]
pub(super) struct Loss {
    /// How far soft colours of the palette stay apart at first; it grows until the palette suffices.
    pub(super) apart: u32,
    /// A soft pixel that is so near to the colour of the pixel above or before it takes that: runs make files small.
    pub(super) same: u32,
}

/// Reduces opaque pixels, four bytes each, in rows of so many pixels.
pub(super) fn reduce(pixels: &[u8], width: usize, loss: Loss) -> Indexed {
    let mut colours = count(pixels);
    colours.sort_unstable_by(|(one, few), (two, many)| many.cmp(few).then(one.cmp(two)));
    let mut apart = loss.apart.pow(2);
    let palette = loop {
        let palette = choose(&colours, apart);
        if palette.len() <= MOST {
            break palette;
        }
        apart += apart / 2;
    };
    let index: HashMap<[u8; 3], u8> = colours
        .iter()
        .map(|(colour, _)| (*colour, nearest(&palette, *colour)))
        .collect();
    let mut indices: Vec<u8> = Vec::with_capacity(pixels.len() / 4);
    let mut last = ([255; 3], nearest(&palette, [255; 3]));
    for (at, pixel) in pixels.chunks_exact(4).enumerate() {
        let colour = [pixel[0], pixel[1], pixel[2]];
        if colour != last.0 {
            last = (colour, index[&colour]);
        }
        let mut chosen = last.1;
        if palette[usize::from(chosen)] != colour {
            let above = at.checked_sub(width);
            let beside = [above, at.checked_sub(1)]
                .into_iter()
                .flatten()
                .map(|place| indices[place]);
            let near = |taken: &u8| distance(palette[usize::from(*taken)], colour) <= loss.same.pow(2);
            chosen = beside.into_iter().find(near).unwrap_or(chosen);
        }
        indices.push(chosen);
    }
    Indexed { palette, indices }
}

/// How many pixels each colour has.
fn count(pixels: &[u8]) -> Vec<([u8; 3], u32)> {
    let mut counts: HashMap<[u8; 3], u32> = HashMap::new();
    let mut run = ([255; 3], 0);
    for pixel in pixels.chunks_exact(4) {
        let colour = [pixel[0], pixel[1], pixel[2]];
        if colour == run.0 {
            run.1 += 1;
        } else {
            *counts.entry(run.0).or_default() += run.1;
            run = (colour, 1);
        }
    }
    *counts.entry(run.0).or_default() += run.1;
    counts.retain(|_, count| *count > 0);
    counts.into_iter().collect()
}

/// Flat colours, then soft ones that are so far apart from all that were taken.
fn choose(colours: &[([u8; 3], u32)], apart: u32) -> Vec<[u8; 3]> {
    let mut palette: Vec<[u8; 3]> = Vec::new();
    for (colour, count) in colours {
        let least = if *count >= FLAT { 4 } else { apart };
        if palette.len() <= MOST && palette.iter().all(|taken| distance(*taken, *colour) >= least) {
            palette.push(*colour);
        }
    }
    palette
}

/// The place of the colour that is nearest.
#[expect(clippy::cast_possible_truncation, reason = "a palette has at most 256 colours")]
fn nearest(palette: &[[u8; 3]], colour: [u8; 3]) -> u8 {
    let near = palette
        .iter()
        .enumerate()
        .min_by_key(|(place, taken)| (distance(**taken, colour), *place));
    near.map_or(0, |(place, _)| place as u8)
}

/// A squared distance that weighs green most and blue least, as eyes do.
fn distance(one: [u8; 3], two: [u8; 3]) -> u32 {
    let square = |at: usize| u32::from(one[at].abs_diff(two[at])).pow(2);
    (3 * square(0) + 4 * square(1) + 2 * square(2)) / 3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flat_areas_keep_their_colours_and_soft_edges_find_a_near_one() {
        let mut pixels: Vec<u8> = Vec::new();
        for shade in 0..=255_u8 {
            for other in [0_u8, 90, 180] {
                pixels.extend([shade, other, shade ^ other, 255]);
            }
        }
        for _ in 0..4000 {
            pixels.extend([12, 34, 56, 255]);
        }
        let loss = Loss { apart: 24, same: 24 };
        let reduced = reduce(&pixels, 64, loss);
        assert!(reduced.palette.len() <= 256);
        assert_eq!(reduced.palette[0], [12, 34, 56]);
        assert_eq!(reduced.indices.len() * 4, pixels.len());
        let far = pixels
            .chunks_exact(4)
            .zip(&reduced.indices)
            .map(|(pixel, index)| distance([pixel[0], pixel[1], pixel[2]], reduced.palette[usize::from(*index)]))
            .max();
        assert!(far.is_some_and(|far| far < 60 * 60), "{far:?}");
        assert_eq!(reduce(&pixels, 64, loss), reduced);
    }
}
