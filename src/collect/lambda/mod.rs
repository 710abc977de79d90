//! Collector of Lambda: functions with their policies, and the URLs under which they can be called.

mod collect;
pub mod facts;
pub mod kinds;
mod map;
mod runtimes;

pub use collect::collect;
pub(super) use collect::list;
pub use kinds::KINDS;
