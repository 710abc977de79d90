//! Collector of Shield: whether the account subscribes to Shield Advanced, and what it protects.

mod collect;
pub mod facts;
pub mod kinds;

pub use collect::collect;
pub use kinds::KINDS;
