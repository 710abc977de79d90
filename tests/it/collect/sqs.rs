//! Queues: each of them found, and a Region without any believed only when it says so twice.

use serde_json::{Value, json};

use super::{Found, all_of, gathered};
use crate::upstream::{ACCOUNT, Question, Reply, Scripted, json as reply, json_error};

const QUEUE: &str = "AWS::SQS::Queue";

fn url(question: &Question, name: &str) -> String {
    format!("https://sqs.{}.amazonaws.com/{ACCOUNT}/{name}", question.region)
}

/// Queues in eu-west-1, by name, with their policies (`""`: none); `script` speaks first, knowing what the question says.
async fn found(
    queues: &'static [(&'static str, &'static str)],
    script: impl Fn(&Question, &Value) -> Option<Reply> + Send + Sync + 'static,
) -> (Found, Scripted) {
    let upstream = Scripted::new(move |question| {
        if question.service != "sqs" {
            return None;
        }
        let body: Value = serde_json::from_str(&question.body).unwrap_or_default();
        let here: &[_] = if question.region == "eu-west-1" { queues } else { &[] };
        let usual = || match question.operation.as_str() {
            "ListQueues" if here.is_empty() => reply("{}"),
            "ListQueues" => reply(json!({"QueueUrls": here.iter().map(|(name, _)| url(question, name)).collect::<Vec<_>>()}).to_string()),
            "GetQueueAttributes" => {
                let name = body["QueueUrl"].as_str().and_then(|url| url.rsplit('/').next()).unwrap_or_default();
                let mut attributes = json!({"QueueArn": format!("arn:aws:sqs:{}:{ACCOUNT}:{name}", question.region)});
                if let Some((_, policy)) = here.iter().find(|(known, policy)| *known == name && !policy.is_empty()) {
                    attributes["Policy"] = json!(policy);
                }
                reply(json!({"Attributes": attributes}).to_string())
            }
            _ => Reply::Break,
        };
        Some(script(question, &body).unwrap_or_else(usual))
    });
    (gathered(&upstream, &all_of(&[QUEUE])).await, upstream)
}

const OPEN: &str =
    r#"{"Version":"2012-10-17","Statement":[{"Sid":"any","Effect":"Allow","Principal":"*","Action":"sqs:*","Resource":"*"}]}"#;

#[tokio::test]
async fn a_queue_is_found_with_its_policy_or_without_one() {
    let (found, upstream) = found(&[("orders", ""), ("open", OPEN)], |_, _| None).await;
    assert_eq!(found.facts(QUEUE, ":orders")["policy"], Value::Null);
    let open = found.facts(QUEUE, ":open");
    assert_eq!((&open["policy"]["public"], &open["policy"]["public_statements"]), (&json!(true), &json!(["statement 1 (`any`)"])));
    assert_eq!((found.standing(QUEUE, "eu-west-1"), found.gaps.len()), ("complete".to_owned(), 0));
    assert!(found.population(QUEUE, "eu-west-1").second.is_none());
    let sizes = upstream.questions().into_iter().filter(|question| question.operation == "ListQueues" && question.region == "eu-west-1");
    assert_eq!(sizes.map(|question| question.body).collect::<Vec<_>>(), [r#"{"MaxResults":1000}"#]);
}

#[tokio::test]
async fn a_region_without_queues_is_asked_twice_and_only_both_answers_make_it_empty() {
    let (empty, upstream) = found(&[], |_, _| None).await;
    let population = empty.population(QUEUE, "eu-west-1");
    assert_eq!((population.count, empty.standing(QUEUE, "eu-west-1")), (0, "complete".to_owned()));
    assert_eq!(population.second.as_ref().map(|second| (second.count, second.differences.len())), Some((0, 0)));
    assert_eq!(upstream.count("ListQueues"), 4, "twice in each Region");
    let second = |answer: fn(&Question) -> Reply| {
        move |question: &Question, body: &Value| {
            let asked = question.operation == "ListQueues" && question.region == "eu-west-1" && body["MaxResults"] == json!(1);
            asked.then(|| answer(question))
        }
    };
    let (lost, _) = found(&[], second(|question| reply(json!({"QueueUrls": [url(question, "orders")]}).to_string()))).await;
    assert!(lost.standing(QUEUE, "eu-west-1").starts_with("disputed"), "an answer that lost its list");
    let (denied, _) = found(&[], second(|_| json_error(400, "AccessDeniedException", "no"))).await;
    assert!(denied.standing(QUEUE, "eu-west-1").starts_with("denied"));
    assert_eq!(denied.standing(QUEUE, "us-east-1"), "complete");
}

#[tokio::test]
async fn attributes_that_are_denied_or_of_another_queue_say_nothing_of_a_policy() {
    let refused = |code: &'static str| {
        move |question: &Question, _: &Value| (question.operation == "GetQueueAttributes").then(|| json_error(400, code, "no"))
    };
    for (code, reason) in [("com.amazonaws.sqs#AccessDenied", "denied"), ("com.amazonaws.sqs#QueueDoesNotExist", "failed")] {
        let (found, _) = found(&[("open", OPEN)], refused(code)).await;
        assert!(found.why(&found.facts(QUEUE, ":open")["policy"]).starts_with(reason), "{code}");
        assert_eq!(found.standing(QUEUE, "eu-west-1"), "complete");
    }
    let other = |question: &Question, _: &Value| {
        let attributes = json!({"Attributes": {"QueueArn": format!("arn:aws:sqs:eu-west-1:{ACCOUNT}:other")}});
        (question.operation == "GetQueueAttributes").then(|| reply(attributes.to_string()))
    };
    let (found, _) = found(&[("open", OPEN)], other).await;
    assert!(found.why(&found.facts(QUEUE, ":open")["policy"]).starts_with("failed: the attributes are those of"));
}

#[tokio::test]
async fn a_next_page_that_breaks_leaves_the_queues_unproven() {
    let cut = |question: &Question, body: &Value| match (question.operation.as_str(), question.region.as_str(), body["NextToken"].as_str())
    {
        ("ListQueues", "eu-west-1", None) => Some(reply(json!({"QueueUrls": [url(question, "orders")], "NextToken": "more"}).to_string())),
        ("ListQueues", "eu-west-1", Some(_)) => Some(Reply::Break),
        _ => None,
    };
    let (found, _) = found(&[("orders", "")], cut).await;
    assert!(found.standing(QUEUE, "eu-west-1").starts_with("failed"));
    assert_eq!(found.ids(QUEUE).len(), 1);
}
