//! A recording answers as AWS did; a resumed run asks only what is missing.

use super::*;

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
    let error = session.finish().expect_err("the run failed");
    assert!(matches!(&error, SessionError::Expired { account, .. } if account == ACCOUNT), "{error}");
    assert!(error.hint(Some("evidence collect --resume r")).expect("a hint").ends_with("run `evidence collect --resume r`"), "{error}");

    let upstream = Scripted::new(honest);
    let session = Session::resume(settings(&upstream, &dir.path().join("recording"))).await.unwrap_or_else(|error| panic!("{error}"));
    assert!(Call::Summary.ask(&session).await.is_ok());
    assert!(end(session).complete());
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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_session_that_never_finished_is_resumed_from_what_reached_the_disk() {
    let dir = folder();
    let session = begin(&Scripted::new(honest), dir.path()).await;
    let users = Call::Users.ask(&session).await;
    assert!(users.is_ok());
    drop(session);

    let upstream = Scripted::new(honest);
    let session = Session::resume(settings(&upstream, &dir.path().join("recording"))).await.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(Call::Users.ask(&session).await, users);
    assert!(Call::Status.ask(&session).await.is_ok());
    assert_eq!((upstream.count("ListUsers"), upstream.count("DescribeRegions"), upstream.count("GetTrailStatus")), (0, 0, 1));
    let recording = end(session);
    assert!(recording.complete());
    let again = Session::resume(settings(&upstream, &dir.path().join("recording"))).await.expect_err("complete");
    assert!(matches!(again, SessionError::Recording(evidence::recording::RecordingError::Complete(_))), "{again}");
}
