//! Collector of iam; its fact structs.

pub mod facts;
