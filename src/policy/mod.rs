//! Pure: what an IAM or resource policy grants, to whom, under which conditions.
//!
//! It reads one policy document and answers questions about it. It makes no call, reads no clock and imports nothing of
//! the other modules. It does not combine documents: boundaries, service control policies and the other policies of a
//! principal are the caller's to weigh.
//!
//! Answers have three values. What the document does not settle, or what this module does not know (an unknown element,
//! operator or key, a duplicate key, a policy variable), is `Unknown` with its reason; it is never read as harmless.
//!
//! The document model is our own. The crate `iam-rs` 0.8 was looked at: its serde model drops elements it does not know,
//! keeps the last of two equal keys, requires `Version`, refuses a principal map of two kinds, and its matcher decides
//! one concrete request where the questions here are about whole sets of requests.

mod admitted;
mod answer;
mod condition;
mod document;
mod escalation;
mod grid;
mod identity;
mod json;
mod net;
mod network;
mod pattern;
mod public;
mod scope;
mod service;
mod source;
mod stranger;
mod trust;

pub use admitted::{Admission, Who};
pub use answer::{Answer, Shown};
pub use condition::{Condition, Operator, Quantifier, Test};
pub use document::{Document, Effect, Listing, PrincipalKind, Principals, Statement};
pub use escalation::{Combination, EscalationList, Held, Source, escalation_list};
pub use identity::Grants;
pub use net::cidr_within;
pub use network::Networks;
pub use scope::ResourceScope;
pub use service::ServiceGrant;
pub use source::PolicyError;
pub use stranger::{RESTRICTING_KEYS, Restricting};
pub use trust::{Outside, Trusted};
