//! The identity of a call: what was asked, of whom, for the how-manieth time. The bytes of a call live in `recording`.

use serde::{Deserialize, Serialize};
use sha2::Digest as _;

/// What makes two calls the same question: everything that carries input, nothing that carries transport
/// (host, signature, date).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CallKey {
    /// Twelve-digit id of the account that was asked.
    pub account: String,
    /// Region of the endpoint that was asked (`us-east-1` for IAM in the `aws` partition).
    pub region: String,
    /// The SDK's service id, for example `IAM`, `CloudTrail`, `ApiGatewayV2`.
    pub service: String,
    /// The operation's name in the AWS API, for example `ListUsers`.
    pub operation: String,
    /// Canonical input: `METHOD path?sorted-query` and, after a newline, the canonical body.
    pub input: String,
    /// 0 for the first time this run asked exactly this, 1 for the second (only polled operations go beyond 0).
    pub n: u32,
}

impl CallKey {
    /// The call's id: a digest of the whole key, so the same in every replay of a recording.
    pub fn id(&self) -> CallId {
        let mut hasher = sha2::Sha256::new();
        for part in [&self.account, &self.region, &self.service, &self.operation, &self.input] {
            hasher.update(part.as_bytes());
            hasher.update([0]);
        }
        hasher.update(self.n.to_be_bytes());
        let digest = hasher.finalize();
        let mut first = [0; 8];
        first.copy_from_slice(&digest[..8]);
        CallId(u64::from_be_bytes(first))
    }
}

/// Short digest of a [`CallKey`], written as 16 hexadecimal digits. Sorting by it means nothing; sort by key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CallId(pub u64);

impl std::fmt::Display for CallId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl Serialize for CallId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for CallId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        u64::from_str_radix(&text, 16).map(CallId).map_err(serde::de::Error::custom)
    }
}

impl schemars::JsonSchema for CallId {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "CallId".into()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "pattern": "^[0-9a-f]{16}$" })
    }
}
