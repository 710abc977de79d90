//! S3, and trails whose buckets are looked up.

use evidence::model::assessment::ItemResult;
use serde_json::json;

use super::{Story, Told};

/// The one verdict of a control on the resource whose id ends so.
fn one(told: &Told, control: &str, ending: &str) -> String {
    let all: Vec<String> = told.coded(control).into_iter().filter(|(id, _)| id.ends_with(ending)).map(|(_, verdict)| verdict).collect();
    assert_eq!(all.len(), 1, "{control} {ending}: {:?}", told.coded(control));
    all[0].clone()
}

/// A denied bucket policy is not "no policy".
#[test]
fn w16_a_denied_bucket_policy_is_indeterminate_and_not_missing() {
    let controls = ["s3-bucket-tls-only", "s3-bucket-not-public", "s3-bucket-cross-account-policy"];
    let denied = json!({"service": "s3", "operation": "GetBucketPolicy*", "match": "example-orders", "answer": {"kind": "access_denied"}});
    let told = Story::seed("clean").fault(denied).for_controls(&controls).tell();
    for control in controls {
        let all = told.coded(control);
        assert_eq!(all.len(), 4, "{control}: {all:?}");
        for (bucket, verdict) in all {
            let expected = if bucket.starts_with("example-orders") { "indeterminate denied" } else { "pass" };
            assert_eq!(verdict, expected, "{control} {bucket}");
        }
        assert_eq!(told.own(control), ItemResult::Indeterminate);
    }
}

/// Trails are not joined with the buckets that are there: each has its verdict, whatever became of its bucket.
#[test]
fn w16_a_trail_whose_bucket_is_elsewhere_or_denies_stays_in_the_population() {
    let controls = ["cloudtrail-bucket-not-public", "cloudtrail-bucket-access-logging", "cloudtrail-bucket-retention"];
    let story = Story::seed("demo");
    let logs = format!("example-trail-logs-{}", story.account());
    let denied = json!({"service": "s3", "operation": "GetBucketLogging", "match": logs, "answer": {"kind": "access_denied"}});
    let told = story.fault(denied).for_controls(&controls).tell();
    for control in controls {
        let all: Vec<String> = told.coded(control).into_iter().map(|(trail, _)| trail).collect();
        for trail in ["organization-trail", "regional-weak", "before-migration", "data-events", "delivery-failing", "sandbox-trail"] {
            assert!(all.iter().any(|found| found == trail), "{control} has no verdict on {trail}: {all:?}");
        }
    }
    let elsewhere = told.coded("cloudtrail-bucket-not-public").into_iter().filter(|(trail, _)| trail == "organization-trail");
    let elsewhere: Vec<String> = elsewhere.map(|(_, verdict)| verdict).collect();
    assert!(elsewhere.contains(&"indeterminate other_account".to_owned()), "{elsewhere:?}");
    assert_eq!(one(&told, "cloudtrail-bucket-not-public", "regional-weak"), "fail");
    assert_eq!(one(&told, "cloudtrail-bucket-access-logging", "data-events"), "indeterminate denied");
    assert_eq!(one(&told, "cloudtrail-bucket-retention", "data-events"), "pass");
    assert_eq!(one(&told, "cloudtrail-bucket-retention", "regional-weak"), "fail");
}

/// An item over buckets is there also where there is nothing to judge.
#[test]
fn w16_an_item_without_rows_is_in_the_report() {
    let told = Story::seed("empty").for_controls(&["s3-bucket-tls-only", "kms-key-rotation"]).tell();
    assert_eq!(told.coded("s3-bucket-tls-only"), [("-".to_owned(), "not_applicable empty_population".to_owned())]);
    assert_eq!((told.own("s3-bucket-tls-only"), told.own("kms-key-rotation")), (ItemResult::NothingToTest, ItemResult::NothingToTest));
}

/// And where nothing may be listed, with the reason.
#[test]
fn w16_an_item_whose_resources_may_not_be_listed_says_why() {
    let denied = json!({"service": "s3", "operation": "ListBuckets", "answer": {"kind": "access_denied"}});
    let told = Story::seed("empty").fault(denied).for_controls(&["s3-bucket-tls-only"]).tell();
    assert_eq!(told.coded("s3-bucket-tls-only"), [("-".to_owned(), "indeterminate denied".to_owned())]);
    assert_eq!(told.own("s3-bucket-tls-only"), ItemResult::Indeterminate);
}
