//! Collector of IAM Access Analyzer: the analyzers of each Region, and what those for external access have found and nobody settled.

mod collect;
pub mod facts;
pub mod kinds;
mod map;

pub use collect::collect;
pub use kinds::KINDS;
