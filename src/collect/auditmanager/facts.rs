//! Facts of Audit Manager's kind. Member names are its API's in snake case.

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::Fact;

/// An assessment.
#[derive(Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Assessment {
    /// `id`.
    pub id: String,
    /// `name`.
    pub name: String,
    /// `status`: `ACTIVE` or `INACTIVE`.
    pub status: String,
    /// `complianceType`; null where not given.
    pub compliance_type: Option<String>,
}

/// `AWS::AuditManager::RegionSetting`: the use of Audit Manager in a Region. Each observed Region has one, also where it was never set up.
#[derive(Debug, Serialize, JsonSchema)]
pub struct RegionSetting {
    /// `status`: `ACTIVE`, `INACTIVE`, `PENDING_ACTIVATION`.
    pub status: Fact<String>,
    /// Assessments ordered by id; none where the status is not `ACTIVE`.
    pub assessments: Fact<Vec<Assessment>>,
}
