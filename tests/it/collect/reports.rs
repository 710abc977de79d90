//! The credential report: fetched by polling, held against the list of users, and read for keys.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use base64::Engine as _;
use evidence::model::population::Ended;

use super::{Found, all_of, gathered};
use crate::upstream::{ACCOUNT, Question, Reply, Scripted, query_error, users, xml};

pub const HEADER: &str = "user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,access_key_1_last_used_service,access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service,cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated";
const GENERATED: &str = "2026-10-01T08:00:00Z";
const CREATED: &str = "2026-01-02T03:04:05+00:00";
const KEY: &str = "true,2026-02-02T00:00:00+00:00,N/A,N/A,N/A";
const NO_KEY: &str = "false,N/A,N/A,N/A,N/A";

/// A user's row with these two key slots.
pub fn row(name: &str, first: &str, second: &str) -> String {
    format!("{name},arn:aws:iam::{ACCOUNT}:user/{name},{CREATED},false,N/A,N/A,N/A,false,{first},{second},false,N/A,false,N/A")
}

fn root() -> String {
    format!(
        "<root_account>,arn:aws:iam::{ACCOUNT}:root,2020-01-01T00:00:00+00:00,not_supported,no_information,not_supported,not_supported,true,{NO_KEY},{NO_KEY},false,N/A,false,N/A"
    )
}

/// `GetCredentialReport` with these rows after root's.
pub fn report(rows: &[String]) -> Reply {
    let csv = [&[HEADER.to_owned(), root()], rows].concat().join("\n");
    let content = base64::engine::general_purpose::STANDARD.encode(csv);
    xml(format!(
        "<GetCredentialReportResponse><GetCredentialReportResult><Content>{content}</Content><ReportFormat>text/csv</ReportFormat><GeneratedTime>{GENERATED}</GeneratedTime></GetCredentialReportResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></GetCredentialReportResponse>"
    ))
}

/// `GenerateCredentialReport` in a state.
pub fn state(state: &str) -> Reply {
    xml(format!(
        "<GenerateCredentialReportResponse><GenerateCredentialReportResult><State>{state}</State></GenerateCredentialReportResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></GenerateCredentialReportResponse>"
    ))
}

const KINDS: [&str; 3] = ["AWS::IAM::User", "AWS::IAM::AccessKey", "AWS::IAM::RootUser"];

/// Collects users and keys over these answers; the n-th question of an operation has number n, from 0.
async fn found(answer: impl Fn(&str, usize, &Question) -> Option<Reply> + Send + Sync + 'static) -> (Found, Scripted) {
    let (generated, got) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let counters = Arc::new([generated, got]);
    let upstream = Scripted::new(move |question| {
        let n = match question.operation.as_str() {
            "GenerateCredentialReport" => counters[0].fetch_add(1, Ordering::SeqCst),
            "GetCredentialReport" => counters[1].fetch_add(1, Ordering::SeqCst),
            _ => 0,
        };
        answer(&question.operation, n, question).or_else(|| match question.operation.as_str() {
            "GenerateCredentialReport" => Some(state("COMPLETE")),
            "GetCredentialReport" => Some(report(&[row("alice", KEY, NO_KEY), row("bob", NO_KEY, NO_KEY)])),
            "ListUsers" => Some(xml(users(&["alice", "bob"], None, "false"))),
            _ => None,
        })
    });
    let mut wanted = all_of(&KINDS[..2]);
    wanted.add("AWS::IAM::RootUser", 2);
    // The authorization details are another test's.
    wanted.0.entry("AWS::IAM::User".to_owned()).and_modify(|groups| groups.retain(|group| *group != 2));
    (gathered(&upstream, &wanted).await, upstream)
}

#[tokio::test]
async fn a_report_is_polled_until_it_is_complete() {
    let (found, upstream) = found(|operation, n, _| match (operation, n) {
        ("GenerateCredentialReport", 0) => Some(state("STARTED")),
        ("GenerateCredentialReport", 1) => Some(state("INPROGRESS")),
        _ => None,
    })
    .await;
    assert_eq!(upstream.count("GenerateCredentialReport"), 3);
    let alice = found.facts("AWS::IAM::User", "user/alice");
    assert_eq!(alice["credential_report"]["active_access_keys"], serde_json::json!([1]));
    assert_eq!(alice["credential_report"]["generated_time"], GENERATED);
    let source = &found.resource("AWS::IAM::User", "user/alice").sources[1];
    assert_eq!(
        (source.path.as_str(), source.observed_at.map(|time| time.to_rfc3339())),
        ("credential_report", Some("2026-10-01T08:00:00+00:00".to_owned()))
    );
    assert_eq!(found.standing("AWS::IAM::User", "global"), "complete");
    let second = found.population("AWS::IAM::User", "global").second.clone().expect("a second path");
    assert_eq!((second.count, second.differences.len()), (2, 0));
    assert_eq!(found.standing("AWS::IAM::AccessKey", "global"), "complete");
    assert_eq!(found.population("AWS::IAM::AccessKey", "global").ended, Ended::WholeAnswer);
    assert_eq!(found.ids("AWS::IAM::AccessKey"), [format!("arn:aws:iam::{ACCOUNT}:user/alice/access-key/1")]);
    assert_eq!(found.facts("AWS::IAM::AccessKey", "access-key/1")["idle_since"], "2026-02-02T00:00:00Z");
    assert_eq!(found.facts("AWS::IAM::RootUser", "root")["credential_report"]["mfa_active"], true);
}

#[tokio::test]
async fn a_report_that_expired_is_generated_anew() {
    let (found, upstream) = found(|operation, n, _| match (operation, n) {
        ("GetCredentialReport", 0) => Some(query_error(410, "ReportExpired", "too old")),
        _ => None,
    })
    .await;
    assert_eq!((upstream.count("GenerateCredentialReport"), upstream.count("GetCredentialReport")), (2, 2));
    assert_eq!(found.standing("AWS::IAM::AccessKey", "global"), "complete");
}

#[tokio::test]
async fn a_report_that_never_comes_leaves_users_listed_and_keys_unknown() {
    let (found, upstream) = found(|operation, _, _| match operation {
        "GetCredentialReport" => Some(query_error(410, "ReportExpired", "too old")),
        _ => None,
    })
    .await;
    assert_eq!(upstream.count("GetCredentialReport"), 3, "bounded");
    assert_eq!(found.standing("AWS::IAM::User", "global"), "complete");
    assert!(found.standing("AWS::IAM::AccessKey", "global").starts_with("failed: AWS answered 410 `ReportExpired`"));
    assert!(found.why(&found.facts("AWS::IAM::User", "user/bob")["credential_report"]).starts_with("failed: "));
}

#[tokio::test]
async fn without_leave_to_generate_an_existing_report_does() {
    let denied =
        || Some(query_error(403, "AccessDenied", "User: x is not authorized to perform: iam:GenerateCredentialReport on resource: *"));
    let (existing, _) = found(move |operation, _, _| (operation == "GenerateCredentialReport").then(denied).flatten()).await;
    assert_eq!(existing.standing("AWS::IAM::AccessKey", "global"), "complete");
    let (none, _) = found(move |operation, _, _| match operation {
        "GenerateCredentialReport" => denied(),
        "GetCredentialReport" => Some(query_error(410, "ReportNotPresent", "none")),
        _ => None,
    })
    .await;
    assert!(none.standing("AWS::IAM::AccessKey", "global").starts_with("denied: `iam:GenerateCredentialReport`"));
    assert!(none.why(&none.facts("AWS::IAM::RootUser", "root")["credential_report"]).starts_with("denied: "));
}

#[tokio::test]
async fn an_unknown_state_is_not_taken_for_complete() {
    let (found, _) = found(|operation, _, _| match operation {
        "GenerateCredentialReport" => Some(state("DREAMING")),
        "GetCredentialReport" => Some(query_error(410, "ReportNotPresent", "none")),
        _ => None,
    })
    .await;
    assert_eq!(found.standing("AWS::IAM::AccessKey", "global"), "failed: the credential report is in the unknown state `DREAMING`");
}

#[tokio::test]
async fn a_user_newer_than_the_report_is_stale_and_so_are_keys() {
    let (found, _) = found(|operation, _, _| {
        let newer = users(&["alice", "bob", "carol"], None, "false");
        let (before, carol) = newer.split_once("<UserName>carol").expect("carol is listed");
        let list = format!("{before}<UserName>carol{}", carol.replacen("2026-01-02T03:04:05Z", "2026-10-01T09:00:00Z", 1));
        (operation == "ListUsers").then(|| xml(list))
    })
    .await;
    let carol = found.facts("AWS::IAM::User", "user/carol");
    assert_eq!(found.why(&carol["credential_report"]), "stale: `carol` was created after the credential report of 2026-10-01T08:00:00Z");
    assert!(found.facts("AWS::IAM::User", "user/bob")["credential_report"]["mfa_active"].is_boolean());
    assert_eq!(found.standing("AWS::IAM::User", "global"), "complete");
    assert!(found.standing("AWS::IAM::AccessKey", "global").starts_with("stale: keys of newer users"));
}

#[tokio::test]
async fn lists_that_differ_are_disputed_with_the_names() {
    let (found, _) = found(|operation, _, _| match operation {
        "ListUsers" => Some(xml(users(&["alice", "dave"], None, "false"))),
        _ => None,
    })
    .await;
    let expected = "disputed: two lists of users differ: `dave` is not in the credential report of 2026-10-01T08:00:00Z; \
                    `bob` is in the credential report but was not listed";
    assert_eq!(found.standing("AWS::IAM::User", "global"), expected);
    assert_eq!(found.standing("AWS::IAM::AccessKey", "global"), expected);
    assert!(found.why(&found.facts("AWS::IAM::User", "user/dave")["credential_report"]).starts_with("disputed: "));
    assert_eq!(found.facts("AWS::IAM::User", "user/alice")["credential_report"]["access_key_1_active"], true);
}

#[tokio::test]
async fn an_empty_list_that_the_report_contradicts_is_disputed() {
    let (found, _) = found(|operation, _, _| (operation == "ListUsers").then(|| xml(users(&[], None, "false")))).await;
    assert!(found.standing("AWS::IAM::User", "global").starts_with("disputed: "));
    assert_eq!(found.population("AWS::IAM::User", "global").count, 0);
}

#[tokio::test]
async fn a_broken_row_hides_only_itself_and_a_broken_report_hides_all() {
    let (odd, _) = found(|operation, _, _| {
        let rows = [row("alice", KEY, NO_KEY), row("bob", "perhaps,N/A,N/A,N/A,N/A", NO_KEY)];
        (operation == "GetCredentialReport").then(|| report(&rows))
    })
    .await;
    assert!(odd.why(&odd.facts("AWS::IAM::User", "user/bob")["credential_report"]).contains("says `perhaps` in `access_key_1_active`"));
    assert_eq!(odd.facts("AWS::IAM::User", "user/alice")["credential_report"]["access_key_1_active"], true);
    assert!(odd.standing("AWS::IAM::AccessKey", "global").starts_with("failed: the credential report says `perhaps`"));
    let (cut, _) = found(|operation, _, _| {
        let rows = [row("alice", KEY, NO_KEY), "bob,arn:aws:iam::111122223333:user/bob,2026".to_owned()];
        (operation == "GetCredentialReport").then(|| report(&rows))
    })
    .await;
    assert!(
        cut.why(&cut.facts("AWS::IAM::User", "user/alice")["credential_report"]).starts_with("failed: the credential report is not whole")
    );
    assert_eq!((cut.ids("AWS::IAM::AccessKey").len(), cut.standing("AWS::IAM::User", "global")), (0, "complete".to_owned()));
}

#[tokio::test]
async fn without_the_list_of_users_the_report_cannot_prove_that_keys_are_complete() {
    let denied = "User: x is not authorized to perform: iam:ListUsers on resource: *";
    let (found, _) = found(move |operation, _, _| (operation == "ListUsers").then(|| query_error(403, "AccessDenied", denied))).await;
    assert!(found.standing("AWS::IAM::AccessKey", "global").starts_with("denied: `iam:ListUsers`"));
    assert_eq!(found.ids("AWS::IAM::AccessKey").len(), 1, "those seen are judged");
}
