//! Collector of cloudtrail; its fact structs.

pub mod facts;
