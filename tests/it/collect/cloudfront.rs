//! CloudFront: distributions, what their configuration logs, and what CloudWatch Logs delivers for them.

use serde_json::{Value, json};

use super::{Found, all_of, gathered};
use crate::upstream::{ACCOUNT, Question, Reply, Scripted, json as reply, json_error, query_error, xml};

const KIND: &str = "AWS::CloudFront::Distribution";

fn arn(id: &str) -> String {
    format!("arn:aws:cloudfront::{ACCOUNT}:distribution/{id}")
}

fn summary(id: &str) -> String {
    let arn = arn(id);
    format!(
        "<DistributionSummary><Id>{id}</Id><ARN>{arn}</ARN><Status>Deployed</Status><LastModifiedTime>2026-01-02T03:04:05Z</LastModifiedTime><DomainName>{id}.cloudfront.net</DomainName><Aliases><Quantity>1</Quantity><Items><CNAME>{id}.example.com</CNAME></Items></Aliases><Origins><Quantity>1</Quantity><Items><Origin><Id>api</Id><DomainName>a1b2c3.execute-api.eu-west-1.amazonaws.com</DomainName><OriginPath/><CustomHeaders><Quantity>1</Quantity><Items><OriginCustomHeader><HeaderName>x-origin</HeaderName><HeaderValue>hunter2</HeaderValue></OriginCustomHeader></Items></CustomHeaders></Origin></Items></Origins><DefaultCacheBehavior><TargetOriginId>api</TargetOriginId><ViewerProtocolPolicy>https-only</ViewerProtocolPolicy></DefaultCacheBehavior><CacheBehaviors><Quantity>0</Quantity></CacheBehaviors><CustomErrorResponses><Quantity>0</Quantity></CustomErrorResponses><Comment/><PriceClass>PriceClass_All</PriceClass><Enabled>true</Enabled><ViewerCertificate/><Restrictions><GeoRestriction><RestrictionType>none</RestrictionType><Quantity>0</Quantity></GeoRestriction></Restrictions><WebACLId/><HttpVersion>http2</HttpVersion><IsIPV6Enabled>true</IsIPV6Enabled><Staging>false</Staging></DistributionSummary>"
    )
}

/// A page: distributions, how many CloudFront says there are, and the next marker.
fn page(ids: &[&str], quantity: usize, marker: Option<&str>) -> Reply {
    let items: String = ids.iter().map(|id| summary(id)).collect();
    let items = if items.is_empty() { items } else { format!("<Items>{items}</Items>") };
    let next = marker.map(|marker| format!("<NextMarker>{marker}</NextMarker>")).unwrap_or_default();
    let cut = marker.is_some();
    xml(format!(
        "<DistributionList><Marker/>{next}<MaxItems>100</MaxItems><IsTruncated>{cut}</IsTruncated><Quantity>{quantity}</Quantity>{items}</DistributionList>"
    ))
}

fn config(logging: bool) -> Reply {
    let bucket = if logging { "example-logs.s3.amazonaws.com" } else { "" };
    xml(format!(
        "<DistributionConfig><CallerReference>r</CallerReference><Origins><Quantity>1</Quantity><Items><Origin><Id>api</Id><DomainName>a.example.com</DomainName></Origin></Items></Origins><DefaultCacheBehavior><TargetOriginId>api</TargetOriginId><ViewerProtocolPolicy>https-only</ViewerProtocolPolicy></DefaultCacheBehavior><Comment/><Logging><Enabled>{logging}</Enabled><IncludeCookies>false</IncludeCookies><Bucket>{bucket}</Bucket><Prefix/></Logging><Enabled>true</Enabled></DistributionConfig>"
    ))
}

fn source(id: &str) -> Value {
    json!({"name": id, "arn": format!("arn:aws:logs:us-east-1:{ACCOUNT}:delivery-source:{id}"), "resourceArns": [arn(id)], "service": "cloudfront", "logType": "ACCESS_LOGS"})
}

/// Distributions E1 and E2; E1 logs the old way, and E2 by a delivery. `script` speaks first.
async fn found(script: impl Fn(&Question) -> Option<Reply> + Send + Sync + 'static) -> (Found, Scripted) {
    let upstream = Scripted::new(move |question| {
        let usual = || match question.operation.as_str() {
            "GET /2020-05-31/distribution" => Some(page(&["E1", "E2"], 2, None)),
            "GET /2020-05-31/distribution/E1/config" => Some(config(true)),
            "GET /2020-05-31/distribution/E2/config" => Some(config(false)),
            "DescribeDeliverySources" => Some(reply(json!({"deliverySources": [source("E2")]}).to_string())),
            "DescribeDeliveries" => {
                let delivery = json!({"id": "d1", "deliverySourceName": "E2", "deliveryDestinationType": "S3"});
                Some(reply(json!({ "deliveries": [delivery] }).to_string()))
            }
            _ => None,
        };
        script(question).or_else(usual)
    });
    (gathered(&upstream, &all_of(&[KIND])).await, upstream)
}

#[tokio::test]
async fn a_distribution_is_found_once_for_the_account_with_both_kinds_of_standard_logs() {
    let (found, upstream) = found(|_| None).await;
    let (first, second) = (found.facts(KIND, "distribution/E1"), found.facts(KIND, "distribution/E2"));
    assert_eq!(first["logging"]["bucket"], json!("example-logs.s3.amazonaws.com"));
    assert_eq!((&first["access_log_deliveries"], &second["logging"]["enabled"]), (&json!([]), &json!(false)));
    assert_eq!(second["access_log_deliveries"], json!([{"id": "d1", "destination_type": "S3", "destination_arn": null}]));
    assert_eq!((&first["web_acl_id"], &first["every_behavior_logs_in_real_time"]), (&json!(null), &json!(false)));
    assert_eq!(first["origins"][0]["api_id"], json!("a1b2c3"));
    let resource = found.resource(KIND, "distribution/E1");
    assert_eq!((resource.key.region.as_str(), resource.name.as_str()), ("global", "E1.example.com (E1)"));
    assert_eq!(found.standing(KIND, "global"), "complete");
    let logs: Vec<String> = upstream.questions().into_iter().filter(|asked| asked.service == "logs").map(|asked| asked.region).collect();
    assert_eq!(logs, ["us-east-1", "us-east-1"], "CloudFront's deliveries are made there and nowhere else");
    assert_eq!(found.gaps, []);
}

#[tokio::test]
async fn deliveries_that_may_not_be_listed_are_absent_for_every_distribution() {
    for operation in ["DescribeDeliverySources", "DescribeDeliveries"] {
        let (found, _) =
            found(move |question| (question.operation == operation).then(|| json_error(400, "AccessDeniedException", "no"))).await;
        for id in ["E1", "E2"] {
            let facts = found.facts(KIND, id);
            assert!(found.why(&facts["access_log_deliveries"]).starts_with("denied"), "{operation} {id}");
            assert!(facts["logging"]["enabled"].is_boolean());
        }
        assert_eq!(found.standing(KIND, "global"), "complete");
    }
}

#[tokio::test]
async fn a_configuration_that_is_denied_leaves_its_own_logging_unknown() {
    let (found, _) = found(|question| question.operation.ends_with("/E1/config").then(|| query_error(403, "AccessDenied", "no"))).await;
    assert!(found.why(&found.facts(KIND, "E1")["logging"]).starts_with("denied"));
    assert_eq!(found.facts(KIND, "E2")["logging"]["enabled"], json!(false));
}

#[tokio::test]
async fn a_page_that_counts_distributions_and_shows_none_is_not_an_empty_account() {
    let listed = |first: Reply| move |question: &Question| (question.operation == "GET /2020-05-31/distribution").then(|| first.clone());
    let (hidden, _) = found(listed(page(&[], 3, None))).await;
    assert_eq!(hidden.standing(KIND, "global"), "failed: a page counts distributions and shows none");
    let (none, _) = found(listed(page(&[], 0, None))).await;
    assert_eq!((none.standing(KIND, "global"), none.population(KIND, "global").count), ("complete".into(), 0));
    let (denied, _) = found(listed(query_error(403, "AccessDenied", "no"))).await;
    assert!(denied.standing(KIND, "global").starts_with("denied"));
    let (circular, _) = found(listed(page(&["E1"], 1, Some("E1")))).await;
    assert!(circular.standing(KIND, "global").starts_with("truncated"));
}

#[tokio::test]
async fn the_secrets_that_a_distribution_shows_its_origin_are_not_kept() {
    let upstream = Scripted::new(|question| (question.operation == "GET /2020-05-31/distribution").then(|| page(&["E1"], 1, None)));
    let dir = tempfile::tempdir().expect("a temporary folder");
    let path = dir.path().join("recording");
    let session = crate::upstream::live(&upstream, &path).await.unwrap_or_else(|error| panic!("{error}"));
    super::recorded(session, &all_of(&[KIND])).await;
    let recording = evidence::recording::Recording::open(&path).unwrap_or_else(|error| panic!("{error}"));
    let line = recording.entries().iter().find(|entry| entry.key.operation == "ListDistributions").expect("it was asked").key.clone();
    let body = recording.call(&line).unwrap_or_else(|error| panic!("{error}")).expect("a line").response.expect("an answer").body;
    let text = String::from_utf8(body.bytes().expect("a body").to_vec()).expect("text");
    assert!(!text.contains("hunter2") && text.contains("[redacted:7:]"), "{text}");
}
