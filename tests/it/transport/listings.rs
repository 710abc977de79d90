//! A listing proves that it ended, or has a gap.

use super::*;

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
