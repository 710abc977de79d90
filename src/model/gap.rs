//! Gaps: what could not be observed, and why. A gap is a value that travels to every verdict it touches; it is never a
//! default, an empty list or a log line.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Why something could not be observed. A Region or service that is not enabled is a fact, not a gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// AWS refused the principal the action.
    Denied,
    /// AWS answered every attempt with a throttling error.
    Throttled,
    /// No valid answer came: error, timeout, or a body that is not what the operation returns.
    Failed,
    /// A listing did not prove that it ended.
    Truncated,
    /// The observation is older than the question allows.
    Stale,
    /// The recording does not hold the call.
    NotRecorded,
    /// It lies in an account that this run did not observe.
    OtherAccount,
    /// The user narrowed the scope.
    OutOfScope,
    /// Two sources of AWS disagree.
    Disputed,
    /// Only the organization's management (or delegated) account may ask.
    NotManagementAccount,
    /// The control's expression failed for a reason that no gap explains.
    ControlError,
}

impl Reason {
    /// The word used in every output.
    pub fn as_str(self) -> &'static str {
        match self {
            Reason::Denied => "denied",
            Reason::Throttled => "throttled",
            Reason::Failed => "failed",
            Reason::Truncated => "truncated",
            Reason::Stale => "stale",
            Reason::NotRecorded => "not_recorded",
            Reason::OtherAccount => "other_account",
            Reason::OutOfScope => "out_of_scope",
            Reason::Disputed => "disputed",
            Reason::NotManagementAccount => "not_management_account",
            Reason::ControlError => "control_error",
        }
    }
}

/// One thing that could not be observed. Ordered by place, then operation.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Gap {
    /// Account that was asked.
    pub account: String,
    /// Region that was asked, `global` for global services.
    pub region: String,
    /// SDK service id, for example `IAM`.
    pub service: String,
    /// Operation, for example `GetTrailStatus`.
    pub operation: String,
    /// Why.
    pub reason: Reason,
    /// One plain sentence: the action and principal denied, the error code, what was missing in the body.
    pub detail: String,
    /// The call whose answer (or lack of one) is the gap, where one was made.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub call: Option<super::CallId>,
}

/// How the detail of a gap says that a policy denies the action outright.
pub const EXPLICIT_DENY: &str = "explicit deny in ";

impl Gap {
    /// Whether a policy denies the action outright, so that no further permission lifts it.
    pub fn is_explicit_deny(&self) -> bool {
        self.reason == Reason::Denied && self.detail.contains(EXPLICIT_DENY)
    }

    /// A digest of the gap's content, so the same in every replay.
    pub fn id(&self) -> GapId {
        let text = format!(
            "{}\0{}\0{}\0{}\0{}\0{}\0{}",
            self.account,
            self.region,
            self.service,
            self.operation,
            self.reason.as_str(),
            self.detail,
            self.call.map(|call| call.to_string()).unwrap_or_default()
        );
        GapId(super::short_digest(&text, 8))
    }
}

/// Names a [`Gap`] within one run, by content: 16 hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct GapId(pub String);

/// All gaps of a run, by id. Two observations of the same gap are one.
#[derive(Clone, Debug, Default)]
pub struct Gaps(std::collections::BTreeMap<GapId, Gap>);

impl Gaps {
    /// Notes a gap and returns the id that facts and populations carry.
    pub fn note(&mut self, gap: Gap) -> GapId {
        let id = gap.id();
        self.0.entry(id.clone()).or_insert(gap);
        id
    }

    /// The gap behind an id, if this run noted it.
    pub fn get(&self, id: &GapId) -> Option<&Gap> {
        self.0.get(id)
    }

    /// Takes over all gaps of `other`.
    pub fn merge(&mut self, other: Gaps) {
        self.0.extend(other.0);
    }

    /// All gaps with their ids, ordered by id.
    pub fn iter(&self) -> impl Iterator<Item = (&GapId, &Gap)> {
        self.0.iter()
    }

    /// All gaps in the order reports use: by place, service, operation.
    pub fn sorted(&self) -> Vec<&Gap> {
        let mut gaps: Vec<&Gap> = self.0.values().collect();
        gaps.sort();
        gaps
    }
}
