//! Keys: each of them found, and asked only what its nature allows.

use serde_json::{Value, json};

use super::{Found, all_of, gathered};
use crate::upstream::{ACCOUNT, Question, Reply, Scripted, json as reply, json_error};

const KEY: &str = "AWS::KMS::Key";

fn arn(question: &Question, id: &str) -> String {
    format!("arn:aws:kms:{}:{ACCOUNT}:key/{id}", question.region)
}

/// A description; `more` overrides.
fn described(question: &Question, id: &str, more: &Value) -> Reply {
    let mut key = json!({"AWSAccountId": ACCOUNT, "Arn": arn(question, id), "KeyId": id, "CreationDate": 1.7E9, "Enabled": true, "Description": "",
        "KeyManager": "CUSTOMER", "KeyState": "Enabled", "KeySpec": "SYMMETRIC_DEFAULT", "KeyUsage": "ENCRYPT_DECRYPT", "Origin": "AWS_KMS", "MultiRegion": false});
    for (name, value) in more.as_object().expect("an object") {
        key[name] = value.clone();
    }
    reply(json!({"KeyMetadata": key}).to_string())
}

const POLICY: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"kms:*","Resource":"*"}]}"#;

/// Keys in eu-west-1, by id, with what their descriptions say; `script` speaks first.
async fn found(
    keys: &'static [(&'static str, &'static str)],
    script: impl Fn(&Question, &str) -> Option<Reply> + Send + Sync + 'static,
) -> (Found, Scripted) {
    let upstream = Scripted::new(move |question| {
        if question.service != "kms" {
            return None;
        }
        let body: Value = serde_json::from_str(&question.body).unwrap_or_default();
        let id = body["KeyId"].as_str().and_then(|arn| arn.rsplit('/').next()).unwrap_or_default().to_owned();
        let here: &[_] = if question.region == "eu-west-1" { keys } else { &[] };
        let usual = || match question.operation.as_str() {
            "ListKeys" => {
                let keys: Vec<Value> = here.iter().map(|(id, _)| json!({"KeyId": id, "KeyArn": arn(question, id)})).collect();
                reply(json!({"Keys": keys, "Truncated": false}).to_string())
            }
            "ListAliases" => {
                let alias = json!({"AliasName": "alias/orders", "AliasArn": format!("arn:aws:kms:{}:{ACCOUNT}:alias/orders", question.region), "TargetKeyId": "k1"});
                let reserved =
                    json!({"AliasName": "alias/aws/s3", "AliasArn": format!("arn:aws:kms:{}:{ACCOUNT}:alias/aws/s3", question.region)});
                reply(json!({"Aliases": [alias, reserved], "Truncated": false}).to_string())
            }
            "DescribeKey" => {
                let more = keys.iter().find(|(known, _)| *known == id).map_or("{}", |(_, more)| *more);
                described(question, &id, &serde_json::from_str(more).expect("JSON"))
            }
            "GetKeyRotationStatus" => reply(r#"{"KeyRotationEnabled":true,"RotationPeriodInDays":180,"NextRotationDate":1.8E9}"#),
            "GetKeyPolicy" => reply(json!({"Policy": POLICY, "PolicyName": "default"}).to_string()),
            _ => Reply::Break,
        };
        Some(script(question, &id).unwrap_or_else(usual))
    });
    (gathered(&upstream, &all_of(&[KEY])).await, upstream)
}

#[tokio::test]
async fn a_key_is_found_with_its_rotation_policy_and_aliases() {
    let (found, _) = found(&[("k1", "{}")], |_, _| None).await;
    let (facts, key) = (found.facts(KEY, "key/k1"), found.resource(KEY, "key/k1"));
    assert_eq!((key.key.region.as_str(), key.name.as_str()), ("eu-west-1", "alias/orders"));
    assert_eq!(
        facts["rotation"],
        json!({"key_rotation_enabled": true, "rotation_period_in_days": 180, "next_rotation_date": "2027-01-15T08:00:00Z"})
    );
    assert_eq!((&facts["policy"]["public"], &facts["policy"]["outside_accounts"]), (&json!(false), &json!([])));
    assert_eq!((&facts["aliases"], &facts["rotates_itself"]), (&json!(["alias/orders"]), &json!(true)));
    assert_eq!(found.standing(KEY, "eu-west-1"), "complete");
    assert_eq!((found.population(KEY, "us-east-1").count, found.standing(KEY, "us-east-1")), (0, "complete".to_owned()));
    assert_eq!(found.gaps, []);
}

#[tokio::test]
async fn only_keys_that_can_rotate_themselves_are_asked_whether_they_do() {
    let keys = &[
        ("own", "{}"),
        ("aws", r#"{"KeyManager": "AWS"}"#),
        ("rsa", r#"{"KeySpec": "RSA_2048", "KeyUsage": "SIGN_VERIFY"}"#),
        ("hmac", r#"{"KeySpec": "HMAC_256", "KeyUsage": "GENERATE_VERIFY_MAC"}"#),
        ("imported", r#"{"Origin": "EXTERNAL"}"#),
        ("gone", r#"{"KeyState": "PendingDeletion", "Enabled": false, "DeletionDate": 1.8E9}"#),
        ("mrk-replica", r#"{"MultiRegion": true, "MultiRegionConfiguration": {"MultiRegionKeyType": "REPLICA"}}"#),
        ("mrk-primary", r#"{"MultiRegion": true, "MultiRegionConfiguration": {"MultiRegionKeyType": "PRIMARY"}}"#),
    ];
    let (found, upstream) = found(keys, |_, _| None).await;
    let rotates: Vec<(String, bool, bool)> = keys
        .iter()
        .map(|(id, _)| found.facts(KEY, &format!("key/{id}")))
        .map(|facts| {
            (
                facts["key_id"].as_str().unwrap_or_default().to_owned(),
                facts["rotates_itself"] == json!(true),
                facts["rotation"] != Value::Null,
            )
        })
        .filter(|(_, itself, told)| *itself || *told)
        .collect();
    let expected = [("own", true, true), ("gone", true, false), ("mrk-primary", true, true)];
    assert_eq!(rotates, expected.map(|(id, itself, told)| (id.to_owned(), itself, told)));
    assert_eq!(upstream.count("GetKeyRotationStatus"), 2);
    assert_eq!(upstream.count("GetKeyPolicy"), 7, "the policy of AWS's key is nobody's to change");
    assert_eq!(found.gaps, []);
    assert_eq!(found.facts(KEY, "key/gone")["deletion_date"], json!("2027-01-15T08:00:00Z"));
}

#[tokio::test]
async fn what_a_key_refuses_is_absent_and_the_key_is_there() {
    let refuse = |operation: &'static str| {
        move |question: &Question, _: &str| (question.operation == operation).then(|| json_error(400, "AccessDeniedException", "no"))
    };
    let (rotation, _) = found(&[("k1", "{}")], refuse("GetKeyRotationStatus")).await;
    let facts = rotation.facts(KEY, "key/k1");
    assert!(rotation.why(&facts["rotation"]).starts_with("denied"));
    assert_eq!((&facts["policy"]["public"], &facts["key_state"]), (&json!(false), &json!("Enabled")));
    let (description, upstream) = found(&[("k1", "{}")], refuse("DescribeKey")).await;
    let facts = description.facts(KEY, "key/k1");
    for fact in ["key_manager", "key_state", "rotates_itself", "rotation", "policy", "multi_region", "deletion_date"] {
        assert!(description.why(&facts[fact]).starts_with("denied"), "{fact}");
    }
    assert_eq!((&facts["key_id"], upstream.count("GetKeyRotationStatus")), (&json!("k1"), 0));
    assert_eq!(description.standing(KEY, "eu-west-1"), "complete");
    let (aliases, _) = found(&[("k1", "{}")], refuse("ListAliases")).await;
    assert!(aliases.why(&aliases.facts(KEY, "key/k1")["aliases"]).starts_with("denied"));
    let (keys, _) = found(&[("k1", "{}")], refuse("ListKeys")).await;
    assert!(keys.standing(KEY, "eu-west-1").starts_with("denied"));
}

#[tokio::test]
async fn a_page_marked_as_cut_without_a_marker_leaves_the_keys_unproven() {
    let cut = |question: &Question, _: &str| {
        let keys = json!([{"KeyId": "k1", "KeyArn": arn(question, "k1")}]);
        (question.operation == "ListKeys" && question.region == "eu-west-1")
            .then(|| reply(json!({"Keys": keys, "Truncated": true}).to_string()))
    };
    let (found, _) = found(&[("k1", "{}")], cut).await;
    assert!(found.standing(KEY, "eu-west-1").starts_with("truncated"), "{}", found.standing(KEY, "eu-west-1"));
    assert_eq!(found.ids(KEY).len(), 1);
}
