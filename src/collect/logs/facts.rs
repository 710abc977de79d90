//! Facts of CloudWatch Logs' kind. Member names are the API's in snake case.

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{Fact, Instant};

/// `AWS::Logs::LogGroup`: a log group of the account itself.
#[derive(Debug, Serialize, JsonSchema)]
pub struct LogGroup {
    /// `logGroupName`.
    pub log_group_name: Fact<String>,
    /// `logGroupClass`: `STANDARD`, `INFREQUENT_ACCESS`, `DELIVERY`; `STANDARD`, AWS's default, where not given.
    pub log_group_class: Fact<String>,
    /// `retentionInDays`; null where events never expire.
    pub retention_in_days: Fact<Option<i64>>,
    /// `kmsKeyId`, the key's ARN; null where the service's own encryption is all there is.
    pub kms_key_id: Fact<Option<String>>,
    /// `creationTime`.
    pub creation_time: Fact<Instant>,
    /// `storedBytes`; null where not given.
    pub stored_bytes: Fact<Option<i64>>,
    /// `metricFilterCount`; null where not given.
    pub metric_filter_count: Fact<Option<i64>>,
}
