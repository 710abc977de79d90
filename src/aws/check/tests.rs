//! Whole sample bodies pass; every shortened or changed one is refused.

use proptest::prelude::*;

use super::samples::SAMPLES;
use super::*;
use crate::aws::operations::{find, table};

fn row(service: &str, name: &str) -> &'static Operation {
    find(service, name).unwrap_or_else(|| panic!("{service} {name} is not in the table"))
}

fn check(service: &str, name: &str, body: &str) -> Result<(), String> {
    let row = row(service, name);
    check_body(row, 200, &[], &super::samples::bytes(row, body))
}

fn sample(service: &str, name: &str) -> &'static str {
    SAMPLES.iter().find(|(from, operation, _)| (*from, *operation) == (service, name)).map_or("", |(_, _, body)| body)
}

#[test]
fn every_operation_has_a_sample_that_passes() {
    for operation in table() {
        let body = sample(operation.service, operation.name);
        assert!(!body.is_empty(), "{} has no sample", operation.name);
        assert_eq!(check(operation.service, operation.name, body), Ok(()), "{}", operation.name);
    }
}

#[test]
fn every_proper_prefix_of_a_body_is_refused() {
    for (service, name, body) in SAMPLES {
        let whole = body.trim_end();
        for cut in (0..whole.len()).filter(|cut| whole.is_char_boundary(*cut)) {
            assert!(check(service, name, &whole[..cut]).is_err(), "{name} cut at {cut} passes");
        }
    }
}

#[test]
fn every_required_member_is_missed_when_it_is_gone() {
    for (service, name, body) in SAMPLES {
        for path in row(service, name).required.iter().filter(|path| !path.contains(['?', '|'])) {
            let steps = path.split_once(':').map_or(*path, |(steps, _)| steps);
            let member = steps.rsplit('.').map(|step| step.trim_end_matches("[]")).find(|step| !["member", "item", "entry"].contains(step));
            let member = member.unwrap_or_default();
            for renamed in [
                body.replace(&format!("<{member}>"), "<Other>")
                    .replace(&format!("</{member}>"), "</Other>")
                    .replace(&format!("<{member}/>"), ""),
                body.replace(&format!("\"{member}\":"), "\"other\":"),
            ] {
                // `Arn` and the like stand in several places; without any of them at least this path must fail.
                assert!(renamed == *body || check(service, name, &renamed).is_err(), "{name} passes without {member} ({path})");
            }
        }
    }
}

/// Whose answer about nothing is an empty object, in AWS's words as well: a Region without queues. The collector asks again.
const MAY_BE_EMPTY: &[(&str, &str)] = &[("SQS", "ListQueues")];

#[test]
fn what_is_no_answer_of_the_operation_is_refused() {
    for (service, name) in MAY_BE_EMPTY {
        assert_eq!(check(service, name, "{}"), Ok(()), "{name}");
    }
    for (service, name, _) in SAMPLES {
        for body in [
            "",
            " ",
            "{}",
            "[]",
            "null",
            "<html><body>503</body></html>",
            "<!DOCTYPE html><html></html>",
            "<ErrorResponse/>",
            "\u{0}",
            "ok",
        ] {
            let allowed = body == "{}" && MAY_BE_EMPTY.contains(&(*service, *name));
            assert!(allowed || check(service, name, body).is_err(), "{name} accepts {body:?}");
        }
        assert!(check_body(row(service, name), 204, &[], b"").is_err());
        assert!(check_body(row(service, name), 200, &[], b"\xff\xfe{}").is_err());
    }
}

#[test]
fn what_stands_behind_the_body_is_refused_unless_it_is_nothing() {
    for (service, name, body) in SAMPLES {
        assert_eq!(check(service, name, &format!("{body}\n  ")), Ok(()), "{name}");
        for garbage in ["x", "{}", "<a/>", "</b>", "&amp;", body] {
            assert!(check(service, name, &format!("{body}{garbage}")).is_err(), "{name} accepts {garbage:?} behind it");
        }
    }
    assert_eq!(check("IAM", "ListAccountAliases", &format!("\u{feff}{}<!-- end -->", sample("IAM", "ListAccountAliases"))), Ok(()));
}

#[test]
fn empty_lists_pass_and_absent_ones_do_not() {
    let aliases = |list: &str| {
        let body = format!(
            "<ListAccountAliasesResponse><ListAccountAliasesResult>{list}<IsTruncated>false</IsTruncated></ListAccountAliasesResult></ListAccountAliasesResponse>"
        );
        check("IAM", "ListAccountAliases", &body)
    };
    assert_eq!(aliases("<AccountAliases/>"), Ok(()));
    assert_eq!(aliases("<AccountAliases>\n</AccountAliases>"), Ok(()));
    assert!(aliases("").is_err());
    assert!(aliases("<AccountAliases>text</AccountAliases>").is_err());
    assert!(aliases("<AccountAliases><other/></AccountAliases>").is_err());
    assert!(aliases("<AccountAliases><member/></AccountAliases>").is_err());
    assert!(aliases("<AccountAliases/><AccountAliases/>").is_err());
    assert_eq!(check("ApiGatewayV2", "GetRoutes", r#"{"items":[]}"#), Ok(()));
    for body in
        [r#"{"items":null}"#, r#"{"items":{}}"#, r#"{"items":"x"}"#, r#"{"items":[null]}"#, r#"{"items":[],"items":[]}"#, r#"{"Items":[]}"#]
    {
        assert!(check("ApiGatewayV2", "GetRoutes", body).is_err(), "{body}");
    }
}

#[test]
fn members_have_the_form_of_their_kind() {
    let broken = [
        ("ListUsers", "<IsTruncated>true</IsTruncated>", "<IsTruncated>maybe</IsTruncated>"),
        ("ListUsers", "<IsTruncated>true</IsTruncated>", "<IsTruncated/>"),
        ("ListUsers", "2024-03-01T10:00:00Z", "yesterday"),
        ("ListUsers", "arn:aws:iam::111122223333:user/anna", ""),
        ("ListUsers", "arn:aws:iam::111122223333:user/anna", "anna"),
        ("ListUsers", "<UserName>deploy</UserName>", "<UserName> </UserName>"),
        ("ListUsers", "2026-09-30T10:00:00Z", "N/A"),
        ("ListUsers", "&amp;", "&unknown;"),
        ("ListUsers", "&amp;", "&"),
        ("GetAccountSummary", "<value>32</value>", "<value>many</value>"),
        ("DescribeTrails", "\"LogFileValidationEnabled\":false", "\"LogFileValidationEnabled\":\"false\""),
        ("DescribeTrails", "\"IsOrganizationTrail\":false", "\"IsOrganizationTrail\":null"),
        ("GetTrailStatus", "\"IsLogging\":true", "\"IsLogging\":1"),
        ("GetEventSelectors", "\"AdvancedEventSelectors\"", "\"Other\""),
        ("GetStages", "2026-03-01T10:00:00Z\",\"default", "March\",\"default"),
        ("GetStages", "\"throttlingRateLimit\":100.0", "\"throttlingRateLimit\":\"100\""),
        ("GetStages", "{\"*/*\":{", "{\"/GET\":{},\"*/*\":{"),
        ("GetStages", "\"percentTraffic\":10.5,", ""),
        ("GetResources", "\"apiKeyRequired\":false,", ""),
        ("GetResources", "\"insecureSkipVerification\":false", ""),
        ("GetDeployment", "{\"/orders\":{", "{\"/\":[],\"/orders\":{"),
        ("GetDeployment", "\"apiSummary\":{", "\"summary\":{"),
        ("GetDeployment", "\"apiKeyRequired\":false,\"authorizationType\":\"NONE\"", "\"authorizationType\":\"NONE\""),
    ];
    for (name, good, bad) in broken {
        let of_name = || SAMPLES.iter().filter(|(_, operation, _)| *operation == name);
        let (service, _, body) = of_name().find(|(.., body)| body.contains(good)).or_else(|| of_name().next()).copied().unwrap_or_default();
        assert!(body.contains(good), "{name} holds no {good}");
        assert!(check(service, name, &body.replace(good, bad)).is_err(), "{name} with {bad} passes");
    }
}

#[test]
fn a_repeated_element_is_refused_anywhere() {
    let body = sample("IAM", "ListUsers").replace("<Path>/</Path>", "<Path>/</Path><Path>/</Path>");
    assert_eq!(check("IAM", "ListUsers", &body), Err("the element `Path` stands 2 times in one place".to_owned()));
}

#[test]
fn deep_nesting_is_an_error_and_no_overflow() {
    let deep = format!("{}{}", "<a>".repeat(100_000), "</a>".repeat(100_000));
    assert!(check("IAM", "ListUsers", &deep).is_err());
    let deep = format!("{}{}", "{\"a\":".repeat(100_000), "}".repeat(100_000));
    assert!(check("CloudTrail", "DescribeTrails", &deep).is_err());
}

#[test]
fn messages_say_what_is_wrong() {
    assert_eq!(check("IAM", "ListUsers", "").unwrap_err(), "the body of the answer with status 200 is empty");
    assert_eq!(check("IAM", "ListUsers", "<html/>").unwrap_err(), "the root element is `html`, not `ListUsersResponse`");
    let cut = check("IAM", "ListUsers", "<ListUsersResponse><ListUsersResult>").unwrap_err();
    assert_eq!(cut, "the body ends within the element `ListUsersResult`");
    let body = "<ListUsersResponse><ListUsersResult><Users/></ListUsersResult></ListUsersResponse>";
    assert_eq!(check("IAM", "ListUsers", body).unwrap_err(), "`ListUsersResult.IsTruncated:bool` is missing");
}

fn error(wire: Wire, headers: &[(&str, &str)], body: &str) -> (Option<String>, Option<String>) {
    let headers: Vec<_> = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let error = error_of(wire, 403, &headers, body.as_bytes());
    (error.code, error.message)
}

fn both(code: &str, message: &str) -> (Option<String>, Option<String>) {
    (Some(code.to_owned()), Some(message.to_owned()))
}

#[test]
fn errors_are_read_in_the_form_of_every_protocol() {
    let query = r#"<ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>User: x is not authorized</Message></Error><RequestId>1</RequestId></ErrorResponse>"#;
    assert_eq!(error(Wire::Query, &[], query), both("AccessDenied", "User: x is not authorized"));
    let ec2 = r#"<?xml version="1.0"?><Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>no &lt;way&gt;</Message></Error></Errors><RequestID>1</RequestID></Response>"#;
    assert_eq!(error(Wire::Ec2, &[], ec2), both("UnauthorizedOperation", "no <way>"));
    let rest_xml = "<Error><Code>NoSuchBucket</Code><Message>m</Message></Error>";
    assert_eq!(error(Wire::RestXml, &[], rest_xml), both("NoSuchBucket", "m"));
    let json = r#"{"__type":"com.amazonaws.cloudtrail.v20131101#TrailNotFoundException","message":"m"}"#;
    assert_eq!(error(Wire::Json11, &[], json), both("TrailNotFoundException", "m"));
    assert_eq!(error(Wire::Json11, &[], r#"{"__type":"AccessDeniedException","Message":"m"}"#), both("AccessDeniedException", "m"));
    let json10 = r#"{"__type":"com.amazonaws.sqs#QueueDoesNotExist","message":"m"}"#;
    assert_eq!(
        error(Wire::Json10, &[("x-amzn-query-error", "AWS.SimpleQueueService.NonExistentQueue;Sender")], json10),
        both("QueueDoesNotExist", "m")
    );
    let header = ("X-Amzn-ErrorType", "AccessDeniedException:http://internal.amazon.com/coral/com.amazon.coral.service/");
    assert_eq!(error(Wire::RestJson, &[header], r#"{"Message":"m"}"#), both("AccessDeniedException", "m"));
    assert_eq!(error(Wire::RestJson, &[], r#"{"code":"NotFoundException","message":"m"}"#), both("NotFoundException", "m"));
    assert_eq!(error(Wire::RestJson, &[header], ""), (Some("AccessDeniedException".to_owned()), None));
}

#[test]
fn an_error_in_cbor_is_read_and_so_is_one_in_json_from_what_stands_before_the_service() {
    let cbor = b"\xa2\x66__type\x78\x1fcom.amazon#AccessDenied:http://\x67message\x62no";
    let read = error_of(Wire::Cbor, 403, &[], cbor);
    assert_eq!((read.code.as_deref(), read.message.as_deref()), (Some("AccessDenied"), Some("no")));
    assert_eq!(error_of(Wire::Cbor, 403, &[], &cbor[..20]), AwsError::default());
    assert_eq!(error_of(Wire::Cbor, 400, &[], br#"{"__type":"ExpiredToken"}"#).code.as_deref(), Some("ExpiredToken"));
}

#[test]
fn every_cut_of_a_body_in_cbor_is_refused() {
    let row = row("CloudWatch", "DescribeAlarms");
    let whole = super::samples::bytes(row, sample("CloudWatch", "DescribeAlarms"));
    assert!((0..whole.len()).all(|end| check_body(row, 200, &[], &whole[..end]).is_err()));
    assert!(check_body(row, 200, &[], b"\xa0").is_err_and(|why| why.contains("is missing")));
    assert!(check_body(row, 200, &[], b"\x80").is_err_and(|why| why.contains("not an object")));
    assert!(check_body(row, 200, &[], &[whole.as_slice(), b"\n"].concat()).is_err());
}

#[test]
fn what_is_no_error_document_has_no_code() {
    for wire in [Wire::Query, Wire::Ec2, Wire::RestXml, Wire::Json10, Wire::Json11, Wire::RestJson, Wire::Cbor] {
        for body in [
            "",
            "<html><body>Bad gateway</body></html>",
            "{",
            "[]",
            "{\"__type\":5}",
            "<ErrorResponse><Error><Code>",
            "<Other><Code>x</Code></Other>",
        ] {
            assert_eq!(error(wire, &[], body), (None, None), "{wire:?} {body}");
        }
    }
}

proptest! {
    #[test]
    fn no_mutation_makes_it_panic(index in 0..SAMPLES.len(), changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)) {
        let (service, name, body) = SAMPLES[index];
        let mut bytes = super::samples::bytes(row(service, name), body);
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = check_body(row(service, name), 200, &[], &bytes);
        let _ = error_of(row(service, name).wire, 400, &[], &bytes);
    }
}

#[test]
fn an_empty_versioning_or_logging_configuration_is_a_whole_answer_and_its_root_counts() {
    let ns = "xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"";
    assert_eq!(check("S3", "GetBucketVersioning", &format!("<VersioningConfiguration {ns}/>")), Ok(()));
    assert_eq!(check("S3", "GetBucketLogging", &format!("<BucketLoggingStatus {ns}></BucketLoggingStatus>")), Ok(()));
    assert_eq!(check("S3", "ListBuckets", &format!("<ListAllMyBucketsResult {ns}><Buckets/></ListAllMyBucketsResult>")), Ok(()));
    assert_eq!(check("S3", "GetBucketLocation", &format!("<LocationConstraint {ns}/>")), Ok(()));
    assert!(check("S3", "GetBucketVersioning", "<BucketLoggingStatus/>").is_err());
    assert!(check("S3", "ListBuckets", "<ListAllMyBucketsResult/>").is_err());
}

#[test]
fn a_bucket_policy_is_json_and_an_error_in_its_place_is_none() {
    assert!(check("S3", "GetBucketPolicy", "<Error><Code>InternalError</Code></Error>").is_err());
    assert!(check("S3", "GetBucketPolicy", "{\"Version\":\"2012-10-17\"}").is_err());
    let error =
        error_of(row("S3", "GetBucketPolicy").wire, 404, &[], b"<Error><Code>NoSuchBucketPolicy</Code><Message>none</Message></Error>");
    assert_eq!(error.code.as_deref(), Some("NoSuchBucketPolicy"));
}
