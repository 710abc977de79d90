//! Alerts on what trails record, alarms, log groups and topics: asked only as far as needed, and in CBOR where AWS speaks it.

use aws_credential_types::Credentials;
use serde_json::{Value, json};

use super::{Found, all_of, gathered, recorded, replayed};
use crate::upstream::{
    ACCOUNT, Question, Reply, SECRET, Scripted, TOKEN, cbor, cbor_error, json as reply, json_error, query_error, settings, xml,
};

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

/// The account that keeps the logs of the organization.
const LOGS: &str = "444455556666";

/// A run over both accounts; `script` speaks first. The trail of ours streams to the log group of the other, which holds all that the
/// usual chain needs; its alarms notify a topic of the account that `notified` names.
async fn found_in_both(
    notified: &'static str,
    regions: Option<&[&str]>,
    script: impl Fn(&Question) -> Option<Reply> + Send + Sync + 'static,
) -> (Found, Scripted) {
    let elsewhere = |text: String, account: &str| text.replace(&format!("{HOME}:{ACCOUNT}"), &format!("{HOME}:{account}"));
    let upstream = Scripted::new(move |question| {
        script(question).or_else(|| match (question.operation.as_str(), question.account.as_str()) {
            ("DescribeTrails", ACCOUNT) => {
                let mut trail = trail();
                trail["CloudWatchLogsLogGroupArn"] = json!(format!("arn:aws:logs:{HOME}:{LOGS}:log-group:trail:*"));
                Some(reply(json!({ "trailList": [trail] }).to_string()))
            }
            ("DescribeTrails", _) => Some(reply(r#"{"trailList":[]}"#)),
            ("DescribeMetricFilters", ACCOUNT) => Some(reply(r#"{"metricFilters":[]}"#)),
            ("DescribeAlarms", ACCOUNT) => Some(cbor(&json!({"MetricAlarms": [], "CompositeAlarms": []}))),
            ("DescribeAlarms", _) => {
                let told = json!([alarm("root", "root"), alarm("keys", "keys")]).to_string();
                let told: Value = serde_json::from_str(&elsewhere(told, notified)).expect("JSON");
                Some(cbor(&json!({"MetricAlarms": told, "CompositeAlarms": []})))
            }
            _ => usual(question),
        })
    });
    let dir = tempfile::tempdir().expect("a temporary folder");
    let path = dir.path().join("recording");
    let mut settings = settings(&upstream, &path);
    settings.regions = regions.map(|regions| regions.iter().map(|region| (*region).to_owned()).collect());
    let credentials = Credentials::new(LOGS, SECRET, Some(TOKEN.into()), None, "test");
    settings.given.as_mut().expect("given").credentials.push(("logs".into(), credentials));
    let session = evidence::aws::Session::live(settings).await.unwrap_or_else(|error| panic!("{error}"));
    let found = recorded(session, &all_of(&[ALERTING])).await;
    assert_eq!(replayed(&path, &all_of(&[ALERTING])).await, found, "replay differs");
    (found, upstream)
}

fn alerting_of(found: &Found, account: &str) -> Value {
    found.facts(ALERTING, &format!("{account}:trail-alerting"))
}

#[tokio::test]
async fn a_chain_is_followed_into_another_account_of_the_run() {
    for notified in [LOGS, ACCOUNT] {
        let (found, upstream) = found_in_both(notified, None, |_| None).await;
        let root = &alerting_of(&found, ACCOUNT)["root_usage"];
        assert_eq!((&root["alerted"], &root["log_group"], &root["alarms"]), (&json!(true), &json!("trail"), &json!(["root"])));
        assert_eq!(root["topics"], json!([format!("arn:aws:sns:{HOME}:{notified}:security")]));
        let keys = &alerting_of(&found, ACCOUNT)["kms_key_removal"];
        assert_eq!((&keys["alerted"], &keys["broken_at"]), (&json!(false), &json!("filter")), "and its missing links are missing");
        let asked = |operation: &str| -> Vec<String> {
            upstream.questions().into_iter().filter(|question| question.operation == operation).map(|question| question.account).collect()
        };
        assert_eq!((asked("DescribeMetricFilters"), asked("DescribeAlarms")), (vec![LOGS.to_owned()], vec![LOGS.to_owned()]));
        assert_eq!(asked("ListSubscriptionsByTopic"), [notified]);
        assert_eq!(
            alerting_of(&found, LOGS)["root_usage"]["missing_link"],
            "the account has no trail",
            "which streams from another account"
        );
        assert_eq!(found.gaps, []);
    }
}

#[tokio::test]
async fn what_another_account_refuses_or_keeps_out_of_the_run_leaves_the_chain_open() {
    for (operation, refusal) in [
        ("DescribeMetricFilters", json_error(400, "AccessDeniedException", "no")),
        ("DescribeAlarms", cbor_error(403, "AccessDenied", "no")),
        ("ListSubscriptionsByTopic", query_error(403, "AuthorizationError", "no")),
    ] {
        let script = move |question: &Question| (question.operation == operation && question.account == LOGS).then(|| refusal.clone());
        let (found, _) = found_in_both(LOGS, None, script).await;
        assert!(found.why(&alerting_of(&found, ACCOUNT)["root_usage"]["missing_link"]).starts_with("denied"), "{operation}");
    }
    let (found, _) = found_in_both("999988887777", None, |_| None).await;
    let why = found.why(&alerting_of(&found, ACCOUNT)["root_usage"]["alerted"]);
    assert!(why.starts_with("other_account: the topic `arn:aws:sns:us-east-1:999988887777:security`"), "{why}");
    // The trail's home is observed by nobody, and so is the log group's Region.
    let (found, _) = found_in_both(LOGS, Some(&["eu-west-1"]), |_| None).await;
    assert!(found.why(&alerting_of(&found, ACCOUNT)["root_usage"]["alerted"]).starts_with("out_of_scope"));
}
