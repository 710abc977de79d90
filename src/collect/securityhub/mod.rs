//! Collector of Security Hub: whether each Region has a hub, and which standards it judges by.

mod collect;
pub mod facts;
pub mod kinds;
mod map;

pub use collect::collect;
pub use kinds::KINDS;
