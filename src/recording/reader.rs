//! Reads a recording: from a folder, or from files in memory (the embedded demo, a pack).

use std::borrow::Cow;
use std::path::Path;

use super::RecordingError;
use super::header::Header;
use super::line::CallLine;
use crate::model::assessment::RecordingNote;
use crate::model::call::CallKey;
use crate::model::{CallId, Instant};

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

/// A recording in memory: its files as they are (compressed) and an index of its calls.
#[derive(Debug)]
pub struct Recording {}

impl Recording {
    /// Opens the recording in a folder.
    ///
    /// # Errors
    /// When it is no recording, of a newer format, damaged, or cannot be read. A torn last frame is no error but a [`Loss`].
    pub fn open(_dir: &Path) -> Result<Self, RecordingError> {
        todo!("next commit")
    }

    /// Opens a recording whose files are given by relative path (`recording.json`, `calls/…`); others are ignored.
    ///
    /// # Errors
    /// As [`Recording::open`].
    pub fn from_files(_files: impl IntoIterator<Item = (String, Cow<'static, [u8]>)>) -> Result<Self, RecordingError> {
        todo!("next commit")
    }

    /// The header.
    pub fn header(&self) -> &Header {
        todo!("next commit")
    }

    /// Every call, ordered by key, which is the order of exhibits.
    pub fn entries(&self) -> &[Entry] {
        todo!("next commit")
    }

    /// The call with this id.
    pub fn entry(&self, _id: CallId) -> Option<&Entry> {
        todo!("next commit")
    }

    /// The call with its bytes; `None` where the recording does not hold it.
    ///
    /// # Errors
    /// Only when memory was damaged since the recording was opened.
    pub fn call(&self, _key: &CallKey) -> Result<Option<CallLine>, RecordingError> {
        todo!("next commit")
    }

    /// As [`Recording::call`], by id.
    ///
    /// # Errors
    /// As [`Recording::call`].
    pub fn call_by_id(&self, _id: CallId) -> Result<Option<CallLine>, RecordingError> {
        todo!("next commit")
    }

    /// What is missing of it: torn tails, files or lines that a complete recording counted.
    pub fn losses(&self) -> &[Loss] {
        todo!("next commit")
    }

    /// Whether its writer came to its end and nothing of it is lost.
    pub fn complete(&self) -> bool {
        todo!("next commit")
    }

    /// SHA-256, in hex, over the output of `sha256sum` on all its files in bytewise order of their paths.
    pub fn digest(&self) -> &str {
        todo!("next commit")
    }

    /// Its files by relative path, in bytewise order, byte for byte.
    pub fn files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        std::iter::empty()
    }

    /// What the assessment says of it. A recording that did not end ends with its last answer.
    pub fn note(&self) -> RecordingNote {
        todo!("next commit")
    }

    /// The same recording with calls sorted by key and frames filled: the same calls give the same bytes.
    ///
    /// # Errors
    /// When compression fails.
    pub fn canonical(&self) -> Result<Vec<(String, Vec<u8>)>, RecordingError> {
        todo!("next commit")
    }
}
