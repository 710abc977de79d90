//! DynamoDB: tables, and whose keys they have.

use serde_json::{Value, json};

use super::{Found, all_of, gathered};
use crate::upstream::{ACCOUNT, Question, Reply, Scripted, json as reply, json_error};

const TABLE: &str = "AWS::DynamoDB::Table";
const KEY: &str = "arn:aws:kms:eu-west-1:111122223333:key/k1";

fn described(name: &str, sse: &Value) -> Reply {
    let mut table = json!({"TableName": name, "TableArn": format!("arn:aws:dynamodb:eu-west-1:{ACCOUNT}:table/{name}"), "TableStatus": "ACTIVE", "CreationDateTime": 1.7E9});
    if !sse.is_null() {
        table["SSEDescription"] = sse.clone();
    }
    reply(json!({ "Table": table }).to_string())
}

fn kms(key: &str) -> Value {
    json!({"Status": "ENABLED", "SSEType": "KMS", "KMSMasterKeyArn": key})
}

fn key(manager: &str) -> Reply {
    let key = json!({"AWSAccountId": ACCOUNT, "Arn": KEY, "KeyId": "k1", "CreationDate": 1.7E9, "Enabled": true, "KeyManager": manager,
        "KeyState": "Enabled", "KeySpec": "SYMMETRIC_DEFAULT", "KeyUsage": "ENCRYPT_DECRYPT", "Origin": "AWS_KMS", "MultiRegion": false});
    reply(json!({ "KeyMetadata": key }).to_string())
}

/// Tables of eu-west-1 by name with their encryption; `script` speaks first.
async fn found(
    tables: Vec<(&'static str, Value)>,
    script: impl Fn(&Question) -> Option<Reply> + Send + Sync + 'static,
) -> (Found, Scripted) {
    let upstream = Scripted::new(move |question| {
        let here: Vec<&str> = if question.region == "eu-west-1" { tables.iter().map(|(name, _)| *name).collect() } else { Vec::new() };
        let usual = || match question.operation.as_str() {
            "ListTables" => Some(reply(json!({ "TableNames": here }).to_string())),
            "DescribeTable" => {
                let asked: Value = serde_json::from_str(&question.body).unwrap_or_default();
                tables.iter().find(|(name, _)| asked["TableName"] == **name).map(|(name, sse)| described(name, sse))
            }
            "DescribeKey" => Some(key("CUSTOMER")),
            _ => None,
        };
        script(question).or_else(usual)
    });
    (gathered(&upstream, &all_of(&[TABLE])).await, upstream)
}

#[tokio::test]
async fn every_table_tells_whose_key_it_has_and_a_shared_key_is_asked_once() {
    let other = KEY.replace(ACCOUNT, "777788889999");
    let tables = vec![("flags", Value::Null), ("orders", kms(KEY)), ("carts", kms(KEY)), ("shared", kms(&other))];
    let (found, upstream) = found(tables, |_| None).await;
    let of = |name: &str| found.facts(TABLE, &format!("table/{name}"))["key_type"].clone();
    assert_eq!(
        [of("flags"), of("orders"), of("carts"), of("shared")],
        ["AWS_OWNED", "CUSTOMER_MANAGED", "CUSTOMER_MANAGED", "CUSTOMER_MANAGED"]
    );
    assert_eq!(found.facts(TABLE, "table/flags")["sse_description"], Value::Null);
    assert_eq!(found.facts(TABLE, "table/orders")["sse_description"]["kms_master_key_arn"], json!(KEY));
    assert_eq!(upstream.count("DescribeKey"), 1);
    assert_eq!((found.standing(TABLE, "eu-west-1"), found.population(TABLE, "us-east-1").count), ("complete".into(), 0));
    assert_eq!(found.gaps, []);
}

#[tokio::test]
async fn the_key_that_aws_manages_is_told_from_a_customers() {
    let (found, _) = found(vec![("orders", kms(KEY))], |question| (question.operation == "DescribeKey").then(|| key("AWS"))).await;
    assert_eq!(found.facts(TABLE, "table/orders")["key_type"], json!("AWS_MANAGED"));
}

#[tokio::test]
async fn what_may_not_be_asked_is_absent_and_the_table_is_there() {
    let refuse = |operation: &'static str| {
        move |question: &Question| (question.operation == operation).then(|| json_error(400, "AccessDeniedException", "no"))
    };
    let tables = || vec![("flags", Value::Null), ("orders", kms(KEY))];
    let (no_key, _) = found(tables(), refuse("DescribeKey")).await;
    let facts = no_key.facts(TABLE, "table/orders");
    assert!(no_key.why(&facts["key_type"]).starts_with("denied"));
    assert_eq!((&facts["table_status"], &no_key.facts(TABLE, "table/flags")["key_type"]), (&json!("ACTIVE"), &json!("AWS_OWNED")));
    let (no_table, upstream) = found(tables(), refuse("DescribeTable")).await;
    let facts = no_table.facts(TABLE, "table/flags");
    for fact in ["key_type", "sse_description", "table_status", "replica_regions"] {
        assert!(no_table.why(&facts[fact]).starts_with("denied"), "{fact}");
    }
    assert_eq!((&facts["table_name"], upstream.count("DescribeKey")), (&json!("flags"), 0));
    assert_eq!(no_table.standing(TABLE, "eu-west-1"), "complete");
    let (no_list, _) = found(tables(), refuse("ListTables")).await;
    assert!(no_list.standing(TABLE, "eu-west-1").starts_with("denied"));
}

#[tokio::test]
async fn tables_of_further_pages_are_found_and_a_page_that_leads_back_proves_nothing() {
    let paged = |last: Value| {
        move |question: &Question| {
            (question.operation == "ListTables" && question.region == "eu-west-1").then(|| match question.body.contains("ExclusiveStart") {
                false => reply(json!({"TableNames": ["flags"], "LastEvaluatedTableName": "flags"}).to_string()),
                true => reply(last.to_string()),
            })
        }
    };
    let tables = || vec![("flags", Value::Null), ("orders", Value::Null)];
    let (whole, _) = found(tables(), paged(json!({"TableNames": ["orders"]}))).await;
    assert_eq!((whole.ids(TABLE).len(), whole.standing(TABLE, "eu-west-1")), (2, "complete".into()));
    let (back, _) = found(tables(), paged(json!({"TableNames": ["orders"], "LastEvaluatedTableName": "flags"}))).await;
    assert!(back.standing(TABLE, "eu-west-1").starts_with("truncated"));
}
