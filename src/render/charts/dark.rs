//! The colours of the dark page: for each colour that a chart is drawn in, its partner on a dark ground.
//!
//! Colours with a meaning have partners of their own. Greys and the shades from least to most are turned round, so that what was near to the
//! paper is near to the ground. The files under `charts/` are always light.

use super::style::{
    ACTORS, BAR, Colour, DARK, DOWN, GRID, GROUND, HATCH, HATCH_GROUND, HOUSE, INK, MUTE, ON, OTHERS, READABLE, REST,
    ROW, RULE, SEQUENCE, STILL, UP,
};

/// The ground of the dark page.
pub(super) const NIGHT: Colour = Colour::new(0x12_16_1A);

/// Text on it.
const DAY: Colour = Colour::new(0xE9_EB_EE);

/// The partners of [`ACTORS`], in their order: at least 4.5 against the ground, so that they serve for text too, and text on them is dark.
pub(super) const BRIGHT: [Colour; 8] = [
    Colour::new(0xEA_62_77),
    Colour::new(0x51_81_C9),
    Colour::new(0xFF_C8_36),
    Colour::new(0x18_A5_87),
    Colour::new(0xC1_91_FE),
    Colour::new(0x83_B0_40),
    Colour::new(0xAE_C4_ED),
    Colour::new(0xE5_E9_FF),
];

/// The partner of [`OTHERS`].
pub(super) const GREY: Colour = Colour::new(0x93_96_A8);

/// Colours that have a partner of their own.
const PARTNERS: [(Colour, Colour); 11] = [
    (ON, ON),
    (HOUSE, Colour::new(0x4E_91_B0)),
    (BAR, Colour::new(0x5A_96_B3)),
    (UP, Colour::new(0x4F_B3_D1)),
    (DOWN, Colour::new(0xF0_8A_50)),
    (STILL, Colour::new(0x85_8C_94)),
    (OTHERS.line, GREY),
    (OTHERS.text, Colour::new(0xA6_AE_B7)),
    (DARK, Colour::new(0xD5_D9_DE)),
    (REST, Colour::new(0x7D_85_8E)),
    (ROW, Colour::new(0x22_28_2E)),
];

/// Greys from paper to ink, and what they become.
const GREYS: [(Colour, Colour); 7] = [
    (GROUND, NIGHT),
    (HATCH_GROUND, Colour::new(0x1A_20_26)),
    (GRID, Colour::new(0x34_3B_43)),
    (HATCH, Colour::new(0x4A_52_5B)),
    (RULE, GREY),
    (MUTE, Colour::new(0xA6_AE_B7)),
    (INK, DAY),
];

/// From least to most on the dark ground.
const SHADES: [Colour; 6] = [
    Colour::new(0x1B_23_2A),
    Colour::new(0x1F_3A_4A),
    Colour::new(0x26_56_70),
    Colour::new(0x30_71_92),
    Colour::new(0x74_AF_CB),
    Colour::new(0xD6_E8_F0),
];

/// The partner of a colour that is written as `#RRGGBB`; `None` for what is no colour.
pub(crate) fn dark(colour: &str) -> Option<String> {
    Colour::parse(colour).map(|colour| partner(colour).hex())
}

/// The partner of a colour.
pub(super) fn partner(colour: Colour) -> Colour {
    let actors = ACTORS.iter().zip(BRIGHT);
    let actor = actors
        .filter(|((_, tone), _)| [tone.line, tone.text, tone.line.with_figures().0].contains(&colour))
        .map(|(_, bright)| bright)
        .next();
    let own = PARTNERS.iter().chain(&GREYS).find(|(light, _)| *light == colour);
    actor
        .or(own.map(|(_, dark)| *dark))
        .or_else(|| shade(colour))
        .or_else(|| fall(colour))
        .or_else(|| grey(colour))
        .unwrap_or_else(|| vivid(colour))
}

/// The partner of a tint of [`DOWN`], which figures stand on.
fn fall(colour: Colour) -> Option<Colour> {
    let part = (255.0 - f64::from(colour.blue)) / (255.0 - f64::from(DOWN.blue));
    let tint = GROUND.mix(DOWN, part.clamp(0.0, 1.0));
    alike(tint, colour).then(|| under_figures(colour, NIGHT.mix(partner(DOWN), part.clamp(0.0, 1.0))))
}

/// Whether two colours are one but for rounding.
fn alike(one: Colour, other: Colour) -> bool {
    let near = |one: u8, other: u8| one.abs_diff(other) <= 1;
    near(one.red, other.red) && near(one.green, other.green) && near(one.blue, other.blue)
}

/// `dark` as the partner of `light`, so dark or so light that the partner of the figures on `light` can be read on it.
fn under_figures(light: Colour, dark: Colour) -> Colour {
    let figures = light.small_text_on();
    let (figures, toward) = if figures == GROUND {
        (NIGHT, GROUND)
    } else {
        (DAY, NIGHT)
    };
    (0..=400)
        .map(|step| dark.mix(toward, f64::from(step) / 400.0))
        .find(|dark| figures.contrast(*dark) >= READABLE)
        .unwrap_or(toward)
}

/// The partner of a colour between those of [`SEQUENCE`].
fn shade(colour: Colour) -> Option<Colour> {
    SEQUENCE.windows(2).zip(SHADES.windows(2)).find_map(|(light, dark)| {
        let (from, to, now) = (f64::from(light[0].red), f64::from(light[1].red), f64::from(colour.red));
        let part = (now - from) / (to - from);
        let there = light[0].mix(light[1], part.clamp(0.0, 1.0));
        alike(there, colour).then(|| under_figures(colour, dark[0].mix(dark[1], part.clamp(0.0, 1.0))))
    })
}

/// The partner of a colour that is nearly grey.
fn grey(colour: Colour) -> Option<Colour> {
    let (most, least) = (
        colour.red.max(colour.green).max(colour.blue),
        colour.red.min(colour.green).min(colour.blue),
    );
    if most - least > 16 {
        return None;
    }
    GREYS.windows(2).find_map(|pair| {
        let (from, to, now) = (pair[0].0.green, pair[1].0.green, colour.green);
        let part = (f64::from(from) - f64::from(now)) / (f64::from(from) - f64::from(to));
        (to..=from).contains(&now).then(|| pair[0].1.mix(pair[1].1, part))
    })
}

/// Any other colour: tints of the paper become tints of the ground; the rest is made light enough to be read.
fn vivid(colour: Colour) -> Colour {
    if colour.is_pale() {
        return colour.mix(NIGHT, 0.75);
    }
    (0..=20)
        .map(|step| colour.mix(GROUND, f64::from(step) / 20.0))
        .find(|lighter| lighter.contrast(NIGHT) >= READABLE)
        .unwrap_or(DAY)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::charts::style::{cell, shade};
    use crate::render::charts::vision::{VISIONS, apart};

    #[test]
    fn every_actor_can_be_seen_and_read_on_the_dark_ground() {
        for (id, tone) in ACTORS {
            for colour in [tone.line, tone.text] {
                let contrast = partner(colour).contrast(NIGHT);
                assert!(contrast >= READABLE, "{id}: {contrast:.2}");
            }
        }
        for colour in [
            OTHERS.line,
            BAR,
            UP,
            DOWN,
            STILL,
            Colour::new(0x7A_51_95),
            Colour::new(0x20_20_60),
        ] {
            assert!(partner(colour).contrast(NIGHT) >= READABLE, "{}", colour.hex());
        }
        for colour in [INK, MUTE, OTHERS.text, DARK, UP.for_text(), DOWN.for_text()] {
            assert!(partner(colour).contrast(NIGHT) >= READABLE, "{}", colour.hex());
        }
    }

    #[test]
    fn any_two_actors_can_be_told_apart_in_the_dark() {
        let all: Vec<Colour> = BRIGHT.into_iter().chain([GREY]).collect();
        for (name, vision) in &VISIONS {
            for (place, one) in all.iter().enumerate() {
                for other in &all[place + 1..] {
                    let far = apart(*one, *other, vision);
                    assert!(
                        far >= 10.0,
                        "{name}: {} and {} are {far:.1} apart",
                        one.hex(),
                        other.hex()
                    );
                }
            }
        }
    }

    #[test]
    fn what_stands_on_a_colour_can_be_read_on_its_partner() {
        for part in 0..=1000 {
            let light = cell(f64::from(part) / 1000.0);
            let contrast = partner(light.small_text_on()).contrast(partner(light));
            assert!(contrast >= READABLE, "{}: {contrast:.2}", light.hex());
        }
        let own = [
            Colour::new(0x7A_51_95),
            Colour::new(0xFF_E6_80),
            Colour::new(0x80_80_80),
        ];
        for line in ACTORS
            .iter()
            .map(|(_, tone)| tone.line)
            .chain([OTHERS.line, REST])
            .chain(own)
        {
            let (area, figures) = line.with_figures();
            let contrast = partner(figures).contrast(partner(area));
            assert!(contrast >= READABLE, "{}: {contrast:.2}", line.hex());
        }
    }

    #[test]
    fn more_is_lighter_in_the_dark() {
        let all: Vec<f64> = (0..=100)
            .map(|part| partner(shade(f64::from(part) / 100.0)).luminance())
            .collect();
        assert!(all.windows(2).all(|pair| pair[0] <= pair[1] + 0.002), "{all:?}");
        assert_eq!(dark("#FFFFFF").as_deref(), Some("#12161A"));
        assert_eq!(dark("none"), None);
    }
}
