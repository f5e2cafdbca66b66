//! What tells near copies: a document's shingles in few bytes, which two documents can be compared by without their texts.

/// Words of a shingle; characters, in scripts that do not space words.
pub const SHINGLE_WORDS: usize = 5;

/// How many bands a signature has.
pub const BANDS: usize = 20;

/// Bits of the odd sketch.
pub const SKETCH_BITS: usize = 2048;

/// The odd sketch holds at most so many shingles: of a longer text those with the smallest hashes.
pub const SAMPLE: u32 = 4096;

/// Bytes of a signature as the ledger keeps it.
pub const SIGNATURE_BYTES: usize = BANDS * 4 + SKETCH_BITS / 8;

/// The distinct shingles of one text, in few bytes.
///
/// Two texts that share most of their shingles agree in some band. Where they agree in one, their sketches tell how many shingles they
/// share. Signatures are the same on every machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// How many distinct shingles the text has; at least 1.
    pub shingles: u32,
    /// Hashes of three `MinHash` values each.
    pub bands: [u32; BANDS],
    /// Bit *i* says whether an odd number of the sampled shingles have the place *i*; the lowest bit of the first word is place 0.
    pub sketch: [u64; SKETCH_BITS / 64],
}

impl Signature {
    /// Bands and sketch, little-endian, one after the other.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let bands = self.bands.iter().flat_map(|band| band.to_le_bytes());
        bands
            .chain(self.sketch.iter().flat_map(|word| word.to_le_bytes()))
            .collect()
    }

    /// The signature of a text with so many shingles that was kept as these bytes; `None` where they are none.
    #[must_use]
    pub fn from_bytes(shingles: u32, bytes: &[u8]) -> Option<Self> {
        if shingles == 0 || bytes.len() != SIGNATURE_BYTES {
            return None;
        }
        let (bands, sketch) = bytes.split_at(BANDS * 4);
        let (bands, _) = bands.as_chunks::<4>();
        let (words, _) = sketch.as_chunks::<8>();
        let mut signature = Self {
            shingles,
            bands: [0; BANDS],
            sketch: [0; SKETCH_BITS / 64],
        };
        for (own, kept) in signature.bands.iter_mut().zip(bands) {
            *own = u32::from_le_bytes(*kept);
        }
        for (own, kept) in signature.sketch.iter_mut().zip(words) {
            *own = u64::from_le_bytes(*kept);
        }
        Some(signature)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_lead_back_to_the_signature() {
        let mut signature = Signature {
            shingles: 7,
            bands: [0; BANDS],
            sketch: [0; SKETCH_BITS / 64],
        };
        (signature.bands[0], signature.bands[19]) = (0x0403_0201, 9);
        signature.sketch[0] = 1;
        signature.sketch[31] = u64::MAX;
        let bytes = signature.to_bytes();
        assert_eq!((&bytes[..4], bytes.len()), (&[1, 2, 3, 4][..], SIGNATURE_BYTES));
        assert_eq!(Signature::from_bytes(7, &bytes), Some(signature));
        assert_eq!(Signature::from_bytes(0, &bytes), None);
        assert_eq!(Signature::from_bytes(7, &bytes[1..]), None);
    }
}
