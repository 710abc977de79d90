//! Facts of GuardDuty's kind. Member names are its API's in snake case; named facts say how they are computed.

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::Fact;

/// A protection plan or data source of a detector.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct Feature {
    /// `name`: `S3_DATA_EVENTS`, `LAMBDA_NETWORK_LOGS` and others.
    pub name: String,
    /// `status`: `ENABLED` or `DISABLED`.
    pub status: String,
}

/// `AWS::GuardDuty::Detector`: the detector of a Region. A Region without one has GuardDuty off.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Detector {
    /// The detector's id.
    pub detector_id: Fact<String>,
    /// `status`: `ENABLED`, or `DISABLED` while suspended.
    pub status: Fact<String>,
    /// `findingPublishingFrequency`; null where not given.
    pub finding_publishing_frequency: Fact<Option<String>>,
    /// `serviceRole`.
    pub service_role: Fact<String>,
    /// `features`, ordered by name.
    pub features: Fact<Vec<Feature>>,
    /// Names of the features with status `ENABLED`, sorted.
    pub enabled_features: Fact<Vec<String>>,
}
