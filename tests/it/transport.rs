//! The transport beneath the SDK clients: nothing becomes an answer that AWS did not give, nothing is sent that may not be, and a
//! recording answers as AWS did.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use evidence::aws::{Caller, Limits, Listing, LiveSettings, OrWhen as _, Page, Reply as Asked, Session, SessionError, Upstream};
use evidence::model::assessment::RecordingOrigin;
use evidence::model::population::Ended;
use evidence::model::{Gap, Reason};
use evidence::recording::line::CallLine;
use evidence::recording::{Recording, State};
use futures::StreamExt as _;

use crate::server::{Server, Wire};
use crate::upstream::{
    ACCOUNT, Question, Reply, SECRET, Scripted, TOKEN, json, json_error, live, query_error, settings, short, users, xml,
};

const REGION: &str = "eu-west-1";
const SUMMARY: &str = "<GetAccountSummaryResponse><GetAccountSummaryResult><SummaryMap><entry><key>Users</key><value>1</value></entry><entry><key>AccountMFAEnabled</key><value>1</value></entry></SummaryMap></GetAccountSummaryResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></GetAccountSummaryResponse>";
const TRAILS: &str = r#"{"trailList":[{"Name":"main","TrailARN":"arn:aws:cloudtrail:eu-west-1:111122223333:trail/main","HomeRegion":"eu-west-1","S3BucketName":"logs","IncludeGlobalServiceEvents":true,"IsMultiRegionTrail":true,"LogFileValidationEnabled":true,"IsOrganizationTrail":false,"HasCustomEventSelectors":false,"HasInsightSelectors":false}]}"#;
const APIS: &str = r#"{"items":[{"apiId":"a1","name":"orders","protocolType":"HTTP","routeSelectionExpression":"$request.method $request.path","createdDate":"2026-01-02T03:04:05Z"}]}"#;
const STATUS: &str = r#"{"IsLogging":true,"LatestDeliveryTime":1.7635968E9,"StartLoggingTime":1.7E9}"#;

/// The four calls most tests make: one of each protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Call {
    Users,
    Summary,
    Trails,
    Status,
    Apis,
}

impl Call {
    const ALL: [Call; 5] = [Call::Users, Call::Summary, Call::Trails, Call::Status, Call::Apis];

    fn operation(self) -> &'static str {
        match self {
            Call::Users => "ListUsers",
            Call::Summary => "GetAccountSummary",
            Call::Trails => "DescribeTrails",
            Call::Status => "GetTrailStatus",
            Call::Apis => "GET /v2/apis",
        }
    }

    fn whole(self) -> String {
        match self {
            Call::Users => users(&["alice", "bob"], None, "false"),
            Call::Summary => SUMMARY.to_owned(),
            Call::Trails => TRAILS.to_owned(),
            Call::Status => STATUS.to_owned(),
            Call::Apis => APIS.to_owned(),
        }
    }

    fn is_xml(self) -> bool {
        matches!(self, Call::Users | Call::Summary)
    }

    fn reply(self, body: impl Into<String>) -> Reply {
        if self.is_xml() { xml(body) } else { json(body) }
    }

    /// Makes the call and shows what came of it.
    async fn ask(self, session: &Session) -> Result<String, Gap> {
        let account = &session.accounts()[0];
        let (global, regional) = (session.global(account), session.regional(account, REGION));
        match self {
            Call::Users => shown(list_users(&global).await),
            Call::Summary => {
                let iam = aws_sdk_iam::Client::new(global.sdk());
                let send = |tap| iam.get_account_summary().customize().interceptor(tap).send();
                let reply = global.ask(("IAM", "GetAccountSummary"), send).await;
                told(reply.map(|answer| {
                    answer.map(|output| output.summary_map.map(|map| map.into_iter().collect::<std::collections::BTreeMap<_, _>>()))
                }))
            }
            Call::Trails => {
                let client = aws_sdk_cloudtrail::Client::new(regional.sdk());
                let send = |tap| client.describe_trails().include_shadow_trails(true).customize().interceptor(tap).send();
                shown(regional.list_whole(("CloudTrail", "DescribeTrails"), send, |output| output.trail_list.unwrap_or_default()).await)
            }
            Call::Status => {
                let client = aws_sdk_cloudtrail::Client::new(regional.sdk());
                let send = |tap| client.get_trail_status().name("main").customize().interceptor(tap).send();
                told(regional.ask(("CloudTrail", "GetTrailStatus"), send).await)
            }
            Call::Apis => shown(list_apis(&regional).await),
        }
    }
}

async fn list_users(caller: &Caller) -> Listing<aws_sdk_iam::types::User> {
    let client = aws_sdk_iam::Client::new(caller.sdk());
    let send = |token: Option<String>, tap| client.list_users().set_marker(token).customize().interceptor(tap).send();
    let page = |output: aws_sdk_iam::operation::list_users::ListUsersOutput| Page {
        token: output.marker,
        truncated: output.is_truncated,
        items: output.users,
    };
    caller.list(("IAM", "ListUsers"), send, page).await
}

async fn list_apis(caller: &Caller) -> Listing<aws_sdk_apigatewayv2::types::Api> {
    let client = aws_sdk_apigatewayv2::Client::new(caller.sdk());
    let send = |token: Option<String>, tap| client.get_apis().set_next_token(token).customize().interceptor(tap).send();
    caller
        .list(("ApiGatewayV2", "GetApis"), send, |output| Page {
            token: output.next_token,
            truncated: false,
            items: output.items.unwrap_or_default(),
        })
        .await
}

fn shown<I: std::fmt::Debug>(listing: Listing<I>) -> Result<String, Gap> {
    match listing.gap {
        None => {
            assert_ne!(listing.ended, Ended::NotProven);
            Ok(format!("{:?} {:?} {:?}", listing.pages, listing.ended, listing.items))
        }
        Some(gap) => {
            assert_eq!(listing.ended, Ended::NotProven);
            Err(gap)
        }
    }
}

fn told<T: std::fmt::Debug>(reply: Asked<T>) -> Result<String, Gap> {
    reply.map(|answer| format!("{:?}", answer.value)).map_err(|refusal| refusal.gap)
}

/// An upstream that answers one call with `reply` and all others as AWS would.
fn spoiling(call: Call, reply: Reply) -> Scripted {
    Scripted::new(move |question| if question.operation == call.operation() { Some(reply.clone()) } else { honest(question) })
}

fn honest(question: &Question) -> Option<Reply> {
    Call::ALL.into_iter().find(|call| question.operation == call.operation()).map(|call| call.reply(call.whole()))
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

async fn begin(upstream: &Scripted, dir: &Path) -> Session {
    live(upstream, &dir.join("recording")).await.unwrap_or_else(|error| panic!("{error}"))
}

/// Ends a session and opens what it recorded.
fn end(session: Session) -> Arc<Recording> {
    let finished = session.finish().unwrap_or_else(|error| panic!("{error}"));
    Arc::new(Recording::open(&finished.dir.expect("a live session has a folder")).unwrap_or_else(|error| panic!("{error}")))
}

fn lines(recording: &Recording, operation: &str) -> Vec<CallLine> {
    let named = recording.entries().iter().filter(|entry| entry.key.operation == operation);
    named.map(|entry| recording.call(&entry.key).expect("readable").expect("indexed")).collect()
}

async fn replay(recording: Arc<Recording>) -> Session {
    Session::replay(recording, None).await.unwrap_or_else(|error| panic!("{error}"))
}

/// Every way in which a body can be no answer, with its name.
fn spoiled_bodies(call: Call) -> Vec<(String, String)> {
    let whole = call.whole();
    let mut bodies = vec![
        ("empty".to_owned(), String::new()),
        ("an empty object".to_owned(), "{}".to_owned()),
        ("html".to_owned(), "<html><body>Sign in</body></html>".to_owned()),
        ("plain text".to_owned(), "OK".to_owned()),
        ("null".to_owned(), "null".to_owned()),
        ("a list".to_owned(), "[]".to_owned()),
    ];
    for at in (1..whole.len()).step_by(29) {
        bodies.push((format!("cut after {at} bytes"), whole[..at].to_owned()));
    }
    let members: &[(&str, &str)] = match call {
        Call::Users => &[
            ("<IsTruncated>false</IsTruncated>", ""),
            ("<CreateDate>2026-01-02T03:04:05Z</CreateDate>", ""),
            ("<Arn>arn:aws:iam::111122223333:user/bob</Arn>", ""),
            ("ListUsersResponse", "ListRolesResponse"),
            ("ListUsersResult", "ListRolesResult"),
            ("Users>", "Accounts>"),
        ],
        Call::Summary => &[("SummaryMap", "Map"), ("GetAccountSummaryResponse", "GetAccountResponse")],
        Call::Trails => &[("\"trailList\"", "\"trails\""), ("\"IsMultiRegionTrail\":true,", ""), ("\"S3BucketName\":\"logs\",", "")],
        Call::Status => &[("\"IsLogging\":true,", ""), ("true", "\"yes\"")],
        Call::Apis => &[("\"items\"", "\"things\""), ("\"apiId\":\"a1\",", ""), ("\"protocolType\":\"HTTP\",", "")],
    };
    for (from, to) in members {
        assert!(whole.contains(from), "{from}");
        bodies.push((format!("{from} as `{to}`"), whole.replace(from, to)));
    }
    bodies
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whole_answers_are_answers() {
    let upstream = Scripted::new(honest);
    let dir = folder();
    let session = begin(&upstream, dir.path()).await;
    for call in Call::ALL {
        assert!(call.ask(&session).await.is_ok(), "{call:?}");
    }
    assert!(end(session).complete());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_body_that_is_no_answer_becomes_one() {
    let cases = Call::ALL.into_iter().flat_map(|call| spoiled_bodies(call).into_iter().map(move |(name, body)| (call, name, body)));
    let all = futures::stream::iter(cases).map(|(call, name, body)| spoil_one(call, name, body)).buffer_unordered(8);
    assert!(all.collect::<Vec<()>>().await.len() > 80);
}

async fn spoil_one(call: Call, name: String, body: String) {
    let upstream = spoiling(call, call.reply(body));
    let dir = folder();
    let session = begin(&upstream, dir.path()).await;
    let gap = call.ask(&session).await.expect_err(&format!("{call:?}, {name}"));
    assert_eq!(gap.reason, Reason::Failed, "{call:?}, {name}: {gap:?}");
    let attempts = upstream.count(call.operation());
    assert_eq!(attempts, 3, "{call:?}, {name}: a spoiled body is asked for again");
    let recording = end(session);
    let line = &lines(&recording, &gap.operation)[0];
    assert!(line.invalid.is_some(), "{call:?}, {name}");
    assert_eq!(line.attempts.len(), attempts, "{call:?}, {name}");
    let replayed = call.ask(&replay(recording).await).await.expect_err("as live");
    assert_eq!(replayed, gap, "{call:?}, {name}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn errors_become_the_gap_that_their_code_names() {
    let message = "User: arn:aws:iam::111122223333:user/auditor is not authorized to perform: svc:Action on resource: *";
    let scp = format!("{message} with an explicit deny in a service control policy");
    let implicit = format!("{message} because no identity-based policy allows the svc:Action action");
    let cases: &[(u16, &str, &str, Reason, usize, &str)] = &[
        (403, "AccessDenied", &scp, Reason::Denied, 1, "explicit deny in a service control policy"),
        (400, "AccessDeniedException", &implicit, Reason::Denied, 1, "no identity-based policy allows it"),
        (403, "AccessDenied", message, Reason::Denied, 1, "`svc:Action` is denied to arn:aws:iam::111122223333:user/auditor"),
        (400, "ThrottlingException", "Rate exceeded", Reason::Throttled, 3, "Rate exceeded"),
        (429, "TooManyRequestsException", "Slow", Reason::Throttled, 3, "Slow"),
        (500, "InternalFailure", "Oops", Reason::Failed, 3, "500 `InternalFailure`"),
        (503, "ServiceUnavailable", "Later", Reason::Failed, 3, "503"),
        (400, "ValidationError", "Bad", Reason::Failed, 1, "400 `ValidationError`: Bad"),
        (400, "AccountNotManagementOrDelegatedAdministratorException", "No", Reason::NotManagementAccount, 1, "No"),
    ];
    for call in Call::ALL {
        for (status, code, message, reason, attempts, detail) in cases {
            let reply = if call.is_xml() { query_error(*status, code, message) } else { json_error(*status, code, message) };
            let upstream = spoiling(call, reply);
            let dir = folder();
            let session = begin(&upstream, dir.path()).await;
            let gap = call.ask(&session).await.expect_err(code);
            assert_eq!(gap.reason, *reason, "{call:?} {code}: {gap:?}");
            assert!(gap.detail.contains(detail), "{call:?} {code}: {gap:?}");
            assert_eq!(upstream.count(call.operation()), *attempts, "{call:?} {code}");
            let recording = end(session);
            assert_eq!(call.ask(&replay(recording).await).await.expect_err("as live"), gap, "{call:?} {code}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_silent_or_broken_connection_leaves_a_line_with_all_its_attempts() {
    let late = || Reply::Late(Duration::from_secs(60), Box::new(Reply::Break));
    let cases = [(Reply::Hang, "timeout"), (Reply::Break, "io"), (late(), "timeout")];
    let calls = [Call::Users, Call::Trails, Call::Apis];
    let all = cases.iter().flat_map(|(reply, word)| calls.map(|call| break_one(call, reply.clone(), word)));
    futures::future::join_all(all).await;
}

async fn break_one(call: Call, reply: Reply, word: &str) {
    let upstream = spoiling(call, reply);
    let dir = folder();
    let session = begin(&upstream, dir.path()).await;
    let before = Instant::now();
    let gap = call.ask(&session).await.expect_err(word);
    assert!(before.elapsed() < Duration::from_secs(20), "bounded by the call's limit");
    assert_eq!(gap.reason, Reason::Failed);
    let recording = end(session);
    let line = &lines(&recording, &gap.operation)[0];
    assert!(line.response.is_none());
    assert_eq!(line.attempts.len(), 3);
    assert!(line.attempts.iter().all(|attempt| attempt.error.as_deref() == Some(word) && attempt.received.is_none()), "{line:?}");
    assert_eq!(call.ask(&replay(recording).await).await.expect_err("as live"), gap);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_limit_of_a_call_ends_it_within_an_attempt() {
    let upstream = spoiling(Call::Users, Reply::Hang);
    let dir = folder();
    let mut settings = settings(&upstream, &dir.path().join("recording"));
    settings.limits = Limits { attempt: Duration::from_secs(30), call: Duration::from_millis(500), ..short() };
    let session = Session::live(settings).await.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(Call::Users.ask(&session).await.expect_err("hangs").detail, "no answer came in time (1 attempt)");
    let recording = end(session);
    assert_eq!(lines(&recording, "ListUsers")[0].attempts[0].error.as_deref(), Some("timeout"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_later_attempt_that_succeeds_is_the_answer() {
    let asked = AtomicUsize::new(0);
    let upstream = Scripted::new(move |question| {
        let spoil = question.operation == "DescribeTrails" && asked.fetch_add(1, Ordering::SeqCst) < 2;
        if spoil { Some(json("{\"trailList\":[{")) } else { honest(question) }
    });
    let dir = folder();
    let session = begin(&upstream, dir.path()).await;
    assert!(Call::Trails.ask(&session).await.is_ok());
    let recording = end(session);
    let line = &lines(&recording, "DescribeTrails")[0];
    let errors: Vec<Option<&str>> = line.attempts.iter().map(|attempt| attempt.error.as_deref()).collect();
    assert_eq!(errors, [Some("invalid_body"), Some("invalid_body"), None]);
    assert_eq!(line.invalid, None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_listing_that_does_not_prove_its_end_is_a_gap_and_keeps_what_it_has() {
    type Script = fn(&str) -> Reply;
    let cases: [(&str, Script, usize, Reason, &str); 5] = [
        ("repeated token", |_| xml(users(&["a"], Some("again"), "true")), 2, Reason::Truncated, "already read"),
        ("truncated without token", |_| xml(users(&["a"], None, "true")), 1, Reason::Truncated, "names no next page"),
        (
            "second page denied",
            |body| if body.contains("Marker=") { query_error(403, "AccessDenied", "no") } else { xml(users(&["a"], Some("m"), "true")) },
            1,
            Reason::Denied,
            "denied",
        ),
        (
            "second page cut",
            |body| if body.contains("Marker=") { xml(&users(&["b"], None, "false")[..200]) } else { xml(users(&["a"], Some("m"), "true")) },
            1,
            Reason::Failed,
            "not one the operation returns",
        ),
        (
            "token on a page not marked truncated",
            |body| if body.contains("Marker=") { query_error(500, "Oops", "no") } else { xml(users(&["a"], Some("m"), "false")) },
            1,
            Reason::Failed,
            "500",
        ),
    ];
    for (name, script, kept, reason, detail) in cases {
        let upstream = Scripted::new(move |question| (question.operation == "ListUsers").then(|| script(&question.body)));
        let dir = folder();
        let session = begin(&upstream, dir.path()).await;
        let listing = list_users(&session.global(&session.accounts()[0])).await;
        let gap = listing.gap.expect(name);
        assert_eq!((gap.reason, listing.ended), (reason, Ended::NotProven), "{name}: {gap:?}");
        assert!(gap.detail.contains(detail), "{name}: {gap:?}");
        assert_eq!(listing.items.len(), kept, "{name}");
        assert!(listing.calls.iter().all(|call| session.asked().contains_key(call)), "{name}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_listing_ends_with_the_page_that_says_so() {
    let upstream = Scripted::new(|question| {
        let page = if question.body.contains("Marker=m2") {
            users(&["c"], None, "false")
        } else if question.body.contains("Marker=m1") {
            users(&["b"], Some("m2"), "true")
        } else {
            users(&["a"], Some("m1"), "true")
        };
        (question.operation == "ListUsers").then(|| xml(page))
    });
    let dir = folder();
    let session = begin(&upstream, dir.path()).await;
    let listing = list_users(&session.global(&session.accounts()[0])).await;
    assert_eq!((listing.pages, listing.ended, listing.gap), (3, Ended::LastPage, None));
    assert_eq!(listing.items.iter().map(|(_, user)| user.user_name.as_str()).collect::<Vec<_>>(), ["a", "b", "c"]);
    assert_eq!(listing.items.iter().map(|(call, _)| *call).collect::<Vec<_>>(), listing.calls, "each member has its page's call");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_page_limit_is_a_gap() {
    let next = AtomicUsize::new(0);
    let upstream = Scripted::new(move |question| {
        let token = format!("m{}", next.fetch_add(1, Ordering::SeqCst));
        (question.operation == "ListUsers").then(|| xml(users(&["a"], Some(&token), "true")))
    });
    let dir = folder();
    let mut settings = settings(&upstream, &dir.path().join("recording"));
    settings.limits.pages = 5;
    let session = Session::live(settings).await.unwrap_or_else(|error| panic!("{error}"));
    let listing = list_users(&session.global(&session.accounts()[0])).await;
    assert_eq!((listing.pages, listing.gap.map(|gap| gap.reason)), (5, Some(Reason::Truncated)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_the_exact_code_means_not_configured() {
    for (code, expected) in [("NoSuchEntity", true), ("NoSuchEntityException", false), ("NoSuchBucket", false), ("AccessDenied", false)] {
        let upstream =
            Scripted::new(move |question| (question.operation == "GetAccountPasswordPolicy").then(|| query_error(404, code, "no")));
        let dir = folder();
        let session = begin(&upstream, dir.path()).await;
        let caller = session.global(&session.accounts()[0]);
        let iam = aws_sdk_iam::Client::new(caller.sdk());
        let send = |tap| iam.get_account_password_policy().customize().interceptor(tap).send();
        let reply = caller.ask(("IAM", "GetAccountPasswordPolicy"), send).await;
        let reply = reply.map(|answer| answer.map(|output| output.password_policy)).or_when("NoSuchEntity", None);
        assert_eq!(reply.is_ok(), expected, "{code}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_not_in_the_table_is_refused_before_anything_is_sent() {
    let upstream = Scripted::new(honest);
    let dir = folder();
    let session = begin(&upstream, dir.path()).await;
    let caller = session.global(&session.accounts()[0]);
    let iam = aws_sdk_iam::Client::new(caller.sdk());
    let before = (session.sent(), upstream.questions().len());

    let refusal = caller
        .ask(("IAM", "DeleteUser"), |tap| iam.delete_user().user_name("alice").customize().interceptor(tap).send())
        .await
        .expect_err("not in the table");
    assert_eq!(refusal.gap.reason, Reason::Failed);

    // A tap made for one operation does not let another through.
    let disguised = caller
        .ask(("IAM", "ListUsers"), |tap| iam.delete_user().user_name("alice").customize().interceptor(tap).send())
        .await
        .expect_err("another operation");
    assert!(disguised.gap.detail.contains("`IAM:DeleteUser` was asked as `IAM:ListUsers`"), "{disguised:?}");

    // A client without a tap cannot send at all, also what the table holds.
    assert!(iam.list_users().send().await.is_err());
    assert!(iam.delete_user().user_name("alice").send().await.is_err());

    // Roles are assumed by credential providers alone.
    let sts = aws_sdk_sts::Client::new(caller.sdk());
    let assume = caller.ask(("STS", "AssumeRole"), |tap| {
        sts.assume_role().role_arn("arn:aws:iam::111122223333:role/x").role_session_name("x").customize().interceptor(tap).send()
    });
    assert!(assume.await.is_err());

    assert_eq!((session.sent(), upstream.questions().len()), before, "nothing reached the upstream");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_credential_header_or_cookie_reaches_the_disk() {
    let upstream = Scripted::new(honest);
    let dir = folder();
    let session = begin(&upstream, dir.path()).await;
    for call in Call::ALL {
        assert!(call.ask(&session).await.is_ok());
    }
    let sent = upstream.questions();
    assert!(sent.iter().all(|question| question.headers.iter().any(|(name, value)| name == "x-amz-security-token" && value == TOKEN)));
    let signatures: Vec<String> = sent
        .iter()
        .flat_map(|question| question.headers.iter().filter(|(name, _)| name == "authorization"))
        .filter_map(|(_, value)| value.split("Signature=").nth(1).map(str::to_owned))
        .collect();
    assert_eq!(signatures.len(), sent.len());
    let recording = end(session);
    let mut text = String::from_utf8_lossy(&recording.header().to_bytes()).into_owned();
    for entry in recording.entries() {
        let line = recording.call(&entry.key).expect("readable").expect("indexed");
        text += &serde_json::to_string(&line).expect("serializes");
    }
    for secret in [SECRET, TOKEN, "AWS4-HMAC-SHA256", "cookie-that-is-nobodys-business", "x-amz-security-token"] {
        assert!(!text.to_lowercase().contains(&secret.to_lowercase()), "{secret}");
    }
    assert!(signatures.iter().all(|signature| !text.contains(signature.as_str())));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn replay_answers_as_aws_did_and_opens_no_connection() {
    let upstream = Scripted::new(honest);
    let dir = folder();
    let session = begin(&upstream, dir.path()).await;
    let mut answers = Vec::new();
    for call in Call::ALL {
        answers.push(call.ask(&session).await);
    }
    let (asked, scope) = (session.asked(), session.scope());
    let questions = upstream.questions().len();
    let recording = end(session);
    let replayed = replay(recording.clone()).await;
    for (call, answer) in Call::ALL.into_iter().zip(&answers) {
        assert!(answer.is_ok());
        assert_eq!(&call.ask(&replayed).await, answer, "{call:?}");
    }
    assert_eq!(replayed.asked(), asked, "the same calls");
    assert_eq!(replayed.scope(), scope, "the same scope");
    assert_eq!(replayed.started(), recording.header().started);
    assert_eq!(replayed.sent(), 0);
    assert_eq!(upstream.questions().len(), questions);
    let finished = replayed.finish().unwrap_or_else(|error| panic!("{error}"));
    assert!(finished.recording.is_some());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_recording_lacks_is_not_recorded() {
    let upstream = Scripted::new(honest);
    let dir = folder();
    let session = begin(&upstream, dir.path()).await;
    assert!(Call::Users.ask(&session).await.is_ok());
    let replayed = replay(end(session)).await;
    assert!(Call::Users.ask(&replayed).await.is_ok());
    let before = Instant::now();
    for call in [Call::Summary, Call::Trails, Call::Status, Call::Apis] {
        let gap = call.ask(&replayed).await.expect_err("not recorded");
        assert_eq!((gap.reason, gap.call), (Reason::NotRecorded, None));
    }
    assert!(before.elapsed() < Duration::from_secs(2), "nothing is retried or waited for");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_question_is_asked_once() {
    let upstream = Scripted::new(|question| {
        let reply = honest(question)?;
        Some(Reply::Late(Duration::from_millis(100), Box::new(reply)))
    });
    let dir = folder();
    let session = begin(&upstream, dir.path()).await;
    let at_once = futures::future::join_all((0..6).map(|_| Call::Summary.ask(&session))).await;
    let later = Call::Summary.ask(&session).await;
    assert!(later.is_ok());
    assert!(at_once.iter().all(|answer| *answer == later), "all get the same answer");
    assert_eq!(upstream.count("GetAccountSummary"), 1);
    assert_eq!(lines(&end(session), "GetAccountSummary").len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn those_who_follow_a_failing_call_get_its_gap_without_asking_again() {
    let upstream = spoiling(Call::Summary, Reply::Late(Duration::from_millis(50), Box::new(query_error(503, "ServiceUnavailable", "no"))));
    let dir = folder();
    let session = begin(&upstream, dir.path()).await;
    let all = futures::future::join_all((0..4).map(|_| Call::Summary.ask(&session))).await;
    assert!(all.iter().all(|answer| *answer == all[0] && answer.is_err()));
    assert_eq!(upstream.count("GetAccountSummary"), 3, "three attempts in all");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_dropped_asker_does_not_hold_up_others() {
    let first = AtomicUsize::new(0);
    let upstream = Scripted::new(move |question| {
        let hang = question.operation == "GetAccountSummary" && first.fetch_add(1, Ordering::SeqCst) == 0;
        if hang { Some(Reply::Hang) } else { honest(question) }
    });
    let dir = folder();
    let session = begin(&upstream, dir.path()).await;
    let dropped = tokio::time::timeout(Duration::from_millis(100), Call::Summary.ask(&session)).await;
    assert!(dropped.is_err(), "given up by its asker");
    assert!(Call::Summary.ask(&session).await.is_ok());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_polled_operation_replays_its_sequence() {
    let asked = AtomicUsize::new(0);
    let upstream = Scripted::new(move |question| {
        (question.operation == "GenerateCredentialReport").then(|| {
            let state = ["STARTED", "INPROGRESS", "COMPLETE"][asked.fetch_add(1, Ordering::SeqCst).min(2)];
            xml(format!(
                "<GenerateCredentialReportResponse><GenerateCredentialReportResult><State>{state}</State></GenerateCredentialReportResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></GenerateCredentialReportResponse>"
            ))
        })
    });
    let dir = folder();
    let session = begin(&upstream, dir.path()).await;
    let states = poll(&session).await;
    assert_eq!(states, ["STARTED", "INPROGRESS", "COMPLETE"]);
    let recording = end(session);
    let ordinals: Vec<u32> = lines(&recording, "GenerateCredentialReport").iter().map(|line| line.key.n).collect();
    assert_eq!(ordinals, [0, 1, 2]);
    let before = Instant::now();
    assert_eq!(poll(&replay(recording).await).await, states);
    assert!(before.elapsed() < Duration::from_secs(5), "replay does not pause");
}

/// Polls until the report is complete, with a pause no test would wait for in replay.
async fn poll(session: &Session) -> Vec<String> {
    let caller = session.global(&session.accounts()[0]);
    let iam = aws_sdk_iam::Client::new(caller.sdk());
    let pause = if session.is_replay() { Duration::from_secs(3600) } else { Duration::from_millis(1) };
    let mut states = Vec::new();
    for _ in 0..3 {
        let send = |tap| iam.generate_credential_report().customize().interceptor(tap).send();
        let answer = caller.ask(("IAM", "GenerateCredentialReport"), send).await.expect("answered");
        states.push(answer.value.state.map(|state| state.as_str().to_owned()).unwrap_or_default());
        caller.pause(pause).await;
    }
    states
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_resumed_run_asks_only_what_has_no_final_answer() {
    let dir = folder();
    let first = Scripted::new(|question| match question.operation.as_str() {
        "GetAccountSummary" => Some(query_error(403, "AccessDenied", "no")),
        "DescribeTrails" => Some(json_error(500, "InternalFailure", "no")),
        _ => honest(question),
    });
    let session = begin(&first, dir.path()).await;
    let users = Call::Users.ask(&session).await;
    let denied = Call::Summary.ask(&session).await;
    assert!(Call::Trails.ask(&session).await.is_err());
    session.cancel_handle().cancel();
    assert!(session.finish().unwrap_or_else(|error| panic!("{error}")).broken_off);

    let second = Scripted::new(honest);
    let session = Session::resume(settings(&second, &dir.path().join("recording"))).await.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(Call::Users.ask(&session).await, users);
    assert_eq!(Call::Summary.ask(&session).await, denied, "a refusal is final");
    assert!(Call::Trails.ask(&session).await.is_ok(), "a failure is asked again");
    assert!(Call::Apis.ask(&session).await.is_ok());
    let mut asked: Vec<String> = second.questions().into_iter().map(|question| question.operation).collect();
    asked.sort();
    assert_eq!(asked, ["DescribeTrails", "GET /v2/apis", "GetCallerIdentity"], "and who asks is made sure of");
    let recording = end(session);
    assert_eq!(recording.header().state, State::Complete);
    assert_eq!(recording.header().resumed.len(), 1);
    let replayed = replay(recording).await;
    assert!(Call::Trails.ask(&replayed).await.is_ok(), "the later line counts");
    assert_eq!(Call::Summary.ask(&replayed).await, denied);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_resumed_polled_operation_goes_on_where_it_stopped() {
    let report = |state: &str| {
        xml(format!(
            "<GenerateCredentialReportResponse><GenerateCredentialReportResult><State>{state}</State></GenerateCredentialReportResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></GenerateCredentialReportResponse>"
        ))
    };
    let dir = folder();
    let upstream = Scripted::new(move |question| (question.operation == "GenerateCredentialReport").then(|| report("STARTED")));
    let session = begin(&upstream, dir.path()).await;
    let caller = session.global(&session.accounts()[0]);
    let iam = aws_sdk_iam::Client::new(caller.sdk());
    let send = |tap| iam.generate_credential_report().customize().interceptor(tap).send();
    assert!(caller.ask(("IAM", "GenerateCredentialReport"), send).await.is_ok());
    session.cancel_handle().cancel();
    session.finish().unwrap_or_else(|error| panic!("{error}"));

    let upstream = Scripted::new(move |question| (question.operation == "GenerateCredentialReport").then(|| report("COMPLETE")));
    let session = Session::resume(settings(&upstream, &dir.path().join("recording"))).await.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(poll(&session).await, ["STARTED", "COMPLETE", "COMPLETE"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cancelling_finishes_what_is_on_its_way_and_asks_nothing_more() {
    let upstream = Scripted::new(|question| {
        let reply = honest(question)?;
        Some(Reply::Late(Duration::from_millis(200), Box::new(reply)))
    });
    let dir = folder();
    let session = begin(&upstream, dir.path()).await;
    let cancel = session.cancel_handle();
    let (flying, ()) = tokio::join!(Call::Summary.ask(&session), async {
        tokio::time::sleep(Duration::from_millis(50)).await;
        cancel.cancel();
    });
    assert!(flying.is_ok(), "{flying:?}");
    let refused = Call::Apis.ask(&session).await.expect_err("cancelled");
    assert_eq!(refused.detail, "not asked: the run was broken off");
    assert_eq!(upstream.count("GET /v2/apis"), 0);
    assert!(session.halted() && !session.failed());
    let recording = end(session);
    assert_eq!(recording.header().state, State::BrokenOff);
    assert_eq!(lines(&recording, "GetAccountSummary").len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cancelling_ends_the_attempts_of_a_failing_call() {
    let upstream = spoiling(Call::Summary, query_error(503, "ServiceUnavailable", "no"));
    let dir = folder();
    let mut settings = settings(&upstream, &dir.path().join("recording"));
    settings.limits = Limits { attempts: 50, first_pause: Duration::from_millis(40), longest_pause: Duration::from_millis(40), ..short() };
    let session = Session::live(settings).await.unwrap_or_else(|error| panic!("{error}"));
    let cancel = session.cancel_handle();
    let (answer, ()) = tokio::join!(Call::Summary.ask(&session), async {
        tokio::time::sleep(Duration::from_millis(150)).await;
        cancel.cancel();
    });
    assert!(answer.is_err());
    assert!(upstream.count("GetAccountSummary") < 40);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn expired_credentials_end_the_run_and_leave_it_resumable() {
    let dir = folder();
    let upstream = Scripted::new(|question| match question.operation.as_str() {
        "GetAccountSummary" => Some(query_error(403, "ExpiredToken", "The security token included in the request is expired")),
        _ => honest(question),
    });
    let session = begin(&upstream, dir.path()).await;
    assert!(Call::Users.ask(&session).await.is_ok());
    assert!(Call::Summary.ask(&session).await.is_err());
    assert!(session.failed());
    assert_eq!(Call::Apis.ask(&session).await.expect_err("over").detail, "not asked: the run was broken off");
    let out = session.dir().cloned();
    let error = session.finish().expect_err("the run failed");
    assert!(matches!(&error, SessionError::Expired { account, .. } if account == ACCOUNT), "{error}");
    assert!(error.hint(out.as_ref()).expect("a hint").contains("collect --resume"), "{error}");

    let upstream = Scripted::new(honest);
    let session = Session::resume(settings(&upstream, &dir.path().join("recording"))).await.unwrap_or_else(|error| panic!("{error}"));
    assert!(Call::Summary.ask(&session).await.is_ok());
    assert!(end(session).complete());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_broken_operation_does_not_use_up_the_retries_of_others() {
    let asked = AtomicUsize::new(0);
    let upstream = Scripted::new(move |question| match question.operation.as_str() {
        "GetTrailStatus" => Some(json_error(500, "InternalFailure", "no")),
        "GetAccountSummary" if asked.fetch_add(1, Ordering::SeqCst) < 2 => Some(query_error(500, "InternalFailure", "no")),
        _ => honest(question),
    });
    let dir = folder();
    let mut settings = settings(&upstream, &dir.path().join("recording"));
    settings.limits.retry_budget = 10;
    let session = Session::live(settings).await.unwrap_or_else(|error| panic!("{error}"));
    let caller = session.regional(&session.accounts()[0], REGION);
    let client = aws_sdk_cloudtrail::Client::new(caller.sdk());
    for trail in 0..20 {
        let send = |tap| client.get_trail_status().name(format!("t{trail}")).customize().interceptor(tap).send();
        assert!(caller.ask(("CloudTrail", "GetTrailStatus"), send).await.is_err());
    }
    assert_eq!(upstream.count("GetTrailStatus"), 20 + 10, "twenty calls, and ten further attempts in all");
    assert!(Call::Summary.ask(&session).await.is_ok(), "another operation still gets its attempts");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn calls_to_one_service_in_one_place_are_limited() {
    let now = Arc::new((AtomicUsize::new(0), AtomicUsize::new(0)));
    let seen = now.clone();
    let upstream = Scripted::new(move |question| {
        if question.operation == "GetTrailStatus" {
            let count = seen.0.fetch_add(1, Ordering::SeqCst) + 1;
            seen.1.fetch_max(count, Ordering::SeqCst);
            let seen = seen.clone();
            tokio::spawn(async move {
                tokio::time::sleep(Duration::from_millis(20)).await;
                seen.0.fetch_sub(1, Ordering::SeqCst);
            });
            return Some(Reply::Late(Duration::from_millis(40), Box::new(json(STATUS))));
        }
        honest(question)
    });
    let dir = folder();
    let mut settings = settings(&upstream, &dir.path().join("recording"));
    settings.limits.per_service = 3;
    let session = Session::live(settings).await.unwrap_or_else(|error| panic!("{error}"));
    let caller = session.regional(&session.accounts()[0], REGION);
    let client = aws_sdk_cloudtrail::Client::new(caller.sdk());
    let ask = |trail: usize| {
        let (client, caller) = (&client, &caller);
        async move {
            let send = |tap| client.get_trail_status().name(format!("t{trail}")).customize().interceptor(tap).send();
            caller.ask(("CloudTrail", "GetTrailStatus"), send).await.is_ok()
        }
    };
    let all = futures::future::join_all((0..12).map(ask)).await;
    assert!(all.into_iter().all(|answered| answered));
    assert_eq!(now.1.load(Ordering::SeqCst), 3);
}

/// What a socket can do that leaves no whole answer: bytes sent before it closes, and the word for it.
fn broken_sockets() -> Vec<(&'static str, fn() -> Wire, &'static str)> {
    fn raw(head: &str) -> Wire {
        Wire::Raw(format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n{head}\r\n\r\n{}", &TRAILS[..120]).into_bytes())
    }
    vec![
        ("closed without a word", || Wire::Close, "io"),
        ("hanging", || Wire::Hang, "timeout"),
        ("shorter than its length", || raw("content-length: 400"), "io"),
        ("a chunk cut", || raw("transfer-encoding: chunked\r\n\r\n190"), "io"),
        ("cut, and only closed to say so", || raw("connection: close"), "invalid_body"),
        ("headers cut", || Wire::Raw(b"HTTP/1.1 200 OK\r\ncontent-".to_vec()), "io"),
        ("no HTTP", || Wire::Raw(b"SSH-2.0-OpenSSH_9.2\r\n".to_vec()), "io"),
    ]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_broken_socket_gives_a_gap_and_a_line() {
    for (name, wire, word) in broken_sockets() {
        let server = Server::start(move |question| (question.operation == "DescribeTrails").then(wire));
        let dir = folder();
        let mut settings = over_the_network(&server, dir.path());
        settings.limits.attempts = 2;
        let session = Session::live(settings).await.unwrap_or_else(|error| panic!("{name}: {error}"));
        let gap = Call::Trails.ask(&session).await.expect_err(name);
        assert_eq!(gap.reason, Reason::Failed, "{name}: {gap:?}");
        let recording = end(session);
        let line = &lines(&recording, "DescribeTrails")[0];
        let errors: Vec<Option<&str>> = line.attempts.iter().map(|attempt| attempt.error.as_deref()).collect();
        assert!(!errors.is_empty() && errors.iter().all(|error| *error == Some(word)), "{name}: {line:?}");
        assert_eq!(recording.header().origin, RecordingOrigin::Emulated);
        assert_eq!(Call::Trails.ask(&replay(recording).await).await.expect_err("as live"), gap, "{name}");
    }
}

fn over_the_network(server: &Server, dir: &Path) -> LiveSettings {
    let mut settings = settings(&Scripted::new(honest), &dir.join("recording"));
    settings.upstream = Upstream::Network;
    settings.given.as_mut().expect("given").endpoint_url = Some(server.url());
    settings
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn real_sockets_answer_and_replay_opens_none() {
    let server = Server::start(|question| honest(question).map(Wire::Reply));
    let dir = folder();
    let session = Session::live(over_the_network(&server, dir.path())).await.unwrap_or_else(|error| panic!("{error}"));
    for call in Call::ALL {
        assert!(call.ask(&session).await.is_ok(), "{call:?}");
    }
    let sent = session.sent();
    assert_eq!(sent, 3 + 5, "identity, Regions, alias, and the five");
    let recording = end(session);
    let connections = server.connections();
    assert!(connections > 0);
    let replayed = replay(recording).await;
    for call in Call::ALL {
        assert!(call.ask(&replayed).await.is_ok(), "{call:?}");
    }
    assert_eq!((server.connections(), replayed.sent()), (connections, 0));
}

#[test]
fn no_listing_uses_the_sdks_paginators() {
    fn visit(dir: &Path, found: &mut Vec<String>) {
        for entry in std::fs::read_dir(dir).expect("readable").map(|entry| entry.expect("readable").path()) {
            if entry.is_dir() {
                visit(&entry, found);
            } else if std::fs::read_to_string(&entry).is_ok_and(|text| text.contains("into_paginator")) {
                found.push(entry.display().to_string());
            }
        }
    }
    let mut found = Vec::new();
    visit(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    assert_eq!(found, Vec::<String>::new(), "they end silently on a missing or repeated token");
}
