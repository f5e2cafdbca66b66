//! `manifest.json`: what the report was made from and what it consists of.
//!
//! In: the facts of the run, the inputs, the files written. Out: one JSON object. Paths are relative; there is no clock and no machine in it.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::folder::ManifestFacts;
use super::output::Written;
use super::site::MAKER;
use crate::model::input::Input;

/// The version of the manifest's own shape.
const FORMAT: u32 = 1;

/// The manifest. `outputs` are all files but itself, by path; an input that was not read has no hash.
pub(super) fn account(
    corpus: &str,
    facts: &ManifestFacts,
    inputs: &[Input],
    outputs: &BTreeMap<String, Written>,
) -> Value {
    let inputs: Vec<Value> = inputs
        .iter()
        .map(|input| {
            let sha256 = (!input.sha256.is_empty()).then_some(&input.sha256);
            json!({ "path": input.file, "status": input.status, "bytes": input.bytes, "sha256": sha256 })
        })
        .collect();
    let outputs: Vec<Value> = outputs
        .values()
        .map(|output| json!({ "path": output.path, "bytes": output.bytes, "sha256": output.sha256 }))
        .collect();
    json!({
        "format": FORMAT,
        "generator": { "name": MAKER, "version": env!("CARGO_PKG_VERSION") },
        "corpus": corpus,
        "settings": facts.settings,
        "gazetteer": { "hash": facts.gazetteer_hash, "as_of": facts.watchlist_as_of },
        "inputs": inputs,
        "outputs": outputs,
    })
}
