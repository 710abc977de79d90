//! Nothing hangs, nothing is asked too often, and a run can be stopped.

use super::*;

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

/// A name, what the socket does, and the word for it on record.
type BrokenSocket = (&'static str, fn() -> Wire, &'static str);

/// What a socket can do that leaves no whole answer.
fn broken_sockets() -> Vec<BrokenSocket> {
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
