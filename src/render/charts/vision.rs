//! How far colours are apart for the eye, with full colour vision and without: for the tests of the palette.
//!
//! ΔE2000 after Sharma, Wu and Dalal (2005); protan, deutan and tritan vision after Machado, Oliveira and Fernandes (2009) at full severity.

use super::style::Colour;

/// A matrix over linear red, green, blue.
pub(super) type Matrix = [[f64; 3]; 3];

/// Full vision, protanopia, deuteranopia, tritanopia.
pub(super) const VISIONS: [(&str, Matrix); 4] = [
    ("normal", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    (
        "protan",
        [
            [0.152_286, 1.052_583, -0.204_868],
            [0.114_503, 0.786_281, 0.099_216],
            [-0.003_882, -0.048_116, 1.051_998],
        ],
    ),
    (
        "deutan",
        [
            [0.367_322, 0.860_646, -0.227_968],
            [0.280_085, 0.672_501, 0.047_413],
            [-0.011_820, 0.042_940, 0.968_881],
        ],
    ),
    (
        "tritan",
        [
            [1.255_528, -0.076_749, -0.178_779],
            [-0.078_411, 0.930_809, 0.147_602],
            [0.004_733, 0.691_367, 0.303_900],
        ],
    ),
];

/// The product of a matrix and a column.
fn times(matrix: &Matrix, column: [f64; 3]) -> [f64; 3] {
    matrix.map(|row| row.iter().zip(column).map(|(one, other)| one * other).sum())
}

/// CIE L*a*b* under D65 of a colour as `vision` sees it.
fn lab(colour: Colour, vision: &Matrix) -> [f64; 3] {
    const XYZ: Matrix = [
        [0.412_456_4, 0.357_576_1, 0.180_437_5],
        [0.212_672_9, 0.715_152_2, 0.072_175],
        [0.019_333_9, 0.119_192, 0.950_304_1],
    ];
    let seen = times(vision, colour.linear()).map(|light| light.clamp(0.0, 1.0));
    let [x, y, z] = times(&XYZ, seen);
    let f = |value: f64| {
        if value > 216.0 / 24_389.0 {
            value.cbrt()
        } else {
            (24_389.0 / 27.0 * value + 16.0) / 116.0
        }
    };
    let (x, y, z) = (f(x / 0.950_47), f(y), f(z / 1.088_83));
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

/// ΔE2000 between two colours as `vision` sees them.
#[expect(clippy::many_single_char_names, reason = "the names of the formula")]
pub(super) fn apart(one: Colour, other: Colour, vision: &Matrix) -> f64 {
    let ([l1, a1, b1], [l2, a2, b2]) = (lab(one, vision), lab(other, vision));
    let seventh = |chroma: f64| (chroma.powi(7) / (chroma.powi(7) + 25_f64.powi(7))).sqrt();
    let g = 0.5 * (1.0 - seventh(f64::midpoint(a1.hypot(b1), a2.hypot(b2))));
    let (a1, a2) = (a1 * (1.0 + g), a2 * (1.0 + g));
    let (c1, c2) = (a1.hypot(b1), a2.hypot(b2));
    let hue = |a: f64, b: f64| {
        if a == 0.0 && b == 0.0 {
            0.0
        } else {
            b.atan2(a).to_degrees().rem_euclid(360.0)
        }
    };
    let (h1, h2) = (hue(a1, b1), hue(a2, b2));
    let neutral = c1 * c2 == 0.0;
    let turn = if neutral {
        0.0
    } else {
        (h2 - h1 + 180.0).rem_euclid(360.0) - 180.0
    };
    let mean = if neutral {
        h1 + h2
    } else {
        (h1 + turn / 2.0).rem_euclid(360.0)
    };
    let (dl, dc) = (l2 - l1, c2 - c1);
    let dh = 2.0 * (c1 * c2).sqrt() * (turn / 2.0).to_radians().sin();
    let (l, c) = (f64::midpoint(l1, l2), f64::midpoint(c1, c2));
    let cos = |factor: f64, shift: f64| (factor * mean + shift).to_radians().cos();
    let t = 1.0 - 0.17 * cos(1.0, -30.0) + 0.24 * cos(2.0, 0.0) + 0.32 * cos(3.0, 6.0) - 0.20 * cos(4.0, -63.0);
    let sl = 1.0 + 0.015 * (l - 50.0).powi(2) / (20.0 + (l - 50.0).powi(2)).sqrt();
    let (sc, sh) = (1.0 + 0.045 * c, 1.0 + 0.015 * c * t);
    let rotation = 60.0 * (-((mean - 275.0) / 25.0).powi(2)).exp();
    let rt = -rotation.to_radians().sin() * 2.0 * seventh(c);
    let (l, c, h) = (dl / sl, dc / sc, dh / sh);
    (l * l + c * c + h * h + rt * c * h).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::charts::style::{
        ACTORS, BAR, DARK, DOWN, GRID, GROUND, INK, MUTE, OTHERS, READABLE, REST, SEQUENCE, STILL, Tone, UP, cell,
        shade,
    };

    #[test]
    fn black_and_white_are_a_hundred_apart() {
        let far = apart(Colour::new(0), Colour::new(0xFF_FF_FF), &VISIONS[0].1);
        assert!((far - 100.0).abs() < 0.01, "{far}");
        assert!(apart(INK, INK, &VISIONS[0].1).abs() < 1e-9);
    }

    #[test]
    fn any_two_actors_can_be_told_apart_by_every_reader() {
        let tones: Vec<Tone> = ACTORS.iter().map(|(_, tone)| *tone).chain([OTHERS]).collect();
        for (name, vision) in &VISIONS {
            for (place, one) in tones.iter().enumerate() {
                for other in &tones[place + 1..] {
                    let far = apart(one.line, other.line, vision);
                    assert!(
                        far >= 10.0,
                        "{name}: {} and {} are {far:.1} apart",
                        one.line.hex(),
                        other.line.hex()
                    );
                }
            }
        }
    }

    #[test]
    fn the_rest_of_a_stack_and_the_three_ways_of_a_change_can_be_told_apart_by_every_reader() {
        let layers = ACTORS.iter().map(|(_, tone)| (tone.line, REST));
        let changes = [(UP, DOWN), (UP, STILL), (DOWN, STILL)];
        let greys = [(DARK, OTHERS.line), (DARK, GRID), (OTHERS.line, REST)];
        for (one, other) in layers.chain(changes).chain(greys) {
            for (name, vision) in &VISIONS {
                let far = apart(one, other, vision);
                assert!(
                    far >= 10.0,
                    "{name}: {} and {} are {far:.1} apart",
                    one.hex(),
                    other.hex()
                );
            }
        }
    }

    #[test]
    fn a_darker_cell_is_more_to_every_reader() {
        for pair in SEQUENCE.windows(2) {
            assert!(pair[0].luminance() > pair[1].luminance());
            for (name, vision) in &VISIONS {
                assert!(apart(pair[0], pair[1], vision) >= 4.0, "{name}: {}", pair[1].hex());
            }
        }
    }

    #[test]
    fn figures_in_cells_can_be_read_on_every_shade_and_more_is_never_lighter() {
        let mut before = 1.0;
        for step in 0..=1000_u16 {
            let part = f64::from(step) / 1000.0;
            let colour = cell(part);
            let contrast = colour.small_text_on().contrast(colour);
            assert!(contrast >= READABLE, "{}: {contrast:.2}", colour.hex());
            assert!(colour.luminance() <= before, "{part}: {}", colour.hex());
            before = colour.luminance();
            let far = apart(colour, shade(part), &VISIONS[0].1);
            assert!(far <= 4.0, "{part}: {} is {far:.1} from the shade", colour.hex());
        }
    }

    #[test]
    fn lines_bars_and_marks_stand_out_from_the_ground() {
        let lines = ACTORS.iter().map(|(_, tone)| tone.line);
        for colour in lines.chain([BAR, UP, DOWN, DARK]) {
            let contrast = colour.contrast(GROUND);
            assert!(contrast >= 2.2, "{}: {contrast:.2}", colour.hex());
        }
        for colour in [INK, MUTE, UP.for_text(), DOWN.for_text(), STILL.for_text()] {
            let contrast = colour.contrast(GROUND);
            assert!(contrast >= READABLE, "{}: {contrast:.2}", colour.hex());
        }
    }

    #[test]
    fn text_can_be_read_on_what_it_stands_on() {
        for colour in ACTORS.iter().map(|(_, tone)| tone.text).chain([OTHERS.text, INK, MUTE]) {
            assert!(colour.contrast(GROUND) >= 4.5, "{} on the ground", colour.hex());
        }
        for colour in ACTORS.iter().map(|(_, tone)| tone.line).chain([OTHERS.line, REST]) {
            let (area, figures) = colour.with_figures();
            let contrast = figures.contrast(area);
            assert!(contrast >= READABLE, "figures on {}: {contrast:.2}", colour.hex());
            let far = apart(area, colour, &VISIONS[0].1);
            assert!(far <= 4.5, "{} is {far:.1} from {}", area.hex(), colour.hex());
        }
        assert!(Colour::new(0xFF_E6_80).for_text().contrast(GROUND) >= 4.5);
    }
}
