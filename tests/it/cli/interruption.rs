//! Runs that are broken off: by Ctrl-C, by `kill -9`, by credentials that end. What was answered is never asked again.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use evidence::recording::Recording;
use regex::Regex;
use serde_json::json;

use super::harness::{Place, Ran};
use crate::emulator::{Call, Emulator, Seeded};

/// What a request asks, without what differs each time.
type Question = (String, String, Option<String>, String, String, String, String);

fn question(call: &Call) -> Question {
    let body = call.body.clone().unwrap_or_default();
    (call.service.clone(), call.operation.clone(), call.account.clone(), call.region.clone(), call.path.clone(), call.query.clone(), body)
}

/// Two accounts whose every answer takes a while.
fn slow(seed: &str, delay_seconds: f64) -> (Emulator, Seeded, Place) {
    let emulator = Emulator::start();
    let seeded = emulator.seed(seed);
    let place = Place::with_accounts(&emulator, &seeded);
    emulator.clear_faults();
    emulator.fault(json!({"operation": "*", "answer": {"delay_seconds": delay_seconds}}));
    (emulator, seeded, place)
}

/// Sends a signal to a process that this test started.
fn signal(child: &Child, name: &str) {
    let sent = Command::new("kill").args([name, &child.id().to_string()]).status().expect("kill runs");
    assert!(sent.success());
}

/// The command of the last hint.
fn resume_command(ran: &Ran) -> String {
    let hint = ran.stderr.lines().filter_map(|line| line.strip_prefix("hint: run `evidence ")).next_back();
    hint.and_then(|hint| hint.strip_suffix('`')).unwrap_or_else(|| panic!("no command to go on with: {ran}")).to_owned()
}

/// Control, resource, verdict and reason of every verdict.
fn verdicts(place: &Place, pack: &str) -> BTreeMap<(String, String, String, String), (String, String)> {
    let text = place.read(&format!("{pack}/verdicts.jsonl"));
    let word = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let lines = text.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON"));
    lines
        .map(|line| {
            let key = (
                word(&line["control"]),
                line["params_id"].to_string(),
                word(&line["account"]) + &word(&line["region"]),
                line["resource"].to_string(),
            );
            (key, (word(&line["verdict"]), word(&line["reason"])))
        })
        .collect()
}

#[test]
fn ctrl_c_ends_what_is_in_flight_and_names_the_command_that_asks_only_the_rest() {
    let (emulator, _, mut place) = slow("demo", 0.3);
    place.environment.insert("UNRELATED".into(), "1".into());
    place.write("my settings.toml", "");
    let arguments = [
        "build",
        "--framework",
        "cis",
        "--profile",
        "production",
        "--profile",
        "sandbox",
        "--out",
        "the pack",
        "--config",
        "my settings.toml",
    ];
    let mut command = place.command("");
    let child = command.args(arguments).stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped()).spawn().expect("it runs");
    wait_until("a dozen answers", || emulator.calls().iter().filter(|call| call.status.is_some()).count() >= 14);
    signal(&child, "-INT");
    let stopped = Ran::of("build", child.wait_with_output().expect("it ends")).ends(1).says("stopping: calls in flight are finished");
    // How far it came is chance.
    let said =
        Regex::new(r"\d+ calls recorded").expect("a pattern").replace(&place.normalised(&stopped), "<some> calls recorded").into_owned();
    insta::assert_snapshot!(said);
    let recording = place.names("recordings").pop().expect("a recording");
    assert_eq!(place.json(&format!("recordings/{recording}/recording.json"))["state"], "broken_off");
    assert!(!place.path("the pack").exists() && !place.path("packs").exists());

    let before = emulator.calls();
    assert!(before.iter().all(|call| call.status.is_some()), "what was in flight was waited for");
    emulator.clear_faults();
    emulator.forget_calls();
    let resumed = place.shell(&format!("evidence {}", resume_command(&stopped)));
    assert_eq!(resumed.status, 4, "{resumed}");
    asks_only_the_rest(&before, &emulator.calls());
    place.shell("evidence verify 'the pack'").ends(0);

    let whole = place.run("build --framework cis --profile production --profile sandbox --out whole").ends(4);
    assert_eq!(verdicts(&place, "the pack"), verdicts(&place, "whole"), "{whole}");
}

/// Identity is asked anew, since it is about the credentials of now; polls of the credential report are questions of their own.
fn asks_only_the_rest(before: &[Call], after: &[Call]) {
    let anew = |call: &&Call| call.service != "sts" && !call.operation.contains("CredentialReport");
    let answered: Vec<Question> = before.iter().filter(anew).map(question).collect();
    let again: Vec<Question> = after.iter().filter(anew).map(question).filter(|one| answered.contains(one)).collect();
    assert!(again.is_empty(), "asked again: {again:?}");
    assert!(!answered.is_empty() && after.iter().filter(anew).count() > 3, "{} before, {} after", answered.len(), after.len());
}

/// How often each account was asked each operation, by what a recording holds. Identity is asked anew and reports are polled.
fn held(recording: &Path) -> BTreeMap<(String, String), usize> {
    let mut held = BTreeMap::new();
    for entry in Recording::open(recording).iter().flat_map(Recording::entries) {
        if entry.key.service != "STS" && !entry.key.operation.contains("CredentialReport") {
            *held.entry((entry.key.account.clone(), entry.key.operation.clone())).or_default() += 1;
        }
    }
    held
}

/// Waits until the condition holds.
fn wait_until(what: &str, mut holds: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < Duration::from_secs(60), "{what} never came");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// Waits until the emulator has gone through all that was sent to it.
fn quiet(emulator: &Emulator) {
    let mut seen = usize::MAX;
    wait_until("the emulator's rest", || {
        std::thread::sleep(Duration::from_secs(1));
        let calls = emulator.calls().len();
        std::mem::replace(&mut seen, calls) == calls
    });
}

#[test]
fn a_killed_run_goes_on_from_its_recording() {
    let (emulator, seeded, place) = slow("demo", 0.0);
    emulator.clear_faults();
    emulator.fault(json!({"service": "cloudtrail", "answer": {"delay_seconds": 30}}));
    let mut child = place.start("collect --framework cis --profile production --profile sandbox --out recording");
    wait_until("what IAM answered", || {
        let held = held(&place.path("recording"));
        let has = |account: &str, operation: &str| held.contains_key(&(account.to_owned(), operation.to_owned()));
        seeded.accounts.iter().all(|one| has(&one.account, "GetAccountAuthorizationDetails") && has(&one.account, "ListUsers"))
    });
    signal(&child, "-KILL");
    assert!(!child.wait().expect("it ends").success());
    assert_eq!(place.json("recording/recording.json")["state"], "running");
    let before = held(&place.path("recording"));
    emulator.clear_faults();
    quiet(&emulator);
    emulator.forget_calls();
    place.run("build --framework cis --from recording --out part").ends(4).says("the recording is not complete");
    assert!(emulator.calls().is_empty());
    place.run("collect --framework cis --out recording").refuses(1, "`recording` exists and is not an empty folder", "name another");
    place.run("collect --resume recording").ends(0);
    let mut asked: BTreeMap<(String, String), usize> = BTreeMap::new();
    for call in emulator.calls().into_iter().filter(|call| call.service != "sts" && !call.operation.contains("CredentialReport")) {
        *asked.entry((call.account.expect("signed"), call.operation)).or_default() += 1;
    }
    let whole = held(&place.path("recording"));
    let mut rest = whole.clone();
    for (question, count) in &before {
        *rest.get_mut(question).expect("what was held is still held") -= count;
    }
    rest.retain(|_, count| *count > 0);
    assert!(before.len() >= 4 && rest.len() >= 4, "{before:?} before, {rest:?} to ask");
    assert_eq!(asked, rest, "exactly what was not held is asked");
    let built = place.run("build --from recording --out pack").ends(4);
    assert!(built.stdout.contains("CIS AWS Foundations"), "the recording knows its framework: {built}");
    place.run("verify pack").ends(0);
    place.run("collect --resume recording").refuses(1, "the recording in `recording` is complete", "build from it");
}

/// Starts the binary with stderr in a file, so that a story can wait for what is said.
fn start_telling(place: &Place, line: &str) -> Child {
    let stderr = std::fs::File::create(place.path("stderr.txt")).expect("a file");
    place.command(line).stdout(std::process::Stdio::null()).stderr(stderr).spawn().expect("the binary runs")
}

#[test]
fn a_second_ctrl_c_stops_at_once_with_130_and_the_same_command() {
    let (emulator, _, place) = slow("demo", 0.0);
    emulator.clear_faults();
    emulator.fault(json!({"service": "cloudtrail", "answer": {"delay_seconds": 30}}));
    let mut child = start_telling(&place, "build --framework cis --profile production --out pack");
    wait_until("a call of CloudTrail", || emulator.calls().iter().any(|call| call.service == "cloudtrail"));
    signal(&child, "-INT");
    wait_until("the first notice", || place.read("stderr.txt").contains("press Ctrl-C again to stop at once"));
    let begun = Instant::now();
    signal(&child, "-INT");
    let status = child.wait().expect("it ends");
    assert!(begun.elapsed() < Duration::from_secs(15), "it did not wait for what hangs");
    let said = place.read("stderr.txt");
    assert_eq!(status.code(), Some(130), "{said}");
    let recording = place.names("recordings").pop().expect("a recording");
    let hint = format!("hint: run `evidence build --framework cis-aws-7.0.0 --resume recordings/{recording} --out pack`\n");
    assert!(said.ends_with(&format!("{hint}exit 130 (interrupted): stopped without waiting for calls in flight\n")), "{said}");
    emulator.clear_faults();
    // What the recording was begun for need not be typed again.
    place.run(&format!("build --resume recordings/{recording} --out pack")).ends(4).shows("CIS AWS Foundations");
    place.run("verify pack").ends(0);
}

#[test]
fn ctrl_c_after_the_collection_ends_the_build_and_names_the_recording() {
    let (emulator, _, place) = slow("clean", 0.0);
    emulator.clear_faults();
    // Copying what lies beside the waivers waits for a writer that never comes.
    std::fs::create_dir(place.path("waivers")).expect("a folder");
    assert_eq!(place.shell("mkfifo waivers/never.txt").status, 0);
    let mut child = start_telling(&place, "build --framework cis --waivers waivers --out pack");
    wait_until("the end of the collection", || place.read("stderr.txt").contains("calls recorded in"));
    signal(&child, "-INT");
    let status = child.wait().expect("it ends");
    let said = place.read("stderr.txt");
    assert_eq!(status.code(), Some(130), "{said}");
    assert!(!place.path("pack").exists());
    let recording = place.names("recordings").pop().expect("a recording");
    assert!(said.contains(&format!("hint: run `evidence build --from recordings/{recording}`\nexit 130 (interrupted)")), "{said}");
    place.run(&format!("build --from recordings/{recording} --out pack")).ends(0);
}

#[test]
fn credentials_that_end_during_a_run_leave_a_recording_to_go_on_with() {
    let (emulator, _, place) = slow("demo", 0.3);
    emulator.clear_faults();
    emulator.fault(json!({"service": "cloudtrail", "answer": {"kind": "expired_token"}}));
    let ended = place
        .run("build --framework cis --profile production --out pack")
        .ends(1)
        .says("expired during the run")
        .says("renew the credentials");
    assert!(!place.path("pack").exists(), "{ended}");
    emulator.clear_faults();
    let resume =
        ended.stderr.lines().find_map(|line| line.split_once("run `evidence ")?.1.strip_suffix('`')).expect("a command").to_owned();
    place.run(&resume).ends(4);
    place.run("verify pack").ends(0);
}

/// The seed `clean` has the role of the auditor, which a role's account must have.
#[test]
fn an_account_entered_by_role_with_an_external_id_is_entered_again() {
    let (emulator, seeded, place) = slow("clean", 0.0);
    emulator.clear_faults();
    let role = format!("arn:aws:iam::{}:role/evidence-auditor", seeded.accounts[0].account);
    place.write(
        "evidence.toml",
        &format!("[[account]]\nname = \"production\"\nrole_arn = \"{role}\"\nexternal_id = \"house-4711\"\nprofile = \"production\"\n"),
    );
    emulator
        .fault(json!({"service": "sts", "operation": "AssumeRole", "match": "(?s)^(?!.*house-4711)", "answer": {"kind": "access_denied"}}));
    emulator.fault(json!({"service": "iam", "operation": "ListUsers", "times": 1, "answer": {"kind": "expired_token"}}));
    let ended = place.run("collect --framework cis --out recording").ends(1).says("expired during the run");
    assert!(!place.read("recording/recording.json").contains("house-4711"), "{ended}");
    emulator.forget_calls();
    place.run("collect --resume recording").ends(0);
    let entered: Vec<Call> = emulator.calls().into_iter().filter(|call| call.operation == "AssumeRole").collect();
    let said = |call: &Call| call.status == Some(200) && call.body.as_deref().is_some_and(|body| body.contains("ExternalId=house-4711"));
    assert!(!entered.is_empty() && entered.iter().all(said), "the role is entered again with its external id: {entered:?}");
    assert!(!place.read("recording/recording.json").contains("house-4711"), "an external id is in no recording");
    place.run("build --framework cis --from recording --out pack").ends(0);
}
