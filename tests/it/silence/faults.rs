//! What can happen to one recorded call: every way in which AWS, the network or a policy leaves it without its answer.

use std::collections::BTreeSet;

use evidence::aws::operations;
use evidence::recording::line::CallLine;
use serde_json::{Value, json};

use super::document::{Document, Place};
use crate::upstream::{Reply, json_error, query_error};

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

const FAILED: &[&str] = &["failed"];
const DENIED: &[&str] = &["denied"];
const TRUNCATED: &[&str] = &["truncated"];

/// All faults of a call.
pub fn faults(line: &CallLine) -> Vec<Fault> {
    let mut faults = vec![Fault { name: "taken away".into(), what: What::TakenAway, reasons: &["not_recorded"], listed: false }];
    let answers = refusals(line).into_iter().chain(broken(line));
    faults.extend(answers.map(|(name, reply, reasons)| Fault { name, what: What::Answer(reply), reasons, listed: false }));
    faults.extend(pages(line));
    faults
}

type Answer = (String, Reply, &'static [&'static str]);

fn error(line: &CallLine, status: u16, code: &str, message: &str) -> Reply {
    match line.wire.as_str() {
        "ec2" => body(
            status,
            "text/xml",
            format!(
                "<?xml version=\"1.0\"?><Response><Errors><Error><Code>{code}</Code><Message>{message}</Message></Error></Errors><RequestID>r</RequestID></Response>"
            ),
        ),
        "query" | "rest-xml" => query_error(status, code, message),
        _ => json_error(status, code, message),
    }
}

fn body(status: u16, content_type: &'static str, body: impl Into<Vec<u8>>) -> Reply {
    Reply::Answer { status, headers: vec![("content-type", content_type)], body: body.into() }
}

/// Answers that are whole and say no.
fn refusals(line: &CallLine) -> Vec<Answer> {
    let who = "User: arn:aws:iam::111122223333:user/auditor is not authorized to perform: some:Action";
    let plain = format!("{who} because no identity-based policy allows the some:Action action");
    let scp = format!("{who} with an explicit deny in a service control policy");
    let named = |name: &str, reply, reasons| (name.to_owned(), reply, reasons);
    vec![
        named("denied", error(line, 403, "AccessDenied", &plain), DENIED),
        named("denied by an SCP", error(line, 403, "AccessDeniedException", &scp), DENIED),
        named("throttled", error(line, 400, "ThrottlingException", "Rate exceeded"), &["throttled"]),
        named("throttled with 429", error(line, 429, "TooManyRequestsException", "Too Many Requests"), &["throttled"]),
        named("500", error(line, 500, "InternalFailure", "internal error"), FAILED),
        named("503 without a body", body(503, "text/html", ""), FAILED),
        named("403 in HTML", body(403, "text/html", "<html><body>Forbidden</body></html>"), FAILED),
        named("timeout", Reply::TimedOut, FAILED),
        named("reset", Reply::Break, FAILED),
    ]
}

/// Answers with the recorded status whose body is not the recorded one.
fn broken(line: &CallLine) -> Vec<Answer> {
    let Some(response) = &line.response else { return Vec::new() };
    let whole = response.body.bytes().map(|bytes| bytes.into_owned()).unwrap_or_default();
    let xml = matches!(line.wire.as_str(), "query" | "ec2" | "rest-xml");
    let mut answers: Vec<(String, Vec<u8>)> = vec![
        ("empty body".into(), Vec::new()),
        ("blank body".into(), b" \n".to_vec()),
        ("nothing in the body".into(), if xml { b"<X/>".to_vec() } else { b"{}".to_vec() }),
        ("a list for a body".into(), b"[]".to_vec()),
        ("HTML".into(), b"<!DOCTYPE html><html><body>Sign in</body></html>".to_vec()),
    ];
    let ends = [1, 2, whole.len() / 8, whole.len() / 3, whole.len() / 2, whole.len() * 3 / 4];
    let near = [whole.len().saturating_sub(1), whole.len().saturating_sub(2), whole.len().saturating_sub(40)];
    let cuts: BTreeSet<usize> = ends.into_iter().chain(near).filter(|at| (1..whole.trim_ascii_end().len()).contains(at)).collect();
    answers.extend(cuts.into_iter().map(|at| (format!("cut at byte {at} of {}", whole.len()), whole[..at].to_vec())));
    if let Some(document) = Document::parse(&whole) {
        answers.push(("wrong root".into(), wrong_root(&document)));
        if (200..300).contains(&response.status) {
            answers.extend(members(line, &document));
        }
    }
    let content_type = if xml { "text/xml" } else { "application/json" };
    answers.into_iter().map(|(name, bytes)| (name, body(response.status, content_type, bytes), FAILED)).collect()
}

fn wrong_root(document: &Document) -> Vec<u8> {
    let mut wrong = document.clone();
    match &mut wrong {
        Document::Xml(root) => root.name = "AnotherResponse".into(),
        Document::Json(value) => *value = json!({ "another": value.take() }),
    }
    wrong.bytes()
}

/// Each member that the operation's row requires, taken out or given a form that it cannot have: the first and the last one there.
fn members(line: &CallLine, document: &Document) -> Vec<(String, Vec<u8>)> {
    let Some(row) = operations::find(&line.key.service, &line.key.operation) else { return Vec::new() };
    let mut changed = Vec::new();
    let mut seen = BTreeSet::new();
    for path in row.required {
        let (path, form) = path.split_once(':').unwrap_or((path, ""));
        let steps: Vec<&str> = path.split('.').collect();
        for length in 1..=steps.len() {
            let (prefix, last) = (&steps[..length], steps[length - 1]);
            // An XML list without members, or one member less, is a whole answer; so is a map with one less, and one without what may be
            // left out.
            let optional = last.contains('?') || last == "*" || (last.ends_with("[]") && matches!(document, Document::Xml(_)));
            let name = prefix.join(".");
            let list = last.trim_end_matches("[]");
            let places = document.places(&[&steps[..length - 1], &[list]].concat());
            // Of two alternatives, one that remains would do.
            if !optional && (!last.contains('|') || places.len() == 1) && seen.insert(name.clone()) {
                changed.extend(ends(&places).map(|(at, place)| (format!("without `{name}` {at}"), document.without(place).bytes())));
            }
        }
        if form.is_empty() || (form == "string" && matches!(document, Document::Xml(_))) {
            continue;
        }
        let places = document.places(&steps);
        let (text, value) = misfit(form);
        changed.extend(
            ends(&places).map(|(at, place)| (format!("`{path}` {at} is `{text}`"), document.with(place, text, value.clone()).bytes())),
        );
        if matches!(document, Document::Json(_)) && !path.contains('?') {
            changed
                .extend(ends(&places).map(|(at, place)| (format!("`{path}` {at} is null"), document.with(place, "", Value::Null).bytes())));
        }
    }
    changed
}

/// The first and the last.
fn ends(places: &[Place]) -> impl Iterator<Item = (&'static str, &Place)> {
    let last = if places.len() > 1 { places.last() } else { None };
    places.first().map(|place| ("first", place)).into_iter().chain(last.map(|place| ("last", place)))
}

/// What a member of a form cannot be, as text and as JSON.
fn misfit(form: &str) -> (&'static str, Value) {
    match form {
        "date" => ("soon", json!("soon")),
        "bool" => ("maybe", json!("maybe")),
        "int" => ("many", json!("many")),
        "arn" => ("somewhere", json!("somewhere")),
        "list" => ("", json!({})),
        "object" => ("", json!([])),
        _ => ("", json!({"a": 1})),
    }
}

/// Listings that do not end as listings end.
fn pages(line: &CallLine) -> Vec<Fault> {
    // The answer is a document of the customer's, in which no member of AWS's means anything.
    if line.key.operation == "GetBucketPolicy" {
        return Vec::new();
    }
    let Some(listing) = Paged::of(line) else { return Vec::new() };
    let found =
        |name: &str, first: Reply, rest: Reply, reasons| Fault { name: name.into(), what: What::Pages(first, rest), reasons, listed: true };
    let leading = listing.leading_to("another-page");
    let mut faults = vec![
        found("a page that leads to itself", leading.clone(), leading.clone(), TRUNCATED),
        found("a next page that is denied", leading.clone(), error(line, 403, "AccessDenied", "no"), DENIED),
        found("a next page that is throttled", leading.clone(), error(line, 400, "ThrottlingException", "slower"), &["throttled"]),
        found("a next page that breaks", leading.clone(), Reply::Break, FAILED),
        found("a next page that is empty", leading, body(200, listing.content_type, ""), FAILED),
    ];
    if let Some(token) = token_of(line) {
        let back = listing.leading_to(&token);
        faults.push(found("a page that leads back to where it was asked", back.clone(), back, TRUNCATED));
    }
    for (name, cut) in listing.cut_without_token() {
        faults.push(found(name, cut.clone(), cut, TRUNCATED));
    }
    faults
}

/// An answer that is, or may be, one page of several.
struct Paged {
    document: Document,
    content_type: &'static str,
    /// Where token and mark stand.
    within: Vec<String>,
    tokens: &'static [&'static str],
    /// Whether pages are marked as cut.
    marked: bool,
}

impl Paged {
    fn of(line: &CallLine) -> Option<Self> {
        let response = line.response.as_ref().filter(|response| response.status < 300)?;
        let document = Document::parse(&response.body.bytes()?)?;
        // Where the operation has no pages, nobody reads the token.
        let (content_type, within, tokens): (_, _, &[&str]) = match line.wire.as_str() {
            "query" => ("text/xml", vec![format!("{}Result", line.key.operation)], &["Marker"]),
            "ec2" => ("text/xml", Vec::new(), &["nextToken"]),
            "rest-xml" => ("application/xml", Vec::new(), &["NextMarker", "NextContinuationToken", "ContinuationToken"]),
            _ => ("application/json", Vec::new(), &["nextToken", "NextToken", "position"]),
        };
        let place = document.places(&steps(&within)).into_iter().next()?;
        let marked = document.text(&place, "IsTruncated").is_some();
        let paged = marked || line.wire != "query";
        paged.then_some(Paged { document, content_type, within, tokens, marked })
    }

    fn place(&self, document: &Document) -> Place {
        document.places(&steps(&self.within)).into_iter().next().expect("it was there before")
    }

    fn reply(&self, document: &Document) -> Reply {
        body(200, self.content_type, document.bytes())
    }

    fn cut(&self) -> Document {
        if self.marked { self.document.set(&self.place(&self.document), "IsTruncated", "true") } else { self.document.clone() }
    }

    fn leading_to(&self, token: &str) -> Reply {
        let cut = self.cut();
        self.reply(&self.tokens.iter().fold(cut, |document, name| document.set(&self.place(&document), name, token)))
    }

    /// Marked as cut, and no token, or an empty one.
    fn cut_without_token(&self) -> Vec<(&'static str, Reply)> {
        if !self.marked {
            return Vec::new();
        }
        let cut = self.cut();
        let empty = self.tokens.iter().fold(cut.clone(), |document, name| document.set(&self.place(&document), name, ""));
        let without = self.tokens.iter().fold(cut, |document, name| {
            let path = [self.within.clone(), vec![(*name).to_owned()]].concat();
            document.places(&steps(&path)).first().map_or(document.clone(), |place| document.without(place))
        });
        vec![("cut without a token", self.reply(&without)), ("cut with an empty token", self.reply(&empty))]
    }
}

fn steps(path: &[String]) -> Vec<&str> {
    path.iter().map(String::as_str).collect()
}

/// The token with which a page was asked for.
fn token_of(line: &CallLine) -> Option<String> {
    let body = line.request.body.bytes().map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
    let query = line.request.target.split_once('?').map_or("", |(_, query)| query);
    let pairs = body.split('&').chain(query.split('&'));
    let token =
        pairs.filter_map(|pair| pair.split_once('=')).find(|(name, _)| ["Marker", "nextToken", "NextToken", "position"].contains(name))?.1;
    Some(percent_encoding::percent_decode_str(token).decode_utf8_lossy().into_owned())
}
