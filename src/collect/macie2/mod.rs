//! Collector of Amazon Macie: whether it is on in each Region, and by which means it searches buckets.

mod collect;
pub mod facts;
pub mod kinds;

pub use collect::collect;
pub use kinds::KINDS;
