//! The canonical input of a call: what was asked, in one form, whatever the endpoint, the signature, the date or the SDK's
//! order of writing. Two calls with the same canonical input to the same place are the same question.
//!
//! Two headers carry input: the account of S3 Control, and whose bucket S3 is asked about. No other header counts.

use serde_json::Value;

use super::operation::Wire;
use crate::recording::cbor;

/// Headers that carry input.
const INPUT: &[&str] = &["x-amz-account-id", "x-amz-expected-bucket-owner"];

/// Writes `METHOD path?sorted-query`, a line for each header that carries input and, where there is one, the canonical body.
///
/// `target` is path and query as the SDK serialized them, before an endpoint was put in front; the path of S3's begins with the
/// bucket.
pub fn canonical_input<'h>(
    wire: Wire,
    method: &str,
    target: &str,
    headers: impl Iterator<Item = (&'h str, &'h str)>,
    body: &[u8],
) -> String {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let mut text = format!("{method} {path}");
    let query = sort_pairs(query, |pair| !pair.starts_with("x-id="));
    if !query.is_empty() {
        text.push('?');
        text.push_str(&query);
    }
    let mut lines: Vec<String> = headers
        .filter_map(|(header, value)| INPUT.iter().find(|name| header.eq_ignore_ascii_case(name)).map(|name| format!("\n{name}: {value}")))
        .collect();
    lines.sort_unstable();
    lines.iter().for_each(|line| text.push_str(line));
    let body = canonical_body(wire, body);
    if !body.is_empty() {
        text.push('\n');
        text.push_str(&body);
    }
    text
}

fn sort_pairs(text: &str, keep: impl Fn(&str) -> bool) -> String {
    let mut pairs: Vec<&str> = text.split('&').filter(|pair| !pair.is_empty() && keep(pair)).collect();
    pairs.sort_unstable();
    pairs.join("&")
}

fn canonical_body(wire: Wire, body: &[u8]) -> String {
    let text = String::from_utf8_lossy(body);
    match wire {
        Wire::Query | Wire::Ec2 => sort_pairs(&text, |_| true),
        Wire::Json10 | Wire::Json11 | Wire::RestJson => match serde_json::from_slice::<Value>(body) {
            Ok(value) => sorted(&value).to_string(),
            Err(_) => text.into_owned(),
        },
        Wire::Cbor => match cbor::parse(body) {
            Ok(value) => sorted(&value.json()).to_string(),
            Err(_) => text.into_owned(),
        },
        Wire::RestXml => text.into_owned(),
    }
}

/// The value with the keys of all objects in bytewise order (whichever map the JSON crate was built with).
fn sorted(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let mut pairs: Vec<_> = members.iter().collect();
            pairs.sort_by(|a, b| a.0.cmp(b.0));
            Value::Object(pairs.into_iter().map(|(key, value)| (key.clone(), sorted(value))).collect())
        }
        Value::Array(items) => Value::Array(items.iter().map(sorted).collect()),
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn canonical_input(wire: Wire, method: &str, target: &str, body: &[u8]) -> String {
        super::canonical_input(wire, method, target, [("date", "today")].into_iter(), body)
    }

    #[test]
    fn order_of_writing_does_not_matter() {
        let a = canonical_input(Wire::Query, "POST", "/", b"Action=ListUsers&Version=2010-05-08&MaxItems=7");
        let b = canonical_input(Wire::Query, "POST", "/", b"MaxItems=7&Action=ListUsers&Version=2010-05-08");
        assert_eq!(a, b);
        assert_eq!(a, "POST /\nAction=ListUsers&MaxItems=7&Version=2010-05-08");
        let cbor = canonical_input(Wire::Cbor, "POST", "/service/S/operation/O", b"\xa2\x61b\x01\x61a\x81\x61x");
        assert_eq!(cbor, canonical_input(Wire::Cbor, "POST", "/service/S/operation/O", b"\xbf\x61a\x9f\x61x\xff\x61b\x01\xff"));
        assert_eq!(cbor, "POST /service/S/operation/O\n{\"a\":[\"x\"],\"b\":1}");
        let a = canonical_input(Wire::Json11, "POST", "/", br#"{"b":{"z":1,"a":[{"y":1,"x":2}]},"a":1}"#);
        assert_eq!(a, "POST /\n{\"a\":1,\"b\":{\"a\":[{\"x\":2,\"y\":1}],\"z\":1}}");
    }

    #[test]
    fn a_different_page_is_a_different_question() {
        let page = |token: &str| canonical_input(Wire::RestJson, "GET", &format!("/v2/apis?nextToken={token}&maxResults=5"), b"");
        assert_ne!(page("a"), page("b"));
        assert_eq!(page("a"), "GET /v2/apis?maxResults=5&nextToken=a");
    }

    #[test]
    fn the_sdks_operation_marker_is_no_input() {
        assert_eq!(canonical_input(Wire::RestXml, "GET", "/bucket?x-id=GetObject&acl", b""), "GET /bucket?acl");
    }

    #[test]
    fn the_headers_that_carry_input_and_no_others_count() {
        let headers = [("x-amz-date", "20260101T000000Z"), ("X-Amz-Account-Id", "111122223333"), ("x-amz-security-token", "t")];
        let text = super::canonical_input(Wire::RestXml, "GET", "/v20180820/configuration/publicAccessBlock", headers.into_iter(), b"");
        assert_eq!(text, "GET /v20180820/configuration/publicAccessBlock\nx-amz-account-id: 111122223333");
    }
}
