//! One binary for all integration tests: every further one would link polars again.

mod browser;
mod counting;
mod docs;
mod golden;
mod house;
mod laws;
mod lines;
mod moved;
mod outlets;
mod reconcile;
mod same;
mod standing;
mod stories;
mod weeks;
mod workbook;
