//! What a recorded call comes to. Pure: decides from the line alone (status, code, message, what broke), never from the
//! SDK's error variants, so that live and replay cannot differ.

use super::operation::Operation;
use crate::model::gap::EXPLICIT_DENY;
use crate::model::{Gap, Place, Reason};
use crate::recording::line::CallLine;

/// Codes with which AWS says "slower". The SDK retries the same ones.
const THROTTLED: &[&str] = &[
    "Throttling",
    "ThrottlingException",
    "ThrottledException",
    "RequestThrottledException",
    "RequestThrottled",
    "TooManyRequestsException",
    "ProvisionedThroughputExceededException",
    "TransactionInProgressException",
    "RequestLimitExceeded",
    "BandwidthLimitExceeded",
    "LimitExceededException",
    "SlowDown",
    "PriorRequestNotComplete",
    "EC2ThrottledException",
];

/// Codes with which AWS refuses a principal an action.
const DENIED: &[&str] = &[
    "AccessDenied",
    "AccessDeniedException",
    "UnauthorizedOperation",
    "Client.UnauthorizedOperation",
    "AuthorizationError",
    "AuthorizationErrorException",
    "UnauthorizedException",
    "NotAuthorizedException",
];

/// Codes that say: only the organization's management (or delegated administrator) account may ask.
const NOT_MANAGEMENT_ACCOUNT: &[&str] = &[
    "AccountNotManagementOrDelegatedAdministratorException",
    "AccountNotManagementOrDelegatedAdministrator",
    "NotOrganizationMasterAccountException",
    "NotOrganizationManagementAccountException",
];

/// Codes that say: the credentials this run was started with are over.
const EXPIRED: &[&str] = &["ExpiredToken", "ExpiredTokenException"];

/// How a call ended, by its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// A 2xx answer that is whole.
    Answered,
    /// AWS answered with an error that asking again does not change.
    Refused,
    /// AWS answered every attempt with a throttling error.
    Throttled,
    /// No valid answer came: asking again may help.
    Broken,
    /// The credentials are over: this run cannot go on, a later one can.
    Expired,
}

impl Ending {
    /// Whether a resumed run takes the line for an answer instead of asking again.
    pub fn is_final(self) -> bool {
        matches!(self, Ending::Answered | Ending::Refused)
    }
}

/// Decides how a call ended.
pub fn ending(line: &CallLine) -> Ending {
    let Some(response) = &line.response else { return Ending::Broken };
    if (200..300).contains(&response.status) {
        return if line.invalid.is_none() { Ending::Answered } else { Ending::Broken };
    }
    match (response.error_code.as_deref(), response.status) {
        (Some(code), _) if EXPIRED.contains(&code) => Ending::Expired,
        (Some(code), _) if THROTTLED.contains(&code) => Ending::Throttled,
        (_, 429) => Ending::Throttled,
        (Some(_), 300..500) => Ending::Refused,
        _ => Ending::Broken,
    }
}

/// Makes the gap of a call whose answer cannot be used.
pub fn gap(line: &CallLine, operation: &Operation, place: &Place) -> Gap {
    let (reason, detail) = reason(line, operation);
    Gap {
        account: place.account.clone(),
        region: place.region.clone(),
        service: operation.service.to_owned(),
        operation: operation.name.to_owned(),
        reason,
        detail,
        call: Some(line.key.id()),
    }
}

fn reason(line: &CallLine, operation: &Operation) -> (Reason, String) {
    let Some(response) = &line.response else { return (Reason::Failed, broken_detail(line)) };
    let code = response.error_code.as_deref();
    match (ending(line), code) {
        (Ending::Answered, _) => (Reason::Failed, "the answer could not be read".to_owned()),
        (Ending::Broken, _) => (Reason::Failed, broken_detail(line)),
        (Ending::Throttled, _) => (Reason::Throttled, format!("{} {}", told(line), attempts(line))),
        (Ending::Refused, Some(code)) if DENIED.contains(&code) => (Reason::Denied, denied_detail(line, operation)),
        (Ending::Refused, Some(code)) if NOT_MANAGEMENT_ACCOUNT.contains(&code) => (Reason::NotManagementAccount, told(line)),
        (Ending::Refused | Ending::Expired, _) => (Reason::Failed, told(line)),
    }
}

/// `AWS answered 400 `Throttling`: Rate exceeded`
pub(super) fn told(line: &CallLine) -> String {
    let Some(response) = &line.response else { return String::new() };
    let code = response.error_code.as_deref().map(|code| format!(" `{code}`")).unwrap_or_default();
    match response.error_message.as_deref() {
        Some(message) if !message.is_empty() => format!("AWS answered {}{code}: {}", response.status, one_line(message)),
        _ => format!("AWS answered {}{code}", response.status),
    }
}

fn attempts(line: &CallLine) -> String {
    match line.attempts.len() {
        1 => "(1 attempt)".to_owned(),
        n => format!("({n} attempts)"),
    }
}

fn broken_detail(line: &CallLine) -> String {
    let last = line.attempts.last().and_then(|attempt| attempt.error.as_deref());
    let what = match (&line.response, &line.invalid, last) {
        (_, Some(why), _) => format!("the answer is not one the operation returns: {why}"),
        (Some(_), None, _) => told(line),
        (None, None, Some("timeout")) => "no answer came in time".to_owned(),
        (None, None, _) => "the connection failed".to_owned(),
    };
    format!("{what} {}", attempts(line))
}

fn denied_detail(line: &CallLine, operation: &Operation) -> String {
    let message = line.response.as_ref().and_then(|response| response.error_message.as_deref()).unwrap_or("");
    let action = action_in(message).map(str::to_owned).unwrap_or_else(|| operation.actions.join(", "));
    let action = if action.is_empty() { format!("{}:{}", operation.service, operation.name) } else { action };
    let principal = line.principal.as_deref().unwrap_or("the principal of this run");
    match denied_by(message) {
        Some(cause) => format!("`{action}` is denied to {principal}: {cause}"),
        None => format!("`{action}` is denied to {principal}"),
    }
}

/// The action that AWS's message names after "perform:".
fn action_in(message: &str) -> Option<&str> {
    let after = message.split_once("to perform: ")?.1;
    let action = after.split([' ', ',']).next()?.trim_end_matches('.');
    (action.contains(':') && action.len() < 128).then_some(action)
}

/// Which policy refused, where AWS's message tells.
fn denied_by(message: &str) -> Option<String> {
    const POLICIES: &[&str] = &[
        "service control policy",
        "resource control policy",
        "permissions boundary",
        "session policy",
        "VPC endpoint policy",
        "identity-based policy",
        "resource-based policy",
    ];
    let message = message.to_ascii_lowercase();
    let named = |text: &str| POLICIES.iter().find(|policy| text.contains(&policy.to_ascii_lowercase())).copied();
    if let Some((_, after)) = message.split_once("with an explicit deny") {
        return Some(match named(after) {
            Some(policy) => format!("{EXPLICIT_DENY}{} {policy}", article(policy)),
            None => format!("{EXPLICIT_DENY}a policy"),
        });
    }
    let (_, after) = message.split_once("because no ")?;
    named(after).map(|policy| format!("no {policy} allows it"))
}

fn article(policy: &str) -> &'static str {
    if policy.starts_with('i') { "an" } else { "a" }
}

fn one_line(text: &str) -> String {
    const SHOWN: usize = 300;
    let mut line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((end, _)) = line.char_indices().nth(SHOWN) {
        line.truncate(end);
        line.push('…');
    }
    line
}
