//! What an API's resource policy says, asked of [`crate::policy`].

use std::borrow::Cow;

use super::facts;
use crate::collect::at::At;
use crate::collect::iam::policies::external_accounts;
use crate::policy::{Answer, Document, Networks, Restricting};

/// The facts of the policy of an API named `of`, or why there are none.
pub fn read(at: At<'_>, text: &str, account: &str, of: &str) -> Result<facts::ResourcePolicy, String> {
    let about = |why: String| format!("the resource policy of `{of}` cannot be judged: {why}");
    let document = Document::parse(&document(text)).map_err(|error| about(error.to_string()))?;
    Ok(facts::ResourcePolicy {
        public: at.read(public(&document).map_err(about)),
        external_accounts: at.read(external_accounts(&document, account).map_err(about)),
        networks: at.read(networks(&document).map_err(about)),
    })
}

/// AWS sends the document as the inside of a JSON string: every quote has a backslash before it. A document in plain is taken as it is.
fn document(text: &str) -> Cow<'_, str> {
    let plain = serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok();
    let unescaped = || serde_json::from_str::<String>(&format!("\"{text}\"")).ok();
    if plain { Cow::Borrowed(text) } else { unescaped().map_or(Cow::Borrowed(text), Cow::Owned) }
}

fn public(document: &Document) -> Result<bool, String> {
    match document.public_access(&Restricting::default()) {
        Answer::Yes(_) => Ok(true),
        Answer::No => Ok(false),
        Answer::Unknown(why) => Err(why),
    }
}

fn networks(document: &Document) -> Result<Option<facts::PolicyNetworks>, String> {
    let shown = |Networks { cidrs, vpcs, vpc_endpoints }| facts::PolicyNetworks { cidrs, vpcs, vpc_endpoints };
    match document.networks() {
        Answer::Yes(networks) => Ok(Some(shown(networks))),
        Answer::No => Ok(None),
        Answer::Unknown(why) => Err(why),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collect::at::tests::Noted;
    use crate::model::{CallId, Fact};

    const OWN: &str = "111122223333";

    fn facts(text: &str) -> (Result<facts::ResourcePolicy, String>, Vec<String>) {
        let noted = Noted::new("eu-west-1");
        let read = read(At::call(&noted, ("API Gateway", "GetRestApis"), CallId(1)), text, OWN, "orders");
        (read, noted.details())
    }

    fn policy(statement: &str) -> String {
        format!(r#"{{"Version": "2012-10-17", "Statement": [{statement}]}}"#)
    }

    const OPEN: &str = r#"{"Effect": "Allow", "Principal": "*", "Action": "execute-api:Invoke", "Resource": "execute-api:/*"}"#;
    const ELSEWHERE: &str = r#"{"Effect": "Deny", "Principal": "*", "Action": "execute-api:Invoke", "Resource": "execute-api:/*",
        "Condition": {"StringNotEquals": {"aws:SourceVpce": "vpce-1a2b3c4d"}}}"#;

    #[test]
    fn the_escaped_form_that_aws_sends_reads_like_the_plain_one() {
        let plain = policy(OPEN);
        let escaped = plain.replace('\\', "\\\\").replace('"', "\\\"");
        for text in [plain, escaped] {
            let (read, _) = facts(&text);
            assert_eq!(read.map(|policy| policy.public), Ok(Fact::Known(true)), "{text}");
        }
    }

    #[test]
    fn a_denial_of_everywhere_else_restricts_and_names_the_endpoint() {
        let (read, noted) = facts(&policy(&format!("{OPEN}, {ELSEWHERE}")));
        let policy = read.expect("the document is whole");
        assert_eq!(policy.public, Fact::Known(false), "{noted:?}");
        let networks = policy.networks.known().cloned().flatten().expect("the networks are named");
        assert_eq!(networks.vpc_endpoints, ["vpce-1a2b3c4d"]);
    }

    #[test]
    fn other_accounts_are_named_and_what_is_no_policy_is_not_read_as_none() {
        let other = OPEN.replace(r#""*""#, r#"{"AWS": ["arn:aws:iam::444455556666:root", "111122223333"]}"#);
        let (read, _) = facts(&policy(&other));
        let policy = read.expect("the document is whole");
        assert_eq!((policy.public, policy.external_accounts), (Fact::Known(false), Fact::Known(vec!["444455556666".to_owned()])));
        for text in ["", "<html>", "\\\"", "[1"] {
            assert!(facts(text).0.is_err(), "{text}");
        }
        assert!(facts("{}").0.is_ok_and(|policy| policy.public.known().is_none()), "a document without statements settles nothing");
    }
}
