//! Collector of Elastic Load Balancing v2: application, network and gateway load balancers of a Region, with attributes and listeners.

mod collect;
pub mod facts;
pub mod kinds;
mod map;

pub use collect::collect;
pub use kinds::KINDS;
