//! The index of a recording: reads every line once, checks it, and notes where each call stands.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use rayon::prelude::*;

use super::line::CallLine;
use super::reader::{Entry, Loss};
use super::{RecordingError, frames, paths};
use crate::model::CallId;

/// Where a call stands.
#[derive(Clone, Debug)]
pub(super) struct Slot {
    /// Index of the file.
    pub file: usize,
    /// Its frame within the file.
    pub frame: Range<usize>,
    /// Its line within the frame's text, without the newline.
    pub line: Range<usize>,
    /// Whether AWS answered; where it did not, a resumed run may have asked again.
    pub answered: bool,
    /// Number of that line within the whole file's text, from 1.
    pub number: u64,
}

/// What one pass over all files yields.
#[derive(Default)]
pub(super) struct Index {
    /// By key.
    pub entries: Vec<Entry>,
    /// As `entries`.
    pub slots: Vec<Slot>,
    /// Lines by file.
    pub lines: BTreeMap<String, u64>,
    /// Length of the whole frames of each file that has a torn tail.
    pub torn: BTreeMap<String, usize>,
    /// One for each torn tail.
    pub losses: Vec<Loss>,
}

/// Reads and checks all files of calls. Only a recording that was resumed may hold a failed call again.
pub(super) fn build(files: &[(String, Cow<'static, [u8]>)], resumed: bool) -> Result<Index, RecordingError> {
    let mut index = Index::default();
    let mut found = Vec::new();
    for (at, (file, bytes)) in files.iter().enumerate().filter(|(_, (file, _))| file.ends_with(paths::ENDING)) {
        read_file(&mut index, &mut found, at, file, bytes)?;
    }
    found.sort_by(|a, b| a.0.key.cmp(&b.0.key));
    if resumed {
        keep_last(&mut found);
    }
    refuse_duplicates(&found, files)?;
    let width = found.len().to_string().len().max(4);
    for (number, (mut entry, slot)) in found.into_iter().enumerate() {
        entry.exhibit = format!("E-{:0width$}", number + 1);
        index.entries.push(entry);
        index.slots.push(slot);
    }
    Ok(index)
}

/// Reads a file, its frames side by side.
fn read_file(index: &mut Index, found: &mut Vec<(Entry, Slot)>, at: usize, file: &str, bytes: &[u8]) -> Result<(), RecordingError> {
    let split = frames::split(bytes).map_err(|what| RecordingError::damaged(file, None, what))?;
    let read: Vec<Frame> = split.whole.par_iter().map(|frame| read_frame(file, &bytes[frame.clone()])).collect();
    let mut number = 0;
    for (frame, read) in split.whole.iter().zip(read) {
        for (entry, answered, line) in read.lines {
            number += 1;
            found.push((entry, Slot { file: at, frame: frame.clone(), line, number, answered }));
        }
        if let Some(what) = read.damage {
            return Err(RecordingError::damaged(file, Some(number + 1), what));
        }
    }
    index.lines.insert(file.to_owned(), number);
    if !split.torn.is_empty() {
        let what = format!("the last {} bytes are an unfinished frame; {number} calls before it are whole", split.torn.len());
        index.losses.push(Loss { file: file.to_owned(), what });
        index.torn.insert(file.to_owned(), split.torn.start);
    }
    Ok(())
}

/// What one frame holds, as far as it is whole.
#[derive(Default)]
struct Frame {
    /// Each line's call, whether it was answered, and its place in the frame's text.
    lines: Vec<(Entry, bool, Range<usize>)>,
    /// What is wrong with the line after these.
    damage: Option<String>,
}

fn read_frame(file: &str, bytes: &[u8]) -> Frame {
    let mut frame = Frame::default();
    let text = match frames::decompress(bytes) {
        Ok(text) => text,
        Err(what) => return Frame { damage: Some(what), ..frame },
    };
    let mut start = 0;
    for line in text.split_inclusive(|byte| *byte == b'\n') {
        match read_line(file, &line[..line.len() - 1]) {
            Ok((entry, answered)) => frame.lines.push((entry, answered, start..start + line.len() - 1)),
            Err(what) => return Frame { damage: Some(what), ..frame },
        }
        start += line.len();
    }
    frame
}

/// Reads one line and checks all that can be checked of it alone.
fn read_line(file: &str, line: &[u8]) -> Result<(Entry, bool), String> {
    let line: CallLine = serde_json::from_slice(line).map_err(|error| format!("not a call: {error}"))?;
    let expected = paths::call_file(&line.key);
    if expected != file {
        return Err(format!("the call belongs into `{expected}`"));
    }
    if let Some(response) = &line.response {
        let bytes = response.body.bytes().ok_or("the body is not base64")?;
        let digest = super::line::sha256(&bytes);
        if digest != response.sha256 {
            return Err(format!("the body has SHA-256 {digest}, the line says {}", response.sha256));
        }
    }
    let last = line.attempts.last().ok_or("the call has no attempt")?;
    let id = line.key.id();
    let answered = line.invalid.is_none() && line.response.as_ref().is_some_and(|response| (200..300).contains(&response.status));
    Ok((Entry { id, at: last.received.unwrap_or(last.sent), exhibit: String::new(), key: line.key }, answered))
}

/// Of a call that failed and that a resumed run asked again, the last line counts. Sorted by key, lines of one call are
/// neighbours in the order of the file.
fn keep_last(found: &mut Vec<(Entry, Slot)>) {
    found.dedup_by(|later, earlier| {
        let again = later.0.key == earlier.0.key && !earlier.1.answered;
        if again {
            std::mem::swap(later, earlier);
        }
        again
    });
}

fn refuse_duplicates(found: &[(Entry, Slot)], files: &[(String, Cow<'static, [u8]>)]) -> Result<(), RecordingError> {
    let mut ids: HashMap<CallId, &Entry> = HashMap::with_capacity(found.len());
    for (entry, slot) in found {
        if let Some(other) = ids.insert(entry.id, entry) {
            let (operation, n) = (&entry.key.operation, entry.key.n);
            let what = if other.key == entry.key {
                format!("the call {} ({operation}, n = {n}) stands twice", entry.id)
            } else {
                format!("two calls share the id {}: {operation} and {}", entry.id, other.key.operation)
            };
            return Err(RecordingError::damaged(&files[slot.file].0, None, what));
        }
    }
    Ok(())
}
