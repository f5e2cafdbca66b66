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

/// Pixels of one colour that follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Run {
    /// Their colour.
    colour: [u8; 3],
    /// How many they are.
    length: u32,
}

/// Runs that are longer are no soft edge, and never take the colour of a neighbour.
const EDGE: u32 = 6;

/// So many pixels are compared at a time: most of a chart is paper.
const BLOCK: usize = 32;

/// The runs of opaque pixels, four bytes each.
pub(super) fn runs(pixels: &[u8]) -> Vec<Run> {
    let mut all: Vec<Run> = vec![Run {
        colour: [255; 3],
        length: 0,
    }];
    let mut like = [255; BLOCK * 4];
    for block in pixels.chunks(BLOCK * 4) {
        let Some(mut run) = all.pop() else { break };
        if block == &like[..block.len()] {
            run.length += u32::try_from(block.len() / 4).unwrap_or(0);
            all.push(run);
            continue;
        }
        for pixel in block.chunks_exact(4) {
            let colour = [pixel[0], pixel[1], pixel[2]];
            if colour == run.colour {
                run.length += 1;
            } else {
                all.push(run);
                run = Run { colour, length: 1 };
            }
        }
        all.push(run);
        for pixel in like.chunks_exact_mut(4) {
            pixel[..3].copy_from_slice(&run.colour);
        }
    }
    all
}

/// Reduces a picture in rows of so many pixels.
pub(super) fn reduce(runs: &[Run], width: usize, loss: Loss) -> Indexed {
    let mut colours = count(runs);
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
    let mut indices: Vec<u8> = Vec::new();
    for run in runs.iter().filter(|run| run.length > 0) {
        let own = index[&run.colour];
        let length = indices.len() + run.length as usize;
        if palette[usize::from(own)] == run.colour || run.length > EDGE {
            indices.resize(length, own);
            continue;
        }
        let near = |taken: &u8| distance(palette[usize::from(*taken)], run.colour) <= loss.same.pow(2);
        for at in indices.len()..length {
            let beside = [at.checked_sub(width), at.checked_sub(1)]
                .into_iter()
                .flatten()
                .map(|place| indices[place]);
            indices.push(beside.into_iter().find(near).unwrap_or(own));
        }
    }
    Indexed { palette, indices }
}

/// How many pixels each colour has.
fn count(runs: &[Run]) -> Vec<([u8; 3], u32)> {
    let mut counts: HashMap<[u8; 3], u32> = HashMap::new();
    for run in runs.iter().filter(|run| run.length > 0) {
        *counts.entry(run.colour).or_default() += run.length;
    }
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
        let reduced = reduce(&runs(&pixels), 64, loss);
        assert!(reduced.palette.len() <= 256);
        assert_eq!(reduced.palette[0], [12, 34, 56]);
        assert_eq!(reduced.indices.len() * 4, pixels.len());
        let far = pixels
            .chunks_exact(4)
            .zip(&reduced.indices)
            .map(|(pixel, index)| distance([pixel[0], pixel[1], pixel[2]], reduced.palette[usize::from(*index)]))
            .max();
        assert!(far.is_some_and(|far| far < 60 * 60), "{far:?}");
        assert_eq!(reduce(&runs(&pixels), 64, loss), reduced);
    }
}
