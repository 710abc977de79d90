//! Facts of AWS Config's kinds. Member names are the Config API's in snake case; named facts say how they are computed.

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{Fact, Instant, OpenMap};

/// `AWS::Config::ConfigurationRecorder`: a recorder of one Region. Recorders of all Regions usually bear the name `default`.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ConfigurationRecorder {
    /// `name`.
    pub name: Fact<String>,
    /// `servicePrincipal` of the AWS service that made the recorder for itself; null for the account's own recorder.
    pub service_principal: Fact<Option<String>>,
    /// `roleARN`; null where not given.
    pub role_arn: Fact<Option<String>>,
    /// `recordingStrategy.useOnly`: `ALL_SUPPORTED_RESOURCE_TYPES`, `EXCLUSION_BY_RESOURCE_TYPES`, `INCLUSION_BY_RESOURCE_TYPES`; null
    /// where not given.
    pub recording_strategy: Fact<Option<String>>,
    /// `allSupported`; null for a recorder without a recording group.
    pub all_supported: Fact<Option<bool>>,
    /// `includeGlobalResourceTypes`; null for a recorder without a recording group.
    pub include_global_resource_types: Fact<Option<bool>>,
    /// `resourceTypes` of the recording group, sorted.
    pub resource_types: Fact<Vec<String>>,
    /// `exclusionByResourceTypes`, sorted.
    pub excluded_resource_types: Fact<Vec<String>>,
    /// Every supported type is recorded but for those excluded: `allSupported`, or a strategy of all types or of exclusion.
    pub records_all_types: Fact<bool>,
    /// The global types of IAM (users, groups, roles, policies) are recorded here: by `includeGlobalResourceTypes`, by name, or
    /// because a strategy of exclusion does not name them.
    pub records_global_types: Fact<bool>,
    /// `recordingFrequency`: `CONTINUOUS` or `DAILY`; null where not given.
    pub recording_frequency: Fact<Option<String>>,
    /// `recording`.
    pub recording: Fact<bool>,
    /// `lastStatus`: `SUCCESS`, `FAILURE`, `NOTAPPLICABLE`. `PENDING`, and no status at all, tell nothing: the fact is then absent.
    pub last_status: Fact<String>,
    /// `lastErrorCode`; null where none.
    pub last_error_code: Fact<Option<String>>,
    /// `lastStatusChangeTime`; null where none.
    pub last_status_change_time: Fact<Option<Instant>>,
}

/// A delivery channel.
#[derive(Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct DeliveryChannel {
    /// `name`.
    pub name: String,
    /// `s3BucketName`; null where not given.
    pub s3_bucket_name: Option<String>,
    /// `s3KmsKeyArn`; null where objects are not encrypted with a key named here.
    pub s3_kms_key_arn: Option<String>,
    /// `snsTopicARN`; null where nobody is told.
    pub sns_topic_arn: Option<String>,
}

/// `AWS::Config::RegionSetting`: whether and what AWS Config records in a Region. Each observed Region has one, also without a
/// recorder.
#[derive(Debug, Serialize, JsonSchema)]
pub struct RegionSetting {
    /// Number of recorders, those that AWS services made for themselves included.
    pub recorder_count: Fact<i64>,
    /// The account's own recorder; null where there is none. Recorders that AWS services made for themselves do not count.
    pub recorder: Fact<Option<ConfigurationRecorder>>,
    /// The delivery channel; null where there is none.
    pub delivery_channel: Fact<Option<DeliveryChannel>>,
    /// How many resources of a type Config has discovered (`GetDiscoveredResourceCounts`), for the types whose listings this tool
    /// compares with it; null where nothing is recorded.
    pub resource_counts: Fact<Option<OpenMap<i64>>>,
}
