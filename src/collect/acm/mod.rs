//! Collector of Certificate Manager: the certificates of a Region.

mod collect;
pub mod facts;
pub mod kinds;

pub use collect::collect;
pub use kinds::KINDS;
