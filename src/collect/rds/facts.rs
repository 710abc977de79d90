//! Facts of RDS's kinds. Member names are the RDS API's in snake case; named facts say how they are computed.

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{Fact, Instant, OpenMap};

/// `AWS::RDS::DBInstance`: a database instance, also one that belongs to a cluster.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DbInstance {
    /// `DBInstanceIdentifier`.
    pub db_instance_identifier: Fact<String>,
    /// `DBInstanceArn`.
    pub db_instance_arn: Fact<String>,
    /// `DBInstanceStatus`: `available`, `stopped`, `creating`, …
    pub db_instance_status: Fact<String>,
    /// `DBInstanceClass`.
    pub db_instance_class: Fact<String>,
    /// `Engine`: `postgres`, `aurora-mysql`, `custom-sqlserver-ee`, `docdb`, `neptune`, …
    pub engine: Fact<String>,
    /// `EngineVersion`; null where not given.
    pub engine_version: Fact<Option<String>>,
    /// `InstanceCreateTime`; null while the instance is being made.
    pub instance_create_time: Fact<Option<Instant>>,
    /// `DBClusterIdentifier`; null for an instance that stands alone.
    pub db_cluster_identifier: Fact<Option<String>>,
    /// The ARN of that cluster, which lies in the same account and Region; null for an instance that stands alone.
    pub db_cluster_arn: Fact<Option<String>>,
    /// `StorageEncrypted`: encrypted with a key in KMS. False also where `encryption_type` is `sse-rds`.
    pub storage_encrypted: Fact<bool>,
    /// How storage is encrypted: `sse-kms` (a KMS key of the account or of AWS in the account), `sse-rds` (a key that AWS owns), `none`.
    /// `StorageEncryptionType`; where RDS does not send it, read from `StorageEncrypted`.
    pub encryption_type: Fact<String>,
    /// `KmsKeyId`, an ARN; null without such a key.
    pub kms_key_id: Fact<Option<String>>,
    /// `AutoMinorVersionUpgrade`.
    pub auto_minor_version_upgrade: Fact<bool>,
    /// `PreferredMaintenanceWindow`, UTC; null where not given.
    pub preferred_maintenance_window: Fact<Option<String>>,
    /// `PubliclyAccessible`: outside of its VPC the instance's name resolves to a public address.
    pub publicly_accessible: Fact<bool>,
    /// `MultiAZ`: the instance has a standby in another Availability Zone.
    pub multi_az: Fact<bool>,
    /// `AvailabilityZone`; null while the instance is being made.
    pub availability_zone: Fact<Option<String>>,
    /// `SecondaryAvailabilityZone`, of the standby; null without one.
    pub secondary_availability_zone: Fact<Option<String>>,
    /// `ReadReplicaSourceDBInstanceIdentifier`: the instance that this one copies (an ARN if in another Region); null for no replica.
    pub read_replica_source_db_instance_identifier: Fact<Option<String>>,
    /// `BackupRetentionPeriod`, in days; null where not given.
    pub backup_retention_period_days: Fact<Option<i64>>,
    /// `DeletionProtection`; null where not given.
    pub deletion_protection: Fact<Option<bool>>,
    /// Ids of `VpcSecurityGroups`, sorted. What the groups let in is not read here.
    pub vpc_security_group_ids: Fact<Vec<String>>,
    /// `DBSubnetGroup`; null where the instance lies in none.
    pub db_subnet_group: Fact<Option<SubnetGroup>>,
    /// `Endpoint.Address`; null while there is none.
    pub endpoint_address: Fact<Option<String>>,
    /// `Endpoint.Port`; null while there is none.
    pub endpoint_port: Fact<Option<i64>>,
    /// `TagList`.
    pub tags: Fact<OpenMap<String>>,
}

/// A DB subnet group.
#[derive(Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SubnetGroup {
    /// `DBSubnetGroupName`.
    pub name: Option<String>,
    /// `VpcId`.
    pub vpc_id: Option<String>,
    /// Ids of `Subnets`, sorted. Whether a route leads from them to the internet is not read here.
    pub subnet_ids: Vec<String>,
}

/// `AWS::RDS::DBCluster`: a cluster, whose instances are `AWS::RDS::DBInstance` resources of their own.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DbCluster {
    /// `DBClusterIdentifier`.
    pub db_cluster_identifier: Fact<String>,
    /// `DBClusterArn`.
    pub db_cluster_arn: Fact<String>,
    /// `Status`.
    pub status: Fact<String>,
    /// `Engine`: `aurora-postgresql`, `mysql` (a Multi-AZ DB cluster), `docdb`, `neptune`, …
    pub engine: Fact<String>,
    /// `EngineVersion`; null where not given.
    pub engine_version: Fact<Option<String>>,
    /// `EngineMode`: `provisioned`, `serverless`; null where not given.
    pub engine_mode: Fact<Option<String>>,
    /// `ClusterCreateTime`; null while the cluster is being made.
    pub cluster_create_time: Fact<Option<Instant>>,
    /// `StorageEncrypted`: encrypted with a key in KMS. False also where `encryption_type` is `sse-rds`.
    pub storage_encrypted: Fact<bool>,
    /// How storage is encrypted: `sse-kms`, `sse-rds` or `none`, as for an instance.
    pub encryption_type: Fact<String>,
    /// `KmsKeyId`, an ARN; null without such a key.
    pub kms_key_id: Fact<Option<String>>,
    /// `MultiAZ`: instances of the cluster stand in more than one Availability Zone.
    pub multi_az: Fact<bool>,
    /// `AvailabilityZones` in which instances can stand, sorted.
    pub availability_zones: Fact<Vec<String>>,
    /// Identifiers of `DBClusterMembers`, sorted.
    pub members: Fact<Vec<String>>,
    /// `PubliclyAccessible`; null for Aurora, where the instances tell.
    pub publicly_accessible: Fact<Option<bool>>,
    /// `InternetAccessGatewayEnabled`: a gateway of AWS leads from the internet to the cluster, past any VPC; null for clusters that
    /// cannot have one.
    pub internet_access_gateway_enabled: Fact<Option<bool>>,
    /// `AutoMinorVersionUpgrade`; null where not given.
    pub auto_minor_version_upgrade: Fact<Option<bool>>,
    /// `BackupRetentionPeriod`, in days; null where not given.
    pub backup_retention_period_days: Fact<Option<i64>>,
    /// `DeletionProtection`; null where not given.
    pub deletion_protection: Fact<Option<bool>>,
    /// Ids of `VpcSecurityGroups`, sorted.
    pub vpc_security_group_ids: Fact<Vec<String>>,
    /// `DBSubnetGroup`, the group's name; null where the cluster lies in none.
    pub db_subnet_group: Fact<Option<String>>,
    /// `Endpoint` for writing; null where there is none.
    pub endpoint: Fact<Option<String>>,
    /// `TagList`.
    pub tags: Fact<OpenMap<String>>,
}
