//! `evidence` asks AWS how services are configured, judges the answers against controls, and renders evidence packs.
//!
//! The binary in `main.rs` is thin; everything lives in these modules (see ARCHITECTURE.md for the map and the invariants).

pub mod assess;
pub mod aws;
pub mod catalog;
pub mod cli;
pub mod collect;
pub mod embedded;
pub mod model;
pub mod pack;
pub mod pattern;
pub mod policy;
pub mod recording;
