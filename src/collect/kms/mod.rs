//! Collector of KMS: the keys of a Region with rotation, policy and aliases.

mod collect;
pub mod facts;
pub mod kinds;
mod map;

pub use collect::collect;
pub use kinds::KINDS;
