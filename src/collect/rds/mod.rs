//! Collector of RDS: the database instances and clusters of a Region, those of Aurora, Neptune and DocumentDB among them, since they
//! are listed by the same two operations.

mod collect;
pub mod facts;
pub mod kinds;
mod map;

pub use collect::collect;
pub(super) use collect::{list_clusters, list_instances};
pub use kinds::KINDS;
