//! S3, and trails whose buckets are looked up.

use serde_json::json;

use super::Account;

/// A denied bucket policy is not "no policy".
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn w16_a_denied_bucket_policy_is_indeterminate_and_not_missing() {
    let account = Account::seeded("clean");
    account
        .emulator
        .fault(json!({"service": "s3", "operation": "GetBucketPolicy*", "match": "example-orders", "answer": {"kind": "access_denied"}}));
    let controls = ["s3-bucket-tls-only", "s3-bucket-not-public", "s3-bucket-cross-account-policy"];
    let judged = account.judged(&controls).await;
    for control in controls {
        let all = judged.of_control(control);
        assert_eq!(all.len(), 4, "{control}: {all:?}");
        for (bucket, verdict) in all {
            let expected = if bucket.starts_with("example-orders") { "indeterminate denied" } else { "pass" };
            assert_eq!(verdict, expected, "{control} {bucket}");
        }
        assert_eq!(judged.item(control), "indeterminate");
    }
}

/// Trails are not joined with the buckets that are there: each has its verdict, whatever became of its bucket.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn w16_a_trail_whose_bucket_is_elsewhere_or_denies_stays_in_the_population() {
    let account = Account::seeded("demo");
    let controls = ["cloudtrail-bucket-not-public", "cloudtrail-bucket-access-logging", "cloudtrail-bucket-retention"];
    let logs = format!("example-trail-logs-{}", account.emulator.main);
    account.emulator.fault(json!({"service": "s3", "operation": "GetBucketLogging", "match": logs, "answer": {"kind": "access_denied"}}));
    let judged = account.judged(&controls).await;
    for control in controls {
        let all: Vec<String> = judged.of_control(control).into_iter().map(|(trail, _)| trail).collect();
        for trail in ["organization-trail", "regional-weak", "before-migration", "data-events", "delivery-failing", "sandbox-trail"] {
            assert!(all.iter().any(|found| found == trail), "{control} has no verdict on {trail}: {all:?}");
        }
    }
    let elsewhere = judged.of_control("cloudtrail-bucket-not-public").into_iter().filter(|(trail, _)| trail == "organization-trail");
    let elsewhere: Vec<String> = elsewhere.map(|(_, verdict)| verdict).collect();
    assert!(elsewhere.contains(&"indeterminate other_account".to_owned()), "{elsewhere:?}");
    assert_eq!(judged.one("cloudtrail-bucket-not-public", "regional-weak"), "fail");
    assert_eq!(judged.one("cloudtrail-bucket-access-logging", "data-events"), "indeterminate denied");
    assert_eq!(judged.one("cloudtrail-bucket-retention", "data-events"), "pass");
    assert_eq!(judged.one("cloudtrail-bucket-retention", "regional-weak"), "fail");
}

/// An item over buckets is there also where there is nothing to judge, or nothing may be listed.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn w16_an_item_without_rows_is_in_the_report_with_the_reason() {
    let account = Account::seeded("empty");
    let judged = account.judged(&["s3-bucket-tls-only", "kms-key-rotation"]).await;
    assert_eq!(judged.of_control("s3-bucket-tls-only"), [("-".to_owned(), "not_applicable empty_population".to_owned())]);
    assert_eq!((judged.item("s3-bucket-tls-only"), judged.item("kms-key-rotation")), ("nothing_to_test", "nothing_to_test"));
    account.emulator.fault(json!({"service": "s3", "operation": "ListBuckets", "answer": {"kind": "access_denied"}}));
    let judged = account.judged(&["s3-bucket-tls-only"]).await;
    assert_eq!(judged.of_control("s3-bucket-tls-only"), [("-".to_owned(), "indeterminate denied".to_owned())]);
    assert_eq!(judged.item("s3-bucket-tls-only"), "indeterminate");
}
