//! Who the credentials belong to: `sts:GetCallerIdentity`, the first call of every account and the only one of STS that is
//! recorded. Its line is held back until its own answer has told the account to file it under.

use aws_config::SdkConfig;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;

use super::accounts::Entry;
use super::error::{SessionError, chain};
use super::flight::{Asker, Flight, Outcome};
use super::operation::Operation;
use super::operations;
use super::outcome::{Ending, ending, told};
use super::tap::Tap;
use super::transport::Transport;
use crate::model::Partition;
use crate::recording::line::CallLine;

pub(super) const GET_CALLER_IDENTITY: (&str, &str) = ("STS", "GetCallerIdentity");

/// Codes with which AWS says that it does not know or accept the credentials.
const REJECTED: &[&str] =
    &["InvalidClientTokenId", "UnrecognizedClientException", "SignatureDoesNotMatch", "AuthFailure", "InvalidAccessKeyId"];

/// An account's identity with the call that told it.
#[derive(Clone, Debug)]
pub(super) struct Identity {
    pub(super) account: String,
    pub(super) principal: String,
    pub(super) partition: Partition,
    pub(super) line: CallLine,
    pub(super) operation: &'static Operation,
}

/// Asks who this is, at the home Region of the configured Region's partition.
pub(super) async fn identify(
    entry: &Entry,
    sdk: &SdkConfig,
    region_configured: bool,
    transport: &Transport,
) -> Result<Identity, SessionError> {
    let source_name = entry.source.clone();
    let no_identity = |detail: &str| SessionError::NoIdentity { source_name: source_name.clone(), detail: detail.to_owned() };
    let row =
        operations::find(GET_CALLER_IDENTITY.0, GET_CALLER_IDENTITY.1).ok_or_else(|| no_identity("the operation is not in the table"))?;
    let configured = sdk.region().map(ToString::to_string).unwrap_or_default();
    let home = Partition::of_region(&configured).home_region();
    let sdk = sdk.to_builder().region(aws_config::Region::from_static(home)).build();
    let asker = Asker { account: String::new(), region: home.to_owned(), principal: None };
    let flight = Flight::new(transport.clone(), row, asker, true);
    let client = aws_sdk_sts::Client::new(&sdk);
    let result = client.get_caller_identity().customize().interceptor(Tap(flight.clone())).send().await;
    let line = match flight.outcome() {
        Some(Outcome::Line(line)) => (*line).clone(),
        _ => return Err(unsent(source_name, result.err())),
    };
    let output = match (ending(&line), result) {
        (Ending::Answered, Ok(output)) => output,
        (Ending::Expired, _) => return Err(SessionError::ExpiredAtStart { source_name }),
        (how, _) => return Err(refused(how, &line, source_name, !region_configured)),
    };
    let (Some(account), Some(principal)) = (output.account, output.arn) else { return Err(no_identity("account or ARN is missing")) };
    let partition = Partition::of_arn(&principal).ok_or_else(|| SessionError::UnknownPartition(principal.clone()))?;
    let line = CallLine { key: crate::model::call::CallKey { account: account.clone(), ..line.key }, ..line };
    Ok(Identity { account, principal, partition, line, operation: row })
}

fn refused(how: Ending, line: &CallLine, source_name: String, region_missing: bool) -> SessionError {
    let code = line.response.as_ref().and_then(|response| response.error_code.as_deref());
    let detail = told(line);
    match (how, code) {
        (_, Some(code)) if REJECTED.contains(&code) => SessionError::Rejected { source_name, detail, region_missing },
        (Ending::Refused, _) => SessionError::NoIdentity { source_name, detail },
        _ => {
            let last = line.attempts.last().and_then(|attempt| attempt.error.clone()).unwrap_or_default();
            let detail = if line.response.is_some() { detail } else { format!("no answer ({last}) in {} attempts", line.attempts.len()) };
            let detail = line.invalid.clone().unwrap_or(detail);
            SessionError::Unreachable { endpoint: line.request.host.clone(), detail }
        }
    }
}

fn unsent<E: std::error::Error + 'static>(source_name: String, error: Option<SdkError<E, HttpResponse>>) -> SessionError {
    let detail = error.map(|error| chain(&error)).unwrap_or_default();
    SessionError::Credentials { source_name, detail }
}
