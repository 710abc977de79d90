//! Resources as collectors hand them on: identity, name, facts as compact JSON, and the calls each fact came from.

use serde::{Deserialize, Serialize};

use super::{CallId, Instant, Place};

/// The identity of a resource; never changes its grammar (`docs/resources.md`). Ordered bytewise, field by field.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ResourceKey {
    /// Twelve-digit account id.
    pub account: String,
    /// Region name or `global`.
    pub region: String,
    /// CloudFormation type name, for example `AWS::IAM::User`.
    pub kind: String,
    /// The ARN where AWS documents one, else a documented URI-like id.
    pub id: String,
}

/// The call from which facts came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Path prefix of the facts (`status`, `credential_report`); empty for all that no longer prefix claims.
    pub path: String,
    /// The call.
    pub call: CallId,
    /// When the facts were true, where that is not when the call was answered (the credential report's own time).
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub observed_at: Option<Instant>,
}

/// One thing in AWS with what could be read of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resource {
    /// Identity.
    pub key: ResourceKey,
    /// For people; holds the whole path: `orders-api / prod / GET /orders`.
    pub name: String,
    /// The kind's fact struct as compact JSON; absent facts stand as `{"$gap": id}`.
    pub facts: String,
    /// Where the facts came from, most general path first.
    pub sources: Vec<Source>,
}

impl Resource {
    /// Builds a resource from its fact struct.
    ///
    /// # Panics
    /// Never: fact structs have string keys and no failing serializers, which a test over all kinds shows.
    pub fn new(place: &Place, kind: &str, id: String, name: String, facts: &impl Serialize, sources: Vec<Source>) -> Self {
        let key = ResourceKey { account: place.account.clone(), region: place.region.clone(), kind: kind.to_owned(), id };
        let facts = serde_json::to_string(facts).unwrap_or_else(|error| unreachable!("facts of {kind} do not serialize: {error}"));
        Resource { key, name, facts, sources }
    }
}
