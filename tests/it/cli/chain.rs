//! From live accounts to a pack, from its recording to the same pack, and from the pack to a verdict on the pack.

use std::os::unix::fs::PermissionsExt as _;

use super::harness::{DEMO, Place};
use crate::pack::reading::files;
use crate::server::Server;

#[test]
fn a_live_build_of_two_accounts_says_who_where_and_what_came_out() {
    insta::assert_snapshot!(DEMO.place.normalised(&DEMO.built));
    let scope = &DEMO.place.json(&format!("{}/assessment.json", DEMO.built.pack()))["scope"]["accounts"];
    let ids: Vec<_> = DEMO.seeded.accounts.iter().map(|account| account.account.clone()).collect();
    assert_eq!(ids, scope.as_array().expect("accounts").iter().map(|one| one["id"].as_str().expect("id").to_owned()).collect::<Vec<_>>());
    for folder in [DEMO.recording(), DEMO.pack()] {
        for path in files(&folder).keys() {
            let mode = |path: &std::path::Path| path.metadata().expect("it exists").permissions().mode() & 0o777;
            assert_eq!(mode(&folder.join(path)), 0o600, "{path}");
            assert_eq!(mode(folder.join(path).parent().expect("a folder")), 0o700, "{path}");
        }
    }
    assert!(DEMO.place.names(".tmp").is_empty(), "nothing is left in the temporary folder");
    assert_eq!(DEMO.place.names(""), ["packs", "recordings"]);
}

#[test]
fn a_recording_is_judged_as_the_live_run_was_without_credentials_or_a_connection() {
    let listener = Server::start(|_| None);
    let mut place = Place::without_aws();
    for name in ["AWS_ENDPOINT_URL", "HTTP_PROXY", "HTTPS_PROXY"] {
        place.environment.insert(name.into(), listener.url());
    }
    let (recording, live) = (DEMO.recording(), files(&DEMO.pack()));
    let first = place.run(&format!("build --framework cis --from {} --out first", recording.display())).ends(4);
    assert_eq!(first.pack(), "first");
    let as_of = place.json("first/assessment.json")["as_of"].as_str().expect("an instant").to_owned();
    place.run(&format!("build --framework cis --from {} --as-of {as_of} --out second", recording.display())).ends(4);
    let (first, second) = (files(&place.path("first")), files(&place.path("second")));
    for name in ["assessment.json", "verdicts.jsonl"] {
        assert!(live[name] == first[name], "{name} of the live pack is that of the replay");
    }
    let differing: Vec<&String> = first.keys().filter(|path| second.get(*path) != first.get(*path)).collect();
    assert!(differing.is_empty() && first.len() == second.len(), "{differing:?}");
    let differing: Vec<&String> = live.keys().filter(|path| first.get(*path) != live.get(*path)).collect();
    assert!(differing.is_empty() && first.len() == live.len(), "live and replayed differ in {differing:?}");

    let held = place.run("verify first").ends(0);
    insta::assert_snapshot!(place.normalised(&held));
    let from_pack = place.run("build --framework cis --from first --out third --quiet").ends(4);
    assert_eq!(from_pack.stderr.lines().count(), 1, "{from_pack}");
    assert!(files(&place.path("third")) == first, "a pack's own recording makes the pack");
    assert_eq!(listener.connections(), 0);
}

#[test]
fn the_sums_of_a_pack_are_what_sha256sum_reads() {
    let place = Place::without_aws();
    let pack = DEMO.pack();
    let checked = place.shell(&format!("cd '{}' && sha256sum --check --strict SHA256SUMS", pack.display()));
    assert_eq!(checked.status, 0, "{checked}");
    let ok: std::collections::BTreeSet<&str> = checked.stdout.lines().filter_map(|line| line.strip_suffix(": OK")).collect();
    let all = files(&pack);
    let all: std::collections::BTreeSet<&str> = all.keys().map(String::as_str).filter(|path| *path != "SHA256SUMS").collect();
    assert_eq!(ok, all, "every file but the sums stands in the sums");
}

#[test]
fn the_demonstration_needs_neither_an_account_nor_a_network() {
    let listener = Server::start(|_| None);
    let mut place = Place::without_aws();
    place.environment.insert("AWS_ENDPOINT_URL".into(), listener.url());
    let built = place.run("build --framework cis --demo").ends(4).says("DEMONSTRATION, not evidence");
    let pack = built.pack();
    place.run(&format!("verify {pack}")).ends(0);
    for (path, bytes) in files(&place.path(&pack)).iter().filter(|(path, _)| path.ends_with(".html")) {
        assert!(String::from_utf8_lossy(bytes).contains("DEMONSTRATION"), "{path}");
    }
    assert_eq!(listener.connections(), 0);
}
