//! Answers from a recording. Nothing in this file can open a connection: the connector here holds no other one, and a call that
//! the recording lacks has been refused before it.

use std::sync::Arc;

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;

use super::check::check_body;
use super::error::SessionError;
use super::flight::{Boarded, Part};
use super::operation::Operation;
use crate::model::call::CallKey;
use crate::recording::Recording;
use crate::recording::line::{CallLine, Response};

/// A recording to answer from.
#[derive(Clone, Debug)]
pub(super) struct Replay {
    recording: Arc<Recording>,
}

impl Replay {
    pub(super) fn new(recording: Arc<Recording>) -> Self {
        Replay { recording }
    }

    /// The recorded call, with its body checked again.
    pub(super) fn find(&self, key: &CallKey, operation: &Operation) -> Result<Option<CallLine>, SessionError> {
        let line = self.recording.call(key).map_err(SessionError::Recording)?;
        Ok(line.map(|line| checked(line, operation)))
    }

    pub(super) fn http_client(&self) -> SharedHttpClient {
        SharedHttpClient::new(Answering)
    }
}

/// Checks a recorded 2xx body as a live one is checked: a recording made before the check knew of a member, or edited since,
/// must not become an answer.
pub(super) fn checked(mut line: CallLine, operation: &Operation) -> CallLine {
    if let (Some(response), None) = (&line.response, &line.invalid)
        && (200..300).contains(&response.status)
    {
        line.invalid = match response.body.bytes() {
            Some(body) => check_body(operation, response.status, &response.headers, &body).err(),
            None => Some("the stored body is not base64".to_owned()),
        };
    }
    line
}

/// Hands the SDK the line that its request carries.
#[derive(Debug)]
struct Answering;

impl HttpClient for Answering {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(Answering)
    }
}

impl HttpConnector for Answering {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let answer = match request.extension::<Boarded>().map(|boarded| boarded.part()) {
            Some(Part::Line(line)) => respond(&line),
            _ => Err(refused("the request was not announced")),
        };
        HttpConnectorFuture::ready(answer)
    }
}

/// The error for what this tool itself does not let through; never retried.
pub(super) fn refused(why: &str) -> ConnectorError {
    ConnectorError::user(why.into())
}

/// What the SDK sees of a line.
pub(super) fn respond(line: &CallLine) -> Result<HttpResponse, ConnectorError> {
    match (&line.response, &line.invalid) {
        (Some(response), None) => response_for_sdk(response, &[]),
        (_, Some(why)) => Err(refused(why)),
        (None, None) => Err(refused("no answer was recorded")),
    }
}

/// Builds the SDK's response from a stored one, live and replayed alike. `more` are headers that only steer retries.
pub(super) fn response_for_sdk(response: &Response, more: &[(String, String)]) -> Result<HttpResponse, ConnectorError> {
    let broken = |what: &str| refused(&format!("the stored answer has {what}"));
    let status = response.status.try_into().map_err(|_| broken("no HTTP status"))?;
    let body = response.body.bytes().ok_or_else(|| broken("a body that is not base64"))?;
    let mut built = HttpResponse::new(status, SdkBody::from(body.into_owned()));
    let named = [("x-amzn-requestid", &response.request_id), ("date", &response.date)];
    let named = named.iter().filter_map(|(name, value)| value.as_ref().map(|value| (*name, value.as_str())));
    let listed = response.headers.iter().chain(more).map(|(name, value)| (name.as_str(), value.as_str()));
    for (name, value) in named.chain(listed) {
        built.headers_mut().try_append(name.to_owned(), value.to_owned()).map_err(|_| broken("an unusable header"))?;
    }
    Ok(built)
}
