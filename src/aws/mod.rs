//! Reaching AWS: session, accounts, Regions, the operation table, the record, replay and resume transport.

pub mod ask;
mod canonical;
pub mod check;
mod connect;
pub mod error;
mod flight;
pub mod limits;
mod live;
pub mod operation;
pub mod operations;
mod outcome;
mod replay;
mod spool;
mod tap;
pub mod transport;

pub use ask::{Answer, Caller, Listing, OrWhen, Page, Refusal, Reply, Tap};
pub use connect::Upstream;
pub use error::SessionError;
pub use limits::Limits;
pub use transport::Asked;
