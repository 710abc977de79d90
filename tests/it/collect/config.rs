//! AWS Config: one line for each Region, whatever its recorder is called; and what it counts beside what listings show.

use serde_json::{Value, json};

use super::workloads::{CARRIED, bare};
use super::{Found, all_of, gathered};
use crate::upstream::{ACCOUNT, Question, Reply, Scripted, json as reply, json_error};

const RECORDER: &str = "AWS::Config::ConfigurationRecorder";
const REGION: &str = "AWS::Config::RegionSetting";
const API: &str = "AWS::ApiGatewayV2::Api";

fn arn(question: &Question) -> String {
    format!("arn:aws:config:{}:{ACCOUNT}:configuration-recorder/default/abcd", question.region)
}

fn recorder(question: &Question) -> Value {
    json!({"arn": arn(question), "name": "default", "roleARN": "arn:aws:iam::111122223333:role/config", "recordingMode": {"recordingFrequency": "CONTINUOUS"},
        "recordingGroup": {"allSupported": true, "includeGlobalResourceTypes": question.region == "us-east-1", "resourceTypes": []}})
}

fn list(member: &str, items: &[Value]) -> Reply {
    reply(json!({ member: items }).to_string())
}

fn counts(counts: &[Value]) -> Reply {
    let total: i64 = counts.iter().filter_map(|count| count["count"].as_i64()).sum();
    reply(json!({"totalDiscoveredResources": total, "resourceCounts": counts}).to_string())
}

/// A recorder `default` in each Region, recording; `script` speaks first.
async fn found(kinds: &[&str], script: impl Fn(&Question) -> Option<Reply> + Send + Sync + 'static) -> (Found, Scripted) {
    let upstream = Scripted::new(move |question| {
        let usual = || match (question.service.as_str(), question.operation.as_str()) {
            ("config", "DescribeConfigurationRecorders") => Some(list("ConfigurationRecorders", &[recorder(question)])),
            ("config", "DescribeConfigurationRecorderStatus") => {
                let status = json!({"arn": arn(question), "name": "default", "recording": true, "lastStatus": "SUCCESS", "lastStatusChangeTime": 1.79E9});
                Some(list("ConfigurationRecordersStatus", &[status]))
            }
            ("config", "DescribeDeliveryChannels") => {
                Some(list("DeliveryChannels", &[json!({"name": "default", "s3BucketName": "config-logs"})]))
            }
            ("config", "GetDiscoveredResourceCounts") => Some(counts(&[])),
            _ => None,
        };
        script(question).or_else(usual)
    });
    (gathered(&upstream, &all_of(kinds)).await, upstream)
}

#[tokio::test]
async fn a_region_without_a_recorder_is_a_fact_and_not_a_gap() {
    let (found, upstream) = found(&[REGION, RECORDER], |question| {
        let member = match question.operation.as_str() {
            "DescribeConfigurationRecorders" => "ConfigurationRecorders",
            "DescribeConfigurationRecorderStatus" => "ConfigurationRecordersStatus",
            "DescribeDeliveryChannels" => "DeliveryChannels",
            _ => return None,
        };
        (question.region == "eu-west-1").then(|| list(member, &[]))
    })
    .await;
    let facts = found.facts(REGION, "config:eu-west-1:111122223333:region-setting");
    assert_eq!(facts, json!({"recorder_count": 0, "recorder": null, "delivery_channel": null, "resource_counts": null}));
    let other = found.facts(REGION, "config:us-east-1:111122223333:region-setting");
    assert_eq!((&other["recorder"]["recording"], &other["delivery_channel"]["s3_bucket_name"]), (&json!(true), &json!("config-logs")));
    assert_eq!((found.population(RECORDER, "eu-west-1").count, found.standing(RECORDER, "eu-west-1")), (0, "complete".to_owned()));
    assert_eq!(upstream.count("GetDiscoveredResourceCounts"), 1, "where nothing is recorded nothing is counted");
    assert_eq!(found.gaps, []);
}

#[tokio::test]
async fn a_status_that_is_denied_or_lacks_is_absent() {
    let (denied, _) = found(&[REGION, RECORDER], |question| {
        (question.operation == "DescribeConfigurationRecorderStatus").then(|| json_error(400, "AccessDeniedException", "no"))
    })
    .await;
    let facts = denied.facts(REGION, "eu-west-1:111122223333:region-setting");
    for fact in ["recording", "last_status", "last_error_code", "last_status_change_time"] {
        assert!(denied.why(&facts["recorder"][fact]).starts_with("denied"), "{fact}");
    }
    assert_eq!(facts["recorder"]["records_all_types"], json!(true));
    assert!(denied.why(&facts["resource_counts"]).starts_with("denied"));
    let (silent, _) = found(&[RECORDER], |question| {
        let status = json!({"arn": arn(question), "name": "default", "recording": true});
        (question.operation == "DescribeConfigurationRecorderStatus").then(|| list("ConfigurationRecordersStatus", &[status]))
    })
    .await;
    let id = format!("arn:aws:config:eu-west-1:{ACCOUNT}:configuration-recorder/default/abcd");
    let facts = silent.facts(RECORDER, &id);
    assert_eq!(silent.why(&facts["last_status"]), "failed: the answer lacks `lastStatus`");
    assert_eq!(facts["recording"], json!(true));
    let (closed, _) = found(&[REGION], |question| {
        (question.operation == "DescribeConfigurationRecorders").then(|| json_error(400, "AccessDeniedException", "no"))
    })
    .await;
    let facts = closed.facts(REGION, "eu-west-1:111122223333:region-setting");
    assert!(closed.why(&facts["recorder"]).starts_with("denied") && closed.why(&facts["recorder_count"]).starts_with("denied"));
}

/// No API in any Region, and what Config counts of them in eu-west-1.
async fn beside(apis: usize, counted: i64) -> Found {
    let (found, _) = found(&[REGION, API], move |question| {
        if question.operation == "GET /v2/apis" {
            let here = if question.region == "eu-west-1" { apis } else { 0 };
            let one = |number: usize| json!({"apiId": format!("a{number}"), "name": "orders", "protocolType": "HTTP", "apiEndpoint": "https://a", "routeSelectionExpression": "$request.method",
                "createdDate": "2026-01-02T03:04:05Z", "disableExecuteApiEndpoint": false, "apiKeySelectionExpression": "$request.header.x-api-key"});
            return Some(list("items", &(0..here).map(one).collect::<Vec<_>>()));
        }
        let count = json!({"resourceType": API, "count": counted});
        (question.operation == "GetDiscoveredResourceCounts" && question.region == "eu-west-1").then(|| counts(&[count]))
    })
    .await;
    found
}

#[tokio::test]
async fn what_config_counts_more_than_the_listing_shows_disputes_it() {
    let disputed = beside(0, 2).await;
    assert!(disputed.standing(API, "eu-west-1").starts_with("disputed: "), "{}", disputed.standing(API, "eu-west-1"));
    assert_eq!(disputed.standing(API, "us-east-1"), "complete");
    let more = beside(1, 2).await;
    assert!(more.standing(API, "eu-west-1").starts_with("disputed: "));
    let same = beside(2, 2).await;
    assert_eq!(same.standing(API, "eu-west-1"), "complete");
    let second = same.population(API, "eu-west-1").second.as_ref().expect("a second path");
    assert_eq!((second.count, second.differences.len()), (2, 0));
    let fewer = beside(2, 1).await;
    assert_eq!(fewer.standing(API, "eu-west-1"), "complete", "what the listing shows is there");
    assert_eq!(fewer.population(API, "eu-west-1").second.as_ref().map(|second| second.differences.len()), Some(1));
}

#[tokio::test]
async fn a_management_account_is_not_empty_where_config_knows_of_something() {
    let (found, _) = found(&[REGION, CARRIED], |question| match question.operation.as_str() {
        "GetDiscoveredResourceCounts" => {
            let count = |kind: &str, count: i64| json!({"resourceType": kind, "count": count});
            let here = i64::from(question.region == "eu-west-1");
            Some(counts(&[count("AWS::ApiGateway::RestApi", here), count("AWS::S3::Bucket", 1)]))
        }
        _ => bare(question),
    })
    .await;
    let facts = found.facts(CARRIED, ":management-account");
    let why = found.why(&facts["rest_apis"]["regions"][0]["ids"]);
    assert_eq!(why, "disputed: the listing of `AWS::ApiGateway::RestApi` shows 0, but AWS Config has discovered 1");
    assert_eq!((found.why(&facts["rest_apis"]["ids"]), &facts["rest_apis"]["regions"][1]["ids"]), (why, &json!([])));
    assert_eq!(facts["http_and_websocket_apis"]["ids"], json!([]));
    assert!(
        found.why(&facts["s3_buckets"]).starts_with("disputed: the listing of `AWS::S3::Bucket` shows 0, but AWS Config has discovered 2")
    );
}
