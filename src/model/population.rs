//! Populations: all resources of a kind in one place, with the proof that the listing was complete.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{CallId, GapId, Place};

/// How a listing is known to have ended. Taken from the recorded last page, never a constant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Ended {
    /// The last page carried no token and was not marked truncated.
    LastPage,
    /// The operation returns everything in one answer, and the answer was whole.
    WholeAnswer,
    /// A setting of which each place has exactly one.
    Singleton,
    /// Not known to have ended: the gap says why.
    NotProven,
}

/// A count of the same population by another way through AWS.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecondPath {
    /// What was counted, in one phrase: `rows of the credential report generated 2026-10-01T08:00:00Z, without root`.
    pub what: String,
    /// How many.
    pub count: u64,
    /// The call behind it.
    pub call: CallId,
    /// The differences, named; empty when both agree.
    pub differences: Vec<String>,
}

/// All resources of one kind in one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Population {
    /// CloudFormation type name.
    pub kind: String,
    /// Account and Region.
    pub place: Place,
    /// Resources handed on.
    pub count: u64,
    /// How the listing is known to have ended.
    pub ended: Ended,
    /// Pages read, 0 where nothing was answered.
    pub pages: u32,
    /// The calls of the listing, in page order.
    pub calls: Vec<CallId>,
    /// Why the population is not proven complete; `None` exactly when it is.
    pub gap: Option<GapId>,
    /// A second count where AWS has a second path.
    pub second: Option<SecondPath>,
}

impl Population {
    /// Whether the listing proved that it ended and no second path contradicts it.
    pub fn complete(&self) -> bool {
        self.gap.is_none() && self.ended != Ended::NotProven
    }
}
