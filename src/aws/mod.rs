//! Reaching AWS: session, accounts, Regions, the operation table, the record, replay and resume transport.

pub mod check;
pub mod operation;
pub mod operations;
