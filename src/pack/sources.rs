//! Verdicts and calls as assessment and recording keep them.

use super::error::PackError;
use super::input::{CallPlace, Calls, InputFile, Verdicts, VisitVerdict};
use crate::assess::VerdictStore;
use crate::model::CallId;
use crate::model::call::CallKey;
use crate::recording::Recording;
use crate::recording::line::CallLine;

/// An error of the store, or of what is done with a verdict.
struct Visit(PackError);

impl From<std::io::Error> for Visit {
    fn from(error: std::io::Error) -> Self {
        Visit(PackError::Source { what: "verdicts", source: error.into() })
    }
}

impl Verdicts for VerdictStore {
    fn visit(&self, control: &str, params_id: &str, visit: VisitVerdict<'_>) -> Result<(), PackError> {
        let run = (control.to_owned(), params_id.to_owned());
        self.for_run_text(&run, |verdict, shown| visit(verdict, shown).map_err(Visit)).map_err(|Visit(error)| error)
    }
}

impl Calls for Recording {
    fn keys(&self) -> Box<dyn Iterator<Item = (CallId, &CallKey)> + '_> {
        Box::new(self.entries().iter().map(|entry| (entry.id, &entry.key)))
    }

    fn places(&self) -> Vec<(CallId, CallPlace)> {
        let place = |id| self.place(id).map(|(file, line)| (id, CallPlace { file: file.to_owned(), line }));
        let mut places: Vec<_> = self.entries().iter().filter_map(|entry| place(entry.id)).collect();
        places.sort_unstable_by(|a, b| a.1.cmp(&b.1));
        places
    }

    fn call(&self, id: CallId) -> Result<CallLine, PackError> {
        let call = self.call_by_id(id).map_err(|error| PackError::Source { what: "the recording", source: error.into() })?;
        call.ok_or_else(|| PackError::Inconsistent(format!("call {id} is listed but not in the recording")))
    }
}

/// The files of a recording, for the pack's `recording/`.
pub fn recording_files(recording: &Recording) -> Vec<InputFile<'_>> {
    recording.files().map(|(path, bytes)| InputFile { path: path.to_owned(), bytes: bytes.into() }).collect()
}
