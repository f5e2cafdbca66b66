//! marsad counts who a news corpus mentions, period by period, and writes a report that leads back to every sentence.
//!
//! One run is one walk: **read → clean → match → keep → analyse → render**. Each word is a stage with a room of its own, and
//! [`run`] is the one place that knows their order. Stages never see each other: what passes between them are the nouns in [`model`].
//!
//! The program `marsad` is a thin door to this library: it parses the command line into [`settings::overrides::Overrides`], folds them over
//! `marsad.toml` with [`settings::layer`], and calls [`run::report`], [`run::scan`] or [`run::show`].

pub mod analyse;
pub mod clean;
pub mod cli;
pub mod corpus;
pub mod error;
pub mod gazetteer;
pub mod ledger;
pub mod matcher;
pub mod model;
pub mod render;
pub mod run;
pub mod settings;
