//! A word that nobody knows and the words that are known in, those that were probably meant out.

use super::spelling::key;

/// How alike two words are at least, 0 to 1, for one to be suggested for the other.
const ALIKE: f64 = 0.66;

/// How much less alike than the nearest a word may be.
const MARGIN: f64 = 0.1;

/// How many are suggested at most.
const MOST: usize = 3;

/// What stands behind the names that are nearest to `typed`, nearest first; empty where none is near.
pub(crate) fn nearest<'a, T: Copy + Ord>(typed: &str, names: impl Iterator<Item = (&'a str, T)>) -> Vec<T> {
    let typed = key(typed);
    let mut near: Vec<(f64, T)> = names
        .map(|(name, meant)| (strsim::normalized_damerau_levenshtein(&typed, &key(name)), meant))
        .filter(|(alike, _)| *alike >= ALIKE)
        .collect();
    near.sort_by(|(a, meant_a), (b, meant_b)| b.total_cmp(a).then(meant_a.cmp(meant_b)));
    let best = near.first().map_or(0.0, |(alike, _)| *alike);
    let mut kept = Vec::new();
    for (alike, meant) in near {
        if best - alike < MARGIN && !kept.contains(&meant) && kept.len() < MOST {
            kept.push(meant);
        }
    }
    kept
}

/// `: did you mean …?` with the nearest of `known`, or nothing.
pub(crate) fn suggestion<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    match nearest(typed, known.into_iter().map(|name| (name, name))).first() {
        Some(near) => format!(": did you mean `{near}`?"),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_comes_first_and_strangers_do_not_come() {
        let names = [
            ("gambia", 1),
            ("zambia", 2),
            ("namibia", 3),
            ("colour", 4),
            ("The Gambia", 1),
        ];
        assert_eq!(nearest("gambbia", names.into_iter()), [1]);
        assert_eq!(nearest("ambia", names.into_iter()), [1, 2]);
        assert_eq!(suggestion("color", ["colour", "names"]), ": did you mean `colour`?");
        assert_eq!(suggestion("zebra", ["colour", "names"]), "");
    }
}
