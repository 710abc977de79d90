//! Collector of GuardDuty: the detector of each Region with its protection plans.

mod collect;
pub mod facts;
pub mod kinds;
mod map;

pub use collect::collect;
pub use kinds::KINDS;
