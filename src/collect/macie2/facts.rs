//! Facts of Amazon Macie's kind. Member names are its API's in snake case.

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{Fact, Instant};

/// Macie's session in a Region.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Session {
    /// `status`: `ENABLED` or `PAUSED`.
    pub status: Fact<String>,
    /// `findingPublishingFrequency`.
    pub finding_publishing_frequency: Fact<String>,
    /// `createdAt`.
    pub created_at: Fact<Instant>,
}

/// Automated discovery of sensitive data.
#[derive(Debug, PartialEq, Serialize, JsonSchema)]
pub struct AutomatedDiscovery {
    /// `status`: `ENABLED` or `DISABLED`.
    pub status: Fact<String>,
    /// `firstEnabledAt`; null where it was never on.
    pub first_enabled_at: Fact<Option<Instant>>,
    /// `disabledAt`; null where it was not switched off.
    pub disabled_at: Fact<Option<Instant>>,
}

/// A job that searches buckets.
#[derive(Debug, PartialEq, Serialize, JsonSchema)]
pub struct ClassificationJob {
    /// `jobId`.
    pub job_id: String,
    /// `name`.
    pub name: String,
    /// `jobType`: `ONE_TIME` or `SCHEDULED`.
    pub job_type: String,
    /// `jobStatus`: `RUNNING`, `IDLE`, `PAUSED`, `CANCELLED`, `COMPLETE`, `USER_PAUSED`.
    pub job_status: String,
}

/// `AWS::Macie::RegionSetting`: how Macie looks for sensitive data in a Region. Each observed Region has one, also where Macie is off.
#[derive(Debug, Serialize, JsonSchema)]
pub struct RegionSetting {
    /// There is a session, running or paused.
    pub enabled: Fact<bool>,
    /// The session; null where AWS says that Macie is not enabled.
    pub session: Fact<Option<Session>>,
    /// Automated discovery; null where Macie is not enabled.
    pub automated_discovery: Fact<Option<AutomatedDiscovery>>,
    /// Jobs ordered by id; none where Macie is not enabled.
    pub classification_jobs: Fact<Vec<ClassificationJob>>,
}
