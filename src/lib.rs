//! marsad counts who a news corpus mentions, period by period, and writes a report that leads back to every sentence.

pub mod error;
pub mod model;
pub mod settings;
