//! Listings that do not end as listings end: pages that lead nowhere, back, or to pages that fail.

use evidence::recording::cbor;
use evidence::recording::line::CallLine;
use serde_json::Value;

use super::document::{Document, Place};
use super::faults::{DENIED, FAILED, Fault, What, body, error};
use crate::upstream::Reply;

const TRUNCATED: &[&str] = &["truncated"];

/// Names under which services hand out the next page's token.
const XML_TOKENS: &[&str] = &["Marker", "NextMarker", "NextContinuationToken", "ContinuationToken"];
const JSON_TOKENS: &[&str] = &["nextToken", "NextToken", "NextMarker", "position", "LastEvaluatedTableName"];
/// Services that speak the Query protocol, have pages, and mark none of them as cut.
const UNMARKED: &[(&str, &[&str])] = &[("RDS", &["Marker"]), ("Elastic Load Balancing v2", &["NextMarker"]), ("SNS", &["NextToken"])];
/// Names under which they say that a page is cut.
const MARKS: &[&str] = &["IsTruncated", "Truncated"];
/// Names under which the token comes back in a question.
const ASKED_BY: &[&str] =
    &["Marker", "marker", "nextToken", "NextToken", "NextMarker", "position", "continuation-token", "ExclusiveStartTableName"];

/// All faults of a page.
pub fn faults(line: &CallLine) -> Vec<Fault> {
    // The answer is a document of the customer's, in which no member of AWS's means anything.
    if line.key.operation == "GetBucketPolicy" {
        return Vec::new();
    }
    let Some(listing) = Paged::of(line) else { return Vec::new() };
    let found = |name: &str, first: Reply, rest: Reply, reasons| Fault {
        listed: true,
        gone: false,
        ..Fault::new(name, What::Pages(first, rest), reasons)
    };
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

/// An answer that is, or may be, one page of several. Where the operation has no pages, nobody reads the token.
struct Paged {
    document: Document,
    content_type: &'static str,
    /// Where token and mark stand.
    within: Vec<String>,
    tokens: &'static [&'static str],
    /// The name of the mark, where pages are marked as cut.
    mark: Option<&'static str>,
}

impl Paged {
    fn of(line: &CallLine) -> Option<Self> {
        let response = line.response.as_ref().filter(|response| response.status < 300)?;
        let document = Document::parse(&response.body.bytes()?)?;
        let (content_type, within, tokens): (_, _, &[&str]) = match line.wire.as_str() {
            "query" => ("text/xml", vec![format!("{}Result", line.key.operation)], unmarked(line).unwrap_or(&["Marker"])),
            "ec2" => ("text/xml", Vec::new(), &["nextToken"]),
            "rest-xml" => ("application/xml", Vec::new(), XML_TOKENS),
            "rpc-v2-cbor" => ("application/cbor", Vec::new(), &["NextToken"]),
            _ => ("application/json", Vec::new(), JSON_TOKENS),
        };
        let place = document.places(&steps(&within)).into_iter().next()?;
        let mark = MARKS.iter().find(|mark| document.has(&place, mark)).copied();
        let paged = mark.is_some() || line.wire != "query" || unmarked(line).is_some();
        paged.then_some(Paged { document, content_type, within, tokens, mark })
    }

    fn place(&self, document: &Document) -> Place {
        document.places(&steps(&self.within)).into_iter().next().expect("it was there before")
    }

    fn reply(&self, document: &Document) -> Reply {
        body(200, self.content_type, document.bytes())
    }

    fn cut(&self) -> Document {
        let mark = |mark| self.document.set(&self.place(&self.document), mark, "true", Value::Bool(true));
        self.mark.map_or_else(|| self.document.clone(), mark)
    }

    fn with_token(&self, document: Document, token: &str) -> Document {
        self.tokens.iter().fold(document, |document, name| document.set(&self.place(&document), name, token, Value::from(token)))
    }

    fn leading_to(&self, token: &str) -> Reply {
        self.reply(&self.with_token(self.cut(), token))
    }

    /// Marked as cut, and no token, or an empty one.
    fn cut_without_token(&self) -> Vec<(&'static str, Reply)> {
        if self.mark.is_none() {
            return Vec::new();
        }
        let without = self.tokens.iter().fold(self.cut(), |document, name| {
            let path = [self.within.clone(), vec![(*name).to_owned()]].concat();
            document.places(&steps(&path)).first().map_or(document.clone(), |place| document.without(place))
        });
        let empty = self.with_token(self.cut(), "");
        vec![("cut without a token", self.reply(&without)), ("cut with an empty token", self.reply(&empty))]
    }
}

/// The tokens of a service without marks.
fn unmarked(line: &CallLine) -> Option<&'static [&'static str]> {
    let listing = line.key.operation.starts_with("List") || line.key.operation.starts_with("Describe");
    UNMARKED.iter().find(|(service, _)| listing && *service == line.key.service).map(|(_, tokens)| *tokens)
}

fn steps(path: &[String]) -> Vec<&str> {
    path.iter().map(String::as_str).collect()
}

/// The token with which a page was asked for.
fn token_of(line: &CallLine) -> Option<String> {
    let body = line.request.body.bytes().unwrap_or_default();
    if let Some(asked) = cbor::is_map(&body).then(|| cbor::parse(&body).ok()).flatten() {
        return asked.json()["NextToken"].as_str().map(str::to_owned);
    }
    let body = String::from_utf8_lossy(&body).into_owned();
    if let Ok(Value::Object(members)) = serde_json::from_str(&body) {
        return ASKED_BY.iter().find_map(|name| members.get(*name)?.as_str().map(str::to_owned));
    }
    let query = line.request.target.split_once('?').map_or("", |(_, query)| query);
    let pairs = body.split('&').chain(query.split('&'));
    let token = pairs.filter_map(|pair| pair.split_once('=')).find(|(name, _)| ASKED_BY.contains(name))?.1;
    Some(percent_encoding::percent_decode_str(token).decode_utf8_lossy().into_owned())
}
