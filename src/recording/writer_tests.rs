//! What the writer promises: whole frames, one writer, private files.

use std::collections::BTreeSet;

use super::*;
use crate::model::assessment::{RecordingOrigin, Tool};
use crate::model::call::CallKey;
use crate::recording::header::{Asked, HEADER_FILE};
use crate::recording::line::{Attempt, Body, Request};

/// A disk with room for so many bytes, which tells what it holds.
#[derive(Clone)]
struct Small {
    room: usize,
    files: Arc<Mutex<BTreeMap<String, Vec<Vec<u8>>>>>,
    synced: Arc<Mutex<bool>>,
}

impl Small {
    fn new(room: usize) -> Self {
        Small { room, files: Arc::default(), synced: Arc::default() }
    }

    fn frames(&self) -> usize {
        lock(&self.files).values().map(Vec::len).sum()
    }
}

impl Disk for Small {
    fn append(&mut self, file: &str, frame: &[u8]) -> Result<(), RecordingError> {
        if frame.len() > self.room {
            return Err(RecordingError::io("write", Path::new(file))(std::io::ErrorKind::StorageFull.into()));
        }
        self.room -= frame.len();
        lock(&self.files).entry(file.to_owned()).or_default().push(frame.to_vec());
        Ok(())
    }

    fn sync(&mut self) -> Result<(), RecordingError> {
        *lock(&self.synced) = true;
        Ok(())
    }
}

fn header() -> Header {
    let tool = Tool { version: "0.0.0".into(), collectors: 1, sdk: BTreeMap::new() };
    Header::new(tool, RecordingOrigin::Aws, Asked::default(), chrono::DateTime::UNIX_EPOCH)
}

fn line(n: u32, body: &str) -> CallLine {
    let [account, region, service] = ["111122223333", "eu-west-1", "IAM"].map(str::to_owned);
    let attempt = Attempt { sent: chrono::DateTime::UNIX_EPOCH, received: None, status: None, error: Some("timeout".into()) };
    let request = Request { method: "POST".into(), host: "h".into(), target: "/".into(), body: Body::Utf8(body.into()) };
    CallLine {
        key: CallKey { account, region, service, operation: "ListUsers".into(), input: "POST /".into(), n },
        principal: None,
        wire: "query".into(),
        attempts: vec![attempt],
        request,
        response: None,
        invalid: None,
        redactions: Vec::new(),
    }
}

fn start(disk: &Small) -> (tempfile::TempDir, Writer) {
    let dir = tempfile::tempdir().expect("a temporary folder");
    folder::write_header(dir.path(), &header()).expect("room for a header");
    let writer = Writer::start(dir.path(), header(), Box::new(disk.clone()), BTreeMap::new(), None).expect("a thread");
    (dir, writer)
}

fn state(dir: &tempfile::TempDir) -> State {
    let bytes = std::fs::read(dir.path().join(HEADER_FILE)).expect("the header");
    Header::parse(&bytes).expect("a header").state
}

fn wait_until(what: impl Fn() -> bool) {
    let start = Clock::now();
    while !what() {
        assert!(start.elapsed() < Duration::from_secs(30), "it never came");
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn a_full_disk_is_told_once_as_it_is_and_never_becomes_a_complete_recording() {
    let disk = Small::new(0);
    let (dir, writer) = start(&disk);
    writer.append(&line(0, "x")).expect("the first append does not wait");
    wait_until(|| lock(&writer.failure.0).is_some());
    let first = writer.append(&line(1, "x")).expect_err("the disk is full");
    assert_eq!(first.to_string(), "cannot write `calls/111122223333/eu-west-1/IAM.jsonl.zst`: no storage space");
    assert!(first.hint().is_some_and(|hint| hint.starts_with("free some space")));
    let later = writer.append(&line(2, "x")).expect_err("the writer has stopped");
    assert!(later.to_string().starts_with("the recording stopped: cannot write"), "{later}");
    assert!(writer.finish(chrono::DateTime::UNIX_EPOCH, State::Complete).is_err());
    assert_eq!(state(&dir), State::Running);
}

#[test]
fn an_error_at_the_very_end_fails_the_finish() {
    let disk = Small::new(0);
    let (dir, writer) = start(&disk);
    writer.append(&line(0, "x")).expect("the first append does not wait");
    let error = writer.finish(chrono::DateTime::UNIX_EPOCH, State::Complete).expect_err("nothing could be written");
    assert!(error.to_string().starts_with("cannot write"), "{error}");
    assert_eq!(state(&dir), State::Running);
}

#[test]
fn a_single_line_reaches_the_disk_without_another() {
    let disk = Small::new(usize::MAX);
    let (_dir, writer) = start(&disk);
    writer.append(&line(0, "x")).expect("room");
    wait_until(|| disk.frames() == 1);
}

#[test]
fn much_text_makes_frames_at_once_and_each_holds_whole_lines() {
    let disk = Small::new(usize::MAX);
    let (_dir, writer) = start(&disk);
    for n in 0..40 {
        writer.append(&line(n, &"x".repeat(100_000))).expect("room");
    }
    writer.finish(chrono::DateTime::UNIX_EPOCH, State::Complete).expect("room");
    assert!(disk.frames() >= 13, "{} frames", disk.frames());
    assert!(*lock(&disk.synced));
    let mut seen = BTreeSet::new();
    for frame in lock(&disk.files).values().flatten() {
        let text = frames::decompress(frame).expect("a whole frame of whole lines");
        for line in text.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
            seen.insert(serde_json::from_slice::<CallLine>(line).expect("a line").key.n);
        }
    }
    assert_eq!(seen, (0..40).collect());
}

#[test]
fn a_writer_that_is_dropped_writes_what_it_holds_and_stays_running() {
    let disk = Small::new(usize::MAX);
    let (dir, writer) = start(&disk);
    writer.append(&line(0, "x")).expect("room");
    drop(writer);
    assert_eq!(disk.frames(), 1);
    assert_eq!(state(&dir), State::Running);
}

#[test]
fn nothing_can_be_appended_after_the_finish() {
    let disk = Small::new(usize::MAX);
    let (dir, writer) = start(&disk);
    writer.finish(chrono::DateTime::UNIX_EPOCH, State::BrokenOff).expect("room");
    assert_eq!(state(&dir), State::BrokenOff);
    assert!(matches!(writer.append(&line(0, "x")), Err(RecordingError::Stopped(_))));
    assert!(writer.finish(chrono::DateTime::UNIX_EPOCH, State::Complete).is_err());
    assert_eq!(state(&dir), State::BrokenOff);
}
