//! Alerts on what trails record, alarms, log groups and topics: asked only as far as needed, and in CBOR where AWS speaks it.

use serde_json::{Value, json};

use super::{Found, all_of, gathered};
use crate::upstream::{ACCOUNT, Question, Reply, Scripted, cbor, cbor_error, json as reply, json_error, query_error, xml};

const ALERTING: &str = "AWS::CloudWatch::TrailAlerting";
const ALARM: &str = "AWS::CloudWatch::Alarm";
const COMPOSITE: &str = "AWS::CloudWatch::CompositeAlarm";
const GROUP: &str = "AWS::Logs::LogGroup";
const TOPIC: &str = "AWS::SNS::Topic";
const HOME: &str = "us-east-1";

fn trail() -> Value {
    json!({"Name": "all", "TrailARN": format!("arn:aws:cloudtrail:{HOME}:{ACCOUNT}:trail/all"), "HomeRegion": HOME, "S3BucketName": "logs",
        "IncludeGlobalServiceEvents": true, "IsMultiRegionTrail": true, "LogFileValidationEnabled": true, "IsOrganizationTrail": false,
        "HasCustomEventSelectors": false, "HasInsightSelectors": false,
        "CloudWatchLogsLogGroupArn": format!("arn:aws:logs:{HOME}:{ACCOUNT}:log-group:trail:*")})
}

fn topic_arn() -> String {
    format!("arn:aws:sns:{HOME}:{ACCOUNT}:security")
}

fn alarm(name: &str, metric: &str) -> Value {
    json!({"AlarmName": name, "AlarmArn": format!("arn:aws:cloudwatch:{HOME}:{ACCOUNT}:alarm:{name}"), "ActionsEnabled": true, "AlarmActions": [topic_arn()],
        "StateValue": "OK", "StateUpdatedTimestamp": 1.79e9, "Namespace": "Trail", "MetricName": metric, "Threshold": 1.0, "Dimensions": [],
        "ComparisonOperator": "GreaterThanOrEqualToThreshold"})
}

fn subscriptions(arns: &[&str]) -> Reply {
    let member = |arn: &&str| {
        format!(
            "<member><SubscriptionArn>{arn}</SubscriptionArn><Protocol>email</Protocol><TopicArn>{}</TopicArn><Endpoint>duty@example.com</Endpoint></member>",
            topic_arn()
        )
    };
    let members: String = arns.iter().map(member).collect();
    xml(format!(
        "<ListSubscriptionsByTopicResponse><ListSubscriptionsByTopicResult><Subscriptions>{members}</Subscriptions></ListSubscriptionsByTopicResult></ListSubscriptionsByTopicResponse>"
    ))
}

fn usual(question: &Question) -> Option<Reply> {
    let here = question.region == HOME;
    Some(match question.operation.as_str() {
        "DescribeTrails" => reply(json!({"trailList": [trail()]}).to_string()),
        "GetTrailStatus" => reply(r#"{"IsLogging":true,"LatestDeliveryTime":1.79E9}"#),
        "GetEventSelectors" => reply(json!({"TrailARN": trail()["TrailARN"], "EventSelectors": [{"ReadWriteType": "All", "IncludeManagementEvents": true, "DataResources": []}]}).to_string()),
        "DescribeMetricFilters" => {
            let filter = |name: &str, pattern: &str| json!({"filterName": name, "filterPattern": pattern, "logGroupName": "trail",
                "metricTransformations": [{"metricName": name, "metricNamespace": "Trail", "metricValue": "1"}]});
            let filters = [filter("root", "{ $.userIdentity.type = Root }"), filter("keys", "{ $.eventName = DisableKey }"), filter("noise", "{ $.a = b }")];
            reply(json!({"metricFilters": if here { json!(filters) } else { json!([]) }}).to_string())
        }
        "DescribeAlarms" => {
            let alarms = if here { json!([alarm("root", "root"), alarm("keys", "keys")]) } else { json!([]) };
            cbor(&json!({"MetricAlarms": alarms, "CompositeAlarms": []}))
        }
        "ListSubscriptionsByTopic" => subscriptions(&[&format!("{}:1", topic_arn())]),
        _ => return None,
    })
}

async fn found(kinds: &[&str], script: impl Fn(&Question) -> Option<Reply> + Send + Sync + 'static) -> (Found, Scripted) {
    let upstream = Scripted::new(move |question| script(question).or_else(|| usual(question)));
    (gathered(&upstream, &all_of(kinds)).await, upstream)
}

#[tokio::test]
async fn a_chain_is_followed_to_its_subscriber_and_no_further_than_needed() {
    let (found, upstream) = found(&[ALERTING], |_| None).await;
    let facts = found.facts(ALERTING, "trail-alerting");
    let root = &facts["root_usage"];
    assert_eq!((&root["alerted"], &root["missing_link"]), (&json!(true), &Value::Null));
    assert_eq!((&root["metric_filters"], &root["alarms"], &root["topics"]), (&json!(["root"]), &json!(["root"]), &json!([topic_arn()])));
    assert_eq!((&root["log_group"], &root["metric"]), (&json!("trail"), &json!("Trail/root")));
    let keys = &facts["kms_key_removal"];
    assert_eq!(
        (&keys["alerted"], &keys["broken_at"], &keys["uncovered_events"]),
        (&json!(false), &json!("filter"), &json!(["ScheduleKeyDeletion"]))
    );
    assert_eq!(keys["missing_link"], "the metric filter `keys` does not match every event `ScheduleKeyDeletion`");
    assert_eq!(found.resource(ALERTING, "trail-alerting").key.region, "global");
    let asked = ["DescribeMetricFilters", "DescribeAlarms", "ListSubscriptionsByTopic"].map(|operation| upstream.count(operation));
    assert_eq!(asked, [1, 1, 1], "filters and alarms of the log group's Region alone, and each topic once");
    assert_eq!(found.gaps, []);
}

#[tokio::test]
async fn an_account_without_a_trail_has_alerts_that_break_at_once() {
    let (found, upstream) =
        found(&[ALERTING], |question| (question.operation == "DescribeTrails").then(|| reply(r#"{"trailList":[]}"#))).await;
    let facts = found.facts(ALERTING, "trail-alerting");
    assert_eq!(
        (&facts["root_usage"]["broken_at"], &facts["root_usage"]["missing_link"]),
        (&json!("trail"), &json!("the account has no trail"))
    );
    assert_eq!(upstream.count("DescribeAlarms"), 0);
}

#[tokio::test]
async fn whatever_cannot_be_read_is_the_reason_of_what_hangs_on_it() {
    for (operation, refusal) in [
        ("DescribeTrails", json_error(400, "AccessDeniedException", "no")),
        ("GetTrailStatus", json_error(400, "AccessDeniedException", "no")),
        ("GetEventSelectors", json_error(400, "AccessDeniedException", "no")),
        ("DescribeMetricFilters", json_error(400, "AccessDeniedException", "no")),
        ("DescribeAlarms", cbor_error(403, "AccessDenied", "no")),
        ("ListSubscriptionsByTopic", query_error(403, "AuthorizationError", "no")),
    ] {
        let (found, _) = found(&[ALERTING], move |question| (question.operation == operation).then(|| refusal.clone())).await;
        let facts = found.facts(ALERTING, "trail-alerting");
        assert!(found.why(&facts["root_usage"]["missing_link"]).starts_with("denied"), "{operation}");
    }
}

#[tokio::test]
async fn a_topic_that_is_gone_or_heard_by_nobody_is_a_missing_link_and_no_gap() {
    let said = async |answer: Reply| {
        let (found, _) =
            found(&[ALERTING], move |question| (question.operation == "ListSubscriptionsByTopic").then(|| answer.clone())).await;
        let facts = found.facts(ALERTING, "trail-alerting");
        (facts["root_usage"]["broken_at"].clone(), facts["root_usage"]["missing_link"].as_str().unwrap_or_default().to_owned())
    };
    for (answer, words) in [
        (query_error(404, "NotFound", "Topic does not exist"), "does not exist"),
        (subscriptions(&[]), "nobody is subscribed"),
        (subscriptions(&["PendingConfirmation", "PendingConfirmation"]), "of 2 subscriptions"),
    ] {
        let (stage, missing) = said(answer).await;
        assert_eq!(stage, "subscriber");
        assert!(missing.contains(words), "{missing}");
    }
}

#[tokio::test]
async fn alarms_of_both_types_are_listed_and_a_body_that_is_cut_proves_nothing() {
    let composite = json!({"AlarmName": "any", "AlarmArn": format!("arn:aws:cloudwatch:{HOME}:{ACCOUNT}:alarm:any"), "AlarmRule": "ALARM(root)",
        "ActionsEnabled": false, "AlarmActions": [], "StateValue": "OK"});
    let (found, _) = found(&[ALARM, COMPOSITE], move |question| {
        (question.operation == "DescribeAlarms" && question.region == HOME)
            .then(|| cbor(&json!({"MetricAlarms": [alarm("root", "root")], "CompositeAlarms": [composite]})))
    })
    .await;
    assert_eq!(
        (found.facts(ALARM, ":root")["actions_enabled"].clone(), found.facts(COMPOSITE, ":any")["alarm_rule"].clone()),
        (json!(true), json!("ALARM(root)"))
    );
    assert_eq!((found.standing(ALARM, HOME), found.population(ALARM, "eu-west-1").count), ("complete".to_owned(), 0));
    let (cut, _) = self::found(&[ALARM], |question| {
        let Some(Reply::Answer { status, headers, mut body }) = usual(question).filter(|_| question.operation == "DescribeAlarms") else {
            return None;
        };
        body.truncate(body.len() - 1);
        Some(Reply::Answer { status, headers, body })
    })
    .await;
    assert!(cut.standing(ALARM, HOME).starts_with("failed"), "{}", cut.standing(ALARM, HOME));
    assert!(cut.ids(ALARM).is_empty());
}

#[tokio::test]
async fn log_groups_and_topics_are_found_with_what_is_unset() {
    let (found, _) = found(&[GROUP, TOPIC], |question| {
        let here = question.region == HOME;
        Some(match question.operation.as_str() {
            "DescribeLogGroups" => {
                let group = json!({"logGroupName": "trail", "arn": format!("arn:aws:logs:{HOME}:{ACCOUNT}:log-group:trail:*"), "creationTime": 1_790_000_000_000_i64});
                reply(json!({"logGroups": if here { vec![group] } else { vec![] }}).to_string())
            }
            "ListTopics" => {
                let member = if here { format!("<member><TopicArn>{}</TopicArn></member>", topic_arn()) } else { String::new() };
                xml(format!("<ListTopicsResponse><ListTopicsResult><Topics>{member}</Topics></ListTopicsResult></ListTopicsResponse>"))
            }
            "GetTopicAttributes" => query_error(403, "AuthorizationError", "User: x is not authorized to perform: SNS:GetTopicAttributes"),
            _ => return None,
        })
    })
    .await;
    let group = found.facts(GROUP, "log-group:trail");
    assert_eq!(
        (&group["retention_in_days"], &group["kms_key_id"], &group["log_group_class"]),
        (&Value::Null, &Value::Null, &json!("STANDARD"))
    );
    let topic = found.facts(TOPIC, ":security");
    assert!(found.why(&topic["policy"]).starts_with("denied"));
    assert_eq!((found.standing(TOPIC, HOME), found.population(TOPIC, "eu-west-1").count), ("complete".to_owned(), 0));
}
