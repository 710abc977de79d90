//! Removes secrets from bodies before they are stored and before the SDK parses them: pure, versioned, idempotent.
//!
//! Every string of every body, of answers and of errors, is searched for secret patterns through the encodings that AWS uses
//! (JSON escapes, XML references, percent-encoding, and these within each other); the operation's row adds what goes as a
//! whole. Bytes between the markers stay as AWS sent them, so a body that was well-formed stays so and a broken one stays
//! broken. Page tokens and the ids of access keys are left alone where AWS hands them out: a changed token would end the
//! listing, and an id tells which key is meant and opens nothing.

mod cbor;
mod json;
mod layers;
mod place;
mod text;
mod xml;

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use regex::Regex;

use super::cbor::is_map;
use super::line::Redaction;
use super::secrets::{ASSIGNMENT, secrets};
use crate::aws::operation::{Operation, Redact, Wire};
use place::{Place, Rows};
use text::Encoding;

/// Version of the rules: of this code, of the paths in the operation table, and of the secret patterns.
pub const RULES: u32 = 1;

/// Members in which AWS hands out page tokens and ids of keys: of its own making, and needed as they are.
const UNTOUCHED: [&str; 6] = ["nextToken", "NextToken", "Marker", "NextMarker", "ContinuationToken", "AccessKeyId"];

/// A body without secrets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redacted {
    /// The body, well-formed where the original was.
    pub body: Vec<u8>,
    /// Where something was removed.
    pub redactions: Vec<Redaction>,
}

/// What stands where a secret stood: `[redacted:40:aws-secret-access-key]`; `[redacted:12:]` where no pattern matched;
/// several patterns are joined by `+`. None of its characters needs escaping in JSON, XML or percent-encoding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marker {
    /// Length of what was removed, in characters.
    pub length: usize,
    /// Names of the patterns that matched, sorted.
    pub patterns: Vec<String>,
}

static MARKER: LazyLock<Regex> = LazyLock::new(|| {
    // Cannot fail: the expression is a constant, and the unit tests use it.
    Regex::new(r"\[redacted:([0-9]{1,12}):([a-z0-9-]+(?:\+[a-z0-9-]+)*)?\]").unwrap_or_else(|error| unreachable!("marker: {error}"))
});

impl Marker {
    /// How every marker begins.
    pub const PREFIX: &'static str = "[redacted:";

    /// Reads a text that is a marker as a whole.
    pub fn parse(text: &str) -> Option<Self> {
        let captures = MARKER.captures(text).filter(|captures| captures.get(0).is_some_and(|all| all.as_str() == text))?;
        Self::read(&captures)
    }

    /// All markers within a text.
    pub fn find_all(text: &str) -> Vec<Self> {
        MARKER.captures_iter(text).filter_map(|captures| Self::read(&captures)).collect()
    }

    fn read(captures: &regex::Captures<'_>) -> Option<Self> {
        let names = captures.get(2).map_or("", |names| names.as_str());
        let patterns = names.split('+').filter(|name| !name.is_empty()).map(str::to_owned).collect();
        Some(Marker { length: captures[1].parse().ok()?, patterns })
    }

    /// Where markers with patterns of ours stand; text that only looks like a marker is treated as any other text.
    fn spans(text: &str) -> impl Iterator<Item = Range<usize>> {
        MARKER.find_iter(text).filter(|found| Self::is_ours(found.as_str())).map(|found| found.range())
    }

    fn is_ours(text: &str) -> bool {
        Self::parse(text).is_some_and(|marker| marker.patterns.iter().all(|name| secrets().knows(name)))
    }
}

impl fmt::Display for Marker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}:{}]", Self::PREFIX, self.length, self.patterns.join("+"))
    }
}

/// Redacts the body of an answer, or of an error, of an operation.
pub fn redact(operation: &Operation, body: &[u8]) -> Redacted {
    let mut edits = Edits { rows: Rows::of(operation), done: Vec::new(), key: None };
    if operation.wire == Wire::Cbor && is_map(body) {
        return edits.cbor(body);
    }
    match std::str::from_utf8(body) {
        Ok(text) => {
            let json = operation.root.is_empty() && !text.trim_start().starts_with('<');
            match operation.wire {
                Wire::RestXml if json => edits.json(text),
                Wire::Query | Wire::Ec2 | Wire::RestXml => edits.xml(text),
                Wire::Cbor if !json => edits.xml(text),
                Wire::Json10 | Wire::Json11 | Wire::RestJson | Wire::Cbor => edits.json(text),
            }
            edits.apply(text)
        }
        Err(_) => edits.bytes(body),
    }
}

/// Redacts the body of a request in CBOR: the patterns alone, as in [`redact_text`].
pub fn redact_request(body: &[u8]) -> Vec<u8> {
    Edits { rows: Rows::none(), done: Vec::new(), key: None }.cbor(body).body
}

/// Redacts a text that belongs to no operation's body: a request's target or body, a header, an error message.
pub fn redact_text(text: &str) -> Cow<'_, str> {
    text::redact(text, Encoding::Plain).map_or(Cow::Borrowed(text), Cow::Owned)
}

/// Changes to a body, in order and without overlap.
struct Edits {
    rows: Rows,
    done: Vec<(Place, Range<usize>, String)>,
    /// The text of the last `Key`, for the `Value` beside it.
    key: Option<String>,
}

impl Edits {
    fn json(&mut self, body: &str) {
        let broken = json::walk(body, &mut |place, scalar| match scalar {
            json::Scalar::Text(range) => {
                let beside = self.name_beside(place, &body[range.clone()], Encoding::Json);
                self.value(place, body, range, Encoding::Json, beside.as_deref().or(place.name()));
            }
            json::Scalar::Name(range) => self.patterns(place, body, range, Encoding::Json),
            json::Scalar::Number(range) if self.rows.at(place) == Some(Redact::Value) => {
                let marker = text::marker(&body[range.clone()], None);
                self.done.push((place.clone(), range, format!("\"{marker}\"")));
            }
            json::Scalar::Number(_) => {}
        });
        if let Err(json::Broken { at, cut }) = broken {
            self.rest(body, at, cut);
        }
    }

    fn xml(&mut self, body: &str) {
        let broken = xml::walk(body, &mut |place, stretch| match stretch {
            xml::Stretch::Text(range) => {
                let name = self.name_beside(place, &body[range.clone()], Encoding::Xml);
                self.value(place, body, range, Encoding::Xml, name.as_deref());
            }
            xml::Stretch::Raw(range) => self.patterns(place, body, range, Encoding::Xml),
            xml::Stretch::Cut(range) if ends_in_marker(&body[range.clone()]) => {}
            xml::Stretch::Cut(range) => {
                let marker = text::marker(&body[range.clone()], None).to_string();
                self.done.push((place.clone(), range, marker));
            }
        });
        if let Err(at) = broken {
            self.rest(body, at, false);
        }
    }

    /// The text of the `Key` before a `Value`; a `Key` is kept for the `Value` behind it. EC2 writes both in lower case.
    fn name_beside(&mut self, place: &Place, raw: &str, encoding: Encoding) -> Option<String> {
        match place.name() {
            Some("Key" | "key") => {
                self.key = Some(encoding.decode(raw));
                None
            }
            Some("Value" | "value") => self.key.take(),
            _ => None,
        }
    }

    /// A value of the body: what its row says, and the patterns in any case.
    fn value(&mut self, place: &Place, body: &str, range: Range<usize>, encoding: Encoding, name: Option<&str>) {
        let row = self.rows.at(place);
        let raw = &body[range.clone()];
        if row == Some(Redact::Keep) || place.name().is_some_and(|name| UNTOUCHED.contains(&name)) {
            return;
        }
        let decoded = encoding.decode(raw);
        if row == Some(Redact::Blob) {
            self.blob(place, range, &decoded);
            return;
        }
        let named = name.is_some_and(|name| secrets().named(name, &decoded));
        let whole = row == Some(Redact::Value) || (row == Some(Redact::Named) && named);
        if whole && !decoded.trim().is_empty() {
            if !Marker::is_ours(&decoded) {
                let marker = text::marker(&decoded, named.then_some(ASSIGNMENT));
                self.done.push((place.clone(), range, marker.to_string()));
            }
            return;
        }
        let encoding = if row == Some(Redact::EncodedSecrets) { encoding.with_percent() } else { encoding };
        self.patterns(place, body, range, encoding);
    }

    /// Bytes in base64. What is no base64 goes all the same.
    fn blob(&mut self, place: &Place, range: Range<usize>, encoded: &str) {
        let bytes = BASE64.decode(encoded).unwrap_or_else(|_| encoded.as_bytes().to_vec());
        let text = String::from_utf8_lossy(&bytes);
        if !text.is_empty() && !Marker::is_ours(&text) {
            self.done.push((place.clone(), range, BASE64.encode(text::marker(&text, None).to_string())));
        }
    }

    fn patterns(&mut self, place: &Place, body: &str, range: Range<usize>, encoding: Encoding) {
        if let Some(redacted) = text::redact(&body[range.clone()], encoding) {
            self.done.push((place.clone(), range, redacted));
        }
    }

    /// What stands behind the point at which a body stops being what it should be. Where the row removes values as a whole,
    /// or the body ends within a string, nothing of it can be told apart from a secret, so all of it goes.
    fn rest(&mut self, body: &str, at: usize, cut: bool) {
        let done = Marker::spans(body).any(|marker| marker.end == body.len() && marker.start <= at && at <= marker.end);
        if done || at == body.len() {
            return;
        }
        if cut || self.rows.any_value() {
            let marker = text::marker(&body[at..], None).to_string();
            self.done.push((Place::default(), at..body.len(), marker));
        } else {
            self.patterns(&Place::default(), body, at..body.len(), Encoding::Plain);
        }
    }

    /// A body that is no UTF-8, and so nothing that AWS sends: its text is searched piece by piece.
    fn bytes(&self, body: &[u8]) -> Redacted {
        if self.rows.any_value() {
            let marker = Marker { length: body.len(), patterns: Vec::new() }.to_string();
            return Redacted { body: marker.into_bytes(), redactions: vec![Redaction { path: String::new(), rules: RULES }] };
        }
        let mut out = Vec::with_capacity(body.len());
        for chunk in body.utf8_chunks() {
            out.extend_from_slice(redact_text(chunk.valid()).as_bytes());
            out.extend_from_slice(chunk.invalid());
        }
        let changed = out != body;
        let redactions = changed.then(|| Redaction { path: String::new(), rules: RULES });
        Redacted { body: out, redactions: redactions.into_iter().collect() }
    }

    fn apply(self, body: &str) -> Redacted {
        let mut out = String::with_capacity(body.len());
        let mut redactions: Vec<Redaction> = Vec::with_capacity(self.done.len());
        let mut at = 0;
        for (place, range, replacement) in self.done {
            out.push_str(&body[at..range.start]);
            out.push_str(&replacement);
            at = range.end;
            // A key of a map may hold a secret, too.
            let path = redact_text(&place.to_string()).into_owned();
            redactions.push(Redaction { path, rules: RULES });
        }
        out.push_str(&body[at..]);
        Redacted { body: out.into_bytes(), redactions }
    }
}

fn ends_in_marker(text: &str) -> bool {
    Marker::spans(text).last().is_some_and(|marker| marker.end == text.len())
}

#[cfg(test)]
#[path = "redact_tests.rs"]
mod tests;
