//! Nothing that AWS did not answer becomes an answer.

use super::*;

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
