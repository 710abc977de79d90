//! Alerts on what trails record: a chain is as good as its last link.

use std::collections::BTreeMap;

use evidence::model::assessment::ItemResult;
use serde_json::json;

use super::{Story, Told};

/// The items of section 5 with the purposes of their controls.
const ITEMS: [(&str, &str); 15] = [
    ("5.1", "unauthorized-api-calls"),
    ("5.2", "console-sign-in-without-mfa"),
    ("5.3", "root-usage"),
    ("5.4", "iam-policy-changes"),
    ("5.5", "cloudtrail-changes"),
    ("5.6", "console-auth-failures"),
    ("5.7", "kms-key-removal"),
    ("5.8", "s3-policy-changes"),
    ("5.9", "config-changes"),
    ("5.10", "security-group-changes"),
    ("5.11", "nacl-changes"),
    ("5.12", "network-gateway-changes"),
    ("5.13", "route-table-changes"),
    ("5.14", "vpc-changes"),
    ("5.15", "organizations-changes"),
];

fn controls() -> Vec<String> {
    let items = ITEMS.iter().map(|(_, purpose)| *purpose);
    items.chain(["apigateway-changes"]).map(|purpose| format!("cloudwatch-alarm-{purpose}")).collect()
}

fn story(of: &str) -> Story {
    let controls = controls();
    Story::of(of).for_controls(&controls.iter().map(String::as_str).collect::<Vec<_>>())
}

/// What each control came to.
fn results(told: &Told) -> BTreeMap<String, ItemResult> {
    controls().into_iter().map(|control| (control.trim_start_matches("cloudwatch-alarm-").to_owned(), told.own(&control))).collect()
}

fn all(told: &Told, wanted: ItemResult) {
    for (purpose, result) in results(told) {
        assert_eq!(result, wanted, "{purpose}");
    }
}

/// The missing link that the verdict of a purpose names.
fn missing(told: &Told, purpose: &str) -> String {
    let control = format!("cloudwatch-alarm-{purpose}");
    let verdict = told.verdicts().iter().find(|verdict| verdict.control == control).expect("a verdict");
    let named = verdict.observed.iter().find(|(path, _)| path.ends_with(".missing_link"));
    named.and_then(|(_, value)| value.as_str()).map(str::to_owned).unwrap_or_else(|| panic!("{:?}", verdict.observed))
}

#[test]
fn w17_an_alarm_without_an_action_breaks_its_chain_and_the_link_is_named() {
    let told = story("alarms.no_action").tell();
    all(&told, ItemResult::Fail);
    for (_, purpose) in ITEMS {
        assert_eq!(missing(&told, purpose), format!("the alarm `{purpose}` notifies no topic"));
    }
}

#[test]
fn a_whole_chain_passes_every_item() {
    all(&story("alarms.whole").tell(), ItemResult::Pass);
    let told = Story::of("alarms.whole").tell();
    for (item, _) in ITEMS {
        assert_eq!(told.cis(item), ItemResult::Pass, "{item}");
    }
}

#[test]
fn an_account_without_any_trail_alerts_nobody() {
    all(&story("trails.none").tell(), ItemResult::Fail);
}

#[test]
fn one_missing_link_is_enough_and_what_cannot_be_seen_is_no_link_missing() {
    let told = story("alarms.one_link_less").tell();
    let fails =
        ["cloudtrail-changes", "kms-key-removal", "root-usage", "config-changes", "vpc-changes", "security-group-changes", "nacl-changes"];
    let opens = ["route-table-changes"];
    let passes = ["iam-policy-changes", "s3-policy-changes"];
    let results = results(&told);
    for (purposes, wanted) in [(&fails[..], ItemResult::Fail), (&opens[..], ItemResult::Indeterminate), (&passes[..], ItemResult::Pass)] {
        for purpose in purposes {
            assert_eq!(results[*purpose], wanted, "{purpose}");
        }
    }
    for (purpose, link) in [
        ("cloudtrail-changes", "does not match every event `CreateTrail`"),
        ("kms-key-removal", "no alarm watches the metric `Trail/kms-key-removal`"),
        ("root-usage", "the actions of the alarm `root-usage` are switched off"),
        ("config-changes", "of 1 subscriptions to the topic"),
        ("vpc-changes", "does not exist"),
        ("security-group-changes", "no metric filter on the log group `trail` matches"),
    ] {
        assert!(missing(&told, purpose).contains(link), "{purpose}: {}", missing(&told, purpose));
    }
}

#[test]
fn a_stopped_trail_alerts_nobody() {
    assert_eq!(results(&story("alarms.stopped").tell())["root-usage"], ItemResult::Fail);
}

#[test]
fn a_trail_that_leaves_kms_out_cannot_alert_on_keys() {
    let results = results(&story("alarms.without_kms").tell());
    assert_eq!((results["kms-key-removal"], results["config-changes"]), (ItemResult::Fail, ItemResult::Pass));
}

#[test]
fn a_log_group_of_another_account_leaves_it_open() {
    let told = story("alarms.elsewhere").tell();
    all(&told, ItemResult::Indeterminate);
    let reasons: Vec<String> = told.coded("cloudwatch-alarm-root-usage").into_iter().map(|(_, code)| code).collect();
    assert_eq!(reasons, ["indeterminate other_account"]);
}

#[test]
fn a_log_group_of_another_account_of_the_run_is_followed_to_its_end() {
    let story = || story("alarms.beside");
    let of_first = |story: Story| {
        let first = story.account().to_owned();
        let told = story.tell();
        let words: Vec<&str> =
            told.verdicts().iter().filter(|verdict| verdict.account == first).map(|verdict| verdict.verdict.as_str()).collect();
        assert_eq!(words.len(), controls().len());
        words
    };
    assert!(of_first(story()).iter().all(|word| *word == "pass"));
    let denied = json!({"service": "cloudwatch", "operation": "DescribeAlarms", "answer": {"kind": "access_denied"}});
    assert!(of_first(story().fault(denied)).iter().all(|word| *word == "indeterminate"));
}

#[test]
fn a_denied_read_of_any_link_leaves_a_whole_chain_open() {
    for (service, operation) in [
        ("cloudtrail", "DescribeTrails"),
        ("cloudtrail", "GetTrailStatus"),
        ("cloudtrail", "GetEventSelectors"),
        ("logs", "DescribeMetricFilters"),
        ("cloudwatch", "DescribeAlarms"),
        ("sns", "ListSubscriptionsByTopic"),
    ] {
        let rule = json!({"service": service, "operation": operation, "answer": {"kind": "access_denied"}});
        let told = story("alarms.whole").fault(rule).tell();
        all(&told, ItemResult::Indeterminate);
        let (_, code) = told.coded("cloudwatch-alarm-root-usage").remove(0);
        assert_eq!(code, "indeterminate denied", "{operation}");
    }
}

#[test]
fn an_alarm_that_cannot_be_read_to_its_end_is_not_missing() {
    let rule = json!({"service": "cloudwatch", "operation": "DescribeAlarms", "answer": {"cut_at": 0.5}});
    all(&story("alarms.whole").fault(rule).tell(), ItemResult::Indeterminate);
    let empty = json!({"service": "cloudwatch", "operation": "DescribeAlarms", "answer": {"kind": "empty_object"}});
    all(&story("alarms.whole").fault(empty).tell(), ItemResult::Indeterminate);
}

#[test]
fn a_topic_whose_attributes_are_denied_is_not_closed() {
    let control = "sns-topic-policy-not-public";
    let told = Story::of("alarms.topics").for_controls(&[control]).tell();
    assert_eq!(told.said(control), [("open".into(), "fail"), ("partner".into(), "pass"), ("usual".into(), "pass")]);
    let rule = json!({"service": "sns", "operation": "GetTopicAttributes", "answer": {"kind": "access_denied"}});
    let denied = Story::of("alarms.topics").for_controls(&[control]).fault(rule).tell();
    assert!(denied.said(control).iter().all(|(_, verdict)| *verdict == "indeterminate"));
    let list = json!({"service": "sns", "operation": "ListTopics", "answer": {"kind": "access_denied"}});
    let unlisted = Story::of("alarms.topics").for_controls(&[control]).fault(list).tell();
    assert_eq!(unlisted.own(control), ItemResult::Indeterminate);
}
