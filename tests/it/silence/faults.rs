//! What can happen to one recorded call: every way in which AWS, the network or a policy leaves it without its answer.

use std::collections::BTreeSet;

use evidence::aws::check::{check_body, error_of};
use evidence::aws::operations;
use evidence::recording::line::CallLine;
use serde_json::json;

use super::document::Document;
use super::{members, pages};
use crate::upstream::{Reply, cbor_error, json_error, query_error};

/// One fault.
#[derive(Clone, Debug)]
pub struct Fault {
    /// For the table of failures.
    pub name: String,
    /// What happens.
    pub what: What,
    /// Reasons that fit it.
    pub reasons: &'static [&'static str],
    /// Whether what the answer lists may still be believed: only its end is not proven.
    pub listed: bool,
    /// Whether the whole answer is gone, so that nothing may rest on it.
    pub gone: bool,
    /// Faults of a call with the same word here come to the same refusal: the transport's own check of bodies says so.
    pub alike: Option<String>,
}

/// What happens.
#[derive(Clone, Debug)]
pub enum What {
    /// The recording does not hold the call.
    TakenAway,
    /// Every attempt is answered so.
    Answer(Reply),
    /// As before, and so are the pages that the answer leads to.
    Pages(Reply, Reply),
}

pub const FAILED: &[&str] = &["failed"];
pub const DENIED: &[&str] = &["denied"];
const DISPUTED: &[&str] = &["failed", "disputed"];

impl Fault {
    pub fn new(name: impl Into<String>, what: What, reasons: &'static [&'static str]) -> Self {
        Fault { name: name.into(), what, reasons, listed: false, gone: true, alike: None }
    }

    /// The plain refusal.
    pub fn denied(line: &CallLine) -> Self {
        let message = "User: arn:aws:iam::111122223333:user/auditor is not authorized to perform: some:Action";
        Fault::new("denied", What::Answer(error(line, 403, "AccessDenied", message)), DENIED)
    }
}

/// All faults of a call.
pub fn faults(line: &CallLine) -> Vec<Fault> {
    let mut faults = vec![Fault::new("taken away", What::TakenAway, &["not_recorded"])];
    faults.extend(refusals(line));
    faults.extend(broken(line));
    faults.extend(pages::faults(line));
    faults
}

/// An error as the service words it.
pub fn error(line: &CallLine, status: u16, code: &str, message: &str) -> Reply {
    let error = format!("<Error><Code>{code}</Code><Message>{message}</Message></Error>");
    let xml = "<?xml version=\"1.0\"?>";
    match line.wire.as_str() {
        "ec2" => body(status, "text/xml", format!("{xml}<Response><Errors>{error}</Errors><RequestID>r</RequestID></Response>")),
        "rest-xml" => body(status, "application/xml", format!("{xml}{error}")),
        "query" => query_error(status, code, message),
        "rpc-v2-cbor" => cbor_error(status, code, message),
        _ => json_error(status, code, message),
    }
}

pub fn body(status: u16, content_type: &'static str, body: impl Into<Vec<u8>>) -> Reply {
    Reply::Answer { status, headers: vec![("content-type", content_type)], body: body.into() }
}

pub fn is_xml(line: &CallLine) -> bool {
    matches!(line.wire.as_str(), "query" | "ec2" | "rest-xml")
}

/// Answers that are whole and say no, and none at all.
fn refusals(line: &CallLine) -> Vec<Fault> {
    let who = "User: arn:aws:iam::111122223333:user/auditor is not authorized to perform: some:Action";
    let plain = format!("{who} because no identity-based policy allows the some:Action action");
    let scp = format!("{who} with an explicit deny in a service control policy");
    let named = |name: &str, reply, reasons| Fault::new(name, What::Answer(reply), reasons);
    vec![
        named("denied", error(line, 403, "AccessDenied", &plain), DENIED),
        named("denied by an SCP", error(line, 403, "AccessDeniedException", &scp), DENIED),
        named("throttled", error(line, 400, "ThrottlingException", "Rate exceeded"), &["throttled"]),
        named("throttled with 429", error(line, 429, "TooManyRequestsException", "Too Many Requests"), &["throttled"]),
        named("throttled with 503", error(line, 503, "SlowDown", "Reduce your request rate"), &["throttled"]),
        named("500", error(line, 500, "InternalFailure", "internal error"), FAILED),
        named("503 without a body", body(503, "text/html", ""), FAILED),
        named("403 in HTML", body(403, "text/html", "<html><body>Forbidden</body></html>"), FAILED),
        named("timeout", Reply::TimedOut, FAILED),
        named("reset", Reply::Break, FAILED),
    ]
}

/// How many places a body is cut at.
const CUTS: usize = 40;

/// Answers with the recorded status whose body is not the recorded one.
fn broken(line: &CallLine) -> Vec<Fault> {
    let Some(response) = &line.response else { return Vec::new() };
    let whole = response.body.bytes().map(|bytes| bytes.into_owned()).unwrap_or_default();
    let nothing = match line.wire.as_str() {
        "rpc-v2-cbor" => b"\xa0".to_vec(),
        _ if is_xml(line) => b"<X/>".to_vec(),
        _ => b"{}".to_vec(),
    };
    let mut bodies: Vec<(String, Vec<u8>)> = vec![
        ("empty body".into(), Vec::new()),
        ("blank body".into(), b" \n".to_vec()),
        ("nothing in the body".into(), nothing),
        ("a list for a body".into(), b"[]".to_vec()),
        ("HTML".into(), b"<!DOCTYPE html><html><body>Sign in</body></html>".to_vec()),
    ];
    let end = whole.trim_ascii_end().len();
    let near = [1, 2, end.saturating_sub(1), end.saturating_sub(2)];
    let spread = (1..CUTS).map(|part| end * part / CUTS);
    let cuts: BTreeSet<usize> = near.into_iter().chain(spread).filter(|at| (1..end).contains(at)).collect();
    bodies.extend(cuts.into_iter().map(|at| (format!("cut at byte {at} of {}", whole.len()), whole[..at].to_vec())));
    let document = Document::parse(&whole);
    let answered = document.as_ref().filter(|_| (200..300).contains(&response.status));
    bodies.extend(document.as_ref().map(|document| ("wrong root".into(), wrong_root(document))));
    bodies.extend(answered.map(|document| members::broken(line, document)).unwrap_or_default());
    let mut faults: Vec<Fault> = bodies.into_iter().map(|(name, bytes)| spoiled(line, name, bytes, FAILED)).collect();
    let inner = answered.map(members::embedded).unwrap_or_default();
    faults.extend(inner.into_iter().map(|(name, bytes)| spoiled(line, name, bytes, DISPUTED)));
    faults
}

/// The recorded answer.
pub fn nothing(line: &CallLine) -> Fault {
    let whole = line.response.as_ref().and_then(|response| response.body.bytes()).map(|bytes| bytes.into_owned());
    spoiled(line, "nothing".into(), whole.unwrap_or_default(), FAILED)
}

/// The recorded answer with another body.
pub fn spoiled(line: &CallLine, name: String, bytes: Vec<u8>, reasons: &'static [&'static str]) -> Fault {
    let status = line.response.as_ref().map_or(200, |response| response.status);
    let content_type = if is_xml(line) {
        "text/xml"
    } else if line.wire == "rpc-v2-cbor" {
        "application/cbor"
    } else {
        "application/json"
    };
    let alike = alike(line, status, &bytes);
    Fault { gone: alike.is_some(), alike, ..Fault::new(name, What::Answer(body(status, content_type, bytes)), reasons) }
}

/// What the transport makes of the body, by its own functions; `None` where it lets it pass.
fn alike(line: &CallLine, status: u16, bytes: &[u8]) -> Option<String> {
    let row = operations::find(&line.key.service, &line.key.operation)?;
    if (200..300).contains(&status) {
        return check_body(row, status, &[], bytes).err().map(|_| "refused".to_owned());
    }
    Some(format!("{status} {:?}", error_of(row.wire, status, &[], bytes).code))
}

fn wrong_root(document: &Document) -> Vec<u8> {
    let mut wrong = document.clone();
    match &mut wrong {
        Document::Xml(root) => root.name = "AnotherResponse".into(),
        Document::Json(value) | Document::Cbor(value) => *value = json!({ "another": value.take() }),
    }
    wrong.bytes()
}
