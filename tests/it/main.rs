//! One binary for all integration tests: every further one would link polars again.

mod counting;
mod docs;
mod golden;
mod house;
mod laws;
mod stories;
mod weeks;
