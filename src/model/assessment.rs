//! `assessment.json`: the machine contract, stable from the first version on. Field order is the order of the file.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::framework::{Coverage, Method, Relation};
use super::{CallId, Gap, Instant};

/// The `schema` field of the first version.
pub const SCHEMA: &str = "evidence/assessment/1";

/// The versions that decide bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Tool {
    /// Version of `evidence`.
    pub version: String,
    /// Version of the collectors: raised when an existing fact needs a further call.
    pub collectors: u32,
    /// Versions of the SDK crates that parsed the answers, by crate.
    pub sdk: BTreeMap<String, String>,
}

/// Where the answers came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RecordingOrigin {
    /// AWS itself.
    Aws,
    /// Any other endpoint: a demonstration, not evidence.
    Emulated,
}

/// The recording behind an assessment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RecordingNote {
    /// SHA-256 over all files of the recording.
    pub digest: String,
    /// AWS or emulated.
    pub origin: RecordingOrigin,
    /// Start of collection.
    pub started: Instant,
    /// End of collection.
    pub ended: Instant,
}

/// An account in scope.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AccountNote {
    /// Twelve-digit id.
    pub id: String,
    /// Account alias, `null` where none is set or it could not be read.
    pub alias: Option<String>,
    /// Partition.
    pub partition: super::Partition,
    /// ARN that `sts:GetCallerIdentity` returned.
    pub principal: Option<String>,
    /// Whether the run could enter the account.
    pub entered: bool,
    /// Why not.
    pub gap: Option<Gap>,
}

/// A Region of an account, with its status as AWS told it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct RegionNote {
    /// Account.
    pub account: String,
    /// Region name.
    pub region: String,
    /// `opt-in-not-required`, `opted-in`, `not-opted-in`.
    pub status: String,
    /// Whether this run observed it.
    pub observed: bool,
}

/// Something the user left out.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Excluded {
    /// Account.
    pub account: String,
    /// Region.
    pub region: String,
    /// By what: `--region`, `evidence.toml`.
    pub by: String,
}

/// What was looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Scope {
    /// Accounts, ordered by id.
    pub accounts: Vec<AccountNote>,
    /// Regions, ordered by account and name.
    pub regions: Vec<RegionNote>,
    /// What the user narrowed.
    pub excluded: Vec<Excluded>,
}

/// What the tests of an item showed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ItemResult {
    /// All covering controls passed over complete populations.
    Pass,
    /// At least one verdict failed.
    Fail,
    /// Nothing failed, something could not be observed.
    Indeterminate,
    /// There was nothing to judge.
    NothingToTest,
    /// No covering control.
    None,
}

/// What an item comes to with people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Disposition {
    /// The result stands.
    Pass,
    /// The result stands.
    Fail,
    /// The result stands.
    Indeterminate,
    /// The result stands.
    NothingToTest,
    /// A person must decide.
    Manual,
    /// A valid statement exists.
    Stated,
    /// This tool has no test.
    NotTested,
}

/// Verdicts by outcome.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Counts {
    /// Passed.
    pub pass: u64,
    /// Failed.
    pub fail: u64,
    /// Not applicable.
    pub not_applicable: u64,
    /// Indeterminate.
    pub indeterminate: u64,
}

impl Counts {
    /// Counts one verdict.
    pub fn add(&mut self, outcome: super::Outcome) {
        *match outcome {
            super::Outcome::Pass => &mut self.pass,
            super::Outcome::Fail => &mut self.fail,
            super::Outcome::NotApplicable => &mut self.not_applicable,
            super::Outcome::Indeterminate => &mut self.indeterminate,
        } += 1;
    }

    /// Adds another's numbers.
    pub fn merge(&mut self, other: &Counts) {
        self.pass += other.pass;
        self.fail += other.fail;
        self.not_applicable += other.not_applicable;
        self.indeterminate += other.indeterminate;
    }
}

/// An item in one account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ItemAccount {
    /// Result in this account.
    pub result: ItemResult,
    /// Disposition in this account.
    pub disposition: Disposition,
    /// Verdicts of covering controls in this account.
    pub counts: Counts,
}

/// A control of an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ItemControl {
    /// Control id.
    pub id: String,
    /// Which parameters it ran with for this item.
    pub params_id: String,
    /// Covers or related.
    pub relation: Relation,
    /// How much of the item it answers; `null` for related.
    pub coverage: Option<Coverage>,
}

/// An item with what it comes to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ItemLine {
    /// The framework's id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Automated or manual.
    pub method: Method,
    /// Over all accounts.
    pub result: ItemResult,
    /// Over all accounts.
    pub disposition: Disposition,
    /// Files of the pack that show it, relative paths.
    pub evidence: Vec<String>,
    /// One sentence.
    pub why: String,
    /// Controls.
    pub controls: Vec<ItemControl>,
    /// By account id.
    pub accounts: BTreeMap<String, ItemAccount>,
}

/// A framework with its items.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FrameworkLine {
    /// Framework id.
    pub id: String,
    /// Its version.
    pub version: String,
    /// Items in the framework's order.
    pub items: Vec<ItemLine>,
}

/// A resolved parameter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ParamLine {
    /// The value used.
    pub value: serde_json::Value,
    /// Where it came from: `default`, `item` (with its id), `organization`, `local`.
    pub origin: String,
}

/// A control with one set of parameters.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ControlLine {
    /// Control id.
    pub id: String,
    /// Digest of the parameters.
    pub params_id: String,
    /// The parameters.
    pub params: BTreeMap<String, ParamLine>,
    /// Counts by account id.
    pub accounts: BTreeMap<String, Counts>,
}

/// A population.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PopulationLine {
    /// Kind.
    pub kind: String,
    /// Account.
    pub account: String,
    /// Region or `global`.
    pub region: String,
    /// Resources.
    pub count: u64,
    /// Whether the listing proved that it ended and nothing disputes it.
    pub complete: bool,
    /// Calls of the listing.
    pub calls: Vec<CallId>,
}

/// The whole contract.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Assessment {
    /// [`SCHEMA`].
    pub schema: String,
    /// Versions.
    pub tool: Tool,
    /// SHA-256 over the pack's `inputs/`.
    pub inputs_digest: String,
    /// The instant at which ages were judged.
    pub as_of: Instant,
    /// The recording.
    pub recording: RecordingNote,
    /// Scope.
    pub scope: Scope,
    /// Frameworks in the order asked for.
    pub frameworks: Vec<FrameworkLine>,
    /// Controls by id and params_id.
    pub controls: Vec<ControlLine>,
    /// Populations by kind, account, region.
    pub populations: Vec<PopulationLine>,
    /// Gaps by place.
    pub gaps: Vec<Gap>,
}
