//! The picture of a drawing: rasterised by resvg, reduced to at most 256 colours, packed as a palette PNG.
//!
//! SVG comes in, bytes go out, the same on every run. Nothing is dithered, so flat areas stay flat.

use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{Options, Tree};

use super::fonts::{Family, database};
use super::palette::{Indexed, Loss, reduce, runs};
use super::style::{HEIGHT, SCALE, WIDTH};

/// A picture is lighter than this wherever it can be.
const WEIGHT: usize = 195_000;

/// What is given up for that, one after the other.
const LOSSES: [Loss; 3] = [
    Loss { apart: 24, same: 24 },
    Loss { apart: 32, same: 44 },
    Loss { apart: 48, same: 64 },
];

/// The picture of `svg` as a PNG.
///
/// # Errors
///
/// What is wrong with the drawing, or with its packing.
pub(super) fn picture(svg: &str) -> Result<Vec<u8>, String> {
    let pixmap = rasterise(svg)?;
    let runs = runs(pixmap.data());
    let mut lightest = Vec::new();
    for loss in LOSSES {
        let reduced = reduce(&runs, pixmap.width() as usize, loss);
        let picture = encode(&reduced, &pixmap).map_err(|error| error.to_string())?;
        if lightest.is_empty() || picture.len() < lightest.len() {
            lightest = picture;
        }
        if lightest.len() < WEIGHT {
            break;
        }
    }
    Ok(lightest)
}

/// Packs a palette picture as tightly as deflate can.
fn encode(reduced: &Indexed, pixmap: &Pixmap) -> Result<Vec<u8>, png::EncodingError> {
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, pixmap.width(), pixmap.height());
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_palette(reduced.palette.concat());
    encoder.set_filter(png::Filter::NoFilter);
    encoder.set_deflate_compression(png::DeflateCompression::Level(9));
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&reduced.indices)?;
    writer.finish()?;
    Ok(out)
}

/// The pixels of `svg` on white.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the canvas is small"
)]
fn rasterise(svg: &str) -> Result<Pixmap, String> {
    let options = Options {
        fontdb: database(),
        font_family: Family::Latin.name().to_owned(),
        ..Options::default()
    };
    let tree = Tree::from_str(svg, &options).map_err(|error| error.to_string())?;
    let mut pixmap = Pixmap::new(WIDTH as u32 * SCALE, HEIGHT as u32 * SCALE).ok_or("the canvas is empty")?;
    pixmap.fill(Color::WHITE);
    let scale = f64::from(SCALE) as f32;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixmap.as_mut());
    Ok(pixmap)
}
