//! Collector of CloudWatch: alarms, and whether somebody is told of what trails record.
//!
//! The second is a chain over four services: a trail that logs, the log group it streams to, metric filters on that group, alarms on
//! their metrics, topics, subscribers. [`chain`] judges it, purely; `follow` asks what it needs.

pub mod alarms;
pub mod chain;
mod collect;
pub mod facts;
mod follow;
pub mod kinds;
pub mod watching;

pub use collect::collect;
pub use follow::{Follow, Reachable, follow_trails};
pub use kinds::KINDS;
