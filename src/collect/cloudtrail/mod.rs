//! Collector of CloudTrail: trails with their status and what their selectors select.

pub mod facts;
pub mod kinds;

pub use kinds::KINDS;
