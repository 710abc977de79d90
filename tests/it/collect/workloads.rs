//! What the management account carries: composed of the listings of six services, known only where each of them was read to its end.

use serde_json::{Value, json};

use super::{Found, all_of, gathered, recorded};
use crate::upstream::{ACCOUNT, Question, Reply, Scripted, json as reply, json_error, query_error, settings, xml};

pub const CARRIED: &str = "AWS::Organizations::ManagementAccount";
const OTHER: &str = "444455556666";
const SORTS: [&str; 6] = ["ec2_instances", "lambda_functions", "rest_apis", "http_and_websocket_apis", "db_instances", "db_clusters"];
/// What AWS is asked for each sort.
const ASKED: [&str; 6] =
    ["DescribeInstances", "GET /2015-03-31/functions", "GET /restapis", "GET /v2/apis", "DescribeDBInstances", "DescribeDBClusters"];

fn organization(manager: &str) -> Reply {
    let arn = |what: &str| format!("arn:aws:organizations::{manager}:{what}");
    reply(
        json!({"Organization": {"Id": "o-exampleorgid", "Arn": arn("organization/o-exampleorgid"), "FeatureSet": "ALL", "MasterAccountId": manager,
            "MasterAccountArn": arn("account"), "MasterAccountEmail": "root@example.org"}})
        .to_string(),
    )
}

fn operation(question: &Question) -> String {
    question.operation.trim_end_matches(['/', ' ']).to_owned()
}

fn instances(items: &str) -> Reply {
    xml(format!("<DescribeInstancesResponse><requestId>r</requestId><reservationSet>{items}</reservationSet></DescribeInstancesResponse>"))
}

fn server(id: &str, state: &str) -> String {
    format!(
        "<item><reservationId>r-{id}</reservationId><instancesSet><item><instanceId>{id}</instanceId><imageId>ami-1</imageId><instanceState><name>{state}</name></instanceState><launchTime>2026-01-02T03:04:05.000Z</launchTime></item></instancesSet></item>"
    )
}

fn databases(members: &str) -> Reply {
    xml(format!(
        "<DescribeDBInstancesResponse><DescribeDBInstancesResult><DBInstances>{members}</DBInstances></DescribeDBInstancesResult></DescribeDBInstancesResponse>"
    ))
}

fn buckets(names: &[&str]) -> Reply {
    let one = |name: &&str| format!("<Bucket><Name>{name}</Name><CreationDate>2026-01-02T03:04:05.000Z</CreationDate></Bucket>");
    let all: String = names.iter().map(one).collect();
    xml(format!("<ListAllMyBucketsResult><Owner><ID>79a5</ID></Owner><Buckets>{all}</Buckets></ListAllMyBucketsResult>"))
}

/// The management account, with nothing in it.
pub fn bare(question: &Question) -> Option<Reply> {
    Some(match operation(question).as_str() {
        "DescribeOrganization" => organization(ACCOUNT),
        "DescribeInstances" => instances(""),
        "GET /2015-03-31/functions" => reply(r#"{"Functions":[]}"#),
        "GET /restapis" => reply(r#"{"item":[]}"#),
        "GET /v2/apis" => reply(r#"{"items":[]}"#),
        "DescribeDBInstances" => databases(""),
        "DescribeDBClusters" => xml(
            "<DescribeDBClustersResponse><DescribeDBClustersResult><DBClusters/></DescribeDBClustersResult></DescribeDBClustersResponse>",
        ),
        "GET" if question.service == "s3" => buckets(&[]),
        _ => return None,
    })
}

/// A refusal in the form of the service that is asked.
fn denied(question: &Question) -> Reply {
    match question.service.as_str() {
        "ec2" => Reply::Answer {
            status: 403,
            headers: vec![("content-type", "text/xml")],
            body: b"<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>no</Message></Error></Errors><RequestID>r</RequestID></Response>"
                .to_vec(),
        },
        "s3" => Reply::Answer {
            status: 403,
            headers: vec![("content-type", "application/xml")],
            body: b"<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>".to_vec(),
        },
        "rds" => query_error(403, "AccessDenied", "no"),
        _ => json_error(403, "AccessDeniedException", "no"),
    }
}

fn scripted(script: impl Fn(&Question) -> Option<Reply> + Send + Sync + 'static) -> Scripted {
    Scripted::new(move |question| script(question).or_else(|| bare(question)))
}

async fn found(script: impl Fn(&Question) -> Option<Reply> + Send + Sync + 'static) -> (Found, Scripted) {
    let upstream = scripted(script);
    (gathered(&upstream, &all_of(&[CARRIED])).await, upstream)
}

/// The facts of the one management account.
fn carried(found: &Found) -> Value {
    found.facts(CARRIED, ":management-account")
}

#[tokio::test]
async fn a_management_account_without_workloads_is_known_to_carry_none() {
    let (found, upstream) = found(|_| None).await;
    let facts = carried(&found);
    let nothing = json!({"ids": [], "regions": [{"region": "eu-west-1", "ids": []}, {"region": "us-east-1", "ids": []}]});
    for sort in SORTS {
        assert_eq!(facts[sort], nothing, "{sort}");
    }
    assert_eq!((&facts["s3_buckets"], &facts["account_id"]), (&json!([]), &json!(ACCOUNT)));
    assert_eq!((found.standing(CARRIED, "global"), found.population(CARRIED, "global").count), ("complete".to_owned(), 1));
    assert_eq!(found.gaps, []);
    for asked in ASKED {
        let times = upstream.questions().iter().filter(|question| operation(question) == asked).count();
        assert_eq!(times, 2, "{asked}: once in each Region");
    }
}

#[tokio::test]
async fn workloads_of_every_sort_are_listed_with_their_region_and_the_calls_that_show_them() {
    let (found, _) = found(|question| {
        let here = question.region == "eu-west-1";
        Some(match operation(question).as_str() {
            "DescribeInstances" if here => instances(&(server("i-2", "stopped") + &server("i-1", "running") + &server("i-0", "terminated"))),
            "GET /2015-03-31/functions" if here => {
                let arn = format!("arn:aws:lambda:eu-west-1:{ACCOUNT}:function:orders");
                reply(json!({"Functions": [{"FunctionName": "orders", "FunctionArn": arn, "PackageType": "Zip", "Version": "$LATEST"}]}).to_string())
            }
            "GET /restapis" if !here => reply(
                json!({"item": [{"id": "a1", "name": "orders", "createdDate": 1.79e9, "endpointConfiguration": {"types": ["EDGE"]}, "disableExecuteApiEndpoint": false}]})
                    .to_string(),
            ),
            "GET" if question.service == "s3" => buckets(&["orders", "costs"]),
            _ => return None,
        })
    })
    .await;
    let facts = carried(&found);
    let servers = json!([format!("arn:aws:ec2:eu-west-1:{ACCOUNT}:instance/i-1"), format!("arn:aws:ec2:eu-west-1:{ACCOUNT}:instance/i-2")]);
    assert_eq!(facts["ec2_instances"]["ids"], servers, "a terminated one is gone");
    assert_eq!(facts["ec2_instances"]["regions"], json!([{"region": "eu-west-1", "ids": servers}, {"region": "us-east-1", "ids": []}]));
    assert_eq!(facts["lambda_functions"]["ids"], json!([format!("arn:aws:lambda:eu-west-1:{ACCOUNT}:function:orders")]));
    assert_eq!(facts["rest_apis"]["regions"][1]["ids"], json!(["arn:aws:apigateway:us-east-1::/restapis/a1"]));
    assert_eq!(facts["s3_buckets"], json!(["arn:aws:s3:::costs", "arn:aws:s3:::orders"]));
    let resource = found.resource(CARRIED, ":management-account");
    let calls = |path: &str| resource.sources.iter().filter(|source| source.path == path).count();
    let of =
        ["", "ec2_instances", "ec2_instances.regions", "ec2_instances.regions[0]", "ec2_instances.regions[1]", "s3_buckets"].map(calls);
    assert_eq!(of, [1, 3, 1, 2, 2, 2], "with the one that says whose account this is");
}

#[tokio::test]
async fn a_region_that_is_refused_opens_the_whole_and_leaves_what_others_show() {
    for (sort, asked) in SORTS.into_iter().zip(ASKED) {
        let (found, _) =
            found(move |question| (operation(question) == asked && question.region == "us-east-1").then(|| denied(question))).await;
        let facts = carried(&found);
        assert!(found.why(&facts[sort]["ids"]).starts_with("denied"), "{sort}");
        assert_eq!(facts[sort]["regions"][0], json!({"region": "eu-west-1", "ids": []}), "{sort}");
        assert!(found.why(&facts[sort]["regions"][1]["ids"]).starts_with("denied"), "{sort}");
        for other in SORTS.into_iter().filter(|other| *other != sort) {
            assert_eq!(facts[other]["ids"], json!([]), "{sort} leaves {other}");
        }
    }
    let (found, _) = found(|question| (question.service == "s3").then(|| denied(question))).await;
    assert!(found.why(&carried(&found)["s3_buckets"]).starts_with("denied"));
}

#[tokio::test]
async fn a_region_that_was_left_out_may_hold_anything() {
    let upstream = scripted(|_| None);
    let dir = tempfile::tempdir().expect("a temporary folder");
    let mut narrowed = settings(&upstream, &dir.path().join("r"));
    narrowed.regions = Some(vec!["eu-west-1".into()]);
    let session = evidence::aws::Session::live(narrowed).await.unwrap_or_else(|error| panic!("{error}"));
    let found = recorded(session, &all_of(&[CARRIED])).await;
    let facts = carried(&found);
    for sort in SORTS {
        let why = found.why(&facts[sort]["regions"][1]["ids"]);
        assert_eq!(why, "out_of_scope: enabled Regions were left out of this run: `us-east-1`", "{sort}");
        assert_eq!((found.why(&facts[sort]["ids"]), &facts[sort]["regions"][0]["ids"]), (why, &json!([])), "{sort}");
    }
    assert_eq!(facts["s3_buckets"], json!([]), "buckets of all Regions are listed at once");
    assert!(upstream.questions().iter().all(|question| question.region == "eu-west-1" || question.service != "lambda"));
}

#[tokio::test]
async fn regions_that_cannot_be_found_out_leave_every_sort_open() {
    let (found, _) = found(|question| (question.operation == "DescribeRegions").then(|| denied(question))).await;
    let facts = carried(&found);
    for sort in SORTS {
        assert!(found.why(&facts[sort]["ids"]).starts_with("denied"), "{sort}");
        let regions = facts[sort]["regions"].as_array().expect("a list");
        assert_eq!(regions.iter().map(|one| &one["region"]).collect::<Vec<_>>(), ["unknown", "us-east-1"], "{sort}");
    }
}

#[tokio::test]
async fn only_the_management_account_has_one() {
    let (standalone, upstream) = found(|question| {
        (question.operation == "DescribeOrganization")
            .then(|| json_error(400, "AWSOrganizationsNotInUseException", "Your account is not a member of an organization."))
    })
    .await;
    assert_eq!((standalone.standing(CARRIED, "global"), standalone.ids(CARRIED).len()), ("complete".to_owned(), 0));
    assert!(
        ASKED.iter().all(|asked| upstream.questions().iter().all(|question| operation(question) != *asked)),
        "nothing is asked for nothing"
    );
    let (member, upstream) = found(|question| (question.operation == "DescribeOrganization").then(|| organization(OTHER))).await;
    let why =
        format!("not_management_account: only the management account {OTHER} can tell what it carries, and it is not part of this run");
    assert_eq!((member.standing(CARRIED, "global"), member.ids(CARRIED).len()), (why, 0));
    assert!(ASKED.iter().all(|asked| upstream.questions().iter().all(|question| operation(question) != *asked)));
    let (closed, _) =
        found(|question| (question.operation == "DescribeOrganization").then(|| json_error(400, "AccessDeniedException", "no"))).await;
    assert!(closed.standing(CARRIED, "global").starts_with("denied"));
}

#[tokio::test]
async fn what_other_controls_list_is_not_asked_again() {
    let kinds = [CARRIED, "AWS::EC2::Instance", "AWS::RDS::DBInstance", "AWS::RDS::DBCluster"];
    let upstream = scripted(|_| None);
    let found = gathered(&upstream, &all_of(&kinds)).await;
    assert_eq!(carried(&found)["ec2_instances"]["ids"], json!([]));
    for asked in ["DescribeInstances", "DescribeDBInstances", "DescribeDBClusters", "DescribeOrganization"] {
        let regions = if asked == "DescribeOrganization" { 1 } else { 2 };
        assert_eq!(upstream.count(asked), regions, "{asked}");
    }
}
