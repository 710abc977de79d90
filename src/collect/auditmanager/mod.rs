//! Collector of Audit Manager: whether it is set up in each Region, and which assessments it keeps.

mod collect;
pub mod facts;
pub mod kinds;

pub use collect::collect;
pub use kinds::KINDS;
