//! Load balancers: each with its own attributes and listeners, and with the gaps that are its own.

use serde_json::json;

use super::{Found, all_of, gathered};
use crate::upstream::{ACCOUNT, Question, Reply, Scripted, query_error, xml};

const KIND: &str = "AWS::ElasticLoadBalancingV2::LoadBalancer";

fn arn(path: &str) -> String {
    format!("arn:aws:elasticloadbalancing:eu-west-1:{ACCOUNT}:loadbalancer/{path}/50dc6c495c0c9188")
}

/// A member of the listing: `("app/orders", "application")`.
fn member((path, kind): &(&str, &str)) -> String {
    let (arn, name) = (arn(path), path.split('/').nth(1).unwrap_or_default());
    format!(
        "<member><LoadBalancerArn>{arn}</LoadBalancerArn><LoadBalancerName>{name}</LoadBalancerName><Type>{kind}</Type><CreatedTime>2026-01-02T03:04:05Z</CreatedTime></member>"
    )
}

fn answer(operation: &str, list: &str, members: &str, marker: Option<&str>) -> Reply {
    let marker = marker.map(|marker| format!("<NextMarker>{marker}</NextMarker>")).unwrap_or_default();
    xml(format!("<{operation}Response><{operation}Result><{list}>{members}</{list}>{marker}</{operation}Result></{operation}Response>"))
}

const LOGGED: &str = "<member><Key>access_logs.s3.enabled</Key><Value>true</Value></member><member><Key>access_logs.s3.bucket</Key><Value>example-logs</Value></member><member><Key>access_logs.s3.prefix</Key><Value/></member>";
const LISTENER: &str = "<member><ListenerArn>arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/net/tls/1/2</ListenerArn><Port>443</Port><Protocol>TLS</Protocol></member>";

/// Load balancers of eu-west-1, all of which log and end TLS; `script` speaks first.
async fn found(all: &'static [(&'static str, &'static str)], script: impl Fn(&Question) -> Option<Reply> + Send + Sync + 'static) -> Found {
    let upstream = Scripted::new(move |question| {
        let here = if question.region == "eu-west-1" { all } else { &[] };
        let usual = || match question.operation.as_str() {
            "DescribeLoadBalancers" => {
                Some(answer("DescribeLoadBalancers", "LoadBalancers", &here.iter().map(member).collect::<String>(), None))
            }
            "DescribeLoadBalancerAttributes" => Some(answer("DescribeLoadBalancerAttributes", "Attributes", LOGGED, None)),
            "DescribeListeners" => Some(answer("DescribeListeners", "Listeners", LISTENER, None)),
            _ => None,
        };
        script(question).or_else(usual)
    });
    gathered(&upstream, &all_of(&[KIND])).await
}

#[tokio::test]
async fn a_load_balancer_is_found_with_attributes_logs_and_listeners() {
    let found = found(&[("app/orders", "application"), ("gwy/inspect", "gateway")], |_| None).await;
    let facts = found.facts(KIND, &arn("app/orders"));
    assert_eq!(facts["access_logs"], json!({"enabled": true, "bucket": "example-logs", "prefix": null}));
    assert_eq!(facts["attributes"]["access_logs.s3.bucket"], json!("example-logs"));
    assert_eq!(facts["listeners"], json!([{"port": 443, "protocol": "TLS", "ssl_policy": null}]));
    assert_eq!(found.facts(KIND, &arn("gwy/inspect"))["access_logs"], json!(null));
    assert_eq!(found.resource(KIND, &arn("app/orders")).name, "orders");
    assert_eq!((found.standing(KIND, "eu-west-1"), found.population(KIND, "us-east-1").count), ("complete".into(), 0));
    assert_eq!(found.gaps, []);
}

#[tokio::test]
async fn attributes_that_are_denied_or_silent_about_logs_leave_the_logs_unknown() {
    let denied = found(&[("app/orders", "application")], |question| {
        (question.operation == "DescribeLoadBalancerAttributes").then(|| query_error(403, "AccessDenied", "no"))
    })
    .await;
    let facts = denied.facts(KIND, &arn("app/orders"));
    assert!(denied.why(&facts["access_logs"]).starts_with("denied") && denied.why(&facts["attributes"]).starts_with("denied"));
    assert_eq!(facts["listeners"][0]["protocol"], json!("TLS"));
    let silent = found(&[("app/orders", "application")], |question| {
        let other = "<member><Key>deletion_protection.enabled</Key><Value>false</Value></member>";
        (question.operation == "DescribeLoadBalancerAttributes")
            .then(|| answer("DescribeLoadBalancerAttributes", "Attributes", other, None))
    })
    .await;
    let facts = silent.facts(KIND, &arn("app/orders"));
    assert_eq!(silent.why(&facts["access_logs"]), "failed: the attributes do not say whether `access_logs.s3.enabled`");
    assert_eq!(facts["attributes"], json!({"deletion_protection.enabled": "false"}));
}

#[tokio::test]
async fn listeners_are_known_only_when_the_list_ended() {
    let cut = found(&[("net/tls", "network")], |question| {
        let more = question.body.contains("Marker=");
        (question.operation == "DescribeListeners").then(|| match more {
            false => answer("DescribeListeners", "Listeners", LISTENER, Some("m1")),
            true => query_error(403, "AccessDenied", "no"),
        })
    })
    .await;
    assert!(cut.why(&cut.facts(KIND, &arn("net/tls"))["listeners"]).starts_with("denied"));
    assert_eq!(cut.standing(KIND, "eu-west-1"), "complete");
}

#[tokio::test]
async fn a_denied_or_circular_list_of_load_balancers_is_a_gap() {
    let denied =
        found(&[], |question| (question.operation == "DescribeLoadBalancers").then(|| query_error(403, "AccessDenied", "no"))).await;
    assert!(denied.standing(KIND, "eu-west-1").starts_with("denied"));
    let circular = found(&[], |question| {
        let one = member(&("app/orders", "application"));
        (question.operation == "DescribeLoadBalancers" && question.region == "eu-west-1")
            .then(|| answer("DescribeLoadBalancers", "LoadBalancers", &one, Some("m1")))
    })
    .await;
    assert!(circular.standing(KIND, "eu-west-1").starts_with("truncated"));
    assert_eq!(circular.ids(KIND).len(), 1);
}
