//! Collector of CloudWatch Logs: log groups, and the metric filters that others follow.

mod collect;
pub mod facts;
pub mod filters;
pub mod kinds;

pub use collect::collect;
pub use kinds::KINDS;
