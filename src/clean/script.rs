//! Scripts, as far as they tell languages apart, and the count of letters of each. A character in, a script out.

/// A script, or a group of scripts that we do not tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub(super) enum Script {
    Latin,
    Greek,
    Cyrillic,
    Armenian,
    Hebrew,
    Arabic,
    Nko,
    Devanagari,
    Bengali,
    Gurmukhi,
    Gujarati,
    Odia,
    Tamil,
    Telugu,
    Kannada,
    Malayalam,
    Sinhala,
    Thai,
    Lao,
    Tibetan,
    Myanmar,
    Georgian,
    Hangul,
    Ethiopic,
    Khmer,
    Tifinagh,
    Kana,
    Han,
    Adlam,
    Other,
}

/// How many scripts there are.
pub(super) const SCRIPTS: usize = Script::Other as usize + 1;

/// Every script, by its number.
const ALL: [Script; SCRIPTS] = [
    Script::Latin,
    Script::Greek,
    Script::Cyrillic,
    Script::Armenian,
    Script::Hebrew,
    Script::Arabic,
    Script::Nko,
    Script::Devanagari,
    Script::Bengali,
    Script::Gurmukhi,
    Script::Gujarati,
    Script::Odia,
    Script::Tamil,
    Script::Telugu,
    Script::Kannada,
    Script::Malayalam,
    Script::Sinhala,
    Script::Thai,
    Script::Lao,
    Script::Tibetan,
    Script::Myanmar,
    Script::Georgian,
    Script::Hangul,
    Script::Ethiopic,
    Script::Khmer,
    Script::Tifinagh,
    Script::Kana,
    Script::Han,
    Script::Adlam,
    Script::Other,
];

impl Script {
    /// The script of a letter, by its block.
    pub(super) const fn of(letter: char) -> Self {
        match letter as u32 {
            0..=0x36F | 0x1D00..=0x1DBF | 0x1E00..=0x1EFF | 0x2C60..=0x2C7F | 0xA720..=0xA7FF | 0xFB00..=0xFB06 => {
                Self::Latin
            }
            0xFF21..=0xFF5A => Self::Latin,
            0x370..=0x3FF | 0x1F00..=0x1FFF => Self::Greek,
            0x400..=0x52F | 0x1C80..=0x1C8F | 0x2DE0..=0x2DFF | 0xA640..=0xA69F => Self::Cyrillic,
            0x530..=0x58F | 0xFB13..=0xFB17 => Self::Armenian,
            0x590..=0x5FF | 0xFB1D..=0xFB4F => Self::Hebrew,
            0x600..=0x6FF | 0x750..=0x77F | 0x870..=0x8FF | 0xFB50..=0xFDFF | 0xFE70..=0xFEFF => Self::Arabic,
            0x7C0..=0x7FF => Self::Nko,
            0x900..=0x97F | 0xA8E0..=0xA8FF => Self::Devanagari,
            0x980..=0x9FF => Self::Bengali,
            0xA00..=0xA7F => Self::Gurmukhi,
            0xA80..=0xAFF => Self::Gujarati,
            0xB00..=0xB7F => Self::Odia,
            0xB80..=0xBFF => Self::Tamil,
            0xC00..=0xC7F => Self::Telugu,
            0xC80..=0xCFF => Self::Kannada,
            0xD00..=0xD7F => Self::Malayalam,
            0xD80..=0xDFF => Self::Sinhala,
            0xE00..=0xE7F => Self::Thai,
            0xE80..=0xEFF => Self::Lao,
            0xF00..=0xFFF => Self::Tibetan,
            0x1000..=0x109F | 0xA9E0..=0xA9FF | 0xAA60..=0xAA7F => Self::Myanmar,
            0x10A0..=0x10FF | 0x1C90..=0x1CBF | 0x2D00..=0x2D2F => Self::Georgian,
            0x1100..=0x11FF | 0x3130..=0x318F | 0xAC00..=0xD7FF => Self::Hangul,
            0x1200..=0x139F | 0x2D80..=0x2DDF | 0xAB00..=0xAB2F => Self::Ethiopic,
            0x1780..=0x17FF => Self::Khmer,
            0x2D30..=0x2D7F => Self::Tifinagh,
            0x3040..=0x30FF | 0x31F0..=0x31FF | 0xFF66..=0xFF9F => Self::Kana,
            0x2E80..=0x2FDF
            | 0x3005..=0x3007
            | 0x3400..=0x4DBF
            | 0x4E00..=0x9FFF
            | 0xF900..=0xFAFF
            | 0x20000..=0x3FFFF => Self::Han,
            0x1E900..=0x1E95F => Self::Adlam,
            _ => Self::Other,
        }
    }

    /// Whether its words are not divided by spaces, so that each character counts as one.
    pub(super) const fn is_unspaced(self) -> bool {
        matches!(
            self,
            Self::Thai | Self::Lao | Self::Myanmar | Self::Khmer | Self::Kana | Self::Han
        )
    }

    /// Every script.
    pub(super) fn all() -> impl Iterator<Item = Self> {
        ALL.into_iter()
    }
}

/// How many letters of each script a stretch of text has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Letters([u32; SCRIPTS]);

impl Letters {
    /// Adds letters of a script.
    pub(super) fn add(&mut self, script: Script, count: u32) {
        self.0[script as usize] += count;
    }

    /// Adds letters of the script of a number; of a number that no script has, they are none.
    pub(super) fn add_number(&mut self, script: u32, count: u32) {
        if let Some(own) = self.0.get_mut(script as usize) {
            *own += count;
        }
    }

    /// Adds the letters of another stretch.
    pub(super) fn add_all(&mut self, other: &Self) {
        for (own, other) in self.0.iter_mut().zip(other.0) {
            *own += other;
        }
    }

    /// Letters of all scripts.
    pub(super) fn total(&self) -> u32 {
        self.0.iter().sum()
    }

    /// Letters of one script.
    pub(super) fn of(&self, script: Script) -> u32 {
        self.0[script as usize]
    }

    /// The script of most letters; `None` where there is no letter. Kana and Han count together, for Han.
    pub(super) fn main(&self) -> Option<Script> {
        let mut counts = self.0;
        counts[Script::Han as usize] += std::mem::take(&mut counts[Script::Kana as usize]);
        let (number, &most) = counts.iter().enumerate().rev().max_by_key(|(_, count)| **count)?;
        (most > 0).then(|| ALL[number])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_leads_back_to_its_script() {
        for (number, script) in ALL.iter().enumerate() {
            assert_eq!(*script as usize, number);
        }
    }

    #[test]
    fn most_letters_decide() {
        let mut letters = Letters::default();
        assert_eq!(letters.main(), None);
        letters.add(Script::Kana, 2);
        letters.add(Script::Han, 2);
        letters.add(Script::Latin, 3);
        assert_eq!(letters.main(), Some(Script::Han));
        assert_eq!(Script::of('ش'), Script::Arabic);
        assert_eq!(Script::of('ẹ'), Script::Latin);
    }
}
