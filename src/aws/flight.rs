//! One call from the moment it is asked to its line: what was sent, each attempt, what came back. Shared by the interceptor, the
//! connector and [`super::ask`]; survives timeouts, which drop the connector's future.

use std::sync::{Arc, Mutex};

use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_types::retry::ErrorKind;
use bytes::Bytes;
use sha2::Digest as _;

use super::check::{check_body, error_of};
use super::error::SessionError;
use super::live::Flying;
use super::operation::{Operation, Wire};
use super::replay::response_for_sdk;
use super::transport::{Claim, Transport, lock};
use crate::model::call::CallKey;
use crate::recording::line::{Attempt, Body, CallLine, Redaction, Request, Response};
use crate::recording::{redact, redact_request, redact_text};

/// Response headers that carry output or tell the protocol. No other header is kept.
const KEPT: &[&str] = &["content-type", "x-amzn-errortype", "x-amzn-query-error", "x-amz-bucket-region"];
/// Response headers that steer the SDK's retries; shown to it live, never stored.
const STEERING: &[&str] = &["x-amz-retry-after", "retry-after"];

/// Who asks, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Asker {
    /// Twelve-digit id; empty for the call that tells it.
    pub(super) account: String,
    /// Region of the endpoint.
    pub(super) region: String,
    /// ARN of the principal, once known.
    pub(super) principal: Option<String>,
}

/// One call.
#[derive(Debug)]
pub(super) struct Flight {
    transport: Transport,
    operation: &'static Operation,
    asker: Asker,
    /// True for the call whose account is only known from its answer: it is handed back instead of being recorded.
    held: bool,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    key: Option<CallKey>,
    part: Part,
    attempts: Vec<Attempt>,
    request: Option<Request>,
    response: Option<Response>,
    invalid: Option<String>,
    redactions: Vec<Redaction>,
    outcome: Option<Outcome>,
}

/// How the connector is to answer.
#[derive(Clone, Debug, Default)]
pub(super) enum Part {
    /// Not decided: nothing may be answered.
    #[default]
    None,
    /// By this line.
    Line(Arc<CallLine>),
    /// By the line of the same call that is already on its way.
    Follow(Flying),
    /// By AWS.
    Send,
}

/// What became of a call.
#[derive(Clone, Debug)]
pub(super) enum Outcome {
    /// A line, recorded or replayed.
    Line(Arc<CallLine>),
    /// The recording does not hold it.
    NotRecorded,
    /// The session took no new calls any more.
    Cancelled,
    /// This tool did not let it through.
    Refused(String),
}

/// The flight as an extension of a request: without it, no connector of ours sends or answers.
#[derive(Clone, Debug)]
pub(super) struct Boarded(pub(super) Arc<Flight>);

impl Boarded {
    pub(super) fn part(&self) -> Part {
        lock(&self.0.state).part.clone()
    }
}

impl Flight {
    pub(super) fn new(transport: Transport, operation: &'static Operation, asker: Asker, held: bool) -> Arc<Self> {
        Arc::new(Flight { transport, operation, asker, held, state: Mutex::default() })
    }

    pub(super) fn operation(&self) -> &'static Operation {
        self.operation
    }

    pub(super) fn transport(&self) -> &Transport {
        &self.transport
    }

    pub(super) fn asker(&self) -> &Asker {
        &self.asker
    }

    /// Notes that this tool did not let the call through.
    pub(super) fn refuse(&self, why: String) {
        lock(&self.state).outcome = Some(Outcome::Refused(why));
    }

    /// Decides how the call is answered, now that its input is known. An error ends it here.
    pub(super) fn board(&self, input: String) -> Result<Part, SessionError> {
        let Asker { account, region, .. } = self.asker.clone();
        let (service, operation) = (self.operation.service.to_owned(), self.operation.name.to_owned());
        let mut key = CallKey { account, region, service, operation, input, n: 0 };
        self.transport.count(&mut key, self.operation);
        let claim = if self.held { Claim::Send } else { self.transport.claim(&key, self.operation)? };
        let mut state = lock(&self.state);
        state.key = Some(key);
        match claim {
            Claim::Line(line) => {
                state.outcome = Some(Outcome::Line(line.clone()));
                state.part = Part::Line(line);
            }
            Claim::Follow(flying) => state.part = Part::Follow(flying),
            Claim::Send => state.part = Part::Send,
            Claim::NotRecorded => state.outcome = Some(Outcome::NotRecorded),
            Claim::Cancelled => state.outcome = Some(Outcome::Cancelled),
        }
        Ok(state.part.clone())
    }

    /// Notes the line of the call that this one followed.
    pub(super) fn followed(&self, line: Arc<CallLine>) {
        lock(&self.state).outcome = Some(Outcome::Line(line));
    }

    /// Notes an attempt at the moment it leaves. Headers are not looked at: they carry the signature and the session token.
    pub(super) fn depart(&self, request: &HttpRequest) {
        let body = request.body().bytes().unwrap_or_default();
        let (_, host, target) = split_uri(request.uri());
        let noted = Request {
            method: request.method().to_owned(),
            host: host.to_owned(),
            target: redact_text(target).into_owned(),
            body: match self.operation.wire {
                Wire::Cbor => Body::from_bytes(&redact_request(body)),
                _ => Body::from_bytes(redact_text(&String::from_utf8_lossy(body)).as_bytes()),
            },
        };
        let mut state = lock(&self.state);
        settle_last(&mut state.attempts);
        state.attempts.push(Attempt { sent: chrono::Utc::now(), received: None, status: None, error: None });
        state.request = Some(noted);
        (state.response, state.invalid, state.redactions) = (None, None, Vec::new());
    }

    /// Notes that no answer came.
    pub(super) fn broke(&self, error: &ConnectorError) {
        let word = if error.is_timeout() { "timeout" } else { "io" };
        if let Some(attempt) = lock(&self.state).attempts.last_mut() {
            attempt.error = Some(word.to_owned());
        }
    }

    /// Takes an answer: redacts it, checks it, notes it, and returns what the SDK may see of it.
    pub(super) fn arrive(&self, status: u16, headers: &[(String, String)], body: &Bytes) -> Result<HttpResponse, ConnectorError> {
        let now = chrono::Utc::now();
        let redacted = redact(self.operation, body);
        let kept = select(headers, KEPT);
        let good = (200..300).contains(&status);
        let invalid = if good { check_body(self.operation, status, &kept, &redacted.body).err() } else { None };
        let error = if good { Default::default() } else { error_of(self.operation.wire, status, &kept, &redacted.body) };
        let response = Response {
            status,
            request_id: first(headers, &["x-amzn-requestid", "x-amz-request-id"]),
            date: first(headers, &["date"]),
            headers: kept,
            error_code: error.code.clone(),
            error_message: error.message,
            sha256: hex::encode(sha2::Sha256::digest(&redacted.body)),
            body: Body::from_bytes(&redacted.body),
        };
        let shown = match &invalid {
            None => response_for_sdk(&response, &select(headers, STEERING)),
            Some(why) => Err(ConnectorError::other(why.clone().into(), Some(ErrorKind::TransientError))),
        };
        if let (Some(live), Some(date)) = (self.transport.as_live(), &response.date) {
            live.note_skew(now, date);
        }
        let mut state = lock(&self.state);
        if let Some(attempt) = state.attempts.last_mut() {
            (attempt.received, attempt.status) = (Some(now), Some(status));
            attempt.error = if invalid.is_some() { Some("invalid_body".to_owned()) } else { error.code };
        }
        (state.response, state.invalid, state.redactions) = (Some(response), invalid, redacted.redactions);
        shown
    }

    /// Ends the call after its last attempt: writes its line, and lets those that follow it go on.
    pub(super) fn close(&self) -> Result<(), SessionError> {
        let Some((key, line)) = self.take_line() else { return Ok(()) };
        let line = line.map(Arc::new);
        if let Some(line) = &line {
            log(line);
            lock(&self.state).outcome = Some(Outcome::Line(line.clone()));
        }
        let Some(live) = self.transport.as_live().filter(|_| !self.held) else { return Ok(()) };
        let recorded = line.as_ref().map_or(Ok(()), |line| live.append(line));
        let settled = live.settle(&key, line);
        recorded.and(settled)
    }

    /// The key and, where anything was sent, the line; once, and only where AWS was asked.
    fn take_line(&self) -> Option<(CallKey, Option<CallLine>)> {
        let mut state = lock(&self.state);
        if !matches!(state.part, Part::Send) {
            return None;
        }
        state.part = Part::None;
        let key = state.key.clone()?;
        settle_last(&mut state.attempts);
        let Some(request) = state.request.take() else { return Some((key, None)) };
        let line = CallLine {
            key: key.clone(),
            principal: self.asker.principal.clone(),
            wire: wire_word(self.operation.wire).to_owned(),
            attempts: std::mem::take(&mut state.attempts),
            request,
            response: state.response.take(),
            invalid: state.invalid.take(),
            redactions: std::mem::take(&mut state.redactions),
        };
        Some((key, Some(line)))
    }

    /// What became of the call, once the SDK is done with it; `None` where nothing was sent and nothing refused by us.
    pub(super) fn outcome(&self) -> Option<Outcome> {
        lock(&self.state).outcome.clone()
    }
}

/// A call whose future is dropped by its asker leaves those that follow it free to ask themselves.
impl Drop for Flight {
    fn drop(&mut self) {
        let dropped = self.take_line();
        if let (Some((key, _)), Some(live), false) = (dropped, self.transport.as_live(), self.held) {
            // Cannot fail: nothing is written.
            let _ = live.settle(&key, None);
        }
    }
}

/// An attempt that was neither answered nor broken when the next thing happened has timed out: the SDK dropped it.
fn settle_last(attempts: &mut [Attempt]) {
    if let Some(last) = attempts.last_mut()
        && last.received.is_none()
        && last.error.is_none()
    {
        last.error = Some("timeout".to_owned());
    }
}

/// Who was asked what, and how it went; never a header or a body.
fn log(line: &CallLine) {
    let CallLine { key, attempts, response, .. } = line;
    let status = response.as_ref().map(|response| response.status);
    let error = attempts.last().and_then(|attempt| attempt.error.as_deref());
    let (service, operation) = (&key.service, &key.operation);
    tracing::debug!(account = key.account, region = key.region, service, operation, attempts = attempts.len(), status, error, "call");
}

/// Scheme, host with port, and path with query.
pub(super) fn split_uri(uri: &str) -> (&str, &str, &str) {
    let (scheme, rest) = uri.split_once("://").unwrap_or(("", uri));
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (host, target) = if scheme.is_empty() { ("", rest) } else { rest.split_at(end) };
    (scheme, host, if target.is_empty() { "/" } else { target })
}

fn select(headers: &[(String, String)], names: &[&str]) -> Vec<(String, String)> {
    headers.iter().filter(|(name, _)| names.contains(&name.as_str())).cloned().collect()
}

fn first(headers: &[(String, String)], names: &[&str]) -> Option<String> {
    names.iter().find_map(|wanted| headers.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.clone()))
}

fn wire_word(wire: Wire) -> &'static str {
    match wire {
        Wire::Query => "query",
        Wire::Ec2 => "ec2",
        Wire::Json10 => "json1.0",
        Wire::Json11 => "json1.1",
        Wire::RestJson => "rest-json",
        Wire::RestXml => "rest-xml",
        Wire::Cbor => "rpc-v2-cbor",
    }
}
