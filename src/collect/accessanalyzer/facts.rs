//! Facts of IAM Access Analyzer's kinds. Member names are its API's in snake case; named facts say how they are computed.

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{Fact, Instant};

/// `AWS::AccessAnalyzer::Analyzer`: an analyzer of one Region. An analyzer of an organization is seen only in the account that owns it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Analyzer {
    /// `arn`.
    pub arn: Fact<String>,
    /// `name`.
    pub name: Fact<String>,
    /// `type`: `ACCOUNT` and `ORGANIZATION` look for external access, others for unused or internal access.
    pub r#type: Fact<String>,
    /// `type` is one of those that look for external access.
    pub external_access: Fact<bool>,
    /// `status`: `ACTIVE`, `CREATING`, `DISABLED`, `FAILED`.
    pub status: Fact<String>,
    /// `statusReason.code`; null where none is given.
    pub status_reason: Fact<Option<String>>,
    /// `createdAt`.
    pub created_at: Fact<Instant>,
    /// `lastResourceAnalyzedAt`; null where nothing was analyzed yet.
    pub last_resource_analyzed_at: Fact<Option<Instant>>,
    /// How many findings of external access are active; null for an analyzer that does not look for it.
    pub active_findings: Fact<Option<i64>>,
}

/// The analyzer of a finding.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FindingAnalyzer {
    /// `arn`.
    pub arn: Fact<String>,
    /// `name`.
    pub name: Fact<String>,
    /// `type`.
    pub r#type: Fact<String>,
}

/// `AWS::AccessAnalyzer::Finding`: a finding of external access. Only active ones are asked for.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Finding {
    /// `id`.
    pub finding_id: Fact<String>,
    /// The analyzer that found it.
    pub analyzer: FindingAnalyzer,
    /// `resource`: the resource that lets somebody in; null where AWS does not name it.
    pub resource: Fact<Option<String>>,
    /// `resourceType`, as CloudFormation calls it.
    pub resource_type: Fact<String>,
    /// `resourceOwnerAccount`; another account for an analyzer of the organization.
    pub resource_owner_account: Fact<String>,
    /// `status`: `ACTIVE`, `ARCHIVED`, `RESOLVED`.
    pub status: Fact<String>,
    /// `findingType`; null where not given.
    pub finding_type: Fact<Option<String>>,
    /// `createdAt`.
    pub created_at: Fact<Instant>,
    /// `analyzedAt`.
    pub analyzed_at: Fact<Instant>,
    /// `updatedAt`.
    pub updated_at: Fact<Instant>,
    /// `error`: why the resource could not be analyzed; null where it could.
    pub error: Fact<Option<String>>,
}
