//! Collector of EFS: the file systems of a Region.

mod collect;
pub mod facts;
pub mod kinds;
mod map;

pub use collect::collect;
pub use kinds::KINDS;
