//! Trails: each once, in its home Region, whoever shows it.

use serde_json::{Value, json};

use super::{Found, all_of, everything, gathered, recorded};
use crate::upstream::{ACCOUNT, Question, Reply, Scripted, json as reply, json_error, settings};

const TRAIL: &str = "AWS::CloudTrail::Trail";
const MANAGEMENT: &str = "999988887777";

fn trail(home: &str, owner: &str, name: &str, multi: bool, organization: bool) -> Value {
    json!({"Name": name, "TrailARN": format!("arn:aws:cloudtrail:{home}:{owner}:trail/{name}"), "HomeRegion": home, "S3BucketName": "logs",
        "IncludeGlobalServiceEvents": multi, "IsMultiRegionTrail": multi, "LogFileValidationEnabled": true, "IsOrganizationTrail": organization,
        "HasCustomEventSelectors": false, "HasInsightSelectors": false})
}

fn list(trails: &[Value]) -> Reply {
    reply(json!({"trailList": trails}).to_string())
}

/// What is asked about one trail.
fn about(question: &Question) -> Option<Reply> {
    let asked: Value = serde_json::from_str(&question.body).unwrap_or_default();
    let arn = asked["TrailName"].as_str().or(asked["Name"].as_str()).unwrap_or_default();
    match question.operation.as_str() {
        "GetTrailStatus" => Some(reply(r#"{"IsLogging":true,"LatestDeliveryTime":1.7635968E9,"LatestDeliveryError":""}"#)),
        "GetEventSelectors" => Some(reply(json!({"TrailARN": arn, "EventSelectors": [{"ReadWriteType": "All", "IncludeManagementEvents": true, "DataResources": [], "ExcludeManagementEventSources": []}]}).to_string())),
        "GetInsightSelectors" => Some(json_error(400, "InsightNotEnabledException", "none")),
        _ => None,
    }
}

async fn found(describe: impl Fn(&Question) -> Reply + Send + Sync + 'static) -> (Found, Scripted) {
    let upstream = Scripted::new(move |question| match question.operation.as_str() {
        "DescribeTrails" => Some(describe(question)),
        _ => about(question),
    });
    (gathered(&upstream, &all_of(&[TRAIL])).await, upstream)
}

#[tokio::test]
async fn a_trail_of_all_regions_counts_once_at_home() {
    let (found, upstream) = found(|question| match question.region.as_str() {
        "us-east-1" => list(&[trail("us-east-1", ACCOUNT, "all", true, false)]),
        _ => list(&[trail("us-east-1", ACCOUNT, "all", true, false), trail("eu-west-1", ACCOUNT, "local", false, false)]),
    })
    .await;
    let places: Vec<(&str, u64)> = ["eu-west-1", "us-east-1"].map(|region| (region, found.population(TRAIL, region).count)).into();
    assert_eq!(places, [("eu-west-1", 1), ("us-east-1", 1)]);
    assert_eq!(found.resource(TRAIL, "trail/all").key.region, "us-east-1");
    let facts = found.facts(TRAIL, "trail/all");
    assert_eq!((&facts["status"]["is_logging"], &facts["status"]["latest_delivery_error"]), (&true.into(), &Value::Null));
    assert_eq!((&facts["selection"]["management_read"], &facts["selection"]["s3_read_all"]), (&true.into(), &false.into()));
    assert_eq!((&facts["insight_types"], &facts["inherited_from"]), (&json!([]), &Value::Null));
    let asked: Vec<String> = upstream
        .questions()
        .iter()
        .filter(|question| question.operation == "GetTrailStatus")
        .map(|question| question.region.clone())
        .collect();
    assert_eq!(asked.len(), 2, "each trail is asked at home only: {asked:?}");
    assert!(asked.contains(&"us-east-1".to_owned()) && asked.contains(&"eu-west-1".to_owned()));
}

#[tokio::test]
async fn an_organization_trail_seen_by_a_member_says_whose_it_is() {
    let (found, _) = found(|_| list(&[trail("us-east-1", MANAGEMENT, "org", true, true)])).await;
    let (facts, resource) = (found.facts(TRAIL, "trail/org"), found.resource(TRAIL, "trail/org"));
    assert_eq!((&facts["inherited_from"], &facts["owner_account"]), (&MANAGEMENT.into(), &MANAGEMENT.into()));
    assert_eq!((resource.key.account.as_str(), resource.key.region.as_str()), (ACCOUNT, "us-east-1"));
}

#[tokio::test]
async fn a_trail_whose_home_cannot_be_asked_is_there_without_status() {
    let (found, upstream) = found(|_| list(&[trail("ap-southeast-2", MANAGEMENT, "org", true, true)])).await;
    let facts = found.facts(TRAIL, "trail/org");
    assert_eq!(facts["is_multi_region_trail"], true);
    for group in ["status", "selection", "insight_types"] {
        assert_eq!(found.why(&facts[group]), "out_of_scope: the trail's home Region `ap-southeast-2` is not among those observed");
    }
    assert_eq!(upstream.count("GetTrailStatus"), 0);
    let counts = ["eu-west-1", "us-east-1", "ap-southeast-2"].map(|region| found.population(TRAIL, region).count);
    assert_eq!(counts, [0, 0, 1], "it counts at home, wherever it was seen");
    let standings = ["eu-west-1", "us-east-1", "ap-southeast-2"].map(|region| found.standing(TRAIL, region));
    assert_eq!(standings, ["complete", "complete", "out_of_scope: the Region `ap-southeast-2` is not among those observed"]);
}

#[tokio::test]
async fn a_home_region_that_does_not_answer_is_a_gap_and_its_shadow_is_still_judged() {
    let (found, _) = found(|question| match question.region.as_str() {
        "us-east-1" => json_error(400, "AccessDeniedException", "User: x is not authorized to perform: cloudtrail:DescribeTrails"),
        _ => list(&[trail("us-east-1", ACCOUNT, "all", true, false)]),
    })
    .await;
    assert!(found.standing(TRAIL, "us-east-1").starts_with("denied: `cloudtrail:DescribeTrails`"));
    assert_eq!(found.standing(TRAIL, "eu-west-1"), "complete");
    assert_eq!(found.facts(TRAIL, "trail/all")["status"]["is_logging"], true);
}

#[tokio::test]
async fn a_denied_status_leaves_the_selection_known() {
    let upstream = Scripted::new(|question| match question.operation.as_str() {
        "DescribeTrails" => Some(list(&[trail("us-east-1", ACCOUNT, "all", true, false)])),
        "GetTrailStatus" => {
            Some(json_error(400, "AccessDeniedException", "User: x is not authorized to perform: cloudtrail:GetTrailStatus"))
        }
        _ => about(question),
    });
    let found = gathered(&upstream, &all_of(&[TRAIL])).await;
    let facts = found.facts(TRAIL, "trail/all");
    assert!(found.why(&facts["status"]).starts_with("denied: `cloudtrail:GetTrailStatus`"));
    assert_eq!(facts["selection"]["management_write"], true);
}

#[tokio::test]
async fn unknown_regions_leave_every_regional_population_open() {
    let upstream = Scripted::new(|question| match question.operation.as_str() {
        "DescribeRegions" => Some(crate::upstream::query_error(403, "UnauthorizedOperation", "no")),
        "DescribeTrails" => Some(list(&[trail("eu-west-1", ACCOUNT, "all", true, false)])),
        _ => about(question),
    });
    let found = gathered(&upstream, &all_of(&[TRAIL])).await;
    assert!(found.standing(TRAIL, "unknown").starts_with("denied: "));
    assert_eq!(found.standing(TRAIL, "us-east-1"), "complete");
    assert!(found.why(&found.facts(TRAIL, "trail/all")["status"]).starts_with("denied: the trail's home Region `eu-west-1` was not asked"));
}

#[tokio::test]
async fn a_narrowed_run_asks_only_where_it_may() {
    let upstream = Scripted::new(|question| match question.operation.as_str() {
        "DescribeTrails" => Some(list(&[trail("us-east-1", ACCOUNT, "all", true, false)])),
        _ => about(question),
    });
    let dir = tempfile::tempdir().expect("a temporary folder");
    let mut settings = settings(&upstream, &dir.path().join("r"));
    settings.regions = Some(vec!["eu-west-1".into()]);
    let session = evidence::aws::Session::live(settings).await.unwrap_or_else(|error| panic!("{error}"));
    let found = recorded(session, &all_of(&[TRAIL])).await;
    let counted: Vec<(&str, u64)> = found.populations.iter().map(|population| (&*population.place.region, population.count)).collect();
    assert_eq!(counted, [("eu-west-1", 0), ("us-east-1", 1)]);
    assert_eq!(found.standing(TRAIL, "eu-west-1"), "complete");
    assert_eq!(found.standing(TRAIL, "us-east-1"), "out_of_scope: the Region `us-east-1` is not among those observed");
    assert!(found.why(&found.facts(TRAIL, "trail/all")["status"]).starts_with("out_of_scope: "));
    assert!(upstream.questions().iter().all(|question| question.service != "cloudtrail" || question.region == "eu-west-1"));
}

#[tokio::test]
async fn an_account_that_cannot_be_entered_has_a_population_of_every_kind() {
    let upstream = Scripted::new(|question| match question.operation.as_str() {
        "AssumeRole" => Some(crate::upstream::query_error(403, "AccessDenied", "not authorized to perform: sts:AssumeRole")),
        _ => None,
    });
    let dir = tempfile::tempdir().expect("a temporary folder");
    let mut settings = settings(&upstream, &dir.path().join("r"));
    settings.profiles = vec!["main".into()];
    settings.regions = Some(vec!["us-east-1".into()]);
    let role_arn = Some("arn:aws:iam::777788889999:role/closed".to_owned());
    settings.accounts = vec![evidence::aws::AccountEntry { name: "closed".into(), role_arn, external_id: None, profile: None }];
    let session = evidence::aws::Session::live(settings).await.unwrap_or_else(|error| panic!("{error}"));
    let found = recorded(session, &everything()).await;
    let closed: Vec<_> = found.populations.iter().filter(|population| population.place.account == "777788889999").collect();
    assert_eq!(closed.len(), evidence::collect::kinds().len());
    assert!(closed.iter().all(|population| !population.complete()), "{closed:?}");
}

#[tokio::test]
async fn a_cancelled_run_gives_no_inventory() {
    let upstream = Scripted::new(|question| (question.operation == "DescribeTrails").then(|| list(&[])));
    let dir = tempfile::tempdir().expect("a temporary folder");
    let session = crate::upstream::live(&upstream, &dir.path().join("r")).await.unwrap_or_else(|error| panic!("{error}"));
    session.cancel_handle().cancel();
    let result = evidence::collect::collect(&session, &all_of(&[TRAIL]), &evidence::collect::Silent).await;
    assert!(matches!(result, Err(evidence::collect::CollectError::BrokenOff)));
}
