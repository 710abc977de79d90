//! Collector of WAF: the web ACLs of a Region with what their rules come to, and, in the Region that speaks for CloudFront, those for
//! distributions.
//!
//! What rules come to is worked out in [`order`] (one list of rules as requests meet them) and [`cover`] (who stops what, and who lets it
//! past), which know nothing of calls.

mod collect;
mod cover;
pub mod facts;
mod groups;
pub mod kinds;
pub mod listing;
mod map;
mod order;

pub use collect::collect;
pub use kinds::KINDS;
