//! Takes the wrapping off a policy document: plain JSON, percent-encoded (IAM), or JSON inside a JSON string (API Gateway).

use percent_encoding::percent_decode_str;
use thiserror::Error;

use super::json::Node;

/// Why a text could not be read as a policy document at all.
///
/// A document that is JSON but strange (unknown elements, duplicate keys, wrong types) is no error: it is read, and the
/// questions it leaves open are answered `Unknown`.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PolicyError {
    /// Nothing but white space.
    #[error("policy document is empty")]
    Empty,
    /// Not JSON in any of the known wrappings.
    #[error("policy document is not JSON: {0}")]
    NotJson(String),
    /// JSON, but not an object.
    #[error("policy document is {0}, not an object")]
    NotObject(&'static str),
}

/// How many wrappings are taken off before giving up.
const WRAPPINGS: usize = 4;

/// Reads a policy text into the entries of its outermost object.
pub(super) fn read(text: &str) -> Result<Vec<(String, Node)>, PolicyError> {
    let mut text = text.trim_start_matches('\u{feff}').trim().to_owned();
    for _ in 0..WRAPPINGS {
        if text.is_empty() {
            return Err(PolicyError::Empty);
        }
        match serde_json::from_str::<Node>(&text) {
            Ok(Node::Map(entries)) => return Ok(entries),
            Ok(Node::Text(inner)) => text = inner.trim().to_owned(),
            Ok(other) => return Err(PolicyError::NotObject(other.kind())),
            Err(error) => {
                text = unwrap(&text).ok_or_else(|| PolicyError::NotJson(error.to_string()))?;
            }
        }
    }
    Err(PolicyError::NotJson("wrapped too many times".to_owned()))
}

/// Takes one wrapping off a text that is not JSON as it stands.
fn unwrap(text: &str) -> Option<String> {
    if text.starts_with("{\\") {
        return serde_json::from_str::<String>(&format!("\"{text}\"")).ok();
    }
    if text.starts_with('%') || text.starts_with("{%") {
        let decoded = percent_decode_str(text).decode_utf8().ok()?;
        return (decoded != text).then(|| decoded.trim().to_owned());
    }
    None
}
