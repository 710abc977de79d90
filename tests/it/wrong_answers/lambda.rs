//! Lambda.

use evidence::model::assessment::ItemResult;
use serde_json::json;

use super::{Story, Told};

const PUBLIC: &str = "lambda-policy-not-public";
const URL: &str = "lambda-function-url-auth";
const SOURCE: &str = "lambda-permission-apigateway-source";
const SECRETS: &str = "lambda-env-no-secrets";

fn functions() -> Story {
    Story::of("compute.functions").for_controls(&[PUBLIC, URL, SECRETS])
}

/// Verdicts with the code of their reason, by the function's name.
fn coded(told: &Told, control: &str) -> Vec<String> {
    let mut coded: Vec<String> = told.coded(control).into_iter().map(|(name, verdict)| format!("{name}: {verdict}")).collect();
    coded.sort();
    coded
}

/// Not being allowed to read a policy is no policy in other tools, and so a pass.
#[test]
fn w21_a_public_function_does_not_pass_when_its_policy_is_denied() {
    let seen = functions().tell();
    assert_eq!(coded(&seen, PUBLIC), ["open: fail", "plain: pass", "shared: pass", "webhook: fail"]);
    assert_eq!((seen.own(PUBLIC), seen.own(URL)), (ItemResult::Fail, ItemResult::Fail));
    let denied = json!({"service": "lambda", "operation": "GetPolicy", "answer": {"kind": "access_denied"}});
    let told = functions().fault(denied).tell();
    let expected = ["open", "plain", "shared", "webhook"].map(|name| format!("{name}: indeterminate denied"));
    assert_eq!(coded(&told, PUBLIC), expected);
    assert_eq!((told.own(PUBLIC), told.own(URL)), (ItemResult::Indeterminate, ItemResult::Fail));
}

/// Only Lambda's own code says that there is no policy, and not any 404.
#[test]
fn w21_a_404_of_something_else_is_no_policy_for_nobody() {
    let elsewhere = json!({"service": "lambda", "operation": "GetPolicy", "match": "/functions/plain/",
        "answer": {"status": 404, "code": "NotFoundException", "message": "no such page"}});
    let told = functions().fault(elsewhere).tell();
    assert_eq!(coded(&told, PUBLIC), ["open: fail", "plain: indeterminate failed", "shared: pass", "webhook: fail"]);
}

/// Nothing bad is found in a policy that is no policy.
#[test]
fn w23_a_policy_that_cannot_be_parsed_is_not_one_without_public_statements() {
    for text in ["", "[]", "not a policy", "{\"Version\": \"2012-10-17\"}"] {
        let body = json!({"Policy": text, "RevisionId": "1"}).to_string();
        let garbled =
            json!({"service": "lambda", "operation": "GetPolicy", "match": "/functions/open/", "answer": {"status": 200, "body": body}});
        let told = functions().fault(garbled).tell();
        assert!(coded(&told, PUBLIC).contains(&"open: indeterminate failed".to_owned()), "{text}: {:?}", coded(&told, PUBLIC));
    }
}

/// Nor in an environment that Lambda could not decrypt for who asks; the other functions are judged.
#[test]
fn w23_an_environment_that_was_not_shown_is_not_one_without_secrets() {
    let told = Story::of("compute.environments").for_controls(&[SECRETS]).tell();
    assert_eq!(coded(&told, SECRETS)[1..], ["by-name: fail", "by-value: fail", "reference: pass", "sealed: indeterminate denied"]);
    assert_eq!(told.own(SECRETS), ItemResult::Fail);
}

/// Nor in a listing that was cut.
#[test]
fn w23_a_listing_that_was_cut_shows_no_function_without_fault() {
    let cut = json!({"service": "lambda", "operation": "ListFunctions", "answer": {"cut_at": -40}});
    let told = functions().fault(cut).tell();
    for control in [PUBLIC, URL, SECRETS] {
        assert_eq!(told.own(control), ItemResult::Indeterminate, "{control}: {:?}", told.coded(control));
        assert!(told.lines(control).iter().all(|(_, verdict, code)| (*verdict, code.as_str()) == ("indeterminate", "failed")));
    }
}

/// Denied, the service still has its line in every Region.
#[test]
fn w24_functions_that_may_not_be_listed_leave_a_line_in_every_region() {
    let denied = json!({"service": "lambda", "operation": "ListFunctions", "answer": {"kind": "access_denied"}});
    let told = functions().fault(denied).tell();
    let line = |region: &str| (region.to_owned(), "indeterminate", "denied".to_owned());
    for control in [PUBLIC, URL, SECRETS] {
        assert_eq!(told.lines(control), [line("eu-west-1"), line("us-east-1")].into(), "{control}");
    }
}

/// An account without functions has nothing to test.
#[test]
fn an_account_without_functions_passes_nothing() {
    let told = Story::seed("empty").for_controls(&[PUBLIC, URL, SOURCE, SECRETS]).tell();
    for control in [PUBLIC, URL, SOURCE, SECRETS] {
        assert_eq!(told.own(control), ItemResult::NothingToTest, "{control}");
    }
}

/// A source that is every API is none.
#[test]
fn api_gateway_is_bound_only_by_the_id_of_an_api() {
    let told = Story::of("compute.behind_apis").for_controls(&[SOURCE]).tell();
    let expected = ["account-wide: fail", "both: fail", "bound: pass", "elsewhere: not_applicable not_selected", "unbound: fail"];
    assert_eq!(coded(&told, SOURCE)[1..], expected);
}
