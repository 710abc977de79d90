//! Judges what was collected against the controls chosen: verdicts, results, dispositions. Pure but for spill files; the clock
//! is an argument.

mod document;
pub mod statement;
pub mod store;
pub mod waiver;

use std::collections::BTreeMap;

pub use document::DocumentError;
pub use statement::{Statement, Statements};
pub use store::{Line, RunKey, VerdictStore};
pub use waiver::{Waiver, Waivers};

use crate::model::assessment::{Assessment, RecordingNote, Scope, Tool};
use crate::model::call::CallKey;
use crate::model::{CallId, Instant};

/// Numbers of exhibits by call: over the whole recording, so the same in all packs made from it.
#[derive(Clone, Debug, Default)]
pub struct Exhibits(BTreeMap<CallId, usize>);

impl Exhibits {
    /// Numbers all calls of a recording in the order of their keys.
    pub fn number<'a>(keys: impl IntoIterator<Item = &'a CallKey>) -> Self {
        let mut keys: Vec<&CallKey> = keys.into_iter().collect();
        keys.sort_unstable();
        keys.dedup();
        Exhibits(keys.into_iter().enumerate().map(|(index, key)| (key.id(), index + 1)).collect())
    }

    /// `E-0001` for the first call; `None` for a call that the recording does not hold.
    pub fn of(&self, call: CallId) -> Option<String> {
        self.0.get(&call).map(|number| format!("E-{number:04}"))
    }
}

/// Everything about a run that is neither catalogue nor inventory.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The instant at which ages are judged.
    pub as_of: Instant,
    /// Judge ages also where `as_of` is more than a day after the recording's end.
    pub accept_stale: bool,
    /// Versions.
    pub tool: Tool,
    /// SHA-256 over the pack's `inputs/`.
    pub inputs_digest: String,
    /// The recording.
    pub recording: RecordingNote,
    /// Accounts and Regions looked at.
    pub scope: Scope,
    /// Numbers of the recording's calls.
    pub exhibits: Exhibits,
}

/// A waiver and what it was good for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaiverUse {
    /// The waiver.
    pub waiver: Waiver,
    /// `active`, `expired`, `not_yet_valid`.
    pub state: &'static str,
    /// Failures that it names; 0 is a waiver nobody needs.
    pub failures: u64,
    /// Active, and its end is near.
    pub ends_soon: bool,
}

/// What comes out.
#[derive(Debug)]
pub struct Judged {
    /// The machine contract, whole.
    pub assessment: Assessment,
    /// All verdicts, in order.
    pub verdicts: VerdictStore,
    /// All waivers, by control and id.
    pub waivers: Vec<WaiverUse>,
    /// Verdicts that are indeterminate because of a gap.
    pub touched: u64,
    /// Verdicts that are indeterminate because a control failed for no gap's reason (exit status 1).
    pub control_errors: u64,
}
