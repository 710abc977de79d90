//! Whether a body is what its operation returns: whole to its end, with the right root and the members AWS always sends.
//!
//! The SDK fills what is missing with defaults, so an answer that fails here must never reach it. What the members *mean* is
//! for collectors.

mod member;
mod node;

use super::operation::{Operation, Wire};
use crate::recording::cbor;
use node::Node;

/// Checks the body of a 2xx answer.
///
/// # Errors
/// One phrase that says what is wrong: `the body is empty`, `ListUsersResult.IsTruncated is missing`.
pub fn check_body(operation: &Operation, status: u16, _headers: &[(String, String)], body: &[u8]) -> Result<(), String> {
    if operation.required.is_empty() {
        return Ok(());
    }
    if body.is_empty() {
        return Err(format!("the body of the answer with status {status} is empty"));
    }
    let root = match operation.wire {
        Wire::Cbor => object(node::cbor(body)?)?,
        wire if is_xml(wire) && !operation.root.is_empty() => xml_root(operation, body)?,
        _ => object(node::json(body)?)?,
    };
    operation.required.iter().try_for_each(|path| member::require(&root, path))
}

fn is_xml(wire: Wire) -> bool {
    matches!(wire, Wire::Query | Wire::Ec2 | Wire::RestXml)
}

fn xml_root(operation: &Operation, body: &[u8]) -> Result<Node, String> {
    let (name, root) = node::xml(body)?;
    if name != operation.root {
        return Err(format!("the root element is `{}`, not `{}`", short(&name), operation.root));
    }
    root.refuse_repeated(list_element(operation))?;
    Ok(root)
}

/// Names of the elements that may repeat beside each other.
fn list_element(operation: &Operation) -> &'static [&'static str] {
    match (operation.wire, operation.service) {
        (Wire::Ec2, _) => &["item"],
        (Wire::RestXml, "CloudFront") => CLOUDFRONT,
        (Wire::RestXml, _) => &["Bucket", "Grant", "Rule", "Tag", "Transition", "NoncurrentVersionTransition", "EncryptionType"],
        (_, "RDS") => RDS,
        _ => &["member", "entry"],
    }
}

/// Elements of CloudFront's lists.
const CLOUDFRONT: &[&str] = &[
    "AliasICPRecordal",
    "AwsAccountNumber",
    "CNAME",
    "CacheBehavior",
    "CustomErrorResponse",
    "DistributionSummary",
    "FunctionAssociation",
    "KeyGroup",
    "LambdaFunctionAssociation",
    "Location",
    "Method",
    "Name",
    "Origin",
    "OriginCustomHeader",
    "OriginGroup",
    "OriginGroupMember",
    "SslProtocol",
    "StatusCode",
    "member",
];

/// Elements of RDS's lists.
const RDS: &[&str] = &[
    "AvailabilityZone",
    "DBCluster",
    "DBClusterMember",
    "DBClusterOptionGroup",
    "DBClusterRole",
    "DBClusterStatusInfo",
    "DBInstance",
    "DBInstanceAutomatedBackupsReplication",
    "DBInstanceRole",
    "DBInstanceStatusInfo",
    "DBParameterGroup",
    "DBSecurityGroup",
    "DomainMembership",
    "OptionGroupMembership",
    "ProcessorFeature",
    "ReadReplicaDBClusterIdentifier",
    "ReadReplicaDBInstanceIdentifier",
    "ReadReplicaIdentifier",
    "Subnet",
    "Tag",
    "VpcSecurityGroupMembership",
    "member",
];

fn object(root: Node) -> Result<Node, String> {
    match root {
        root @ Node::Object(_) => Ok(root),
        other => Err(format!("the body is {}, not an object", other.word())),
    }
}

/// What an answer that is not 2xx says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AwsError {
    /// AWS error code without namespace or suffix, for example `AccessDenied`.
    pub code: Option<String>,
    /// Message as sent.
    pub message: Option<String>,
}

/// Reads error code and message from headers and body in the form of the protocol. What is not in that form has neither.
pub fn error_of(wire: Wire, _status: u16, headers: &[(String, String)], body: &[u8]) -> AwsError {
    match wire {
        Wire::Query | Wire::Ec2 | Wire::RestXml => xml_error(body),
        Wire::Json10 | Wire::Json11 | Wire::RestJson => tree_error(headers, node::json(body).ok()),
        // What stands before a service (a gateway, a proxy) may answer in JSON all the same.
        Wire::Cbor if !cbor::is_map(body) => tree_error(headers, node::json(body).ok()),
        Wire::Cbor => tree_error(headers, node::cbor(body).ok()),
    }
}

/// `ErrorResponse.Error` (query), `Response.Errors.Error` (EC2), or `Error` as the root (REST and XML).
fn xml_error(body: &[u8]) -> AwsError {
    let Ok((name, root)) = node::xml(body) else { return AwsError::default() };
    let error = match name.as_str() {
        "ErrorResponse" => root.child("Error"),
        "Response" => root.child("Errors").and_then(|errors| errors.child("Error")),
        "Error" => Some(&root),
        _ => None,
    };
    let text = |member| error.and_then(|error| error.child(member)).and_then(Node::text).map(str::trim).map(str::to_owned);
    AwsError { code: text("Code").filter(|code| !code.is_empty()), message: text("Message") }
}

/// The header `x-amzn-errortype` first, then `__type` or `code` of the body.
fn tree_error(headers: &[(String, String)], root: Option<Node>) -> AwsError {
    let text = |member| root.as_ref().and_then(|root| root.child(member)).and_then(Node::text);
    let header = headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("x-amzn-errortype")).map(|(_, value)| value.as_str());
    let code = [header, text("__type"), text("code"), text("Code")].into_iter().flatten().map(bare_code).find(|code| !code.is_empty());
    let message = text("message").or_else(|| text("Message")).or_else(|| text("errorMessage"));
    AwsError { code: code.map(str::to_owned), message: message.map(str::to_owned) }
}

/// `com.amazonaws.x#Name:http://…` without what stands around the name.
fn bare_code(code: &str) -> &str {
    let code = code.split(':').next().unwrap_or(code);
    code.rsplit('#').next().unwrap_or(code).trim()
}

/// At most forty characters of something that came from outside.
fn short(text: &str) -> String {
    text.chars().take(40).collect()
}

#[cfg(test)]
pub(crate) mod samples;
#[cfg(test)]
mod tests;
