//! Collector of CloudTrail: trails with their status and what their selectors select.

pub mod advanced;
mod collect;
pub mod facts;
pub mod kinds;
pub mod selection;
#[cfg(test)]
mod selection_tests;
pub mod trails;

pub use collect::{Described, collect, described};
pub use kinds::KINDS;
