//! Collector of AWS Config: recorders and the state of each Region. Counts of what Config has discovered are the second path for
//! other services' listings.

mod collect;
pub mod facts;
pub mod kinds;
mod map;

pub use collect::collect;
pub use kinds::KINDS;
