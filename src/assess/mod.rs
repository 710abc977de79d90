//! Judges what was collected against the controls chosen: verdicts, results, dispositions. Pure but for spill files; the clock
//! is an argument.

pub mod contract;
mod document;
mod engine;
mod facts;
mod index;
mod judging;
mod log;
mod node;
mod place;
mod result;
mod ruling;
pub mod selftest;
pub mod statement;
pub mod store;
mod tally;
pub mod trial;
pub mod waiver;
mod worker;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, PoisonError};

pub use document::DocumentError;
pub use statement::{Statement, Statements};
pub use store::{Line, RunKey, VerdictStore};
pub use waiver::{Waiver, Waivers};

use crate::catalog::Selection;
use crate::catalog::shape::Shapes;
use crate::collect::Inventory;
use crate::collect::scope::UNASKED;
use crate::model::assessment::{Assessment, RecordingNote, Scope, Tool};
use crate::model::call::CallKey;
use crate::model::{CallId, Gap, Instant, Kind, Reason};

/// Stands in place of an account where a verdict speaks of all accounts together.
pub const ORGANIZATION: &str = "organization";

/// Why there is no assessment.
#[derive(Debug, thiserror::Error)]
pub enum AssessError {
    /// A temporary file could not be read or written.
    #[error("cannot keep verdicts on disk: {0}")]
    Disk(#[from] std::io::Error),
    /// An expression does not compile that the catalogue let through.
    #[error("control `{control}` cannot run: {cause}")]
    Control {
        /// The control.
        control: String,
        /// The parser's words.
        cause: String,
    },
}

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

    /// `E-0001` for the first call, with as many digits as the last needs; `None` for a call that the recording does not hold.
    pub fn of(&self, call: CallId) -> Option<String> {
        let width = self.0.len().to_string().len().max(4);
        self.number_of(call).map(|number| format!("E-{number:0width$}"))
    }

    /// 1 for the first call.
    pub fn number_of(&self, call: CallId) -> Option<usize> {
        self.0.get(&call).copied()
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

/// Judges an inventory against a selection.
///
/// # Errors
/// When verdicts cannot be kept on disk.
pub fn assess(
    selection: &Selection,
    kinds: &[Kind],
    inventory: &mut Inventory,
    waivers: &Waivers,
    statements: &Statements,
    settings: &Settings,
) -> Result<Judged, AssessError> {
    let Inventory { resources, populations, gaps, calls } = inventory;
    let benches = judging::benches(selection)?;
    let index = judging::index(selection, kinds, resources, populations, settings)?;
    let ground = ruling::Ground { gaps, index: Arc::new(index), calls, stale: judging::stale(settings) };
    let shared = worker::Shared { settings, waivers, ground, spills: judging::spills(selection) };
    let mut sums = judging::judge_resources(resources, &benches, &shared, &Arc::new(Shapes::of(kinds)))?;
    let missing = judging::judge_places(&benches, kinds, populations, &shared, &mut sums)?;
    let worker::Shared { ground, spills, .. } = shared;
    let mut all: BTreeSet<Gap> = gaps.iter().map(|(_, gap)| gap).filter(|gap| gap.detail != UNASKED).cloned().chain(missing).collect();
    all.extend(ground.index.searched());
    let spills = spills.into_iter().map(|(run, spill)| (run, spill.into_inner().unwrap_or_else(PoisonError::into_inner)));
    let verdicts = store::settle(spills.collect())?;
    let parts = contract::Parts { selection, settings, statements, sums: &sums, populations, gaps: all };
    let (touched, control_errors) = touched(&sums);
    Ok(Judged { assessment: parts.assessment(), verdicts, waivers: uses(waivers, &sums, settings.as_of), touched, control_errors })
}

/// Indeterminate verdicts because of gaps, and because of control errors.
fn touched(sums: &worker::Sums) -> (u64, u64) {
    let all = || sums.accounts.values().flat_map(BTreeMap::values);
    let errors = all().filter_map(|tally| tally.reasons.get(Reason::ControlError.as_str())).sum();
    (all().map(|tally| tally.counts.indeterminate).sum::<u64>() - errors, errors)
}

fn uses(waivers: &Waivers, sums: &worker::Sums, as_of: Instant) -> Vec<WaiverUse> {
    let one = |waiver: &Waiver| WaiverUse {
        state: waiver.state(as_of),
        failures: sums.waived.get(&waiver.id).copied().unwrap_or(0),
        ends_soon: waiver.ends_soon(as_of),
        waiver: waiver.clone(),
    };
    waivers.iter().map(one).collect()
}
