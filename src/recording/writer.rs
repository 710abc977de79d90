//! Appends calls to a recording on disk, from any thread, without making callers wait for the disk.
//!
//! A thread of its own gathers lines by file and writes a whole zstd frame when there is enough text for one or when the
//! oldest line has waited a second, so that a run that is killed loses at most its last second.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, SyncSender, channel, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant as Clock};

use super::folder::{self, Disk, Folder};
use super::header::{Header, State};
use super::line::CallLine;
use super::reader::Recording;
use super::{RecordingError, frames, paths};
use crate::model::Instant;

/// How long a line waits for others to share a frame with.
const WAIT: Duration = Duration::from_millis(900);
/// How many lines may wait for the disk before callers wait, too.
const QUEUE: usize = 1024;
/// Compression level: fast, and small enough.
const LEVEL: i32 = 3;

/// Writes one recording. Cheap to share behind an `Arc`. Dropped without [`Writer::finish`] it flushes what it holds and
/// leaves the header at `running`.
#[derive(Debug)]
pub struct Writer {
    dir: PathBuf,
    header: Mutex<Header>,
    queue: Mutex<Option<SyncSender<Message>>>,
    thread: Mutex<Option<JoinHandle<()>>>,
    failure: Failure,
    /// Keeps other runs out of the folder until the recording is finished.
    guard: Mutex<Option<File>>,
}

enum Message {
    /// A line for a file, with its newline.
    Line(String, Vec<u8>),
    /// Write and sync everything, then answer with the number of lines by file.
    Sync(Sender<BTreeMap<String, u64>>),
}

impl Writer {
    /// Starts a recording in a folder that does not exist or is empty.
    ///
    /// # Errors
    /// When the folder holds something, another run holds its lock, or the system refuses.
    pub fn create(dir: &Path, header: Header) -> Result<Self, RecordingError> {
        let lock = folder::create(dir)?;
        folder::write_header(dir, &header)?;
        let disk = Folder::new(dir, BTreeMap::new());
        Self::start(dir, header, Box::new(disk), BTreeMap::new(), Some(lock))
    }

    /// Opens a recording that is not complete, to append to it. Returns what it holds; what a torn tail lost is in
    /// [`Recording::losses`] and has been cut off on disk.
    ///
    /// # Errors
    /// When it is complete, damaged, locked by another run, of a newer format, or the system refuses.
    pub fn resume(dir: &Path) -> Result<(Self, Recording), RecordingError> {
        let lock = folder::lock(dir)?;
        let held = Recording::open(dir)?;
        if held.header().state == State::Complete {
            return Err(RecordingError::Complete(dir.to_owned()));
        }
        for (file, length) in &held.torn {
            folder::cut(dir, file, *length)?;
        }
        let length = |(file, bytes): (&str, &[u8])| (file.to_owned(), held.torn.get(file).copied().unwrap_or(bytes.len()) as u64);
        let disk = Folder::new(dir, held.files().map(length).collect());
        let mut header = held.header().clone();
        (header.state, header.ended) = (State::Running, None);
        folder::write_header(dir, &header)?;
        let writer = Self::start(dir, header, Box::new(disk), held.lines.clone(), Some(lock))?;
        Ok((writer, held))
    }

    fn start(
        dir: &Path,
        header: Header,
        disk: Box<dyn Disk>,
        lines: BTreeMap<String, u64>,
        guard: Option<File>,
    ) -> Result<Self, RecordingError> {
        let (sender, receiver) = sync_channel(QUEUE);
        let failure = Failure::default();
        let scribe = Scribe { disk, pending: BTreeMap::new(), lines, failure: failure.clone() };
        let thread = std::thread::Builder::new().name("recording".to_owned()).spawn(move || scribe.run(&receiver));
        Ok(Writer {
            dir: dir.to_owned(),
            header: Mutex::new(header),
            queue: Mutex::new(Some(sender)),
            thread: Mutex::new(Some(thread.map_err(RecordingError::io("write", dir))?)),
            failure,
            guard: Mutex::new(guard),
        })
    }

    /// Appends a call. Returns before it is on disk; an error of the disk is returned by a later call of `append`, and by
    /// [`Writer::finish`].
    ///
    /// # Errors
    /// When an earlier call could not be written.
    pub fn append(&self, line: &CallLine) -> Result<(), RecordingError> {
        self.failure.check()?;
        // Cannot fail: all keys are strings and no serializer of these types returns an error.
        let mut text = serde_json::to_vec(line).unwrap_or_else(|error| unreachable!("call does not serialize: {error}"));
        text.push(b'\n');
        self.send(Message::Line(paths::call_file(&line.key), text))
    }

    /// The header as it stands.
    pub fn header(&self) -> Header {
        lock(&self.header).clone()
    }

    /// Changes the header, and replaces `recording.json` as a whole.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn update(&self, change: impl FnOnce(&mut Header)) -> Result<(), RecordingError> {
        let mut header = lock(&self.header);
        change(&mut header);
        folder::write_header(&self.dir, &header)
    }

    /// Writes out everything, syncs it to disk, then writes the header with its last state and lets go of the folder's lock.
    /// Later calls of [`Writer::append`] are errors.
    ///
    /// # Errors
    /// When anything could not be written; the header then does not say `complete`.
    pub fn finish(&self, ended: Instant, state: State) -> Result<(), RecordingError> {
        let (sender, receiver) = channel();
        self.failure.check()?;
        self.send(Message::Sync(sender))?;
        let synced = receiver.recv();
        self.close();
        self.failure.check()?;
        let calls = synced.map_err(|_| RecordingError::Stopped("its thread ended".to_owned()))?;
        self.update(|header| {
            header.ended = Some(ended);
            header.state = state;
            header.calls = if state == State::Complete { calls } else { BTreeMap::new() };
        })?;
        lock(&self.guard).take();
        Ok(())
    }

    fn send(&self, message: Message) -> Result<(), RecordingError> {
        // The lock is released before waiting for room in the queue.
        let queue = lock(&self.queue).clone();
        let sent = queue.is_some_and(|queue| queue.send(message).is_ok());
        if sent { Ok(()) } else { Err(self.failure.stopped("it is finished")) }
    }

    /// Lets the thread write what it holds and end.
    fn close(&self) {
        lock(&self.queue).take();
        if let Some(thread) = lock(&self.thread).take() {
            // A panic there has already been printed; what it did not write is missing and the header does not say complete.
            let _ = thread.join();
        }
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.close();
    }
}

/// None of these values can be left half-changed by a panic, so a poisoned lock is as good as any.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The first error of the disk: returned once as it is, and as "stopped" ever after.
#[derive(Clone, Debug, Default)]
struct Failure(Arc<Mutex<Option<(String, Option<RecordingError>)>>>);

impl Failure {
    fn note(&self, error: RecordingError) {
        lock(&self.0).get_or_insert_with(|| (error.to_string(), Some(error)));
    }

    fn check(&self) -> Result<(), RecordingError> {
        match &mut *lock(&self.0) {
            None => Ok(()),
            Some((text, error)) => Err(error.take().unwrap_or_else(|| RecordingError::Stopped(text.clone()))),
        }
    }

    fn stopped(&self, otherwise: &str) -> RecordingError {
        self.check().err().unwrap_or_else(|| RecordingError::Stopped(otherwise.to_owned()))
    }
}

/// Lines of one file that wait for their frame.
struct Pending {
    text: Vec<u8>,
    lines: u64,
    since: Clock,
}

/// The thread's side.
struct Scribe {
    disk: Box<dyn Disk>,
    pending: BTreeMap<String, Pending>,
    /// Lines on disk by file.
    lines: BTreeMap<String, u64>,
    failure: Failure,
}

impl Scribe {
    fn run(mut self, queue: &Receiver<Message>) {
        loop {
            let done = match queue.recv_timeout(self.patience()) {
                Ok(Message::Line(file, text)) => self.add(file, &text),
                Ok(Message::Sync(reply)) => self.sync(&reply),
                Err(RecvTimeoutError::Timeout) => Ok(()),
                Err(RecvTimeoutError::Disconnected) => {
                    let last = self.flush(|_| true).and_then(|()| self.disk.sync());
                    return last.unwrap_or_else(|error| self.failure.note(error));
                }
            };
            if let Err(error) = done.and_then(|()| self.flush(|pending| pending.since.elapsed() >= WAIT)) {
                return self.failure.note(error);
            }
        }
    }

    /// How long nothing needs to be done if no message comes.
    fn patience(&self) -> Duration {
        let oldest = self.pending.values().map(|pending| pending.since.elapsed()).max();
        oldest.map_or(Duration::from_secs(3600), |age| WAIT.saturating_sub(age))
    }

    fn add(&mut self, file: String, text: &[u8]) -> Result<(), RecordingError> {
        let fresh = || Pending { text: Vec::new(), lines: 0, since: Clock::now() };
        let pending = self.pending.entry(file).or_insert_with(fresh);
        pending.text.extend_from_slice(text);
        pending.lines += 1;
        self.flush(|pending| pending.text.len() >= frames::FRAME_TEXT)
    }

    fn sync(&mut self, reply: &Sender<BTreeMap<String, u64>>) -> Result<(), RecordingError> {
        self.flush(|_| true)?;
        self.disk.sync()?;
        // Whoever asked may have gone; then nobody needs the answer.
        let _ = reply.send(self.lines.clone());
        Ok(())
    }

    /// Writes a frame for each file that is due.
    fn flush(&mut self, due: impl Fn(&Pending) -> bool) -> Result<(), RecordingError> {
        let ready: Vec<(String, Pending)> = self.pending.extract_if(.., |_, pending| due(pending)).collect();
        for (file, pending) in ready {
            let frame = frames::compress(&pending.text, LEVEL).map_err(RecordingError::io("compress", Path::new(&file)))?;
            self.disk.append(&file, &frame)?;
            *self.lines.entry(file).or_default() += pending.lines;
        }
        Ok(())
    }
}

#[cfg(test)]
#[path = "writer_tests.rs"]
mod tests;
