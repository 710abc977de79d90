//! Which statements let an AWS service act on a resource, and for whose resource it then acts.
//!
//! A service acts for all its customers. What keeps a stranger from sending it is a condition on `aws:SourceArn`; which ARNs are
//! narrow enough is for the caller to say.

use super::answer::{Answer, Shown};
use super::condition::{Condition, Test};
use super::document::{Document, Effect, PrincipalKind, Statement};

/// One `Allow` statement that names a service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceGrant {
    /// The statement.
    pub shown: Shown,
    /// The values of its conditions on `aws:SourceArn`, as written.
    pub source_arns: Vec<String>,
    /// Whether every request that it lets in bears an ARN that the caller finds narrow enough.
    pub bound: Answer<()>,
}

impl Document {
    /// Lists the `Allow` statements that name the service (`apigateway.amazonaws.com`). `narrow` says of a pattern of
    /// `aws:SourceArn` whether all it matches is narrow enough.
    ///
    /// Statements for everybody are the business of [`Document::public_access`].
    ///
    /// # Errors
    /// Where a part of the document is not understood: it may name the service.
    pub fn service_grants(&self, service: &str, narrow: impl Fn(&str) -> bool) -> Result<Vec<ServiceGrant>, String> {
        if let Some(why) = &self.trouble {
            return Err(why.clone());
        }
        let mut grants = Vec::new();
        for statement in self.statements.iter().filter(|statement| statement.effect != Some(Effect::Deny)) {
            if let Some(why) = &statement.trouble {
                return Err(format!("{} is not understood: {why}", statement.shown));
            }
            if names(statement, service) {
                grants.push(self.grant(statement, &narrow));
            }
        }
        Ok(grants)
    }

    fn grant(&self, statement: &Statement, narrow: &impl Fn(&str) -> bool) -> ServiceGrant {
        let about = || statement.conditions.iter().filter(|condition| condition.key == "aws:sourcearn");
        let source_arns = about().flat_map(|condition| condition.values.clone()).collect();
        let answers: Vec<Answer<()>> = about().map(|condition| binds(condition, narrow)).collect();
        let unclear = answers.iter().find_map(|answer| answer.reason().map(str::to_owned));
        let bound = match (answers.iter().any(Answer::is_yes), unclear, self.denial()) {
            (true, ..) => Answer::Yes(()),
            (false, Some(why), _) => Answer::Unknown(format!("{}: {why}", statement.shown)),
            (false, None, Some(deny)) => Answer::Unknown(format!("{deny} may keep out what {} lets in", statement.shown)),
            (false, None, None) => Answer::No,
        };
        ServiceGrant { shown: statement.shown.clone(), source_arns, bound }
    }

    /// The first statement that denies anything.
    fn denial(&self) -> Option<&Shown> {
        self.statements.iter().find(|statement| statement.effect == Some(Effect::Deny)).map(|statement| &statement.shown)
    }
}

fn names(statement: &Statement, service: &str) -> bool {
    let is = |(kind, id): &(PrincipalKind, String)| *kind == PrincipalKind::Service && id.eq_ignore_ascii_case(service);
    statement.principals.as_ref().is_some_and(|principals| !principals.negated && principals.entries.iter().any(is))
}

/// Whether a condition on `aws:SourceArn` lets in nothing but what is narrow enough.
fn binds(condition: &Condition, narrow: &impl Fn(&str) -> bool) -> Answer<()> {
    let operator = condition.operator;
    if operator.negated || operator.holds_when_absent() || operator.test == Test::Null {
        return Answer::No;
    }
    let compared = matches!(operator.test, Test::Equals | Test::Like | Test::Arn);
    if !compared || condition.values.is_empty() || condition.values.iter().any(|value| value.contains("${")) {
        return Answer::Unknown(format!("what `{}` matches is not known", condition.written));
    }
    if condition.values.iter().all(|value| narrow(value)) { Answer::Yes(()) } else { Answer::No }
}

#[cfg(test)]
mod tests {
    use super::*;

    const API: &str = "apigateway.amazonaws.com";

    fn bound(statements: &str) -> Vec<&'static str> {
        let text = format!(r#"{{"Version": "2012-10-17", "Statement": [{statements}]}}"#);
        let document = Document::parse(&text).expect("a document");
        let narrow = |arn: &str| arn.contains(":ab12/");
        document.service_grants(API, narrow).expect("understood").into_iter().map(|grant| grant.bound.word()).collect()
    }

    fn allow(condition: &str) -> String {
        format!(
            r#"{{"Effect": "Allow", "Principal": {{"Service": "apigateway.amazonaws.com"}}, "Action": "lambda:InvokeFunction", "Resource": "*", "Condition": {condition}}}"#
        )
    }

    #[test]
    fn only_a_condition_that_must_hold_and_fits_every_value_binds() {
        let conditions = [
            ("{}", "no"),
            (r#"{"ArnLike": {"AWS:SourceArn": "arn:aws:execute-api:eu-west-1:111122223333:ab12/*"}}"#, "yes"),
            (r#"{"StringEquals": {"aws:SourceArn": "arn:aws:execute-api:eu-west-1:111122223333:ab12/*"}}"#, "yes"),
            (r#"{"ArnLike": {"aws:SourceArn": ["arn:aws:execute-api:eu-west-1:111122223333:ab12/*", "*"]}}"#, "no"),
            (r#"{"ArnLikeIfExists": {"aws:SourceArn": "arn:aws:execute-api:eu-west-1:111122223333:ab12/*"}}"#, "no"),
            (r#"{"ArnNotLike": {"aws:SourceArn": "arn:aws:execute-api:eu-west-1:111122223333:ab12/*"}}"#, "no"),
            (r#"{"ForAllValues:ArnLike": {"aws:SourceArn": "arn:aws:execute-api:eu-west-1:111122223333:ab12/*"}}"#, "no"),
            (r#"{"StringEquals": {"aws:SourceAccount": "111122223333"}}"#, "no"),
            (r#"{"ArnSimilar": {"aws:SourceArn": "arn:aws:execute-api:eu-west-1:111122223333:ab12/*"}}"#, "unknown"),
            (r#"{"ArnLike": {"aws:SourceArn": "arn:aws:execute-api:eu-west-1:${aws:PrincipalAccount}:ab12/*"}}"#, "unknown"),
            (r#"{"ArnLike": {"aws:SourceArn": []}}"#, "unknown"),
        ];
        for (condition, expected) in conditions {
            assert_eq!(bound(&allow(condition)), [expected], "{condition}");
        }
    }

    #[test]
    fn other_services_and_denials_are_no_grants_but_a_denial_may_bind() {
        let other =
            r#"{"Effect": "Allow", "Principal": {"Service": "s3.amazonaws.com"}, "Action": "lambda:InvokeFunction", "Resource": "*"}"#;
        let deny = r#"{"Effect": "Deny", "Principal": "*", "Action": "lambda:InvokeFunction", "Resource": "*", "Condition": {"ArnNotLike": {"aws:SourceArn": "arn:aws:execute-api:eu-west-1:111122223333:ab12/*"}}}"#;
        assert_eq!(bound(other), Vec::<&str>::new());
        assert_eq!(bound(&format!("{}, {deny}", allow("{}"))), ["unknown"]);
        let several = r#"{"Effect": "Allow", "Principal": {"Service": ["s3.amazonaws.com", "APIGateway.amazonaws.com"]}, "Action": "*", "Resource": "*"}"#;
        assert_eq!(bound(several), ["no"]);
    }

    #[test]
    fn what_is_not_understood_may_name_the_service() {
        let text = r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principle": "*", "Action": "*", "Resource": "*"}]}"#;
        let document = Document::parse(text).expect("a document");
        assert!(document.service_grants(API, |_| true).is_err());
        assert!(Document::parse("{}").expect("a document").service_grants(API, |_| true).is_err());
    }
}
