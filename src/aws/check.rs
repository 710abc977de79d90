//! Whether a body is what its operation returns: whole to its end, with the right root and the members AWS always sends.
//!
//! The SDK fills what is missing with defaults, so an answer that fails here must never reach it. What the members *mean* is
//! for collectors.

use super::operation::{Operation, Wire};

/// Checks the body of a 2xx answer.
///
/// # Errors
/// One phrase that says what is wrong: `the body is empty`, `ListUsersResult.IsTruncated is missing`.
pub fn check_body(_operation: &Operation, _status: u16, _headers: &[(String, String)], _body: &[u8]) -> Result<(), String> {
    todo!("next commit")
}

/// What an answer that is not 2xx says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AwsError {
    /// AWS error code without namespace or suffix, for example `AccessDenied`.
    pub code: Option<String>,
    /// Message as sent.
    pub message: Option<String>,
}

/// Reads error code and message from headers and body in the form of the protocol.
pub fn error_of(_wire: Wire, _status: u16, _headers: &[(String, String)], _body: &[u8]) -> AwsError {
    todo!("next commit")
}
