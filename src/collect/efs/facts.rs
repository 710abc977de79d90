//! Facts of EFS's kind. Member names are the EFS API's in snake case; named facts say how they are computed.

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{Fact, Instant, OpenMap};

/// `AWS::EFS::FileSystem`: a file system.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FileSystem {
    /// `FileSystemId`.
    pub file_system_id: Fact<String>,
    /// `FileSystemArn`; made from account, Region and id where EFS does not send it.
    pub file_system_arn: Fact<String>,
    /// `Name`, the value of the tag of this name; null without one.
    pub name: Fact<Option<String>>,
    /// `CreationTime`.
    pub creation_time: Fact<Instant>,
    /// `LifeCycleState`: `available`, `creating`, `deleting`, …
    pub life_cycle_state: Fact<String>,
    /// `Encrypted`.
    pub encrypted: Fact<bool>,
    /// `KmsKeyId`, an ARN; null where nothing is encrypted.
    pub kms_key_id: Fact<Option<String>>,
    /// `NumberOfMountTargets`: without any, nothing can reach the file system.
    pub number_of_mount_targets: Fact<i64>,
    /// `PerformanceMode`.
    pub performance_mode: Fact<String>,
    /// `ThroughputMode`; null where not given.
    pub throughput_mode: Fact<Option<String>>,
    /// `AvailabilityZoneName` of a file system that lies in one zone only; null for one that spans the Region.
    pub availability_zone_name: Fact<Option<String>>,
    /// `Tags`.
    pub tags: Fact<OpenMap<String>>,
}
