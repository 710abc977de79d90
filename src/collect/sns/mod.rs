//! Collector of SNS: topics with what their policies say, and the subscriptions that others follow.

mod collect;
pub mod facts;
pub mod kinds;
mod map;
pub mod subscriptions;

pub use collect::collect;
pub use kinds::KINDS;
