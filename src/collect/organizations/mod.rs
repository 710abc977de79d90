//! Collector of AWS Organizations, from the point of view of one account: whether it belongs to an organization, and, where it may ask,
//! the tree of organizational units, the accounts, the policies that bind them, and who administers what.
//!
//! Only the management account and delegated administrators may ask for more than the organization's name. Units, accounts and
//! policies are the management account's resources: a member account has none of its own, and says so where the management
//! account is part of the run; otherwise it is a gap that nobody could ask.
//!
//! What the management account carries beside the organization is no answer of Organizations: `workloads` composes it of other
//! services' listings.

mod collect;
mod delegation;
pub mod facts;
mod guardrails;
pub mod kinds;
mod member;
mod policies;
mod tree;
mod workloads;

pub use collect::collect;
pub use kinds::{KINDS, TOLD};
pub use workloads::{Compose, compose};
