//! Appends calls to a recording on disk, from any thread, without making callers wait for the disk.

use std::path::Path;

use super::header::Header;
use super::line::CallLine;
use super::reader::Recording;
use super::{RecordingError, State};
use crate::model::Instant;

/// Writes one recording. Cheap to share behind an `Arc`. Dropped without [`Writer::finish`] it flushes what it holds and
/// leaves the header at `running`.
#[derive(Debug)]
pub struct Writer {}

impl Writer {
    /// Starts a recording in a folder that does not exist or is empty.
    ///
    /// # Errors
    /// When the folder holds something, another run holds its lock, or the system refuses.
    pub fn create(_dir: &Path, _header: Header) -> Result<Self, RecordingError> {
        todo!("next commit")
    }

    /// Opens a recording that is not complete, to append to it. Returns what it holds; what a torn tail lost is in
    /// [`Recording::losses`] and has been cut off on disk.
    ///
    /// # Errors
    /// When it is complete, damaged, locked by another run, of a newer format, or the system refuses.
    pub fn resume(_dir: &Path) -> Result<(Self, Recording), RecordingError> {
        todo!("next commit")
    }

    /// Appends a call. Returns before it is on disk; an error of the disk is returned by a later call of `append`, and by
    /// [`Writer::finish`].
    ///
    /// # Errors
    /// When an earlier call could not be written.
    pub fn append(&self, _line: &CallLine) -> Result<(), RecordingError> {
        todo!("next commit")
    }

    /// The header as it stands.
    pub fn header(&self) -> Header {
        todo!("next commit")
    }

    /// Changes the header, and replaces `recording.json` as a whole.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn update(&self, _change: impl FnOnce(&mut Header)) -> Result<(), RecordingError> {
        todo!("next commit")
    }

    /// Writes out everything, syncs it to disk, and only then writes the header with its last state. Later calls of
    /// [`Writer::append`] are errors.
    ///
    /// # Errors
    /// When anything could not be written; the header then does not say `complete`.
    pub fn finish(&self, _ended: Instant, _state: State) -> Result<(), RecordingError> {
        todo!("next commit")
    }
}
