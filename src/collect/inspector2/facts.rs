//! Facts of Amazon Inspector's kinds. Member names are its API's in snake case; named facts say how they are computed.

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{Fact, Instant, OpenMap};

/// `AWS::InspectorV2::RegionSetting`: what Amazon Inspector scans for the account in a Region. Each observed Region has one, also where
/// Inspector is off.
#[derive(Debug, Serialize, JsonSchema)]
pub struct RegionSetting {
    /// `state.status`: `ENABLED`, `DISABLED`, `ENABLING`, `DISABLING`, `SUSPENDING`, `SUSPENDED`.
    pub status: Fact<String>,
    /// `resourceState`: the status of each kind of scan by the name that `Enable` takes (`EC2`, `ECR`, `LAMBDA`, `LAMBDA_CODE`,
    /// `CODE_REPOSITORY`); kinds that AWS does not tell of are not there.
    pub resource_status: Fact<OpenMap<String>>,
    /// The kinds of scan with status `ENABLED`, sorted.
    pub enabled_resource_types: Fact<Vec<String>>,
}

/// `AWS::InspectorV2::Finding`: a finding about a resource of the account. Only active ones of severity critical and high are asked for.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Finding {
    /// `findingArn`.
    pub finding_arn: Fact<String>,
    /// `title`; null where not given.
    pub title: Fact<Option<String>>,
    /// `type`: `PACKAGE_VULNERABILITY`, `NETWORK_REACHABILITY`, `CODE_VULNERABILITY`.
    pub r#type: Fact<String>,
    /// `severity`: `CRITICAL`, `HIGH`.
    pub severity: Fact<String>,
    /// `status`: `ACTIVE`, `SUPPRESSED`, `CLOSED`.
    pub status: Fact<String>,
    /// `firstObservedAt`.
    pub first_observed_at: Fact<Instant>,
    /// `lastObservedAt`.
    pub last_observed_at: Fact<Instant>,
    /// `resources[].id`, sorted.
    pub resource_ids: Fact<Vec<String>>,
    /// `packageVulnerabilityDetails.vulnerabilityId`; null where the finding is not about a package.
    pub vulnerability_id: Fact<Option<String>>,
    /// `fixAvailable`: `YES`, `NO`, `PARTIAL`; null where not given.
    pub fix_available: Fact<Option<String>>,
}
