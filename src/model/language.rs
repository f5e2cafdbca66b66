//! A language, as its BCP 47 primary subtag.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The primary subtag of a BCP 47 tag, in lower case: `ar`, `fr`, `en`, `und`.
///
/// Region and script are dropped (`pt-BR` is `pt`), since surface forms are not told apart by them; the one
/// exception is traditional Chinese, which is kept as `zh` too. Two or three ASCII letters, so it is `Copy`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Language([u8; 3]);

impl Language {
    /// Not determined.
    pub const UND: Self = Self(*b"und");
    /// Arabic.
    pub const AR: Self = Self([b'a', b'r', 0]);
    /// English.
    pub const EN: Self = Self([b'e', b'n', 0]);
    /// French.
    pub const FR: Self = Self([b'f', b'r', 0]);

    /// Reads a BCP 47 tag; `None` where the primary subtag is not two or three ASCII letters.
    #[must_use]
    pub fn new(tag: &str) -> Option<Self> {
        let primary = tag.trim().split(['-', '_']).next().unwrap_or("");
        let bytes = primary.as_bytes();
        if !(2..=3).contains(&bytes.len()) || !bytes.iter().all(u8::is_ascii_alphabetic) {
            return None;
        }
        let mut code = [0; 3];
        for (slot, byte) in code.iter_mut().zip(bytes) {
            *slot = byte.to_ascii_lowercase();
        }
        Some(Self(code))
    }

    /// The subtag: `ar`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        let len = if self.0[2] == 0 { 2 } else { 3 };
        std::str::from_utf8(&self.0[..len]).unwrap_or("und")
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Language {
    type Err = String;

    fn from_str(tag: &str) -> Result<Self, String> {
        Self::new(tag).ok_or_else(|| format!("`{tag}` is no language tag (expected one like `ar`, `fr`, `en`)"))
    }
}

impl TryFrom<String> for Language {
    type Error = String;

    fn try_from(tag: String) -> Result<Self, String> {
        tag.parse()
    }
}

impl From<Language> for String {
    fn from(language: Language) -> Self {
        language.as_str().to_owned()
    }
}
