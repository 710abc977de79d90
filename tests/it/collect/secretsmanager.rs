//! Secrets: each of them found with its rotation and policy, and none ever opened.

use serde_json::{Value, json};

use super::{Found, all_of, gathered};
use crate::upstream::{ACCOUNT, Question, Reply, Scripted, json as reply, json_error};

const SECRET: &str = "AWS::SecretsManager::Secret";

fn arn(question: &Question, name: &str) -> String {
    format!("arn:aws:secretsmanager:{}:{ACCOUNT}:secret:{name}-a1b2c3", question.region)
}

/// Secrets in eu-west-1, by name, with more of what the listing says; `script` speaks first.
async fn found(
    secrets: &'static [(&'static str, &'static str)],
    script: impl Fn(&Question, &Value) -> Option<Reply> + Send + Sync + 'static,
) -> (Found, Scripted) {
    let upstream = Scripted::new(move |question| {
        if question.service != "secretsmanager" {
            return None;
        }
        let body: Value = serde_json::from_str(&question.body).unwrap_or_default();
        let here: &[_] = if question.region == "eu-west-1" { secrets } else { &[] };
        let entry = |(name, more): &(&str, &str)| {
            let mut entry = json!({"ARN": arn(question, name), "Name": name, "CreatedDate": 1.7E9});
            let more: Value = serde_json::from_str(more).expect("JSON");
            more.as_object().expect("an object").iter().for_each(|(member, value)| entry[member] = value.clone());
            entry
        };
        let usual = || match question.operation.as_str() {
            "ListSecrets" => reply(json!({"SecretList": here.iter().map(entry).collect::<Vec<_>>()}).to_string()),
            "GetResourcePolicy" => reply(json!({"ARN": body["SecretId"], "Name": "x"}).to_string()),
            _ => Reply::Break,
        };
        Some(script(question, &body).unwrap_or_else(usual))
    });
    (gathered(&upstream, &all_of(&[SECRET])).await, upstream)
}

#[tokio::test]
async fn a_secret_is_found_with_its_rotation_and_without_a_policy() {
    let rotating = r#"{"RotationEnabled": true, "RotationRules": {"AutomaticallyAfterDays": 30}, "NextRotationDate": 1.8E9, "LastRotatedDate": 1.79E9, "LastChangedDate": 1.79E9}"#;
    let (found, upstream) = found(Box::leak(Box::new([("db", rotating), ("plain", "{}")])), |_, _| None).await;
    let db = found.facts(SECRET, "secret:db-a1b2c3");
    assert_eq!((&db["rotation_enabled"], &db["rotation_interval_days"], &db["policy"]), (&json!(true), &json!(30), &Value::Null));
    assert_eq!(db["next_rotation_date"], json!("2027-01-15T08:00:00Z"));
    let plain = found.facts(SECRET, "secret:plain-a1b2c3");
    assert_eq!((&plain["rotation_enabled"], &plain["last_rotated_date"]), (&json!(false), &Value::Null));
    assert_eq!((found.standing(SECRET, "eu-west-1"), found.gaps.len()), ("complete".to_owned(), 0));
    assert_eq!((found.population(SECRET, "us-east-1").count, found.standing(SECRET, "us-east-1")), (0, "complete".to_owned()));
    let asked: std::collections::BTreeSet<String> = upstream.questions().into_iter().map(|question| question.operation).collect();
    assert!(!asked.contains("GetSecretValue") && !asked.contains("BatchGetSecretValue"), "{asked:?}");
}

#[tokio::test]
async fn a_policy_that_is_denied_is_not_a_policy_that_is_not_there() {
    let refuse = |question: &Question, _: &Value| {
        (question.operation == "GetResourcePolicy").then(|| json_error(400, "AccessDeniedException", "no"))
    };
    let (found, _) = found(&[("db", "{}")], refuse).await;
    let db = found.facts(SECRET, "secret:db-a1b2c3");
    assert!(found.why(&db["policy"]).starts_with("denied") && db["rotation_enabled"] == json!(false));
    let nameless = |question: &Question, _: &Value| (question.operation == "GetResourcePolicy").then(|| reply("{}"));
    let (found, _) = self::found(&[("db", "{}")], nameless).await;
    assert!(found.why(&found.facts(SECRET, "secret:db-a1b2c3")["policy"]).starts_with("failed"), "an answer about no secret");
}

#[tokio::test]
async fn a_cron_schedule_before_its_first_rotation_has_no_interval_and_a_replica_is_one() {
    let secrets = &[
        ("cron", r#"{"RotationEnabled": true, "RotationRules": {"ScheduleExpression": "cron(0 4 1 * ? *)"}, "NextRotationDate": 1.8E9}"#),
        ("copy", r#"{"PrimaryRegion": "us-east-1"}"#),
        ("origin", r#"{"PrimaryRegion": "eu-west-1"}"#),
    ];
    let (found, _) = found(secrets, |_, _| None).await;
    let cron = found.facts(SECRET, "secret:cron-a1b2c3");
    assert!(found.why(&cron["rotation_interval_days"]).starts_with("failed: how many days"));
    assert_eq!((&cron["rotation_enabled"], &cron["schedule_expression"]), (&json!(true), &json!("cron(0 4 1 * ? *)")));
    let replica = |name: &str| found.facts(SECRET, &format!("secret:{name}-a1b2c3"))["replica"].clone();
    assert_eq!((replica("copy"), replica("origin")), (json!(true), json!(false)));
}

#[tokio::test]
async fn a_listing_that_is_denied_or_cut_leaves_the_secrets_unproven() {
    let denied =
        |question: &Question, _: &Value| (question.operation == "ListSecrets").then(|| json_error(400, "AccessDeniedException", "no"));
    assert!(found(&[("db", "{}")], denied).await.0.standing(SECRET, "eu-west-1").starts_with("denied"));
    let circle = |question: &Question, _: &Value| {
        let page = json!({"SecretList": [{"ARN": arn(question, "db"), "Name": "db", "CreatedDate": 1.7E9}], "NextToken": "again"});
        (question.operation == "ListSecrets" && question.region == "eu-west-1").then(|| reply(page.to_string()))
    };
    let (found, _) = found(&[], circle).await;
    assert!(found.standing(SECRET, "eu-west-1").starts_with("truncated"));
    assert_eq!(found.ids(SECRET).len(), 1);
}
