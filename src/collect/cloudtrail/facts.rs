//! Facts of CloudTrail's kind. Member names are the CloudTrail API's in snake case; named facts say how they are computed.

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{Fact, Instant};

/// `AWS::CloudTrail::Trail`: a trail, in its home Region and once only, however many Regions show its shadow.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Trail {
    /// `Name`.
    pub name: Fact<String>,
    /// `TrailARN`.
    pub trail_arn: Fact<String>,
    /// `HomeRegion`.
    pub home_region: Fact<String>,
    /// Account that owns the trail, from the ARN.
    pub owner_account: Fact<String>,
    /// The owner's account id where this account only sees an organization trail of another account; null in the owning account.
    pub inherited_from: Fact<Option<String>>,
    /// `IsMultiRegionTrail`.
    pub is_multi_region_trail: Fact<bool>,
    /// `IsOrganizationTrail`.
    pub is_organization_trail: Fact<bool>,
    /// `IncludeGlobalServiceEvents`.
    pub include_global_service_events: Fact<bool>,
    /// `LogFileValidationEnabled`.
    pub log_file_validation_enabled: Fact<bool>,
    /// `KmsKeyId`, null where logs are not encrypted with a KMS key.
    pub kms_key_id: Fact<Option<String>>,
    /// `S3BucketName`, null where not given.
    pub s3_bucket_name: Fact<Option<String>>,
    /// ARN of that bucket, in the trail's partition; it names no account. Null where no bucket is given.
    pub s3_bucket_arn: Fact<Option<String>>,
    /// Beginning of the names of the trail's log files: `S3KeyPrefix`, if there is one, and `AWSLogs/`.
    pub log_file_prefix: Fact<String>,
    /// `S3KeyPrefix`, null where none.
    pub s3_key_prefix: Fact<Option<String>>,
    /// `SnsTopicARN`, null where none.
    pub sns_topic_arn: Fact<Option<String>>,
    /// `CloudWatchLogsLogGroupArn`, null where none.
    pub cloud_watch_logs_log_group_arn: Fact<Option<String>>,
    /// `CloudWatchLogsRoleArn`, null where none.
    pub cloud_watch_logs_role_arn: Fact<Option<String>>,
    /// `HasCustomEventSelectors`.
    pub has_custom_event_selectors: Fact<bool>,
    /// `HasInsightSelectors`.
    pub has_insight_selectors: Fact<bool>,
    /// From `GetTrailStatus`.
    pub status: Fact<TrailStatus>,
    /// What the event selectors select, from `GetEventSelectors`.
    pub selection: Fact<Selection>,
    /// `InsightType`s of `GetInsightSelectors`; empty where insights are off (`InsightNotEnabledException`).
    pub insight_types: Fact<Vec<String>>,
}

/// What `GetTrailStatus` says.
#[derive(Debug, Serialize, JsonSchema)]
pub struct TrailStatus {
    /// `IsLogging`.
    pub is_logging: bool,
    /// `LatestDeliveryError`, null where the last delivery succeeded.
    pub latest_delivery_error: Option<String>,
    /// `LatestDeliveryTime`, null where nothing was ever delivered.
    pub latest_delivery_time: Option<Instant>,
    /// `LatestCloudWatchLogsDeliveryError`, null where none.
    pub latest_cloud_watch_logs_delivery_error: Option<String>,
    /// `LatestCloudWatchLogsDeliveryTime`, null where nothing was ever delivered there.
    pub latest_cloud_watch_logs_delivery_time: Option<Instant>,
    /// `LatestDigestDeliveryError`, null where none.
    pub latest_digest_delivery_error: Option<String>,
    /// `LatestDigestDeliveryTime`, null where none.
    pub latest_digest_delivery_time: Option<Instant>,
    /// `StartLoggingTime`, null where never started.
    pub start_logging_time: Option<Instant>,
    /// `StopLoggingTime`, null where never stopped.
    pub stop_logging_time: Option<Instant>,
}

/// What a trail's basic or advanced event selectors select, computed from them. A selector this tool cannot read exactly makes the
/// fact it would change absent, never true.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Selection {
    /// `basic`, `advanced`, or `none`.
    pub style: String,
    /// Every read management event, but for excluded sources.
    pub management_read: Fact<bool>,
    /// Every write management event, but for excluded sources.
    pub management_write: Fact<bool>,
    /// Event sources whose management events are excluded, sorted.
    pub excluded_management_sources: Fact<Vec<String>>,
    /// Read data events of every object of every bucket.
    pub s3_read_all: Fact<bool>,
    /// Write data events of every object of every bucket.
    pub s3_write_all: Fact<bool>,
    /// Data events of every Lambda function.
    pub lambda_all: Fact<bool>,
    /// Each selector in one readable line, for people.
    pub summary: Vec<String>,
}
