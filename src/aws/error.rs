//! Why a session cannot begin or go on, in words for people, each with a way out. A single call that fails is no such error but
//! a gap.

use aws_smithy_types::error::ErrorMetadata;

use crate::recording::RecordingError;

/// An error that ends a session.
#[derive(Debug, thiserror::Error)]
pub enum SessionError {
    /// Nothing in the environment or the profiles gives credentials.
    #[error("no AWS credentials found{}", for_source(source_name))]
    NoCredentials {
        /// Profile or role, in the user's words; empty for the default chain.
        source_name: String,
    },
    /// The profile is in no file.
    #[error("profile `{profile}` does not exist")]
    UnknownProfile {
        /// As given.
        profile: String,
        /// The nearest existing name.
        nearest: Option<String>,
    },
    /// A single-sign-on session is over or was never begun.
    #[error("the single-sign-on session{} is over", for_source(source_name))]
    SsoExpired {
        /// Profile.
        source_name: String,
    },
    /// Credentials were refused at the start because they are over.
    #[error("the AWS credentials{} have expired", for_source(source_name))]
    ExpiredAtStart {
        /// Profile or role.
        source_name: String,
    },
    /// Credentials ran out during the run.
    #[error("the AWS credentials of account {account} expired during the run: {detail}")]
    Expired {
        /// Account that was being read.
        account: String,
        /// What AWS or the provider said.
        detail: String,
    },
    /// AWS does not accept the credentials at all.
    #[error("AWS does not accept the credentials{}: {detail}", for_source(source_name))]
    Rejected {
        /// Profile or role.
        source_name: String,
        /// What AWS said.
        detail: String,
        /// Whether no Region was configured: keys of another partition are refused by the default one.
        region_missing: bool,
    },
    /// A credential provider failed in a way not told apart above.
    #[error("cannot load credentials{}: {detail}", for_source(source_name))]
    Credentials {
        /// Profile or role.
        source_name: String,
        /// The chain of causes.
        detail: String,
    },
    /// `sts:GetCallerIdentity` got no valid answer.
    #[error("cannot reach {endpoint}: {detail}")]
    Unreachable {
        /// Host and port.
        endpoint: String,
        /// What went wrong.
        detail: String,
    },
    /// Who this is could not be found out, though AWS answered.
    #[error("`sts:GetCallerIdentity` gave no identity{}: {detail}", for_source(source_name))]
    NoIdentity {
        /// Profile or role.
        source_name: String,
        /// What was missing.
        detail: String,
    },
    /// The identity's ARN is of a partition this tool does not know.
    #[error("`{0}` lies in a partition that is not supported")]
    UnknownPartition(String),
    /// A role ARN that is none.
    #[error("`{0}` is not the ARN of an IAM role")]
    BadRoleArn(String),
    /// Two entries reach one account.
    #[error("{first} and {second} both reach account {account}")]
    SameAccount {
        /// The account.
        account: String,
        /// First entry.
        first: String,
        /// Second entry.
        second: String,
    },
    /// None of the accounts could be entered.
    #[error("no account could be entered; the first: {0}")]
    NoneEntered(String),
    /// A Region that none of the accounts has.
    #[error("region `{region}` does not exist in any of the accounts")]
    UnknownRegion {
        /// As given.
        region: String,
        /// The nearest existing name.
        nearest: Option<String>,
    },
    /// A Region that exists and is not enabled.
    #[error("region `{region}` is not enabled in account {account}")]
    RegionNotEnabled {
        /// As given.
        region: String,
        /// The account.
        account: String,
    },
    /// The resumed recording is of other accounts.
    #[error("the recording is of account {recorded}, but these credentials reach account {reached}")]
    OtherAccount {
        /// Accounts of the recording.
        recorded: String,
        /// The account reached now.
        reached: String,
    },
    /// The recording cannot be read or written.
    #[error("{0}")]
    Recording(RecordingError),
    /// The temporary file for answers of this run cannot be used.
    #[error("cannot use a temporary file: {0}")]
    Spool(std::io::Error),
    /// A call was made before a recording was opened.
    #[error("a call was made before the recording was opened")]
    NotRecording,
}

/// An error with its causes, in the words that each has for people. Never the debug form, in which the SDK shows whole answers: those
/// of credential providers are secrets.
pub(super) fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    const SHOWN: usize = 400;
    let mut parts: Vec<String> = Vec::new();
    let mut next = Some(error);
    while let Some(error) = next {
        let part = match error.downcast_ref::<ErrorMetadata>() {
            Some(told) => [told.code(), told.message()].into_iter().flatten().collect::<Vec<_>>().join(": "),
            None => error.to_string(),
        };
        let part = part.split_whitespace().collect::<Vec<_>>().join(" ");
        if !part.is_empty() && !parts.iter().any(|before| before.contains(&part)) {
            parts.push(part);
        }
        next = error.source();
    }
    let mut text = parts.join(": ");
    if let Some((end, _)) = text.char_indices().nth(SHOWN) {
        text.truncate(end);
        text.push('…');
    }
    text
}

fn for_source(name: &str) -> String {
    if name.is_empty() { String::new() } else { format!(" of {name}") }
}

impl SessionError {
    /// What the user can do, beginning with a verb. `again` is the command that goes on with a recording that was begun.
    pub fn hint(&self, again: Option<&str>) -> Option<String> {
        let resume = || again.map(|again| format!("run `{again}`"));
        let login = |name: &str| match name.strip_prefix("profile `").and_then(|name| name.strip_suffix('`')) {
            Some(profile) => format!("run `aws sso login --profile {profile}`"),
            None => "run `aws sso login`".to_owned(),
        };
        Some(match self {
            SessionError::NoCredentials { .. } => {
                "set AWS_PROFILE or pass `--profile`, or see a pack without an account: `evidence build --framework cis --demo`".to_owned()
            }
            SessionError::UnknownProfile { nearest: Some(nearest), .. } => format!("did you mean `{nearest}`?"),
            SessionError::UnknownProfile { .. } => "list the profiles with `aws configure list-profiles`".to_owned(),
            SessionError::SsoExpired { source_name } => login(source_name),
            SessionError::ExpiredAtStart { .. } => "renew the credentials and run again".to_owned(),
            SessionError::Expired { .. } => match resume() {
                Some(resume) => format!("renew the credentials, then {resume}"),
                None => "renew the credentials and run again".to_owned(),
            },
            SessionError::Rejected { region_missing: true, .. } => {
                "set AWS_REGION: credentials of another partition (China, GovCloud) are only known in its own Regions".to_owned()
            }
            SessionError::Rejected { .. } => "check that the access key exists and is active".to_owned(),
            SessionError::Credentials { .. } => "check the profile in `~/.aws/config`".to_owned(),
            SessionError::Unreachable { .. } => {
                "check the network, the proxy settings (HTTPS_PROXY) and AWS_ENDPOINT_URL; without a network: `--demo`".to_owned()
            }
            SessionError::BadRoleArn(_) => "write it as `arn:aws:iam::ACCOUNT:role/NAME`".to_owned(),
            SessionError::SameAccount { .. } => "remove one of the two".to_owned(),
            SessionError::NoneEntered(_) => "check the roles' trust policies and external ids".to_owned(),
            SessionError::UnknownRegion { nearest: Some(nearest), .. } => format!("did you mean `{nearest}`?"),
            SessionError::UnknownRegion { .. } => "list the Regions with `aws account list-regions`".to_owned(),
            SessionError::RegionNotEnabled { .. } => "leave it out: a Region that is not enabled holds no resources".to_owned(),
            SessionError::OtherAccount { .. } => "use the credentials the recording was begun with".to_owned(),
            SessionError::Recording(error) => return error.hint().map(str::to_owned).or_else(resume),
            SessionError::Spool(_) => "free some space in the temporary folder, or set TMPDIR".to_owned(),
            SessionError::NoIdentity { .. } | SessionError::UnknownPartition(_) | SessionError::NotRecording => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, thiserror::Error)]
    #[error("outer")]
    struct Outer {
        #[source]
        told: ErrorMetadata,
        secret: &'static str,
    }

    #[test]
    fn causes_are_told_once_and_never_in_debug_form() {
        let told = ErrorMetadata::builder().code("AccessDenied").message("not\nallowed").build();
        let error = Outer { told, secret: "EXAMPLE" };
        assert_eq!(chain(&error), "outer: AccessDenied: not allowed");
        assert!(!chain(&error).contains(error.secret));
    }
}
