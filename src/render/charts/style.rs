//! How charts look: colours, sizes and distances. No other file of this room names a colour or the size of a letter.
//!
//! Lengths are logical pixels; `sheet` says how many of them a chart has.

/// The block that hangs from the top edge: width and height.
pub(super) const BLOCK: (f64, f64) = (64.0, 12.0);
/// Room at the left of a scale where no data are drawn, and more where its figures are wide.
pub(super) const GUTTER: f64 = 58.0;
/// Names are cut off at this width.
pub(super) const NAME_WIDTH: f64 = 240.0;
/// Rows of a chart with few of them are not higher than this.
pub(super) const HIGHEST: f64 = 190.0;
/// Direct labels stand so far from the line's end.
pub(super) const LABEL_GAP: f64 = 20.0;
/// Baselines of direct labels keep so far apart.
pub(super) const LABEL_STEP: f64 = 32.0;
/// A label that moved farther than this from its line is led to it.
pub(super) const LED: f64 = 5.0;

/// Sizes of letters.
pub(super) mod size {
    /// The subtitle.
    pub(in super::super) const SUBTITLE: f64 = 24.0;
    /// The subtitle at its smallest.
    pub(in super::super) const SUBTITLE_LEAST: f64 = 20.0;
    /// Direct labels and names of rows.
    pub(in super::super) const LABEL: f64 = 23.0;
    /// Scales.
    pub(in super::super) const SCALE: f64 = 20.0;
    /// Numbers in cells and columns.
    pub(in super::super) const CELL: f64 = 19.0;
    /// Events and notes.
    pub(in super::super) const NOTE: f64 = 18.0;
    /// The footer.
    pub(in super::super) const FOOTER: f64 = 17.0;
    /// Names on small tiles.
    pub(in super::super) const LEAST: f64 = 16.6;
}

/// A colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Colour {
    /// Red.
    pub(super) red: u8,
    /// Green.
    pub(super) green: u8,
    /// Blue.
    pub(super) blue: u8,
}

impl Colour {
    /// The colour `0xrrggbb`.
    pub(super) const fn new(rgb: u32) -> Self {
        Self {
            red: (rgb >> 16 & 0xff) as u8,
            green: (rgb >> 8 & 0xff) as u8,
            blue: (rgb & 0xff) as u8,
        }
    }

    /// The colour that a watchlist writes as `#rrggbb`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6)?;
        u32::from_str_radix(digits, 16).ok().map(Self::new)
    }

    /// As `#rrggbb`.
    pub(super) fn hex(self) -> String {
        format!("#{:02X}{:02X}{:02X}", self.red, self.green, self.blue)
    }

    /// Relative luminance after WCAG 2.
    pub(super) fn luminance(self) -> f64 {
        let [red, green, blue] = self.linear();
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// Linear light, 0–1.
    pub(super) fn linear(self) -> [f64; 3] {
        [self.red, self.green, self.blue].map(|byte| {
            let value = f64::from(byte) / 255.0;
            if value <= 0.040_45 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        })
    }

    /// Contrast with `other` after WCAG 2, 1–21.
    pub(super) fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// So much of the way from this colour to `other`.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a mean of bytes is a byte"
    )]
    pub(super) fn mix(self, other: Self, part: f64) -> Self {
        let between = |one: u8, two: u8| (f64::from(one) + (f64::from(two) - f64::from(one)) * part).round() as u8;
        Self {
            red: between(self.red, other.red),
            green: between(self.green, other.green),
            blue: between(self.blue, other.blue),
        }
    }

    /// The same colour, darker where text in it would be hard to read on the ground.
    pub(super) fn for_text(self) -> Self {
        (0..=20)
            .map(|step| self.mix(INK, f64::from(step) / 20.0))
            .find(|colour| colour.contrast(GROUND) >= READABLE)
            .unwrap_or(INK)
    }

    /// White or ink, whichever reads better on this colour.
    pub(super) fn small_text_on(self) -> Self {
        if GROUND.contrast(self) >= INK.contrast(self) {
            GROUND
        } else {
            INK
        }
    }

    /// Whether it is a tint of the paper, which the dark page turns into a tint of its ground.
    pub(super) fn is_pale(self) -> bool {
        self.luminance() > 0.62
    }

    /// The colour of an area that figures stand on, and theirs: white where this colour is dark enough, or nearly so and then made darker;
    /// else ink, and the colour lighter where that is wanted.
    pub(super) fn with_figures(self) -> (Self, Self) {
        let (figures, toward) = if GROUND.contrast(self) >= NEARLY {
            (GROUND, INK)
        } else {
            (if self.is_pale() { INK } else { ON }, GROUND)
        };
        let area = (0..=40)
            .map(|step| self.mix(toward, f64::from(step) / 40.0))
            .find(|area| figures.contrast(*area) >= READABLE)
            .unwrap_or(toward);
        (area, figures)
    }
}

/// The contrast that text needs.
pub(super) const READABLE: f64 = 4.5;
/// A colour of this contrast with white is made darker for white figures; one of less has figures in ink.
const NEARLY: f64 = 3.9;

/// Text and axes.
pub(super) const INK: Colour = Colour::new(0x16_19_1D);
/// Figures on a colour that is too light for white: ink, but a grain apart from it, since the dark page leaves it dark.
pub(super) const ON: Colour = Colour::new(0x16_19_1E);
/// Subtitles, scales, footers.
pub(super) const MUTE: Colour = Colour::new(0x56_5D_66);
/// The paper.
pub(super) const GROUND: Colour = Colour::new(0xFF_FF_FF);
/// Gridlines and hairlines.
pub(super) const GRID: Colour = Colour::new(0xDC_DF_E3);
/// Lines between rows.
pub(super) const ROW: Colour = Colour::new(0xEC_EE_F0);
/// The block at the top edge.
pub(super) const HOUSE: Colour = Colour::new(0x0B_3C_49);
/// The ground of what was not collected.
pub(super) const HATCH_GROUND: Colour = Colour::new(0xF1_F3_F5);
/// The hatching of what was not collected.
pub(super) const HATCH: Colour = Colour::new(0xB9_BE_C4);
/// Rules of events.
pub(super) const RULE: Colour = Colour::new(0x8A_8F_94);
/// Bars that belong to no actor.
pub(super) const BAR: Colour = Colour::new(0x4B_7F_99);
/// More than before.
pub(super) const UP: Colour = Colour::new(0x0E_6E_8C);
/// Less than before.
pub(super) const DOWN: Colour = Colour::new(0xC2_57_1A);
/// Within chance.
pub(super) const STILL: Colour = Colour::new(0x9A_A0_A6);
/// From least to most.
pub(super) const SEQUENCE: [Colour; 6] = [
    Colour::new(0xF2_F6_F8),
    Colour::new(0xCF_E0_E8),
    Colour::new(0x94_BD_D0),
    Colour::new(0x4E_91_B0),
    Colour::new(0x1F_64_85),
    Colour::new(0x0B_3C_53),
];

/// The colour of a part of the greatest value, 0–1, between those of [`SEQUENCE`].
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the place is from 0 to 5"
)]
pub(super) fn shade(part: f64) -> Colour {
    let place = part.clamp(0.0, 1.0) * 5.0;
    let low = (place as usize).min(4);
    SEQUENCE[low].mix(SEQUENCE[low + 1], place - f64::from(u8::try_from(low).unwrap_or(0)))
}

/// The shade of a part of the greatest value on which a figure stands: the nearest to [`shade`] that white or ink can be read on.
pub(super) fn cell(part: f64) -> Colour {
    let readable = |colour: &Colour| colour.small_text_on().contrast(*colour) >= READABLE;
    (0..=200)
        .flat_map(|step| [-1.0, 1.0].map(|way| part.clamp(0.0, 1.0) + way * f64::from(step) / 1000.0))
        .map(shade)
        .find(readable)
        .unwrap_or(GROUND)
}

/// The same colour, lighter where neither ink nor white could be read on it: middling colours have no contrast with either.
pub(super) fn legible(colour: Colour) -> Colour {
    (0..=20)
        .map(|step| colour.mix(GROUND, f64::from(step) / 20.0))
        .find(|colour| colour.small_text_on().contrast(*colour) >= READABLE)
        .unwrap_or(GROUND)
}

/// The opacity of an interval's band.
pub(super) const BAND: f64 = 0.13;

/// The colours of one actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tone {
    /// Lines and areas.
    pub(super) line: Colour,
    /// Text: darker where the line's is too light.
    pub(super) text: Colour,
}

/// A tone.
const fn tone(line: u32, text: u32) -> Tone {
    Tone {
        line: Colour::new(line),
        text: Colour::new(text),
    }
}

/// Actors with a colour of their own, by entity id. Any two differ by 10 in ΔE2000, for colour-blind readers too.
pub(super) const ACTORS: [(&str, Tone); 8] = [
    ("russia", tone(0xA6_1E_2B, 0xA6_1E_2B)),
    ("france", tone(0x3B_7D_C4, 0x25_65_A8)),
    ("united-states", tone(0xE3_9B_18, 0x92_5F_00)),
    ("china", tone(0x0F_6B_5F, 0x0F_6B_5F)),
    ("turkey", tone(0x6B_3F_A0, 0x6B_3F_A0)),
    ("algeria", tone(0x5E_8C_31, 0x4A_73_22)),
    ("united-arab-emirates", tone(0x6C_B4_DB, 0x1E_6F_99)),
    ("european-union", tone(0x14_22_4D, 0x14_22_4D)),
];

/// All others.
pub(super) const OTHERS: Tone = tone(0x8A_8F_94, 0x5F_65_6B);
/// An actor that is grey elsewhere, where all around it is grey.
pub(super) const DARK: Colour = Colour::new(0x3A_41_49);
/// The last layer of a stack: all that have no layer of their own.
pub(super) const REST: Colour = Colour::new(0xC9_CC_D1);
