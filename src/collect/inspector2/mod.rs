//! Collector of Amazon Inspector: what it scans in each Region, and the serious findings that are open.

mod collect;
pub mod facts;
pub mod kinds;
mod map;

pub use collect::collect;
pub use kinds::KINDS;
