//! Collector of IAM: users with the credential report, authorization details, account-wide settings.

pub mod facts;
pub mod kinds;

pub use kinds::KINDS;
