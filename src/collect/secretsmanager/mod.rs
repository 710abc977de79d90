//! Collector of Secrets Manager: the secrets of a Region with rotation and policy, never with a value.

mod collect;
pub mod facts;
pub mod kinds;
mod map;

pub use collect::collect;
pub use kinds::KINDS;
