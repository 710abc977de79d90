//! Collector of S3: the account's buckets with what each is configured to do, and the account's public access block.

mod account;
mod bucket;
pub(super) mod buckets;
mod collect;
pub mod facts;
pub mod kinds;
mod map;
mod policy;

pub use collect::collect;
pub use kinds::KINDS;
