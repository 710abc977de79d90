//! Collection runs over real HTTP against the emulator: replay finds what live found, within the budget of calls.

use std::collections::BTreeMap;

use aws_credential_types::Credentials;
use evidence::aws::{Given, LiveSettings, Session, Upstream};
use evidence::catalog;
use evidence::collect::kinds;
use evidence::model::kind::Wanted;
use evidence::recording::Asked;

use super::{Found, everything, recorded, replayed};
use crate::emulator::{Emulator, Seeded};
use crate::upstream::tool;

fn settings(emulator: &Emulator, seeded: &Seeded, dir: &std::path::Path) -> LiveSettings {
    let of_account = |account: &crate::emulator::Credentials| {
        let (key, secret) = (&account.access_key_id, &account.secret_access_key);
        (account.account.clone(), Credentials::new(key, secret, Some(account.session_token.clone()), None, "test"))
    };
    let credentials = seeded.accounts.iter().map(of_account).collect();
    LiveSettings {
        upstream: Upstream::Network,
        given: Some(Given { endpoint_url: Some(emulator.endpoint()), region: "us-east-1".into(), credentials }),
        ..LiveSettings::new(dir.join("recording"), tool(), Asked::default())
    }
}

/// Collects a seed live, then from its recording, and finds the same.
async fn seeded(name: &str, options: &[(&str, &str)], wanted: &Wanted) -> (Found, Emulator) {
    let emulator = Emulator::start();
    let seeded = emulator.seed_with(name, options);
    let dir = tempfile::tempdir().expect("a temporary folder");
    let session = Session::live(settings(&emulator, &seeded, dir.path())).await.unwrap_or_else(|error| panic!("{error}"));
    let live = recorded(session, wanted).await;
    let asked = emulator.calls().len();
    let found = replayed(&dir.path().join("recording"), wanted).await;
    assert_eq!(emulator.calls().len(), asked, "replay asks nobody");
    assert!(found == live, "replay differs");
    (found, emulator)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_demo_is_found_whole_but_for_what_is_denied() {
    let (found, _) = seeded("demo", &[], &everything()).await;
    let open: Vec<String> = found
        .populations
        .iter()
        .filter(|population| !population.complete())
        .map(|population| format!("{} {}", population.kind, found.standing_of(population)))
        .collect();
    for population in &open {
        let expected = [
            "AWS::ApiGateway::DeployedMethod denied",
            "AWS::ApiGatewayV2::Route denied",
            "AWS::IAM::ServerCertificate denied",
            "AWS::IAM::AccessKey stale",
            "AWS::KMS::Key denied",
            "AWS::RDS::DBCluster denied",
            "AWS::RDS::DBInstance denied",
        ];
        assert!(expected.iter().any(|start| population.starts_with(start)), "{population}");
    }
    assert!(open.len() >= 3, "{open:?}");
    let unread: Vec<String> = found.gaps.iter().map(|gap| format!("{} {}: {}", gap.operation, gap.reason.as_str(), gap.detail)).collect();
    let expected = [
        "GetTrailStatus denied",
        "GetRoutes denied",
        "GetDeployment denied",
        "GetDeployment disputed",
        "ListServerCertificates denied",
        "GetCredentialReport stale",
        "ListKeys denied",
        "GetKeyRotationStatus denied",
        "GetBucketPolicy denied",
        "GetBucketPolicyStatus denied",
        "GetBucketEncryption denied",
        "GetWebACL denied",
        "GetPolicy denied",
        "GetQueueAttributes denied",
        "ListFunctions denied: Lambda could not decrypt the environment",
        "ListFunctions stale: the list of runtimes",
        "ListSecrets failed: how many days lie between rotations",
        "DescribeHub denied",
        "DescribeTable denied",
        "DescribeFlowLogs denied",
        "DescribeDBClusters denied",
        "DescribeDBInstances denied",
        "ListSubscriptionsByTopic other_account",
        "DescribeMetricFilters other_account",
        "DescribeMetricFilters failed: metric filter `nacl-changes`: a pattern of terms or columns is not compared with events",
        "DescribeSecurityGroups failed: the entries of prefix list",
        "GetPolicy failed: the function policy does not settle it: whom statement 1 (`organization`) lets in is not clear",
    ];
    let allowed = |gap: &String| {
        expected.iter().any(|start| gap.starts_with(start))
            || gap.contains("cannot be judged")
            || gap == "GetApiMappings failed: the mappings of private domain names are not read by this version"
            || gap.starts_with("ListOrganizationsFeatures not_management_account")
            || gap.contains("not_management_account: not asked in a member account")
    };
    assert!(unread.iter().all(allowed), "{unread:#?}");
    for kind in kinds() {
        assert!(!found.ids(kind.name).is_empty(), "the demo has no {kind:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_clean_and_an_empty_account_have_no_gap_at_all() {
    for name in ["clean", "empty"] {
        let (found, _) = seeded(name, &[], &everything()).await;
        let gaps: Vec<_> = found.gaps.iter().filter(|gap| gap.operation != "ListOrganizationsFeatures").collect();
        assert!(gaps.is_empty(), "{name}: {gaps:#?}");
        assert!(found.populations.iter().all(|population| population.complete()), "{name}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn hostile_names_are_only_names() {
    let (found, _) = seeded("hostile", &[], &everything()).await;
    for resource in found.resources.values() {
        let facts: serde_json::Value = serde_json::from_str(&resource.facts).expect("facts are JSON");
        assert!(facts.is_object() && !resource.key.id.is_empty() && !resource.name.is_empty(), "{resource:?}");
    }
    assert!(found.resources.len() > 10, "{}", found.resources.len());
}

/// The services of identities, trails and APIs, which this account is full of.
const FULL: [&str; 5] = ["iam", "sts", "cloudtrail", "apigateway", "apigatewayv2"];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cis_of_twenty_users_and_four_trails_takes_less_than_a_hundred_calls_and_one_for_each_thing_that_is_not_there() {
    let (catalog, _) = catalog::load(None, kinds()).unwrap_or_else(|error| panic!("{error}"));
    let selection = catalog.select(&["cis".to_owned()], &catalog::Overrides::default()).unwrap_or_else(|error| panic!("{error}"));
    let wanted = selection.wanted(kinds());
    let (found, emulator) = seeded("large", &[("users", "20"), ("roles", "10"), ("apis", "3"), ("routes", "5")], &wanted).await;
    assert_eq!(found.ids("AWS::IAM::User").len(), 20);
    assert_eq!(found.ids("AWS::CloudTrail::Trail").len(), 4);
    let (full, others): (Vec<_>, Vec<_>) = emulator.calls().into_iter().partition(|call| FULL.contains(&call.service.as_str()));
    assert!(full.len() < 100, "{} calls", full.len());
    let mut times = BTreeMap::new();
    for call in others {
        *times.entry((call.service, call.operation, call.region)).or_insert(0) += 1;
    }
    // That a Region has no queues is proven by two answers (ARCHITECTURE.md).
    let most = |service: &str| if service == "sqs" { 2 } else { 1 };
    let several: Vec<_> = times.iter().filter(|((service, ..), times)| **times > most(service)).collect();
    assert!(!times.is_empty() && several.is_empty(), "{several:#?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn all_controls_ask_six_calls_of_a_bucket_and_three_of_a_key_at_most() {
    let (catalog, _) = catalog::load(None, kinds()).unwrap_or_else(|error| panic!("{error}"));
    let controls: Vec<&str> = catalog.controls().map(|control| control.id.as_str()).collect();
    let wanted = crate::wrong_answers::items_of(&controls).wanted(kinds());
    let options = [("users", "20"), ("roles", "10"), ("apis", "4"), ("routes", "5"), ("buckets", "16"), ("keys", "10"), ("regions", "4")];
    let (found, emulator) = seeded("large", &options, &wanted).await;
    let calls = emulator.calls();
    let of = |service: &str| calls.iter().filter(|call| call.service == service).count();
    // The trails' bucket is one more, and the only one whose lifecycle is read.
    let (buckets, keys) = (found.ids("AWS::S3::Bucket").len(), found.ids("AWS::KMS::Key").len());
    assert_eq!((buckets, keys, of("s3control")), (17, 10, 1));
    assert!(of("s3") <= 1 + 6 * buckets + 1, "{} calls for {buckets} buckets", of("s3"));
    assert!(of("kms") <= 2 * 4 + 3 * keys, "{} calls for {keys} keys in four Regions", of("kms"));
    assert_eq!(of("config"), 3 * 4, "nothing is counted where nothing is recorded");
}
