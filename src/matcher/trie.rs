//! A trie over hashed tokens: sequences with a payload in, steps out. It knows nothing of names.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// The node where every sequence begins.
pub(super) const ROOT: u32 = 0;

/// Bits of the filter that tells at once that no sequence begins with a token.
const FILTER_BITS: u64 = 1 << 18;

/// Keys are hashes already.
#[derive(Debug, Default)]
pub(super) struct Ready(u64);

impl Hasher for Ready {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, _: &[u8]) {
        debug_assert!(false, "only whole hashes are keys");
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

/// A map whose keys are hashes.
pub(super) type HashedMap<T> = HashMap<u64, T, BuildHasherDefault<Ready>>;

/// Sequences of hashed tokens with what they stand for.
#[derive(Debug)]
pub(super) struct Trie {
    /// From a node and a token to the next node.
    edges: HashedMap<u32>,
    /// For each node, the payloads of the sequences that end there: a stretch of `payloads`.
    ends: Vec<(u32, u32)>,
    /// The payloads, node by node.
    payloads: Vec<u32>,
    /// One bit for each hash that a sequence may begin with.
    filter: Vec<u64>,
}

impl Trie {
    /// Builds the trie of `(tokens, payload)`. Payloads of one sequence keep their order.
    pub(super) fn new<'s>(sequences: impl Iterator<Item = (&'s [u64], u32)>) -> Self {
        let mut edges = HashedMap::default();
        let mut ends: Vec<Vec<u32>> = vec![Vec::new()];
        let mut filter = vec![0; usize::try_from(FILTER_BITS / 64).unwrap_or(0)];
        for (tokens, payload) in sequences {
            let mut node = ROOT;
            for (place, &token) in tokens.iter().enumerate() {
                if place == 0 {
                    let (word, bit) = filter_place(token);
                    filter[word] |= bit;
                }
                let fresh = u32::try_from(ends.len()).unwrap_or(u32::MAX);
                let next = *edges.entry(key(node, token)).or_insert(fresh);
                if next == fresh {
                    ends.push(Vec::new());
                }
                node = next;
            }
            ends[node as usize].push(payload);
        }
        let mut payloads = Vec::new();
        let ends = ends
            .into_iter()
            .map(|own| {
                let from = u32::try_from(payloads.len()).unwrap_or(u32::MAX);
                payloads.extend(own);
                (from, u32::try_from(payloads.len()).unwrap_or(u32::MAX))
            })
            .collect();
        Self {
            edges,
            ends,
            payloads,
            filter,
        }
    }

    /// The node that `token` leads to from `node`.
    pub(super) fn step(&self, node: u32, token: u64) -> Option<u32> {
        if node == ROOT {
            let (word, bit) = filter_place(token);
            if self.filter[word] & bit == 0 {
                return None;
            }
        }
        self.edges.get(&key(node, token)).copied()
    }

    /// What ends at `node`.
    pub(super) fn at(&self, node: u32) -> &[u32] {
        let (from, to) = self.ends[node as usize];
        &self.payloads[from as usize..to as usize]
    }
}

/// The key of an edge. From the root it is the token itself.
fn key(node: u32, token: u64) -> u64 {
    token ^ u64::from(node).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// Where the filter keeps the bit of a token.
fn filter_place(token: u64) -> (usize, u64) {
    let place = token % FILTER_BITS;
    (usize::try_from(place / 64).unwrap_or(0), 1 << (place % 64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sequences_are_found_and_nothing_else() {
        let sequences: [(&[u64], u32); 4] = [(&[7], 0), (&[7, 8], 1), (&[7, 8], 2), (&[9, 7], 3)];
        let trie = Trie::new(sequences.into_iter());
        let seven = trie.step(ROOT, 7).unwrap();
        assert_eq!(trie.at(seven), [0]);
        assert_eq!(trie.at(trie.step(seven, 8).unwrap()), [1, 2]);
        let nine = trie.step(ROOT, 9).unwrap();
        assert!(trie.at(nine).is_empty());
        assert_eq!(trie.step(ROOT, 8), None);
        assert_eq!(trie.step(nine, 8), None);
        assert!(trie.at(ROOT).is_empty());
    }
}
