//! Collector of DynamoDB: the tables of a Region and whose keys encrypt them.

mod collect;
pub mod facts;
pub mod kinds;
mod map;

pub use collect::collect;
pub use kinds::KINDS;
