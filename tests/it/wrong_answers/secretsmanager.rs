//! Secrets Manager.

use evidence::model::assessment::ItemResult;
use serde_json::json;

use super::Story;

const ROTATION: &str = "secretsmanager-rotation-enabled";
const AGE: &str = "secretsmanager-rotation-age";
const PUBLIC: &str = "secretsmanager-policy-not-public";

fn secrets() -> Story {
    Story::of("compute.kept_secrets").for_controls(&[ROTATION, AGE, PUBLIC])
}

/// Rotation that is on and fails is no rotation; one that was not computed yet is not guessed at; a copy is its primary's.
#[test]
fn a_rotation_that_is_overdue_fails_and_one_that_is_not_known_yet_does_not() {
    let told = secrets().tell();
    let named = |pairs: &[(&str, &'static str)]| pairs.iter().map(|(name, verdict)| ((*name).to_owned(), *verdict)).collect::<Vec<_>>();
    let rotation = [("kept", "not_applicable"), ("kept", "pass"), ("overdue", "fail"), ("scheduled", "indeterminate"), ("shared", "fail")];
    assert_eq!(told.said(ROTATION), named(&rotation));
    let age = [("kept", "not_applicable"), ("kept", "pass"), ("overdue", "fail"), ("scheduled", "pass"), ("shared", "fail")];
    assert_eq!(told.said(AGE), named(&age));
    let public = [("kept", "pass"), ("kept", "pass"), ("overdue", "pass"), ("scheduled", "pass"), ("shared", "fail")];
    assert_eq!(told.said(PUBLIC), named(&public));
}

/// A policy that may not be read is none in other tools, and so a pass.
#[test]
fn w22_a_public_secret_does_not_pass_when_its_policy_is_denied() {
    let denied = json!({"service": "secretsmanager", "operation": "GetResourcePolicy", "answer": {"kind": "access_denied"}});
    let told = secrets().fault(denied).tell();
    assert!(told.said(PUBLIC).iter().all(|(_, verdict)| *verdict == "indeterminate"), "{:?}", told.said(PUBLIC));
    assert_eq!((told.own(PUBLIC), told.own(ROTATION)), (ItemResult::Indeterminate, ItemResult::Fail));
}

/// An answer about no secret is not one about a secret without a policy.
#[test]
fn w23_an_answer_without_the_secrets_name_is_not_one_without_a_policy() {
    let empty = json!({"service": "secretsmanager", "operation": "GetResourcePolicy", "answer": {"kind": "empty_object"}});
    let told = secrets().fault(empty).tell();
    assert_eq!(told.own(PUBLIC), ItemResult::Indeterminate, "{:?}", told.said(PUBLIC));
}

/// Denied, the service still has its line in every Region.
#[test]
fn w24_secrets_that_may_not_be_listed_leave_a_line_in_every_region() {
    let denied = json!({"service": "secretsmanager", "operation": "ListSecrets", "answer": {"kind": "access_denied"}});
    let told = secrets().fault(denied).tell();
    let line = |region: &str| (region.to_owned(), "indeterminate", "denied".to_owned());
    for control in [ROTATION, AGE, PUBLIC] {
        assert_eq!(told.lines(control), [line("eu-west-1"), line("us-east-1")].into(), "{control}");
    }
}

/// An account without secrets has nothing to test.
#[test]
fn an_account_without_secrets_passes_nothing() {
    let told = Story::seed("empty").for_controls(&[ROTATION, AGE, PUBLIC]).tell();
    for control in [ROTATION, AGE, PUBLIC] {
        assert_eq!(told.own(control), ItemResult::NothingToTest, "{control}");
    }
}
