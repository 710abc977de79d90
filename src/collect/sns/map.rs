//! From a topic's attributes to facts: pure, and without a default where AWS did not tell.

use std::collections::{BTreeSet, HashMap};

use super::facts::Policy;
use crate::collect::at::{At, lacks};
use crate::model::Fact;
use crate::policy::{Answer, Document, Restricting, Trusted};

/// Attributes as AWS sends them.
pub type Attributes = HashMap<String, String>;

/// An attribute that every topic has.
pub fn needed(at: At<'_>, told: &Attributes, name: &str) -> Fact<String> {
    at.need(told.get(name).cloned().filter(|text| !text.is_empty()), name)
}

/// A number that every topic has.
pub fn number(at: At<'_>, told: &Attributes, name: &str) -> Fact<i64> {
    let text = told.get(name).ok_or_else(|| lacks(name));
    at.read(text.and_then(|text| text.parse().map_err(|_| format!("`{name}` is not a number"))))
}

/// The policy of a topic of the account.
pub fn policy(at: At<'_>, told: &Attributes, account: &str) -> Fact<Policy> {
    let text = told.get("Policy").map(String::as_str).unwrap_or_default();
    match Document::parse(text) {
        Ok(document) => Fact::Known(read(at, &document, account)),
        Err(_) if text.is_empty() => at.read(Err(lacks("Policy"))),
        Err(error) => at.read(Err(format!("the topic policy cannot be read: {error}"))),
    }
}

fn read(at: At<'_>, document: &Document, account: &str) -> Policy {
    let about = |why: &str| format!("the topic policy does not settle it: {why}");
    let (public, shown) = match document.public_access(&Restricting::default()) {
        Answer::Yes(shown) => (Ok(true), Ok(shown.iter().map(ToString::to_string).collect())),
        Answer::No => (Ok(false), Ok(Vec::new())),
        Answer::Unknown(why) => (Err(about(&why)), Err(about(&why))),
    };
    let trusted = Trusted { accounts: vec![account.to_owned()], organizations: Vec::new() };
    let outside = match document.outside_accounts(&trusted) {
        Answer::No => Ok(Vec::new()),
        Answer::Unknown(why) => Err(about(&why)),
        Answer::Yes(outside) => {
            let accounts: BTreeSet<String> = outside.iter().map(|one| one.who.account().unwrap_or("*").to_owned()).collect();
            Ok(accounts.into_iter().collect())
        }
    };
    Policy {
        public: at.read(public),
        public_statements: at.read(shown),
        outside_accounts: at.read(outside),
        statements: i64::try_from(document.statements.len()).unwrap_or(i64::MAX),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collect::at::tests::Noted;
    use crate::model::CallId;

    fn public(condition: &str) -> Option<bool> {
        let noted = Noted::new("eu-west-1");
        let at = At::call(&noted, ("SNS", "GetTopicAttributes"), CallId(1));
        let text = format!(
            r#"{{"Version": "2008-10-17", "Statement": [{{"Sid": "s", "Effect": "Allow", "Principal": {{"AWS": "*"}}, "Action": ["SNS:Publish", "SNS:Subscribe"], "Resource": "arn:aws:sns:eu-west-1:111122223333:t"{condition}}}]}}"#
        );
        let told = Attributes::from([("Policy".to_owned(), text)]);
        policy(at, &told, "111122223333").known().and_then(|policy| policy.public.known().copied())
    }

    #[test]
    fn the_policy_that_aws_gives_a_new_topic_lets_in_its_own_account_alone() {
        assert_eq!(public(r#", "Condition": {"StringEquals": {"AWS:SourceOwner": "111122223333"}}"#), Some(false));
        assert_eq!(public(""), Some(true));
        assert_eq!(public(r#", "Condition": {"StringLike": {"AWS:SourceOwner": "*"}}"#), Some(true));
        assert_eq!(public(r#", "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-exampleorgid"}}"#), Some(false));
    }

    #[test]
    fn a_missing_or_broken_policy_is_absent() {
        let noted = Noted::new("eu-west-1");
        let at = At::call(&noted, ("SNS", "GetTopicAttributes"), CallId(1));
        for text in [None, Some(""), Some("{\"Version\":")] {
            let told: Attributes = text.map(|text| ("Policy".to_owned(), text.to_owned())).into_iter().collect();
            assert!(policy(at, &told, "111122223333").known().is_none());
        }
        let told = Attributes::from([("SubscriptionsPending".to_owned(), "two".to_owned())]);
        assert!(number(at, &told, "SubscriptionsPending").known().is_none() && number(at, &told, "Other").known().is_none());
    }
}
