//! What may be sent, and what of it may be kept.

use super::*;

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
