//! Reads a recording: from a folder, or from files in memory (the embedded demo, a pack).
//!
//! Everything is checked on opening, so that a damaged recording is an error before anything is judged; afterwards frames are
//! decompressed again as they are asked for, so memory holds the compressed files, the keys, and a few frames.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use sha2::Digest as _;

use super::header::{HEADER_FILE, Header, State};
use super::index::{self, Slot};
use super::line::CallLine;
use super::{RecordingError, folder, frames};
use crate::model::assessment::RecordingNote;
use crate::model::call::CallKey;
use crate::model::{CallId, Instant};

/// The most decompressed text that is kept for the next call of the same frame.
const CACHE: usize = 4 * 1024 * 1024;

/// A call of a recording, without its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What was asked.
    pub key: CallKey,
    /// Id of the key.
    pub id: CallId,
    /// Exhibit number: `E-0001` for the first by key.
    pub exhibit: String,
    /// When the last attempt was answered, or sent where it was not answered.
    pub at: Instant,
}

/// Something that a recording once held, or should hold, and does not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    /// File within the recording.
    pub file: String,
    /// What is lost, in one sentence.
    pub what: String,
}

/// A file of a recording.
type File = (String, Cow<'static, [u8]>);

/// A recording in memory: its files as they are (compressed) and an index of its calls.
#[derive(Debug)]
pub struct Recording {
    header: Header,
    /// Bytewise by path.
    files: Vec<File>,
    /// By key.
    entries: Vec<Entry>,
    /// Where each entry stands; as long as `entries`.
    slots: Vec<Slot>,
    by_id: HashMap<CallId, usize>,
    pub(super) lines: BTreeMap<String, u64>,
    /// Length of the whole frames of each file that has a torn tail.
    pub(super) torn: BTreeMap<String, usize>,
    losses: Vec<Loss>,
    digest: String,
    cache: Mutex<Cache>,
}

impl Recording {
    /// Opens the recording in a folder.
    ///
    /// # Errors
    /// When it is no recording, of a newer format, damaged, or cannot be read. A torn last frame is no error but a [`Loss`].
    pub fn open(dir: &Path) -> Result<Self, RecordingError> {
        Self::from_files(folder::read(dir)?.into_iter().map(|(path, bytes)| (path, bytes.into())))
    }

    /// Opens a recording whose files are given by relative path (`recording.json`, `calls/…`); others are ignored.
    ///
    /// # Errors
    /// As [`Recording::open`].
    pub fn from_files(files: impl IntoIterator<Item = (String, Cow<'static, [u8]>)>) -> Result<Self, RecordingError> {
        let mut files: Vec<File> = files.into_iter().filter(|(path, _)| folder::belongs(path)).collect();
        files.sort_by(|a, b| a.0.cmp(&b.0));
        let header = files.iter().find(|(path, _)| path == HEADER_FILE);
        let header = Header::parse(&header.ok_or_else(|| RecordingError::NotARecording(".".into()))?.1)?;
        let index = index::build(&files, !header.resumed.is_empty())?;
        let mut losses = index.losses;
        losses.extend(missing_calls(&header, &index.lines, &index.torn)?);
        let by_id = index.entries.iter().enumerate().map(|(at, entry)| (entry.id, at)).collect();
        let digest = digest(&files);
        Ok(Recording {
            header,
            files,
            entries: index.entries,
            slots: index.slots,
            by_id,
            lines: index.lines,
            torn: index.torn,
            losses,
            digest,
            cache: Mutex::default(),
        })
    }

    /// The header.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// Every call, ordered by key, which is the order of exhibits.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The call with this id.
    pub fn entry(&self, id: CallId) -> Option<&Entry> {
        self.by_id.get(&id).and_then(|at| self.entries.get(*at))
    }

    /// The call with its bytes; `None` where the recording does not hold it.
    ///
    /// # Errors
    /// Only when memory was damaged since the recording was opened.
    pub fn call(&self, key: &CallKey) -> Result<Option<CallLine>, RecordingError> {
        Ok(self.call_by_id(key.id())?.filter(|line| line.key == *key))
    }

    /// As [`Recording::call`], by id.
    ///
    /// # Errors
    /// As [`Recording::call`].
    pub fn call_by_id(&self, id: CallId) -> Result<Option<CallLine>, RecordingError> {
        let Some(slot) = self.by_id.get(&id).and_then(|at| self.slots.get(*at)) else { return Ok(None) };
        let text = self.text(slot)?;
        let file = &self.files[slot.file].0;
        serde_json::from_slice(&text[slot.line.clone()]).map(Some).map_err(|error| RecordingError::damaged(file, None, error.to_string()))
    }

    /// Where a call stands: its file, and the number of its line once the file is decompressed, from 1.
    pub fn place(&self, id: CallId) -> Option<(&str, u64)> {
        let slot = self.by_id.get(&id).and_then(|at| self.slots.get(*at))?;
        Some((self.files[slot.file].0.as_str(), slot.number))
    }

    /// What is missing of it: torn tails, files or lines that a complete recording counted.
    pub fn losses(&self) -> &[Loss] {
        &self.losses
    }

    /// Whether its writer came to its end and nothing of it is lost.
    pub fn complete(&self) -> bool {
        self.header.state == State::Complete && self.losses.is_empty()
    }

    /// SHA-256, in hex, over the output of `sha256sum` on all its files in bytewise order of their paths.
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// Its files by relative path, in bytewise order, byte for byte.
    pub fn files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.files.iter().map(|(path, bytes)| (path.as_str(), &**bytes))
    }

    /// What the assessment says of it. A recording that did not end ends with its last answer.
    pub fn note(&self) -> RecordingNote {
        let last = self.entries.iter().map(|entry| entry.at).max().unwrap_or(self.header.started);
        RecordingNote {
            digest: self.digest.clone(),
            origin: self.header.origin,
            started: self.header.started,
            ended: self.header.ended.unwrap_or(last),
        }
    }

    /// The same recording with calls sorted by key and frames filled: the same calls give the same bytes.
    ///
    /// # Errors
    /// When compression fails.
    pub fn canonical(&self) -> Result<Vec<(String, Vec<u8>)>, RecordingError> {
        let mut files: BTreeMap<&str, Vec<u8>> = BTreeMap::new();
        let mut texts: BTreeMap<&str, Vec<u8>> = BTreeMap::new();
        for slot in &self.slots {
            let file = self.files[slot.file].0.as_str();
            let pending = texts.entry(file).or_default();
            pending.extend_from_slice(&self.text(slot)?[slot.line.clone()]);
            pending.push(b'\n');
            if pending.len() >= frames::FRAME_TEXT {
                files.entry(file).or_default().extend(squeeze(file, pending)?);
                pending.clear();
            }
        }
        for (file, pending) in texts.into_iter().filter(|(_, pending)| !pending.is_empty()) {
            files.entry(file).or_default().extend(squeeze(file, &pending)?);
        }
        let mut header = self.header.clone();
        for (file, count) in &mut header.calls {
            *count = self.slots.iter().filter(|slot| self.files[slot.file].0 == *file).count() as u64;
        }
        let calls = files.into_iter().map(|(file, bytes)| (file.to_owned(), bytes));
        Ok(calls.chain([(HEADER_FILE.to_owned(), header.to_bytes())]).collect())
    }

    /// The decompressed frame in which a call stands.
    fn text(&self, slot: &Slot) -> Result<Arc<Vec<u8>>, RecordingError> {
        // A poisoned cache holds only whole frames: a panic elsewhere cannot have left half of one.
        let cache = || self.cache.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(text) = cache().find(slot) {
            return Ok(text);
        }
        // Not under the lock: others may read meanwhile. Two that need the same frame at once both decompress it.
        let (file, bytes) = &self.files[slot.file];
        let text = frames::decompress(&bytes[slot.frame.clone()]).map_err(|what| RecordingError::damaged(file, None, what))?;
        Ok(cache().keep(slot, text))
    }
}

/// Compresses for the canonical form, where size matters more than time.
fn squeeze(file: &str, text: &[u8]) -> Result<Vec<u8>, RecordingError> {
    frames::compress(text, 19).map_err(RecordingError::io("compress", Path::new(file)))
}

/// What a complete recording counted and does not hold.
fn missing_calls(header: &Header, lines: &BTreeMap<String, u64>, torn: &BTreeMap<String, usize>) -> Result<Vec<Loss>, RecordingError> {
    let mut losses = Vec::new();
    for (file, counted) in &header.calls {
        match lines.get(file).copied() {
            None => losses.push(Loss { file: file.clone(), what: format!("the file is missing; it held {counted} calls") }),
            Some(found) if found > *counted => {
                return Err(RecordingError::damaged(file, None, format!("it holds {found} calls, `{HEADER_FILE}` counts {counted}")));
            }
            Some(found) if found < *counted && !torn.contains_key(file) => {
                losses.push(Loss { file: file.clone(), what: format!("{} of {counted} calls are missing at its end", counted - found) });
            }
            Some(_) => {}
        }
    }
    Ok(losses)
}

fn digest(files: &[File]) -> String {
    let mut all = sha2::Sha256::new();
    for (path, bytes) in files {
        all.update(format!("{}  {path}\n", hex::encode(sha2::Sha256::digest(bytes))));
    }
    hex::encode(all.finalize())
}

/// Frames decompressed last, the newest at the end.
#[derive(Debug, Default)]
struct Cache {
    frames: Vec<((usize, usize), Arc<Vec<u8>>)>,
    size: usize,
}

impl Cache {
    fn find(&mut self, slot: &Slot) -> Option<Arc<Vec<u8>>> {
        let at = self.frames.iter().rposition(|(name, _)| *name == (slot.file, slot.frame.start))?;
        let found = self.frames.remove(at);
        self.frames.push(found.clone());
        Some(found.1)
    }

    fn keep(&mut self, slot: &Slot, text: Vec<u8>) -> Arc<Vec<u8>> {
        self.size += text.len();
        let text = Arc::new(text);
        self.frames.push(((slot.file, slot.frame.start), text.clone()));
        while self.size > CACHE && self.frames.len() > 1 {
            self.size -= self.frames.remove(0).1.len();
        }
        text
    }
}
