//! What the policy of a resource says, for kinds that carry one: asked of [`crate::policy`], and absent where the document does not
//! settle it.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;

use super::at::At;
use crate::model::Fact;
use crate::policy::{Answer, Document, Restricting, Trusted};

/// What a resource policy says. What the document does not settle is absent, with the reason.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ResourcePolicy {
    /// A statement lets in everybody, without a condition that keeps strangers out.
    pub public: Fact<bool>,
    /// The statements that do: ``statement 2 (`Read`)``.
    pub public_statements: Fact<Vec<String>>,
    /// Accounts other than the resource's own that the policy lets in, sorted; `*` for a condition that lets in more than one.
    pub outside_accounts: Fact<Vec<String>>,
    /// Number of statements.
    pub statements: i64,
}

/// Reads the text of a policy of the account's; `what` names it for people: "the key policy".
///
/// # Errors
/// When the text is no policy document.
pub fn parse(text: &str, what: &str) -> Result<Document, String> {
    Document::parse(text).map_err(|error| format!("{what} cannot be read: {error}"))
}

/// What a policy of the account's says.
pub fn facts(at: At<'_>, document: &Document, account: &str, what: &str) -> ResourcePolicy {
    let about = |why: String| format!("{what} does not settle it: {why}");
    let (public, public_statements) = match document.public_access(&Restricting::default()) {
        Answer::Yes(shown) => (Ok(true), Ok(shown.iter().map(ToString::to_string).collect())),
        Answer::No => (Ok(false), Ok(Vec::new())),
        Answer::Unknown(why) => (Err(about(why.clone())), Err(about(why))),
    };
    ResourcePolicy {
        public: at.read(public),
        public_statements: at.read(public_statements),
        outside_accounts: at.read(outside_accounts(document, account).map_err(about)),
        statements: i64::try_from(document.statements.len()).unwrap_or(i64::MAX),
    }
}

fn outside_accounts(document: &Document, account: &str) -> Result<Vec<String>, String> {
    let trusted = Trusted { accounts: vec![account.to_owned()], organizations: Vec::new() };
    match document.outside_accounts(&trusted) {
        Answer::No => Ok(Vec::new()),
        Answer::Unknown(why) => Err(why),
        Answer::Yes(outside) => {
            let accounts: BTreeSet<String> = outside.iter().map(|one| one.who.account().unwrap_or("*").to_owned()).collect();
            Ok(accounts.into_iter().collect())
        }
    }
}

/// The policy as one fact.
pub fn read(at: At<'_>, text: &str, account: &str, what: &str) -> Fact<ResourcePolicy> {
    at.read(parse(text, what)).map(|document| facts(at, &document, account, what))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collect::at::tests::Noted;
    use crate::model::CallId;

    fn read_one(statement: &str) -> (Fact<ResourcePolicy>, Vec<String>) {
        let noted = Noted::new("eu-west-1");
        let at = At::call(&noted, ("SQS", "GetQueueAttributes"), CallId(1));
        let text = format!(r#"{{"Version": "2012-10-17", "Statement": [{statement}]}}"#);
        (read(at, &text, "111122223333", "the queue policy"), noted.details())
    }

    #[test]
    fn everybody_other_accounts_and_nobody_are_told_apart() {
        let said = |principal: &str| {
            let (policy, _) = read_one(&format!(
                r#"{{"Sid": "Any", "Effect": "Allow", "Principal": {principal}, "Action": "sqs:SendMessage", "Resource": "*"}}"#
            ));
            let Fact::Known(policy) = policy else { panic!("{principal}") };
            (policy.public_statements, policy.outside_accounts)
        };
        let none = || Fact::Known(Vec::<String>::new());
        assert_eq!(said(r#""*""#).0, Fact::Known(vec!["statement 1 (`Any`)".to_owned()]));
        assert_eq!(said(r#"{"AWS": "444455556666"}"#), (none(), Fact::Known(vec!["444455556666".to_owned()])));
        assert_eq!(said(r#"{"AWS": "arn:aws:iam::111122223333:root"}"#), (none(), none()));
    }

    #[test]
    fn a_condition_that_nobody_knows_leaves_it_open_and_no_document_is_no_policy_at_all() {
        let odd =
            r#"{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*", "Condition": {"StringEquals": {"sqs:Mood": "good"}}}"#;
        let (policy, details) = read_one(odd);
        let Fact::Known(policy) = policy else { panic!("a document") };
        assert!(policy.public.known().is_none() && policy.public_statements.known().is_none());
        assert!(details.iter().all(|detail| detail.starts_with("failed: the queue policy does not settle it: ")), "{details:?}");
        let noted = Noted::new("eu-west-1");
        let at = At::call(&noted, ("SQS", "GetQueueAttributes"), CallId(1));
        assert!(read(at, "[]", "111122223333", "the queue policy").known().is_none());
        assert_eq!(noted.details(), ["failed: the queue policy cannot be read: policy document is a list, not an object"]);
    }
}
