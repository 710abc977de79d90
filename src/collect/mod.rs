//! Collectors: one file per AWS service, each a deterministic function of AWS's answers (no clock, no randomness).

pub mod inventory;

pub use inventory::{CallNote, Inventory, Store};
