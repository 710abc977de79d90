//! What a bucket policy says, asked of [`crate::policy`].

use std::collections::{BTreeMap, BTreeSet};

use super::facts;
use crate::collect::at::At;
use crate::model::{Fact, OpenMap};
use crate::policy::{Answer, Document, Effect, Restricting, Trusted};

/// Actions with which somebody else's account can take a bucket over, empty it, or hide what it did. Which of them a control asks
/// about is its parameter.
pub const SENSITIVE: [&str; 20] = [
    "s3:BypassGovernanceRetention",
    "s3:DeleteBucket",
    "s3:DeleteBucketPolicy",
    "s3:DeleteObject",
    "s3:DeleteObjectVersion",
    "s3:GetObject",
    "s3:ListBucket",
    "s3:ObjectOwnerOverrideToBucketOwner",
    "s3:PutBucketAcl",
    "s3:PutBucketLogging",
    "s3:PutBucketOwnershipControls",
    "s3:PutBucketPolicy",
    "s3:PutBucketPublicAccessBlock",
    "s3:PutBucketVersioning",
    "s3:PutEncryptionConfiguration",
    "s3:PutLifecycleConfiguration",
    "s3:PutObject",
    "s3:PutObjectAcl",
    "s3:PutObjectRetention",
    "s3:PutReplicationConfiguration",
];

/// More accounts than one.
const EVERYBODY: &str = "*";

/// The facts of a policy of the bucket with this ARN.
pub fn facts(at: At<'_>, text: &str, arn: &str, account: &str) -> Fact<facts::Policy> {
    let document = match Document::parse(text) {
        Ok(document) => document,
        Err(error) => return at.read(Err(format!("the bucket policy cannot be read: {error}"))),
    };
    let public = document.public_access(&Restricting::default());
    let shown = match &public {
        Answer::Yes(shown) => Ok(shown.iter().map(ToString::to_string).collect()),
        Answer::No => Ok(Vec::new()),
        Answer::Unknown(why) => Err(about(why)),
    };
    let objects = format!("{arn}/*");
    let actions = ["s3:GetObject", "s3:PutObject"];
    Fact::Known(facts::Policy {
        public: at.read(said(&public)),
        public_statements: at.read(shown),
        tls_only: at.read(said(&document.tls_only("s3", &[arn, &objects]))),
        tls_only_for_objects: at.read(both(actions.map(|action| document.tls_only_for(action, &[&objects])))),
        outside_accounts: outside(at, &document, account, !public.is_no()),
        statements: count(document.statements.len()),
        allowing_statements: count(document.statements.iter().filter(|statement| statement.effect != Some(Effect::Deny)).count()),
    })
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn about(why: &str) -> String {
    format!("the bucket policy does not settle it: {why}")
}

fn said(answer: &Answer) -> Result<bool, String> {
    match answer {
        Answer::Yes(_) => Ok(true),
        Answer::No => Ok(false),
        Answer::Unknown(why) => Err(about(why)),
    }
}

fn both(answers: [Answer; 2]) -> Result<bool, String> {
    let [first, second] = answers.map(|answer| said(&answer));
    match (first, second) {
        (Ok(false), _) | (_, Ok(false)) => Ok(false),
        (Ok(true), second) => second,
        (Err(why), _) => Err(why),
    }
}

/// By action; `strangers` is whether everybody may be let in, in which case each action is asked about for them too.
fn outside(at: At<'_>, document: &Document, account: &str, strangers: bool) -> OpenMap<Fact<Vec<String>>> {
    let trusted = Trusted { accounts: vec![account.to_owned()], organizations: Vec::new() };
    let mut map = OpenMap(BTreeMap::new());
    for action in SENSITIVE {
        let speaking = document.allowing(action);
        let everybody = if strangers { said(&speaking.public_access(&Restricting::default())) } else { Ok(false) };
        let named = match speaking.outside_accounts(&trusted) {
            Answer::No => Ok(BTreeSet::new()),
            Answer::Unknown(why) => Err(about(&why)),
            Answer::Yes(outside) => Ok(outside.iter().map(|one| one.who.account().unwrap_or(EVERYBODY).to_owned()).collect()),
        };
        let accounts: Result<BTreeSet<String>, String> = named.and_then(|mut accounts| {
            accounts.extend(everybody?.then(|| EVERYBODY.to_owned()));
            Ok(accounts)
        });
        if accounts.as_ref().is_ok_and(BTreeSet::is_empty) {
            continue;
        }
        map.0.insert(action.to_owned(), at.read(accounts.map(|accounts| accounts.into_iter().collect())));
    }
    map
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collect::at::tests::Noted;
    use crate::model::CallId;

    const OWN: &str = "111122223333";

    fn read(statements: &str) -> (facts::Policy, Vec<String>) {
        let noted = Noted::new("eu-west-1");
        let at = At::call(&noted, ("S3", "GetBucketPolicy"), CallId(1));
        let text = format!(r#"{{"Version": "2012-10-17", "Statement": [{statements}]}}"#);
        let fact = facts(at, &text, "arn:aws:s3:::logs", OWN);
        let Fact::Known(policy) = fact else { panic!("{text} is not read") };
        (policy, noted.details())
    }

    const BOTH: &str = r#"["arn:aws:s3:::logs", "arn:aws:s3:::logs/*"]"#;

    #[test]
    fn a_policy_that_refuses_plaintext_is_told_from_one_that_does_so_in_part() {
        let deny = |action: &str, resource: &str, condition: &str| {
            let text = format!(
                r#"{{"Effect": "Deny", "Principal": "*", "Action": "{action}", "Resource": {resource}, "Condition": {condition}}}"#
            );
            let (policy, _) = read(&text);
            (policy.tls_only.known().copied(), policy.tls_only_for_objects.known().copied())
        };
        let plain = r#"{"Bool": {"aws:SecureTransport": "false"}}"#;
        assert_eq!(deny("s3:*", BOTH, plain), (Some(true), Some(true)));
        assert_eq!(deny("s3:*", r#""arn:aws:s3:::logs/*""#, plain), (Some(false), Some(true)));
        assert_eq!(deny("s3:*", r#""arn:aws:s3:::logs""#, plain), (Some(false), Some(false)));
        assert_eq!(deny("s3:GetObject", BOTH, plain), (Some(false), Some(false)));
        assert_eq!(deny("s3:*", r#""arn:aws:s3:::other/*""#, plain), (Some(false), Some(false)));
        assert_eq!(deny("s3:*", BOTH, r#"{"NumericLessThan": {"s3:TlsVersion": "1.2"}}"#), (Some(false), Some(false)));
        assert_eq!(deny("s3:*", BOTH, r#"{"NumericLessThanIfExists": {"s3:TlsVersion": "1.2"}}"#), (Some(true), Some(true)));
        assert_eq!(deny("s3:*", BOTH, r#"{"Bool": {"aws:SecureTransport": "true"}}"#), (Some(false), Some(false)));
        assert_eq!(
            deny("s3:*", BOTH, r#"{"Bool": {"aws:SecureTransport": "false"}, "StringEquals": {"aws:PrincipalTag/a": "b"}}"#).0,
            None
        );
    }

    #[test]
    fn whom_outside_the_account_a_policy_lets_do_sensitive_things_is_told_by_action() {
        let allow = |principal: &str, action: &str, more: &str| {
            read(&format!(r#"{{"Effect": "Allow", "Principal": {principal}, "Action": {action}, "Resource": {BOTH}{more}}}"#))
        };
        let (policy, _) =
            allow(r#"{"AWS": ["arn:aws:iam::444455556666:root", "777788889999"]}"#, r#"["s3:PutBucketPolicy", "s3:Get*"]"#, "");
        let map = policy.outside_accounts.0;
        assert_eq!(map["s3:PutBucketPolicy"], Fact::Known(vec!["444455556666".to_owned(), "777788889999".to_owned()]));
        assert_eq!(map.keys().map(String::as_str).collect::<Vec<_>>(), ["s3:GetObject", "s3:PutBucketPolicy"]);
        assert!(allow(r#"{"AWS": "arn:aws:iam::111122223333:role/app"}"#, r#""s3:*""#, "").0.outside_accounts.0.is_empty());
        assert!(allow(r#"{"Service": "cloudtrail.amazonaws.com"}"#, r#""s3:PutObject""#, "").0.outside_accounts.0.is_empty());
        let (policy, details) =
            allow(r#""*""#, r#""s3:PutObject""#, r#", "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}"#);
        assert!(policy.outside_accounts.0["s3:PutObject"].known().is_none(), "which organization is ours is not known");
        assert_eq!(policy.public.known(), Some(&false));
        assert_eq!(details.len(), 1);
        let (open, _) = allow(r#""*""#, r#""s3:PutBucketAcl""#, "");
        assert_eq!(open.outside_accounts.0["s3:PutBucketAcl"], Fact::Known(vec!["*".to_owned()]));
    }

    #[test]
    fn a_document_that_cannot_be_read_is_absent_and_not_harmless() {
        let noted = Noted::new("eu-west-1");
        let at = At::call(&noted, ("S3", "GetBucketPolicy"), CallId(1));
        assert!(facts(at, "Access Denied", "arn:aws:s3:::logs", OWN).known().is_none());
        let (policy, _) = read(r#"{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*", "Bewitched": "1"}"#);
        assert!(policy.public.known().is_none() && policy.outside_accounts.0["s3:GetObject"].known().is_none());
    }
}
