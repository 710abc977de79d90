//! Sessions: whose credentials, which accounts and Regions, and what a user is told when there are none. What reads the process's
//! environment runs in a process of its own: the `child` below, called by name.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use aws_credential_types::Credentials;
use evidence::aws::{AccountEntry, LiveSettings, Probed, Session, SessionError, operations, probe};
use evidence::model::assessment::RecordingOrigin;
use evidence::model::{Partition, Reason};
use evidence::recording::{Asked, Recording};

use crate::server::{Server, Wire};
use crate::upstream::{
    ACCOUNT, Reply, SECRET, Scripted, identity, json_error, live, query_error, regions, settings, short, surroundings, tool, xml,
};

const OTHER: &str = "444455556666";

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

fn ordinary() -> Scripted {
    Scripted::new(|_| None)
}

/// Settings for two accounts with credentials of their own.
fn two(upstream: &Scripted, dir: &Path) -> LiveSettings {
    let mut settings = settings(upstream, dir);
    let other = Credentials::new(OTHER, SECRET, None, None, "test");
    settings.given.as_mut().expect("given").credentials.push(("other".into(), other));
    settings
}

async fn refused(settings: LiveSettings) -> SessionError {
    match Session::live(settings).await {
        Ok(session) => panic!("began: {session:?}"),
        Err(error) => error,
    }
}

#[tokio::test]
async fn a_session_knows_its_accounts_regions_and_aliases() {
    let dir = folder();
    let session = Session::live(two(&ordinary(), &dir.path().join("r"))).await.unwrap_or_else(|error| panic!("{error}"));
    let ids: Vec<&str> = session.accounts().iter().map(|account| account.note.id.as_str()).collect();
    assert_eq!(ids, [ACCOUNT, OTHER]);
    for account in session.accounts() {
        assert_eq!(account.note.alias.as_deref(), Some("acme"));
        assert_eq!(account.note.principal, Some(format!("arn:aws:iam::{}:user/auditor", account.note.id)));
        assert_eq!(account.regions.observed, ["eu-west-1", "us-east-1"]);
        assert_eq!(account.regions.notes.len(), 3, "also the one that is not enabled");
    }
    let scope = session.scope();
    let live_calls = session.asked();
    session.finish().unwrap_or_else(|error| panic!("{error}"));
    let recording = Recording::open(&dir.path().join("r")).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(recording.header().origin, RecordingOrigin::Emulated, "a script is not AWS");
    assert_eq!(recording.header().scope(), scope);
    assert!(recording.header().clock_skew_seconds.is_some_and(|seconds| seconds.abs() < 5));
    let replayed = Session::replay(recording.into(), None).await.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(replayed.scope(), scope);
    assert_eq!(replayed.asked(), live_calls);
}

#[tokio::test]
async fn china_and_govcloud_have_their_own_home() {
    for (partition, id, configured, home) in [
        (Partition::AwsCn, "aws-cn", "cn-northwest-1", "cn-north-1"),
        (Partition::AwsUsGov, "aws-us-gov", "us-gov-east-1", "us-gov-west-1"),
        (Partition::Aws, "aws", "eu-central-1", "us-east-1"),
    ] {
        let upstream = Scripted::new(move |question| match question.operation.as_str() {
            "GetCallerIdentity" => Some(xml(identity(&question.account).replace("arn:aws:", &format!("arn:{id}:")))),
            "DescribeRegions" => Some(xml(regions(&[(home, "opt-in-not-required"), (configured, "opt-in-not-required")]))),
            _ => None,
        });
        let dir = folder();
        let mut settings = settings(&upstream, &dir.path().join("r"));
        settings.given.as_mut().expect("given").region = configured.into();
        let session = Session::live(settings).await.unwrap_or_else(|error| panic!("{error}"));
        let account = &session.accounts()[0];
        assert_eq!(account.note.partition, partition);
        assert_eq!(session.global(account).endpoint_region(), home);
        assert!(session.asked().values().all(|asked| asked.key.region == home), "{:?}", session.asked());
    }
}

#[tokio::test]
async fn a_narrowed_scope_is_on_record() {
    let dir = folder();
    let mut settings = settings(&ordinary(), &dir.path().join("r"));
    settings.regions = Some(vec!["eu-west-1".into()]);
    let session = Session::live(settings).await.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(session.accounts()[0].regions.observed, ["eu-west-1"]);
    let scope = session.scope();
    assert_eq!(scope.excluded.iter().map(|excluded| excluded.region.as_str()).collect::<Vec<_>>(), ["us-east-1"]);
    assert_eq!(scope.regions.iter().filter(|region| region.observed).count(), 1);
    session.finish().unwrap_or_else(|error| panic!("{error}"));
    let recording = Recording::open(&dir.path().join("r")).unwrap_or_else(|error| panic!("{error}"));
    let replayed = Session::replay(recording.into(), None).await.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(replayed.scope(), scope, "also in replay");
}

#[tokio::test]
async fn a_mistyped_region_is_refused_with_the_nearest() {
    let dir = folder();
    let mut settings = settings(&ordinary(), &dir.path().join("r"));
    settings.regions = Some(vec!["eu-wset-1".into()]);
    let error = refused(settings.clone()).await;
    assert_eq!(error.to_string(), "region `eu-wset-1` does not exist in any of the accounts");
    assert_eq!(error.hint(None).as_deref(), Some("did you mean `eu-west-1`?"));
    settings.out = dir.path().join("s");
    settings.regions = Some(vec!["af-south-1".into()]);
    assert!(matches!(refused(settings).await, SessionError::RegionNotEnabled { .. }));
}

#[tokio::test]
async fn unknown_regions_are_a_gap_and_only_home_is_observed() {
    let upstream = Scripted::new(|question| {
        (question.operation == "DescribeRegions")
            .then(|| query_error(403, "UnauthorizedOperation", "You are not authorized to perform this operation."))
    });
    let dir = folder();
    let session = live(&upstream, &dir.path().join("r")).await.unwrap_or_else(|error| panic!("{error}"));
    let regions = session.accounts()[0].regions.clone();
    assert_eq!(regions.observed, ["us-east-1"]);
    let gap = regions.unknown.expect("a gap");
    assert_eq!((gap.reason, gap.operation.as_str()), (Reason::Denied, "DescribeRegions"));
    assert!(session.gaps().sorted().contains(&&gap));
    session.finish().unwrap_or_else(|error| panic!("{error}"));
    let recording = Recording::open(&dir.path().join("r")).unwrap_or_else(|error| panic!("{error}"));
    let replayed = Session::replay(recording.into(), None).await.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(replayed.accounts()[0].regions.unknown, Some(gap));
}

#[tokio::test]
async fn where_home_is_forbidden_the_configured_region_is_asked() {
    let upstream = Scripted::new(|question| {
        let forbidden = question.operation == "DescribeRegions" && question.region == "us-east-1";
        forbidden.then(|| query_error(403, "UnauthorizedOperation", "with an explicit deny in a service control policy"))
    });
    let dir = folder();
    let mut settings = settings(&upstream, &dir.path().join("r"));
    settings.given.as_mut().expect("given").region = "eu-west-1".into();
    let session = Session::live(settings).await.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(session.accounts()[0].regions.unknown, None);
    assert_eq!(session.accounts()[0].regions.observed, ["eu-west-1", "us-east-1"]);
    let scope = session.scope();
    session.finish().unwrap_or_else(|error| panic!("{error}"));
    let recording = Recording::open(&dir.path().join("r")).unwrap_or_else(|error| panic!("{error}"));
    let replayed = Session::replay(recording.into(), None).await.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(replayed.scope(), scope);
}

/// An upstream that lets roles be assumed, but not the one named `closed`.
fn roles() -> Scripted {
    Scripted::new(|question| match question.operation.as_str() {
        "AssumeRole" if question.body.contains("closed") => {
            Some(query_error(403, "AccessDenied", "User: x is not authorized to perform: sts:AssumeRole on resource: y"))
        }
        "AssumeRole" => Some(xml(format!(
            "<AssumeRoleResponse><AssumeRoleResult><AssumedRoleUser><AssumedRoleId>AROA0:evidence</AssumedRoleId><Arn>arn:aws:sts::{OTHER}:assumed-role/open/evidence</Arn></AssumedRoleUser><Credentials><AccessKeyId>{OTHER}</AccessKeyId><SecretAccessKey>assumed-secret</SecretAccessKey><SessionToken>assumed-session-token</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>"
        ))),
        _ => None,
    })
}

fn role(account: &str, name: &str) -> AccountEntry {
    let role_arn = Some(format!("arn:aws:iam::{account}:role/{name}"));
    AccountEntry { name: name.into(), role_arn, external_id: Some("external-id-of-ours".into()), profile: None }
}

#[tokio::test]
async fn a_role_is_assumed_unrecorded() {
    let upstream = roles();
    let dir = folder();
    let mut settings = settings(&upstream, &dir.path().join("r"));
    settings.accounts = vec![role(OTHER, "open")];
    let session = Session::live(settings).await.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(session.accounts()[0].note.id, OTHER);
    assert!(upstream.questions().iter().any(|question| question.body.contains("ExternalId=external-id-of-ours")));
    session.finish().unwrap_or_else(|error| panic!("{error}"));
    let recording = Recording::open(&dir.path().join("r")).unwrap_or_else(|error| panic!("{error}"));
    assert!(recording.entries().iter().all(|entry| entry.key.operation != "AssumeRole"));
    let mut text = String::from_utf8_lossy(&recording.header().to_bytes()).into_owned();
    for entry in recording.entries() {
        text += &serde_json::to_string(&recording.call(&entry.key).expect("readable")).expect("serializes");
    }
    for secret in ["assumed-secret", "assumed-session-token", "external-id-of-ours", SECRET] {
        assert!(!text.contains(secret), "{secret}");
    }
}

#[tokio::test]
async fn an_account_that_cannot_be_entered_is_one_with_a_gap() {
    let dir = folder();
    let mut settings = settings(&roles(), &dir.path().join("r"));
    settings.accounts = vec![role(OTHER, "open"), role("777788889999", "closed")];
    let session = Session::live(settings.clone()).await.unwrap_or_else(|error| panic!("{error}"));
    let closed = &session.accounts()[1];
    assert_eq!((closed.note.id.as_str(), closed.note.entered), ("777788889999", false));
    let gap = closed.note.gap.clone().expect("a gap");
    assert_eq!((gap.reason, gap.operation.as_str()), (Reason::Denied, "AssumeRole"));
    assert!(session.gaps().sorted().contains(&&gap));
    let scope = session.scope();
    session.finish().unwrap_or_else(|error| panic!("{error}"));
    let recording = Recording::open(&dir.path().join("r")).unwrap_or_else(|error| panic!("{error}"));
    let replayed = Session::replay(recording.into(), None).await.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(replayed.scope(), scope);
    assert!(replayed.gaps().sorted().contains(&&gap));

    settings.accounts = vec![role("777788889999", "closed")];
    settings.out = dir.path().join("s");
    assert!(matches!(refused(settings).await, SessionError::NoneEntered(_)));
    assert!(!dir.path().join("s").exists(), "nothing is written where nobody was entered");
}

#[tokio::test]
async fn two_ways_into_one_account_are_refused() {
    let dir = folder();
    let mut settings = two(&ordinary(), &dir.path().join("r"));
    settings.given.as_mut().expect("given").credentials[1].1 = Credentials::new(ACCOUNT, SECRET, None, None, "test");
    let error = refused(settings).await;
    assert_eq!(error.to_string(), format!("profile `main` and profile `other` both reach account {ACCOUNT}"));
}

#[tokio::test]
async fn a_recording_is_not_resumed_with_another_account() {
    let dir = folder();
    let first = live(&ordinary(), &dir.path().join("r")).await.unwrap_or_else(|error| panic!("{error}"));
    first.cancel_handle().cancel();
    first.finish().unwrap_or_else(|error| panic!("{error}"));
    let mut settings = settings(&ordinary(), &dir.path().join("r"));
    settings.given.as_mut().expect("given").credentials[0].1 = Credentials::new(OTHER, SECRET, None, None, "test");
    let error = Session::resume(settings).await.expect_err("another account");
    assert!(matches!(error, SessionError::OtherAccount { .. }), "{error}");
}

#[tokio::test]
async fn refused_and_expired_credentials_are_told_apart() {
    for (code, word) in [("InvalidClientTokenId", "Rejected"), ("ExpiredToken", "ExpiredAtStart"), ("Oddity", "NoIdentity")] {
        let upstream = Scripted::new(move |question| (question.operation == "GetCallerIdentity").then(|| query_error(403, code, "no")));
        let dir = folder();
        let error = refused(settings(&upstream, &dir.path().join("r"))).await;
        assert!(format!("{error:?}").starts_with(word), "{code}: {error:?}");
        assert!(!dir.path().join("r").exists());
    }
    let upstream = Scripted::new(|question| (question.operation == "GetCallerIdentity").then(|| xml("<html/>")));
    let dir = folder();
    assert!(matches!(refused(settings(&upstream, &dir.path().join("r"))).await, SessionError::Unreachable { .. }));
}

/// What a process of its own says: `began …` or `error …` and `hint …`. Not run by itself.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "called by the tests below, in an environment of its own"]
async fn child() {
    let Ok(out) = std::env::var("EVIDENCE_TEST_OUT") else { return };
    let mut settings = LiveSettings::new(out.into(), tool(), Asked::default());
    settings.limits = short();
    settings.profiles = std::env::var("EVIDENCE_TEST_PROFILE").into_iter().collect();
    match Session::live(settings).await {
        Ok(session) => {
            let account = &session.accounts()[0];
            println!("\nbegan {} {:?} {:?}", account.note.id, account.note.alias, account.regions.observed);
        }
        Err(error) => println!("\nerror {error}\nhint {}", error.hint(None).unwrap_or_default()),
    }
}

/// Runs the child with these variables and none of AWS's own; returns what it said and how long it took.
fn child_with(variables: &[(&str, &str)]) -> (String, Duration) {
    let dir = folder();
    let exe = std::env::current_exe().expect("this test binary");
    let mut command = Command::new(exe);
    command.args(["--exact", "session::child", "--ignored", "--nocapture"]);
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("AWS_") || name.to_ascii_lowercase().ends_with("_proxy")) {
        command.env_remove(name);
    }
    command.env("EVIDENCE_TEST_OUT", dir.path().join("r")).env("HOME", dir.path());
    command.env("AWS_CONFIG_FILE", "/dev/null").env("AWS_SHARED_CREDENTIALS_FILE", "/dev/null").env("AWS_EC2_METADATA_DISABLED", "true");
    command.envs(variables.iter().copied());
    let before = Instant::now();
    let output = command.output().expect("runs");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let said: Vec<&str> = text.lines().filter(|line| ["began ", "error ", "hint "].iter().any(|word| line.starts_with(word))).collect();
    assert!(!said.is_empty(), "{text}{}", String::from_utf8_lossy(&output.stderr));
    (said.join("\n"), before.elapsed())
}

const KEYS: [(&str, &str); 3] = [("AWS_ACCESS_KEY_ID", ACCOUNT), ("AWS_SECRET_ACCESS_KEY", SECRET), ("AWS_REGION", "us-east-1")];

fn with<'a>(variables: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    KEYS.iter().chain(variables).copied().collect()
}

#[test]
fn no_credentials_are_told_quickly_with_a_way_out() {
    let (said, took) = child_with(&[]);
    assert!(said.starts_with("error no AWS credentials found\nhint "), "{said}");
    assert!(said.contains("--demo"), "{said}");
    assert!(took < Duration::from_secs(5), "{took:?}");
}

#[test]
fn a_metadata_service_that_never_answers_is_not_waited_for() {
    let server = Server::start(|_| Some(Wire::Hang));
    let url = server.url();
    let (said, took) = child_with(&[("AWS_EC2_METADATA_DISABLED", "false"), ("AWS_EC2_METADATA_SERVICE_ENDPOINT", &url)]);
    assert!(said.starts_with("error "), "{said}");
    assert!(server.connections() > 0, "it was tried");
    assert!(took < Duration::from_secs(12), "{took:?}");
}

#[test]
fn a_profile_that_does_not_exist_is_named_with_the_nearest() {
    let dir = folder();
    let config = dir.path().join("config");
    std::fs::write(&config, "[profile audit]\nregion = eu-west-1\n[profile production]\nregion = eu-west-1\n").expect("writable");
    let config = config.display().to_string();
    let (said, _) = child_with(&[("AWS_CONFIG_FILE", &config), ("EVIDENCE_TEST_PROFILE", "audti")]);
    assert_eq!(said, "error profile `audti` does not exist\nhint did you mean `audit`?");
}

#[test]
fn a_single_sign_on_session_that_is_over_says_how_to_log_in() {
    let dir = folder();
    let config = dir.path().join("config");
    let text = "[profile audit]\nsso_session = corp\nsso_account_id = 111122223333\nsso_role_name = Auditor\nregion = eu-west-1\n[sso-session corp]\nsso_region = eu-west-1\nsso_start_url = https://corp.awsapps.com/start\n";
    std::fs::write(&config, text).expect("writable");
    let config = config.display().to_string();
    let (said, _) = child_with(&[("AWS_CONFIG_FILE", &config), ("EVIDENCE_TEST_PROFILE", "audit")]);
    assert_eq!(said, "error the single-sign-on session of profile `audit` is over\nhint run `aws sso login --profile audit`");
}

#[test]
fn a_named_profile_is_preferred_to_keys_of_the_environment() {
    let server = Server::start(|_| None);
    let dir = folder();
    let file = dir.path().join("credentials");
    std::fs::write(&file, format!("[audit]\naws_access_key_id = {OTHER}\naws_secret_access_key = x\n")).expect("writable");
    let (file, url) = (file.display().to_string(), server.url());
    let own = [("AWS_SHARED_CREDENTIALS_FILE", file.as_str()), ("EVIDENCE_TEST_PROFILE", "audit"), ("AWS_ENDPOINT_URL", url.as_str())];
    let (said, _) = child_with(&with(&own));
    assert!(said.starts_with(&format!("began {OTHER} ")), "{said}");
}

#[test]
fn an_endpoint_that_cannot_be_reached_is_named_quickly() {
    let (said, took) = child_with(&with(&[("AWS_ENDPOINT_URL", "http://127.0.0.1:9")]));
    assert!(said.starts_with("error cannot reach 127.0.0.1:9: "), "{said}");
    assert!(took < Duration::from_secs(15), "{took:?}");
}

#[test]
fn names_below_localhost_reach_loopback_and_the_services_own_endpoint_wins() {
    let (general, own) = (Server::start(|_| None), Server::start(|_| None));
    let url = format!("http://aws.localhost:{}", general.port);
    let iam = format!("http://iam.localhost:{}", own.port);
    let (said, _) = child_with(&with(&[("AWS_ENDPOINT_URL", &url), ("AWS_ENDPOINT_URL_IAM", &iam)]));
    assert_eq!(said, format!("began {ACCOUNT} Some(\"acme\") [\"eu-west-1\", \"us-east-1\"]"));
    assert!(general.connections() > 0 && own.connections() > 0);
}

#[test]
fn the_proxy_of_the_environment_is_used() {
    let proxy = Server::start(|question| Some(Wire::Reply(surroundings(question))));
    let url = proxy.url();
    let (said, _) = child_with(&with(&[("AWS_ENDPOINT_URL", "http://aws.example.test"), ("HTTP_PROXY", &url), ("http_proxy", &url)]));
    assert!(said.starts_with(&format!("began {ACCOUNT} ")), "{said}");
    assert!(proxy.connections() > 0);
}

#[test]
fn credentials_of_another_partition_hint_at_the_region() {
    let server = Server::start(|_| {
        Some(Wire::Reply(query_error(403, "InvalidClientTokenId", "The security token included in the request is invalid.")))
    });
    let url = server.url();
    let (said, _) = child_with(&[("AWS_ACCESS_KEY_ID", ACCOUNT), ("AWS_SECRET_ACCESS_KEY", SECRET), ("AWS_ENDPOINT_URL", &url)]);
    assert!(said.starts_with("error AWS does not accept the credentials"), "{said}");
    assert!(said.contains("AWS_REGION"), "{said}");
}

#[tokio::test]
async fn every_operation_but_assuming_roles_can_be_probed() {
    let upstream = Scripted::new(|question| {
        let known = ["GetCallerIdentity", "DescribeRegions", "ListAccountAliases"].contains(&question.operation.as_str());
        (!known).then(|| match question.service.as_str() {
            "iam" | "rds" | "elasticloadbalancing" | "sns" | "cloudfront" => query_error(404, "NoSuchEntity", "nothing of that name"),
            "ec2" => Reply::Answer {
                status: 400,
                headers: vec![("content-type", "text/xml")],
                body: b"<Response><Errors><Error><Code>InvalidID</Code><Message>nothing of that name</Message></Error></Errors></Response>".to_vec(),
            },
            "s3" if question.operation == "GET /" => xml(
                "<ListAllMyBucketsResult><Buckets><Bucket><Name>orders</Name><CreationDate>2026-01-02T03:04:05.000Z</CreationDate></Bucket></Buckets></ListAllMyBucketsResult>",
            ),
            "s3" => Reply::Answer {
                status: 404,
                headers: vec![("content-type", "application/xml")],
                body: b"<Error><Code>NoSuchBucket</Code><Message>nothing of that name</Message></Error>".to_vec(),
            },
            _ => json_error(404, "NotFoundException", "nothing of that name"),
        })
    });
    let dir = folder();
    let session = live(&upstream, &dir.path().join("r")).await.unwrap_or_else(|error| panic!("{error}"));
    for row in operations::table() {
        let probed = probe(&session, &session.accounts()[0], row.service, row.name).await;
        let expected = if row.name == "AssumeRole" { Probed::NotTried } else { Probed::Allowed };
        assert_eq!(probed, expected, "{}:{}", row.service, row.name);
    }
    assert_eq!(probe(&session, &session.accounts()[0], "IAM", "DeleteUser").await, Probed::NotTried);
}

#[tokio::test]
async fn a_probe_tells_denied_from_unclear() {
    let upstream = Scripted::new(|question| match question.operation.as_str() {
        "ListUsers" => Some(query_error(403, "AccessDenied", "no")),
        "GetAccountSummary" => Some(query_error(500, "InternalFailure", "no")),
        _ => None,
    });
    let dir = folder();
    let session = live(&upstream, &dir.path().join("r")).await.unwrap_or_else(|error| panic!("{error}"));
    let account = &session.accounts()[0];
    assert!(matches!(probe(&session, account, "IAM", "ListUsers").await, Probed::Denied(_)));
    assert!(matches!(probe(&session, account, "IAM", "GetAccountSummary").await, Probed::Unclear(_)));
}
