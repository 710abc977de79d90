//! Reaching AWS: session, accounts, Regions, the operation table, the record, replay and resume transport.

pub mod operation;
