//! SQS.

use evidence::model::assessment::ItemResult;
use serde_json::json;

use super::{Story, Told};

const PUBLIC: &str = "sqs-queue-policy-not-public";

fn queues() -> Story {
    Story::of("compute.queues").for_controls(&[PUBLIC])
}

fn coded(told: &Told) -> Vec<String> {
    let mut coded: Vec<String> = told.coded(PUBLIC).into_iter().map(|(name, verdict)| format!("{name}: {verdict}")).collect();
    coded.sort();
    coded
}

const EMPTY: &str = "-: not_applicable empty_population";

/// Attributes that may not be read are attributes without a policy in other tools, and so a pass.
#[test]
fn w22_a_public_queue_does_not_pass_when_its_attributes_are_denied() {
    let seen = queues().tell();
    assert_eq!(coded(&seen), [EMPTY, "open: fail", "plain: pass", "subscribed: pass"]);
    assert_eq!(seen.own(PUBLIC), ItemResult::Fail);
    let denied = json!({"service": "sqs", "operation": "GetQueueAttributes", "answer": {"kind": "access_denied"}});
    let told = queues().fault(denied).tell();
    let expected = ["open", "plain", "subscribed"].map(|name| format!("{name}: indeterminate denied"));
    assert_eq!(coded(&told)[1..], expected);
    assert_eq!(told.own(PUBLIC), ItemResult::Indeterminate);
}

/// Attributes without the ARN that was asked for are nobody's.
#[test]
fn w23_attributes_that_are_empty_are_not_a_queue_without_a_policy() {
    for body in ["{}", "{\"Attributes\": {}}", "{\"Attributes\": null}"] {
        let empty = json!({"service": "sqs", "operation": "GetQueueAttributes", "answer": {"status": 200, "body": body}});
        let told = queues().fault(empty).tell();
        let expected = ["open", "plain", "subscribed"].map(|name| format!("{name}: indeterminate failed"));
        assert_eq!(coded(&told)[1..], expected, "{body}");
    }
}

/// SQS says "no queues" with an empty object, and so does an answer that lost its list: one such answer is not believed.
#[test]
fn w23_an_empty_answer_is_no_region_without_queues_when_the_next_one_shows_some() {
    let lost =
        json!({"service": "sqs", "operation": "ListQueues", "region": "us-east-1", "times": 1, "answer": {"status": 200, "body": "{}"}});
    let told = queues().fault(lost).tell();
    assert_eq!(coded(&told), ["-: indeterminate disputed", EMPTY]);
    assert_eq!(told.own(PUBLIC), ItemResult::Indeterminate);
}

/// Denied, the service still has its line in every Region.
#[test]
fn w24_queues_that_may_not_be_listed_leave_a_line_in_every_region() {
    let denied = json!({"service": "sqs", "operation": "ListQueues", "answer": {"kind": "access_denied"}});
    let told = queues().fault(denied).tell();
    let line = |region: &str| (region.to_owned(), "indeterminate", "denied".to_owned());
    assert_eq!(told.lines(PUBLIC), [line("eu-west-1"), line("us-east-1")].into());
}

/// An account without queues has nothing to test.
#[test]
fn an_account_without_queues_passes_nothing() {
    let told = Story::seed("empty").for_controls(&[PUBLIC]).tell();
    assert_eq!(told.own(PUBLIC), ItemResult::NothingToTest);
}
