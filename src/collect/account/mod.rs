//! Collector of Account Management: whom AWS writes to about an account. Only whether something is recorded is kept: names, addresses
//! and numbers are removed from the answers before they are stored or read.

mod collect;
pub mod facts;
pub mod kinds;
mod map;

pub use collect::collect;
pub use kinds::KINDS;
