//! Web ACLs: both scopes to their end, what a rule group of the account adds, and no logging as an answer of its own.

use serde_json::{Value, json};

use super::{Found, all_of, gathered};
use crate::upstream::{ACCOUNT, Question, Reply, Scripted, json as reply, json_error};

const ACL: &str = "AWS::WAFv2::WebACL";

fn arn(question: &Question, scope: &str, name: &str) -> String {
    format!("arn:aws:wafv2:{}:{ACCOUNT}:{scope}/webacl/{name}/id-of-{name}", question.region)
}

fn group_arn(question: &Question) -> String {
    format!("arn:aws:wafv2:{}:{ACCOUNT}:regional/rulegroup/own/id-of-own", question.region)
}

fn sqli() -> Value {
    json!({"SqliMatchStatement": {"FieldToMatch": {"QueryString": {}}, "TextTransformations": [{"Priority": 0, "Type": "NONE"}]}})
}

fn visible() -> Value {
    json!({"CloudWatchMetricsEnabled": true, "MetricName": "m", "SampledRequestsEnabled": true})
}

fn rule(name: &str, priority: i32, action: &Value, statement: &Value) -> Value {
    json!({"Name": name, "Priority": priority, "Action": action, "Statement": statement, "VisibilityConfig": visible()})
}

fn listed(question: &Question, scope: &str, names: &[&str], marker: Option<&str>) -> Reply {
    let one = |name: &&str| json!({"Name": name, "Id": format!("id-of-{name}"), "ARN": arn(question, scope, name), "LockToken": "t", "Description": ""});
    let mut body = json!({"WebACLs": names.iter().map(one).collect::<Vec<_>>()});
    if let Some(marker) = marker {
        body["NextMarker"] = marker.into();
    }
    reply(body.to_string())
}

fn told(question: &Question, name: &str, rules: &[Value]) -> Reply {
    let acl = json!({"Name": name, "Id": "i", "ARN": arn(question, "regional", name), "DefaultAction": {"Allow": {}}, "VisibilityConfig": visible(),
        "Capacity": 1, "ManagedByFirewallManager": false, "Rules": rules});
    reply(json!({"WebACL": acl, "LockToken": "t"}).to_string())
}

/// In eu-west-1 the web ACL `orders`, which refers to a rule group of the account; `script` speaks first.
async fn found(script: impl Fn(&Question, &Value) -> Option<Reply> + Send + Sync + 'static) -> (Found, Scripted) {
    let upstream = Scripted::new(move |question| {
        if question.service != "wafv2" {
            return None;
        }
        let body: Value = serde_json::from_str(&question.body).unwrap_or_default();
        let here = question.region == "eu-west-1" && body["Scope"] != "CLOUDFRONT";
        let usual = || match question.operation.as_str() {
            "ListWebACLs" => listed(question, "regional", if here { &["orders"] } else { &[] }, None),
            "GetWebACL" => {
                let statement = json!({"RuleGroupReferenceStatement": {"ARN": group_arn(question)}});
                let own = json!({"Name": "own", "Priority": 0, "OverrideAction": {"None": {}}, "Statement": statement, "VisibilityConfig": visible()});
                told(question, "orders", &[own])
            }
            "GetRuleGroup" => {
                let rules = [rule("query", 0, &json!({"Block": {}}), &sqli())];
                let group = json!({"Name": "own", "Id": "i", "ARN": group_arn(question), "Capacity": 1, "VisibilityConfig": visible(), "Rules": rules});
                reply(json!({"RuleGroup": group, "LockToken": "t"}).to_string())
            }
            "GetLoggingConfiguration" => {
                let to = ["arn:aws:logs:eu-west-1:111122223333:log-group:aws-waf-logs-orders"];
                let told = json!({"ResourceArn": body["ResourceArn"], "LogDestinationConfigs": to, "ManagedByFirewallManager": false});
                reply(json!({"LoggingConfiguration": told}).to_string())
            }
            _ => Reply::Break,
        };
        Some(script(question, &body).unwrap_or_else(usual))
    });
    (gathered(&upstream, &all_of(&[ACL])).await, upstream)
}

fn refuse(operation: &'static str) -> impl Fn(&Question, &Value) -> Option<Reply> + Send + Sync {
    move |question, _| (question.operation == operation).then(|| json_error(400, "AccessDeniedException", "no"))
}

#[tokio::test]
async fn a_web_acl_is_found_with_what_its_rule_group_blocks() {
    let (found, _) = found(|_, _| None).await;
    let facts = found.facts(ACL, "id-of-orders");
    assert_eq!((&facts["scope"], &facts["default_action"]), (&json!("REGIONAL"), &json!("ALLOW")));
    assert_eq!(facts["sql_injection"]["blocked_by"], json!("own / query"));
    assert_eq!(facts["cross_site_scripting"], json!({"blocked_by": null, "partly": [], "not_blocking": []}));
    assert_eq!((&facts["modes"]["rule_count"], &facts["modes"]["stopping"]), (&json!(1), &json!(["own"])));
    assert_eq!(facts["rules"][0]["rule_group_arn"], json!("arn:aws:wafv2:eu-west-1:111122223333:regional/rulegroup/own/id-of-own"));
    assert_eq!(facts["logging"]["log_destination_configs"].as_array().map(Vec::len), Some(1));
    assert_eq!((found.population(ACL, "us-east-1").count, found.standing(ACL, "us-east-1")), (0, "complete".to_owned()));
    assert_eq!(found.gaps, []);
}

#[tokio::test]
async fn web_acls_for_cloudfront_are_asked_for_in_one_region_and_belong_to_its_population() {
    let (both, upstream) = found(|question, body| {
        let cloudfront = body["Scope"] == "CLOUDFRONT" && question.operation == "ListWebACLs";
        cloudfront.then(|| listed(question, "global", &["edge"], None))
    })
    .await;
    assert_eq!(upstream.count("ListWebACLs"), 3, "two Regions, and the distributions'");
    assert_eq!(both.facts(ACL, "global/webacl/edge/id-of-edge")["scope"], json!("CLOUDFRONT"));
    assert_eq!(both.resource(ACL, "id-of-edge").key.region, "us-east-1");
    let (denied, _) = found(|question, body| {
        let cloudfront = body["Scope"] == "CLOUDFRONT" && question.operation == "ListWebACLs";
        cloudfront.then(|| json_error(400, "AccessDeniedException", "no"))
    })
    .await;
    assert!(denied.standing(ACL, "us-east-1").starts_with("denied"), "the Region's own were listed, the distributions' were not");
    assert_eq!(denied.standing(ACL, "eu-west-1"), "complete");
}

#[tokio::test]
async fn a_marker_behind_the_last_web_acl_leads_to_an_empty_page_and_one_that_leads_back_proves_nothing() {
    let paged = |last: Option<&'static str>| {
        move |question: &Question, body: &Value| {
            let listing = question.operation == "ListWebACLs" && question.region == "eu-west-1";
            listing.then(|| match body["NextMarker"].as_str() {
                None => listed(question, "regional", &["orders"], Some("orders")),
                Some(_) => listed(question, "regional", &[], last),
            })
        }
    };
    let (ended, _) = found(paged(None)).await;
    assert_eq!((ended.ids(ACL).len(), ended.standing(ACL, "eu-west-1")), (1, "complete".to_owned()));
    let (back, _) = found(paged(Some("orders"))).await;
    assert!(back.standing(ACL, "eu-west-1").starts_with("truncated"));
}

#[tokio::test]
async fn no_logging_is_an_answer_and_a_refusal_is_none() {
    let (none, _) = found(|question, _| {
        let asked = question.operation == "GetLoggingConfiguration";
        asked.then(|| {
            json_error(400, "WAFNonexistentItemException", "AWS WAF couldn't perform the operation because your resource doesn't exist.")
        })
    })
    .await;
    assert_eq!((&none.facts(ACL, "id-of-orders")["logging"], none.gaps.len()), (&Value::Null, 0));
    let (denied, _) = found(refuse("GetLoggingConfiguration")).await;
    assert!(denied.why(&denied.facts(ACL, "id-of-orders")["logging"]).starts_with("denied"));
    let (other, _) = found(|question, _| {
        (question.operation == "GetLoggingConfiguration").then(|| json_error(400, "WAFInternalErrorException", "later"))
    })
    .await;
    assert!(other.why(&other.facts(ACL, "id-of-orders")["logging"]).starts_with("failed"));
}

#[tokio::test]
async fn a_web_acl_or_a_group_that_may_not_be_read_leaves_open_what_it_decides_and_no_more() {
    let (group, _) = found(refuse("GetRuleGroup")).await;
    let facts = group.facts(ACL, "id-of-orders");
    for fact in ["modes", "rate_limits", "managed_groups_in_force"] {
        assert!(group.why(&facts[fact]).starts_with("denied"), "{fact}");
    }
    assert!(group.why(&facts["sql_injection"]["blocked_by"]).starts_with("denied"));
    assert_eq!((facts["rules"].as_array().map(Vec::len), &facts["default_action"]), (Some(1), &json!("ALLOW")));
    let (acl, upstream) = found(refuse("GetWebACL")).await;
    let facts = acl.facts(ACL, "id-of-orders");
    for fact in ["rules", "default_action", "modes", "sql_injection", "managed_by_firewall_manager"] {
        assert!(acl.why(&facts[fact]).starts_with("denied"), "{fact}");
    }
    assert_eq!((&facts["name"], upstream.count("GetRuleGroup")), (&json!("orders"), 0));
    assert_eq!(acl.standing(ACL, "eu-west-1"), "complete");
    let (list, _) = found(refuse("ListWebACLs")).await;
    assert!(list.standing(ACL, "eu-west-1").starts_with("denied"));
}
