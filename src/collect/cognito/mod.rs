//! Collector of Cognito: the user pools of a Region with their app clients, and the identity pools.

mod clients;
mod collect;
pub mod facts;
mod identity;
pub mod kinds;
mod pools;

pub use collect::collect;
pub use kinds::KINDS;
