//! Verdicts: of one control, with one set of parameters, on one resource or one place.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{CallId, Instant, Reason};

/// The four words a verdict can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The resource is as the control says.
    Pass,
    /// It is not.
    Fail,
    /// The control does not speak about this resource.
    NotApplicable,
    /// It could not be observed; never counted as anything else.
    Indeterminate,
}

impl Outcome {
    /// The word used in every output.
    pub fn as_str(self) -> &'static str {
        match self {
            Outcome::Pass => "pass",
            Outcome::Fail => "fail",
            Outcome::NotApplicable => "not_applicable",
            Outcome::Indeterminate => "indeterminate",
        }
    }
}

/// What a verdict is about. `id` is `null` on population lines (one for each population not proven complete, or empty) and
/// on account, Region or organization verdicts without a witness.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Subject {
    /// CloudFormation type name.
    pub kind: String,
    /// The resource's id, or `null`.
    pub id: Option<String>,
    /// The resource's name, or `null`.
    pub name: Option<String>,
}

/// Why a verdict is what it is, where the expression alone does not say it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Why {
    /// A [`Reason`]'s word for `indeterminate`; `not_selected` (the control's `when` is false), `empty_population`, `witness`,
    /// `no_witness`, `inherited` otherwise.
    pub code: String,
    /// One plain sentence.
    pub detail: String,
}

impl Why {
    /// From a gap's reason.
    pub fn gap(reason: Reason, detail: impl Into<String>) -> Self {
        Why { code: reason.as_str().to_owned(), detail: detail.into() }
    }
}

/// A waiver that stands beside a verdict; it never changes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct WaiverNote {
    /// File name of the waiver without its ending.
    pub id: String,
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

/// One line of `verdicts.jsonl`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Verdict {
    /// Digest of (control, params_id, account, region, kind, id).
    pub verdict_id: String,
    /// Control id.
    pub control: String,
    /// Short digest of the resolved parameters.
    pub params_id: String,
    /// Severity of the control.
    pub severity: super::control::Severity,
    /// Account.
    pub account: String,
    /// Region or `global`.
    pub region: String,
    /// What it is about.
    pub resource: Subject,
    /// The verdict.
    pub verdict: Outcome,
    /// Why, where the expression alone does not say it.
    pub reason: Option<Why>,
    /// Facts the expression read, by path, as they were; an unreadable one is `{"gap": reason}`.
    pub observed: std::collections::BTreeMap<String, serde_json::Value>,
    /// The oldest instant among the observations read.
    pub observed_at: Option<Instant>,
    /// The waiver that names it, if any.
    pub waiver: Option<WaiverNote>,
    /// Calls behind the facts read (for population lines: behind the listing).
    pub calls: Vec<CallId>,
    /// The same calls as exhibit numbers.
    pub exhibits: Vec<String>,
}

impl Verdict {
    /// The key by which `verdicts.jsonl` is sorted, bytewise; a line without id sorts before all ids.
    pub fn sort_key(&self) -> (&str, &str, &str, &str, &str, &str) {
        let id = self.resource.id.as_deref().unwrap_or("");
        (&self.control, &self.params_id, &self.account, &self.region, &self.resource.kind, id)
    }
}

/// The id of a verdict.
pub fn verdict_id(control: &str, params_id: &str, account: &str, region: &str, kind: &str, id: Option<&str>) -> String {
    super::short_digest(&[control, params_id, account, region, kind, id.unwrap_or("")].join("\0"), 8)
}
