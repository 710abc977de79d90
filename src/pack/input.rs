//! What a pack is made of, as this module sees it. The traits keep collection, assessment and recording out of here: the
//! caller says how their values are read.

use crate::model::assessment::Assessment;
use crate::model::call::CallKey;
use crate::model::control::Control;
use crate::model::framework::Framework;
use crate::model::gap::Gaps;
use crate::model::{CallId, Population};
use crate::recording::line::CallLine;

use super::error::PackError;

/// Everything a pack is made of. Building changes nothing of it, and uses neither clock nor network.
pub struct Input<'a> {
    /// The machine contract.
    pub assessment: &'a Assessment,
    /// The frameworks of the assessment.
    pub frameworks: Vec<&'a Framework>,
    /// The controls that ran or are mapped.
    pub controls: Vec<&'a Control>,
    /// Populations with their proof and second counts.
    pub populations: &'a [Population],
    /// What could not be observed.
    pub gaps: &'a Gaps,
    /// Verdicts with the facts shown beside them.
    pub verdicts: &'a dyn Verdicts,
    /// The calls of the recording.
    pub calls: &'a dyn Calls,
    /// The files of the recording.
    pub recording: Vec<InputFile<'a>>,
    /// What goes into `inputs/`.
    pub inputs: Vec<InputFile<'a>>,
    /// Waivers that were read, used or not.
    pub waivers: Vec<WaiverLine>,
    /// Statements that were read, used or not.
    pub statements: Vec<StatementLine>,
    /// What is known of operations.
    pub operations: &'a dyn Operations,
}

/// Verdicts, one control with one set of parameters at a time.
pub trait Verdicts: Sync {
    /// Visits the verdicts of a control in the order of [`crate::model::Verdict::sort_key`], each as the JSON of its line in
    /// `verdicts.jsonl` and the JSON list of its columns' values, in the order of `Judge::columns` of its kind (empty where it
    /// has none).
    ///
    /// # Errors
    /// When they cannot be read, or `visit` fails.
    fn visit(&self, control: &str, params_id: &str, visit: VisitVerdict<'_>) -> Result<(), PackError>;
}

/// What is done with each verdict.
pub type VisitVerdict<'a> = &'a mut dyn FnMut(&str, &str) -> Result<(), PackError>;

/// Where a call stands in the recording.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CallPlace {
    /// File, relative to the recording: `calls/111122223333/us-east-1/iam.jsonl.zst`.
    pub file: String,
    /// Line in the file once decompressed, from 1.
    pub line: u64,
}

/// The calls of a recording.
pub trait Calls: Sync {
    /// All calls, ordered by key: a call's exhibit number is its place in this list, from 1.
    fn keys(&self) -> Box<dyn Iterator<Item = (CallId, &CallKey)> + '_>;

    /// Where all calls stand, in the order that reads fastest.
    fn places(&self) -> Vec<(CallId, CallPlace)>;

    /// A call with its bytes.
    ///
    /// # Errors
    /// When the recording cannot be read, or does not hold it.
    fn call(&self, id: CallId) -> Result<CallLine, PackError>;
}

/// What the table of operations says.
pub trait Operations: Sync {
    /// The AWS CLI's words: `iam list-users`.
    fn cli(&self, service: &str, operation: &str) -> Option<String>;
    /// The IAM actions that allow it.
    fn actions(&self, service: &str, operation: &str) -> Vec<String>;
    /// The resource patterns of an IAM statement for it, with `{partition}` and `{region}`.
    fn resources(&self, service: &str, operation: &str) -> Vec<String>;
}

/// A file that goes into the pack byte for byte.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputFile<'a> {
    /// Path below `recording/` or `inputs/`: `controls/iam/root-mfa.md`, `settings.json`.
    pub path: String,
    /// Its bytes.
    pub bytes: std::borrow::Cow<'a, [u8]>,
}

/// A waiver as read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaiverLine {
    /// File name without its ending.
    pub id: String,
    /// Control it speaks about.
    pub control: String,
    /// What it names: accounts, Regions, resources, in words.
    pub scope: String,
    /// `active`, `expired`, `not_yet_valid`.
    pub state: String,
    /// Accountable owner.
    pub owner: String,
    /// Reason as approved.
    pub reason: String,
    /// Who approved it.
    pub approved_by: String,
    /// Last day on which it is valid.
    pub expires: String,
}

/// A management statement as read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementLine {
    /// File name without its ending.
    pub id: String,
    /// Framework id.
    pub framework: String,
    /// Item id.
    pub item: String,
    /// The one account it speaks for; `None` for all.
    pub account: Option<String>,
    /// `active`, `expired`, `not_yet_valid`.
    pub state: String,
    /// Role of who states it.
    pub role: String,
    /// Its words.
    pub text: String,
    /// When it was made.
    pub made: String,
    /// Last day on which it is valid.
    pub expires: String,
    /// Its files, below `inputs/`.
    pub files: Vec<String>,
}
