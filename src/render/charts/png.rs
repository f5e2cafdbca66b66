//! The picture of a drawing: rasterised by resvg, reduced to at most 256 colours, packed as a palette PNG.
//!
//! SVG comes in, bytes go out, the same on every run. Nothing is dithered, so flat areas stay flat.

use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{Options, Tree};

use super::fonts::{Family, database};
use super::palette::{Indexed, Loss, reduce, runs};
use super::sheet::Sheet;
use crate::settings::Surface;

/// A picture is lighter than this wherever it can be.
const WEIGHT: usize = 195_000;

/// The resolution of a print as PNG counts it: 300 dots an inch.
const DOTS_A_METRE: u32 = 11_811;

/// How hard deflate tries: the last effort takes thrice the time of the first, so it is made only where the picture would be too heavy.
const EFFORTS: [u8; 2] = [6, 9];

/// What is given up for that, one after the other.
const LOSSES: [Loss; 3] = [
    Loss { apart: 24, same: 24 },
    Loss { apart: 32, same: 44 },
    Loss { apart: 48, same: 64 },
];

/// The picture of `svg` as a PNG; with every colour where it shall be `lossless`.
///
/// # Errors
///
/// What is wrong with the drawing, or with its packing.
pub(super) fn picture(svg: &str, sheet: Sheet, lossless: bool) -> Result<Vec<u8>, String> {
    let pixmap = rasterise(svg, sheet)?;
    if lossless {
        return encode_whole(&pixmap, sheet).map_err(|error| error.to_string());
    }
    let runs = runs(pixmap.data());
    let mut lightest = Vec::new();
    for loss in LOSSES {
        let reduced = reduce(&runs, pixmap.width() as usize, loss);
        for effort in EFFORTS {
            let picture = encode(&reduced, &pixmap, (sheet, effort)).map_err(|error| error.to_string())?;
            if lightest.is_empty() || picture.len() < lightest.len() {
                lightest = picture;
            }
            if lightest.len() < WEIGHT {
                return Ok(lightest);
            }
        }
    }
    Ok(lightest)
}

/// Packs a palette picture with an effort of deflate.
fn encode(reduced: &Indexed, pixmap: &Pixmap, (sheet, effort): (Sheet, u8)) -> Result<Vec<u8>, png::EncodingError> {
    let mut out = Vec::new();
    let mut encoder = encoder(&mut out, pixmap, sheet);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_palette(reduced.palette.concat());
    encoder.set_filter(png::Filter::NoFilter);
    encoder.set_deflate_compression(png::DeflateCompression::Level(effort));
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&reduced.indices)?;
    writer.finish()?;
    Ok(out)
}

/// Packs a picture in true colours. The ground is white, so no pixel is transparent.
fn encode_whole(pixmap: &Pixmap, sheet: Sheet) -> Result<Vec<u8>, png::EncodingError> {
    let mut out = Vec::new();
    let mut encoder = encoder(&mut out, pixmap, sheet);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_filter(png::Filter::Adaptive);
    let mut writer = encoder.write_header()?;
    let pixels = pixmap.data().chunks_exact(4).flat_map(|pixel| &pixel[..3]);
    writer.write_image_data(&pixels.copied().collect::<Vec<u8>>())?;
    writer.finish()?;
    Ok(out)
}

/// An encoder for a picture of the size of `pixmap`. What is printed says how large it is on paper.
fn encoder<'o>(out: &'o mut Vec<u8>, pixmap: &Pixmap, sheet: Sheet) -> png::Encoder<'o, &'o mut Vec<u8>> {
    let mut encoder = png::Encoder::new(out, pixmap.width(), pixmap.height());
    if sheet.surface == Surface::Print {
        encoder.set_pixel_dims(Some(png::PixelDimensions {
            xppu: DOTS_A_METRE,
            yppu: DOTS_A_METRE,
            unit: png::Unit::Meter,
        }));
    }
    encoder
}

/// The pixels of `svg` on white.
#[expect(clippy::cast_precision_loss, reason = "the canvas is small")]
fn rasterise(svg: &str, sheet: Sheet) -> Result<Pixmap, String> {
    let options = Options {
        fontdb: database(),
        font_family: Family::Latin.name().to_owned(),
        ..Options::default()
    };
    let tree = Tree::from_str(svg, &options).map_err(|error| error.to_string())?;
    let (wide, high) = sheet.pixels();
    let mut pixmap = Pixmap::new(wide, high).ok_or("the canvas is empty")?;
    pixmap.fill(Color::WHITE);
    let own = tree.size();
    let scale = Transform::from_scale(wide as f32 / own.width(), high as f32 / own.height());
    resvg::render(&tree, scale, &mut pixmap.as_mut());
    Ok(pixmap)
}
