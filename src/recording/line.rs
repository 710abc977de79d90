//! One line of `calls/<account>/<region>/<service>.jsonl.zst`: a call with all its attempts and its last answer, as recorded.
//!
//! This is the published format of recordings; fields are added, never changed. Reading and writing files is `reader` and
//! `writer`.

use std::borrow::Cow;

use base64::Engine as _;
use serde::{Deserialize, Serialize};
use sha2::Digest as _;

use crate::model::Instant;
use crate::model::call::CallKey;

/// Major version of the recording format. A newer major is a clear error; unknown fields are ignored.
pub const FORMAT: u32 = 1;

/// One call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "FlatLine")]
pub struct CallLine {
    /// What was asked.
    #[serde(flatten)]
    pub key: CallKey,
    /// ARN of the principal that asked, as `sts:GetCallerIdentity` returned it; `None` for that very call.
    pub principal: Option<String>,
    /// `query`, `ec2`, `json1.0`, `json1.1`, `rest-json`, `rest-xml`, `rpc-v2-cbor`.
    pub wire: String,
    /// Every attempt, in order; never empty.
    pub attempts: Vec<Attempt>,
    /// The request, without authorization and token headers.
    pub request: Request,
    /// The answer of the last attempt; `None` where none came (timeout, connection broken).
    pub response: Option<Response>,
    /// Why a 2xx answer is not one the operation returns (cut, wrong root, required member missing); `None` where it is.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub invalid: Option<String>,
    /// What was removed from the body before it was stored.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub redactions: Vec<Redaction>,
}

/// A line with the members of the key beside the others, as it stands in the file: read so, and not through `flatten`, which would
/// keep every member in memory twice, bodies too.
#[derive(Deserialize)]
struct FlatLine {
    account: String,
    region: String,
    service: String,
    operation: String,
    input: String,
    n: u32,
    principal: Option<String>,
    wire: String,
    attempts: Vec<Attempt>,
    request: Request,
    response: Option<Response>,
    #[serde(default)]
    invalid: Option<String>,
    #[serde(default)]
    redactions: Vec<Redaction>,
}

impl From<FlatLine> for CallLine {
    fn from(flat: FlatLine) -> Self {
        let FlatLine { account, region, service, operation, input, n, principal, wire, attempts, request, response, invalid, redactions } =
            flat;
        let key = CallKey { account, region, service, operation, input, n };
        CallLine { key, principal, wire, attempts, request, response, invalid, redactions }
    }
}

/// One attempt at a call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    /// When the request was sent.
    pub sent: Instant,
    /// When the answer was whole; `None` where none came.
    pub received: Option<Instant>,
    /// HTTP status.
    pub status: Option<u16>,
    /// AWS error code, or a word of ours for what broke below HTTP: `timeout`, `io`, `invalid_body`.
    pub error: Option<String>,
}

/// The request as sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// HTTP method.
    pub method: String,
    /// Host that was asked.
    pub host: String,
    /// Path and query, in the order sent.
    pub target: String,
    /// Body, empty for none.
    pub body: Body,
}

/// The answer as stored: after redaction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Response {
    /// HTTP status.
    pub status: u16,
    /// `x-amzn-RequestId` or `x-amz-request-id`.
    pub request_id: Option<String>,
    /// AWS's own `Date` header.
    pub date: Option<String>,
    /// The headers that carry output or tell the protocol (`content-type`, `x-amzn-errortype`), as a list because they repeat.
    pub headers: Vec<(String, String)>,
    /// AWS error code, where the status is not 2xx.
    pub error_code: Option<String>,
    /// AWS error message, where the status is not 2xx.
    pub error_message: Option<String>,
    /// The body as stored.
    pub body: Body,
    /// SHA-256 of the stored body's bytes, lower-case hex.
    pub sha256: String,
}

/// Bytes in JSON: UTF-8 text as itself, everything else as base64.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "encoding", content = "data", rename_all = "lowercase")]
pub enum Body {
    /// UTF-8 text.
    Utf8(String),
    /// Standard base64 with padding.
    Base64(String),
}

impl Body {
    /// Text where the bytes are UTF-8, base64 otherwise.
    pub fn from_bytes(bytes: &[u8]) -> Self {
        match std::str::from_utf8(bytes) {
            Ok(text) => Body::Utf8(text.to_owned()),
            Err(_) => Body::Base64(base64::engine::general_purpose::STANDARD.encode(bytes)),
        }
    }

    /// The bytes; `None` where the text is not base64.
    pub fn bytes(&self) -> Option<Cow<'_, [u8]>> {
        match self {
            Body::Utf8(text) => Some(Cow::Borrowed(text.as_bytes())),
            Body::Base64(text) => base64::engine::general_purpose::STANDARD.decode(text).ok().map(Cow::Owned),
        }
    }
}

/// SHA-256 in lower-case hex, as lines and digests carry it.
pub fn sha256(bytes: &[u8]) -> String {
    hex::encode(sha2::Sha256::digest(bytes))
}

/// A place in a body from which something was removed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Redaction {
    /// Path in the body: `items[3].stageVariables.DB_PASSWORD`.
    pub path: String,
    /// Version of the redaction rules.
    pub rules: u32,
}
