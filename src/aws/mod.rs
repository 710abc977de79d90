//! Reaching AWS: session, accounts, Regions, the operation table, the record, replay and resume transport.

pub mod accounts;
pub mod ask;
mod canonical;
pub mod check;
mod connect;
mod enter;
pub mod error;
mod flight;
mod identity;
pub mod limits;
mod live;
pub mod operation;
pub mod operations;
mod outcome;
mod pace;
pub mod probe;
pub mod regions;
mod replay;
pub mod session;
mod settings;
mod spool;
mod tap;
pub mod transport;

pub use accounts::{AccountEntry, Given};
pub use ask::{Answer, Caller, Listing, OrWhen, Page, Refusal, Reply, Tap};
pub use connect::Upstream;
pub use error::SessionError;
pub use limits::Limits;
pub use probe::{Probed, probe};
pub use regions::Regions;
pub use session::{Account, Cancel, Finished, LiveSettings, Session};
pub use transport::Asked;
