//! Recordings on disk: what is written comes back, what is torn is told, what is damaged is refused.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use evidence::model::Instant;
use evidence::model::assessment::{RecordingOrigin, Tool};
use evidence::model::call::CallKey;
use evidence::recording::line::{Attempt, Body, CallLine, Request, Response, sha256};
use evidence::recording::{Asked, Header, Recording, RecordingError, State, Writer};

const IAM: &str = "calls/111122223333/us-east-1/IAM.jsonl.zst";

fn at(second: i64) -> Instant {
    chrono::DateTime::from_timestamp(1_790_841_600 + second, 0).expect("a time")
}

fn header() -> Header {
    let tool = Tool { version: "0.1.0".into(), collectors: 1, sdk: BTreeMap::from([("aws-sdk-iam".into(), "1.133.0".into())]) };
    let asked = Asked { frameworks: vec!["cis-aws-7.0.0".into()], ..Asked::default() };
    Header::new(tool, RecordingOrigin::Emulated, asked, at(0))
}

fn key(account: &str, region: &str, service: &str, operation: &str, input: &str, n: u32) -> CallKey {
    let [account, region, service, operation, input] = [account, region, service, operation, input].map(str::to_owned);
    CallKey { account, region, service, operation, input, n }
}

fn iam(input: &str, n: u32) -> CallKey {
    key("111122223333", "us-east-1", "IAM", "ListUsers", input, n)
}

fn call(key: CallKey, body: &[u8]) -> CallLine {
    let request = Request { method: "POST".into(), host: "iam.amazonaws.com".into(), target: "/".into(), body: Body::from_bytes(b"") };
    let response = Response {
        status: 200,
        request_id: Some("id".into()),
        date: None,
        headers: vec![("content-type".into(), "text/xml".into())],
        error_code: None,
        error_message: None,
        body: Body::from_bytes(body),
        sha256: sha256(body),
    };
    CallLine {
        attempts: vec![Attempt { sent: at(1), received: Some(at(2 + i64::from(key.n))), status: Some(200), error: None }],
        key,
        principal: Some("arn:aws:iam::111122223333:user/audit".into()),
        wire: "query".into(),
        request,
        response: Some(response),
        invalid: None,
        redactions: Vec::new(),
    }
}

fn unanswered(key: CallKey) -> CallLine {
    let mut line = call(key, b"");
    line.response = None;
    line.attempts = vec![Attempt { sent: at(1), received: None, status: None, error: Some("timeout".into()) }];
    line
}

/// A folder for a recording, not yet there.
fn place() -> (tempfile::TempDir, PathBuf) {
    let parent = tempfile::tempdir().expect("a temporary folder");
    let dir = parent.path().join("deep/rec");
    (parent, dir)
}

fn record(dir: &Path, lines: &[CallLine], state: State) {
    let writer = Writer::create(dir, header()).expect("a new recording");
    lines.iter().for_each(|line| writer.append(line).expect("room"));
    writer.finish(at(60), state).expect("room");
}

fn replace(dir: &Path, file: &str, text: &str) {
    let frame = zstd::encode_all(text.as_bytes(), 3).expect("memory");
    fs::write(dir.join(file), frame).expect("room");
}

fn text(line: &CallLine) -> String {
    format!("{}\n", serde_json::to_string(line).expect("a line"))
}

/// The error that opening the folder gives.
fn refused(dir: &Path) -> String {
    Recording::open(dir).expect_err("a recording that must be refused").to_string()
}

#[test]
fn what_is_written_comes_back() {
    let (_parent, dir) = place();
    let binary: Vec<u8> = (0..=255).collect();
    let lines = [
        call(iam("POST /\nb", 0), "zweite Seite: ä".as_bytes()),
        call(iam("POST /\na", 1), b"<ListUsersResponse/>"),
        call(iam("POST /\na", 0), &binary),
        unanswered(key("111122223333", "eu-west-1", "ApiGatewayV2", "GetApis", "GET /v2/apis", 0)),
    ];
    record(&dir, &lines, State::Complete);
    let recording = Recording::open(&dir).expect("a recording");
    assert!(recording.complete() && recording.losses().is_empty());
    for line in &lines {
        assert_eq!(recording.call(&line.key).expect("whole"), Some(line.clone()));
        assert_eq!(recording.call_by_id(line.key.id()).expect("whole"), Some(line.clone()));
    }
    assert_eq!(recording.call(&iam("POST /\na", 2)).expect("whole"), None);
    let body = recording.call(&lines[2].key).expect("whole").and_then(|line| line.response).expect("an answer").body;
    assert_eq!(body.bytes().as_deref(), Some(&binary[..]));
    let header = recording.header();
    assert_eq!((header.state, header.ended, header.calls.get(IAM)), (State::Complete, Some(at(60)), Some(&3)));
    assert_eq!(recording.note().ended, at(60));
}

#[test]
fn exhibits_are_numbered_by_key_whatever_the_order_of_writing() {
    let numbers = |order: &[u32]| {
        let (_parent, dir) = place();
        let lines: Vec<_> = order.iter().map(|n| call(iam("POST /", *n), b"x")).collect();
        record(&dir, &lines, State::Complete);
        let recording = Recording::open(&dir).expect("a recording");
        recording.entries().iter().map(|entry| (entry.exhibit.clone(), entry.key.n)).collect::<Vec<_>>()
    };
    assert_eq!(numbers(&[2, 0, 1]), [("E-0001".to_owned(), 0), ("E-0002".to_owned(), 1), ("E-0003".to_owned(), 2)]);
    assert_eq!(numbers(&[0, 1, 2]), numbers(&[1, 2, 0]));
}

#[test]
fn files_and_folders_are_for_their_owner_alone() {
    let (_parent, dir) = place();
    fs::create_dir_all(&dir).expect("room");
    fs::set_permissions(&dir, fs::Permissions::from_mode(0o755)).expect("an own folder");
    record(&dir, &[call(iam("POST /", 0), b"x")], State::Complete);
    let mode = |path: &str| fs::metadata(dir.join(path)).expect(path).permissions().mode() & 0o777;
    for folder in ["", "calls", "calls/111122223333", "calls/111122223333/us-east-1"] {
        assert_eq!(mode(folder), 0o700, "{folder}");
    }
    for file in ["recording.json", IAM] {
        assert_eq!(mode(file), 0o600, "{file}");
    }
}

#[test]
fn a_folder_that_holds_anything_is_left_alone() {
    let (_parent, dir) = place();
    fs::create_dir_all(&dir).expect("room");
    fs::write(dir.join("notes.txt"), "mine").expect("room");
    let error = Writer::create(&dir, header()).expect_err("the folder is not empty");
    assert_eq!(error.to_string(), format!("`{}` exists and is not empty", dir.display()));
    assert_eq!(error.hint(), Some("choose a folder that does not exist yet"));
    assert_eq!(fs::read_dir(&dir).expect("the folder").count(), 1);
}

#[test]
fn two_runs_cannot_write_into_one_folder() {
    let (_parent, dir) = place();
    let first = Writer::create(&dir, header()).expect("a new recording");
    let create = Writer::create(&dir, header()).expect_err("locked");
    let resume = Writer::resume(&dir).expect_err("locked");
    for error in [create, resume] {
        assert_eq!(error.to_string(), format!("another run is writing into `{}`", dir.display()));
    }
    drop(first);
    Writer::resume(&dir).expect("the lock ended with its writer");
}

#[test]
fn what_already_stands_where_a_file_belongs_is_not_written_into() {
    let (parent, dir) = place();
    let writer = Writer::create(&dir, header()).expect("a new recording");
    let victim = parent.path().join("victim");
    fs::write(&victim, "mine").expect("room");
    fs::create_dir_all(dir.join(IAM).parent().expect("a parent")).expect("room");
    std::os::unix::fs::symlink(&victim, dir.join(IAM)).expect("a link");
    writer.append(&call(iam("POST /", 0), b"x")).expect("does not wait");
    let error = writer.finish(at(60), State::Complete).expect_err("the file is there already");
    assert!(error.to_string().contains("IAM.jsonl.zst"), "{error}");
    assert_eq!(fs::read_to_string(&victim).expect("the file"), "mine");
    assert_eq!(Header::parse(&fs::read(dir.join("recording.json")).expect("it")).expect("a header").state, State::Running);
    assert!(refused(&dir).contains("it is not a regular file"));
}

#[test]
fn hostile_keys_stay_within_the_folder() {
    let (parent, dir) = place();
    let hostile = ["../../../x", "/etc/passwd", "..", "", "a\0b", "con.", "ü/\\:*?\"<>|", "\u{202e}gpj"];
    let lines: Vec<_> = hostile.iter().map(|name| call(key(name, name, name, name, name, 0), name.as_bytes())).collect();
    record(&dir, &lines, State::Complete);
    let recording = Recording::open(&dir).expect("a recording");
    for line in &lines {
        assert_eq!(recording.call(&line.key).expect("whole").as_ref(), Some(line));
    }
    let outside: Vec<_> = fs::read_dir(parent.path()).expect("the parent").map(|entry| entry.expect("it").file_name()).collect();
    assert_eq!(outside, ["deep"]);
    assert!(recording.files().all(|(path, _)| path.split('/').all(|part| !part.is_empty() && !part.starts_with('.'))));
}

#[test]
fn a_tail_torn_at_any_byte_is_reported_and_what_stands_before_it_stays() {
    let (_parent, dir) = place();
    let writer = Writer::create(&dir, header()).expect("a new recording");
    // Enough text to fill a frame, then a frame of its own.
    let large: Vec<_> = (0..4).map(|n| call(iam("POST /large", n), "x".repeat(100_000).as_bytes())).collect();
    large.iter().for_each(|line| writer.append(line).expect("room"));
    writer.finish(at(60), State::BrokenOff).expect("room");
    let before = fs::read(dir.join(IAM)).expect("the file").len();
    let (writer, _) = Writer::resume(&dir).expect("broken off");
    writer.append(&call(iam("POST /last", 0), b"<x/>")).expect("room");
    writer.finish(at(61), State::BrokenOff).expect("room");
    let whole = fs::read(dir.join(IAM)).expect("the file");
    for cut in before..whole.len() {
        fs::write(dir.join(IAM), &whole[..cut]).expect("room");
        let recording = Recording::open(&dir).unwrap_or_else(|error| panic!("cut at {cut}: {error}"));
        assert_eq!(recording.losses().is_empty(), cut == before, "cut at {cut}");
        assert_eq!(recording.entries().len(), 4, "cut at {cut}");
        assert!(recording.call(&large[3].key).expect("whole").is_some());
        if let [loss] = recording.losses() {
            let what = format!("the last {} bytes are an unfinished frame; 4 calls before it are whole", cut - before);
            assert_eq!((loss.file.as_str(), loss.what.as_str()), (IAM, what.as_str()));
        }
        if !cut.is_multiple_of(16) {
            continue; // Resuming waits for the disk, so not at every byte.
        }
        let (writer, held) = Writer::resume(&dir).unwrap_or_else(|error| panic!("cut at {cut}: {error}"));
        assert_eq!(held.losses().len(), usize::from(cut != before));
        drop(writer);
        assert_eq!(fs::read(dir.join(IAM)).expect("the file").len(), before, "cut at {cut}");
    }
}

#[test]
fn a_broken_off_recording_is_resumed_to_its_end() {
    let (_parent, dir) = place();
    record(&dir, &[call(iam("POST /", 0), b"one")], State::BrokenOff);
    let bytes = fs::read(dir.join(IAM)).expect("the file");
    fs::write(dir.join(IAM), [&bytes[..], &bytes[..20]].concat()).expect("room");
    let (writer, held) = Writer::resume(&dir).expect("broken off");
    assert_eq!((held.entries().len(), held.losses().len()), (1, 1));
    assert_eq!(Header::parse(&fs::read(dir.join("recording.json")).expect("it")).expect("a header").state, State::Running);
    writer.update(|header| header.resumed.push(at(100))).expect("room");
    writer.append(&call(iam("POST /", 1), b"two")).expect("room");
    writer.append(&call(key("111122223333", "eu-west-1", "CloudTrail", "DescribeTrails", "POST /", 0), b"{}")).expect("room");
    writer.finish(at(120), State::Complete).expect("room");
    drop(writer);
    let recording = Recording::open(&dir).expect("a recording");
    assert!(recording.complete());
    assert_eq!((recording.entries().len(), &recording.header().resumed[..]), (3, &[at(100)][..]));
    let error = Writer::resume(&dir).expect_err("complete");
    assert!(matches!(error, RecordingError::Complete(_)), "{error}");
}

#[test]
fn a_run_that_was_killed_is_resumed_from_its_frames() {
    let (_parent, dir) = place();
    let writer = Writer::create(&dir, header()).expect("a new recording");
    writer.append(&call(iam("POST /", 0), b"one")).expect("room");
    drop(writer);
    fs::write(dir.join("recording.json.new"), "{ half a hea").expect("room");
    let recording = Recording::open(&dir).expect("a recording");
    assert!(!recording.complete());
    assert_eq!((recording.header().state, recording.note().ended), (State::Running, at(2)));
    let (writer, held) = Writer::resume(&dir).expect("killed");
    assert_eq!(held.entries().len(), 1);
    writer.finish(at(9), State::Complete).expect("room");
    assert!(!dir.join("recording.json.new").exists());
}

#[test]
fn a_call_that_failed_may_stand_again_only_where_the_run_was_resumed() {
    let (_parent, dir) = place();
    record(&dir, &[unanswered(iam("POST /", 0)), unanswered(iam("POST /", 0))], State::BrokenOff);
    assert!(refused(&dir).contains("stands twice"));
    let mut resumed = Header::parse(&fs::read(dir.join("recording.json")).expect("it")).expect("a header");
    resumed.resumed.push(at(100));
    fs::write(dir.join("recording.json"), resumed.to_bytes()).expect("room");
    let later = call(iam("POST /", 0), b"answered");
    replace(&dir, IAM, &(text(&unanswered(iam("POST /", 0))) + &text(&later)));
    let recording = Recording::open(&dir).expect("a recording");
    assert_eq!((recording.entries().len(), recording.call(&later.key).expect("whole")), (1, Some(later.clone())));
    replace(&dir, IAM, &(text(&later) + &text(&later)));
    assert!(refused(&dir).contains("stands twice"));
}

#[test]
fn a_complete_recording_notices_what_is_missing() {
    let (_parent, dir) = place();
    let lines = [call(iam("POST /", 0), b"x"), call(key("111122223333", "eu-west-1", "CloudTrail", "DescribeTrails", "", 0), b"{}")];
    record(&dir, &lines, State::Complete);
    let bytes = fs::read(dir.join(IAM)).expect("the file");
    fs::remove_file(dir.join(IAM)).expect("it");
    let recording = Recording::open(&dir).expect("a recording");
    assert!(!recording.complete());
    assert_eq!(recording.losses()[0].what, "the file is missing; it held 1 calls");
    fs::write(dir.join(IAM), b"").expect("room");
    assert_eq!(Recording::open(&dir).expect("a recording").losses()[0].what, "1 of 1 calls are missing at its end");
    fs::write(dir.join(IAM), &bytes[..bytes.len() - 1]).expect("room");
    let recording = Recording::open(&dir).expect("a recording");
    assert!(!recording.complete() && recording.losses().len() == 1, "{:?}", recording.losses());
}

#[test]
fn damage_is_named_with_file_and_line() {
    let (_parent, dir) = place();
    let (one, two) = (call(iam("POST /", 0), b"one"), call(iam("POST /", 1), b"two"));
    record(&dir, &[one.clone(), two.clone()], State::BrokenOff);
    let good = fs::read(dir.join(IAM)).expect("the file");
    let mut changed = two.clone();
    changed.response.as_mut().expect("an answer").body = Body::Utf8("TWO".into());
    let mut elsewhere = two.clone();
    elsewhere.key.region = "eu-west-1".into();
    let mut never = two.clone();
    never.attempts.clear();
    for (bad, expected) in [
        ("{\n".to_owned(), "line 2: not a call: "),
        ("\n".to_owned(), "line 2: not a call: "),
        (text(&changed), "line 2: the body has SHA-256 "),
        (text(&elsewhere), "line 2: the call belongs into `calls/111122223333/eu-west-1/IAM.jsonl.zst`"),
        (text(&never), "line 2: the call has no attempt"),
        (text(&one), "the call "),
        (text(&two).trim_end().to_owned(), "a frame ends within a line"),
    ] {
        replace(&dir, IAM, &(text(&one) + &bad));
        let error = refused(&dir);
        assert!(error.starts_with(&format!("the recording is damaged: `{IAM}`")) && error.contains(expected), "{error}");
    }
    for (at, _) in good.iter().enumerate() {
        let mut bytes = [&good[..], &good[..]].concat();
        bytes[at] ^= 0x10;
        fs::write(dir.join(IAM), &bytes).expect("room");
        assert!(Recording::open(&dir).is_err(), "byte {at} of an inner frame");
    }
    fs::write(dir.join(IAM), [&good[..], b"garbage"].concat()).expect("room");
    assert!(refused(&dir).contains(&format!("no frame begins at byte {}", good.len())));
    assert!(Writer::resume(&dir).is_err());
}

#[test]
fn what_is_no_recording_is_told_apart() {
    let (parent, dir) = place();
    assert!(refused(&dir).starts_with("cannot open"), "{}", refused(&dir));
    fs::create_dir_all(&dir).expect("room");
    assert!(refused(&dir).contains("is not a recording"));
    assert!(Writer::resume(&dir).expect_err("no recording").to_string().contains("is not a recording"));
    for (text, expected) in [
        ("", "not a header"),
        ("[]", "`format` is missing"),
        ("{\"format\": \"1\"}", "`format` is missing"),
        ("{\"format\": 0}", "`format` is missing"),
        ("{\"format\": 1}", "not a header: missing field `tool`"),
    ] {
        fs::write(dir.join("recording.json"), text).expect("room");
        assert!(refused(&dir).contains(expected), "{}", refused(&dir));
    }
    let file = parent.path().join("file");
    fs::write(&file, "x").expect("room");
    assert!(refused(&file).starts_with("cannot open"), "{}", refused(&file));
}

#[test]
fn a_newer_format_is_named_and_unknown_fields_are_ignored() {
    let (_parent, dir) = place();
    record(&dir, &[call(iam("POST /", 0), b"x")], State::Complete);
    let path = dir.join("recording.json");
    let mut value: serde_json::Value = serde_json::from_slice(&fs::read(&path).expect("it")).expect("JSON");
    value["invented"] = serde_json::json!({"later": [1]});
    value["tool"]["invented"] = serde_json::json!(true);
    fs::write(&path, value.to_string()).expect("room");
    assert!(Recording::open(&dir).expect("a recording").complete());
    value["format"] = serde_json::json!(2);
    value["tool"] = serde_json::json!({"version": "9.1.0"});
    value["started"] = serde_json::json!("told otherwise");
    fs::write(&path, value.to_string()).expect("room");
    let error = Recording::open(&dir).expect_err("newer");
    assert_eq!(error.to_string(), "the recording is in format 2, written by `evidence` 9.1.0; this version reads formats up to 1");
    assert!(error.hint().is_some());
}

#[test]
fn a_line_with_fields_of_a_later_version_is_read() {
    let (_parent, dir) = place();
    let line = call(iam("POST /", 0), b"x");
    record(&dir, std::slice::from_ref(&line), State::BrokenOff);
    let mut value = serde_json::to_value(&line).expect("JSON");
    value["invented"] = serde_json::json!(1);
    value["response"]["invented"] = serde_json::json!([]);
    replace(&dir, IAM, &format!("{value}\n"));
    assert_eq!(Recording::open(&dir).expect("a recording").call(&line.key).expect("whole"), Some(line));
}

#[test]
fn the_digest_is_what_sha256sum_says_and_follows_every_byte() {
    let (_parent, dir) = place();
    record(&dir, &[call(iam("POST /", 0), b"x")], State::Complete);
    let recording = Recording::open(&dir).expect("a recording");
    let sums: String = recording.files().map(|(path, bytes)| format!("{}  {path}\n", sha256(bytes))).collect();
    assert_eq!(recording.digest(), sha256(sums.as_bytes()));
    let paths: Vec<_> = recording.files().map(|(path, _)| path.to_owned()).collect();
    assert_eq!(paths, [IAM, "recording.json"]);
    fs::write(dir.join("notes.txt"), "not a part of it").expect("room");
    assert_eq!(Recording::open(&dir).expect("a recording").digest(), recording.digest());
    let header = fs::read_to_string(dir.join("recording.json")).expect("it");
    fs::write(dir.join("recording.json"), header + " ").expect("room");
    assert_ne!(Recording::open(&dir).expect("a recording").digest(), recording.digest());
}

#[test]
fn a_recording_in_memory_is_the_same_as_on_disk() {
    let (_parent, dir) = place();
    let line = call(iam("POST /", 0), b"x");
    record(&dir, std::slice::from_ref(&line), State::Complete);
    let disk = Recording::open(&dir).expect("a recording");
    let files: Vec<_> = disk.files().map(|(path, bytes)| (path.to_owned(), bytes.to_vec().into())).collect();
    let memory = Recording::from_files(files.into_iter().rev()).expect("a recording");
    assert_eq!((memory.digest(), memory.entries()), (disk.digest(), disk.entries()));
    assert_eq!(memory.call(&line.key).expect("whole"), Some(line));
    assert!(Recording::from_files([("calls/x".to_owned(), Vec::new().into())]).is_err());
}

#[test]
fn the_canonical_form_depends_on_the_calls_alone() {
    let lines: Vec<_> = (0..600).map(|n| call(iam("POST /", n), format!("{n} {}", "x".repeat(1000)).as_bytes())).collect();
    let canonical = |order: &mut dyn Iterator<Item = &CallLine>| {
        let (_parent, dir) = place();
        record(&dir, &order.cloned().collect::<Vec<_>>(), State::Complete);
        Recording::open(&dir).expect("a recording").canonical().expect("memory")
    };
    let (forward, backward) = (canonical(&mut lines.iter()), canonical(&mut lines.iter().rev()));
    assert_eq!(forward, backward);
    let files = forward.into_iter().map(|(path, bytes)| (path, bytes.into()));
    let recording = Recording::from_files(files).expect("a recording");
    assert!(recording.complete());
    assert_eq!(recording.call(&lines[599].key).expect("whole").as_ref(), Some(&lines[599]));
}

#[test]
fn many_threads_append_to_one_recording() {
    let (_parent, dir) = place();
    let writer = Writer::create(&dir, header()).expect("a new recording");
    std::thread::scope(|scope| {
        for thread in 0..8 {
            let writer = &writer;
            scope.spawn(move || {
                for n in 0..250 {
                    let region = format!("r-{}", n % 5);
                    let line = call(key("111122223333", &region, "IAM", "ListUsers", &format!("{thread}"), n), b"x");
                    writer.append(&line).expect("room");
                }
            });
        }
    });
    writer.finish(at(60), State::Complete).expect("room");
    let recording = Recording::open(&dir).expect("a recording");
    assert!(recording.complete());
    assert_eq!(recording.entries().len(), 2000);
    assert_eq!(recording.entries().last().map(|entry| entry.exhibit.as_str()), Some("E-2000"));
}

#[test]
fn a_frame_that_would_fill_memory_is_refused() {
    let (_parent, dir) = place();
    record(&dir, &[call(iam("POST /", 0), b"x")], State::BrokenOff);
    let mut encoder = zstd::stream::write::Encoder::new(Vec::new(), 1).expect("memory");
    let block = vec![b'\n'; 1 << 20];
    for _ in 0..600 {
        std::io::Write::write_all(&mut encoder, &block).expect("memory");
    }
    fs::write(dir.join(IAM), encoder.finish().expect("memory")).expect("room");
    assert!(refused(&dir).contains("a frame holds more than"), "{}", refused(&dir));
}
