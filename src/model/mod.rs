//! The nouns that pass between the stages: documents, entities, mentions, periods, findings.
//!
//! Nothing here reads, writes or computes figures. A type lives here when two stages need it.

pub mod account;
pub mod document;
pub mod entity;
pub mod evidence;
pub mod findings;
pub mod input;
pub mod kept;
pub mod language;
pub mod mention;
pub mod period;
pub mod repeats;
pub mod signature;
pub mod skip;
pub mod text;
pub mod words;
