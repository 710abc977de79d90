//! Buckets: each in its own Region, each with the gaps that are its own.

use serde_json::{Value, json};

use super::{Found, all_of, gathered};
use crate::upstream::{ACCOUNT, Question, Reply, Scripted, xml};

const BUCKET: &str = "AWS::S3::Bucket";
const BLOCK: &str = "AWS::S3::AccountPublicAccessBlock";

const ALL_ON: &str = "<PublicAccessBlockConfiguration><BlockPublicAcls>true</BlockPublicAcls><IgnorePublicAcls>true</IgnorePublicAcls><BlockPublicPolicy>true</BlockPublicPolicy><RestrictPublicBuckets>true</RestrictPublicBuckets></PublicAccessBlockConfiguration>";

/// An error in the form of S3.
fn error(status: u16, code: &str) -> Reply {
    let body = format!("<?xml version=\"1.0\"?>\n<Error><Code>{code}</Code><Message>told so</Message><RequestId>r</RequestId></Error>");
    Reply::Answer { status, headers: vec![("content-type", "application/xml")], body: body.into_bytes() }
}

fn listing(buckets: &[(&str, Option<&str>)], token: Option<&str>) -> Reply {
    let one = |(name, region): &(&str, Option<&str>)| {
        let region = region.map(|region| format!("<BucketRegion>{region}</BucketRegion>")).unwrap_or_default();
        format!("<Bucket><Name>{name}</Name><CreationDate>2026-01-02T03:04:05.000Z</CreationDate>{region}</Bucket>")
    };
    let all: String = buckets.iter().map(one).collect();
    let token = token.map(|token| format!("<ContinuationToken>{token}</ContinuationToken>")).unwrap_or_default();
    xml(format!("<ListAllMyBucketsResult><Owner><ID>79a5</ID></Owner><Buckets>{all}</Buckets>{token}</ListAllMyBucketsResult>"))
}

/// Bucket and the name of what is asked of it: `("orders", "encryption")`; `("", "")` for the listing.
fn asked(question: &Question) -> (String, String) {
    let (path, query) = question.target.split_once('?').unwrap_or((&question.target, ""));
    let about = query.split('&').filter_map(|pair| pair.split('=').next()).find(|name| !["x-id", "max-buckets"].contains(name));
    (path.trim_matches('/').to_owned(), about.unwrap_or_default().to_owned())
}

/// What a bucket answers that has nothing configured.
fn bare(about: &str) -> Reply {
    match about {
        "encryption" => error(404, "ServerSideEncryptionConfigurationNotFoundError"),
        "publicAccessBlock" => error(404, "NoSuchPublicAccessBlockConfiguration"),
        "policy" | "policyStatus" => error(404, "NoSuchBucketPolicy"),
        "acl" => xml(
            "<AccessControlPolicy><Owner><ID>79a5</ID></Owner><AccessControlList><Grant><Grantee xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"CanonicalUser\"><ID>79a5</ID></Grantee><Permission>FULL_CONTROL</Permission></Grant></AccessControlList></AccessControlPolicy>",
        ),
        "ownershipControls" => error(404, "OwnershipControlsNotFoundError"),
        "versioning" => xml("<VersioningConfiguration/>"),
        "logging" => xml("<BucketLoggingStatus/>"),
        "object-lock" => error(404, "ObjectLockConfigurationNotFoundError"),
        "lifecycle" => error(404, "NoSuchLifecycleConfiguration"),
        "tagging" => error(404, "NoSuchTagSet"),
        _ => Reply::Break,
    }
}

/// Collects buckets and the account's block; `script` speaks first, bare buckets and a bare account after it.
async fn found(
    buckets: &'static [(&'static str, Option<&'static str>)],
    script: impl Fn(&Question, &str, &str) -> Option<Reply> + Send + Sync + 'static,
) -> (Found, Scripted) {
    let upstream = Scripted::new(move |question| {
        if question.service != "s3" {
            return None;
        }
        let (bucket, about) = asked(question);
        let usual = || match bucket.as_str() {
            "" => listing(buckets, None),
            "v20180820/configuration/publicAccessBlock" => error(404, "NoSuchPublicAccessBlockConfiguration"),
            _ => bare(&about),
        };
        Some(script(question, &bucket, &about).unwrap_or_else(usual))
    });
    (gathered(&upstream, &all_of(&[BUCKET, BLOCK])).await, upstream)
}

fn of_buckets(upstream: &Scripted) -> Vec<Question> {
    let all = upstream.questions();
    all.into_iter()
        .filter(|question| {
            question.service == "s3" && !["", "v20180820/configuration/publicAccessBlock"].contains(&asked(question).0.as_str())
        })
        .collect()
}

#[tokio::test]
async fn a_bucket_is_asked_in_its_own_region_by_its_path_and_as_its_owners() {
    let (found, upstream) = found(&[("orders", Some("eu-west-1")), ("site.example.com", Some("us-east-1"))], |_, _, _| None).await;
    let questions = of_buckets(&upstream);
    assert!(questions.len() == 18, "{}", questions.len());
    for question in &questions {
        let (bucket, about) = asked(question);
        assert_eq!(question.region, if bucket == "orders" { "eu-west-1" } else { "us-east-1" }, "{about}");
        assert!(question.headers.contains(&("x-amz-expected-bucket-owner".to_owned(), ACCOUNT.to_owned())), "{about}");
        assert_ne!(about, "location", "the listing tells where buckets lie");
    }
    let bucket = found.resource(BUCKET, ":::orders");
    assert_eq!((bucket.key.id.as_str(), bucket.key.region.as_str(), bucket.name.as_str()), ("arn:aws:s3:::orders", "eu-west-1", "orders"));
    let population = found.population(BUCKET, "global");
    assert_eq!((population.count, found.standing(BUCKET, "global")), (2, "complete".to_owned()));
}

#[tokio::test]
async fn what_is_not_configured_is_a_fact() {
    let (found, _) = found(&[("orders", Some("eu-west-1"))], |_, _, _| None).await;
    let facts = found.facts(BUCKET, ":::orders");
    for fact in ["encryption", "policy", "policy_status", "object_ownership", "logging", "object_lock"] {
        assert_eq!(facts[fact], Value::Null, "{fact}");
    }
    let off =
        json!({"block_public_acls": false, "ignore_public_acls": false, "block_public_policy": false, "restrict_public_buckets": false});
    assert_eq!((&facts["public_access_block"], &facts["effective_public_access_block"]), (&off, &off));
    assert_eq!(facts["versioning"], json!({"status": null, "mfa_delete": null}));
    assert_eq!((&facts["lifecycle_rules"], &facts["tags"], &facts["receives_access_logs"]), (&json!([]), &json!({}), &json!(false)));
    assert_eq!(facts["acl"]["public_grants"], json!([]));
    assert_eq!(found.gaps, []);
    assert_eq!(found.facts(BLOCK, ":account-public-access-block"), off);
}

#[tokio::test]
async fn any_other_refusal_is_a_gap_also_one_that_says_not_found() {
    for (status, code, reason) in
        [(404, "NoSuchBucket", "failed"), (404, "NotFound", "failed"), (403, "AccessDenied", "denied"), (405, "MethodNotAllowed", "failed")]
    {
        let (found, _) =
            found(&[("orders", Some("eu-west-1"))], move |_, bucket, _| (bucket == "orders").then(|| error(status, code))).await;
        let facts = found.facts(BUCKET, ":::orders");
        let asked = [
            "encryption",
            "public_access_block",
            "policy",
            "policy_status",
            "acl",
            "object_ownership",
            "versioning",
            "logging",
            "object_lock",
            "lifecycle_rules",
            "tags",
            "receives_access_logs",
        ];
        for fact in asked {
            assert!(found.why(&facts[fact]).starts_with(reason), "{code} {fact}: {}", found.why(&facts[fact]));
        }
        assert!(found.why(&facts["effective_public_access_block"]["block_public_policy"]).starts_with(reason));
        assert_eq!(facts["name"], "orders");
        assert_eq!(found.standing(BUCKET, "global"), "complete");
    }
}

#[tokio::test]
async fn a_bucket_that_denies_is_a_gap_of_that_bucket_alone() {
    let deny = |_: &Question, bucket: &str, about: &str| (bucket == "payroll" && about == "policy").then(|| error(403, "AccessDenied"));
    let (found, _) = found(&[("orders", Some("eu-west-1")), ("payroll", Some("eu-west-1"))], deny).await;
    assert_eq!(found.facts(BUCKET, ":::orders")["policy"], Value::Null);
    let facts = found.facts(BUCKET, ":::payroll");
    assert!(found.why(&facts["policy"]).starts_with("denied: "));
    assert_eq!((&facts["policy_status"], &facts["encryption"]), (&Value::Null, &Value::Null), "what else the bucket tells is known");
    assert_eq!(found.gaps.len(), 1);
    assert_eq!((found.gaps[0].region.as_str(), found.gaps[0].operation.as_str()), ("eu-west-1", "GetBucketPolicy"));
}

#[tokio::test]
async fn where_s3_says_a_bucket_lies_elsewhere_it_is_asked_there() {
    let script = |question: &Question, bucket: &str, about: &str| {
        let Reply::Answer { body, .. } = error(301, "PermanentRedirect") else { return None };
        let headers = vec![("content-type", "application/xml"), ("x-amz-bucket-region", "eu-west-1")];
        let moved = bucket == "orders" && about != "location" && question.region != "eu-west-1";
        if bucket == "orders" && about == "location" {
            return Some(error(403, "AccessDenied"));
        }
        moved.then_some(Reply::Answer { status: 301, headers, body })
    };
    let (found, _) = found(&[("orders", None)], script).await;
    let bucket = found.resource(BUCKET, ":::orders");
    assert_eq!(bucket.key.region, "eu-west-1");
    let facts = found.facts(BUCKET, ":::orders");
    assert_eq!(
        (&facts["bucket_region"], &facts["versioning"]["status"], &facts["policy"]),
        (&json!("eu-west-1"), &Value::Null, &Value::Null)
    );
    assert_eq!(found.gaps, [], "it was found where it lies");
}

#[tokio::test]
async fn a_listing_that_does_not_tell_regions_is_followed_by_the_question_where() {
    let script = |_: &Question, bucket: &str, about: &str| match (bucket, about) {
        ("old", "location") => Some(xml("<LocationConstraint>EU</LocationConstraint>")),
        ("older", "location") => Some(xml("<LocationConstraint/>")),
        _ => None,
    };
    let (found, upstream) = found(&[("old", None), ("older", None), ("new", Some("eu-west-1"))], script).await;
    let regions = ["old", "older", "new"].map(|name| found.resource(BUCKET, &format!(":::{name}")).key.region.clone());
    assert_eq!(regions, ["eu-west-1", "us-east-1", "eu-west-1"]);
    let located = of_buckets(&upstream).iter().filter(|question| asked(question).1 == "location").count();
    assert_eq!(located, 2);
}

#[tokio::test]
async fn the_account_settles_what_it_blocks_and_spares_the_buckets_the_question() {
    let script = |_: &Question, bucket: &str, _: &str| (bucket == "v20180820/configuration/publicAccessBlock").then(|| xml(ALL_ON));
    let upstream = Scripted::new(move |question| {
        let (bucket, about) = asked(question);
        (question.service == "s3").then(|| {
            script(question, &bucket, &about)
                .unwrap_or_else(|| if bucket.is_empty() { listing(&[("orders", Some("eu-west-1"))], None) } else { bare(&about) })
        })
    });
    let mut wanted = all_of(&[BLOCK]);
    let kind = evidence::collect::kind(BUCKET).expect("a kind");
    wanted.add(BUCKET, kind.group_of("effective_public_access_block"));
    let found = gathered(&upstream, &wanted).await;
    let on = json!({"block_public_acls": true, "ignore_public_acls": true, "block_public_policy": true, "restrict_public_buckets": true});
    assert_eq!(found.facts(BUCKET, ":::orders")["effective_public_access_block"], on);
    assert_eq!(of_buckets(&upstream).len(), 0, "nothing is asked of the bucket");
    let account: Vec<Question> = upstream.questions().into_iter().filter(|question| question.target.starts_with("/v20180820")).collect();
    assert_eq!(account.len(), 1);
    assert!(account[0].headers.contains(&("x-amz-account-id".to_owned(), ACCOUNT.to_owned())));
}

#[tokio::test]
async fn buckets_of_all_pages_are_found_and_a_denied_listing_proves_nothing() {
    let script = |question: &Question, bucket: &str, _: &str| {
        let second = question.target.contains("continuation-token=further");
        bucket.is_empty().then(|| match second {
            true => listing(&[("b", Some("us-east-1"))], None),
            false => listing(&[("a", Some("us-east-1"))], Some("further")),
        })
    };
    let (pages, _) = found(&[], script).await;
    assert_eq!(pages.ids(BUCKET), ["arn:aws:s3:::a", "arn:aws:s3:::b"]);
    assert_eq!(pages.population(BUCKET, "global").pages, 2);
    let (denied, _) = found(&[], |_, bucket, _| bucket.is_empty().then(|| error(403, "AccessDenied"))).await;
    assert!(denied.standing(BUCKET, "global").starts_with("denied"), "{}", denied.standing(BUCKET, "global"));
}

#[tokio::test]
async fn who_receives_access_logs_is_known_only_when_every_bucket_has_answered() {
    let log = "<BucketLoggingStatus><LoggingEnabled><TargetBucket>logs</TargetBucket><TargetPrefix>orders/</TargetPrefix></LoggingEnabled></BucketLoggingStatus>";
    let buckets = &[("logs", Some("us-east-1")), ("orders", Some("us-east-1")), ("payroll", Some("us-east-1"))];
    let open = move |_: &Question, bucket: &str, about: &str| match (bucket, about) {
        ("orders", "logging") => Some(xml(log)),
        _ => None,
    };
    let closed = move |question: &Question, bucket: &str, about: &str| match (bucket, about) {
        ("payroll", "logging") => Some(error(403, "AccessDenied")),
        _ => open(question, bucket, about),
    };
    let (all, _) = found(buckets, open).await;
    let receives = |found: &Found, name: &str| found.facts(BUCKET, &format!(":::{name}"))["receives_access_logs"].clone();
    assert_eq!([receives(&all, "logs"), receives(&all, "orders")], [json!(true), json!(false)]);
    let (some, _) = found(buckets, closed).await;
    assert_eq!(receives(&some, "logs"), json!(true));
    assert!(some.why(&receives(&some, "orders")).starts_with("denied"));
}

#[tokio::test]
async fn what_is_wanted_of_a_trails_bucket_alone_is_asked_of_no_other() {
    let upstream = Scripted::new(|question| match (question.service.as_str(), question.operation.as_str()) {
        ("cloudtrail", "DescribeTrails") => {
            let trail = json!({"Name": "t", "TrailARN": format!("arn:aws:cloudtrail:us-east-1:{ACCOUNT}:trail/t"), "HomeRegion": "us-east-1", "S3BucketName": "logs",
                "IncludeGlobalServiceEvents": true, "IsMultiRegionTrail": false, "LogFileValidationEnabled": true, "IsOrganizationTrail": false,
                "HasCustomEventSelectors": false, "HasInsightSelectors": false});
            let here: &[Value] = if question.region == "us-east-1" { &[trail] } else { &[] };
            Some(Reply::Late(std::time::Duration::from_millis(50), Box::new(crate::upstream::json(json!({"trailList": here}).to_string()))))
        }
        ("s3", _) => {
            let (bucket, about) = asked(question);
            Some(if bucket.is_empty() {
                listing(&[("logs", Some("us-east-1")), ("orders", Some("us-east-1"))], None)
            } else {
                bare(&about)
            })
        }
        _ => None,
    });
    let trail = "AWS::CloudTrail::Trail";
    let kind = evidence::collect::kind(BUCKET).expect("a kind");
    let mut wanted = evidence::model::kind::Wanted::default();
    wanted.add(trail, 0);
    wanted.add_named(BUCKET, kind.group_of("lifecycle_rules"), &(trail.to_owned(), "s3_bucket_arn".to_owned()));
    wanted.add_named(BUCKET, kind.group_of("tags"), &(trail.to_owned(), "s3_key_prefix".to_owned()));
    let found = gathered(&upstream, &wanted).await;
    let of = |about: &str| {
        of_buckets(&upstream).iter().map(asked).filter(|(_, found)| found == about).map(|(bucket, _)| bucket).collect::<Vec<_>>()
    };
    assert_eq!(of("lifecycle"), ["logs"], "slow trails are waited for");
    assert_eq!(of("tagging").len(), 2, "what nobody names while collecting is asked of all");
    assert_eq!(found.facts(BUCKET, ":::logs")["lifecycle_rules"], json!([]));
    assert!(found.why(&found.facts(BUCKET, ":::orders")["lifecycle_rules"]).starts_with("not_recorded"));
}

#[tokio::test]
async fn what_a_cheaper_answer_settles_is_not_asked() {
    let denies = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"s3:*\",\"Resource\":\"*\",\"Condition\":{\"Bool\":{\"aws:SecureTransport\":\"false\"}}}]}";
    let upstream = Scripted::new(move |question| {
        let (bucket, about) = asked(question);
        (question.service == "s3").then(|| match (bucket.as_str(), about.as_str()) {
            ("", _) => listing(&[("orders", Some("us-east-1")), ("site", Some("us-east-1"))], None),
            ("v20180820/configuration/publicAccessBlock", _) => error(404, "NoSuchPublicAccessBlockConfiguration"),
            ("orders", "publicAccessBlock") => xml(ALL_ON),
            ("orders", "policy") => crate::upstream::json(denies),
            ("site", "versioning") => xml("<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>"),
            (_, about) => bare(about),
        })
    });
    let kind = evidence::collect::kind(BUCKET).expect("a kind");
    let mut wanted = evidence::model::kind::Wanted::default();
    for fact in ["public_grants", "policy", "policy_status", "versioning", "object_lock"] {
        wanted.add(BUCKET, kind.group_of(fact));
    }
    let found = gathered(&upstream, &wanted).await;
    let of = |about: &str| {
        of_buckets(&upstream).iter().map(asked).filter(|(_, found)| found == about).map(|(bucket, _)| bucket).collect::<Vec<_>>()
    };
    assert_eq!((of("acl"), of("object-lock"), of("policyStatus")), (vec!["site".to_owned()], vec!["site".to_owned()], Vec::new()));
    let facts = found.facts(BUCKET, ":::orders");
    assert_eq!((&facts["public_grants"], &facts["object_lock"], &facts["policy_status"]), (&json!([]), &Value::Null, &Value::Null));
    assert_eq!(facts["policy"]["allowing_statements"], json!(0));
}
