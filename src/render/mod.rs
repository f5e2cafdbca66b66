//! The report: findings in, a folder of tables, evidence, charts, summaries and pages out.
//!
//! [`folder`] is the door: it hands the findings to `tables`, `quality`, `workbook`, `charts`, `summary` and `page`, takes the evidence row by row,
//! and puts the folder in its place when everything is there. `format` and `labels` know how numbers and words are written in each language;
//! `terminal`, `known` and `kwic` are what the commands print; `back` reads a finished report again. Nothing here computes a figure.

pub mod back;
mod charts;
mod datapackage;
mod drawings;
pub mod evidence;
#[cfg(test)]
mod fixtures;
pub mod folder;
mod format;
pub mod known;
pub mod kwic;
mod labels;
mod manifest;
mod output;
mod page;
mod quality;
mod site;
mod summary;
mod tables;
pub mod terminal;
mod text;
mod workbook;

#[cfg(test)]
mod tests;
