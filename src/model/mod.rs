//! Plain values shared by all modules: facts, gaps, resources, populations, controls, frameworks, verdicts, the assessment.
//!
//! Imports nothing of ours and does no I/O. What a value *means* stands here; how it is obtained or shown does not.

pub mod assessment;
pub mod call;
pub mod control;
pub mod fact;
pub mod framework;
pub mod gap;
pub mod kind;
pub mod place;
pub mod population;
pub mod resource;
pub mod verdict;

pub use call::CallId;
pub use fact::{Fact, OpenMap};
pub use gap::{Gap, GapId, Reason};
pub use kind::{FactGroup, Kind, KindScope};
pub use place::{Partition, Place};
pub use population::Population;
pub use resource::{Resource, ResourceKey, Source};
pub use verdict::{Outcome, Verdict};

/// An instant in UTC. Facts hold instants, never ages; only a control that is given `as_of` may turn one into an age.
pub type Instant = chrono::DateTime<chrono::Utc>;

/// Hex of the first `bytes` bytes of the SHA-256 of `text`: the short digests of ids (`params_id`, `verdict_id`, call ids).
pub fn short_digest(text: &str, bytes: usize) -> String {
    use sha2::Digest as _;
    let digest = sha2::Sha256::digest(text.as_bytes());
    hex::encode(&digest[..bytes.min(digest.len())])
}
