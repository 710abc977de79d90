//! Collector of IAM: users with the credential report, authorization details, account-wide settings.

mod account;
mod collect;
mod credentials;
mod details;
mod devices;
pub mod facts;
pub mod kinds;
pub(super) mod policies;
mod principals;
mod reconcile;
pub mod report;
mod users;

pub use collect::collect;
pub use kinds::KINDS;
