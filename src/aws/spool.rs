//! Lines of this run that may be asked for again, in an unnamed temporary file, so that memory does not grow with the answers.

use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::sync::Mutex;

use super::transport::lock;
use crate::recording::line::CallLine;

/// Where a line stands in the spool.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span {
    start: u64,
    length: usize,
}

/// The file and its length.
#[derive(Debug)]
pub(super) struct Spool(Mutex<(File, u64)>);

impl Spool {
    pub(super) fn new() -> std::io::Result<Self> {
        Ok(Spool(Mutex::new((tempfile::tempfile()?, 0))))
    }

    pub(super) fn write(&self, line: &CallLine) -> std::io::Result<Span> {
        let bytes = serde_json::to_vec(line)?;
        let mut spool = lock(&self.0);
        let start = spool.1;
        spool.0.seek(SeekFrom::Start(start))?;
        spool.0.write_all(&bytes)?;
        spool.1 += bytes.len() as u64;
        Ok(Span { start, length: bytes.len() })
    }

    pub(super) fn read(&self, span: Span) -> std::io::Result<CallLine> {
        let mut bytes = vec![0; span.length];
        let mut spool = lock(&self.0);
        spool.0.seek(SeekFrom::Start(span.start))?;
        spool.0.read_exact(&mut bytes)?;
        Ok(serde_json::from_slice(&bytes)?)
    }
}
